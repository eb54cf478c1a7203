"""What do dictionaries make of a text? One number a method, each in [-1, 1]."""

import functools

from samestory import clean
from samestory.capitals import ordinary
from samestory.sentiment import opinion, pattern, vader
from samestory.sentiment.kinds import kind_of

METHODS = ("textblob", "vader", "opinion")
# Typographic apostrophes break VADER's negation ("didn’t help"), and none of the dictionaries takes these marks off a word.
STRAIGHT = {chr(mark): plain for mark, plain in clean.STRAIGHT.items()} | {"ʼ": "'", "′": "'", "—": " ", "…": "."}
MOST_PIECES = 100_000
LEAST_PLAIN = 3  # letters; shorter words may be a piece of an emoticon
REMEMBERED = 2_000  # texts: a sentence is asked for again as a stretch and for each mention in it


class Assessment:
    """The scores of a text by method, and the words behind each of them: number of the piece (`text.split()`), words, value."""

    def __init__(self, scores: dict[str, float], hits: dict[str, list[tuple[int, str, float]]]):
        self.scores, self.hits = scores, hits

    @functools.cached_property
    def words(self) -> list[tuple[int, dict]]:
        """The words behind the scores, one a word for all methods: rows of `drivers.drivers`, each with the number of its piece."""
        rows: dict[tuple[int, str], dict] = {}
        for method, hits in self.hits.items():
            for piece, word, value in hits:
                if not value:  # known to TextBlob, but without polarity
                    continue
                row = rows.get((piece, ""))
                if row is None:
                    row = rows[piece, ""] = _driver(word)
                elif row[method] is not None:
                    row = rows.setdefault((piece, word), _driver(word))
                row[method] = value
        return [(piece, row) for (piece, _), row in sorted(rows.items())]


def _driver(word: str) -> dict:
    return {"word": word, "textblob": None, "vader": None, "opinion": None, "kind": kind_of(word)}


def is_english(word: str) -> bool:
    """Is a word in small letters an English one: in the list of ordinary words, or in a dictionary?"""
    return word in ordinary() or word in _entries()


def straightened(text: str) -> str:
    """The text with typographic apostrophes, quotation marks and dashes made plain, as long as before."""
    if text.isascii() and "`" not in text and "\t" not in text:  # what of STRAIGHT is ASCII
        return text
    for mark, plain in STRAIGHT.items():
        if mark in text:
            text = text.replace(mark, plain)
    return text


def score(text: str) -> dict[str, float]:
    """The score of a sentence by each of METHODS, in [-1, 1]: TextBlob's polarity, VADER's compound, opinion words counted.

    Sources: TextBlob's pattern.en lexicon (De Smedt & Daelemans 2012); VADER (Hutto & Gilbert 2014), lexicon of vaderSentiment 3.3.2;
    Opinion Lexicon (Hu & Liu 2004).
    """
    return dict(assess(text).scores)


@functools.lru_cache(maxsize=REMEMBERED)
def assess(text: str) -> Assessment:
    """Scores and the words behind them, from one pass over the text."""
    pieces = straightened(text).split()
    return assess_pieces(pieces, known_among(pieces))


def assess_pieces(pieces: list[str], known: list[tuple[int, tuple]]) -> Assessment:
    """Scores of a text cut at its white space, and the words behind them; `known`: what `known_among` says of the pieces."""
    if not known:
        return NOTHING
    of_blob, of_vader, of_opinion, suspect = [], [], [], False
    for number, (blob, vads, opinions, odd) in known:
        if blob is not None:
            of_blob.append((number, blob))
        if vads is not None:
            of_vader.append((number, vads))
        if opinions is not None:
            of_opinion.append((number, opinions))
        suspect = suspect or odd
    text = " ".join(pieces) if suspect else ""
    polarity, blob_hits = pattern.assess(pieces, of_blob, text=text) if of_blob or suspect else (0.0, ())
    compound, vader_hits = vader.assess(pieces, of_vader, text=text) if of_vader or suspect else (0.0, ())
    count, opinion_hits = opinion.assess(pieces, of_opinion) if of_opinion else (0.0, ())
    return Assessment(
        {"textblob": polarity, "vader": compound, "opinion": count}, {"textblob": blob_hits, "vader": vader_hits, "opinion": opinion_hits}
    )


def known_among(pieces: list[str]) -> list[tuple[int, tuple]]:
    """The pieces of which a dictionary knows something: number and what TextBlob, VADER and the opinion list know, and is it suspect."""
    return [(number, entry) for number, entry in enumerate(map(KNOWN.__getitem__, pieces)) if entry is not None]


class _Known(dict):
    """What each dictionary knows of a piece between white space, looked up once a piece; None where none knows anything."""

    def __missing__(self, piece: str) -> tuple | None:
        if len(self) >= MOST_PIECES:
            self.clear()
        bare = piece.strip(".,\"()'")
        if len(bare) >= LEAST_PLAIN and bare.isalpha():
            if bare.lower() not in _entries():
                self[piece] = None
                return None
            entry = (pattern.read(piece), vader.read(bare), opinion.read(bare), False)
        else:
            suspect = pattern.SUSPECT.search(piece) is not None or vader.suspect(piece)
            entry = (pattern.read(piece), vader.read(piece), opinion.read(piece), suspect)
        self[piece] = entry = None if entry == (None, None, None, False) else entry
        return entry


@functools.cache
def _entries() -> frozenset[str]:
    """Every word that some dictionary could know, or a part of it: a longer word of letters that is not here is nothing to any of them."""
    return pattern.heads() | vader.entries().keys() | opinion.entries()


KNOWN = _Known()
NOTHING = Assessment(dict.fromkeys(METHODS, 0.0), dict.fromkeys(METHODS, ()))
