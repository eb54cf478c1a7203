"""The learned classifier judges the sentence and not the name, says when it cannot run, and runs only what was measured."""

import json
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory.sentiment import classifier, hidden
from samestory.sentiment.masking import words_of
from samestory.sentiment.targets import targets


@pytest.fixture
def fresh():
    """The classifier looked for anew, before and after."""
    for found in (classifier.missing, classifier._loaded):
        found.cache_clear()
    yield
    for found in (classifier.missing, classifier._loaded):
        found.cache_clear()


def said_of(article, target: str) -> dict:
    """The classifier's row for the first place where `target` stands."""
    start = article.text.index(target)
    rows = targets(article, [{"start": start, "end": start + len(target), "actor": "a"}])
    return next(row for row in rows if row["method"] == "classifier")


@pytest.mark.parametrize(
    ("text", "target", "label"),
    [
        ("Aid workers who stayed behind pulled forty children from the rubble and never once complained.", "Aid workers", "positive"),
        ("The governor lied to the families for months and let his cronies pocket the relief money.", "The governor", "negative"),
        ("The foreign minister will meet his counterpart in Geneva on Tuesday.", "The foreign minister", "neutral"),
        ("At least 82 civilians were shot dead in four districts, the United Nations said on Tuesday.", "civilians", "neutral"),
        ("Critics mocked Ann Lee's plan as a cynical stunt.", "Ann Lee", "negative"),
    ],
)
def test_whoever_is_judged_gets_the_judgement(article_of, text, target, label):
    assert said_of(article_of(text), target)["label"] == label


def test_two_actors_of_one_sentence_are_told_apart(article_of):
    article = article_of(
        "Volunteers praised the doctors for saving hundreds of lives and denounced the militia that had shelled the clinic."
    )
    assert said_of(article, "the doctors")["label"] == "positive"
    assert said_of(article, "the militia")["label"] == "negative"


@pytest.mark.parametrize("name", ["Trump", "Barack Obama", "Vladimir Putin", "Nazari", "Bashar al-Assad"])
def test_who_it_is_changes_nothing(article_of, name):
    plain = said_of(article_of("On Monday evening Jane Doe announced that talks would go on until Friday."), "Jane Doe")
    named = said_of(article_of(f"On Monday evening {name} announced that talks would go on until Friday."), name)
    assert named["score"] == plain["score"] and named["label"] == plain["label"]


def test_a_role_stays_and_names_that_stand_together_are_hidden_as_one(article_of):
    text = "Critics say President Donald Trump and the Assad government misled them."
    doc = article_of(text).doc
    for target, shown in (
        ("President Donald Trump", "President [MASK]"),
        ("the Assad government", "the [MASK] government"),
        ("them", "them"),
    ):
        start = text.index(target)
        said, first, last = hidden.without_names(text, words_of(doc), (0, len(text)), (start, start + len(target)))
        assert said[first:last] == shown
        assert said[:first] == text[:start] and said[last:] == text[start + len(target) :]


def test_a_name_is_hidden_wherever_it_stands_in_the_sentence(article_of):
    text = "Ann Lee lost because voters never forgave Lee for the strike, her rival Tom Hay said."
    said, first, last = hidden.without_names(text, words_of(article_of(text).doc), (0, len(text)), (0, 7))
    assert said == "[MASK] lost because voters never forgave [MASK] for the strike, her rival Tom Hay said."
    assert said[first:last] == "[MASK]"


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=60), st.data())
def test_any_target_gets_a_score_in_range_and_the_rest_of_its_sentence_is_kept(article_of, text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    said, first, last = hidden.without_names(text, words_of(article_of(text).doc), (0, len(text)), (start, end))
    at = 0
    for piece in said.split(hidden.HIDDEN):
        at = text.index(piece, at) + len(piece)
    assert 0 <= first < last <= len(said)
    if hidden.HIDDEN not in said:
        assert (said, first, last) == (text, start, end)
    score, label = classifier.classify([(said, first, last)])[0]
    assert -1 <= score <= 1 and label in classifier.LABELS


def test_a_sentence_scores_the_same_whatever_stands_beside_it():
    one, other = ("The brave nurse saved them.", 4, 15), ("The minister, who had been warned three times, lied again.", 4, 12)
    assert classifier.classify([one, other]) == classifier.classify([one]) + classifier.classify([other])


def test_of_a_very_long_sentence_the_part_around_the_target_is_read():
    padding = "and the committee met again on the following day " * 60
    text = f"{padding}and the corrupt mayor lied to everybody {padding}"
    start = text.index("mayor")
    assert classifier.classify([(text, start, start + 5)])[0][1] == "negative"


def test_a_target_outside_its_text_is_refused():
    with pytest.raises(ValueError, match="not in a text of 5"):
        classifier.classify([("Hello", 3, 9)])


def test_without_its_packages_the_rest_runs_and_it_says_what_is_missing(article_of, monkeypatch, fresh):
    known = classifier.importlib.util.find_spec
    monkeypatch.setattr(classifier.importlib.util, "find_spec", lambda name: None if name == "onnxruntime" else known(name))
    assert "onnxruntime" in classifier.missing() and "requirements.txt" in classifier.missing()
    rows = targets(article_of("Critics mocked Ann Lee."), [{"start": 15, "end": 22, "actor": "a"}])
    assert {row["method"] for row in rows} == {"textblob", "vader", "opinion", "vader_clause", "rules"}
    assert classifier.version() == "none"


def test_it_can_be_switched_off(monkeypatch, fresh):
    monkeypatch.setenv(classifier.SWITCH, "off")
    assert "switched off" in classifier.missing()
    with pytest.raises(RuntimeError, match="switched off"):
        classifier.classify([("She won.", 0, 3)])


def test_weights_that_are_not_the_measured_ones_are_not_used(tmp_path, monkeypatch, fresh):
    weights = shutil.copytree(classifier.WEIGHTS, tmp_path / "weights")
    monkeypatch.setattr(classifier, "WEIGHTS", weights)
    assert classifier.missing() == ""
    classifier.missing.cache_clear()
    tokenizer = json.loads((weights / "tokenizer.json").read_text(encoding="utf-8"))
    (weights / "tokenizer.json").write_text(json.dumps(tokenizer | {"version": "2"}), encoding="utf-8")
    assert "tokenizer.json" in classifier.missing() and "digest" in classifier.missing()
    classifier.missing.cache_clear()
    (weights / "targets.onnx").unlink()
    assert "targets.onnx" in classifier.missing()
