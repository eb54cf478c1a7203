"""Where the labels and names of the codebook stand in a text, word by word, before any grammar is asked."""

import dataclasses
import itertools
import re
from collections import defaultdict

from samestory.codebook import Codebook
from samestory.phrases import singular

WORD = re.compile(r"\w+")
# What may stand between two words of one label: a space, a hyphen, the stop of an initial, the mark of a possessive.
GAP = re.compile(r"(?:\s{1,2}\"?|[-‐‑–]|'|\.\s?|\s-\s?)\Z")
LEADS = ("the ", "this ", "that ", "our ", "my ", "your ", "their ", "his ", "her ", "its ")
PARTICLES = frozenset("al el ul ad as de von van der bin ibn of the for and du la le da di".split())


@dataclasses.dataclass(frozen=True)
class Label:
    """One row of the codebook, ready for matching."""

    words: tuple[str, ...]
    text: str
    actor: str
    valence: str
    lead: str = ""  # the determiner that it must stand with ("the city", "our land"); not a part of the mention
    person: bool = False

    @property
    def name(self) -> bool:
        last = self.text.split()[-1]
        return not last.islower() or last.split("-")[0] in PARTICLES


def read_labels(book: Codebook) -> dict[str, list[Label]]:
    """Labels by the folded first word, longest first; of two rows with the same words the first counts."""
    out: dict[str, list[Label]] = defaultdict(list)
    seen = set()

    def add(text: str, actor: str, valence: str, *, person: bool = False, shown: str = "") -> None:
        lead, rest = text.split(" ", 1) if text.lower().startswith(LEADS) else ("", text)
        words = tuple(WORD.findall(rest))
        if not words or words in seen or not actor:
            return
        seen.add(words)
        out[_fold(words[0])].append(Label(words, shown or rest, actor, valence or "neutral", lead.lower(), person))
        if len(words) == 1 and text.isupper() and text.isalpha() and 2 <= len(text) <= 5:
            add(".".join(text), actor, valence, shown=text)

    for row in book.labels.itertuples():
        add(row.label, row.actor, row.valence)
    for row in book.speakers.itertuples():
        words = row.alias.split()
        if all(w.lower() in PARTICLES or not w.islower() for w in words) and "'s" not in row.alias:
            add(row.alias, row.actor, "neutral", person=row.kind == "person", shown=row.speaker)
    for row in book.speakers.itertuples():
        words = WORD.findall(row.speaker)
        if row.kind == "person" and len(words) > 1 and len(words[-1]) > 2:
            add(words[-1], row.actor, "neutral", person=True, shown=row.speaker)
    for labels in out.values():
        labels.sort(key=lambda x: -len(x.words))
    return out


def _fold(word: str) -> str:
    return singular(word.lower())


def _same(label: str, word: str) -> bool:
    if label.islower() or not label.isalpha():
        return _fold(label) == _fold(word)
    return label == word or singular(label) == singular(word) or (len(word) > 3 and word == label.upper())


def matches(text: str, labels: dict[str, list[Label]]) -> list[tuple[int, int, Label]]:
    """Longest matches, left to right, none overlapping another."""
    words = [(m.start(), m.end(), m.group()) for m in WORD.finditer(text)]
    out, i = [], 0
    while i < len(words):
        hit = None
        for label in labels.get(_fold(words[i][2]), ()):
            run = words[i : i + len(label.words)]
            if len(run) < len(label.words) or not all(_same(a, w[2]) for a, w in zip(label.words, run, strict=True)):
                continue
            if not all(GAP.match(text[a[1] : b[0]]) for a, b in itertools.pairwise(run)):
                continue
            surname = label.person and len(label.words) == 1 and label.words[0] != label.text
            if surname and label.text not in text:
                continue
            hit = label
            break
        if hit is None:
            i += 1
            continue
        start, end = run[0][0], run[-1][1]
        if len(run) > 1 and all(len(w[2]) == 1 for w in run) and text[end : end + 1] == ".":
            end += 1
        out.append((start, end, hit))
        i += len(run)
    return out
