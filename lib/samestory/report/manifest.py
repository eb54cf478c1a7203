"""How a report was made: digests of what went in, versions, parameters, times."""

import datetime
import hashlib
import json
import pathlib
from collections.abc import Mapping

from samestory import analysis as analyses
from samestory.analysis import Analysis
from samestory.report import pages


def summary(analysis: Analysis, started: datetime.datetime) -> list[tuple[str, str]]:
    """How a report was made, in a few words for its index: (name, value)."""
    versions = analyses.versions()
    model = "none: rules alone" if analysis.model == "rules" else f"en_core_web_sm 3.8.0, weights {analysis.model}"
    packages = ", ".join(f"{name} {versions[name]}" for name in ("spacy", "textblob", "vaderSentiment", "pandas", "papermill", "nbconvert"))
    return [
        ("Made", f"{pages.day(f'{started:%Y-%m-%d}')}, {started:%H:%M} UTC"),
        ("By", f"samestory {versions['samestory']} on Python {versions['python']}"),
        ("Language model", model),
        ("Packages", packages),
        ("Codebook", f"SHA-256 {analysis.story.codebook.digest()[:16]} …"),
    ]


def write(analysis: Analysis, out: pathlib.Path, given: Mapping, started: datetime.datetime, notebooks: list[dict]) -> None:
    """Write manifest.json: what a reader needs to make the same report again, and to tell whether it is the same."""
    articles = analysis.story.articles
    digests = {
        a: hashlib.sha256(t.encode("utf-8", "surrogatepass")).hexdigest()
        for a, t in zip(articles["article_id"], articles["text"], strict=True)
    }
    finished = datetime.datetime.now(datetime.UTC)
    content = {
        "samestory": analyses.versions()["samestory"],
        "story": analysis.story.name,
        "parameters": dict(given),
        "started": started.isoformat(timespec="seconds"),
        "finished": finished.isoformat(timespec="seconds"),
        "seconds": round((finished - started).total_seconds(), 1),
        "versions": analyses.versions(),
        "model": analysis.model,
        "code": analyses.code_digest(),
        "codebook": analysis.story.codebook.digest(),
        "texts": digests,
        "notebooks": notebooks,
        "pages": {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in sorted(out.glob("*.html"))},
    }
    (out / "manifest.json").write_text(json.dumps(content, indent=1, ensure_ascii=False, default=str) + "\n", encoding="utf-8")
