"""The picture of when each fact became known, and of the articles that came out before, while and after it was news."""

import datetime
import textwrap

import matplotlib.dates
import pandas as pd
from matplotlib import pyplot as plt

from samestory.analysis import Analysis
from samestory.compare import known
from samestory.compare.overview import moment_name, some
from samestory.evidence import Html, colours, note
from samestory.report.plots import STYLE, finish, short

INK, BAR, PALE = "#1d1b17", "#8fa1ad", "#d9dfe3"
MOST_ARTICLES = 12  # rows of articles; with more, a bar for each day says how many appeared
HALF = datetime.timedelta(hours=12)


def facts(analysis: Analysis, *, caption: str, most: int = 40) -> Html:
    """Each fact as a bar over the days on which it was news, the articles above it, a line downwards from the day of each.

    A bar without an end runs to the edge, with an arrow; a date given to the month or year only is pale over all that it may mean. A cross
    with an outlet's name is a coded exception: a person knows that this article could not give the fact. Facts and articles without a date
    are not drawn and named below; so is what is beyond `most` facts.
    """
    book = known.in_order(analysis)
    dated = [f for f in book.itertuples() if known.span(f.known_from) or known.span(f.known_until)]
    articles = [(r, days) for r in analysis.story.articles.itertuples() if (days := known.span(r.published))]
    if not dated or not articles:
        lacking = "no fact in the codebook has a date" if not dated else "no article has a date"
        return note(f"There is nothing to draw: {lacking}.", kind="empty", title=caption)
    rows, articles = dated[:most], sorted(articles, key=lambda pair: pair[1])
    edges = _edges(rows, articles)
    many = len(articles) > MOST_ARTICLES
    lines = _lines(analysis, rows)
    upper = 2.2 if many else 0.5 + len(articles)
    with plt.rc_context(STYLE):
        drawn, (above, below) = plt.subplots(
            2, 1, sharex=True, figsize=(7.4, 1.0 + 0.34 * (upper + len(lines))), height_ratios=[upper, len(lines)]
        )
    colour = colours(analysis.story.all_outlets)
    _articles(above, articles, colour, many=many)
    _bars(below, lines, edges)
    standing = known.standing(analysis)
    apart = standing[standing["coded"] & standing["could"].isin(["not yet", "no longer"]) & standing["published"].map(known.span).notna()]
    for y, (_, fact) in enumerate(lines):
        for r in apart[apart["fact_id"] == fact.fact_id].itertuples() if fact else ():
            below.plot(_middle(known.span(r.published)), y, "x", color=INK, markersize=6, markeredgewidth=1.6)
            below.annotate(short(r.outlet, 14), (_middle(known.span(r.published)), y), (5, 3), textcoords="offset points", fontsize=8)
    for day in sorted({_middle(days) for _, days in articles if days[0] == days[1]}):
        below.axvline(day, color=INK, linewidth=0.9, linestyle=(0, (1, 2)))
    below.set_xlim(*edges)
    locator = matplotlib.dates.AutoDateLocator(minticks=3, maxticks=9)
    below.xaxis.set_major_locator(locator)
    below.xaxis.set_major_formatter(matplotlib.dates.ConciseDateFormatter(locator))
    below.tick_params(axis="x", labelsize=9)
    left = _left_out(analysis, dated, rows)
    return finish(drawn, alt=_alt(analysis, standing) + left, caption=caption + left)


def _middle(days: tuple[datetime.date, datetime.date]) -> datetime.datetime:
    first, last = (datetime.datetime.combine(day, datetime.time()) for day in days)
    return first + (last + known.DAY - first) / 2


def _edges(rows: list, articles: list) -> tuple[datetime.datetime, datetime.datetime]:
    """The first and last day to be drawn, with a margin that leaves room for arrows."""
    days = [day for fact in rows for date in (fact.known_from, fact.known_until) for day in known.span(date) or ()]
    days += [day for _, span in articles for day in span]
    first, last = (datetime.datetime.combine(day, datetime.time()) for day in (min(days), max(days)))
    margin = max(known.DAY, (last - first) / 12)
    return first - margin, last + known.DAY + margin


def _lines(analysis: Analysis, rows: list) -> list[tuple[str, object]]:
    """What stands in each row of the picture: the name of a moment before its facts (with None), or a fact."""
    out, before = [], None
    for fact in rows:
        if fact.moment != before and len(analysis.story.codebook.moments):
            out.append((moment_name(analysis, fact.moment) or "Any moment", None))
        before = fact.moment
        out.append((fact.fact, fact))
    return out


def _articles(axes: plt.Axes, articles: list, colour: dict[str, str], *, many: bool) -> None:
    """A row with a dot an article (a bar where its date is a month or a year), or how many appeared on each day."""
    if many:
        counts = pd.Series([days for _, days in articles]).value_counts(sort=False)
        for days, n in counts.items():
            left, exact = datetime.datetime.combine(days[0], datetime.time()), days[0] == days[1]
            style = {"color": BAR} if exact else {"color": PALE, "hatch": "///", "edgecolor": BAR, "linewidth": 0, "zorder": 0}
            axes.bar(left, n, width=days[1] + known.DAY - days[0], align="edge", **style)
            axes.annotate(str(n), (_middle(days), n), (0, 2), textcoords="offset points", ha="center", fontsize=9)
        axes.set_yticks([])
        axes.set_ylabel("articles", fontsize=9)
        axes.set_ylim(0, counts.max() * 1.35)
        return
    for y, (row, days) in enumerate(articles):
        if days[0] == days[1]:
            axes.plot([_middle(days)] * 2, [y, len(articles)], color=INK, linewidth=0.9, linestyle=(0, (1, 2)), zorder=0)
            axes.plot(_middle(days), y, "o", color=colour[row.outlet], markersize=8)
        else:
            axes.plot(days, [y, y], color=colour[row.outlet], linewidth=5, solid_capstyle="butt")
    axes.set_yticks(range(len(articles)), [short(r.outlet, 30) for r, _ in articles], fontsize=9.5)
    axes.set_ylim(len(articles) - 0.3, -0.7)


def _bars(axes: plt.Axes, lines: list, edges: tuple) -> None:
    for y, (_, fact) in enumerate(lines):
        if fact is None:
            continue
        start, end = known.span(fact.known_from), known.span(fact.known_until)
        first = datetime.datetime.combine(start[0], datetime.time()) if start else edges[0]
        last = datetime.datetime.combine(end[1], datetime.time()) + known.DAY if end else edges[1]
        axes.barh(y, last - first, left=first, height=0.56, color=BAR)
        for vague in (start, end):
            if vague and vague[0] != vague[1]:
                at = datetime.datetime.combine(vague[0], datetime.time())
                axes.barh(y, vague[1] + known.DAY - vague[0], left=at, height=0.56, color=PALE, hatch="///", edgecolor=BAR, linewidth=0)
        for there, at, sign in ((start, edges[0], -1), (end, edges[1], 1)):
            if not there:
                arrow = {"arrowstyle": "->", "color": INK, "lw": 1.2, "shrinkA": 0, "shrinkB": 0}
                axes.annotate("", (at, y), (at - sign * (edges[1] - edges[0]) / 30, y), arrowprops=arrow)
    axes.set_yticks(
        range(len(lines)), [text if not f else "\n".join(textwrap.wrap(text, 44, max_lines=2, placeholder=" …")) for text, f in lines]
    )
    for label, (_, fact) in zip(axes.get_yticklabels(), lines, strict=True):
        label.set_fontsize(8.5 if fact else 9.5)
        label.set_fontweight("normal" if fact else "bold")
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(lines) - 0.4, -0.6)


def _alt(analysis: Analysis, rows: pd.DataFrame) -> str:
    """What the picture shows, article by article (`rows` as in `known.standing`); the table beside it has it fact by fact."""
    said = []
    for article in analysis.story.articles.itertuples():
        if known.span(article.published):
            counts = rows.loc[rows["article_id"] == article.article_id, "could"].value_counts()
            could, early, late = (counts.get(word, 0) for word in ("yes", "not yet", "no longer"))
            of = f"could know {could} of {counts.sum()} facts; {early} were not yet known, {late} no longer news"
            said.append(f"{article.outlet} ({article.published}) {of}")
    more = f"; and {len(said) - MOST_ARTICLES} further articles" if len(said) > MOST_ARTICLES else ""
    return f"Bars of when each fact was news, and the articles by date. {'. '.join(said[:MOST_ARTICLES])}{more}."


def _left_out(analysis: Analysis, dated: list, shown: list) -> str:
    """What is not drawn, and why."""
    out = ""
    if len(dated) > len(shown):
        out += f" The first {len(shown)} of {len(dated)} facts with a date; the table has them all."
    facts_ = [f.fact for f in analysis.story.codebook.facts.itertuples() if not (known.span(f.known_from) or known.span(f.known_until))]
    if facts_:
        out += f" Not drawn, for want of a date: {'; '.join(facts_[:6])}{f' and {len(facts_) - 6} more' if len(facts_) > 6 else ''}."
    undated = [r.outlet for r in analysis.story.articles.itertuples() if not known.span(r.published)]
    return out + (f" Articles without a date: {some(undated)}." if undated else "")
