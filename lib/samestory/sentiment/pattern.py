"""What does TextBlob make of a text, word by word? The very numbers of `TextBlob(text).sentiment.polarity`, at a fraction of the time."""

import functools
import re

from textblob._text import ABBREVIATIONS
from textblob.en import sentiment
from textblob.en.sentiments import PatternAnalyzer

# What TextBlob could join to an emoticon ("(8)", "said: (", "X D") or read as emphasis is left to itself; a piece without any of these
# has no part in it.
ODD = re.compile(
    r"[<>!°♥]|[:;=]\s*(?:['^-]\s*)*(?:[dpbcos3](?!\w)|[])}/\\.([{*^|])|\*\s*-?\s*\)|8\s*(?:-\s*)?(?:d(?!\w)|\))"
    r"|x\s*(?:-\s*)?d(?!\w)|o\s*[._]\s*o(?!\w)",
    re.IGNORECASE,
)
SUSPECT = re.compile(r"[<>!°♥:;=*]|8(?:\W|d|$)|(?:(?<!\w)|x)d(?!\w)|(?:(?<!\w)|_)o(?!\w)", re.IGNORECASE)
RUN = re.compile(r"[^\W\d_]+")
Hit = tuple[int, str, float]
Word = tuple[str, tuple | None, bool, bool]  # the word, its polarity, subjectivity and intensity, whether it modifies, whether it negates


@functools.cache
def analyser() -> PatternAnalyzer:
    """The one analyser, reused: building TextBlob objects costs 1.6 times as much for the same numbers."""
    return PatternAnalyzer()


@functools.cache
def lexicon() -> dict[str, dict]:
    """TextBlob's lexicon: word to part of speech (None: all) to polarity, subjectivity, intensity."""
    sentiment.load()  # which it does itself only when first asked
    return dict(dict.items(sentiment))


def assess(pieces: list[str], known: list[tuple[int, list[Word]]], *, text: str) -> tuple[float, list[Hit]]:
    """Polarity of a text in [-1, 1], and the words behind it: number of the piece, words, polarity with negation.

    `pieces`: the text between its white space; `known`: those in which `read` finds something, by number; `text`: the whole text if one of
    them is `SUSPECT`, else empty. The words are in lower case, with the negation or the adverb in front
    of them; those of polarity 0, which pull the mean to 0, are among them. Source: pattern.en (De Smedt & Daelemans 2012), as TextBlob
    has it; its tokeniser takes "n't" apart, so that only *no*, *not* and *never* turn a word round.
    """
    found = _assessments(pieces, known) if known else []
    if text and ODD.search(text):
        return float(analyser().analyze(text).polarity), found
    total = 0
    for _, _, polarity in found:
        total += polarity
    return float(total / float(len(found) or 1)), found


def read(piece: str) -> list[Word] | None:
    """The words of a piece between white space if the lexicon has one of them or one negates, else None."""
    if piece.isalpha():
        return [word] if (word := entries().get(piece.lower())) else None
    if "n't" not in piece and heads().isdisjoint(RUN.findall(piece.lower())):
        return None  # without the cost of the tokeniser
    words = _words(piece)
    return words if any(known is not None or negates for _, known, _, negates in words) else None


def _assessments(pieces: list[str], known: list[tuple[int, list[Word]]]) -> list[Hit]:
    """`textblob._text.Sentiment.assessments`, which looks at unknown words only while a modifier or a negation waits for its word."""
    found: list[list] = []  # number, words, polarity, intensity, sign
    modifier = negation = None
    upcoming = iter(known)
    following = next(upcoming, None)
    at = 0
    while at < len(pieces):
        if modifier is None and negation is None:
            if following is None:
                break
            at = following[0]
        if following is not None and at == following[0]:
            words, following = following[1], next(upcoming, None)
        else:
            words = _words(pieces[at])
        for word, entry, modifies, negates in words:
            if entry is not None:
                polarity, _, intensity = entry
                if modifier is None:
                    found.append([at, [word], polarity, intensity, 1])
                else:
                    last = found[-1]
                    last[0] = at
                    last[1].append(word)
                    last[2] = max(-1.0, min(polarity * last[3], +1.0))
                    last[3] = intensity
                if negation is not None:
                    last = found[-1]
                    last[1].insert(0, negation)
                    last[3] = 1.0 / last[3]
                    last[4] = -1
                modifier = word if modifies else None
                negation = word if negates else None
                continue
            if negates:
                negation = word
            elif negation and len(word.strip("'")) > 1:
                negation = None
            if negation is not None and modifier is not None and modifier.endswith("ly"):
                found[-1][1].append(negation)
                found[-1][4] = -1
                negation = None
            elif modifier and len(word) > 2:
                modifier = None
        at += 1
    return [(number, " ".join(words), polarity * -0.5 if sign < 0 else polarity) for number, words, polarity, _, sign in found]


def _words(piece: str) -> list[Word]:
    """The words that TextBlob makes of a piece between white space, each with its entry."""
    known = entries()
    return [known.get(word) or (word, None, False, False) for word in _tokens(piece)]


@functools.cache
def entries() -> dict[str, Word]:
    """Every word that has an entry or negates."""
    found: dict[str, Word] = {word: (word, None, False, True) for word in sentiment.negations}
    for word, senses in lexicon().items():
        found[word] = (word, tuple(senses[None]), any(m in senses for m in sentiment.modifiers), word in sentiment.negations)
    return found


@functools.cache
def heads() -> frozenset[str]:
    """The first letters, up to a mark, of each entry and negation; a piece that has none of them has no entry ("n't" apart)."""
    return frozenset(run[0] for word in entries() if (run := RUN.findall(word)))


def _tokens(piece: str) -> list[str]:
    """What TextBlob's tokeniser makes of a piece between white space, in lower case; it is asked only where it could do anything."""
    if piece.isalpha():
        return [piece.lower()]
    word, mark = piece[:-1], piece[-1]
    if word.isalpha() and (mark == "," or (mark == "." and word.islower() and len(word) > 1 and piece not in ABBREVIATIONS)):
        return [word.lower(), mark]
    if mark == '"':  # a word of its own wherever it stands
        return [*_tokens(word), mark] if word else [mark]
    if piece[0] == '"':
        return ['"', *_tokens(piece[1:])]
    return " ".join(sentiment.tokenizer(piece)).lower().split()
