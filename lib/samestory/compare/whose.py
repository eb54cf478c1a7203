"""Whose word is a finding? The speaker of the innermost statement that holds it, for findings of any table."""

import pandas as pd

from samestory.analysis import Analysis
from samestory.compare.casualties import GUESSED
from samestory.compare.quotes import LEAST
from samestory.compare.standing import source_in_words

OWN = "own words"


def speakers(analysis: Analysis, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows (`article_id, start, end, voice`) with `speaker` and `side`, those of the innermost statement around each.

    A row in the narrator's voice has neither, nor has one that stands in no statement (words in marks of the outlet's own). A speaker who
    is only guessed (confidence below `quotes.LEAST`) is not named. Of two statements with the same words, one passing the other on, the
    one that was passed on counts.
    """
    quotes = analysis.tables["quotes"]
    quotes = quotes.assign(size=quotes["end"] - quotes["start"], first=quotes["through"].isna())
    quotes = quotes.sort_values(["size", "first"], kind="stable")
    within = {article: list(mine.itertuples()) for article, mine in quotes.groupby("article_id")}
    found = []
    for row in rows.itertuples():
        others = within.get(row.article_id, []) if row.voice != "narrator" else []
        quote = next((q for q in others if q.start <= row.start and q.end >= row.end), None)
        if quote is None:
            found.append((None, None))
        elif quote.confidence < LEAST:
            found.append((GUESSED, None))
        else:
            named = [name for name in (quote.speaker, quote.speaker_text) if pd.notna(name)]
            found.append((named[0] if named else None, None if pd.isna(quote.actor) else quote.actor))
    return rows.assign(speaker=[s for s, _ in found], side=[a for _, a in found])


def word(row) -> str:
    """Whose word it is, for reading: "own words", "attributed to X", "quoted from X"; `row` as in `speakers`."""
    named = "" if pd.isna(row.speaker) else source_in_words(" ".join(row.speaker.split()))
    if row.voice == "narrator":
        return OWN
    if row.voice == "attributed":
        return f"attributed to {named}" if named else "attributed, but to nobody named"
    return f"quoted from {named}" if named else "in quotation marks, no speaker found"
