"""The tables the suite writes: their columns in order, and the kinds of the columns that are not text."""

import pandas as pd

TABLES = {
    "articles": "article_id outlet title published url moment wire words language notes",
    "furniture": "article_id start end reason",
    "sentences": "article_id sentence start end voice paragraph textblob vader event_words evaluative_words "
    "textblob_no_events vader_no_events length loaded_words modifiers loaded_score opinion opinion_no_events",
    "stretches": "article_id sentence start end text voice words textblob vader opinion textblob_no_events vader_no_events "
    "opinion_no_events",
    "quotes": "article_id quote_id part kind start end text cue cue_start cue_end speaker_text speaker_start speaker_end "
    "speaker actor confidence speaker_kind cue_kind through",
    "figures": "article_id figure_id start end text low high qualifier harm people part_of claimed_by responsible same_as scope hedged "
    "asserted voice responsible_form window role counted",
    "victims": "article_id start end text low high harm people claimed_by responsible responsible_form scope hedged asserted role counted",
    "tolls": "article_id harm low high best convention",
    "labels": "article_id start end text head actor label valence voice",
    "actions": "article_id start end verb form agent_start agent_end agent agent_actor patient_start patient_end patient "
    "patient_actor voice hedged asserted deed",
    "loaded": "article_id start end text kind voice",
    "drivers": "article_id sentence start end text word kind textblob vader opinion",
    "scare": "article_id start end text",
    "targets": "article_id start end actor method score label text voice because",
    "facts": "fact_id article_id state start end",
    "coding": "article_id item coder value start end evidence note",
    "actors": "article_id start end text cluster form label why",
    "actor_links": "cluster one other why article_id start end",
    "suggested_labels": "accept actor label valence note mentions outlets evidence",
}
TABLES = {name: columns.split() for name, columns in TABLES.items()}

WHOLE = set(
    "start end words length loaded_words modifiers mentions sentence paragraph part cue_start cue_end speaker_start speaker_end low high "
    "best agent_start agent_end patient_start patient_end event_words evaluative_words".split()
)
REAL = set("textblob vader opinion textblob_no_events vader_no_events opinion_no_events loaded_score confidence score".split())
FLAGS = {"hedged", "asserted", "counted"}


def frame(name: str, rows: list[dict]) -> pd.DataFrame:
    """Make table `name` from rows: every column of the contract in order, unknown values missing, numbers as numbers.

    Columns: those of `TABLES[name]`. Counts and offsets are nullable integers, scores floats, all else strings.
    Numbers too large for 64 bits become floats.
    """
    table = pd.DataFrame.from_records(rows, columns=TABLES[name])
    for column in table:
        if column in WHOLE:
            try:
                table[column] = table[column].astype("Int64")
            except (OverflowError, TypeError, ValueError):  # a figure above 2**63: keep the magnitude
                table[column] = pd.to_numeric(table[column], errors="coerce").astype("float64")
        elif column in REAL:
            table[column] = table[column].astype("float64")
        elif column in FLAGS:
            table[column] = table[column].astype("boolean")
        else:
            table[column] = table[column].astype("string").replace("", pd.NA)
    return table
