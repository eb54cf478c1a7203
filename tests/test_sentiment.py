"""Scores are of sentences, in the right voice, with names masked and events told from judgements."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textblob import TextBlob
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from samestory import sentiment
from samestory.codebook import empty
from samestory.lists import read_list
from samestory.quotes import statements
from samestory.quotes.voice import WORD, Voices
from samestory.sentiment import scores


def scored(article):
    return sentiment.sentences(article, Voices(article, statements.find(article, empty())))


def pieces(article):
    quotes = statements.find(article, empty())
    return sentiment.stretches(article, Voices(article, quotes), statements.scare(article, quotes))


# --- the dictionaries, word by word

PROSE = [
    "Civilians were killed, but the brave rescuers weren't giving up!",
    "It was not a very good day; the weapons were light, the mood was not.",
    "The minister was really not happy (8) and said: (nothing else).",
    "NOBODY deserves such BRUTAL treatment, least of all the sick.",
    "They never so much as apologised, kind of a shame, without doubt a kiss of death.",
    "Is this really the best they can do?? No, hardly. :-)",
    "Mr. Obama's U.N. envoy — no friend of Mexico. O'Brien's, said ‘shame on you’ … twice.",
    "The hotel was the bomb 😀 and the food was ♥, to die for!!!",
    "He didn’t help; she couldn't care less. Malcolm X D'Souza and R. X-D agreed, 8 d later.",
]


@pytest.fixture(scope="module")
def real_sentences(seed_articles):
    """The sentences of the seeds, with names as they are and masked, and with event words masked."""
    found = []
    for article in seed_articles.values():
        for row in scored(article):
            span = (row["start"], row["end"])
            found += [article.text[slice(*span)], sentiment.masked(article.doc, *span), sentiment.masked(article.doc, *span, events=True)]
    return found


def check_against_the_originals(text):
    straight, got = scores.straightened(text), sentiment.score(text)
    assert len(straight) == len(text)
    assert got["textblob"] == TextBlob(straight).sentiment.polarity, text
    assert got["vader"] == SentimentIntensityAnalyzer().polarity_scores(straight)["compound"], text


def test_the_numbers_are_those_of_textblob_and_vader(real_sentences):
    for text in [*PROSE, *real_sentences]:
        check_against_the_originals(text)


WORDS = (
    "not never no very really good bad horrible sort kind of least but so this without doubt XD 8 ) ( :( ! ? great GREAT don't isn’t was "
    "the bomb die for slightly hardly totally killed 82 Mr. said: — “best” o . O <3 *-) war"
).split()


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join) | st.text(max_size=40))
def test_the_numbers_are_the_same_for_any_text(text):
    check_against_the_originals(text)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_span_scores_as_its_text_does(seed_articles, data):
    article = data.draw(st.sampled_from(list(seed_articles.values())))
    start = data.draw(st.integers(0, len(article.text) - 1))
    end = data.draw(st.integers(start + 1, min(len(article.text), start + 300)))
    first = data.draw(st.integers(start, end - 1))
    mention = data.draw(st.none() | st.tuples(st.just(first), st.integers(first + 1, end)))
    events = data.draw(st.booleans())
    text = sentiment.masked(article.doc, start, end, events=events, also=mention)
    assert sentiment.score_span(article.doc, start, end, events=events, also=mention) == sentiment.score(text)


def test_opinion_words_are_counted_over_the_root_of_the_length():
    assert sentiment.score("A brilliant and brave rescue of nine people today")["opinion"] == pytest.approx(2 / 9**0.5)
    assert sentiment.score("brilliant brave honest")["opinion"] == 1
    assert sentiment.score("The talks were not helpful at all there, brilliant")["opinion"] == 0  # one turned round, one not
    assert sentiment.score("It is not over, a brilliant end")["opinion"] > 0  # the comma ends the reach of "not"


def test_the_opinion_words_are_all_there():
    table = read_list("opinion_words")
    assert table["word"].is_unique and table["polarity"].value_counts().to_dict() == {"-1": 4780, "1": 2003}
    assert sentiment.opinion.lexicon()["naïve"] == -1


# --- names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The United Nations said so.", ["United", "Nations"]),
        ("United Nations officials said so.", ["United", "Nations"]),
        ("Aid was asked of Ban Ki-moon. Ban was worried.", ["Ban", "Ki", "Ban"]),
        ("The Security Council met with Hope Hicks in Victory Park.", ["Security", "Council", "Hope", "Hicks", "Victory", "Park"]),
        ("On Monday the UN told the US and NATO.", ["Monday", "UN", "US", "NATO"]),
        ("Brutal fighting went on. Peace is far. Great hopes died.", []),
    ],
)
def test_names_are_told_from_words(article_of, text, names):
    doc = article_of(text).doc
    assert [token.text for token in doc if sentiment.is_name(token)] == names


def test_a_headline_in_capitals_keeps_its_judgement_and_loses_its_names(article_of):
    for head in (
        "BRUTAL REGIME CELEBRATES HORRIBLE VICTORY OVER UNITED NATIONS",
        "Brutal Regime Celebrates Horrible Win Over United Nations",
    ):
        article = article_of(head + "\n\nThe regime took the town on Monday.")
        row = scored(article)[0]
        found = {r["text"].lower() for r in sentiment.driver_words(article)}
        assert {"brutal", "horrible"} <= found and "united" not in found and row["textblob"] < 0


def test_a_judgement_scores_and_a_plain_report_does_not(article_of):
    rows = scored(article_of("The council met on Tuesday. It was a brutal, shameful failure."))
    assert rows[0]["vader"] == 0 == rows[0]["textblob"]
    assert rows[1]["vader"] < -0.5 and rows[1]["textblob"] < 0


def test_names_carry_no_tone(article_of):
    plain = scored(article_of("The office of the group said so."))[0]
    named = scored(article_of("The office of the United Nations Security Council said so."))[0]
    assert named["vader"] == plain["vader"] == 0 and sentiment.score("United Nations Security Council")["vader"] > 0.5


def test_typographic_apostrophes_do_not_turn_a_denial_round(article_of):
    straight, curly = scored(article_of("They didn't help."))[0], scored(article_of("They didn’t help."))[0]
    assert curly["vader"] == straight["vader"] < 0


def test_masking_events_takes_the_tone_out_of_bad_news(article_of):
    row = scored(article_of("The attack killed two people and left dozens dead."))[0]
    assert row["vader"] < -0.3 and row["vader_no_events"] == 0
    assert row["event_words"] >= 2 and row["evaluative_words"] == 0


def test_the_words_behind_a_score_are_named():
    rows = {r["word"]: r for r in sentiment.drivers("The brutal attack was a brilliant success.")}
    assert rows["brutal"]["vader"] < 0 and rows["brutal"]["kind"] == "evaluative"
    assert rows["brutal"]["opinion"] == -1 and rows["brilliant"]["opinion"] == 1
    assert rows["attack"]["kind"] == "event"


def test_the_reader_sees_why_light_weapons_are_positive(article_of):
    text = "The fighters left with their light weapons. It was not good."
    rows = {r["word"]: r for r in sentiment.driver_words(article_of(text))}
    assert rows["light"]["textblob"] == 0.4 and rows["light"]["vader"] is None
    assert rows["weapons"]["kind"] == "event" and rows["weapons"]["vader"] < 0
    good = rows["not good"]  # TextBlob reads both words as one
    assert good["textblob"] < 0 and text[good["start"] : good["end"]] == "good" and good["opinion"] == -1


def test_a_driver_stands_where_it_says(seed_articles):
    for article in seed_articles.values():
        rows = sentiment.driver_words(article)
        assert rows
        for row in rows:
            assert article.text[row["start"] : row["end"]] == row["text"]
            assert row["text"].lower().replace("’", "'") in row["word"].split(), row


def test_the_clause_of_a_target_leaves_the_other_clause_out(article_of):
    text = "Critics praised Ann Lee warmly, although voters hated the terrible Bob Ray."
    article = article_of(text)
    ann, bob = text.index("Ann Lee"), text.index("Bob Ray")
    mentions = [{"start": ann, "end": ann + 7, "actor": "a"}, {"start": bob, "end": bob + 7, "actor": "b"}]
    clause = {r["actor"]: r["score"] for r in sentiment.targets(article, mentions) if r["method"] == "vader_clause"}
    assert clause["a"] > 0 > clause["b"]


def test_the_target_a_table_gives_is_scored_by_every_method(article_of):
    article = article_of("Critics praised Ann Lee warmly.")
    article = type(article)(article.article_id, article.text, article.doc, target=(16, 23))
    rows = sentiment.targets(article, [{"start": 0, "end": 7, "actor": "critics"}])
    assert {(r["start"], r["end"]) for r in rows} == {(16, 23)} and {r["method"] for r in rows} >= {"textblob", "vader", "vader_clause"}


def test_words_for_events_are_known_in_all_their_forms():
    events = sentiment.event_words()
    for word in "killed siege shelling besieged bombing raped arrested sanctions evacuees quake protesters resigned convicted".split():
        assert word in events, word
    for word in "terrorist liberation massacre brutal brilliant horrific shameful evil heroic disgusting fine good bad light".split():
        assert word not in events, word


# --- stretches of one voice

SAID = (
    'The mayor said the rebels had "shot at children" and fled. The so-called "safe zone" was hit, officials said. '
    "“It is a horrific crime,” Ann Lee told reporters. “We are heartbroken.” Rain fell."
)


def test_a_sentence_is_cut_by_voice(article_of):
    assert [(r["voice"], r["text"]) for r in pieces(article_of(SAID))] == [
        ("narration", "The mayor said"),
        ("indirect", "the rebels had"),
        ("direct", "shot at children"),
        ("indirect", "and fled."),
        ("indirect", "The so-called"),
        ("direct", "safe zone"),
        ("indirect", "was hit,"),
        ("narration", "officials said."),
        ("direct", "It is a horrific crime,"),
        ("narration", "Ann Lee told reporters."),
        ("direct", "“We are heartbroken.”"),
        ("narration", "Rain fell."),
    ]


def test_scare_quotes_are_a_voice_of_their_own(article_of):
    rows = pieces(article_of("The army bombed a “safe” zone on Monday."))
    assert [(r["voice"], r["text"], r["words"]) for r in rows] == [
        ("narration", "The army bombed a", 4),
        ("scare", "safe", 1),
        ("narration", "zone on Monday.", 3),
    ]
    assert rows[1]["opinion"] == 1 and rows[0]["vader"] == rows[2]["vader"] == 0


def test_what_a_source_says_does_not_score_as_narration(article_of):
    rows = {r["voice"]: r for r in pieces(article_of("“It is a horrific, shameful massacre,” the mayor said on Tuesday."))}
    assert rows["direct"]["vader"] < -0.5 and rows["narration"]["vader"] == 0


def test_a_sentence_in_one_voice_is_one_stretch_with_the_same_scores(seed_articles):
    for article in seed_articles.values():
        whole = {row["sentence"]: row for row in scored(article)}
        rows = pieces(article)
        for row in rows:
            sentence = whole[row["sentence"]]
            if (row["start"], row["end"]) == (sentence["start"], sentence["end"]):
                assert all(row[key] == sentence[key] for key in row if key.startswith(scores.METHODS))
        assert {row["sentence"] for row in rows} == set(whole)


def check_stretches(article):
    words = [m.span() for row in scored(article) for m in WORD.finditer(article.plain, row["start"], row["end"])]
    rows, last = pieces(article), 0
    for row in rows:
        assert last <= row["start"] < row["end"] and article.text[row["start"] : row["end"]] == row["text"]
        last = row["end"]
    held = [sum(row["start"] <= s and e <= row["end"] for row in rows) for s, e in words]
    assert all(count == 1 for count in held) and sum(row["words"] for row in rows) == len(words)


def test_stretches_hold_every_word_of_the_seeds_once(seed_articles):
    for article in seed_articles.values():
        check_stretches(article)


PARTS = [
    '"',
    "“",
    "”",
    "‘",
    "’",
    "said",
    "told reporters",
    "The mayor",
    "brutal",
    "the so-called",
    "rebels",
    ",",
    ".",
    " ",
    "\n\n",
    "he",
    "—",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=25).map(" ".join) | st.text(max_size=60))
def test_stretches_of_any_text_hold_every_word_once(article_of, text):
    check_stretches(article_of(text))


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=60))
def test_any_text_gets_scores_in_range(article_of, text):
    for row in scored(article_of(text)):
        assert all(-1 <= row[key] <= 1 for key in row if key.startswith(scores.METHODS))
        assert 0 <= row["start"] < row["end"] <= len(text)
