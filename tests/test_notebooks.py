"""Notebooks hold prose and calls, no output and no logic, and open and close as the house does."""

import ast
import json

import pytest

NOTEBOOKS = ["00-story", "01-framing", "02-quotes", "03-casualties", "04-sentiment", "05-comparison", "06-limits"]


@pytest.fixture(params=NOTEBOOKS)
def notebook(request, root):
    return json.loads((root / "notebooks" / f"{request.param}.ipynb").read_text(encoding="utf-8"))


def code_of(notebook):
    return ["".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "code"]


def test_the_notebooks_are_those_the_readme_names(root):
    assert sorted(p.stem for p in (root / "notebooks").glob("*.ipynb")) == NOTEBOOKS


def test_no_output_is_committed(notebook):
    assert all(not c["outputs"] and c["execution_count"] is None for c in notebook["cells"] if c["cell_type"] == "code")


def test_each_opens_with_its_question_and_one_parameters_cell(notebook):
    first, second = notebook["cells"][:2]
    assert first["cell_type"] == "markdown" and first["source"][0].startswith("# ") and first["source"][0].strip().endswith("?")
    tagged = [c for c in notebook["cells"] if "parameters" in c["metadata"].get("tags", [])]
    assert tagged == [second]
    given = {t.id for node in ast.parse(code_of(notebook)[0]).body for t in node.targets}
    some = {"convention": "convention=convention", "deeds": "chosen=deeds", "across_moments": "across_moments=across_moments"}
    assert given - some.keys() == {"story", "columns", "outlets", "moment", "seed"}
    for name, use in some.items():  # declared where it is used, and used where it is declared
        assert (name in given) == (use in "".join(code_of(notebook)[1:])), name


def test_each_closes_with_what_it_cannot_tell(notebook):
    headings = [line.strip() for c in notebook["cells"] if c["cell_type"] == "markdown" for line in c["source"] if line.startswith("## ")]
    assert any(h in ("## What this notebook cannot tell", "## What a handful of texts cannot carry") for h in headings[-2:])


def test_code_cells_are_calls_without_logic(notebook):
    logic = (ast.For, ast.While, ast.If, ast.IfExp, ast.FunctionDef, ast.Lambda, ast.ListComp, ast.DictComp, ast.Try, ast.With)
    for cell in code_of(notebook)[1:]:
        found = [type(n).__name__ for n in ast.walk(ast.parse(cell)) if isinstance(n, logic)]
        assert not found, f"{found} in: {cell}"


def test_most_of_a_notebook_is_prose(notebook):
    words = sum(len("".join(c["source"]).split()) for c in notebook["cells"] if c["cell_type"] == "markdown")
    assert words > 120
