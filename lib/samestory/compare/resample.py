"""How far could a number have come out otherwise? Intervals and tests of a few sentences' scores, about these texts and nothing more."""

import functools
import itertools
import math
from collections.abc import Iterator
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
import pandas as pd

from samestory.compare.methods import number

SMALL = 5
SCORING = 3  # values that are not zero; with fewer, an interval would rest on one or two words
SHUFFLES = 5000
EXACT = 20_000  # ways of sharing values out between two groups; up to so many are all gone through, beyond them some are drawn
LEVEL = 0.05
MANY = 200  # values in both of two groups; with so many their shuffled means follow the normal curve, and shuffling would only cost time
BLOCK = 8_000_000  # values drawn at a time: bounds the memory
NEAR = 1e-12  # two differences of means that lie no further apart are the same
ENDS = (-1.0, 1.0)  # of a score, and so of its mean
ALMOST_NORMAL = 1000  # degrees of freedom beyond which Student's curve is the normal one to three places


class Difference(NamedTuple):
    """How two groups differ: means, p by permutation, what was `needed`, and how many `of` all ways of sharing out would have done.

    `needed` is missing where no way would do; `enough` and `of` are missing where not all ways were gone through.
    """

    seen: float
    p: float
    needed: float
    enough: float
    of: float


def scoring(values: pd.Series) -> int:
    """How many values are not zero: the sentences in which a dictionary found any of its words."""
    return int((values.dropna().abs() > NEAR).sum())


def mean_interval(values: pd.Series) -> tuple[float, float, float]:
    """Mean of some sentences' scores with a 95 % interval by Student's t (1908), cut at the ends of the scale.

    Fewer than five values give three NaN: they are cases to be read, not a rate. Where fewer than `SCORING` values are not zero, or all are
    the same, the mean comes with NaN for both ends: nothing can be said of how far it could have come out otherwise.
    Nothing is drawn at random. The interval describes the sentences of these texts; it says nothing about the outlet's other work.
    """
    kept = values.dropna().to_numpy(dtype=float)
    if len(kept) < SMALL:
        return (np.nan, np.nan, np.nan)
    mean = float(kept.mean())
    if scoring(values) < SCORING or np.ptp(kept) <= NEAR:
        return (mean, np.nan, np.nan)
    half = student(len(kept) - 1) * float(kept.std(ddof=1)) / math.sqrt(len(kept))
    return mean, max(mean - half, ENDS[0]), min(mean + half, ENDS[1])


def spelled(values: pd.Series) -> str:
    """Mean and interval for reading, "0.12 [−0.20 to 0.44]"; without an interval what the mean rests on, "0.03 (2 of 8 score)"."""
    mean, low, high = mean_interval(values)
    if math.isnan(mean):
        return "too few for a mean"
    if math.isnan(low):
        return f"{number(mean)} ({scoring(values)} of {values.notna().sum()} score)"
    return f"{number(mean)} [{number(low)}\u00a0to\u00a0{number(high)}]"


@functools.cache
def student(freedom: int, *, level: float = LEVEL) -> float:
    """The two-sided critical value of Student's t: the probability within it in closed form (Abramowitz & Stegun 1964, 26.7.3 and 4)."""
    if freedom > ALMOST_NORMAL:
        return NormalDist().inv_cdf(1 - level / 2)
    low, high = 0.0, 1000.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if _within(middle, freedom) < 1 - level else (low, middle)
    return high


def _within(t: float, freedom: int) -> float:
    angle = math.atan(t / math.sqrt(freedom))
    sine, square, odd = math.sin(angle), math.cos(angle) ** 2, freedom % 2
    term = math.cos(angle) if odd else 1.0
    total = term if freedom > 1 else 0.0
    for k in range(2 + odd, freedom - 1, 2):
        term *= square * (k - 1) / k
        total += term
    return 2 / math.pi * (angle + sine * total) if odd else sine * total


def compared(a: pd.DataFrame, b: pd.DataFrame, *, seed: int, tests: int = 1) -> list[Difference]:
    """How far two groups' means differ, column by column, by a two-sided permutation test (Pitman 1937; Fisher 1935).

    All ways of sharing the values out between the groups are gone through if there are no more than `EXACT`; else `SHUFFLES` are drawn, or
    100 for each of the `tests` that are corrected together, and p = (1 + as far apart) / (1 + drawn); with `MANY` values in both from the
    normal curve. `needed` is the smallest difference which, with exactly these values shared out in whatever way, has p below `LEVEL` over
    `tests`, the first step of Holm's correction. Groups of fewer than five values give missing ones. No values may be missing.
    """
    x, y = a.to_numpy(dtype=float), b.to_numpy(dtype=float)
    if min(len(x), len(y)) < SMALL:
        return [Difference(*[np.nan] * 5) for _ in a.columns]
    pooled, seen = np.concatenate([x, y]), x.mean(axis=0) - y.mean(axis=0)
    if min(len(x), len(y)) >= MANY:
        spread = pooled.std(axis=0, ddof=1) * math.sqrt(1 / len(x) + 1 / len(y))
        z = NormalDist().inv_cdf(1 - LEVEL / (2 * tests))
        return [_by_curve(float(d), float(s), z) for d, s in zip(seen, spread, strict=True)]
    exact = math.comb(len(pooled), len(x)) <= EXACT
    ways = _all(len(pooled), len(x)) if exact else _some(len(pooled), len(x), seed=seed, draws=max(SHUFFLES, 100 * tests))
    rest = 1 / len(x) + 1 / len(y)  # (sum of x) / n - (all - sum of x) / m
    apart = np.concatenate([np.abs((way @ pooled) * rest - pooled.sum(axis=0) / len(y)) for way in ways])
    return [_by_ways(float(d), np.sort(far), exact=exact, tests=tests) for d, far in zip(seen, apart.T, strict=True)]


def _by_curve(seen: float, spread: float, z: float) -> Difference:
    if spread == 0:
        return Difference(seen, 1.0, np.nan, np.nan, np.nan)
    return Difference(seen, 2 * (1 - NormalDist().cdf(abs(seen) / spread)), z * spread, np.nan, np.nan)


def _by_ways(seen: float, apart: np.ndarray, *, exact: bool, tests: int) -> Difference:
    """P of a difference and what was needed, from the differences (ascending) of the other ways of sharing out."""
    more = 0 if exact else 1
    p = (more + len(apart) - np.searchsorted(apart, abs(seen) - NEAR)) / (more + len(apart))
    reached = (more + len(apart) - np.searchsorted(apart, apart - NEAR)) / (more + len(apart))
    would_do = apart[reached * tests < LEVEL]
    needed = float(would_do[0]) if len(would_do) else np.nan
    return Difference(seen, float(p), needed, *((len(would_do), len(apart)) if exact else (np.nan, np.nan)))


def _all(size: int, chosen: int) -> Iterator[np.ndarray]:
    """All ways to choose some of so many values: a matrix of 0 and 1, a way a line."""
    picked = np.array(list(itertools.combinations(range(size), chosen)))
    ways = np.zeros((len(picked), size))
    np.put_along_axis(ways, picked, 1, axis=1)
    yield ways


def _some(size: int, chosen: int, *, seed: int, draws: int) -> Iterator[np.ndarray]:
    """Ways to choose, drawn at random, as many at a time as memory allows."""
    rng, first = np.random.default_rng(seed), (np.arange(size) < chosen).astype(float)
    most = max(1, BLOCK // size)
    for done in range(0, draws, most):
        yield rng.permuted(np.tile(first, (min(most, draws - done), 1)), axis=1)


def permutation_test(a: pd.Series, b: pd.Series, *, seed: int) -> float:
    """The p-value of `compared` for one pair of groups; missing values are left out."""
    return compared(a.dropna().to_frame(), b.dropna().to_frame(), seed=seed)[0].p


def smallest_difference(a: pd.Series, b: pd.Series, *, tests: int = 1, seed: int = 0) -> float:
    """What `compared` says was needed, for one pair of groups; missing values are left out."""
    return compared(a.dropna().to_frame(), b.dropna().to_frame(), seed=seed, tests=tests)[0].needed


def holm(p_values: pd.Series) -> pd.Series:
    """P-values corrected for looking at many pairs (Holm 1979); missing ones stay missing."""
    known = p_values.dropna().sort_values()
    steps = known * np.arange(len(known), 0, -1)
    return steps.cummax().clip(upper=1).reindex(p_values.index)
