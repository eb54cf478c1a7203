"""How the methods of sentiment are called in a report, and how their numbers are written."""

import pandas as pd

from samestory import sentiment
from samestory.analysis import Analysis

# In the order in which they are shown.
NAMES = {
    "vader": "VADER",
    "textblob": "TextBlob",
    "opinion": "opinion words",
    "rules": "rules",
    "classifier": "learned classifier",
    "vader_clause": "VADER in the clause",
}
TOWARDS = ("rules", "classifier", "vader_clause", "vader", "textblob", "opinion")  # of targets, those that take notice of the target first
CLASSES = ("negative", "neutral", "positive")
SIGNS = {"negative": "−", "neutral": "○", "positive": "+"}
CUT = 0.05  # of the authors of VADER (Hutto & Gilbert 2014), used for every dictionary's sentence score


def of_sentences(analysis: Analysis) -> tuple[str, ...]:
    """The dictionaries that scored the sentences of this story, in the order of NAMES."""
    columns = analysis.tables["sentences"].columns
    return tuple(m for m in NAMES if m in sentiment.METHODS and m in columns)


def of_targets(analysis: Analysis) -> tuple[str, ...]:
    """The methods that scored the mentions of actors in this story, in the order of TOWARDS."""
    found = set(analysis.tables["targets"]["method"].dropna())
    return tuple(m for m in TOWARDS if m in found)


def classed(scores: pd.Series, *, cut: float = CUT) -> pd.Series:
    """Scores as classes: negative at -cut and below, positive at cut and above, else neutral."""
    return pd.Series(["negative" if s <= -cut else "positive" if s >= cut else "neutral" for s in scores], index=scores.index, dtype=object)


def number(value: float) -> str:
    """A score for reading: two places and a true minus sign."""
    text = f"{value:.2f}".replace("-", "−")
    return "0.00" if text == "−0.00" else text


def numbers(row, methods: tuple[str, ...]) -> str:
    """The scores of a row by several methods: "VADER −0.34, TextBlob 0.10"."""
    return ", ".join(f"{NAMES[m]} {number(getattr(row, m))}" for m in methods if pd.notna(getattr(row, m)))
