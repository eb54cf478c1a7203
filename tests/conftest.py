"""What many tests share: a parser of one text, and the five seed articles parsed once."""

import importlib.util
import itertools
import os
import pathlib
import sys

import pytest
import spacy

from samestory import clean, codebook, parse, story
from samestory.quotes import statements

ROOT = pathlib.Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> pathlib.Path:
    return ROOT


@pytest.fixture(scope="session")
def bench_script():
    """A function from the name of a script in `bench/` to its module."""

    def load(name: str):
        spec = importlib.util.spec_from_file_location(f"bench_{name}", ROOT / "bench" / f"{name}.py")
        module = importlib.util.module_from_spec(spec)
        sys.path.insert(0, str(ROOT / "bench"))  # as Python does when it runs a script
        try:
            spec.loader.exec_module(module)
        finally:
            sys.path.remove(str(ROOT / "bench"))
        return module

    return load


@pytest.fixture(scope="session")
def article_of():
    """A function from a text to its Article, furniture blanked, parsed by the model."""

    def make(text: str, *, article_id: str = "x", published: str = "") -> parse.Article:
        doc = next(parse.parse([clean.blank(text, clean.furniture(text))]))
        return parse.Article(article_id, text, doc, published)

    return make


@pytest.fixture(scope="session")
def rules_only():
    """A function from a text to its Article as it is without a model: words and sentences, no parse."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("samestory_paragraphs")
    return lambda text: parse.Article("x", text, next(parse.parse([clean.blank(text, [])], nlp=nlp)))


@pytest.fixture(scope="session")
def find(article_of):
    """A function from a text to its rows, without a codebook."""
    return lambda text: statements.find(article_of(text), codebook.empty())


@pytest.fixture(scope="session")
def said(find):
    """A function from a text to `(speaker, cue, [parts])` of each quote in it."""

    def read(text):
        groups = [list(rows) for _, rows in itertools.groupby(find(text), key=lambda r: r["quote_id"])]
        return [(g[0]["speaker"], g[0]["cue"], [r["text"] for r in g]) for g in groups]

    return read


@pytest.fixture(scope="session")
def scare(article_of):
    """A function from a text to the words that it sets in marks of its own."""

    def read(text):
        article = article_of(text)
        return [r["text"] for r in statements.scare(article, statements.find(article, codebook.empty()))]

    return read


@pytest.fixture(scope="session")
def seeds() -> story.Story:
    return story.read_story(ROOT / "seeds")


@pytest.fixture(scope="session")
def seed_articles(seeds, article_of) -> dict[str, parse.Article]:
    return {r.article_id: article_of(r.text, article_id=r.article_id, published=r.published) for r in seeds.articles.itertuples()}


@pytest.fixture(scope="session")
def seed_analysis(seeds, tmp_path_factory):
    """The seeds analysed once, with a cache of the tests' own that notebooks use too."""
    from samestory.analysis import analyse

    patch = pytest.MonkeyPatch()
    if "SAMESTORY_CACHE" not in os.environ:
        patch.setenv("SAMESTORY_CACHE", str(tmp_path_factory.mktemp("cache")))
    yield analyse(seeds)
    patch.undo()


@pytest.fixture(scope="session")
def seed_report(seed_analysis, tmp_path_factory) -> pathlib.Path:
    """The whole report of the seeds, rendered once; tests read it and leave it as it is."""
    from samestory.report.render import render

    out = tmp_path_factory.mktemp("reports") / "seeds"
    failed = render(seed_analysis, out=out, progress=False)
    assert not failed, failed
    return out
