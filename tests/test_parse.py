"""The parse points into the raw text, is done once, and its model is the one it claims to be."""

import itertools
import logging

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory import clean, parse


def test_tokens_point_into_the_raw_text(seed_articles):
    for article in seed_articles.values():
        for token in article.doc:
            raw = article.text[token.idx : token.idx + len(token)]
            assert len(raw) == len(token) and (raw == token.text or not raw.isascii() or not token.text.strip())


def test_a_sentence_never_crosses_a_paragraph(seed_articles):
    for article in seed_articles.values():
        for start, end in parse.sentences(article.doc):
            assert "\n" not in article.text[start:end]


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.sampled_from("Ab.,!?\"' \n\r“”’0٣🙂"), max_size=60))
def test_any_text_is_parsed_and_its_sentences_lie_inside(article_of, text):
    article = article_of(text)
    spans = parse.sentences(article.doc)
    assert all(0 <= s < e <= len(text) and text[s:e].strip() == text[s:e].strip() for s, e in spans)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))


def test_the_installed_model_is_the_official_one():
    assert parse.load_model().meta["samestory"] != "rules"


def test_changed_weights_are_noticed(tmp_path):
    folder = next(f for f in (parse._model_folder(name) for name in parse.MODELS) if f)
    for name in parse.official_digests():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    assert parse.faults_of_model(tmp_path) == []
    (tmp_path / "parser" / "model").write_bytes(b"tampered")
    assert parse.faults_of_model(tmp_path) == ["parser/model"]


def test_without_a_model_the_rules_take_over_and_say_what_is_lost(monkeypatch, caplog):
    monkeypatch.setattr(parse, "MODELS", ())
    with caplog.at_level(logging.WARNING, "samestory"):
        nlp = parse.load_model.__wrapped__()
    assert nlp.meta["samestory"] == "rules" and "indirect quotes" in caplog.text
    doc = next(parse.parse(["Rain fell. It stopped.\n\nThen snow."], nlp=nlp))
    assert not parse.has_parse(doc) and len(parse.sentences(doc)) == 3


def test_what_was_parsed_once_is_read_back_the_same(tmp_path, seeds):
    nlp = parse.load_model()
    texts = [clean.blank(t, clean.furniture(t)) for t in seeds.articles["text"]]
    fresh = parse.ParseCache(tmp_path, nlp).docs(texts)
    kept = parse.ParseCache(tmp_path, nlp)
    again = kept.docs(list(reversed(texts)))[::-1]
    for a, b in zip(fresh, again, strict=True):
        assert a.text == b.text
        assert [(t.idx, t.tag_, t.dep_, t.head.i, t.is_sent_start) for t in a] == [
            (t.idx, t.tag_, t.dep_, t.head.i, t.is_sent_start) for t in b
        ]


def test_the_cache_is_used(tmp_path, monkeypatch):
    cache = parse.ParseCache(tmp_path, parse.load_model())
    cache.docs(["Rain fell on the city."])
    monkeypatch.setattr(parse, "parse", lambda *a, **k: pytest.fail("parsed again"))
    assert cache.docs(["Rain fell on the city."])[0].text == "Rain fell on the city."


def test_a_damaged_cache_is_parsed_again_and_said(tmp_path, caplog):
    cache = parse.ParseCache(tmp_path, parse.load_model())
    cache.docs(["Rain fell on the city."])
    next(cache.folder.glob("*.spacy")).write_bytes(b"broken")
    with caplog.at_level(logging.WARNING, "samestory"):
        assert cache.docs(["Rain fell on the city."])[0].text == "Rain fell on the city."
    assert "cannot be read" in caplog.text
