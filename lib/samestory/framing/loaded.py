"""Which words does a text judge or paint with? Those that style guides advise care with, marked for reading."""

import functools
import re
from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import pandas as pd

from samestory import parse
from samestory.framing.actions import Voices
from samestory.framing.words import function_words
from samestory.lists import read_list
from samestory.parse import Article

WORD = re.compile(r"\w+")
NAMED = re.compile(r"[^\W\d_][\w'’-]*")  # a word, as the length of a sentence counts them
LONG = re.compile(r"[^\W\d_]{4,}")
OPENS = re.compile(r"(?:\A|(?<!\b[A-Z])[.!?:\n\r][\s\"')\]]*|\s[\"'(\[]+)\Z")  # before the first word of a sentence, or of words in marks
ARTICLE = re.compile(r"\b(?:al|el)-\Z", re.IGNORECASE)  # before an Arabic name: "al-sham"
AROUND = 150  # characters; a longer line is no headline
TITLED = 0.6  # of a line's longer words have a capital: a headline in title case, where a capital tells nothing
NEITHER = "neither"  # the kind of set terms that hold a word of the list and do not judge ("riot police", "tax regime")


@functools.cache
def kinds() -> dict[str, str]:
    """Kind of each entry of `data/loaded_words.csv`, in lower case: `evaluative` (it judges), `evocative` (it paints) or `neither`."""
    return {row.word.lower(): row.kind for row in read_list("loaded_words").itertuples()}


@functools.cache
def _beginning_with() -> dict[str, re.Pattern]:
    """For each first word of an entry, a pattern of the entries that begin with it, the longest first."""
    entries = defaultdict(list)
    for entry in sorted(kinds(), key=len, reverse=True):
        entries[WORD.match(entry).group()].append(r"\s+".join(map(re.escape, entry.split())))
    return {first: re.compile(rf"(?:{'|'.join(shapes)})(?!\w)", re.IGNORECASE) for first, shapes in entries.items()}


def spans(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, str]]:
    """`start, end, kind` of each loaded word or phrase between two offsets of a blanked text, in order, the longest that fits.

    A word inside a hyphenated compound counts ("regime-held"); a word with a capital inside a sentence is a name and does not
    ("Revolutionary Guards"), unless its line is a headline in title case or the list has the capital too.
    """
    end, patterns, after = len(text) if end is None else end, _beginning_with(), start
    for word in WORD.finditer(text, start, end):
        pattern = patterns.get(word.group().lower())
        found = pattern.match(text, word.start(), end) if pattern and word.start() >= after else None
        if found:
            after = found.end()
            kind = kinds().get(" ".join(found.group().lower().split()), NEITHER)
            if kind != NEITHER and not _is_name(text, *found.span()):
                yield *found.span(), kind


@functools.cache
def _with_capitals() -> frozenset[str]:
    return frozenset(word for word in read_list("loaded_words")["word"] if word != word.lower())


def _is_name(text: str, start: int, end: int) -> bool:
    word = text[start:end]
    if ARTICLE.search(text, max(0, start - 4), start):
        return True
    if not word[0].isupper() or word.isupper() or word in _with_capitals() or OPENS.search(text, max(0, start - 20), start):
        return False
    before, after = re.split(r"[\n\r]", text[max(0, start - AROUND) : start])[-1], re.split(r"[\n\r]", text[start : end + AROUND])[0]
    words = LONG.findall(before + after)
    running = "." in after or len(before + after) > AROUND
    return running or sum(w[0].isupper() for w in words) < TITLED * len(words)


def loaded(article: Article, voices: Voices) -> list[dict]:
    """Words that style guides advise care with, for highlighting: rows `start, end, text, kind, voice`, in the order of the text.

    `kind` is `evaluative` (it judges) or `evocative` (it paints); words and their sources stand in `data/loaded_words.csv`. A list to look
    at, not a measure: on labelled data no such count beats the length of the sentence.
    """
    return [article.row(s, e) | {"kind": kind, "voice": voices.mention(s, e)} for s, e, kind in spans(article.plain)]


@functools.cache
def plain_modifiers() -> frozenset[str]:
    """Adjectives and adverbs that place, count or classify (`data/plain_modifiers.csv`), and function words: they judge nothing."""
    return frozenset(read_list("plain_modifiers")["word"]) | function_words()


def parts(article: Article) -> list[dict]:
    """What a sentence's score is made of: rows `length, loaded_words, modifiers`, one a sentence (`parse.sentences`), in their order.

    `length`: words that begin with a letter. `loaded_words`: entries of `data/loaded_words.csv`, in any voice. `modifiers`: adjectives and
    adverbs (tags JJ, RB) but those of `data/plain_modifiers.csv`; none without a parse.
    """
    places, rows = [start for start, _, _ in spans(article.plain)], []
    for start, end in parse.sentences(article.doc):
        tokens = article.doc.char_span(start, end, alignment_mode="expand") or ()
        modifiers = [t for t in tokens if t.tag_[:2] in ("JJ", "RB") and t.is_alpha and t.lower_ not in plain_modifiers()]
        counts = (len(NAMED.findall(article.plain, start, end)), sum(start <= p < end for p in places), len(modifiers))
        rows.append(dict(zip(("length", "loaded_words", "modifiers"), counts, strict=True)))
    return rows


def score(sentences: pd.DataFrame) -> pd.Series:
    """Which sentences of a story are likelier than its others to be worded with a slant: higher is likelier, 0 the middle.

    `sentences`: the rows of one story with `length, loaded_words, modifiers` (`parts`). The mean of three standard scores, taken over the
    story: log(1 + length), loaded words, modifiers. Equal weights, for none were fitted to anything (Dawes 1979, "The robust beauty of
    improper linear models"); adjectives and adverbs, for they tell subjective sentences from others (Bruce & Wiebe 1999). For ordering
    the sentences of one story for a reader. It is no measure of an outlet: see the methodology.
    """
    columns = [np.log1p(sentences["length"].to_numpy(float)), *(sentences[c].to_numpy(float) for c in ("loaded_words", "modifiers"))]
    return pd.Series(np.mean([_standard(column) for column in columns], axis=0), index=sentences.index, dtype=float)


def _standard(values: np.ndarray) -> np.ndarray:
    return (values - values.mean()) / (values.std() or 1) if len(values) else values
