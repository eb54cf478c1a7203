"""Rendering: both ways of running a notebook agree, one failure stops nothing else, hostile names and texts do no harm."""

import json
import pathlib
import re
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from papermill import execute_notebook

from samestory.errors import UserError
from samestory.report import convert, engine
from samestory.report import render as renders

needs_fork = pytest.mark.skipif(not engine.can_fork(), reason="no safe fork on this system: notebooks run in kernels")


def write(folder: pathlib.Path, name: str, *cells: str, parameters: str = "story = ''\ngreeting = 'hello'") -> pathlib.Path:
    """A notebook with a title, a parameters cell and the given code cells (Markdown where they begin with #!)."""
    made = [new_markdown_cell(f"# About {name}\n\nWhat does {name} ask?"), new_code_cell(parameters, metadata={"tags": ["parameters"]})]
    made += [new_markdown_cell(c[2:]) if c.startswith("#!") else new_code_cell(c) for c in cells]
    file = folder / f"{name}.ipynb"
    nbformat.write(new_notebook(cells=made), file)
    return file


def settled(outputs: list) -> list:
    """Outputs without what differs from run to run of a kernel: where it cuts a stream, and which words of a traceback it colours."""
    out: list = []
    for output in outputs:
        if output.output_type == "stream" and out and out[-1].output_type == "stream" and out[-1].name == output.name:
            out[-1].text += output.text
        else:
            out.append(output)
        if output.output_type == "error":
            output.traceback = [re.sub(r"\x1b\[[\d;]*m", "", line) for line in output.traceback]
    return out


ALL_KINDS = (
    "print(greeting)\n1 + 1",
    "import sys, logging\nlogging.getLogger('samestory').warning('careful')\nprint('low', file=sys.stderr)",
    "from IPython.display import HTML, display, update_display\n"
    "display(HTML('<b>one</b>'), display_id='k')\nprint('between')\nupdate_display(HTML('<i>two</i>'), display_id='k')\n{'a': 1}",
    "import pandas as pd\npd.DataFrame({'outlet': ['VOA'], 'n': [3]})",
    "from IPython.display import clear_output\nprint('gone')\nclear_output(wait=True)\nprint('kept')\n7;",
    "import matplotlib.pyplot as plt\n_ = plt.subplots(figsize=(1, 1))",
    "import asyncio\nawait asyncio.sleep(0)\n__name__",
    "def f():\n    raise ValueError('no way')\nf()",
    "print('never reached')",
)


@needs_fork
def test_forked_and_kernel_engines_give_the_same_outputs(tmp_path):
    source = write(tmp_path, "kinds", *ALL_KINDS)
    reasons, cells = {}, {}
    for name in (engine.FORK, engine.KERNEL):
        out = tmp_path / f"{name}-out.ipynb"
        reasons[name] = engine.run(source, out, {"greeting": 'say "hi"\n'}, engine=name)
        cells[name] = [(c.source, c.execution_count, settled(c.outputs)) for c in nbformat.read(out, 4).cells if c.cell_type == "code"]
    for forked, kernel in zip(cells[engine.FORK], cells[engine.KERNEL], strict=True):
        assert forked == kernel
    assert reasons[engine.FORK] == reasons[engine.KERNEL]
    assert "ValueError: no way" in reasons[engine.FORK]
    assert cells[engine.FORK][-1][2] == [] and "error" in str(cells[engine.FORK][-2])


@needs_fork
def test_a_notebook_whose_process_dies_or_hangs_is_reported(tmp_path):
    dies = write(tmp_path, "dies", "import os\nos._exit(3)")
    assert "exit status 3" in engine.run(dies, tmp_path / "out.ipynb", {})
    hangs = write(tmp_path, "hangs", "import time\ntime.sleep(60)")
    with pytest.raises(engine.PapermillExecutionError, match="more than 1 seconds"):
        execute_notebook(
            hangs, tmp_path / "out.ipynb", engine_name=engine.FORK, execution_timeout=1, progress_bar=False, kernel_name="python3"
        )


@pytest.mark.parametrize("name", [engine.FORK, engine.KERNEL, None])
def test_parameter_names_are_no_way_to_run_code(tmp_path, name):
    source = write(tmp_path, "quiet", "greeting")
    target = tmp_path / "harm"
    evil = f"greeting = open({str(target)!r}, 'w'); x"
    with pytest.raises(UserError, match="no parameter"):
        engine.run(source, tmp_path / "out.ipynb", {evil: 1}, engine=name)
    if name:  # and so when papermill itself is told to use one of the engines
        with pytest.raises(UserError, match="no parameter"):
            execute_notebook(
                source, tmp_path / "out.ipynb", {evil: 1}, engine_name=name, progress_bar=False, kernel_name="python3", language="python"
            )
    assert not target.exists()


def test_importing_the_engine_costs_no_grammar_of_iris():
    code = (
        "import sys, samestory.report.render, jsonschema; assert 'rfc3987_syntax' not in sys.modules\n"
        "assert not jsonschema.Draft7Validator({'type': 'number'}).is_valid('x'); import rfc3987_syntax"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_failed_notebook_is_kept_with_its_traceback_and_the_rest_is_rendered(tmp_path, seed_analysis):
    good = write(tmp_path, "1-good", "print(greeting)", "#!See [the bad one](2-bad.ipynb) and [another](9-other.ipynb).")
    bad = write(tmp_path, "2-bad", "print('so far')", "1 / 0")
    torn = tmp_path / "3-torn.ipynb"
    torn.write_text("{not json")
    out = tmp_path / "report"
    failed = renders.render(seed_analysis, out=out, notebooks=[good, bad, torn], progress=False)
    assert [f["stage"] for f in failed] == ["notebook 2-bad", "notebook 3-torn"]
    assert "ZeroDivisionError" in failed[0]["reason"] and "\n" not in failed[0]["reason"]
    assert "hello" in (out / "1-good.html").read_text()
    assert "----> 1 1 / 0" in (out / "_failed" / "2-bad.txt").read_text()
    assert "so far" in (out / "_failed" / "2-bad.ipynb").read_text()
    assert sorted(f.name for f in (out / "_failed").iterdir()) == ["2-bad.ipynb", "2-bad.txt", "3-torn.txt"]
    assert "ZeroDivisionError" in (out / "2-bad.html").read_text() and "ZeroDivisionError" in (out / "index.html").read_text()
    assert "notebook 2-bad" in (out / "failures.csv").read_text()
    assert 'href="2-bad.html"' in (out / "1-good.html").read_text() and "9-other" not in (out / "1-good.html").read_text()


def test_jobs_give_the_same_report(tmp_path, seed_analysis):
    sources = [write(tmp_path, f"{n}-part", f"print({n} * 111)") for n in (1, 2, 3)]
    for jobs in (1, 2):
        renders.render(seed_analysis, out=tmp_path / f"r{jobs}", notebooks=sources, jobs=jobs, progress=False)
    one, two = ({f.name: f.read_text() for f in (tmp_path / f"r{jobs}").glob("*-part.html")} for jobs in (1, 2))
    assert one == two and "333" in one["3-part.html"]


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)> $\\frac{ [x](javascript:alert(3)) {{ 7 * 7 }} </title>"


def test_hostile_text_stays_text(tmp_path, seed_analysis):
    source = write(
        tmp_path,
        "1-hostile",
        f"#!## {HOSTILE}\n\n{HOSTILE}",
        f"import pandas as pd\nfrom samestory import evidence\ntext = {HOSTILE!r}",
        "evidence.table(pd.DataFrame({'said': [text, '=1+1']}), caption=text)",
        "evidence.note(text)",
        "pd.DataFrame({text: [text]})",
        "from IPython.display import HTML, Markdown, display\ndisplay(HTML(text), Markdown(text))",
        "print(text)\ntext",
    )
    out = tmp_path / "report"
    assert renders.render(seed_analysis, out=out, notebooks=[source], progress=False) == []
    page = (out / "1-hostile.html").read_text()
    assert not re.search(r"<\s*script|<img[^>]*onerror|href=\"javascript|</title>.*</title>", page, re.IGNORECASE | re.DOTALL)
    assert page.count("&lt;script&gt;") >= 8 and "\\frac{" in page and "7 * 7" in page
    assert "default-src 'none'" in page


def test_an_interrupted_run_leaves_the_old_report(tmp_path, seed_analysis, monkeypatch):
    source = write(tmp_path, "1-one", "print('first')")
    out = tmp_path / "report"
    renders.render(seed_analysis, out=out, notebooks=[source], progress=False)
    before = (out / "1-one.html").read_text()

    def interrupted(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(renders.pages, "index", interrupted)
    with pytest.raises(KeyboardInterrupt):
        renders.render(seed_analysis, out=out, notebooks=[source], progress=False)
    assert (out / "1-one.html").read_text() == before
    assert [f.name for f in tmp_path.iterdir() if f.name.startswith(".")] == []


def test_a_folder_with_other_things_in_it_is_not_replaced(tmp_path, seed_analysis):
    source = write(tmp_path, "1-one", "1")
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(UserError, match="not a report"):
        renders.render(seed_analysis, out=tmp_path, notebooks=[source], progress=False)
    assert (tmp_path / "thesis.txt").exists()


def test_unknown_notebooks_and_parameters_are_named(tmp_path, seed_analysis):
    with pytest.raises(UserError, match=r"no notebook '07-gossip'.*02-quotes"):
        renders.find_notebooks(["07-gossip"])
    assert [f.stem for f in renders.find_notebooks(["quotes", "00-story"])] == ["02-quotes", "00-story"]
    with pytest.raises(UserError, match="no notebook has a parameter 'colour'"):
        renders.render(
            seed_analysis, out=tmp_path / "r", notebooks=[write(tmp_path, "1", "1")], parameters={"colour": "red"}, progress=False
        )


def test_the_manifest_says_how_to_make_the_report_again(seed_report, seed_analysis):
    manifest = json.loads((seed_report / "manifest.json").read_text())
    assert set(manifest["texts"]) == set(seed_analysis.story.articles["article_id"])
    assert manifest["codebook"] == seed_analysis.story.codebook.digest() and manifest["model"] == seed_analysis.model
    assert manifest["versions"]["papermill"] and manifest["versions"]["python"]
    assert manifest["notebooks"][0]["name"] == "00-story" and not any(n["failed"] for n in manifest["notebooks"])
    assert manifest["notebooks"][0]["parameters"]["story"] == "../seeds" and manifest["finished"] >= manifest["started"]


def test_no_page_tells_where_on_this_machine_it_was_made(seed_report):
    home = str(pathlib.Path(__file__).resolve().parents[1])
    assert [f.name for f in seed_report.rglob("*") if f.suffix in (".html", ".json", ".csv") and home in f.read_text()] == []


def test_headings_stand_in_order_under_one_title():
    prose = convert.Prose(())
    prose.html("# Title\n\n#### deep\n\n# Second title\n\n## deep")
    assert [(h["level"], h["id"]) for h in prose.headings] == [(1, "title"), (2, "deep"), (2, "second-title"), (2, "deep-2")]
    assert "<h2" in convert.Prose(()).html("### No title before me")
