"""Does the text say, in whatever voice, that a deed happens or happened: not denied, wished, planned, feared or only possible?"""

from spacy.tokens import Token

from samestory import phrases
from samestory.casualties import happened
from samestory.framing import arranged
from samestory.framing.passives import BE

BARELY = frozenset("hardly scarcely barely nearly almost narrowly".split())
NOBODY = happened.NEVER | BARELY
ANYONE = frozenset("any anyone anybody anything whoever whatever whichever".split())
FIRST = frozenset("first last latest second third fourth fifth only next".split())
PREVENTING = frozenset({"without", "against"})
OUT_OF = frozenset("of in over to on for with by from at about".split())
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
LATER = frozenset("after before since when while as because once until although though despite".split())


def asserted(deed: Token, *, carrier: Token | None = None) -> bool:
    """Does the text say that this deed happens or happened?

    `carrier`: the light verb of a noun ("carry out killings"). Goes from the deed up to the main verb: "not", "nobody", modals, "if", "to"
    without a verb that tells success ("managed to"), words of wish, plan, threat, fear, attempt and denial (`data/realis.csv`),
    questions and imperatives leave it open. Relative and adverbial clauses stand for themselves; a deed that somebody condemns or ends
    happened.
    """
    if arranged.played(deed) or arranged.reported_and_denied(deed):
        return False
    if deed.tag_[:2] == "VB" and not phrases.names_a_deed(deed):
        return _clause(deed)
    return _named(deed, carrier)


def _clause(verb: Token) -> bool:
    here, modals, asked = verb, True, True
    for _ in range(10):
        if _regretted(here):  # "should not have been arrested"
            return True
        if _negated(here) or (modals and _open(here)):
            return False
        if here.head is here or here.dep_ == "ROOT":
            break
        if here.dep_ == "conj":
            head = here.head
            finite = here.tag_ in {"VBD", "VBZ", "VBP"} and head.tag_ in {"VB", "VBN", "VBG"}
            own = any(c.dep_ in SUBJECTS for c in here.children)
            if finite or own or any(c.dep_ == "aux" for c in here.children):
                while head.dep_ == "conj" and head.head is not head:
                    head = head.head
                if _stands_alone(head):  # a main clause of its own
                    break
                modals = False
                here = _above(head)
                if here is None or _doubted(here):
                    return here is None
                continue
            here = head
            continue
        if _infinitive(here):
            if here.head.lower_ not in happened.listed("factive") | happened.listed("realised") or arranged.aimed_at(here):
                return _ordinal(here)
            here = here.head
            continue
        if _told_of(here):
            return not _called_false(here.head) and not happened.denied_by_somebody(here.head)
        if _stands_alone(here):
            asked = False
            if _generic(here):
                return False
            break
        if here.dep_ == "advcl":  # "could sink, drowning forty passengers"
            here = here.head
            continue
        above = _above(here)
        if above is None or _asks_who(here):
            break
        if here.head.lower_ in PREVENTING or arranged.all_but(here) or (_doubted(above) if _told(here) else _cancels(above)):
            return False
        if here.dep_ == "acl" and above.tag_ in phrases.NOUNS:
            return not _called_false(above) and not happened.denied_by_somebody(above)
        if above.lower_ in happened.listed("ended"):
            return True
        modals = here.dep_ == "xcomp" or (modals and here.dep_ == "acomp")  # "will be able to leave"
        here = above
    return not (asked and not _asks_who(verb) and verb.sent.text.rstrip(" \n”’\"'").endswith("?"))


def _asks_who(verb: Token) -> bool:
    """ "It is not clear who shot him", "Why did they flee?": asked is who or why, not whether."""
    return any(c.tag_ in {"WP", "WRB", "WP$", "WDT"} and c.lower_ not in happened.CONDITIONS and c.i < verb.i for c in verb.children)


def _regretted(verb: Token) -> bool:
    words = {c.lower_ for c in verb.children}
    return {"should", "have"} <= words and any(c.dep_ == "neg" for c in verb.children)


def _negated(verb: Token) -> bool:
    """Do the words around a verb deny it: "not", "never", "nobody", "neither side"?"""
    for c in verb.children:
        if c.dep_ == "neg" or (c.dep_ in {"aux", "mark", "advmod", "preconj", "cc"} and c.lower_ in NOBODY):
            return not any(g.lower_ == "only" and g.i == c.i + 1 for g in verb.children)
        if c.dep_ in SUBJECTS and (c.lower_ in happened.NEVER or any(g.lower_ in NOBODY for g in _modifiers(c))):
            return True
        if c.dep_ == "dobj" and (c.lower_ in happened.NEVER or any(g.lower_ in {"no", "neither"} for g in c.children)):
            return True
    return False


def _modifiers(subject: Token) -> list[Token]:
    """The words in front of a noun, and those of its determiner ("hardly any"); not those of its number ("nearly forty")."""
    return [g for c in subject.children for g in (c, *(c.children if c.dep_ == "det" else ()))]


def _open(verb: Token) -> bool:
    """Do a modal, a condition, an order or a wish leave open whether it happens?"""
    kids = [c for c in verb.children if c.dep_ in {"aux", "auxpass", "mark"}]
    words = {c.lower_ for c in kids}
    if words & happened.UNREAL or words & happened.CONDITIONS:
        return True
    if any(c.lower_ in happened.CONDITIONS for c in verb.children if c.dep_ in {"advmod", "prep"}):
        return True
    first = kids[0] if kids else verb
    if "to" in words:
        return False
    if first.tag_ == "VB" and (first.dep_ != "mark"):
        helped = verb.dep_ in {"ccomp", "xcomp"} and verb.head.lower_ in happened.listed("realised") | happened.listed("factive")
        return not (helped or verb.dep_ == "conj")  # "Release him", "demanded that he be released"
    had = next((c for c in kids if c.lower_ in {"had", "should", "were"}), None)
    subject = phrases.child(verb, *SUBJECTS)
    return had is not None and subject is not None and had.i < subject.i and had.lower_ == "had"  # "Had they attacked, ..."


def _infinitive(verb: Token) -> bool:
    return any(c.tag_ == "TO" for c in verb.children) and verb.dep_ != "conj"


def _ordinal(verb: Token) -> bool:
    """ "The first town to be shelled": the deed of a person or thing counted among those that did or suffered it."""
    return verb.dep_ in {"acl", "relcl"} and (verb.head.lower_ in FIRST or any(c.lower_ in FIRST for c in verb.head.children))


def _stands_alone(verb: Token) -> bool:
    """Does this clause stand for itself, whatever becomes of the one above it?"""
    if verb.dep_ in {"ROOT", "relcl", "parataxis"} or (verb.dep_ == "acl" and verb.tag_ in {"VBN", "VBG"}):
        return phrases.child(verb, "mark") is None or verb.dep_ != "acl"
    if verb.dep_ == "acl" and verb.tag_ == "VBD":
        return phrases.child(verb, "mark") is None
    if verb.dep_ == "advcl":
        return verb.tag_ != "VBG" or any(c.lower_ in LATER for c in verb.children)
    return verb.dep_ == "pcomp" and verb.head.lower_ in LATER


def _told_of(verb: Token) -> bool:
    """ "Reports that soldiers looted shops": what the noun tells, though the parser takes it for a relative clause."""
    that = next((c for c in verb.children if c.lower_ == "that" and c.i == verb.head.i + 1), None)
    if verb.dep_ != "relcl" or that is None:
        return False
    others = [c for c in verb.children if c.dep_ in {*SUBJECTS, "dobj"} and c is not that]
    return that.dep_ == "mark" or (that.dep_ == "dobj" and len(others) > 1)


def _generic(verb: Token) -> bool:
    """ "Anyone who blocks the road": nobody in particular."""
    noun = verb.head
    return verb.dep_ in {"relcl", "acl"} and (noun.lower_ in ANYONE or any(c.lower_ in ANYONE | {"no"} for c in noun.children))


def _above(word: Token) -> Token | None:
    """The word on which this clause depends: past a preposition the verb, noun or adjective that it hangs on."""
    if word.head is word:
        return None
    if word.dep_ in {"pcomp", "pobj"}:
        return word.head.head if word.head.lower_ in OUT_OF | PREVENTING else None
    return word.head


def _told(verb: Token) -> bool:
    """Is this a clause with a tense of its own, as after "asked whether", "told them that": not "asked them to"?"""
    return verb.dep_ == "ccomp" and any(t.tag_ in {"VBD", "VBZ", "VBP"} for t in (verb, *verb.children) if t is verb or t.dep_[:3] == "aux")


def _doubted(word: Token) -> bool:
    """Does a word leave open even what a clause with a tense says under it?"""
    return any(word.lower_ in happened.listed(kind) for kind in ("doubted", "risk", "denial", "false")) and not _said_of_past(word)


def _cancels(word: Token) -> bool:
    """Does a word leave open or deny what depends on it?"""
    low = word.lower_
    return any(low in happened.listed(kind) for kind in ("unrealised", "risk", "denial", "false")) and not _said_of_past(word)


def _said_of_past(word: Token) -> bool:
    """ "Is feared drowned", "is reported to have fled": told as what happened, not as what may come."""
    return word.tag_ == "VBN" and word.lower_ in happened.listed("factive") and phrases.child(word, "auxpass") is not None


def _called_false(noun: Token) -> bool:
    """ "Reports that soldiers looted shops were false"."""
    if noun.dep_ not in SUBJECTS:
        return False
    verb = noun.head
    said = [c for c in verb.children if c.dep_ in {"acomp", "attr", "oprd"}] if verb.lower_ in BE else [verb]
    return any(w.lower_ in happened.listed("false") | happened.listed("denial") for w in said) and not _negated(verb)


def _named(noun: Token, carrier: Token | None) -> bool:
    """A named deed is as real as the verb that makes it happen; with any other it is taken as known, unless a word above leaves it open."""
    words = {c.lower_ for c in noun.children if c.dep_ in {"det", "amod", "neg", "compound", "nmod", "preconj"}}
    if carrier is None and _rhetorical(noun):
        return True
    if words & (happened.NEVER | {"any"}) or words & happened.listed("not yet"):
        return False
    if carrier is not None:
        return _clause(carrier)
    here = noun
    while here.dep_ == "conj" and here.head.tag_ in phrases.NOUNS:
        here = here.head
        if any(c.lower_ == "no" for c in here.children):
            return False
    if arranged.agreed(noun) or arranged.agreed(here):
        return False
    verb = here.head
    if here.dep_ in SUBJECTS and arranged.ahead(here):
        return False
    if here.dep_ in {"dobj", "attr", *SUBJECTS} and verb.tag_[:2] in {"VB", "MD"}:
        if here.dep_ not in SUBJECTS and any(c.dep_ == "prt" and c.lower_ == "out" for c in verb.children) and verb.lower_[:3] == "rul":
            return False
        undone = (here.dep_ in {"dobj", "attr"} and phrases.child(verb, "oprd") is None) or (
            here.dep_ == "nsubjpass" and phrases.child(verb, "xcomp") is None
        )
        if undone and _cancels(verb) and not _of_known(here, verb):
            return False
        happens = (
            verb.lower_ in happened.listed("event") or verb.lower_ in happened.listed("causing") or phrases.child(verb, "expl") is not None
        )
        return _clause(verb) if happens else True
    if here.dep_ == "pobj":
        return _behind(here)
    return True


def _rhetorical(noun: Token) -> bool:
    """ "Is there no killing that keeps you awake?" takes it that there are some; "Is there no deal that could save them?" does not."""
    verb, clause = noun.head, phrases.child(noun, "relcl") or next((c for n in noun.subtree for c in n.children if c.dep_ == "relcl"), None)
    asked = verb.lower_ in {"is", "are"} and phrases.child(verb, "expl") is not None and verb.i < phrases.child(verb, "expl").i
    if not asked or clause is None or not noun.sent.text.rstrip(" \n”’\"'").endswith("?"):
        return False
    return not any(c.lower_ in happened.UNREAL or c.dep_ == "neg" for c in clause.children) and not _infinitive(clause)


def _of_known(noun: Token, verb: Token) -> bool:
    """ "Ordered the massacre", "call off their protest", "escaped the attack": these take a deed that is there."""
    known = any(c.dep_ == "poss" or c.lower_ in {"the", "this", "that", "these", "those"} for c in noun.children)
    return known and (verb.lower_[:5] in {"order", "escap"} or (verb.lower_[:4] == "call" and phrases.child(verb, "prt") is not None))


def _behind(noun: Token) -> bool:
    """A deed behind a preposition: "fears of", "called for", "without", "an end to"."""
    before = noun.head
    if before.lower_ in {"without", "lest"} or (before.lower_ == "of" and before.head.lower_ in {"case", "instead", "event"}):
        return False
    above = before.head
    if before.lower_ in {"in", "of", "over", "about", "to", "for", "against", "on", "from", "with", "by", "into"}:
        if before.lower_ == "against":
            return above.lower_ not in happened.listed("risk") | happened.listed("warning")
        if _cancels(above) and before.lower_ in {"of", "for", "to", "over", "about", "on", "from"}:
            return above.tag_[:2] == "VB" and before.lower_ not in {"for", "from", "on"}
        if before.lower_ == "of" and above.dep_ == "pobj" and above.tag_ in phrases.NOUNS:
            return _behind(above)  # "calls for an end of the attack" is one step further; "fears of a wave of attacks"
        if before.lower_ in {"in", "to"} and above.lower_ in happened.listed("causing"):
            return _clause(above)
    return True
