"""Facts told and untold, sentences nobody else has, and copy that is shared."""

import dataclasses
import pathlib

import pandas as pd
import pytest

from samestory import codebook, parse, story
from samestory.framing import facts, shared, similarity


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
    assert state_of(table, "deal-1", "004")["state"] == "untold"


@pytest.fixture
def ferry():
    """A story of two moments, "alarm" and "verdict", with two facts; a function from codings to it (rows `fact, article, state, words`)."""

    def make(*codings, look_for=""):
        about = {"outlet": ["Ann", "Ben", "Cy", "Dee"], "moment": ["alarm", "alarm", "verdict", ""], "published": ["2020-05-02"] * 4}
        texts = ["The ferry sank off Karsk.", "Divers searched the bay.", "A court fined the owner.", "Karsk mourns."]
        articles = pd.DataFrame({"article_id": list("abcd"), **about, "text": texts})
        rows = [("sank", "The ferry sank near Karsk", "alarm", look_for), ("fine", "The owner is fined", "verdict", "")]
        facts_ = pd.DataFrame(rows, columns=["fact_id", "fact", "moment", "look_for"]).assign(known_from="", known_until="")
        told = pd.DataFrame(codings, columns=["fact_id", "article_id", "state", "evidence"], dtype=str).assign(nth="", note="")
        book = dataclasses.replace(codebook.empty(), facts=facts_, fact_states=told)
        nothing = pd.DataFrame(columns=facts.FAULTS, dtype=str)
        return story.Story("ferry", pathlib.Path("ferry"), articles.astype("string"), book, nothing, tuple(about["outlet"]))

    return make


def test_what_nobody_coded_is_unknown_and_not_untold(ferry):
    table, _ = facts.states(ferry())
    assert table["state"].isna().all()


def test_an_article_with_any_coding_is_coded_for_its_own_moment_only(ferry):
    table, _ = facts.states(ferry(("fine", "c", "told", "fined the owner"), ("sank", "b", "untold", "")))
    assert state_of(table, "sank", "b")["state"] == "untold"
    assert state_of(table, "fine", "c")["state"] == "told"
    for fact, article in (("sank", "a"), ("sank", "c"), ("fine", "b"), ("sank", "d")):
        assert pd.isna(state_of(table, fact, article)["state"]), (fact, article)


def test_a_coding_for_another_moment_counts_for_that_moment(ferry):
    table, _ = facts.states(ferry(("fine", "b", "told", "searched")))
    assert state_of(table, "sank", "b")["state"] == "untold"  # its own moment: any row will do
    assert state_of(table, "fine", "b")["state"] == "told"


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


def sentences_of(whole):
    rows = whole.articles[["article_id", "outlet", "moment", "text"]].assign(sentence=1, start=0)
    return rows.assign(end=rows["text"].str.len())


def test_a_candidate_is_alike_to_the_fact_or_to_the_evidence_in_another_article(ferry):
    whole = ferry(("sank", "b", "told", "Divers searched the bay"))
    changed = whole.articles.copy()
    changed.loc[3, "text"] = "In the bay of Karsk they searched all night."
    whole = dataclasses.replace(whole, articles=changed)
    found = facts.candidates(whole, sentences_of(whole)).query("fact_id == 'sank'").set_index("article_id")
    assert list(found.index) == ["a", "d"]  # not b, which a person has coded; not c, which has nothing of it
    assert found.loc["a", "words"] == ["ferry", "sank", "karsk"]
    assert found.loc["d", "words"] == ["bay", "karsk", "searched"] and found.loc["d", "found"] == ""


def test_a_phrase_to_look_for_comes_first(ferry):
    whole = ferry(look_for="mourns")
    twice = pd.concat([sentences_of(whole)] * 2, ignore_index=True)
    twice.loc[3, ["text", "sentence"]] = ["The ferry sank near Karsk.", 2]
    found = facts.candidates(whole, twice).query("fact_id == 'sank' and article_id == 'd'")
    assert found[["rank", "found", "sentence"]].to_numpy().tolist() == [[1, "mourns", 1], [2, "", 2]]


def test_the_coded_evidence_is_among_the_candidates_when_it_is_hidden(seeds, sentences):
    """32 tellings; the facts' wordings were written by somebody who had read the articles, so this is the most to be hoped for."""
    found = facts.recovered(seeds, sentences)
    assert len(found) == 32
    assert (found["rank"] == 1).sum() >= 28 and found["rank"].notna().sum() >= 31
    blind = facts.recovered(seeds, sentences, look_for=False)
    assert (blind["rank"] == 1).sum() >= 27 and blind["rank"].notna().sum() >= 30


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


def test_the_nearest_sentence_is_named_and_what_stands_nowhere_else():
    rows = pd.DataFrame(
        {
            "outlet": ["a", "b", "b"],
            "moment": ["m"] * 3,
            "text": [
                "The mayor of Karsk, Ida Brandt, said on Monday that 340 families had no water.",
                "Karsk was flooded and schools stayed shut for the day.",
                "The mayor promised help.",
            ],
        },
        index=[7, 8, 9],
    )
    found = facts.unmatched(rows, below=0.5).loc[7]
    assert found["nearest_row"] in (8, 9) and found["nearest"] == rows.loc[found["nearest_row"], "text"]
    assert found["only_here"] == ["Ida Brandt", "340"]  # Karsk stands in b too, and Monday is no name


def test_a_name_two_outlets_share_makes_sentences_more_alike():
    texts = ["Brandt opened the bridge early.", "The bridge was painted.", "Visitors met Brandt there."]
    owners = ["a", "b", "c"]
    assert similarity.nearest(similarity.vectors(texts), owners)[0][0] == 1
    assert similarity.nearest(similarity.vectors(texts, names={"brandt"}, heavier=1.5), owners)[0][0] == 2


def test_names_are_runs_of_capitals_within_a_sentence():
    found = similarity.names("On Friday the Red Cross met Prime Minister Ida Brandt's aide.")
    assert found == ["Red Cross", "Prime Minister Ida Brandt"]
    assert similarity.names("Yesterday it rained.") == []


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
