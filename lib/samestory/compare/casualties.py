"""The numbers of people, outlet beside outlet: which are the same figure, who says so, and what must not be added up."""

import pandas as pd

from samestory.analysis import Analysis
from samestory.compare.overview import in_story_order
from samestory.evidence import places

UNSOURCED = "no source in the sentence"
COLUMNS = ["figure", "part", "people", "harm", "low", "high", "qualifier", "outlets", "times", "said by", "done by"]
COLUMNS += ["scope", "asserted", "places"]


def _ids(rows: pd.DataFrame) -> pd.Series:
    """The identity of each figure: the first figure of the story that it repeats, or itself."""
    return rows["same_as"].fillna(rows["article_id"] + ":" + rows["figure_id"])


def sources(analysis: Analysis) -> pd.DataFrame:
    """The figures with `source` and `side`: the speaker and actor of the innermost statement that contains the figure.

    Where that statement has no resolved speaker, or none contains it, the source is `claimed_by` as worded; without that it is missing.
    """
    rows = analysis.table("figures")
    quotes = analysis.tables["quotes"].assign(size=lambda q: q["end"] - q["start"]).sort_values("size")
    found = []
    for figure in rows.itertuples():
        mine = quotes[quotes["article_id"] == figure.article_id]
        around = mine[(mine["start"] <= figure.start) & (mine["end"] >= figure.end)].head(1)
        said = [quote for quote in around.itertuples() if pd.notna(quote.speaker)]
        source = said[0].speaker if said else figure.claimed_by
        found.append((source, said[0].actor if said else None))
    return rows.assign(source=[s for s, _ in found], side=[a for _, a in found])


def side_by_side(analysis: Analysis) -> pd.DataFrame:
    """One row a figure of the story, its repeats folded into it: what, bounds, outlets that give it, who says so, who did it, places.

    Columns: `figure` (as first worded), `part` (of the figure above it), `people`, `harm`, `low`, `high` (missing = open), `qualifier`,
    `outlets`, `times` (places it stands in), `said by` (or "no source in the sentence (OUTLET)"), `done by`,
    `scope`, `asserted` (is it said to have happened?), `places`.
    """
    rows = sources(analysis)
    if rows.empty:
        return pd.DataFrame(columns=COLUMNS)
    rows["identity"] = _ids(rows)
    rows["parent"] = rows["article_id"] + ":" + rows["part_of"]
    parents = dict(zip(rows["article_id"] + ":" + rows["figure_id"], rows["identity"], strict=True))
    out = []
    for identity, group in rows.groupby("identity", sort=False):
        first = group.iloc[0]
        said = [r.source if pd.notna(r.source) else f"{UNSOURCED} ({r.outlet})" for r in group.itertuples()]
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
                "asserted": bool(group["asserted"].fillna(True).all()),
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
    shown["what"] = [
        r.harm + (" (background)" if r.scope == "background" else "") + ("" if r.asserted else " (not said to have happened)")
        for r in rows.itertuples()
    ]
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


def times(n: int) -> str:
    """How often, in words."""
    return {1: "once", 2: "twice"}.get(n, f"{n} times")


def counted(figure: str, people) -> str:
    """A figure with its people: "82 civilians", "thousands of refugees"."""
    people = people if pd.notna(people) else "people"
    vague = figure.lower().endswith(("hundreds", "thousands", "millions", "dozens", "scores", "tens"))
    return f"{figure} of {people}" if vague else f"{figure} {people}"


def not_to_be_added(analysis: Analysis) -> list[str]:
    """Plain warnings about figures that a reader might add up although they overlap."""
    rows = side_by_side(analysis)
    names = {name: i for i, name in enumerate(["Index", *rows.columns])}
    said = []
    for row in rows[rows["times"] > 1].itertuples():
        said.append(f"“{counted(row.figure, row.people)}” ({row.harm}) stands {times(row.times)}: it is one figure, not {row.times}.")
    inside = rows.loc[rows["part"].astype(bool), "figure"].tolist()
    if inside:
        said.append(f"{', '.join(f'“{f}”' for f in inside)}: parts of a total given beside them, so they are not added to it.")
    background = rows[rows["scope"] == "background"]
    if len(background):
        listed = ", ".join(f"“{f}”" for f in background["figure"])
        said.append(f"{listed}: about a longer time than this event, so not comparable with the rest.")
    for (harm, outlets), group in (
        rows[~rows["part"].astype(bool)].assign(who=rows["outlets"].map(tuple)).groupby(["harm", "who"], sort=False)
    ):
        open_ = [(r.low if pd.notna(r.low) else 0, r.high if pd.notna(r.high) else float("inf"), r) for r in group.itertuples()]
        apart = [(a, b) for i, a in enumerate(open_) for b in open_[i + 1 :] if a[1] < b[0] or b[1] < a[0]]
        for a, b in apart:
            if a[2].people == b[2].people and a[2].scope == b[2].scope and harm != "other":
                pair = [f"“{counted(x[2].figure, x[2].people)}” ({', '.join(x[2][names['said by']])})" for x in (a, b)]
                said.append(f"{', '.join(outlets)}: {pair[0]} and {pair[1]} do not fit one another ({harm}); both are kept.")
    vague = rows[rows["qualifier"] == "vague"]
    if len(vague) > 1:
        listed = ", ".join(f"“{counted(r.figure, r.people)}” ({r.harm})" for r in vague.itertuples())
        said.append(f"{listed}: vague figures; two outlets' “thousands” need not be the same people, nor different ones.")
    return said


def asserted(analysis: Analysis) -> pd.DataFrame:
    """Does an outlet say a figure itself or give it to a source? outlet, figures, asserted, attributed, hedged, sources, places."""
    out = []
    for outlet, group in sources(analysis).groupby("outlet", sort=False):
        out.append(
            {
                "outlet": outlet,
                "figures": len(group),
                "no source in the sentence": int(group["source"].isna().sum()),
                "given to a source": int(group["source"].notna().sum()),
                "hedged": int(group["hedged"].fillna(False).sum()),
                "sources": _once(group["source"].dropna().tolist()),
                "places": places(group, "figures"),
            }
        )
    columns = ["outlet", "figures", "no source in the sentence", "given to a source", "hedged", "sources", "places"]
    return in_story_order(analysis, pd.DataFrame(out, columns=columns))
