"""Loaded words: which are marked, which are not, and how they stand outlet beside outlet."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory import analysis as analyses
from samestory import evidence, parse, story
from samestory.compare import loaded as compare_loaded
from samestory.framing import loaded
from samestory.lists import read_list


class Narrator:
    def mention(self, start, end):
        return "narrator"


def marked(text):
    return [(text[s:e], kind) for s, e, kind in loaded.spans(text)]


def words(text):
    return [word for word, _ in marked(text)]


def test_loaded_words_point_into_the_text(article_of):
    article = article_of("The “regime” spoke of terrorists, of fake\u00a0news and an execution-style killing.")
    rows = loaded.loaded(article, Narrator())
    assert [(r["text"], r["kind"], r["voice"]) for r in rows] == [
        ("regime", "evaluative", "narrator"),
        ("terrorists", "evaluative", "narrator"),
        ("fake\u00a0news", "evaluative", "narrator"),
        ("execution-style", "evocative", "narrator"),
    ]
    assert all(article.text[r["start"] : r["end"]] == r["text"] for r in rows)


def test_the_longest_entry_is_marked_once_and_compounds_are_seen():
    assert words("He blamed illegal immigrants in the regime-held east.") == ["illegal immigrants", "regime"]
    assert words("A flood of refugees, they called it.") == ["flood of refugees"]
    assert words("The flood reached the refugees on the heroine's hill.") == ["heroine"]
    assert words("She defamed nobody; the regimental shamrock stayed.") == []


def test_a_set_term_that_holds_a_loaded_word_is_not_marked():
    assert words("Riot police stood by; the new tax regime was supposed to help.") == []
    assert words("An incendiary device went off and the windows were shattered.") == []
    assert words("The riot spread, and the regime supposedly helped.") == ["riot", "regime", "supposedly"]


def test_a_name_is_not_marked_but_a_headline_a_cry_and_a_first_word_are():
    assert words("The Revolutionary Guards flew the Patriot battery to Hero Square.") == []
    assert words("Brutal Regime Forces Slaughter Villagers") == ["Brutal", "Regime", "Slaughter"]
    assert words("Thugs came first. Savage beatings followed, a TERROR, the “Butchery of the north”.") == ["Thugs", "Savage", "TERROR"]
    assert words("It was said by Ruth M. Savage, a nurse.") == []
    assert words("The Ninth Front of the Revolutionary Forces of the Coast " + "held the old road to the Harbour " * 5) == []
    assert words("The fighters of ahrar al-sham fled the sham trial.") == ["sham"]
    assert words("They called it an Orwellian law.") == ["Orwellian"]


def test_every_entry_is_of_a_known_kind_stands_once_and_is_found_by_itself():
    table = read_list("loaded_words")
    assert set(table["kind"]) == {"evaluative", "evocative", loaded.NEITHER}
    assert not table["word"].str.lower().duplicated().any()
    lost = [r.word for r in table.itertuples() if r.kind != loaded.NEITHER and marked(f"so {r.word} it") != [(r.word, r.kind)]]
    assert not lost


@given(st.text(max_size=60))
def test_any_text_is_survived_and_offsets_hold(text):
    doc = next(parse.parse([text]))
    for row in loaded.loaded(parse.Article("x", text, doc), Narrator()):
        assert text[row["start"] : row["end"]] == row["text"] and row["text"]


HERALD = """The regime shelled the town. The minister said that the rebels were terrorists, and that their regime of fear was over.

"These terrorists are thugs," he said. The bridge was closed.

A brutal, senseless and quite needless raid followed near the old mill at night."""

GAZETTE = """The government shelled the town. Its forces closed the bridge. It met <b>thugs</b> & “terrorists” at the gate."""


@pytest.fixture(scope="module")
def analysis(tmp_path_factory):
    folder = tmp_path_factory.mktemp("loaded")
    rows = [("h", "Herald", HERALD), ("g", "Gazette", GAZETTE)]
    pd.DataFrame(rows, columns=["article_id", "outlet", "text"]).to_csv(folder / "town.csv", index=False)
    found = analyses.analyse(story.read_story(folder / "town.csv"), cache=folder / "cache")
    sentences = found.tables["sentences"]
    if "loaded_score" not in sentences:
        parts = [row for article in analyses.articles(found.story, cache=folder / "cache") for row in loaded.parts(article)]
        sentences = sentences.assign(**pd.DataFrame(parts))
        sentences["loaded_score"] = loaded.score(sentences)
    return dataclasses.replace(found, tables=found.tables | {"sentences": sentences})


def test_each_word_stands_once_with_its_voices_in_each_outlet(analysis):
    table = compare_loaded.by_word(analysis).set_index("word")
    assert list(table) == ["kind", "Herald", "Gazette"]
    cells = {(w, o): [(b.head, [s.text for s in b.said]) for b in table.at[w, o]] for w in table.index for o in ("Herald", "Gazette")}
    own, reported, marks = compare_loaded.VOICES.values()
    assert cells["terrorists", "Herald"] == [(reported, ["terrorists"]), (marks, ["terrorists"])]
    assert cells["regime", "Herald"] == [(own, ["regime"]), (reported, ["regime"])] and cells["regime", "Gazette"] == []
    order = [(kind, word) for word, kind in table["kind"].items()]
    assert order == sorted(order)  # the alphabet, no ranking
    (said,) = table.at["regime", "Herald"][0].said
    assert [piece for piece, marked in said.passages[0].pieces if marked] == ["regime"]


def test_with_many_outlets_the_voices_are_the_columns(analysis, monkeypatch):
    monkeypatch.setattr(compare_loaded.grids, "MOST_COLUMNS", 1)
    table = compare_loaded.by_word(analysis).set_index("word")
    assert list(table) == ["kind", *compare_loaded.VOICES.values()]
    assert [(s.text, s.note) for s in table.at["terrorists", "in quotation marks"]] == [("terrorists 2", "Herald, Gazette")]


def test_sentences_to_read_first_hold_loaded_words_and_their_text_is_escaped(analysis):
    rows = compare_loaded.foremost(analysis, most=2)
    assert rows["outlet"].tolist() == ["Herald", "Herald", "Gazette"]
    first = rows.iloc[0]
    assert HERALD[first["start"] : first["end"]].startswith("A brutal, senseless")
    shown = compare_loaded.reading(analysis, colour=evidence.colours(analysis.story.outlets))
    assert "&lt;b&gt;" in shown and "<b>" not in shown and "<mark>senseless</mark>" in shown
    assert compare_loaded.grid(analysis, colour={}).count("<mark>regime</mark>") == 2


def test_without_loaded_words_the_views_say_so(analysis):
    none = dataclasses.replace(
        analysis,
        tables=analysis.tables
        | {"loaded": analysis.tables["loaded"].head(0), "sentences": analysis.tables["sentences"].assign(loaded_words=0)},
    )
    assert "No loaded word" in compare_loaded.reading(none, colour={})
    assert "Nothing of this kind" in compare_loaded.grid(none, colour={}) and list(compare_loaded.by_word(none))[2:] == none.story.outlets


def test_the_score_is_the_mean_of_three_standard_scores_and_counts_what_it_says(article_of):
    article = article_of("The brutal regime fell. He quickly and cruelly closed the old national bank today. It rained.")
    parts = pd.DataFrame(loaded.parts(article))
    assert parts["length"].tolist() == [4, 10, 2] and parts["loaded_words"].tolist() == [2, 1, 0]
    assert parts["modifiers"].tolist() == [1, 2, 0]  # brutal; quickly, cruelly: "old", "national", "today" place or classify
    expected = sum((c - c.mean()) / c.std(ddof=0) for c in (np.log1p(parts["length"]), parts["loaded_words"], parts["modifiers"])) / 3
    assert loaded.score(parts).tolist() == pytest.approx(expected.tolist())
    assert loaded.score(parts.head(1)).tolist() == [0.0] and loaded.score(parts.head(0)).empty


def test_without_a_parse_length_and_words_are_left(rules_only):
    parts = pd.DataFrame(loaded.parts(rules_only("The brutal regime fell. It rained.")))
    assert parts["modifiers"].tolist() == [0, 0] and loaded.score(parts).is_monotonic_decreasing
