"""Which words carried the scores, and do they tell what happened, judge it, or neither?"""

import bisect
from collections.abc import Mapping

import pandas as pd

from samestory import evidence
from samestory.analysis import Analysis
from samestory.compare import grids, methods, tone
from samestory.compare.grids import Block, Said
from samestory.compare.overview import in_story_order
from samestory.compare.passages import passages
from samestory.evidence import Html, places
from samestory.sentiment import opinion
from samestory.sentiment.scores import straightened

MOST_WORDS = 8  # of one kind and sign in a cell, the most used
MOST_LINKS = 3  # of a word, where there are too many outlets for sentences to open
# How the column of each kind of word is headed.
KINDS = {"event": "name what happened", "evaluative": "judge or paint", "other": "all others"}
SIGNS = {"−": "negative", "+": "positive"}
SCALES = "VADER’s from −4 to 4, before a negation turns it; TextBlob’s and the opinion words’ from −1 to 1, as they read it there"


def words(analysis: Analysis) -> pd.DataFrame:
    """Every word that carried a score, in running text: the table `drivers` with outlet and `voice` (of the stretch it stands in).

    Also `use` (the word with the negation that turns it round, "no … lie") and `sign` (− or +, of the word as it is used: VADER's valence,
    turned round by that negation, or, where VADER lacks the word, TextBlob's polarity, or the opinion words').
    """
    counted = tone.stretches(analysis)
    there = dict(list(counted.groupby("article_id", sort=False)))
    texts = dict(zip(analysis.story.articles["article_id"], analysis.story.articles["text"], strict=True))
    begins = analysis.tables["sentences"].set_index(["article_id", "sentence"])["start"].to_dict()
    rows = analysis.table("drivers")
    voices, negators = [], []
    for article, mine in rows.groupby("article_id", sort=False):
        spans = there.get(article, counted.head(0)).sort_values("start")
        starts, ends, said = (spans[c].tolist() for c in ("start", "end", "voice"))
        for index, start, sentence in zip(mine.index, mine["start"], mine["sentence"], strict=True):
            at = bisect.bisect_right(starts, start) - 1
            voices.append((index, said[at] if at >= 0 and start < ends[at] else None))
            negators.append((index, negator(texts[article][begins[article, sentence] : start])))
    rows["voice"], rows["negator"] = pd.Series(dict(voices), dtype=object), pd.Series(dict(negators), dtype=object)
    rows = rows[rows["voice"].notna()].copy()
    rows["use"] = [_use(word, by) for word, by in zip(rows["word"], rows["negator"], strict=True)]
    rows["sign"] = [_sign(row) for row in rows.to_dict("records")]
    return in_story_order(analysis, rows)


def negator(before: str) -> str:
    """The negation that turns a word round, of those before it in its sentence: three words away at most, no comma or stop between.

    The rule of `sentiment.opinion`; empty if there is none.
    """
    pieces = straightened(before).split()
    if before and not before[-1].isspace():
        pieces = pieces[:-1]  # what the word itself is written together with
    for piece in reversed(pieces[-opinion.SCOPE :]):
        if opinion.STOP.search(piece):
            return ""
        known = opinion.read(piece)
        if known and known[1]:
            return opinion.WORD.search(piece.lower())[0]
    return ""


def _use(word: str, negation: str) -> str:
    return f"{negation} … {word}" if negation and negation not in word.split() else word


def _sign(row: Mapping) -> str:
    value = next((float(row[m]) for m in ("vader", "textblob", "opinion") if m in row and pd.notna(row[m])), 0.0)
    if row["negator"] and pd.notna(row.get("vader")):
        value = -value
    return "−" if value < 0 else "+" if value > 0 else ""


def uses(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """The rows of each word, one frame a word, kind, sign and set of values; the most used first, then the heaviest for VADER.

    rows: as from `words`, or some of them. Nothing here compares one dictionary's values with another's.
    """
    values = [m for m in methods.NAMES if m in rows.columns]
    groups = [group for _, group in rows.groupby(["use", "kind", "sign", *values], sort=False, dropna=False)]
    heavy = {id(g): abs(g["vader"].iloc[0]) if "vader" in g and pd.notna(g["vader"].iloc[0]) else 0.0 for g in groups}
    return sorted(groups, key=lambda g: (-len(g), -heavy[id(g)], g["use"].iloc[0]))


def by_outlet(analysis: Analysis, rows: pd.DataFrame, *, caption: str, colour: Mapping[str, str], fold: bool = False) -> Html:
    """Outlets down; across, the words that name what happened, those that judge, and the rest, each with its count, opening its sentences.

    rows: as from `words`, or some of them. The most used come first; of many of one sign, `MOST_WORDS` stand in a cell. With
    more than `grids.MOST_COLUMNS` outlets half as many, with links instead of sentences, and `tone.MOST_OUTLETS` outlets are shown.
    """
    rows = rows[rows["sign"] != ""]
    out, there = [], set(rows["outlet"])
    beside = len(analysis.story.outlets) <= grids.MOST_COLUMNS
    for outlet in [o for o in analysis.story.outlets if o in there][: tone.MOST_OUTLETS]:
        mine = rows[rows["outlet"] == outlet]
        out.append([outlet, *(_cell(analysis, mine[mine["kind"] == kind], opens=beside) for kind in KINDS)])
    how = "its sentences behind it" if beside else "links to its first places"
    return grids.table(
        pd.DataFrame(out, columns=["outlet", *KINDS.values()]),
        caption=caption,
        hint=f"The most used first, with {how}. Below each what it is worth: {SCALES}. “No … lie”: with the negation before it.",
        colour=colour,
        fold=fold,
        empty="No word here carried a score.",
    )


def _cell(analysis: Analysis, mine: pd.DataFrame, *, opens: bool) -> list[Block]:
    blocks = []
    for sign, head in SIGNS.items():
        found, most = uses(mine[mine["sign"] == sign]), MOST_WORDS if opens else MOST_WORDS // 2
        said = []
        for one in found[:most]:
            some = one.head(grids.MOST_PASSAGES if opens else MOST_LINKS)
            text = one["use"].iloc[0] + (f" {len(one)}" if len(one) > 1 else "")
            opened = passages(analysis, some, "drivers") if opens else ()
            said.append(Said(text, places(some, "drivers"), opened, note=values(one.iloc[0])))
        more = len(found) - most
        said += [Said(f"and {more} more word{'s' if more > 1 else ''}", [])] if more > 0 else []
        blocks += [Block(head, said)] if said else []
    return blocks


def values(row: pd.Series) -> str:
    """What each dictionary gives a word."""
    there = [m for m in methods.NAMES if m in row.index and pd.notna(row[m])]
    return ", ".join(f"{methods.NAMES[m]} {methods.number(row[m])}" for m in there)


def table(analysis: Analysis, *, most: int = 60) -> Html:
    """Every word that carried a score, in any voice: kind, sign, each dictionary's value, how often, in which outlets, where; folded."""
    chosen = [m for m in methods.NAMES if m in analysis.tables["drivers"]]
    out = []
    for one in uses(words(analysis)):
        first, outlets = one.iloc[0], list(dict.fromkeys(one["outlet"]))
        row = {"word": first["use"], "kind": first["kind"]} | {methods.NAMES[m]: first[m] for m in chosen}
        shown = outlets[:4] + (["…"] if len(outlets) > 4 else [])
        out.append(row | {"times": len(one), "outlets": shown, "places": places(one, "drivers")})
    columns = ["word", "kind", *(methods.NAMES[m] for m in chosen), "times", "outlets", "places"]
    return evidence.table(
        pd.DataFrame(out, columns=columns).astype({methods.NAMES[m]: float for m in chosen}),
        caption="All words that carried a score, in any voice",
        note=f"{SCALES}; a dash: not in that dictionary.",
        most=most,
        fold=True,
    )
