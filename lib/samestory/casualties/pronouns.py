"""For which group does a pronoun stand: "opened fire on two officers, killing them", "five men ... their bodies were found"?"""

from bisect import bisect_right
from collections.abc import Iterator

from spacy.tokens import Doc

from samestory.casualties.group import Group
from samestory.casualties.harms import Harm

SEVERAL = frozenset("they them their both all whom".split())
MEANT = frozenset("killed injured missing detained evacuated displaced trapped".split())


def resolve(doc: Doc, groups: list[Group], found: dict[int, Harm], begins: list[int]) -> Iterator[Group]:
    """Give the harm of a plural pronoun to the group it stands for: the last one of two people or more, in its sentence or the one before.

    Attackers and whoever does the harm stand back behind others. A group that suffers nothing yet takes the harm; for one that does (taken
    hostage, then killed) a group without a number is yielded, so that the toll counts it. `begins`: where the sentences begin.
    """
    for i, harm in found.items():
        token = doc[i]
        if token.lower_ not in SEVERAL or harm.harm not in MEANT or not harm.real or (token.lower_ == "whom" and _of_number(token)):
            continue
        sentence = bisect_right(begins, token.idx) - 1
        before = [
            g for g in groups if g.end <= token.idx and sentence - 1 <= g.sentence and not g.only_part and (g.high is None or g.high > 1)
        ]
        before = [g for g in before if harm.agent is None or g.noun is None or harm.agent.i != g.noun.i]
        if token.lower_ == "both":
            before = [g for g in before if g.high == 2]
        meant = max(before, key=lambda g: (g.role != "attacker", g.sentence, g.start), default=None)
        if meant is None:
            continue
        if meant.harm is None or meant.harm.harm in {"shot", "other"}:
            meant.harm = harm
        elif meant.harm.harm != harm.harm:
            span = (token.idx, token.idx + len(token))
            yield Group(*span, meant.low, meant.high, meant.qualifier, token, meant.noun, harm, True, "new", sentence=sentence)


def _of_number(token) -> bool:
    """ "Four of whom": the number in front tells how many."""
    return token.i > 1 and token.nbor(-1).lower_ == "of" and token.nbor(-2).lower_ not in {"all", "both"}
