"""Whose word is each figure? Which outlet asserts it, which attributes it and to whom, and who is named as the doer."""

from collections.abc import Mapping

import pandas as pd

from samestory import evidence
from samestory.analysis import Analysis
from samestory.compare import casualties, grids
from samestory.compare.grids import Said
from samestory.compare.overview import in_story_order
from samestory.evidence import Html

FORMS = {"named": "named", "passive": "passive", "absent": "neither"}
DIFFER, NAMES, ALIKE = "asserted and attributed", "attributed to different names", "the same throughout"


def standing(row) -> str:
    """How a figure stands in its sentence, in words: "asserted", "attributed to X, in quotation marks, hedged"; `row` as in `sources`."""
    happened = pd.isna(row.asserted) or bool(row.asserted)
    if pd.isna(row.source):
        said = "asserted" if happened else "not said to have happened"
    else:
        said = f"attributed to {source_in_words(row.source)}"
        said += ", in quotation marks" if row.voice == "quoted" else ""
        said += "" if happened else ", not said to have happened"
    return said + (", hedged" if pd.notna(row.hedged) and row.hedged else "")


def source_in_words(source: str) -> str:
    """A source for reading: a name as it is; a word of the text that is no name ("he", "reports") in quotation marks."""
    if source == "unnamed":
        return "a source without a name"
    return source if source == casualties.GUESSED or not source[:1].islower() else f"“{source}”"


def by_figure(analysis: Analysis) -> pd.DataFrame:
    """One row a figure, one column an outlet: how it words the figure and how the figure stands there, as lists of `Said`.

    Columns: `figure` (a part marked as such), `what` befell them, then the outlets; an empty list is an outlet that does not give it.
    """
    rows, figures = casualties.sources(analysis), casualties.side_by_side(analysis)
    rows["standing"] = [standing(r) for r in rows.itertuples()]
    wordings = dict(zip(figures["identity"], figures["figure"], strict=True))
    outlets = analysis.story.outlets
    cells = dict(list(rows.groupby(["identity", "outlet"], sort=False)))
    out = []
    for figure in figures.itertuples():
        label = ("↳ of these, " if figure.part else "") + casualties.counted(figure.figure, figure.people)
        row = [label, casualties.happened(figure)]
        for outlet in outlets:
            mine = cells.get((figure.identity, outlet), rows.head(0))
            row.append(_entries(mine, figure, wordings))
        out.append(row)
    return pd.DataFrame(out, columns=["figure", "what", *outlets])


def _entries(mine: pd.DataFrame, figure, wordings: dict[str, str]) -> list[Said]:
    """One entry for each wording and standing; people and total only where they differ from the row's."""
    texts = []
    for r in mine.itertuples():
        text = casualties.in_marks(r.text)
        if pd.notna(r.people) and (pd.isna(figure.people) or r.people.lower() != figure.people.lower()):
            text = casualties.quoted(r.text, r.people)
        if pd.notna(r.under) and r.under != figure.under:
            text += f" (of {casualties.in_marks(wordings[r.under])})"
        texts.append(f"{text}: {r.standing}")
    return _each(mine, texts)


def _each(mine: pd.DataFrame, texts: list[str]) -> list[Said]:
    """Some mentions with the words for each: what is worded alike is one entry with several places."""
    entries = pd.Series(texts, index=mine.index, dtype=object)
    groups = mine.groupby(entries.str.lower(), sort=False)
    return [Said(entries[group.index[0]], list(group["place"])) for _, group in groups]


def side_by_side(analysis: Analysis, *, colour: Mapping[str, str]) -> Html:
    """`by_figure` as a table, with the list form (bounds, doers) folded behind it; with many outlets the list form alone.

    `colour` gives outlets their dots.
    """
    caption = "Numbers of people, repeats folded together"
    rows = casualties.overview(analysis)
    if len(analysis.story.outlets) > grids.MOST_COLUMNS:
        return evidence.table(rows, caption=caption, note=f"{len(analysis.story.outlets)} outlets are too many for a column each.")
    if rows.empty:
        return evidence.table(rows, caption=caption)
    hint = "A dash: this outlet does not give the figure."
    grid = grids.table(by_figure(analysis), caption="Each figure in each outlet", hint=hint, colour=colour)
    return evidence.together(grid, evidence.table(rows, caption=f"{caption}, as a list with bounds and doers", fold=True))


def by_source(analysis: Analysis) -> pd.DataFrame:
    """One row a source, one column an outlet: the figures that the outlet gives on its word, as lists of `Said`.

    Columns: `source`, `side` (the actor of the codebook, missing when not known; no column when none is), then the outlets, or with many
    outlets one column `figures` with the outlets of each. Figures without a source stand in the last row.
    """
    rows = casualties.sources(analysis)
    rows["key"] = rows["source"].fillna("").map(casualties.plain)
    rows["asserted"] = rows["asserted"].fillna(True)
    rows["entry"] = [f"{casualties.quoted(r.text, r.people)}, {casualties.happened(r)}" for r in rows.itertuples()]
    names = analysis.story.codebook.actor_names()
    outlets = analysis.story.outlets
    many = len(outlets) > grids.MOST_COLUMNS
    out = []
    for key, group in sorted(rows.groupby("key", sort=False), key=lambda pair: pair[0] == ""):
        sides = group["side"].dropna()
        row = [group["source"].iloc[0] if key else casualties.UNSOURCED, names.get(sides.iloc[0]) if len(sides) else None]
        if many:
            givers = group.groupby(group["entry"].str.lower())["outlet"].transform(lambda given: ", ".join(dict.fromkeys(given)))
            row.append(_each(group, (group["entry"] + " (" + givers + ")").tolist()))
        else:
            row += [_each(mine, mine["entry"].tolist()) for mine in (group[group["outlet"] == outlet] for outlet in outlets)]
        out.append(row)
    table = pd.DataFrame(out, columns=["source", "side", *(["figures"] if many else outlets)])
    return table if any(row[1] for row in out) else table.iloc[:, [0, *range(2, len(table.columns))]]


def contrasts(analysis: Analysis) -> pd.DataFrame:
    """One row a figure that several outlets give, or one gives in two ways: `figure`, `asserted by`, `attributed by`, `standing`.

    `asserted by` and `attributed by` (with the source) are lists of `Said`. `standing`: is the figure asserted by some and attributed by
    others, attributed by all but by different names, or the same throughout; in this order.
    """
    rows = casualties.sources(analysis)
    rows["bare"] = rows["source"].isna()
    mentions = dict(list(rows.groupby("identity", sort=False)))
    out = []
    for figure in casualties.side_by_side(analysis).itertuples():
        mine = mentions[figure.identity]
        attributed = mine[~mine["bare"]]
        keys = attributed["source"].map(casualties.plain)
        if mine["outlet"].nunique() < 2 and mine["bare"].nunique() < 2 and keys.nunique() < 2:
            continue
        asserting = [Said(outlet, list(group["place"])) for outlet, group in mine[mine["bare"]].groupby("outlet", sort=False)]
        attributing = [
            Said(f"{outlet}: {source_in_words(group['source'].iloc[0])}", list(group["place"]))
            for (outlet, _), group in attributed.groupby(["outlet", keys], sort=False)
        ]
        differ = DIFFER if asserting and attributing else NAMES if keys.nunique() > 1 else ALIKE
        label = ("↳ " if figure.part else "") + casualties.counted(figure.figure, figure.people)
        out.append([f"{label}, {casualties.happened(figure)}", asserting, attributing, differ])
    out.sort(key=lambda row: (DIFFER, NAMES, ALIKE).index(row[-1]))
    return pd.DataFrame(out, columns=["figure", "asserted by", "attributed by", "standing"])


def by_outlet(analysis: Analysis) -> pd.DataFrame:
    """Does an outlet say its figures itself or give them to a source? outlet, figures, asserted, attributed, hedged, sources, places."""
    out = []
    for outlet, group in casualties.sources(analysis).groupby("outlet", sort=False):
        out.append(
            {
                "outlet": outlet,
                "figures": len(group),
                "asserted": int(group["source"].isna().sum()),
                "attributed": int(group["source"].notna().sum()),
                "hedged": int(group["hedged"].fillna(False).sum()),
                "sources": casualties.once([source_in_words(s) for s in group["source"].dropna()]),
                "places": list(group["place"]),
            }
        )
    columns = ["outlet", "figures", "asserted", "attributed", "hedged", "sources", "places"]
    return in_story_order(analysis, pd.DataFrame(out, columns=columns))


def responsible(analysis: Analysis) -> pd.DataFrame:
    """Is somebody named as the doer? One row an outlet, its figures of killed and injured in this event by form, as lists of `Said`.

    Parts are left out: they stand in one sentence with their total.
    Columns: `outlet`, then the forms of `FORMS` (column `responsible_form` of the figures); where the table of figures does not have that
    column, only "named" and "not named". A doer is given as worded, with whose word it is.
    """
    rows = casualties.sources(analysis)
    rows = rows[rows["harm"].isin(["killed", "injured"]) & (rows["scope"] == "event") & rows["under"].isna()]
    if "responsible_form" in rows:
        forms = FORMS
        rows = rows.assign(form=rows["responsible_form"].map(FORMS))
    else:
        forms = {"named": FORMS["named"], "": "not named"}
        rows = rows.assign(form=rows["responsible"].notna().map({True: FORMS["named"], False: "not named"}))
    out = []
    for outlet, group in rows.groupby("outlet", sort=False):
        cells = {form: _deeds(mine) for form, mine in group.groupby("form", sort=False)}
        out.append([outlet, *(cells.get(form, []) for form in forms.values())])
    return in_story_order(analysis, pd.DataFrame(out, columns=["outlet", *forms.values()]))


def _deeds(mine: pd.DataFrame) -> list[Said]:
    """The figures with doer and standing, each wording once."""
    texts = []
    for r in mine.itertuples():
        doer = f" by {casualties.in_marks(r.responsible)}" if pd.notna(r.responsible) else ""
        texts.append(f"{casualties.quoted(r.text, r.people)}, {r.harm}{doer}: {standing(r)}")
    return _each(mine, texts)
