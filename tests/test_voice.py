"""Whose words are they: the outlet's, a source's in the outlet's words, or quoted."""

import pytest

from samestory import codebook
from samestory.quotes import statements
from samestory.quotes.voice import Voices


@pytest.fixture(scope="module")
def voices(article_of):
    def make(text):
        article = article_of(text)
        return Voices(article, statements.find(article, codebook.empty()))

    return make


def where(text, words):
    start = text.index(words)
    return start, start + len(words)


def test_sentences(voices):
    text = '"We will never leave this town again," said Anna Brown. It rained. The army said the road was open.'
    v = voices(text)
    assert v.sentence(*where(text, '"We will never leave this town again,"')) == "quoted"
    assert v.sentence(*where(text, '"We will never leave this town again," said Anna Brown.')) == "mixed"
    assert v.sentence(*where(text, "It rained.")) == "narration"
    assert v.sentence(*where(text, "The army said the road was open.")) == "mixed"


def test_mentions_in_a_mixed_quote(voices):
    text = 'Anna Brown said the rebels had lost "to the regime" on Monday. The militants left.'
    v = voices(text)
    assert v.mention(*where(text, "rebels")) == "attributed"
    assert v.mention(*where(text, "regime")) == "quoted"
    assert v.mention(*where(text, "militants")) == "narrator"
    assert v.mention(*where(text, "Anna Brown")) == "narrator"


def test_scare_quotes_quote_a_mention_but_not_a_sentence(voices):
    text = "The army celebrated the “liberation” of the town."
    v = voices(text)
    assert v.mention(*where(text, "liberation")) == "quoted"
    assert v.sentence(0, len(text)) == "narration"


def test_the_seeds_keep_regime_apart(seed_articles, seeds):
    """VOA puts "Assad regime" into Russia's mouth in its first sentence, CNN says it itself."""
    for name, words, voice in [
        ("002", "the Assad regime has ended", "attributed"),
        ("004", "The Syrian regime is on the brink", "narrator"),
    ]:
        article = seed_articles[name]
        v = Voices(article, statements.find(article, seeds.codebook))
        start = article.text.index("regime", article.text.index(words))
        assert v.mention(start, start + 6) == voice


def test_empty_spans_and_no_quotes(voices):
    v = voices("It rained.")
    assert v.sentence(0, 0) == "narration" and v.mention(0, 2) == "narrator"
