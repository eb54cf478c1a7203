"""One bad article never stops the rest; results are kept, resumed and never reused when something changed."""

import pandas as pd
import pytest

from samestory import analysis, schema
from samestory.analysis import analyse, write_tables
from samestory.framing import labels
from samestory.story import read_story

RESCUE = "“We pulled out three people,” Mayor Ann Lee said. Two men were killed, according to police."


@pytest.fixture
def two(tmp_path):
    made = tmp_path / "story"
    made.mkdir()
    for name, text in (("Herald", RESCUE), ("Times", "At least 40 people were injured on Monday. " + RESCUE)):
        (made / f"{name}.txt").write_text(text, encoding="utf-8")
    return read_story(made)


def test_every_table_has_the_columns_of_the_contract_and_offsets_that_hold(seed_analysis):
    texts = dict(zip(seed_analysis.story.articles["article_id"], seed_analysis.story.articles["text"], strict=True))
    for name, table in seed_analysis.tables.items():
        assert list(table.columns) == schema.TABLES[name]
        spans = [c for c in ("", "cue_", "speaker_", "agent_", "patient_") if f"{c}start" in table]
        for prefix in spans:
            column = {"": "text", "cue_": "cue", "speaker_": "speaker_text", "agent_": "agent", "patient_": "patient"}[prefix]
            for row in table.dropna(subset=[f"{prefix}start"]).to_dict("records"):
                start, end = row[f"{prefix}start"], row[f"{prefix}end"]
                assert 0 <= start < end <= len(texts[row["article_id"]])
                if column in row and pd.notna(row[column]) and prefix != "agent_" and prefix != "patient_":
                    assert texts[row["article_id"]][start:end] == row[column]


def test_nothing_is_found_inside_furniture(seed_analysis):
    furniture = seed_analysis.tables["furniture"]
    for name in ("sentences", "quotes", "figures", "labels", "actions", "loaded", "drivers"):
        both = seed_analysis.tables[name].merge(furniture, on="article_id", suffixes=("", "_f"))
        assert both[(both["start"] < both["end_f"]) & (both["start_f"] < both["end"])].empty, name


def test_enumerated_values_are_those_of_the_contract(seed_analysis):
    allowed = {
        ("sentences", "voice"): {"narration", "quoted", "mixed"},
        ("quotes", "kind"): {"direct", "mixed", "indirect"},
        ("figures", "qualifier"): {"exact", "at_least", "at_most", "about", "vague"},
        ("figures", "harm"): set("killed injured missing displaced evacuated trapped detained surrendered pardoned other".split()),
        ("figures", "scope"): {"event", "background"},
        ("labels", "voice"): {"narrator", "attributed", "quoted"},
        ("labels", "valence"): {"neutral", "legitimising", "delegitimising", "loaded"},
        ("actions", "form"): {"active", "passive", "reduced_passive", "nominal"},
        ("facts", "state"): {"told", "differs", "untold", "not_yet", "no_longer"},
    }
    for (name, column), values in allowed.items():
        assert set(seed_analysis.tables[name][column].dropna()) <= values, (name, column)
        assert seed_analysis.tables[name][column].notna().all()


def test_an_article_that_breaks_one_analysis_keeps_its_other_tables_and_is_listed(two, tmp_path, monkeypatch):
    real = labels.find

    def breaks_on_herald(article, *others):
        if article.article_id == "Herald":
            raise ZeroDivisionError("a fault of ours")
        return real(article, *others)

    monkeypatch.setattr(labels, "find", breaks_on_herald)
    found = analyse(two, cache=tmp_path / "cache")
    assert found.failures[["article", "stage"]].to_numpy().tolist() == [["Herald", "labels"]]
    assert "a fault of ours" in found.failures.loc[0, "reason"]
    assert set(found.tables["quotes"]["article_id"]) == {"Herald", "Times"}


def test_a_text_too_long_to_parse_fails_alone(two, tmp_path, monkeypatch):
    monkeypatch.setattr(analysis.parse.load_model(), "max_length", len(RESCUE) + 1)
    found = analyse(two, cache=tmp_path / "cache")
    assert found.failures["article"].tolist() == ["Times"]
    assert set(found.tables["sentences"]["article_id"]) == {"Herald"}


def test_an_interrupted_run_goes_on_where_it_stopped(two, tmp_path, monkeypatch):
    monkeypatch.setattr(analysis, "CHUNK", 1)
    real, done = analysis.analyse_chunk, []

    def stops_at_the_second(*task):
        if done:
            raise KeyboardInterrupt
        done.append(task)
        real(*task)

    monkeypatch.setattr(analysis, "analyse_chunk", stops_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        analyse(two, cache=tmp_path / "cache")
    again = []
    monkeypatch.setattr(analysis, "analyse_chunk", lambda *task: (again.append(task[0][0]["article_id"]), real(*task)))
    found = analyse(two, cache=tmp_path / "cache")
    assert again == ["Times"] and set(found.tables["quotes"]["article_id"]) == {"Herald", "Times"}


def test_another_codebook_is_not_answered_from_the_cache(tmp_path, root):
    import shutil

    made = tmp_path / "seeds"
    shutil.copytree(root / "seeds", made)
    before = analyse(read_story(made), cache=tmp_path / "cache").tables["labels"]
    (made / "codebook" / "labels.csv").write_text("label,actor,valence,note\nrebels,opposition,neutral,\n")
    after = analyse(read_story(made), cache=tmp_path / "cache").tables["labels"]
    assert len(after) < len(before) / 3


def test_two_processes_find_what_one_finds(two, tmp_path, monkeypatch):
    monkeypatch.setattr(analysis, "CHUNK", 1)
    one = analyse(two, cache=tmp_path / "one", jobs=1).tables
    many = analyse(two, cache=tmp_path / "many", jobs=2).tables
    for name in one:
        pd.testing.assert_frame_equal(one[name], many[name])


@pytest.mark.parametrize("format", ["parquet", "csv", "jsonl"])
def test_tables_are_written_and_read_back(seed_analysis, tmp_path, format):
    write_tables(seed_analysis, tmp_path, format=format)
    read = {"parquet": pd.read_parquet, "csv": pd.read_csv, "jsonl": lambda f: pd.read_json(f, lines=True)}[format]
    for name, table in seed_analysis.tables.items():
        assert len(read(tmp_path / f"{name}.{format}")) == len(table)
    assert not (tmp_path / "failures.csv").exists()


def test_a_cache_that_cannot_be_written_is_replaced_and_said(two, tmp_path, caplog):
    (tmp_path / "file").write_text("")
    found = analyse(two, cache=tmp_path / "file" / "cache")
    assert len(found.tables["sentences"]) and "cannot be written" in caplog.text


def test_without_a_model_all_tables_are_there_and_quotations_are_found(two, tmp_path, monkeypatch):
    monkeypatch.setattr(analysis.parse, "MODELS", ())
    nlp = analysis.parse.load_model.__wrapped__()
    monkeypatch.setattr(analysis.parse, "load_model", lambda: nlp)
    found = analyse(two, cache=tmp_path / "cache")
    assert found.failures.empty and found.model == "rules"
    assert "We pulled out three people," in set(found.tables["quotes"]["text"])
    assert "three" in set(found.tables["figures"]["text"])
