"""Number phrases: the right magnitude or nothing."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory import clean
from samestory.casualties import numbers


def read(text):
    return [(text[n.start : n.end], n.low, n.high, n.qualifier) for n in numbers.find(text)]


def bounds(text):
    return [(n.low, n.high) for n in numbers.find(text)]


@pytest.mark.parametrize(
    ("text", "phrase", "low", "high", "qualifier"),
    [
        # qualifiers
        ("killing at least 82 civilians", "at least 82", 82, None, "at_least"),
        ("Officials said at least\n82 people died", "at least\n82", 82, None, "at_least"),
        ("+100,000 civilians are packed", "+100,000", 100000, None, "at_least"),
        ("at least another 20 died", "at least another 20", 20, None, "at_least"),
        ("50 or more soldiers", "50 or more", 50, None, "at_least"),
        ("50 plus soldiers", "50 plus", 50, None, "at_least"),
        ("20 million-plus voters", "20 million-plus", 20000000, None, "at_least"),
        ("20 people or more drowned", "20", 20, None, "at_least"),
        ("twenty people, at least, were hurt", "twenty", 20, None, "at_least"),
        ("20 and counting", "20 and counting", 20, None, "at_least"),
        ("probably more than 20 people", "probably more than 20", 20, None, "at_least"),
        ("As many as 9,000 people have left", "As many as 9,000", None, 9000, "at_most"),
        ("up to about 50 people", "up to about 50", None, 50, "at_most"),
        ("up to a hundred or so people", "up to a hundred", None, 100, "at_most"),
        ("never more than 20 people", "never more than 20", None, 20, "at_most"),
        ("about 50 people", "about 50", 50, 50, "about"),
        ("the troops--about 50 people--fled", "about 50", 50, 50, "about"),
        ("possibly 50 people", "possibly 50", 50, 50, "about"),
        ("a hundred or so protesters", "a hundred or so", 100, 100, "about"),
        ("4,000-odd workers", "4,000-odd", 4000, 4000, "about"),
        ("some hundred people", "some hundred", 100, 100, "about"),
        ("they spoke about the 20 people who died", "20", 20, 20, "exact"),
        ("fewer than the 20 reported before", "20", 20, 20, "exact"),
        ("20, at least five of them children", "20", 20, 20, "exact"),
        # words and mixtures
        ("82 were killed", "82", 82, 82, "exact"),
        ("more than 78 thousand civilians", "more than 78 thousand", 78000, None, "at_least"),
        ("78\nthousand people", "78\nthousand", 78000, 78000, "exact"),
        ("More than 1.3 thousand militants", "More than 1.3 thousand", 1300, None, "at_least"),
        ("nearly two hundred and five women", "nearly two hundred and five", 205, 205, "about"),
        ("two\nhundred people", "two\nhundred", 200, 200, "exact"),
        ("thirty-\nfive people", "thirty-\nfive", 35, 35, "exact"),
        ("a dozen men", "a dozen", 12, 12, "exact"),
        ("two dozen men", "two dozen", 24, 24, "exact"),
        ("half-a-dozen men", "half-a-dozen", 6, 6, "exact"),
        ("a couple of hundred men", "a couple of hundred", 200, 200, "about"),
        ("half a million refugees", "half a million", 500000, 500000, "exact"),
        ("one and a half million refugees", "one and a half million", 1500000, 1500000, "exact"),
        ("two-and-a-half thousand refugees", "two-and-a-half thousand", 2500, 2500, "exact"),
        ("a million and a half refugees", "a million and a half", 1500000, 1500000, "exact"),
        ("1½ million refugees", "1½ million", 1500000, 1500000, "exact"),
        ("a quarter of a million refugees", "a quarter of a million", 250000, 250000, "exact"),
        ("2 lakh 50 thousand refugees", "2 lakh 50 thousand", 250000, 250000, "exact"),
        ("2 lakhs refugees", "2 lakhs", 200000, 200000, "exact"),
        ("1.5m people", "1.5m", 1500000, 1500000, "exact"),
        ("twenty (20) people", "twenty (20)", 20, 20, "exact"),
        # vague numbers
        ("Tens of thousands of civilians", "Tens of thousands", 20000, 99999, "vague"),
        ("hundreds of thousands of people", "hundreds of thousands", 200000, 999999, "vague"),
        ("tens, if not hundreds, of thousands of people", "tens, if not hundreds, of thousands", 20000, 999999, "vague"),
        ("thousands of people", "thousands", 2000, 9999, "vague"),
        ("thousands upon thousands of people", "thousands upon thousands", 2000, 9999, "vague"),
        ("hundreds fled", "hundreds", 200, 999, "vague"),
        ("dozens of men", "dozens", 24, 99, "vague"),
        ("a few dozen men", "a few dozen", 24, 99, "vague"),
        # ranges
        ("20 to 30 people", "20 to 30", 20, 30, "about"),
        ("between 5 and 7 people", "between 5 and 7", 5, 7, "about"),
        ("between about 5 and 7 people", "between about 5 and 7", 5, 7, "about"),
        ("anywhere from 5 to 7 people", "anywhere from 5 to 7", 5, 7, "about"),
        ("five, maybe six people", "five, maybe six", 5, 6, "about"),
        ("three or possibly four people", "three or possibly four", 3, 4, "about"),
        ("20, perhaps as many as 50 people", "20, perhaps as many as 50", 20, 50, "about"),
        ("at least 20 but no more than 30 people", "at least 20 but no more than 30", 20, 30, "about"),
        ("at least 20, possibly 30 people", "at least 20, possibly 30", 20, None, "at_least"),
        ("20-30 thousand people", "20-30 thousand", 20000, 30000, "about"),
        ("200 to 300 thousand people", "200 to 300 thousand", 200000, 300000, "about"),
        ("between two and three thousand people", "between two and three thousand", 2000, 3000, "about"),
        ("between 1.5 and 2 million people", "between 1.5 and 2 million", 1500000, 2000000, "about"),
        # separators and scripts
        ("78 000 people", "78 000", 78000, 78000, "exact"),
        ("78\u202f000 people", "78\u202f000", 78000, 78000, "exact"),
        ("1,27,000 people", "1,27,000", 127000, 127000, "exact"),
        ("1.270 Menschen", "1.270", 1270, 1270, "exact"),
        ("1’270 people", "1’270", 1270, 1270, "exact"),
        ("٣٤٬٠٠٠ people", "٣٤٬٠٠٠", 34000, 34000, "exact"),
        ("１，２００ people", "１，２００", 1200, 1200, "exact"),
        # what looks like something else and counts
        ("20 may have died", "20", 20, 20, "exact"),
        ("the room 20 people shared", "20", 20, 20, "exact"),
        ("2011 people died", "2011", 2011, 2011, "exact"),
        ("On December 12 270 people died", "270", 270, 270, "exact"),
        ("On Monday, 20, including children, died", "20", 20, 20, "exact"),
        ("killing 20 first responders", "20", 20, 20, "exact"),
        ("'20 dead' in blast", "20", 20, 20, "exact"),
    ],
)
def test_reads_a_number_with_its_bounds(text, phrase, low, high, qualifier):
    assert read(text)[:1] == [(phrase, low, high, qualifier)]
    assert len(read(text)) == 1 + ("five of them" in text)
    assert numbers.find(clean.blank(text, [])) == numbers.find(text)  # articles are read without narrow spaces and curly marks


UNREADABLE = (
    "10^400 killed|10 ** 6 killed|1e6 killed|10⁶ killed|minus five people|-5 people|−5 people|1,\n000 people|1,\n270 people|78\n000 people"
    "|1٢ people|1 000 0005 people|20,30 people|12 ,120 people|1,234,56 people|12,5 million people|1,250 million people|2.5 people"
    "|two point five million people|2 1/2 million people|nineteen ninety|two thousand thousand people|two thousand three million people"
    "|two million, five hundred thousand people|a thousand and five hundred people|hundreds thousand people|two hundreds people"
    "|five score men|50 to 1 thousand people|15-20,000 people|30-20 people|a hundred or two people|20 + 5 people|20 trillion people"
    "|0 people|1,27,0000 people"
).split("|") + ["1" + "0" * zeros + " killed" for zeros in (11, 400, 5000)]
NO_COUNT = {
    "clock": "at 5.00am|at 5 pm|0530 GMT|at 17:30|five o'clock|half past five|24/7|9/11|the 8:30 train",
    "percent": "98% of homes|93 per cent of them|20 percentage points|20 to 30 percent|between 20 and 30% of them|20 pct of them",
    "money": "$20 million|20 million dollars|US$ 20 million|Rs 20 lakh|USD 500|500 €|€5m|between $20 and 30 million|20m euros",
    "age": "a 20-year-old|a 30 year old|a man aged 30|children aged 5 to 7|boys aged 5, 7 and 9|at age 30|girls between the ages of 5 and 7"
    "|Omar Aziz, 30, died|Omar Aziz (30) died|Sara, five, and Adam, seven, died|aged 18 and over",
    "date": "since 2012|In 2012–2016 he ruled|from 2012 to 2016|in 2012, 2013 and 2014|the 2016 graduates|Mr Aziz's 2016 guests|the 1980s"
    "|in the '90s|Saturday, 10 December|December 13, 2016|12.12.2016|2016-12-12|12 and 13 December|between 12 and 14 December|May 3-7, 2002"
    "|in '16",
    "part": "one-third of the city|three quarters of them|two thirds of them|the two hundredth man|the hundred and first man|the 5th man",
    "share": "one in five|one man in five died|nine in ten|20 deaths per 100,000|an average of 20 deaths|one of every nine",
    "name": "UNITED24|an AK-47|COVID-19|7-Eleven|Room 101|FLIGHT 370|Flights 370 and 17|No. 5|nos. 5 and 6|#5|number two|№ 5|see page 5"
    "|pages 5-7|Group of Seven|World War Two|Category 5|seat 12A|the rules[1]",
    "measure": "5 km away|200 metres off|10m from the gate|36° 12' N|5 °C|a seven-day cease-fire|shot five times",
    "score": "a 3-2 win|a 5-4 decision|they voted 52 to 48|fifty-fifty",
    "code": "050 7946 0958|+44 20 7946 0958|800-273-8255|ISBN 978-3-16-148410-0|192.168.0.1",
    "denied": "not 20|not even 20|weren't more than 20",
}


@pytest.mark.parametrize("text", [*UNREADABLE, *"|".join(NO_COUNT.values()).split("|")])
def test_leaves_out_what_is_no_count_or_cannot_be_read(text):
    assert read(text) == []
    assert read(f"He said it: {text}") == []


@pytest.mark.parametrize(
    ("text", "two"),
    [
        ("the toll rose from 5 to 7", [(5, 5), (7, 7)]),
        ("the toll rose from two to three million", [(2000000, 2000000), (3000000, 3000000)]),
        ("killing two in three days", [(2, 2), (3, 3)]),
        ("of the five, four men", [(5, 5), (4, 4)]),
        ("20 dead and possibly 30 more", [(20, 20), (30, 30)]),
        ("killed 20 — 30 were hurt", [(20, 20), (30, 30)]),
        ("Two hundred soldiers and 20 of 30 guards", [(200, 200), (20, 20), (30, 30)]),
        ("two 20-year-olds and a boy aged 16 and three men", [(2, 2), (3, 3)]),
        ("In 2016 270 died, at 17:30 20 more", [(270, 270), (20, 20)]),
        ("since June 1997 and over 3000 miners", [(3000, None)]),
        ("on December 12 and about 20 people", [(20, 20)]),
        ("not one but two", [(2, 2)]),
        ("not 20 but 30", [(30, 30)]),
    ],
)
def test_numbers_side_by_side_are_not_joined(text, two):
    assert bounds(text) == two


words = st.sampled_from(
    [
        *"at least 82 , . - – 1.3 thousand hundreds of tens dozens 20 to 30 between and 5,000 ١٢ １２ $ % a half million minus".split(),
        *"2012 December people 💥 + 000 lakh lakhs point or from not aged No. Khan, per in one five score twenty ½ ( )".split(),
        *"\n|'|İ|quarter|zero|and a half|a couple of|or more|perhaps as many as|up to|thousands|\u202f|at|°".split("|"),
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(words, max_size=14).map(" ".join), st.lists(words, max_size=9).map("".join)))
def test_any_text_gives_spans_in_order_and_bounds_that_make_sense(text):
    last = 0
    for number in numbers.find(text):
        assert last <= number.start <= number.at < number.to <= number.end <= len(text)
        assert number.low is not None or number.high is not None
        assert all(bound is None or 0 < bound <= numbers.MOST_PEOPLE for bound in (number.low, number.high))
        if number.low is not None and number.high is not None:
            assert number.low <= number.high
        last = number.end


@pytest.mark.parametrize(
    "piece",
    ["1", "1,", "1,000 ", "1.", "hundred ", "hundred and ", "dozen ", "((((", "at least ", "1\u202f000", "٣٤", "'"],
)
def test_time_grows_with_the_length_of_a_text_and_no_faster(piece):
    text = piece * (200_000 // len(piece))
    began = time.process_time()
    numbers.find(text)
    assert time.process_time() - began < 2


UNITS = (
    "- one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
)
TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()


def spell(n: int, *, link: str, dash: str) -> str:
    """A number in words; `link` stands after the hundreds ("two hundred and five"), `dash` inside the tens ("twenty-five")."""
    for size, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if n >= size:
            rest = n % size
            between = link if size == 100 or rest < 100 else " "
            return f"{spell(n // size, link=link, dash=dash)} {name}" + (between + spell(rest, link=link, dash=dash) if rest else "")
    return UNITS[n] if n < 20 else TENS[n // 10] + (dash + UNITS[n % 10] if n % 10 else "")


many = st.one_of(st.integers(1, 200), st.integers(1, 30_000), st.integers(1, numbers.MOST_PEOPLE))


@given(many, st.sampled_from([" and ", " "]), st.sampled_from(["-", " ", "-\n"]), st.booleans())
def test_a_number_in_words_is_that_number(n, link, dash, broken):
    text = f"The quake killed {spell(n, link=link, dash=dash)} people."
    if broken:
        text = text.replace(" people", "\npeople").replace("hundred ", "hundred\n")
    assert bounds(text) == [(n, n)]


@given(many, st.sampled_from([*",.'’ \xa0\u2009\u202f٬，", ""]), st.sampled_from("0٠۰०０"))
def test_a_number_with_separators_is_that_number(n, separator, zero):
    figures = f"{n:,}".replace(",", separator).translate({ord("0") + i: ord(zero) + i for i in range(10)})
    for text in (f"The quake killed {figures} people.", f"The quake killed {figures}", f"{figures} died"):
        assert bounds(text) == [(n, n)]
        assert bounds(clean.blank(text, [])) == [(n, n)]


@given(st.integers(1, 9_999_999), st.sampled_from([("thousand", 3), ("lakh", 5), ("million", 6), ("crore", 7), ("k", 3), ("m", 6)]))
def test_a_number_of_thousands_or_millions_is_that_number_or_nothing(n, unit):
    name, zeros = unit
    figures = f"{n // 1000}.{n % 1000:03}".rstrip("0").rstrip(".")
    text = f"The flood drove out {figures}{'' if len(name) < 3 else ' '}{name} people."
    value = n * 10**zeros
    assert bounds(text) in ([(value // 1000, value // 1000)], []) if value % 1000 == 0 else bounds(text) == []


@given(
    st.integers(1, 5000),
    st.integers(1, 5000),
    st.sampled_from(["{} to {}", "{}-{}", "{}–{}", "between {} and {}", "{} or {}", "from {} to {}"]),
)
def test_two_numbers_are_a_range_or_two_numbers_or_nothing(low, high, form):
    found = bounds(f"The quake killed {form.format(low, high)} people.")
    if form.startswith("from"):
        assert set(found) <= {(low, low), (high, high)}
    else:
        assert found in ([(low, high)], []) and (low < high or not found)
