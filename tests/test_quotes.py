"""Who said what: kinds, parts, speakers and their resolution, on the seeds and on sentences of our own."""

import dataclasses

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory import codebook, schema
from samestory.quotes import drafts, statements

DOCUMENTED = {value for name, value in vars(drafts).items() if name.isupper() and isinstance(value, float)}  # what a confidence may be


@pytest.fixture(scope="session")
def found(seed_articles, seeds):
    """Rows of every seed article."""
    return {name: statements.find(article, seeds.codebook) for name, article in seed_articles.items()}


@pytest.fixture(scope="session")
def said(article_of):
    """A function from a text to `(speaker, cue, kind, [parts])` of each quote in it, without a codebook."""

    def read(text):
        rows = pd.DataFrame(statements.find(article_of(text), codebook.empty()), columns=schema.TABLES["quotes"])
        groups = rows.groupby("quote_id", sort=False)
        return [(g.speaker.iloc[0], g.cue.iloc[0], g.kind.iloc[0], list(g.text)) for _, g in groups]

    return read


@pytest.fixture(scope="session")
def find(article_of):
    """A function from a text to its rows, without a codebook."""
    return lambda text: statements.find(article_of(text), codebook.empty())


def one(rows, start):
    """The row whose text starts so."""
    (row,) = [r for r in rows if r["text"].startswith(start)]
    return row


# -- kinds and spans


def test_direct_quote_with_inverted_cue(said):
    assert said('"We are leaving tomorrow," said Anna Brown, the mayor.') == [
        ("Anna Brown", "said", "direct", ["We are leaving tomorrow,"])
    ]


def test_a_quote_broken_by_its_attribution_is_one_with_two_parts(said):
    assert said('"We are leaving," Anna Brown said. "Nobody will stay behind."') == [
        ("Anna Brown", "said", "direct", ["We are leaving,", "Nobody will stay behind."])
    ]


def test_indirect_quote_loses_that_and_the_final_stop(said):
    assert said("The ministry announced on Monday that the border would be closed.") == [
        ("ministry", "announced", "indirect", ["the border would be closed"])
    ]


def test_mixed_quote_keeps_the_words_around_the_marks(said):
    assert said('Anna Brown said the plan was "a disaster" for the town.') == [
        ("Anna Brown", "said", "mixed", ['the plan was "a disaster" for the town'])
    ]


def test_attribution_at_the_end_of_the_sentence(said):
    assert said("The road will reopen in May, officials said Friday.")[0][2:] == ("indirect", ["The road will reopen in May"])


def test_according_to_in_front_and_behind(said):
    assert said("According to state radio, the army has left the city.")[0][3] == ["the army has left the city"]
    assert said("The army has left the city, according to state radio.")[0][3] == ["The army has left the city"]


def test_participles_are_quotes_of_their_own(said):
    rows = said("The minister confirmed the deal, adding that the ferry would sail on Sunday.")
    assert [(r[1], r[3]) for r in rows] == [("confirmed", ["the deal"]), ("adding", ["the ferry would sail on Sunday"])]
    assert {r[0] for r in rows} == {"minister"}


def test_accusing_and_describing(said):
    assert said("The union accused the company of hiding the report.")[0][3] == ["the company of hiding the report"]
    assert said('Anna Brown described the vote as "shameful".')[0][3] == ['the vote as "shameful"']


def test_nothing_is_said_when_it_is_denied(said):
    assert said("The army did not confirm the report.") == []


@pytest.mark.parametrize("left, right", [("“", "”"), ("‘", "’"), ("``", "''"), ("«", "»"), ("''", "''")])
def test_marks_of_every_style(said, left, right):
    assert said(f"{left}The bridge is closed for good,{right} said Anna Brown.")[0][:3] == ("Anna Brown", "said", "direct")


def test_a_stray_mark_loses_nothing_after_it(said):
    rows = said('The 6" pipe " broke.\n\n"It was old," said Anna Brown.')
    assert rows[-1] == ("Anna Brown", "said", "direct", ["It was old,"])


def test_a_quotation_in_the_next_paragraph_goes_on_for_the_same_speaker(said):
    assert said('"We waited for years," Anna Brown said.\n\n"Nobody came to help us in the end."') == [
        ("Anna Brown", "said", "direct", ["We waited for years,", "Nobody came to help us in the end."])
    ]


def test_a_continued_paragraph_with_its_own_attribution_comes_out_once(said):
    assert said('Anna Brown said: "The mill is shut.\n\n"Nobody will come back," she added.') == [
        ("Anna Brown", "said", "direct", ["The mill is shut.", "Nobody will come back,"])
    ]
    assert len(said('"The mill is shut.\n\n"Nobody will come back," she added.')) == 1


def test_a_name_behind_a_dash_signs_a_quotation(said):
    assert said('"The harbour has to be closed." - Commissioner Clara Stone')[0][::3] == ("Clara Stone", ["The harbour has to be closed."])


def test_every_piece_of_one_statement_belongs_to_it(said):
    assert said('She said "we will wait" and "we will vote".')[0][3] == ["we will wait", "we will vote"]
    assert said("The plan is “a farce”, Clara Stone said, “and we know it”.")[0][3] == ["The plan is “a farce”", "and we know it"]
    (pledge,) = said('He pledged "help" for the farmers of the valley, a "new" road, and a "fair" price for milk.')
    assert pledge[3] == ['"help" for the farmers of the valley, a "new" road, and a "fair" price for milk']


def test_a_participle_behind_the_source_is_no_content(said):
    assert said("The dam is safe, according to a study seen by the mayor.")[0][3] == ["The dam is safe"]


def test_citing_reports_what_the_outlet_reports(said):
    rows = said("Reuters, citing a Turkish diplomat, said the ferry would sail.")
    assert [(r[1], r[3]) for r in rows] == [("citing", ["the ferry would sail"]), ("said", ["the ferry would sail"])]


@pytest.mark.parametrize(
    "text",
    [
        "She might say the vote was fair.",
        "Would she say the vote was fair?",
        "She did not say the vote was fair.",
        "If she says the vote was fair, we stay.",
        'The so-called "quiet quarter" is noisy.',
        "The flood claimed the lives of 40 farmers and destroyed a bridge.",
        "A mass rally urged the council to resign.",
        "Clara Stone echoed the words of the mayor.",
        "UN demands answers amid floods\n\nThe council met on Monday.",
        "Farmers gathered in the square, wanting to leave before winter.",
        "A diplomat asked not to be named.",
        "The officer asked to remain anonymous.",
    ],
)
def test_no_statement_is_made_up(said, text):
    assert said(text) == []


def test_a_quip_that_could_only_be_made_was_made(said):
    assert said('Anna Brown could only quip: "The cows have gone home."')[0][:2] == ("Anna Brown", "quip")


def test_reports_of_something_are_a_quote_when_they_carry_marks(said):
    assert said('The town heard reports of soldiers firing "at anything that moved".') == [
        ("", "reports", "mixed", ['soldiers firing "at anything that moved"'])
    ]
    assert said("There were reports of soldiers firing at cars.") == []


# -- speakers


def test_the_subject_of_a_quoted_verb_is_not_who_speaks_next(said):
    text = 'The WHO also warned Tuesday that hundreds of civilians in the valley "have no clean water" and urged both sides to stop.'
    assert [(r[0], r[1], r[3]) for r in said(text)] == [
        ("WHO", "warned", ['hundreds of civilians in the valley "have no clean water"']),
        ("WHO", "urged", ["both sides to stop"]),
    ]


def test_an_acronym_that_looks_like_a_pronoun_is_none(said):
    assert said("WHO said the wards were full.")[0][0] == "WHO"


def test_a_common_noun_that_opens_a_sentence_is_no_organisation(article_of):
    for text in ("Witnesses claimed the bridge fell.", "Shoppers said the bridge fell."):
        assert [r["speaker_kind"] for r in statements.find(article_of(text), codebook.empty())] == ["unnamed"]


def test_a_surname_of_two_people_is_not_resolved(article_of):
    text = "Clara Stone met Thomas Stone, the mayor. Stone said the bridge was safe."
    (row,) = statements.find(article_of(text), codebook.empty())
    assert (row["speaker"], row["speaker_kind"]) == ("", "person")


def test_a_possessive_is_a_pronoun(said):
    assert said("Thomas Stone was angry. His claim that the bridge was safe was mocked.")[0][:2] == ("Thomas Stone", "claim")


def test_pronoun_and_surname_are_resolved_to_the_full_name(said):
    text = '"We lost," said Anna Brown. She said the count was fair.\n\nBrown told reporters she would resign.'
    assert {r[0] for r in said(text)} == {"Anna Brown"}


def test_no_name_is_guessed_from_far_away(said):
    far = "\n\n".join(["It rained in the hills."] * 5)
    assert said(f'"We lost," said Anna Brown.\n\n{far}\n\nHe said the count was fair.')[-1][0] == ""


def test_a_pronoun_of_the_other_gender_is_not_her(said):
    assert said('"We lost," said Anna Brown. He said the count was fair.')[-1][0] == ""


def test_role_with_its_name_in_apposition(said):
    assert said("A spokeswoman for the hospital, Anna Brown, said that the wards were full.")[0][0] == "Anna Brown"


def test_acronym_is_resolved_to_the_name_before_its_brackets(said):
    text = "The World Food Programme (WFP) sent trucks. The WFP said the road was open."
    assert said(text)[-1][0] == "World Food Programme"


def test_unnamed_sources_stay_as_worded(said):
    assert said("The talks failed, a military source said.")[0][0] == "a military source"


@pytest.mark.parametrize(
    "source, kind",
    [
        ("Clara Stone", "person"),
        ("Clara", "person"),
        ("Okoye", ""),
        ("Norway", "organisation"),
        ("The Kremlin", "organisation"),
        ("The ministry", "organisation"),
        ("Reuters", "media"),
        ("A report", "document"),
        ("Residents", "unnamed"),
        ("Two officers", "unnamed"),
    ],
)
def test_the_kind_of_a_speaker_is_read_from_the_mention_and_not_guessed(find, source, kind):
    (row,) = find(f"{source} said the border would stay open.")
    assert (row["speaker_text"], row["speaker_kind"]) == (source, kind)


# -- confidence


LONG = "the harbour wall has been crumbling for twenty years and nobody has paid for it"


@pytest.mark.parametrize(
    "less",
    [
        '"A mess," said Clara Stone.',
        'Clara Stone said the wall was "crumbling".',
        f"Clara Stone said {LONG}.",
        f'They met the engineer, who said: "T{LONG[1:]}."',
        f'Clara Stone: "T{LONG[1:]}."',
        f'"T{LONG[1:]}," said Clara Stone, according to state radio.',
    ],
)
def test_what_lowers_the_confidence(find, less):
    full = find(f'"T{LONG[1:]}," said Clara Stone.')[0]["confidence"]
    assert find(less)[0]["confidence"] < full


# -- the seeds


def test_seeds_have_the_quotes_a_reader_lists(found):
    assert sum(len({r["quote_id"] for r in rows}) for rows in found.values()) >= 85


def test_power_speaks_over_two_paragraphs(found):
    parts = [r for r in found["001"] if r["speaker"] == "Samantha Power"]
    assert len(parts) == 2 and len({r["quote_id"] for r in parts}) == 1
    assert parts[1]["text"].startswith("It should shame you.")


def test_roles_and_pronouns_of_the_seeds(found):
    for article, start, speaker in [
        ("000", "the atrocities were committed", "Rupert Colville"),
        ("001", "According to the latest information", "Vitaly Churkin"),
        ("001", "the US, UK and France of distributing", "Vitaly Churkin"),
        ("001", 'the evacuation was "imminent"', "Staffan de Mistura"),
        ("001", "government troops and allies killing", ""),
        ("002", "time is running out", "International Committee of the Red Cross"),
        ("002", "this could be a turning point", "Staffan de Mistura"),
        ("002", "those involved in fighting", "International Committee of the Red Cross"),
        ("003", "the experts were asked", "Sergei Lavrov"),
        ("004", "If diplomacy cannot solve", "Humanitarian Relief Foundation"),
        ("004", "We waited for the international community", "one activist"),
    ]:
        assert one(found[article], start)["speaker"] == speaker, start


def test_scare_quotes_are_no_statements(seed_articles, found):
    marked = [r["text"] for a in seed_articles for r in statements.scare(seed_articles[a], found[a])]
    assert "liberation" in marked
    assert not any("shame" in text for text in marked)


def test_rows_fit_the_contract(seed_articles, found):
    for name, rows in found.items():
        text = seed_articles[name].text
        for r in rows:
            assert text[r["start"] : r["end"]] == r["text"] and r["text"].strip()
            assert r["kind"] in ("direct", "mixed", "indirect") and r["confidence"] in DOCUMENTED
            assert r["speaker_kind"] in ("person", "organisation", "unnamed", "document", "media", "")
            if r["cue"]:
                assert text[r["cue_start"] : r["cue_end"]] == r["cue"]
            if r["speaker_text"]:
                assert text[r["speaker_start"] : r["speaker_end"]] == r["speaker_text"]


# -- without a parser, and any input


def test_without_a_model_quotations_still_find_their_speaker(rules_only):
    rows = statements.find(rules_only('"It is over," said Anna Brown.\n\nThe mayor said: "We are staying here."'), codebook.empty())
    assert [(r["speaker_text"], r["text"]) for r in rows] == [("Anna Brown", "It is over,"), ("The mayor", "We are staying here.")]


PIECES = (
    "said Anna Brown he that \" “ ” ' , . according to saying reports of so-called citing if - ( UN ) : — a told them 💥 ٣ `` '' The army"
)
WORDS = st.sampled_from([*PIECES.split(), "\n\n", "1" * 400])


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_any_text_gives_rows_that_fit_it(article_of, rules_only, text):
    for article in (article_of(text), rules_only(text)):
        rows = statements.find(article, codebook.empty())
        assert all(text[r["start"] : r["end"]] == r["text"] and r["start"] < r["end"] for r in rows)
        assert all(r["start"] < r["end"] for r in statements.scare(article, rows))


@pytest.mark.parametrize("text", ["", "word", "THE ARMY SAID IT WAS OVER", '"', "“”", "\n\n\n", "💥"])
def test_small_texts_do_not_crash(article_of, rules_only, text):
    for article in (article_of(text), rules_only(text)):
        statements.scare(article, statements.find(article, codebook.empty()))


def test_a_label_with_capitals_is_not_the_small_word(article_of):
    labels = pd.DataFrame([("WHO", "un", "neutral", ""), ("rebel", "opposition", "neutral", "")], columns=codebook.FILES["labels"].split())
    book = dataclasses.replace(codebook.empty(), labels=labels)
    for text, actor in (
        ('"We are safe," said Ann Bell, who had left on Monday.', ""),
        ('"We are safe," said Ann Bell, a WHO doctor.', "un"),
        ('"We are safe," said Ann Bell, a REBEL commander.', "opposition"),
    ):
        assert [r["actor"] for r in statements.find(article_of(text), book)] == [actor], text
