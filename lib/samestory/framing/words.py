"""Which words set one outlet's telling apart from the others', beyond chance?"""

import functools
import math
import re
from collections import Counter

import numpy as np
import pandas as pd

from samestory.clean import STRAIGHT
from samestory.lists import read_list

TOKEN = re.compile(r"(?:[A-Z]\.){2,}|%|\d+(?:[.,]\d+)*|[^\W\d_]+(?:['-][^\W\d_]+)*")
DRAWS, SHUFFLES = 500, 200
SMALLEST = 2  # sentences a word must stand in before it is shown at all
MOST_CELLS = 2_000_000  # outlets x words; with more, the words that stand in the fewest sentences are left out
MOST_INTERVALS = 200  # of an outlet's words, the foremost, get an interval
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
    rests on), `stands_out`: z above what 95 of 100 shufflings of the sentences between the outlets reach for any word (the largest z of
    a word in two or more sentences, the outlets keeping their sizes), and the interval above zero. Sorted by outlet in the order given,
    then z, falling. Function words and numbers count in the totals but are not shown. A sentence that an outlet prints twice counts once;
    one that several outlets share counts once with each. The interval describes these texts; the null asks whether the outlets could be
    one. In large stories rare words and the intervals of words far down are left out (`MOST_CELLS`, `MOST_INTERVALS`), which then cannot
    stand out.

    Log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi & Quinn 2008, eqs. 16, 20 and 22); the prior is the pooled
    word counts of the story itself: a foreign one makes words stand out that are merely the story's own.
    """
    told = _distinct(sentences, by).sort_values("owner", kind="stable")
    outlets = list(dict.fromkeys(sentences[by]))
    counts = _Counts(told, len(outlets)) if len(outlets) > 1 else None
    if counts is None or not len(counts.words):
        return pd.DataFrame(columns=COLUMNS)
    rng = np.random.default_rng(seed)
    log_odds, z = counts.scores(counts.owner)
    rests_on = counts.sentences(counts.owner)
    largest = np.zeros(shuffles)
    for i in range(shuffles):
        shuffled = rng.permutation(counts.owner)
        largest[i] = counts.scores(shuffled)[1].max(initial=0.0, where=counts.sentences(shuffled) >= SMALLEST)
    # The smallest value that at most 5 of 100 shufflings, the real order taken as one more of them, go beyond.
    threshold = np.sort(largest)[min(math.ceil(0.95 * (shuffles + 1)), shuffles) - 1] if shuffles else np.inf
    rows = []
    for g, outlet in enumerate(outlets):
        mine = np.flatnonzero(rests_on[g] >= SMALLEST)
        mine = mine[np.lexsort((mine, -z[g, mine]))]  # words are in alphabetical order
        rows += [(outlet, g, k, z[g, k] > threshold or place < MOST_INTERVALS) for place, k in enumerate(mine)]
    table = pd.DataFrame(rows, columns=["outlet", "g", "k", "interval"])
    cells, resampled = (table["g"].to_numpy(int), table["k"].to_numpy(int)), table["interval"].to_numpy(bool)
    low, high = (np.full(len(table), np.nan) for _ in range(2))
    low[resampled], high[resampled] = counts.intervals(cells[0][resampled], cells[1][resampled], draws, rng)
    return table.assign(
        word=[counts.words[k] for k in cells[1]],
        log_odds=log_odds[cells],
        z=z[cells],
        low=low,
        high=high,
        sentences=rests_on[cells].astype(int),
        stands_out=(z[cells] > threshold) & (low > 0),
    )[COLUMNS]


def _distinct(sentences: pd.DataFrame, by: str) -> pd.DataFrame:
    """Each outlet's sentences without repeats: `row` (in `sentences`), `owner` (number of the outlet), `tokens`; none empty."""
    rows = pd.DataFrame({"row": range(len(sentences)), "owner": pd.factorize(sentences[by])[0]})
    rows["tokens"] = [tuple(tokens(text)) for text in sentences["text"]]
    return rows[rows["tokens"].astype(bool)].drop_duplicates(["owner", "tokens"])


class _Counts:
    """How often each word stands in each sentence, kept sparse, and what follows for the outlets that own the sentences."""

    def __init__(self, told: pd.DataFrame, outlets: int):
        """`told`: `owner, tokens`, sorted by owner."""
        bags = [Counter(each) for each in told["tokens"]]
        found = Counter(word for bag in bags for word in bag)
        shown = [w for w, n in found.items() if n >= SMALLEST and w not in function_words() and any(c.isalpha() for c in w)]
        shown = sorted(shown, key=lambda w: (-found[w], w))[: MOST_CELLS // outlets]
        self.outlets, self.words = outlets, sorted(shown)
        index = {word: k for k, word in enumerate(self.words)}
        entries = [(i, index[word], n) for i, bag in enumerate(bags) for word, n in bag.items() if word in index]
        self._sentence, self._word, self._n = (np.array(column) for column in zip(*entries, strict=True)) if entries else [np.array([])] * 3
        self.owner = told["owner"].to_numpy()
        self._sizes = np.array([len(each) for each in told["tokens"]], dtype=float)
        self._prior = np.bincount(self._word.astype(int), self._n, minlength=len(self.words))

    def _table(self, owner: np.ndarray, values: np.ndarray) -> np.ndarray:
        """Values of the words in sentences, summed by outlet and word."""
        cells = owner[self._sentence] * len(self.words) + self._word
        return np.bincount(cells, values, minlength=self.outlets * len(self.words)).reshape(self.outlets, len(self.words))

    def sentences(self, owner: np.ndarray) -> np.ndarray:
        """In how many sentences of each outlet each word stands."""
        return self._table(owner, np.ones(len(self._n)))

    def scores(self, owner: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Log-odds of each outlet against all others, and z, by outlet and word."""
        mine = self._table(owner, self._n)
        totals = np.bincount(owner, self._sizes, minlength=self.outlets)[:, None]
        return self._log_odds(mine, mine.sum(axis=0) - mine, totals, self._sizes.sum() - totals, self._prior)

    def _log_odds(self, mine, rest, total, rest_total, prior) -> tuple[np.ndarray, np.ndarray]:
        mine, rest, prior_total = mine + prior, rest + prior, self._sizes.sum()
        with np.errstate(divide="ignore", invalid="ignore"):
            delta = np.log(mine / (total + prior_total - mine)) - np.log(rest / (rest_total + prior_total - rest))
            z = delta / np.sqrt(1 / mine + 1 / rest)
        return np.nan_to_num(delta, posinf=0.0, neginf=0.0), np.nan_to_num(z, posinf=0.0, neginf=0.0)

    def intervals(self, g: np.ndarray, k: np.ndarray, draws: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """95 % percentile intervals of the log-odds of some outlets' words, each outlet's sentences drawn anew; missing without draws."""
        n, sizes = len(self.owner), np.bincount(self.owner, minlength=self.outlets)
        first = np.cumsum(sizes) - sizes
        drawn = np.full((max(draws, 1), len(g)), np.nan, dtype=np.float32)
        for i in range(draws):
            chosen = first[self.owner] + (rng.random(n) * sizes[self.owner]).astype(int)
            times = np.bincount(chosen, minlength=n)
            mine = self._table(self.owner, self._n * times[self._sentence])
            totals = np.bincount(self.owner, self._sizes * times, minlength=self.outlets)
            rest = mine.sum(axis=0)[k] - mine[g, k]
            drawn[i] = self._log_odds(mine[g, k], rest, totals[g], totals.sum() - totals[g], self._prior[k])[0]
        low, high = np.quantile(drawn, [0.025, 0.975], axis=0) if len(g) else (np.array([]),) * 2
        return low, high


def uses(sentences: pd.DataFrame, *, by: str = "outlet") -> dict[tuple[str, str], pd.DataFrame]:
    """The sentences in which each outlet uses each word, repeats left out: rows of `sentences` by (outlet, word)."""
    where: dict[tuple[str, str], list[int]] = {}
    told = _distinct(sentences, by)
    for row, outlet, words in zip(told["row"], sentences[by].iloc[told["row"]], told["tokens"], strict=True):
        for word in set(words):
            where.setdefault((outlet, word), []).append(row)
    return {key: sentences.iloc[rows] for key, rows in where.items()}
