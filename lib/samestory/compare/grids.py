"""Tables with a column for each outlet, where every entry of a cell leads to its own sentence."""

import hashlib
from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from samestory.evidence import Html, Place, note, page

MOST_COLUMNS = 8  # outlets beside one another; with more, the tables become lists


class Said(NamedTuple):
    """An entry of a cell: words, and the places they rest on."""

    text: str
    places: list[Place]


def table(
    rows: pd.DataFrame,
    *,
    caption: str,
    hint: str = "",
    colour: Mapping[str, str] | None = None,
    most: int = 200,
    empty: str = "Nothing of this kind was found.",
) -> Html:
    """Show rows whose cells are text or lists of `Said`; missing text and an empty list are a dash, entries stand below one another.

    As `evidence.table`, but the links stand in the cells, and a column may have any name, an outlet's too. `colour` gives outlets their
    dots; beyond `most` rows the table says how many it leaves out; without rows, `empty` is said instead.
    """
    if rows.empty:
        return note(empty, kind="empty", title=f"{caption}:")
    return page(
        "grid.html.j2",
        caption=caption,
        note=hint,
        heads=list(rows.columns),
        body=[[cell if isinstance(cell, list | str) else [] for cell in row] for row in rows.head(most).itertuples(index=False, name=None)],
        colour=dict(colour or {}),
        left_out=max(len(rows) - most, 0),
        key=hashlib.sha256(caption.encode()).hexdigest()[:8],
    )
