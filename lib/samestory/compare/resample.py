"""How far could a number have come out otherwise? Intervals from resampling the sentences of these texts, nothing more."""

from statistics import NormalDist

import numpy as np
import pandas as pd

SMALL = 5
DRAWS = 2000
SHUFFLES = 5000
LEVEL = 0.05
MANY = 200  # values in both of two groups; with so many their shuffled means follow the normal curve, and shuffling would only cost time
BLOCK = 8_000_000  # values drawn at a time: bounds the memory


def mean_interval(values: pd.Series, *, seed: int, draws: int = DRAWS) -> tuple[float, float, float]:
    """Mean of some sentences' values with a 95 % percentile interval from resampling them (Efron & Tibshirani 1993).

    Fewer than five values give three NaN: they are cases to be read, not a rate. The interval describes the sentences of these texts; it
    says nothing about the outlet's other work.
    """
    kept = values.dropna().to_numpy(dtype=float)
    if len(kept) < SMALL:
        return (np.nan, np.nan, np.nan)
    rng = np.random.default_rng(seed)
    drawn = np.concatenate([rng.choice(kept, size=(n, len(kept))).mean(axis=1) for n in _blocks(draws, len(kept))])
    low, high = np.percentile(drawn, [2.5, 97.5])
    return float(kept.mean()), float(low), float(high)


def permutation_test(a: pd.Series, b: pd.Series, *, seed: int, draws: int = SHUFFLES) -> float:
    """Two-sided p-value of a difference of means, by shuffling which sentence belongs to whom (Pitman 1937).

    With `MANY` values or more in both groups, from the normal curve that the shuffled differences then follow.
    """
    x, y = a.dropna().to_numpy(dtype=float), b.dropna().to_numpy(dtype=float)
    if min(len(x), len(y)) < SMALL:
        return np.nan
    pooled, seen = np.concatenate([x, y]), abs(x.mean() - y.mean())
    if min(len(x), len(y)) >= MANY:
        spread = _spread(a, b)
        return 1.0 if spread == 0 else 2 * (1 - NormalDist().cdf(seen / spread))
    rng, apart = np.random.default_rng(seed), 0
    for n in _blocks(draws, len(pooled)):
        shuffled = rng.permuted(np.tile(pooled, (n, 1)), axis=1)
        differences = np.abs(shuffled[:, : len(x)].mean(axis=1) - shuffled[:, len(x) :].mean(axis=1))
        apart += int((differences >= seen - 1e-12).sum())
    return (1 + apart) / (1 + draws)


def smallest_difference(a: pd.Series, b: pd.Series, *, pairs: int = 1) -> float:
    """The smallest difference of the two means that this test could have shown, whatever the truth is.

    It is the difference beyond which the shuffled differences lie in 5 % of the shufflings, divided by the number of `pairs` looked at
    (the first step of Holm's correction), by the normal curve: z times the spread of the shuffled differences. Missing where there is no
    test. A true difference of just this size would be shown only every other time.
    """
    if min(a.notna().sum(), b.notna().sum()) < SMALL:
        return np.nan
    return float(NormalDist().inv_cdf(1 - LEVEL / (2 * max(pairs, 1))) * _spread(a, b))


def _spread(a: pd.Series, b: pd.Series) -> float:
    """The standard deviation of the difference of two means when the values are shuffled between them."""
    pooled = np.concatenate([a.dropna().to_numpy(dtype=float), b.dropna().to_numpy(dtype=float)])
    return float(pooled.std(ddof=1) * np.sqrt(1 / a.notna().sum() + 1 / b.notna().sum()))


def _blocks(draws: int, size: int) -> list[int]:
    """How many draws of `size` values to make at a time."""
    most = max(1, BLOCK // max(size, 1))
    return [most] * (draws // most) + ([draws % most] if draws % most else [])


def holm(p_values: pd.Series) -> pd.Series:
    """P-values corrected for looking at many pairs (Holm 1979); missing ones stay missing."""
    known = p_values.dropna().sort_values()
    steps = known * np.arange(len(known), 0, -1)
    return steps.cummax().clip(upper=1).reindex(p_values.index)
