"""Words that name an event: none of them judges, and a word that only happens to score is called neither."""

import pytest

from samestory.lists import read_list
from samestory.sentiment import drivers, event_words, masked

KINDS = {
    "The militants were killed by a bomb.": {"killed": "event"},
    "A brutal war was brutally fought.": {"brutal": "evaluative", "war": "event", "fought": "event"},
    "The terrorists called it a liberation and a massacre.": {"terrorists": "evaluative", "massacre": "evaluative"},
    "The first trucks reached at least a few villages.": dict.fromkeys(["first", "reached", "least", "few"], "other"),
    "He left with his light weapons.": {"light": "other", "weapons": "event"},
    "Both parties met the charity, like the crisis team did.": dict.fromkeys(["parties", "charity", "like", "crisis"], "other"),
    "It was not good and a war-torn land.": {"not good": "evaluative"},
}


def test_no_word_for_an_event_is_one_that_guidance_calls_loaded():
    loaded = read_list("loaded_words")
    assert not event_words() & set(loaded.loc[loaded["kind"].isin(["evaluative", "evocative"]), "word"].str.lower())


def test_no_word_for_an_event_names_people_as_their_friends_or_enemies_do():
    roles = read_list("role_nouns")
    judging = roles.loc[roles["valence"] != "neutral", "noun"]
    assert not event_words() & {form for noun in judging for form in (noun, f"{noun}s")}


def test_an_event_word_stands_in_the_list_once():
    words = read_list("event_words")["word"]
    assert words.is_unique and (words == words.str.lower().str.strip()).all()


def test_masking_events_leaves_what_an_outlet_calls_people(article_of):
    text = "The terrorists killed two people in the massacre."
    article = article_of(text)
    left = masked(article.doc, 0, len(text), events=True)
    assert "killed" not in left and "terrorists" in left and "massacre" in left


@pytest.mark.parametrize(("text", "kinds"), KINDS.items())
def test_the_kind_of_a_word_that_carries_a_score(text, kinds):
    found = {row["word"]: row["kind"] for row in drivers(text)}
    assert {word: found.get(word) for word in kinds} == kinds
