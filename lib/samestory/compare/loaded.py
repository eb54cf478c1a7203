"""Loaded words for reading, outlet beside outlet: who prints them, in whose voice, and which sentences to read first."""

from collections.abc import Mapping

import pandas as pd

from samestory.analysis import Analysis
from samestory.compare import grids
from samestory.compare.called import VOICES, folded
from samestory.compare.grids import Block, Said
from samestory.compare.overview import in_story_order
from samestory.compare.passages import passages
from samestory.evidence import Html, page, places

FOREMOST = 5  # sentences of each outlet to read first


def by_word(analysis: Analysis) -> pd.DataFrame:
    """One row a loaded word, one column an outlet: its forms with how often they stand there, by voice, each opening its sentences.

    Columns: `word` (singular and plural together, by the more frequent form), `kind` (evaluative, evocative), then the outlets with
    lists of `Block`, one a voice, the outlet's own words first; with more than `grids.MOST_COLUMNS` outlets the voices instead, with
    lists of `Said`, the outlets below each form. By kind, then in the order of the alphabet: a ranking, and sums by outlet, would be read
    as a score.
    """
    found = analysis.table("loaded")
    found["form"] = [" ".join(text.lower().split()) for text in found["text"]]
    found["word"] = found["form"].map(folded)
    outlets = analysis.story.outlets
    many = len(outlets) > grids.MOST_COLUMNS
    rows = []
    for _, group in found.groupby(["word", "kind"], sort=False):
        if many:
            cells = [_forms(analysis, group[group["voice"] == voice], outlets=True) for voice in VOICES]
        else:
            cells = [_voices(analysis, group[group["outlet"] == outlet]) for outlet in outlets]
        word = group["form"].value_counts(sort=False).idxmax()
        rows.append((group["kind"].iloc[0], word, cells))
    table = [[word, kind, *cells] for kind, word, cells in sorted(rows, key=lambda row: row[:2])]
    return pd.DataFrame(table, columns=["word", "kind", *(VOICES.values() if many else outlets)])


def _voices(analysis: Analysis, mine: pd.DataFrame) -> list[Block]:
    """The uses of a word by an outlet, one block a voice."""
    by_voice = {voice: mine[mine["voice"] == voice] for voice in VOICES}
    return [Block(VOICES[v], _forms(analysis, group), v == "narrator") for v, group in by_voice.items() if len(group)]


def _forms(analysis: Analysis, group: pd.DataFrame, *, outlets: bool = False) -> list[Said]:
    """The forms of a word with how often each stands, if more than once; `outlets` names those that print it."""
    out = []
    for form, mine in group.groupby("form", sort=False):
        text = form + (f" {len(mine)}" if len(mine) > 1 else "")
        who = ", ".join(dict.fromkeys(mine["outlet"])) if outlets else ""
        out.append(Said(text, places(mine, "loaded"), passages(analysis, mine, "loaded"), note=who))
    return out


def grid(analysis: Analysis, *, colour: Mapping[str, str]) -> Html:
    """`by_word` as a table."""
    hint = "Each word opens its sentences; a number is how often it stands. No sums: they would be a score."
    return grids.table(by_word(analysis), caption="Loaded words, by outlet and voice", hint=hint, colour=colour)


def foremost(analysis: Analysis, *, most: int = FOREMOST) -> pd.DataFrame:
    """The sentences of each outlet that hold a loaded word and rank highest by `loaded_score`: outlet, article_id, start, end, score.

    An order of reading within an outlet, not a measure of it (`framing.loaded.score`).
    """
    rows = analysis.table("sentences")
    rows = rows[rows["loaded_words"] > 0].sort_values("loaded_score", ascending=False, kind="stable")
    rows = in_story_order(analysis, rows.groupby("outlet", sort=False).head(most))
    return rows[["outlet", "article_id", "start", "end", "loaded_score"]].rename(columns={"loaded_score": "score"})


def reading(analysis: Analysis, *, colour: Mapping[str, str], most: int = FOREMOST) -> Html:
    """The sentences of `foremost`, outlet by outlet, their loaded words marked where they stand, each with the way to its place."""
    loaded = analysis.tables["loaded"]
    groups = {}
    for outlet, sentences in foremost(analysis, most=most).groupby("outlet", sort=False):
        inside = pd.concat(
            [loaded[(loaded["article_id"] == s.article_id) & loaded["start"].between(s.start, s.end - 1)] for s in sentences.itertuples()]
        )
        notes = [f"{r.text}: {VOICES[r.voice]}" for r in inside.itertuples()]
        groups[outlet] = passages(analysis, inside, "loaded", notes=notes)
    return page("kwic.html.j2", groups=groups, colour=dict(colour), empty="No loaded word stands in these texts.")
