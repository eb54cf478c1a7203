"""The numbers of people, outlet beside outlet: which are the same figure, who says so, and what must not be added up."""

import pandas as pd

from samestory.analysis import Analysis
from samestory.casualties.tolls import named_convention
from samestory.compare import conflicts as apart
from samestory.compare.overview import in_story_order
from samestory.compare.quotes import LEAST
from samestory.evidence import Place, places

UNSOURCED = "no source in the sentence"
GUESSED = "a speaker who can only be guessed"
COLUMNS = ["figure", "part", "people", "harm", "low", "high", "qualifier", "outlets", "times", "said by", "done by"]
COLUMNS += ["scope", "asserted", "places", "identity", "under"]
MOVING = ("displaced", "trapped", "evacuated")  # what may befall the same people one after the other


def sources(analysis: Analysis) -> pd.DataFrame:
    """The figures with `source` and `side`: the speaker and actor of the innermost statement that contains the figure.

    Where that statement has no resolved speaker, or none contains it, the source is `claimed_by`, as the codebook names it or else as
    worded; without that it is missing. A speaker who is only guessed (confidence below `quotes.LEAST`) is not named. Added as well:
    `place`, `said` (outlet and source, for reading), `identity` (the first figure of the story that is the same, or the figure itself) and
    `under` (the identity of the total it is a part of).
    """
    rows = analysis.table("figures")
    quotes = analysis.tables["quotes"].assign(size=lambda q: q["end"] - q["start"]).sort_values("size")
    quotes = {article: list(mine.itertuples()) for article, mine in quotes.groupby("article_id")}
    known = {plain(alias.alias): alias for alias in analysis.story.codebook.aliases_longest_first}
    found = []
    for figure in rows.itertuples():
        quote = next((q for q in quotes.get(figure.article_id, []) if q.start <= figure.start and q.end >= figure.end), None)
        named = None if pd.isna(figure.claimed_by) else known.get(plain(figure.claimed_by))
        if quote is not None and quote.confidence < LEAST:
            found.append((GUESSED, None))
        elif quote is not None and pd.notna(quote.speaker):
            found.append((quote.speaker, quote.actor))
        else:
            found.append((named.speaker, named.actor or None) if named else (figure.claimed_by, None))
    rows = rows.assign(source=[s for s, _ in found], side=[a for _, a in found])
    rows["place"] = pd.Series(places(rows, "figures"), index=rows.index, dtype=object)
    rows["said"] = [f"{r.outlet}, without a source" if pd.isna(r.source) else f"{r.source} in {r.outlet}" for r in rows.itertuples()]
    rows["identity"] = rows["same_as"].fillna(rows["article_id"] + ":" + rows["figure_id"])
    identities = dict(zip(rows["article_id"] + ":" + rows["figure_id"], rows["identity"], strict=True))
    rows["under"] = (rows["article_id"] + ":" + rows["part_of"]).map(identities)
    return rows


def plain(name: str) -> str:
    """A name for comparing: without capitals and leading "the"."""
    return " ".join(name.lower().split()).removeprefix("the ")


def side_by_side(analysis: Analysis) -> pd.DataFrame:
    """One row a figure of the story, its repeats folded into it: what, bounds, outlets that give it, who says so, who did it, places.

    Columns: `figure` (as first worded), `part` (of the figure above it), `people`, `harm`, `low`, `high` (missing = open), `qualifier`,
    `outlets`, `times` (places it stands in), `said by` (or "no source in the sentence (OUTLET)"), `done by`,
    `scope`, `asserted` (is it said to have happened?), `places`, `identity`, `under` (the identity of its total).
    """
    rows = sources(analysis)
    out = []
    for identity, group in rows.groupby("identity", sort=False):
        first = group.iloc[0]
        said = [r.source if pd.notna(r.source) else f"{UNSOURCED} ({r.outlet})" for r in group.itertuples()]
        out.append(
            {
                "figure": " ".join(first["text"].split()),
                "people": first["people"],
                "harm": first["harm"],
                "low": first["low"],
                "high": first["high"],
                "qualifier": first["qualifier"].replace("_", " "),
                "outlets": list(dict.fromkeys(group["outlet"])),
                "times": len(group),
                "said by": once(said),
                "done by": list(dict.fromkeys(group["responsible"].dropna())),
                "scope": first["scope"],
                "asserted": bool(group["asserted"].fillna(True).all()),
                "places": list(group["place"]),
                "identity": identity,
                "under": next(iter(group["under"].dropna()), None),
            }
        )
    table = pd.DataFrame(out, columns=[c for c in COLUMNS if c != "part"])
    table["part"] = table["under"].notna()
    return _in_order(table)[COLUMNS]


def _in_order(table: pd.DataFrame) -> pd.DataFrame:
    """A breakdown directly after its total; otherwise in the order of the story, the event before the background."""
    order = {identity: i for i, identity in enumerate(table["identity"])}
    above = {i: u for i, u in zip(table["identity"], table["under"], strict=True) if u in order}

    def rank(identity: str) -> tuple:
        path = [identity]
        while path[-1] in above and above[path[-1]] not in path:
            path.append(above[path[-1]])
        return (table["scope"].iloc[order[path[-1]]] == "background", *(order[i] for i in reversed(path)))

    return table.iloc[sorted(range(len(table)), key=lambda i: rank(table["identity"].iloc[i]))].reset_index(drop=True)


def once(names: list[str]) -> list[str]:
    """Names in their order, each once; "The ICRC" and "the ICRC" are one."""
    return list({plain(name): name for name in reversed(names)}.values())[::-1]


def overview(analysis: Analysis) -> pd.DataFrame:
    """`side_by_side` for reading: figure (a part marked as such), what happened to whom, bounds, outlets, said by, done by, places."""
    rows = side_by_side(analysis)
    shown = pd.DataFrame({"figure": [f"↳ of these, {r.figure}" if r.part else r.figure for r in rows.itertuples()]})
    shown["who"] = rows["people"].fillna("people")
    shown["what"] = [happened(r) for r in rows.itertuples()]
    shown["bounds"] = [bounds(r.low, r.high) for r in rows.itertuples()]
    return shown.assign(outlets=rows["outlets"], **{c: rows[c] for c in ("said by", "done by", "places")})


def happened(row) -> str:
    """What befell them, in words, for a row with `harm`, `scope` and `asserted`."""
    background = " (background)" if row.scope == "background" else ""
    return row.harm + background + ("" if row.asserted else " (not said to have happened)")


def bounds(low, high) -> str | None:
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
    """Tolls as each article's own figures give them: outlet, harm, low, high, best, places; articles without one are left out.

    The places are what `best` rests on: figures, and single victims without a number ("a policeman was killed").
    """
    rows = analysis.table("tolls").dropna(subset=["best"])
    counted_ = {name: analysis.tables[name].loc[lambda t: t["counted"].fillna(False)] for name in ("figures", "victims")}
    out = []
    for r in rows.itertuples():
        at = [places(t[(t["article_id"] == r.article_id) & (t["harm"] == r.harm)], name) for name, t in counted_.items()]
        out.append({"outlet": r.outlet, "harm": r.harm, "low": r.low, "high": r.high, "best": r.best, "places": [*at[0], *at[1]]})
    return in_story_order(analysis, pd.DataFrame(out, columns=["outlet", "harm", "low", "high", "best", "places"]))


def convention(analysis: Analysis) -> str:
    """How the tolls of this analysis are counted, in a sentence; empty if there are none."""
    names = analysis.tables["tolls"]["convention"].dropna().unique()
    return f"Counted as in “{names[0]}”: {named_convention(names[0]).about}." if len(names) else ""


def times(n: int) -> str:
    """How often, in words."""
    return {1: "once", 2: "twice"}.get(n, f"{n} times")


def counted(figure: str, people) -> str:
    """A figure with its people: "82 civilians", "thousands of refugees"."""
    return f"{figure} {_whom(figure, people)}"


def quoted(figure: str, people) -> str:
    """`counted` with the figure in quotation marks; the people, who may stand elsewhere in the sentence, outside them."""
    return f"{in_marks(figure)} {_whom(figure, people)}"


def in_marks(words: str) -> str:
    """Words as they stand, on one line, in quotation marks."""
    return f"“{' '.join(words.split())}”"


def _whom(figure: str, people) -> str:
    people = people if pd.notna(people) else "people"
    vague = figure.lower().endswith(("hundreds", "thousands", "millions", "dozens", "scores", "tens"))
    return f"of {people}" if vague else people


def conflicts(analysis: Analysis) -> pd.DataFrame:
    """Figures about the same harm and people that do not fit one another, in pairs with both sources: see `conflicts.pairs`."""
    return apart.pairs(sources(analysis))


def overlaps(analysis: Analysis) -> pd.DataFrame:
    """Plain warnings about figures that a reader might add up although they overlap: warning, places."""
    rows = side_by_side(analysis)
    said: list[tuple[str, list[Place]]] = []
    for r in rows[rows["times"] > 1].itertuples():
        said.append((f"{quoted(r.figure, r.people)} ({r.harm}) stands {times(r.times)}: it is one figure, not {r.times}.", r.places))
    for total, parts in rows.groupby("under", sort=False):
        whole = rows[rows["identity"] == total].iloc[0]
        text = f"{_listed(parts)}: part of {quoted(whole['figure'], whole['people'])} ({whole['harm']}), which already holds them."
        said.append((text, parts["places"].sum()))
    background = rows[rows["scope"] == "background"]
    if len(background):
        text = f"{_listed(background)}: about a longer time than this event, so not comparable with the rest."
        said.append((text, background["places"].sum()))
    event = rows[(rows["scope"] == "event") & ~rows["part"].astype(bool) & (rows["harm"] != "other")]
    for (harm, _), group in event.groupby(["harm", event["people"].map(apart.group)], sort=False):
        if len(group) > 1:
            text = f"{_listed(group)} ({harm}) are different figures, but may count the same people, in whole or in part."
            said.append((text, group["places"].sum()))
    moving = event[event["harm"].isin(MOVING)]
    if moving["harm"].nunique() > 1:
        text = f"People {', '.join(dict.fromkeys(moving['harm']))}: the same people can be the one first and the other later."
        said.append((text, moving["places"].sum()))
    said += _unfitting(conflicts(analysis))
    vague = rows[rows["qualifier"] == "vague"]
    if len(vague) > 1:
        text = f"{_listed(vague)}: vague figures; two outlets’ “thousands” need not be the same people, nor different ones."
        said.append((text, vague["places"].sum()))
    return pd.DataFrame(said, columns=["warning", "places"])


def _unfitting(pairs: pd.DataFrame) -> list[tuple[str, list[Place]]]:
    """One warning a harm and group of people for figures that do not fit; pairs of two vague words are too weak for one."""
    said = []
    for (harm, who), group in pairs[pairs["rests on"] != apart.RESTS_ON[2]].groupby(["what", "who"], sort=False):
        given = [(r["figure"], *r["source"]) for r in group.to_dict("records")]
        given += [(r["other figure"], *r["other source"]) for r in group.to_dict("records")]
        given = list(dict.fromkeys(given))
        few = len(given) <= 4
        listed = [quoted(figure, who) + (f" ({', '.join(whose)})" if few else "") for figure, *whose in given]
        fit = "these do not fit one another; both are kept" if len(given) == 2 else "some of these do not fit one another; each is kept"
        said.append((f"{'; '.join(listed)} ({harm}): {fit}.", list(dict.fromkeys(group["places"].sum()))))
    return said


def _listed(rows: pd.DataFrame) -> str:
    return ", ".join(quoted(r.figure, r.people) for r in rows.itertuples())


def not_to_be_added(analysis: Analysis) -> list[str]:
    """The warnings of `overlaps`, without their places."""
    return overlaps(analysis)["warning"].tolist()
