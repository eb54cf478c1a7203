"""Who is called what: the labels table keeps what the coding guide says."""

import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory import clean, codebook, parse, schema
from samestory.framing import labels


class Narrator:
    def mention(self, start, end):
        return "narrator"


def book(*rows, speakers=()):
    """A small codebook: label rows `label, actor, valence`, speakers `alias, speaker, actor`."""
    kinds = {"rebels": "party", "state": "party", "russia": "party", "un": "party", "people": "people", "event": "event", "area": "area"}
    empty = codebook.empty()
    return codebook.Codebook(
        actors=pd.DataFrame([{"actor": a, "name": a, "kind": k, "description": ""} for a, k in kinds.items()]),
        labels=pd.DataFrame([{"label": a, "actor": b, "valence": c, "note": ""} for a, b, c in rows]),
        speakers=pd.DataFrame(
            [{"alias": a, "speaker": b, "actor": c, "kind": "person"} for a, b, c in speakers], columns=empty.speakers.columns
        ),
        moments=empty.moments,
        facts=empty.facts,
        fact_states=empty.fact_states,
    )


BOOK = book(
    ("rebel", "rebels", "neutral"),
    ("militant", "rebels", "delegitimising"),
    ("forces", "state", "neutral"),
    ("rebel forces", "rebels", "neutral"),
    ("army", "state", "neutral"),
    ("government", "state", "legitimising"),
    ("Russia", "russia", "neutral"),
    ("Russian", "russia", "neutral"),
    ("UN", "un", "neutral"),
    ("child", "people", "neutral"),
    ("civilian", "people", "neutral"),
    ("offensive", "event", "neutral"),
    ("deal", "event", "neutral"),
    ("the city", "area", "neutral"),
    ("our land", "area", "neutral"),
    ("stronghold", "area", "loaded"),
    ("Marath", "area", "neutral"),
    ("eastern Marath", "area", "neutral"),
    ("war", "event", "neutral"),
    ("fighting", "event", "neutral"),
    ("Security Council", "un", "neutral"),
    ("the council", "un", "neutral"),
    ("victim", "people", "neutral"),
    ("Falcon Brigade", "rebels", "neutral"),
    speakers=[("Vera Stanek", "Vera Stanek", "un"), ("Omar al-Farid", "Omar al-Farid", "rebels")],
)


BOOK_WITH_UN = book(*BOOK.labels[["label", "actor", "valence"]].itertuples(index=False), ("United Nations", "un", "neutral"))


@pytest.fixture(scope="module")
def found(article_of):
    def run(text, the_book=BOOK):
        return labels.find(article_of(text), the_book, Narrator())

    return run


def spans(rows):
    return [(r["text"], r["actor"]) for r in rows]


def test_longest_label_decides_the_actor(found):
    rows = found("Rebel forces left the town before army forces arrived.")
    assert spans(rows) == [("Rebel forces", "rebels"), ("army forces", "state")]


def test_singular_and_plural_and_capitals(found):
    assert spans(found("A child and four children were seen.")) == [("child", "people"), ("children", "people")]
    assert spans(found("The UN and the U.N. agreed, but un is no name.")) == [("UN", "un"), ("U.N.", "un")]


def test_modifier_of_another_noun_is_no_mention_of_its_own(found):
    assert spans(found("The army offensive went on for a week.")) == [("army offensive", "event")]
    assert spans(found("They crossed into rebel-held territory.")) == []
    assert spans(found("He spoke of the rebel withdrawal plan.")) == []


def test_role_noun_takes_the_actor_of_what_it_belongs_to(found):
    rows = found("A rebel official met Russia's ambassador. A spokesman for the rebels said nothing.")
    assert spans(rows) == [
        ("rebel official", "rebels"),
        ("Russia's ambassador", "russia"),
        ("spokesman", "rebels"),
        ("rebels", "rebels"),
    ]
    assert [r["head"] for r in rows] == ["official", "ambassador", "spokesman", "rebels"]


def test_a_possessive_is_part_of_an_actors_phrase_and_else_a_mention(found):
    rows = found("President Vera Stanek's forces left. Russia's support for the rebels' families ended.")
    assert spans(rows) == [("President Vera Stanek's forces", "state"), ("Russia", "russia"), ("rebels", "rebels")]
    assert rows[0]["valence"] == "neutral"  # by its head


def test_a_proper_name_before_a_noun_that_is_no_actor_is_a_mention(found):
    assert spans(found("Three UN resolutions failed at the emergency Security Council meeting.")) == [
        ("UN", "un"),
        ("Security Council", "un"),
    ]
    assert spans(found("She left the council session.")) == [("council", "un")]
    assert spans(found("Russian criticism of rebel plans went on.")) == []


def test_one_head_for_two_actors_is_the_first_ones(found):
    assert spans(found("The Russian and rebel governments agreed.")) == [("Russian and rebel governments", "russia")]


def test_names_in_apposition_and_brackets_are_mentions(found):
    rows = found("The United Nations (UN) met the Falcon Brigade, a rebel group.", BOOK_WITH_UN)
    assert spans(rows) == [("United Nations", "un"), ("UN", "un"), ("Falcon Brigade", "rebels"), ("rebel group", "rebels")]


def test_titles_of_office_honour_and_others_do_not(found):
    rows = found(
        "Foreign Minister Vera Stanek spoke. Secretary-General Vera Stanek left. Secretary of State Vera Stanek stayed. "
        "Spokeswoman Vera Stanek wrote. Envoy Vera Stanek called. Stanek slept."
    )
    assert [r["valence"] for r in rows] == ["legitimising"] * 3 + ["neutral"] * 3


def test_the_codebook_judges_its_own_words(found):
    assert [r["valence"] for r in found("The victims waited. The brutal war went on.")] == ["neutral", "loaded"]


def test_an_area_elsewhere_is_no_mention(found):
    assert spans(found("They shelled strongholds in Marath.")) == [("strongholds", "area"), ("Marath", "area")]
    assert spans(found("They shelled strongholds in the rest of northern Italy.")) == []
    assert spans(found("They drove to strongholds in southern Marath province.")) == []
    assert spans(found("They drove to the city known for its bridges.")) == []


def test_labels_with_a_determiner_leave_it_out_of_the_span(found):
    rows = found("We want our land back. Their land is dry.")
    assert spans(rows) == [("land", "area")]


def test_a_place_is_called_by_its_name_without_direction(found):
    assert [(r["text"], r["label"]) for r in found("Buses left eastern Marath.")] == [("eastern Marath", "Marath")]


def test_a_group_is_called_by_its_name(found):
    assert [r["label"] for r in found("A fighter of the Falcon Brigade rebel group spoke.")][-1] == "Falcon Brigade rebel group"


def test_ing_forms_that_name_a_deed(found):
    assert spans(found("Those involved in fighting were told to stop.")) == [("fighting", "event")]
    assert spans(found("They were fighting the army.")) == [("army", "state")]


def test_a_propaganda_war_is_no_war(found):
    assert spans(found("He called it part of a propaganda war.")) == []
    assert spans(found("He called it part of a long war.")) == [("long war", "event")]


def test_descriptions_go_back_to_whom_was_named(found):
    rows = found("Military experts from Russia arrived on Monday. The experts stayed. Vera Stanek said her office knew.")
    assert spans(rows) == [
        ("Military experts", "russia"),
        ("Russia", "russia"),
        ("experts", "russia"),
        ("Vera Stanek", "un"),
        ("office", "un"),
    ]


def test_named_speakers_are_mentions_with_their_title(found):
    rows = found('"We leave tonight," said spokeswoman Vera Stanek. Stanek gave no details. Omar al-Farid agreed.')
    assert spans(rows) == [("spokeswoman Vera Stanek", "un"), ("Stanek", "un"), ("Omar al-Farid", "rebels")]
    assert {r["label"] for r in rows} == {"Vera Stanek", "Omar al-Farid"}


def test_a_family_name_alone_is_nobody_until_the_full_name_is_given(found):
    assert found("Stanek gave no details.") == []


def test_a_country_after_in_is_a_place(found):
    assert spans(found("He was born in Russia.")) == []
    assert spans(found("Help came from Russia.")) == [("Russia", "russia")]


def test_definite_labels_need_the_article(found):
    assert spans(found("They entered the old city.")) == [("old city", "area")]
    assert found("Idlib is a city in the north.") == []


def test_valence_of_label_title_and_loaded_word(found):
    rows = found("Militant leaders met President Vera Stanek after the brutal offensive.")
    assert [r["valence"] for r in rows] == ["delegitimising", "legitimising", "loaded"]


def test_voice_is_asked_for_the_span(article_of):
    class Quoted:
        def mention(self, start, end):
            return f"{start}-{end}"

    row = labels.find(article_of("The rebels left."), BOOK, Quoted())[0]
    assert row["voice"] == f"{row['start']}-{row['end']}"


def test_every_rebel_regime_government_army_of_the_seeds_is_in_a_mention(seed_articles, seeds):
    """Outside furniture; a word that only modifies another noun ("rebel-held province") is no mention and must have a noun after it."""
    for article in seed_articles.values():
        rows = labels.find(article, seeds.codebook, Narrator())
        covered = {i for r in rows for i in range(r["start"], r["end"])}
        for m in re.finditer(r"\b(rebels|militants|regime|governments?|army)\b", article.doc.text, re.IGNORECASE):
            assert m.start() in covered, article.text[m.start() - 40 : m.end() + 40]


def test_each_row_is_text_of_the_article_and_rows_do_not_overlap(seed_articles, seeds):
    for article in seed_articles.values():
        end = 0
        for row in labels.find(article, seeds.codebook, Narrator()):
            assert article.text[row["start"] : row["end"]] == row["text"]
            assert row["start"] >= end and row["head"] in row["text"]
            assert row["actor"] in set(seeds.codebook.actors["actor"]) and row["valence"] in codebook.VALENCES
            end = row["end"]


def test_furniture_holds_no_labels(seed_articles, seeds):
    article = seed_articles["001"]
    caption = article.text.index("A rebel position is viewed")
    rows = labels.find(article, seeds.codebook, Narrator())
    assert not [r for r in rows if caption <= r["start"] < caption + 40]


def test_without_a_parse_labels_are_still_found():
    import spacy

    text = "The rebels and the UN reached a deal."
    article = parse.Article("x", text, spacy.blank("en")(text))
    assert spans(labels.find(article, BOOK, Narrator())) == [("rebels", "rebels"), ("UN", "un"), ("deal", "event")]


def test_labels_of_the_seed_codebook_are_sound(root):
    book_of_seeds, faults = codebook.load(root / "seeds" / "codebook")
    assert faults == []
    assert not book_of_seeds.labels["label"].duplicated().any()
    assert set(book_of_seeds.labels["actor"]) == set(book_of_seeds.actors["actor"])


PIECES = st.sampled_from(
    [
        "rebels",
        "The army",
        "UN",
        "U.N.",
        "(",
        '"',
        "'s",
        "’",
        "-",
        "\n",
        "al-",
        "of",
        "Russia",
        "and",
        "👍",
        "٣",
        "in the city",
        "killed",
        "by",
        ".",
        " ",
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(PIECES | st.text(max_size=6), max_size=14))
def test_any_text_gives_sound_rows(pieces):
    text = " ".join(pieces)
    doc = next(parse.parse([clean.blank(text, [])]))
    rows = labels.find(parse.Article("x", text, doc), BOOK, Narrator())
    for row in rows:
        assert text[row["start"] : row["end"]] == row["text"] != ""
    schema.frame("labels", rows)
