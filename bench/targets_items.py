"""The sentences the target classifier learns from: labelled ones, further mentions in them, our own, and variants of all of these.

Nothing here is part of the suite; `train_targets.py` uses it. Only the labelled sentences come from outside (NewsMTSC, train part, without
the part that `held_out` keeps back); the rest is drawn from them or was written for this project: `own_sentences.txt` (a sentence a line,
`<-targets>` marked, not labelled) and `own_labelled.csv` (war, crime, disaster, protest, business; labelled when written).
"""

import csv
import dataclasses
import hashlib
import pathlib
import random
import re
from collections.abc import Iterable

import numpy as np
import spacy
from held_out import held_out

from samestory import parse
from samestory.errors import UserError
from samestory.sentiment import hidden
from samestory.sentiment.masking import words_of

HERE = pathlib.Path(__file__).parent
FOLDS = 4
UNKNOWN = 9  # stands for a polarity that nobody gave
PRONOUNS = frozenset("he she him her his they them their".split())
GROUPS = frozenset("ORG NORP GPE".split())
AT_MOST = 3  # further mentions a sentence
PLAIN = frozenset(
    "the a an of to in on and or for with at by from as is was be been are were has had have that this it its his her he she they who whom "
    "which not but".split()
)  # never replaced: they carry the sentence
NAME = re.compile(r"(?:[A-Z][\w.’'-]+ ){0,3}[A-Z][\w.’'-]+")
MARK = re.compile(r"<-([^<>]+)>")
WORD = re.compile(r"[A-Za-z]{3,}")
JOINT = re.compile(r"[,;:—–] ")
NEIGHBOURS = 12
NEAR = 0.3  # least cosine of a neighbour
FREQUENT = 16000  # of the network's vocabulary, which is in the order of frequency


@dataclasses.dataclass(frozen=True)
class Item:
    """A text with a target in it. `kind`: gold, mention, own or own_labelled; `fold`: whose teachers label it; `variant`: 0 as written."""

    text: str
    start: int
    end: int
    fold: int
    kind: str
    polarity: int = UNKNOWN
    variant: int = 0


def fold_of(text: str) -> int:
    """A sentence's fold, by its content: the teachers that label it have not learned from it."""
    return int(hashlib.sha256(text.encode()).hexdigest()[8:16], 16) % FOLDS


def gold(rows: Iterable[dict]) -> list[Item]:
    """The labelled rows outside the held-out part."""
    kept = [row for row in rows if not held_out(row["text"])]
    return [Item(r["text"], r["start"], r["end"], fold_of(r["text"]), "gold", r["polarity"]) for r in kept]


def mentions(items: list[Item], *, seed: int) -> list[Item]:
    """Further mentions in the labelled sentences, at most three each: persons first, then pronouns, then groups and places."""
    taken: dict[str, list[tuple[int, int]]] = {}
    for item in items:
        taken.setdefault(item.text, []).append((item.start, item.end))
    model = next(filter(spacy.util.is_package, parse.MODELS), None)
    if model is None:
        raise UserError("the spaCy model is not installed; pip install -r requirements.txt")
    rng, out = random.Random(seed), []
    for doc in spacy.load(model).pipe(taken, batch_size=64):  # with named entities, which the suite itself does without
        found = [(e.start_char, e.end_char, 3) for e in doc.ents if e.label_ == "PERSON"]
        found += [(t.idx, t.idx + len(t), 2) for t in doc if t.lower_ in PRONOUNS]
        found += [(e.start_char, e.end_char, 1) for e in doc.ents if e.label_ in GROUPS]
        rng.shuffle(found)
        spans = list(taken[doc.text])
        for start, end, _ in sorted(found, key=lambda f: -f[2]):
            if len(spans) < AT_MOST + len(taken[doc.text]) and not any(start < e and s < end for s, e in spans):
                spans.append((start, end))
                out.append(Item(doc.text, start, end, fold_of(doc.text), "mention"))
    return out


def own(folder: pathlib.Path = HERE) -> list[Item]:
    """The sentences written for this project."""
    out = []
    for line in (folder / "own_sentences.txt").read_text(encoding="utf-8").splitlines():
        text, at, spans = "", 0, []
        for mark in MARK.finditer(line):
            text += line[at : mark.start()]
            spans.append((len(text), len(text) + len(mark[1])))
            text += mark[1]
            at = mark.end()
        text += line[at:]
        out += [Item(text, start, end, fold_of(text), "own") for start, end in spans]
    with (folder / "own_labelled.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            span = int(row["start"]), int(row["end"])
            out.append(Item(row["text"], *span, fold_of(row["text"]), "own_labelled", int(row["polarity"])))
    return out


def near_words(embeddings: np.ndarray, vocabulary: dict[str, int]) -> dict[str, list[str]]:
    """For each frequent word, those whose input vectors lie nearest: often a synonym, often its opposite; the teachers judge anew."""
    words = [w for w, i in vocabulary.items() if re.fullmatch(r"[a-z]{3,}", w) and i < FREQUENT]
    vectors = embeddings[[vocabulary[w] for w in words]].astype(np.float32)
    vectors -= vectors.mean(axis=0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    near = {}
    for first in range(0, len(words), 2000):
        cosine = vectors[first : first + 2000] @ vectors.T
        for word, row in zip(words[first : first + 2000], cosine, strict=True):
            order = np.argsort(-row)[: NEIGHBOURS + 1]
            near[word] = [words[i] for i in order if words[i] != word and row[i] > NEAR]
    return near


def variants(items: list[Item], near: dict[str, list[str]], *, rounds: int, seed: int) -> list[Item]:
    """Each item again, `rounds` times: words replaced by near ones, named targets by others, clauses cut, sentences joined.

    Source of the idea: data augmentation for distillation (Jiao et al. 2020, TinyBERT).
    """
    rng = random.Random(seed)
    names = [i.text[i.start : i.end] for i in items if NAME.fullmatch(i.text[i.start : i.end])]
    named = set(names)
    by_fold = {fold: [i.text for i in items if i.fold == fold] for fold in range(FOLDS)}

    def replaced(piece: str, share: float) -> str:
        def one(match: re.Match) -> str:
            word = match[0]
            others = near.get(word.lower(), ())
            inside = word[0].isupper() and match.start() > 1
            if not others or word.lower() in PLAIN or inside or rng.random() > share:
                return word
            other = rng.choice(others)
            return other.capitalize() if word[0].isupper() else other

        return WORD.sub(one, piece)

    out = []
    for number in range(1, rounds + 1):
        for item in items:
            share = rng.choice((0.1, 0.2, 0.35))
            before, after = replaced(item.text[: item.start], share), replaced(item.text[item.end :], share)
            target = item.text[item.start : item.end]
            if target in named and rng.random() < 0.5:
                target = rng.choice(names)
            how, other = rng.random(), rng.choice(by_fold[item.fold])
            if how < 0.2 and (joints := [m.end() for m in JOINT.finditer(before)]):
                before = before[rng.choice(joints) :]
            elif 0.2 <= how < 0.4 and (joints := [m.start() for m in JOINT.finditer(after)]):
                after = after[: rng.choice(joints)] + "."
            elif 0.4 <= how < 0.5 and len(other) < 250:
                before, after = (f"{other} {before}", after) if rng.random() < 0.5 else (before, f"{after} {other}")
            text = before + target + after
            if text != item.text:
                out.append(Item(text, len(before), len(before) + len(target), item.fold, item.kind, variant=number))
    return out


def without_names(items: list[Item]) -> list[Item]:
    """The items as the suite gives them to the classifier: with the names in their targets hidden."""
    texts = list(dict.fromkeys(item.text for item in items))
    docs = dict(zip(texts, parse.load_model().pipe(texts, batch_size=64), strict=True))
    out = []
    for item in items:
        whole = 0, len(item.text)
        text, start, end = hidden.without_names(item.text, words_of(docs[item.text]), whole, (item.start, item.end))
        out.append(dataclasses.replace(item, text=text, start=start, end=end))
    return out
