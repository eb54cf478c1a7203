"""A share of a stated number: of "ten people, half of them children" five are children."""

import math
import re
from fractions import Fraction

from spacy.tokens import Doc, Span, Token

from samestory.casualties import counted, lexicon
from samestory.casualties.group import Group

SHARE = re.compile(
    r"\b(?:(?P<least>more than|over|at least)\s+)?(?:(?P<half>half)|"
    r"(?:a|one)[ -](?P<one>third|quarter|fifth)|(?P<many>two|three)[ -](?P<parts>third|quarter|fifth)s)"
    r"(?=\s+of\s+(?:(?P<them>them|whom)\b|(?:the|those)\s+(?:(?P<dead>dead|killed)|(?P<hurt>wounded|injured|hurt))\b))",
    re.I,
)


def find(doc: Doc, text: str, groups: list[Group], sentences: list[tuple[int, int]]) -> list[Group]:
    """The shares "of them" of a number before them in the same sentence, or "of the dead" of the last number of the dead, as parts of it.

    Bounds: the share of the number, down and up to whole people; `about`, because the text does not say the number; open where the
    number is ("half of at least 82": 41 or more). A share of a vague number is left out.
    """
    found = []
    for sentence, span in enumerate(sentences):
        for m in SHARE.finditer(text, *span):
            before = [g for g in groups if g.end <= m.start() and _stated(g)]
            harm = "killed" if m["dead"] else "injured"
            if m["them"]:
                before = [g for g in before if g.sentence == sentence]
            else:
                before = [g for g in before if g.harm is not None and g.harm.harm == harm]
            whole = before[-1] if before else None
            tokens = doc.char_span(m.start(), m.end(), alignment_mode="expand")
            if whole is None or tokens is None:
                continue
            low, high = _bounds(_share(m), whole)
            kind = "about" if whole.qualifier == "exact" else whole.qualifier
            if m["least"]:
                high, kind = None, "at_least"
            noun = counted.said_of(tokens.root) or _behind(tokens)
            found.append(Group(*m.span(), low, high, kind, tokens.root, noun, whole.harm, part=whole, sentence=sentence))
    return found


def _behind(share: Span) -> Token | None:
    """ "A third of them women": the noun behind the pronoun."""
    following = share.doc[share.end + 2 : share.end + 3]
    return following[0] if len(following) and lexicon.is_person(following[0]) else None


def _stated(group: Group) -> bool:
    return not group.implied and group.part is None and group.qualifier != "vague" and (group.high or group.low or 0) > 1


def _share(m: re.Match) -> Fraction:
    if m["half"]:
        return Fraction(1, 2)
    parts = {"third": 3, "quarter": 4, "fifth": 5}[(m["one"] or m["parts"]).lower()]
    return Fraction({"two": 2, "three": 3}.get((m["many"] or "").lower(), 1), parts)


def _bounds(share: Fraction, whole: Group) -> tuple[int | None, int | None]:
    low = None if whole.low is None else math.floor(share * whole.low)
    high = None if whole.high is None else math.ceil(share * whole.high)
    return low, high
