"""How do the sentences of an article score, each in its voice?"""

from samestory import parse
from samestory.sentiment.drivers import drivers
from samestory.sentiment.masking import masked
from samestory.sentiment.scores import score


def sentences(article: parse.Article, voices) -> list[dict]:
    """Score every sentence of an article, furniture left out.

    Rows: `sentence` (from 1), `start, end, voice` (narration, quoted, mixed), `paragraph` (from 1), `textblob`, `vader` in [-1, 1] with
    names masked, `event_words` and `evaluative_words` (how many words with a valence are of which kind), and both scores again with the
    event words masked (`textblob_no_events`, `vader_no_events`).
    """
    rows, paragraph, last_end = [], 0, 0
    text = article.plain
    for number, (start, end) in enumerate(parse.sentences(article.doc), start=1):
        paragraph += number == 1 or "\n" in text[last_end:start] or "\r" in text[last_end:start]
        last_end = end
        plain = masked(article.doc, start, end)
        scores = score(plain)
        without = masked(article.doc, start, end, events=True)
        no_events = scores if without == plain else score(without)
        kinds = [row["kind"] for row in drivers(plain)]
        rows.append(
            {"sentence": number, "start": start, "end": end, "voice": voices.sentence(start, end), "paragraph": paragraph}
            | scores
            | {f"{method}_no_events": value for method, value in no_events.items()}
            | {"event_words": kinds.count("event"), "evaluative_words": kinds.count("evaluative")}
        )
    return rows
