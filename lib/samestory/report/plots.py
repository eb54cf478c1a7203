"""Pictures of the comparisons; each comes back as a piece of HTML with a text alternative that says what it shows."""

import functools
import textwrap
from collections.abc import Callable

import matplotlib
import matplotlib.dates
import matplotlib.text

matplotlib.use("agg")

import numpy as np
import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from samestory.compare.grids import MOST_COLUMNS
from samestory.evidence import Html, figure, note

STYLE = {
    "figure.figsize": (6.4, 3.4),
    "figure.constrained_layout.use": True,
    "font.size": 11,
    "font.family": ["DejaVu Sans", "sans-serif"],
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.grid.axis": "x",
    "grid.color": "#dddddd",
    "axes.axisbelow": True,
    "svg.hashsalt": "samestory",  # the same picture has the same bytes every time
    "text.parse_math": False,  # an outlet's "$5 and $6" is text
}
NARROW = 5.2  # inches; with letters of 9 points and more, still to be read when a telephone shows it 360 pixels wide
VOICE_SHADES = {"narration": "#3b4a54", "mixed": "#8fa1ad", "quoted": "#d9dfe3"}
VOICE_WORDS = {"narration": "narration", "mixed": "narration with others' words", "quoted": "quotation"}
# The shapes of `compare.grids.MARKS`: told apart without colour.
SIGNS = {
    "delegitimising": {"marker": "v", "color": "#a3211a", "markersize": 6},
    "loaded": {"marker": "D", "color": "#b07400", "markersize": 5},
    "legitimising": {"marker": "^", "color": "#2c6e27", "markersize": 6},
    "neutral": {"marker": "o", "color": "#6b6b6b", "markersize": 4.5, "fillstyle": "none"},
}
MOST_SIGNS, SIGNS_ABREAST = 30, 6


def short(name: str, most: int = 28) -> str:
    """A name that fits beside an axis."""
    return name if len(name) <= most else name[: most - 1] + "…"


def two_lines(name: str) -> str:
    """A name beside the axis of a narrow picture, on a second line where it is long."""
    return textwrap.fill(short(name, 32), 16)


def _axes(height: float, width: float = 6.4) -> tuple[Figure, plt.Axes]:
    with plt.rc_context(STYLE):
        drawn, axes = plt.subplots(figsize=(width, height))
    return drawn, axes


def unless_empty(draw: Callable[..., Html]) -> Callable[..., Html]:
    """Nothing to draw is said in words; no picture is better than empty axes."""

    @functools.wraps(draw)
    def drawn(rows: pd.DataFrame, *others, caption: str, **options) -> Html:
        if rows.empty:
            return note("There is nothing to draw.", kind="empty", title=f"{caption}")
        return draw(rows, *others, caption=caption, **options)

    return drawn


def finish(drawn: Figure, *, alt: str, caption: str) -> Html:
    for text in drawn.findobj(matplotlib.text.Text):  # made outside of STYLE, and drawn as mathematics where two "$" stand
        text.set_parse_math(False)
    with plt.rc_context(STYLE):
        html = figure(drawn, alt=alt, caption=caption)
    plt.close(drawn)
    return html


@unless_empty
def voices(table: pd.DataFrame, *, caption: str) -> Html:
    """Stacked bars: the words of each outlet in narration, mixed sentences and quotation (`overview.voices`)."""
    drawn, axes = _axes(1.3 + 0.45 * len(table))
    left = np.zeros(len(table))
    for voice, shade in VOICE_SHADES.items():
        bars = {"color": shade, "edgecolor": "#3b4a54", "linewidth": 0.5, "label": VOICE_WORDS[voice]}
        axes.barh(table["outlet"].map(short), table[voice], left=left, **bars)
        left += table[voice].to_numpy(dtype=float)
    axes.invert_yaxis()
    axes.set_xlabel("words")
    drawn.legend(loc="outside upper center", ncols=3, frameon=False, fontsize=9)
    parts = [
        f"{r.outlet} {r.words} words, of them {r.narration} narration, {r.mixed} mixed, {r.quoted} quotation" for r in table.itertuples()
    ]
    return finish(drawn, alt="Bars of article length by voice. " + "; ".join(parts) + ".", caption=caption)


@unless_empty
def sides(table: pd.DataFrame, *, colours: dict[str, str], caption: str) -> Html:
    """Dots: the share of each outlet's quoted and reported words that each side gets (`quotes.sides`)."""
    rows = table.assign(words=table["words in direct"] + table["in mixed"] + table["in reported"])
    rows["share"] = rows["words"] / rows.groupby("outlet")["words"].transform("sum")
    order = rows.groupby("side")["share"].mean().sort_values(ascending=False).index.tolist()
    drawn, axes = _axes(1.6 + 0.42 * len(order))
    outlets = list(dict.fromkeys(rows["outlet"]))
    for i, outlet in enumerate(outlets):
        mine = rows[rows["outlet"] == outlet]
        offset = (i - (len(outlets) - 1) / 2) * 0.7 / max(len(outlets), 1)
        at = [order.index(s) + offset for s in mine["side"]]
        axes.hlines(at, 0, mine["share"] * 100, color=colours[outlet], linewidth=1.5)
        axes.plot(mine["share"] * 100, at, "o", color=colours[outlet], markersize=6, label=short(outlet))
    axes.set_yticks(range(len(order)), [short(o) for o in order])
    axes.invert_yaxis()
    axes.set_xlim(0, 100)
    axes.set_xlabel("% of the outlet's quoted or reported words")
    drawn.legend(loc="outside upper center", ncols=min(len(outlets), 5), frameon=False, fontsize=9)
    tops = [
        f"{o}: " + ", ".join(f"{r.side} {r.share:.0%}" for r in g.nlargest(2, "share").itertuples())
        for o, g in rows.groupby("outlet", sort=False)
    ]
    return finish(drawn, alt="Share of quoted and reported words by side. Largest: " + "; ".join(tops) + ".", caption=caption)


@unless_empty
def marked_labels(table: pd.DataFrame, *, caption: str) -> Html:
    """A grid of actors and outlets in which every mention in the outlet's own words is one sign (`compare.labels.narrator_counts`).

    Its shape and colour tell the label's valence; nothing is a rate. In a story in which a cell would hold more than `MOST_SIGNS`, numbers
    stand for them; more than `MOST_COLUMNS` outlets are not drawn.
    """
    rows = table.assign(n=table[list(SIGNS)].sum(axis=1))
    actors, outlets = list(dict.fromkeys(rows["actor"])), list(dict.fromkeys(rows["outlet"]))
    if len(outlets) > MOST_COLUMNS:
        return note(f"{len(outlets)} outlets are too many to draw beside one another; the table has them.", kind="empty", title=caption)
    deep = max(1, -(-min(int(rows["n"].max()), MOST_SIGNS) // SIGNS_ABREAST))
    drawn, axes = _axes(1.2 + len(actors) * (0.22 + 0.15 * deep), width=max(6.4, 2.2 + 1.15 * len(outlets)))
    counted = rows["n"].max() > MOST_SIGNS
    at: dict[str, list[tuple[float, float]]] = {valence: [] for valence in SIGNS}
    for r in rows.itertuples():
        y, x = actors.index(r.actor), outlets.index(r.outlet)
        if counted:
            marked = [f"{getattr(r, v)} {v}" for v in SIGNS if v != "neutral" and getattr(r, v)]
            axes.text(x, y, "\n".join([f"of {r.n}:" if marked else f"{r.n}", *marked]), ha="center", va="center", fontsize=7)
            continue
        high = (r.n - 1) // SIGNS_ABREAST
        for i, valence in enumerate(v for v in SIGNS for _ in range(int(getattr(r, v)))):
            row, column = divmod(i, SIGNS_ABREAST)
            at[valence].append((x + (column - (SIGNS_ABREAST - 1) / 2) * 0.13, y + (row - high / 2) * 0.8 / max(deep, 2)))
    drawn_signs = {v: axes.plot(*zip(*points, strict=True), linestyle="", **SIGNS[v])[0] for v, points in at.items() if points}
    if drawn_signs:
        drawn.legend(drawn_signs.values(), drawn_signs, loc="outside upper center", ncols=4, frameon=False, fontsize=9)
    axes.set_xlim(-0.5, len(outlets) - 0.5)
    axes.set_ylim(len(actors) - 0.5, -0.5)
    axes.set_xticks(range(len(outlets)), [short(o, 14) for o in outlets], fontsize=9)
    axes.set_yticks(range(len(actors)), [short(a) for a in actors])
    axes.tick_params(length=0)
    axes.grid(False)
    axes.set_yticks([i + 0.5 for i in range(len(actors) - 1)], minor=True)
    axes.grid(True, axis="y", which="minor")
    axes.tick_params(which="minor", length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    said = []
    for r in rows.itertuples():
        marked = [f"{getattr(r, v)} {v}" for v in SIGNS if v != "neutral" and getattr(r, v)]
        if marked:
            said.append(f"{r.actor} in {r.outlet} {', '.join(marked)} of {r.n}")
    return finish(drawn, alt="Labels in the outlets’ own words that are not neutral: " + ("; ".join(said) or "none") + ".", caption=caption)


def _score_axes(axes: plt.Axes, outlets: list[str], *, label: str) -> None:
    """Scores from -1 to 1 to the right, outlets from the top down."""
    axes.axvline(0, color="#333333", linewidth=0.8)
    axes.set_yticks(range(len(outlets)), [two_lines(o) for o in outlets])
    axes.invert_yaxis()
    axes.set_xlim(-1.05, 1.05)
    axes.set_xticks([-1, -0.5, 0, 0.5, 1], ["−1", "−0.5", "0", "0.5", "1"])
    axes.set_xlabel(label)


@unless_empty
def words(table: pd.DataFrame, *, colours: dict[str, str], caption: str, most: int = 6) -> Html:
    """The most distinctive words of each outlet with intervals; hollow where chance does as much (`words.distinctive`)."""
    top = table.sort_values("z", ascending=False).groupby("outlet", sort=False).head(most)
    order = {o: i for i, o in enumerate(colours)}
    top = top.sort_values(["outlet", "z"], key=lambda c: c.map(order) if c.name == "outlet" else -c, kind="stable").reset_index(drop=True)
    drawn, axes = _axes(1.2 + 0.27 * len(top))
    for y, r in enumerate(top.itertuples()):
        axes.hlines(y, r.low, r.high, color=colours[r.outlet], linewidth=1.5)
        axes.plot(r.log_odds, y, "o", color=colours[r.outlet], markersize=6, markerfacecolor=colours[r.outlet] if r.stands_out else "white")
    for outlet in dict.fromkeys(top["outlet"]):
        axes.plot([], [], "o", color=colours[outlet], label=short(outlet))
    axes.axvline(0, color="#333333", linewidth=0.8)
    axes.set_yticks(range(len(top)), [short(w) for w in top["word"]], fontsize=9)
    axes.invert_yaxis()
    axes.set_xlabel("log-odds against the other outlets")
    drawn.legend(loc="outside upper center", ncols=5, frameon=False, fontsize=9)
    out = top[top["stands_out"]]
    said = "; ".join(f"{r.word} in {r.outlet}" for r in out.itertuples()) or "no word"
    return finish(drawn, alt=f"Most distinctive words of each outlet. Beyond what shuffled sentences give: {said}.", caption=caption)


@unless_empty
def tone(table: pd.DataFrame, *, colours: dict[str, str], caption: str) -> Html:
    """Score of narration beside score of others' words, one line an outlet (`joint.tone`)."""
    outlets = list(dict.fromkeys(table["outlet"]))
    drawn, axes = _axes(1.4 + 0.5 * len(outlets), width=NARROW)
    for r in table.to_dict("records"):
        own = r["part"] == "narration"
        y = outlets.index(r["outlet"]) + (-0.15 if own else 0.15)
        if pd.isna(r["mean"]):
            axes.text(-1, y, f"{r['n']} sentences: too few", fontsize=9, va="center", color="#555555")
            continue
        axes.hlines(y, r["low"], r["high"], color=colours[r["outlet"]], linewidth=2)
        axes.plot(r["mean"], y, "o" if own else "s", color=colours[r["outlet"]], markersize=7, markerfacecolor=None if own else "white")
    axes.plot([], [], "o", color="#333333", label="narration")
    axes.plot([], [], "s", color="#333333", markerfacecolor="white", label="others' words")
    _score_axes(axes, outlets, label="mean score (VADER)")
    drawn.legend(loc="outside upper center", ncols=2, frameon=False, fontsize=9)
    said = [
        f"{r['outlet']} {r['part']} {r['mean']:.2f}" if pd.notna(r["mean"]) else f"{r['outlet']} {r['part']} too few"
        for r in table.to_dict("records")
    ]
    return finish(drawn, alt="Mean score of narration and of others' words. " + "; ".join(said) + ".", caption=caption)


@unless_empty
def timeline(articles: pd.DataFrame, moments: pd.DataFrame, *, colours: dict[str, str], caption: str) -> Html:
    """When each article appeared, and when each moment of the story began."""
    rows = articles.dropna(subset=["published"]).copy()
    rows["day"] = pd.to_datetime(rows["published"], format="ISO8601", utc=True, errors="coerce").dt.tz_localize(None)
    rows = rows.dropna(subset=["day"]).reset_index(drop=True)
    begins = moments.assign(day=pd.to_datetime(moments["begins"], format="ISO8601", errors="coerce")).dropna(subset=["day"])
    drawn, axes = _axes(1.7 + 0.36 * len(rows))
    for y, r in enumerate(rows.itertuples()):
        axes.plot(r.day, y, "o", color=colours[r.outlet], markersize=9)
    for r in begins.itertuples():
        axes.axvline(r.day, color="#888888", linewidth=1, linestyle="--")
        axes.text(r.day, -0.75, f" {short(r.moment, 20)}", fontsize=9, color="#444444", ha="left")
    axes.set_yticks(range(len(rows)), [short(o) for o in rows["outlet"]])
    axes.set_ylim(len(rows) - 0.5, -1.1)
    axes.xaxis.set_major_formatter(matplotlib.dates.ConciseDateFormatter(axes.xaxis.get_major_locator()))
    axes.margins(x=0.12)
    said = [f"{r.outlet} {r.published}" for r in rows.itertuples()] + [f"{r.moment} begins {r.begins}" for r in begins.itertuples()]
    return finish(drawn, alt="When the articles appeared: " + "; ".join(said) + ".", caption=caption)


@unless_empty
def measures(table: pd.DataFrame, *, caption: str) -> Html:
    """Each measure's value with its interval (`validity.measured`), groups apart."""
    rows = table[~table["measure"].str.contains("kappa|alpha|covered|not people")].reset_index(drop=True)
    drawn, axes = _axes(1.0 + 0.25 * len(rows))
    for y, r in enumerate(rows.itertuples()):
        axes.hlines(y, r.low, r.high, color="#8fa1ad", linewidth=2)
        axes.plot(r.value, y, "o", color="#16425b", markersize=5)
        if y and rows.at[y - 1, "group"] != r.group:
            axes.axhline(y - 0.5, color="#333333", linewidth=0.6)
    axes.set_yticks(range(len(rows)), [f"{r.group}: {short(r.measure, 34).replace('_', ' ')}" for r in rows.itertuples()], fontsize=8)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xlim(0, 1.02)
    axes.set_xlabel("share that is right")
    said = "; ".join(f"{r.group} {r.measure} {r.value:.0%}" for r in rows.itertuples())
    return finish(drawn, alt=f"Measures against the coded seed articles. {said}.", caption=caption)
