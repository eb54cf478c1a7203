"""Would another dictionary have said the same? Every two of them, sentence by sentence."""

import itertools
from collections.abc import Mapping

import pandas as pd

from samestory import evidence
from samestory.agreement import kappa
from samestory.analysis import Analysis
from samestory.compare import grids, methods
from samestory.compare.grids import Said
from samestory.compare.methods import CLASSES, NAMES
from samestory.compare.overview import in_story_order, running_text
from samestory.compare.passages import passages
from samestory.compare.tone import VOICES
from samestory.evidence import Html, places

AGAINST = {("negative", "positive"), ("positive", "negative")}


def classes(analysis: Analysis) -> pd.DataFrame:
    """The sentences of the running text with outlet and text, and for each dictionary its score and, in `METHOD class`, its class."""
    rows = running_text(analysis)
    return rows.assign(**{f"{m} class": methods.classed(rows[m]) for m in methods.of_sentences(analysis)})


def pairs(analysis: Analysis) -> pd.DataFrame:
    """How far every two dictionaries agree: `one`, `other`, n, `same` class, `opposite` signs, kappa (Cohen 1960).

    `both` is the number of sentences that neither calls neutral, `opposite` those of them to which they give opposite signs.
    """
    rows, out = classes(analysis), []
    for a, b in itertools.combinations(methods.of_sentences(analysis), 2):
        x, y = rows[f"{a} class"], rows[f"{b} class"]
        both = (x != "neutral") & (y != "neutral")
        out.append([NAMES[a], NAMES[b], len(rows), int((x == y).sum()), int(both.sum()), int((both & (x != y)).sum()), kappa(x, y)])
    return pd.DataFrame(out, columns=["one", "other", "n", "same", "both", "opposite", "kappa"])


def said(analysis: Analysis) -> list[str]:
    """`pairs` in sentences."""
    out = []
    for r in pairs(analysis).itertuples():
        if not r.n:
            continue
        text = f"{r.one} and {r.other} put {r.same} of {r.n} sentences in the same class ({r.same / r.n:.0%}"
        text += f"; beyond chance, kappa: {methods.number(r.kappa)})." if pd.notna(r.kappa) else ")."
        if r.both:
            text += f" Of the {r.both} that both call negative or positive, {r.opposite} get opposite signs."
        out.append(text)
    return out


def contradictions(table: pd.DataFrame) -> list[str]:
    """Outlets and voices that one dictionary finds negative and another positive, both beyond their intervals (`tone.by_voice`)."""
    out, scores = [], [m for m in NAMES if m in table]
    for r in table.to_dict("records"):
        below = [m for m in scores if r[f"{m} high"] < 0]
        above = [m for m in scores if r[f"{m} low"] > 0]
        if below and above:
            worded = [" and ".join(f"{methods.number(r[m])} by {NAMES[m]}" for m in found) for found in (below, above)]
            text = f"{r['outlet']}, {VOICES[r['voice']]}: {worded[0]}, yet {worded[1]}, and no interval reaches zero."
            out.append(f"{text} Whoever had taken one dictionary alone would have found the tone clear.")
    return out


def matrices(analysis: Analysis) -> Html:
    """A table of classes for every two dictionaries; where they disagree, the number opens the sentences."""
    rows = classes(analysis)
    if rows.empty:
        return evidence.note("There are no sentences to score.", kind="empty")
    found = []
    for a, b in itertools.combinations(methods.of_sentences(analysis), 2):
        cells = dict(list(rows.groupby([f"{a} class", f"{b} class"], sort=False)))
        table = [
            [f"{NAMES[a]}: {one}", *(_cell(analysis, cells.get((one, other), rows.head(0)), (a, b), (one, other)) for other in CLASSES)]
            for one in CLASSES
        ]
        found.append(
            grids.table(
                pd.DataFrame(table, columns=["", *(f"{NAMES[b]}: {c}" for c in CLASSES)]),
                caption=f"Sentences by class: {NAMES[a]} (down) and {NAMES[b]} (across)",
                hint="Where the two disagree, the number opens the first sentences.",
            )
        )
    return evidence.together(*found)


def _cell(analysis: Analysis, mine: pd.DataFrame, two: tuple[str, str], said: tuple[str, str]) -> list[Said]:
    if mine.empty:
        return []
    if said[0] == said[1]:
        return [Said(f"{len(mine):,}", [])]
    some = mine.head(grids.MOST_PASSAGES)
    opened = passages(analysis, some, "sentences", notes=[methods.numbers(r, two) for r in some.itertuples()])
    note = "opposite signs" if said in AGAINST else ""
    return [Said(f"{len(mine):,}", places(some, "sentences"), opened, note=note)]


def opposites(analysis: Analysis, *, colour: Mapping[str, str], most: int = 60) -> Html:
    """Sentences that two dictionaries call by opposite signs, with every score and the words that carried it; folded."""
    rows, chosen = classes(analysis), methods.of_sentences(analysis)
    against = pd.Series(False, index=rows.index)
    for a, b in itertools.combinations(chosen, 2):
        against |= (rows[f"{a} class"] != rows[f"{b} class"]) & (rows[f"{a} class"] != "neutral") & (rows[f"{b} class"] != "neutral")
    rows = in_story_order(analysis, rows[against])
    carried = dict(list(analysis.tables["drivers"].groupby(["article_id", "sentence"], sort=False))) if len(rows) else {}
    empty = analysis.tables["drivers"].head(0)
    shown = rows.head(most)
    out = shown[["outlet", "voice", "text"]].rename(columns={"text": "sentence"})
    for m in chosen:
        words = [_words(carried.get((a, s), empty), m) for a, s in zip(shown["article_id"], shown["sentence"], strict=True)]
        out[NAMES[m]] = [f"{methods.number(v)}{f': {w}' if w else ''}" for v, w in zip(shown[m], words, strict=True)]
    table = out.assign(article_id=shown["article_id"], start=shown["start"], end=shown["end"])
    return evidence.table(
        table,
        caption=f"Sentences that get opposite signs{f', the first {most} of {len(rows):,}' if len(rows) > most else ''}",
        note="After each score the words that carried it.",
        of="sentences",
        colour=colour,
        fold=True,
        empty="No sentence gets opposite signs from two dictionaries.",
    )


def _words(drivers: pd.DataFrame, method: str) -> str:
    """The words of a sentence that one dictionary counted."""
    if method not in drivers:
        return ""
    return ", ".join(dict.fromkeys(drivers.loc[drivers[method].notna(), "word"]))
