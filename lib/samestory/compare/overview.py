"""What is being compared: the articles, their lengths, dates and moments, what was left out, and the copy they share."""

import pandas as pd

from samestory.analysis import Analysis
from samestory.evidence import Place, places
from samestory.framing import shared

HEAD, SUB_HEAD = 16, 9  # words of a headline and of a sub-head, at most
MOST_NAMED = 4  # outlets named in a cell; the others are counted


def in_story_order(analysis: Analysis, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows sorted by outlet in the story's order, otherwise as they were."""
    order = {outlet: i for i, outlet in enumerate(analysis.story.all_outlets)}
    return rows.sort_values("outlet", key=lambda c: c.map(order), kind="stable").reset_index(drop=True)


def articles(analysis: Analysis) -> pd.DataFrame:
    """One row an article: outlet, published, moment, words, sentences, quotes, numbers_of_people, wire, places (its first sentence)."""
    rows = []
    for article in analysis.tables["articles"].itertuples():
        mine = {n: t[t["article_id"] == article.article_id] for n, t in analysis.tables.items() if n in ("sentences", "quotes", "figures")}
        first = mine["sentences"].head(1)
        rows.append(
            {
                "outlet": article.outlet,
                "published": article.published,
                "moment": moment_name(analysis, article.moment),
                "words": int(article.words),
                "sentences": len(mine["sentences"]),
                "quotes": mine["quotes"]["quote_id"].nunique(),
                "numbers of people": len(mine["figures"]),
                "agency copy": article.wire,
                "places": places(first, "sentences"),
            }
        )
    return in_story_order(analysis, pd.DataFrame(rows))


def moment_name(analysis: Analysis, moment) -> str | None:
    """The readable name of a moment of the story, or None when unknown."""
    if pd.isna(moment) or not moment:
        return None
    names = dict(zip(analysis.story.codebook.moments["moment"], analysis.story.codebook.moments["name"], strict=True))
    return names.get(moment) or moment


def some(names: list[str], *, most: int = MOST_NAMED) -> str:
    """Names in a row; of many the first `most`, the others only counted."""
    names = list(dict.fromkeys(names))
    return ", ".join(names) if len(names) <= most + 1 else f"{', '.join(names[:most])} and {len(names) - most} more"


def moments(analysis: Analysis) -> pd.DataFrame:
    """One row a moment of the story: moment, begins, what, outlets."""
    book = analysis.story.codebook.moments
    told = analysis.story.articles.groupby("moment", sort=False)["outlet"].unique().map(list)
    rows = [
        {"moment": m.name or m.moment, "begins": m.begins, "what": m.description, "told by": told.get(m.moment, [])}
        for m in book.itertuples(index=False)
    ]
    return pd.DataFrame(rows, columns=["moment", "begins", "what", "told by"])


def voices(analysis: Analysis) -> pd.DataFrame:
    """Words of each outlet by who is speaking: outlet, words, narration, mixed, quoted (words of the sentences in each voice)."""
    sentences = analysis.table("sentences")
    sentences["words"] = words_of(analysis, sentences)
    wide = sentences.pivot_table(index="outlet", columns="voice", values="words", aggfunc="sum", fill_value=0)
    wide = wide.reindex(columns=["narration", "mixed", "quoted"], fill_value=0)
    wide.insert(0, "words", wide.sum(axis=1))
    return in_story_order(analysis, wide.reset_index())


def running_text(analysis: Analysis) -> pd.DataFrame:
    """The sentences with text, outlet and moment, without headlines and sub-heads.

    These are lines of at most `HEAD` words without a full stop and, for a sub-head may ask ("From one war zone to another?"), lines of one
    question of at most `SUB_HEAD` words; the first line of a text may ask in `HEAD`. A question that begins with a double quotation mark
    is speech, and stays. As in `headlines.headlines`.
    """
    rows = with_text(analysis, analysis.tables["sentences"])
    ended = rows["text"].str.contains(r"[.!?…][\"”’')\]]*$|[:;,]$", regex=True)
    long = rows["text"].str.split().str.len() > HEAD
    return rows[(ended | long) & ~_asking_heads(analysis, rows)].reset_index(drop=True)


def _asking_heads(analysis: Analysis, rows: pd.DataFrame) -> pd.Series:
    """Which sentences are a short question that has a line to itself?"""
    texts = dict(zip(analysis.story.articles["article_id"], analysis.story.articles["text"], strict=True))
    first = dict(rows.groupby("article_id")["start"].min())
    asking_ones = rows["text"].str.contains(r"^[^\"“„«].*\?[\"”’')\]]*$", regex=True) & (rows["text"].str.split().str.len() <= HEAD)
    asks = [
        asking and _alone(texts[a], s, e) and (s == first[a] or len(text.split()) <= SUB_HEAD)
        for asking, a, s, e, text in zip(asking_ones, rows["article_id"], rows["start"], rows["end"], rows["text"], strict=True)
    ]
    return pd.Series(asks, index=rows.index, dtype=bool)


def _alone(text: str, start: int, end: int) -> bool:
    """Has this span its line to itself?"""
    before, after = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    return not text[before:start].strip() and not text[end : len(text) if after < 0 else after].strip()


def words_of(analysis: Analysis, rows: pd.DataFrame) -> pd.Series:
    """How many words the span of each row holds."""
    texts = dict(zip(analysis.story.articles["article_id"], analysis.story.articles["text"], strict=True))
    spans = zip(rows["article_id"], rows["start"], rows["end"], strict=True)
    return pd.Series([sum(any(c.isalnum() for c in w) for w in texts[a][s:e].split()) for a, s, e in spans], index=rows.index, dtype=int)


def furniture(analysis: Analysis) -> pd.DataFrame:
    """What was left out as page furniture: outlet, reason, lines, and where."""
    rows = []
    for (outlet, reason), group in analysis.table("furniture").groupby(["outlet", "reason"], sort=False):
        rows.append({"outlet": outlet, "left out": reason, "lines": len(group), "places": places(group, "furniture")})
    return in_story_order(analysis, pd.DataFrame(rows, columns=["outlet", "left out", "lines", "places"]))


def shared_copy(analysis: Analysis) -> pd.DataFrame:
    """Sentences that two outlets share word for word or nearly: outlet, also_in, similarity, sentence, places (both)."""
    texts = dict(zip(analysis.story.articles["article_id"], analysis.story.articles["text"], strict=True))
    outlets = dict(zip(analysis.story.articles["article_id"], analysis.story.articles["outlet"], strict=True))
    rows = []
    for pair in shared.shared_sentences(with_text(analysis, analysis.tables["sentences"])).itertuples():
        if outlets[pair.article_id] == outlets[pair.other_article]:
            continue  # what an outlet repeats is no agency copy
        rows.append(
            {
                "outlet": outlets[pair.article_id],
                "also in": outlets[pair.other_article],
                "similarity": float(pair.similarity),
                "sentence": texts[pair.article_id][pair.start : pair.end],
                "places": [
                    Place("sentences", pair.article_id, int(pair.start), int(pair.end)),
                    Place("sentences", pair.other_article, int(pair.other_start), int(pair.other_end)),
                ],
            }
        )
    return pd.DataFrame(rows, columns=["outlet", "also in", "similarity", "sentence", "places"])


def with_text(analysis: Analysis, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with `article_id, start, end` and, added, the `text` of their span and the article's `outlet` and `moment`."""
    about = analysis.story.articles[["article_id", "outlet", "moment", "text"]].rename(columns={"text": "_raw"})
    joined = rows.drop(columns=["text", "outlet", "moment"], errors="ignore").merge(about, on="article_id")
    joined["text"] = [raw[s:e] for raw, s, e in zip(joined["_raw"], joined["start"], joined["end"], strict=True)]
    return joined.drop(columns="_raw")
