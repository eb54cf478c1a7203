"""Facts told and untold, sentences nobody else has, and copy that is shared."""

import dataclasses

import pandas as pd
import pytest

from samestory import parse
from samestory.framing import facts, shared


@pytest.fixture(scope="module")
def sentences(seeds, seed_articles):
    rows = []
    for a in seeds.articles.itertuples():
        for i, (start, end) in enumerate(parse.sentences(seed_articles[a.article_id].doc), start=1):
            where = {"article_id": a.article_id, "outlet": a.outlet, "moment": a.moment, "sentence": i}
            rows.append(where | {"start": start, "end": end, "text": a.text[start:end]})
    return pd.DataFrame(rows)


def state_of(table, fact, article):
    return table[(table["fact_id"] == fact) & (table["article_id"] == article)].iloc[0]


def test_every_fact_has_a_state_in_every_article(seeds):
    table, lost = facts.states(seeds)
    assert len(table) == len(seeds.codebook.facts) * len(seeds.articles)
    assert lost.empty


def test_told_facts_point_at_their_evidence(seeds):
    table, _ = facts.states(seeds)
    row = state_of(table, "killed-82", "001")
    text = seeds.articles.set_index("article_id").loc["001", "text"]
    assert row["state"] == "told" and text[row["start"] : row["end"]] == "killing at least 82 civilians"


def test_dates_excuse_what_could_not_be_told(seeds):
    table, _ = facts.states(seeds)
    assert state_of(table, "killed-82", "003")["state"] == "not_yet"
    assert state_of(table, "offer", "004")["state"] == "no_longer"
    assert state_of(table, "hard-to-verify", "000")["state"] == "untold"


def test_an_article_without_a_date_is_never_excused(seeds):
    undated = dataclasses.replace(seeds, articles=seeds.articles.assign(published=""))
    table, _ = facts.states(undated)
    assert state_of(table, "killed-82", "003")["state"] == "untold"


def test_evidence_that_is_not_there_is_a_fault(seeds):
    book = seeds.codebook
    changed = book.fact_states.copy()
    changed.loc[changed.index[0], "evidence"] = "words that nobody wrote"
    table, lost = facts.states(dataclasses.replace(seeds, codebook=dataclasses.replace(book, fact_states=changed)))
    assert len(lost) == 1 and "words that nobody wrote" in lost.iloc[0]["reason"]
    first = changed.iloc[0]
    assert state_of(table, first["fact_id"], first["article_id"])["state"] == first["state"]


def test_candidates_are_only_for_articles_nobody_coded(seeds, sentences):
    found = facts.candidates(seeds, sentences)
    coded = set(zip(seeds.codebook.fact_states["fact_id"], seeds.codebook.fact_states["article_id"], strict=True))
    assert not coded & set(zip(found["fact_id"], found["article_id"], strict=True))
    assert ("deal-1", "004") in set(zip(found["fact_id"], found["article_id"], strict=True))


def test_unmatched_compares_within_a_moment_only(sentences):
    found = facts.unmatched(sentences)
    assert set(found["moment"]) == {"first-deal"}
    assert found["text"].str.contains("vetoed the last six").any()
    assert not found["text"].str.contains("killing at least 82").any()


def test_a_sentence_that_both_tell_is_matched():
    rows = pd.DataFrame(
        {
            "outlet": ["a", "a", "b"],
            "moment": ["m"] * 3,
            "text": [
                "The dam near Karsk burst on Sunday evening.",
                "Two ministers resigned over missing inspection reports.",
                "On Sunday evening the dam near Karsk burst.",
            ],
        }
    )
    assert facts.unmatched(rows)["text"].tolist() == ["Two ministers resigned over missing inspection reports."]


def test_shared_copy_is_found_although_it_was_turned_round(sentences):
    pairs = shared.shared_sentences(sentences)
    assert ((pairs["article_id"] == "000") & (pairs["other_article"] == "001")).any()
    texts = sentences.set_index(["article_id", "start"])["text"]
    for pair in pairs.itertuples():
        assert pair.article_id != pair.other_article and 0.8 <= pair.similarity <= 1
        assert len(texts[pair.article_id, pair.start]) == pair.end - pair.start


def test_the_same_sentence_in_another_house_style_is_the_same():
    rows = pd.DataFrame(
        {
            "article_id": ["1", "2", "3"],
            "sentence": [1, 1, 1],
            "start": [0, 0, 0],
            "end": [50, 50, 50],
            "text": [
                "The U.N. says the cease-fire in the center holds.",
                "The UN says the ceasefire in the centre holds.",
                "Nobody says anything about the harvest in the north.",
            ],
        }
    )
    pairs = shared.shared_sentences(rows)
    assert pairs[["article_id", "other_article", "similarity"]].to_numpy().tolist() == [["1", "2", 1.0]]


def test_empty_tables_give_empty_tables():
    nothing = pd.DataFrame(columns="article_id outlet moment sentence start end text".split())
    assert facts.unmatched(nothing).empty and shared.shared_sentences(nothing).empty
