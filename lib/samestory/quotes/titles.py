"""Is a quotation the title of a work: a programme, a book, a song? Then nobody says it."""

import functools
import re

from samestory.lists import read_list
from samestory.quotes.marks import Pair

SMALL = 3  # letters; shorter words of a title may be small


@functools.cache
def _leads() -> frozenset[str]:
    return frozenset(read_list("title_words")["word"])


def capitalised(text: str, pair: Pair, *, least: int = 2) -> bool:
    """Are there at least so many words, do all longer words of a quotation have a capital, and is it no sentence with a stop of its own?"""
    words = text[pair.inner_start : pair.inner_end].strip(" ,").split()
    return least <= len(words) <= 12 and words[-1][-1] not in "!?" and all(not w[0].islower() for w in words if len(w) > SMALL)


def is_title(text: str, pair: Pair) -> bool:
    """Is a capitalised quotation led by a word such as "programme", "on" or "NBC's" (`data/title_words.csv`)?"""
    if not capitalised(text, pair, least=1):
        return False
    before = re.findall(r"[\w'’]+", text[max(0, pair.start - 40) : pair.start])
    if not before or text[pair.start - 1 : pair.start] != " ":
        return False
    pair_of_words = " ".join(before[-2:]).lower()  # "author of"
    return before[-1].lower() in _leads() or pair_of_words in _leads() or before[-1].endswith(("'s", "’s", "s'", "s’"))
