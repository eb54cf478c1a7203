"""What a participle without a form of "be" is: a passive, or the verb of its clause under a wrong tag?"""

import functools
from collections.abc import Iterator

from spacy.tokens import Token

from samestory import phrases
from samestory.lists import read_list

WITH = frozenset({"with", "without"})
MARKERS = frozenset("when whenever if unless as while once until till though although than where wherever whether".split())
NOMINATIVES = frozenset("i he she we they who".split())
# "every day", "that night" behind a verb say when: no object
TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november "
    "december today tomorrow yesterday morning noon afternoon evening night tonight midnight weekend day days week weeks month months year "
    "years hour hours minute minutes second seconds time times season".split()
)
CAPTIVE = frozenset("hostage captive prisoner captives hostages prisoners".split())  # "held hostage": what they are held as
OBJECTS = phrases.NOUNS | {"PRP", "DT", "CD", "WP", "WDT"}
FINITE = {"VBD", "VBZ", "VBP", "MD"}
CLAUSES = {"ROOT", "ccomp", "advcl", "parataxis"}
SUBJECTS = {"nsubj", "nsubjpass", "csubj", "expl"}
BOUNDARIES = {"CC", ",", ":", "``", "''", "WDT", "WP", "WRB", "POS"}  # tags of what may end a clause
# Behind a verb with one of these the clause needs no object: "hit back", "shot at the crowd"
PLACED = {"prt", "xcomp", "ccomp", "acomp"}
BACK = frozenset("back out at on upon for".split())


@functools.cache
def words(kind: str) -> frozenset[str]:
    """The words of `data/participles.csv` of one kind."""
    return frozenset(row.word for row in read_list("participles").itertuples() if row.kind == kind)


@functools.cache
def object_of_deeds() -> dict[str, str]:
    """Does a verb form of `data/deeds.csv` take an object: `needs`, `may` or `none`."""
    out = {}
    for row in read_list("deeds").itertuples():
        forms = row.forms.split() if row.kind == "verb" else []
        out |= dict.fromkeys(forms, row.object)
        if len(forms) == 5:  # "broke" beside "broken": never a participle, so never a passive
            out[forms[2]] = "may"
    return out


def thing(verb: Token) -> Token | None:
    """The object of a verb; not a time, nor an adjective that the parser takes for one ("made public")."""
    for c in verb.children:
        noun = c.tag_ in OBJECTS or phrases.child(c, "det") is not None  # "a British national", tagged as an adjective
        if c.dep_ == "dobj" and noun and c.lower_ not in TIMES and c.lower_ not in CAPTIVE:
            return c
    return None


def keeps_object(verb: Token) -> bool:
    """Is there no object, or one that a passive keeps ("awarded a medal", "elected president")?"""
    return thing(verb) is None or (verb.tag_ == "VBN" and verb.lower_ in words("two objects"))


def may_be_passive(verb: Token) -> bool:
    """Can this form alone be a passive participle ("went", "arrived" and "determined" cannot)?"""
    return not any(verb.lower_ in words(kind) for kind in ("past only", "no object", "state"))


def stands_bare(verb: Token, *, acted: bool) -> bool:
    """Is this participle, which has no form of "be" and goes with no other, a passive? `acted`: a by-phrase names who did it."""
    own = phrases.child(verb, "nsubj", "csubj")
    if verb.lower_ in words("past only") or not keeps_object(verb):
        return False
    if verb.tag_ == "VBD" and any(c.dep_ == "ccomp" and phrases.child(c, "mark") is not None for c in verb.children):
        return False  # "charged that the bank had lied"
    if own is not None:
        return _with_subject(verb, own, acted=acted)
    if acted:
        return verb.dep_ not in {"amod", "compound"}
    if not may_be_passive(verb):
        return False
    if verb.dep_ == "acl":
        return not _must_be_finite(verb) and not (verb.tag_ == "VBD" and phrases.child(verb, "xcomp", "ccomp") is not None)
    if verb.dep_ in {"xcomp", "oprd", "acomp", "ccomp"} and verb.head.lower_ in words("found so"):
        return verb.lower_ in object_of_deeds()  # "reported killed", "found beaten"
    if _marked(verb):
        return True
    if verb.tag_ == "VBN" and verb.lower_ not in words("preposition"):
        return (verb.dep_ == "advcl" and not _runs_into(verb)) or (verb.dep_ == "ROOT" and _opens(verb))
    return False


def _with_subject(verb: Token, own: Token, *, acted: bool) -> bool:
    """Is this a passive although the parser gives it a subject of its own ("Two killed in raid", "with his hands tied")?"""
    if own.tag_ in {"WDT", "WP"}:
        return False
    if acted:
        return own.lower_ not in NOMINATIVES
    if not may_be_passive(verb):
        return False
    under = verb.dep_ in {"acl", "advcl", "pcomp", "dep"}  # not "Without a text, the minister faltered"
    if under and any(c.lower_ in WITH and c.i < own.i for c in (*verb.children, verb.head)):
        return True
    if own.lower_ in NOMINATIVES:
        return False
    small_clause = verb.dep_ == "ccomp" and phrases.child(verb, "mark") is None and own.i > verb.head.i
    done = verb.head.lower_ in words("has it done") or (verb.tag_ == "VBN" and verb.head.lower_ in words("sees it done"))
    if small_clause and done:
        return True
    if verb.tag_ == "VBN" and verb.dep_ == "ROOT" and not _full(verb) and phrases.child(verb, *PLACED) is None:
        return True  # headlines tell in the present tense, so this is no past
    return _leads_on(verb, own) or _lacks_object(verb)


def _lacks_object(verb: Token) -> bool:
    """Does this verb lack the object that it must have, so that it can only be a participle ("1,270 terrorists pardoned")?"""
    if object_of_deeds().get(verb.lower_) != "needs" or verb.dep_ == "relcl":
        return False
    joined = any(c.dep_ == "conj" and phrases.child(c, "dobj") is not None for c in verb.children)
    placed = any(c.dep_ in PLACED or (c.i == verb.i + 1 and c.lower_ in BACK) for c in verb.children)
    return not joined and not placed


def _leads_on(verb: Token, own: Token) -> bool:
    """Does a finite verb without a subject follow ("the man shot in the raid | died")? Then it has this one's, and this is a participle.

    A finite verb of English needs a subject or an "and"; parsers that read the first verb as finite leave the second without.
    """
    if (
        verb.dep_ == "relcl"
        or own.i > verb.i
        or own.lower_ in {"that", "this", "it"}
        or any(c.tag_ in {"WRB", "WP", "WDT"} for c in verb.children)
    ):
        return False
    between = [t for t in verb.doc[own.i + 1 : verb.i] if t.tag_ != "RB"]
    inserted = bool(between) and between[-1].tag_ in {",", ":"}  # "The firm, fined twice last year, | denied it"
    if any(t.tag_[:2] in {"VB", "MD"} or t.is_punct for t in (between[:-1] if inserted else between)):
        return False
    for token in verb.doc[verb.i + 1 : verb.sent.end]:
        if token.tag_ in FINITE and not (token.dep_ == "conj" and phrases.child(token, "agent") is not None):
            return not any(c.dep_ in SUBJECTS and c.i > verb.i for c in token.children)
        if inserted and token.tag_ in {",", ":"}:
            following = next((t for t in verb.doc[token.i + 1 : verb.sent.end] if t.tag_ != "RB"), verb)
            return following.tag_ in FINITE and not any(c.dep_ in SUBJECTS and c.i > verb.i for c in following.children)
        if token.tag_ == "CC" and _joins_inside(token, verb):
            continue
        if token.tag_ in BOUNDARIES or token.dep_ in {*SUBJECTS, "mark"}:
            return False
    return False


def _joins_inside(word: Token, verb: Token) -> bool:
    """Does this "and" stand between nouns behind the verb ("explosives and small steel balls"), or before a participle with "by"?"""
    if word.head.tag_ in phrases.NOUNS | {"CD"}:
        return word.head.i > verb.i
    return any(c.dep_ == "conj" and phrases.child(c, "agent") is not None for c in word.head.children)


def _must_be_finite(verb: Token) -> bool:
    """Is this the verb of a clause that has no other: "The device detonated", tagged as a participle of its own subject?

    Headlines and captions have none either, so their participles stay, as do those of verbs that need an object and have none.
    """
    noun = verb.head
    while noun.dep_ == "pobj" and noun.head.lower_ == "of":  # "one of the bombs"
        noun = noun.head.head
    if verb.i < noun.i or noun.tag_ not in OBJECTS:
        return False
    if object_of_deeds().get(verb.lower_) == "needs" and not any(c.dep_ in PLACED or c.lower_ in BACK for c in verb.children):
        return False
    if not (_full(verb) or phrases.child(noun, "mark") is not None) or _leads_on(verb, noun):
        return False
    if any(c.dep_ == "acl" and c.tag_ in {"VBN", "VBD"} and c.i > verb.i and verb.nbor(-1).tag_ == "," for c in noun.children):
        return False  # "The trial, expected in May, opened on Monday": the later one is the verb
    if noun.dep_ in CLAUSES or (noun.dep_ == "conj" and noun.head.tag_[:2] == "VB"):
        return True
    if noun.dep_ in SUBJECTS and noun.head.tag_ in {"VB", "VBG"} and not any(c.tag_ in FINITE for c in noun.head.children):
        return True  # "The mayor called for him to go": parsed as if "go" were the verb of the clause
    others = [t for t in verb.sent if t.tag_ == "VBN" and t.i != verb.i]
    return not any(t.tag_ in FINITE and t.i != verb.i for t in verb.sent) and not any(t.i > verb.i or thing(t) is not None for t in others)


def _full(verb: Token) -> bool:
    """Does the sentence of this verb end in a full stop, as headlines do not?"""
    last = next((t for t in reversed(list(verb.sent)) if not t.is_space), verb)
    return last.is_punct


def _before(verb: Token) -> Token:
    """The word in front of a verb, adverbs aside, or the verb itself where it opens its sentence."""
    at = verb.i - 1
    while at > verb.sent.start and verb.doc[at].tag_ == "RB":
        at -= 1
    return verb.doc[at] if at >= verb.sent.start else verb


def _marked(verb: Token) -> bool:
    """Does a conjunction stand directly in front ("when asked", "if convicted", "as expected")?"""
    before = _before(verb)
    if before.lower_ == "as" and verb.lower_ in words("preposition"):
        return False  # "as opposed to"
    return before is not verb and before.lower_ in MARKERS and before.tag_ in {"IN", "WRB", "RB", "CC"}


def _runs_into(verb: Token) -> bool:
    """Does the subject of the main clause follow without a comma, as behind no opening participle ("Turned out it was not")?"""
    own = phrases.child(verb.head, *SUBJECTS)
    return own is not None and verb.i < own.i and not any(t.is_punct for t in verb.doc[verb.i + 1 : own.i])


def _opens(verb: Token) -> bool:
    """Does this participle open its sentence, adverbs aside?"""
    if phrases.child(verb, "prt") is not None and phrases.child(verb, "ccomp") is not None:
        return False  # "Turned out that it was not"
    return all(t.tag_ in {"RB", "``", "''", "NFP", "HYPH", "_SP", ","} for t in verb.doc[verb.sent.start : verb.i])


def before_be(verb: Token) -> Token | None:
    """The "are" of "Included in the list are three ministers": a form of "be" behind a participle that opens the clause."""
    if not all(t.tag_ in {"RB", ",", "CC"} for t in verb.doc[verb.sent.start : verb.i]):
        return None
    for token in verb.doc[verb.i + 1 : verb.sent.end]:
        if token.lower_ in {"is", "are", "was", "were"}:
            later = any(c.dep_ in {"nsubj", "nsubjpass"} and c.i < token.i for c in (*token.children, *verb.children))
            return None if later else token
        if token.tag_ in FINITE or token.dep_ in {"nsubj", "nsubjpass"}:
            return None
    return None


def directly_joined(verb: Token) -> Iterator[Token]:
    """The participles joined to this one with nothing but "and" and adverbs between ("shot and later killed by")."""
    for c in verb.children:
        if c.dep_ == "conj" and c.i > verb.i and all(t.tag_ in {"CC", "RB", ","} for t in verb.doc[verb.i + 1 : c.i]):
            yield c
            yield from directly_joined(c)
