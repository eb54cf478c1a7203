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
        self.words = words_of(doc)
        heads, self._deps, self._tags = doc.to_array(["HEAD", "DEP", "TAG"]).T if len(doc) else np.empty((3, 0), dtype=np.uint64)
        self._strings = doc.vocab.strings
        self._heads = heads.astype(np.int64) + np.arange(len(heads))
        self.head = self._heads.tolist()
        self.parsed = bool(self._deps.any())
        self.starts, self.ends = [start for start, _ in self.words.sentences], [end for _, end in self.words.sentences]

    @functools.cached_property
    def low(self) -> list[str]:
        return [text.lower() for text in self.words.texts]

    @functools.cached_property
    def tag(self) -> list[str]:
        return self._told(self._tags)

    @functools.cached_property
    def dep(self) -> list[str]:
        return self._told(self._deps)

    def _told(self, numbers: np.ndarray) -> list[str]:
        told = {number: self._strings[number] if number else "" for number in set(numbers.tolist())}
        return [told[number] for number in numbers.tolist()]

    @functools.cached_property
    def below(self) -> list[list[int]]:
        found: list[list[int]] = [[] for _ in self.head]
        for i, head in enumerate(self.head):
            if head != i:
                found[head].append(i)
        return found

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
        opening, conjunct = {self._strings.add(dep) for dep in CLAUSES}, self._strings.add("conj")
        tags = self._tags.tolist()
        verbs = {number for number in set(tags) if self._strings[number][:2] in {"VB", "MD"}}
        triples = zip(self._deps.tolist(), tags, self.head, strict=True)
        opened = [i if dep in opening or (dep == conjunct and tag in verbs) else head for i, (dep, tag, head) in enumerate(triples)]
        found = np.array(opened, dtype=np.int64)
        while (found[found] != found).any():  # each round goes twice as far up
            found = found[found]
        return found.tolist()

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
