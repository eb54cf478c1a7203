"""How well is tone towards an actor read? Every method of the table `targets`, measured on sentences that people labelled.

    python bench/sentiment.py --data DIR [--every K [--rest]] [--held-out] [--jobs N] [--errors N]
    python bench/sentiment.py --gold FILE [...]

DIR holds `train.jsonl` or `train.jsonl.gz`: UTF-8, one JSON object a line, with `article_id`, `text`, `start` and `end` of a target (code
points from 0, end exclusive) and its `polarity`, -1, 0 or 1. It is the train part of NewsMTSC (Hamborg & Donnay 2021), one row a target; a
sentence with several targets comes once for each. Its texts are not ours to pass on. --gold measures another file of the same form, or a
CSV file with these columns. --every 8 takes every eighth row, --rest all others; --held-out takes the targets of sentences that nothing
was trained on (`held_out.py`).

Each row goes to the suite as one article of a story table with `target_start` and `target_end`, and through the whole analysis; what is
printed comes from its table `targets`: labels as they stand there, and for scores of whole sentences cut at -0.05 and 0.05 too. In %, f1m:
mean F1 of negative, neutral and positive; f1pn: of negative and positive; a: accuracy; flip: positive called negative or the reverse;
mixed: f1m in sentences whose targets differ, where one score a sentence cannot be right. 95 %: bootstrap over sentences, all targets of
one drawn together, 300 times. A target without a row is wrong.
The thresholds of all methods were chosen on this train part, the classifier learned from all of it that is not held out, and the rules
were corrected by reading errors in half of it: only the held-out part is new to the classifier, and nothing here is new to the thresholds.
"""

import argparse
import collections
import csv
import json
import pathlib
import random
import sys
import tempfile

import datafiles
import numpy as np
import pandas as pd
from held_out import held_out

from samestory import analysis
from samestory.errors import UserError
from samestory.sentiment import classifier
from samestory.story import read_story

CLASSES = {"negative": -1, "neutral": 0, "positive": 1}
KEYS = ("article_id", "text", "start", "end", "polarity")
ORDER = ("textblob", "vader", "opinion", "vader_clause", "rules", "classifier")
SENTENCE = ORDER[:3]  # take no notice of the target
CUT = 0.05  # where the notebooks cut the scores of sentences, as the authors of VADER propose
DRAWS = 300
NO_ROW = 2  # stands for the label of a target without one
MEASURES = ("f1m", "f1pn", "a", "flip")


def checked(row: object) -> dict:
    """A labelled target as it should be, else a ValueError."""
    row = datafiles.checked_text(row, KEYS)
    row = {key: row[key] for key in KEYS} | {key: int(row[key]) for key in ("start", "end", "polarity")}
    if not 0 <= row["start"] < row["end"] <= len(row["text"]):
        raise ValueError(f"target [{row['start']}, {row['end']}) is outside the text")
    if row["polarity"] not in CLASSES.values():
        raise ValueError(f"polarity is {row['polarity']}, not -1, 0 or 1")
    return row


def read(folder: pathlib.Path | None, file: pathlib.Path | None) -> list[dict]:
    """The labelled targets of `train` in a folder, or of a file (`.jsonl`, `.jsonl.gz`, `.csv`)."""
    if file is None:
        return datafiles.read(folder, "train", checked)
    if file.suffix != ".csv":
        return datafiles.read(file.parent, file.name.removesuffix(".gz").removesuffix(".jsonl"), checked)
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            rows = [checked(row) for row in csv.DictReader(lines)]
    except (OSError, ValueError, TypeError) as error:
        raise UserError(f"{file}: {type(error).__name__}: {error}") from error
    if not rows:
        raise UserError(f"{file}: no targets in it")
    return rows


def analysed(gold: list[dict], *, jobs: int) -> pd.DataFrame:
    """Table `targets` of the labelled targets, each an article of its own; `article_id` is the number of the row."""
    with tempfile.TemporaryDirectory() as folder:
        table = pathlib.Path(folder) / "targets.jsonl"
        with table.open("w", encoding="utf-8") as lines:
            for number, row in enumerate(gold):
                article = {"article_id": str(number), "outlet": "labelled", "text": row["text"]}
                lines.write(json.dumps(article | {"target_start": row["start"], "target_end": row["end"]}) + "\n")
        return analysis.analyse(read_story(table), jobs=jobs, progress=True).tables["targets"]


def answers(table: pd.DataFrame, method: str, count: int, *, cut: float | None = None) -> list[int]:
    """The class a method gives each labelled target, NO_ROW where it gives none; `cut`: by the score instead, cut at -cut and cut."""
    rows = table[table["method"] == method]
    said = rows["label"].map(CLASSES) if cut is None else (rows["score"] > cut).astype(int) - (rows["score"] < -cut)
    found = dict(zip(rows["article_id"].astype(int), said, strict=True))
    return [found.get(number, NO_ROW) for number in range(count)]


def f1_of(right: np.ndarray, said: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """F1 of each class; 0 where it is neither said nor wanted."""
    both = said + wanted
    return np.divide(2.0 * right, both, out=np.zeros(both.shape), where=both > 0)


def measures(gold: list[int], said: list[int]) -> dict[str, float]:
    """The four measures in %, to one digit after the point."""
    want, got = np.array(gold), np.array(said)
    counts = [((want == c) & (got == c), got == c, want == c) for c in (-1, 0, 1)]
    f1 = f1_of(*(np.array(column).sum(axis=1) for column in zip(*counts, strict=True)))
    values = (f1.mean(), f1[[0, 2]].mean(), (want == got).mean(), ((got != NO_ROW) & (want * got == -1)).mean())
    return {name: round(100 * float(value), 1) for name, value in zip(MEASURES, values, strict=True)}


def interval(texts: list[str], gold: list[int], said: list[int]) -> tuple[float, float]:
    """The 95 % bootstrap interval of f1m in %, whole sentences drawn."""
    number = {text: i for i, text in enumerate(dict.fromkeys(texts))}
    tallies = np.zeros((len(number), 3, 3))  # a sentence: right, said, wanted by class
    for text, want, got in zip(texts, gold, said, strict=True):
        tally = tallies[number[text]]
        tally[2, want + 1] += 1
        if got != NO_ROW:
            tally[1, got + 1] += 1
            tally[0, want + 1] += want == got
    draw, values = random.Random(0), []
    for _ in range(DRAWS):
        values.append(100 * f1_of(*tallies[draw.choices(range(len(number)), k=len(number))].sum(axis=0)).mean())
    values.sort()
    return round(float(values[int(0.025 * DRAWS)]), 1), round(float(values[int(0.975 * DRAWS) - 1]), 1)


def mixed(gold: list[dict]) -> list[int]:
    """The numbers of the targets in sentences whose targets differ in polarity."""
    polarities = collections.defaultdict(set)
    for row in gold:
        polarities[row["text"]].add(row["polarity"])
    return [i for i, row in enumerate(gold) if len(polarities[row["text"]]) > 1]


def report(gold: list[dict], table: pd.DataFrame) -> list[str]:
    """The table of all methods, beside always neutral."""
    want, texts, some = [row["polarity"] for row in gold], [row["text"] for row in gold], mixed(gold)
    said = {method: answers(table, method, len(gold)) for method in ORDER if (table["method"] == method).any()}
    for method in SENTENCE:
        if method in said:
            said[f"{method} ±{CUT}"] = answers(table, method, len(gold), cut=CUT)
    said["always neutral"] = [0] * len(gold)
    split = collections.Counter(want)
    out = [f"{len(gold)} targets in {len(set(texts))} sentences, {split[-1]} negative, {split[0]} neutral, {split[1]} positive"]
    out[0] += f"; {len(some)} in sentences whose targets differ"
    out.append(f"{'':16}{'f1m':>6}  {'95 %':14}{'f1pn':>6}{'a':>6}{'flip':>6}{'mixed':>7}  {'95 %':14}{'no row':>6}")
    for method, labels in said.items():
        value, within = measures(want, labels), "{} to {}".format(*interval(texts, want, labels))
        row = f"{method:16}{value['f1m']:6.1f}  {within:14}{value['f1pn']:6.1f}{value['a']:6.1f}{value['flip']:6.1f}"
        if some:
            few = [[column[i] for i in some] for column in (texts, want, labels)]
            row += f"{measures(few[1], few[2])['f1m']:7.1f}  {'{} to {}'.format(*interval(*few)):14}"
        else:
            row += f"{'-':>7}  {'':14}"
        out.append(f"{row}{labels.count(NO_ROW):6}")
    if "classifier" not in said:
        out.append(f"no classifier: {classifier.missing() or 'it gave no row'}")
    return out


def wrong(gold: list[dict], table: pd.DataFrame, method: str) -> list[str]:
    """The errors of a method in words, the target in «»."""
    names = {value: name for name, value in CLASSES.items()} | {NO_ROW: "nothing"}
    because = {int(r.article_id): r.because for r in table[table["method"] == method].itertuples() if pd.notna(r.because)}
    out = []
    for i, (row, got) in enumerate(zip(gold, answers(table, method, len(gold)), strict=True)):
        if got != row["polarity"]:
            text = f"{row['text'][: row['start']]}«{row['text'][row['start'] : row['end']]}»{row['text'][row['end'] :]}"
            out.append(f"{names[row['polarity']]} called {names[got]}: {' '.join(text.split())} [{because.get(i, '')}]")
    return out


def main(arguments: list[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    source = options.add_mutually_exclusive_group(required=True)
    source.add_argument("--data", type=pathlib.Path, metavar="DIR", help="folder with train.jsonl or train.jsonl.gz")
    source.add_argument("--gold", type=pathlib.Path, metavar="FILE", help="another file of labelled targets, .jsonl, .jsonl.gz or .csv")
    options.add_argument("--every", type=int, default=1, metavar="K", help="every K-th row")
    options.add_argument("--rest", action="store_true", help="all rows but every K-th")
    options.add_argument("--held-out", action="store_true", help="only sentences that were kept back from training")
    options.add_argument("--jobs", type=int, default=1, help="processes")
    options.add_argument("--errors", type=int, default=0, metavar="N", help="show N errors of each method that looks at the target")
    chosen = options.parse_args(arguments)
    try:
        if chosen.every < 1 or (chosen.rest and chosen.every < 2):
            raise UserError("--every takes a whole number from 1, with --rest from 2")
        gold = [row for number, row in enumerate(read(chosen.data, chosen.gold)) if (number % chosen.every == 0) != chosen.rest]
        gold = [row for row in gold if held_out(row["text"])] if chosen.held_out else gold
        if not gold:
            raise UserError("no targets are left of these")
        table = analysed(gold, jobs=chosen.jobs)
    except UserError as error:
        print("sentiment: " + " ".join(str(error).split()), file=sys.stderr)
        return 2
    print("\n".join(report(gold, table)))
    for method in ORDER[3:] if chosen.errors > 0 else ():
        errors = wrong(gold, table, method) if (table["method"] == method).any() else []
        print("\n".join([f"\n{method}, wrong:", *random.Random(0).sample(errors, min(chosen.errors, len(errors)))]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
