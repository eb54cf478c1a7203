"""Distinctive words, outlet beside outlet."""

import pandas as pd

from samestory.analysis import Analysis
from samestory.compare.overview import with_text
from samestory.evidence import places
from samestory.framing import words

MOST_NAMED = 12  # words in the sentence that sums up


def distinctive(analysis: Analysis, *, seed: int) -> pd.DataFrame:
    """The words of each outlet against all others, as `words.distinctive`, with `places`: the sentences the word stands in."""
    sentences = with_text(analysis, analysis.tables["sentences"])
    table = words.distinctive(sentences, seed=seed)
    if table.empty:
        return table.assign(places=[])
    uses = words.uses(sentences)
    return table.assign(places=[places(uses.get((r.outlet, r.word), sentences.head(0)), "sentences") for r in table.itertuples()])


def verdict(table: pd.DataFrame, analysis: Analysis | None = None, *, most: int = MOST_NAMED) -> str:
    """A sentence or two: does any word stand out beyond what shuffled sentences give? At most so many are named.

    With `analysis`, it says too how many moments the texts report, for another moment has other words.
    """
    if table.empty:
        return "There are not enough outlets or words to compare."
    out = table[table["stands_out"]]
    if out.empty:
        return "No word stands out: shuffling the sentences between the outlets gives differences as large as these."
    said = ", ".join(f"“{r.word}” ({r.outlet}, {r.sentences} sentences)" for r in out.nlargest(most, "z").itertuples())
    more = f" and {len(out) - most} more" if len(out) > most else ""
    moments = analysis.story.articles.loc[analysis.story.articles["moment"] != "", "moment"].nunique() if analysis is not None else 1
    why = "Topic, translation and agency copy do this as well as framing"
    why += f"; and these texts report {moments} different moments." if moments > 1 else "."
    return f"Beyond what shuffled sentences give: {said}{more}. {why} All other words could be chance."


def top(table: pd.DataFrame, *, most: int = 6) -> pd.DataFrame:
    """The most distinctive words of each outlet: outlet, word, log-odds with interval, z, sentences, stands out, places."""
    if table.empty:
        return table
    rows = table.sort_values("z", ascending=False).groupby("outlet", sort=False).head(most)
    rows = rows.sort_values(["outlet", "z"], ascending=[True, False])
    columns = {"outlet": "outlet", "word": "word", "log_odds": "log-odds", "low": "low", "high": "high"}
    columns |= {"z": "z", "sentences": "sentences", "stands_out": "stands out", "places": "places"}
    return rows[list(columns)].rename(columns=columns)
