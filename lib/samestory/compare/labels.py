"""Who is called what, and in whose voice: outlet beside outlet."""

import pandas as pd

from samestory.analysis import Analysis
from samestory.compare.overview import in_story_order
from samestory.evidence import places

VALENCES = ("neutral", "legitimising", "delegitimising", "loaded")


def labels(analysis: Analysis) -> pd.DataFrame:
    """Mentions of the codebook's actors with outlet and `name`, the actor's readable name."""
    rows = analysis.table("labels")
    rows["name"] = rows["actor"].map(analysis.story.codebook.actor_names()).astype("string").fillna(rows["actor"])
    return rows


def worded(texts: pd.Series) -> list[str]:
    """Wordings with how often each stands, most frequent first; a capital at the beginning of a sentence makes no other wording."""
    forms: dict[str, list[str]] = {}
    for text in texts:
        forms.setdefault(" ".join(text.lower().split()), []).append(" ".join(text.split()))
    ordered = sorted(forms.values(), key=len, reverse=True)
    return [min(f, key=lambda t: sum(c.isupper() for c in t)) + (f" {len(f)}" if len(f) > 1 else "") for f in ordered]


def valences(analysis: Analysis) -> pd.DataFrame:
    """Mentions that are not neutral, by whose words they stand in: actor, outlet, valence, label, voice, n, places."""
    rows = []
    loaded = labels(analysis).query("valence != 'neutral'")
    for (name, outlet, valence, voice), group in loaded.groupby(["name", "outlet", "valence", "voice"], sort=False):
        rows.append(
            {
                "actor": name,
                "outlet": outlet,
                "valence": valence,
                "in whose voice": voice,
                "labels": worded(group["text"]),
                "n": len(group),
                "places": places(group, "labels"),
            }
        )
    columns = ["actor", "outlet", "valence", "in whose voice", "labels", "n", "places"]
    return in_story_order(analysis, pd.DataFrame(rows, columns=columns))


def narrator_counts(analysis: Analysis) -> pd.DataFrame:
    """How often each outlet, in its own voice, labels an actor (not an event or place) with each valence: actor, outlet, n, valences."""
    actors = analysis.story.codebook.actors
    things = actors.loc[actors["kind"].isin(["event", "area"]), "actor"]
    every = labels(analysis)
    own = every[(every["voice"] == "narrator") & ~every["actor"].isin(things)]
    wide = own.pivot_table(index=["name", "outlet"], columns="valence", values="start", aggfunc="count", fill_value=0)
    wide = wide.reindex(columns=list(VALENCES), fill_value=0)
    wide.insert(0, "n", wide.sum(axis=1))
    return by_actor(analysis, in_story_order(analysis, wide.reset_index().rename(columns={"name": "actor"})))


def by_actor(analysis: Analysis, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows sorted by `actor` (readable name) in the codebook's order, otherwise as they were."""
    order = {name: i for i, name in enumerate(analysis.story.codebook.actor_names().values())}
    return rows.sort_values("actor", key=lambda c: c.map(order), kind="stable").reset_index(drop=True)
