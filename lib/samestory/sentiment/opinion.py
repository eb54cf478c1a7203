"""Do words of praise or of blame prevail? Counted by the Opinion Lexicon of Hu & Liu."""

import functools
import math
import re

from samestory.lists import read_list

WORD = re.compile(r"[^\W\d_][\w*+]*(?:['-]\w+)*|\d-\w+")
STOP = re.compile(r"[,;:.!?)][\"')\]]*$")
NEGATIONS = frozenset("no not never none neither nor nobody nothing nowhere without hardly scarcely barely cannot".split())
SCOPE = 3  # words after a negation that it turns round, as VADER has it
Hit = tuple[int, str, float]
Word = tuple[list[tuple[str, int]], bool]  # its words of praise (1) and blame (-1); whether it negates


@functools.cache
def lexicon() -> dict[str, int]:
    """Word to 1 (praise) or -1 (blame): `data/opinion_words.csv`."""
    table = read_list("opinion_words")
    return dict(zip(table["word"], table["polarity"].astype(int), strict=True))


def assess(pieces: list[str], known: list[tuple[int, Word]]) -> tuple[float, list[Hit]]:
    """Words of praise less words of blame over the root of the number of words, in [-1, 1], and these words: number of the piece, word, ±1.

    `known`: the pieces in which `read` finds something, by number. A negation among the three words before a word, with no comma or stop
    between, turns it round. Sources: the list of Hu & Liu (2004); their count, over the root so that long sentences neither pile up nor
    thin out.
    """
    negations = [number for number, (_, negates) in known if negates]
    hits = []
    for number, (words, _) in known:
        turned = bool(negations) and any(
            number - SCOPE <= other < number and not any(STOP.search(piece) for piece in pieces[other:number]) for other in negations
        )
        hits += [(number, word, -sign if turned else sign) for word, sign in words]
    return max(-1.0, min(1.0, sum(sign for *_, sign in hits) / math.sqrt(len(pieces) or 1))), hits


@functools.cache
def entries() -> frozenset[str]:
    """Every word that `read` finds something in, "n't" apart."""
    return frozenset(lexicon()) | NEGATIONS


def read(piece: str) -> Word | None:
    """The words of praise and blame in a piece between white space, and whether it negates; None if neither."""
    found, negates = [], False
    for word in [piece.lower()] if piece.isalpha() else [match[0].removesuffix("'s") for match in WORD.finditer(piece.lower())]:
        if word in lexicon():
            found.append((word, lexicon()[word]))
        negates = negates or word in NEGATIONS or word.endswith("n't")
    return (found, negates) if found or negates else None
