"""Is a deed told only as what is agreed, aimed at, all but done, played, or reported by those whom the text has somebody contradict?"""

import functools

from spacy.tokens import Token

from samestory import phrases
from samestory.casualties.happened import UNREAL, listed
from samestory.framing.passives import BE
from samestory.lists import read_list

KNOWN = frozenset("the this that these those".split())  # "posed as survivors of the massacre": there was one
ABOUT = frozenset({"of", "about"})
PHRASE = frozenset("pobj prep pcomp conj acl compound nmod amod attr".split())
HARM = frozenset("killing attack injury abuse accident explosion destruction theft".split())


def agreed(noun: Token) -> bool:
    """ "A deal for the evacuation", "an evacuation plan": agreed, not done. A "deal for the murder" settles one that was done."""
    if phrases.inside_phrase(noun):
        return noun.head.lower_ in listed("arranged")
    if noun.dep_ != "pobj" or noun.head.lower_ not in {"for", "on"} or noun.lower_ in _harms():
        return False
    above = noun.head.head
    if noun.head.lower_ == "on":
        return above.lower_ in listed("arranged")
    beside = [c for c in above.children if c.dep_ in {"dobj", "nsubjpass"} and c.i < noun.i] if above.tag_[:2] == "VB" else []
    return any(t.lower_ in listed("arranged") | listed("details") for t in (above, *beside))


@functools.cache
def _harms() -> frozenset[str]:
    rows = read_list("deeds").itertuples()
    return frozenset(form for row in rows if row.kind == "noun" and row.deed in HARM for form in row.forms.split())


def aimed_at(verb: Token) -> bool:
    """ "An operation to retake the town": the noun in front of "to" has this aim, whatever verb the parser hangs it on."""
    to = next((c for c in verb.children if c.tag_ == "TO"), None)
    return to is not None and to.i > 0 and to.nbor(-1).lower_ in listed("arranged") | listed("details") | listed("operation")


def all_but(verb: Token) -> bool:
    """ "On the brink of retaking", "hours away from seizing"."""
    return verb.dep_ == "pcomp" and verb.head.i > 0 and verb.head.nbor(-1).lower_ in listed("near")


def who_is_near(verb: Token) -> Token | None:
    """Who is "on the brink of retaking" a town: subject of the verb "be" above, or what "with" names ("with the army close to ...")."""
    if not all_but(verb):
        return None
    here = verb.head
    while here.dep_ != "ROOT" and here.head.i != here.i:
        here = here.head
        own = phrases.child(here, "nsubj")
        if own is not None and own.tag_ != "EX" and here.lower_ in BE | {"come", "comes", "came", "stand", "stands", "stood"}:
            return phrases.antecedent(own, here)
    start = max(verb.sent.start, verb.head.i - 8)
    with_ = next((t for t in reversed(verb.doc[start : verb.head.i]) if t.lower_ == "with"), None)
    return phrases.child(with_, "pobj") if with_ is not None else None


def ahead(noun: Token) -> bool:
    """Does the verb of which this deed is the subject say that it is still to come: "is imminent", "would mean", "an attack could"?"""
    verb = noun.head
    if verb.lower_ in BE:
        said = [c for c in verb.children if c.dep_ in {"acomp", "attr", "oprd"}]
        if any(w.lower_ in listed("not yet") for w in said):
            return True
    aux = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    if noun.dep_ != "nsubj" or "have" in aux:
        return False
    words = {c.lower_ for c in noun.children if c.dep_ == "det"}
    would = bool(aux & {"would", "'d", "’d"}) and verb.lower_ in listed("would") and not words & (KNOWN - {"the"})
    return would or (bool(aux & UNREAL) and bool(words & {"a", "an"}))


def played(deed: Token) -> bool:
    """ "Presented as victims of bombings", "made out to be the target of an attack": a part that somebody plays or is given."""
    if any(c.lower_ in KNOWN for c in deed.children):
        return False
    here = deed
    for _ in range(8):
        if here.dep_ not in PHRASE or here.head is here:
            return False
        if here.lower_ == "as" and here.head.lower_ in listed("played"):
            return True
        if here.dep_ == "attr":
            made = here.head.head
            out = phrases.child(made, "prt")
            return here.head.lower_ == "be" and made.lower_[:2] == "ma" and out is not None and out.lower_ == "out"
        here = here.head
    return False


def reported_and_denied(deed: Token) -> bool:
    """ "Dismissed the criticism and reports of civilians being shot", "claims of a massacre were false": denied is what the reports tell.

    "Dismissed criticism of the massacre" denies no massacre. The words decide what a report tells ("reports of ..."), as parsers err on
    what hangs on which of two joined nouns.
    """
    report = _report(deed)
    if report is None:
        return False
    here = report
    for _ in range(8):
        head = here.head
        if here.dep_ == "nsubjpass" and head.dep_ == "conj" and phrases.child(head, "auxpass") is not None and _bare(head):
            head = head.head  # "being shot", taken for the verb of which "reports" is the subject
        elif here.dep_ not in PHRASE | {"dobj", "nsubjpass", "appos"}:
            return False
        if head is here:
            return False
        if head.tag_[:2] == "VB" and head.lower_ in listed("denial"):
            return not any(c.dep_ == "neg" for c in head.children)
        if head.tag_[:2] in {"VB", "MD"}:
            return False
        here = head
    return False


def _bare(verb: Token) -> bool:
    """Is this a participle that cannot be the verb of a sentence, with no "be" or "have" but perhaps "being"?"""
    return not any(c.dep_[:3] == "aux" and c.tag_ != "VBG" for c in verb.children)


def _report(deed: Token) -> Token | None:
    """The "reports" that tell a deed: in front of its phrase or of the subject of its participle ("reports of people being shot")."""
    first = deed
    if deed.tag_[:2] == "VB" and deed.tag_ not in {"VBG", "VBN"}:
        return None
    if deed.tag_[:2] == "VB":
        if not _bare(deed):
            return None
        own = phrases.child(deed, "nsubj", "nsubjpass")
        first = own or (deed.head if deed.dep_ == "acl" else deed)
        if own is not None and own.lower_ in listed("told"):
            return own
    while first.dep_ == "conj" and first.head.i < first.i and first.head.tag_[:2] == first.tag_[:2]:
        first = first.head
    at = first.i
    while (
        at > first.sent.start
        and (first.doc[at - 1].head is first or phrases.inside_phrase(first.doc[at - 1]))
        and first.doc[at - 1].dep_ != "case"
    ):
        at -= 1
    before = first.doc[max(first.sent.start, at - 2) : at]
    return before[0] if len(before) == 2 and before[1].lower_ in ABOUT and before[0].lower_ in listed("told") else None
