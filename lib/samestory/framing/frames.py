"""Which sentences may help to answer a question about frames? For a person to read; nothing is counted from here."""

import functools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pandas as pd

from samestory.codebook import Codebook
from samestory.lists import read_list

WORD = re.compile(r"\w+|[$£€]")
OPENS = re.compile(r"(?:\A|[.!?:]\s)[\s\"'“‘(\[]*\Z|[\"“‘]\Z")  # in front of the first word of a sentence or of words in marks
EVIDENCE = "item article_id sentence start end rank words marks best".split()
VIOLENT = frozenset(("killing", "attack", "injury", "abuse", "displacement", "detention"))  # kinds of deeds one can be blamed for
JUDGING = frozenset(("delegitimising", "legitimising", "loaded"))


class Cue(NamedTuple):
    """A cue of `data/frame_cues.csv` as a pattern, its kind, and whether it is enough alone."""

    kind: str
    pattern: re.Pattern
    strong: bool


class Hit(NamedTuple):
    """A cue in a text: its kind, strength and span."""

    kind: str
    strong: bool
    start: int
    end: int


def questions(book: Codebook) -> pd.DataFrame:
    """The questions to answer of each article: the codebook's own (`frames.csv`) if it has any, else the suite's.

    Columns: item, frame, question, values (answers allowed, separated by ";", where "actor" stands for those of
    `actors.csv` but events and areas), look_for, source.
    The suite's (`data/frames.csv`) are the four functions of a frame (Entman 1993, Journal of Communication) and the twenty items for
    five generic frames (Semetko & Valkenburg 2000, Journal of Communication), in words of our own.
    """
    return (book.frames if len(book.frames) else read_list("frames")).reset_index(drop=True)


def answers_allowed(values: str, book: Codebook) -> list[str]:
    """The answers that a question's `values` allow, "actor" replaced by the codebook's actors (no events and areas: they do nothing)."""
    listed = [value.strip() for value in values.split(";") if value.strip()]
    actors = book.actors.loc[~book.actors["kind"].isin(["event", "area"]), "actor"]
    return [answer for value in listed for answer in (actors if value == "actor" else [value])]


@functools.cache
def _cues() -> dict[str, list[Cue]]:
    """The cues by the first word of each, in lower case and with its `*`."""
    out = defaultdict(list)
    for row in read_list("frame_cues").itertuples():
        out[WORD.match(row.cue).group().lower() + ("*" if re.match(r"\w+\*", row.cue) else "")].append(
            Cue(row.kind, _pattern(row.cue), row.strength == "strong")
        )
    return out


def _pattern(cue: str) -> re.Pattern:
    """A cue as whole words, `*` standing for any ending, spaces for any white space; capitals count where the cue has them."""
    shape = r"\s+".join(re.escape(word).replace(r"\*", r"\w*") for word in cue.split())
    return re.compile(shape + (r"(?!\w)" if cue[-1].isalnum() else ""), 0 if cue != cue.lower() else re.IGNORECASE)


@functools.lru_cache(100_000)
def _beginning_with(word: str) -> list[Cue]:
    """The cues that may begin with this word (in lower case)."""
    exact = _cues().get(word, [])
    return exact + [cue for first, cues in _cues().items() if first[-1] == "*" and word.startswith(first[:-1]) for cue in cues]


def hits(text: str) -> Iterator[Hit]:
    """The cues of all kinds in a text, in order; of those of one kind that begin at one place, the longest.

    A word with a capital inside a sentence is a name ("US", "Accountability Board") and no cue that is written small, unless most of the
    longer words have one (a headline).
    """
    capitals = [w[0].isupper() for w in re.findall(r"[^\W\d_]{4,}", text)]
    headline = sum(capitals) > 0.6 * len(capitals)
    for word in WORD.finditer(text):
        longest: dict[str, Hit] = {}
        name = word.group()[0].isupper() and not OPENS.search(text, 0, word.start()) and not (headline and len(word.group()) > 3)
        if text[word.start() - 1 : word.start()] == ".":
            continue  # inside "C.I.A."
        dotted = re.match(r"\.\w", text[word.end() : word.end() + 2]) is not None
        for cue in _beginning_with(word.group().lower()):
            if (name and cue.pattern.flags & re.IGNORECASE and cue.kind != "government") or (dotted and "." not in cue.pattern.pattern):
                continue
            if (found := cue.pattern.match(text, word.start())) and found.end() > longest.get(cue.kind, Hit("", False, 0, 0)).end:
                longest[cue.kind] = Hit(cue.kind, cue.strong, *found.span())
        yield from longest.values()


def signals(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """What other tables know, as cues: columns article_id, start, end, kind, strong.

    Kinds: `figures` (numbers of people who come to harm), `deeds` (violence whose doer the clause names), both enough alone;
    `loaded` (loaded words) and `labels` (labels that are not neutral), which only add to others.
    """
    figures, actions, labels = tables["figures"], tables["actions"], tables["labels"]
    pieces = {
        ("figures", True): figures[(figures["harm"] != "other").fillna(False)],
        ("deeds", True): actions[actions["deed"].isin(VIOLENT) & actions["agent"].notna()],
        ("loaded", False): tables["loaded"],
        ("labels", False): labels[labels["valence"].isin(JUDGING)],
    }
    rows = [piece[["article_id", "start", "end"]].assign(kind=kind, strong=strong) for (kind, strong), piece in pieces.items()]
    return pd.concat(rows, ignore_index=True)


def candidates(asked: pd.DataFrame, sentences: pd.DataFrame, known: pd.DataFrame, *, most: int = 3) -> pd.DataFrame:
    """Sentences that may help to answer each question, at most `most` for an item and article; for reading, not a measure of any frame.

    `asked` as `questions`; `sentences` has article_id, sentence, start, end, text; `known` as `signals`. A question's `look_for` names
    kinds of cues with a `*` ("*blame": of `data/frame_cues.csv` or of `signals`) and words of its own, separated by ";". A sentence is
    proposed if it holds a strong cue, a word of the question's own, or weak cues of two kinds. More cues come first (a strong one counts
    as two weak ones, each wording once), then the order of the text. Columns: item, article_id, sentence, start, end, `rank` (from 1),
    `words` (the cues as printed, strong ones first), `marks` (their spans in the article), `best` (the span of the first of the words).
    """
    wanted = [(row.item, *_wanted(row.look_for)) for row in asked.itertuples()]
    others = {article: list(zip(g["start"], g["end"], g["kind"], g["strong"], strict=True)) for article, g in known.groupby("article_id")}
    rows = []
    for s in sentences.itertuples():
        here = defaultdict(list)
        for hit in hits(s.text):
            here[hit.kind].append(hit)
        for start, end, kind, strong in others.get(s.article_id, ()):
            if s.start <= start < s.end:
                here[kind].append(Hit(kind, strong, start - s.start, min(end, s.end) - s.start))
        for item, kinds, own in wanted:
            found = [hit for kind in kinds for hit in here.get(kind, ())]
            found += [Hit("own", True, *m.span()) for pattern in own for m in pattern.finditer(s.text)]
            if any(hit.strong for hit in found) or len({hit.kind for hit in found}) > 1:
                rows.append(_candidate(item, s, found))
    table = pd.DataFrame(rows, columns=[c if c != "rank" else "score" for c in EVIDENCE])
    order = {value: i for column in (asked["item"], sentences["article_id"].unique()) for i, value in enumerate(column)}
    table = table.sort_values(["score", "start"], ascending=[False, True], kind="stable")
    table["rank"] = table.groupby(["item", "article_id"]).cumcount() + 1
    table = table[table["rank"] <= most]
    for column in ("rank", "article_id", "item"):
        table = table.sort_values(column, key=lambda c: c if c.name == "rank" else c.map(order), kind="stable")
    return table[EVIDENCE].reset_index(drop=True)


def _wanted(look_for: str) -> tuple[list[str], list[re.Pattern]]:
    """The kinds that a `look_for` names, and its own words as patterns."""
    entries = [entry.strip() for entry in look_for.split(";") if entry.strip()]
    own = [re.compile(r"(?<!\w)" + _pattern(entry).pattern, re.IGNORECASE) for entry in entries if entry[0] != "*"]
    return [entry[1:].strip() for entry in entries if entry[0] == "*"], own


def _candidate(item: str, sentence, found: list[Hit]) -> dict:
    """A sentence with its cues, each wording counted once, at its strongest."""
    best: dict[str, Hit] = {}
    for hit in sorted(found, key=lambda h: (not h.strong, h.start)):
        best.setdefault(" ".join(sentence.text[hit.start : hit.end].lower().split()), hit)
    where = {"item": item, "article_id": sentence.article_id, "sentence": sentence.sentence, "start": sentence.start, "end": sentence.end}
    marks = sorted({(sentence.start + hit.start, sentence.start + hit.end) for hit in found})
    first = next((sentence.start + hit.start, sentence.start + hit.end) for hit in best.values())
    words = [" ".join(sentence.text[hit.start : hit.end].split()) for hit in best.values()]
    return where | {"score": sum(1 + hit.strong for hit in best.values()), "words": words, "marks": marks, "best": first}
