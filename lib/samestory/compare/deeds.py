"""Who does what to whom, and whose word that is: outlet beside outlet."""

import pandas as pd

from samestory.analysis import Analysis
from samestory.compare.overview import in_story_order
from samestory.evidence import places


def deeds(analysis: Analysis, *, deed: str = "killing") -> pd.DataFrame:
    """Who does a deed to whom: outlet, verb, form, agent, patient, whose words, hedged; with article_id, start, end.

    An empty agent means that the clause names nobody; `form` says whether it is active, passive, reduced passive or a noun.
    """
    rows = analysis.table("actions")
    rows = rows[rows["deed"] == deed]
    columns = ["outlet", "verb", "form", "agent", "patient", "voice", "hedged", "article_id", "start", "end"]
    table = rows[columns].rename(columns={"voice": "whose words"})
    table["form"] = table["form"].str.replace("_", " ")
    return in_story_order(analysis, table)


def agency(analysis: Analysis, *, deed: str = "killing") -> pd.DataFrame:
    """Agency, attribution and hedging read together: outlet, mentions, agent named, stated by the outlet itself, hedged, places."""
    rows = []
    for outlet, group in analysis.table("actions").query("deed == @deed").groupby("outlet", sort=False):
        rows.append(
            {
                "outlet": outlet,
                "mentions": len(group),
                "agent named": int(group["agent"].notna().sum()),
                "in the outlet's own words": int((group["voice"] == "narrator").sum()),
                "hedged": int(group["hedged"].fillna(False).sum()),
                "places": places(group, "actions"),
            }
        )
    columns = ["outlet", "mentions", "agent named", "in the outlet's own words", "hedged", "places"]
    return in_story_order(analysis, pd.DataFrame(rows, columns=columns))
