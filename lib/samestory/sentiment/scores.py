"""What do dictionaries make of a text? One number a method, each in [-1, 1]."""

import functools

from textblob.en.sentiments import PatternAnalyzer
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from samestory.lists import read_list

METHODS = ("textblob", "vader")
# Typographic apostrophes break VADER's negation ("didn’t help"), and both dictionaries know words with straight ones only.
STRAIGHT = str.maketrans({"‘": "'", "’": "'", "‛": "'", "ʼ": "'", "′": "'", "“": '"', "”": '"', "‟": '"', "„": '"', "«": '"', "»": '"'})


@functools.cache
def analysers() -> tuple[PatternAnalyzer, SentimentIntensityAnalyzer]:
    """One analyser of TextBlob and one of VADER, built once: TextBlob objects cost 1.6 times as much for the same numbers."""
    return PatternAnalyzer(), SentimentIntensityAnalyzer()


@functools.cache
def event_words() -> frozenset[str]:
    """Words that name what happened rather than judge it (`data/event_words.csv`): killed, siege, wounded ..."""
    return frozenset(read_list("event_words")["word"].str.lower())


def straightened(text: str) -> str:
    """The text with typographic apostrophes and quotation marks made straight, as long as before."""
    return text.translate(STRAIGHT)


def score(text: str) -> dict[str, float]:
    """The score of a sentence by each of METHODS, in [-1, 1]: TextBlob's polarity and VADER's compound.

    Sources: TextBlob's pattern.en lexicon (De Smedt & Daelemans 2012); VADER (Hutto & Gilbert 2014), lexicon of vaderSentiment 3.3.2.
    """
    blob, vader = analysers()
    text = straightened(text)
    return {"textblob": float(blob.analyze(text).polarity), "vader": float(vader.polarity_scores(text)["compound"])}
