"""What do the words around a number make of it: at least, about, or no count at all?"""

import functools
import re

from samestory.casualties import digits
from samestory.casualties.numerals import Numeral
from samestory.lists import read_list

NOT = re.compile(r"(?<!\bif )(?<!\bor )(?:\bnot|n't)\s(?:even |quite |yet |exactly )?\Z", re.I)
# "Omar Aziz, 30, died"; "Omar Aziz (30)"
AGE_BEFORE, AGE_AFTER = re.compile(r"\b[A-Z][\w'.-]*(?:, | \()\Z"), re.compile(r"[,;)]|\.(?:\s|\Z)")
PART_AFTER = re.compile(r",\s(?:including|among|most|mostly|many|all|some|of|half|both|at least|almost all|\w+ of)\b")
CLAUSE_END = re.compile(r"\s?(?:[.,;:)!?]|\Z)|\s(?:is|are|was|were|has|have|had|dead|died|killed|wounded|injured|hurt)\b")
# What words make of a number in words
TOUCHING = re.compile(
    r"(?:\b(?:(?P<minus>minus|negative)|(?P<rate>per|every)|number|(?:half|quarter|minutes) (?:past|to))\s|(?P<money>[$£€¥₹])\s?|\w-)\Z",
    re.I,
)
TELLING = frozenset("minus negative per every number past to -".split())  # what these end in
WORD_AFTER = re.compile(r"-(?!(?:plus|odd)\b)\w|\s[ap]\.m\b", re.I)
_ORDINAL = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
ORDINAL_AFTER = re.compile(rf"[\s-](?:and[\s-])?(?:{_ORDINAL})\b", re.I)
HUNDREDTH_AFTER = re.compile(r"[\s-](?:hundred|thousand|million|billion)ths?\b", re.I)
THIRD_AFTER = re.compile(rf"[\s-](?:{_ORDINAL}|quarter|half)\b", re.I)
TIME_AFTER = re.compile(r"\s(?:minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?)\b", re.I)
SHARE_GAP = re.compile(r"(?P<noun>\s\w+){0,2}\s(?:(?P<single>in)|(?P<rate>(?:in|of|for|out of) every|per)|out of)\s", re.I)
SHARE_AFTER = re.compile(r"\s(?:is|are|was|were|has|have|had|will|would|died?|lives?|survived?)\b|\s?[.,;:!?)]|\s?\Z", re.I)
# A noun that the second of two numbers counts: "a boy aged 16 and three men"
NOUN_AFTER = re.compile(r"\s(?!(?:was|has)\b)(?:[a-z]+[\s-])?(?:[a-z]{3,}s|men|women|people|children|others)\b")
POSITIONS = "before after name label behind".split()
FILLERS = {*"another further additional between from".split()}  # may stand between a phrase and its number


@functools.cache
def lists() -> dict:
    """The rows of `data/qualifiers.csv`: a pattern a position; `ends`: the words its phrases end in; the `meaning` of each phrase."""
    rows = list(read_list("qualifiers").itertuples())
    phrases = {
        position: sorted((r.phrase.lower() for r in rows if r.position == position), key=len, reverse=True) for position in POSITIONS
    }

    def pattern(position):
        return "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in phrases[position]) or "(?!)"  # no phrase, no match

    return {
        "before": re.compile(rf"(?<![\w+])(?P<q>{pattern('before')})\s*(?:(?:another|an?\s(?:further|additional))\s+)?\Z", re.I),
        "after": re.compile(rf"(?P<far>(?:\s[a-z]+)?,|\s[a-z]+)?\s?(?P<q>{pattern('after')})(?!\w|\s+than\b)", re.I),
        "name": re.compile(rf"\b(?:{pattern('name')})(?P<many>s?)\s\Z", re.I),
        "label": re.compile(rf"\b(?:{pattern('label')})\s?(?:between\s|from\s)?\Z", re.I),
        # Not "two Times reporters", "20 K-9 officers"
        "behind": re.compile(rf"(?![\s-](?-i:Times))[\s-]?(?:{pattern('behind')})(?!\w|(?<=\s\w)-)", re.I),
        "ends": {position: {p.split()[-1] for p in of} | {p.split()[-1] + "s" for p in of} | FILLERS for position, of in phrases.items()},
        "meaning": {(row.position, row.phrase.lower()): row.qualifier for row in rows},
    }


def _tail(before: str) -> str:
    """The last word of a text that ends in a space, in lower case; else its last character."""
    if before[-1:].strip():
        return before[-1]
    words = before.split()
    word = words[-1].lower() if words else ""
    return word if word.isalpha() else re.split(r"[^\w.$£€¥₹+~<>≥≤]|\.(?=\w)", word)[-1]  # "troops--about 20"


def phrase_before(text: str, floor: int, at: int, position: str) -> re.Match | None:
    """The phrase of `data/qualifiers.csv` that ends at `at`, not before `floor`. A look at the last word spares most searches."""
    before = text[max(floor, at - 30) : at]
    return lists()[position].search(before) if _tail(before) in lists()["ends"][position] else None


def bar(text: str, start: int, at: int, to: int, end: int, numeral: Numeral) -> str:
    """Why a numeral is no count by the words around it (`start, end` with its qualifiers, `at, to` without); empty where it may be one."""
    first, last = numeral.atoms[0], numeral.atoms[-1]
    before, after = text[max(0, at - 30) : at], text[to : to + 24]
    tail = _tail(before)
    m = TOUCHING.search(before) if tail in TELLING or tail[-1:] in digits.MONEY else None
    if m and (first.kind != "digits" or not before.endswith("-")):
        return "money" if m["money"] else "label" if m["minus"] else "rate" if m["rate"] else "name"
    name = phrase_before(text, 0, at, "name")
    if name and name[0][0].isupper():  # "Rooms 101 and 102"
        return "label" if name["many"] else "name"
    if phrase_before(text, 0, start, "label") or NOT.search(text[max(0, start - 12) : start]):
        return "label"
    measured = [m for e in {to, end} if (m := lists()["behind"].match(text[e : e + 20]))]
    if any(m[0][:5] != " and " or not re.match(r"\s\d", text[to + m.end() :][:2]) for m in measured):  # not "18 and over 30"
        return "measure"
    if last.kind != "digits":
        if WORD_AFTER.match(after):
            return "measure"
        if HUNDREDTH_AFTER.match(after) or (last.kind in {"ten", "times"} and ORDINAL_AFTER.match(after)):
            return "name"
    if numeral.high == 1 and THIRD_AFTER.match(after):
        return "name"
    if last.kind == "unit" and last.gap.isspace() and len(numeral.atoms) > 1 and TIME_AFTER.match(after):  # "killed twenty two days ago"
        return "unread"
    aged = last.kind in {"digits", "unit", "teen", "ten"} and numeral.high <= 120 and before[-2:] in {", ", " ("}
    return "name" if aged and AGE_BEFORE.search(before) and AGE_AFTER.match(after) and not PART_AFTER.match(after) else ""


def is_share(text: str, a, b) -> bool:
    """Do two numbers make a share or a rate, which counts nobody: "one in five", "two out of three", "20 deaths per 100,000"?"""
    gap = SHARE_GAP.fullmatch(text[a.to : b.start]) if b.start - a.to < 40 else None
    if gap is None or gap["rate"] or not 0 < a.low < b.low:
        return gap is not None and gap["rate"] is not None
    if not gap["single"]:  # "20 out of 30", but "20 soldiers out of 30"
        return not gap["noun"]
    if b.bar:
        return False
    after = text[b.to : b.to + 12]
    if gap["noun"]:  # "one man in five died", but "one man in five attacks"
        return a.low == 1 and bool(SHARE_AFTER.match(after))
    # "nine in ten", but "killing two in three days"
    return a.low == 1 or ((b.low <= 10 or b.low in {100, 1000}) and not TIME_AFTER.match(after))
