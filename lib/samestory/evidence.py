"""The only door from text to HTML: everything passes through templates that escape, and every number gets its way to the sentence."""

import base64
import functools
import hashlib
import io
import os
import re
import warnings
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import jinja2
import pandas as pd
from markupsafe import Markup
from matplotlib.figure import Figure

# Okabe & Ito's colours, told apart by colour-blind readers too (jfly.uni-koeln.de/color, 2008), then greys and browns.
PALETTE = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b58900", "#56b4e9", "#5c5c5c", "#8c510a", "#762a83", "#1b7837")


WIDE = 5.4 * 72  # points; a broader picture, shrunk to a telephone, cannot be read and is scrolled instead
MATRIX_COLUMNS, FIRST, SHORT = 7, 24, 12  # columns, characters of the first and of the others, at most


class Place(NamedTuple):
    """Where a finding stands: the table it is a row of, the article, and the span in the raw text."""

    table: str
    article_id: str
    start: int
    end: int


class Html(Markup):
    """A piece of HTML that came out of a template, shown as such by a notebook."""

    def _repr_html_(self) -> str:
        return str(self)


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("samestory", "template"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"anchor": anchor, "article_file": article_file, "href": href}
    return environment


def page(template: str, **context) -> Html:
    """Fill in a template of `template/`; every value is escaped unless it came out of a template itself."""
    return Html(_environment().get_template(template).render(**context))


def anchor(table: str, start: int, end: int) -> str:
    """The id under which a finding stands on its article's page."""
    return f"{table}-{int(start)}-{int(end)}"


def article_file(article_id: str) -> str:
    """The file name of an article's page: safe whatever the id holds, and different for different ids."""
    slug = re.sub(r"[^A-Za-z0-9_-]+", "-", article_id).strip("-")[:60]
    if slug != article_id:
        slug = f"{slug}-{hashlib.sha256(article_id.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}".strip("-")
    return f"article-{slug}.html"


def href(place: Place) -> str:
    """The address of a finding on its article's page, from a report or, in JupyterLab, from the notebook's folder."""
    base = os.environ.get("SAMESTORY_LINKS", "")
    return f"{base}{article_file(place.article_id)}#{anchor(place.table, place.start, place.end)}"


def colours(outlets: Sequence[str]) -> dict[str, str]:
    """A colour for each outlet, by its position in the story, repeated after ten."""
    return {outlet: PALETTE[i % len(PALETTE)] for i, outlet in enumerate(outlets)}


def places(rows: pd.DataFrame, table: str) -> list[Place]:
    """The places of rows that have `article_id, start, end`."""
    return [Place(table, r.article_id, int(r.start), int(r.end)) for r in rows.itertuples()]


def table(
    rows: pd.DataFrame,
    *,
    caption: str,
    of: str = "",
    headers: Mapping[str, str] | None = None,
    note: str = "",
    colour: Mapping[str, str] | None = None,
    most: int = 200,
    fold: bool = False,
    empty: str = "Nothing of this kind was found.",
) -> Html:
    """Show rows as a table whose last column leads to the sentences they rest on.

    rows: any columns; `of` names the table whose rows they are, and then `article_id, start, end` become the link; or a column `places`
    holds lists of `Place`. A column that holds lists of Places elsewhere becomes a cell of links too; floats are rounded to two places;
    missing values are shown as a dash. `headers` renames columns; a column named "" in it is left out. `colour` gives outlets their
    chips; `fold` puts the table behind its caption, to be opened. Beyond `most` rows the table
    says how many it leaves out; without rows, `empty` is said instead.
    """
    if rows.empty:
        return page("note.html.j2", text=empty, kind="empty", title=f"{caption}:")
    headers = dict(headers or {})
    shown = rows.head(most)
    links = places(shown, of) if of else None
    hidden = {"start", "end", "places"} | ({"article_id"} if of else set()) | {c for c, h in headers.items() if h == ""}
    columns = [c for c in shown.columns if c not in hidden]
    body = []
    for i, row in enumerate(shown.to_dict("records")):
        evidence = [links[i]] if links is not None else row.get("places")
        body.append({"cells": [_cell(row[c]) for c in columns], "places": evidence if isinstance(evidence, list) else []})
    linked = links is not None or "places" in shown.columns
    return page(
        "table.html.j2",
        matrix=not linked and is_matrix([[str(cell["value"]) for cell in row["cells"]] for row in body]),
        caption=caption,
        note=note,
        heads=[{"text": headers.get(c, c.replace("_", " ")), "number": pd.api.types.is_numeric_dtype(rows[c])} for c in columns],
        body=body,
        linked=linked,
        colour=dict(colour or {}),
        left_out=len(rows) - len(shown),
        fold=fold,
        key=hashlib.sha256(caption.encode()).hexdigest()[:8],
    )


def is_matrix(rows: Sequence[Sequence[str]]) -> bool:
    """Are these rows a few short values under one another, which a telephone too shows as a table? Longer ones it shows as cards."""
    return (
        len(rows) > 1
        and 3 <= len(rows[0]) <= MATRIX_COLUMNS
        and all(len(first) <= FIRST and all(len(value) <= SHORT for value in others) for first, *others in rows)
    )


def _cell(value) -> dict:
    """What a cell shows and how: numbers to the right, lists of places as links, unknown as a dash."""
    if isinstance(value, list) and value and all(isinstance(v, Place) for v in value):
        return {"kind": "places", "value": value}
    if isinstance(value, list | tuple):
        return {"kind": "list", "value": [str(v) for v in value]}
    if isinstance(value, bool):
        return {"kind": "text", "value": "yes" if value else "no"}
    if value is None or pd.isna(value):
        return {"kind": "none", "value": "–"}
    if isinstance(value, int):
        return {"kind": "number", "value": f"{value:,}" if value >= 10_000 else str(value)}
    if isinstance(value, float):
        return {
            "kind": "number",
            "value": f"{value:,.0f}" if value == int(value) and abs(value) >= 1000 else f"{value:.2f}".replace("-", "−"),
        }
    return {"kind": "text", "value": str(value)}


def note(text: str, *, kind: str = "caution", title: str = "") -> Html:
    """A boxed remark; kind: `caution` (how far to trust), `empty` (nothing was found), `how` (how it was counted)."""
    return page("note.html.j2", text=text, kind=kind, title=title)


def lines(texts: Iterable[str]) -> Html:
    """A list of plain sentences."""
    return page("lines.html.j2", texts=list(texts))


def together(*pieces: Html) -> Html:
    """Several pieces as one."""
    return Html("").join(pieces)


def figure(drawn: Figure, *, alt: str, caption: str) -> Html:
    """A matplotlib figure as a self-contained picture; `alt` says in words what it shows.

    One of at most `WIDE` points is shown whole on a telephone; a broader one scrolls, and a line above it says so.
    """
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph")  # a sign no font has is drawn as a box; the names stand in `alt` too
        drawn.savefig(out, format="svg", bbox_inches="tight", metadata={"Date": None, "Creator": None})
    width = float(re.search(rb'<svg [^>]*?width="([\d.]+)pt"', out.getvalue())[1])  # not the figure's own: what stands outside is added
    data = base64.b64encode(out.getvalue()).decode()
    return page("figure.html.j2", data=data, alt=alt, caption=caption, wide=width > WIDE)
