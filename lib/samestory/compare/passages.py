"""The sentence around a finding, with the words of the finding marked in it."""

import bisect
import re
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from samestory.analysis import Analysis
from samestory.evidence import Place

AROUND = 160  # characters kept on either side of the marked words of a long sentence
Piece = tuple[str, bool]


class Passage(NamedTuple):
    """A sentence in pieces (`text`, marked or not), the place it leads to (None: it stands in no article), and a word on it."""

    pieces: list[Piece]
    place: Place | None
    note: str = ""


def passages(analysis: Analysis, rows: pd.DataFrame, table: str, *, notes: Sequence[str] = (), also: Sequence[str] = ()) -> list[Passage]:
    """The sentences of some rows, each once, with all of the rows' words in it marked; `notes`: one a row, shown after its sentence.

    The place is that of the first row in the sentence, a row of `table`. `also` names further spans of the rows to mark (`agent`:
    `agent_start, agent_end`). A long sentence is cut around the marks. White space is made single.
    """
    texts = dict(zip(analysis.story.articles["article_id"], analysis.story.articles["text"], strict=True))
    sentences = analysis.tables["sentences"]
    mine = sentences[sentences["article_id"].isin(set(rows["article_id"]))]
    edges = {article: sorted(zip(s["start"], s["end"], strict=True)) for article, s in mine.groupby("article_id")}
    found: dict[tuple, dict] = {}
    for i, row in enumerate(rows.to_dict("records")):
        article, text = row["article_id"], texts[row["article_id"]]
        start, end = int(row["start"]), int(row["end"])
        sentence = _sentence(edges.get(article, []), start, end) or (max(0, start - AROUND), min(len(text), end + AROUND))
        one = found.setdefault((article, *sentence), {"marks": [], "notes": [], "place": Place(table, article, start, end)})
        one["marks"] += [(start, end)]
        one["marks"] += [(int(row[f"{a}_start"]), int(row[f"{a}_end"])) for a in also if pd.notna(row[f"{a}_start"])]
        if notes and notes[i] not in one["notes"]:
            one["notes"].append(notes[i])
    return [
        Passage(cut(texts[article], (start, end), one["marks"]), one["place"], "; ".join(one["notes"]))
        for (article, start, end), one in found.items()
    ]


def _sentence(edges: list[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    at = bisect.bisect_right(edges, (start, float("inf"))) - 1
    return (int(edges[at][0]), int(edges[at][1])) if at >= 0 and edges[at][1] >= end else None


def cut(text: str, span: tuple[int, int], marks: list[tuple[int, int]]) -> list[Piece]:
    """A span of a text in pieces, marked and not; what is further than `AROUND` from every mark becomes "…"."""
    first, last = max(span[0], min(s for s, _ in marks) - AROUND), min(span[1], max(e for _, e in marks) + AROUND)
    first = first if first == span[0] else first + len(re.match(r"\S*\s*", text[first:last]).group())
    last = last if last == span[1] else last - len(re.search(r"\s*\S*$", text[first:last]).group())
    pieces: list[Piece] = [("… ", False)] if first > span[0] else []
    at = first
    for start, end in sorted(marks):
        start, end = max(start, at), min(end, last)
        if start < end:
            pieces += [(text[at:start], False), (text[start:end], True)]
            at = end
    pieces += [(text[at:last], False), (" …" if last < span[1] else "", False)]
    return [(re.sub(r"\s+", " ", words), marked) for words, marked in pieces if words]
