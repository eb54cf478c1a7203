"""How is a figure told: as new, on top of others, as a total, or as known already?"""

import re

from spacy.tokens import Doc, Token

from samestory.casualties import lexicon
from samestory.casualties.harms import Harm

TOTAL = re.compile(r"\b(?:total of|in all,?|altogether,?|in total,?|toll (?:\w+ ){0,3}(?:to|at|of))\s*\Z")
OF_KNOWN = re.compile(r"of (?:the |those )?(victims|dead|killed|fatalities|casualties|injured|wounded|hurt)\b", re.I)
WOUNDED = frozenset({"injured", "wounded", "hurt"})
THE = re.compile(r"\b(?:the|these|those|all|both)\s*\Z")
FURTHER = re.compile(r"\b(?:another|further|additional|also)\s*\Z")
MORE = re.compile(r"(?:\w+\s)?(?:more|additional|further)\b")
OTHERS = re.compile(r"(?:\w+\s)?others?\b")
BESIDES = frozenset("also later subsequently".split())
DYING = frozenset("die dies died dying succumb succumbs succumbed".split())
WOUNDS = frozenset("wounds injuries wound injury burns".split())


def how(doc: Doc, inside: list[Token], harm: Harm | None) -> str:
    """How a number is told, by the words around it.

    `total` for "a total of 20"; `definite` for "the five", "two of the dead"; `more` for "another ten", "five were also killed",
    "three of the wounded died"; `others` for "two others" (others than those before, in whatever way); else `new`.
    """
    before = doc[max(0, inside[0].i - 5) : inside[0].i].text.lower() + " "
    after = doc[inside[-1].i + 1 : inside[-1].i + 4].text.lower()
    if TOTAL.search(before):
        return "total"
    if known := OF_KNOWN.match(after):
        died = harm is not None and harm.harm == "killed" and known[1].lower() in WOUNDED
        return "more" if died else "definite"
    if THE.search(before):
        return "definite"
    if FURTHER.search(before) or MORE.match(after):
        return "more"
    if OTHERS.match(after):
        return "others"
    if harm is None:
        return "new"
    return "definite" if retold(harm.trigger) else "more" if besides(harm.trigger) else "new"


def besides(trigger: Token) -> bool:
    """Does the text say that this harm came on top of another: "was also killed", "later died", "died of his wounds"?"""
    if any(c.lower_ in BESIDES for c in trigger.children):
        return True
    return trigger.lower_ in DYING and any(t.lower_ in WOUNDS for p in trigger.children if p.lower_ in {"of", "from"} for t in p.children)


def retold(trigger: Token) -> bool:
    """ "The avalanche that buried his sister": a deed that the text takes as known."""
    return (
        trigger.dep_ == "relcl" and any(c.lower_ in {"the", "this"} for c in trigger.head.children) and not lexicon.is_person(trigger.head)
    )
