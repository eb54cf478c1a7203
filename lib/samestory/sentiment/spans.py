"""How does a part of an article score? The text is looked up once, word by word; each span takes its share."""

import bisect
import functools
import operator

import numpy as np
from spacy.tokens import Doc

from samestory.sentiment.masking import masked, words_of
from samestory.sentiment.scores import KNOWN, LEAST_PLAIN, Assessment, assess_pieces, known_among, straightened

SPACE = np.array([chr(i).isspace() for i in range(0x3002)])  # the last white space of Unicode is U+3000


class Pieces:
    """An article between its white space: where the pieces stand, and what the dictionaries know of them with names masked."""

    def __init__(self, doc: Doc):
        self.doc = doc
        words = words_of(doc)
        self.starts, self.ends = _places(straightened(words.text))
        # Masking changes no white space, so these are as many.
        self.pieces = straightened("".join(words.unnamed)).split()
        self.uneventful = straightened("".join(words.uneventful)).split()
        self.known = known_among(self.pieces)
        self.numbers = [number for number, _ in self.known]
        events = dict.fromkeys(bisect.bisect_right(self.starts, words.starts[i]) - 1 for i in words.events)
        # Those that change something: an event word that no dictionary knows is as good as a masked one.
        self.events = [i for i in events if not (_is_nothing(self.pieces[i]) and _is_nothing(self.uneventful[i]))]
        self.assessed: dict[tuple[int, int], tuple[Assessment, Assessment]] = {}

    def within(self, start: int, end: int) -> tuple[int, int]:
        """The first piece in a span, and the one after its last."""
        return bisect.bisect_right(self.ends, start), bisect.bisect_left(self.starts, end)

    def knows(self, start: int, end: int) -> bool:
        """Does a dictionary know anything of a span?"""
        first, last = self.within(start, end)
        return bisect.bisect_left(self.numbers, first) < bisect.bisect_left(self.numbers, last)

    def assess(self, start: int, end: int) -> tuple[Assessment, Assessment]:
        """What `scores.assess` says of a span with names masked, and with event words masked too; pieces are counted from its first."""
        found = self.assessed.get((start, end))
        if found is None:
            first, last = self.within(start, end)
            plain = self._assess(start, end, first, last)
            eventful = bisect.bisect_left(self.events, first) < bisect.bisect_left(self.events, last)
            found = self.assessed[start, end] = plain, self._assess(start, end, first, last, events=True) if eventful else plain
        return found

    def assess_without(self, start: int, end: int, also: tuple[int, int], *, events: bool = False) -> Assessment:
        """The same with one more span masked."""
        return self._assess(start, end, *self.within(start, end), events=events, also=also)

    def _assess(self, start: int, end: int, first: int, last: int, *, events: bool = False, also: tuple | None = None) -> Assessment:
        other: dict[int, str] = {}  # pieces that are not as they are in `self.pieces`
        if events:
            changed = self.events[bisect.bisect_left(self.events, first) : bisect.bisect_left(self.events, last)]
            other = {i: self.uneventful[i] for i in changed}
        if first < last:
            cut = []
            if self.starts[first] < start:
                cut.append((first, first + 1))
            if end < self.ends[last - 1]:
                cut.append((last - 1, last))
            if also is not None:
                low, high = self.within(*also)
                cut.append((max(low, first), min(high, last)))
            for low, high in cut:
                if low < high:
                    text = masked(self.doc, max(start, self.starts[low]), min(end, self.ends[high - 1]), events=events, also=also)
                    other.update(zip(range(low, high), straightened(text).split(), strict=True))
        return self.assess_but(first, last, other)

    def assess_but(self, first: int, last: int, other: dict[int, str]) -> Assessment:
        """What the dictionaries say of some pieces, with others (by number) in the place of some of them."""
        some = self.known[bisect.bisect_left(self.numbers, first) : bisect.bisect_left(self.numbers, last)]
        pieces = self.pieces[first:last]
        if not other:
            return assess_pieces(pieces, [(number - first, entry) for number, entry in some])
        known = [(number - first, entry) for number, entry in some if number not in other]
        for i, piece in other.items():
            pieces[i - first] = piece
            if (entry := KNOWN[piece]) is not None:
                known.append((i - first, entry))
        known.sort(key=operator.itemgetter(0))
        return assess_pieces(pieces, known)


@functools.lru_cache(maxsize=4)
def pieces_of(doc: Doc) -> Pieces:
    """The pieces of a Doc, found once for all that is asked about it."""
    return Pieces(doc)


def score_span(doc: Doc, start: int, end: int, *, events: bool = False, also: tuple[int, int] | None = None) -> dict[str, float]:
    """`scores.score` of `masking.masked`, for less."""
    found = pieces_of(doc)
    return dict((found.assess(start, end)[events] if also is None else found.assess_without(start, end, also, events=events)).scores)


def _places(text: str) -> tuple[list[int], list[int]]:
    """Where the pieces of a text between its white space begin and end."""
    letters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    inside = np.zeros(len(text) + 2, dtype=bool)
    inside[1:-1] = ~SPACE[np.minimum(letters, len(SPACE) - 1)]
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    return edges[::2].tolist(), edges[1::2].tolist()


def _is_nothing(piece: str) -> bool:
    """Is a piece a word that no dictionary knows, and like any other such word to all of them?"""
    bare = piece.strip(".,")
    return len(bare) > LEAST_PLAIN and bare.isalpha() and not bare.isupper() and KNOWN[piece] is None
