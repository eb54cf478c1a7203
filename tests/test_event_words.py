"""Words that name an event: none of them judges, and a word that only happens to score is called neither."""

import pandas as pd
import pytest

from samestory.analysis import analyse
from samestory.compare import drivers as shown
from samestory.lists import read_list
from samestory.sentiment import drivers, event_words, masked
from samestory.story import read_story

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


# --- what a word is worth where it stands


@pytest.mark.parametrize(
    ("before", "negation"),
    [
        ("It was ", ""),
        ("It was no ", "no"),
        ("They didn’t want to ", "didn't"),
        ("It was not, he said, ", ""),
        ("Nobody here would ever call it ", ""),
        ("It was never “", "never"),
    ],
)
def test_the_negation_that_turns_a_word_round(before, negation):
    assert shown.negator(before) == negation


def test_a_word_and_its_denial_are_two_entries_with_their_own_values(tmp_path):
    (tmp_path / "a.txt").write_text(
        "The play was a disgrace. It was no disgrace, she wrote. That is no disgrace, they wrote.\n", encoding="utf-8"
    )
    pd.DataFrame([{"article_id": "a", "file": "a.txt", "outlet": "Herald"}]).to_csv(tmp_path / "articles.csv", index=False)
    carried = shown.words(analyse(read_story(tmp_path), cache=tmp_path / "cache"))
    found = {g["use"].iloc[0]: (len(g), g["sign"].iloc[0], g["opinion"].iloc[0], g["vader"].iloc[0] < 0) for g in shown.uses(carried)}
    assert found["no … disgrace"] == (2, "+", 1, True) and found["disgrace"] == (1, "−", -1, True)
