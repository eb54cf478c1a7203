"""What a person accepts of the proposals joins the codebook, and every fault of that file names its row and the remedy."""

import pytest

from samestory import codebook
from samestory.errors import UserError
from samestory.framing import labels
from samestory.scaffold import new_story

ACTORS = "actor,name,kind,description\nport,Harbour authority,party,\n"
LABELS = "label,actor,valence,note\nharbour authority,port,,\n"


@pytest.fixture
def book(tmp_path):
    """A function from the text of `suggested_labels.csv` to the codebook beside it and its faults."""

    def load(suggested, *, labels=LABELS, actors=ACTORS):
        for name, text in (("actors", actors), ("labels", labels), ("suggested_labels", suggested)):
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        return codebook.load(tmp_path)

    return load


def rows(book):
    return [tuple(r)[:3] for r in book.labels.itertuples(index=False)]


def test_accepted_rows_become_labels_and_new_actors_and_the_rest_is_left_alone(book):
    read, faults = book(
        "accept,actor,label,valence,note,mentions,outlets,evidence\n"
        "yes,strikers,docker,,,9,3,“Dockers walked out.”\n"
        "X,strikers,wildcat strikers,delegitimising,only in one outlet,2,1,\n"
        "no,strikers,crane,,,4,2,\n"
        ",port,harbour,,,4,2,\n"
        "1,port,port chiefs,,,3,2,\n"
    )
    assert faults == []
    assert rows(read) == [
        ("harbour authority", "port", "neutral"),
        ("docker", "strikers", "neutral"),
        ("wildcat strikers", "strikers", "delegitimising"),
        ("port chiefs", "port", "neutral"),
    ]
    assert read.actors.to_dict("records")[1] == {"actor": "strikers", "name": "strikers", "kind": "", "description": ""}
    assert list(read.labels["note"])[2] == "only in one outlet"


@pytest.mark.parametrize("mark", ["yes", "YES", "y", "x", "1", "True", " x "])
def test_every_usual_mark_accepts(book, mark):
    read, faults = book(f"accept,actor,label\n{mark},strikers,docker\n")
    assert ("docker", "strikers", "neutral") in rows(read) and not faults


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("maybe,strikers,docker,", "'maybe' is neither yes"),
        ("yes,,docker,", "actor is empty"),
        ("yes,strikers,,", "label is empty"),
        ("yes,strikers,docker,nasty", "'nasty' is not one of"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_and_left_out(book, row, reason):
    read, faults = book(f"accept,actor,label,valence\nyes,strikers,picket,\n{row}\n")
    (fault,) = faults
    assert fault["file"] == "codebook/suggested_labels.csv" and fault["row"] == 3 and reason in fault["reason"]
    assert rows(read) == [("harbour authority", "port", "neutral"), ("picket", "strikers", "neutral")]


def test_labels_csv_wins_over_a_proposal(book):
    mine = "label,actor,valence,note\ndocker,port,loaded,mine\nUnion,strikers,,\n"
    actors = ACTORS + "strikers,Strikers,people,\n"
    read, faults = book("accept,actor,label\nyes,strikers,docker\nyes,strikers,Docker\nyes,port,union\n", labels=mine, actors=actors)
    # "docker" stands for any case, "Union" only for the name, so "union" is another label
    assert rows(read) == [("docker", "port", "loaded"), ("Union", "strikers", "neutral"), ("union", "port", "neutral")]
    assert not faults and list(read.actors["actor"]) == ["port", "strikers"]


def test_one_label_accepted_for_two_actors_is_a_fault_and_accepted_twice_alike_is_none(book):
    read, faults = book("accept,actor,label\nyes,strikers,crew\nyes,strikers,crew\nyes,port,crew\n")
    assert rows(read)[1:] == [("crew", "strikers", "neutral")]
    assert [(f["row"], "row 2 already" in f["reason"]) for f in faults] == [(4, True)]


def test_a_file_without_the_column_to_mark_is_refused_and_no_file_is_no_proposal(book, tmp_path):
    with pytest.raises(UserError, match=r"suggested_labels\.csv: row 1: no column accept"):
        book("actor,label\nstrikers,docker\n")
    assert codebook.load(tmp_path / "none")[0].labels.empty


def test_the_digest_knows_what_was_accepted(book):
    digests = {book(f"accept,actor,label\n{mark},strikers,docker\n")[0].digest() for mark in ("yes", "no")}
    assert len(digests) == 2


def test_accepted_labels_are_found_in_texts(book, article_of):
    class Narrator:
        def mention(self, start, end):
            return "narrator"

    read, _ = book("accept,actor,label,valence\nyes,strikers,docker,\nyes,strikers,wildcat striker,delegitimising\n")
    found = labels.find(article_of("Dockers blocked the gate. The wildcat strikers stayed for a week."), read, Narrator())
    assert [(r["text"], r["actor"], r["valence"]) for r in found] == [
        ("Dockers", "strikers", "neutral"),
        ("wildcat strikers", "strikers", "delegitimising"),
    ]


def test_a_question_named_twice_is_a_fault(tmp_path):
    (tmp_path / "frames.csv").write_text("item,frame,question,values\na,F,Is it?,yes; no\na,F,Is it not?,yes; no\n", encoding="utf-8")
    read, faults = codebook.load(tmp_path)
    assert list(read.frames["question"]) == ["Is it?"]
    assert [(f["file"], f["row"]) for f in faults] == [("codebook/frames.csv", 3)]


def test_the_scaffold_names_every_file_it_makes_and_every_column(tmp_path):
    files = new_story(tmp_path / "mine")
    readme = (tmp_path / "mine" / "README.md").read_text(encoding="utf-8")
    for file in files:
        assert file.name in readme or file.name == "README.md"
    for name, columns in codebook.FILES.items():
        assert (tmp_path / "mine" / "codebook" / f"{name}.csv").read_text() == columns.replace(" ", ",") + "\n"
        assert all(f"`{column}`" in readme for column in columns.split()), name
    assert "coding/" in readme and "suggested_labels.csv" in readme
    assert codebook.load(tmp_path / "mine" / "codebook")[1] == []


def test_dates_as_a_spreadsheet_writes_them_are_faults_and_decide_nothing(tmp_path):
    folder = tmp_path / "codebook"
    folder.mkdir()
    (folder / "facts.csv").write_text(
        "fact_id,fact,known_from,known_until\na,The dam broke,04/03/2024,\nb,The mayor fled,2024-03-09,2024-03-04\nc,Rain fell,2024-03,\n"
    )
    (folder / "moments.csv").write_text("moment,begins\nflood,2024-13-01\n")
    book, faults = codebook.load(folder)
    assert book.facts["known_from"].tolist() == ["", "", "2024-03"] and book.moments["begins"].tolist() == [""]
    told = [f"{f['file']}:{f['row']} {f['reason']}" for f in faults]
    assert any("facts.csv:2" in t and "not written as YYYY-MM-DD" in t for t in told)
    assert any("facts.csv:3" in t and "before known_from" in t for t in told)
    assert any("moments.csv:2" in t and "does not exist" in t for t in told)


def test_semicolons_and_files_without_a_character_are_read(tmp_path):
    folder = tmp_path / "codebook"
    folder.mkdir()
    (folder / "actors.csv").write_text("actor;name\nunion;The union\n")
    (folder / "labels.csv").write_text("")
    book, faults = codebook.load(folder)
    assert book.actors["name"].tolist() == ["The union"] and book.labels.empty and not faults


def test_a_fact_coded_twice_for_an_article_counts_once_and_is_said(tmp_path):
    folder = tmp_path / "codebook"
    folder.mkdir()
    (folder / "facts.csv").write_text("fact_id,fact\na,The dam broke\n")
    (folder / "fact_states.csv").write_text("fact_id,article_id,state\na,one,told\na,one,untold\n")
    book, faults = codebook.load(folder)
    assert book.fact_states["state"].tolist() == ["told"]
    assert [(f["row"], "in a row before" in f["reason"]) for f in faults] == [(3, True)]
