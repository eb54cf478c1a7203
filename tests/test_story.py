"""Stories are read as given, and every fault of a user's own story is one line that names the place and the remedy."""

import json
import shutil

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory.errors import UserError
from samestory.story import decode, read_story

RESCUE = "Rescuers pulled three people from the rubble on Monday, the mayor said.\n"


def folder(tmp_path, index: str = "", **files: bytes):
    made = tmp_path / "story"
    made.mkdir()
    if index:
        (made / "articles.csv").write_text(index, encoding="utf-8")
    for name, content in files.items():
        (made / f"{name}.txt").write_bytes(content)
    return made


def test_seeds_have_five_articles_from_five_outlets_and_no_fault(seeds):
    assert seeds.outlets == ["9News", "Newstalk", "VOA", "News-4-U", "CNN"]
    assert seeds.faults.empty
    assert set(seeds.articles["moment"]) == {"offer", "first-deal", "second-deal"}


def test_texts_are_the_files_code_point_for_code_point(seeds, root):
    for row in seeds.articles.itertuples():
        assert row.text == (root / "seeds" / row.file).read_bytes().decode("utf-8")


def test_line_ends_are_kept(tmp_path):
    story = read_story(folder(tmp_path, a=b"One line.\r\nAnother line.\r\n"))
    assert story.articles.loc[0, "text"] == "One line.\r\nAnother line.\r\n"


def test_bare_folder_takes_the_file_name_as_outlet(tmp_path):
    story = read_story(folder(tmp_path, Herald=RESCUE.encode(), Times=RESCUE.encode()))
    assert story.outlets == ["Herald", "Times"]


@pytest.mark.parametrize(
    ("index", "files", "reason"),
    [
        ("file,outlet\ngone.txt,Herald\n", {}, "no file 'gone.txt'"),
        ("file,outlet\nempty.txt,Herald\n", {"empty": b" \n \t\n"}, "is empty"),
        ("file,outlet\n../../secret.txt,Herald\n", {}, "outside the story's folder"),
        ("article_id,file,outlet\n1,good.txt,Herald\n1,good.txt,Times\n", {}, "stands there twice"),
        ("file,outlet\ngood.txt,\n", {}, "has no outlet"),
        ("file,outlet\nbytes.txt,Herald\n", {"bytes": b"\x81\x8d\x00\xff"}, "is not UTF-8"),
    ],
)
def test_a_faulty_article_is_left_out_with_file_row_and_reason_and_the_rest_goes_on(tmp_path, index, files, reason):
    made = folder(tmp_path, index + "good.txt,Courier\n" if "article_id" not in index else index, good=RESCUE.encode(), **files)
    story = read_story(made)
    assert len(story.articles) == 1
    assert len(story.faults) == 1
    assert reason in story.faults.loc[0, "reason"]
    assert "\n" not in story.faults.loc[0, "reason"]


@pytest.mark.parametrize("date", ["2016-02-30", "13.12.2016", "2016-13-01", "yesterday"])
def test_an_impossible_date_is_emptied_and_reported_and_the_article_kept(tmp_path, date):
    story = read_story(folder(tmp_path, f"file,outlet,published\ngood.txt,Herald,{date}\n", good=RESCUE.encode()))
    assert story.articles.loc[0, "published"] == ""
    assert date in story.faults.loc[0, "reason"] and "row 2" in story.faults.loc[0, "reason"]


@pytest.mark.parametrize("date", ["2016", "2016-12", "2016-12-13", "2016-12-13T08:30", "2016-12-13T08:30:00+01:00"])
def test_real_dates_are_kept_as_given(tmp_path, date):
    story = read_story(folder(tmp_path, f"file,outlet,published\ngood.txt,Herald,{date}\n", good=RESCUE.encode()))
    assert story.articles.loc[0, "published"] == date and story.faults.empty


def test_nothing_usable_is_a_users_mistake(tmp_path):
    with pytest.raises(UserError, match="no usable article"):
        read_story(folder(tmp_path, "file,outlet\ngone.txt,Herald\n"))
    with pytest.raises(UserError, match="no such story"):
        read_story(tmp_path / "nowhere")


def test_a_link_that_leaves_the_folder_is_refused(tmp_path):
    made = folder(tmp_path, "file,outlet\nlink.txt,Herald\ngood.txt,Times\n", good=RESCUE.encode())
    (tmp_path / "secret.txt").write_text("password")
    (made / "link.txt").symlink_to(tmp_path / "secret.txt")
    story = read_story(made)
    assert story.outlets == ["Times"] and "outside" in story.faults.loc[0, "reason"]


def test_unknown_outlets_and_moments_are_named_with_those_there_are(seeds):
    with pytest.raises(UserError, match=r"'BBC'.*9News"):
        seeds.choose(outlets=["BBC"])
    with pytest.raises(UserError, match=r"'third'.*first-deal"):
        seeds.choose(moment="third")
    assert seeds.choose(outlets=["CNN"]).outlets == ["CNN"]
    assert seeds.choose(outlets=["CNN"]).all_outlets == tuple(seeds.outlets)


# --- encodings


def test_utf16_is_read_by_its_mark_and_said():
    text, note = decode("“Peace,” she said – café".encode("utf-16"))
    assert text == "“Peace,” she said – café" and "UTF-16" in note


def test_windows_1252_is_read_by_evidence_and_said():
    text, note = decode("“Peace,” she said – at the café".encode("cp1252"))
    assert text == "“Peace,” she said – at the café" and "Windows-1252" in note


def test_a_byte_order_mark_is_no_part_of_the_text():
    assert decode(b"\xef\xbb\xbfPeace") == ("Peace", "")


@given(st.binary(max_size=200))
def test_any_bytes_are_decoded_or_refused_with_a_reason(raw):
    text, note = decode(raw)
    assert text is not None or note


@given(st.text(st.characters(codec="utf-8"), max_size=100))
def test_utf8_comes_back_as_it_went_in(text):
    decoded, note = decode(text.encode("utf-8"))
    assert decoded == text.removeprefix("\ufeff") or note


# --- tables


TABLE = pd.DataFrame({"id": ["a", "b"], "site": ["Herald", "Times"], "body": [RESCUE, "A second “text”,\r\nwith a line break."]})


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
def test_tables_of_every_kind_give_the_same_story(tmp_path, suffix):
    file = tmp_path / f"table.{suffix}"
    if suffix == "csv":
        file.write_bytes(TABLE.to_csv(index=False).encode())
    elif suffix == "jsonl":
        TABLE.to_json(file, orient="records", lines=True)
    else:
        TABLE.to_parquet(file)
    story = read_story(file, columns={"article_id": "id", "outlet": "site", "text": "body"})
    assert story.articles[["article_id", "outlet", "text"]].to_numpy().tolist() == TABLE.to_numpy().tolist()


def test_a_table_without_texts_says_which_columns_it_has(tmp_path):
    (tmp_path / "table.csv").write_bytes(TABLE.to_csv(index=False).encode())
    with pytest.raises(UserError, match=r"no column text and outlet.*body, id, site.*--map"):
        read_story(tmp_path / "table.csv")


def test_a_broken_json_line_is_left_out_and_the_rest_read(tmp_path):
    good = json.dumps({"article_id": "1", "outlet": "Herald", "text": RESCUE})
    (tmp_path / "t.jsonl").write_text(good + "\n{broken\n[1]\n", encoding="utf-8")
    story = read_story(tmp_path / "t.jsonl")
    assert len(story.articles) == 1
    assert [("row 2" in r, "row 3" in r) for r in story.faults["reason"]] == [(True, False), (False, True)]


# --- codebooks


def test_a_faulty_codebook_row_is_named_and_left_out(tmp_path, root):
    made = tmp_path / "seeds"
    shutil.copytree(root / "seeds", made)
    labels = made / "codebook" / "labels.csv"
    labels.write_text(labels.read_text() + "bandits,nobody,neutral,\nheroes,opposition,wonderful,\n")
    story = read_story(made)
    reasons = story.faults["reason"].tolist()
    assert len(reasons) == 2 and "'nobody'" in " ".join(reasons) and "'wonderful'" in " ".join(reasons)
    assert "bandits" not in set(story.codebook.labels["label"])


def test_a_codebook_without_a_needed_column_is_a_users_mistake(tmp_path, root):
    made = tmp_path / "seeds"
    shutil.copytree(root / "seeds", made)
    (made / "codebook" / "labels.csv").write_text("word,who\nrebels,opposition\n")
    with pytest.raises(UserError, match=r"labels.csv: row 1: no column label, actor"):
        read_story(made)


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("60", "90", "does not lie in the text of 72 characters"),
        ("9", "9", "does not lie"),
        ("one", "two", "not two whole numbers"),
        ("3", "", "not two whole"),
    ],
)
def test_a_target_that_is_not_in_its_text_is_a_fault_of_its_row(tmp_path, start, end, said):
    table = pd.DataFrame({"outlet": ["A", "B"], "text": [RESCUE] * 2, "target_start": ["0.0", start], "target_end": ["8.0", end]})
    table.to_csv(tmp_path / "t.csv", index=False)
    story = read_story(tmp_path / "t.csv")
    assert list(story.articles["outlet"]) == ["A"]
    assert said in story.faults.loc[0, "reason"] and "row 3" in story.faults.loc[0, "reason"]
