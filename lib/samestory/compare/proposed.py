"""Actors that the library proposes for a story without labels: outlet beside outlet, for a person to accept."""

from collections.abc import Mapping

import pandas as pd

from samestory.analysis import Analysis
from samestory.compare import grids
from samestory.compare.grids import MOST_COLUMNS, Said
from samestory.compare.labels import worded
from samestory.evidence import Html, note, places, together


def grid(analysis: Analysis, *, colour: Mapping[str, str]) -> Html:
    """For a story whose codebook has no labels: the proposals, and how to accept them; nothing for any other story."""
    if not analysis.story.codebook.labels.empty:
        return Html("")
    how = note(
        "The codebook of this story has no labels yet, so this section can count nothing. The table proposes actors: phrases of the "
        "articles that may name one and the same, put together by rules that err. To accept some, open suggested_labels.csv (in the "
        "report's tables, or by samestory analyse STORY --out DIR --suggest-actors) in a spreadsheet, write yes into its column accept, "
        "and save it as codebook/suggested_labels.csv.",
        kind="how",
        title="No labels yet.",
    )
    return together(how, grids.table(proposed(analysis), caption="Actors that may be meant, for a person to accept", colour=colour))


def proposed(analysis: Analysis, *, most: int = 25) -> pd.DataFrame:
    """Proposed actors that two outlets or more name: one row an actor, the most shared first; nothing is counted from them.

    Columns: `proposed actor` (its most frequent wording), one for each outlet with its wordings, counts and places (as lists of `Said`;
    with more than `grids.MOST_COLUMNS` outlets one column `wordings` for all), and `joined because` (the reasons for putting different
    words together). Empty where the analysis has no table `actors`.
    """
    if "actors" not in analysis.tables:
        return pd.DataFrame()
    rows = analysis.table("actors")
    rows = rows[rows["form"] != "longer"]
    spread = rows.groupby("cluster").agg(outlets=("outlet", "nunique"), n=("start", "size"))
    spread = spread[spread["outlets"] > 1].sort_values(["outlets", "n"], ascending=False, kind="stable").head(most)
    outlets = list(dict.fromkeys(analysis.story.articles["outlet"]))
    beside = len(outlets) <= MOST_COLUMNS
    out = []
    for cluster in spread.index:
        group = rows[rows["cluster"] == cluster]
        row: dict = {"proposed actor": cluster}
        if beside:
            row |= {outlet: _wordings(group[group["outlet"] == outlet]) for outlet in outlets}
        else:
            row["wordings"] = _wordings(group)
        why = [Said(reason, places(mine.head(3), "actors")) for reason, mine in group.dropna(subset=["why"]).groupby("why", sort=False)]
        out.append(row | {"joined because": why})
    return pd.DataFrame(out)


def _wordings(rows: pd.DataFrame) -> list[Said]:
    """The wordings with how often each stands, capitals at the beginning of a sentence folded, each with its places."""
    folded = rows["text"].str.lower().str.split().str.join(" ")
    groups = sorted((mine for _, mine in rows.groupby(folded, sort=False)), key=len, reverse=True)
    return [Said(worded(mine["text"])[0], places(mine, "actors")) for mine in groups]
