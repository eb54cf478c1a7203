"""Which figures do not fit one another, if they count the same people? Both are kept, with their sources; nothing is averaged."""

import itertools
import math

import pandas as pd

from samestory.evidence import places

GENERAL = frozenset({"", "people", "persons", "person", "victims"})
RESTS_ON = ("two numbers", "a number and a vague word", "two vague words")
COLUMNS = ["what", "who", "figure", "source", "other figure", "other source", "rests on", "places"]


def group(people) -> str:
    """The group a figure counts, as worded but for capitals; "people" when the text names none."""
    words = "" if pd.isna(people) else " ".join(people.lower().split()).removeprefix("the ")
    return "people" if words in GENERAL else words


def reach(low, high, qualifier: str) -> tuple[float, float]:
    """Everything a figure may mean, as (least, most).

    Open ends are 0 and infinite. "About 50" stands for what is rounded to 50 (45 to 55): half a unit of its last digit that is not 0.
    """
    least, most = 0.0 if pd.isna(low) else float(low), math.inf if pd.isna(high) else float(high)
    if qualifier == "about" and least == most and least > 0:
        unit = next(10**n for n in range(18, -1, -1) if least % 10**n == 0)
        return least - unit / 2, most + unit / 2
    return least, most


def fit(one, other) -> bool:
    """Can two figures (with `low`, `high`, `qualifier`) be the same number?"""
    (a, b), (c, d) = (reach(f.low, f.high, f.qualifier) for f in (one, other))
    return a <= d and c <= b


def pairs(rows: pd.DataFrame) -> pd.DataFrame:
    """Pairs of figures of the event about the same harm and people whose bounds have nothing in common.

    `rows`: one a mention, as `casualties.sources`. No pair is made of a figure and its own total, of parts without a group of their own,
    of what is not said to have happened, of figures of different moments (a toll may rise), or of two that one article gives on the same
    word (it tells two incidents, or an update). Columns: `what` (harm), `who`, `figure`, `source` (sources with outlets), `other figure`,
    `other source`, `rests on` (how far vague words are involved; weakest last), `places` (of both).
    """
    rows = rows[(rows["scope"] == "event") & (rows["harm"] != "other") & rows["asserted"].fillna(True).astype(bool)]
    rows = rows.assign(moment=rows["moment"].fillna(""))
    out = []
    for harm, mine in rows.groupby("harm", sort=False):
        figures = [(set(g["people"].map(group)), g) for _, g in mine.groupby("identity", sort=False)]
        for (people, one), (others, other) in itertools.combinations(figures, 2):
            shared = [p for p in one["people"].map(group) if p in people & others]
            if not shared or fit(one.iloc[0], other.iloc[0]) or not _comparable(one, other, shared[0]):
                continue
            vague = (one["qualifier"].iloc[0] == "vague") + (other["qualifier"].iloc[0] == "vague")
            out.append(
                {
                    "what": harm,
                    "who": shared[0],
                    "figure": " ".join(one["text"].iloc[0].split()),
                    "source": list(dict.fromkeys(one["said"])),
                    "other figure": " ".join(other["text"].iloc[0].split()),
                    "other source": list(dict.fromkeys(other["said"])),
                    "rests on": RESTS_ON[vague],
                    "places": places(pd.concat([one, other]), "figures"),
                }
            )
    return pd.DataFrame(sorted(out, key=lambda r: RESTS_ON.index(r["rests on"])), columns=COLUMNS)


def _comparable(one: pd.DataFrame, other: pd.DataFrame, people: str) -> bool:
    """May both count the same people, by all that is known but their bounds?"""
    if people == "people" and (one["under"].notna().any() or other["under"].notna().any()):
        return False  # "five of them": five of whom?
    if one["identity"].iloc[0] in set(other["under"]) or other["identity"].iloc[0] in set(one["under"]):
        return False
    return any(
        (a.article_id != b.article_id or _differ(a.source, b.source)) and (not a.moment or not b.moment or a.moment == b.moment)
        for a in one.itertuples()
        for b in other.itertuples()
    )


def _differ(one, other) -> bool:
    return (None if pd.isna(one) else one) != (None if pd.isna(other) else other)
