"""Taking a place in more words than one verb: "took control of the town", "seized what is left of it"."""

import functools

from spacy.tokens import Doc, Token

from samestory import phrases
from samestory.framing import passives
from samestory.lists import read_list


@functools.cache
def _rows() -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    """For each noun ("control") the verbs that with it mean to take, and the words for places, from `data/deeds.csv`."""
    verbs, places = {}, set()
    for row in read_list("deeds").itertuples():
        if row.kind == "phrase":
            verbs[row.object] = frozenset(row.forms.split())
        elif row.kind == "place":
            places |= set(row.forms.split())
    return verbs, frozenset(places)


def is_place(noun: Token | None) -> bool:
    """Does the word itself say that this is a place ("the port")?"""
    return noun is not None and phrases.who(noun).lower_ in _rows()[1]


def taken(doc: Doc) -> dict[int, tuple[Token, Token]]:
    """By the place of a verb its last word and its noun: "established" and "control" of "re-established control of the town".

    The tokeniser cuts at hyphens, and the parser then may take any piece for the verb.
    """
    out, nouns = {}, _rows()[0]
    for noun in doc:
        if noun.lower_ not in nouns or noun.dep_ != "dobj" or noun.head.tag_[:2] != "VB":
            continue
        verb = noun.head
        word = verb if verb.is_alpha else doc[verb.i + 1]
        if word.i < noun.i and word.lower_ in nouns[noun.lower_] and not passives.passive_form(verb):
            out[verb.i] = (word, noun)
    return out


def span(word: Token, noun: Token) -> tuple[int, int]:
    """Offsets of a verb with its noun directly behind it ("took control"), or of the verb alone ("took full control")."""
    start, end = passives.verb_span(word)
    return start, noun.idx + len(noun) if noun.i == word.i + 1 else end


def of_what(noun: Token) -> Token | None:
    """What somebody takes control "of" or "over"."""
    prep = next((c for n in (noun, noun.head) for c in n.children if c.lower_ in {"of", "over"} and c.i > noun.i), None)
    return phrases.child(prep, "pobj") if prep is not None else None


def what_is_left(verb: Token) -> Token | None:
    """The town, in "seized what is left of the town"."""
    clause = phrases.child(verb, "ccomp")
    if clause is None or clause.left_edge.lower_ != "what" or clause.left_edge.i != verb.i + 1:
        return None
    of = next((c for c in clause.children if c.lower_ == "of"), None)
    return phrases.child(of, "pobj") if of is not None else None
