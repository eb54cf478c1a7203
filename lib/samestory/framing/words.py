"""Which words set one outlet's telling apart from the others', beyond chance?"""

import functools
import re
from collections import Counter

import numpy as np
import pandas as pd

from samestory.clean import STRAIGHT
from samestory.lists import read_list

TOKEN = re.compile(r"(?:[A-Z]\.){2,}|%|\d+(?:[.,]\d+)*|[^\W\d_]+(?:['-][^\W\d_]+)*")
DRAWS, SHUFFLES = 500, 200
SMALLEST = 2  # sentences a word must stand in before it is shown at all
COLUMNS = ["outlet", "word", "log_odds", "z", "low", "high", "sentences", "stands_out"]


@functools.cache
def house_style() -> dict[str, str]:
    """Spellings that mean the same word, from `data/house_style.csv`: keys with capitals match exactly, others in any case."""
    return dict(zip(read_list("house_style")["written"], read_list("house_style")["same_as"], strict=True))


@functools.cache
def function_words() -> frozenset[str]:
    """Words that are counted but not shown (`data/function_words.csv`)."""
    return frozenset(read_list("function_words")["word"])


def tokens(text: str) -> list[str]:
    """Words and numbers of a text in lower case, house style folded ("U.N." = "UN" = "United Nations"), possessive marks dropped."""
    style, out = house_style(), []
    plain = text.translate(STRAIGHT)
    for written, same in style.items():
        if " " in written:
            plain = plain.replace(written, same)
    for word in TOKEN.findall(plain):
        word = re.sub(r"'s$", "", word)
        out.append(style.get(word) or style.get(word.lower()) or word.lower())
    return out


def distinctive(
    sentences: pd.DataFrame, *, by: str = "outlet", seed: int = 0, draws: int = DRAWS, shuffles: int = SHUFFLES
) -> pd.DataFrame:
    """Words that one outlet uses more than the rest of the story: one row an outlet and word it uses in two or more sentences.

    `sentences` has `text` and the column `by`. Columns: outlet, word, `log_odds` (one against the rest), `z` (log-odds over its
    standard error), `low, high` (95 %, by resampling sentences within each outlet), `sentences` (how many of the outlet's the word
    rests on), `stands_out`: z above what 95 of 100 shufflings of the sentences between the outlets reach for any word (the largest |z|,
    the outlets keeping their sizes), and the interval above zero. Sorted by outlet in the order given, then z, falling. Function words and
    numbers count in the totals but are not shown. The interval describes these texts; the null asks whether the outlets could be one.

    Log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi & Quinn 2008, eqs. 16, 20 and 22); the prior is the pooled
    word counts of the story itself: a foreign one makes words stand out that are merely the story's own.
    """
    bags = [Counter(tokens(text)) for text in sentences["text"]]
    groups = pd.factorize(sentences[by])
    vocabulary = {w: i for i, w in enumerate(sorted({w for bag in bags for w in bag}))}
    shown = np.array([w not in function_words() and any(c.isalpha() for c in w) for w in vocabulary], dtype=bool)
    if len(groups[1]) < 2 or not shown.any():
        return pd.DataFrame(columns=COLUMNS)
    matrix = np.zeros((len(bags), len(vocabulary)))
    for i, bag in enumerate(bags):
        for word, n in bag.items():
            matrix[i, vocabulary[word]] = n
    owner = groups[0]
    counts = _sum(matrix, owner, len(groups[1]))
    prior = counts.sum(axis=0)
    log_odds, z = _scores(counts, prior)
    rng = np.random.default_rng(seed)
    rests_on = _sum((matrix > 0).astype(float), owner, len(groups[1])).astype(int)
    kept = shown & (rests_on.sum(axis=0) >= SMALLEST)
    largest = np.zeros(shuffles)
    for i in range(shuffles):
        largest[i] = np.abs(_scores(_sum(matrix, rng.permutation(owner), len(groups[1])), prior)[1][:, kept]).max(initial=0.0)
    threshold = np.quantile(largest, 0.95) if shuffles else np.inf
    members = [np.flatnonzero(owner == g) for g in range(len(groups[1]))]
    drawn = np.empty((draws, *log_odds[:, kept].shape))
    for i in range(draws):
        resampled = np.array([matrix[rng.choice(m, size=len(m))].sum(axis=0) for m in members])
        drawn[i] = _scores(resampled, prior)[0][:, kept]
    low, high = np.quantile(drawn, [0.025, 0.975], axis=0) if draws else (np.full_like(drawn[:0].sum(axis=0), np.nan),) * 2
    words = np.array(list(vocabulary))[kept]
    rows = []
    for g, outlet in enumerate(groups[1]):
        mine = [
            {
                "outlet": outlet,
                "word": str(word),
                "log_odds": float(log_odds[g, kept][k]),
                "z": float(z[g, kept][k]),
                "low": float(low[g, k]),
                "high": float(high[g, k]),
                "sentences": int(rests_on[g, kept][k]),
                "stands_out": bool(z[g, kept][k] > threshold and low[g, k] > 0),
            }
            for k, word in enumerate(words)
            if rests_on[g, kept][k] >= SMALLEST
        ]
        rows += sorted(mine, key=lambda r: (-r["z"], r["word"]))
    return pd.DataFrame(rows, columns=COLUMNS)


def _sum(matrix: np.ndarray, owner: np.ndarray, n: int) -> np.ndarray:
    """Rows of a matrix summed by owner."""
    return (owner[None, :] == np.arange(n)[:, None]).astype(float) @ matrix


def _scores(counts: np.ndarray, prior: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Log-odds of each group against all others, and z, for counts of groups by words."""
    rest = counts.sum(axis=0) - counts
    total, rest_total, prior_total = counts.sum(axis=1, keepdims=True), rest.sum(axis=1, keepdims=True), prior.sum()
    mine, others = counts + prior, rest + prior
    with np.errstate(divide="ignore", invalid="ignore"):
        delta = np.log(mine / (total + prior_total - mine)) - np.log(others / (rest_total + prior_total - others))
        z = delta / np.sqrt(1 / mine + 1 / others)
    return np.nan_to_num(delta, posinf=0.0, neginf=0.0), np.nan_to_num(z, posinf=0.0, neginf=0.0)


def uses(sentences: pd.DataFrame, *, by: str = "outlet") -> dict[tuple[str, str], pd.DataFrame]:
    """The sentences in which each outlet uses each word: rows of `sentences` by (outlet, word), words as `distinctive` has them."""
    where: dict[tuple[str, str], list[int]] = {}
    for i, (outlet, text) in enumerate(zip(sentences[by], sentences["text"], strict=True)):
        for word in set(tokens(text)):
            where.setdefault((outlet, word), []).append(i)
    return {key: sentences.iloc[rows] for key, rows in where.items()}
