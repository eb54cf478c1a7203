"""The numbers of people, outlet beside outlet: which are the same figure, who says so, and what must not be added up."""

import pandas as pd

from samestory.analysis import Analysis
from samestory.compare.overview import in_story_order
from samestory.evidence import places

COLUMNS = ["figure", "part", "people", "harm", "low", "high", "qualifier", "outlets", "times", "said by", "done by", "scope", "places"]


def _ids(rows: pd.DataFrame) -> pd.Series:
    """The identity of each figure: the first figure of the story that it repeats, or itself."""
    return rows["same_as"].fillna(rows["article_id"] + ":" + rows["figure_id"])


def side_by_side(analysis: Analysis) -> pd.DataFrame:
    """One row a figure of the story, its repeats folded into it: what, bounds, outlets that give it, who says so, who did it, places.

    Columns: `figure` (as first worded), `part` (of the figure above it), `people`, `harm`, `low`, `high` (missing = open), `qualifier`,
    `outlets`, `times` (places it stands in), `said by` (an outlet that states it without a source as "OUTLET itself"), `done by`,
    `scope`, `places`.
    """
    rows = analysis.table("figures")
    if rows.empty:
        return pd.DataFrame(columns=COLUMNS)
    rows["identity"] = _ids(rows)
    rows["parent"] = rows["article_id"] + ":" + rows["part_of"]
    parents = dict(zip(rows["article_id"] + ":" + rows["figure_id"], rows["identity"], strict=True))
    out = []
    for identity, group in rows.groupby("identity", sort=False):
        first = group.iloc[0]
        said = [r.claimed_by if pd.notna(r.claimed_by) else f"{r.outlet} itself" for r in group.itertuples()]
        out.append(
            {
                "identity": identity,
                "under": next((parents.get(p) for p in group["parent"].dropna()), None),
                "figure": first["text"],
                "harm": first["harm"],
                "people": first["people"],
                "low": first["low"],
                "high": first["high"],
                "qualifier": first["qualifier"].replace("_", " "),
                "outlets": list(dict.fromkeys(group["outlet"])),
                "times": len(group),
                "said by": _once(said),
                "done by": list(dict.fromkeys(group["responsible"].dropna())),
                "scope": first["scope"],
                "places": places(group, "figures"),
            }
        )
    table = pd.DataFrame(out)
    # A breakdown directly after its total; otherwise in the order of the story, the event before the background.
    order = {identity: i for i, identity in enumerate(table["identity"])}
    table["part"] = table["under"].notna()
    table["rank"] = [(order.get(u, order[i]), u in order, order[i]) for i, u in zip(table["identity"], table["under"], strict=True)]
    table["back"] = table["scope"] == "background"
    table = table.sort_values(["back", "rank"]).reset_index(drop=True)
    return table[COLUMNS]


def _once(names: list[str]) -> list[str]:
    """Names in their order, each once; "The ICRC" and "the ICRC" are one."""
    return list({name.lower().removeprefix("the "): name for name in reversed(names)}.values())[::-1]


def overview(analysis: Analysis) -> pd.DataFrame:
    """`side_by_side` for reading: figure (a part marked as such), what happened to whom, bounds, outlets, said by, done by, places."""
    rows = side_by_side(analysis)
    shown = pd.DataFrame({"figure": [f"↳ of these, {r.figure}" if r.part else r.figure for r in rows.itertuples()]})
    shown["who"] = rows["people"].fillna("people")
    shown["what"] = rows["harm"] + rows["scope"].map({"background": " (background)"}).fillna("")
    shown["bounds"] = [_bounds(r.low, r.high) for r in rows.itertuples()]
    return shown.assign(outlets=rows["outlets"], **{c: rows[c] for c in ("said by", "done by", "places")})


def _bounds(low, high) -> str | None:
    """A range in figures: "82", "82 or more", "up to 9,000", "20,000 to 99,999"."""
    if pd.isna(low) and pd.isna(high):
        return None
    if pd.isna(high):
        return f"{low:,.0f} or more"
    if pd.isna(low):
        return f"up to {high:,.0f}"
    return f"{low:,.0f}" if low == high else f"{low:,.0f} to {high:,.0f}"


def listing(analysis: Analysis) -> pd.DataFrame:
    """Every number of people as it stands: outlet, figure, people, harm, said by, hedged, done by, scope, article_id, start, end."""
    rows = analysis.table("figures")
    columns = ["outlet", "text", "people", "harm", "claimed_by", "hedged", "responsible", "scope", "article_id", "start", "end"]
    names = {"text": "figure", "claimed_by": "said by", "responsible": "done by"}
    return in_story_order(analysis, rows[columns].rename(columns=names))


def tolls(analysis: Analysis) -> pd.DataFrame:
    """Tolls as each article's own figures give them: outlet, harm, low, high, best, places; articles without one are left out."""
    rows = analysis.table("tolls").dropna(subset=["best"])
    figures = analysis.tables["figures"]
    out = []
    for r in rows.itertuples():
        mine = figures[(figures["article_id"] == r.article_id) & (figures["harm"] == r.harm) & (figures["scope"] == "event")]
        out.append({"outlet": r.outlet, "harm": r.harm, "low": r.low, "high": r.high, "best": r.best, "places": places(mine, "figures")})
    return in_story_order(analysis, pd.DataFrame(out, columns=["outlet", "harm", "low", "high", "best", "places"]))


def not_to_be_added(analysis: Analysis) -> list[str]:
    """Plain warnings about figures that a reader might add up although they overlap."""
    rows = side_by_side(analysis)
    said = []
    for row in rows[rows["times"] > 1].itertuples():
        people = row.people if pd.notna(row.people) else "people"
        said.append(f"“{row.figure}” {people} ({row.harm}) stands {row.times} times: it is one figure, not {row.times}.")
    inside = rows.loc[rows["part"].astype(bool), "figure"].tolist()
    if inside:
        said.append(f"{', '.join(f'“{f}”' for f in inside)}: parts of a total given beside them, so they are not added to it.")
    background = rows[rows["scope"] == "background"]
    if len(background):
        listed = ", ".join(f"“{f}”" for f in background["figure"])
        said.append(f"{listed}: about a longer time than this event, so not comparable with the rest.")
    vague = rows[rows["qualifier"] == "vague"]
    if len(vague) > 1:
        listed = ", ".join(f"“{r.figure}” {r.people if pd.notna(r.people) else 'people'} ({r.harm})" for r in vague.itertuples())
        said.append(f"{listed}: vague figures; two outlets' “thousands” need not be the same people, nor different ones.")
    return said


def asserted(analysis: Analysis) -> pd.DataFrame:
    """Does an outlet say a figure itself or give it to a source? outlet, figures, asserted, attributed, hedged, sources, places."""
    out = []
    for outlet, group in analysis.table("figures").groupby("outlet", sort=False):
        out.append(
            {
                "outlet": outlet,
                "figures": len(group),
                "in its own voice": int(group["claimed_by"].isna().sum()),
                "given to a source": int(group["claimed_by"].notna().sum()),
                "hedged": int(group["hedged"].fillna(False).sum()),
                "sources": list(dict.fromkeys(group["claimed_by"].dropna())),
                "places": places(group, "figures"),
            }
        )
    columns = ["outlet", "figures", "in its own voice", "given to a source", "hedged", "sources", "places"]
    return in_story_order(analysis, pd.DataFrame(out, columns=columns))
