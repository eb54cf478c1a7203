"""Towards whom? What each method makes of every mention of an actor: the weaker evidence, so every cell is its sentences."""

from collections.abc import Mapping

import pandas as pd

from samestory import evidence
from samestory.analysis import Analysis
from samestory.compare import grids, methods
from samestory.compare.called import THINGS, moments_of
from samestory.compare.called import VOICES as HEADS
from samestory.compare.grids import Block, Said
from samestory.compare.labels import by_actor, worded
from samestory.compare.methods import CLASSES, NAMES, SIGNS
from samestory.compare.overview import in_story_order, with_text
from samestory.compare.passages import passages
from samestory.compare.resample import SMALL
from samestory.evidence import Html, places
from samestory.sentiment import classifier

MARKED = "the target that the story’s table marks"
MOST_ACTORS = 40
FILL = (
    "No actor of a codebook stands in these texts, so there is nobody to have a tone towards. Write actors and the words for them into "
    "codebook/actors.csv and codebook/labels.csv: 01-framing proposes some for a story without, docs/your-own-story.md says how. "
    "Everything above needs no codebook."
)


def mentions(analysis: Analysis) -> pd.DataFrame:
    """Every scored mention of an actor, one row a method: `targets` with outlet, `name` (of the actor) and `text` as published.

    Events and places are left out: they are named, but nobody has a tone towards a street.
    """
    rows = with_text(analysis, analysis.tables["targets"])
    book = analysis.story.codebook
    rows = rows[~rows["actor"].isin(book.actors.loc[book.actors["kind"].isin(THINGS), "actor"])]
    rows = rows.assign(name=rows["actor"].map(book.actor_names()).astype("string").fillna(rows["actor"]).fillna(MARKED))
    rows["because"] = rows["because"].fillna("")
    return in_story_order(analysis, rows)


def grid(analysis: Analysis, *, method: str, colour: Mapping[str, str], fold: bool = False) -> Html:
    """Actors down, outlets across: the mentions that a method calls negative, neutral, positive, each opening its sentences.

    The outlet's own words stand first, what it gives to a source and what stands in quotation marks apart. Below five mentions in a voice
    every mention is an entry of its own. With more than `grids.MOST_COLUMNS` outlets the voices are the columns. No mean, no share.
    """
    rows = mentions(analysis)
    rows = rows[rows["method"] == method]
    caption = f"Towards whom, by {NAMES[method]}"
    if rows.empty:
        return evidence.note(
            FILL if analysis.tables["targets"].empty else f"{NAMES[method]}: not scored here.", kind="empty", title=caption + ":"
        )
    outlets = analysis.story.outlets
    beside = len(outlets) <= grids.MOST_COLUMNS
    cells = dict(list(rows.groupby(["name", "outlet" if beside else "voice"], sort=False)))
    across = dict(zip(outlets, outlets, strict=True)) if beside else HEADS
    out = []
    for name in rows["name"].unique():
        mine = [cells.get((name, key)) for key in across]
        out.append([name, *([] if m is None else _voices(analysis, m) if beside else _classes(analysis, m, outlets=True) for m in mine)])
    table = by_actor(analysis, pd.DataFrame(out, columns=["actor", *across.values()]))
    hint = "− negative, ○ neutral, + positive: how often; each opens its sentences" + ("" if beside else ", outlets below")
    hint += f". Fewer than {SMALL} mentions stand one by one." + (
        " After a sentence, the words that decided." if (rows["because"] != "").any() else ""
    )
    return grids.table(
        table, caption=caption, hint=hint, colour=colour, under=moments_of(analysis) if beside else {}, most=MOST_ACTORS, fold=fold
    )


def _voices(analysis: Analysis, mine: pd.DataFrame) -> list[Block]:
    blocks = []
    for voice, head in HEADS.items():
        said = mine[mine["voice"] == voice]
        if len(said):
            found = _classes(analysis, said) if len(said) >= SMALL else _one_by_one(analysis, said)
            blocks.append(Block(f"{head} ({len(said)})", found, own=voice == "narrator"))
    return blocks


def _classes(analysis: Analysis, mine: pd.DataFrame, *, outlets: bool = False) -> list[Said]:
    """Some mentions by class, each with its number, opening the first of its sentences."""
    out = []
    for label in CLASSES:
        said = mine[mine["label"] == label]
        if len(said):
            some = said.head(grids.MOST_PASSAGES)
            about = worded(said["outlet"]) if outlets else []
            note = ", ".join(about[:5]) + (f" and {len(about) - 5} more outlets" if len(about) > 5 else "")
            opened = passages(analysis, some, "targets", notes=some["because"].tolist())
            out.append(Said(f"{SIGNS[label]} {label} {len(said)}", places(some, "targets"), opened, note=note))
    return out


def _one_by_one(analysis: Analysis, mine: pd.DataFrame) -> list[Said]:
    """Few mentions, each an entry: its class as a sign and its words, opening its sentence."""
    out = []
    for r in mine.itertuples():
        one = mine.loc[[r.Index]]
        out.append(
            Said(
                f"{SIGNS[r.label]} “{' '.join(r.text.split())}”",
                places(one, "targets"),
                passages(analysis, one, "targets", notes=[r.because]),
            )
        )
    return out


def learned(analysis: Analysis, *, colour: Mapping[str, str]) -> Html:
    """The grid of the learned classifier, or, where it is not installed, what is missing and how to get it."""
    if analysis.tables["targets"].empty:
        return Html("")  # said once, by the first grid
    if "classifier" in methods.of_targets(analysis):
        return grid(analysis, method="classifier", colour=colour)
    why = classifier.missing() or "it did not run on this story"
    text = f"Not scored: {why}. Everything else on this page does without it."
    return evidence.note(text, kind="empty", title=f"Towards whom, by the {NAMES['classifier']}:")


def compared(analysis: Analysis) -> Html:
    """The methods side by side on mentions in the outlets' own words: how often each class, and where each contradicts the first.

    All outlets together, for this is about the methods and not about the outlets.
    """
    rows = mentions(analysis)
    rows = rows[rows["voice"] == "narrator"]
    chosen = methods.of_targets(analysis)
    if rows.empty or not chosen:
        return Html("")
    key = ["article_id", "start", "end"]
    of = {m: rows[rows["method"] == m].drop_duplicates(key).set_index(key) for m in chosen}
    first, out = chosen[0], []
    for m, mine in of.items():
        counts = mine["label"].value_counts()
        against: list[Said] = []
        if m != first:
            both = of[first][["label", "because"]].join(mine["label"].rename("label other"), how="inner")
            signed = (both["label"] != "neutral") & (both["label other"] != "neutral") & (both["label"] != both["label other"])
            found = both[signed].reset_index()
            some = found.head(grids.MOST_PASSAGES)
            notes = [
                f"{NAMES[first]}: {a}{f' ({why})' if why else ''}; {NAMES[m]}: {b}"
                for a, b, why in zip(some["label"], some["label other"], some["because"], strict=True)
            ]
            against = [Said(f"{len(found)} of {len(both)}", places(some, "targets"), passages(analysis, some, "targets", notes=notes))]
        out.append([NAMES[m], *(f"{int(counts.get(label, 0))}" for label in CLASSES), against])
    columns = ["method", *CLASSES, f"the opposite of {NAMES[first]}"]
    return grids.table(
        pd.DataFrame(out, columns=columns),
        caption="The same mentions, method by method",
        hint="Mentions in the outlets’ own words, all outlets together. The last column opens the sentences.",
    )
