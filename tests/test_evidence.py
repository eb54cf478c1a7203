"""Nothing gets into a page unescaped, and every row of a table leads to its sentence."""

import html.parser

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from samestory import evidence
from samestory.evidence import Place

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&{{7*7}}$\\frac{"


class Tags(html.parser.HTMLParser):
    """The tags and attributes that a browser would see."""

    def __init__(self, text: str):
        super().__init__()
        self.tags, self.attributes, self.text = [], [], ""
        self.feed(str(text))

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.text += data


def pieces(text: str) -> list[str]:
    rows = pd.DataFrame({"outlet": [text], "n": [3], "places": [[Place("quotes", text, 1, 4)]]})
    figure = plt.figure(figsize=(1, 1))
    made = [
        evidence.table(rows, caption=text, headers={"n": text}, note=text, colour={text: "#000000"}),
        evidence.note(text, title=text),
        evidence.lines([text, text]),
        evidence.figure(figure, alt=text, caption=text),
    ]
    plt.close(figure)
    return made


@pytest.mark.parametrize("piece", range(4))
def test_hostile_text_is_shown_as_text(piece):
    seen = Tags(pieces(HOSTILE)[piece])
    assert "script" not in seen.tags
    assert [t for t in seen.tags if t == "img"] == (["img"] if piece == 3 else [])
    assert not [name for name, _ in seen.attributes if name.startswith("on")]
    assert HOSTILE in seen.text or ("alt", HOSTILE) in seen.attributes


@given(st.text(max_size=60))
def test_whatever_the_text_no_tag_of_its_own_gets_through(text):
    plain, made = Tags(evidence.note("x", title="y")), Tags(evidence.note(text, title="y"))
    assert made.tags == plain.tags


@given(st.text(max_size=30), st.text(max_size=30))
def test_article_pages_have_safe_and_different_names(one, other):
    name = evidence.article_file(one)
    assert all(c.isascii() and (c.isalnum() or c in "-_.") for c in name)
    assert one == other or name != evidence.article_file(other)


def test_rows_of_a_table_link_to_their_span(monkeypatch):
    monkeypatch.setenv("SAMESTORY_LINKS", "")
    rows = pd.DataFrame({"outlet": ["VOA"], "text": ["within hours"], "article_id": ["002"], "start": [10], "end": [22]})
    links = [v for n, v in Tags(evidence.table(rows, caption="Facts", of="facts")).attributes if n == "href"]
    assert links == ["article-002.html#facts-10-22"]


def test_unknown_is_shown_as_a_dash_and_never_as_nan():
    rows = pd.DataFrame({"mean": [None, 0.5], "n": pd.array([None, 4], dtype="Int64"), "who": pd.array([None, "x"], dtype="string")})
    shown = Tags(evidence.table(rows, caption="Means")).text
    assert "nan" not in shown.lower() and "<NA>" not in shown and shown.count("–") == 3


def test_a_long_table_says_how_many_rows_it_leaves_out():
    rows = pd.DataFrame({"n": range(30)})
    assert "20 further rows" in Tags(evidence.table(rows, caption="Many", most=10)).text


def test_a_sign_that_no_font_has_warns_nobody(recwarn):
    drawn = Figure()
    drawn.text(0.5, 0.5, "The \U0001fae8 Times")
    assert "<img" in evidence.figure(drawn, alt="a name", caption="A name")
    assert not [w for w in recwarn if "Glyph" in str(w.message)]
