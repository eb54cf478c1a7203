"""Does the text say that it happened: not denied, not only possible, planned, feared or threatened?"""

import functools
from collections.abc import Iterator

from spacy.tokens import Token

from samestory.lists import read_list

NEVER = frozenset("no not never n't none nobody neither nor without".split())
UNREAL = frozenset("could would should can must will 'll ca wo may might shall".split())
CONDITIONS = frozenset({"if", "unless", "whether"})
UNDER = frozenset("ccomp xcomp pcomp acl dobj pobj prep nummod oprd conj".split())
JOINED = frozenset({"conj", "xcomp", "oprd", "acomp"})
AIMS = frozenset({"xcomp", "advcl", "acl", "ccomp", "relcl", "conj", "ROOT"})


def real(verb: Token) -> bool:
    """Does the text say that this harm happened?"""
    return not denied(verb) and not supposed(verb) and not denied_by_somebody(verb)


def denied(verb: Token) -> bool:
    """Does the text say that it did not happen: "not", or a subject such as "nobody"?"""
    for here in _line(verb):
        for c in here.children:
            if (
                c.dep_ == "neg"
                or (here.i == verb.i and c.lower_ in {"nearly", "almost", "narrowly"})
                or (c.dep_ in {"aux", "mark", "advmod", "det", "preconj"} and c.lower_ in NEVER)
            ):
                return True
            if c.dep_ in {"nsubj", "nsubjpass"} and (c.lower_ in NEVER or any(g.lower_ in NEVER for g in c.children)):
                return True
    return False


@functools.cache
def listed(kind: str) -> frozenset[str]:
    """The words of `data/realis.csv` of one kind: `factive`, `risk`, `causing`, `denial`."""
    return frozenset(row.word for row in read_list("realis").itertuples() if row.kind == kind)


def denied_by_somebody(word: Token) -> bool:
    """ "The army denied killing 20", "rejected claims that 20 had died": does a verb of denial govern the harm?"""
    here = word
    for _ in range(5):
        if here.dep_ not in UNDER or here.head.i == here.i:
            return False
        here = here.head
        if here.lower_ in listed("denial"):
            return True
        if here.tag_[:2] == "VB" and here.dep_ not in UNDER:
            return False
    return False


def supposed(verb: Token) -> bool:
    """Is it only possible ("may have died"), wanted ("to kill"), conditional, feared or at risk of happening?"""
    for here in _line(verb):
        words = _aux(here)
        if words & UNREAL or words & CONDITIONS or (_aim(here, words) and here.head.lower_ not in listed("factive")):
            return True
        if here.dep_ in {"ccomp", "xcomp", "acl", "pcomp"} and at_risk(here):
            return True
    return False


def at_risk(word: Token) -> bool:
    """Does a clause or noun hang on a word of risk or fear, or on its "of"?"""
    above = word.head.head if word.head.tag_ == "IN" else word.head
    # "protest delays in evacuating them": parsers hang "in" on the verb, past the noun it belongs to
    beside = [c.lower_ for c in above.children if c.dep_ == "dobj"] if word.head.tag_ == "IN" else []
    return not listed("risk").isdisjoint([above.lower_, *beside])


def affirmed(noun: Token) -> bool:
    """Does the text say that the harm that a noun names happened ("20 deaths")?"""
    if any(c.lower_ in NEVER | {"attempted", "planned", "threatened", "failed"} for c in noun.children) or at_risk(noun):
        return False
    verb = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ in {"in", "to"} else noun.head
    caused = verb.lower_ in listed("causing") and noun.dep_ in {"dobj", "pobj", "oprd", "acomp", "ccomp"}
    return not any(c.dep_ == "neg" for c in noun.head.children) and not (caused and supposed(verb)) and not denied_by_somebody(noun)


def _line(verb: Token) -> Iterator[Token]:
    """A verb and those above it that decide whether it happened: "were" of "were found dead", "appear" of "appear to have died"."""
    here = verb
    for _ in range(6):
        yield here
        aim = _aim(here, _aux(here))
        own = any(c.dep_ in {"nsubj", "nsubjpass"} for c in here.children)
        if (aim and here.head.lower_ not in listed("factive")) or not (aim or (here.dep_ in JOINED and not own)) or here.head.i == here.i:
            return
        here = here.head


def _aux(verb: Token) -> set[str]:
    return {c.lower_ for c in verb.children if c.dep_ in {"aux", "mark"}}


def _aim(verb: Token, words: set[str]) -> bool:
    return "to" in words and (verb.dep_ in {"xcomp", "ccomp"} or (verb.tag_ != "VBN" and verb.dep_ in AIMS))
