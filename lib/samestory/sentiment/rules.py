"""Is an actor judged well or badly by the words of a sentence, and by which? Rules that can be read and argued with.

A word that judges (`judging`, `entries`) counts in full for the actor in the place it judges: whom one criticises, who lied, who is called
a hero. Critics, speakers and victims are not judged. Elsewhere in the sentence a word counts the less, the further its clause is from the
actor's, and one such word alone decides nothing.

Sources of the ideas: judgement (Martin & White 2005), effects on others (Deng, Choi & Wiebe 2013), clause by clause (Moilanen & Pulman
2007). The weights below were chosen on the NewsMTSC train part (Hamborg & Donnay 2021); no list was fitted to it, but errors in half of it
were read.
"""

from collections.abc import Callable, Sequence

from samestory.sentiment import clauses
from samestory.sentiment.entries import entry, links, others, says
from samestory.sentiment.judging import Word
from samestory.sentiment.tree import Tree

# What a word counts for the target: in the place it judges; elsewhere in its clause (the target being subject, or not); in a clause below,
# above or beside; and where the word names or judges another person.
WEIGHTS = {"direct": 1.0, "predicate": 0.7, "clause": 0.4, "below": 0.2, "above": 0.15, "beside": 0.1, "taken": 0.15, "said": 0.0}
OTHERS = 0.8  # of that, where the word judges something else ("the brutal war")
SUPPOSED = 0.5  # "if he lied"
DENIED_GOOD, DENIED_BAD = -0.7, 0.0  # "not honest" is bad; "no liar" is nothing
HALF = 0.8  # a sum that scores 0.5
LEAST = 0.02  # what has less weight is not named among the reasons
NAMED = 4
# A class takes a word in a place of the target, or so much in its clause or the one that clause depends on ("it is shameful that ..."), or
# so many words elsewhere; adjectives of other nouns decide nothing there. Else the sum is cut to what stays neutral (`targets.THRESHOLDS`).
PLACED, NEAR, ELSEWHERE, UNDECIDED = 0.2, 0.15, 2, 0.17
PLACES = {"by": "by it", "of": "of it", "told": "said of it", "predicate": "in what it does", "clause": "in its clause"}
NOBODY_NEAR = frozenset({"violence", "situation"})  # kinds of words that judge nobody merely named beside them

THIRD = frozenset("he she him her his himself herself".split())


def score(tree: Tree, words: Sequence[Word], target: tuple[int, int]) -> tuple[float, str]:
    """What the judging words of its sentence say of a target (its first word, and the one after its last).

    Returns the score in [-1, 1] and the words that decided, the weightiest first, each with its place: "criticised (of it)", "lied
    (by it)", "honest, denied (said of it)". The words of the mention count where they say something of it ("the disgraced minister").
    """
    total, near, elsewhere, placed, reasons = 0.0, 0.0, 0, False, []
    place_of = _placing(tree, target)
    for word in words:
        if target[0] <= word.i < target[1]:
            if not _of_itself(tree, word, target):
                continue
            place, value = "told", word.entry.tone
        else:
            place, value = place_of(word)
        value *= (DENIED_BAD if value < 0 else DENIED_GOOD) if word.denied else SUPPOSED if word.supposed else 1
        total += value
        placed |= place in word.places and abs(value) > PLACED
        near += value if place in {"predicate", "clause", "above"} and not _of_another(tree, word, place) else 0
        alone = word.entry.part != "noun" or tree.dep[word.i] != "conj"  # "insults and accusations" count once
        elsewhere += alone and place not in PLACES and abs(value) >= LEAST
        if abs(value) >= LEAST:
            where = PLACES.get(place, "elsewhere in the sentence")
            reasons.append((abs(value), f"{word.text.lower()}{', denied' if word.denied else ''} ({where})"))
    if not placed and abs(near) < NEAR and elsewhere < ELSEWHERE:
        total = max(-UNDECIDED, min(UNDECIDED, total))
    reasons.sort(key=lambda reason: -reason[0])
    return total / (abs(total) + HALF), "; ".join(dict.fromkeys(reason for _, reason in reasons[:NAMED]))


def _of_itself(tree: Tree, word: Word, target: tuple[int, int]) -> bool:
    """Does a word of the mention say something of it: its modifier ("the disgraced minister"), or a noun that judges ("the terrorists")?"""
    if not tree.parsed:
        return True
    root = tree.root(*target)
    if word.i == root:
        return word.entry.kind == "person"
    return root in word.places["told"] or root in word.places["by"] or root in word.places["of"]


def _placing(tree: Tree, target: tuple[int, int]) -> Callable[[Word], tuple[str, float]]:
    """A function from a judging word to its place as the target sees it, and what it counts there."""
    if not tree.parsed:
        return lambda word: ("clause", word.entry.tone * WEIGHTS["clause"])
    root = tree.root(*target)
    stand_ins = clauses.stand_ins(tree, root, range(*target), others())
    own = tree.clause[root]
    above = set(tree.above(own))
    top = root
    while tree.head[top] not in (own, top):
        top = tree.head[top]
    subject = tree.dep[top] in {"nsubj", "nsubjpass"} and top in stand_ins
    speaks = subject and tree.low[own] in says()
    accuses = subject and _criticises(tree, own)
    aside = clauses.aside(tree, top)

    def place_of(word: Word) -> tuple[str, float]:
        known = word.entry
        share = {place: max((stand_ins.get(i, 0.0) for i in filling), default=0.0) for place, filling in word.places.items()}
        told = max(share["told"], stand_ins.get(word.i, 0.0))
        if told:
            return "told", _told(tree, word) * told * WEIGHTS["direct"]
        if share["of"] and share["of"] >= share["by"]:
            return "of", known.of * share["of"] * WEIGHTS["direct"]
        if share["by"]:
            return "by", known.by * share["by"] * WEIGHTS["direct"]
        place, filled = zone(word), [i for filling in word.places.values() for i in filling]
        if place != "said" and (known.kind == "person" or any(_somebody(tree, i) for i in filled)):
            place = "taken"
        nobody = known.kind in NOBODY_NEAR
        return place, 0.0 if nobody else known.tone * WEIGHTS[place] * (OTHERS if filled and place != "taken" else 1)

    def zone(word: Word) -> str:
        clause = word.clause
        if clause == own:
            if accuses and word.i != own:
                return "said"
            return "beside" if clauses.meanwhile(tree, word.i) else "predicate" if subject else "beside" if aside else "clause"
        if clause in above:
            return "said" if speaks else "above"
        way = [clause]
        while way[-1] != own and tree.head[way[-1]] != way[-1]:
            way.append(tree.head[way[-1]])
        if any(_reports(tree, i) and not stand_ins.keys().isdisjoint(clauses.said_of(tree, i)) for i in way[1:]):
            return "said"
        if way[-1] != own:
            return "said" if speaks else "beside"
        return "said" if accuses or any(tree.dep[i] == "ccomp" and tree.low[tree.head[i]] in says() for i in way[:-1]) else "below"

    return place_of


def _of_another(tree: Tree, word: Word, place: str) -> bool:
    """Does an adjective only describe some noun of the clause, or of a phrase ("in the brutal war") in the clause above?"""
    if place == "predicate" or word.entry.part != "adjective" or tree.dep[word.i] != "amod":
        return False
    return place == "clause" or tree.dep[tree.head[word.i]] == "pobj"


def _told(tree: Tree, word: Word) -> float:
    """What a word says of whom it is said of; participles as their verb: "a starving child" does nothing, "a feared man" is feared."""
    known = word.entry
    if known.part != "verb" or not tree.tag[word.i].startswith("JJ"):
        return known.tone
    return known.by if tree.low[word.i].endswith("ing") else known.of


def _criticises(tree: Tree, i: int) -> bool:
    """Is a word a verb of criticism or accusation? What follows is said of others than its subject."""
    known = entry(tree.low[i], tree.tag[i]) if tree.verb(i) else None
    return known is not None and known.kind in {"criticism", "accusation"}


def _reports(tree: Tree, i: int) -> bool:
    """Is a word a verb of speech, criticism or accusation?"""
    return tree.low[i] in says() or _criticises(tree, i)


def _somebody(tree: Tree, i: int) -> bool:
    """Is a word a name, a pronoun for a person, or a noun for people of somebody ("critics")?"""
    return tree.tag[i] in {"NNP", "NNPS"} or tree.low[i] in THIRD or tree.low[i] in links("someone_else")
