"""Do words of praise or of blame prevail? Counted by the Opinion Lexicon of Hu & Liu."""

import functools
import math
import re

from samestory.lists import read_list

WORD = re.compile(r"[^\W\d_][\w*+]*(?:['-]\w+)*|\d-\w+")
NEGATIONS = frozenset("no not never none neither nor nobody nothing nowhere without hardly scarcely barely cannot".split())
SCOPE = 3  # words after a negation that it turns round, as VADER has it
STOPS = ",;:.!?()"
Hit = tuple[int, str, float]


@functools.cache
def lexicon() -> dict[str, int]:
    """Word to 1 (praise) or -1 (blame): `data/opinion_words.csv`."""
    table = read_list("opinion_words")
    return dict(zip(table["word"], table["polarity"].astype(int), strict=True))


def assess(pieces: list[str]) -> tuple[float, list[Hit]]:
    """Positive less negative words over the root of the number of words, in [-1, 1], and the words: number of the piece, word, 1 or -1.

    A negation within three words before a word, with no comma or stop between, turns it round. Sources: list of Hu & Liu (2004); the root,
    so that long sentences neither pile up nor thin out, as in the measurements on NewsMTSC.
    """
    hits, length, reach = [], 0, -1  # `reach`: number of the last word that a negation turns
    for number, piece in enumerate(pieces):
        words, stops = _words(piece)
        for word, sign, negates in words:
            length += 1
            if sign:
                hits.append((number, word, -sign if length <= reach else sign))
            if negates:
                reach = length + SCOPE
        if stops:
            reach = -1
    return max(-1.0, min(1.0, sum(sign for *_, sign in hits) / math.sqrt(length or 1))), hits


@functools.lru_cache(maxsize=50_000)
def _words(piece: str) -> tuple[tuple[tuple[str, int, bool], ...], bool]:
    """The words of a piece between white space with their sign (0: not in the list) and whether they negate; does it end in a stop?"""
    words = []
    for match in WORD.finditer(piece.lower()):
        word = match[0].removesuffix("'s")
        words.append((word, lexicon().get(word, 0), word in NEGATIONS or word.endswith("n't")))
    return tuple(words), piece.rstrip("\"')]}").endswith(tuple(STOPS))
