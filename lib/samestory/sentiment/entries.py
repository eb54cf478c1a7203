"""What is known of a word that judges: of whom it says what, and how strongly? Word lists read once.

`data/judgements.csv` first (written for this suite; grouped after Levin 1993, Martin & White 2005, Deng, Choi & Wiebe 2013); where that
list has none, VADER's and TextBlob's words, at less weight.
"""

import dataclasses
import functools
import re

from textblob.en import sentiment as pattern

from samestory.lists import read_list
from samestory.sentiment import vader
from samestory.sentiment.kinds import event_words

# Words of general dictionaries count less than ours, and weak ones not at all. VADER's values reach to 4, TextBlob's to 1.
VADER_LEAST, VADER_SHARE = 0.9, 0.375
TEXTBLOB_LEAST, TEXTBLOB_SHARE = 0.4, 1.5
PARTS = {"VB": "verb", "NN": "noun", "JJ": "adjective", "RB": "adjective"}
OTHER_PARTS = {"verb": ("adjective", "noun"), "noun": ("adjective",), "adjective": ("verb", "noun")}
PIECE = re.compile(r"'s|-|[^\s'-]+")  # as the tokeniser cuts "hero's welcome" and "thin-skinned"


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


@functools.cache
def listed() -> tuple[dict[tuple[str, str], Entry], dict[str, list[tuple[tuple[str, ...], Entry]]]]:
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
def links(kind: str) -> frozenset[str]:
    """The forms of one kind in `data/judgement_links.csv`."""
    rows = read_list("judgement_links")
    return frozenset(form for forms in rows[rows["kind"] == kind]["forms"] for form in forms.split(";"))


@functools.cache
def others() -> frozenset[str]:
    """Nouns for people who are not the actor they belong to ("critics", "lawyer"), without those that act for it ("officials")."""
    acting = {form for noun in read_list("acting_nouns")["noun"] for form in (noun, noun + "s")}
    people = read_list("people")
    nouns = {*people["singular"], *people["plural"]} | {form for noun in read_list("role_nouns")["noun"] for form in (noun, noun + "s")}
    return frozenset((nouns - acting) | links("someone_else"))


@functools.cache
def says() -> frozenset[str]:
    rows = read_list("cues")
    return frozenset(form for r in rows.itertuples() for form in (r.lemma, *r.forms.split()))


@functools.lru_cache(maxsize=50_000)
def entry(low: str, tag: str) -> Entry | None:
    """What is known of a word in small letters with this tag (of the Penn Treebank; empty where there is none)."""
    single, _ = listed()
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
