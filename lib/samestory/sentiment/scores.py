"""What do dictionaries make of a text? One number a method, each in [-1, 1]."""

import dataclasses
import functools

from samestory import clean
from samestory.lists import read_list
from samestory.sentiment import opinion, pattern, vader

METHODS = ("textblob", "vader", "opinion")
# Typographic apostrophes break VADER's negation ("didn’t help"), and none of the dictionaries takes these marks off a word.
STRAIGHT = clean.STRAIGHT | str.maketrans({"ʼ": "'", "′": "'", "—": " ", "…": "."})
REMEMBERED = 2_000  # texts: a sentence is asked for again as a stretch and for each mention in it


@dataclasses.dataclass(frozen=True)
class Assessment:
    """The scores of a text by method, and the words behind each of them: number of the piece (`text.split()`), words, value."""

    scores: dict[str, float]
    hits: dict[str, list[tuple[int, str, float]]]


@functools.cache
def event_words() -> frozenset[str]:
    """Words that name what happened rather than judge it (`data/event_words.csv`): killed, siege, wounded ..."""
    return frozenset(read_list("event_words")["word"].str.lower())


def straightened(text: str) -> str:
    """The text with typographic apostrophes, quotation marks and dashes made plain, as long as before."""
    return text.translate(STRAIGHT)


def score(text: str) -> dict[str, float]:
    """The score of a sentence by each of METHODS, in [-1, 1]: TextBlob's polarity, VADER's compound, opinion words counted.

    Sources: TextBlob's pattern.en lexicon (De Smedt & Daelemans 2012); VADER (Hutto & Gilbert 2014), lexicon of vaderSentiment 3.3.2;
    Opinion Lexicon (Hu & Liu 2004).
    """
    return dict(assess(text).scores)


@functools.lru_cache(maxsize=REMEMBERED)
def assess(text: str) -> Assessment:
    """Scores and the words behind them, from one pass over the text."""
    text = straightened(text)
    pieces = text.split()
    blob, blob_hits = pattern.assess(text, pieces)
    compound, vader_hits = vader.assess(text, pieces)
    count, opinion_hits = opinion.assess(pieces)
    hits = {"textblob": blob_hits, "vader": vader_hits, "opinion": opinion_hits}
    return Assessment({"textblob": blob, "vader": compound, "opinion": count}, hits)
