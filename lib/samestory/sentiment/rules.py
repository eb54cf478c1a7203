"""Is an actor judged well or badly by the words of a sentence, and by which? Rules that can be read and argued with.

A word that judges (`data/judgements.csv`; VADER's and TextBlob's words where that list has none) counts in full for the actor in the
place it judges: whom one criticises, who lied, who is called a hero. Critics, speakers and victims are not judged. Elsewhere in the
sentence a word counts the less, the further its clause is from the actor's.

Sources of the ideas: judgement (Martin & White 2005), effects on others (Deng, Choi & Wiebe 2013), clause by clause (Moilanen & Pulman
2007). The weights below were chosen on the NewsMTSC train part (Hamborg & Donnay 2021); no word was learned from it.
"""

import dataclasses
import functools
import re

from spacy.tokens import Doc
from textblob.en import sentiment as pattern

from samestory.lists import read_list
from samestory.sentiment import clauses, vader
from samestory.sentiment.kinds import event_words
from samestory.sentiment.tree import Tree, tree_of

# What a word counts for the target: in the place it judges; elsewhere in its clause (the target being subject, or not); in a clause below,
# above or beside; and where another person has the place.
WEIGHTS = {"direct": 1.0, "predicate": 0.7, "clause": 0.4, "below": 0.2, "above": 0.15, "beside": 0.1, "taken": 0.1, "said": 0.0}
SUPPOSED = 0.5  # "if he lied"
DENIED_GOOD, DENIED_BAD = -0.7, 0.0  # "not honest" is bad; "no liar" is nothing
HALF = 0.8  # a sum that scores 0.5
LEAST = 0.02  # what has less weight is not named among the reasons
NAMED = 4
# Words of general dictionaries count less than ours, and weak ones not at all. VADER's values reach to 4, TextBlob's to 1.
VADER_LEAST, VADER_SHARE = 0.9, 0.375
TEXTBLOB_LEAST, TEXTBLOB_SHARE = 0.4, 1.5
PLACES = {"by": "by it", "of": "of it", "told": "said of it", "predicate": "in what it does", "clause": "in its clause"}
PARTS = {"VB": "verb", "NN": "noun", "JJ": "adjective", "RB": "adjective"}
OTHER_PARTS = {"verb": ("adjective", "noun"), "noun": ("adjective",), "adjective": ("verb", "noun")}
PIECE = re.compile(r"'s|-|[^\s'-]+")  # as the tokeniser cuts "hero's welcome" and "thin-skinned"
THIRD = frozenset("he she him her his himself herself".split())


@dataclasses.dataclass(frozen=True)
class Entry:
    """What a word says of who does it (`by`) and of whom it is said or done to (`of`), -2 to 2; `part` of speech; `kind`."""

    by: float
    of: float
    kind: str
    part: str

    @property
    def tone(self) -> float:
        """What it says in general: the stronger of the two."""
        return self.by if abs(self.by) > abs(self.of) else self.of


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


@functools.cache
def _listed() -> tuple[dict[tuple[str, str], Entry], dict[str, list[tuple[tuple[str, ...], Entry]]]]:
    """Entries of `data/judgements.csv` by form and part, and phrases of several words by their first."""
    single: dict[tuple[str, str], Entry] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    for row in read_list("judgements").itertuples():
        entry = Entry(float(row.by), float(row.of), row.kind, row.part)
        for form in row.forms.split(";"):
            words = tuple(PIECE.findall(form.lower()))
            if len(words) > 1:
                phrases.setdefault(words[0], []).append((words, entry))
            else:
                single[words[0], row.part] = entry
    return single, phrases


@functools.cache
def _links(kind: str) -> frozenset[str]:
    """The forms of one kind in `data/judgement_links.csv`."""
    rows = read_list("judgement_links")
    return frozenset(form for forms in rows[rows["kind"] == kind]["forms"] for form in forms.split(";"))


@functools.cache
def _others() -> frozenset[str]:
    """Nouns for people who are not the actor they belong to ("critics", "lawyer"), without those that act for it ("officials")."""
    acting = {form for noun in read_list("acting_nouns")["noun"] for form in (noun, noun + "s")}
    people = read_list("people")
    nouns = {*people["singular"], *people["plural"]} | {form for noun in read_list("role_nouns")["noun"] for form in (noun, noun + "s")}
    return frozenset((nouns - acting) | _links("someone_else"))


@functools.cache
def _says() -> frozenset[str]:
    rows = read_list("cues")
    return frozenset(form for r in rows.itertuples() for form in (r.lemma, *r.forms.split()))


@functools.lru_cache(maxsize=50_000)
def entry(low: str, tag: str) -> Entry | None:
    """What is known of a word in small letters with this tag (of the Penn Treebank; empty where there is none)."""
    single, _ = _listed()
    adverb = tag.startswith("RB")
    if adverb and not low.endswith("ly"):
        return None
    part = PARTS.get(tag[:2]) if tag else "adjective"
    if part is None:
        return None
    others = OTHER_PARTS[part] if tag else ("verb", "noun")
    found = next((single[low, p] for p in (part, *others) if (low, p) in single), None)
    if found or (low, "plain") in single:
        return found
    if low.endswith("ly"):
        stems = (low[:-2], low[:-2] + "le", low[:-3] + "y", low[:-4] if low.endswith("ally") else "")
        if base := next((single[s, "adjective"] for s in stems if (s, "adjective") in single), None):
            return dataclasses.replace(base, part="adverb")
    if low in event_words():
        return None
    return _general(low, part="adverb" if adverb else part)


def _general(low: str, *, part: str) -> Entry | None:
    """What general dictionaries say of a word: VADER, else TextBlob for adjectives and adverbs."""
    valence = vader.analyser().lexicon.get(low)
    if valence is not None:
        tone = valence * VADER_SHARE
        return Entry(tone, tone, "VADER", part) if abs(valence) >= VADER_LEAST else None
    senses = pattern.get(low) if part != "noun" else None
    if not senses or part == "verb":
        return None
    polarity = (senses.get(None) or next(iter(senses.values())))[0]
    tone = polarity * TEXTBLOB_SHARE
    return Entry(tone, tone, "TextBlob", part) if abs(polarity) >= TEXTBLOB_LEAST else None


def judging(tree: Tree, first: int, last: int) -> list[Word]:
    """The words from `first` to before `last` that judge, found once for all targets among them."""
    found, after = [], first
    names, phrases = tree.words.names, _listed()[1]
    for i in range(first, last):
        if i < after or i in names:
            continue
        low = tree.low[i]
        words, known = next(((w, e) for w, e in phrases.get(low, ()) if tuple(tree.low[i : i + len(w)]) == w), ((low,), None))
        after = i + len(words)
        if known is None:
            known = entry(low, tree.tag[i])
            if known is not None and known.part == "adjective" and _hyphened(tree, i):
                continue
        if known is not None and (known.by or known.of):
            found.append(_placed(tree, i, after, known))
    return found


def _placed(tree: Tree, first: int, after: int, known: Entry) -> Word:
    """A word, or a phrase by its head, with the words in its places."""
    text = "".join(tree.words.plain[first:after]).strip()
    if not tree.parsed:
        return Word(first, text, known, {"by": [], "of": [], "told": []}, _near_not(tree, first), first)
    i = first if tree.verb(first) else tree.root(first, after)
    person = known.kind == "person"
    of_doer = person or (known.by != 0 and abs(known.of) <= abs(known.by))
    places = clauses.roles(tree, i, known.part, person=person, of_doer=of_doer, receives=_links("receives"))
    clause = tree.clause[i]
    denied = clauses.negated(tree, i, _links("reverses"))
    return Word(i, text, known, vars(places), denied, clause, clauses.supposed(tree, clause))


def _hyphened(tree: Tree, i: int) -> bool:
    """Is a word part of a longer one ("right-wing")?"""
    plain = tree.words.plain
    return plain[i + 1 : i + 2] == ["-"] or (i > 0 and plain[i - 1] == "-")


def _near_not(tree: Tree, i: int) -> bool:
    """Without a parse: does a "not" stand among the three words before?"""
    return not clauses.NOT.isdisjoint(tree.low[max(0, i - 3) : i])


def score(tree: Tree, words: list[Word], target: tuple[int, int]) -> tuple[float, str]:
    """What the judging words of its sentence say of a target (its first word, and the one after its last).

    Returns the score in [-1, 1] and the words that decided, the weightiest first, each with its place: "criticised (of it)", "lied
    (by it)", "honest, denied (said of it)".
    """
    total, reasons = 0.0, []
    place_of = _placing(tree, target)
    for word in words:
        if target[0] <= word.i < target[1]:
            continue
        place, value = place_of(word)
        value *= (DENIED_BAD if value < 0 else DENIED_GOOD) if word.denied else SUPPOSED if word.supposed else 1
        total += value
        if abs(value) >= LEAST:
            where = PLACES.get(place, "elsewhere in the sentence")
            reasons.append((abs(value), f"{word.text.lower()}{', denied' if word.denied else ''} ({where})"))
    reasons.sort(key=lambda reason: -reason[0])
    return total / (abs(total) + HALF), "; ".join(dict.fromkeys(reason for _, reason in reasons[:NAMED]))


def _placing(tree: Tree, target: tuple[int, int]):
    """A function from a judging word to its place as the target sees it, and what it counts there."""
    if not tree.parsed:
        return lambda word: ("clause", word.entry.tone * WEIGHTS["clause"])
    root = tree.root(*target)
    stand_ins = clauses.stand_ins(tree, root, range(*target), _others())
    own = tree.clause[root]
    above = set(tree.above(own))
    top = root
    while tree.head[top] not in (own, top):
        top = tree.head[top]
    subject = tree.dep[top] in {"nsubj", "nsubjpass"} and top in stand_ins
    speaks = subject and tree.low[own] in _says()

    def place_of(word: Word) -> tuple[str, float]:
        known = word.entry
        share = {place: max((stand_ins.get(i, 0.0) for i in filling), default=0.0) for place, filling in word.places.items()}
        told = max(share["told"], stand_ins.get(word.i, 0.0))
        if told:
            return "told", known.tone * told * WEIGHTS["direct"]
        if share["of"] and share["of"] >= share["by"]:
            return "of", known.of * share["of"] * WEIGHTS["direct"]
        if share["by"]:
            return "by", known.by * share["by"] * WEIGHTS["direct"]
        place = zone(word.clause)
        if place != "said" and any(_somebody(tree, i) for filling in word.places.values() for i in filling):
            place = "taken"
        # A deed of violence judges who did it, and nobody who is merely named beside it.
        return place, 0.0 if known.kind == "violence" else known.tone * WEIGHTS[place]

    def zone(clause: int) -> str:
        if clause == own:
            return "predicate" if subject else "clause"
        if clause in above:
            return "said" if speaks else "above"
        way = [clause]
        while way[-1] != own and tree.head[way[-1]] != way[-1]:
            way.append(tree.head[way[-1]])
        if way[-1] != own:
            return "said" if speaks else "beside"
        return "said" if any(tree.dep[i] == "ccomp" and tree.low[tree.head[i]] in _says() for i in way[:-1]) else "below"

    return place_of


def _somebody(tree: Tree, i: int) -> bool:
    """Is a word a name, a pronoun for a person, or a noun for people of somebody ("critics")?"""
    return tree.tag[i] in {"NNP", "NNPS"} or tree.low[i] in THIRD or tree.low[i] in _links("someone_else")


def of_target(doc: Doc, start: int, end: int) -> tuple[float, str]:
    """`score` of one span of a Doc, all that is needed found on the way."""
    tree = tree_of(doc)
    first, last = tree.words.within(start, end)
    around = tree.around(start, end) or (start, end)
    return score(tree, judging(tree, *tree.words.within(*around)), (first, max(last, first + 1)))
