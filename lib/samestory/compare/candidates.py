"""Which sentences should a person read before a fact is said to be told or untold?"""

import pandas as pd

from samestory import evidence
from samestory.analysis import Analysis
from samestory.compare.overview import with_text
from samestory.evidence import Html, colours, note, together
from samestory.framing import facts


def candidates(analysis: Analysis, *, state: str = "", most: int = 3) -> pd.DataFrame:
    """Sentences that may tell a fact, for a person to confirm: fact, outlet, sentence, why, rank, with fact_id, article_id, start, end.

    `state` chooses the cells: "" those that nobody has coded and no date rules out; "untold" those that count as untold, for a second
    look. Facts of the article's own moment and of none. `why` is the phrase to look for that stands there, or the words in common
    (`framing.facts.candidates`). Nothing is counted from here.
    """
    sentences = with_text(analysis, analysis.tables["sentences"])
    found = facts.candidates(analysis.story, sentences, most=most)
    states = analysis.tables["facts"].fillna({"state": ""})[["fact_id", "article_id", "state"]]
    found = found.merge(states, on=["fact_id", "article_id"])
    found = found[found["state"] == state].merge(sentences[["article_id", "start", "text", "outlet", "moment"]], on=["article_id", "start"])
    book = analysis.story.codebook.facts.set_index("fact_id")
    found["of"] = found["fact_id"].map(book["moment"])
    found = found[(found["of"] == "") | (found["of"] == found["moment"])]
    found["fact"] = found["fact_id"].map(book["fact"])
    found["why"] = [f"“{r.found}” stands there" if r.found else f"in common: {', '.join(r.words)}" for r in found.itertuples()]
    columns = "fact outlet text why rank fact_id article_id start end".split()
    return found[columns].rename(columns={"text": "sentence"}).reset_index(drop=True)


def to_paste(analysis: Analysis, rows: pd.DataFrame) -> pd.DataFrame:
    """`candidates` as rows of `codebook/fact_states.csv`: fact_id, article_id, state, evidence, nth, note.

    `state` is "?", which the suite refuses until a person has put told or differs there. `evidence` is the sentence within one line and
    without a sign in front that a spreadsheet would read as a formula; to be cut down to the words that tell the fact.
    """
    texts = dict(zip(analysis.story.articles["article_id"], analysis.story.articles["text"], strict=True))
    out = []
    for row in rows.itertuples():
        text = texts[row.article_id]
        line = max(text[row.start : row.end].splitlines(), key=len).strip().lstrip("=+-@ \t")
        at = text.find(line, row.start)
        nth = sum(text.startswith(line, i) for i in range(at + 1)) if line else 1
        out.append([row.fact_id, row.article_id, "?", line, str(nth), ""])
    return pd.DataFrame(out, columns="fact_id article_id state evidence nth note".split())


def to_confirm(analysis: Analysis, *, most: int = 3, shown: int = 300) -> Html:
    """`candidates` of cells that nobody coded as a table to read, and as rows to paste into the codebook; a remark where there are none."""
    rows = candidates(analysis, most=most)
    if analysis.story.codebook.facts.empty:
        return note("The codebook lists no facts (codebook/facts.csv).", kind="empty", title="No candidates to confirm.")
    if rows.empty:
        text = "Every article here is coded for the facts of its moment, or its date rules them out, or nothing in it resembles one."
        return note(text, kind="empty", title="No candidates to confirm.")
    left = f" The first {shown} of {len(rows)} are shown." if len(rows) > shown else ""
    hint = (
        f"Up to {most} for a fact and article. To be confirmed by a person in codebook/fact_states.csv; nothing is counted from here.{left}"
    )
    reading = evidence.table(
        rows.head(shown),
        caption="Candidates to be confirmed",
        of="sentences",
        headers={"fact_id": "", "rank": ""},
        note=hint,
        colour=colours(analysis.story.all_outlets),
    )
    paste = evidence.table(
        to_paste(analysis, rows.head(shown)),
        caption="The same as rows of codebook/fact_states.csv",
        headers={c: c for c in ("fact_id", "article_id")},
        note="Copy into a spreadsheet. Put told or differs for “?”, and cut the evidence to the words that tell the fact.",
        fold=True,
        most=shown,
    )
    return together(reading, paste)


def second_look(analysis: Analysis, *, shown: int = 300) -> Html:
    """For each cell that counts as untold the sentence that comes nearest to the fact, so that a reader can check the omission."""
    rows = candidates(analysis, state="untold", most=1)
    left = f" The first {shown} of {len(rows)} are shown." if len(rows) > shown else ""
    return evidence.table(
        rows.head(shown),
        caption="Untold? The sentence that comes nearest",
        of="sentences",
        headers={"fact_id": "", "rank": ""},
        note=f"Cells without a sentence that shares a fifth of the fact’s words are not in the list.{left}",
        colour=colours(analysis.story.all_outlets),
        fold=True,
        empty="No fact counts as untold in an article that has a sentence like it.",
    )
