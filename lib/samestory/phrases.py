"""Noun phrases and clauses over the parse: which words belong to a head noun, and who is the subject of a verb."""

import functools
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from samestory.lists import read_list

NOUNS = {"NN", "NNS", "NNP", "NNPS"}
NAMES = {"NNP", "NNPS"}
MODIFIERS = NOUNS | {"JJ", "JJR", "JJS", "VBN", "VBG", "AFX", "HYPH", "FW"}
# Words that stand for a number of others: the head of "thousands of civilians" is, for the question who it is, "civilians".
QUANTITIES = frozenset(
    "thousand thousands hundred hundreds dozen dozens ten tens million millions score scores number numbers group groups some many most "
    "all both several few none any part majority half rest lot lots one two three busload busloads".split()
)
# Of these the number alone is left out of a phrase; "a group of civilians" or "the majority" stays.
NUMBERS = frozenset("thousand thousands hundred hundreds dozen dozens ten tens million millions score scores some most all both".split())
LOCATIVE = frozenset("in near across inside outside throughout around at into".split())


def phrase_start(head: Token, *, before: Token | None = None) -> Token:
    """The first of the adjectives and nouns directly in front of a head noun: no determiner, number, possessor or quotation mark.

    A number is taken along only as a piece of an adjective ("five-year war"). `before`: look only in front of this word of the phrase.
    """
    doc, first = head.doc, before or head
    for i in range(first.i - 1, head.sent.start - 1, -1):
        token = doc[i]
        if token.lower_ == "of" and token.head.i < i and token.head.dep_ in {"compound", "nmod"} and token.head.tag_ in NAMES:
            continue  # a title with "of" in front of a name: "Secretary of State John Kerry"
        numeral = token.tag_ == "CD" and doc[i + 1].tag_ == "HYPH"
        hyphen = token.text in {"-", "–"} and not token.whitespace_ and i > 0 and not doc[i - 1].whitespace_
        if not (token.tag_ in MODIFIERS or numeral or hyphen) or not (head.is_ancestor(token) or hyphen):
            break
        if (token.text[0].isdigit() and not numeral) or token.text[0] in "+~<>$£€#@":
            break
        if not token.is_punct:
            first = token
    return first


def base(head: Token) -> tuple[int, int]:
    """Offsets of a head noun with the modifiers directly in front of it."""
    return phrase_start(head).idx, head.idx + len(head)


def whole_word(token: Token) -> str:
    """The word as printed, with the parts before its hyphens ("cease-fire")."""
    first = token
    while first.i >= 2 and first.nbor(-1).text == "-" and not first.nbor(-1).whitespace_ and not first.nbor(-2).whitespace_:
        first = first.nbor(-2)
    return token.doc[first.i : token.i + 1].text


def adjective(doc: Doc, end: int) -> bool:
    """Is the word that ends at this offset an adjective, be it made from a name ("Russian")?"""
    span = doc.char_span(end - 1, end, alignment_mode="expand")
    return span[0].tag_[:2] == "JJ" or is_nationality(span[0].text)


def is_nationality(word: str) -> bool:
    """Is this the adjective of a country ("Russian")?"""
    return word in _nationalities()


@functools.cache
def _nationalities() -> frozenset[str]:
    return frozenset(read_list("countries")["adjective"])


def names_a_deed(token: Token) -> bool:
    """Does an -ing form without subject and object stand as a noun ("involved in fighting", "bombing and shelling")?"""
    if token.tag_ != "VBG" or child(token, "nsubj", "nsubjpass", "aux", "auxpass", "xcomp", "ccomp", "prt") is not None:
        return False
    if token.dep_ == "conj" and token.head.tag_ in NOUNS:
        return True
    return token.dep_ == "pcomp" and token.head.lower_ in {"in", "of", "from", "amid", "under"} and child(token, "dobj") is None


def chunks(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """First word and head of every base noun phrase, in order; nothing without a parse. Phrases do not overlap."""
    if not doc.has_annotation("DEP"):
        return
    found, floor = [], len(doc)
    for token in reversed(list(doc)):
        if token.i >= floor or token.tag_ not in NOUNS or inside_phrase(token):
            continue
        first = phrase_start(token)
        found.append((first, token))
        floor = first.i
    yield from reversed(found)


def inside_phrase(token: Token) -> bool:
    """Is this noun a modifier of a noun after it ("army" in "army offensive")?"""
    modifies = token.dep_ in {"compound", "nmod", "amod", "npadvmod"}
    return modifies and token.head.i > token.i and not any(t.tag_ in {",", ":"} for t in token.doc[token.i : token.head.i])


def top(token: Token) -> Token:
    """The noun that heads the phrase in which this word is a modifier ("session" for "council" in "the council session")."""
    while inside_phrase(token):
        token = token.head
    return token


def child(token: Token, *deps: str) -> Token | None:
    """The first child with one of these dependencies, or None."""
    return next((c for c in token.children if c.dep_ in deps), None)


def subject(verb: Token, *, depth: int = 0) -> Token | None:
    """The subject of a verb: its own, its antecedent's when that is a relative pronoun, or the one it shares with the verb above.

    A verb under "want", "allow" ... takes their object as its subject ("allowed them to leave").
    """
    own = child(verb, "nsubj", "nsubjpass", "csubj")
    if own is not None:
        return antecedent(own, verb)
    if depth > 6:
        return None
    above = verb.head
    if verb.dep_ == "conj" and above.tag_[:2] in {"VB", "MD"}:
        return subject(above, depth=depth + 1)
    if verb.dep_ in {"xcomp", "ccomp"} and above.tag_[:2] in {"VB", "JJ"}:
        if (thing := child(above, "dobj", "dative")) is not None and thing.i < verb.i and above.tag_[:2] == "VB":
            return thing
        return subject(above if above.tag_[:2] == "VB" else above.head, depth=depth + 1)
    if verb.dep_ == "xcomp" and above.tag_ in NOUNS:
        return subject(above.head, depth=depth + 1)
    if verb.dep_ == "advcl" and above.tag_[:2] == "VB":
        return subject(above, depth=depth + 1)
    if verb.dep_ == "pcomp" and above.head.tag_[:2] == "VB":
        return subject(above.head, depth=depth + 1)
    if verb.dep_ in {"acl", "relcl"} and above.tag_ in NOUNS | {"PRP", "DT", "CD"}:
        return above
    return None


def antecedent(token: Token, verb: Token) -> Token:
    """The noun for which a relative pronoun stands; any other word is returned as it is."""
    clause = verb
    while clause.dep_ in {"conj", "xcomp"} and clause.head.i < clause.i:
        clause = clause.head
    if clause.dep_ == "relcl" and token.tag_ in {"WDT", "WP"}:
        return clause.head
    return token


def who(head: Token) -> Token:
    """The word that tells who is meant: "civilians" in "thousands of civilians", otherwise the head itself."""
    if head.lower_ in QUANTITIES or head.tag_ == "CD":
        of = next((c for c in head.children if c.dep_ == "prep" and c.lower_ in {"of", "from", "among"}), None)
        inner = child(of, "pobj") if of is not None else None
        if inner is not None:
            return who(inner)
    return head


def full(head: Token) -> tuple[int, int]:
    """Offsets of a phrase: head with modifiers ("civilians" of "thousands of civilians"), and phrases joined to it by "and" or "or"."""
    last = who(head)
    start, end = base(last)
    if head.lower_ not in NUMBERS:
        start = base(head)[0]
    joined = child(last, "conj")
    while joined is not None and joined.tag_ in NOUNS:
        first = phrase_start(joined)
        between = last.doc[last.i + 1 : first.i]
        if len(between) > 3 or any(t.tag_ not in {"CC", ",", "DT", "PRP$", "CD"} for t in between):
            break
        end, last = joined.idx + len(joined), joined
        joined = child(joined, "conj")
    return start, end


IRREGULAR = {"children": "child", "women": "woman", "men": "man", "people": "people", "bodies": "body", "lives": "life"}
SAME = frozenset("news series species politics headquarters crisis analysis basis besides".split())


def singular(word: str) -> str:
    """A noun with its plural ending folded away, case kept; only for comparing words with one another.

    Rules of English spelling: children/child, -men/-man, -ies/-y, -ches -shes -xes -sses/-, -s/-.
    """
    low = word.lower()
    if low in IRREGULAR:
        return word[0] + IRREGULAR[low][1:]
    if low in SAME or len(low) < 4 or not low.endswith(("s", "men")) or low.endswith(("ss", "us", "is", "'s")):
        return word
    if low.endswith("men"):
        return word[:-2] + "an"
    if low.endswith("ies") and len(low) > 4:
        return word[:-3] + "y"
    return word[:-2] if low.endswith(("ches", "shes", "xes", "sses", "zes")) else word[:-1]
