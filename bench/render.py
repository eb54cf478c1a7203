"""What does a report cost? CPU time of `samestory render` against papermill and nbconvert run on one notebook after another.

    python bench/render.py [STORY]

Both run once before, so that parses, results and byte code are kept for both; children are included. Needs nothing but the project's
own environment. Adds its figures to docs/performance.csv (date, command, figure, unit, note).
"""

import csv
import datetime
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
TARGET = 0.4


def cost(commands: list[list[str]], folder: pathlib.Path) -> tuple[float, float]:
    """CPU seconds (user and system, all children) and wall-clock seconds of commands run one after another in `folder`."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    for command in commands:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"failed: {' '.join(command)}\n{done.stderr[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, time.perf_counter() - began


def main(story: str) -> None:
    with tempfile.TemporaryDirectory() as made:
        os.environ.setdefault("SAMESTORY_CACHE", str(pathlib.Path(made) / "cache"))
        ours = [[sys.executable, "-m", "samestory", "render", story, "--out", str(pathlib.Path(made) / "report")]]
        apart = []
        for file in NOTEBOOKS:
            run = str(pathlib.Path(made) / file.name)
            apart.append(
                [sys.executable, "-m", "papermill", "--no-progress-bar", str(file), run, "-r", "story", os.path.relpath(story, file.parent)]
            )
            apart.append([sys.executable, "-m", "nbconvert", "--to", "html", run])
        cost(ours, ROOT)
        cost(apart[:2], ROOT / "notebooks")
        one, one_wall = cost(ours, ROOT)
        each, each_wall = cost(apart, ROOT / "notebooks")
    ratio = one / each
    note = f"{len(NOTEBOOKS)} notebooks, {os.cpu_count()} cores, Python {sys.version.split()[0]}"
    name = pathlib.Path(story).name
    rows = [
        (f"samestory render {name}", f"{one:.1f}", "CPU s", note),
        (f"samestory render {name}", f"{one_wall:.1f}", "s", note),
        (f"papermill and nbconvert, one notebook after another, {name}", f"{each:.1f}", "CPU s", note),
        (f"papermill and nbconvert, one notebook after another, {name}", f"{each_wall:.1f}", "s", note),
        (f"ratio of CPU time, render to one after another, {name}", f"{ratio:.2f}", "", f"target at most {TARGET}"),
    ]
    record(rows)
    for command, figure, unit, _ in rows:
        print(f"{figure:>8} {unit:6} {command}")
    sys.exit(0 if ratio <= TARGET else 1)


def record(rows: list[tuple[str, str, str, str]]) -> None:
    """Add figures of today to docs/performance.csv, in the place of earlier ones of the same day and command."""
    file, today = ROOT / "docs" / "performance.csv", datetime.date.today().isoformat()
    kept = []
    if file.exists():
        with file.open(newline="", encoding="utf-8") as old:
            kept = [row for row in list(csv.reader(old))[1:] if (row[0], row[1], row[3]) not in {(today, c, u) for c, _, u, _ in rows}]
    with file.open("w", newline="", encoding="utf-8") as new:
        writer = csv.writer(new, lineterminator="\n")
        writer.writerow(["date", "command", "figure", "unit", "note"])
        writer.writerows([*kept, *((today, *row) for row in rows)])


if __name__ == "__main__":
    main(str(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "seeds").resolve()))
