"""What many tests share: a parser of one text, and the five seed articles parsed once."""

import os
import pathlib

import pytest

from samestory import clean, parse, story

ROOT = pathlib.Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> pathlib.Path:
    return ROOT


@pytest.fixture(scope="session")
def article_of():
    """A function from a text to its Article, furniture blanked, parsed by the model."""

    def make(text: str, *, article_id: str = "x", published: str = "") -> parse.Article:
        doc = next(parse.parse([clean.blank(text, clean.furniture(text))]))
        return parse.Article(article_id, text, doc, published)

    return make


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
