"""What moves from one moment of the story to the next: which figures are new, which are gone, which are others."""

import pandas as pd

from samestory import evidence
from samestory.analysis import Analysis
from samestory.compare import casualties, conflicts, grids
from samestory.compare.grids import Said
from samestory.compare.overview import moment_name
from samestory.evidence import Html

FIRST, SAME = "first given here", "the same figure"
FITS, OTHER = "new figures, which fit those before", "new figures, not all of which fit those before"
WIDE = frozenset({"people", "civilians", "residents"})  # one row: an outlet's "people" are often another's "civilians"
COLUMNS = ["what", "who", "by moment", "same outlet"]


def moments(analysis: Analysis) -> list[str]:
    """The moments that have articles, in the codebook's order; those it does not list by the date of their first article, if known."""
    articles = analysis.story.articles
    told = articles[articles["moment"].fillna("") != ""]
    listed = [m for m in analysis.story.codebook.moments["moment"] if m in set(told["moment"])]
    rest = told[~told["moment"].isin(listed)].groupby("moment", sort=False)["published"].min()
    return listed + (rest.sort_values(kind="stable") if (rest.fillna("") != "").all() else rest).index.tolist()


def moves(analysis: Analysis) -> pd.DataFrame:
    """One row a harm and group of people: the figures moment by moment, and how they compare with those before.

    Figures of this event that are said to have happened; without harm `other` and without parts of no group of their own ("five of them").
    People, civilians and residents share a row. Columns: `what` (harm), `who` (as worded), `by moment` (a list of `Said`: moment,
    figures with outlets, and one of the constants of this module against the last moment that gave a figure; moments before the first
    figure are left out), `same outlet` (what an outlet gave earlier and gives now). Without two moments there are no rows.
    """
    order = moments(analysis)
    rows = casualties.sources(analysis)
    rows = rows[rows["moment"].isin(order) & (rows["scope"] == "event") & (rows["harm"] != "other")]
    rows = rows[rows["asserted"].fillna(True).astype(bool)]
    rows["group"] = [_group(r) for r in rows.itertuples()]
    out = []
    for (harm, _), mine in rows[rows["group"] != ""].groupby(["harm", "group"], sort=False):
        before, told, within = mine.head(0), [], []
        for moment in order if len(order) > 1 else []:
            now, name = mine[mine["moment"] == moment], moment_name(analysis, moment)
            if not now.empty:
                told.append(Said(f"{name}: {_worded(now)}, {_compared(before, now)}", list(now["place"])))
                within += _within(mine[mine["moment"].isin(order[: order.index(moment)])], now, order)
                before = now
            elif not before.empty:
                told.append(Said(f"{name}: not given", []))
        part = " (part of a total)" if mine["under"].notna().all() else ""
        if told:
            out.append([harm, ", ".join(dict.fromkeys(mine["people"].fillna("people").str.lower())) + part, told, within])
    return pd.DataFrame(out, columns=COLUMNS)


def _group(row) -> str:
    """The row a figure belongs to; empty for a part of no group of its own."""
    people = conflicts.group(row.people)
    if pd.notna(row.under):
        return "" if people in WIDE else f"{people} (part)"
    return "people" if people in WIDE else people


def _worded(now: pd.DataFrame) -> str:
    """Figures as worded, each with the outlets that give it."""
    groups = [group for _, group in now.groupby("identity", sort=False)]
    return ", ".join(f"{casualties.in_marks(g['text'].iloc[0])} ({', '.join(dict.fromkeys(g['outlet']))})" for g in groups)


def _compared(before: pd.DataFrame, now: pd.DataFrame) -> str:
    """How the figures of one moment stand to those of an earlier one."""
    if before.empty:
        return FIRST
    known = before.drop_duplicates("identity")
    new = now[~now["identity"].isin(before["identity"])].drop_duplicates("identity")
    if new.empty:
        return SAME
    fitting = [any(conflicts.fit(figure, earlier) for earlier in known.itertuples()) for figure in new.itertuples()]
    return FITS if all(fitting) else OTHER


def _within(before: pd.DataFrame, now: pd.DataFrame, order: list[str]) -> list[Said]:
    """For outlets that gave figures earlier too: "Herald: “at least 5”, then “12”"."""
    out = []
    for outlet, mine in now.groupby("outlet", sort=False):
        earlier = before[before["outlet"] == outlet]
        if earlier.empty:
            continue
        last = earlier[earlier["moment"] == max(earlier["moment"], key=order.index)]
        texts = [", ".join(dict.fromkeys(map(casualties.in_marks, rows["text"]))) for rows in (last, mine)]
        out.append(Said(f"{outlet}: {texts[0]}, then {texts[1]}", [*last["place"], *mine["place"]]))
    return out


def comparability(analysis: Analysis) -> str:
    """What a comparison between the moments of this story can say, in words."""
    articles, order = analysis.story.articles, moments(analysis)
    if not order:
        return "No moment is named for these articles (column moment of articles.csv), so what changed in time cannot be told."
    names = [f"“{moment_name(analysis, m)}”" for m in order]
    if len(order) == 1:
        return f"All of this is about one moment, {names[0]}, so nothing can have moved."
    told = [articles.loc[articles["moment"] == m, "outlet"] for m in order]
    said = "Moments in their order: " + "; ".join(f"{n} ({', '.join(dict.fromkeys(o))})" for n, o in zip(names, told, strict=True)) + ". "
    both = [o for o in analysis.story.outlets if sum(o in set(t) for t in told) > 1]
    if both:
        said += (
            f"Only {', '.join(both)} can be followed from moment to moment; elsewhere other outlets, not only other times, are compared."
        )
    else:
        said += "No outlet has an article of two of them: what differs between two moments may differ only because the outlets do."
    left_out = int((articles["moment"].fillna("") == "").sum())
    return said + (f" Left out: {left_out} without a moment." if left_out else "")


def in_order(analysis: Analysis) -> Html:
    """`comparability` as a remark and, where there are two moments, `moves` as a table."""
    remark = evidence.note(comparability(analysis), kind="how")
    if len(moments(analysis)) < 2:
        return remark
    rows = moves(analysis)
    if not rows["same outlet"].map(len).any():
        rows = rows.drop(columns="same outlet")
    empty = "No figure of this event says what befell people."
    return evidence.together(remark, grids.table(rows, caption="Figures moment by moment", empty=empty))
