"""How do the sentences of an article score, and the stretches of each in one voice?"""

import re

from samestory import parse
from samestory.quotes.voice import WORD, Voices
from samestory.sentiment.masking import words_of
from samestory.sentiment.scores import METHODS
from samestory.sentiment.spans import Pieces, pieces_of

WITHOUT = {method: f"{method}_no_events" for method in METHODS}
VOICES = ("narration", "indirect", "scare", "direct")
CLOSE = re.compile(r"[.,;:!?…)\]]*")  # what stays with the word before it


def sentences(article: parse.Article, voices) -> list[dict]:
    """Score every sentence of an article, furniture left out.

    Rows: `sentence` (from 1), `start, end, voice` (narration, quoted, mixed), `paragraph` (from 1), a score in [-1, 1] by each of
    `scores.METHODS` with names masked, `event_words` and `evaluative_words` (how many words with a score are of which kind), and the
    scores again with the event words masked (`METHOD_no_events`).
    """
    rows, paragraph, last_end = [], 0, 0
    text, pieces = article.plain, pieces_of(article.doc)
    for number, (start, end) in enumerate(words_of(article.doc).sentences, start=1):
        paragraph += number == 1 or "\n" in text[last_end:start] or "\r" in text[last_end:start]
        last_end = end
        kinds = [row["kind"] for _, row in pieces.assess(start, end)[0].words]
        rows.append(
            {
                "sentence": number,
                "start": start,
                "end": end,
                "voice": voices.sentence(start, end),
                "paragraph": paragraph,
                **_scores(pieces, start, end),
                "event_words": kinds.count("event"),
                "evaluative_words": kinds.count("evaluative"),
            }
        )
    return rows


def stretches(article: parse.Article, voices: Voices, scare: list[dict]) -> list[dict]:
    """Score every stretch of a sentence that stands in one voice; together they hold every word of every sentence.

    Rows: `sentence` (its number in `sentences`), `start, end, text`, `voice` (`direct`: inside the marks of a quote; `indirect`: the rest
    of what a quote says; `scare`: in marks that quote nobody; `narration`: all else, the words that say who speaks too), `words`, and
    the scores as in `sentences`. `scare`: the rows of `quotes.statements.scare`.
    """
    pieces, voice_at, rows = pieces_of(article.doc), _painted(article.plain, voices, scare), []
    for number, sentence in enumerate(words_of(article.doc).sentences, start=1):
        for start, end, voice, words in _cut(article.plain, *sentence, voice_at):
            scores = _scores(pieces, start, end)
            rows.append({"sentence": number, **article.row(start, end), "voice": VOICES[voice], "words": words, **scores})
    return rows


def _painted(text: str, voices: Voices, scare: list[dict]) -> bytearray:
    """The voice of each character, by its number in VOICES."""
    found = bytearray(len(text))
    doubted = [(row["start"], row["end"]) for row in scare]
    for voice, spans in enumerate((voices.said, doubted, voices.quoted), start=1):  # the last that holds a character has it
        for start, end in spans:
            found[start:end] = bytes([voice]) * (end - start)
    return found


def _cut(text: str, start: int, end: int, voice_at: bytearray) -> list[tuple[int, int, int, int]]:
    """Stretches of a sentence: `start, end, voice, words`. One of a single voice is the sentence itself, marks and all."""
    if voice_at.count(voice_at[start], start, end) == end - start:
        return [(start, end, voice_at[start], len(WORD.findall(text, start, end)))]
    found: list[list[int]] = []
    for match in WORD.finditer(text, start, end):
        first, last = match.span()
        voice = voice_at[(first + last) // 2]
        if found and found[-1][2] == voice:
            found[-1][1] = last
            found[-1][3] += 1
        else:
            found.append([first, last, voice, 1])
    if len(found) < 2:
        return [(start, end, found[0][2] if found else 0, found[0][3] if found else 0)]
    return [(first, CLOSE.match(text, last, end).end(), voice, count) for first, last, voice, count in found]


def _scores(pieces: Pieces, start: int, end: int) -> dict[str, float]:
    """Scores of a span by method, and again with the event words masked (`METHOD_no_events`)."""
    plain, without = pieces.assess(start, end)
    return plain.scores | {named: without.scores[method] for method, named in WITHOUT.items()}
