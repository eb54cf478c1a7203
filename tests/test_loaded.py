"""Loaded words: which are marked, which are not, and how they stand outlet beside outlet."""

from hypothesis import given
from hypothesis import strategies as st

from samestory import parse
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
