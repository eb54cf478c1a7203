"""Intervals and tests of a few sentences' scores: do they cover what they say, and are they exact where they can be?"""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory.compare import resample


def normal(rng, size):
    return rng.normal(0.1, 0.3, size)


def skewed(rng, size):
    """Scores as of sentences, at their worst: half are zero, the others all negative, few lie far out."""
    return (rng.random(size) < 0.5) * -rng.beta(1.5, 3, size)


# --- intervals


def test_few_values_have_no_mean_and_many_have_an_interval_around_it():
    assert all(pd.isna(v) for v in resample.mean_interval(pd.Series([1.0, 0, 1, 0])))
    mean, low, high = resample.mean_interval(pd.Series([0.0, 1] * 10))
    assert mean == 0.5 and 0.2 < low < mean < high < 0.8


@pytest.mark.parametrize("freedom, printed", [(1, 12.706), (2, 4.303), (4, 2.776), (7, 2.365), (14, 2.145), (30, 2.042), (120, 1.980)])
def test_critical_values_are_those_of_the_printed_tables(freedom, printed):
    assert resample.student(freedom) == pytest.approx(printed, abs=5e-4)


@pytest.mark.parametrize("values", [[0.0] * 8, [0, 0, 0, 0.6, 0, -0.3, 0, 0], [0.25] * 6])
def test_next_to_no_scores_get_no_interval_that_reads_as_certainty(values):
    values = pd.Series(values, dtype=float)
    mean, low, high = resample.mean_interval(values)
    assert mean == pytest.approx(values.mean()) and pd.isna(low) and pd.isna(high)
    assert resample.spelled(values).endswith(f"({(values != 0).sum()} of {len(values)} score)")


def test_three_scores_among_zeros_get_an_interval_and_it_stays_on_the_scale():
    _, low, high = resample.mean_interval(pd.Series([0.0, 0, -1, -1, -1]))
    assert low == -1 and high > 0
    assert resample.spelled(pd.Series([0.0, 0, -1, -1, -1])).startswith("−0.60 [−1.00\u00a0to\u00a00.")
    assert resample.spelled(pd.Series([0.5, 0.6])) == "too few for a mean"


@pytest.mark.parametrize("n", [5, 8, 15])
@pytest.mark.parametrize("draw, mean", [(normal, 0.1), (skewed, -1 / 6)])
def test_a_95_percent_interval_holds_the_mean_nineteen_times_in_twenty(draw, mean, n):
    # Measured, for n of 5, 8, 15: .95, .95, .95 (normal) and .98, .96, .93 (skewed). A percentile bootstrap: .84, .90, .91 (normal).
    values = draw(np.random.default_rng(n), (4000, n))
    ends = [resample.mean_interval(pd.Series(v))[1:] for v in values]
    shown = [low <= mean <= high for low, high in ends if not np.isnan(low)]
    assert 0.92 <= np.mean(shown) <= 0.985
    assert len(shown) == ((values != 0).sum(axis=1) >= resample.SCORING).sum()


# --- tests


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([0.0, 0.0, -0.5, 0.25, 0.7]), min_size=10, max_size=13), st.integers(1, 12))
def test_with_few_values_every_way_of_sharing_out_is_counted(values, tests):
    a, b = pd.Series(values[:5]), pd.Series(values[5:])
    found = resample.compared(a.to_frame(), b.to_frame(), seed=1, tests=tests)[0]
    apart = []
    for ours in itertools.combinations(range(len(values)), 5):
        theirs = [v for i, v in enumerate(values) if i not in ours]
        apart.append(abs(np.mean([values[i] for i in ours]) - np.mean(theirs)))
    p_of = {d: np.mean([other >= d - 1e-9 for other in apart]) for d in {round(x, 9) for x in apart}}
    assert found.of == len(apart) and found.p == pytest.approx(p_of[round(abs(found.seen), 9)])
    enough = [d for d, p in p_of.items() if p * tests < resample.LEVEL]
    assert np.isnan(found.needed) if not enough else found.needed == pytest.approx(min(enough))
    # The very line between shown and not shown.
    assert (found.p * tests < resample.LEVEL) == (abs(found.seen) >= found.needed - 1e-9)


def test_five_against_five_need_every_score_of_one_beyond_every_score_of_the_other():
    low, high = pd.Series([-0.5, -0.4, -0.3, -0.2, -0.1]), pd.Series([0.1, 0.2, 0.3, 0.4, 0.6])
    found = resample.compared(low.to_frame(), high.to_frame(), seed=1, tests=6)[0]
    assert found.p == pytest.approx(2 / 252) and (found.enough, found.of) == (2, 252)
    assert found.needed == pytest.approx(abs(found.seen))
    assert np.isnan(resample.smallest_difference(low, high, tests=7))  # 7 * 2 / 252 > 0.05: nothing could be shown


def test_where_ways_are_too_many_a_drawn_share_of_them_says_nearly_the_same(monkeypatch):
    rng = np.random.default_rng(4)
    a, b = pd.Series(rng.normal(0, 0.3, 6)), pd.Series(rng.normal(0.3, 0.3, 9))
    exact = resample.compared(a.to_frame(), b.to_frame(), seed=1)[0]
    monkeypatch.setattr(resample, "EXACT", 0)
    drawn = resample.compared(a.to_frame(), b.to_frame(), seed=1)[0]
    assert drawn.p == pytest.approx(exact.p, abs=0.02) and drawn.needed == pytest.approx(exact.needed, rel=0.05) and np.isnan(drawn.of)
    again = resample.compared(a.to_frame(), b.to_frame(), seed=1)[0]
    assert again[:3] == drawn[:3]


@pytest.mark.parametrize("n, m", [(5, 6), (12, 30)])
def test_of_tests_of_nothing_one_in_twenty_comes_out(n, m):
    rng = np.random.default_rng(7)
    a, b = (pd.DataFrame(rng.choice([0, 0, -0.4, -0.1, 0.3], (k, 800))) for k in (n, m))
    hits = [f.p < 0.05 for f in resample.compared(a, b, seed=1)]
    assert 0.02 < np.mean(hits) < 0.065


def test_a_difference_that_is_there_is_found_and_one_that_is_not_is_not():
    a, b = pd.Series([0.5, 0.6, 0.7, 0.4, 0.6, 0.5]), pd.Series([-0.5, -0.4, -0.6, -0.5, -0.7, -0.4])
    assert resample.permutation_test(a, b, seed=1) < 0.01
    assert resample.permutation_test(a, a, seed=1) == 1
    assert pd.isna(resample.permutation_test(a[:4], b, seed=1)) and pd.isna(resample.smallest_difference(a[:4], b))


@settings(max_examples=25, deadline=None)
@given(st.integers(8, 40), st.integers(8, 40), st.floats(0.2, 2), st.integers(0, 10**6))
def test_what_was_needed_divides_shown_from_not_shown(n, m, far, seed):
    rng = np.random.default_rng(seed)
    a, b = pd.Series(rng.normal(0, 0.3, n)), pd.Series(rng.normal(0, 0.3, m))
    b = b + far * resample.smallest_difference(a, b)
    least, seen = resample.smallest_difference(a, b, seed=1), abs(a.mean() - b.mean())
    p = resample.permutation_test(a, b, seed=1)
    assert (p < resample.LEVEL) == (seen >= least - 1e-9)


def test_very_many_values_are_tested_by_the_normal_curve_with_bounded_memory():
    rng = np.random.default_rng(0)
    a, b = pd.Series(rng.normal(0, 0.3, 30_000)), pd.Series(rng.normal(0, 0.3, 30_000))
    assert resample.permutation_test(a, b, seed=1) > 0.01 and resample.permutation_test(a, b + 0.02, seed=1) < 0.001
    x, y = a[:250], b[:250] + 0.05
    shuffled = resample.permutation_test(x[: resample.MANY - 1], y, seed=1)
    assert resample.permutation_test(x[: resample.MANY], y, seed=1) == pytest.approx(shuffled, abs=0.02)
    mean, low, high = resample.mean_interval(a)
    assert low < mean < high and high - low == pytest.approx(2 * 1.96 * 0.3 / 30_000**0.5, rel=0.1)
    assert pd.isna(resample.smallest_difference(a * 0, b * 0)) and resample.permutation_test(a * 0, b * 0, seed=1) == 1


def test_holm_corrects_as_published():
    corrected = resample.holm(pd.Series([0.01, 0.04, 0.03, None]))
    assert corrected.tolist()[:3] == pytest.approx([0.03, 0.06, 0.06]) and pd.isna(corrected[3])
