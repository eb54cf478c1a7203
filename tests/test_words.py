"""Distinctive words, and proposals of actors."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory import parse, schema
from samestory.compare import words as compare_words
from samestory.framing import actors, words


def test_house_style_is_not_a_difference():
    assert words.tokens("U.N. cease-fire in the neighborhoods") == words.tokens("UN ceasefire in the neighbourhoods")
    assert words.tokens("The United Nations' envoy") == words.tokens("The UN's envoy")


def sentences_of(**texts):
    return pd.DataFrame([{"outlet": o, "text": t} for o, ts in texts.items() for t in ts])


VARIED = [
    "The harbour was closed in the morning.",
    "Engineers inspected the old bridge.",
    "Trains ran late on the coast.",
    "A ferry left for the islands.",
    "Workers repaired the power lines.",
    "Shops opened after the storm.",
    "The mayor thanked the crews.",
    "Schools stayed shut for a day.",
]
TWICE = [*VARIED, *(f"On Monday {text[0].lower()}{text[1:]}" for text in VARIED)]


def test_a_word_that_one_outlet_alone_keeps_using_stands_out():
    table = words.distinctive(sentences_of(a=[t[:-1] + " despite the militants." for t in VARIED], b=VARIED, c=VARIED), seed=1)
    out = table[table["stands_out"]]
    assert out[["outlet", "word"]].to_numpy().tolist() == [["a", "militants"]]
    assert out.iloc[0]["sentences"] == 8 and out.iloc[0]["low"] > 0


def test_nothing_stands_out_between_the_same_texts():
    table = words.distinctive(sentences_of(a=TWICE, b=TWICE), seed=1)
    assert len(table) and not table["stands_out"].any()
    assert np.allclose(table["log_odds"], 0)


def test_the_verdict_names_what_stands_out_and_says_when_nothing_does():
    loud = words.distinctive(sentences_of(a=[t[:-1] + " despite the militants." for t in VARIED], b=VARIED, c=VARIED), seed=1)
    assert compare_words.verdict(loud).startswith("Beyond what shuffled sentences give: “militants” (a, 8 sentences). Topic,")
    assert compare_words.verdict(pd.concat([loud.assign(stands_out=True)] * 9), most=3).count("“") == 3
    assert compare_words.verdict(words.distinctive(sentences_of(a=TWICE, b=TWICE), seed=1)).startswith("No word stands out")
    assert compare_words.verdict(words.distinctive(sentences_of(a=TWICE), seed=1)).startswith("There are not enough")


def test_same_seed_same_table_and_function_words_are_not_shown():
    rows = sentences_of(a=TWICE, b=VARIED[::-1])
    first, again = words.distinctive(rows, seed=7), words.distinctive(rows, seed=7)
    assert len(first)
    pd.testing.assert_frame_equal(first, again)
    assert not set(first["word"]) & words.function_words()


def test_log_odds_are_those_of_the_paper():
    """Two outlets, one word each way, worked by hand: prior = pooled counts (Monroe, Colaresi & Quinn 2008, eq. 16)."""
    rows = sentences_of(a=["storm storm storm bridge", "storm bridge"], b=["storm bridge bridge bridge", "bridge bridge storm"])
    got = words.distinctive(rows, seed=0).set_index(["outlet", "word"]).loc[("a", "storm")]
    mine, rest, prior, total = 4, 2, 6, 13
    expected = np.log((mine + prior) / (6 + total - mine - prior)) - np.log((rest + prior) / (7 + total - rest - prior))
    assert got["log_odds"] == pytest.approx(expected)
    assert got["z"] == pytest.approx(expected / np.sqrt(1 / (mine + prior) + 1 / (rest + prior)))


def test_one_against_the_rest_with_words_that_are_counted_but_not_shown():
    """Three outlets by hand: what is not shown ("the", a number, a word of one sentence) is in every total."""
    rows = sentences_of(
        a=["the storm hit 40 piers", "the storm passed"],
        b=["a storm is a storm", "the bridge held", "bridge traffic slowed"],
        c=["the bridge fell", "nobody crossed"],
    )
    table = words.distinctive(rows, seed=0).set_index(["outlet", "word"])
    assert sorted(table.index) == [("a", "storm"), ("b", "bridge")]
    tokens, storm, bridge = {"a": 8, "b": 11, "c": 5}, {"a": 2, "b": 2, "c": 0}, {"a": 0, "b": 2, "c": 1}
    for outlet, counts, word in (("a", storm, "storm"), ("b", bridge, "bridge")):
        n, prior, mine = sum(tokens.values()), sum(counts.values()), counts[outlet]
        up, rest = mine + prior, prior - mine + prior
        expected = np.log(up / (tokens[outlet] + n - up)) - np.log(rest / (n - tokens[outlet] + n - rest))
        assert table.loc[(outlet, word), "log_odds"] == pytest.approx(expected)
        assert table.loc[(outlet, word), "z"] == pytest.approx(expected / np.sqrt(1 / up + 1 / rest))


NOUNS = "bridge harbour ferry mayor crane pier storm school train shop worker island coast road tower market".split()
VERBS = "closed opened moved failed waited returned held stopped".split()


def one_text(n, seed):
    """Sentences that one hand might have written: everybody's words, nobody's own."""
    rng = np.random.default_rng(seed)
    return [
        f"The {a} {v} near the {b} on {c}." for a, v, b, c in zip(*(rng.choice(x, n) for x in (NOUNS, VERBS, NOUNS, NOUNS)), strict=True)
    ]


def test_one_text_dealt_out_to_outlets_seldom_makes_a_word_stand_out():
    alarms = 0
    for i in range(60):
        texts = pd.DataFrame({"outlet": np.random.default_rng(i).permutation(np.arange(60) % 3), "text": one_text(60, i)})
        alarms += words.distinctive(texts, seed=i, draws=60, shuffles=100)["stands_out"].any()
    assert alarms <= 9  # 5 in 100 are meant; 10 or more of 60 come about once in 1,000 runs then


def test_a_line_printed_again_and_again_is_one_sentence():
    rows = sentences_of(a=[*VARIED, *["Harbour Herald harbour news."] * 9], b=VARIED, c=VARIED[::-1])
    table = words.distinctive(rows, seed=1).set_index(["outlet", "word"])
    assert ("a", "herald") not in table.index and table.loc[("a", "harbour"), "sentences"] == 2
    assert len(words.uses(rows)["a", "harbour"]) == 2


def test_copy_that_two_outlets_share_counts_once_with_each_and_hides_no_other_word():
    own = [t[:-1] + " despite the militants." for t in VARIED]
    copy = [f"Agency copy tells of insurgents near the {n}." for n in NOUNS[:8]]
    table = words.distinctive(sentences_of(a=[*own, *copy], b=[*VARIED, *copy], c=VARIED), seed=1).set_index(["outlet", "word"])
    assert table.loc[("a", "insurgents"), "sentences"] == table.loc[("b", "insurgents"), "sentences"] == 8
    assert not table.loc[[("a", "insurgents"), ("b", "insurgents")], "stands_out"].any()
    assert table.loc[("a", "militants"), "stands_out"]


def test_thirty_outlets_are_compared_and_too_many_words_are_bounded(monkeypatch):
    rows = pd.concat([pd.DataFrame({"outlet": f"outlet {i:02}", "text": one_text(12, i)}) for i in range(30)])
    table = words.distinctive(rows, seed=0, draws=20, shuffles=20)
    assert table["outlet"].nunique() == 30 and table["low"].notna().all() and (table["low"] <= table["high"]).all()
    monkeypatch.setattr(words, "MOST_CELLS", 30 * 4)
    monkeypatch.setattr(words, "MOST_INTERVALS", 1)
    fewer = words.distinctive(rows, seed=0, draws=20, shuffles=20)
    assert fewer["word"].nunique() == 4
    whole = table.set_index(["outlet", "word"])["z"]
    assert np.allclose(fewer["z"], [whole[o, w] for o, w in zip(fewer["outlet"], fewer["word"], strict=True)])
    assert not fewer.loc[fewer["low"].isna(), "stands_out"].any() and fewer["low"].notna().sum() >= 30


@pytest.mark.parametrize("rows", [{}, {"a": ["one outlet only"]}, {"a": ["the"], "b": ["of"]}])
def test_too_little_to_compare_is_an_empty_table(rows):
    table = words.distinctive(pd.DataFrame([{"outlet": o, "text": t} for o, ts in rows.items() for t in ts], columns=["outlet", "text"]))
    assert table.empty and list(table) == words.COLUMNS


def test_uses_are_the_sentences_counted():
    rows = sentences_of(a=[*VARIED, "The bridge, an old bridge, fell."], b=VARIED)
    table = words.distinctive(rows, seed=0).set_index(["outlet", "word"])
    assert len(words.uses(rows)["a", "bridge"]) == table.loc[("a", "bridge"), "sentences"] == 2


def test_actors_are_grouped_across_articles(article_of):
    one = article_of("President Elena Marsh met the Syrian rebels. Syria had asked for talks. The president smiled.", article_id="1")
    two = article_of("Mrs Marsh praised a rebel. Damascus thanked President Marsh.", article_id="2")
    cluster = {(r["article_id"], r["text"]): r["cluster"] for r in actors.suggest([one, two])}
    assert cluster["1", "President Elena Marsh"] == cluster["2", "Mrs Marsh"] == cluster["1", "The president"]
    assert cluster["1", "the Syrian rebels"] == cluster["2", "a rebel"]
    assert cluster["1", "Syria"] == cluster["2", "Damascus"]
    assert cluster["1", "Syria"] != cluster["1", "the Syrian rebels"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=3))
def test_any_text_is_survived(texts):
    for text in texts:
        assert all(t for t in words.tokens(text))
    articles = [parse.Article(str(i), t, d) for i, (t, d) in enumerate(zip(texts, parse.parse(texts), strict=True))]
    schema.frame("actors", actors.suggest(articles))
    words.distinctive(pd.DataFrame({"outlet": [str(i) for i in range(len(texts))], "text": texts}), draws=5, shuffles=5)
