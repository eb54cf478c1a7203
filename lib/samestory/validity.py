"""How often is each measure wrong? Computed on the seed articles, which were coded by hand; shown beside every measure."""

import functools
import hashlib
import pathlib
from collections.abc import Callable

import pandas as pd

from samestory import agreement, analysis, evidence, schema, sentiment
from samestory.compare.methods import NAMES
from samestory.report import plots
from samestory.story import read_story

ROOT = pathlib.Path(__file__).resolve().parents[2]
GOLD = ROOT / "tests" / "gold"
DICTIONARIES = tuple(sentiment.METHODS)
CODED = ("quotes", "figures", "not_people", "labels", "actions", "tone")
TRUST = "How far to trust this:"
ONLY = {"actions": ", for killing, attack and displacement alone (no rate is known for capture, evacuation or withdrawal)"}
# Between what every method lies: macro-F1 of calling every target neutral on NewsMTSC's train part, and of the crowd that coded it against
# experts on the cases it was clear about (Hamborg & Donnay 2021; on all cases experts agree with kappa .72).
ALWAYS_NEUTRAL, PEOPLE = "always “neutral” .17", "people .86 on clear cases"
CODERS = "coded by a language model, not by independent people"
UNMEASURED = "This has not been measured."
IDS = ("article_id", "quote_id", "figure_id", "part_of", "same_as")
COLUMNS = ["group", "measure", "value", "low", "high", "n"]
# What the box beside a measure says of all that was measured, and in which words.
KEY = {
    "quotes": {
        "content: recall": "statements found",
        "content: precision": "of what was found, really statements",
        "speaker": "named speaker right",
        "actor": "side right",
    },
    "figures": {
        "found: recall": "numbers of people found",
        "found: precision": "of what was found, really people",
        "harm": "what happened to them right",
        "claimed_by": "source right",
        "every field": "every field of the row right",
    },
    "labels": {
        "span: recall": "mentions found",
        "span: precision": "of what was found, really mentions",
        "valence, not neutral: recall": "of those not neutral, found as such",
        "voice": "whose voice right",
    },
    "actions": {
        "found: recall": "deeds of violence found",
        "agent": "doer right",
        "patient": "victim right",
        "voice": "whose voice right",
        "hedged": "doubt right",
    },
    "sentiment": {
        "VADER: accuracy": "sentences put in the right class (negative, neutral, positive) by VADER",
        "TextBlob: accuracy": "by TextBlob",
        "opinion words: accuracy": "by opinion words",
        "VADER: accuracy of always neutral": "by always saying neutral",
    },
}


def gold(name: str, folder: pathlib.Path = GOLD) -> pd.DataFrame:
    """A table of the coded seed articles, its columns typed as in the suite's own table, empty cells missing."""
    codes = pd.read_csv(folder / f"{name}.csv", dtype=dict.fromkeys(IDS, str))
    if name in schema.TABLES:
        codes = schema.frame(name, codes.to_dict("records"))
    return codes[codes["kind"] != "scare"].reset_index(drop=True) if name == "quotes" else codes


def score(found: dict[str, pd.DataFrame], coded: dict[str, pd.DataFrame], sentences: pd.DataFrame | None) -> pd.DataFrame:
    """Every measure of `found` tables against `coded` ones: columns group, measure, value, low, high (95 %), n."""
    parts = {
        "quotes": agreement.score_quotes(coded["quotes"], found["quotes"]),
        "figures": agreement.score_figures(coded["figures"], found["figures"], not_people=coded["not_people"]),
        "labels": agreement.score_labels(coded["labels"], found["labels"]),
        "actions": agreement.score_actions(coded["actions"], found["actions"], sentences=sentences),
    }
    if "vader" in found.get("tone", pd.DataFrame()):
        tones = []
        for method in [m for m in NAMES if m in found["tone"]]:
            name = NAMES[method]
            scored = agreement.score_tone(coded["tone"], found["tone"], score=method)
            tones.append(scored.assign(measure=name + ": " + scored["measure"]))
        parts["sentiment"] = pd.concat(tones)
    return pd.concat([part.assign(group=group) for group, part in parts.items()], ignore_index=True)[COLUMNS]


@functools.cache
def measured() -> pd.DataFrame:
    """Every measure of this suite against the coded seed articles, as `score`; empty where the coded articles are not installed."""
    if not (GOLD / "quotes.csv").exists():
        return pd.DataFrame(columns=COLUMNS)
    seeds = analysis.analyse(read_story(ROOT / "seeds"))

    def compute() -> pd.DataFrame:
        coded = {name: gold(name) for name in CODED}
        labels = seeds.tables["labels"]
        found = {**seeds.tables, "actions": _violence(seeds.tables["actions"]), "tone": seeds.tables["sentences"]}
        found["labels"] = labels[labels["actor"].isin(coded["labels"]["actor"].unique())]  # news media as actors were not coded
        return score(found, coded, seeds.tables["sentences"])

    return kept("measured", seeds.model, [*GOLD.glob("*.csv"), *(ROOT / "seeds").rglob("*.*")], compute)


@functools.cache
def coders() -> pd.DataFrame:
    """Agreement of the two coding passes over the seed articles before differences were settled: group, measure, value, low, high, n.

    The second pass is held against the first, with the same measures that the machine is held to.
    """
    if not (GOLD / "passes").exists():
        return pd.DataFrame(columns=COLUMNS)

    def compute() -> pd.DataFrame:
        first, second = ({name: gold(name, GOLD / "passes" / one) for name in CODED} for one in "ab")
        tone = agreement.score_tone(first["tone"], second["tone"], score="tone", cut=0.5).assign(group="tone of sentences")
        tone = tone[~tone["measure"].str.contains("neutral|covered")]
        return pd.concat([score(second, first, None), tone], ignore_index=True)[COLUMNS]

    return kept("coders", "", list((GOLD / "passes").rglob("*.csv")), compute)


def kept(name: str, model: str, files: list[pathlib.Path], compute: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """A table kept in the cache by content: computed again only when code, model or any of the files changed."""
    digest = hashlib.sha256((analysis.code_digest() + model).encode() + b"".join(f.read_bytes() for f in sorted(files))).hexdigest()
    kept = analysis.cache_folder() / "validity" / f"{name}-{digest[:24]}.parquet"
    if kept.exists():
        return pd.read_parquet(kept)
    table = compute()
    kept.parent.mkdir(parents=True, exist_ok=True)
    analysis.write_table(table, kept)
    return table


def _violence(actions: pd.DataFrame) -> pd.DataFrame:
    """The deeds the coders coded: violence against people."""
    return actions[actions["deed"].isin(["killing", "attack", "displacement"])]


def box(group: str) -> evidence.Html:
    """The remark beside a measure: how often it was right on the coded seed articles, and what was measured on other texts."""
    table = measured()
    rows = table[table["group"] == group].set_index("measure")
    if group in KEY and rows.empty:
        return evidence.note("The coded articles are not installed here, so the error of this measure is not known.", title=TRUST)
    said = []
    for measure, words in KEY.get(group, {}).items():
        row = rows.loc[measure]
        said.append(f"{words} {row['value']:.0%} ({row['low']:.0%} to {row['high']:.0%} of {row['n']})")
    seen = "" if group == "sentiment" else "; the very articles the rules were written with, so no error rate for other texts"
    where = f"On the five coded seed articles ({CODERS}, in two passes{seen}){ONLY.get(group, '')}"
    text = f"{where}: {'; '.join(said)}." if said else ""
    if group == "sentiment":
        text += _no_better(rows)
    rows = elsewhere()
    rows = rows[(rows["group"] == group) & (rows["boxed"] == "yes")]
    others = []
    for data, mine in rows.groupby("data", sort=False):
        others.append("; ".join(f"{r.measure} {r.value}" for r in mine.itertuples()) + f" ({data})")
    if others:
        what = "tone towards a person: " if group == "sentiment" and "towards" not in others[0] else ""
        text += f" On public data sets that people coded: {what}{'; '.join(others)}."
    return evidence.note(text.strip() or UNMEASURED, title=TRUST)


def _no_better(rows: pd.DataFrame) -> str:
    """Which dictionaries are right on fewer of the coded sentences than whoever calls every sentence neutral."""
    names = [NAMES[m] for m in NAMES if f"{NAMES[m]}: accuracy" in rows.index]
    worse = [n for n in names if rows.loc[f"{n}: accuracy", "value"] < rows.loc[f"{n}: accuracy of always neutral", "value"]]
    if not worse:
        return ""
    if worse == names:
        return " None of them is right as often as whoever always says neutral."
    return f" Whoever always says neutral is right more often than {', '.join(worse)}."


def trust(*methods: str, towards: bool = False, also: str = "") -> evidence.Html:
    """The line beside a chart of sentiment: what each of these methods reached on news that people coded, between chance and people.

    Of each method macro-F1, of a single one with its interval, and, where it was counted, how often positive and negative were exchanged.
    methods: dictionaries that score sentences (group `sentiment` of `docs/validity.csv`) or, with `towards`, methods of tone towards an
    actor (`targets-METHOD`); `also` is a sentence more. A method without a figure is named as such.
    """
    rows = elsewhere()
    rows = rows.assign(exchanged=rows["measure"].str.contains("exchanged"))
    said, unknown, data, word = [], [], "", "exchanged "
    for method in methods:
        mine = rows[rows["group"] == f"targets-{method}"] if towards else _of_sentences(rows, NAMES[method])
        figures = mine[mine["measure"].str.contains("macro-F1")]
        figures = figures[figures["boxed"] == "yes"] if (figures["boxed"] == "yes").any() else figures
        if figures.empty:
            unknown.append(NAMES[method])
            continue
        r = figures.iloc[0]
        text = f"{NAMES[method]} {r['value']}"
        text += f" [{r['interval']}]" if r["interval"] and len(methods) == 1 else ""
        flips = mine.loc[mine["exchanged"] & (mine["data"] == r["data"]), "value"]
        if len(flips):
            text += f" ({word}{percent(flips.iloc[0])})"
            word = ""  # said once
        text += f" on {r['data']}" if data and r["data"] != data else ""
        data = data or r["data"]
        said.append(text)
    text = f"tone towards a person, macro-F1 on {data}: {', '.join(said)}; {ALWAYS_NEUTRAL}, {PEOPLE}."
    none = f"Not measured: {', '.join(unknown)}." if said and unknown else ""
    pieces = (text if said else UNMEASURED, none, "" if towards else _on_seeds(methods), also)
    return evidence.note(" ".join(filter(None, pieces)), kind="caution brief", title=TRUST)


def _of_sentences(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """The figures of a dictionary's sentence score among all that was measured elsewhere."""
    return rows[(rows["group"] == "sentiment") & rows["measure"].str.contains(f"{name} on the sentence", regex=False)]


def percent(share: str | float) -> str:
    """A share as a table of validity writes it, in per cent: ".067" is 6.7 %; what is no number stays as it is."""
    try:
        return f"{float(share):.1%}".replace("%", "\u00a0%")
    except ValueError:
        return str(share)


def _on_seeds(methods: tuple[str, ...]) -> str:
    """What dictionaries reached on the tone coded in the seed articles, in a sentence."""
    table = measured()
    rows = table[table["group"] == "sentiment"].set_index("measure")
    there = [m for m in methods if f"{NAMES.get(m)}: macro-F1" in rows.index]
    if not there:
        return ""
    each = ", ".join(point(rows.loc[f"{NAMES[m]}: macro-F1", "value"]) for m in there)
    always = point(rows.loc[f"{NAMES[there[0]]}: macro-F1 of always neutral", "value"])
    of = "" if list(there) == list(methods) else f" by {', '.join(NAMES[m] for m in there)}"
    return f"On the seeds, {CODERS}: {each}{of}; always “neutral” {always}."


def point(value: float) -> str:
    """A share as the tables of validity write it: .55."""
    return f"{value:.2f}".removeprefix("0")


def elsewhere() -> pd.DataFrame:
    """What was measured on public data sets, from `docs/validity.csv`; `boxed` rows are shown beside the measure too."""
    file = ROOT / "docs" / "validity.csv"
    columns = "group data measure value interval n peer command date boxed".split()
    if not file.exists():
        return pd.DataFrame(columns=columns)
    return pd.read_csv(file, dtype=str, keep_default_na=False)[columns]


def picture() -> evidence.Html:
    """All measures with their intervals in one picture."""
    return plots.measures(measured(), caption="Share that is right on the coded seed articles, with 95 % intervals.")
