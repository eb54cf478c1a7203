"""Number phrases in a text: digits, words, mixtures and vague numbers, with their bounds; what they count is not asked here."""

import dataclasses
import itertools
import re

from samestory.casualties import around, digits, numerals
from samestory.casualties.numerals import MOST_PEOPLE, Numeral


@dataclasses.dataclass(frozen=True)
class Number:
    """A number phrase: `start, end` with its qualifier, `at, to` without; `low, high` as in the `figures` table (None = open)."""

    start: int
    end: int
    at: int
    to: int
    low: int | None
    high: int | None
    qualifier: str


@dataclasses.dataclass
class _Reading:
    """A Number in the making, both bounds known; `unit` and `bar` as of a Numeral."""

    start: int
    end: int
    at: int
    to: int
    low: float
    high: float
    qualifier: str
    unit: float = 1
    bar: str = ""


# What stands before a unit: "a couple of hundred", "several dozen", "half a million", "a quarter of a million"
COUPLE = re.compile(r"\b(?:a )?couple (?:more )?(?:of )?\Z", re.I)
FEW = re.compile(r"\b(?:several|a few|few|many)[ -](?:more |other )?\Z", re.I)
HALF = re.compile(r"\b(?:an? )?half[ -](?:an?[ -])?\Z", re.I)
QUARTER = re.compile(r"\b(?:(?:an?|one|(?P<three>three))[ -])?quarters?[ -](?:of )?(?:an?[ -])?\Z", re.I)
PART = re.compile(r"\b(?:halves|half|thirds?|fifths?|eighths?|tenths?|fraction|part) of an? \Z", re.I)
ARTICLE = re.compile(r"\ban?[ -]\Z", re.I)
# What stands between two numbers
RANGE_GAP = re.compile(r"\s?(?P<dash>-|–|—)\s?|\s(?P<word>to|or|and)\s", re.I)
PERHAPS = re.compile(r",?\s(?:(?:or )?(?:even|possibly|perhaps|maybe|probably)|if not)\s(?:even |as many as |up to |about |around )*", re.I)
BUT = re.compile(r",?\s(?:but|yet)\s", re.I)
LIST_GAP = re.compile(r",\s|,?\s(?:and|or)\s|\s?&\s?", re.I)
TWICE = re.compile(r"\s(?:and|upon|on|after)\s", re.I)
FROM = re.compile(r"\b(?P<range>(?:anywhere|somewhere|rang(?:e|es|ed|ing)|var(?:y|ies|ied|ying))\s+)?from\s+\Z", re.I)
FAR = 30  # characters between two numbers that have to do with each other
BETWEEN = re.compile(r"\bbetween\s+(?:\w{0,3}[$£€¥₹]\s?)?\Z", re.I)
MORE_AFTER = re.compile(r"\s(?:more|others?|additional|further)\b", re.I)


def find(text: str) -> list[Number]:
    """Find the number phrases of a text that may count something, in order and without overlap.

    Left out: what is no count by its form (money, percentages, clock times, dates, years, ages, measures, names with digits, rates
    and shares ("one in five"), powers, negative and broken numbers, zero) and whatever cannot be read with certainty. Vague words
    have the bounds of the coding guide (`data/number_words.csv`); a range ("20 to 30") has both bounds and the qualifier `about`.
    """
    found = numerals.find(text)
    readings: list[_Reading] = []
    for one, following in itertools.zip_longest(found, found[1:]):
        floor = readings[-1].end if readings else 0
        readings.append(_read(text, one, floor, following.start if following else len(text) + 2))
    _spread_bars(text, readings)
    joined: list[_Reading] = []
    for one in readings:
        merged = _merged(text, joined[-1], one) if joined and not joined[-1].bar and not one.bar else None
        joined[-1 if merged else len(joined) :] = [merged or one]
    return [_number(one) for one in joined if not one.bar and one.low % 1 == one.high % 1 == 0 and 0 < one.high <= MOST_PEOPLE]


def _number(one: _Reading) -> Number:
    low = None if one.qualifier == "at_most" else int(one.low)
    high = None if one.qualifier == "at_least" else int(one.high)
    return Number(one.start, one.end, one.at, one.to, low, high, one.qualifier)


def _read(text: str, one: Numeral, floor: int, following: int) -> _Reading:
    """A numeral with the words around it; `floor` and `following` are where its neighbours end and begin."""
    at, low, high = one.start, one.low, one.high
    if one.bar:
        return _Reading(at, one.end, at, one.end, low, high, "", one.unit, one.bar)
    first, qualifier = one.atoms[0].kind, "vague" if one.atoms[0].kind == "vague" else "exact"
    bar = ""
    if first == "times" or (first == "vague" and len(one.atoms) == 1):
        scaled = _scaled(text[max(0, at - 30) : at], one)
        bar = "" if scaled else "unread"
        before, low, high, qualifier = scaled or (0, low, high, qualifier)
        at -= before
    start, end, said = _qualifiers(text, at, one.end, floor, following)
    if said in {"at_least", "at_most"} or (said == "about" and qualifier == "exact"):
        qualifier = said
    bar = bar or around.bar(text, start, at, one.end, end, one)
    return _Reading(start, end, at, one.end, low, high, qualifier, one.unit, bar)


def _scaled(before: str, one: Numeral) -> tuple[int, float, float, str] | None:
    """What stands before a unit ("a", "half a", "several"): its length, and the bounds and qualifier with it; None if unclear."""
    vague = one.atoms[0].kind == "vague"
    bounds = (one.low, one.high, "vague" if vague else "exact")
    special = next((m for p in (COUPLE, FEW, HALF, QUARTER) if (m := p.search(before))), None)
    if special is None:
        article = ARTICLE.search(before)
        return None if PART.search(before) else (len(article[0]) if article else 0, *bounds)
    if vague:  # "several thousands"
        return len(special[0]), *bounds
    if not all(atom.kind == "times" for atom in one.atoms):  # "half a thousand and five"
        return None
    if special.re is COUPLE:
        return len(special[0]), 2 * one.low, 2 * one.high, "about"
    if special.re is FEW:
        return len(special[0]), 2 * one.low, (10 * one.low if one.low > 12 else 100) - 1, "vague"
    share = 0.5 if special.re is HALF else 0.75 if special["three"] else 0.25
    return len(special[0]), share * one.low, share * one.high, "exact"


def _qualifiers(text: str, at: int, to: int, floor: int, following: int) -> tuple[int, int, str]:
    """The span of a number with its qualifiers, and what they say: a bound beats "about", and the outer bound the inner."""
    lists = around.lists()
    start, end, said = at, to, ""
    while m := around.phrase_before(text, floor, start, "before"):
        start -= len(m[0])
        outer = lists["meaning"]["before", " ".join(m["q"].lower().split())]
        said = said if outer == "about" and said else outer
    m = lists["after"].match(text[to : to + 32])
    if m and to + m.end() + 1 < following:  # not of the next number: "20 at least five of them"
        phrase = " ".join(m["q"].lower().split())
        meaning = lists["meaning"]["after", phrase]
        sure = phrase[:3] == "or " or (phrase[:3] == "at " and around.CLAUSE_END.match(text[to + m.end() : to + m.end() + 12]))
        if (sure or (phrase[:3] != "at " and not m["far"])) and not (meaning == "about" and said):
            said, end = meaning, (to if m["far"] else to + m.end())
    return start, end, said


def _link(text: str, a: _Reading, b: _Reading) -> str:
    """How two neighbouring numbers are joined: `tight` ("5-7"), `range` ("5 to 7", "between 5 and 7"), `list` ("5, 6 and 7") or not."""
    gap = text[a.end : b.start]
    m = RANGE_GAP.fullmatch(gap)
    if m and m["dash"]:
        return "tight" if len(gap) == 1 else ""
    if m and (m["word"].lower() != "and" or BETWEEN.search(text[max(0, a.start - 12) : a.start])):
        return "range"
    return "list" if LIST_GAP.fullmatch(gap) else ""


def _spread_bars(text: str, readings: list[_Reading]) -> None:
    """What is no count takes its neighbour along: "pages 5-7", "aged 5, 7 and 9", "20 to 30 percent", "two in three people"."""
    pairs = list(itertools.pairwise(readings))
    for a, b in pairs:
        if around.is_share(text, a, b):
            a.bar = b.bar = "rate"
    for a, b in pairs:
        if a.bar and not b.bar and (link := _link(text, a, b)):
            plain = b.qualifier == "exact"  # "since 1997 and over 3000 miners"
            years = a.bar in {"year", "date"} and plain and digits.YEAR.fullmatch(text[b.at : b.to])
            days = a.bar == "date" and plain and b.low <= 31 and "," not in text[a.end : b.start]
            listed = a.bar == "label" and b.low > 1 and not around.NOUN_AFTER.match(text[b.end : b.end + 30])
            if link == "tight" or years or days or listed or (a.bar in {"label", "money"} and link == "range"):
                b.bar = a.bar
    for a, b in reversed(pairs):
        if b.bar and not a.bar and (link := _link(text, a, b)):
            days = b.bar == "date" and a.qualifier == "exact" and a.low <= 31
            if link == "tight" or days or (b.bar in {"measure", "year"} and link == "range"):
                a.bar = b.bar


def _merged(text: str, a: _Reading, b: _Reading) -> _Reading | None:
    """Two numbers that are one: "20 to 30", "two or three hundred", "thousands upon thousands", "20 (twenty)"; None if they stay two."""
    near = text[a.end : b.start]
    if len(near) > FAR:
        return None
    if near.strip() == "(" and a.low == b.low and text[b.end : b.end + 1] == ")":
        return dataclasses.replace(a, end=b.end + 1, to=b.end + 1)
    if a.qualifier == b.qualifier == "vague" and a.low == b.low and TWICE.fullmatch(near):
        return dataclasses.replace(a, end=b.end, to=b.to)
    if near == ", " and a.unit >= 1000 and b.unit > 1 and b.high < a.unit:  # "two thousand, three hundred": one number or two?
        return _unclear(a, b)
    gap = RANGE_GAP.fullmatch(near)
    dash, word = (gap["dash"] or "", (gap["word"] or "").lower()) if gap else ("", "")
    between = BETWEEN.search(text[max(0, a.start - 12) : a.start])
    bounds = (a.qualifier, b.qualifier)
    perhaps = PERHAPS.fullmatch(text[a.end : b.at]) and not MORE_AFTER.match(text[b.end : b.end + 12])
    bounded = bounds == ("at_least", "at_most") and BUT.fullmatch(near)
    if not (gap or perhaps or bounded) or (word == "and" and not between) or bounds == ("at_most", "at_least"):
        return None
    low = a.low
    if b.unit > a.unit and (a.qualifier == "vague") == (b.qualifier == "vague"):  # "20 to 30 thousand": the unit belongs to both
        if a.low <= b.low / b.unit:
            low *= b.unit
        elif b.unit >= 1000 and a.low < 100:  # "50 to 1 thousand"
            return _unclear(a, b)
    came = FROM.search(text[max(0, a.start - 24) : a.start]) if word == "to" else None
    if came and not came["range"]:  # "rose from 5 to 7" is two numbers
        a.low, a.high = low, a.high * (low / a.low if a.low else 1)
        return None
    if dash and (len(near) > 1 or dash == "—") and not _spaced_range(text, a, b, near):  # a dash between two clauses
        return None
    years = digits.YEAR.fullmatch(text[a.at : a.to]) and digits.YEAR.fullmatch(text[b.at : b.to])
    if years or not low < b.high or b.low > low * (10 if dash else 999):  # "2012-16", "3-2", "15-20,000"
        return _unclear(a, b)
    opening = between or came
    start = a.start - (len(opening[0]) if opening else 0)
    at = start if opening else a.at
    qualifier = "vague" if "vague" in bounds else "about"
    if a.qualifier == "at_most" or ("at_least" in bounds and b.qualifier != "at_most"):
        qualifier = "at_most" if a.qualifier == "at_most" else "at_least"
    return _Reading(start, b.end, at, b.to, low, b.high, qualifier)


def _unclear(a: _Reading, b: _Reading) -> _Reading:
    return dataclasses.replace(a, end=b.end, to=b.to, bar="unread")


def _spaced_range(text: str, a: _Reading, b: _Reading, gap: str) -> bool:
    """Is "20 - 30" or "20—30" a range and no dash between two clauses? Only between digits, not too far apart."""
    figures = text[a.to - 1].isdigit() and text[b.at].isdigit()
    return figures and a.low < b.low <= 3 * a.low and gap not in {" — ", " —", "— "}
