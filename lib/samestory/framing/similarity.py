"""How much two sentences have in common, word by word."""

import math
from collections import Counter, defaultdict

from samestory.framing.words import function_words, tokens


def vectors(texts: list[str]) -> list[dict[str, float]]:
    """TF-IDF vectors of length one, function words left out (Salton & Buckley 1988: raw counts, smoothed idf)."""
    bags = [Counter(t for t in tokens(text) if t not in function_words()) for text in texts]
    documents = Counter(word for bag in bags for word in bag)
    out = []
    for bag in bags:
        weighted = {w: n * (math.log((1 + len(bags)) / (1 + documents[w])) + 1) for w, n in bag.items()}
        norm = math.sqrt(sum(x * x for x in weighted.values()))
        out.append({w: x / norm for w, x in weighted.items()} if norm else {})
    return out


def cosines(rows: list[dict[str, float]]) -> dict[int, dict[int, float]]:
    """Cosine of every pair of vectors that share a word, by an inverted index: `{i: {j: cosine}}`, both ways."""
    index: dict[str, list[tuple[int, float]]] = defaultdict(list)
    out: dict[int, dict[int, float]] = {}
    for i, row in enumerate(rows):
        sums: dict[int, float] = defaultdict(float)
        for word, x in row.items():
            for j, y in index[word]:
                sums[j] += x * y
            index[word].append((i, x))
        out[i] = dict(sums)
        for j, value in sums.items():
            out[j][i] = value
    return out
