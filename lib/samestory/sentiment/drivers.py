"""Which words carry the scores: do they name an event, or judge?"""

import re

from samestory import parse
from samestory.sentiment.masking import is_name, masked
from samestory.sentiment.scores import analysers, event_words


def drivers(text: str) -> list[dict]:
    """The words of a sentence that carry its scores.

    Rows: `word`, `textblob` (polarity of the word as TextBlob's lexicon has it, or None), `vader` (its valence, -4 to 4, or None), and
    `kind`: `event` (it names what happened) or `evaluative`.
    """
    blob, vader = analysers()
    assessed: dict[str, float] = {}
    for words, polarity, *_ in blob.analyze(text, keep_assessments=True).assessments:
        assessed[" ".join(words)] = polarity
    valences = {w: vader.lexicon[w.lower()] for w in re.findall(r"[\w'-]+", text) if w.lower() in vader.lexicon}
    rows: dict[str, dict] = {}
    for word, polarity in assessed.items():
        if polarity:
            rows[word.lower()] = {"word": word.lower(), "textblob": polarity, "vader": None}
    for word, valence in valences.items():
        rows.setdefault(word.lower(), {"word": word.lower(), "textblob": None})["vader"] = valence
    for row in rows.values():
        row["kind"] = "event" if any(w in event_words() for w in row["word"].split()) else "evaluative"
    return list(rows.values())


def driver_words(article: parse.Article) -> list[dict]:
    """The words of an article that carry its sentences' scores, where they stand; names, which are masked, are not among them.

    Rows: `sentence` (from 1), `start, end, text`, and `word, kind, textblob, vader` as in `drivers`.
    """
    rows = []
    for number, (start, end) in enumerate(parse.sentences(article.doc), start=1):
        scored = {row["word"].split()[-1]: row for row in drivers(masked(article.doc, start, end))}
        for token in article.doc.char_span(start, end, alignment_mode="expand"):
            if token.lower_ in scored and not is_name(token):
                rows.append({"sentence": number} | article.row(token.idx, token.idx + len(token)) | scored[token.lower_])
    return rows
