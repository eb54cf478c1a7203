"""What do the dictionary scores cost on top of the parse? CPU seconds of each table's scores, and their share of the parse's.

    python bench/sentiment_cost.py [--story STORY] [--rounds N] [--record]

STORY is a folder or a table as for `samestory analyse`; without it the five seeds. Each round parses all texts, without any cache, and
scores sentences, stretches and actors' mentions (where the story has a codebook, else its speakers) by every dictionary, with and without
event words, and finds the words behind the scores; quotes and labels are given. What was remembered of words and sentences is forgotten
before each round, so a story is never scored from memory of itself. What the rules and the classifier take is told apart. Best of the
rounds (5), of parse and scores alike; `process_time`.
Needs nothing but the project's own environment. --record adds the share to docs/performance.csv.
"""

import argparse
import gc
import pathlib
import sys
import time
from collections.abc import Callable

import render

from samestory import clean, parse, sentiment
from samestory.errors import UserError
from samestory.framing import labels
from samestory.quotes import statements
from samestory.quotes.voice import Voices
from samestory.sentiment import masking, scores, spans, vader
from samestory.sentiment.targets import by_classifier, by_dictionaries, by_rules, mentions_of
from samestory.story import read_story

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = 0.10
NO_DICTIONARIES = ("rules", "classifier")  # shown beside the others, not counted among them
REMEMBERED = (
    scores.assess.cache_clear,
    scores.KNOWN.clear,
    masking.words_of.cache_clear,
    spans.pieces_of.cache_clear,
    vader._ruled.cache_clear,
)


class Unasked:
    """Stands for `Voices` in the sentences, whose voice is the quotes' work and not the dictionaries'."""

    def sentence(self, start: int, end: int) -> str:
        return ""


def took(work: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    began = time.process_time()
    work()
    return time.process_time() - began


def measure(path: pathlib.Path, rounds: int) -> tuple[dict[str, float], int, int, int]:
    """CPU seconds by kind of work (the first: `parse`), the number of texts, of words in them, and of mentions scored."""
    story = read_story(path)
    rows = story.articles.to_dict("records")
    texts = [clean.blank(row["text"], clean.furniture(row["text"])) for row in rows]
    nlp = parse.load_model()
    sentiment.score("Read the dictionaries before the clock starts, don't count them.")
    scores.is_english("dictionary")
    times: dict[str, list[float]] = {}
    gc.collect()
    gc.disable()  # as `timeit` does: a collection walks all articles at once, and falls on whatever runs just then
    for number in range(rounds):
        docs: list = []
        times.setdefault("parse", []).append(took(lambda docs=docs: docs.extend(parse.parse(texts, nlp=nlp))))
        articles = [parse.Article(row["article_id"], row["text"], doc, blanked=t) for row, doc, t in zip(rows, docs, texts, strict=True)]
        if not number:  # offsets, so those of the first round serve all
            quotes = [statements.find(article, story.codebook) for article in articles]
            scare = [statements.scare(article, found) for article, found in zip(articles, quotes, strict=True)]
        voices = [Voices(article, found) for article, found in zip(articles, quotes, strict=True)]
        mentions = [
            _mentions(article, story.codebook, voice, found) for article, voice, found in zip(articles, voices, quotes, strict=True)
        ]
        for forget in REMEMBERED:
            forget()
        # One article after another, as the analysis goes, so that a sentence scored once is remembered as it is there.
        kinds = {
            "sentences": lambda a, v, s, m: sentiment.sentences(a, Unasked()),
            "stretches": lambda a, v, s, m: sentiment.stretches(a, v, s),
            "drivers": lambda a, v, s, m: sentiment.driver_words(a),
            "targets": lambda a, v, s, m: by_dictionaries(a, m),
        }
        spent = dict.fromkeys(kinds, 0.0)
        for each in zip(articles, voices, scare, mentions, strict=True):
            for kind, work in kinds.items():
                spent[kind] += took(lambda work=work, each=each: work(*each))
        works = {"rules": lambda a, v, m: by_rules(a, m, v), "classifier": lambda a, v, m: by_classifier(a, m)}
        for kind, work in works.items():  # afterwards, so that they do not turn the processor's own memory over between the others
            every = list(zip(articles, voices, mentions, strict=True))
            spent[kind] = took(lambda work=work, every=every: [work(*each) for each in every])
        for kind, seconds in spent.items():
            times.setdefault(kind, []).append(seconds)
    gc.enable()
    return {kind: min(each) for kind, each in times.items()}, len(texts), sum(len(t.split()) for t in texts), sum(map(len, mentions))


def _mentions(article: parse.Article, book, voices: Voices, quotes: list[dict]) -> list[dict]:
    found = labels.find(article, book, voices)
    if not found:
        speakers = {(q["speaker_start"], q["speaker_end"]) for q in quotes if q["speaker_start"] is not None}
        found = [{"start": start, "end": end, "actor": ""} for start, end in sorted(speakers)]
    return mentions_of(article, found, voices)


def main(arguments: list[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--story", type=pathlib.Path, default=ROOT / "seeds", help="default: the seeds")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--record", action="store_true", help="add the share to docs/performance.csv")
    chosen = options.parse_args(arguments)
    try:
        seconds, texts, words, mentions = measure(chosen.story, chosen.rounds)
    except UserError as error:
        print("sentiment_cost: " + " ".join(str(error).split()), file=sys.stderr)
        return 2
    parsing, others = seconds.pop("parse"), {kind: seconds.pop(kind) for kind in NO_DICTIONARIES}
    share = sum(seconds.values()) / parsing
    print(f"{texts} texts, {words:,} words, best of {chosen.rounds}\n{'':12}{'CPU s':>8}{'of parse':>10}")
    print(f"{'parse':12}{parsing:8.3f}")
    for kind, spent in [*seconds.items(), ("together", sum(seconds.values()))]:
        print(f"{kind:12}{spent:8.3f}{spent / parsing:10.3f}")
    for kind, spent in others.items():
        print(f"{kind:12}{spent:8.3f}{spent / parsing:10.3f}  {1000 * spent / max(1, mentions):.2f} ms a mention, of {mentions}")
    if chosen.record:
        what = f"dictionary sentiment, share of the parse's CPU time, {texts} articles"
        render.record([(what, f"{share:.3f}", "", f"python bench/sentiment_cost.py, best of {chosen.rounds}; target at most {TARGET}")])
    return 0 if share <= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
