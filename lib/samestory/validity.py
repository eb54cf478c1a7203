"""How often is each measure wrong? Computed on the seed articles, which were coded by hand; shown beside every measure."""

import functools
import hashlib
import pathlib

import pandas as pd

from samestory import agreement, analysis, evidence, plots, schema
from samestory.story import read_story

ROOT = pathlib.Path(__file__).resolve().parents[2]
GOLD = ROOT / "tests" / "gold"
CODED = ("quotes", "figures", "not_people", "labels", "actions", "tone")
IDS = ("article_id", "quote_id", "figure_id", "part_of", "same_as")
COLUMNS = ["group", "measure", "value", "low", "high", "n"]
# What the box beside a measure says first, of all that was measured.
KEY = {
    "quotes": ["content: recall", "content: precision", "speaker", "actor"],
    "figures": ["found: recall", "found: precision", "harm", "claimed_by", "every field"],
    "labels": ["span: recall", "span: precision", "valence, not neutral: recall", "voice"],
    "actions": ["found: recall", "agent", "voice", "hedged"],
    "sentiment": ["VADER: macro-F1", "TextBlob: macro-F1", "VADER: macro-F1 of always neutral"],
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
        for method, name in (("vader", "VADER"), ("textblob", "TextBlob")):
            scored = agreement.score_tone(coded["tone"], found["tone"], score=method)
            tones.append(scored.assign(measure=name + ": " + scored["measure"]))
        parts["sentiment"] = pd.concat(tones)
    return pd.concat([part.assign(group=group) for group, part in parts.items()], ignore_index=True)[COLUMNS]


@functools.cache
def measured() -> pd.DataFrame:
    """Every measure of this suite against the coded seed articles, as `score`; empty where the coded articles are not installed.

    Kept by content: computed again when code, model, seeds or codings change.
    """
    if not (GOLD / "quotes.csv").exists():
        return pd.DataFrame(columns=COLUMNS)
    seeds = analysis.analyse(read_story(ROOT / "seeds"))
    coded = {name: gold(name) for name in CODED}
    labels = seeds.tables["labels"]
    found = {**seeds.tables, "actions": _violence(seeds.tables["actions"]), "tone": seeds.tables["sentences"]}
    found["labels"] = labels[labels["actor"].isin(coded["labels"]["actor"].unique())]  # news media as actors were not coded
    files = [*sorted(GOLD.glob("*.csv")), *sorted((ROOT / "seeds").rglob("*.*"))]
    digest = hashlib.sha256((analysis.code_digest() + seeds.model).encode() + b"".join(f.read_bytes() for f in files)).hexdigest()
    kept = analysis.cache_folder() / "validity" / f"{digest[:24]}.parquet"
    if kept.exists():
        return pd.read_parquet(kept)
    table = score(found, coded, seeds.tables["sentences"])
    kept.parent.mkdir(parents=True, exist_ok=True)
    analysis.write_table(table, kept)
    return table


def _violence(actions: pd.DataFrame) -> pd.DataFrame:
    """The deeds the coders coded: violence against people."""
    return actions[actions["deed"].isin(["killing", "attack", "displacement"])]


@functools.cache
def coders() -> pd.DataFrame:
    """Agreement of the two coding passes over the seed articles before differences were settled: group, measure, value, low, high, n.

    The second pass is held against the first, with the same measures that the machine is held to.
    """
    passes = [{n: gold(n, GOLD / "passes" / p) for n in CODED if (GOLD / "passes" / p / f"{n}.csv").exists()} for p in "ab"]
    if len(passes[0]) < len(CODED) or len(passes[1]) < len(CODED):
        return pd.DataFrame(columns=COLUMNS)
    table = score(passes[1], passes[0], None)
    tone = agreement.score_tone(passes[0]["tone"], passes[1]["tone"], score="tone", cut=0.5).assign(group="tone of sentences")
    tone = tone[~tone["measure"].str.contains("neutral|covered")]
    return pd.concat([table, tone], ignore_index=True)[COLUMNS]


def box(group: str) -> evidence.Html:
    """The remark beside a measure: how often it was right on the coded seed articles."""
    table = measured()
    rows = table[(table["group"] == group) & table["measure"].isin(KEY[group])]
    if rows.empty:
        return evidence.note(
            "The coded articles are not installed here, so the error of this measure is not known.", title="How far to trust this:"
        )
    rows = rows.set_index("measure").loc[[m for m in KEY[group] if m in set(rows["measure"])]].reset_index()
    said = "; ".join(f"{r.measure.replace('_', ' ')} {r.value:.0%} ({r.low:.0%} to {r.high:.0%}, n = {r.n})" for r in rows.itertuples())
    text = f"On the five coded seed articles: {said}. Everything in 06-limits."
    return evidence.note(text, title="How far to trust this:")


def picture() -> evidence.Html:
    """All measures with their intervals in one picture."""
    return plots.measures(measured(), caption="Share that is right on the coded seed articles, with 95 % intervals.")
