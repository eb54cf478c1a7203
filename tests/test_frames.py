"""Questions about frames: which sentences are proposed, how sheets are read, how agreement is worked out, and what the page shows."""

import dataclasses

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory import agreement, coding, evidence
from samestory.compare import frames as compare_frames
from samestory.framing import frames
from samestory.lists import read_list
from samestory.story import read_story

TEXT = (
    "The dam above Orrin burst on Monday.\n\n"
    "Farmers blamed the water board, which they said had ignored the cracks.\n\n"
    "“My wife and I lost our house,” said Peter Hale, 61.\n\n"
    "The board must pay for every field, the mayor said.\n\n"
    "It rained again on Tuesday.\n"
)
NOTHING = pd.DataFrame(columns=["article_id", "start", "end", "kind", "strong"])
YES_NO = pd.DataFrame({"item": ["a", "b"], "frame": ["F", "F"], "question": ["A?", "B?"], "values": ["yes; no", "yes; no"]})


def asked(*look_for):
    return pd.DataFrame({"item": [f"q{i}" for i in range(len(look_for))], "look_for": look_for})


def sentences(*texts):
    starts = [sum(len(t) + 1 for t in texts[:i]) for i in range(len(texts))]
    rows = [("x", i + 1, s, s + len(t), t) for i, (s, t) in enumerate(zip(starts, texts, strict=True))]
    return pd.DataFrame(rows, columns=["article_id", "sentence", "start", "end", "text"])


def proposed(look_for, *texts, known=NOTHING, most=3):
    return frames.candidates(asked(look_for), sentences(*texts), known, most=most)


@pytest.fixture
def story_at(tmp_path):
    """A function from sheets (name and content) to a story of two articles, "007" and "b", with a codebook of two actors."""

    def make(**sheets):
        (tmp_path / "codebook").mkdir()
        (tmp_path / "codebook" / "actors.csv").write_text("actor,name,kind\nboard,Water board,party\nflood,Flood,event\n", encoding="utf-8")
        for name in ("007", "b"):
            (tmp_path / f"{name}.txt").write_text(TEXT, encoding="utf-8")
        (tmp_path / "coding").mkdir()
        for name, content in sheets.items():
            (tmp_path / "coding" / f"{name}.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_story(tmp_path)

    return make


# --- candidate sentences


def test_sentences_with_a_strong_cue_are_proposed_the_fullest_first_and_the_rest_is_not():
    found = proposed("*blame", "It rained again.", "They blamed the board.", "Accused of neglect, the board was condemned.", "It is dry.")
    assert found["sentence"].tolist() == [3, 2] and found["rank"].tolist() == [1, 2]
    assert found.loc[0, "words"] == ["Accused", "neglect", "condemned"]


def test_weak_cues_propose_only_where_two_kinds_meet():
    assert proposed("*government", "The minister saw the mayor and the governor.").empty
    assert proposed("*power", "Rain could come.").empty
    assert len(proposed("*government; *power", "The minister could come."))


def test_words_of_a_question_of_ones_own_are_looked_for_as_whole_words_in_any_case():
    found = proposed("sluice gate; levy", "The Levy on every Sluice  gate rose.", "The levyman left.")
    assert found["sentence"].tolist() == [1] and found.loc[0, "words"] == ["Levy", "Sluice gate"]


def test_names_letters_of_abbreviations_and_other_words_with_the_same_beginning_are_no_cues():
    assert [h.kind for h in frames.hits("The US envoy left.") if h.kind == "person"] == []
    assert proposed("*person", "The C.I.A. told the F.B.I. so.").empty
    assert proposed("*winning", "It was Victoria who met Win Baker.").empty
    assert proposed("*money", "The investigation goes on.").empty
    assert len(proposed("*money", "It cost $5.")) and len(proposed("*person", "Then I fell."))
    assert len(proposed("*blame", "Mayor Accused Of Neglecting Flooded Town"))  # a headline


def test_what_other_tables_know_is_a_cue_too():
    known = pd.DataFrame([("x", 4, 9, "figures", True), ("x", 25, 29, "loaded", False)], columns=NOTHING.columns)
    texts = ("Now forty rooms are wet.", "Ugly mud remains.")
    assert proposed("*figures; *loaded", *texts, known=known)["words"].tolist() == [["forty"]]


@given(st.lists(st.text(max_size=60), min_size=1, max_size=4))
def test_any_text_is_survived_and_marks_lie_in_their_sentence(texts):
    rows = sentences(*texts)
    found = frames.candidates(frames.questions(_no_book()), rows, NOTHING)
    whole = "\n".join(texts)
    for r in found.itertuples():
        assert r.rank <= 3 and r.words
        assert all(r.start <= s < e <= r.end for s, e in r.marks) and r.best in r.marks
        assert " ".join(whole[slice(*r.best)].split()) == r.words[0]


def _no_book():
    from samestory import codebook

    return codebook.empty()


def test_the_lists_fit_one_another():
    cues, questions = read_list("frame_cues"), read_list("frames")
    kinds = {entry.strip()[1:] for look_for in questions["look_for"] for entry in look_for.split(";")}
    assert kinds == set(cues["kind"]) | {"figures", "deeds", "loaded", "labels"}
    assert set(cues["strength"]) == {"strong", "weak"} and not cues.duplicated(["cue", "kind"]).any()
    assert questions["item"].is_unique and questions.groupby("frame", sort=False).size().tolist() == [4, 5, 5, 4, 3, 3]
    for cue in cues.itertuples():  # each is found by itself
        assert cue.kind in {h.kind for h in frames.hits(f"so {cue.cue.replace('*', '')} it")}, cue.cue


# --- sheets


def test_a_sheet_filled_in_is_read_with_its_evidence_in_the_text(story_at):
    sheet = (
        "article_id,item,question,value,evidence,note\n"
        '007,face,Does it?,YES,"""My wife and I lost our house,""",the Hales\n'
        "7,cause,,board,blamed  the water board,\n"
        "b,urgent,,,,not sure yet\n"
    )
    story = story_at(ann=sheet)
    answers, faults = coding.read(story)
    assert faults.empty
    assert answers[["article_id", "item", "coder", "value"]].to_numpy().tolist() == [
        ["007", "face", "ann", "yes"],
        ["007", "cause", "ann", "board"],
    ]
    assert [TEXT[r.start : r.end] for r in answers.itertuples()] == ["“My wife and I lost our house,”", "blamed the water board"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("c,face,yes,", "row 3: no article 'c'"),
        ("b,beauty,yes,", "row 3: no question 'beauty'"),
        ("b,face,perhaps,", "'perhaps' of face is not one of yes, no; row left out"),
        ("b,cause,flood,", "is not one of board, several, other, none; an actor must stand in codebook/actors.csv"),
        ("b,urgent,no,", "answered in a row before"),
        ("b,face,yes,no such words", "'no such words' is not in the text"),
    ],
)
def test_every_fault_of_a_sheet_names_file_row_and_remedy(story_at, row, reason):
    answers, faults = coding.read(story_at(ann=f"article_id,item,value,evidence\nb,urgent,yes,\n{row}\n"))
    (fault,) = faults.to_dict("records")
    assert fault["stage"] == "coding" and "ann.csv" in fault["reason"] and reason in fault["reason"]
    assert len(answers) == (2 if "text" in reason else 1)


@pytest.mark.parametrize("content", [b"\x00\xff\x81", b"", b"one,two\n1,2\n", b'article_id,item,value\n"b,face,' + b"x" * 200_000])
def test_a_file_that_is_no_sheet_is_a_fault_and_the_others_count(story_at, content):
    answers, faults = coding.read(story_at(bad=content, good="article_id,item,value\nb,face,no\n"))
    assert answers["coder"].tolist() == ["good"]
    assert len(faults) == 1 and "bad.csv" in faults.loc[0, "reason"]


def test_sheets_as_spreadsheets_save_them_are_read_and_coding_is_no_text(story_at):
    story = story_at(
        one="article_id;item;value\r\nb;face;no\r\n".encode("utf-8-sig"),
        two="article_id,item,value\nb,face,yes\n".encode("utf-16"),
        three="article_id,item,value\n,,\n",
    )
    answers, faults = coding.read(story)
    assert answers[["coder", "value"]].to_numpy().tolist() == [["one", "no"], ["two", "yes"]] and faults.empty
    assert story.outlets == ["007", "b"]


def test_an_empty_sheet_holds_every_question_for_every_article_and_reads_as_unanswered(story_at, tmp_path):
    story = story_at()
    help_ = pd.DataFrame({"article_id": ["b"], "item": ["cause"], "text": ["=Farmers  blamed\nthem."]})
    sheet = coding.empty_sheet(story, help_)
    assert list(sheet.columns) == coding.SHEET and len(sheet) == 2 * 24
    row = sheet[(sheet["article_id"] == "b") & (sheet["item"] == "cause")].iloc[0]
    assert row["values"] == "board; several; other; none" and row["candidates"] == "“=Farmers blamed them.”"
    sheet.to_csv(tmp_path / "coding" / "ann.csv", index=False)
    answers, faults = coding.read(story)
    assert answers.empty and faults.empty


def test_a_storys_own_questions_take_the_place_of_the_suites(story_at, tmp_path):
    story_at(ann="article_id,item,value\nb,nature,fate\nb,face,yes\n")
    own = "item,frame,question,values,look_for,source\nnature,Flood,Is the flood fate or fault?,fate; fault,*blame; rained,ours\n"
    (tmp_path / "codebook" / "frames.csv").write_text(own, encoding="utf-8")
    story = read_story(tmp_path)
    answers, faults = coding.read(story)
    assert answers["value"].tolist() == ["fate"] and "no question 'face'" in faults.loc[0, "reason"]


# --- agreement


def answers_of(matrix):
    """Answers in long form from `{coder: [value or None, ...]}`, a unit being an article of one question."""
    rows = [(f"t{i:02}", "a", c, v) for c, values in matrix.items() for i, v in enumerate(values) if v is not None]
    return pd.DataFrame(rows, columns=["article_id", "item", "coder", "value"])


def test_alpha_from_sheets_is_that_of_krippendorffs_own_example():
    four = {
        "A": [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        "B": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        "C": [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        "D": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    }
    texts = {coder: [v and str(v) for v in values] for coder, values in four.items()}
    row = coding.agree(answers_of(texts), YES_NO.head(1)).iloc[0]
    assert row["alpha"] == pytest.approx(0.743, abs=5e-4)
    assert (row["coders"], row["units"], row["articles"]) == (4, 11, 11)
    assert row["low"] < row["alpha"] < row["high"]


@given(
    st.lists(st.lists(st.sampled_from(["yes", "no", None]), min_size=12, max_size=12), min_size=2, max_size=4),
    st.permutations(["ann", "ben", "cy", "dee"]),
    st.randoms(use_true_random=False),
)
def test_alpha_knows_neither_the_order_of_rows_nor_the_names_of_coders(columns, names, random):
    here = answers_of(dict(zip("abcd", columns, strict=False)))
    there = answers_of(dict(zip(names, columns, strict=False)))
    order = list(range(len(there)))
    random.shuffle(order)
    one, other = (coding.agree(t, YES_NO.head(1)).iloc[0] for t in (here, there.iloc[order]))
    pd.testing.assert_series_equal(one, other)
    if not one["why"]:
        expected = agreement.krippendorff_alpha(pd.DataFrame(columns).T)
        assert one["alpha"] == pytest.approx(expected["alpha"], nan_ok=True)
        assert (one["low"], one["high"]) == pytest.approx((expected["low"], expected["high"]), nan_ok=True)


def test_few_articles_and_one_answer_throughout_get_no_alpha_but_their_counts():
    few = coding.agree(answers_of({"ann": ["yes", "no", "yes"], "ben": ["yes", "yes", "yes"]}), YES_NO.head(1)).iloc[0]
    assert few["why"] == "too few articles" and pd.isna(few["alpha"])
    assert (few["agreed"], few["units"]) == (2, 3) and few["share"] == pytest.approx(2 / 3)
    same = coding.agree(answers_of({"ann": ["no"] * 12, "ben": ["no"] * 12}), YES_NO.head(1)).iloc[0]
    assert same["why"] == "one answer throughout" and pd.isna(same["alpha"])
    assert coding.agree(answers_of({"ann": ["no"] * 12}), YES_NO.head(1)).iloc[0]["why"] == "not answered by two"


def test_the_questions_of_a_frame_are_pooled_and_drawn_by_article():
    ann, ben = ["yes", "no", "no", "yes"] * 3, ["yes", "no", "yes", "yes"] * 3
    rows = [(f"t{i}", item, who, v) for who, values in (("ann", ann), ("ben", ben)) for i, v in enumerate(values) for item in "ab"]
    answers = pd.DataFrame(rows, columns=["article_id", "item", "coder", "value"])
    pooled = coding.agree(answers, YES_NO).iloc[-1]
    assert (pooled["item"], pooled["units"], pooled["articles"], pooled["why"]) == ("", 24, 12, "")
    whole = agreement.krippendorff_alpha(coding.matrix(answers, ["a", "b"]))
    assert pooled["alpha"] == pytest.approx(whole["alpha"])
    # both questions of an article are answered alike here, so twenty-four answers bear no more than twelve articles
    assert pooled["high"] - pooled["low"] > 1.2 * (whole["high"] - whole["low"])
    mixed = YES_NO.assign(values=["yes; no", "actor; none"])
    assert (coding.agree(answers, mixed)["item"] != "").all()


# --- the page


def with_answers(analysis, rows):
    table = pd.DataFrame(rows, columns=["article_id", "item", "coder", "value", "start", "end", "evidence", "note"])
    return dataclasses.replace(analysis, tables=analysis.tables | {"coding": table.astype({"start": "Int64", "end": "Int64"})})


def test_without_a_sheet_the_page_asks_and_shows_sentences_with_their_voice(seed_analysis):
    analysis = with_answers(seed_analysis, [])
    html = compare_frames.section(analysis, colour=evidence.colours(analysis.story.all_outlets))
    assert "coding/NAME.csv" in html and "coders" in html and "≠" not in html
    assert all(
        str(evidence.page("note.html.j2", text=q, kind="how", title="")).count(q) or q in html for q in read_list("frames")["question"]
    )
    found = compare_frames.candidates(analysis)
    texts = dict(zip(analysis.story.articles["article_id"], analysis.story.articles["text"], strict=True))
    assert all(texts[r.article_id][r.start : r.end] == r.text for r in found.itertuples())
    assert found.groupby(["item", "article_id"]).size().max() <= 3
    power = found[found["text"].str.contains("It should shame you")]
    assert set(power["voice"]) == {"quoted"} and power["said_by"].str.contains("Power").all()
    assert compare_frames.agreement_table(analysis) == ""


def test_where_coders_differ_the_cell_says_so_and_opens_their_evidence(seed_analysis):
    text = seed_analysis.story.articles.set_index("article_id").at["002", "text"]
    start = text.index("we must") if "we must" in text else text.index("this must happen now")
    rows = [
        ("002", "urgent", "ann", "yes", start, start + 4, text[start : start + 4], "<b>now</b>"),
        ("002", "urgent", "ben", "no", None, None, None, None),
        ("002", "face", "ann", "no", None, None, None, None),
        ("002", "face", "ben", "no", None, None, None, None),
    ]
    analysis = with_answers(seed_analysis, rows)
    html = compare_frames.section(analysis, colour={})
    assert html.count("≠ coders differ") == 1 and html.count("coders agree") == 1
    assert f"article-002.html#coding-{start}-{start + 4}" in html
    assert "<b>now" not in html and "ann: &lt;b&gt;now" in html
    table = compare_frames.agreement_table(analysis)
    assert "1 of 1" in table and "0 of 1" in table and "too few articles" in table


def test_many_coders_are_counted_and_many_outlets_become_one_column(seed_analysis, monkeypatch):
    rows = [("000", "face", f"student {i:02}", "yes" if i < 20 else "no", None, None, None, None) for i in range(30)]
    analysis = with_answers(seed_analysis, rows)
    block = compare_frames.coded(analysis, analysis.tables["coding"])
    assert [(said.text, said.note) for said in block.said] == [("yes", "20 of 30 coders"), ("no", "10 of 30 coders")]
    monkeypatch.setattr(compare_frames.grids, "MOST_COLUMNS", 3)
    assert "000: ≠ coders differ" in compare_frames.section(analysis, colour={})
    monkeypatch.setattr(compare_frames, "MOST_ARTICLES", 1)
    more = with_answers(seed_analysis, [("001", "face", "ann", "no", None, None, None, None), *rows])
    html = compare_frames.section(more, colour={})
    assert "000: ≠ coders differ" in html and "001: coded" not in html and "and 1 more articles" in html


def test_a_story_without_any_evidence_still_asks_its_questions(tmp_path):
    from samestory.analysis import analyse

    (tmp_path / "Herald.txt").write_text("It rained.\n", encoding="utf-8")
    analysis = with_answers(analyse(read_story(tmp_path), cache=tmp_path / "cache"), [])
    assert compare_frames.candidates(analysis).empty
    html = compare_frames.section(analysis, colour={})
    assert "coding/NAME.csv" in html and "Does it speak of winners and losers?" in html
    assert len(compare_frames.sheet(analysis)) == 24
