"""The analyses hold their floors against the coded seed articles; below these the suite would claim more than it can."""

import pytest

from samestory import validity


@pytest.fixture(scope="module")
def measured(seed_analysis):
    return validity.measured().set_index(["group", "measure"])


@pytest.mark.parametrize(
    ("group", "measure", "floor"),
    [
        ("quotes", "content: recall", 0.90),
        ("quotes", "content: precision", 0.88),
        ("quotes", "speaker", 0.92),
        ("quotes", "actor", 0.90),
        ("figures", "found: recall", 0.88),  # 22 of 25
        ("figures", "found: precision", 1.0),  # nothing that is not a person is counted as one
        ("figures", "harm", 0.90),
        ("figures", "same_as", 0.90),
        ("figures", "claimed_by", 0.85),
        ("figures", "every field", 0.72),  # 18 of 25
        ("labels", "span: F1", 0.90),
        ("labels", "actor", 0.95),
        ("labels", "voice", 0.90),
        ("labels", "valence, not neutral: recall", 0.75),
        ("actions", "found: recall", 0.70),
        ("actions", "agent", 0.85),
    ],
)
def test_floor(measured, group, measure, floor):
    assert measured.loc[(group, measure), "value"] >= floor


def test_no_number_of_something_else_is_taken_for_people(measured):
    assert measured.loc[("figures", "not people taken for people"), "value"] == 0


def test_at_least_fifty_quotes_of_the_seeds_are_found(seed_analysis):
    recall = validity.measured().set_index(["group", "measure"]).loc[("quotes", "content: recall")]
    assert recall["value"] * recall["n"] >= 50


@pytest.mark.parametrize("word", ["rebels", "militants", "regime", "governments?", "army"])
def test_every_mention_of_the_parties_is_labelled(seed_analysis, word):
    """Every sentence of the five texts that names a party holds a label at that word."""
    import re

    labels, furniture = seed_analysis.tables["labels"], seed_analysis.tables["furniture"]
    for article in seed_analysis.story.articles.itertuples():
        mine = labels[labels["article_id"] == article.article_id]
        out = furniture[furniture["article_id"] == article.article_id]
        for match in re.finditer(rf"\b{word}\b(?!-)", article.text, re.IGNORECASE):
            if ((out["start"] <= match.start()) & (out["end"] >= match.end())).any():
                continue
            covered = (mine["start"] < match.end()) & (match.start() < mine["end"])
            assert covered.any(), f"{article.outlet}: {article.text[match.start() - 40 : match.end() + 40]!r}"


def test_the_limits_are_computed_for_every_analysis(measured):
    assert set(measured.index.get_level_values("group")) == set(validity.KEY)
    assert set(validity.coders()["group"]) >= {"quotes", "figures", "labels", "actions"}
