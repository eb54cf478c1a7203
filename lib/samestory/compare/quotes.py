"""Who gets to speak: speakers, sides, verbs of saying and silences, outlet beside outlet."""

import pandas as pd

from samestory.analysis import Analysis
from samestory.compare.overview import in_story_order, words_of
from samestory.compare.resample import SMALL
from samestory.evidence import places

UNNAMED = "not resolved"
LEAST = 0.5  # confidence from which a statement is counted; those below are shown apart and count nowhere
KINDS = {
    "person": "person, by name",
    "organisation": "organisation or country",
    "unnamed": "source without a name",
    "document": "document",
    "media": "media outlet",
    "": "not known",
}


def parts(analysis: Analysis, *, least: float = LEAST) -> pd.DataFrame:
    """Every part of every quote with outlet, `words`, the actor's readable name in `side` and a `who` that is never empty.

    Left out are quotes with a confidence below `least`.
    """
    rows = analysis.table("quotes")
    rows = rows[rows["confidence"] >= least].reset_index(drop=True)
    names = analysis.story.codebook.actor_names()
    words = words_of(analysis, rows)
    rows["words"] = words - _words_of_others_inside(rows, words)
    rows["side"] = rows["actor"].map(names).astype("string").fillna("side not known")
    rows["who"] = rows["speaker"].fillna(rows["speaker_text"]).fillna(UNNAMED)
    return rows


def _words_of_others_inside(rows: pd.DataFrame, words: pd.Series) -> pd.Series:
    """How many words of each part belong to statements inside it: a spokesman says that the office said; each word counts once."""
    counts = pd.Series(0, index=rows.index)
    for _, group in rows.groupby("article_id", sort=False):
        spans = list(zip(group.index, group["quote_id"], group["start"], group["end"], strict=True))
        for i, quote, start, end in spans:
            inside = [s for s in spans if s[1] != quote and s[2] >= start and s[3] <= end and (s[3] - s[2] < end - start or s[0] > i)]
            outermost = [s for s in inside if not any(_holds(other, s) for other in inside)]
            counts[i] = sum(words[s[0]] for s in outermost)
    return counts


def _holds(one: tuple, other: tuple) -> bool:
    """Does a span (number, quote, start, end) hold another? Of two that are alike the first does."""
    (i, _, start, end), (j, _, first, last) = one, other
    return i != j and start <= first and last <= end and (end - start > last - first or i < j)


def speakers(analysis: Analysis) -> pd.DataFrame:
    """One row an outlet and speaker: outlet, speaker, side, quotes, direct, words, share of words, said how, places.

    The share is of all words that the outlet quotes or reports.
    """
    rows = []
    every = parts(analysis)
    total = every.groupby("outlet")["words"].sum()
    for (outlet, who), group in every.groupby(["outlet", "who"], sort=False):
        verbs = group["cue"].dropna().str.lower().unique().tolist()
        first = group.drop_duplicates(["article_id", "quote_id"])
        rows.append(
            {
                "outlet": outlet,
                "speaker": who,
                "side": group["side"].iloc[0],
                "quotes": len(first),
                "direct": int((first["kind"] != "indirect").sum()),
                "words": int(group["words"].sum()),
                "share of words": float(group["words"].sum() / total[outlet]),
                "said how": verbs,
                "places": places(first, "quotes"),
            }
        )
    columns = ["outlet", "speaker", "side", "quotes", "direct", "words", "share of words", "said how", "places"]
    table = pd.DataFrame(rows, columns=columns).sort_values("words", ascending=False, kind="stable")
    return in_story_order(analysis, table)


def kinds(analysis: Analysis) -> pd.DataFrame:
    """One row an outlet and kind of source: outlet, source is, quotes, share of quotes, words, share of words, in marks, places.

    The shares are of all statements, and of all quoted or reported words, of the outlet, and missing where it has too few statements;
    `in marks` counts statements with words in quotation marks.
    """
    every = parts(analysis)
    every["source is"] = every["speaker_kind"].fillna("").map(KINDS)
    rows = []
    first = every.drop_duplicates(["article_id", "quote_id"])
    words, quotes = every.groupby("outlet")["words"].sum(), first.groupby("outlet").size()
    for (outlet, kind), group in every.groupby(["outlet", "source is"], sort=False):
        mine = group.drop_duplicates(["article_id", "quote_id"])
        rows.append(
            {
                "outlet": outlet,
                "source is": kind,
                "quotes": len(mine),
                "share of quotes": _share(len(mine), quotes[outlet], quotes[outlet]),
                "words": int(group["words"].sum()),
                "share of words": _share(group["words"].sum(), words[outlet], quotes[outlet]),
                "in marks": int((mine["kind"] != "indirect").sum()),
                "places": places(mine, "quotes"),
            }
        )
    columns = ["outlet", "source is", "quotes", "share of quotes", "words", "share of words", "in marks", "places"]
    table = pd.DataFrame(rows, columns=columns).sort_values("words", ascending=False, kind="stable")
    return in_story_order(analysis, table)


def _share(part: int, whole: int, quotes: int) -> float | None:
    """A share, or None where the outlet has too few statements for one to mean anything."""
    return None if is_small(quotes) else float(part / max(whole, 1))


def second_hand(analysis: Analysis) -> pd.DataFrame:
    """Statements that reached the outlet through somebody else: outlet, through, speaker, side, how, content, places.

    Through a medium to which the source spoke ("told Reuters"; the outlet's own name is no second hand), or through another source that
    passes it on ("the office said that doctors had counted 82").
    """
    rows = parts(analysis)
    through = rows["through"].fillna("").str.casefold()
    rows = rows[(through != "") & (through != rows["outlet"].str.casefold())].drop_duplicates(["article_id", "quote_id"])
    table = pd.DataFrame(
        {
            "outlet": rows["outlet"],
            "through": rows["through"],
            "speaker": rows["who"],
            "side": rows["side"],
            "how": rows["kind"],
            "content": rows["text"],
            "places": [places(rows.loc[[i]], "quotes") for i in rows.index],
        }
    )
    return in_story_order(analysis, table)


def weak(analysis: Analysis) -> pd.DataFrame:
    """Words in quotation marks whose speaker is only guessed, counted nowhere: as `listing`."""
    rows = parts(analysis, least=0)
    return _listed(analysis, rows[rows["confidence"] < LEAST])


def sides(analysis: Analysis) -> pd.DataFrame:
    """One row an outlet and side: outlet, side, quotes, words in direct, mixed and reported statements, shares, places.

    Shares are of the outlet's statements and of its quoted or reported words, missing where it has too few statements. A word in a
    statement inside another statement (a spokesman says that the office said) counts once, for the inner speaker.
    """
    rows = []
    every = parts(analysis)
    counted = every.drop_duplicates(["article_id", "quote_id"])
    all_quotes, all_words = counted.groupby("outlet").size(), every.groupby("outlet")["words"].sum()
    for (outlet, side), group in every.groupby(["outlet", "side"], sort=False):
        words = group.groupby("kind")["words"].sum()
        mine = group.drop_duplicates(["article_id", "quote_id"])
        rows.append(
            {
                "outlet": outlet,
                "side": side,
                "quotes": len(mine),
                "share of quotes": _share(len(mine), all_quotes[outlet], all_quotes[outlet]),
                "words in direct": int(words.get("direct", 0)),
                "in mixed": int(words.get("mixed", 0)),
                "in reported": int(words.get("indirect", 0)),
                "share of words": _share(words.sum(), all_words[outlet], all_quotes[outlet]),
                "places": places(mine, "quotes"),
            }
        )
    columns = ["outlet", "side", "quotes", "share of quotes", "words in direct", "in mixed", "in reported", "share of words", "places"]
    return in_story_order(analysis, pd.DataFrame(rows, columns=columns))


def verbs(analysis: Analysis) -> pd.DataFrame:
    """Verbs of saying by what they do: outlet, verb is (neutral, endorsing, doubting), quotes, verbs, introducing (sides), places."""
    rows = []
    first = parts(analysis).drop_duplicates(["article_id", "quote_id"])
    for (outlet, kind), group in first.dropna(subset=["cue_kind"]).groupby(["outlet", "cue_kind"], sort=False):
        counts = group["cue"].str.lower().value_counts()
        said = [f"{verb} {n}" if n > 1 else verb for verb, n in counts.items()]
        whose = [f"{side} {n}" if n > 1 else side for side, n in group["side"].value_counts().items()]
        row = {"outlet": outlet, "verb is": kind, "quotes": len(group), "verbs": said, "introducing": whose}
        rows.append(row | {"places": places(group, "quotes")})
    return in_story_order(analysis, pd.DataFrame(rows, columns=["outlet", "verb is", "quotes", "verbs", "introducing", "places"]))


def silences(analysis: Analysis) -> pd.DataFrame:
    """Sides that an outlet mentions but never quotes: outlet, side, mentions, places of the mentions; things are no speakers."""
    book = analysis.story.codebook
    speaking = book.actors[~book.actors["kind"].isin(["event", "area", "medium"])]
    quoted = parts(analysis).groupby("outlet")["actor"].agg(set).to_dict()
    rows = []
    for (outlet, actor), group in analysis.table("labels").groupby(["outlet", "actor"], sort=False):
        if actor in set(speaking["actor"]) and actor not in quoted.get(outlet, set()):
            name = book.actor_names()[actor]
            rows.append({"outlet": outlet, "side": name, "mentions": len(group), "places": places(group, "labels")})
    return in_story_order(analysis, pd.DataFrame(rows, columns=["outlet", "side", "mentions", "places"]))


def listing(analysis: Analysis) -> pd.DataFrame:
    """Every quote counted: outlet, speaker, side, how, verb, content, through, confidence; with article_id, start, end."""
    return _listed(analysis, parts(analysis))


def _listed(analysis: Analysis, rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows[["outlet", "who", "side", "kind", "cue", "text", "through", "confidence", "article_id", "start", "end"]]
    return in_story_order(analysis, rows.rename(columns={"who": "speaker", "kind": "how", "cue": "verb", "text": "content"}))


def is_small(quotes: int) -> bool:
    """Too few quotes for a share to mean anything."""
    return quotes < SMALL
