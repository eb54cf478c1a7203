"""Does the text cast doubt on what it says happened?"""

import functools
import re
from collections import defaultdict

from spacy.tokens import Token

from samestory.framing.passives import BE
from samestory.lists import read_list

SOME = frozenset("some other another one several various".split())  # "some sources say": others do not


@functools.cache
def hedges() -> dict[str, frozenset[str]]:
    """Hedging phrases by kind (`word`, `above`, `sentence`, `one of several`), from `data/hedges.csv`."""
    out = defaultdict(set)
    for row in read_list("hedges").itertuples():
        out[row.kind].add(row.phrase.lower())
    return {kind: frozenset(out[kind]) for kind in ("word", "above", "sentence", "one of several")}


@functools.cache
def _of_sentences() -> re.Pattern:
    """The phrases that doubt a whole sentence, whatever marks and spaces stand between their words."""
    phrases = (r"\W+".join(map(re.escape, phrase.split())) for phrase in hedges()["sentence"])
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b", re.I)


def hedged(deed: Token, *, sentence: str | None = None) -> bool:
    """Does the text cast doubt on this deed: a word at it or above it in the sentence, or a phrase of the whole sentence?

    `sentence`: its text, if at hand. Above it also stands what a copula says it of ("The reports are of people being shot").
    """
    kinds = hedges()
    line = [deed]
    while line[-1].dep_ not in {"ROOT", "relcl", "advcl"} and line[-1].head is not line[-1]:
        line.append(line[-1].head)  # not beyond a relative or adverbial clause: its doubts are not about this
    if any(t.lower_ in kinds["above"] for t in line[1:]):
        return True
    sayers = [c for t in line[1:] for c in t.children if c.dep_ == "nsubj" and c.lower_ in kinds["one of several"]]
    if any(c.lower_ in SOME for s in sayers for c in s.children):
        return True
    told_of = [c for t in line[1:] if t.lower_ in BE for c in t.children if c.dep_ == "nsubj"]
    if any(t.lower_ in kinds["above"] for t in told_of):
        return True
    if any(c.lower_ in kinds["word"] for t in line for c in t.children if c.dep_ in {"advmod", "amod", "aux", "oprd", "nmod"}):
        return True
    return _of_sentences().search(deed.sent.text if sentence is None else sentence) is not None
