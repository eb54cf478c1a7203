"""Which words must not be scored? Names, which carry tone by accident, and, where asked, words for events."""

import bisect
import functools
import itertools

import numpy as np
from spacy.strings import StringStore
from spacy.tokens import Doc, Token

from samestory import parse
from samestory.lists import read_list
from samestory.sentiment.kinds import event_words
from samestory.sentiment.pattern import lexicon
from samestory.sentiment.scores import is_english, straightened

# A word without valence in any dictionary, put where a name or an event word stood.
NEUTRAL = "Item"
ENDS = frozenset({".", "!", "?", '"'})
LEAST = 4  # long words in a headline, and letters in a long word


class Words:
    """The words of one Doc: where they stand, which are names, and their text with names (and event words) replaced."""

    def __init__(self, doc: Doc):
        strings = doc.vocab.strings
        orths, tags, spaces, begins = doc.to_array(["ORTH", "TAG", "SPACY", "SENT_START"]).T
        proper = (tags == strings["NNP"]) | (tags == strings["NNPS"])
        opening = np.flatnonzero(begins == 1).tolist()
        orths, texts = orths.tolist(), _texts(strings)
        self.texts = list(map(texts.__getitem__, orths))
        self.plain = [texts.spaced[orth] if space else texts[orth] for orth, space in zip(orths, spaces.tolist(), strict=True)]
        self.starts = [0, *itertools.accumulate(map(len, self.plain))][:-1]
        names = _names(self.texts, proper.tolist(), opening)
        self.names = {i for i in names if self.solid(i)}
        self.events = list(itertools.compress(range(len(orths)), map(texts.events.__contains__, orths)))
        self.unnamed = self.plain.copy()
        for i in self.names:
            self.unnamed[i] = NEUTRAL + self.plain[i][len(self.texts[i]) :]
        self.uneventful = self.unnamed.copy()
        for i in self.events:
            self.uneventful[i] = NEUTRAL + self.plain[i][len(self.texts[i]) :]
        self.text = "".join(self.plain)
        self.sentences = parse.sentences_of(self.text, [self.starts[i] for i in opening])

    def solid(self, i: int) -> bool:
        """Is a word without white space, or a dash that becomes some? Only then may it be masked, which must not join what is apart."""
        return self.texts[i].isalnum() or len(straightened(self.texts[i]).split()) == 1

    def within(self, start: int, end: int) -> tuple[int, int]:
        """First word that reaches into a span, and the one after its last; white space after a word belongs to it."""
        return max(0, bisect.bisect_right(self.starts, start) - 1), bisect.bisect_left(self.starts, end)


class _Texts(dict):
    """The words of a vocabulary by their number, looked up there once each; with a space after them; and which of them name events."""

    def __init__(self, strings: StringStore):
        super().__init__()
        self.strings = strings
        self.spaced: dict[int, str] = {}
        self.events: set[int] = set()

    def __missing__(self, orth: int) -> str:
        self[orth] = text = self.strings[orth]
        self.spaced[orth] = text + " "
        if text.lower() in event_words():
            self.events.add(orth)
        return text


@functools.lru_cache(maxsize=1)
def _texts(strings: StringStore) -> _Texts:
    return _Texts(strings)


@functools.lru_cache(maxsize=4)
def words_of(doc: Doc) -> Words:
    """The words of a Doc, found once for all that is asked about it."""
    return Words(doc)


def is_name(token: Token) -> bool:
    """Is this word (part of) a proper name?

    A proper noun with a capital, or in capitals ("UN") if it is no English word. At the beginning of a sentence and in a headline, where
    all words have capitals, an English word is a name only as a part of a known one (United Nations) or if the article has it as one
    elsewhere; a word that the tagger misses there is one if the article has it as one, and never small.
    """
    return token.i in words_of(token.doc).names


def masked(doc: Doc, start: int, end: int, *, events: bool = False, also: tuple[int, int] | None = None) -> str:
    """The text of a span with names replaced by a neutral word, and with event words too if asked; `also` masks one more span.

    Names score by accident otherwise: *United* Nations, *Ban* Ki-moon, Security Council. A word that the span cuts stays as it is.
    """
    words = words_of(doc)
    first, last = words.within(start, end)
    pieces = (words.uneventful if events else words.unnamed)[first:last]
    if not pieces:
        return ""
    if also is not None:
        for i in range(*words.within(*also)):
            if first <= i < last and words.solid(i) and words.starts[i] + len(words.texts[i]) > also[0]:
                pieces[i - first] = NEUTRAL + words.plain[i][len(words.texts[i]) :]
    before, after = start - words.starts[first], words.starts[last - 1] + len(words.plain[last - 1]) - end
    if before:
        pieces[0] = words.plain[first][before:]
    if after:
        cut = len(words.plain[last - 1]) - len(words.texts[last - 1])  # the white space after the word
        if after <= cut and not (before and last - first == 1):
            pieces[-1] = pieces[-1][: len(pieces[-1]) - after]
        else:
            piece = words.plain[last - 1]
            pieces[-1] = piece[before if last - first == 1 else 0 : len(piece) - after]
    return "".join(pieces)


def _names(texts: list[str], proper: list[bool], begins: list[int]) -> list[int]:
    """The numbers of the words that are names (see `is_name`); `begins`: those that begin a sentence."""
    openings, headlines = set(), set()
    for first, last in itertools.pairwise([*([0] if 0 not in begins else []), *begins, len(texts)]):
        if first == last:
            continue
        opening = first
        while opening < last - 1 and not texts[opening][0].isalnum():
            opening += 1
        openings.add(opening)
        closing = last - 1
        while closing > first and texts[closing].isspace():
            closing -= 1
        if texts[closing] not in ENDS and _is_headline(texts[first:last]):
            headlines.update(range(first, last))
    capital = [i for i, text in enumerate(texts) if text[0].isupper()]
    seen = {texts[i].lower() for i in capital if proper[i] and i not in openings and i not in headlines}
    seen.difference_update(texts)
    out = []
    for i in capital:
        text, low = texts[i], texts[i].lower()
        if low in seen:
            name = True
        elif not proper[i]:
            name = False
        elif text.isupper() and len(text) > 1:
            name = not is_english(low)
        elif i in headlines or i in openings:
            name = not is_english(low) or _in_known_name(texts, i) or (i in openings and _opens_a_name(texts, proper, i))
        else:
            name = True
        if name:
            out.append(i)
    return out


def _is_headline(texts: list[str]) -> bool:
    """Have all long words of a sentence that does not end in a full stop capitals?"""
    long = [text for text in texts if len(text) >= LEAST and text.isalpha()]
    return len(long) >= LEAST and all(text[0].isupper() for text in long)


def _opens_a_name(texts: list[str], proper: list[bool], i: int) -> bool:
    """Does the word at the beginning of a sentence go on as a name ("Victory Park was hit") and is it no adjective ("Brutal Assad")?"""
    following = i + 1 < len(texts) and proper[i + 1] and texts[i + 1][0].isupper()
    senses = lexicon().get(texts[i].lower(), {})
    return following and not ("JJ" in senses and "NN" not in senses)


def _in_known_name(texts: list[str], i: int) -> bool:
    pairs = ((texts[i].lower(), texts[i + 1].lower()) if i + 1 < len(texts) else None, (texts[i - 1].lower(), texts[i].lower()))
    return any(pair in _known_pairs() for pair in pairs)


@functools.cache
def _known_pairs() -> frozenset[tuple[str, str]]:
    """Pairs of neighbouring words in names of countries, capitals and institutions ("united nations")."""
    countries, institutions = read_list("countries"), read_list("institutions")
    names = [*countries["country"], *countries["capital"], *";".join(countries["other_names"]).split(";")]
    names += [*institutions["institution"], *institutions["belongs_to"]]
    words = [name.lower().split() for name in names]
    return frozenset(pair for name in words for pair in itertools.pairwise(name))
