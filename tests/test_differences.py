"""Do two outlets' narrations differ? Only like is tested with like, and a yes takes more than one dictionary."""

import dataclasses
import re

import pandas as pd
import pytest

from samestory.analysis import analyse
from samestory.compare import joint, resample, sentiment, summary
from samestory.story import read_story

PLAIN = ["A boat left the harbour in the morning and came back at night.", "The library lends its books for a month and sometimes two."]
HARSH = [-0.7 + 0.05 * (i % 5) for i in range(15)]
CALM = [0.1 * (i % 3) - 0.1 for i in range(15)]
DICTIONARIES = ("vader", "textblob", "opinion")


@pytest.fixture
def scored(tmp_path):
    """A function from texts (outlet, moment, scores of the narration as printed, and without event words) to an Analysis of just these.

    Scores are a list for every dictionary, or a dict from dictionary to list.
    """

    def make(texts):
        folder = tmp_path / f"story{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        lengths = [len(printed) if isinstance(printed, list) else len(printed["vader"]) for _, _, printed, _ in texts]
        rows = [
            {"article_id": f"a{i}", "file": f"a{i}.txt", "outlet": outlet, "moment": moment} for i, (outlet, moment, *_) in enumerate(texts)
        ]
        for row, n in zip(rows, lengths, strict=True):
            (folder / row["file"]).write_text(" ".join(PLAIN[i % 2] for i in range(n)) + "\n", encoding="utf-8")
        pd.DataFrame(rows).to_csv(folder / "articles.csv", index=False)
        analysis = analyse(read_story(folder), cache=tmp_path / "cache")
        stretches = analysis.tables["stretches"].copy()
        for row, (_, _, printed, bare) in zip(rows, texts, strict=True):
            mine = stretches["article_id"] == row["article_id"]
            for name in DICTIONARIES:
                stretches.loc[mine, name] = printed if isinstance(printed, list) else printed[name]
                stretches.loc[mine, f"{name}_no_events"] = bare if isinstance(bare, list) else bare[name]
        return dataclasses.replace(analysis, tables=analysis.tables | {"stretches": stretches})

    return make


def said(analysis):
    return " ".join(sentiment.survives(sentiment.every_way(analysis, seed=1)))


def words_of(html):
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]+>", " ", str(html), flags=re.DOTALL).split())


# --- what is tested with what


def test_texts_of_different_moments_are_not_tested_with_one_another(scored):
    analysis = scored(
        [("Herald", "first", HARSH, HARSH), ("Post", "first", HARSH, HARSH), ("Times", "second", CALM, CALM), ("Echo", "", CALM, CALM)]
    )
    ways = sentiment.every_way(analysis, seed=1)
    table = ways["vader", True].set_index(["outlet", "and"])
    assert table.index[table["p"].notna()].tolist() == [("Herald", "Post")] and table["moment"].dropna().tolist() == ["first"]
    assert (table["why not"].drop(("Herald", "Post")) == sentiment.UNLIKE).all() and len(table) == 6
    text = said(analysis)
    assert text.startswith("No.") and "5 pairs not tested, not like with like" in text and "Times" not in text
    assert "not like with like" in words_of(sentiment.pair_table(ways, colour={}))
    # One moment chosen, or none named: then everything is like with like.
    one = sentiment.every_way(analysis.choose(moment="first"), seed=1)["vader", True]
    assert one["why not"].tolist() == [""] and one["moment"].isna().all()
    assert (
        not sentiment.every_way(scored([("Herald", "", HARSH, HARSH), ("Post", "", CALM, CALM)]), seed=1)["vader", True]["p"].isna().any()
    )


def test_an_outlet_with_texts_of_two_moments_is_compared_moment_by_moment_with_the_texts_of_each(scored):
    analysis = scored([("Herald", "first", HARSH, HARSH), ("Herald", "second", CALM, CALM), ("Post", "second", CALM[:8], CALM[:8])])
    row = sentiment.every_way(analysis, seed=1)["vader", True].iloc[0]
    assert (row["moment"], row["texts"], row["pieces"]) == ("second", "1 and 1", "15 and 8")
    assert row["difference"] == pytest.approx(sum(CALM) / 15 - sum(CALM[:8]) / 8)
    assert all(p.article_id != "a0" for p in row["places"])


def test_the_correction_counts_every_test_of_every_dictionary(scored):
    analysis = scored([("Herald", "", HARSH, CALM), ("Post", "", CALM, CALM), ("Times", "", CALM[::-1], CALM)])
    ways = sentiment.every_way(analysis, seed=1)
    every = pd.concat(ways.values())
    assert len(every) == 3 * 2 * len(DICTIONARIES)
    smallest = every["p"].min()
    assert every["p corrected"].min() == pytest.approx(len(every) * smallest) and smallest < 0.05
    assert (every["p corrected"] >= every["p"]).all()


def test_few_sentences_are_not_tested_and_not_called_alike(scored):
    text = said(scored([("Herald", "", [0.5] * 4, [0.5] * 4), ("Post", "", [-0.5] * 20, [-0.5] * 20)]))
    assert text.startswith("Cannot be told") and "fewer than 5 pieces of narration" in text


def test_where_nothing_could_have_been_shown_the_answer_is_not_no(scored):
    analysis = scored([("Herald", "", [0.0] * 5, [0.0] * 5), ("Post", "", [0.0] * 5 + [0.3], [0.0] * 6)])
    ways = sentiment.every_way(analysis, seed=1)
    assert said(analysis).startswith("Cannot be told: these scores are so few") and ways["vader", True]["needed"].isna().all()
    assert set(sentiment.answers(ways)["needed"]) == {"no way would do"}


@pytest.mark.parametrize("outlets", [1, 13])
def test_one_outlet_and_very_many_are_not_compared(scored, outlets):
    few = [0.1 * (n % 3) for n in range(6)]
    analysis = scored([(f"Outlet {i}", "", few, few) for i in range(outlets)])
    ways = sentiment.every_way(analysis, seed=1)
    assert sentiment.survives(ways)[0].startswith("Not asked") and sentiment.answers(ways).empty
    assert "too many to compare" in words_of(sentiment.pair_table(ways, colour={}))
    assert "could be compared" in words_of(sentiment.answer_table(ways))


# --- what is said of it


def test_a_difference_that_two_dictionaries_show_both_ways_is_a_yes_about_these_texts(scored):
    bare = [v + 0.1 for v in HARSH]
    analysis = scored([("Post", "", CALM, CALM), ("Herald", "", HARSH, bare)])
    text = said(analysis)
    assert text.startswith("Yes for 1 of 1 pair")
    assert "the mean score of these texts’ narration is lower in Herald than in Post by VADER (0.60, without event words 0.50)" in text
    assert "orders nobody" in text and "more negative" not in text
    assert text in summary._sentiment(analysis, 1)[0][0]


def test_a_difference_that_goes_away_without_event_words_is_a_no(scored):
    text = said(scored([("Herald", "", HARSH, CALM), ("Post", "", CALM, CALM), ("Times", "", CALM[::-1], CALM)]))
    assert text.startswith("No.") and "Herald and Post" in text and "gone without event words" in text and "Post and Times" not in text


def test_a_difference_that_one_dictionary_shows_is_a_no(scored):
    only = {"vader": HARSH, "textblob": CALM, "opinion": CALM}
    text = said(scored([("Herald", "", only, only), ("Post", "", CALM, CALM)]))
    assert text.startswith("No. Nothing is shown by two dictionaries") and "by VADER (0.60, without event words 0.60)." in text


def test_dictionaries_that_show_the_opposite_make_no_answer(scored):
    against = {"vader": HARSH, "textblob": HARSH, "opinion": [-v for v in HARSH]}
    text = said(scored([("Herald", "", against, against), ("Post", "", CALM, CALM)]))
    assert text.startswith("No.") and "opposite differences, so none is to be relied on" in text


def test_the_table_gives_the_difference_and_what_was_needed_for_one_and_the_same_pair(scored):
    texts = [("Herald", "", HARSH[:6], CALM[:6]), ("Post", "", CALM[:7], CALM[:7]), ("Times", "", CALM, CALM)]
    ways = sentiment.every_way(scored(texts), seed=1)
    table, answers = ways["vader", True], sentiment.answers(ways).iloc[0]
    nearest = table.loc[table["p"].idxmin()]
    assert answers["nearest pair"] == f"{nearest['outlet']} and {nearest['and']}"
    assert answers["difference"] == pytest.approx(abs(nearest["difference"])) and answers["needed"] == sentiment.needed(nearest)
    one = table.set_index(["outlet", "and"]).loc[("Herald", "Post")]
    assert one["of"] == 1716 and sentiment.needed(one).endswith(f"({one['enough']:.0f} of 1,716 ways)")
    assert (one["p"] * 18 < resample.LEVEL) == (abs(one["difference"]) >= one["needed"] - 1e-9)


def test_05_says_how_many_stretches_score_and_gives_no_interval_to_two(scored):
    two = [0.0, 0.4, 0.0, 0.0, -0.2, 0.0, 0.0]
    table = joint.tone(scored([("Herald", "", two, two), ("Post", "", CALM, CALM)])).query("part == 'narration'")
    herald, post = table.to_dict("records")
    assert (herald["n"], herald["that score"]) == (7, 2) and pd.notna(herald["mean"]) and pd.isna(herald["low"]) and pd.isna(herald["high"])
    assert post["that score"] == 10 and post["low"] < post["mean"] < post["high"]
