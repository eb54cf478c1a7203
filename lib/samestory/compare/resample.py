"""How far could a number have come out otherwise? Intervals from resampling the sentences of these texts, nothing more."""

import numpy as np
import pandas as pd

SMALL = 5
DRAWS = 2000


def mean_interval(values: pd.Series, *, seed: int, draws: int = DRAWS) -> tuple[float, float, float]:
    """Mean of some sentences' values with a 95 % percentile interval from resampling them (Efron & Tibshirani 1993).

    Fewer than five values give three NaN: they are cases to be read, not a rate. The interval describes the sentences of these texts; it
    says nothing about the outlet's other work.
    """
    kept = values.dropna().to_numpy(dtype=float)
    if len(kept) < SMALL:
        return (np.nan, np.nan, np.nan)
    drawn = np.random.default_rng(seed).choice(kept, size=(draws, len(kept))).mean(axis=1)
    low, high = np.percentile(drawn, [2.5, 97.5])
    return float(kept.mean()), float(low), float(high)


def permutation_test(a: pd.Series, b: pd.Series, *, seed: int, draws: int = 5000) -> float:
    """Two-sided p-value of a difference of means, by shuffling which sentence belongs to whom (Pitman 1937)."""
    x, y = a.dropna().to_numpy(dtype=float), b.dropna().to_numpy(dtype=float)
    if min(len(x), len(y)) < SMALL:
        return np.nan
    pooled, seen = np.concatenate([x, y]), abs(x.mean() - y.mean())
    shuffled = np.random.default_rng(seed).permuted(np.tile(pooled, (draws, 1)), axis=1)
    apart = np.abs(shuffled[:, : len(x)].mean(axis=1) - shuffled[:, len(x) :].mean(axis=1))
    return float((1 + (apart >= seen - 1e-12).sum()) / (1 + draws))


def holm(p_values: pd.Series) -> pd.Series:
    """P-values corrected for looking at many pairs (Holm 1979); missing ones stay missing."""
    known = p_values.dropna().sort_values()
    steps = known * np.arange(len(known), 0, -1)
    return steps.cummax().clip(upper=1).reindex(p_values.index)
