"""Pictures of scores, read on a telephone too; and what is set aside before anything is scored: sub-heads, and who spoke to whom."""

import base64
import itertools
import re
from pathlib import Path

import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.colors import same_color

from samestory import evidence
from samestory.analysis import analyse
from samestory.compare import grids, overview, passages, pieces
from samestory.report import plots, scores
from samestory.story import read_story

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


# --- what is a head, what only says to whom somebody spoke


def read(tmp_path, text):
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "articles.csv").write_text("article_id,file,outlet\na,a.txt,Herald\n", encoding="utf-8")
    return analyse(read_story(tmp_path), cache=tmp_path / "cache")


def texts(rows):
    return [" ".join(text.split()) for text in rows["text"]]


def test_a_short_question_on_a_line_of_its_own_is_a_sub_head(tmp_path):
    heads = ["Was the harbour master told about the storm in time?", "From one shore to another?", "One mayor’s ‘victory?’"]
    body = [
        "The ferry left at noon with sixty people. Who had counted them? Nobody could say.",
        "“Where was the coastguard?”",
        "Why did the owners let an old ship go out on a day when every other captain had stayed in port?",
        "The owners said nothing. The harbour was closed on Monday.",
    ]
    text = "\n".join([heads[0], body[0], heads[1], body[1], body[2], heads[2], body[3]]) + "\n"
    running = texts(overview.running_text(read(tmp_path, text)))
    assert not set(heads) & set(running)
    assert {"Who had counted them?", body[1], body[2], "The harbour was closed on Monday."} <= set(running)


def test_the_seeds_sub_heads_that_ask_are_no_narration(seed_analysis):
    running = texts(overview.running_text(seed_analysis))
    assert not any(line in running for line in ("From one war zone to another?", "One man’s ‘liberation?’"))
    assert any(line.endswith("Is there nothing that could shame you?") for line in running)


def test_to_whom_somebody_spoke_is_no_narration(seed_analysis):
    rows = pieces.every(seed_analysis)
    (tail,) = rows[rows["text"].str.startswith("to reporters prior to")].itertuples()
    assert tail.voice == pieces.WHO_SPEAKS


@pytest.mark.parametrize(
    ("end", "tail"),
    [
        ("to senior lawmakers during a closed meeting of the committee.", True),
        ("to reporters at a stormy session of the town council called by two of its members.", True),
        ("to reporters as shells fell on the hospital.", False),
        ("to reporters, and forty people were killed in the street.", False),
        ("to the bombed villages along the river.", False),
        ("to soldiers who had burnt the town.", False),
        ("and the army shelled the town.", False),
    ],
)
def test_an_end_of_a_sentence_is_set_aside_only_if_it_names_an_audience(end, tail):
    cut = [("Ann Lee confirmed", pieces.WHO_SPEAKS), ("the deal", "indirect"), (end, "narration")]
    rows = pd.DataFrame([{"article_id": "a", "sentence": 1, "text": t, "voice": v, "words": len(t.split())} for t, v in cut])
    assert pieces._tails(rows) == ([2] if tail else [])
    assert pieces._tails(rows.assign(voice=["narration", "indirect", "narration"])) == []  # nobody speaks


# --- tables on a telephone


def test_a_matrix_stays_a_table_and_long_values_become_cards():
    numbers = pd.DataFrame({"method": ["rules", "always neutral"], "macro-F1": [0.5, 0.2], "low": [0.4, None], "high": [0.6, None]})
    worded = numbers.assign(low=["the first words of a sentence", "and of another"])
    linked = numbers.assign(places=[[evidence.Place("labels", "a", 0, 3)]] * 2)
    shown = [evidence.table(rows, caption="c") for rows in (numbers, worded, linked)]
    assert ['class="findings matrix"' in html for html in shown] == [True, False, False]


def test_a_grid_of_numbers_that_open_stays_a_table_and_a_note_stays_with_its_word():
    passage = passages.Passage([("The mayor ", False), ("lied", True)], evidence.Place("labels", "a", 0, 3))
    cell = [grids.Said("13", [], [passage], note="opposite signs")]
    rows = pd.DataFrame([["VADER: negative", cell, cell], ["VADER: positive", cell, cell]], columns=["", "negative", "positive"])
    html = str(grids.table(rows, caption="c"))
    assert 'class="findings matrix"' in html
    assert re.search(r"<summary><span>13</span><span class=\"under\">opposite signs</span></summary><ul", html)
    longer = rows.assign(negative=[[grids.Said("a number of words", [])]] * 2)
    assert 'class="findings matrix"' not in str(grids.table(longer, caption="c"))
