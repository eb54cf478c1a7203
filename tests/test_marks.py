"""Pairs of quotation marks: every style, missing and stray marks, paragraphs."""

from hypothesis import given, settings
from hypothesis import strategies as st

from samestory import clean
from samestory.quotes.marks import pairs


def inner(text):
    return [text[p.inner_start : p.inner_end] for p in pairs(text)]


def test_every_style_of_marks_is_paired():
    for left, right in [('"', '"'), ("“", "”"), ("„", "“"), ("«", "»"), ("``", "''"), ("''", "''"), ("'", "'"), ("‘", "’"), ("‘", "'")]:
        assert inner(f"The mayor said: {left}We are leaving now,{right} and left.") == ["We are leaving now,"], (left, right)


def test_apostrophes_possessives_and_years_open_nothing():
    assert inner("The workers' union didn't sign. In the '90s, 'tis said, the Smiths' house wasn't sold.") == []


def test_single_marks_survive_apostrophes_inside():
    assert inner("He said 'we don't know the workers' names' and left.") == ["we don't know the workers' names"]


def test_inner_single_marks_belong_to_the_outer_pair():
    text = "She said: \"He told me 'go away' and I went,\" and sat down."
    assert inner(text) == ["He told me 'go away' and I went,"]


def test_a_closing_mark_after_an_inner_quotation_and_a_space_closes():
    assert inner('"They say, \'wait and see,\' " she said. "We cannot wait."') == ["They say, 'wait and see,' ", "We cannot wait."]


def test_an_open_quotation_goes_on_only_with_the_same_mark():
    assert [p.continues for p in pairs('"We had to go.\n\n"We had no choice," he said.')] == [False, True]
    assert [p.continues for p in pairs('"Nobody in the house was awake.\n\n“Wake up,” he said.')] == [False, False]


def test_a_stray_mark_spoils_only_its_own_paragraph():
    text = 'A stray " mark stands here.\n\n"It is over," he said.\n\nAnother one" here.\n\n"It is not," she said.'
    assert inner(text) == ["It is over,", "It is not,"]


def test_inches_are_no_quotation():
    assert inner('The 6" pipe broke. "It was old," said the owner.')[-1] == "It was old,"


def test_a_paragraph_that_opens_with_a_mark_continues_the_open_one():
    text = 'She said: "It will be remembered.\n\n"It should shame you."\n\n"New one," he said.'
    first, second, third = pairs(text)
    assert (first.closed, second.continues, second.closed, third.continues) == (False, True, True, False)


def test_furniture_is_not_searched():
    text = '"Click here to read more"\n\n"It is over," he said.'
    blanked = clean.blank(text, [{"start": 0, "end": 25}])
    assert [text[p.inner_start : p.inner_end] for p in pairs(text, blanked)] == ["It is over,"]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab .,:\n\"“”‘’'`«»„s\u00a0", max_size=120))
def test_pairs_are_in_order_inside_the_text_and_apart(text):
    last = 0
    for p in pairs(text):
        assert last <= p.start < p.inner_start <= p.inner_end <= p.end <= len(text)
        last = p.end
