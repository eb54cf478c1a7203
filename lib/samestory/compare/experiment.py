"""Change a word, see the score change: the reader's experiment with sentences of their own."""

from collections.abc import Mapping, Sequence

import pandas as pd
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from samestory import clean, evidence, parse, sentiment
from samestory.compare import drivers, grids, methods
from samestory.compare.grids import Said
from samestory.compare.methods import NAMES, SIGNS
from samestory.evidence import Html

DICTIONARIES = tuple(m for m in NAMES if m in sentiment.METHODS)


def changed(sentence: str, changes: Mapping[str, str]) -> list[str]:
    """The sentence as it is, and once with each word on the left of `changes` replaced by the one on the right."""
    return [sentence, *(sentence.replace(old, new) for old, new in changes.items())]


def scores(sentences: Sequence[str]) -> pd.DataFrame:
    """The score of each sentence by every dictionary, as this suite takes it: apostrophes straightened, names masked.

    Columns: sentence, one for each dictionary, `raw VADER` (neither straightened nor masked), counted (the
    words that did it; "event": one of `data/event_words.csv`).
    """
    rows, raw = [], SentimentIntensityAnalyzer()
    for text in sentences:
        masked = sentiment.masked(_article(text).doc, 0, len(text))
        found = sentiment.score(masked)
        counted = pd.DataFrame(sentiment.drivers(masked))
        words = [f"{r['word']}{' (event)' if r['kind'] == 'event' else ''}: {drivers.values(r)}" for _, r in counted.iterrows()]
        row = {"sentence": text} | {NAMES[m]: found[m] for m in DICTIONARIES}
        rows.append(row | {"raw VADER": raw.polarity_scores(text)["compound"], "counted": "; ".join(words)})
    return pd.DataFrame(rows, columns=["sentence", *(NAMES[m] for m in DICTIONARIES), "raw VADER", "counted"])


def words(sentences: Sequence[str], *, caption: str) -> Html:
    """`scores` as a table."""
    note = "Raw: apostrophes not straightened, names not masked. Counted: the words that a dictionary has, and what it gives them."
    return evidence.table(scores(sentences), caption=caption, note=note, empty="No sentence was given.")


def towards(cases: Sequence[tuple[str, str]]) -> pd.DataFrame:
    """What each method says of a target in a sentence of the reader's: columns sentence, target, then one a method that is there.

    A cell is the class and, for the rules, the words that decided. A target that does not stand in its sentence gets dashes.
    """
    rows = []
    for text, target in cases:
        row: dict = {"sentence": text, "target": target}
        start = text.find(target)
        if start >= 0 and target:
            for found in sentiment.targets(_article(text, (start, start + len(target))), []):
                if found["method"] in methods.TOWARDS:
                    because = f": {found['because']}" if found["because"] else ""
                    row[NAMES[found["method"]]] = f"{SIGNS[found['label']]} {found['label']}{because}"
        rows.append(row)
    table = pd.DataFrame(rows, columns=list(dict.fromkeys(["sentence", "target", *(k for r in rows for k in r)])))
    return table[["sentence", "target", *(NAMES[m] for m in methods.TOWARDS if NAMES[m] in table)]]


def targets(cases: Sequence[tuple[str, str]], *, caption: str, only: Sequence[str] = methods.TOWARDS) -> Html:
    """`towards` as a table, with some methods only (`only`) where sentences are long."""
    rows = towards(cases)
    rows = rows[[c for c in rows if c in ("sentence", "target") or c in {NAMES[m] for m in only}]]
    for name in rows.columns[2:]:
        rows[name] = [[Said(cell, [])] if isinstance(cell, str) else [] for cell in rows[name]]
    return grids.table(
        rows, caption=caption, hint="After the class, where a method can tell: the words that decided.", empty="No sentence was given."
    )


def _article(text: str, target: tuple[int, int] | None = None) -> parse.Article:
    blanked = clean.blank(text, [])
    return parse.Article("yours", text, next(parse.parse([blanked])), target=target, blanked=blanked)
