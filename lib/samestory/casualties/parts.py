"""Which number of people is a breakdown of another: "82 civilians, including 11 women"?"""

import itertools
import re

from samestory import phrases
from samestory.casualties import lexicon, told
from samestory.casualties.group import Group

PART = re.compile(r"\b(?:including|includes?|included|among(?:st)? them|among whom|(?:some )?of them|of whom|of which|comprising)\b", re.I)
PART_ENDS = re.compile(r"[;:.!?]|\b(?:and|while|but|who)\s+(?:wound|injur|kill|leav|were|was|had|have)", re.I)
CLOSES = re.compile(r"\s?(?:[,:;.)]|--?|–|—|\Z|\n)")
OPENS = re.compile(r"\s?(?:[,:(]|--?|–|—)")


def link(text: str, groups: list[Group], spans: list[tuple[int, int]]) -> None:
    """Breakdowns: what stands behind "including", "among them" or "of whom" is a part of the number before it, and suffers the same."""
    by_sentence: dict[int, list[Group]] = {}
    for group in groups:
        by_sentence.setdefault(group.sentence, []).append(group)
    _link_known(text, groups)
    for sentence, here in by_sentence.items():
        start, end = spans[sentence]
        for m in PART.finditer(text, start, end):
            _link(text, here, m, end)
        for whole, part in itertools.pairwise(here):
            if _said_again(whole, part):
                part.part = whole
        for place, whole in enumerate(here):
            for part in _explaining(text, whole, here[place + 1 :]):
                part.part = whole
        for part in here:
            if part.part is not None and (part.harm is None or part.harm.attached):
                part.harm = part.part.harm


def _link_known(text: str, groups: list[Group]) -> None:
    """ "Two of the dead were sisters", "three nurses were among the injured": parts of the last larger number of the same harm."""
    for place, part in enumerate(groups):
        if part.harm is None or not (part.harm.among or told.OF_KNOWN.match(text, part.end + 1)) or part.told != "definite":
            continue
        wholes = [g for g in groups[:place] if not g.implied and g.part is None and g.harm is not None and g.harm.harm == part.harm.harm]
        part.part = next((g for g in reversed(wholes) if _fits(part, g) and not g.harm.among), None)


def _link(text: str, here: list[Group], m: re.Match, end: int) -> None:
    """Tie the parts at one "including" (or "of whom") to their total."""
    before = [g for g in here if g.end <= m.start() and g.part is None and not (g.implied and g.high <= 1)]
    if m[0].lower().endswith(("of them", "of whom", "of which")):  # "two of them women": the number in front of the words is the part
        part = next((g for g in reversed(here) if m.start() - 3 <= g.end <= m.start()), None)
        if part is not None:
            before = [g for g in before if g is not part]
            if before and _fits(part, before[-1]):
                part.part = before[-1]
            return
    if not before:
        return
    stop = PART_ENDS.search(text, m.end(), end)
    for part in here:
        inside = m.end() <= part.start < (stop.start() if stop else end)
        if inside and _fits(part, before[-1]) and not _own_harm(part, before[-1]):
            part.part = before[-1]


def _said_again(whole: Group, part: Group) -> bool:
    """ "Nine miners were hurt, three had burns": the same harm said again of fewer, without a noun, is a part."""
    if whole.harm is None or part.harm is None or whole.implied or part.part is not None or part.noun is not None or part.words:
        return False
    if _new_deed(part):
        return False
    again = whole.harm.harm == part.harm.harm and whole.harm.trigger.i != part.harm.trigger.i and whole.high != part.high
    return again and part.told == "new" and part.qualifier == "exact" and _fits(part, whole)


def _explaining(text: str, whole: Group, after: list[Group]) -> list[Group]:
    """ "Nine people, eight women and a boy", "two climbers, one Dane and one Swede": the groups behind a number that make it up.

    Behind a comma only those of people at large, or names; "four policemen, two guards and two nurses" are eight.
    """
    opens = OPENS.match(text, _ends(whole))
    if whole.implied or whole.high is None or whole.low != whole.high or opens is None:
        return []
    left, parts = whole.high, []
    for group in after:
        if group.part is not None or group.high is None or group.high > left or not _as_harmed(group, whole):
            return []
        parts.append(group)
        left -= group.high
        if left == 0:
            break
    if left or (len(parts) < 2 and (whole.high > 1 or parts[0].told != "name")) or not CLOSES.match(text, _ends(parts[-1])):
        return []
    named = all(g.noun is not None and g.noun.text[0].isupper() for g in parts)
    general = whole.noun is None or lexicon.kind(whole.noun) == "general"
    words = {g.harm.trigger.i for g in parts if g.harm is not None}
    if len(words) > 1 or not (named or general or opens[0].strip() != ","):
        return []
    whole.harm = whole.harm or next((g.harm for g in parts if g.harm is not None), None)
    return parts


def _as_harmed(part: Group, whole: Group) -> bool:
    """Does a part suffer what the whole does, by the same word, or nothing of its own?"""
    return part.harm is None or whole.harm is None or part.harm.attached or part.harm.trigger.i == whole.harm.trigger.i


def _ends(group: Group) -> int:
    """Where the phrase of a group ends: behind its noun."""
    return max(group.end, group.noun.idx + len(group.noun) if group.noun is not None else 0)


def _new_deed(part: Group) -> bool:
    """ "... and a second blast killed five": is the number the object of a verb that has a noun of its own as subject in front?

    By the order of the words, for the parser often joins that noun to the number before it ("ten and a second blast").
    """
    verb = part.harm.trigger
    before = verb.doc[: verb.i]
    while len(before) and (before[-1].tag_ in {"RB", "MD"} or before[-1].dep_ in {"aux", "auxpass"} or before[-1].is_space):
        before = before[:-1]
    return verb.tag_[:2] == "VB" and verb.i < part.top.i and len(before) > 0 and before[-1].tag_ in phrases.NOUNS


def _fits(part: Group, whole: Group) -> bool:
    size = part.high if part.high is not None else part.low
    return size is None or whole.high is None or size <= whole.high


def _own_harm(part: Group, whole: Group) -> bool:
    """Does the part have a verb of harm of its own, after "including"?"""
    harm = part.harm
    if harm is None or harm.attached or (whole.harm is not None and harm.trigger.i == whole.harm.trigger.i):
        return False
    return whole.top.i < harm.trigger.i < part.top.i or (whole.harm is not None and harm.trigger.i > part.top.i)
