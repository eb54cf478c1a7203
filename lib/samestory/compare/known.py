"""When did each fact become known, and which article could give it?"""

import calendar
import datetime
import re

import pandas as pd

from samestory.analysis import Analysis
from samestory.compare.overview import moment_name, some
from samestory.evidence import places
from samestory.framing.facts import by_date

DAY = datetime.timedelta(days=1)


def span(date: str) -> tuple[datetime.date, datetime.date] | None:
    """The first and the last day that a date may mean: the day itself, or all of a month or year; None when there is no date."""
    found = re.match(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", date or "")
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = datetime.date(year, month or 1, day or 1)
        return first, datetime.date(year, month or 12, day or calendar.monthrange(year, month or 12)[1])
    except ValueError:
        return None


def standing(analysis: Analysis) -> pd.DataFrame:
    """Could each article know each fact? One row a fact and article: fact_id, article_id, outlet, published, `could`, `coded`.

    `could` is "yes", "not yet", "no longer" or "" (not known: the article has no date). A coded state goes before the dates: whoever tells
    a fact knows it, and a person may know that a text is from before noon. `coded` says that this made it other than the dates have it.
    """
    rows = analysis.tables["facts"].merge(analysis.story.articles[["article_id", "outlet", "published"]], on="article_id")
    rows = rows.merge(analysis.story.codebook.facts[["fact_id", "known_from", "known_until"]], on="fact_id")
    words = {"untold": "yes", "not_yet": "not yet", "no_longer": "no longer"}
    dated = [words[by_date(r.published, r.known_from, r.known_until)] if span(r.published) else "" for r in rows.itertuples()]
    said = rows["state"].map({"told": "yes", "differs": "yes", "not_yet": "not yet", "no_longer": "no longer"})
    rows["could"] = said.fillna(pd.Series(dated, index=rows.index, dtype=object))
    rows["coded"] = rows["could"] != pd.Series(dated, index=rows.index, dtype=object)
    return rows[["fact_id", "article_id", "outlet", "published", "could", "coded"]]


def facts(analysis: Analysis) -> pd.DataFrame:
    """One row a fact: fact, moment, known from, news until, could know it, not yet, no longer, date unknown (outlets), places.

    Facts stand moment by moment. The outlets stand where `standing` has their articles, whatever they tell; an outlet with articles on
    both sides stands in both. Facts without either date rule nothing out. `places` are the tellings that a person has coded.
    """
    every = standing(analysis)
    tellings = analysis.tables["facts"].dropna(subset=["start"])
    rows = []
    for fact in in_order(analysis).itertuples():
        mine = every[every["fact_id"] == fact.fact_id]
        who = {could: some(list(group["outlet"])) for could, group in mine.groupby("could")}
        rows.append(
            {
                "fact": fact.fact,
                "moment": moment_name(analysis, fact.moment) or "any",
                "known from": fact.known_from or None,
                "news until": fact.known_until or None,
                "could know it": who.get("yes"),
                "not yet": who.get("not yet"),
                "no longer": who.get("no longer"),
                "date unknown": who.get(""),
                "places": places(tellings[tellings["fact_id"] == fact.fact_id], "facts"),
            }
        )
    columns = ["fact", "moment", "known from", "news until", "could know it", "not yet", "no longer", "date unknown", "places"]
    table = pd.DataFrame(rows, columns=columns)
    return table if table["date unknown"].notna().any() else table.drop(columns="date unknown")


def in_order(analysis: Analysis) -> pd.DataFrame:
    """The facts of the codebook, those of one moment together in the moments' order, those of no moment last."""
    book = analysis.story.codebook
    order = {m: i for i, m in enumerate(book.moments["moment"])}
    return book.facts.sort_values("moment", key=lambda c: c.map(lambda m: order.get(m, len(order) + (m == ""))), kind="stable")
