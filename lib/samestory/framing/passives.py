"""Passives: participles with and without a form of "be", who acts in them and who suffers."""

from spacy.tokens import Token

from samestory import phrases
from samestory.framing import participles

PARTICIPLES = {"VBN", "VBD"}
BE = frozenset("be am is are was were been being get gets got gotten getting".split())
# After "by" these say when or by how much, not who ...
TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october "
    "november december today tomorrow morning noon afternoon evening night midnight weekend end beginning day days week weeks month "
    "months year years hour hours minutes time then now percent % votes points goals metres miles kilometres default way means".split()
)
# ... and these say how, when they stand alone: "by car", but "hit by a car".
MEANS = frozenset(
    "mail post phone email telephone hand land sea air road rail bus train plane car boat mistake accident chance force law".split()
)
MEASURES = TIMES | MEANS
BARE = MEANS | frozenset(
    "ship truck helicopter ferry taxi bike foot fax letter courier satellite video lot ballot vote decree design necessity proxy turns "
    "acclamation consensus appointment order marriage birth name nature surprise storm trade profession dawn dusk nightfall".split()
)
AMOUNTS = frozenset("third half quarter fifth margin fraction".split())
PLACES = frozenset("river roadside lake road door window side sea shore beach canal fence gate wall entrance grave".split())
DOERS = phrases.NOUNS | {"PRP", "DT", "JJ", "WP", "WDT"}


def passive_form(verb: Token) -> str:
    """`passive` for a participle under a form of "be" or "get", `reduced_passive` for one without, empty for any other verb.

    What "and" joins to a passive shares its form. A small parser errs most on participles without "be", so the grammar around them has
    the last word (`participles`): "The man shot in the raid died" has a passive, "A device detonated" has none.
    """
    if verb.tag_ not in PARTICIPLES or verb.lower_ == "been" or _runs_on(verb) or not verb.is_alpha:
        return ""
    kids = {c.dep_ for part in _parts(verb) for c in part.children}
    if "auxpass" in kids or _hyphenated(verb) or participles.before_be(verb) is not None:
        return "" if _perfect(verb) or _state(verb) else "passive"
    if "aux" in kids:
        return ""
    acted = _own_agent(verb) is not None
    host = _joined_to(verb, acted=acted)
    if host is not None:
        return passive_form(host) if participles.keeps_object(verb) else ""
    if "nsubjpass" in kids and verb.tag_ == "VBN":
        return "passive" if verb.dep_ in {"xcomp", "conj"} else "reduced_passive"
    return "reduced_passive" if participles.stands_bare(verb, acted=acted) else ""


def _hyphenated(verb: Token) -> bool:
    """Does the parser take "re-elected" for an adjective behind "was"?"""
    return verb.dep_ == "acomp" and verb.i > 0 and verb.nbor(-1).text == "-" and verb.head.lower_ in BE


def _perfect(verb: Token) -> bool:
    """Is this "'s" short for "has" ("She's gone to Paris")?"""
    if phrases.child(verb, "agent") is not None or not any(c.dep_ == "auxpass" and c.lower_ in {"'s", "’s"} for c in verb.children):
        return False
    tries = verb.lower_ in participles.words("perfect") and phrases.child(verb, "xcomp") is not None
    return tries or verb.lower_ in participles.words("no object") or verb.lower_ == "had" or not participles.keeps_object(verb)


def _state(verb: Token) -> bool:
    """Does "be" say a state with this participle ("is packed", "are concerned"), as nobody acts and nothing goes on?"""
    if verb.lower_ not in participles.words("state") or phrases.child(verb, "agent") is not None:
        return False
    return not any(c.dep_ == "auxpass" and c.lower_ in {"being", "get", "gets", "got", "getting"} for c in verb.children)


def _joined_to(verb: Token, *, acted: bool) -> Token | None:
    """The earlier participle that "and" joins this one to, be it in another clause ("was killed and five others injured").

    A past tense ("was arrested and died") goes with it only if it cannot be finite: it lacks an object, has a by-phrase, or is joined
    itself to a participle.
    """
    if phrases.child(verb, "nsubjpass") is not None or not (acted or participles.may_be_passive(verb)):
        return None
    own = phrases.child(verb, "nsubj")
    if own is not None and (own.lower_ in participles.NOMINATIVES or phrases.child(verb, "prt") is not None):
        return None
    lacking = participles.object_of_deeds().get(verb.lower_) == "needs" and participles.thing(verb) is None
    listed = any(c.dep_ == "conj" and c.tag_ == "VBN" and phrases.child(c, "aux", "auxpass") is None for c in verb.children)
    bare = verb.tag_ == "VBN" or acted or lacking or (listed and own is None)
    if not bare:
        return None
    if verb.dep_ == "conj" and verb.head.i < verb.i and passive_form(verb.head):
        return verb.head
    at = verb.i - 1
    if own is not None:  # "three were charged, and a fourth released": the parser may hang the noun on anything
        at = own.left_edge.i - 1 if own.i < verb.i else at
    elif verb.dep_ == "acl" and verb.head.i == verb.i - 1 and verb.head.dep_ == "conj":
        at = verb.head.left_edge.i - 1
    while at > verb.sent.start and verb.doc[at].tag_ == "RB":
        at -= 1
    if at <= verb.sent.start or verb.doc[at].tag_ != "CC":
        return None
    for token in reversed(verb.doc[max(verb.sent.start, at - 15) : at]):
        if token.tag_ == "VBN":
            return token if passive_form(token) else None
        if own is not None or token.tag_ in {"VBZ", "VBP", "MD"}:
            return None
    return None


def _runs_on(token: Token) -> bool:
    """Is this only the first part of a word with a hyphen, as the tokeniser cuts it ("re" in "re-elected")?"""
    following = token.doc[token.i + 1 : token.i + 2].text
    return following in {"-", "‑"} and not token.whitespace_


def _parts(verb: Token) -> list[Token]:
    """A verb with the parts in front of its hyphens, last first: the parser may hang the "was" of "was re-elected" on any of them."""
    parts = [verb]
    while parts[-1].i >= 2 and parts[-1].nbor(-1).text in {"-", "‑"}:
        hyphen, before = parts[-1].nbor(-1), parts[-1].nbor(-2)
        if hyphen.whitespace_ or before.whitespace_:
            break
        parts += [hyphen, before]
    return parts


def verb_span(verb: Token) -> tuple[int, int]:
    """A verb with the parts in front of its hyphens."""
    return _parts(verb)[-1].idx, verb.idx + len(verb)


def by_agent(verb: Token) -> Token | None:
    """Who acts in a passive: the noun of its by-phrase; not a time, a means (-ing) or a place.

    The phrase may hang on a name, date or number in between ("held in Lyon on Friday by police"), which cannot have one of its own, and
    counts for both of two verbs that only "and" stands between ("shot and killed by police").
    """
    own = _own_agent(verb) or _beyond_names(verb)
    if own is not None:
        return own
    return next((noun for other in participles.directly_joined(verb) if (noun := _own_agent(other)) is not None), None)


def _own_agent(verb: Token) -> Token | None:
    for by in verb.children:
        if by.lower_ == "by" and by.dep_ in {"agent", "prep"} and (noun := _doer(by, verb)) is not None:
            return noun
    return None


def _doer(by: Token, verb: Token) -> Token | None:
    """The noun behind "by", if it says who or what."""
    noun = phrases.child(by, "pobj")
    if noun is None or noun.tag_ not in DOERS or noun.lower_ in TIMES or _runs_on(noun):
        return None
    if by.i < verb.i and noun.tag_ not in {"WP", "WDT"}:  # "By contrast, ..."
        return None
    if noun.lower_ in AMOUNTS:
        return None
    if noun.lower_ in BARE and not any(c.dep_ in {"det", "poss", "amod", "nummod", "compound"} for c in noun.children):
        return None
    if noun.lower_ in PLACES and verb.lower_ in participles.words("placed"):
        return None
    return noun


def _beyond_names(verb: Token) -> Token | None:
    for token in verb.doc[verb.i + 1 : verb.sent.end]:
        if token.tag_[:2] == "VB" or token.tag_ in {"MD", "CC", ":", ","}:
            return None
        if token.lower_ == "by" and token.dep_ in {"prep", "agent"} and token.head is not verb:
            anchor = token.head
            free = anchor.tag_ in phrases.NAMES | {"CD", "PRP"} or anchor.lower_ in participles.TIMES or anchor.head.lower_ == "to"
            return _doer(token, verb) if free and anchor.i > verb.i else None
    return None


def patient_of(verb: Token) -> Token | None:
    """Who suffers in a passive: its subject, the noun it modifies, or the subject it shares with another verb."""
    for word in (*_parts(verb), *(c for part in _parts(verb) for c in part.children if c.dep_ in {"auxpass", "aux"})):
        own = phrases.child(word, "nsubjpass", "nsubj", "csubjpass")
        if own is not None:
            return phrases.antecedent(own, verb)
    if (be := participles.before_be(verb)) is not None:
        behind = [c for c in (*be.children, *verb.children) if c.i > be.i and c.dep_ in {"nsubj", "nsubjpass", "attr", "dobj", "oprd"}]
        return behind[0] if behind else None
    if verb.dep_ == "acomp":
        return phrases.child(verb.head, "nsubj", "nsubjpass") or phrases.subject(verb.head)
    host = _joined_to(verb, acted=_own_agent(verb) is not None)
    if verb.dep_ == "acl" and (host is None or verb.head.i > host.i):
        return verb.head
    if host is not None:
        return patient_of(host)
    return phrases.subject(verb)
