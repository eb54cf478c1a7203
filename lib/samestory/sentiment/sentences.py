"""How do the sentences of an article score, and the stretches of each in one voice?"""

import re

from samestory import parse
from samestory.quotes.voice import WORD, Voices
from samestory.sentiment.drivers import drivers
from samestory.sentiment.masking import masked, words_of
from samestory.sentiment.scores import score

CLOSE = re.compile(r"[.,;:!?…)\]]*")  # what stays with the word before it


def sentences(article: parse.Article, voices) -> list[dict]:
    """Score every sentence of an article, furniture left out.

    Rows: `sentence` (from 1), `start, end, voice` (narration, quoted, mixed), `paragraph` (from 1), a score in [-1, 1] by each of
    `scores.METHODS` with names masked, `event_words` and `evaluative_words` (how many words with a score are of which kind), and the
    scores again with the event words masked (`METHOD_no_events`).
    """
    rows, paragraph, last_end = [], 0, 0
    text = article.plain
    for number, (start, end) in enumerate(words_of(article.doc).sentences, start=1):
        paragraph += number == 1 or "\n" in text[last_end:start] or "\r" in text[last_end:start]
        last_end = end
        kinds = [row["kind"] for row in drivers(masked(article.doc, start, end))]
        rows.append(
            {"sentence": number, "start": start, "end": end, "voice": voices.sentence(start, end), "paragraph": paragraph}
            | _scores(article.doc, start, end)
            | {"event_words": kinds.count("event"), "evaluative_words": kinds.count("evaluative")}
        )
    return rows


def stretches(article: parse.Article, voices: Voices, scare: list[dict]) -> list[dict]:
    """Score every stretch of a sentence that stands in one voice; together they hold every word of every sentence.

    Rows: `sentence` (its number in `sentences`), `start, end, text`, `voice` (`direct`: inside the marks of a quote; `indirect`: the rest
    of what a quote says; `scare`: in marks that quote nobody; `narration`: all else, the words that say who speaks too), `words`, and
    the scores as in `sentences`. `scare`: the rows of `quotes.statements.scare`.
    """
    doubted = [(row["start"], row["end"]) for row in scare]
    rows = []
    for number, sentence in enumerate(words_of(article.doc).sentences, start=1):
        for start, end, voice, words in _cut(article.plain, *sentence, voices, doubted):
            row = {"sentence": number} | article.row(start, end) | {"voice": voice, "words": words}
            rows.append(row | _scores(article.doc, start, end))
    return rows


def _cut(text: str, start: int, end: int, voices: Voices, doubted: list[tuple[int, int]]) -> list[tuple[int, int, str, int]]:
    """Stretches of a sentence: `start, end, voice, words`. One of a single voice is the sentence itself, marks and all."""
    spoken = [
        (voice, [span for span in spans if span[0] < end and start < span[1]])
        for voice, spans in (("direct", voices.quoted), ("scare", doubted), ("indirect", voices.said))
    ]
    spoken = [(voice, spans) for voice, spans in spoken if spans]
    words = [match.span() for match in WORD.finditer(text, start, end)]
    if not words:
        return [(start, end, "narration", 0)]
    found: list[list] = []
    for first, last in words:
        middle = (first + last) // 2
        voice = next((voice for voice, spans in spoken if any(s <= middle < e for s, e in spans)), "narration")
        if found and found[-1][2] == voice:
            found[-1][1] = last
            found[-1][3] += 1
        else:
            found.append([first, last, voice, 1])
    if len(found) == 1:
        return [(start, end, found[0][2], found[0][3])]
    return [(first, CLOSE.match(text, last, end).end(), voice, count) for first, last, voice, count in found]


def _scores(doc, start: int, end: int) -> dict[str, float]:
    """Scores of a span by method, and again with the event words masked (`METHOD_no_events`)."""
    plain = score(masked(doc, start, end))
    without = score(masked(doc, start, end, events=True))
    return plain | {f"{method}_no_events": value for method, value in without.items()}
