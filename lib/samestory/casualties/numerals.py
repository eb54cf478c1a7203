"""Which words and strings of digits stand together as one number, and what number is it?"""

import dataclasses
import functools
import itertools
import re

from samestory.casualties import digits
from samestory.lists import read_list

# More people than this have never lived at one time; larger numbers are left out rather than believed.
MOST_PEOPLE = 10**10
LONGEST = 16  # words in one number: nine billion nine hundred and ninety-nine million ...
WIDEST = 12  # characters between two of them
WORDS = frozenset("unit teen ten times".split())
KINDS = WORDS | {"vague", "part", "digits"}  # any other kind of an atom says why it is no count
GAP = re.compile(r"(?:-?[^\S\n]*\n?[^\S\n]*)\Z")  # at most one line break inside a number
CODE_GAP = re.compile(rf"[{digits.SPACE}–-]|\) ")
UNIT_AFTER = re.compile(rf"[\s-](?:{digits.UNITS})\b")
POINT = re.compile(r"[\s-]point[\s-]\Z")


@dataclasses.dataclass
class Atom:
    """One word or string of digits; `gap`: the text between it and the one before, in lower case; `kind` as in `data/number_words.csv`,
    `digits`, `part` ("and a half"), or for digits that are no count what they are instead (see `digits.bar`).
    """

    start: int
    end: int
    kind: str
    low: float
    high: float
    gap: str = ""


@dataclasses.dataclass
class Numeral:
    """Atoms that are one number: its bounds, the unit it ends in (the "thousand" of "20 thousand"; 1 for none), and why it is no count."""

    atoms: list[Atom]
    low: float = 0
    high: float = 0
    unit: float = 1
    bar: str = ""

    @property
    def start(self) -> int:
        """Where its first word begins."""
        return self.atoms[0].start

    @property
    def end(self) -> int:
        """Where its last word ends."""
        return self.atoms[-1].end


def find(text: str) -> list[Numeral]:
    """Find the numerals of a text, in order: "two hundred and five", "78 thousand", "hundreds of thousands".

    Those that cannot be read ("nineteen ninety"), or are no count by the characters around their digits, have a `bar`.
    """
    numerals: list[Numeral] = []
    for atom in _atoms(text, _lower(text)):
        if numerals and _continues(numerals[-1].atoms[-1], atom):
            numerals[-1].atoms.append(atom)
        else:
            atom.gap = ""
            numerals.append(Numeral([atom]))
    for one in numerals:
        value = _evaluate(one.atoms)
        one.low, one.high, one.unit = value or (0, 0, 1)
        one.bar = next((atom.kind for atom in one.atoms if atom.kind not in KINDS), "") or ("" if value else "unread")
    return numerals


@functools.cache
def _words() -> dict[str, tuple[str, int, int]]:
    table = {}
    for row in read_list("number_words").itertuples():
        low, _, high = row.value.partition("-")
        table[row.word.lower()] = (row.kind, int(low), int(high or low))
    return table


@functools.cache
def _scanner() -> re.Pattern:
    # Words sorted by their first letter: the regex then rules most of a text out by one look at each letter.
    groups = itertools.groupby(sorted(_words(), key=lambda word: (word[0], -len(word))), key=lambda word: word[0])
    words = "|".join(f"{letter}(?:{'|'.join(word[1:] for word in words)})" for letter, words in groups)
    # "1.5m" and "10k" are read only where the letter touches the digits; "and a half" only inside a number.
    return re.compile(
        rf"(?P<digits>{digits.DIGITS})(?P<short>(?:k|m|bn)(?!\w))?|(?<!\w)(?:(?P<word>{words})(?!\w)"
        rf"|and[\s-]+(?P<part>(?:an?|one|three)[\s-]+(?:half|quarters?)|half(?=[\s-](?:{digits.UNITS})))(?!\w))"
    )


def _lower(text: str) -> str:
    """The text in lower case, letter for letter (the lower case of a few letters is two characters)."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _atoms(text: str, lowered: str) -> list[Atom]:
    """The single words and strings of digits that numbers are made of; of digits that are no count the kind says why."""
    atoms: list[Atom] = []
    last = 0
    for m in _scanner().finditer(lowered):
        start, end = m.span()
        if start < last:
            continue
        gap = lowered[last:start] if start - last <= WIDEST else "far"
        if m["word"]:
            atoms.append(Atom(start, end, *_words()[m["word"]], gap))
        elif m["part"]:
            share = 0.5 if "half" in m["part"] else 0.75 if "three" in m["part"] else 0.25
            atoms.append(Atom(start, end, "part", share, share, gap))
        else:
            atom = _digits(text, lowered, m)
            end, atom.gap = atom.end, gap
            atoms.append(atom)
        last = end
    return _without_codes(atoms, text)


def _digits(text: str, lowered: str, m: re.Match) -> Atom:
    start, figure, short = m.start(), m["digits"], m["short"]
    end = start + len(figure)
    spaced = digits.SPACED.match(text, start) if len(figure) <= 3 else None  # unless the first group is a day of the month
    if spaced and not digits.MONTH_BEFORE.search(text[max(0, start - 12) : start]):
        end, short = spaced.end(), None
        figure = re.sub(f"[{digits.SPACE}]", ",", spaced[0])
    value = digits.value(figure)
    if short or UNIT_AFTER.match(lowered[end : end + 12]) or value is None:
        value = digits.fraction(figure)
    if short:
        end = m.end("short")
        metres = short == "m" and digits.METRES.match(lowered[end : end + 12])
        value = None if value is None or metres else value * {"k": 10**3, "m": 10**6, "bn": 10**9}[short]
    if value is None:
        return Atom(start, end, "unread", 0, 0)
    return Atom(start, end, digits.bar(text, start, end, figure) or "digits", value, value)


def _without_codes(atoms: list[Atom], text: str) -> list[Atom]:
    """Digits side by side are telephone numbers, dates or tables, never counts: "020 7946 0958", "978-3-16", but "2011 20 people"."""
    chain: list[Atom] = []
    spaced = False
    for atom in [*atoms, Atom(0, 0, "end", 0, 0, "far")]:
        before = chain[-1] if chain else None
        touching = before is not None and CODE_GAP.fullmatch(atom.gap) and text[atom.start : atom.start + 1].isnumeric()
        if touching and (atom.gap in "-–" or before.kind == "digits" or re.match(r"0\d\d", text[before.start : before.end])):
            spaced = spaced or atom.gap not in "-–"
            chain.append(atom)
            continue
        if spaced or len(chain) > 2:
            for one in chain:
                one.kind = "name"
        chain, spaced = ([atom] if text[atom.start : atom.start + 1].isnumeric() else []), False
    return atoms


def _continues(last: Atom, atom: Atom) -> bool:
    """Does a number go on with this atom? Also where the two make nonsense ("dozens hundred"), which `_evaluate` then leaves out."""
    touching = bool(GAP.fullmatch(atom.gap))
    if last.kind == "vague":
        of = atom.gap.replace(",", "").split() == ["of"] and atom.kind in {"vague", "times"} and atom.low >= 1000 and last.low < atom.low
        return of or (touching and atom.kind == "times")
    if last.kind not in KINDS:  # "$20 million" stays one thing
        return touching and atom.kind in {"times", "part", "vague"}
    if POINT.fullmatch(atom.gap):  # "two point five million"
        return True
    if atom.kind in {"vague", "part"}:  # "2 lakhs", "two and a half"
        return touching
    if atom.kind not in WORDS:  # "2 lakh 50 thousand"
        return touching and atom.kind == "digits" and last.kind == "times" and last.low >= 1000
    if touching:
        return last.kind not in {"digits", "part"} or atom.kind == "times"
    return last.kind == "times" and last.low >= 100 and atom.gap.split() == ["and"] and atom.kind != "times"


def _evaluate(run: list[Atom]) -> tuple[float, float, float] | None:
    """Low, high and last unit of a run; None where its words do not make one number ("nineteen ninety")."""
    if len(run) > LONGEST or any(atom.kind not in KINDS or POINT.fullmatch(atom.gap) for atom in run):
        return None
    if run[0].kind == "vague":
        scale: float = 1
        for atom in run[1:]:
            if "of" not in atom.gap:
                return None
            scale *= _power(atom)
        return run[0].low * scale, (run[0].high + 1) * scale - 1, scale
    total: float = 0
    current: float | None = None  # what the next unit multiplies
    room: float = MOST_PEOPLE * 100  # the next part must be smaller than the last one's unit
    big: float = room  # the last unit from a thousand up
    unit: float = 1
    for i, atom in enumerate(run):
        following = run[i + 1] if i + 1 < len(run) else None
        if atom.kind == "part":
            if current is not None and 0 < current < 100 and not (following and following.low < 100):  # "20 and a half dozen others"
                current, room = current + atom.low, 0
            elif current is None and following is None and total == big:  # "a million and a half"
                total += atom.low * big
            else:
                return None
        elif atom.kind in {"times", "vague"}:
            factor = _power(atom)
            if (atom.kind == "vague" and factor < 10**5) or (current is None and i):
                return None
            current, unit = (1 if current is None else current), (factor if i else 1)
            if factor == 12:
                if following is not None:
                    return None
                current, room = current * 12, 0
            elif factor == 100:
                if current >= 100:
                    return None
                current, room = current * 100, 100
            else:
                part = current * factor
                if part >= big:
                    return None
                total, current, room, big = total + part, None, factor, factor
        else:
            loose = atom.kind == "digits" and i and not (following and following.low >= 1000)  # "3 thousand 20"
            two = (
                atom.gap.split() == ["and"] and run[i - 1].low != 100 and any(a.kind == "times" for a in run[i:])
            )  # "a thousand and two hundred"
            if atom.low >= room or loose or two or (not atom.low and len(run) > 1):
                return None
            current = (current or 0) + atom.low
            room = 10 if atom.kind == "ten" else 1 if atom.kind != "digits" else 0
    value = round(total + (current or 0), 6)
    return value, value, unit


def _power(atom: Atom) -> float:
    """The unit that a word stands for: thousands = 2000 to 9999, so a thousand is one with as many zeros; a dozen is 12."""
    return atom.low if atom.kind == "times" else 10 ** (len(str(int(atom.low))) - 1)
