"""Tables with a column for each outlet, where every entry of a cell leads to its own sentence."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from samestory.compare.passages import Passage
from samestory.evidence import Html, Place, is_matrix, note, page

MOST_COLUMNS = 8  # outlets beside one another; with more, the tables become lists
MOST_PASSAGES = 12  # sentences that an entry opens; beyond them it says how many are left
MARKS = {"legitimising": "▲", "delegitimising": "▼", "loaded": "◆"}  # each has its sign, for eyes and paper that see no colour


class Said(NamedTuple):
    """An entry of a cell: words, and the places they rest on.

    With `passages` the words open their sentences instead of showing links; `valence` colours and signs them; `note` stands below.
    """

    text: str
    places: list[Place]
    passages: Sequence[Passage] = ()
    valence: str = ""
    note: str = ""


class Block(NamedTuple):
    """Entries of a cell under a small heading of their own; an `own` block is the outlet's voice and stands out."""

    head: str
    said: list[Said]
    own: bool = False


def table(
    rows: pd.DataFrame,
    *,
    caption: str,
    hint: str = "",
    colour: Mapping[str, str] | None = None,
    under: Mapping[str, str] | None = None,
    most: int = 200,
    fold: bool = False,
    empty: str = "Nothing of this kind was found.",
) -> Html:
    """Show rows whose cells are text or lists of `Said` or `Block`; missing text and an empty list are a dash.

    Entries stand below one another. As `evidence.table`, but the links stand in the cells, and a column may have any name, an outlet's
    too. `colour` gives outlets their dots, `under` columns a second line of their heading; `fold` puts the table behind its caption;
    beyond `most` rows the table says how many it leaves out; without rows, `empty` is said instead.
    """
    if rows.empty:
        return note(empty, kind="empty", title=f"{caption}:")
    body = [[_blocks(cell) for cell in row] for row in rows.head(most).itertuples(index=False, name=None)]
    entries = [said for row in body for cell in row if not isinstance(cell, str) for block in cell for said in block.said]
    return page(
        "grid.html.j2",
        caption=caption,
        note=hint,
        heads=list(rows.columns),
        under=dict(under or {}),
        matrix=is_matrix([[_text(cell) for cell in row] for row in body]),
        body=body,
        colour=dict(colour or {}),
        marks=MARKS,
        most=MOST_PASSAGES,
        rich=any(said.passages or said.note or said.valence for said in entries),
        neutral=any(said.valence == "neutral" for said in entries),
        valences=[v for v in MARKS if any(said.valence == v for said in entries)],
        fold=fold,
        left_out=max(len(rows) - most, 0),
        key=hashlib.sha256(caption.encode()).hexdigest()[:8],
    )


def _text(cell: str | list[Block]) -> str:
    """What a cell shows before anything is opened, its notes left out."""
    return cell if isinstance(cell, str) else " ".join(said.text for block in cell for said in block.said)


def _blocks(cell) -> str | list[Block]:
    """A cell as text or as blocks, those without a heading holding plain entries."""
    if isinstance(cell, str):
        return cell
    entries = cell if isinstance(cell, list) else []
    if entries and isinstance(entries[0], Block):
        return entries
    return [Block("", entries)] if entries else []
