"""What does a verb of saying say? The words that depend on it, by the frames that `data/cues.csv` gives it."""

from spacy.tokens import Token

from samestory.quotes import lexicon
from samestory.quotes.cues import Cue

PREPOSITIONS = set("of for as against about on in at with to".split())
EMPTY_OBJECTS = set("it this that them these those him her us me you so what which who whom itself himself herself themselves".split())
WITH_OBJECT = {"whomof": "of", "whomfor": "for"}
OWN = set("nsubj aux advmod prep npadvmod dobj dative prt neg".split())
STARTS = set("DT NN NNS NNP NNPS PRP PRP$ JJ CD EX".split())
FINITE = set("VBD VBZ VBP MD".split())
OBJECTLESS = set("say add claim insist argue".split())  # verbs whose "object" is in truth the subject of what is said
REPEATING = set("echo repeat reiterate quote".split())
WORDS = set("word words remark remarks comment comments".split())
TOLL = set("life lives victim victims".split())
CLAUSES = ("ccomp", "xcomp", "advcl", "acl")


def complement(cue: Cue) -> tuple[list[tuple[int, int]], str]:
    """Token ranges `[a, b)` of what is said, in order, and by which frame; empty when the verb stands alone.

    A clause that the verb interrupts ("It is, he said, over") has two ranges. Source: ClearNLP dependencies as spaCy gives them.
    """
    token, frames = cue.token, cue.frames
    # What a relative clause says stands behind its verb: ", said Stone, who commands the fleet" says nothing
    left = [c for c in token.children if c.i < token.i and token.dep_ != "relcl"]
    right = [c for c in token.children if c.i > token.i and c is not cue.subject]
    objects = [c for c in right if c.dep_ in ("dobj", "dative", "obj") and not _is_time(c)]
    if "clause" in frames or "quote" in frames:
        clause = next((c for c in right if c.dep_ == "ccomp"), None)
        if clause is not None and _finite(clause):
            start = clause.left_edge.i
            if start <= token.i:
                return _around(cue, clause.left_edge.i, clause.right_edge.i + 1), "clause"
            if "whom" in frames and not objects and clause.left_edge.i == token.i + 1 and _infinitive(clause):
                return [(token.i + 1, clause.right_edge.i + 1)], "whom"
            return [(start, clause.right_edge.i + 1)], "clause"
        before = next((c for c in left if c.dep_ in ("ccomp", "dep") and c.tag_[:1] in "VMN"), None)
        if before is not None and before.dep_ == "ccomp" and cue.own and "clause" in frames:
            return _around(cue, before.left_edge.i, before.right_edge.i + 1), "clause"
        if (
            "clause" in frames
            and token.dep_ in ("parataxis", "ccomp")
            and cue.own
            and not objects
            and token.head.tag_.startswith("VB")
            and _aside(cue)
        ):
            host = token.head
            return _around(cue, host.left_edge.i, host.right_edge.i + 1), "clause"
    if "as" in frames and (role := _prep(right, "as")):
        first = objects[0].left_edge.i if objects and objects[0].i < role.i else role.i
        return [(first, role.right_edge.i + 1)], "as"
    for frame, word in WITH_OBJECT.items():
        if frame in frames and objects and (prep := _prep([*right, *objects[0].children], word)):
            return [(objects[0].left_edge.i, max(prep.right_edge.i, objects[0].right_edge.i) + 1)], frame
    if frames & {"whom", "whominf", "infinitive"}:
        verb = next((c for c in right if c.dep_ in CLAUSES and _infinitive(c)), None)
        if verb is not None:
            person = next((c for c in objects if c.i < verb.i), None)
            if person is not None and frames & {"whom", "whominf"}:
                return [(person.left_edge.i, verb.right_edge.i + 1)], "whom"
            if "infinitive" in frames or ("whom" in frames and verb.left_edge.i == token.i + 1):
                return [(verb.left_edge.i, verb.right_edge.i + 1)], "infinitive"
    if "whom" in frames and objects and any(t.lower_ == "to" and t.dep_ == "aux" for t in objects[0].subtree):
        return [(objects[0].left_edge.i, objects[0].right_edge.i + 1)], "whom"
    if "predicate" in frames:
        predicate = next((c for c in right if c.dep_ in ("oprd", "ccomp", "xcomp", "acomp")), None)
        if predicate is not None:
            first = min([predicate.left_edge.i, *(c.left_edge.i for c in objects)])
            return [(max(first, token.i + 1), predicate.right_edge.i + 1)], "predicate"
    if "gerund" in frames and (verb := next((c for c in right if c.dep_ == "xcomp" and c.tag_ == "VBG"), None)):
        return [(verb.left_edge.i, verb.right_edge.i + 1)], "gerund"
    if "object" in frames:
        thing = next((c for c in objects if c.lower_ not in EMPTY_OBJECTS), None)
        if thing is not None:
            return ([], "") if _taken(cue, right, thing) else (_object(right, thing), "object")
    if not objects:
        follows = token.nbor() if token.i + 1 < len(token.doc) else None
        if follows is not None and follows.lower_ in frames & PREPOSITIONS and follows.lower_ != "as":
            child = next((c for c in right if c.left_edge.i <= follows.i <= c.right_edge.i), None)
            if child is not None and child.right_edge.i > follows.i:
                return [(follows.i + 1, child.right_edge.i + 1)], "preposition"
    elif (prep := _prep([*right, *objects[0].children], *(frames & PREPOSITIONS))) and objects[0].i < prep.i:
        return [(objects[0].left_edge.i, prep.right_edge.i + 1)], "preposition"
    return _that(cue)


def noun_clause(noun: Token) -> tuple[Token, tuple[int, int]] | None:
    """The possessor and the clause of a noun of saying: "his claim that ..." gives `his` and the words after "that"."""
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    clause = next((c for c in noun.children if c.dep_ in ("acl", "ccomp") and c.i > noun.i and _that_clause(c)), None)
    if owner is None or clause is None:
        return None
    return owner, (clause.left_edge.i, clause.right_edge.i + 1)


def _object(right: list[Token], thing: Token) -> list[tuple[int, int]]:
    """The object with what belongs to it; of "concern that ..." only the clause."""
    if thing.lower_ in lexicon.nouns() and (clause := _clause_of(right, thing)) is not None:
        return [(clause.left_edge.i, clause.right_edge.i + 1)]
    end = thing.right_edge.i + 1
    for child in right:  # "criticised Moscow for its support", "welcomed the move as a step"
        if child.dep_ == "prep" and child.lower_ in ("for", "as", "with", "over", "about") and child.left_edge.i == end:
            end = child.right_edge.i + 1
    return [(thing.left_edge.i, end)]


def _clause_of(right: list[Token], noun: Token) -> Token | None:
    return next((c for c in [*noun.children, *right] if c.dep_ in ("acl", "ccomp") and c.i > noun.i and _that_clause(c)), None)


def _taken(cue: Cue, right: list[Token], thing: Token) -> bool:
    """Is this object no words at all: what is claimed as a prize ("claimed 20 lives"), or another's words repeated ("echoed his words")?"""
    if cue.entry.lemma == "claim":
        return thing.lower_ in TOLL or thing.tag_ == "CD" or any(c.dep_ == "nummod" for c in thing.children)
    return cue.entry.lemma in REPEATING and thing.lower_ in WORDS and _clause_of(right, thing) is None


def _that(cue: Cue) -> tuple[list[tuple[int, int]], str]:
    """When the parse shows no complement: from a "that" soon after the verb to the sentence's end, or what stands before ", he said."."""
    token = cue.token
    if "clause" not in cue.frames:
        return [], ""
    first_word, stop = cue.sentence
    for word in token.doc[token.i + 1 : min(token.i + 9, stop)]:
        if word.lower_ in (",", ";", ":", '"', ".") or word.tag_.startswith("VB"):
            break
        if word.lower_ == "that" and word.tag_ in ("IN", "WDT") and word.head.i > word.i:
            end = word.head.right_edge.i + 1 if word.dep_ == "mark" else stop
            return [(word.i, max(end, word.i + 1))], "that"
    if cue.entry.force != "speech":
        return [], ""
    after = token.doc[token.i + 1 : stop]
    if (
        cue.entry.lemma in OBJECTLESS
        and len(after) > 3
        and after[0].tag_ in STARTS
        and any(t.tag_ in FINITE for t in after)
        and (token.tag_ == "VBG" or (cue.own and cue.subject is not None and cue.subject.i < token.i))
        and not any(c.dep_ == "ccomp" for c in token.children)
    ):
        return [(token.i + 1, stop)], "that"
    if not cue.own or cue.subject is None or token.dep_ == "relcl":
        return [], ""
    first = min(cue.subject.left_edge.i, token.i)
    rest = [t for t in token.doc[token.i + 1 : stop] if not t.is_punct and not t.is_space and t.i > cue.subject.right_edge.i]
    comma = token.doc[first - 1] if first > first_word else None
    finite = any(t.tag_ in FINITE for t in token.doc[first_word : max(first_word, first - 1)])
    if finite and comma is not None and comma.text == "," and len(rest) <= 6 and first - first_word >= 4:
        return [(first_word, first - 1)], "final"
    return [], ""


def _around(cue: Cue, start: int, end: int) -> list[tuple[int, int]]:
    """A range without the verb of saying and its own words, which may stand in its middle or at its end."""
    token = cue.token
    own = {t.i for c in token.children if c.dep_ in OWN for t in c.subtree} | {token.i}
    low, high = token.i, token.i + 1
    while low - 1 in own:
        low -= 1
    while high in own:
        high += 1
    parts = [(start, min(low, end)), (max(high, start), end)]
    if low >= end or high <= start:
        parts = [(start, end)]
    return [(a, b) for a, b in parts if a < b and any(t.is_alpha or t.like_num for t in token.doc[a:b])]


def _aside(cue: Cue) -> bool:
    """Is this "he said" set between commas in another clause, or at its end?"""
    token, doc = cue.token, cue.token.doc
    left = min([token.i, *(c.left_edge.i for c in token.lefts if not c.is_punct)])
    return left > cue.sentence[0] and doc[left - 1].text in (",", "-", "--", "–", "—", '"')


def _finite(clause: Token) -> bool:
    return clause.tag_ != "VBG" or any(c.dep_ in ("aux", "nsubj", "nsubjpass", "expl") for c in clause.children)


def _infinitive(clause: Token) -> bool:
    return any(c.lower_ == "to" and c.dep_ == "aux" for c in clause.children)


def _that_clause(clause: Token) -> bool:
    return any(c.lower_ == "that" and c.dep_ in ("mark", "nsubj", "dobj") and c.i < clause.i for c in clause.children)


def _prep(children: list[Token], *words: str) -> Token | None:
    return next((c for c in children if c.dep_ == "prep" and c.lower_ in words), None)


def _is_time(token: Token) -> bool:
    return token.dep_ == "npadvmod" or token.lower_ in set(
        "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow".split()
    )
