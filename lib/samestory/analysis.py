"""The one analysis pass: every article once through every analysis, in chunks that are kept, so that a run can be resumed."""

import concurrent.futures
import dataclasses
import functools
import hashlib
import importlib.metadata
import json
import logging
import multiprocessing
import os
import pathlib
import shutil
import sys
import tempfile
from collections.abc import Callable

import pandas as pd
import spacy
from tqdm import tqdm

from samestory import clean, coding, parse, schema, sentiment
from samestory.casualties import align, figures, tolls
from samestory.codebook import Codebook
from samestory.errors import UserError
from samestory.framing import actions, actors, facts, labels, loaded, suggestions
from samestory.quotes import statements
from samestory.quotes.voice import Voices
from samestory.sentiment import classifier
from samestory.story import Story

log = logging.getLogger("samestory")

CHUNK = 200
MOST_FOR_PROPOSALS = 500  # articles; beyond, proposals are made only when asked for
PER_ARTICLE = tuple("furniture sentences stretches quotes figures victims tolls labels actions targets loaded scare drivers".split())
FAILURES = ["article", "stage", "reason"]


@dataclasses.dataclass(frozen=True)
class Analysis:
    """A story and what was found in it: `tables` by name, as in `schema.TABLES`; `failures` with `article, stage, reason`."""

    story: Story
    tables: dict[str, pd.DataFrame]
    failures: pd.DataFrame
    model: str

    def table(self, name: str) -> pd.DataFrame:
        """Table `name` with each article's `outlet` and `moment` put in front."""
        about = self.story.articles[["article_id", "outlet", "moment"]]
        return about.merge(self.tables[name], on="article_id", how="inner") if name != "articles" else self.tables[name]

    def choose(self, *, outlets=(), moment: str = "") -> "Analysis":
        """The same analysis for some outlets or one moment only; unknown names are a UserError."""
        story = self.story.choose(outlets=outlets, moment=moment)
        kept = set(story.articles["article_id"])
        tables = {n: t[t["article_id"].isin(kept)].reset_index(drop=True) if "article_id" in t else t for n, t in self.tables.items()}
        return dataclasses.replace(self, story=story, tables=tables)


def cache_folder() -> pathlib.Path:
    """Where parses and results are kept: $SAMESTORY_CACHE, else the user's cache folder."""
    if named := os.environ.get("SAMESTORY_CACHE"):
        return pathlib.Path(named)
    base = os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache"
    return pathlib.Path(base) / "samestory"


@functools.cache
def code_digest() -> str:
    """Digest of this library's code and word lists: results of another version are never reused."""
    folder = pathlib.Path(__file__).parent
    digest = hashlib.sha256()
    for file in sorted([*folder.rglob("*.py"), *folder.glob("data/*")]):
        digest.update(file.relative_to(folder).as_posix().encode() + file.read_bytes())
    for package in ("spacy", "textblob", "vaderSentiment"):
        digest.update(importlib.metadata.version(package).encode())
    digest.update(classifier.version().encode())
    return digest.hexdigest()[:16]


def analyse(
    story: Story,
    *,
    cache: pathlib.Path | None = None,
    jobs: int = 1,
    progress: bool = False,
    suggest_actors: bool = False,
    convention: str = "samestory",
) -> Analysis:
    """Run every analysis on every article of a story; `convention`: how tolls are counted (`casualties.tolls.conventions`).

    One failed stage of one article is logged, listed in `failures`, and leaves that article's rows of that table out; the rest goes on.
    Chunks of 200 articles are kept in `cache` as they are done, by content, code and model, so an interrupted run resumes.
    """
    folder = _usable(cache or cache_folder())
    nlp = parse.load_model()
    tolls.named_convention(convention)  # an unknown one is said before the work begins
    key = hashlib.sha256(f"{code_digest()} {nlp.meta['samestory']} {story.codebook.digest()} {convention}".encode()).hexdigest()[:24]
    results = folder / "results" / key
    results.mkdir(parents=True, exist_ok=True)
    tasks = []
    for first in range(0, len(story.articles), CHUNK):
        rows = story.articles.iloc[first : first + CHUNK].to_dict("records")
        name = hashlib.sha256(json.dumps(rows, default=str, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()[:24]
        tasks.append((rows, story.codebook, results / name, folder, convention))
    waiting = [task for task in tasks if not (task[2] / "failures.parquet").exists()]
    bar = tqdm(total=len(tasks), initial=len(tasks) - len(waiting), unit="chunk", disable=not (progress and sys.stderr.isatty()))
    with bar:
        _run(waiting, jobs, bar.update)
    read = [{n: pd.read_parquet(t[2] / f"{n}.parquet") for n in (*PER_ARTICLE, "failures")} for t in tasks]
    tables = {n: pd.concat([part[n] for part in read], ignore_index=True) for n in (*PER_ARTICLE, "failures")}
    failures = pd.concat([story.faults, tables.pop("failures")], ignore_index=True)
    tables["sentences"]["loaded_score"] = loaded.score(tables["sentences"])
    tables["figures"] = align.align(tables["figures"])
    tables["facts"], lost = facts.states(story)
    tables["coding"], misread = coding.read(story)
    tables["articles"] = _articles(story, tables["furniture"])
    failures = pd.concat([failures, lost, misread], ignore_index=True)[FAILURES]
    if suggest_actors:
        proposal = actors.propose(articles(story, cache=folder))
        tables["actors"] = schema.frame("actors", proposal.actors)
        tables["actor_links"] = schema.frame("actor_links", proposal.links)
        tables["suggested_labels"] = suggestions.labels(tables["actors"], story.articles)
    return Analysis(story, tables, failures, nlp.meta["samestory"])


def needs_proposals(story: Story) -> bool:
    """Has this story no labels yet, and few enough articles that a report proposes actors by itself?"""
    return story.codebook.labels.empty and len(story.articles) <= MOST_FOR_PROPOSALS


def articles(story: Story, *, cache: pathlib.Path | None = None) -> list[parse.Article]:
    """The parsed articles of a story, from the cache where they are there."""
    nlp = parse.load_model()
    return _parsed(story.articles.to_dict("records"), parse.ParseCache(_usable(cache or cache_folder()), nlp))[0]


def _usable(folder: pathlib.Path) -> pathlib.Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError as error:
        other = pathlib.Path(tempfile.gettempdir()) / f"samestory-cache-{os.getuid() if hasattr(os, 'getuid') else 'user'}"
        if folder == other:
            raise UserError(f"{folder}: cannot be written ({error}); set SAMESTORY_CACHE to a folder that can") from error
        log.warning("the cache folder cannot be written (%s); using %s", error, other)
        return _usable(other)


def _run(tasks: list[tuple], jobs: int, done: Callable[[], object]) -> None:
    if jobs <= 1 or len(tasks) <= 1:
        for task in tasks:
            analyse_chunk(*task)
            done()
        return
    # spawn, not fork: libraries with threads of their own do not survive a fork; and a killed worker is an error, not a hang.
    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(jobs, mp_context=context) as pool:
        for future in concurrent.futures.as_completed([pool.submit(analyse_chunk, *task) for task in tasks]):
            future.result()
            done()


def analyse_chunk(rows: list[dict], book: Codebook, out: pathlib.Path, cache: pathlib.Path, convention: str) -> None:
    """Analyse some articles and write their tables as Parquet files to the folder `out`, whole or not at all."""
    found: dict[str, list[dict]] = {name: [] for name in PER_ARTICLE}
    parsed, failures = _parsed(rows, parse.ParseCache(cache, parse.load_model()))
    for article in parsed:
        tables, faults = analyse_article(article, book, convention=convention)
        for name, table_rows in tables.items():
            found[name] += [{"article_id": article.article_id, **row} for row in table_rows]
        failures += faults
    temporary = pathlib.Path(tempfile.mkdtemp(dir=out.parent))
    for name, table_rows in found.items():
        schema.frame(name, table_rows).to_parquet(temporary / f"{name}.parquet", index=False)
    pd.DataFrame(failures, columns=FAILURES, dtype="string").to_parquet(temporary / "failures.parquet", index=False)
    shutil.rmtree(out, ignore_errors=True)
    try:
        temporary.rename(out)
    except OSError:  # another process was quicker with the same chunk
        shutil.rmtree(temporary)
        if not (out / "failures.parquet").exists():
            raise


def _parsed(rows: list[dict], cache: parse.ParseCache) -> tuple[list[parse.Article], list[dict]]:
    """Articles with their parses; one too long for the parser fails alone."""
    kept, failures = [], []
    for row in rows:
        if len(row["text"]) > cache.nlp.max_length:
            reason = f"{len(row['text']):,} characters are more than the parser takes ({cache.nlp.max_length:,}); split the text"
            failures.append(_failure(row["article_id"], "parse", reason))
        else:
            kept.append(row)
    texts = [clean.blank(row["text"], clean.furniture(row["text"])) for row in kept]
    return [
        parse.Article(row["article_id"], row["text"], doc, row["published"], _target(row), text)
        for row, text, doc in zip(kept, texts, cache.docs(texts), strict=True)
    ], failures


def _target(row: dict) -> tuple[int, int] | None:
    start, end = row.get("target_start"), row.get("target_end")
    given = pd.notna(start) and pd.notna(end) and start != "" and end != ""
    return (int(float(start)), int(float(end))) if given else None  # a spreadsheet writes 5.0


def _failure(article_id: str, stage: str, reason: str) -> dict:
    log.warning("article %s: %s: %s", article_id, stage, reason)
    return {"article": article_id, "stage": stage, "reason": reason}


def analyse_article(article: parse.Article, book: Codebook, *, convention: str = "samestory") -> tuple[dict[str, list[dict]], list[dict]]:
    """All per-article tables of one article (rows without `article_id`), and its failures."""
    tables: dict[str, list[dict]] = {name: [] for name in PER_ARTICLE}
    failures: list[dict] = []

    def stage(name: str, work: Callable[[], list[dict]]) -> None:
        try:
            tables[name] = work()
        except Exception as error:  # one bad article never stops the rest; it is listed with what went wrong
            log.debug("article %s: %s", article.article_id, name, exc_info=True)
            failures.append(_failure(article.article_id, name, f"{type(error).__name__}: {error}"))

    stage("furniture", lambda: clean.furniture(article.text))
    stage("quotes", lambda: statements.find(article, book))
    stage("scare", lambda: statements.scare(article, tables["quotes"]))
    voices = Voices(article, tables["quotes"])
    stage("sentences", lambda: [s | p for s, p in zip(sentiment.sentences(article, voices), loaded.parts(article), strict=True)])
    stage("stretches", lambda: sentiment.stretches(article, voices, tables["scare"]))
    stage("figures", lambda: figures.mentions(article, tables["quotes"]))
    stage("tolls", lambda: tolls.tolls(tables["figures"], convention=convention))
    stage("figures", lambda: tolls.mark(tables["figures"], convention=convention))
    # Victims without a number ("a woman was killed") count in the tolls but are no figures.
    tables["victims"] = [row for row in tables["figures"] if row["implied"]]
    tables["figures"] = [{**row, "voice": voices.mention(row["start"], row["end"])} for row in tables["figures"] if not row["implied"]]
    stage("labels", lambda: labels.find(article, book, voices))
    stage("actions", lambda: actions.find(article, tables["labels"], voices))
    stage("loaded", lambda: loaded.loaded(article, voices))
    stage("drivers", lambda: sentiment.driver_words(article))
    stage("targets", lambda: sentiment.targets(article, tables["labels"], voices))
    return tables, failures


def _articles(story: Story, furniture: pd.DataFrame) -> pd.DataFrame:
    rows = story.articles.to_dict("records")
    pieces = {a: g.to_dict("records") for a, g in furniture.groupby("article_id")}
    for row in rows:
        text = clean.blank(row["text"], pieces.get(row["article_id"], []))
        row["words"] = sum(any(c.isalnum() for c in word) for word in text.split())
    return schema.frame("articles", rows)


def write_tables(analysis: Analysis, out: pathlib.Path, *, format: str = "parquet") -> None:
    """Write every table (and `failures.csv` if anything failed) to the folder `out`, each under a temporary name and renamed."""
    out.mkdir(parents=True, exist_ok=True)
    for name, table in analysis.tables.items():
        write_table(table, out / f"{name}.{format}")
    if "suggested_labels" in analysis.tables:  # for a person to fill in with a spreadsheet, whatever the other tables are written as
        write_table(analysis.tables["suggested_labels"], out / "suggested_labels.csv")
    stale = out / "failures.csv"
    stale.unlink(missing_ok=True)
    if len(analysis.failures):
        write_table(analysis.failures, stale)


def write_table(table: pd.DataFrame, file: pathlib.Path) -> None:
    """Write one table as Parquet, CSV or JSON Lines, by the ending of `file`."""
    temporary = file.with_name(f".{file.name}.part")
    if file.suffix == ".parquet":
        table.to_parquet(temporary, index=False)
    elif file.suffix == ".csv":
        table.to_csv(temporary, index=False, encoding="utf-8", lineterminator="\n")
    else:
        table.to_json(temporary, orient="records", lines=True, force_ascii=False)
    temporary.replace(file)


def versions() -> dict[str, str]:
    """The versions that decide what the tables hold."""
    packages = ("samestory", "pandas", "numpy", "spacy", "textblob", "vaderSentiment", "nltk", "matplotlib", "papermill", "nbconvert")
    own = {"python": sys.version.split()[0], "spacy_core": spacy.__version__, "classifier": classifier.version()}
    return own | {p: importlib.metadata.version(p) for p in packages}
