"""One parse as lists, a number a word: what asks for every word of many sentences pays a tenth of what spaCy's Token objects cost.

Dependencies are ClearNLP's (`dep`), tags Penn Treebank's (`tag`).
"""

import bisect
import functools
from collections.abc import Iterator

import numpy as np
from spacy.tokens import Doc

from samestory.sentiment.masking import words_of

CLAUSES = frozenset("ROOT ccomp advcl relcl acl csubj csubjpass parataxis pcomp".split())


class Tree:
    """One parse as lists, a number a word: `low` (in small letters), `tag`, `dep`, `head`, and `below` (words that depend on it)."""

    def __init__(self, doc: Doc):
        strings, words = doc.vocab.strings, words_of(doc)
        heads, deps, tags = doc.to_array(["HEAD", "DEP", "TAG"]).T if len(doc) else np.empty((3, 0), dtype=np.uint64)
        told = {number: strings[number] if number else "" for number in {*deps.tolist(), *tags.tolist()}}
        self.dep, self.tag = [told[number] for number in deps.tolist()], [told[number] for number in tags.tolist()]
        self.head = [i + offset for i, offset in enumerate(heads.astype(np.int64).tolist())]
        self.low = [text.lower() for text in words.texts]
        self.below: list[list[int]] = [[] for _ in self.head]
        for i, head in enumerate(self.head):
            if head != i:
                self.below[head].append(i)
        self.parsed = any(self.dep)
        self.words = words
        self.starts, self.ends = [start for start, _ in words.sentences], [end for _, end in words.sentences]

    def kids(self, i: int, *deps: str) -> list[int]:
        """The words that depend on a word in one of these ways."""
        return [c for c in self.below[i] if self.dep[c] in deps]

    def verb(self, i: int) -> bool:
        """Is a word tagged as a (full) verb?"""
        return self.tag[i].startswith("VB")

    def noun(self, i: int) -> bool:
        """Is a word tagged as a noun or name?"""
        return self.tag[i].startswith("NN")

    @functools.cached_property
    def clause(self) -> list[int]:
        """For each word the head of the clause it stands in: the nearest verb (or what stands for one) that opens a clause."""
        found = [-1] * len(self.head)
        for i in range(len(found)):
            way = []
            while found[i] < 0 and not self._opens(i):
                way.append(i)
                i = self.head[i]
            found[i] = i if found[i] < 0 else found[i]
            for j in way:
                found[j] = found[i]
        return found

    def _opens(self, i: int) -> bool:
        return self.dep[i] in CLAUSES or (self.dep[i] == "conj" and self.tag[i][:2] in {"VB", "MD"}) or self.head[i] == i

    @functools.cached_property
    def clauses(self) -> dict[int, list[int]]:
        """The words of each clause, without those of the clauses in it, by its head."""
        found: dict[int, list[int]] = {}
        for i, head in enumerate(self.clause):
            found.setdefault(head, []).append(i)
        return found

    def above(self, i: int) -> Iterator[int]:
        """The words a word depends on, the nearest first."""
        while self.head[i] != i:
            i = self.head[i]
            yield i

    def root(self, first: int, last: int) -> int:
        """The head of the words `first` to before `last`."""
        inside = range(first, last)
        return next((i for i in inside if self.head[i] not in inside or self.head[i] == i), first)

    def around(self, start: int, end: int) -> tuple[int, int] | None:
        """The sentence, or the sentences, that a span of the text reaches into."""
        first = bisect.bisect_right(self.ends, start)
        last = bisect.bisect_left(self.starts, end)
        return (self.starts[first], self.ends[last - 1]) if first < last else None

    def passive(self, verb: int) -> bool:
        """Is a verb in the passive?"""
        return bool(self.kids(verb, "nsubjpass", "auxpass"))


@functools.lru_cache(maxsize=4)
def tree_of(doc: Doc) -> Tree:
    """The Tree of a Doc, built once for all that is asked about it."""
    return Tree(doc)
