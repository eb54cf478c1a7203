"""Do any two outlets differ in the scores of their narration? Asked within a moment, and corrected for asking so often."""

import itertools
from collections.abc import Mapping

import numpy as np
import pandas as pd

from samestory import evidence
from samestory.analysis import Analysis
from samestory.compare import methods, moves, tone
from samestory.compare.overview import moment_name
from samestory.compare.resample import LEVEL, SMALL, compared, holm
from samestory.evidence import Html, places

MOST_OUTLETS = 100  # laid side by side
MOST_PAIRS = 66  # tested, as many as twelve outlets make; with more, next to nothing could be shown
NOT_ASKED = f"Not asked: it takes two outlets with narration, and no more than {MOST_OUTLETS} outlets and {MOST_PAIRS} pairs to be tested."
COLUMNS = ["moment", "outlet", "and", "texts", "pieces", "difference", "p", "p corrected", "needed", "enough", "of", "why not", "places"]
MEASURED = ["difference", "p", "needed", "enough", "of"]  # in the order of `resample.Difference`
UNLIKE = "not like with like: no moment in common"
FEW = f"fewer than {SMALL} pieces of narration in one of them"
Ways = Mapping[tuple[str, bool], pd.DataFrame]


def every_way(analysis: Analysis, *, seed: int) -> dict[tuple[str, bool], pd.DataFrame]:
    """Do two outlets' narrations differ, by each dictionary, with event words (True) and without (False)? One row a pair and moment.

    Columns: moment (its name; missing where the story has one or none, or the pair has none in common), outlet, and, `texts` and `pieces`
    (articles, stretches of narration: "1 and 2"), difference (of mean scores), p (by permutation), `p corrected` (Holm 1979, over all
    tests in all of these tables), needed, enough, of (`resample.compared`), `why not` (why a pair is not tested, else empty), places.
    A pair is tested within a moment only, unless the story has no two; the others are listed and say why not. With more than `MOST_OUTLETS`
    outlets or `MOST_PAIRS` pairs to test, the tables are empty.
    """
    columns = {(m, events): m if events else f"{m}_no_events" for m in methods.of_sentences(analysis) for events in (True, False)}
    narration = tone.stretches(analysis).query("voice == 'narration'")
    asked = _pairs(analysis, narration)
    tested = sum(not why for *_, why in asked)
    asked = asked if tested <= MOST_PAIRS else []
    rows = {way: [] for way in columns}
    for moment, one, other, why in asked:
        a, b = (_of(narration, outlet, moment) for outlet in (one, other))
        said = {"moment": moment_name(analysis, moment), "outlet": one, "and": other, "why not": why}
        said |= {"texts": f"{a['article_id'].nunique()} and {b['article_id'].nunique()}", "pieces": f"{len(a)} and {len(b)}"}
        said["places"] = places(pd.concat([a.head(20), b.head(20)]), "stretches")
        # All dictionaries at once, so that they are asked about the very same shufflings.
        found = compared(a[list(columns.values())], b[list(columns.values())], seed=seed, tests=max(tested, 1) * len(columns))
        for way, r in zip(columns, found, strict=True):
            rows[way].append(said | dict(zip(MEASURED, [np.nan] * 5 if why else r, strict=True)))
    tables = {way: pd.DataFrame(mine, columns=COLUMNS).astype(dict.fromkeys(MEASURED, float)) for way, mine in rows.items()}
    corrected = holm(pd.concat([table["p"] for table in tables.values()], ignore_index=True))
    for i, table in enumerate(tables.values()):
        table["p corrected"] = corrected.iloc[i * len(table) : (i + 1) * len(table)].to_numpy()
    return tables


def _pairs(analysis: Analysis, narration: pd.DataFrame) -> list[tuple[str, str, str, str]]:
    """The pairs of outlets: moment ("" for any), one, other, and why they are not compared ("" if they are)."""
    outlets = [o for o in analysis.story.outlets if o in set(narration["outlet"])]
    if len(outlets) > MOST_OUTLETS:
        return []
    moments = moves.moments(analysis)
    several = len(moments) > 1
    sizes = narration.groupby(["moment", "outlet"] if several else "outlet").size()
    out = []
    for one, other in itertools.combinations(outlets, 2):
        shared = [m for m in moments if (m, one) in sizes and (m, other) in sizes] if several else [""]
        for moment in shared:
            least = min(sizes[(moment, o) if several else o] for o in (one, other))
            out.append((moment, one, other, "" if least >= SMALL else FEW))
        if not shared:
            out.append(("", one, other, UNLIKE))
    return out


def _of(narration: pd.DataFrame, outlet: str, moment: str) -> pd.DataFrame:
    mine = narration[narration["outlet"] == outlet]
    return mine[mine["moment"] == moment] if moment else mine


def shown(ways: Ways) -> pd.DataFrame:
    """The differences that come out below `LEVEL` after correction: moment, outlet, and, texts, method, events, difference."""
    found = [table[table["p corrected"] < LEVEL].assign(method=method, events=events) for (method, events), table in ways.items()]
    every = pd.concat(found, ignore_index=True)
    return every[["moment", "outlet", "and", "texts", "method", "events", "difference"]]


def survives(ways: Ways) -> list[str]:
    """The answer of all dictionaries together, in plain sentences, and what was not asked.

    Yes takes two dictionaries that show the same difference, each as printed and without event words, and none that shows the opposite.
    """
    first = next(iter(ways.values()))
    if first.empty:
        return [f"{NOT_ASKED} The parameter outlets chooses some."]
    tested, left_out = first[first["why not"] == ""], _left_out(first)
    if tested.empty:
        about = " about the same moment" if (first["why not"] == UNLIKE).any() else ""
        return [f"Cannot be told: no two outlets have {SMALL} pieces of narration each{about}.", *left_out]
    found = shown(ways)
    pairs = [_worded(mine) for _, mine in found.groupby(["moment", "outlet", "and"], sort=False, dropna=False)]
    asked = f"{_count(len(tested), 'pair')} of outlets, {len(tested) * len(ways)} tests, corrected together"
    every = pd.concat([table.dropna(subset=["p"]) for table in ways.values()], ignore_index=True)
    never = int(every["needed"].isna().sum())
    if never == len(every):
        return [f"Cannot be told: these scores are so few that no difference could have been shown ({asked}).", *left_out]
    if never:
        left_out.insert(0, f"In {never} of the tests no difference could have been shown, however these very scores were shared out.")
    if found.empty:
        least = f"smallest p: {every['p corrected'].min():.2f}"
        return [f"No. Not shown by any dictionary, with event words or without ({asked}; {least}).", *left_out]
    if any(yes for yes, _ in pairs):
        head = f"Yes for {sum(yes for yes, _ in pairs)} of {asked}."
    else:
        head = f"No. Nothing is shown by two dictionaries, both as printed and without event words ({asked}). In part some is:"
    order = sorted(pairs, key=lambda pair: not pair[0])
    return [head, *(text for _, text in order), "This is about the words of these texts and orders nobody.", *left_out]


def _worded(found: pd.DataFrame) -> tuple[bool, str]:
    """Is the difference of a pair shown, and by what: `found` are its rows of `shown`."""
    r = found.iloc[0]
    about = f"{r['outlet']} and {r['and']} ({r['texts']} texts{f', {r.moment}' if pd.notna(r['moment']) else ''})"
    if found["difference"].lt(0).nunique() > 1:
        return False, f"{about}: the dictionaries show opposite differences, so none is to be relied on."
    lower, higher = (r["outlet"], r["and"]) if r["difference"] < 0 else (r["and"], r["outlet"])
    by, both = [], 0
    for method, mine in found.groupby("method", sort=False):
        printed = " ".join(methods.number(abs(d)) for d in mine.loc[mine["events"], "difference"])
        bare = " ".join(methods.number(abs(d)) for d in mine.loc[~mine["events"], "difference"])
        both += bool(printed and bare)
        stays = f"{printed}, without event words {bare}" if printed and bare else f"{printed}, gone without event words"
        by.append(f"{methods.NAMES[method]} ({stays if printed else f'only without event words: {bare}'})")
    text = f"{about}: the mean score of these texts’ narration is lower in {lower} than in {higher} by {'; '.join(by)}."
    return both > 1, text


def _left_out(first: pd.DataFrame) -> list[str]:
    unlike, few = (int((first["why not"] == why).sum()) for why in (UNLIKE, FEW))
    said = [f"{_count(unlike, 'pair')} not tested, {UNLIKE}."] if unlike else []
    return said + ([f"{_count(few, 'pair')} not tested, {FEW}: it cannot be told."] if few else [])


def _count(n: int, what: str) -> str:
    return f"{n} {what}{'' if n == 1 else 's'}"


def needed(row: Mapping) -> str | None:
    """What a difference needed for reading, "0.61 (2 of 462 ways)"; None for a pair not tested."""
    if pd.isna(row["p"]):
        return None
    if pd.isna(row["needed"]):
        return "no way would do"
    return methods.number(row["needed"]) + (f" ({row['enough']:,.0f} of {row['of']:,.0f} ways)" if pd.notna(row["of"]) else "")


def answers(ways: Ways) -> pd.DataFrame:
    """The answer of each dictionary, with event words and without, for the pair that comes nearest to being shown.

    Columns: dictionary, scored, `shown for` (pairs, of those tested), `nearest pair`, difference (of its means, without sign), needed (for
    this pair), `p corrected`.
    """
    rows = []
    for (method, events), table in ways.items():
        tested = table.dropna(subset=["p"])
        if tested.empty:
            continue
        nearest = tested.loc[tested["p"].idxmin()]
        row = {"dictionary": methods.NAMES[method], "scored": _scored(events)}
        row |= {"shown for": f"{(tested['p corrected'] < LEVEL).sum()} of {_count(len(tested), 'pair')}"}
        row |= {"nearest pair": f"{nearest['outlet']} and {nearest['and']}", "difference": abs(nearest["difference"])}
        rows.append(row | {"needed": needed(nearest), "p corrected": nearest["p corrected"]})
    return pd.DataFrame(rows, columns=["dictionary", "scored", "shown for", "nearest pair", "difference", "needed", "p corrected"])


def _scored(events: bool) -> str:
    return "as printed" if events else "without event words"


def answer(ways: Ways) -> Html:
    """What all dictionaries say together (`survives`), as a boxed answer."""
    return evidence.note(" ".join(survives(ways)), kind="how", title="Answer:")


NEEDED = (
    "Needed: with exactly these scores, shared out between the two outlets in some other way, the means would have to lie at least so far "
    "apart to count as different; in brackets how many of all ways reach that."
)


def answer_table(ways: Ways) -> Html:
    """`answers` as a table."""
    return evidence.table(
        answers(ways),
        caption="Does the mean score of narration differ between any two outlets?",
        note=f"For each dictionary the pair with the smallest p. {NEEDED}",
        empty="No two outlets could be compared.",
    )


def pair_table(ways: Ways, *, colour: Mapping[str, str]) -> Html:
    """Every pair by every dictionary, with event words and without, and once each the pairs that are not tested; folded."""
    every = [t.assign(dictionary=methods.NAMES[method], scored=_scored(events)) for (method, events), t in ways.items()]
    tested = pd.concat([t[t["why not"] == ""] for t in every], ignore_index=True)
    tested["needed"] = [needed(r) for r in tested.to_dict("records")]
    others = every[0][every[0]["why not"] != ""].assign(dictionary=None, scored=None, needed=None)
    rows = pd.concat([tested.astype(object), others.astype(object)], ignore_index=True)
    order = ["outlet", "and", "moment", "texts", "pieces", "dictionary", "scored", "difference", "needed", "p", "p corrected", "why not"]
    return evidence.table(
        rows[[*order, "places"]],
        caption="Differences of mean narration score, pair by pair",
        headers={"why not": "not tested", "moment": "" if rows["moment"].isna().all() else "moment"},
        note=f"Difference: the first outlet’s mean minus the second’s. {NEEDED} P is corrected over all rows of this table.",
        colour=colour,
        most=150,
        fold=True,
        empty="There are no two outlets to compare, or too many to compare pair by pair.",
    )
