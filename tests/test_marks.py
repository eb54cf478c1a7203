"""Pairs of quotation marks: every style, missing and stray marks, paragraphs."""

import pytest
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


@pytest.mark.parametrize("mark", ['"', "“", "«"])
def test_an_open_quotation_is_carried_over_many_paragraphs(mark):
    closing = {'"': '"', "“": "”", "«": "»"}[mark]
    days = ["Snow came and shut the door.", "We burned the chairs.", "We heard the helicopter."]
    text = "She wrote:\n\n" + "\n\n".join(mark + day for day in days) + closing
    assert inner(text) == days
    assert [(p.closed, p.continues) for p in pairs(text)] == [(False, False), (False, True), (True, True)]


def test_a_mark_after_a_full_stop_stays_open_only_if_the_next_paragraph_resumes_it():
    left = 'They waited," he said. "They left before noon.\n\n'
    assert inner('"' + left + '"Then they came back," he added.') == ["They waited,", "They left before noon.", "Then they came back,"]
    assert inner('"' + left + "Then they came back, he added.") == ["They waited,"]


@pytest.mark.parametrize(
    "words", ["He said “go home” and left,", "He said «go home» and left,", "He said ‘go home’ and left,", "The sign reads “sold.”"]
)
def test_marks_of_another_style_inside_straight_ones_are_no_pair_of_their_own(words):
    assert inner(f'"{words}" she told us, "and then we knew."') == [words, "and then we knew."]


@pytest.mark.parametrize(
    "text",
    [
        "”The mill is shut,” she said. “It burned.”",
        "“The mill is shut,“ she said. ”It burned.”",
        '“The mill is shut," she said. "It burned.”',
        "„The mill is shut,“ she said. „It burned.“",
        "»The mill is shut,« she said. »It burned.«",
    ],
)
def test_wrong_mixed_and_turned_marks_still_pair(text):
    assert inner(text) == ["The mill is shut,", "It burned."]


@pytest.mark.parametrize(
    "stray",
    [
        "The pipe is 6' 2\" long.",
        'The road " was closed.',
        "The road ” was closed.",
        "“” The road was closed.",
        'The sign read "sold and left.',
        'The mill is shut, "she said.',
        "The '20s' mill and the miners' hall are shut.",
    ],
)
def test_stray_marks_leave_the_paragraphs_around_them_alone(stray):
    found = inner(f'"It is over," he said.\n\n{stray}\n\n“It is not,” she said.')
    assert (found[0], found[-1]) == ("It is over,", "It is not,")
    assert all(words in stray for words in found[1:-1])


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
