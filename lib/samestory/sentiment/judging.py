"""Which words of a sentence judge, and which words fill their places?"""

import dataclasses
from collections.abc import Iterable

from samestory.sentiment import clauses
from samestory.sentiment.entries import Entry, entry, links, listed
from samestory.sentiment.tree import Tree


@dataclasses.dataclass
class Word:
    """A word of a sentence that judges, with the words in its places (numbers in the Doc)."""

    i: int
    text: str
    entry: Entry
    places: dict[str, list[int]]
    denied: bool
    clause: int
    supposed: bool = False


def judging(tree: Tree, first: int, last: int) -> list[Word]:
    """The words from `first` to before `last` that judge, found once for all targets among them.

    Not those in names of people and bodies ("Centre for Reconciliation", "al-Sham"), nor parts of a longer word ("anti-corruption").
    Harm judges who did it only where it was done to something ("the boat plunged" blames no boat), violence only where it was done to
    people who do not fight, or to what shelters them: a report of combat judges nobody.
    """
    found, after = [], first
    names, phrases = tree.words.names, listed()[1]
    for i in range(first, last):
        if i < after or i in names or _of_body(tree, i):
            continue
        low = tree.low[i]
        words, known = next(((w, e) for w, e in phrases.get(low, ()) if tuple(tree.low[i : i + len(w)]) == w), ((low,), None))
        after = i + len(words)
        if known is None:
            known = entry(low, tree.tag[i])
            if known is not None and known.part != "verb" and _hyphened(tree, i):
                continue
        if known is not None and (known.by or known.of):
            word = _placed(tree, i, after, known)
            done_to = known.part == "verb" and known.kind == "harm"
            if not (done_to and tree.parsed and not word.places["of"]) and (known.kind != "violence" or _unarmed(tree, word.places["of"])):
                found.append(word)
    return found


def _placed(tree: Tree, first: int, after: int, known: Entry) -> Word:
    """A word, or a phrase by its head, with the words in its places."""
    text = "".join(tree.words.plain[first:after]).strip()
    if not tree.parsed:
        return Word(first, text, known, {"by": [], "of": [], "told": []}, _near_not(tree, first), first)
    i = first if tree.verb(first) else tree.root(first, after)
    person = known.kind == "person"
    of_doer = person or (known.by != 0 and abs(known.of) <= abs(known.by))
    places = clauses.roles(tree, i, known.part, person=person, of_doer=of_doer, receives=links("receives"))
    clause = tree.clause[i]
    denied = clauses.negated(tree, i, links("reverses"))
    return Word(i, text, known, vars(places), denied, clause, clauses.supposed(tree, clause))


def _of_body(tree: Tree, i: int) -> bool:
    """Is a word part of what a body is called ("centre for reconciliation")?"""
    above = tree.head[i]
    if tree.dep[i] != "pobj" or tree.low[above] not in {"for", "of", "on", "against"} or tree.low[tree.head[above]] not in links("body"):
        return False
    return tree.noun(i) and not tree.kids(i, "det")


def _unarmed(tree: Tree, hit: Iterable[int]) -> bool:
    """Is one of those a deed was done to, or of what they are made up of ("dozens of civilians"), no fighter or a shelter?"""
    for i in hit:
        inside = [p for c in tree.kids(i, "prep") if tree.low[c] == "of" for p in tree.kids(c, "pobj")]
        if any(tree.low[j] in links("unarmed") for j in (i, *tree.kids(i, "conj", "amod", "compound"), *inside)):
            return True
    return False


def _hyphened(tree: Tree, i: int) -> bool:
    """Is a word part of a longer one ("right-wing")?"""
    plain = tree.words.plain
    return plain[i + 1 : i + 2] == ["-"] or (i > 0 and plain[i - 1] == "-")


def _near_not(tree: Tree, i: int) -> bool:
    """Without a parse: does a "not" stand among the three words before?"""
    return not clauses.NOT.isdisjoint(tree.low[max(0, i - 3) : i])
