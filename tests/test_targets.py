"""Tone towards an actor: who is judged in a sentence, who only judges, speaks or suffers, and by which words."""

import dataclasses

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from samestory import clean, codebook, parse
from samestory.quotes import statements
from samestory.quotes.voice import Voices
from samestory.sentiment import classifier, entries, targets
from samestory.sentiment.targets import THRESHOLDS, label_of

DICTIONARIES = {"textblob", "vader", "opinion", "vader_clause"}


@pytest.fixture(scope="module")
def said(article_of):
    """A function from a text and some of its words to the rules' label of each, in order."""

    def read(text: str, *targeted: str) -> list[str]:
        article = article_of(text)
        return [row["label"] for row in of_rules(article, mentions(text, *targeted))]

    return read


def mentions(text: str, *targeted: str) -> list[dict]:
    return [{"start": text.index(t), "end": text.index(t) + len(t), "actor": t, "voice": ""} for t in targeted]


def of_rules(article, rows, voices=None) -> list[dict]:
    return [row for row in targets(article, rows, voices) if row["method"] == "rules"]


@pytest.mark.parametrize(
    ("text", "target", "label"),
    [
        # done to it
        ("Senators condemned Ann Lee on Tuesday.", "Ann Lee", "negative"),
        ("Ann Lee was accused of fraud.", "Ann Lee", "negative"),
        ("Ann Lee, accused of fraud, left the city.", "Ann Lee", "negative"),
        ("The attacks on Ann Lee went on all week.", "Ann Lee", "negative"),
        ("There was wide support for Ann Lee in the north.", "Ann Lee", "positive"),
        ("The nurses were praised by the mayor.", "The nurses", "positive"),
        ("Ann Lee faced criticism from her own party.", "Ann Lee", "negative"),
        # done by it
        ("Ann Lee lied to the committee.", "Ann Lee", "negative"),
        ("Brown, who cheated hundreds of pensioners, owns three houses.", "Brown", "negative"),
        ("Firefighters rescued a family from the flooded house.", "Firefighters", "positive"),
        # said of it
        ("Ann Lee, a corrupt official, lives abroad.", "Ann Lee", "negative"),
        ("Ann Lee is a hero.", "Ann Lee", "positive"),
        ("The paper described Ann Lee as a tyrant.", "Ann Lee", "negative"),
        ("The court found Ann Lee honest.", "Ann Lee", "positive"),
        ("Ann Lee, who is a gifted and popular minister, left.", "Ann Lee", "positive"),
        ("The mayor, a brilliant organiser, opened the station.", "The mayor", "positive"),
        ("Ann Lee, a doctor and a brilliant teacher, moved to Kyiv.", "Ann Lee", "positive"),
        # said of it in the mention itself
        ("The disgraced minister left the city.", "The disgraced minister", "negative"),
        ("The heroic rescuers dug for hours.", "The heroic rescuers", "positive"),
        ("The anti-corruption judge left early.", "The anti-corruption judge", "neutral"),
        # what it owns, and people who are not it
        ("Ann Lee's reckless policy cost the town its hospital.", "Ann Lee", "negative"),
        ("Ann Lee's lawyer is a liar.", "Ann Lee", "neutral"),
        # denied or only supposed
        ("Ann Lee is not honest.", "Ann Lee", "negative"),
        ("Ann Lee is no liar.", "Ann Lee", "neutral"),
        ("Ann Lee never lied to parliament.", "Ann Lee", "neutral"),
        ("The minister denied that Ann Lee had lied.", "Ann Lee", "neutral"),
        ("Voters do not trust Ann Lee.", "Ann Lee", "negative"),
        # nothing said
        ("Ann Lee opened the new station on Monday.", "Ann Lee", "neutral"),
        ("Ann Lee is back in charge of the city.", "Ann Lee", "neutral"),
        ("The army lost two villages on Monday.", "The army", "neutral"),
        ("The clinic of Doctor Lee opened in the powerful north.", "Doctor Lee", "neutral"),
    ],
)
def test_the_judged_are_judged_in_their_place(said, text, target, label):
    assert said(text, target) == [label]


@pytest.mark.parametrize(
    ("text", "judged", "other"),
    [
        ("Tom Hay criticised Ann Lee on Tuesday.", "Ann Lee", "Tom Hay"),
        ("Ann Lee was criticised by Tom Hay.", "Ann Lee", "Tom Hay"),
        ("Tom Hay accused Ann Lee of fraud.", "Ann Lee", "Tom Hay"),
        ("Tom Hay said that Ann Lee was a liar.", "Ann Lee", "Tom Hay"),
        ('"Ann Lee is a liar," said Tom Hay.', "Ann Lee", "Tom Hay"),
    ],
)
def test_who_criticises_or_speaks_is_not_judged(said, text, judged, other):
    assert said(text, judged, other) == ["negative", "neutral"]


def test_two_actors_of_one_sentence_are_told_apart(said):
    text = "Residents praised the rescue workers and condemned the city council."
    assert said(text, "rescue workers", "city council") == ["positive", "negative"]
    assert said("Critics praised Ann Lee warmly, although voters hated Bob Ray.", "Ann Lee", "Bob Ray") == ["positive", "negative"]


@pytest.mark.parametrize(
    ("text", "victims"),
    [
        ("Government troops shelled a hospital, killing 12 civilians.", ["hospital", "civilians"]),
        ("Three children were wounded when shells hit a school.", ["children"]),
        ("Two farmers were shot dead near the border on Sunday.", ["farmers"]),
        ("Terrified families fled the besieged city on foot.", ["families"]),
        ("The bombing left dozens of villagers trapped and hungry.", ["villagers"]),
    ],
)
def test_a_victim_is_not_judged(said, text, victims):
    assert set(said(text, *victims)) == {"neutral"}


def test_who_did_the_violence_is_told_from_whom_it_was_done_to(said):
    assert said("Government troops shelled a hospital, killing 12 civilians.", "Government troops", "civilians") == ["negative", "neutral"]


@pytest.mark.parametrize(
    ("text", "doer", "label"),
    [
        ("Soldiers killed civilians in the village.", "Soldiers", "negative"),
        ("The jets bombed a hospital on Tuesday.", "The jets", "negative"),
        ("Dozens of children were killed by militiamen.", "militiamen", "negative"),
        ("The army killed 14 rebels near the border.", "The army", "neutral"),
        ("Rebels shelled army positions on Monday.", "Rebels", "neutral"),
        ("The old bridge splintered in the storm.", "The old bridge", "neutral"),
    ],
)
def test_violence_judges_who_did_it_only_where_it_hit_the_unarmed(said, text, doer, label):
    assert said(text, doer) == [label]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("At the council session, members fiercely criticised Moscow.", "council"),
        ("Aid reached the city during the brutal war.", "the city"),
        ("The terrible storm kept Ann Lee in Kyiv.", "Ann Lee"),
        ("The nightmare goes on for a teacher who works in Kyiv.", "Kyiv"),
        ("Families of the centre for reconciliation met in Jabhat al-Sham.", "Families"),
    ],
)
def test_a_word_that_judges_something_else_decides_nothing(said, text, target):
    assert said(text, target) == ["neutral"]


def test_a_word_that_describes_something_else_is_named_but_makes_no_class(article_of):
    text = "The ugly town greeted Ann Lee on Monday."
    row = of_rules(article_of(text), mentions(text, "Ann Lee"))[0]
    assert row["label"] == "neutral" and row["score"] < 0 and "ugly (in its clause)" in row["because"]


def test_the_words_behind_a_label_are_named(article_of):
    text = "Residents praised the corrupt mayor, who never lied."
    row = of_rules(article_of(text), mentions(text, "mayor"))[0]
    assert row["because"].split("; ")[0] == "praised (of it)"
    assert "corrupt (said of it)" in row["because"]
    text = "Ann Lee is not honest."
    assert of_rules(article_of(text), mentions(text, "Ann Lee"))[0]["because"] == "honest, denied (said of it)"
    text = "Ann Lee opened the new station on Monday."
    assert of_rules(article_of(text), mentions(text, "Ann Lee"))[0]["because"] == ""


def test_names_are_no_judgement(said):
    assert said("Officials of the United Nations met Grace Hope in Victory Park.", "United Nations", "Grace Hope") == ["neutral"] * 2


def test_each_mention_carries_its_voice(article_of):
    text = 'The mayor left early. "The mayor is a coward," said Tom Hay. Officials said that the mayor had lied.'
    article = article_of(text)
    voices = Voices(article, statements.find(article, codebook.empty()))
    places = [m for m in range(len(text)) if text[m : m + 9].lower() == "the mayor"]
    rows = of_rules(article, [{"start": s + 4, "end": s + 9, "actor": "m"} for s in places], voices)
    assert [(r["voice"], r["label"]) for r in rows] == [("narrator", "neutral"), ("quoted", "negative"), ("attributed", "negative")]


@pytest.mark.parametrize(
    ("text", "target", "voice", "label"),
    [
        ('Tom Hay, who arrived on Monday, said: "The corrupt mayor is a coward."', "Tom Hay", "narrator", "neutral"),
        ("Ann Lee celebrated the “liberation” of the town.", "Ann Lee", "narrator", "neutral"),
        ("The corrupt Ann Lee told reporters that the mayor was a coward.", "Ann Lee", "narrator", "negative"),
        ("The corrupt Ann Lee told reporters that the mayor was a coward.", "mayor", "attributed", "negative"),
        ("Soldiers met the terrorist group “Black Sun” in the hills.", "Black Sun", "narrator", "negative"),
    ],
)
def test_only_words_in_the_voice_of_the_mention_judge_it(article_of, text, target, voice, label):
    article = article_of(text)
    row = of_rules(article, mentions(text, target), Voices(article, statements.find(article, codebook.empty())))[0]
    assert (row["voice"], row["label"]) == (voice, label)


def test_the_target_of_a_table_is_the_only_one_whatever_its_voice(article_of):
    text = '"Ann Lee is a liar," said Tom Hay.'
    article = dataclasses.replace(article_of(text), target=(1, 8))
    rows = targets(article, mentions(text, "Tom Hay"), Voices(article, statements.find(article, codebook.empty())))
    assert {(r["start"], r["end"], r["text"], r["voice"]) for r in rows} == {(1, 8, "Ann Lee", "quoted")}
    assert {r["method"] for r in rows} >= DICTIONARIES | {"rules"}


def test_a_target_in_page_furniture_has_its_rows_all_the_same():
    text = "Related: Ann Lee and the terrible council\nThe council met on Monday."
    blanked = clean.blank(text, clean.furniture(text))
    assert not blanked[:10].strip()
    article = parse.Article("x", text, next(parse.parse([blanked])), target=(9, 16))
    rows = {r["method"]: r for r in targets(article, []) if r["method"] != "classifier"}
    assert set(rows) == DICTIONARIES | {"rules"} and {r["text"] for r in rows.values()} == {"Ann Lee"}
    assert rows["vader"]["score"] < 0 == rows["rules"]["score"]


def test_without_a_parse_the_words_of_the_sentence_decide(rules_only):
    text = "The corrupt Ann Lee left. Bob Ray stayed."
    labels = {r["actor"]: r["label"] for r in of_rules(rules_only(text), mentions(text, "Ann Lee", "Bob Ray"))}
    assert labels == {"Ann Lee": "negative", "Bob Ray": "neutral"}


def test_labels_are_cut_at_each_methods_own_thresholds(article_of):
    assert label_of("vader", 0.3) == "neutral" and label_of("vader", 0.36) == "positive" and label_of("vader", -0.01) == "negative"
    text = "Senators condemned Ann Lee, a gifted and popular minister."
    for row in targets(article_of(text), mentions(text, "Ann Lee")):
        if row["method"] in THRESHOLDS:
            assert row["label"] == label_of(row["method"], row["score"])


def test_the_classifier_reads_the_sentence_without_the_name(article_of, monkeypatch):
    text = "It rained. “Ann Lee’s plan failed,” said Tom Hay."
    asked = []
    monkeypatch.setattr(classifier, "missing", lambda: "")
    monkeypatch.setattr(classifier, "classify", lambda some: asked.extend(some) or [(-0.9, "negative")] * len(some))
    rows = [r for r in targets(article_of(text), mentions(text, "Ann Lee")) if r["method"] == "classifier"]
    assert [(r["score"], r["label"], r["text"]) for r in rows] == [(-0.9, "negative", "Ann Lee")]
    assert asked == [("“[MASK]’s plan failed,” said Tom Hay.", 1, 7)]


def test_a_classifier_that_is_not_there_is_left_out(article_of, monkeypatch):
    monkeypatch.setattr(classifier, "missing", lambda: "not installed")
    text = "Ann Lee lied."
    assert {r["method"] for r in targets(article_of(text), mentions(text, "Ann Lee"))} == DICTIONARIES | {"rules"}


def test_no_word_stands_twice_and_every_value_is_in_range():
    single, phrases = entries.listed()
    assert len(single) > 6_000 and len(phrases) > 100
    for entry in single.values():
        assert -2 <= entry.by <= 2 and -2 <= entry.of <= 2 and entry.part in {"verb", "noun", "adjective", "plain"}
        assert (entry.part == "plain") == (entry.kind == "plain") and (entry.kind != "plain" or entry.by == entry.of == 0)


WORDS = st.sampled_from(
    'Ann Lee "liar" lied was not the corrupt mayor, who praised and condemned of by to hero’s Kyiv — failed. said accused\n'.split(" ")
)


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS | st.text(max_size=6), min_size=1, max_size=14).map(" ".join), st.data())
def test_any_span_of_any_text_has_a_row_a_method_at_its_own_offsets(article_of, text, data):
    assume(text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    article = dataclasses.replace(article_of(text), target=(start, end))
    rows = targets(article, [])
    assert [r["method"] for r in rows] == ["textblob", "vader", "opinion", "vader_clause", "rules", "classifier"]
    for row in rows:
        assert (row["start"], row["end"], row["text"]) == (start, end, text[start:end])
        assert -1 <= row["score"] <= 1 and row["label"] in {"negative", "neutral", "positive"}
        assert bool(row["because"]) <= (row["method"] == "rules")
