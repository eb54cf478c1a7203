"""Who is called what, who does what to whom, what is told and untold: outlet beside outlet."""

import re

import pandas as pd

from samestory import clean
from samestory.analysis import Analysis
from samestory.compare.overview import in_story_order, moment_name, with_text
from samestory.evidence import Html, colours, note, places, table, together
from samestory.framing import facts

VALENCES = ("neutral", "legitimising", "delegitimising", "loaded")
STATE_WORDS = {"told": "told", "differs": "told otherwise", "untold": "untold", "not_yet": "not yet known", "no_longer": "no longer news"}


def labels(analysis: Analysis) -> pd.DataFrame:
    """Mentions of the codebook's actors with outlet and `name`, the actor's readable name."""
    rows = analysis.table("labels")
    rows["name"] = rows["actor"].map(analysis.story.codebook.actor_names()).astype("string").fillna(rows["actor"])
    return rows


def called(analysis: Analysis) -> pd.DataFrame:
    """Who is called what: one row an actor and outlet; labels with counts by voice.

    Columns: actor, outlet, mentions, `narrator` (labels in the outlet's own words), `attributed` (in its paraphrase of a source), `quoted`
    (inside quotation marks), places. Each label with how often it stands; most frequent first.
    """
    rows = []
    for (name, outlet), group in labels(analysis).groupby(["name", "outlet"], sort=False):
        row = {"actor": name, "outlet": outlet, "mentions": len(group)}
        for voice in ("narrator", "attributed", "quoted"):
            row[voice] = worded(group.loc[group["voice"] == voice, "text"])
        rows.append(row | {"places": places(group, "labels")})
    table = in_story_order(
        analysis, pd.DataFrame(rows, columns=["actor", "outlet", "mentions", "narrator", "attributed", "quoted", "places"])
    )
    return by_actor(analysis, table)


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


def headlines(analysis: Analysis) -> pd.DataFrame:
    """Headlines and sub-heads, apart from the running text: outlet, place (headline, sub-head), words, places.

    A headline is a first line of at most 16 words without a full stop; a sub-head a later line of at most nine. A title that does not
    stand in the text cannot be linked and is left out.
    """
    rows = []
    for article in analysis.story.articles.itertuples():
        mine = {n: analysis.tables[n][analysis.tables[n]["article_id"] == article.article_id] for n in ("furniture", "sentences")}
        blanked = clean.blank(article.text, mine["furniture"].to_dict("records"))
        for i, (start, end) in enumerate(clean.lines(blanked)):
            line = article.text[start:end]
            if len(line.split()) > (16 if i == 0 else 9) or re.search(r"[.!:;,\"”]$|^[\"“]", line):
                continue
            around = mine["sentences"][(mine["sentences"]["start"] < end) & (mine["sentences"]["end"] > start)]
            place = "headline" if i == 0 else "sub-head"
            rows.append({"outlet": article.outlet, "place": place, "words": line, "places": places(around, "sentences")})
    return in_story_order(analysis, pd.DataFrame(rows, columns=["outlet", "place", "words", "places"]))


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
