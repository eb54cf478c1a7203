"""The commands do what the contract says, and a user's mistake is one line and exit status 2."""

import subprocess
import sys

import pandas as pd
import pytest
from click.testing import CliRunner

from samestory.__main__ import main

RESCUE = "“We pulled out three people,” Mayor Ann Lee said. Two men were killed, according to police.\n"


@pytest.fixture
def run(seed_analysis):
    """Run a command in this process; the seeds' analysis is in the cache already."""
    return lambda *arguments: CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.fixture
def herald(tmp_path):
    made = tmp_path / "herald"
    made.mkdir()
    (made / "Herald.txt").write_text(RESCUE, encoding="utf-8")
    return made


def test_check_of_the_seeds_finds_no_fault(run, root):
    result = run("check", root / "seeds")
    assert result.exit_code == 0 and "5 articles from 5 outlets" in result.stderr and "0 faults" in result.stderr


def test_analyse_writes_the_tables(run, root, tmp_path):
    result = run("analyse", root / "seeds", "--out", tmp_path / "out", "--format", "jsonl")
    assert result.exit_code == 0, result.output
    written = {f.stem for f in (tmp_path / "out").iterdir()}
    assert {"articles", "furniture", "sentences", "quotes", "figures", "tolls", "labels", "actions", "targets", "facts"} <= written
    assert "actors" not in written


def test_suggested_actors_are_written_when_asked_for(run, herald, tmp_path):
    result = run("analyse", herald, "--out", tmp_path / "out", "--format", "csv", "--suggest-actors")
    assert result.exit_code == 0, result.output
    assert "cluster" in pd.read_csv(tmp_path / "out" / "actors.csv").columns


def test_one_missing_file_is_exit_status_1_and_a_line_in_failures(run, herald, tmp_path):
    (herald / "articles.csv").write_text("file,outlet\nHerald.txt,Herald\ngone.txt,Times\n")
    result = run("analyse", herald, "--out", tmp_path / "out")
    assert result.exit_code == 1
    failures = pd.read_csv(tmp_path / "out" / "failures.csv")
    assert list(failures.columns) == ["article", "stage", "reason"] and "gone.txt" in failures.loc[0, "reason"]
    assert len(pd.read_parquet(tmp_path / "out" / "quotes.parquet")) > 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check", "no-such-story"], "no such story"),
        (["analyse", "{seeds}", "--out", "{out}", "--outlet", "BBC"], "9News, Newstalk"),
        (["render", "{seeds}", "--out", "{out}", "--moment", "third"], "offer"),
        (["render", "{seeds}", "--out", "{out}", "--notebook", "99-none"], "02-quotes"),
        (["analyse", "{seeds}", "--out", "{out}", "--map", "body"], "OURS=YOURS"),
        (["new", "{seeds}"], "not empty"),
        (["analyse", "{seeds}"], "--out"),
        (["analyse", "{seeds}", "--out", "{out}", "--format", "xlsx"], "parquet"),
    ],
)
def test_a_users_mistake_is_status_2_with_the_remedy_and_no_traceback(run, root, tmp_path, arguments, words):
    result = run(*[a.format(seeds=root / "seeds", out=tmp_path / "out") for a in arguments])
    assert result.exit_code == 2
    assert words in result.stderr and "Traceback" not in result.stderr
    assert isinstance(result.exception, SystemExit)


def test_a_new_story_is_scaffolded_checked_and_rendered_without_touching_code(run, tmp_path):
    folder = tmp_path / "mine"
    assert run("new", folder).exit_code == 0
    assert run("check", folder).exit_code == 2  # nothing in it yet: one line says so
    (folder / "a.txt").write_text(RESCUE, encoding="utf-8")
    with (folder / "articles.csv").open("a") as file:
        file.write("a,a.txt,Herald,,2020-05-04,,,,\n")
    with (folder / "codebook" / "actors.csv").open("a") as file:
        file.write("police,Police,party,\n")
    assert run("check", folder).exit_code == 0
    assert run("analyse", folder, "--out", tmp_path / "out").exit_code == 0


def test_messages_go_to_standard_error_and_the_module_runs(root):
    done = subprocess.run([sys.executable, "-m", "samestory", "check", root / "seeds"], capture_output=True, text=True, check=False)
    assert done.returncode == 0 and done.stdout == "" and "0 faults" in done.stderr


def test_a_story_of_plain_words_can_be_rendered(run, herald, tmp_path):
    """No codebook, no dates, one outlet, hardly any words: every notebook still has something true to say."""
    result = run("render", herald, "--out", tmp_path / "report")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "report" / "index.html").exists() and not (tmp_path / "report" / "_failed").exists()


def test_hostile_article_ids_and_texts_stay_inside_the_report(run, tmp_path):
    table = pd.DataFrame(
        {
            "article_id": ["../../evil", "<script>alert(1)</script>"],
            "outlet": ["<img src=x onerror=alert(1)>", "=cmd()"],
            "text": [RESCUE + "<script>alert(2)</script> costs $5 and $6, $\\frac{", "Nobody was hurt. " + RESCUE],
        }
    )
    table.to_json(tmp_path / "t.jsonl", orient="records", lines=True)
    result = run("render", tmp_path / "t.jsonl", "--out", tmp_path / "report")
    assert result.exit_code == 0, result.output
    assert not (tmp_path / "evil").exists()
    for page in (tmp_path / "report").glob("*.html"):
        assert "<script" not in page.read_text(encoding="utf-8").lower()
        assert "<img src=x" not in page.read_text(encoding="utf-8")


def test_a_table_with_other_column_names_is_rendered(run, tmp_path):
    table = pd.DataFrame({"id": ["a", "b"], "site": ["Herald", "Times"], "body": [RESCUE, "Nobody was hurt. " + RESCUE]})
    table.to_csv(tmp_path / "news.csv", index=False)
    result = run(
        *("render", tmp_path / "news.csv", "--out", tmp_path / "r", "--notebook", "02-quotes"),
        *("--map", "article_id=id", "--map", "outlet=site", "--map", "text=body"),
    )
    assert result.exit_code == 0, result.output
    assert "Ann Lee" in (tmp_path / "r" / "02-quotes.html").read_text(encoding="utf-8")


def test_only_chosen_outlets_are_rendered(run, root, tmp_path):
    result = run("render", root / "seeds", "--out", tmp_path / "r", "--outlet", "VOA", "--outlet", "CNN", "--notebook", "02-quotes")
    assert result.exit_code == 0, result.output
    assert sorted(f.name for f in (tmp_path / "r").glob("article-*.html")) == ["article-002.html", "article-004.html"]
    assert "Newstalk" not in (tmp_path / "r" / "02-quotes.html").read_text(encoding="utf-8")
