"""What does TextBlob make of a text, word by word? The very numbers of `TextBlob(text).sentiment.polarity`, at a fraction of the time."""

import functools
import re

from textblob.en import sentiment as lexicon
from textblob.en.sentiments import PatternAnalyzer

# What TextBlob could join to an emoticon ("(8)", "said: (", "X D") or read as emphasis or as the end of a paragraph is left to itself.
ODD = re.compile(
    r"[<>!°♥]|\n\s*\n|[:;=]\s*(?:['^-]\s*)*(?:[dpbcos3](?!\w)|[])}/\\.([{*^|])|\*\s*-?\s*\)|8\s*(?:-\s*)?(?:d(?!\w)|\))"
    r"|x\s*(?:-\s*)?d(?!\w)|o\s*[._]\s*o(?!\w)",
    re.IGNORECASE,
)
Hit = tuple[int, str, float]


@functools.cache
def analyser() -> PatternAnalyzer:
    """The one analyser, reused: building TextBlob objects costs 1.6 times as much for the same numbers."""
    return PatternAnalyzer()


def assess(text: str, pieces: list[str]) -> tuple[float, list[Hit]]:
    """Polarity of a text in [-1, 1], and the words behind it: number of the piece (`text.split()`), words, polarity with negation.

    The words are in lower case, with the negation or the adverb in front of them; those of polarity 0, which pull the mean to 0, are
    among them. Source: pattern.en (De Smedt & Daelemans 2012), as TextBlob has it; its tokeniser takes "n't" apart, so that only *no*,
    *not* and *never* turn a word round.
    """
    found = _assessments(pieces)
    if ODD.search(text):
        return float(analyser().analyze(text).polarity), found
    total = 0
    for _, _, polarity in found:
        total += polarity
    return float(total / float(len(found) or 1)), found


def _assessments(pieces: list[str]) -> list[Hit]:
    """`textblob._text.Sentiment.assessments`, with what depends on one word alone looked up once a word."""
    found: list[list] = []  # number, words, polarity, intensity, sign
    modifier = negation = None
    for number, piece in enumerate(pieces):
        words, matters = _words(piece)
        if not matters and modifier is None and negation is None:
            continue
        for word, known, modifies, negates in words:
            if known is not None:
                polarity, _, intensity = known
                if modifier is None:
                    found.append([number, [word], polarity, intensity, 1])
                else:
                    last = found[-1]
                    last[0] = number
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
    return [(number, " ".join(words), polarity * -0.5 if sign < 0 else polarity) for number, words, polarity, _, sign in found]


@functools.lru_cache(maxsize=50_000)
def _words(piece: str) -> tuple[tuple, bool]:
    """The words that TextBlob makes of a piece between white space, each with its entry, and whether one of them matters by itself."""
    if not len(lexicon):  # loads itself when first asked
        raise RuntimeError("TextBlob's lexicon is empty")
    words = []
    for word in " ".join(lexicon.tokenizer(piece)).split():
        word = word.lower()
        senses = dict.get(lexicon, word)
        known = senses.get(None) if senses is not None else None
        modifies = known is not None and any(m in senses for m in lexicon.modifiers)
        words.append((word, known and tuple(known), modifies, word in lexicon.negations))
    return tuple(words), any(known is not None or negates for _, known, _, negates in words)
