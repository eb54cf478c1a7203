"""Sentences that once went wrong: crashes, offices that hid a name, statements that were none."""

import pytest

from samestory.quotes.marks import pairs


@pytest.mark.parametrize(
    "text",
    [
        "Citing safety, mayor closes bridge over Tarn river.",
        "Warning that the dam was cracked, Clara Stone resigned.",
        "Calling the vote a farce, Clara Stone resigned.",
    ],
)
def test_an_article_may_begin_with_a_participle_of_saying(find, text):
    find(text)


@pytest.mark.parametrize(
    "title", ["Secretary of State", "Minister of Roads", "Minister for Roads and Harbours", "former U.S. Deputy Secretary of Fisheries"]
)
def test_a_title_with_of_does_not_hide_the_name(find, title):
    (row,) = find(f'"We will sail," said {title} Clara Stone.')
    assert (row["speaker"], row["speaker_kind"]) == ("Clara Stone", "person")


@pytest.mark.parametrize("title", ["National Union of Pilots general secretary", "Westport Harbour Board President"])
def test_a_title_with_an_organisation_does_not_hide_the_name(find, title):
    (row,) = find(f'"We will sail," said {title} Clara Stone.')
    assert row["speaker"] == "Clara Stone"


def test_a_relative_clause_about_the_speaker_says_nothing(said):
    assert len(said('"The road is shut," said Clara Stone, who commands the northern fleet.')) == 1
    assert len(said('"The tower will be rebuilt by spring," Democratic State Rep. Clara B. Stone said.')) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The minister said that she supports the strike and wants the mine reopened.",
        "The striking nurses said they wanted higher pay and believed the hospital could afford it.",
    ],
)
def test_joined_attitudes_stay_in_the_statement(said, text):
    ((_, _, parts),) = said(text)
    assert text.rstrip(".").endswith(parts[0].split(" and ")[-1]) and " and " in parts[0]


def test_two_words_can_be_a_paragraph_of_a_quotation(said):
    assert [p[2] for p in said('"They promised us a doctor," Peter Hale said. "They left.\n\n"Then they came back," he added.')] == [
        ["They promised us a doctor,", "They left.", "Then they came back,"]
    ]
    assert len(pairs("She wrote: “The mill is shut.\n\n“It burned.\n\n“It fell in May.”")) == 3


def test_a_possessor_loses_its_s(said):
    assert said('The mayor\'s call for "a total ban on cars" was mocked.')[0][0] == "mayor"
    assert said("The mayor's claim that the bridge was safe was mocked.")[0][0] == "mayor"


def test_his_call_and_the_answer_of(said):
    assert said('Thomas Reed was booed for his call for "a total ban on cars".')[0][0] == "Thomas Reed"
    assert said('The answer of the minister was that "it works on paper".')[0][0] == "minister"


def test_not_wanting_to_be_named_is_no_statement(said):
    assert len(said("An officer who did not want to be named said the road was closed.")) == 1


def test_a_quotation_keeps_the_comma_inside_its_marks(said):
    assert said('"The tower will be rebuilt by spring," said retired Rear Adm. Clara Stone.')[0][2] == [
        "The tower will be rebuilt by spring,"
    ]
    assert said('"I can\'t," Nora Lind said; "the bridge is closed."')[0][2] == ["I can't,", "the bridge is closed."]


def test_same_marks_within_marks(said):
    assert said("“He told me “go home” and so I went,” said Clara Stone.")[0][2] == ["He told me “go home” and so I went,"]


def test_transcript_labels_are_people_of_the_article(find):
    text = "John Smith and Ann Jones met the committee.\n\nSMITH: I never saw it.\n\nJONES: It has your name.\n\nSMITH: So has this."
    assert [(r["speaker"], r["speaker_kind"]) for r in find(text)] == [
        ("John Smith", "person"),
        ("Ann Jones", "person"),
        ("John Smith", "person"),
    ]


def test_a_mark_alone_is_no_part(find):
    assert all(any(c.isalnum() for c in r["text"]) for r in find('Thomas Reed wrote: "’" and left.'))


def test_a_message_before_a_colon(said):
    assert said('A message from the pilots: "We are still here."')[0][0] == "pilots"


# -- who it is, once more: found by a reader of other news


def test_a_surname_holds_no_particle_from_the_first_name(find):
    assert {r["speaker"] for r in find("Michael Stone said that the deal was off. Stone said that he was sorry.")} == {"Michael Stone"}


def test_a_title_with_a_surname_is_the_surname(find):
    text = "President Ortega vowed to stay. Ortega said that the vote was fair. Mr. Ortega said that he would win."
    assert {(r["speaker"], r["speaker_kind"]) for r in find(text)} == {("Ortega", "person")}


def test_he_is_who_spoke_and_not_whom_he_spoke_of(find):
    rows = find('In a speech, Paul Gray argued that Mark Holt was a danger. "I am a teacher," he said.')
    assert [r["speaker"] for r in rows] == ["Paul Gray", "Paul Gray"]


def test_a_person_may_be_called_like_a_channel(find):
    (row,) = find("Miguel Fox said that the gate was open.")
    assert row["speaker_kind"] == "person"


@pytest.mark.parametrize(
    "text", ["Ministers met to discuss patrols on the border.", "If Ortega decides that the vote is void, the army will move."]
)
def test_plans_and_conditions_are_no_statements(find, text):
    assert find(text) == []


def test_two_who_speak_together_are_not_one_of_them(find):
    (row,) = find("John Lee met Ann Carr. Lee and Carr said that the bill was dead.")
    assert row["speaker"] == "Lee and Carr"


def test_a_hyphenated_name_is_whole_and_comes_back_as_the_company(find):
    assert [r["speaker"] for r in find("Wal-Bee calls the claims absurd. The company says that it will sue.")] == ["Wal-Bee", "Wal-Bee"]
