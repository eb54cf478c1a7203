"""How much two sentences have in common, word by word."""

import calendar
import functools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
from nltk.stem.porter import PorterStemmer

from samestory.clean import STRAIGHT
from samestory.framing.words import function_words, tokens

RUN = re.compile(r"(?<![\w.'-])[A-Z][\w.'-]*\w(?: (?:al-|el-|ad-)?[A-Z][\w.'-]*\w)*")
CALENDAR = frozenset([*calendar.day_name, *calendar.month_name[1:]])


@functools.cache
def _stemmer() -> PorterStemmer:
    return PorterStemmer()


@functools.lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A word without its ending, so that "vetoed" and "veto" are one (Porter 1980, in NLTK's version); numbers stay as they are."""
    return _stemmer().stem(word) if word.isalpha() else word


def content(text: str) -> list[str]:
    """The words of a text that carry content, house style and endings folded, function words left out; numbers count as words."""
    return [stem(t) for t in tokens(text) if t not in function_words()]


def weights(bags: Iterable[Collection[str]]) -> dict[str, float]:
    """How much each word of some texts tells them apart: smoothed inverse document frequency (Salton & Buckley 1988).

    `bags` holds the words of each text; a word that stands in all of them weighs 1, one that none of them has is not in the result.
    """
    bags = [set(bag) for bag in bags]
    documents = Counter(word for bag in bags for word in bag)
    return {w: math.log((1 + len(bags)) / (1 + n)) + 1 for w, n in documents.items()}


def covered(query: Iterable[str], text: Collection[str], weight: Mapping[str, float]) -> float:
    """How much of the weight of a query's words a text holds, from 0 to 1; words that `weight` lacks count as the rarest it has."""
    words, rarest = set(query), max(weight.values(), default=1.0)
    total = sum(weight.get(w, rarest) for w in words)
    return sum(weight.get(w, rarest) for w in words if w in text) / total if total else 0.0


def vectors(texts: list[str], *, names: Collection[str] = (), heavier: float = 1.0) -> list[dict[str, float]]:
    """TF-IDF vectors of length one over content words (Salton & Buckley 1988: raw counts, smoothed idf).

    Words in `names` (folded as `content` has them) weigh `heavier` times as much: what is told of the same people and places is more alike
    than its common words say.
    """
    bags = [Counter(content(text)) for text in texts]
    weight = {w: x * (heavier if w in names else 1.0) for w, x in weights(bags).items()}
    out = []
    for bag in bags:
        weighted = {w: n * weight[w] for w, n in bag.items()}
        norm = math.sqrt(sum(x * x for x in weighted.values()))
        out.append({w: x / norm for w, x in weighted.items()} if norm else {})
    return out


def names(sentence: str) -> list[str]:
    """Runs of words with a capital ("Red Cross"), as printed; the sentence's first word only if another of its run follows.

    Days, months and function words in front ("The") are left out. By capitals alone, so a headline in capitals is all names.
    """
    plain = sentence.translate(STRAIGHT)
    first = re.search(r"\w", plain)
    out = []
    for run in RUN.finditer(plain):
        words = [w for w in re.sub(r"'s\b", "", run.group()).split() if w not in CALENDAR]
        alone = len(words) == 1 and run.start() == first.start()
        while words and words[0].lower() in function_words():
            words = words[1:]
        if words and not alone:
            out.append(" ".join(words))
    return list(dict.fromkeys(out))


def nearest(rows: list[dict[str, float]], owners: Sequence[str]) -> list[tuple[int | None, float]]:
    """For each of some vectors the one of another owner that is most like it: its number, or None if they share no word, and the cosine."""
    index: dict[str, tuple[list[int], list[float]]] = defaultdict(lambda: ([], []))
    for i, row in enumerate(rows):
        for word, x in row.items():
            index[word][0].append(i)
            index[word][1].append(x)
    postings = {word: (np.array(at), np.array(x)) for word, (at, x) in index.items()}
    owner = np.array(owners, dtype=object)
    out: list[tuple[int | None, float]] = []
    for i, row in enumerate(rows):
        cosine = np.zeros(len(rows))
        for word, x in row.items():
            at, others = postings[word]
            cosine[at] += x * others
        cosine[owner == owner[i]] = 0.0
        best = int(cosine.argmax())
        out.append((best, float(cosine[best])) if cosine[best] > 0 else (None, 0.0))
    return out
