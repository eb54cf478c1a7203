"""How well are actors grouped, passives read and loaded sentences told apart? Measured on coded news, for those who hold some.

    python bench/framing.py --data DIR [--set NAME ...] [--errors N] [--no-speed]

DIR holds `actors_NAME.jsonl`, `actions_NAME.jsonl`, `loaded_NAME.jsonl`, or the same gzipped (`.jsonl.gz`): UTF-8, one text a line, one
JSON object each with `article_id`, `outlet`, `text`, and offsets in code points from 0, ends exclusive:

- actors (from NewsWCL50): `event` and `mentions`, a list of `{"start", "end", "chain", "type"}`: who is one actor, under any name;
- actions (from GUM and Parallel UD news): `passives`, a list of `{"start", "end", "form", "agent", "patient"}`; `form` is `passive` or
  `reduced_passive`, `agent` and `patient` a span `[start, end]` or null; all spans are head words. Texts whose outlet is `gum` have who
  acts and reduced passives coded, others do not;
- loaded (from BASIL): `event` and `sentences`, a list of `{"start", "end", "lexical_bias"}`, the last 1 where the wording is biased.

Without --set, those of `actors_dev`, `actions_dev`, `loaded_dev` that are there. Their texts are not ours to pass on.

What the figures mean. *Actors*, end to end, without a codebook: each coded chain takes the F1 of the suggested group that fits it best,
weighted by size; relabel: pairs of mentions by different outlets with different head words; a mention that no phrase matches by half is
alone. 95 %: bootstrap over events. *Actions*: a verb, agent or patient is right if it covers the coded head word; reduced passives are
neither rewarded nor punished in the verb's F1; patient F1 is of full passives; 95 %: bootstrap over texts. *Loaded*: AUC and average
precision with which a column of table `sentences` ranks the biased sentences, over all and within each event, and how far above the
length of the sentence in words ("- length": the interval must lie above 0); |x|: without its sign; 200 bootstraps over events. "Outlets
by mean": of the pairs of one event's texts with other shares of biased sentences, how many their mean puts in the right order (.5:
chance). *Labels*: the five seed articles, on which the rules were made, so no error rate for other texts. Peers and baselines: on the
development halves with which this project is measured; another choice of texts has others.

Speed: CPU seconds a round for texts that are parsed and whose statements are found, and how many times the parse of these texts that is;
median of 3 rounds over 25 texts of each set; labels on the seeds, with their codebook. --errors shows N errors of each set, drawn at
random, the same every time.
"""

import argparse
import collections
import math
import pathlib
import random
import statistics
import sys
import time
from collections.abc import Callable

import framing_scores as scores
import framing_sets as sets
import numpy as np
import pandas as pd

from samestory import agreement, analysis, clean, codebook, parse, sentiment, validity
from samestory.errors import UserError
from samestory.framing import actions, actors, labels, loaded
from samestory.quotes import statements
from samestory.quotes.voice import Voices
from samestory.story import read_story

# What others reach: noun chunks grouped by head word, countries and surnames folded; a regex and spaCy's dependency rules.
HEADS = {"best-match F1": ".524", "relabel P": ".786", "relabel R": ".022", "mentions found": ".752"}
RULES = {
    "verb F1": ".909  .943",
    "reduced recall": "0     .826",
    "agent F1": ".562  .773",
    "agentless F1": ".745  .937",
    "patient F1": ".427  .797",
}
COLUMNS = {"|textblob|": "textblob", "|vader|": "vader", "loaded words": "loaded_words", "modifiers": "modifiers", "loaded score": "score"}
LABELS = {"span: F1": ".777", "actor": ".967", "valence, not neutral: recall": ".622", "voice": ".63"}
LISTED = "length .640, VADER .567, TextBlob subjectivity .576, Bing Liu's words .667, BABE's words .574, trained on BABE .502"
REPEATS, TIMED, ROUGHLY = 3, 25, 26


def parsed(texts: list[dict]) -> list[parse.Article]:
    """The texts as articles, as `samestory analyse` parses them."""
    blanked = [clean.blank(t["text"], clean.furniture(t["text"])) for t in texts]
    docs = parse.ParseCache(analysis.cache_folder(), parse.load_model()).docs(blanked)
    return [parse.Article(t["article_id"], t["text"], doc, blanked=b) for t, doc, b in zip(texts, docs, blanked, strict=True)]


def by_event(texts: list) -> dict[str, list]:
    events = collections.defaultdict(list)
    for text in texts:
        events[text["event"]].append(text)
    return dict(sorted(events.items()))


def line(what: str, value: float, interval: tuple[float, float] | None, peer: str = "", *, more: str = "") -> str:
    shown = "-" if math.isnan(value) else f"{value:.3f}"
    spread = f"{interval[0]:.3f} to {interval[1]:.3f}" if interval and not math.isnan(interval[0]) else ""
    return f"{what:30}{shown:>6}  {spread:16}{peer:12}{more}".rstrip()


def score_actors(texts: list[dict]) -> tuple[list[str], list[str]]:
    """The table of a set of actors, and its errors in words."""
    events = {}
    for event, mine in by_event(texts).items():
        rows = collections.defaultdict(list)
        for row in actors.suggest(parsed(mine)):
            rows[row["article_id"]].append(row)
        events[event] = scores.actors_of_event(mine, rows)
    tallies = [scores.actors_tally(mentions) for mentions in events.values()]
    measures = {
        "best-match F1": lambda t: t["best"] / t["mentions"],
        "relabel P": lambda t: scores.f1(t["right"], t["said"], t["wanted"])[0],
        "relabel R": lambda t: scores.f1(t["right"], t["said"], t["wanted"])[1],
        "mentions found": lambda t: t["found"] / t["mentions"],
    }
    total = sum(tallies, collections.Counter())
    chains = {(event, c): best for event, mentions in events.items() for c, best in scores.best_match(mentions).items()}
    out = [f"{len(texts)} texts, {len(events)} events, {total['mentions']} mentions, {len(chains)} chains, {total['wanted']} relabel pairs"]
    out.append(f"{'':30}{'':>6}  {'95 %, events':16}same head word")
    out += [line(what, measure(total), scores.drawn_anew(tallies, measure), HEADS[what]) for what, measure in measures.items()]
    for name in ("event", "type"):  # a chain whose mentions are of several types is of each
        kinds = collections.defaultdict(set)
        for event, mentions in events.items():
            for m in mentions:
                kinds[event if name == "event" else str(m["type"])].add((event, m["chain"]))
        for value, some in sorted(kinds.items()):
            mean = sum(math.prod(chains[c]) for c in sorted(some)) / sum(chains[c][1] for c in some)
            out.append(line(f"best-match F1, {name} {value[:ROUGHLY]}", mean, None, more=f"{len(some)} chains"))
    wrong = []
    for event, mentions in events.items():
        for a, b in scores.renamed(mentions):
            if (a["chain"] == b["chain"]) != (a["cluster"] == b["cluster"]):
                verdict = "not joined" if a["chain"] == b["chain"] else "joined"
                wrong.append(f"event {event}, wrongly {verdict}: {a['text']} ({a['article_id']}) | {b['text']} ({b['article_id']})")
    return out, wrong


def score_actions(texts: list[dict]) -> tuple[list[str], list[str]]:
    """The table of a set of passives, and its errors in words."""
    tallies, wrong = [], []
    for text, article in zip(texts, parsed(texts), strict=True):
        voices = Voices(article, statements.find(article, codebook.empty()))
        found = [row for row in actions.find(article, [], voices) if row["form"] in sets.PASSIVES]
        tally, errors = scores.actions_tally(text, found, agents=text["outlet"] == "gum")
        tallies.append(tally)
        wrong += [f"{text['article_id']}, {error}" for error in errors]
    measures = {
        "verb F1": lambda t: scores.f1(t["full found"], t["full found"] + t["false"], t["full"])[2],
        "reduced recall": lambda t: t["reduced found"] / max(1, t["reduced"]),
        "agent F1": lambda t: scores.f1(t["agents right"], t["agents said"], t["agents"])[2],
        "agentless F1": lambda t: scores.f1(t["without agent right"], t["without agent said"], t["without agent"])[2],
        "patient F1": lambda t: scores.f1(t["patients right"], t["patients said"], t["patients"])[2],
    }
    counted = dict(zip(measures, ("full", "reduced", "agents", "without agent", "patients"), strict=True))
    total = sum(tallies, collections.Counter())
    out = [f"{len(texts)} texts, {total['full']} full and {total['reduced']} reduced passives"]
    out.append(f"{'':30}{'':>6}  {'95 %, texts':16}regex spaCy rules")
    for what, measure in measures.items():
        out.append(line(what, measure(total), scores.drawn_anew(tallies, measure), RULES[what], more=f"n {total[counted[what]]}"))
    asked = total["patients right"] / max(1, total["patients asked"])
    out.append(line("patient right, verb found", asked, None, more=f"n {total['patients asked']}"))
    for outlet in sorted({t["outlet"] for t in texts}):
        some = sum((tally for text, tally in zip(texts, tallies, strict=True) if text["outlet"] == outlet), collections.Counter())
        for what in ("verb F1", "patient F1"):
            out.append(line(f"{what}, {outlet[:ROUGHLY]}", measures[what](some), None, more=f"n {some[counted[what]]}"))
    return out, wrong


def sentence_rows(articles: list[parse.Article]) -> pd.DataFrame:
    """The rows of table `sentences` of one story that are ranked by: article_id, start, end and the scores of COLUMNS."""
    rows = []
    for article in articles:
        # Scored without voices, which cost more than the scores and do not change them.
        scored = sentiment.sentences(article, Unasked())
        rows += [{"article_id": article.article_id, **s, **p} for s, p in zip(scored, loaded.parts(article), strict=True)]
    table = pd.DataFrame(rows)
    return table.assign(textblob=table["textblob"].abs(), vader=table["vader"].abs(), score=loaded.score(table))


class Unasked:
    """Stands for `Voices` where the voice is not looked at."""

    def sentence(self, start: int, end: int) -> str:
        return ""


def score_loaded(texts: list[dict]) -> tuple[list[str], list[str]]:
    """The table of a set of loaded sentences, and its errors in words."""
    columns: dict[str, dict] = {name: {} for name in ("length", *COLUMNS)}
    wrong, order = [], {"length": [], "loaded score": []}
    for event, mine in by_event(texts).items():
        rows = {a: g.to_dict("records") for a, g in sentence_rows(parsed(mine)).groupby("article_id")}
        labels_of = np.array([bool(s["lexical_bias"]) for t in mine for s in t["sentences"]])
        for name, column in ({"length": ""} | COLUMNS).items():
            of = [scores.sentence_values(t, rows.get(t["article_id"], []), column) if column else scores.length(t) for t in mine]
            if name in order:
                by_text = [([s["lexical_bias"] for s in t["sentences"]], values) for t, values in zip(mine, of, strict=True) if values]
                order[name].append(scores.outlets_in_order(by_text))
            columns[name][event] = labels_of, np.array([value for each in of for value in each], dtype=float)
        told = [f"{t['article_id']}: {t['text'][s['start'] : s['end']]}" for t in mine for s in t["sentences"]]
        value = columns["loaded score"][event][1]
        high = value > np.median(value)
        wrong += [
            ("biased, ranked low, " if y else "not biased, ranked high, ") + s
            for y, h, s in zip(labels_of, high, told, strict=True)
            if y != h
        ]
    biased = sum(int(y.sum()) for y, _ in columns["length"].values())
    if not 0 < biased < sum(len(y) for y, _ in columns["length"].values()):
        raise UserError("a loaded set needs sentences with lexical_bias 0 and some with 1")
    names = sorted(columns["length"])
    count = sum(len(y) for y, _ in columns["length"].values())
    out = [f"{len(texts)} texts, {len(names)} events, {count} sentences, {biased} of them biased ({biased / count:.4f}, AP at random)"]
    out.append(f"{'':16}{'AUC':>6}  {'95 %, events':16}{'within':>6}  {'95 %':16}{'- length':>8}  {'95 %':17}{'AP':>6}")
    base = scores.ranking(columns["length"], names)
    for name, column in columns.items():
        value, (own, apart) = scores.ranking(column, names), scores.resampled(column, columns["length"])
        auc, within = ("{:.3f} to {:.3f}".format(*own[key]) for key in ("AUC", "within event"))
        row = f"{name:16}{value['AUC']:6.3f}  {auc:16}{value['within event']:6.3f}  {within:16}"
        ahead = value["within event"] - base["within event"]
        row += f"{ahead:+8.3f}  {'{:+.3f} to {:+.3f}'.format(*apart['within event']):17}" if name != "length" else " " * 27
        out.append(f"{row}{value['AP']:6.3f}")
    out.append(f"within event, peers: {LISTED}")
    for name, tallies in order.items():
        pairs = sum(tally["pairs"] for tally in tallies)
        interval = scores.drawn_anew(tallies, lambda t: t["right"] / max(1, t["pairs"]))
        right = sum(tally["right"] for tally in tallies) / max(1, pairs)
        out.append(line(f"outlets by mean {name}", right, interval, more=f"of {pairs} pairs in the right order"))
    return out, wrong


def score_labels() -> list[str]:
    """The table of labels on the seeds, in all and article by article."""
    gold = validity.gold("labels")
    found = analysis.analyse(read_story(validity.ROOT / "seeds")).tables["labels"]
    found = found[found["actor"].isin(gold["actor"].unique())]
    out = ["the five seed articles, on which the rules were made (in-sample)", f"{'':30}{'':>6}  {'95 %':16}word list"]
    measured = agreement.score_labels(gold, found).set_index("measure")
    for what, peer in LABELS.items():
        row = measured.loc[what]
        out.append(line(what, row["value"], (row["low"], row["high"]), peer, more=f"n {int(row['n'])}"))
    for article in sorted(gold["article_id"].unique()):
        mine = agreement.score_labels(*(t[t["article_id"] == article].reset_index(drop=True) for t in (gold, found))).set_index("measure")
        out.append(f"article {article}: " + ", ".join(f"{what} {mine.at[what, 'value']:.3f}" for what in LABELS))
    return out


def cost(names: dict[str, list[dict]]) -> list[str]:
    """CPU seconds of each framing analysis, and how many times the parse that is."""
    out = [f"{'median of 3 rounds':30}{'texts':>6}{'words':>9}{'CPU s':>9}{'parse':>9}{'ratio':>8}"]
    seeds = read_story(validity.ROOT / "seeds")
    rows = [{"article_id": r["article_id"], "text": r["text"]} for r in seeds.articles.to_dict("records")]
    timed = {name: (texts[:TIMED], codebook.empty()) for name, texts in names.items()} | {"labels": (rows, seeds.codebook)}
    for name, (texts, book) in timed.items():
        blanked = [clean.blank(t["text"], clean.furniture(t["text"])) for t in texts]
        parsing = _median(lambda blanked=blanked: list(parse.parse(blanked)))
        articles = parsed(texts)
        whose = [Voices(a, statements.find(a, book)) for a in articles]
        pairs = list(zip(articles, whose, strict=True))
        works = {
            "labels": {"labels (seeds)": lambda pairs=pairs, book=book: [labels.find(a, book, v) for a, v in pairs]},
            "actions": {"actions": lambda pairs=pairs: [actions.find(a, [], v) for a, v in pairs]},
            "actors": {"actors (suggestions)": lambda articles=articles: actors.suggest(articles)},
            "loaded": {
                "loaded words": lambda pairs=pairs: [loaded.loaded(a, v) for a, v in pairs],
                "loaded score": lambda articles=articles: [loaded.parts(a) for a in articles],
            },
        }
        for what, work in works[sets.kind(name)].items():
            took, words = _median(work), sum(len(t["text"].split()) for t in texts)
            out.append(f"{what:30}{len(texts):6}{words:9,}{took:9.3f}{parsing:9.3f}{took / parsing:8.2f}")
    return out


def _median(work: Callable[[], object]) -> float:
    times = []
    for _ in range(REPEATS):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return statistics.median(times)


def main(arguments: list[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", required=True, type=pathlib.Path, metavar="DIR", help="folder with NAME.jsonl or NAME.jsonl.gz")
    options.add_argument("--set", nargs="+", metavar="NAME", help=f"default: {', '.join(sets.SETS)}, those that are there")
    options.add_argument("--no-speed", action="store_true", help="do not measure the speed")
    options.add_argument("--errors", type=int, default=0, metavar="N", help="show N errors of each set")
    chosen = options.parse_args(arguments)
    score = {"actors": score_actors, "actions": score_actions, "loaded": score_loaded}
    try:
        texts = sets.read(chosen.data, chosen.set)
        measured = {name: score[sets.kind(name)](some) for name, some in texts.items()}
    except UserError as error:
        print("framing: " + " ".join(str(error).split()), file=sys.stderr)
        return 2
    for name, (lines, _) in measured.items():
        print(f"{name}: " + "\n".join(lines) + "\n")
    print("labels: " + "\n".join(score_labels()))
    if not chosen.no_speed:
        print("\nspeed: " + "\n".join(cost(texts)))
    for name, (_, wrong) in measured.items():
        if chosen.errors > 0:
            print("\n".join([f"\n{name}, wrong:", *random.Random(0).sample(wrong, min(chosen.errors, len(wrong)))]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
