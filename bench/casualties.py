"""How often are an article's tolls right? Measured on conflict data in which people coded the killed and injured, for those who hold some.

    python bench/casualties.py --data DIR [--set NAME ...] [--convention NAME] [--no-speed] [--errors N]

Such data are RAND incident descriptions, ACLED notes, MUC-3/4 news stories, GTD summaries or a list of attacks. Their texts are not ours
to pass on. DIR holds `NAME.jsonl`, or the same gzipped (`NAME.jsonl.gz`), for each set: UTF-8, one text a line, one JSON object each with

- `article_id`: shown by --errors, not used otherwise;
- `text`: what an outlet or a coder wrote about one event;
- `killed` and `injured`: how many people were, as coded, 0 for nobody; null where that was not coded, which is then not scored.

Other keys (`outlet`) are not read. Without --set, those of `rand_dev`, `acled_dev`, `muc_dev`, `gtd_dev` and `wiki_dev` that are there.

What the figures mean. Compared is `best` of table `tolls` with the label; an empty `best` and 0 both mean none. exact: the two are equal,
of all texts with a label. exact+, 10%+: they are equal, or differ by 10 % of the label at most, of the texts whose label is above 0 (the
hard part: whoever always says "none" has all others right). P, R, F1: does `best` say that there is anybody, where the label does? MALE:
mean of |log(1 + best) - log(1 + label)|. 95 %: bootstrap over the texts that the figure before it is about. "-": no texts to tell. Beside
them exact / exact+ of simple tools on the five sets with which this project is measured (another choice of texts has others): always
"none"; a regex for a number near a word for killing or injuring; rules on spaCy's dependencies that take the first number with such a verb.

Speed: words between white space a CPU second, for figures and tolls of texts that are parsed and whose statements are found already; median
of 3 rounds over all texts. Statements are found as `samestory analyse` finds them, for who claims a figure bears on the toll.
--convention goes to `tolls.tolls` as it is. --errors shows N wrong texts of each set and field, drawn at random, the same every time.
"""

import argparse
import math
import pathlib
import random
import statistics
import sys
import textwrap
import time

import datafiles
import numpy as np

from samestory import analysis, clean, codebook, parse
from samestory.casualties import figures, tolls
from samestory.errors import UserError
from samestory.quotes import statements

FIELDS = ("killed", "injured")
# exact / exact+ of: always "none", a naive regex, spaCy dependency rules
PEERS = {
    "rand_dev": {"killed": (".609 / 0", ".749 / .393", ".871 / .718"), "injured": (".681 / 0", ".786 / .485", ".862 / .754")},
    "acled_dev": {"killed": (".834 / 0", ".891 / .365", ".931 / .627")},
    "muc_dev": {"killed": (".486 / 0", ".475 / .129", ".569 / .333"), "injured": (".838 / 0", ".859 / .452", ".869 / .355")},
    "gtd_dev": {"killed": (".880 / 0", ".902 / .208", ".955 / .708"), "injured": (".853 / 0", ".882 / .339", ".915 / .593")},
    "wiki_dev": {"killed": (".113 / 0", ".607 / .564", ".667 / .654"), "injured": (".093 / 0", ".513 / .471", ".527 / .485")},
}
HEAD = f"{'set':10}{'field':8}{'n':>6}{'> 0':>6}{'exact':>7}  {'95 %':13}{'exact+':>6}  {'95 %':14}"
HEAD += "10%+      P      R     F1   MALE   always none  regex        spaCy rules"
MOST_PEOPLE = 10**10  # a label above is a mistake
DRAWS, REPEATS, CHUNK, SHOWN = 1000, 3, 1000, 300


def rates(pairs: list[tuple[float, float]]) -> dict[str, float]:
    """The figures of pairs of label and best, by the names that the table gives them."""
    above = [(label, best) for label, best in pairs if label > 0]
    precise, recalled = [label > 0 for label, best in pairs if best > 0], [best > 0 for _, best in above]
    return {
        "exact": _mean([label == best for label, best in pairs]),
        "exact+": _mean([label == best for label, best in above]),
        "10%+": _mean([abs(label - best) <= 0.1 * label for label, best in above]),
        "P": _mean(precise),
        "R": _mean(recalled),
        "F1": _mean(precise + recalled),  # what is right in both is counted twice, as in 2 TP / (2 TP + FP + FN)
        "MALE": _mean([abs(math.log1p(best) - math.log1p(label)) for label, best in pairs]),
    }


def _mean(values: list) -> float:
    """The mean; NaN, of nothing."""
    return sum(values) / len(values) if values else math.nan


def interval(pairs: list[tuple[float, float]]) -> str:
    """The 95 % bootstrap interval of the share of pairs that are equal."""
    if not pairs:
        return "-"
    right, draw = np.array([label == best for label, best in pairs]), np.random.default_rng(0)
    drawn = sorted(draw.choice(right, len(right)).mean() for _ in range(DRAWS))
    return f"{drawn[round(DRAWS * 0.025)]:.3f}-{drawn[round(DRAWS * 0.975) - 1]:.3f}"


def row(name: str, field: str, pairs: list[tuple[float, float]]) -> str:
    """The row of the table for one field of one set."""
    if not pairs:
        return f"{name:9} {field:8}no labels"
    above = [(label, best) for label, best in pairs if label > 0]
    told = {what: "-" if math.isnan(value) else f"{value:.3f}" for what, value in rates(pairs).items()}
    shown = f"{name:9} {field:8}{len(pairs):6}{len(above):6}{told['exact']:>7}  {interval(pairs):13}"
    shown += f"{told['exact+']:>6}  {interval(above):11}" + "".join(f"{told[w]:>7}" for w in ("10%+", "P", "R", "F1", "MALE"))
    return f"{shown}   {''.join(f'{peer:13}' for peer in PEERS.get(name, {}).get(field, ()))}".rstrip()


def wrong(texts: list[dict], found: list[dict], field: str, most: int) -> list[str]:
    """Texts of which the toll is wrong, to read: at most so many, drawn at random."""
    missed = [(t, best[field]) for t, best in zip(texts, found, strict=True) if t[field] is not None and t[field] != best[field]]
    drawn = random.Random(0).sample(missed, min(most, len(missed)))
    return [f"label {t[field]}, best {best}, {t['article_id']}: {textwrap.shorten(t['text'], SHOWN)}" for t, best in drawn]


def _checked(text: object) -> dict:
    """A text as read, if it is as described above, else a ValueError."""
    text = datafiles.checked_text(text, ("article_id", "text", *FIELDS))
    for field in FIELDS:
        label = text[field]
        if label is not None and (type(label) not in (int, float) or not 0 <= label <= MOST_PEOPLE):
            raise ValueError(f"{field} is {label!r:.40}, neither null nor a number of people")
    return text


def measure(texts: list[dict], convention: str | None, rounds: int) -> tuple[list[dict], list[float]]:
    """For each text its tolls (`best` by harm, 0 for none), and for each round the CPU seconds that figures and tolls took in all.

    Some texts at a time, for the parses of all would fill the memory.
    """
    cache = parse.ParseCache(analysis.cache_folder(), parse.load_model())
    chosen, book = {"convention": convention} if convention else {}, codebook.empty()
    found, seconds = [], [0.0] * rounds
    for first in range(0, len(texts), CHUNK):
        chunk = texts[first : first + CHUNK]
        blanked = [clean.blank(t["text"], clean.furniture(t["text"])) for t in chunk]
        parsed = list(zip(chunk, blanked, cache.docs(blanked), strict=True))
        said = [statements.find(parse.Article(str(t["article_id"]), t["text"], doc, blanked=blank), book) for t, blank, doc in parsed]
        for turn in range(rounds):
            # Made anew, for an Article keeps what was once worked out.
            articles = [parse.Article(str(t["article_id"]), t["text"], doc, blanked=blank) for t, blank, doc in parsed]
            began = time.process_time()
            rows = [tolls.tolls(figures.mentions(article, quotes), **chosen) for article, quotes in zip(articles, said, strict=True)]
            seconds[turn] += time.process_time() - began
        found += [dict.fromkeys(FIELDS, 0) | {row["harm"]: row["best"] or 0 for row in each} for each in rows]
    return found, seconds


def speed(name: str, texts: list[dict], seconds: list[float]) -> str:
    """How fast figures and tolls were found, in the median round."""
    words, took = sum(len(text["text"].split()) for text in texts), statistics.median(seconds)
    return f"{name:9} {len(texts):8,} texts{words:11,} words{took:9.2f} CPU s{words / max(took, 1e-9):10,.0f} words a CPU second"


def main(arguments: list[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", required=True, type=pathlib.Path, metavar="DIR", help="folder with NAME.jsonl or NAME.jsonl.gz")
    options.add_argument("--set", nargs="+", metavar="NAME", help=f"default: {', '.join(PEERS)}, those that are there")
    options.add_argument("--convention", metavar="NAME", help="how tolls add up what is told")
    options.add_argument("--no-speed", action="store_true", help="do not measure the speed")
    options.add_argument("--errors", type=int, default=0, metavar="N", help="show N wrong texts of each set and field")
    chosen = options.parse_args(arguments)
    try:
        names = chosen.set or [name for name in PEERS if datafiles.file_of(chosen.data, name)]
        if not names:
            raise UserError(f"{chosen.data} holds none of {', '.join(PEERS)} as .jsonl or .jsonl.gz; --help says what should be in them")
        sets = {name: datafiles.read(chosen.data, name, _checked) for name in names}
        measured = {name: measure(texts, chosen.convention, 1 if chosen.no_speed else REPEATS) for name, texts in sets.items()}
    except UserError as error:
        print("casualties: " + " ".join(str(error).split()), file=sys.stderr)
        return 2
    print(HEAD)
    for name, (found, _) in measured.items():
        for field in FIELDS:
            print(row(name, field, [(t[field], best[field]) for t, best in zip(sets[name], found, strict=True) if t[field] is not None]))
    if not chosen.no_speed:
        print()
        for name, (_, seconds) in measured.items():
            print(speed(name, sets[name], seconds))
        rounds = zip(*(seconds for _, seconds in measured.values()), strict=True)
        print(speed("all", [text for texts in sets.values() for text in texts], [sum(seconds) for seconds in rounds]))
    if chosen.errors > 0:
        for name, (found, _) in measured.items():
            for field in FIELDS:
                print("\n".join([f"\n{name} {field}, wrong:", *wrong(sets[name], found, field, chosen.errors)]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
