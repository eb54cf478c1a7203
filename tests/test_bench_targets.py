"""What the classifier learns from keeps its targets in place, keeps out what is held out, and gives no fold's sentence to another."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st


@pytest.fixture(scope="module")
def bench(bench_script):
    return bench_script("targets_items")


NEAR = {"harbour": ["port", "dock"], "praised": ["blamed"], "quiet": ["noisy", "calm"], "strike": ["walkout"]}
SENTENCES = (
    "Mayor Bell praised the quiet harbour, and the strike went on.",
    "After the strike, Ann Lee praised them; nobody listened.",
    "The harbour was quiet — Tom Hay said so.",
)


def item(bench, text: str, target: str):
    start = text.index(target)
    return bench.Item(text, start, start + len(target), bench.fold_of(text), "gold", 1)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_a_variant_has_its_target_where_it_says_and_no_label(bench, seed):
    names = ("Mayor Bell", "Ann Lee", "Tom Hay")
    items = [item(bench, text, name) for text, name in zip(SENTENCES, names, strict=True)]
    for variant in bench.variants(items, NEAR, rounds=3, seed=seed):
        assert variant.text[variant.start : variant.end] in names
        assert variant.polarity == bench.UNKNOWN and variant.variant > 0


def test_variants_are_the_same_for_the_same_seed(bench):
    items = [item(bench, SENTENCES[0], "Mayor Bell"), item(bench, SENTENCES[1], "them")]
    assert bench.variants(items, NEAR, rounds=4, seed=5) == bench.variants(items, NEAR, rounds=4, seed=5)


def test_what_is_held_out_is_not_learned_from(bench):
    rows = [{"text": f"Sentence {i} about Ann Lee.", "start": 0, "end": 8, "polarity": 0} for i in range(400)]
    kept = {i.text for i in bench.gold(rows)}
    left = [row["text"] for row in rows if row["text"] not in kept]
    assert 25 <= len(left) <= 80 and all(bench.held_out(text) for text in left)


def test_further_mentions_do_not_overlap_the_coded_one(bench):
    text = "Barack Obama told Angela Merkel that he would come, she said in Berlin."
    found = bench.mentions([item(bench, text, "Angela Merkel")], seed=0)
    assert {text[i.start : i.end] for i in found} == {"Barack Obama", "he", "she"}


def test_our_own_sentences_have_marked_targets_and_no_marks_left(bench):
    items = bench.own()
    assert len(items) > 6_000
    for each in items:
        assert "<-" not in each.text and each.text[each.start : each.end].strip()
        assert (each.kind == "own_labelled") == (each.polarity in (-1, 0, 1))


def test_our_own_sentences_are_not_those_held_against_it(bench, root):
    war = (root / "tests" / "gold" / "war_targets.csv").read_text(encoding="utf-8")
    assert not [each.text for each in bench.own() if each.text in war]


def test_names_are_hidden_as_in_the_suite(bench):
    items = [item(bench, "Mayor Bell praised Ann Lee.", "Ann Lee")]
    hidden = bench.without_names(items)[0]
    assert hidden.text == "Mayor Bell praised [MASK]." and hidden.text[hidden.start : hidden.end] == "[MASK]"
    assert hidden.polarity == 1
