"""Statements in, beside and behind one another: what belongs together, and to whom, on sentences of our own."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory import codebook
from samestory.quotes import drafts, statements

# -- statements within statements, and who speaks through what


@pytest.mark.parametrize(
    "text, words",
    [
        ("The harbour master said he hoped the storm would pass and that he feared for the fleet.", "he hoped the storm would pass"),
        ("Clara Stone said she was worried the bridge would not last the winter.", "she was worried the bridge"),
        ("The minister said she believes the vote was fair.", "she believes the vote was fair"),
        ("The governor said the miners feared that the pit would flood.", "the miners feared that the pit would flood"),
        ('The union said the mine had closed and that it feared "the end of the valley".', 'it feared "the end of the valley"'),
    ],
)
def test_an_attitude_inside_a_statement_belongs_to_it(said, text, words):
    ((_, cue, parts),) = said(text)
    assert cue == "said" and len(parts) == 1 and words in parts[0]


@pytest.mark.parametrize(
    "text",
    [
        "Thomas Reed said he had told them that the dam was safe.",
        "Thomas Reed said that he had warned the council in May that the dam was cracked.",
        "Clara Stone said she had asked the ministry for help and that it had refused.",
    ],
)
def test_what_somebody_says_he_said_is_one_statement(said, text):
    assert [r[1:] for r in said(text)] == [("said", [text.split("said ", 1)[1].removeprefix("that ").rstrip(".")])]


@pytest.mark.parametrize(
    "text, inner, through",
    [
        ("The ferry company said that Thomas Reed had told passengers the ship was safe.", "Thomas Reed", "ferry company"),
        ("The ministry said Governor Helen Park had promised that the school would stay open.", "Helen Park", "ministry"),
        ("Reuters reported that Clara Stone said the road was closed.", "Clara Stone", "Reuters"),
        ("A spokesman said that, according to the police, the road was closed.", "police", "A spokesman"),
    ],
)
def test_a_named_other_within_a_statement_is_kept_with_who_passed_it_on(find, text, inner, through):
    outer, own = find(text)
    assert (own["speaker"], own["through"], outer["through"]) == (inner, through, "")
    assert outer["start"] <= own["start"] and own["end"] <= outer["end"]


@pytest.mark.parametrize(
    "text, cue",
    [
        ("Clara Stone said it was a sad day for the valley, adding that the mill would not reopen.", "adding"),
        ("Clara Stone said it was too late, telling reporters that the mill would not reopen.", "telling"),
        ('Clara Stone said it was a disgrace, calling the owners "cowards in good suits".', "calling"),
        ("Clara Stone said it was a sad day for the valley, and added that the mill would not reopen.", "added"),
        ('"It was a sad day," Clara Stone said, adding that the mill would not reopen.', "adding"),
    ],
)
def test_what_is_added_is_said_by_whoever_spoke_first(said, text, cue):
    first, second = said(text)
    assert (first[0], second[0], second[1]) == ("Clara Stone", "Clara Stone", cue)
    assert not any(cue in part for part in first[2])


@pytest.mark.parametrize(
    "text, speaker",
    [
        ("The airline issued a statement saying the two pilots had been rested.", "airline"),
        ('The airline issued a statement, "The two pilots had rested for a full day."', "airline"),
        ("Senator Paul Green emailed supporters saying the vote had been stolen.", "Paul Green"),
        ("The company sent a letter to its members saying that milk prices would fall.", "company"),
        ("The ministry published a report saying that the dam was cracked.", "ministry"),
        ('In an email to supporters, Senator Paul Green wrote: "The vote was stolen from us."', "Paul Green"),
    ],
)
def test_who_issues_a_document_speaks_through_it(said, text, speaker):
    assert [r[0] for r in said(text)] == [speaker]


def test_a_source_behind_a_news_agency_stays_unnamed(find):
    for agency, name in (("the Reuters news agency", "Reuters"), ("Reuters", "Reuters"), ("the Associated Press", "Associated Press")):
        (row,) = find(f"A source told {agency} that the ship had left the harbour.")
        assert (row["speaker"], row["speaker_kind"], row["through"]) == ("A source", "unnamed", name)
        assert row["text"] == "the ship had left the harbour"
    (row,) = find("Clara Stone told the council in Westport that the road was closed.")
    assert row["through"] == ""


@pytest.mark.parametrize(
    "text, speaker, words",
    [
        ('Clara Stone repeated her call for "a total ban on cars" on Monday.', "Clara Stone", "a total ban on cars"),
        ('Thomas Reed\'s promise of "a school in every village" was forgotten by May.', "Thomas Reed", "a school in every village"),
    ],
)
def test_a_noun_of_saying_leads_to_a_quotation(said, text, speaker, words):
    assert [(r[0], r[2]) for r in said(text)] == [(speaker, [words])]


# -- quotations over several paragraphs


BLOCK = ["The snow came on Monday night and shut the door.", "On Tuesday we burned the chairs.", "On Wednesday we heard the helicopter."]


@pytest.mark.parametrize("left, right", [('"', '"'), ("“", "”")])
@pytest.mark.parametrize("lead", ["Nora Lind said: ", "Nora Lind told the inquiry on Friday:\n\n", "Nora Lind wrote:\n"])
def test_a_block_quotation_belongs_to_who_introduces_it(said, lead, left, right):
    ((speaker, _, parts),) = said(lead + left + f"\n\n{left}".join(BLOCK) + right)
    assert (speaker, parts) == ("Nora Lind", BLOCK)


@pytest.mark.parametrize("left, right", [('"', '"'), ("“", "”")])
def test_a_block_quotation_belongs_to_who_is_named_after_it(said, left, right):
    parts = [*BLOCK[:2], BLOCK[2].replace(".", ",")]
    text = left + f"\n\n{left}".join(parts) + right + " said Nora Lind, a shepherd.\n\n“The road was shut,” said Peter Hale."
    assert said(text) == [("Nora Lind", "said", parts), ("Peter Hale", "said", ["The road was shut,"])]


@pytest.mark.parametrize("end", [',"', '," he said.', '," Hale said.', '," he added.'])
def test_a_quotation_left_open_goes_on_in_the_next_paragraph(said, end):
    text = '"They promised us a doctor," Peter Hale said. "They left before noon.\n\n"Then they came back with a camera'
    parts = ["They promised us a doctor,", "They left before noon.", "Then they came back with a camera,"]
    assert said(text + end) == [("Peter Hale", "said", parts)]


def test_a_new_speaker_ends_what_was_left_open(said):
    text = '"The wall is cracked.\n\n"It moved in May," said Nora Lind.\n\n"We told the ministry," Peter Hale said.'
    assert [(r[0], len(r[2])) for r in said(text)] == [("Nora Lind", 2), ("Peter Hale", 1)]


# -- names after a dash, before a colon, in headlines


@pytest.mark.parametrize("gap", [" ", "\n", "\n\n"])
@pytest.mark.parametrize("dash", ["-", "–", "—"])
def test_each_name_after_a_dash_signs_its_own_quotation(said, gap, dash):
    signed = [
        ("Bread first, then roads.", "Carter."),
        ("Schools first.", "Deputy Mayor Clara Stone"),
        ("Let us fish.", "Omar, 43, net maker"),
    ]
    text = "\n\n".join(f'"{words}"{gap}{dash} {name}' for words, name in signed)
    assert said(text) == [(name, None, [words]) for (words, _), name in zip(signed, ("Carter", "Clara Stone", "Omar"), strict=True)]


@pytest.mark.parametrize(
    "headline, speaker, words",
    [
        ("Miners: 'Deal reached'", "Miners", "Deal reached"),
        ("Police: 'Stay at home'", "Police", "Stay at home"),
        ("'We lost everything', says Westport baker", "Westport baker", "We lost everything"),
        ("Union chief: mine is 'a tomb'", "Union chief", "mine is 'a tomb'"),
    ],
)
def test_a_headline_quotes_as_headlines_do(said, headline, speaker, words):
    assert [(r[0], r[2]) for r in said(f"{headline}\n\nSnow fell on the valley on Monday.")] == [(speaker, [words])]


# -- the verb behind a quotation


@pytest.mark.parametrize(
    "text, speaker, verb",
    [
        ('"The ferry is safe," yodelled Adam Cole.', "Adam Cole", "yodelled"),
        ('"The ferry is safe," Adam Cole harrumphed.', "Adam Cole", "harrumphed"),
        ('"We will sail at dawn!" sputtered the skipper.', "skipper", "sputtered"),
        ('"Is the ferry safe?" wondered Adam Cole.', "Adam Cole", "wondered"),
    ],
)
def test_a_verb_that_no_list_knows_says_what_stands_before_it(said, text, speaker, verb):
    assert [r[:2] for r in said(text)] == [(speaker, verb)]


def test_a_verb_with_an_object_of_its_own_says_nothing(said):
    assert said('"The ferry is safe," Adam Cole closed the door.') == []


@pytest.mark.parametrize("who", ["the two", "the two farmers", "the sisters"])
def test_a_verb_that_the_parser_mistakes_still_says_it(said, who):
    ((speaker, cue, _),) = said(f'"The rules of the market were written for giants," {who} write.')
    assert (speaker, cue) == (who.removeprefix("the "), "write")


@pytest.mark.parametrize(
    "title",
    [
        "Westport Harbour Board chairwoman Clara Stone",
        "Westport's deputy harbour and fisheries commissioner (for the north coast) Clara Stone",
        "the deputy chairwoman of the harbour board in Westport (WHB), Clara Stone",
        "the head of the Westport harbour authority's rescue service, Clara Stone",
        "Senator Clara Stone (Ind.), who chairs the board",
        "Sen. Clara Stone, D-Westport",
        "Clara Stone (right), the keeper",
    ],
)
def test_a_long_title_does_not_hide_the_name(said, title):
    assert said(f'"The tower will be rebuilt by spring," said {title}.') == [
        ("Clara Stone", "said", ["The tower will be rebuilt by spring,"])
    ]


# -- marks within marks, and wrong ones


@pytest.mark.parametrize("outer, inner", [('""', "''"), ("“”", "‘’"), ('""', "“”"), ("''", '""'), ("«»", "“”"), ("„“", "‚‘")])
def test_a_quotation_within_a_quotation_is_part_of_it(said, outer, inner):
    words = f"He told me {inner[0]}go home{inner[1]} and so I went,"
    assert said(f"{outer[0]}{words}{outer[1]} said Clara Stone.") == [("Clara Stone", "said", [words])]


def test_a_wrong_curly_mark_at_the_start_of_a_paragraph_opens(said):
    text = "”The mill is shut for good,” said Clara Stone.\n\n”Nobody will pay,” said Peter Hale."
    assert [(r[0], r[2]) for r in said(text)] == [("Clara Stone", ["The mill is shut for good,"]), ("Peter Hale", ["Nobody will pay,"])]


@pytest.mark.parametrize(
    "stray", ['The road " was closed.', 'A wall" fell on the road.', '" The road was closed.', "The road was ” closed.", "It was » closed."]
)
def test_a_stray_mark_costs_at_most_its_own_paragraph(said, stray):
    rows = said(
        f'"It is over," said Nora Lind.\n\n{stray}\n\n"Nobody will come back," said Clara Stone.\n\n{stray}\n\n"We stay," said Peter Hale.'
    )
    assert [(r[0], r[2][0]) for r in rows] == [
        ("Nora Lind", "It is over,"),
        ("Clara Stone", "Nobody will come back,"),
        ("Peter Hale", "We stay,"),
    ]


# -- transcripts


def test_a_transcript_inside_marks_has_a_speaker_each_paragraph(said):
    turns = [("SMITH", "I never saw that letter before today."), ("JONES", "It has your name on it."), ("SMITH", "So has the building.")]
    for left, right in (('"', '"'), ("“", "”")):
        text = "The hearing was recorded.\n\n" + "\n\n".join(f"{left}{name}: {words}" for name, words in turns) + right
        assert said(text) == [(name, None, [words]) for name, words in turns]


def test_a_transcript_without_marks_has_a_quote_each_turn(find):
    text = "Both sides met on Monday.\n\nSMITH: I think we should go.\n\nJONES: Not before Monday.\n\nSMITH: Then I go alone."
    assert [(r["speaker"], r["text"], r["kind"]) for r in find(text)] == [
        ("SMITH", "I think we should go.", "direct"),
        ("JONES", "Not before Monday.", "direct"),
        ("SMITH", "Then I go alone.", "direct"),
    ]


def test_questions_and_answers_are_quotes_of_nobody_named(find):
    rows = find("The interview was shortened.\n\nQ: Why did you close the road?\n\nA: The minister said the hill was moving.\n\nQ: Is it?")
    assert [(r["text"], r["speaker"], r["kind"]) for r in rows] == [
        ("Why did you close the road?", "", "direct"),
        ("The minister said the hill was moving.", "", "direct"),
        ("Is it?", "", "direct"),
    ]


@pytest.mark.parametrize("label", ["NOTE", "UPDATE", "Q"])
def test_one_label_makes_no_transcript(said, label):
    text = f"The bridge was closed on Monday.\n\n{label}: Trains run every two hours.\n\nThe mayor said the road was safe."
    assert [r[2] for r in said(text)] == [["the road was safe"]]


# -- titles


@pytest.mark.parametrize(
    "text",
    [
        'The film "Winter Harbour" opened on Friday, and the book "A Long Way Down the River" is sold out.',
        'Clara Stone appeared on NBC\'s "Meet the Press" on Sunday.',
        "Clara Stone, author of “A Long Winter”, left the hall.",
        'The song "Cold Water" was written by a miner.',
    ],
)
def test_a_title_is_neither_a_quote_nor_a_scare_quote(said, scare, text):
    assert said(text) == [] and scare(text) == []


def test_what_is_said_on_a_programme_is_no_title(said, scare):
    text = 'Clara Stone said on "Morning Hour" that the tunnel was "a hole in the budget".'
    assert [(r[0], r[2]) for r in said(text)] == [("Clara Stone", ['the tunnel was "a hole in the budget"'])]
    assert scare(text) == []


@pytest.mark.parametrize("where", ['on "Morning Hour."', "on CBS's “Face the Nation.”", 'in the film "The Long Winter."'])
def test_a_speaker_goes_on_after_a_title(said, where):
    text = f'"The tunnel will be built," Clara Stone said {where} "But it will take ten years."'
    assert [(r[0], *r[2]) for r in said(text)] == [
        ("Clara Stone", "The tunnel will be built,"),
        ("Clara Stone", "But it will take ten years."),
    ]


def test_words_set_apart_that_are_no_title_are_scare_quotes(scare):
    assert scare('The so-called "quiet quarter" is noisy, and its "garden" is a car park.') == ["quiet quarter", "garden"]


# -- any text


CONFIDENCES = {value for name, value in vars(drafts).items() if name.isupper() and isinstance(value, float)}
SENTENCES = """\
The harbour was closed on Monday. | said Clara Stone. | Thomas Reed said | he told reporters that | We are leaving now, | It was a mess.
the bridge was safe | according to the mayor | adding that nobody would come back | SMITH: | Q: | A: | The mayor's call for | who said
on NBC's | the film | Winter Harbour | issued a statement | saying | - Carter. | Miners: | and added | , calling the owners | cowards
Reuters reported | citing an official | asked not to be named | was told by | (WHB) | Mr. Reed wrote: | the union accused the company of
he hoped to win | Nobody knew why. | As Reuters reports, | his claim that | reports of | But they went. | the sisters write | , | ?"""
MARKS = ['"', "“", "”", "‘", "’", "'", "``", "''", "«", "»", "„", "\n", "\n\n", "—", " - "]
PIECES = st.sampled_from([piece.strip() for piece in SENTENCES.replace("\n", "|").split("|")]) | st.sampled_from(MARKS)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(PIECES, st.sampled_from(["", " "])).map("".join), max_size=16).map("".join))
def test_rows_fit_any_text(article_of, rules_only, text):
    for article in (article_of(text), rules_only(text)):
        rows = statements.find(article, codebook.empty())
        for row in rows:
            assert 0 <= row["start"] < row["end"] <= len(text) and row["text"] == text[row["start"] : row["end"]]
            assert row["confidence"] in CONFIDENCES
            if row["cue"]:
                assert text[row["cue_start"] : row["cue_end"]] == row["cue"]
                assert row["cue_end"] <= row["start"] or row["end"] <= row["cue_start"]
        for one, following in itertools.pairwise(rows):
            if one["quote_id"] == following["quote_id"]:
                assert one["end"] <= following["start"] and following["part"] == one["part"] + 1
