"""Which words carry the scores: do they name an event, judge, or neither?"""

from samestory import parse
from samestory.sentiment.masking import words_of
from samestory.sentiment.scores import assess
from samestory.sentiment.spans import pieces_of


def drivers(text: str) -> list[dict]:
    """The words of a sentence that carry its scores, in the order of the text.

    Rows: `word` (with the negation or adverb that TextBlob reads with it), `textblob` (polarity as TextBlob reads it there), `vader` (its
    valence before a negation, -4 to 4), `opinion` (1 praise, -1 blame, turned round after a negation), each None where that dictionary
    lacks the word, and `kind`: `event` (it names what happened), `evaluative` (it judges) or `other` (`kinds.kind_of`).
    """
    return [dict(row) for _, row in assess(text).words]


def driver_words(article: parse.Article) -> list[dict]:
    """The words of an article that carry its sentences' scores, where they stand; names, which are masked, are not among them.

    Rows: `sentence` (from 1), `start, end, text`, and `word, kind, textblob, vader, opinion` as in `drivers`.
    """
    rows = []
    pieces, plain = pieces_of(article.doc), article.plain
    for number, (start, end) in enumerate(words_of(article.doc).sentences, start=1):
        first, _ = pieces.within(start, end)
        for piece, row in pieces.assess(start, end)[0].words:
            at, last = max(start, pieces.starts[first + piece]), min(end, pieces.ends[first + piece])
            inside = [(plain[at:last].lower().rfind(word), word) for word in reversed(row["word"].split())]
            shift, word = next(((s, w) for s, w in inside if s >= 0), (0, plain[at:last]))
            rows.append({"sentence": number} | article.row(at + shift, at + shift + len(word)) | row)
    return rows
