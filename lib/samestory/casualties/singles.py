"""Which single people are harmed without a number ("a policeman was killed", a name, "he"), and of whom does the text say nobody?"""

import dataclasses
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from samestory import phrases
from samestory.casualties import digits, happened, lexicon, told, victims
from samestory.casualties.group import Group
from samestory.casualties.harms import Harm

SINGLE = frozenset("he she him her his himself herself".split())
THIRD = frozenset("other second third fourth fifth".split())  # "wounded a third"
NOBODY = frozenset("nobody none".split())
SEVERE = frozenset("seriously badly critically gravely severely".split())


def find(doc: Doc, found: dict[int, Harm], taken: set[int]) -> Iterator[Group]:
    """Single victims without a number ("a policeman was killed", a name, "he"), and "nobody" with the bounds 0, 0."""
    for i, harm in found.items():
        token = doc[i]
        if i not in taken and _nobody(token, harm):
            harms_ = ("killed", "injured") if harm.harm == "other" else (harm.harm,)
            for name in harms_:
                none = dataclasses.replace(harm, harm=name, real=True)
                yield Group(token.idx, token.idx + len(token), 0, 0, "exact", token, token, none, True, "none")
            continue
        if i in taken or harm.harm not in {"killed", "injured", "shot"} or any(c.i in taken and c.dep_ == "nummod" for c in token.children):
            continue
        determiners = {c.lower_ for c in token.children if c.dep_ in {"det", "poss", "amod", "nummod"}}
        if token.lower_ in {"body", "corpse"} and token.head.lower_ in victims.FOUND and not victims.of_body(token):
            count, way = 1, "definite"
        elif harm.attached or harm.trigger.i == i:
            continue
        else:
            count, way = _single(token, harm, determiners)
        if count and not determiners & {"no", "any", "every", "each"}:
            further = determiners & victims.FURTHER and not determiners & {"the", "this", "his", "her"}
            if further or token.lower_ in victims.FURTHER | THIRD or (way == "new" and told.besides(harm.trigger)):
                way = "more"
            elif harm.among or (way == "new" and told.retold(harm.trigger)):
                way = "definite"
            yield Group(token.idx, token.idx + len(token), count, count, "exact", token, token, harm, True, way)


def _nobody(token: Token, harm: Harm) -> bool:
    """Does the text say that nobody was killed or injured: "no one was hurt", "no casualties were reported"?

    Not when only some are spoken of ("no soldiers", "none of the passengers", "no civilian casualties"), or one degree ("seriously hurt").
    """
    named, trigger = harm.trigger.i == token.i, harm.trigger  # "no deaths": the word of harm itself
    first = token.head if token.dep_ == "conj" and named else token  # "no deaths or injuries"
    no = any(c.lower_ == "no" or (c.tag_ == "CD" and any(n.lower_ == "not" for n in c.children)) for c in first.children)
    casualties = harm.harm in {"killed", "injured"} or harm.either or (harm.harm == "other" and harm.attached)
    if not casualties or not (no or token.lower_ in NOBODY):
        return False
    anybody = named or token.lower_ in NOBODY | {"one"} or lexicon.kind(token) == "general"
    narrowed = any(
        (c.dep_ in {"amod", "compound", "relcl"} and c.lower_ != "reported") or c.lower_ in {"of", "among"}
        for c in [*first.children, *token.children]
    )
    severe = any(c.lower_ in SEVERE for c in trigger.children)
    return anybody and not narrowed and not severe and not happened.supposed(trigger.head if named else trigger)


def _single(token: Token, harm: Harm, determiners: set[str]) -> tuple[int, str]:
    """How many a victim without a number is (0 = not known or no person), and how it is told."""
    if token.lower_ in THIRD and determiners:
        return 1, "more"
    if token.tag_ == "NN" or (token.tag_ == "NNS" and determiners & {"a", "an"}):  # "a security personnel"
        if victims.of_body(token) and token.lower_ in {"body", "corpse"}:
            return 0, ""
        paired = {token.lower_, token.head.lower_} <= victims.PAIRED
        if (
            token.dep_ == "conj"
            and not determiners
            and not paired
            and not any(c.lower_ in {"were", "are", "have"} for c in harm.trigger.children)
        ):
            return 0, ""  # "a poet and translator was killed": one person
        known, count, _ = lexicon.people().get(token.lower_, lexicon.NOT_LISTED)
        if known not in lexicon.PERSON and not (not known and determiners and lexicon.PERSON_ENDING.search(token.lower_)):
            return 0, ""
        if determiners & {"a", "an"}:
            count = max(count, 1)  # "a security personnel"
        return count, "definite" if determiners & {"the", "this", "that"} else "new"
    if token.tag_ == "JJ" and token.text[0].isupper() and determiners & {"a", "an", "another"}:
        return 1, "new"
    if (
        token.tag_ == "NNS"
        and "both" in determiners
        and not _coupled(token)
        and (lexicon.is_person(token) or lexicon.PERSON_ENDING.search(token.lower_))
    ):
        return 2, "definite"
    alone = token.tag_ == "NNPS" and any(c.lower_ in {"was", "is", "has"} for c in harm.trigger.children)
    if token.tag_ == "NNP" or (alone and not lexicon.kind(token)):
        first = phrases.phrase_start(token)
        other = (
            (first.i > 0 and first.nbor(-1).lower_ in phrases.LOCATIVE)  # "In Leeds, a driver was killed"
            or lexicon.kind(token) in {"cause", "not_person"}
            or digits.is_month(token.text)
            or (token.lower_.endswith("s") and "the" in determiners)
        )
        return (0 if other else 1), "name"
    if token.lower_ in SINGLE:
        return 1, "definite"
    return int(token.lower_ in {"another", "someone", "somebody"}), "new"


def _coupled(noun: Token) -> bool:
    """ "Both local and foreign fighters": "both" belongs to the "and"."""
    return any(c.dep_ in {"conj", "cc"} for m in [noun, *noun.children] for c in m.children if m.i <= noun.i)
