"""Who does what to whom, and whose word that is: the same deed, outlet beside outlet."""

from collections.abc import Mapping, Sequence

import pandas as pd

from samestory import evidence
from samestory.analysis import Analysis
from samestory.compare import clauses, grids, whose
from samestory.compare.called import moments_of
from samestory.compare.clauses import MOVING
from samestory.compare.grids import Said
from samestory.compare.overview import in_story_order, moment_name, some
from samestory.compare.passages import passages
from samestory.evidence import Html, places

NOTHING = "No deed of these kinds is told by two outlets that may be compared."
NOBODY = "no doer named"
NAMED_OWN, NAMED_OTHERS = "doer named, own words", "doer named, others’ words"
BARE_OWN, BARE_OTHERS = "no doer, own words", "no doer, others’ words"
UNASSERTED = "not said to have happened"
MAY_REFER = "may refer"
WHOM = 3  # in a key of `groups` of `clauses.aligned`
MOST_CLAUSES = 30  # in one cell
MOST_DEEDS = 40  # in one table; the list of clauses has them all


Told = list[tuple[str, pd.DataFrame]]


def deeds(analysis: Analysis, *, chosen: Sequence[str] = (), across_moments: bool = False) -> Told:
    """The deeds to compare, each with its clauses (`clauses.aligned`): a title in words and the rows, those of most outlets first.

    chosen: kinds of deed (`deed` in data/deeds.csv), all of their deeds; without it the kinds of `clauses.TURNING`, and of them the deeds
    that two outlets of one moment tell and that befall somebody named. Unknown kinds give nothing. Deeds of a moment that one outlet alone
    reports, and of articles without a moment, are compared with none, unless `across_moments` is set: see `refused`. A clause about two
    groups ("rebels and civilians") stands with the deeds done to each; a deed all of whose clauses stand with another is not repeated.
    Added to the rows: `elsewhere`, whether the outlet names a doer in any clause of this kind.
    """
    rows = clauses.aligned(analysis, deeds=chosen, across_moments=across_moments)
    rows["elsewhere"] = rows["agent"].notna().groupby([rows["outlet"], rows["deed"], rows["holding"]]).transform("any").astype(bool)
    moments = analysis.story.articles.replace({"moment": {"": None}}).groupby("moment")["outlet"].nunique()
    several = len(analysis.story.outlets) > 1
    rows = rows[rows["within"].isin(moments.index[moments > 1]) | ((rows["within"] == clauses.EVERY) & several)]
    rows = rows.assign(group=rows["groups"]).explode("group")
    rows["whom"] = [group[WHOM] for group in rows["group"]]
    found = _unrepeated([mine for _, mine in rows.groupby("group", sort=False)])
    found = [mine for mine in found if chosen or (mine["outlet"].nunique() > 1 and mine["whom"].iloc[0])]
    found.sort(key=lambda mine: (-mine["outlet"].nunique(), -(mine["shared"] != "").sum(), -len(mine)))
    many = len({mine["within"].iloc[0] for mine in found}) > 1
    return [(_title(analysis, mine, moment=many), mine) for mine in found]


def _unrepeated(found: list[pd.DataFrame]) -> list[pd.DataFrame]:
    """The deeds but for those all of whose clauses, being about two groups, stand in another one's row; of two alike the first is kept."""
    kept = []
    for i, mine in enumerate(found):
        joint = (mine["members"].map(len) > 1).all()
        others = [other for j, other in enumerate(found) if joint and j != i and mine.index.isin(other.index).all()]
        if not any(len(other) > len(mine) or any(other is one for one in kept) for other in others):
            kept.append(mine)
    return kept


def _title(analysis: Analysis, mine: pd.DataFrame, *, moment: bool) -> str:
    """A deed in words: "killing: civilians, people; the same figure, “at least 82”"; who stands alone before who stands with others."""
    mine = mine.sort_values("members", key=lambda column: column.map(len), kind="stable")
    first = mine.iloc[0]
    moves = first["deed"] in MOVING
    worded = mine["agent"].fillna(mine["patient"]) if moves else mine["patient"]
    known = [" ".join(words.split()) for words in worded[~mine["back"]].dropna()]
    people = [words for i, words in enumerate(known) if words.lower() not in map(str.lower, known[:i])]
    kind = "holding" if first["holding"] else first["deed"]
    title = f"{kind}: {', '.join(people[:3])}{' and others' if len(people) > 3 else ''}"
    if first["whom"] == "":
        title = f"{kind}, {'by' if moves else 'of'} nobody named"
    counted = mine.loc[mine["figure"] != "", "figure"]
    if first["shared"]:
        title += f"; the same figure, “{counted.iloc[0]}”"
    if first["scope"] == "background":
        title += " (background)"
    return title + (f"; {moment_name(analysis, first['within'])}" if moment else "")


def worded(row) -> str:
    """A clause in short: who, deed, whom, as worded: "troops → shelled → the town"; without a doer "no doer named → killings"."""
    agent = NOBODY if pd.isna(row.agent) else row.agent
    if pd.isna(row.agent) and row.deed in MOVING:
        agent = "nobody named"
    return " → ".join(" ".join(words.split()) for words in (agent, row.verb, row.patient) if pd.notna(words))


def manner(row) -> str:
    """How a clause tells it: form, whose word, doubt: "noun · own words · hedged: “reports”"."""
    parts = [clauses.form(row), whose.word(row)]
    if row.hedged:
        parts.append(f"hedged: {_marks(row.doubt)}" if row.doubt else "hedged")
    if not row.asserted:
        parts.append(UNASSERTED)
    return " · ".join(parts)


def _marks(words: Sequence[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)


def _said(analysis: Analysis, mine: pd.DataFrame, text: str, note: str = "") -> Said:
    opened = passages(analysis, mine, "actions", also=("agent", "patient"))
    after = pd.DataFrame([(r.article_id, *span) for r in mine.itertuples() for span in r.after], columns=["article_id", "start", "end"])
    return Said(text, places(mine, "actions"), opened + passages(analysis, after, "sentences"), note=note)


def grid(analysis: Analysis, told: Told, *, colour: Mapping[str, str]) -> Html:
    """One row a deed, one column an outlet: every clause that tells it, in short, with form, whose word and doubt, opening its sentence.

    told: as from `deeds`. With more than `grids.MOST_COLUMNS` outlets the clauses of a deed stand in one list.
    """
    outlets = analysis.story.outlets
    many = len(outlets) > grids.MOST_COLUMNS
    out = []
    for title, mine in told[:MOST_DEEDS]:
        cells = dict(list(mine.groupby("outlet", sort=False)))
        parts = [mine] if many else [cells.get(outlet, mine.head(0)) for outlet in outlets]
        out.append([title, *(_entries(analysis, part, named=many) for part in parts)])
    table = pd.DataFrame(out, columns=["deed", *(["told by"] if many else outlets)])
    if not many:
        there = [o for o in outlets if table[o].map(len).any()]
        table = table[["deed", *there]]
    shown = grids.table(
        table,
        caption="The same deed, clause beside clause",
        hint="Who → deed → whom, as worded; each opens its sentence. A dash: not told in this way, or not found.",
        colour=colour,
        under=moments_of(analysis),
        empty=NOTHING,
    )
    more = [f"{len(told) - MOST_DEEDS} further deeds stand only in the list of all clauses."] if len(told) > MOST_DEEDS else []
    return evidence.together(shown, evidence.lines(more)) if more else shown


def _entries(analysis: Analysis, told: pd.DataFrame, *, named: bool) -> list[Said]:
    """Some clauses of one deed, each an entry, with the outlet in front if `named`."""
    out = []
    for r in told.head(MOST_CLAUSES).itertuples():
        text = f"{MAY_REFER} to it: {worded(r)}" if r.refers else worded(r)
        out.append(_said(analysis, told.loc[[r.Index]], f"{r.outlet}: {text}" if named else text, manner(r)))
    return out + ([Said(f"and {len(told) - MOST_CLAUSES} more clauses", [])] if len(told) > MOST_CLAUSES else [])


def refused(analysis: Analysis, *, across_moments: bool = False) -> list[str]:
    """What is not compared, or only with a reservation, and why, in sentences."""
    said, articles = [], analysis.story.articles
    named = articles[articles["moment"] != ""]
    bare = articles.loc[articles["moment"] == "", "outlet"].tolist()
    if across_moments and (len(bare) or named["moment"].nunique() > 1):
        said.append("Because across_moments is set, clauses in one row may tell of different moments: read their dates first.")
    elif not across_moments:
        for moment, mine in named.groupby("moment", sort=False):
            if mine["outlet"].nunique() < 2:
                said.append(f"“{moment_name(analysis, moment)}”: only {mine['outlet'].iloc[0]} reports it, so its deeds are not compared.")
        if bare:
            said.append(f"{some(bare)}: no moment is named in articles.csv, so their deeds are compared with none.")
        if said:
            said.append("Set across_moments = True (render --across-moments) to compare them all the same.")
    if analysis.story.codebook.actors.empty:
        said.append("The codebook names no actors: people are put together only where the noun is the same (“officer”, “officers”).")
    return said


def summary(analysis: Analysis, told: Told) -> pd.DataFrame:
    """Agency, attribution and doubt read together: one row a deed and outlet, clauses counted by doer named or not and by whose word.

    Columns: `deed`, `outlet`, `NAMED_OWN`, `NAMED_OTHERS`, `BARE_OWN`, `BARE_OTHERS` and, if there are any, `UNASSERTED` (counted nowhere
    else): lists of one `Said`, a number of clauses, with what of them is told only as reports or doubted. These are cases to be read, never
    a share. Of many deeds the first `MOST_DEEDS`; movements (`clauses.MOVING`) have no doer beside the mover and are left out. With more
    than `grids.MOST_COLUMNS` outlets a deed is one row for all of them.
    """
    many = len(analysis.story.outlets) > grids.MOST_COLUMNS
    out = []
    for title, mine in told[:MOST_DEEDS]:
        if mine["deed"].iloc[0] in MOVING:
            continue
        whole = [(f"{mine['outlet'].nunique()} outlets", mine)]
        for outlet, told in whole if many else mine.groupby("outlet", sort=False):
            real, named, own = told["asserted"], told["agent"].notna(), told["voice"] == "narrator"
            cells = [
                told[real & named & own],
                told[real & named & ~own],
                told[real & ~named & own],
                told[real & ~named & ~own],
                told[~real],
            ]
            out.append(
                [
                    title,
                    outlet,
                    *(
                        [_said(analysis, c, str(len(c)), "; ".join(filter(None, (_doubts(c), _refers(c)))))] if len(c) else []
                        for c in cells
                    ),
                ]
            )
    table = pd.DataFrame(out, columns=["deed", "outlet", NAMED_OWN, NAMED_OTHERS, BARE_OWN, BARE_OTHERS, UNASSERTED])
    return table if table[UNASSERTED].map(len).any() else table.drop(columns=UNASSERTED)


def _refers(mine: pd.DataFrame) -> str:
    """How many of some clauses are nouns that may only take up what was told."""
    n = int(mine["refers"].sum())
    return f"{n} of them {MAY_REFER} to it" if n else ""


def _doubts(mine: pd.DataFrame) -> str:
    """How many of some clauses are told as reports only, and how many with a doubt beyond that, with its words."""
    hedged = mine[mine["hedged"]]
    beyond = [[w for w in words if not w.startswith("report")] for words in hedged["doubt"]]
    doubted, words = [w for w in beyond if w], list(dict.fromkeys(w for ws in beyond for w in ws))
    reports = sum(bool(given) and not more for given, more in zip(hedged["doubt"], beyond, strict=True))
    parts = [f"{reports} as reports" if reports else "", f"{len(doubted)} doubted: {_marks(words)}" if doubted else ""]
    other = len(hedged) - reports - len(doubted)
    return "; ".join(part for part in (*parts, f"{other} hedged" if other else "") if part)


def doers(analysis: Analysis, told: Told) -> pd.DataFrame:
    """Who is named as the doer, by whom: one row a deed and doer (as worded; one actor of the codebook is one doer), one column an outlet.

    Cells are lists of `Said`: whose word it is that names the doer. Clauses without a doer come last for each deed. What is not said to
    have happened and movements are left out. With more than `grids.MOST_COLUMNS` outlets one column `named by` has them all.
    """
    outlets = analysis.story.outlets
    many = len(outlets) > grids.MOST_COLUMNS
    out = []
    for title, mine in told[:MOST_DEEDS]:
        mine = mine[mine["asserted"]]
        if mine.empty or mine["deed"].iloc[0] in MOVING:
            continue
        key = mine["agent_actor"].fillna(mine["agent"].str.lower()).fillna("")
        for doer in sorted(key.unique(), key=lambda k: k == ""):
            group = mine[key == doer]
            wordings = list(dict.fromkeys(" ".join(words.split()) for words in group["agent"].dropna()))
            cells = [_by_word(analysis, group[group["outlet"] == o]) for o in outlets]
            if many:
                cells = [[said._replace(text=f"{o}: {said.text}") for o, cell in zip(outlets, cells, strict=True) for said in cell]]
            out.append([title, ", ".join(wordings) or NOBODY, *cells])
    return pd.DataFrame(out, columns=["deed", "doer as worded", *(["named by"] if many else outlets)])


def _by_word(analysis: Analysis, mine: pd.DataFrame) -> list[Said]:
    """Some clauses by whose word they are, each with how many."""
    words = pd.Series([whose.word(r) for r in mine.itertuples()], index=mine.index, dtype=object)
    groups = [g for _, g in mine.groupby(words, sort=False)]
    return [_said(analysis, g, f"{words[g.index[0]]}{f' {len(g)}' if len(g) > 1 else ''}", _refers(g)) for g in groups]


def doers_by_outlet(analysis: Analysis, told: Told, *, colour: Mapping[str, str]) -> Html:
    """`doers` as a table."""
    table = doers(analysis, told)
    kept = [c for c in table.columns if isinstance(c, str) and (c in ("deed", "doer as worded") or table[c].map(len).any())]
    return grids.table(table[kept], caption="Who is named as the doer, and on whose word", colour=colour, most=60)


def without_doer(told: Told) -> list[str]:
    """Which outlets tell a deed without a doer in any clause of its row; in sentences, of the clauses found and of nothing else.

    A clause that is not said to have happened, or that only may refer to the deed (`refers`), puts no outlet here; a doer in any clause
    of the row, whatever its kind, keeps it out. Movements have no doer beside the mover. An outlet that names a doer in another clause of
    this kind, of other sufferers, is said to do so (`elsewhere` of `deeds`).
    """
    said = []
    for title, mine in told[:MOST_DEEDS]:
        if mine["deed"].iloc[0] in MOVING:
            continue
        bare = []
        for outlet, rows in mine.groupby("outlet", sort=False):
            plain = rows[rows["asserted"] & ~rows["refers"]]
            if rows["agent"].isna().all() and len(plain):
                how = ", ".join(dict.fromkeys(clauses.form(r) for r in plain.itertuples()))
                other = "; it names one in another clause of this kind" if rows["elsewhere"].any() else ""
                bare.append(f"{outlet} ({len(plain)}: {how}{other})")
        if bare:
            said.append(f"{title}: in the clauses found here no doer is named in {some(bare)}.")
    return said


def listing(analysis: Analysis, *, chosen: Sequence[str] = ()) -> pd.DataFrame:
    """Every clause of these kinds of deed, also those compared with none.

    Columns: deed, outlet, clause (`worded`), `how it is told` (`manner`), article_id, start, end.
    """
    rows = clauses.aligned(analysis, deeds=chosen)
    table = rows[["deed", "outlet"]].assign(
        clause=[worded(r) for r in rows.itertuples()],
        how=[f"{manner(r)} · {MAY_REFER} to a deed told before" if r.refers else manner(r) for r in rows.itertuples()],
        **{column: rows[column] for column in ("article_id", "start", "end")},
    )
    order = {deed: i for i, deed in enumerate(chosen or clauses.TURNING)}
    table = in_story_order(analysis, table).sort_values("deed", key=lambda c: c.map(order), kind="stable")
    return table.rename(columns={"how": "how it is told"}).reset_index(drop=True)
