"""Towards whom? What each method makes of every mention of an actor: the weaker evidence, so every cell is its sentences."""

import itertools
from collections.abc import Mapping

import pandas as pd

from samestory import evidence, validity
from samestory.agreement import kappa
from samestory.analysis import Analysis
from samestory.compare import grids, methods
from samestory.compare.called import THINGS, moments_of
from samestory.compare.called import VOICES as HEADS
from samestory.compare.grids import Block, Said
from samestory.compare.labels import by_actor, worded
from samestory.compare.methods import CLASSES, NAMES, SIGNS
from samestory.compare.overview import in_story_order, running_text, with_text
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
    """Every scored mention of an actor in running text, one row a method, in the order of the story.

    Columns: those of `targets` with outlet, `name` (of the actor), `text` as published and `sentence`, its number in `sentences`. Events
    and places are left out, for nobody has a tone towards a street; so are headlines and sub-heads (`overview.running_text`), but not a
    target that the story's table marks.
    """
    rows = with_text(analysis, analysis.tables["targets"])
    book = analysis.story.codebook
    rows = rows[~rows["actor"].isin(book.actors.loc[book.actors["kind"].isin(THINGS), "actor"])]
    rows = rows.assign(name=rows["actor"].map(book.actor_names()).astype("string").fillna(rows["actor"]).fillna(MARKED))
    rows["sentence"] = _sentence(analysis, rows)
    marked = (rows["name"] == MARKED) | rows["sentence"].isna()
    running = running_text(analysis).set_index(["article_id", "sentence"]).index
    rows = rows[marked | pd.MultiIndex.from_frame(rows[["article_id", "sentence"]]).isin(running)]
    return in_story_order(analysis, rows.assign(because=rows["because"].fillna("")))


def _sentence(analysis: Analysis, rows: pd.DataFrame) -> pd.Series:
    """The number of the sentence in which each row begins; missing where there is none, in page furniture."""
    sentences = dict(list(analysis.tables["sentences"].sort_values("start").groupby("article_id", sort=False)))
    found = []
    for article, start in zip(rows["article_id"], rows["start"], strict=True):
        mine = sentences.get(article)
        at = -1 if mine is None else mine["start"].searchsorted(start, side="right") - 1
        found.append(int(mine["sentence"].iloc[at]) if at >= 0 and start < mine["end"].iloc[at] else None)
    return pd.Series(found, index=rows.index, dtype="Int64")


def _reasons(rows: pd.DataFrame) -> list[str]:
    """For each row the reasons for all of the rows in its sentence, none twice."""
    found: dict[tuple, dict[str, None]] = {}
    keys = [(r.article_id, -1 if pd.isna(r.sentence) else r.sentence) for r in rows.itertuples()]
    for key, because in zip(keys, rows["because"], strict=True):
        found.setdefault(key, {}).update(dict.fromkeys(filter(None, because.split("; "))))
    return ["; ".join(found[key]) for key in keys]


def grid(analysis: Analysis, *, method: str, colour: Mapping[str, str], fold: bool = False) -> Html:
    """Actors down, outlets across: the mentions that a method calls negative, neutral, positive, each opening its sentences.

    The outlet's own words stand first, what it gives to a source and what stands in quotation marks apart. Below five mentions in a voice
    every mention is an entry of its own. With more than `grids.MOST_COLUMNS` outlets the voices are the columns. No mean, no share.
    """
    rows = mentions(analysis)
    rows = rows[rows["method"] == method]
    caption = f"Weaker evidence: towards whom, by {NAMES[method]}"
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
    hint = "− negative, ○ neutral, + positive: how many mentions; each opens its sentences" + ("" if beside else ", outlets below")
    hint += f". Fewer than {SMALL} mentions stand one by one." + (
        " After a sentence, the words that decided; after a neutral one, words that were too weak or too far off."
        if (rows["because"] != "").any()
        else ""
    )
    under = {outlet: _under(analysis, outlet) for outlet in outlets} if beside else {}
    return grids.table(table, caption=caption, hint=hint, colour=colour, under=under, most=MOST_ACTORS, fold=fold)


def _under(analysis: Analysis, outlet: str) -> str:
    """What stands below an outlet's name: its moments, and whose words may be in its narration (agency, translator)."""
    mine = analysis.story.articles[analysis.story.articles["outlet"] == outlet]
    parts = [moments_of(analysis).get(outlet, "")]
    if agencies := list(dict.fromkeys(wire for wire in mine["wire"].dropna() if wire)):
        parts.append(f"partly or wholly agency copy: {', '.join(agencies)}")
    if mine["notes"].fillna("").str.contains("translat", case=False).any():
        parts.append("translated")
    return "; ".join(filter(None, parts))


def _voices(analysis: Analysis, mine: pd.DataFrame) -> list[Block]:
    blocks = []
    for voice, head in HEADS.items():
        said = mine[mine["voice"] == voice]
        if len(said):
            found = _classes(analysis, said) if len(said) >= SMALL else _one_by_one(analysis, said)
            blocks.append(Block(f"{head} ({counted(said)})", found, own=voice == "narrator"))
    return blocks


def counted(rows: pd.DataFrame) -> str:
    """How many mentions, and in how many sentences if these are fewer: "4 in 3 sentences"."""
    sentences = len(rows[["article_id", "sentence"]].drop_duplicates())
    return f"{len(rows):,}" + (f" in {sentences:,} sentence{'s' if sentences > 1 else ''}" if sentences < len(rows) else "")


def _classes(analysis: Analysis, mine: pd.DataFrame, *, outlets: bool = False) -> list[Said]:
    """Some mentions by class, each with its number, opening the first of its sentences."""
    out = []
    for label in CLASSES:
        said = mine[mine["label"] == label]
        if len(said):
            some = said.head(grids.MOST_PASSAGES)
            about = worded(said["outlet"]) if outlets else []
            note = ", ".join(about[:5]) + (f" and {len(about) - 5} more outlets" if len(about) > 5 else "")
            opened = passages(analysis, some, "targets", notes=_reasons(some))
            out.append(Said(f"{SIGNS[label]} {label} {counted(said)}", places(some, "targets"), opened, note=note))
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


def agreement(analysis: Analysis) -> pd.DataFrame:
    """How far every two methods agree on mentions in the outlets' own words: `one`, `other`, n, `same` (class), kappa (Cohen 1960)."""
    of, out = _own(analysis), []
    for one, other in itertools.combinations(of, 2):
        both = of[one][["label"]].join(of[other]["label"].rename("other"), how="inner")
        out.append([one, other, len(both), int((both["label"] == both["other"]).sum()), kappa(both["label"], both["other"])])
    return pd.DataFrame(out, columns=["one", "other", "n", "same", "kappa"])


def _own(analysis: Analysis) -> dict[str, pd.DataFrame]:
    """For each method the mentions in the outlets' own words, each once, by where they stand."""
    rows, key = mentions(analysis), ["article_id", "start", "end"]
    rows = rows[rows["voice"] == "narrator"]
    return {m: rows[rows["method"] == m].drop_duplicates(key).set_index(key) for m in methods.of_targets(analysis)}


def compared(analysis: Analysis) -> Html:
    """The methods side by side on mentions in the outlets' own words: how often each class, and how far each agrees with the first ones.

    All outlets together, for this is about the methods and not about the outlets.
    """
    of = _own(analysis)
    if not of or all(mine.empty for mine in of.values()):
        return Html("")
    first, *others = of
    with_ = [first, *(m for m in others if m == "classifier")]
    agreed = {frozenset((r.one, r.other)): _agreed(r) for r in agreement(analysis).itertuples() if r.n}
    out = []
    for m, mine in of.items():
        counts = mine["label"].value_counts()
        same = [agreed.get(frozenset((m, other)), []) for other in with_]
        out.append([NAMES[m], *(f"{int(counts.get(label, 0))}" for label in CLASSES), *same, _opposite(analysis, of, first, m)])
    columns = ["method", *CLASSES, *(f"as {NAMES[other]}" for other in with_), f"the opposite of {NAMES[first]}"]
    shown = grids.table(
        pd.DataFrame(out, columns=columns),
        caption="The same mentions, method by method",
        hint=f"{len(of[first]):,} mentions in the outlets’ own words, all outlets together. As: share in the same class, and in brackets "
        "agreement beyond chance (kappa: 1 always, 0 as often as by chance). The last column opens the sentences.",
    )
    return evidence.together(shown, validity.trust(*of, towards=True))


def _agreed(row) -> str:
    """Share in the same class and kappa, for a cell."""
    return f"{row.same / row.n:.0%}" + (f" ({methods.number(row.kappa)})" if pd.notna(row.kappa) else "")


def _opposite(analysis: Analysis, of: Mapping[str, pd.DataFrame], first: str, other: str) -> list[Said]:
    """The mentions that two methods call by opposite signs."""
    if first == other:
        return []
    both = of[first][["label", "because"]].join(of[other]["label"].rename("other"), how="inner")
    signed = (both["label"] != "neutral") & (both["other"] != "neutral") & (both["label"] != both["other"])
    found = both[signed].reset_index()
    some = found.head(grids.MOST_PASSAGES)
    notes = [
        f"{NAMES[first]}: {a}{f' ({why})' if why else ''}; {NAMES[other]}: {b}"
        for a, b, why in zip(some["label"], some["other"], some["because"], strict=True)
    ]
    return [Said(f"{len(found)} of {len(both)}", places(some, "targets"), passages(analysis, some, "targets", notes=notes))]
