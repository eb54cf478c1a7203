"""How does a part of an article score? The text is looked up once, word by word; each span takes its share."""

import bisect
import functools
import operator

from spacy.tokens import Doc

from samestory.sentiment.masking import masked, words_of
from samestory.sentiment.scores import KNOWN, LEAST_PLAIN, Assessment, assess_pieces, known_among, straightened


class Pieces:
    """An article between its white space: where the pieces stand, and what the dictionaries know of them with names masked."""

    def __init__(self, doc: Doc):
        self.doc = doc
        words = words_of(doc)
        self.starts, self.ends = _places(straightened("".join(words.plain)))
        # Masking changes no white space, so these are as many.
        self.pieces = straightened("".join(words.unnamed)).split()
        self.uneventful = straightened("".join(words.uneventful)).split()
        self.known = known_among(self.pieces)
        self.numbers = [number for number, _ in self.known]
        events = sorted({bisect.bisect_right(self.starts, words.starts[i]) - 1 for i in words.events})
        # Those that change something: an event word that no dictionary knows is as good as a masked one.
        self.events = [i for i in events if not (_is_nothing(self.pieces[i]) and _is_nothing(self.uneventful[i]))]
        self.assessed: dict[tuple[int, int, bool], Assessment] = {}

    def within(self, start: int, end: int) -> tuple[int, int]:
        """The first piece in a span, and the one after its last."""
        return bisect.bisect_right(self.ends, start), bisect.bisect_left(self.starts, end)

    def assess(self, start: int, end: int, *, events: bool = False) -> Assessment:
        """What `scores.assess` says of a span with names masked, and event words too if asked; pieces are counted from its first."""
        if (start, end, events) not in self.assessed:
            self.assessed[start, end, events] = self._assess(start, end, events)
        return self.assessed[start, end, events]

    def _assess(self, start: int, end: int, events: bool) -> Assessment:
        first, last = self.within(start, end)
        if events and bisect.bisect_left(self.events, first) == bisect.bisect_left(self.events, last):
            return self.assess(start, end)
        other: dict[int, str] = {}  # pieces that are not as they are in `self.pieces`
        if events:
            changed = self.events[bisect.bisect_left(self.events, first) : bisect.bisect_left(self.events, last)]
            other = {i: self.uneventful[i] for i in changed}
        for i in {first, last - 1} if first < last else ():
            if self.starts[i] < start or end < self.ends[i]:
                other[i] = straightened(masked(self.doc, max(start, self.starts[i]), min(end, self.ends[i]), events=events))
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
    """`scores.score` of `masking.masked`, for less: the text is not put together. `also` masks one more span."""
    found = pieces_of(doc)
    if also is None:
        return dict(found.assess(start, end, events=events).scores)
    first, last = found.within(start, end)
    words = words_of(doc)
    target = [i for i in range(*words.within(*also)) if i not in words.names and words.solid(i)]
    if not target:
        return dict(found.assess(start, end, events=events).scores)
    before, after = found.within(*also)
    other = {i: found.uneventful[i] for i in found.events if first <= i < last} if events else {}
    for i in range(first, last):
        if before <= i < after or found.starts[i] < start or end < found.ends[i]:
            inside = straightened(masked(doc, max(start, found.starts[i]), min(end, found.ends[i]), events=events, also=also))
            if not (_is_nothing(inside) and _is_nothing(found.pieces[i])):
                other[i] = inside
    if not other and first < last and found.starts[first] >= start and found.ends[last - 1] <= end:
        return dict(found.assess(start, end).scores)
    return dict(found.assess_but(first, last, other).scores)


def _places(text: str) -> tuple[list[int], list[int]]:
    """Where the pieces of a text between its white space begin and end."""
    starts, ends, at = [], [], 0
    for piece in text.split():
        at = text.index(piece, at)
        starts.append(at)
        at += len(piece)
        ends.append(at)
    return starts, ends


def _is_nothing(piece: str) -> bool:
    """Is a piece a word that no dictionary knows, and like any other such word to all of them?"""
    bare = piece.strip(".,")
    return len(bare) > LEAST_PLAIN and bare.isalpha() and not bare.isupper() and KNOWN[piece] is None
