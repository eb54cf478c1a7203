"""Proposed actors as rows that a person can accept into the codebook."""

import re

import pandas as pd

from samestory import phrases, schema
from samestory.framing.valence import roles
from samestory.phrases import singular

LEADING = frozenset(
    "the a an this that these those his her its their our my your all some no any every each both such other others another".split()
) | (phrases.NUMBERS | phrases.QUANTITIES - {"group", "groups", "majority", "part"})
AROUND = 40  # characters shown on either side of the first place


def labels(actors: pd.DataFrame, articles: pd.DataFrame, *, least: int = 2) -> pd.DataFrame:
    """The wordings of each proposed actor, ready to be accepted: table `suggested_labels`.

    `actors`: that table, as `actors.propose` gives it; `articles` has `article_id, outlet, text`. One row a wording (determiners and
    numbers left out, common nouns in the singular, capitals at the beginning of a sentence folded) of every cluster that two articles or
    more have, in `least` mentions or more; the clusters in most outlets first. `accept` is empty, for a person to fill in with yes;
    `actor` the cluster as a short id; `valence` that of `data/role_nouns.csv` if the noun has one there; `note` why the wording was put
    there; `evidence` the first place it stands in. Copied to `codebook/suggested_labels.csv`, accepted rows become labels.
    """
    about = articles.set_index("article_id")
    rows = actors[actors["form"] != "longer"]
    rows = rows.assign(label=rows["text"].map(_label), outlet=rows["article_id"].map(about["outlet"]))
    rows = rows[rows["label"] != ""].assign(folded=lambda t: t["label"].map(_folded))
    out = []
    for cluster, group in rows.groupby("cluster", sort=False):
        if group["article_id"].nunique() < 2 or len(group) < least:
            continue
        for _, mine in group.groupby("folded", sort=False):
            label = min(mine["label"], key=lambda text: sum(c.isupper() for c in text))
            valence = roles().get(singular(label.split()[-1]), ("", "neutral"))[1]
            first = mine.iloc[0]
            out.append(
                {
                    "actor": _identifier(cluster),
                    "label": label,
                    "valence": "" if valence == "neutral" else valence,
                    "note": "; ".join(mine["why"].dropna().unique()),
                    "mentions": len(mine),
                    "outlets": ", ".join(dict.fromkeys(mine["outlet"])),
                    "evidence": f"{first['article_id']}: {_around(about.at[first['article_id'], 'text'], first['start'], first['end'])}",
                    "order": (-group["outlet"].nunique(), -len(group), cluster, -len(mine)),
                }
            )
    return schema.frame("suggested_labels", sorted(out, key=lambda row: row["order"]))


def _label(text: str) -> str:
    """A wording as the codebook writes labels: without determiner and number, a common noun in the singular."""
    words = text.split()
    while words and (words[0].lower() in LEADING or not any(c.isalpha() for c in words[0])):
        words = words[1:]
    if words and words[-1][:1].islower():
        words[-1] = singular(words[-1])
    return " ".join(words)


def _folded(label: str) -> str:
    """Labels that differ by a capital, or by a plural that a capital hides, are one."""
    return singular(label.lower())


def _identifier(cluster: str) -> str:
    """A cluster's name as a short id for the codebook: lower case, hyphens for all else."""
    return re.sub(r"\W+", "-", cluster.lower()).strip("-") or "actor"


def _around(text: str, start: int, end: int) -> str:
    """The place with a few words on either side, on one line."""
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return " ".join(f"{before}[{text[start:end]}]{after}".split())
