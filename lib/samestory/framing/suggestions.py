"""Proposed actors as rows that a person can accept into the codebook."""

import re
from collections import Counter

import pandas as pd

from samestory import phrases, schema
from samestory.framing.loaded import spans
from samestory.framing.valence import roles
from samestory.phrases import singular

AROUND = 40  # characters shown on either side of the first place
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# Words that may mean anybody or anything: no label of one actor.
NOBODY = frozenset(
    "nobody everybody somebody anybody anyone everyone someone none nothing everything something anything person people man other".split()
)
WHOSE = "whose label is this? name the actor"


def labels(actors: pd.DataFrame, articles: pd.DataFrame, *, least: int = 2) -> pd.DataFrame:
    """The wordings of each proposed actor, ready to be accepted: table `suggested_labels`.

    `actors`: that table, as `actors.propose` gives it; `articles` has `article_id, outlet, text`. One row a wording (column `label` there;
    of those that differ by a capital or a plural one) of every cluster that two articles or more have, in `least` mentions or more; the
    clusters in most outlets first. Then, without an actor, wordings of other clusters that judge: a loaded word of
    `data/loaded_words.csv`, or a noun that `data/role_nouns.csv` calls delegitimising. `accept` is empty, for a person to fill in with
    yes; `actor` the cluster as a short id; `valence` delegitimising or loaded by those lists, else empty; `note` why the wording was put
    there; `evidence` the first place it stands in. Copied to `codebook/suggested_labels.csv`, accepted rows become labels.
    """
    texts = articles.set_index("article_id")["text"]
    rows = actors[(actors["form"] != "longer") & actors["label"].notna()]
    rows = rows[rows["label"].map(lambda label: bool(WORD.search(label)) and singular(label.lower()) not in NOBODY | phrases.QUANTITIES)]
    rows = rows.assign(outlet=rows["article_id"].map(articles.set_index("article_id")["outlet"]), folded=rows["label"].map(_folded))
    out, others = [], []
    for cluster, group in rows.groupby("cluster", sort=False):
        shared = group["article_id"].nunique() > 1 and len(group) >= least
        for _, mine in group.groupby("folded", sort=False):
            row = _row(mine, texts)
            if shared:
                rank = (-group["outlet"].nunique(), -len(group), cluster, -len(mine))
                out.append(row | {"actor": _identifier(cluster), "rank": rank})
            elif row["valence"]:
                others.append(row | {"note": WHOSE})
    return schema.frame("suggested_labels", sorted(out, key=lambda row: row["rank"]) + others)


def _row(mine: pd.DataFrame, texts: pd.Series) -> dict:
    counts = Counter(mine["label"])
    label = min(counts, key=lambda text: (sum(c.isupper() for c in text), -counts[text]))
    first = mine.iloc[0]
    return {
        "label": label,
        "valence": _valence(label),
        "note": "; ".join(mine["why"].dropna().unique()),
        "mentions": len(mine),
        "outlets": ", ".join(dict.fromkeys(mine["outlet"])),
        "evidence": f"{first['article_id']}: {_around(texts[first['article_id']], first['start'], first['end'])}",
    }


def _valence(label: str) -> str:
    """What the lists say against or for the words themselves; an office, which honours, is left to the person."""
    words = label.lower().split()
    if any(roles().get(singular(w), ("", ""))[1] == "delegitimising" for w in words):
        return "delegitimising"
    return "loaded" if any(spans(label)) else ""


def _folded(label: str) -> str:
    """Labels that differ by a capital or by a plural are one."""
    return singular(label.lower())


def _identifier(cluster: str) -> str:
    """A cluster's name as a short id for the codebook: lower case, hyphens for all else."""
    return re.sub(r"\W+", "-", cluster.lower()).strip("-") or "actor"


def _around(text: str, start: int, end: int) -> str:
    """The place with a few words on either side, on one line."""
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return " ".join(f"{before}[{text[start:end]}]{after}".split())
