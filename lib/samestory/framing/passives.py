"""Passives: participles with and without a form of "be", who acts in them and who suffers."""

from spacy.tokens import Token

from samestory import phrases

PARTICIPLES = {"VBN", "VBD"}
BE = frozenset("be am is are was were been being get gets got gotten getting".split())
# After "by" these say when or by how much, not who.
MEASURES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october "
    "november december today tomorrow morning noon afternoon evening night midnight weekend end beginning day days week weeks month "
    "months year years hour hours minutes time then now mail post phone email telephone hand "
    "land sea air road rail bus train plane car boat "
    "percent % votes points goals metres miles kilometres mistake accident chance force law default means way".split()
)


def passive_form(verb: Token) -> str:
    """`passive` for a participle under a form of "be" or "get", `reduced_passive` for one without, empty for any other verb."""
    if verb.tag_ not in PARTICIPLES or verb.lower_ == "been" or _runs_on(verb):
        return ""
    kids = {c.dep_ for c in verb.children}
    hyphenated = verb.dep_ == "acomp" and verb.i > 0 and verb.nbor(-1).text == "-"  # the parser takes "re-elected" for an adjective
    if "auxpass" in kids or (hyphenated and verb.head.lower_ in BE):
        return "passive"
    if verb.tag_ == "VBD" and not (verb.dep_ == "acl" and "agent" in kids):
        return ""
    if kids & {"aux", "nsubj"}:
        return ""
    if verb.dep_ == "conj" and passive_form(verb.head) and not kids & {"nsubj", "dobj"}:
        return passive_form(verb.head)
    if "nsubjpass" in kids:
        return "passive" if verb.dep_ in {"xcomp", "conj"} else "reduced_passive"
    if verb.dep_ == "acl":
        return "reduced_passive"
    if verb.dep_ in {"advcl", "ROOT"} and ("agent" in kids or (verb.dep_ == "advcl" and not kids & {"dobj"})):
        return "reduced_passive"
    return ""


def _runs_on(token: Token) -> bool:
    """Is this only the first part of a word with a hyphen, as the tokeniser cuts it ("re" in "re-elected")?"""
    following = token.doc[token.i + 1 : token.i + 2].text
    return following in {"-", "‑"} and not token.whitespace_


def verb_span(verb: Token) -> tuple[int, int]:
    """A verb with the parts in front of its hyphens."""
    first = verb
    while first.i >= 2 and first.nbor(-1).text in {"-", "‑"} and not first.nbor(-1).whitespace_ and not first.nbor(-2).whitespace_:
        first = first.nbor(-2)
    return first.idx, verb.idx + len(verb)


def by_agent(verb: Token) -> Token | None:
    """Who acts in a passive: the noun of its by-phrase, shared between joined verbs; not a time, a means (-ing) or a place."""
    for by in verb.children:
        if by.lower_ == "by" and by.dep_ in {"agent", "prep"}:
            noun = phrases.child(by, "pobj")
            if noun is not None and noun.lower_ not in MEASURES and noun.tag_ in phrases.NOUNS | {"PRP", "DT", "JJ", "WP", "WDT"}:
                return noun
    return None


def patient_of(verb: Token) -> Token | None:
    """Who suffers in a passive: its subject, the noun it modifies, or the subject it shares with another verb."""
    own = phrases.child(verb, "nsubjpass", "nsubj", "csubjpass")
    if own is not None:
        return phrases.antecedent(own, verb)
    if verb.dep_ == "acl":
        return verb.head
    return phrases.subject(verb)
