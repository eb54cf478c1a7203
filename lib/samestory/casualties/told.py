"""How is a figure told: as new, on top of others, as a total, or as known already?"""

import re

from spacy.tokens import Doc, Token

from samestory.casualties import lexicon
from samestory.casualties.harms import Harm

BESIDES = frozenset("also later subsequently".split())
DYING = frozenset("die dies died dying succumb succumbs succumbed".split())
WOUNDS = frozenset("wounds injuries wound injury burns".split())


def how(doc: Doc, inside: list[Token], harm: Harm | None) -> str:
    """`more` for "another ten", "two others", "five were also killed"; `definite` for "the five"; `total` for "a total of 20"; else `new`."""
    before = doc[max(0, inside[0].i - 5) : inside[0].i].text.lower() + " "
    after = doc[inside[-1].i + 1 : inside[-1].i + 4].text.lower()
    if re.search(r"\b(?:total of|in all,?|altogether,?|in total,?|toll (?:\w+ ){0,3}(?:to|at|of))\s*\Z", before):
        return "total"
    if re.search(r"\b(?:another|further|additional|also)\s*\Z", before) or re.match(
        r"(?:\w+\s)?(?:other|others|more|additional|further)\b", after
    ):
        return "more"
    of_known = re.match(r"of (?:the )?(?:victims|dead|killed|fatalities)\b", after)
    if of_known or re.search(r"\b(?:the|these|those|all|both)\s*\Z", before) or (harm is not None and retold(harm.trigger)):
        return "definite"
    return "more" if harm is not None and besides(harm.trigger) else "new"


def besides(trigger: Token) -> bool:
    """Does the text say that this harm came on top of another: "was also killed", "later died", "died of his wounds"?"""
    if any(c.lower_ in BESIDES for c in trigger.children):
        return True
    return trigger.lower_ in DYING and any(
        t.lower_ in WOUNDS for p in trigger.children if p.lower_ in {"of", "from"} for t in p.children
    )


def retold(trigger: Token) -> bool:
    """ "The attack that killed their father": a deed that the text takes as known."""
    return trigger.dep_ == "relcl" and any(c.lower_ in {"the", "this"} for c in trigger.head.children) and not lexicon.is_person(trigger.head)
