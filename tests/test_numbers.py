"""Number phrases: the right magnitude or nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory.casualties import numbers


def read(text):
    return [(text[n.start : n.end], n.low, n.high, n.qualifier) for n in numbers.find(text)]


@pytest.mark.parametrize(
    ("text", "phrase", "low", "high", "qualifier"),
    [
        ("killing at least 82 civilians", "at least 82", 82, None, "at_least"),
        ("82 were killed", "82", 82, 82, "exact"),
        ("As many as 9,000 people have left", "As many as 9,000", None, 9000, "at_most"),
        ("more than 78 thousand civilians", "more than 78 thousand", 78000, None, "at_least"),
        ("More than 1.3 thousand militants", "More than 1.3 thousand", 1300, None, "at_least"),
        ("+100,000 civilians are packed", "+100,000", 100000, None, "at_least"),
        ("about 50 people", "about 50", 50, 50, "about"),
        ("nearly two hundred and five women", "nearly two hundred and five", 205, 205, "about"),
        ("Tens of thousands of civilians", "Tens of thousands", 20000, 99999, "vague"),
        ("hundreds of thousands of people", "hundreds of thousands", 200000, 999999, "vague"),
        ("thousands of people", "thousands", 2000, 9999, "vague"),
        ("hundreds fled", "hundreds", 200, 999, "vague"),
        ("dozens of men", "dozens", 24, 99, "vague"),
        ("a dozen men", "a dozen", 12, 12, "exact"),
        ("two dozen men", "two dozen", 24, 24, "exact"),
        ("half a million refugees", "half a million", 500000, 500000, "exact"),
        ("20 to 30 people", "20 to 30", 20, 30, "about"),
        ("between 5 and 7 people", "between 5 and 7", 5, 7, "about"),
        ("20-30 thousand people", "20-30 thousand", 20000, 30000, "about"),
        ("50 or more soldiers", "50 or more", 50, None, "at_least"),
        ("up to about 50 people", "up to about 50", None, 50, "at_most"),
        ("1.5m people", "1.5m", 1500000, 1500000, "exact"),
        ("78 000 people", "78 000", 78000, 78000, "exact"),
        ("two\nhundred people", "two\nhundred", 200, 200, "exact"),
        ("1,27,000 people", "1,27,000", 127000, 127000, "exact"),
        ("1.270 Menschen", "1.270", 1270, 1270, "exact"),
        ("٣٤٬٠٠٠ people", "٣٤٬٠٠٠", 34000, 34000, "exact"),
        ("１，２００ people", "１，２００", 1200, 1200, "exact"),
        ("20 may have died", "20", 20, 20, "exact"),
        ("the room 20 people shared", "20", 20, 20, "exact"),
    ],
)
def test_reads_a_number_with_its_bounds(text, phrase, low, high, qualifier):
    assert read(text) == [(phrase, low, high, qualifier)]


@pytest.mark.parametrize(
    "text",
    [
        "10^400 killed",
        "1" + "0" * 400 + " killed",
        "1" + "0" * 5000 + " killed",
        "minus five people",
        "-5 people",
        "1,\n000 people",
        "1٢ people",
        "20,30 people",
        "2.5 people",
        "nineteen ninety",
        "UNITED24",
        "at 5.00am",
        "98% of neighbourhoods",
        "93 per cent of them",
        "$20 million",
        "a 20-year-old",
        "a seven-day cease-fire",
        "since 2012",
        "Saturday, 10 December",
        "December 13, 2016",
        "12.12.2016",
        "one-third of the city",
        "an AK-47",
        "the 1980s",
        "Room 101",
        "FLIGHT 370",
    ],
)
def test_leaves_out_what_is_no_count_or_cannot_be_read(text):
    assert read(text) == []


def test_a_change_is_two_numbers_not_a_range():
    assert [(low, high) for _, low, high, _ in read("the toll rose from 5 to 7")] == [(5, 5), (7, 7)]


words = st.sampled_from(
    [
        *"at least 82 , . - – 1.3 thousand hundreds of tens dozens 20 to 30 between and 5,000 ١٢ １２ $ % a half million minus".split(),
        *"2012 December people 💥 +".split(),
        "\n",
    ]
)


@given(st.one_of(st.text(max_size=60), st.lists(words, max_size=12).map(" ".join), st.lists(words, max_size=8).map("".join)))
def test_any_text_gives_spans_in_order_and_bounds_that_make_sense(text):
    last = 0
    for number in numbers.find(text):
        assert last <= number.start <= number.at < number.to <= number.end <= len(text)
        assert number.low is not None or number.high is not None
        assert all(bound is None or 0 < bound <= numbers.MOST_PEOPLE for bound in (number.low, number.high))
        if number.low is not None and number.high is not None:
            assert number.low <= number.high
        last = number.end


@pytest.mark.parametrize("text", ["One in five people died", "At least two out of three patients left", "nine in every ten homes"])
def test_a_share_is_no_count(text):
    assert read(text) == []


def test_a_number_in_so_many_days_is_a_count():
    assert [low for _, low, _, _ in read("killing two in three days")] == [2, 3]
