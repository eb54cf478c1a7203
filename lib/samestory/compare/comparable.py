"""What is laid side by side here, and which of it may be compared with which?"""

import pandas as pd

from samestory import evidence
from samestory.analysis import Analysis
from samestory.compare import moves, shared_copy
from samestory.compare.grids import Said
from samestory.compare.overview import MOST_NAMED, in_story_order, moment_name, some
from samestory.evidence import Html, places

BETWEEN = {
    False: "They report different moments. What an article does not tell may not have happened yet, or be over: that is no omission. "
    "Set across_moments = True to compare them all the same; each cell then says what its date allows.",
    True: "Because across_moments is set. A fact that an article’s date rules out is “not yet known” or “no longer news” there, "
    "never untold.",
}
WITHOUT = "Name one, or set across_moments = True to compare them by their dates alone."


def articles(analysis: Analysis) -> pd.DataFrame:
    """One row an article for `grids.table`: what somebody has to know of it before comparing it.

    Columns: outlet, published, moment, words (page furniture left out), `genre` (as a person gives it in `articles.csv`; no column
    where none is given), `also in another text here` (words of sentences that another outlet prints too, of all), `shared with` (outlets,
    each linked in both articles), `agency` and `notes` (`wire` and `notes` of `articles.csv`, a person's judgement), `left out` (lines of
    page furniture, by reason).
    """
    shared = shared_copy.shares(analysis).set_index("article_id")
    words = dict(zip(analysis.tables["articles"]["article_id"], analysis.tables["articles"]["words"], strict=True))
    left_out = {a: _left_out(group) for a, group in analysis.tables["furniture"].groupby("article_id")}
    rows = []
    for article in analysis.story.articles.to_dict("records"):
        mine = shared.loc[article["article_id"]]
        rows.append(
            {
                "outlet": article["outlet"],
                "published": article["published"] or None,
                "moment": moment_name(analysis, article["moment"]),
                "words": str(words.get(article["article_id"], "")),
                "genre": article.get("genre") or None,
                "also in another text here": _share(mine),
                "shared with": _partners(mine["partners"]),
                "agency": article["wire"] or None,
                "notes": article["notes"] or None,
                "left out": left_out.get(article["article_id"], []),
            }
        )
    table = in_story_order(analysis, pd.DataFrame(rows))
    return table.drop(columns=[c for c in ("genre", "notes") if table[c].isna().all()])


def _left_out(furniture: pd.DataFrame) -> list[Said]:
    return [Said(f"{len(group)} × {reason}", places(group, "furniture")) for reason, group in furniture.groupby("reason", sort=False)]


def _share(mine) -> str | None:
    if not mine["shared"]:
        return None
    quoted = f", {mine['quoted']} of them quoted speech" if mine["quoted"] else ""
    return f"{mine['shared'] / mine['words']:.0%} ({mine['shared']} of {mine['words']} words{quoted})"


def _partners(partners: list[tuple]) -> list[Said]:
    """Each outlet with which copy is shared; of many the first few, with one sentence each, here and there."""
    many = len(partners) > MOST_NAMED + 1
    shown = [(o, n, where[:2]) for o, n, where in partners[:MOST_NAMED]] if many else partners
    out = [Said(f"{outlet}: {n} sentence{'s' if n > 1 else ''}", where) for outlet, n, where in shown]
    return out + ([Said(f"and {len(partners) - MOST_NAMED} more outlets", [])] if many else [])


def limits(analysis: Analysis, *, across_moments: bool = False) -> pd.DataFrame:
    """What may be compared fact by fact and what may not, one row a group of articles: `what`, `outlets`, `compared` (yes or no), `why`.

    Within a moment that several outlets report facts are compared. Between moments they are not, unless `across_moments` is set: what an
    article does not tell may not have been known, or no longer be news. Articles without a moment are compared with none.
    """
    rows = []
    named = analysis.story.articles[analysis.story.articles["moment"] != ""]
    for moment in moves.moments(analysis):
        outlets = list(dict.fromkeys(named.loc[named["moment"] == moment, "outlet"]))
        several = len(outlets) > 1
        why = "They report the same moment." if several else "One outlet alone reports it, so there is nothing to compare its facts with."
        rows.append([f"within “{moment_name(analysis, moment)}”", some(outlets), several, why])
    if len(rows) > 1:
        names = some([f"“{moment_name(analysis, m)}”" for m in moves.moments(analysis)])
        rows.append([f"between {names}", some(list(named["outlet"])), across_moments, BETWEEN[across_moments]])
    without = analysis.story.articles[analysis.story.articles["moment"] == ""]
    if len(without):
        why = "No moment is named for them in articles.csv, so nobody can say what they could have known. "
        why += "Because across_moments is set they are compared by their dates alone." if across_moments else WITHOUT
        rows.append(["articles without a moment", some(list(without["outlet"])), across_moments, why])
    return pd.DataFrame(rows, columns=["what", "outlets", "compared", "why"])


def mixed(analysis: Analysis, *, what: str) -> Html:
    """A caution to stand beside a table over the whole story that lays several moments side by side; nothing where there is one.

    `what` names what is counted: "Labels", "Distinctive words".
    """
    told = analysis.story.articles
    order = moves.moments(analysis)
    if len(order) < 2:
        return evidence.together()
    named = "; ".join(f"“{moment_name(analysis, m)}” ({some(list(told.loc[told['moment'] == m, 'outlet']))})" for m in order)
    text = (
        f"{what} are taken from the whole story, and that mixes moments: {named}. Outlets of different moments report different events, "
        "so a difference between them may be the event’s. Set moment to one of them to compare like with like."
    )
    return evidence.note(text, kind="caution", title="Several moments at once.")
