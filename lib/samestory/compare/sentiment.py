"""Do any two outlets differ in the tone of their narration? Asked once for every pair, and corrected for asking so often."""

import itertools
from collections.abc import Mapping

import numpy as np
import pandas as pd

from samestory import evidence
from samestory.analysis import Analysis
from samestory.compare import methods, tone
from samestory.compare.resample import LEVEL, SHUFFLES, SMALL, holm, permutation_test, smallest_difference
from samestory.evidence import Html, places

MOST_OUTLETS = 12  # tested pair by pair; with more there are so many pairs that next to nothing could be shown
NOT_ASKED = f"Not asked: only two to {MOST_OUTLETS} outlets with {SMALL} pieces of narration or more each are compared pair by pair."
COLUMNS = ["outlet", "and", "difference", "p", "p corrected", "smallest shown", "places"]


def differences(analysis: Analysis, *, seed: int, method: str = "vader", events: bool = True) -> pd.DataFrame:
    """Do any two outlets differ in their narration? One row a pair, in the story's order.

    Columns: outlet, and, difference (of mean scores), p (by permutation), `p corrected` (Holm 1979, for all pairs), `smallest shown` (the
    smallest difference that could have come out as shown, `resample.smallest_difference`), places. `events` = False takes the scores with
    event words masked. Pairs in which one outlet has fewer than five stretches are not tested (missing). With more than `MOST_OUTLETS`
    outlets that have enough, no pair is tested: the table is empty.
    """
    return _differences(analysis, tone.stretches(analysis), seed=seed, column=method if events else f"{method}_no_events")


def _differences(analysis: Analysis, stretches: pd.DataFrame, *, seed: int, column: str) -> pd.DataFrame:
    rows = stretches[stretches["voice"] == "narration"]
    chosen = dict(list(rows.groupby("outlet", sort=False)))
    outlets = [o for o in analysis.story.outlets if o in chosen]
    enough = [o for o in outlets if len(chosen[o]) >= SMALL]
    if len(enough) > MOST_OUTLETS:
        return pd.DataFrame(columns=COLUMNS)
    tests = len(enough) * (len(enough) - 1) // 2
    shuffles = max(SHUFFLES, 400 * tests)  # so that the smallest p there can be lies well below what the correction asks for
    out = []
    for a, b in itertools.combinations(outlets, 2):
        x, y = chosen[a][column], chosen[b][column]
        tested = a in enough and b in enough
        out.append(
            {
                "outlet": a,
                "and": b,
                "difference": float(x.mean() - y.mean()) if tested else np.nan,
                "p": permutation_test(x, y, seed=seed, draws=shuffles),
                "smallest shown": smallest_difference(x, y, pairs=tests),
                "places": places(pd.concat([chosen[a].head(20), chosen[b].head(20)]), "stretches"),
            }
        )
    table = pd.DataFrame(out, columns=[c for c in COLUMNS if c != "p corrected"])
    table.insert(4, "p corrected", holm(table["p"].astype(float)))
    return table


def verdict(differences: pd.DataFrame) -> str:
    """Does any pair of outlets differ after correction? What could not be tested is said to be unknown, not alike."""
    if differences.empty:
        return NOT_ASKED
    tested = differences.dropna(subset=["p corrected"])
    untested = f"{len(differences) - len(tested)} of {len(differences)} pairs have fewer than five pieces of narration in one outlet"
    if tested.empty:
        return f"Cannot be told: {untested}."
    found = tested[tested["p corrected"] < LEVEL]
    if found.empty:
        smallest = tested["p corrected"].min()
        pairs = f"any of the {len(tested)} pairs" if len(tested) > 1 else "the one pair"
        said = f"No. Not shown for {pairs} that could be tested (smallest p, corrected for their number: {smallest:.2f})"
    else:
        pairs = ", ".join(f"{one} and {other}" for one, other in zip(found["outlet"], found["and"], strict=True))
        said = f"Between these texts, by this word list, yes for {len(found)} of {len(tested)} pairs tested: {pairs}"
    return f"{said}; {untested}, so for them it cannot be told." if len(tested) < len(differences) else f"{said}."


def every_way(analysis: Analysis, *, seed: int) -> dict[tuple[str, bool], pd.DataFrame]:
    """`differences` of the narration by every dictionary, with event words (True) and without (False)."""
    rows, chosen = tone.stretches(analysis), itertools.product(methods.of_sentences(analysis), (True, False))
    return {(m, events): _differences(analysis, rows, seed=seed, column=m if events else f"{m}_no_events") for m, events in chosen}


def answers(ways: Mapping[tuple[str, bool], pd.DataFrame]) -> pd.DataFrame:
    """The answer of each dictionary, with event words and without.

    Columns: dictionary, scored, answer (`verdict` in short), `largest seen` (difference of means), needed (over the pairs, the range of the
    smallest difference that could have come out as shown).
    """
    rows = []
    for (method, events), table in ways.items():
        tested = table.dropna(subset=["p"])
        seen, least = tested["difference"].abs().max(), tested["smallest shown"]
        row = {"dictionary": methods.NAMES[method], "scored": "as printed" if events else "without event words", "answer": _short(table)}
        row["largest seen"] = None if tested.empty else methods.number(seen)
        row["needed"] = None if tested.empty else f"from {methods.number(least.min())} to {methods.number(least.max())}"
        rows.append(row)
    return pd.DataFrame(rows, columns=["dictionary", "scored", "answer", "largest seen", "needed"])


def _short(differences: pd.DataFrame) -> str:
    tested = differences.dropna(subset=["p corrected"])
    if tested.empty:
        return "cannot be told"
    pairs = ", ".join(f"{r['outlet']} and {r['and']}" for r in tested[tested["p corrected"] < LEVEL].to_dict("records"))
    least = f"smallest p, corrected: {tested['p corrected'].min():.2f}"
    return f"yes: {pairs} ({least})" if pairs else f"no ({least}; pairs tested: {len(tested)})"


def survives(ways: Mapping[tuple[str, bool], pd.DataFrame]) -> list[str]:
    """What the answers say together, in plain sentences: differences that are shown, by which dictionaries, and without event words."""
    pairs: dict[tuple[str, str], list[tuple[str, bool, float]]] = {}
    for (method, events), table in ways.items():
        for r in table[table["p corrected"] < LEVEL].to_dict("records"):
            pairs.setdefault((r["outlet"], r["and"]), []).append((methods.NAMES[method], events, r["difference"]))
    dictionaries = list(dict.fromkeys(methods.NAMES[m] for m, _ in ways))
    if all(table.empty for table in ways.values()):
        return [NOT_ASKED + " The parameter outlets chooses some."]
    if all(table.dropna(subset=["p"]).empty for table in ways.values()):
        return [f"Cannot be told: no two outlets have {SMALL} pieces of narration each."]
    few = max(int(table["p"].isna().sum()) for table in ways.values())
    untold = (
        [f"For {few} pair{'s' if few > 1 else ''} with fewer than five pieces of narration in one outlet it cannot be told."] if few else []
    )
    if not pairs:
        names = " nor by ".join(dictionaries)
        found = "No. No two outlets are shown to differ in the tone of their narration"
        return [f"{found}: neither by {names}, with event words or without.", *untold]
    said = []
    for (one, other), found in pairs.items():
        whole = [name for name, events, _ in found if events]
        bare = [name for name, events, _ in found if not events]
        lower = one if found[0][2] < 0 else other
        text = f"{one} and {other}: {lower} is the more negative"
        text += f" as printed by {' and '.join(whole)}" if whole else " only without event words"
        text += f"; it stays without event words by {' and '.join(bare)}" if bare else "; without event words the difference is gone"
        silent = [d for d in dictionaries if d not in {*whole, *bare}]
        text += f"; {' and '.join(silent)} {'does' if len(silent) == 1 else 'do'} not show it." if silent else "."
        if len({d > 0 for *_, d in found}) > 1:
            text = f"{one} and {other}: the dictionaries show opposite differences, so neither is to be relied on."
        said.append(text)
    return said + untold


def answer(ways: Mapping[tuple[str, bool], pd.DataFrame]) -> Html:
    """What all dictionaries say together (`survives`), as a boxed answer."""
    return evidence.note(" ".join(survives(ways)), kind="how", title="Answer:")


def answer_table(ways: Mapping[tuple[str, bool], pd.DataFrame]) -> Html:
    """`answers` as a table."""
    note = "Largest seen: of all differences of two means. Needed: the smallest that could have been shown, over the pairs."
    return evidence.table(answers(ways), caption="Does the tone of narration differ between any two outlets?", note=note)


def pair_table(ways: Mapping[tuple[str, bool], pd.DataFrame], *, colour: Mapping[str, str]) -> Html:
    """Every pair by every dictionary, with event words and without; folded."""
    shown = [
        table.drop(columns="places").assign(dictionary=methods.NAMES[method], scored="as printed" if events else "without event words")
        for (method, events), table in ways.items()
        if len(table)
    ]
    rows = pd.concat(shown, ignore_index=True) if shown else pd.DataFrame(columns=["outlet"])
    return evidence.table(
        rows[["dictionary", "scored", *(c for c in COLUMNS if c != "places")]] if shown else rows,
        caption="Differences of mean narration score, pair by pair",
        headers={"smallest shown": "needed"},
        note="Difference: the first outlet’s mean minus the second’s. Needed: the smallest that could have been shown. A dash: too few.",
        colour=colour,
        most=150,
        fold=True,
        empty="There are no two outlets to compare, or too many to compare pair by pair.",
    )
