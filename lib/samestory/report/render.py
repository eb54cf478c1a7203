"""A report: every notebook run for a story and turned into a page, a page for each article, an index, and how it was all made."""

import concurrent.futures
import contextlib
import dataclasses
import datetime
import logging
import multiprocessing
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping

import pandas as pd
from tqdm import tqdm

from samestory import analysis as analyses
from samestory import compare, evidence
from samestory.analysis import Analysis
from samestory.compare import frames
from samestory.errors import UserError
from samestory.report import convert, manifest, pages
from samestory.report import engine as engines

log = logging.getLogger("samestory")

BROWSERS = "chromium chromium-browser google-chrome google-chrome-stable chrome msedge".split()
MOST_FOR_SHEET = 200  # articles for which a report holds an empty coding sheet; nobody codes more by one sheet
LINK = re.compile(r"(article-[\w-]+\.html)#([a-z_]+)-(\d+)-(\d+)")


def render(
    analysis: Analysis,
    *,
    out: pathlib.Path,
    notebooks: Iterable[str | pathlib.Path] | None = None,
    outlets: Iterable[str] = (),
    moment: str = "",
    parameters: Mapping[str, object] | None = None,
    jobs: int = 1,
    pdf: bool = False,
    progress: bool = True,
    engine: str | None = None,
) -> list[dict]:
    """Write the report of a story to the folder `out`, whole or not at all; returns what failed (rows `article, stage, reason`).

    `analysis` is already limited to `outlets` and `moment`, which are handed to the notebooks that declare them, as `story` and
    further `parameters` are. notebooks: names ("02-quotes", "quotes") or files, all of the suite when None. engine: `kernel` for Jupyter
    kernels, otherwise forked processes where they can be had. A failed notebook is kept under `out/_failed` with its traceback while
    the rest goes on. An `out` that is neither empty nor an earlier report is a UserError.
    """
    out, started = pathlib.Path(out).absolute(), datetime.datetime.now(datetime.UTC)
    sources = find_notebooks(notebooks)
    browser = _browser() if pdf else ""
    _check_out(out)
    given = {"outlets": list(outlets), "moment": moment, **(parameters or {})}
    temporary = out.with_name(f".{out.name}.{os.getpid()}.unfinished")
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(parents=True)
    try:
        with _links_beside():
            failures, done = _write(analysis, temporary, sources, given, jobs=jobs, progress=progress, engine=engine, started=started)
        if browser:
            failures += _print(browser, temporary)
        everything = analysis.failures.to_dict("records") + failures
        if everything:
            analyses.write_table(pd.DataFrame(everything, columns=analyses.FAILURES), temporary / "failures.csv")
        manifest.write(analysis, temporary, given, started, done)
        _publish(temporary, out)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return failures


def find_notebooks(chosen: Iterable[str | pathlib.Path] | None = None) -> list[pathlib.Path]:
    """The suite's notebooks in their order, or the chosen ones, by file or by name with or without its number. Raises UserError."""
    folders = [pathlib.Path(__file__).resolve().parents[3] / "notebooks", pathlib.Path.cwd() / "notebooks"]
    suite = next((found for folder in folders if (found := sorted(folder.glob("[0-9]*.ipynb")))), [])
    if chosen is None:
        if not suite:
            raise UserError("no notebooks found; run in the project's folder or name them with --notebook FILE.ipynb")
        return suite
    files = []
    for name in map(str, chosen):
        matching = [f for f in suite if name.removesuffix(".ipynb") in (f.stem, f.stem.partition("-")[2])]
        if pathlib.Path(name).suffix == ".ipynb" and pathlib.Path(name).is_file():
            files.append(pathlib.Path(name).resolve())
        elif matching:
            files.append(matching[0])
        else:
            raise UserError(f"no notebook {name!r}; there are {', '.join(f.stem for f in suite) or 'none'}")
    return list(dict.fromkeys(files))


def _check_out(out: pathlib.Path) -> None:
    """A report replaces its folder, so refuse a folder that holds anything else."""
    if out.exists() and not out.is_dir():
        raise UserError(f"{out}: is a file; give a folder for the report with --out")
    if out.is_dir() and any(out.iterdir()) and not (out / "manifest.json").exists():
        raise UserError(f"{out}: holds something that is not a report of samestory; choose another folder with --out")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"{out.parent}: cannot be made ({error.strerror}); choose another folder with --out") from error
    if not os.access(out.parent, os.W_OK):
        raise UserError(f"{out.parent}: cannot be written; choose another folder with --out")


@contextlib.contextmanager
def _links_beside():
    """Let evidence link to article pages in the same folder, as they lie in a report (in JupyterLab they lie elsewhere)."""
    before = os.environ.get("SAMESTORY_LINKS")
    os.environ["SAMESTORY_LINKS"] = ""
    try:
        yield
    finally:
        if before is None:
            del os.environ["SAMESTORY_LINKS"]
        else:
            os.environ["SAMESTORY_LINKS"] = before


def _publish(temporary: pathlib.Path, out: pathlib.Path) -> None:
    """Put the finished report in the place of the old one, by two renames."""
    old = out.with_name(f".{out.name}.{os.getpid()}.old")
    if out.exists():
        out.rename(old)
    try:
        temporary.rename(out)
    except OSError:
        if old.exists():
            old.rename(out)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _write(analysis, out, sources, given, *, jobs, progress, engine, started) -> tuple[list[dict], list[dict]]:
    """All pages into `out`; what failed, and for each notebook what it was given and how long it took."""
    story = analysis.story
    parts = []
    for source in sources:
        title, question, known = _about(source)
        parts.append(
            {"name": source.stem, "file": f"{source.stem}.html", "title": title, "question": question, "known": known, "failed": False}
        )
        parts[-1]["short"] = convert.short(source.stem)
    _check_given(parts, given)
    site = {"name": story.name, "version": analyses.versions()["samestory"], "made": pages.day(f"{started:%Y-%m-%d}"), "notebooks": parts}
    tasks = [(str(s), str(out), _story_path(story.folder, s), given, engine, site) for s in sources]
    results: dict[str, dict] = {}
    (out / "_failed").mkdir()
    bar = tqdm(total=len(tasks), unit="notebook", disable=not (progress and sys.stderr.isatty()))
    with bar:
        for name, result in _run_all(tasks, jobs):
            results[name] = result
            bar.set_postfix_str(name)
            bar.update()
    failures = []
    for part in parts:
        result = results[part["name"]]
        if result["reason"]:
            part["failed"] = True
            log.warning("notebook %s failed: %s", part["name"], result["reason"].partition("\n")[0])
            failures.append({"article": "", "stage": f"notebook {part['name']}", "reason": result["reason"].partition("\n")[0]})
            _keep_failed(out, site, part, result["reason"])
    if not failures:
        (out / "_failed").rmdir()
    try:
        findings = compare.findings(analysis)
    except Exception as error:  # the pages stand without their summary; it is listed as failed
        log.debug("findings", exc_info=True)
        findings = []
        failures.append(_failure("", "findings", error))
    failures += _article_pages(analysis, out, site, [finding["href"] for finding in findings])
    if len(analysis.story.articles) <= MOST_FOR_SHEET:
        analysis = dataclasses.replace(analysis, tables={**analysis.tables, "frames_sheet": frames.sheet(analysis)})
    for format_ in ("parquet", "csv"):
        analyses.write_tables(analysis, out / "tables", format=format_)
    (out / "tables" / "failures.csv").unlink(missing_ok=True)
    everything = analysis.failures.to_dict("records") + failures
    only = " and ".join(filter(None, [", ".join(given["outlets"]), given["moment"] and f"the moment “{given['moment']}”"]))
    index = pages.index(analysis, site=site, findings=findings, failures=everything, made=manifest.summary(analysis, started), only=only)
    (out / "index.html").write_text(index, encoding="utf-8")
    done = [{"name": p["name"], **{k: results[p["name"]][k] for k in ("parameters", "seconds")}, "failed": p["failed"]} for p in parts]
    return failures, done


def _about(source: pathlib.Path) -> tuple[str, str, list[str]]:
    """Title, question and declared parameters of a notebook."""
    try:
        nb = engines.read(source)
        return *convert.opening(nb, source.stem), sorted(engines.declared(nb))
    except UserError:
        return convert.short(source.stem), "", []  # running it will say what is wrong with it


def _check_given(parts: list[dict], given: Mapping[str, object]) -> None:
    for name in given:
        if name not in ("outlets", "moment") and not any(name in part["known"] for part in parts):
            declared = sorted({known for part in parts for known in part["known"]})
            raise UserError(f"no notebook has a parameter {name!r}; there are {', '.join(declared) or 'none'}")


def _story_path(story: pathlib.Path, notebook: pathlib.Path) -> str:
    """The story as the notebook finds it from its own folder, so that no report tells where on a disk it was made."""
    try:
        return pathlib.Path(os.path.relpath(story.resolve(), notebook.parent.resolve())).as_posix()
    except ValueError:  # another drive of Windows
        return str(story.resolve())


def _run_all(tasks: list[tuple], jobs: int):
    """Run the notebooks, `jobs` at a time; yields (name, result) as they finish."""
    if engines.can_fork():
        engines.warm()
    if jobs <= 1 or len(tasks) <= 1:
        for task in tasks:
            yield pathlib.Path(task[0]).stem, run_one(*task)
        return
    context = multiprocessing.get_context("fork" if engines.can_fork() else "spawn")
    with concurrent.futures.ProcessPoolExecutor(min(jobs, len(tasks)), mp_context=context) as pool:
        futures = {pool.submit(run_one, *task): pathlib.Path(task[0]).stem for task in tasks}
        for future in concurrent.futures.as_completed(futures):
            try:
                yield futures[future], future.result()
            except concurrent.futures.process.BrokenProcessPool as error:
                yield futures[future], {"reason": f"its process was ended from outside ({error})", "parameters": {}, "seconds": 0.0}


def run_one(source: str, out: str, story: str, given: Mapping[str, object], which: str | None, site: Mapping) -> dict:
    """Run one notebook and write its page; returns `reason` (empty, or why it failed, with the traceback), `parameters`, `seconds`."""
    file, folder, began = pathlib.Path(source), pathlib.Path(out), time.perf_counter()
    made = folder / "_failed" / file.name
    parameters: dict[str, object] = {}
    try:
        known = engines.declared(engines.read(file))
        parameters = {name: value for name, value in {"story": story, **given}.items() if name in known}
        reason = engines.run(file, made, parameters, engine="kernel" if which == "kernel" else None)
        if not reason:
            _page(engines.read(made), folder, file.stem, site)
            made.unlink()
    except Exception as error:  # whatever a notebook does, the others go on; the reason is kept and reported
        log.debug("notebook %s", file.stem, exc_info=True)
        reason = f"{type(error).__name__}: {error}" if not isinstance(error, UserError) else str(error)
    return {"reason": reason, "parameters": parameters, "seconds": round(time.perf_counter() - began, 3)}


def _page(nb, folder: pathlib.Path, name: str, site: Mapping) -> None:
    names = [part["name"] for part in site["notebooks"]]
    at = names.index(name)
    body = convert.body(nb, names=names)
    around = [site["notebooks"][i] if 0 <= i < len(names) else None for i in (at - 1, at + 1)]
    heading = site["notebooks"][at]["title"]
    page = evidence.page(
        "notebook.html.j2",
        site=site,
        here=f"{name}.html",
        title=f"{heading} · {site['name']}",
        heading=heading,
        body=body.html,
        toc=body.toc,
        has_title=body.has_title,
        before=around[0],
        after=around[1],
    )
    (folder / f"{name}.html").write_text(page, encoding="utf-8")


def _keep_failed(out: pathlib.Path, site: Mapping, part: Mapping, reason: str) -> None:
    """Under `_failed`: the notebook up to the error (papermill wrote it) and the traceback; in its place a page that says so."""
    (out / "_failed" / f"{part['name']}.txt").write_text(reason + "\n", encoding="utf-8", errors="replace")
    kept = f"_failed/{part['name']}.ipynb" if (out / "_failed" / f"{part['name']}.ipynb").exists() else f"_failed/{part['name']}.txt"
    title = f"{part['title']} · {site['name']}"
    page = evidence.page("failed.html.j2", site=site, here=part["file"], title=title, heading=part["title"], kept=kept, reason=reason)
    (out / part["file"]).write_text(page, encoding="utf-8", errors="replace")


def _article_pages(analysis: Analysis, out: pathlib.Path, site: Mapping, links: list[str]) -> list[dict]:
    """A page for each article, with an address for every place that a notebook's page or one of `links` leads to."""
    linked: dict[str, set[tuple[str, int, int]]] = {}
    for text in (*links, *((out / part["file"]).read_text(encoding="utf-8") for part in site["notebooks"])):
        for file, table, start, end in LINK.findall(text):
            linked.setdefault(file, set()).add((table, int(start), int(end)))
    failures = []
    for article_id in analysis.story.articles["article_id"]:
        file = evidence.article_file(article_id)
        try:
            page = pages.article(analysis, article_id, site=site, also=sorted(linked.get(file, ())))
            (out / file).write_text(page, encoding="utf-8", errors="replace")
        except Exception as error:  # one article's page never stops the others; it is listed as failed
            log.debug("page of article %s", article_id, exc_info=True)
            failures.append(_failure(article_id, "page", error))
    return failures


def _failure(article: str, stage: str, error: Exception) -> dict:
    reason = f"{type(error).__name__}: {error}"
    log.warning("%s: %s", f"{stage} of article {article}" if article else stage, reason)
    return {"article": article, "stage": stage, "reason": reason}


def _browser() -> str:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        raise UserError(f"--pdf needs Chromium and there is none ({', '.join(BROWSERS)}); print the pages from your browser instead")
    return found


def _print(browser: str, out: pathlib.Path) -> list[dict]:
    """Print every page to PDF beside it; rows for those that could not be."""
    failures = []
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []  # as root Chromium starts only without
    for file in sorted(out.glob("*.html")):
        target = file.with_suffix(".pdf")
        command = [browser, "--headless", *sandbox, "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={target}", file.as_uri()]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=120)
            if not target.exists():
                raise OSError("Chromium wrote no file")
        except (OSError, subprocess.SubprocessError) as error:
            failures.append(_failure("", f"pdf of {file.name}", error))
    return failures
