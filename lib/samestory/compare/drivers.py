"""Which words carried the scores, and do they tell what happened or judge it?"""

import bisect
from collections.abc import Mapping

import pandas as pd

from samestory import evidence
from samestory.analysis import Analysis
from samestory.compare import grids, methods, tone
from samestory.compare.grids import Said
from samestory.compare.overview import in_story_order
from samestory.compare.passages import passages
from samestory.evidence import Html, places

MOST_WORDS = 8  # in a cell, the heaviest
MOST_LINKS = 3  # of a word, where there are too many outlets for sentences to open
# A kind of word and a direction, and how the column is headed.
COLUMNS = {
    ("event", "−"): "what happened, negative",
    ("event", "+"): "what happened, positive",
    ("evaluative", "−"): "any other, negative",
    ("evaluative", "+"): "any other, positive",
}


def words(analysis: Analysis) -> pd.DataFrame:
    """Every word that carried a score, in running text: the table `drivers` with outlet and `voice` (of the stretch it stands in)."""
    counted = tone.stretches(analysis)
    there = dict(list(counted.groupby("article_id", sort=False)))
    rows = analysis.table("drivers")
    voices = []
    for article, mine in rows.groupby("article_id", sort=False):
        spans = there.get(article, counted.head(0)).sort_values("start")
        starts, ends, said = (spans[c].tolist() for c in ("start", "end", "voice"))
        for index, start in zip(mine.index, mine["start"], strict=True):
            at = bisect.bisect_right(starts, start) - 1
            voices.append((index, said[at] if at >= 0 and start < ends[at] else None))
    rows["voice"] = pd.Series(dict(voices), dtype=object)
    return in_story_order(analysis, rows[rows["voice"].notna()])


def weight(rows: pd.DataFrame) -> pd.Series:
    """What each word weighs, from -1 to 1: VADER's valence over 4, or, for a word it lacks, that of the next dictionary that has it."""
    found = pd.Series(float("nan"), index=rows.index)
    for method, full in (("vader", 4.0), ("textblob", 1.0), ("opinion", 1.0)):
        if method in rows:
            found = found.fillna(rows[method].astype(float) / full)
    return found.fillna(0.0)


def by_outlet(analysis: Analysis, rows: pd.DataFrame, *, caption: str, colour: Mapping[str, str], fold: bool = False) -> Html:
    """Outlets down; across, the words that name what happened and those that judge, each with its count, opening its sentences.

    rows: as from `words`, or some of them. The heaviest words (value times count) come first; of many, `MOST_WORDS` stand in a cell. With
    more than `grids.MOST_COLUMNS` outlets half as many, with links instead of sentences, and `tone.MOST_OUTLETS` outlets are shown.
    """
    rows = rows.assign(weight=weight(rows))
    rows["sign"] = ["−" if w < 0 else "+" for w in rows["weight"]]
    cells = dict(list(rows[rows["weight"] != 0].groupby(["outlet", "kind", "sign"], sort=False)))
    out, there = [], set(rows["outlet"])
    beside = len(analysis.story.outlets) <= grids.MOST_COLUMNS
    for outlet in [o for o in analysis.story.outlets if o in there][: tone.MOST_OUTLETS]:
        out.append([outlet, *(_cell(analysis, cells.get((outlet, *column), rows.head(0)), opens=beside) for column in COLUMNS)])
    how = "its sentences behind it" if beside else "links to its first places"
    return grids.table(
        pd.DataFrame(out, columns=["outlet", *COLUMNS.values()]),
        caption=caption,
        hint=f"The heaviest first, with {how}. Below each its value: VADER’s from −4 to 4, the others’ from −1 to 1.",
        colour=colour,
        fold=fold,
        empty="No word here carried a score.",
    )


def _cell(analysis: Analysis, mine: pd.DataFrame, *, opens: bool) -> list[Said]:
    heavy = mine["weight"].abs().groupby(mine["word"]).sum().sort_values(ascending=False, kind="stable")
    said = []
    most = MOST_WORDS if opens else MOST_WORDS // 2
    for word in heavy.index[:most]:
        uses = mine[mine["word"] == word]
        some = uses.head(grids.MOST_PASSAGES if opens else MOST_LINKS)
        text = f"{word} {len(uses)}" if len(uses) > 1 else word
        said.append(Said(text, places(some, "drivers"), passages(analysis, some, "drivers") if opens else (), note=values(uses.iloc[0])))
    more = len(heavy) - most
    return said + ([Said(f"and {more} more word{'s' if more > 1 else ''}", [])] if more > 0 else [])


def values(row: pd.Series) -> str:
    """What each dictionary gives a word."""
    there = [m for m in methods.NAMES if m in row.index and pd.notna(row[m])]
    return ", ".join(f"{methods.NAMES[m]} {methods.number(row[m])}" for m in there)


def table(analysis: Analysis, *, most: int = 60) -> Html:
    """Every word that carried a score, in any voice: kind, each dictionary's value, how often, in which outlets, and where; folded."""
    rows, chosen = words(analysis), [m for m in methods.NAMES if m in analysis.tables["drivers"]]
    out = []
    for (word, kind), group in rows.groupby(["word", "kind"], sort=False):
        row = {"word": word, "kind": kind} | {methods.NAMES[m]: group[m].iloc[0] for m in chosen}
        outlets = list(dict.fromkeys(group["outlet"]))
        out.append(
            row | {"times": len(group), "outlets": outlets[:4] + (["…"] if len(outlets) > 4 else []), "places": places(group, "drivers")}
        )
    columns = ["word", "kind", *(methods.NAMES[m] for m in chosen), "times", "outlets", "places"]
    found = pd.DataFrame(out, columns=columns).sort_values(["times", "word"], ascending=[False, True])
    return evidence.table(
        found.astype({methods.NAMES[m]: float for m in chosen}),
        caption="All words that carried a score, in any voice",
        note="VADER from −4 to 4, the others from −1 to 1; a dash: not in that dictionary.",
        most=most,
        fold=True,
    )
