"""Which pieces of a text are the outlet's narration, and which only say who speaks?"""

import bisect
import functools
import re

import pandas as pd

from samestory.analysis import Analysis
from samestory.compare.overview import in_story_order, running_text, with_text
from samestory.lists import read_list
from samestory.quotes.voice import WORD

WHO_SPEAKS = "attribution"
BESIDES = 12  # words besides speaker and verb of saying; with fewer, a piece only says who speaks ("she told reporters in the town")
TAIL = 25  # words of "to reporters before a meeting of the council", fewer than these, with no comma and no clause in them
NO_TAIL = re.compile(r"[,;:–—]|\b(?:as|while|when|because|although|though|but|who|which|that|whose)\b", re.IGNORECASE)
LEAST = 4  # words of a piece of narration beside others' words that names no speaker; shorter ones are scraps ("and that")


def every(analysis: Analysis) -> pd.DataFrame:
    """The stretches of running text with outlet and moment, in the order of the story and the texts.

    Left out are headlines and sub-heads (`overview.running_text`). A piece of narration that only says who speaks has the voice
    `WHO_SPEAKS`: it holds the verb of saying of a statement and fewer than `BESIDES` words besides this and the speaker. So has a scrap of
    fewer than `LEAST` words beside others' words, and the end of a sentence that says to whom somebody spoke (`_tails`). A sentence
    wholly in the outlet's words, without such a verb, is narration however short.
    """
    running = running_text(analysis)[["article_id", "sentence"]]
    rows = with_text(analysis, analysis.tables["stretches"]).merge(running, on=["article_id", "sentence"])
    rows = in_story_order(analysis, rows.sort_values(["article_id", "start"], kind="stable"))
    beside = rows.groupby(["article_id", "sentence"])["start"].transform("size") > 1
    asked, said = rows[rows["voice"] == "narration"], _sayings(analysis)
    scraps = beside & (rows["words"] < LEAST)
    who = [_says_who(r.text, int(r.start), said.get(r.article_id, []), scrap=scraps[r.Index]) for r in asked.itertuples()]
    rows.loc[asked.index[who], "voice"] = WHO_SPEAKS
    rows.loc[_tails(rows), "voice"] = WHO_SPEAKS
    return rows


def _tails(rows: pd.DataFrame) -> list:
    """The pieces of narration that end a sentence after its speaker and others' words, and tell to whom it was said: "to reporters ...".

    Whom: a noun for people in the plural (`people.csv`), up to the third word after "to". Shorter than `TAIL` words and one clause.
    """
    found = []
    for _, mine in rows.groupby(["article_id", "sentence"], sort=False):
        last = mine.iloc[-1]
        after = len(mine) > 2 and last["voice"] == "narration" and WHO_SPEAKS in set(mine["voice"]) and mine.iloc[-2]["voice"] != WHO_SPEAKS
        if after and last["words"] < TAIL and _audience().match(last["text"]) and not NO_TAIL.search(last["text"]):
            found.append(mine.index[-1])
    return found


@functools.cache
def _audience() -> re.Pattern:
    people = read_list("people")
    nouns = people.loc[(people["kind"] == "person") & ~people["role"].isin(["armed", "attacker"]), "plural"]
    return re.compile(rf"to (?:[\w’'-]+ ){{0,2}}(?:{'|'.join(re.escape(n) for n in nouns if n)})\b")


def _sayings(analysis: Analysis) -> dict[str, list[tuple[int, int, bool]]]:
    """For each article the spans of its speakers and verbs of saying (True), in order."""
    found: dict[str, list[tuple[int, int, bool]]] = {}
    quotes = analysis.tables["quotes"]
    for name in ("cue", "speaker"):
        there = quotes[quotes[f"{name}_start"].notna()]
        for article, start, end in zip(there["article_id"], there[f"{name}_start"], there[f"{name}_end"], strict=True):
            found.setdefault(article, []).append((int(start), int(end), name == "cue"))
    return {article: sorted(set(spans)) for article, spans in found.items()}


def _says_who(text: str, start: int, said: list[tuple[int, int, bool]], *, scrap: bool) -> bool:
    """Does a piece of narration that begins at `start` only say who speaks? Without a verb of saying, the answer is `scrap`."""
    at, end = bisect.bisect_left(said, (start, 0, False)), start + len(text)
    inside = []
    while at < len(said) and said[at][0] < end:
        inside.append(said[at])
        at += 1
    if not any(cue for *_, cue in inside):
        return bool(scrap)
    others = [match.start() + start for match in WORD.finditer(text)]
    return sum(not any(s <= word < e for s, e, _ in inside) for word in others) < BESIDES
