"""Pictures of sentiment scores: voice by voice, sentence by sentence, and with the words for events taken out."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib import pyplot as plt

from samestory.compare.methods import NAMES, number
from samestory.compare.tone import VOICES
from samestory.evidence import Html, note
from samestory.report.plots import STYLE, finish, short, unless_empty

MARKERS = {"narration": "o", "direct": "s", "indirect": "D", "scare": "^"}
MOST_OUTLETS = 30  # rows of a picture; more are unreadable, and the table has them
MOST_DOTS = 150  # in one cell; more are a smear and make the page heavy
MOST_PANELS = 12
GREY = "#333333"


def _too_many(table: pd.DataFrame, caption: str) -> Html | None:
    outlets = table["outlet"].nunique()
    return (
        note(f"{outlets} outlets are too many to draw; the table has them.", kind="empty", title=caption)
        if outlets > MOST_OUTLETS
        else None
    )


def _score_axis(axes: plt.Axes, outlets: list[str], *, label: str, reach: float = 1.05) -> None:
    """Scores to the right, negative to positive, outlets from the top down."""
    axes.axvline(0, color=GREY, linewidth=0.8)
    axes.set_yticks(range(len(outlets)), [short(o, 22) for o in outlets])
    axes.set_ylim(len(outlets) - 0.5, -0.5)
    axes.set_xlim(-reach, reach)
    axes.set_xlabel(label)


@unless_empty
def by_voice(table: pd.DataFrame, stretches: pd.DataFrame, *, method: str, colours: Mapping[str, str], caption: str) -> Html:
    """Each stretch's score as a faint dot, the mean with its interval where there are five or more (`tone.by_voice`)."""
    if refused := _too_many(table, caption):
        return refused
    outlets = list(dict.fromkeys(table["outlet"]))
    there = [voice for voice in VOICES if table.loc[table["voice"] == voice, "n"].sum()]
    if not there:
        return note("These texts have no running text to score.", kind="empty", title=caption)
    with plt.rc_context(STYLE):
        drawn, axes = plt.subplots(figsize=(6.4, 1.4 + (0.2 + 0.2 * len(there)) * len(outlets)))
    rng, cells = np.random.default_rng(0), dict(list(stretches.groupby(["outlet", "voice"])))
    said = []
    for r in table[table["n"] > 0].to_dict("records"):
        y = outlets.index(r["outlet"]) + (there.index(r["voice"]) - (len(there) - 1) / 2) * 0.8 / max(len(there), 2)
        mine = cells[r["outlet"], r["voice"]][method].to_numpy(dtype=float)
        if len(mine) <= MOST_DOTS:
            axes.plot(mine, y + rng.uniform(-0.05, 0.05, len(mine)), ".", color="#777777", markersize=5, alpha=0.8, markeredgewidth=0)
        named = f"{r['outlet']} {VOICES[r['voice']]}"
        if pd.isna(r[method]):
            said.append(f"{named}: {r['n']}, too few for a mean")
            continue
        low, high = r[f"{method} low"], r[f"{method} high"]
        filled = colours[r["outlet"]] if r["voice"] == "narration" else "white"
        axes.hlines(y, low, high, color=colours[r["outlet"]], linewidth=2.2)
        axes.plot(r[method], y, MARKERS[r["voice"]], color=colours[r["outlet"]], markersize=6.5, markerfacecolor=filled)
        said.append(f"{named}: mean {number(r[method])}, {number(low)} to {number(high)}, of {r['n']}")
    for i in range(len(outlets) - 1):
        axes.axhline(i + 0.5, color="#dddddd", linewidth=0.8)
    _legend(axes, there)
    _score_axis(axes, outlets, label=f"{NAMES[method]}: −1 negative to 1 positive")
    drawn.legend(loc="outside upper center", ncols=4, frameon=False, fontsize=9)
    return finish(drawn, alt=f"{NAMES[method]} scores by outlet and voice. " + "; ".join(said) + ".", caption=caption)


def _legend(axes: plt.Axes, voices: list[str]) -> None:
    for voice in voices:
        axes.plot([], [], MARKERS[voice], color=GREY, label=VOICES[voice], markerfacecolor=GREY if voice == "narration" else "white")


@unless_empty
def without_events(table: pd.DataFrame, *, colours: Mapping[str, str], caption: str) -> Html:
    """The narration's mean as printed, an arrow to what it is with event words masked, and its interval; a panel a dictionary.

    table: as from `tone.without_events`.
    """
    if refused := _too_many(table, caption):
        return refused
    outlets, chosen = list(dict.fromkeys(table["outlet"])), list(dict.fromkeys(table["method"]))
    with plt.rc_context(STYLE):
        size = (6.4, 1.5 + 0.42 * len(outlets))
        drawn, panels = plt.subplots(1, len(chosen), figsize=size, sharey=True, squeeze=False)
    reach = min(1.05, max(0.3, 1.15 * table[["low", "high", "bare low", "bare high"]].abs().max().max()))
    said = []
    for axes, method in zip(panels[0], chosen, strict=True):
        for r in table[table["method"] == method].to_dict("records"):
            y, colour = outlets.index(r["outlet"]), colours[r["outlet"]]
            axes.hlines(y - 0.13, r["low"], r["high"], color=colour, linewidth=1.6)
            axes.hlines(y + 0.13, r["bare low"], r["bare high"], color=colour, linewidth=1.6, linestyle=(0, (2, 1.2)))
            if abs(r["mean"] - r["bare"]) > 0.02 * reach:
                arrow = {"arrowstyle": "-|>", "color": "#555555", "linewidth": 1, "shrinkA": 3, "shrinkB": 3}
                axes.annotate("", (r["bare"], y + 0.13), (r["mean"], y - 0.13), arrowprops=arrow)
            axes.plot(r["mean"], y - 0.13, "o", color=colour, markersize=6.5)
            axes.plot(r["bare"], y + 0.13, "o", color=colour, markersize=6.5, markerfacecolor="white")
            said.append(f"{r['outlet']} by {NAMES[method]} {number(r['mean'])}, without {number(r['bare'])}")
        _score_axis(axes, outlets, label="mean of narration", reach=reach)
        axes.set_title(NAMES[method], fontsize=10, loc="left")
    panels[0, 0].plot([], [], "o", color=GREY, label="as printed")
    panels[0, 0].plot([], [], "o", color=GREY, markerfacecolor="white", label="without words for events")
    drawn.legend(loc="outside upper center", ncols=2, frameon=False, fontsize=9)
    return finish(drawn, alt="Mean score of narration as printed and with event words masked. " + "; ".join(said) + ".", caption=caption)


@unless_empty
def trajectories(stretches: pd.DataFrame, *, colours: Mapping[str, str], caption: str, method: str = "vader") -> Html:
    """The score of each article's stretches in their order, one panel an article; a bar where narration would stand without event words.

    Of more than `MOST_PANELS` articles the first are drawn, and the caption says so.
    """
    articles = list(dict.fromkeys(zip(stretches["article_id"], stretches["outlet"], strict=True)))
    shown = articles[:MOST_PANELS]
    with plt.rc_context(STYLE):
        drawn, panels = plt.subplots(len(shown), 1, figsize=(6.4, 0.8 + 1.1 * len(shown)), sharey=True, squeeze=False)
    cells, said = dict(list(stretches.groupby("article_id", sort=False))), []
    for axes, (article, outlet) in zip(panels[:, 0], shown, strict=True):
        mine, colour = cells[article], colours[outlet]
        size = 4.8 if mine["sentence"].max() < 90 else 3
        axes.axhline(0, color=GREY, linewidth=0.6)
        axes.vlines(mine["sentence"], 0, mine[method], color=colour, linewidth=1.2)
        for voice, marker in MARKERS.items():
            part = mine[mine["voice"] == voice]
            filled = colour if voice == "narration" else "white"
            axes.plot(part["sentence"], part[method], marker, color=colour, markersize=size, markerfacecolor=filled)
        moved = mine[(mine["voice"] == "narration") & ((mine[method] - mine[f"{method}_no_events"]).abs() > 0.01)]
        axes.plot(moved["sentence"], moved[f"{method}_no_events"], "_", color="#111111", markersize=size + 3, markeredgewidth=1.6)
        axes.set_title(f"{short(outlet, 40)} ({article})" if len(short(article)) < 12 else short(outlet, 40), loc="left", fontsize=9)
        axes.set_ylim(-1.15, 1.15)
        axes.set_yticks([-1, 0, 1], ["−1", "0", "1"], fontsize=8)
        axes.tick_params(axis="x", labelsize=8)
        ends = [mine.loc[mine[method].idxmin()], mine.loc[mine[method].idxmax()]]
        lowest, highest = (f"{r['sentence']} ({number(r[method])}, {VOICES[r['voice']]})" for r in ends)
        said.append(f"{outlet}: lowest at sentence {lowest}, highest at {highest}")
    panels[-1, 0].set_xlabel("sentence")
    _legend(panels[0, 0], [v for v in MARKERS if (stretches["voice"] == v).any()])
    panels[0, 0].plot([], [], "_", color="#111111", markersize=8, markeredgewidth=1.6, label="narration without words for events")
    drawn.legend(loc="outside upper center", ncols=3, frameon=False, fontsize=8.5)
    more = (
        f" The first {MOST_PANELS} of {len(articles):,} articles; the parameter outlets chooses others."
        if len(articles) > MOST_PANELS
        else ""
    )
    return finish(drawn, alt="Scores in the order of each article. " + "; ".join(said) + ".", caption=caption + more)
