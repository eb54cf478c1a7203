"""What do dictionaries make of a sentence, and of the clause an actor stands in? Scores to look at, never a ranking."""

from samestory.sentiment.drivers import driver_words, drivers
from samestory.sentiment.kinds import event_words
from samestory.sentiment.masking import is_name, masked
from samestory.sentiment.scores import METHODS, score
from samestory.sentiment.sentences import sentences, stretches
from samestory.sentiment.spans import score_span
from samestory.sentiment.targets import targets

__all__ = [
    "METHODS",
    "driver_words",
    "drivers",
    "event_words",
    "is_name",
    "masked",
    "score",
    "score_span",
    "sentences",
    "stretches",
    "targets",
]
