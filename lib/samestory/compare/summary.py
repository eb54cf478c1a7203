"""What the index says was found: a few sentences in careful words, each leading to its evidence."""

from samestory.analysis import Analysis
from samestory.compare import casualties, facts, labels, overview, quotes, sentiment
from samestory.compare.methods import NAMES
from samestory.evidence import Place, href

SEED = 20161213


def findings(analysis: Analysis, *, seed: int = SEED) -> list[dict]:
    """The findings of a story: rows `text`, `href` (the first place it rests on, or the notebook) and `notebook` (its name).

    Each is about these texts only. A comparison that the texts cannot carry is left out, or said to be impossible.
    """
    found = []
    for notebook, statements in (
        ("00-story", _what_is_compared(analysis)),
        ("01-framing", _labels(analysis)),
        ("01-framing", _facts(analysis)),
        ("02-quotes", _quotes(analysis)),
        ("03-casualties", _figures(analysis)),
        ("04-sentiment", _sentiment(analysis, seed)),
    ):
        for text, where in statements:
            found.append({"text": text, "href": href(where) if where else f"{notebook}.html", "notebook": notebook})
    return found


def and_(names: list[str]) -> str:
    """A list in English: A, B and C."""
    names = list(names)
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def number(n: int) -> str:
    """A number at the beginning of a sentence: in words up to twelve."""
    words = "No One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve".split()
    return words[n] if n < len(words) else f"{n:,}"


def _what_is_compared(analysis: Analysis) -> list[tuple[str, Place | None]]:
    articles = analysis.tables["articles"]
    count = f"{number(len(articles))} article{'s' if len(articles) != 1 else ''} from {and_(analysis.story.outlets)}"
    moments = articles["moment"].dropna().unique()
    if len(moments) < 2:
        return [(count + ".", None)]
    comparable = facts.moments_told_by_several(analysis)
    said = f"{count} report {number(len(moments)).lower()} different moments of the story."
    for moment in comparable:
        names = articles.loc[articles["moment"] == moment, "outlet"].tolist()
        said += (
            f" Only {and_(names)} report the same one (“{overview.moment_name(analysis, moment)}”), so only they are compared fact by fact."
        )
    if not comparable:
        said += " No two outlets report the same one, so no facts are compared."
    return [(said, None)]


def _labels(analysis: Analysis) -> list[tuple[str, Place | None]]:
    rows = labels.valences(analysis)
    actors = analysis.story.codebook.actors
    things = set(actors.loc[actors["kind"].isin(["event", "area"]), "name"])
    rows = rows[(rows["valence"] == "delegitimising") & ~rows["actor"].isin(things)]
    own = rows[rows["in whose voice"] == "narrator"]
    articles = analysis.story.articles
    agencies = {r.outlet: f"; agency: {r.wire}" for r in articles.itertuples() if r.wire}
    out = []
    for actor, group in rows.groupby("actor", sort=False):
        mine = own[own["actor"] == actor]
        pieces = [f"{r.outlet} ({', '.join(r.labels)}{agencies.get(r.outlet, '')})" for r in mine.itertuples()]
        others = [o for o in dict.fromkeys(group["outlet"]) if o not in set(mine["outlet"])]
        if not pieces:
            continue
        text = f"{actor}: a delegitimising label stands in the text’s own words in {and_(pieces)}"
        text += f"; in {and_(others)} only in paraphrase or quotation." if others else "."
        out.append((text, mine["places"].iloc[0][0]))
    return out


def _facts(analysis: Analysis) -> list[tuple[str, Place | None]]:
    out = []
    for moment in facts.moments_told_by_several(analysis):
        told = facts.told(analysis, moment=moment)
        outlets = [c for c in told.columns if c not in ("fact", "places")]
        if told.empty:
            continue
        some = told[(told[outlets].isin(["told", "told otherwise"]).any(axis=1)) & (told[outlets] == "untold").any(axis=1)]
        if some.empty:
            continue
        row = next((r for r in some.to_dict("records") if r["places"]), None)
        text = (
            f"Of {len(told)} facts that the codebook lists for “{overview.moment_name(analysis, moment)}” or any moment (a list drawn "
            f"from these texts), {len(some)} are told by at least one outlet and untold by another that could have known them."
        )
        out.append((text, row["places"][0] if row else None))
    return out


def _quotes(analysis: Analysis) -> list[tuple[str, Place | None]]:
    rows = quotes.sides(analysis)
    if rows.empty:
        return [("No quotes were found.", None)]
    rows["words"] = rows["words in direct"] + rows["in mixed"] + rows["in reported"]
    pieces, first = [], None
    for outlet, group in rows.groupby("outlet", sort=False):
        named = group[group["side"] != "side not known"]
        if named.empty or quotes.is_small(int(group["quotes"].sum())):
            continue
        top = named.loc[named["words"].idxmax()]
        pieces.append(f"{outlet}: {top['side']} ({top['words']} of {group['words'].sum()} words)")
        first = first or top["places"][0]
    out = []
    if pieces:
        out.append(("The side given most quoted or reported words: " + "; ".join(pieces) + ".", first))
    every = quotes.parts(analysis).drop_duplicates(["article_id", "quote_id"])
    unresolved = every[every["speaker"].isna()]
    if len(unresolved):
        first = unresolved.iloc[0]
        name = "names" if len(unresolved) == 1 else "name"
        said = f"{len(unresolved)} of the {len(every)} statements found {name} no speaker who could be resolved."
        out.append((said, Place("quotes", first["article_id"], int(first["start"]), int(first["end"]))))
    return out


def _figures(analysis: Analysis) -> list[tuple[str, Place | None]]:
    rows = casualties.side_by_side(analysis)
    out = []
    for row in rows[(rows["outlets"].map(len) > 1) & ~rows["part"].astype(bool)].to_dict("records"):
        bare = [s.split("(")[-1].rstrip(")") for s in row["said by"] if s.startswith(casualties.UNSOURCED)]
        named = [s for s in row["said by"] if not s.startswith(casualties.UNSOURCED)]
        text = f"{casualties.quoted(row['figure'], row['people'])} ({row['harm']}) is one figure, given by {and_(row['outlets'])}"
        text += f" on the word of {and_(named)}" if named else ""
        if bare and named:
            text += f"; {and_(bare)} give{'s' if len(bare) == 1 else ''} it in a sentence without a source."
        else:
            text += ", in sentences without a source." if bare else "."
        out.append((text, row["places"][0]))
    out += [(text, None) for text in casualties.not_to_be_added(analysis) if "do not fit" in text]
    if len(rows) and not out:
        out.append(("No number of people is given by more than one outlet.", None))
    return out


def _sentiment(analysis: Analysis, seed: int) -> list[tuple[str, Place | None]]:
    if len(analysis.story.outlets) < 2 or analysis.tables["sentences"].empty:
        return []
    ways = sentiment.every_way(analysis, seed=seed)
    names = and_(list(dict.fromkeys(NAMES[method] for method, _ in ways)))
    text = f"Does the mean score of these texts’ narration differ between any two outlets, by {names}? {' '.join(sentiment.survives(ways))}"
    return [(text, None)]
