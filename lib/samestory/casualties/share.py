"""Which groups share the harm of those beside them, where the parser does not say so: "three gunmen, two clerks and two soldiers died"?"""

import itertools
import re

from spacy.tokens import Doc

from samestory.casualties import lexicon
from samestory.casualties.group import Group

JOINS = re.compile(r"[^.;:!?]*?(?:,|\band|\bas well as)\s*\Z", re.I)


def spread(doc: Doc, text: str, groups: list[Group]) -> None:
    """Give a number of people without a harm that of its neighbour in the sentence: no verb stands between, only "and" or a comma."""
    numbered = [g for g in groups if g.harm is None or not g.harm.attached]
    for first, second in itertools.pairwise(numbered):
        if (
            first.sentence == second.sentence
            and _joined(doc, text, first, second)
            and _takes(second, first)
            and first.harm.trigger.i < first.top.i
        ):
            second.harm = first.harm
    for first, second in itertools.pairwise(reversed(numbered)):
        behind = first.harm is not None and first.harm.trigger.i > first.top.i
        if first.sentence == second.sentence and behind and _takes(second, first) and _joined(doc, text, second, first):
            second.harm = first.harm if second.noun.dep_ != "pobj" else None  # "among twenty attackers, one was killed"


def _takes(group: Group, other: Group) -> bool:
    """Has a group no harm of its own, being people, while the other has?"""
    if group.harm is not None or other.harm is None or group.noun is None:
        return False
    return lexicon.is_person(group.noun) and group.noun.dep_ != "nsubj"  # "..., and 60 marines stormed the hall"


def _joined(doc: Doc, text: str, first: Group, second: Group) -> bool:
    between = text[first.end : second.start]
    if len(between) > 80 or not JOINS.match(between):
        return False
    words = doc.char_span(first.end, second.start, alignment_mode="contract")
    return words is not None and not any(t.tag_[:2] in {"VB", "MD", "IN", "WP", "WD"} for t in words)
