"""Pictures of scores: read on a telephone, every mark in its outlet's colour and its voice's shape, every article on the same scale."""

import base64
import itertools
import re
from pathlib import Path

import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.colors import same_color

from samestory import evidence
from samestory.report import plots, scores

OUTLETS = {"Harbour Evening Chronicle and Shipping Gazette": 30, "Post": 4, "The Weekly Observer": 11}
VOICES = ["narration", "direct", "indirect", "scare"]
STYLE = (Path(scores.__file__).parents[1] / "template" / "style.css").read_text(encoding="utf-8")
COLOURS = evidence.colours(list(OUTLETS))


def stretches(outlets=OUTLETS):
    """Stretches as from `tone.stretches`, one a sentence, the voices in turn."""
    rows = [
        {"article_id": f"a{i}", "outlet": outlet, "sentence": n, "voice": VOICES[n % 4], "vader": (n % 7 - 3) / 4, "vader_no_events": 0.1}
        for i, (outlet, sentences) in enumerate(outlets.items())
        for n in range(1, sentences + 1)
    ]
    return pd.DataFrame(rows)


def by_voice(rows):
    """As from `tone.by_voice`; no mean for fewer than five."""
    table = []
    for outlet in OUTLETS:
        for voice in VOICES:
            mine = rows[(rows["outlet"] == outlet) & (rows["voice"] == voice)]
            mean = mine["vader"].mean() if len(mine) > 4 else float("nan")
            table.append(
                {"outlet": outlet, "voice": voice, "n": len(mine), "vader": mean, "vader low": mean - 0.2, "vader high": mean + 0.2}
            )
    return pd.DataFrame(table)


def events():
    """As from `tone.without_events`, with all three dictionaries."""
    one = {"mean": -0.4, "low": -0.6, "high": -0.2, "bare": 0.0, "bare low": -0.1, "bare high": 0.1}
    return pd.DataFrame([{"outlet": o, "method": m} | one for o in OUTLETS for m in ("vader", "textblob", "opinion")])


def draw(name, caption="A picture."):
    rows = stretches()
    if name == "by_voice":
        return scores.by_voice(by_voice(rows), rows, method="vader", colours=COLOURS, caption=caption)
    if name == "without_events":
        return scores.without_events(events(), colours=COLOURS, caption=caption)
    return scores.trajectories(rows, colours=COLOURS, caption=caption)


@pytest.fixture
def panels(monkeypatch):
    """A function from a picture's name to its panels, as they are when it is finished."""
    seen = []

    def finish(drawn, **said):
        seen.extend(drawn.axes)
        return plots.finish(drawn, **said)

    monkeypatch.setattr(scores, "finish", finish)
    return lambda name: [seen.clear(), draw(name), *seen][2:]


@pytest.mark.parametrize("name", ["by_voice", "without_events", "trajectories"])
def test_a_telephone_shows_a_picture_of_scores_whole(name):
    html = str(draw(name))
    svg = base64.b64decode(re.search(r"base64,([^\"]+)", html)[1]).decode()
    width = float(re.search(r'<svg [^>]*?width="([\d.]+)pt"', svg)[1])
    letters = [float(size) for size in re.findall(r"scale\((0\.\d+) -\1\)", svg)]  # DejaVu's units are 1/100 of the size in points
    assert width <= evidence.WIDE and 'class="plot wide"' not in html
    assert letters and min(letters) * 100 * 358 / width >= 8  # pixels


def test_what_is_too_broad_for_a_telephone_says_so_before_the_picture():
    for width, broad in ((5, False), (9, True)):
        html = evidence.figure(plt.figure(figsize=(width, 1)), alt="a", caption="b")
        assert ('class="plot wide"' in html) == broad
    assert re.search(r"figure\.plot\.wide::before \{ content: \"Scroll", STYLE)
    plt.close("all")


def test_each_stretch_has_its_outlets_colour_and_its_voices_shape(panels):
    (axes,) = panels("by_voice")
    small = [line for line in axes.lines if line.get_marker() in scores.MARKERS.values() and 0 < line.get_markersize() < 5]
    drawn_as = {(o, d.get_marker()): len(d.get_xdata()) for d in small for o in OUTLETS if same_color(d.get_color(), COLOURS[o])}
    there = stretches().groupby(["outlet", "voice"]).size()
    assert drawn_as == {(outlet, scores.MARKERS[voice]): n for (outlet, voice), n in there.items()}


def test_a_mean_without_an_interval_is_drawn_without_one():
    rows, table = stretches(), by_voice(stretches())
    table[["vader low", "vader high"]] = float("nan")
    html = str(scores.by_voice(table, rows, method="vader", colours=COLOURS, caption="c"))
    assert "mean " in html and "nan" not in re.search(r'alt="([^"]+)"', html)[1]


def test_every_article_is_drawn_on_the_same_scale_from_its_first_sentence(panels):
    drawn = panels("trajectories")
    assert len(drawn) == len(OUTLETS) and len({axes.get_xlim() for axes in drawn}) == 1
    for axes in drawn:
        assert axes.get_xticks()[0] == 1 and axes.get_xticks()[-1] <= 30 < axes.get_xlim()[1]
        assert any(label.get_visible() and label.get_text() == "1" for label in axes.get_xticklabels())


@pytest.mark.parametrize(("last", "marks"), [(1, [1]), (2, [1, 2]), (11, [1, 2, 4, 6, 8, 10]), (39, [1, 5, 10, 15, 20, 25, 30, 35])])
def test_the_axis_of_sentences_begins_at_one(last, marks):
    assert scores._from_one(last) == marks


def test_no_dictionary_is_drawn_beside_another(panels):
    drawn = panels("without_events")
    boxes = [axes.get_position() for axes in drawn]
    assert [axes.get_title(loc="left") for axes in drawn] == ["VADER", "TextBlob", "opinion words"]
    assert all(above.y0 > below.y1 for above, below in itertools.pairwise(boxes))
