"""Which figures do not fit one another, if they count the same people? Both are kept, with their sources; nothing is averaged."""

import itertools
import math
from typing import NamedTuple

import pandas as pd

from samestory.evidence import Place

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
    rows = rows.assign(moment=rows["moment"].fillna(""), text=rows["text"].map(lambda text: " ".join(text.split())))
    out = []
    for harm, mine in rows.groupby("harm", sort=False):
        figures = [_Figure.of(mentions) for _, mentions in mine.groupby("identity", sort=False)]
        for one, other in itertools.combinations(figures, 2):
            if fit(one.first, other.first) or not (who := _both_count(one, other)):
                continue
            vague = (one.first.qualifier == "vague") + (other.first.qualifier == "vague")
            pair = {"what": harm, "who": who, "figure": one.first.text, "source": one.said}
            pair |= {"other figure": other.first.text, "other source": other.said}
            out.append(pair | {"rests on": RESTS_ON[vague], "places": one.places + other.places})
    return pd.DataFrame(sorted(out, key=lambda r: RESTS_ON.index(r["rests on"])), columns=COLUMNS)


class _Figure(NamedTuple):
    """A figure with all that its mentions say: its first mention, whom it counts, totals, contexts (article, source, moment)."""

    first: tuple
    people: list[str]
    under: set[str]
    contexts: set[tuple]
    said: list[str]
    places: list[Place]

    @classmethod
    def of(cls, mentions: pd.DataFrame) -> "_Figure":
        contexts = {(r.article_id, None if pd.isna(r.source) else r.source, r.moment) for r in mentions.itertuples()}
        people = list(dict.fromkeys(mentions["people"].map(group)))
        under, said = set(mentions["under"].dropna()), list(dict.fromkeys(mentions["said"]))
        return cls(next(mentions.itertuples()), people, under, contexts, said, list(mentions["place"]))


def _both_count(one: _Figure, other: _Figure) -> str:
    """Whom two figures both count, by all that is known but their bounds; empty when nobody."""
    who = next((people for people in one.people if people in other.people), "")
    if who == "people" and (one.under or other.under):
        return ""  # "five of them": five of whom?
    if one.first.identity in other.under or other.first.identity in one.under:
        return ""
    for article, source, moment in one.contexts:
        for other_article, other_source, other_moment in other.contexts:
            if (article != other_article or source != other_source) and (not moment or not other_moment or moment == other_moment):
                return who
    return ""
