"""Scores are of sentences, in the right voice, with names masked and events told from judgements."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory import sentiment
from samestory.codebook import empty
from samestory.compare import resample
from samestory.compare import sentiment as compare_sentiment
from samestory.quotes import statements
from samestory.quotes.voice import Voices


def scored(article):
    return sentiment.sentences(article, Voices(article, statements.find(article, empty())))


def test_a_judgement_scores_and_a_plain_report_does_not(article_of):
    rows = scored(article_of("The council met on Tuesday. It was a brutal, shameful failure."))
    assert rows[0]["vader"] == 0 == rows[0]["textblob"]
    assert rows[1]["vader"] < -0.5 and rows[1]["textblob"] < 0


def test_names_carry_no_tone(article_of):
    plain = scored(article_of("The office of the group said so."))[0]
    named = scored(article_of("The office of the United Nations Security Council said so."))[0]
    assert named["vader"] == plain["vader"] == 0 and sentiment.score("United Nations Security Council")["vader"] > 0.5


def test_typographic_apostrophes_do_not_turn_a_denial_round(article_of):
    straight, curly = scored(article_of("They didn't help."))[0], scored(article_of("They didn’t help."))[0]
    assert curly["vader"] == straight["vader"] < 0


def test_masking_events_takes_the_tone_out_of_bad_news(article_of):
    row = scored(article_of("The attack killed two people and left dozens dead."))[0]
    assert row["vader"] < -0.3 and row["vader_no_events"] == 0
    assert row["event_words"] >= 2 and row["evaluative_words"] == 0


def test_the_words_behind_a_score_are_named():
    rows = {r["word"]: r for r in sentiment.drivers("The brutal attack was a brilliant success.")}
    assert rows["brutal"]["vader"] < 0 and rows["brutal"]["kind"] == "evaluative"
    assert rows["attack"]["kind"] == "event"


def test_the_clause_of_a_target_leaves_the_other_clause_out(article_of):
    text = "Critics praised Ann Lee warmly, although voters hated the terrible Bob Ray."
    article = article_of(text)
    ann, bob = text.index("Ann Lee"), text.index("Bob Ray")
    mentions = [{"start": ann, "end": ann + 7, "actor": "a"}, {"start": bob, "end": bob + 7, "actor": "b"}]
    clause = {r["actor"]: r["score"] for r in sentiment.targets(article, mentions) if r["method"] == "vader_clause"}
    assert clause["a"] > 0 > clause["b"]


def test_the_target_a_table_gives_is_scored_by_every_method(article_of):
    article = article_of("Critics praised Ann Lee warmly.")
    article = type(article)(article.article_id, article.text, article.doc, target=(16, 23))
    rows = sentiment.targets(article, [{"start": 0, "end": 7, "actor": "critics"}])
    assert {(r["start"], r["end"]) for r in rows} == {(16, 23)} and {r["method"] for r in rows} == {"textblob", "vader", "vader_clause"}


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=60))
def test_any_text_gets_scores_in_range(article_of, text):
    for row in scored(article_of(text)):
        assert -1 <= row["textblob"] <= 1 and -1 <= row["vader"] <= 1
        assert 0 <= row["start"] < row["end"] <= len(text)


# --- resampling


def test_few_sentences_have_no_mean_and_many_have_an_interval_around_it():
    assert all(pd.isna(v) for v in resample.mean_interval(pd.Series([1.0, 0, 1, 0]), seed=1))
    mean, low, high = resample.mean_interval(pd.Series([0.0, 1] * 10), seed=1)
    assert mean == 0.5 and 0.2 < low < mean < high < 0.8


def test_the_same_seed_gives_the_same_interval():
    values = pd.Series([0.1, 0.4, -0.2, 0.3, 0.0, 0.6])
    assert resample.mean_interval(values, seed=3) == resample.mean_interval(values, seed=3)


def test_a_difference_that_is_there_is_found_and_one_that_is_not_is_not():
    a, b = pd.Series([0.5, 0.6, 0.7, 0.4, 0.6, 0.5]), pd.Series([-0.5, -0.4, -0.6, -0.5, -0.7, -0.4])
    assert resample.permutation_test(a, b, seed=1) < 0.01
    assert resample.permutation_test(a, a, seed=1) == 1


def test_holm_corrects_as_published():
    corrected = resample.holm(pd.Series([0.01, 0.04, 0.03, None]))
    assert corrected.tolist()[:3] == pytest.approx([0.03, 0.06, 0.06]) and pd.isna(corrected[3])


def test_a_difference_that_is_found_names_both_outlets():
    table = pd.DataFrame({"outlet": ["Herald", "Herald"], "and": ["Post", "Times"], "difference": [0.4, 0.1], "p corrected": [0.01, 0.6]})
    assert "yes for 1 of 2 pairs tested: Herald and Post" in compare_sentiment.verdict(table.assign(p=[0.005, 0.6]))
