"""Who is called what: actors down, outlets across, each label with its sentences behind it."""

from collections.abc import Mapping

import pandas as pd

from samestory import evidence
from samestory.analysis import Analysis
from samestory.compare import grids, whose
from samestory.compare.grids import Block, Said
from samestory.compare.labels import VALENCES, by_actor, labels, worded
from samestory.compare.overview import moment_name
from samestory.compare.passages import passages
from samestory.evidence import Html, places
from samestory.phrases import singular

VOICES = {"narrator": "own words", "attributed": "paraphrasing others", "quoted": "in quotation marks"}
THINGS = ("event", "area")  # kinds of the codebook's actors that are named but take no side
BY_NAME = "people by name"
FILL = (
    "The codebook names no actors and labels, so nothing can be said about who is called what. Write them into codebook/actors.csv and "
    "codebook/labels.csv; “samestory analyse STORY --suggest-actors --out DIR” proposes some, docs/codebook.md says what goes where."
)


def mentions(analysis: Analysis) -> pd.DataFrame:
    """Mentions of actors as `labels.labels`, with `key` (what counts as one label), `kind` of the actor, `speaker` and `side`.

    One label are the mentions with one head noun or name, number, capitals and modifiers aside ("Assad regime", "the regime"). People by
    name (`codebook/speakers.csv`, kind `person`) are one label too: their names tell who acts for a side, not what it is called.
    """
    rows = whose.speakers(analysis, labels(analysis)).reset_index(drop=True)
    book = analysis.story.codebook
    rows["kind"] = rows["actor"].map(dict(zip(book.actors["actor"], book.actors["kind"], strict=True))).fillna("")
    people = {name for r in book.speakers.itertuples() if r.kind == "person" for name in (r.alias, r.speaker)}
    rows["key"] = [BY_NAME if r.label in people else folded(r.label) for r in rows.itertuples()]
    judged = {(folded(r.label), r.valence) for r in book.labels.itertuples()}
    rows["enough"] = [pair in judged for pair in zip(rows["key"], rows["valence"], strict=True)]  # does the head alone say it?
    return rows


def folded(label: str) -> str:
    """A label in small letters and the singular, by which mentions are put together."""
    return singular(" ".join(label.lower().split()))


def wording(group: pd.DataFrame) -> str:
    """The words that mentions of one `key` and valence go by.

    The head ("rebels") where it is a label of the codebook with this valence and so says enough; else the whole wording ("terrorist
    organization", "dire situation") if it is the same throughout, but for number.
    """
    key = group["key"].iloc[0]
    if key == BY_NAME:
        return BY_NAME
    alike = len({folded(text) for text in group["text"]}) == 1
    return _commonest(group["text"] if alike and not group["enough"].iloc[0] else group["label"])


def _commonest(texts: pd.Series) -> str:
    """The most frequent of some wordings, with as few capitals as it is ever given."""
    forms: dict[str, list[str]] = {}
    for text in texts:
        forms.setdefault(" ".join(text.lower().split()), []).append(" ".join(text.split()))
    best = max(forms.values(), key=len)
    return min(best, key=lambda t: sum(c.isupper() for c in t))


def grid(analysis: Analysis, *, colour: Mapping[str, str]) -> Html:
    """Actors down, outlets across: each label with its count, by voice, opening its sentences; things that are named fold behind it.

    The outlet's own words stand first; then its paraphrase of others, then what stands in quotation marks. With more than
    `grids.MOST_COLUMNS` outlets the voices are the columns and each label names its outlets. Without labels, what is missing is said.
    """
    rows = mentions(analysis)
    if rows.empty:
        return evidence.note(
            FILL if analysis.story.codebook.labels.empty else "No label of the codebook stands in these texts.", kind="empty"
        )
    things = rows["kind"].isin(THINGS)
    hint = "Each word opens its sentences; the number is how often it stands."
    pieces = [
        _table(analysis, rows[~things], "Who is called what, by outlet and voice", hint, colour, fold=False),
        _table(analysis, rows[things], "What the event and the places are called, by outlet and voice", hint, colour, fold=True),
    ]
    return evidence.together(*pieces)


def _table(analysis: Analysis, rows: pd.DataFrame, caption: str, hint: str, colour: Mapping[str, str], *, fold: bool) -> Html:
    if rows.empty:
        return Html("")
    outlets = analysis.story.outlets
    if len(outlets) > grids.MOST_COLUMNS:
        return grids.table(_lists(analysis, rows), caption=caption, hint=hint, fold=fold)
    cells = dict(list(rows.groupby(["name", "outlet"], sort=False)))
    table = pd.DataFrame(
        [[name, *(_cell(analysis, cells.get((name, o))) for o in outlets)] for name in rows["name"].unique()], columns=["actor", *outlets]
    )
    return grids.table(by_actor(analysis, table), caption=caption, hint=hint, colour=colour, under=moments_of(analysis), fold=fold)


def moments_of(analysis: Analysis) -> dict[str, str]:
    """The moments each outlet reports, by name, where the story has more than one; they stand under the outlets' names."""
    articles = analysis.story.articles
    if articles["moment"].nunique() < 2:
        return {}
    names = {
        outlet: [moment_name(analysis, m) or "no moment named" for m in mine.unique()]
        for outlet, mine in articles.groupby("outlet")["moment"]
    }
    return {outlet: ", ".join(told) for outlet, told in names.items()}


def _cell(analysis: Analysis, mine: pd.DataFrame | None) -> list[Block]:
    blocks = []
    for voice, head in VOICES.items() if mine is not None else ():
        said = mine[mine["voice"] == voice]
        if len(said):
            blocks.append(Block(f"{head} ({len(said)})", entries(analysis, said), own=voice == "narrator"))
    return blocks


def _lists(analysis: Analysis, rows: pd.DataFrame) -> pd.DataFrame:
    """One row an actor, one column a voice, for stories of many outlets."""
    out = []
    for name, group in rows.groupby("name", sort=False):
        out.append([name, *(entries(analysis, group[group["voice"] == voice], outlets=True) for voice in VOICES)])
    return by_actor(analysis, pd.DataFrame(out, columns=["actor", *VOICES.values()]))


def entries(analysis: Analysis, mine: pd.DataFrame, *, outlets: bool = False) -> list[Said]:
    """Some mentions as entries, one a label and valence, most frequent first; `outlets` names under each who uses it, how often."""
    found = []
    for (_, valence), group in mine.groupby(["key", "valence"], sort=False):
        text = wording(group)
        notes = ["" if r.voice == "narrator" else whose.word(r) for r in group.itertuples()]
        about = worded(group["outlet"]) if outlets else []
        found.append(
            Said(
                f"{text} {len(group)}" if len(group) > 1 else text,
                places(group, "labels"),
                passages(analysis, group, "labels", notes=notes),
                valence,
                ", ".join(about[:5]) + (f" and {len(about) - 5} more outlets" if len(about) > 5 else ""),
            )
        )
    return sorted(found, key=lambda said: (-len(said.places), VALENCES.index(said.valence)))
