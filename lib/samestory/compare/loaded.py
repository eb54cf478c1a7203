"""Loaded words for reading, outlet beside outlet: who prints them, and in whose voice."""

import pandas as pd

from samestory.analysis import Analysis
from samestory.compare import grids
from samestory.compare.grids import Said
from samestory.evidence import places

VOICES = {"narrator": "own words", "attributed": "a source's, reported", "quoted": "in quotation marks"}


def by_word(analysis: Analysis) -> pd.DataFrame:
    """One row a loaded word, one column an outlet: how often it stands there and in whose voice, as lists of `Said`.

    Columns: `word` (as printed, in lower case), `kind` (evaluative, evocative), then the outlets, or with many outlets one column
    `outlets`. An entry is a voice with how often, if more than once: the outlet's own words, what it reports of a source in its own words,
    or in quotation marks. Words that most outlets print come first, then the most frequent. No sums by outlet: they would be a score.
    """
    found = analysis.table("loaded")
    found["word"] = [" ".join(text.lower().split()) for text in found["text"]]
    outlets = analysis.story.outlets
    many = len(outlets) > grids.MOST_COLUMNS
    rows = []
    for (word, kind), group in found.groupby(["word", "kind"], sort=False):
        cells = [_voices(group[group["outlet"] == outlet]) for outlet in outlets]
        if many:
            entries = zip(outlets, cells, strict=True)
            cells = [[Said(f"{outlet}: {said.text}", said.places) for outlet, cell in entries for said in cell]]
        rows.append((-group["outlet"].nunique(), -len(group), word, kind, cells))
    table = [[word, kind, *cells] for _, _, word, kind, cells in sorted(rows, key=lambda row: row[:4])]
    return pd.DataFrame(table, columns=["word", "kind", *(["outlets"] if many else outlets)])


def _voices(mine: pd.DataFrame) -> list[Said]:
    """The uses of a word by an outlet, one entry a voice."""
    out = []
    for voice, name in VOICES.items():
        group = mine[mine["voice"] == voice]
        if len(group):
            out.append(Said(name + (f", {len(group)}" if len(group) > 1 else ""), places(group, "loaded")))
    return out
