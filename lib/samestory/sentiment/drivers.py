"""Which words carry the scores: do they name an event, or judge?"""

import re

from samestory import parse
from samestory.sentiment.masking import masked, words_of
from samestory.sentiment.scores import METHODS, assess, event_words, straightened

PIECE = re.compile(r"\S+")


def drivers(text: str) -> list[dict]:
    """The words of a sentence that carry its scores, in the order of the text.

    Rows: `word` (with the negation or adverb that TextBlob reads with it), `textblob` (polarity as TextBlob reads it there), `vader` (its
    valence, -4 to 4), `opinion` (1 praise, -1 blame, turned round after a negation), each None where that dictionary lacks the word, and
    `kind`: `event` (it names what happened) or `evaluative`.
    """
    return [row for _, row in _found(text)]


def driver_words(article: parse.Article) -> list[dict]:
    """The words of an article that carry its sentences' scores, where they stand; names, which are masked, are not among them.

    Rows: `sentence` (from 1), `start, end, text`, and `word, kind, textblob, vader, opinion` as in `drivers`.
    """
    rows = []
    plain = article.plain
    for number, (start, end) in enumerate(words_of(article.doc).sentences, start=1):
        found = _found(masked(article.doc, start, end))
        if not found:
            continue
        # Masking changes no white space, so the pieces of the text as it stands are those that were scored.
        places = [match.span() for match in PIECE.finditer(straightened(plain[start:end]))]
        for piece, row in found:
            at, last = start + places[piece][0], start + places[piece][1]
            inside = [(plain[at:last].lower().rfind(word), word) for word in reversed(row["word"].split())]
            shift, word = next(((s, w) for s, w in inside if s >= 0), (0, plain[at:last]))
            rows.append({"sentence": number} | article.row(at + shift, at + shift + len(word)) | row)
    return rows


def _found(text: str) -> list[tuple[int, dict]]:
    """Rows of `drivers`, each with the number of its piece in `text.split()`."""
    rows: dict[tuple, dict] = {}
    for method, hits in assess(text).hits.items():
        for piece, word, value in hits:
            if not value:  # known to TextBlob, but without polarity
                continue
            key = (piece, "")
            if key in rows and rows[key][method] is not None:
                key = (piece, word)
            row = rows.setdefault(key, {"word": word} | dict.fromkeys(METHODS))
            row[method] = value
    for row in rows.values():
        row["kind"] = "event" if any(w in event_words() for w in (*row["word"].split(), *re.split(r"[\s-]", row["word"]))) else "evaluative"
    return [(piece, row) for (piece, _), row in sorted(rows.items())]
