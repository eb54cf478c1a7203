"""Pictures of sentiment scores: voice by voice, sentence by sentence, and with the words for events taken out."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.ticker import MaxNLocator

from samestory.compare.methods import NAMES, number
from samestory.compare.tone import VOICES
from samestory.evidence import Html, note
from samestory.report.plots import NARROW, STYLE, finish, short, two_lines, unless_empty

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
    axes.set_yticks(range(len(outlets)), [two_lines(o) for o in outlets], fontsize=10)
    axes.set_ylim(len(outlets) - 0.5, -0.5)
    axes.set_xlim(-reach, reach)
    axes.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(lambda value, _: number(value).removesuffix("0").removesuffix(".0"))
    axes.set_xlabel(label)


@unless_empty
def by_voice(table: pd.DataFrame, stretches: pd.DataFrame, *, method: str, colours: Mapping[str, str], caption: str) -> Html:
    """Each stretch's score as a small mark, the mean as a large one with its interval, where the table has one (`tone.by_voice`)."""
    if refused := _too_many(table, caption):
        return refused
    outlets = list(dict.fromkeys(table["outlet"]))
    there = [voice for voice in VOICES if table.loc[table["voice"] == voice, "n"].sum()]
    if not there:
        return note("These texts have no running text to score.", kind="empty", title=caption)
    with plt.rc_context(STYLE):
        drawn, axes = plt.subplots(figsize=(NARROW, 1.5 + (0.2 + 0.24 * len(there)) * len(outlets)))
    rng, cells = np.random.default_rng(0), dict(list(stretches.groupby(["outlet", "voice"])))
    said = []
    for r in table[table["n"] > 0].to_dict("records"):
        y = outlets.index(r["outlet"]) + (there.index(r["voice"]) - (len(there) - 1) / 2) * 0.84 / max(len(there), 2)
        mine, mark = cells[r["outlet"], r["voice"]][method].to_numpy(dtype=float), _mark(r["voice"], colours[r["outlet"]])
        if len(mine) <= MOST_DOTS:
            axes.plot(mine, y + rng.uniform(-0.06, 0.06, len(mine)), **mark, markersize=3.8, alpha=0.65, markeredgewidth=0.8)
        named = f"{r['outlet']} {VOICES[r['voice']]}"
        if pd.isna(r[method]):
            said.append(f"{named}: {r['n']}, too few for a mean")
            continue
        low, high = r[f"{method} low"], r[f"{method} high"]
        ranged = pd.notna(low) and pd.notna(high)
        if ranged:
            axes.hlines(y, low, high, color=colours[r["outlet"]], linewidth=2.2)
        axes.plot(r[method], y, **mark, markersize=8, markeredgewidth=1.8)
        said.append(f"{named}: mean {number(r[method])}, {f'{number(low)} to {number(high)}, ' if ranged else ''}of {r['n']}")
    for i in range(len(outlets) - 1):
        axes.axhline(i + 0.5, color="#dddddd", linewidth=0.8)
    _legend(axes, there)
    _score_axis(axes, outlets, label=f"{NAMES[method]}: −1 negative to 1 positive")
    drawn.legend(loc="outside upper center", ncols=2, frameon=False, fontsize=10)
    return finish(drawn, alt=f"{NAMES[method]} scores by outlet and voice. " + "; ".join(said) + ".", caption=caption)


def _mark(voice: str, colour: str) -> dict[str, str]:
    """The shape of a voice in an outlet's colour: filled for the outlet's own words, open for those of others."""
    return {"marker": MARKERS[voice], "linestyle": "", "color": colour, "markerfacecolor": colour if voice == "narration" else "white"}


def _legend(axes: plt.Axes, voices: list[str]) -> None:
    for voice in voices:
        axes.plot([], [], **_mark(voice, GREY), label=VOICES[voice])


@unless_empty
def without_events(table: pd.DataFrame, *, colours: Mapping[str, str], caption: str) -> Html:
    """The narration's mean as printed, an arrow to what it is with event words masked, and its interval; a panel a dictionary.

    table: as from `tone.without_events`. The panels stand below one another: beside one another a telephone would cut the last.
    """
    if refused := _too_many(table, caption):
        return refused
    outlets, chosen = list(dict.fromkeys(table["outlet"])), list(dict.fromkeys(table["method"]))
    with plt.rc_context(STYLE):
        size = (NARROW, 0.9 + (0.4 + 0.36 * len(outlets)) * len(chosen))
        drawn, panels = plt.subplots(len(chosen), 1, figsize=size, sharex=True, squeeze=False)
    reach = min(1.05, max(0.3, 1.15 * table[["mean", "bare", "low", "high", "bare low", "bare high"]].abs().max().max()))
    said = []
    for axes, method in zip(panels[:, 0], chosen, strict=True):
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
        _score_axis(axes, outlets, label="mean of narration" if method == chosen[-1] else "", reach=reach)
        axes.set_title(NAMES[method], fontsize=11, loc="left")
    panels[0, 0].plot([], [], "o", color=GREY, label="as printed")
    panels[0, 0].plot([], [], "o", color=GREY, markerfacecolor="white", label="without words for events")
    drawn.legend(loc="outside upper center", ncols=2, frameon=False, fontsize=10)
    return finish(drawn, alt="Mean score of narration as printed and with event words masked. " + "; ".join(said) + ".", caption=caption)


@unless_empty
def trajectories(stretches: pd.DataFrame, *, colours: Mapping[str, str], caption: str, method: str = "vader") -> Html:
    """The score of each article's stretches in their order, one panel an article; a bar where narration would stand without event words.

    A sentence takes the same room in every panel, so a short article ends early. Of more than `MOST_PANELS` articles the first are drawn,
    and the caption says so.
    """
    articles = list(dict.fromkeys(zip(stretches["article_id"], stretches["outlet"], strict=True)))
    shown = articles[:MOST_PANELS]
    with plt.rc_context(STYLE):
        drawn, panels = plt.subplots(len(shown), 1, figsize=(NARROW, 1 + 1.15 * len(shown)), sharex=True, sharey=True, squeeze=False)
    cells, said = dict(list(stretches.groupby("article_id", sort=False))), []
    longest = int(max(cells[article]["sentence"].max() for article, _ in shown))
    size = 4.8 if longest < 60 else 3
    for axes, (article, outlet) in zip(panels[:, 0], shown, strict=True):
        mine, colour = cells[article], colours[outlet]
        axes.axhline(0, color=GREY, linewidth=0.6)
        axes.vlines(mine["sentence"], 0, mine[method], color=colour, linewidth=1.2)
        for voice in MARKERS:
            part = mine[mine["voice"] == voice]
            axes.plot(part["sentence"], part[method], **_mark(voice, colour), markersize=size)
        moved = mine[(mine["voice"] == "narration") & ((mine[method] - mine[f"{method}_no_events"]).abs() > 0.01)]
        axes.plot(moved["sentence"], moved[f"{method}_no_events"], "_", color="#111111", markersize=size + 3, markeredgewidth=1.6)
        axes.set_title(f"{short(outlet, 40)} ({article})" if len(short(article)) < 12 else short(outlet, 40), loc="left", fontsize=10)
        axes.set_ylim(-1.15, 1.15)
        axes.set_yticks([-1, 0, 1], ["−1", "0", "1"], fontsize=9)
        axes.tick_params(axis="x", labelsize=9, labelbottom=True)
        ends = [mine.loc[mine[method].idxmin()], mine.loc[mine[method].idxmax()]]
        lowest, highest = (f"{r['sentence']} ({number(r[method])}, {VOICES[r['voice']]})" for r in ends)
        said.append(f"{outlet}: lowest at sentence {lowest}, highest at {highest}")
    axes.set_xlim(0.2, longest + 0.8)
    axes.set_xticks(_from_one(longest))
    axes.set_xlabel("sentence")
    _legend(panels[0, 0], [v for v in MARKERS if (stretches["voice"] == v).any()])
    panels[0, 0].plot([], [], "_", color="#111111", markersize=8, markeredgewidth=1.6, label="narration without words for events")
    drawn.legend(loc="outside upper center", ncols=2, frameon=False, fontsize=9.5)
    more = (
        f" The first {MOST_PANELS} of {len(articles):,} articles; the parameter outlets chooses others."
        if len(articles) > MOST_PANELS
        else ""
    )
    return finish(drawn, alt="Scores in the order of each article. " + "; ".join(said) + ".", caption=caption + more)


def _from_one(last: int) -> list[int]:
    """Where the axis of sentences is marked: at the first, and then at round numbers."""
    rounds = MaxNLocator(9, steps=[1, 2, 5, 10], integer=True).tick_values(0, last)
    return [1, *(int(t) for t in rounds if rounds[1] - rounds[0] <= t <= last and t > 1)]
