"""The picture of all numbers of people: their ranges on one scale, and which outlets give them."""

import math
import textwrap

import matplotlib.ticker
import pandas as pd
from matplotlib import pyplot as plt

from samestory.compare.casualties import bounds, counted
from samestory.evidence import Html
from samestory.report.plots import STYLE, finish, short, unless_empty

INK, GREY = "#1d1b17", "#8d867a"
WORDS = {"at least": "at least", "at most": "up to", "about": "about", "vague": "vague"}
MOST_OUTLETS = 12  # columns of dots; with more, a number says how many outlets give the figure


def power(number: float) -> str:
    """A power of ten short enough for an axis: 1, 10, 100, 1k, 10k, 100k, 1M ..."""
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if number >= size:
            return f"{number / size:g}{letter}"
    return f"{number:g}"


@unless_empty
def figures(table: pd.DataFrame, *, colours: dict[str, str], caption: str, most: int = 30) -> Html:
    """Each figure on a logarithmic axis, with a dot for each outlet that gives it (`casualties.side_by_side`).

    A number is a dot, a vague or double number a bar over all it may mean, an open end an arrow; the qualifier stands beside it. The
    outlets have a column each, so that a dot's place says who and never how many. Beyond `most` figures the caption says what is left out.
    """
    rows = table.head(most).to_dict("records")
    outlets = [o for o in colours if any(o in r["outlets"] for r in rows)]
    columns = len(outlets) if len(outlets) <= MOST_OUTLETS else 2
    with plt.rc_context(STYLE):
        drawn, (scale, dots) = plt.subplots(
            1, 2, sharey=True, figsize=(5.1 + 0.25 * columns, 1.6 + 0.44 * len(rows)), width_ratios=[2.7, 0.25 * columns]
        )
    _ranges(scale, rows)
    _outlets(dots, rows, outlets, colours)
    names = [_name(r) for r in rows]
    labels = ["\n".join(textwrap.wrap(name, 30, max_lines=2, placeholder=" …")) for name in names]
    scale.set_yticks(range(len(rows)), labels, fontsize=9.5)
    scale.set_ylim(len(rows) - 0.4, -0.6)
    said = "; ".join(
        f"{n.replace('↳', 'of these,')}: {_reading(r)}, in {', '.join(r['outlets'])}" for n, r in zip(names, rows, strict=True)
    )
    left_out = f" The first {most} of {len(table)} figures; the tables hold them all." if len(table) > most else ""
    alt = f"Numbers of people, how each is bounded, and the outlets that give it. {said}."
    return finish(drawn, alt=alt + left_out, caption=caption + left_out)


def _name(row: dict) -> str:
    """A row's label: the figure with its people, and what befell them."""
    background = ", background" if row["scope"] == "background" else ""
    harm = row["harm"] + background + ("" if row["asserted"] else ", not said to have happened")
    return f"{'↳ ' if row['part'] else ''}{counted(row['figure'], row['people'])}, {harm}"


def _reading(row: dict) -> str:
    """What the drawing shows, in words: "at least 82, open above", "vague, 2,000 to 9,999", "82"."""
    reading = bounds(row["low"], row["high"]) or "bounds not known"
    opened = {"at least": f"at least {reading.removesuffix(' or more')}, open above", "at most": f"{reading}, open below"}
    return opened.get(row["qualifier"], f"{WORDS[row['qualifier']]}, {reading}" if row["qualifier"] in WORDS else reading)


def _ranges(axes: plt.Axes, rows: list[dict]) -> None:
    """Dots, bars and arrows, each with its qualifier; room for the words at the right end."""
    values = [max(float(r[c]), 1.0) for r in rows for c in ("low", "high") if pd.notna(r[c])] or [1.0]
    least, most = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    decades = max(most - least, 1)
    arrow = 10 ** (0.11 * decades)
    for y, row in enumerate(rows):
        low, high = (None if pd.isna(row[c]) else max(float(row[c]), 1.0) for c in ("low", "high"))
        if low is None and high is None:
            continue
        end = high if high is not None else low * arrow
        if low is None or high is None:
            tip, at = (low * arrow, low) if high is None else (high / arrow, high)
            axes.annotate("", (tip, y), (at, y), arrowprops={"arrowstyle": "->", "color": INK, "lw": 1.6, "shrinkA": 0, "shrinkB": 0})
        if low is not None and high is not None and high > low:
            axes.plot([low, high], [y, y], "|-", color=GREY, linewidth=6, solid_capstyle="butt", markersize=11, markeredgewidth=1.5)
        else:
            axes.plot(low if low is not None else high, y, "o", color=INK, markersize=6)
        word = {"xytext": (6, 0), "textcoords": "offset points", "va": "center", "fontsize": 9.5, "color": INK}
        axes.annotate(WORDS.get(row["qualifier"], ""), (end, y), **word)
    axes.set_xscale("log")
    axes.set_xlim(10**least / 10 ** (0.04 * decades), 10 ** (least + 1.25 * decades))
    axes.xaxis.set_major_locator(matplotlib.ticker.LogLocator(numticks=8))
    axes.xaxis.set_major_formatter(matplotlib.ticker.FuncFormatter(lambda x, _: power(x)))
    axes.minorticks_off()
    axes.tick_params(axis="x", labelsize=9)
    axes.set_xlabel("people (k = thousand, M = million);\neach line is ten times the one before", fontsize=9)


def _outlets(axes: plt.Axes, rows: list[dict], outlets: list[str], colours: dict[str, str]) -> None:
    """A column of dots for each outlet; how many outlets, where there are too many for columns."""
    axes.grid(False)
    axes.tick_params(left=False, labelleft=False, bottom=False)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.xaxis.tick_top()
    axes.tick_params(top=False)
    if len(outlets) > MOST_OUTLETS:
        axes.set_xlim(-1, 1)
        axes.set_xticks([0], [f"outlets\nof {len(outlets)}"], fontsize=9)
        for y, row in enumerate(rows):
            axes.text(0, y, str(len(row["outlets"])), ha="center", va="center", fontsize=9)
        return
    axes.set_xlim(-0.6, len(outlets) - 0.4)
    axes.set_xticks(range(len(outlets)), [short(o, 18) for o in outlets], rotation=90, fontsize=9)
    for y, row in enumerate(rows):
        axes.axhline(y, color="#e4e0d6", linewidth=0.8, zorder=0)
        for outlet in row["outlets"]:
            axes.plot(outlets.index(outlet), y, "o", color=colours[outlet], markersize=7)
