"""Which facts are told and untold: outlet beside outlet, within a moment."""

import pandas as pd

from samestory.analysis import Analysis
from samestory.compare.overview import in_story_order, moment_name, with_text
from samestory.evidence import Html, colours, note, places, table, together
from samestory.framing import facts

STATE_WORDS = {"told": "told", "differs": "told otherwise", "untold": "untold", "not_yet": "not yet known", "no_longer": "no longer news"}


def told(analysis: Analysis, *, moment: str = "") -> pd.DataFrame:
    """Facts told and untold: one row a fact, one column an outlet with its state in words, and the places of the telling.

    With `moment`, only facts of that moment and outlets that report it: elsewhere a comparison would take what was not yet known for
    an omission.
    """
    book = analysis.story.codebook.facts
    articles = analysis.story.articles
    if moment:
        book = book[book["moment"].isin([moment, ""])]
        articles = articles[articles["moment"] == moment]
    states = analysis.tables["facts"].merge(articles[["article_id", "outlet"]], on="article_id")
    rows = []
    for fact in book.itertuples():
        mine = states[states["fact_id"] == fact.fact_id]
        told_here = mine.dropna(subset=["start"])
        row = {"fact": fact.fact}
        for outlet in dict.fromkeys(articles["outlet"]):
            found = mine.loc[mine["outlet"] == outlet, "state"]
            row[outlet] = STATE_WORDS[found.iloc[0]] if len(found) else None
        rows.append(row | {"places": places(told_here, "facts")})
    return pd.DataFrame(rows)


def moments_told_by_several(analysis: Analysis) -> list[str]:
    """Moments that two or more outlets report: only within these are facts compared."""
    counts = analysis.story.articles[analysis.story.articles["moment"] != ""].groupby("moment", sort=False)["outlet"].nunique()
    return counts[counts > 1].index.tolist()


def alone(analysis: Analysis, *, moment: str = "") -> pd.DataFrame:
    """Sentences that nothing in the other outlets of the same moment resembles: outlet, sentence, nearest; candidates, not omissions."""
    rows = with_text(analysis, analysis.tables["sentences"])
    if moment:
        rows = rows[rows["moment"] == moment]
    found = facts.unmatched(rows)
    columns = ["outlet", "text", "nearest", "article_id", "start", "end"]
    return in_story_order(analysis, found.reindex(columns=columns).rename(columns={"text": "sentence"}))


def comparability(analysis: Analysis) -> list[str]:
    """Which moments can be compared fact by fact, and which cannot and why, in words."""
    said = []
    for moment, group in analysis.story.articles.groupby("moment", sort=False):
        name = moment_name(analysis, moment) or "no moment named"
        outlets = list(dict.fromkeys(group["outlet"]))
        if moment and len(outlets) > 1:
            said.append(f"“{name}”: compared fact by fact between {', '.join(outlets)}.")
        elif moment:
            said.append(f"“{name}”: only {outlets[0]} reports it, so there is nothing to compare its facts with.")
        else:
            said.append(f"{', '.join(outlets)}: no moment is named in articles.csv, so no facts are compared.")
    return said


def told_by_moment(analysis: Analysis) -> Html:
    """A table of facts told and untold for each moment that several outlets report, or a remark that there is none."""
    colour = colours(analysis.story.all_outlets)
    tables = [
        table(told(analysis, moment=moment), caption=f"Facts of “{moment_name(analysis, moment)}”, by outlet", colour=colour)
        for moment in moments_told_by_several(analysis)
    ]
    return together(*tables) if tables else note("No moment of this story is told by two of these outlets.", kind="empty")
