"""The four analyses joined: who speaks on the numbers, in whose voice the loaded labels stand, how quotation and narration differ."""

import pandas as pd

from samestory.analysis import Analysis
from samestory.compare.framing import labels
from samestory.compare.overview import in_story_order
from samestory.compare.resample import mean_interval
from samestory.evidence import places

ITSELF = "the outlet itself"


def claimants(analysis: Analysis) -> pd.DataFrame:
    """Who is given the word on the numbers of people: outlet, side, sources, figures, `in quotation marks`, places.

    A figure belongs to the innermost quote whose content contains it; one that no quote contains is the outlet's own.
    """
    names = analysis.story.codebook.actor_names()
    quotes = analysis.tables["quotes"]
    rows = []
    for figure in analysis.table("figures").itertuples():
        mine = quotes[quotes["article_id"] == figure.article_id]
        around = mine[(mine["start"] <= figure.start) & (mine["end"] >= figure.end)]
        around = around.assign(size=around["end"] - around["start"]).sort_values("size")
        if len(around):
            quote = around.iloc[0]
            side = names.get(quote["actor"], "side not known") if pd.notna(quote["actor"]) else "side not known"
            source = next((quote[c] for c in ("speaker", "speaker_text") if pd.notna(quote[c])), None)
            direct = quote["kind"] == "direct"
        else:
            side, source, direct = (ITSELF, None, False) if pd.isna(figure.claimed_by) else ("side not known", figure.claimed_by, False)
        rows.append({"outlet": figure.outlet, "side": side, "source": source, "direct": direct, "article_id": figure.article_id})
        rows[-1] |= {"start": figure.start, "end": figure.end}
    out = []
    for (outlet, side), group in pd.DataFrame(rows, columns=["outlet", "side", "source", "direct", "article_id", "start", "end"]).groupby(
        ["outlet", "side"], sort=False
    ):
        sources = list(dict.fromkeys(group["source"].dropna()))
        row = {"outlet": outlet, "whose word": side, "sources": sources, "figures": len(group)}
        out.append(row | {"in quotation marks": int(group["direct"].sum()), "places": places(group, "figures")})
    columns = ["outlet", "whose word", "sources", "figures", "in quotation marks", "places"]
    return in_story_order(analysis, pd.DataFrame(out, columns=columns))


def loaded_voices(analysis: Analysis) -> pd.DataFrame:
    """Labels that are not neutral, by whose voice they stand in: outlet, label mentions, narrator, attributed, quoted, places."""
    rows = []
    every = labels(analysis)
    for outlet, group in every.groupby("outlet", sort=False):
        marked = group[group["valence"].isin(["delegitimising", "loaded"])]
        counts = marked["voice"].value_counts()
        row = {"outlet": outlet, "mentions": len(group), "delegitimising or loaded": len(marked)}
        row |= {voice: int(counts.get(voice, 0)) for voice in ("narrator", "attributed", "quoted")}
        rows.append(row | {"places": places(marked, "labels")})
    columns = ["outlet", "mentions", "delegitimising or loaded", "narrator", "attributed", "quoted", "places"]
    return in_story_order(analysis, pd.DataFrame(rows, columns=columns))


def tone(analysis: Analysis, *, seed: int, method: str = "vader") -> pd.DataFrame:
    """Score of narration beside score of (partly) others' words: outlet, part, n, mean, low, high (95 %), places."""
    rows = []
    sentences = analysis.table("sentences")
    for outlet in analysis.story.outlets:
        for part, voices in (("narration", ["narration"]), ("others' words", ["quoted", "mixed"])):
            group = sentences[(sentences["outlet"] == outlet) & sentences["voice"].isin(voices)]
            mean, low, high = mean_interval(group[method], seed=seed)
            row = {"outlet": outlet, "part": part, "n": len(group), "mean": mean, "low": low, "high": high}
            rows.append(row | {"places": places(group, "sentences")})
    return pd.DataFrame(rows)
