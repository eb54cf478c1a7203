"""Number phrases in a text: digits, words, mixtures and vague numbers, with their bounds; what they count is not asked here."""

import dataclasses
import functools
import re

from samestory.casualties import digits
from samestory.lists import read_list

# More people than this have never lived at one time; larger numbers are left out rather than believed.
MOST_PEOPLE = 10**10


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


@dataclasses.dataclass(frozen=True)
class _Atom:
    start: int
    end: int
    kind: str
    low: float
    high: float


WORD_AFTER = re.compile(r"-(?!plus\b)\w|\s(?:per ?cent|percent|[ap]\.m)\b", re.I)
ORDINAL_AFTER = re.compile(r"[\s-](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|thirds?|fifths?|half|halves)\b", re.I)
GAP = re.compile(r"(?:[^\S\n]*\n?[^\S\n]*|-)\Z")  # at most one line break inside a number
RANGE_GAP = re.compile(r"\s?(?:-|–|—|to|or|or (?:even|possibly|perhaps|maybe)|if not|and)\s?\Z", re.I)
SHARE_GAP = re.compile(r"\s(?:(?P<single>in)|in every|out of(?: every)?)\s\Z", re.I)
FEW = re.compile(r"\b(?:several|a few|few|many|some)[ -]\Z", re.I)
COUPLE = re.compile(r"\b(?:a )?couple (?:of )?\Z", re.I)
ARTICLE = re.compile(r"\b(?:a|half a|half)[ -]\Z", re.I)


@functools.cache
def _words() -> dict[str, tuple[str, int, int]]:
    table = {}
    for row in read_list("number_words").itertuples():
        low, _, high = row.value.partition("-")
        table[row.word] = (row.kind, int(low), int(high or low))
    return table


@functools.cache
def _scanner() -> re.Pattern:
    words = "|".join(sorted(_words(), key=len, reverse=True))
    # "1.5m" and "10k" are read only where the letter touches the digits.
    return re.compile(rf"(?P<digits>{digits.DIGITS})(?P<short>(?:k|m|bn)(?!\w))?|(?<!\w)(?P<word>{words})(?!\w)", re.I)


@functools.cache
def _qualifiers() -> tuple[re.Pattern, re.Pattern, re.Pattern, dict[tuple[str, str], str]]:
    rows = list(read_list("qualifiers").itertuples())
    kinds = {(row.position, row.phrase): row.qualifier for row in rows}

    def alternatives(position):
        phrases = sorted((row.phrase for row in rows if row.position == position), key=len, reverse=True)
        return "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in phrases)

    before = re.compile(rf"(?<![\w+])(?P<q>{alternatives('before')})\s*(?:the\s+|a\s+)?\Z", re.I)
    after = re.compile(rf"\s?(?P<q>{alternatives('after')})(?!\w)", re.I)
    names = re.compile(rf"\b(?:{alternatives('name')})\s\Z", re.I)
    return before, after, names, kinds


def _atoms(text: str) -> list[_Atom]:
    """The single words and strings of digits that numbers are made of; kind `bad` where the digits are not a count."""
    atoms: list[_Atom] = []
    last = 0
    for m in _scanner().finditer(text):
        start, end = m.span()
        if start < last:
            continue
        if m["word"]:
            kind, low, high = _words()[m["word"].lower()]
            atoms.append(_Atom(start, end, kind, low, high))
            continue
        # "78 000": a space between groups of three, unless the first group is a day of the month
        spaced = re.compile(r"\d{1,3}(?: \d{3})+(?![\w.,]\d|\d)").match(text, start)
        figure = m["digits"]
        if spaced and len(figure) <= 3 and not digits.MONTH_BEFORE.search(text[max(0, start - 12) : start]):
            end = spaced.end()
            figure = spaced[0].replace(" ", ",")
        elif m["short"]:
            end = m.end("short")
        value = digits.value(figure)
        multiplied = m["short"] or re.match(r"[\s-](?:hundred|thousand|lakh|million|crore|billion|bn)\b", text[end : end + 12], re.I)
        if multiplied and (fraction := digits.fraction(figure)) is not None:
            value = fraction
        if value is not None and m["short"]:
            value *= {"k": 10**3, "m": 10**6, "bn": 10**9}[m["short"].lower()]
        if value is None or not digits.may_count(text, start, end, figure) or _is_a_name(text, start):
            atoms.append(_Atom(start, end, "bad", 0, 0))
        else:
            atoms.append(_Atom(start, end, "digits", value, value))
        last = end
    return atoms


def _is_a_name(text: str, start: int) -> bool:
    """Does the number name a thing ("Flight 370", "Room 101")? After a word of `data/qualifiers.csv` that stands there with a capital."""
    before = _qualifiers()[2].search(text[max(0, start - 30) : start])
    return before is not None and before[0][0].isupper()


def _runs(text: str, atoms: list[_Atom]) -> list[list[_Atom]]:
    """Neighbouring atoms that are one number: "two hundred and five", "78 thousand", "hundreds of thousands"."""
    runs: list[list[_Atom]] = []
    for atom in atoms:
        if runs and _continues(text[runs[-1][-1].end : atom.start], runs[-1], atom):
            runs[-1].append(atom)
        else:
            runs.append([atom])
    return runs


def _continues(gap: str, run: list[_Atom], atom: _Atom) -> bool:
    last = run[-1]
    if len(gap) > 12:
        return False
    if last.kind == "vague":
        return atom.kind == "vague" and atom.low >= 1000 and last.low < atom.low and gap.split() == ["of"]
    if last.kind == "bad":  # "$20 million" stays one thing
        return atom.kind == "times" and bool(GAP.fullmatch(gap))
    if atom.kind in ("bad", "digits"):
        return False
    if atom.kind == "vague":  # "several thousands"; "two dozens"
        return False
    if GAP.fullmatch(gap):
        return last.kind != "digits" or atom.kind == "times"
    return last.kind == "times" and last.low >= 100 and gap.split() == ["and"] and atom.kind in ("unit", "teen", "ten")


def _evaluate(run: list[_Atom]) -> tuple[float, float] | None:
    """Low and high of a run; None where its words do not make one number ("nineteen ninety")."""
    if any(a.kind == "bad" for a in run):
        return None
    if run[0].kind == "vague":
        scale = 1
        for atom in run[1:]:
            scale *= 10 ** (len(str(int(atom.low))) - 1)  # thousands = 2000 to 9999, so a thousand is one with as many zeros
        return run[0].low * scale, (run[0].high + 1) * scale - 1
    total: float = 0
    current: float | None = None
    room = 10**12  # the next part must be smaller than the last one's unit
    for atom in run:
        if atom.kind == "times":
            factor = atom.low
            if factor == 100 and current is not None and current < 100:
                current *= 100
                room = 100
            elif factor in (12, 100):
                if current is not None and factor == 100:
                    return None
                current, room = (1 if current is None else current) * factor, 0 if factor == 12 else 100
            else:
                total, current, room = total + (1 if current is None else current) * factor, None, factor
        else:
            unit = {"unit": 1, "teen": 1, "ten": 10, "digits": 1}[atom.kind]
            if atom.low >= room:
                return None
            current = (current or 0) + atom.low
            room = unit if atom.kind != "teen" else 0
    value = round(total + (current or 0), 6)
    return value, value


def find(text: str) -> list[Number]:
    """Find the number phrases of a text that may count something, in order and without overlap.

    Left out: what is no count by its form (money, percentages, clock times, dates, years, names with digits, powers,
    negative and broken numbers) and whatever cannot be read with certainty. Vague words have the bounds of the coding
    guide (`data/number_words.csv`); a share ("one in five") is left out; a range ("20 to 30") has both bounds and the qualifier `about`.
    """
    found: list[tuple[int, int, float, float, bool]] = []
    for run in _runs(text, _atoms(text)):
        value = _evaluate(run)
        start, end = run[0].start, run[-1].end
        if value is None:
            found.append((start, end, -1, -1, False))
            continue
        low, high = value
        vague = run[0].kind == "vague"
        before, after = text[max(0, start - 14) : start], text[end : end + 12]
        if run[-1].kind != "digits" and (WORD_AFTER.match(after) or ORDINAL_AFTER.match(after)):
            low = -1
        if re.search(r"(?:\b(?:minus|negative)|[$£€¥₹])\s?\Z|[^\W\d]-\Z", before, re.I):
            low = -1
        if run[0].kind == "times" or (vague and len(run) == 1):
            if m := COUPLE.search(before):
                low, high, start = 2 * low, 2 * high, start - len(m[0])
            elif m := FEW.search(before):
                start -= len(m[0])
                if not vague and m[0].strip(" -").lower() != "some":
                    low, high, vague = 2 * low, (10 * low if low > 12 else 100) - 1, True
            elif m := ARTICLE.search(before):
                start -= len(m[0])
                if "half" in m[0].lower():
                    low = high = low / 2 if low >= 0 else low
        found.append((start, end, low, high, vague))
    return _phrases(text, found)


def _phrases(text: str, found: list[tuple[int, int, float, float, bool]]) -> list[Number]:
    """Join ranges, then read the qualifiers around each number."""
    out: list[Number] = []
    done = 0
    i = 0
    while i < len(found):
        start, end, low, high, vague = found[i]
        qualifier = "vague" if vague else "exact"
        i += 1
        if i < len(found) and _is_share(text, found[i - 1], found[i]):
            done = found[i][1]
            i += 1
            continue
        if i < len(found) and low >= 0 and (span := _range(text, found[i - 1], found[i])):
            (start, low), (_, end, _, high, vague) = span, found[i]
            qualifier = "vague" if vague else "about"
            i += 1
        if low < 0 or low != int(low) or high != int(high) or high > MOST_PEOPLE or high == 0:
            done = end
            continue
        number = _qualified(text, start, end, int(low), int(high), qualifier, done)
        out.append(number)
        done = number.end
    return out


def _is_share(text: str, first: tuple, second: tuple) -> bool:
    """Do two numbers make a share, which counts nobody: "one in five", "two out of three"? ("killed two in three days" does count.)"""
    gap = SHARE_GAP.fullmatch(text[first[1] : second[0]])
    return gap is not None and 0 < first[2] < second[2] and (not gap["single"] or first[2] == 1)


def _range(text: str, first: tuple, second: tuple) -> tuple[int, float] | None:
    """Start and low bound when two numbers are the ends of a range: "20 to 30", "between 5 and 7", "5-7", "hundreds or thousands"."""
    gap = text[first[1] : second[0]]
    if not RANGE_GAP.fullmatch(gap) or second[2] < 0:
        return None
    between = re.search(r"\bbetween\s+\Z", text[max(0, first[0] - 10) : first[0]], re.I)
    if gap.strip().lower() == "and":
        return (first[0] - len(between[0]), first[2]) if between and first[2] < second[3] else None
    if re.search(r"\bfrom\s+\Z", text[max(0, first[0] - 8) : first[0]], re.I):  # "rose from 5 to 7" is two numbers
        return None
    low = first[2]
    # "20 to 30 thousand", "two or three hundred": the unit belongs to both
    unit = re.search(r"\b(dozen|hundred|thousand|million|billion)\Z", text[second[0] : second[1]], re.I)
    if unit and low < 100 and not first[4]:
        low *= _words()[unit[1].lower()][1]
    return (first[0], low) if 0 < low < second[3] else None


def _qualified(text: str, at: int, to: int, low: int, high: int, qualifier: str, floor: int) -> Number:
    before, after, _, kinds = _qualifiers()
    start, end, kind = at, to, ""
    while m := before.search(text[max(floor, start - 30) : start]):  # "up to about 50": the outer one decides
        start -= len(m[0])
        kind = kinds["before", " ".join(m["q"].lower().split())]
    if m := after.match(text[to : to + 12]):
        end, kind = to + m.end(), kinds["after", " ".join(m["q"].lower().split())]
    if kind == "at_least":
        return Number(start, end, at, to, low, None, kind)
    if kind == "at_most":
        return Number(start, end, at, to, None, high, kind)
    if kind == "about" and qualifier == "exact":
        qualifier = "about"
    return Number(start, end, at, to, low, high, qualifier)
