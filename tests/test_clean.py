"""Furniture goes, the article stays, and nothing ever moves."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory import clean

# By article: what a reader would call furniture, line by line (lines counted from 1), as coded by hand.
FURNITURE = {"000": set(), "001": {3, 5, 7}, "002": {1, 3, 7, 70, 72}, "003": {17, 19, 21, 22}}
FURNITURE["004"] = {1, 3, 5, 7, 19, 20, 50, 51, 69, 70, 80, 81, 91}


@pytest.mark.parametrize("article", FURNITURE)
def test_the_furniture_of_the_seeds_is_found_line_by_line(seeds, article):
    text = seeds.articles.set_index("article_id").loc[article, "text"]
    found = {text[: row["start"]].count("\n") + 1 for row in clean.furniture(text)}
    assert found == FURNITURE[article]


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell on Monday after the ceasefire was announced in the capital.",
        "Join the march, they told their supporters, and thousands did.",
        "“Share this bread with your neighbours,” the imam said.",
        "Sponsored by Russia and Turkey, the deal was to take effect within hours.",
        "The photographer said the image: a boy on a stretcher, would stay with her.",
        "Reuters reported that the bridge had fallen.",
        "The talks ended in Geneva on 12.12.2016.",
        "They had talked in Geneva since 12.12.2016",
    ],
)
def test_prose_that_resembles_furniture_stays(line):
    assert clean.furniture(f"A bridge fell.\n\n{line}\n\nIt was rebuilt.") == []


@given(st.text(max_size=400))
def test_blanking_never_moves_a_character(text):
    pieces = clean.furniture(text)
    blanked = clean.blank(text, pieces)
    assert len(blanked) == len(text)
    assert [i for i, c in enumerate(blanked) if c == "\n"] == [i for i, c in enumerate(text) if c == "\n"]
    for piece in pieces:
        assert not blanked[piece["start"] : piece["end"]].strip()


@given(st.text(alphabet="ab. \n\r\t“”", max_size=200))
def test_paragraphs_cover_every_word_once_and_in_order(text):
    spans = clean.paragraphs(text)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    assert "".join("".join(text[s:e].split()) for s, e in spans) == "".join(text.split())


def test_hard_wrapped_lines_are_one_paragraph():
    wrapped = "The council met on Tuesday to discuss the\nsituation in the city, where fighting had\ngone on for weeks.\n\nIt adjourned."
    assert len(clean.paragraphs(wrapped)) == 2


def test_lines_that_end_as_sentences_are_paragraphs_of_their_own():
    assert len(clean.paragraphs("The council met.\nIt adjourned.\nNobody spoke.")) == 3
