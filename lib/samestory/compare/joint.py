"""The four analyses joined: who speaks on the numbers, in whose voice the loaded labels stand, how quotation and narration differ."""

import pandas as pd

from samestory.analysis import Analysis
from samestory.compare import casualties
from samestory.compare.labels import labels
from samestory.compare.overview import in_story_order
from samestory.compare.resample import mean_interval, scoring
from samestory.compare.tone import stretches
from samestory.evidence import places

ITSELF = "no source in the sentence"
UNKNOWN = "side not known"


def claimants(analysis: Analysis) -> pd.DataFrame:
    """Who is given the word on the numbers of people: outlet, side, sources, figures, `in quotation marks`, places.

    A figure belongs to the innermost quote whose content contains it; one that no quote contains is the outlet's own.
    """
    names = analysis.story.codebook.actor_names()
    rows = casualties.sources(analysis)
    rows["side"] = [ITSELF if pd.isna(r.source) else names.get(r.side, UNKNOWN) if pd.notna(r.side) else UNKNOWN for r in rows.itertuples()]
    rows["direct"] = rows["voice"] == "quoted"
    out = []
    for (outlet, side), group in rows.groupby(["outlet", "side"], sort=False):
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


def tone(analysis: Analysis, *, method: str = "vader") -> pd.DataFrame:
    """Score of narration beside score of others' words, stretch by stretch: outlet, part, n, `that score`, mean, low, high (95 %), places.

    `that score` are the stretches with a score other than zero; under three of them there is no interval, under five stretches no mean.
    """
    rows = []
    counted = stretches(analysis)
    for outlet in analysis.story.outlets:
        for part, voices in (("narration", ["narration"]), ("others' words", ["direct", "indirect"])):
            group = counted[(counted["outlet"] == outlet) & counted["voice"].isin(voices)]
            mean, low, high = mean_interval(group[method])
            row = {"outlet": outlet, "part": part, "n": len(group), "that score": scoring(group[method])}
            row |= {"mean": mean, "low": low, "high": high}
            rows.append(row | {"places": places(group, "stretches")})
    return pd.DataFrame(rows)
