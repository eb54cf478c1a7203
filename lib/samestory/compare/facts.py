"""Which facts are told and untold: outlet beside outlet, within a moment unless somebody asks for more."""

import pandas as pd

from samestory.analysis import Analysis
from samestory.compare import comparable, grids, known, moves
from samestory.compare.grids import Said
from samestory.compare.overview import in_story_order, moment_name, some, with_text
from samestory.evidence import Html, Place, colours, note, places, together
from samestory.framing import facts

STATE_WORDS = {"told": "told", "differs": "told otherwise", "untold": "untold", "not_yet": "not yet known", "no_longer": "no longer news"}
UNCODED = "not coded"
ORDER = ["told", "differs", "untold", "", "not_yet", "no_longer"]
LONGEST = 90  # characters of evidence shown in a cell; the link leads to all of it
REFUSED = "No moment of this story is told by two of these outlets, and facts are compared within a moment only (see above)."
ACROSS = (
    "These outlets report different moments, and are compared because across_moments is set. “Not yet known” and “no longer news” come "
    "from the dates in the codebook: such a fact is not left out. “Untold” says that the article’s date allows the fact and its text does "
    "not give it; whether it belonged to the moment that the article reports is for a reader to judge."
)


def told(analysis: Analysis, *, moment: str = "") -> pd.DataFrame:
    """Facts told and untold: one row a fact, one column an outlet with its state in words, and the places of the telling.

    With `moment`, only facts of that moment and outlets that report it: elsewhere a comparison would take what was not yet known for
    an omission. Of an outlet with several articles: told if one of them tells it, unknown (missing) if one that does not is not coded,
    untold if one could have told it.
    """
    book = analysis.story.codebook.facts
    articles = analysis.story.articles
    if moment:
        book = book[book["moment"].isin([moment, ""])]
        articles = articles[articles["moment"] == moment]
    states = _states(analysis, articles)
    rows = []
    for fact in book.itertuples():
        mine = states[states["fact_id"] == fact.fact_id]
        row = {"fact": fact.fact}
        for outlet in dict.fromkeys(articles["outlet"]):
            row[outlet] = _together(mine.loc[mine["outlet"] == outlet, "state"])
        rows.append(row | {"places": places(mine.dropna(subset=["start"]), "facts")})
    return pd.DataFrame(rows)


def _states(analysis: Analysis, articles: pd.DataFrame) -> pd.DataFrame:
    """The table `facts` for some articles, with outlet, a state empty where unknown, the words of the evidence and the note."""
    rows = analysis.tables["facts"].merge(articles[["article_id", "outlet", "text"]], on="article_id")
    rows["state"] = rows["state"].fillna("")
    rows["words"] = ["" if pd.isna(r.start) else " ".join(r.text[int(r.start) : int(r.end)].split()) for r in rows.itertuples()]
    notes = analysis.story.codebook.fact_states
    return rows.drop(columns="text").merge(notes[["fact_id", "article_id", "note"]], how="left").fillna({"note": ""})


def _together(states: pd.Series) -> str | None:
    """The state of an outlet's articles taken together, in words; None where it is not known."""
    for state in ("told", "differs", "", "untold", "not_yet", "no_longer"):
        if (states == state).any():
            return STATE_WORDS.get(state)
    return None


def grid(analysis: Analysis, *, moment: str = "", across_moments: bool = False) -> pd.DataFrame:
    """Facts by outlet for `grids.table`: each cell says told (linked), told otherwise, untold, not yet known, no longer news or not coded.

    Facts of `moment` and of none, and the outlets that report it; with `across_moments` all facts and all outlets, and the fact's moment
    as a column. Columns: fact, known (from when until when it was news), and the outlets; with more outlets than columns fit, one column a
    state, with the outlets in it. A cell holds the evidence in its words and, below, the note of whoever coded it.
    """
    book, articles = known.in_order(analysis), analysis.story.articles
    if not across_moments:
        book, articles = book[book["moment"].isin([moment, ""])], articles[articles["moment"] == moment]
    states = _states(analysis, articles)
    outlets = list(dict.fromkeys(articles["outlet"]))
    many = len(outlets) > grids.MOST_COLUMNS
    several = set(articles.loc[articles["outlet"].duplicated(), "outlet"])
    rows = []
    for fact in book.itertuples():
        mine = states[states["fact_id"] == fact.fact_id]
        row = {"fact": fact.fact, "known": when(fact)}
        if across_moments:
            row = {"moment": moment_name(analysis, fact.moment) or "any"} | row
        if many:
            row |= {word: _outlets(mine[mine["state"] == state], several) for state, word in _words().items()}
        else:
            row |= {outlet: _cell(mine[mine["outlet"] == outlet]) for outlet in outlets}
        rows.append(row)
    table = pd.DataFrame(rows)
    return table.loc[:, [c for c in table if not many or c not in _words().values() or table[c].map(len).any()]]


def _words() -> dict[str, str]:
    return {state: STATE_WORDS.get(state, UNCODED) for state in ORDER}


def when(fact) -> str:
    """From when until when a fact was news, in words; `fact` has `known_from` and `known_until`."""
    if fact.known_from and fact.known_until:
        return fact.known_from if fact.known_from == fact.known_until else f"{fact.known_from} to {fact.known_until}"
    return f"from {fact.known_from}" if fact.known_from else f"until {fact.known_until}" if fact.known_until else "no date given"


def _place(row) -> list[Place]:
    return [] if pd.isna(row.start) else [Place("facts", row.article_id, int(row.start), int(row.end))]


def _cell(mine: pd.DataFrame) -> list[Said]:
    """What the articles of one outlet make of one fact: each telling by itself, all else by its state."""
    out = []
    for state, word in _words().items():
        group = mine[mine["state"] == state]
        for row in group.itertuples() if state in ("told", "differs") else ():
            out.append(Said(f"{word}: {_quoted(row)}", _place(row), note=row.note))
        if len(group) and state not in ("told", "differs"):
            which = f" ({', '.join(group['article_id'])})" if len(mine) > 1 and len(group) < len(mine) else ""
            out.append(Said(word + which, [], note="; ".join(n for n in dict.fromkeys(group["note"]) if n)))
    return out


def _quoted(row) -> str:
    if not row.words:
        return "the evidence is not in the text"
    return f"“{row.words if len(row.words) <= LONGEST else row.words[:LONGEST].rsplit(' ', 1)[0] + ' …'}”"


def _outlets(group: pd.DataFrame, several: set[str]) -> list[Said]:
    """The outlets of one state as entries, those that tell the fact each with their places, the others in one line.

    Outlets in `several` have more than one article here, which are named.
    """
    told_here = group[group["state"].isin(["told", "differs"])]
    out = [Said(outlet, [p for r in mine.itertuples() for p in _place(r)]) for outlet, mine in told_here.groupby("outlet", sort=False)]
    rest = []
    for outlet, mine in group[~group.index.isin(told_here.index)].groupby("outlet", sort=False):
        rest.append(f"{outlet} ({', '.join(mine['article_id'])})" if outlet in several else outlet)
    return out + ([Said(", ".join(rest), [])] if rest else [])


def moments_told_by_several(analysis: Analysis) -> list[str]:
    """Moments that two or more outlets report: only within these are facts compared."""
    counts = analysis.story.articles.groupby("moment")["outlet"].nunique()
    return [m for m in moves.moments(analysis) if counts[m] > 1]


def comparability(analysis: Analysis) -> list[str]:
    """Which moments can be compared fact by fact, and which cannot and why, in words (`comparable.limits` as sentences)."""
    rows = comparable.limits(analysis)
    return [f"{r.what[:1].upper()}{r.what[1:]} ({r.outlets}): {'' if r.compared else 'not '}compared. {r.why}" for r in rows.itertuples()]


def told_by_moment(analysis: Analysis, *, across_moments: bool = False) -> Html:
    """`grid` as a table for each moment that several outlets report, or a remark that there is none.

    With `across_moments` one table over all moments instead, and a caution on what it can say.
    """
    colour = colours(analysis.story.all_outlets)
    empty = "The codebook lists no facts (codebook/facts.csv)."
    if across_moments and len(analysis.story.outlets) > 1:
        table = grids.table(
            grid(analysis, across_moments=True),
            caption="Facts of all moments, by outlet",
            colour=colour,
            under=_under(analysis),
            empty=empty,
        )
        return together(note(ACROSS, title="Across moments."), table)
    tables = []
    for moment in moments_told_by_several(analysis):
        rows, caption = grid(analysis, moment=moment), f"Facts of “{moment_name(analysis, moment)}”, by outlet"
        tables.append(grids.table(rows, caption=caption, colour=colour, under=_under(analysis, moment), empty=empty))
    return together(*tables) if tables else note(REFUSED, kind="empty")


def _under(analysis: Analysis, moment: str = "") -> dict[str, str]:
    """When each outlet's articles (of a moment) appeared, for the heads of the columns."""
    articles = analysis.story.articles
    articles = articles[articles["moment"] == moment] if moment else articles
    dates = articles.groupby("outlet", sort=False)["published"]
    return {outlet: some(sorted(d[:16].replace("T", " ") or "no date" for d in mine), most=2) for outlet, mine in dates}


def alone(analysis: Analysis, *, moment: str = "") -> pd.DataFrame:
    """Sentences that nothing in the other outlets of the same moment resembles: candidates to read, not omissions.

    Columns: outlet, sentence, whose words (narration, mixed or quoted), only here (names and figures that no other outlet of the moment
    prints), nearest (the sentence elsewhere that comes closest, as a list of places; its words in `nearest words`), with article_id, start,
    end. Within an outlet sentences with most such names and figures come first. Left out are sentences in which a person has found a
    fact that another outlet of the moment tells too.
    """
    rows = with_text(analysis, analysis.tables["sentences"])
    if moment:
        rows = rows[rows["moment"] == moment].reset_index(drop=True)
    found = facts.unmatched(rows)
    found = found[~_told_elsewhere(analysis, found)]
    near = [rows.loc[n] if n is not None else None for n in found["nearest_row"]]
    found["nearest words"] = [f"{n['outlet']}: {n['text']}" if n is not None else "" for n in near]
    found["nearest"] = [[Place("sentences", n["article_id"], int(n["start"]), int(n["end"]))] if n is not None else [] for n in near]
    found["_rank"] = [-len(words) for words in found["only_here"]]
    found = found.drop(columns="sentence", errors="ignore").sort_values("_rank", kind="stable")
    found = found.rename(columns={"text": "sentence", "voice": "whose words", "only_here": "only here"})
    columns = ["outlet", "sentence", "whose words", "only here", "nearest words", "nearest", "article_id", "start", "end"]
    return in_story_order(analysis, found.reindex(columns=columns))


def _told_elsewhere(analysis: Analysis, rows: pd.DataFrame) -> pd.Series:
    """Does each sentence hold the coded evidence of a fact that another outlet of its moment tells too?"""
    about = analysis.story.articles[["article_id", "outlet", "moment"]]
    told_here = analysis.tables["facts"].dropna(subset=["start"]).merge(about, on="article_id")
    several = told_here.groupby(["fact_id", "moment"])["outlet"].transform("nunique") > 1
    spans = told_here[several]
    by_article = {a: list(zip(g["start"], g["end"], strict=True)) for a, g in spans.groupby("article_id")}
    inside = [any(s < r.end and e > r.start for s, e in by_article.get(r.article_id, ())) for r in rows.itertuples()]
    return pd.Series(inside, index=rows.index, dtype=bool)
