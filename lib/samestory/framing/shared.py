"""Which sentences do two articles share word for word, or nearly: copy from the same agency, or from each other?"""

import difflib
import math
from collections import Counter, defaultdict

import pandas as pd

from samestory.framing.words import tokens

COLUMNS = "article_id sentence start end other_article other_start other_end similarity".split()
SHORTEST = 5  # words; "he said on Tuesday" is nobody's copy
LONG = 10  # words from which a sentence may be shared although its order was changed
ENOUGH = 0.8


def shared_sentences(sentences: pd.DataFrame, *, least: float = ENOUGH, shortest: int = SHORTEST) -> pd.DataFrame:
    """Pairs of sentences in different articles that are the same, or nearly, after case, punctuation and house style are folded.

    `sentences`: rows with `article_id, sentence, start, end, text`. One row a pair, the article that stands first in the table first;
    columns article_id, sentence, start, end, other_article, other_start, other_end, similarity. `similarity` is the share of words in
    common in their order (2 M / T, Ratcliff & Obershelp 1988), 1 for the same words; or, between sentences of ten words and more, the
    share of the shorter one's words that the longer one has in any order (copy that was cut or turned round), at most .99. Pairs from
    `least` upwards. Sentences of fewer than `shortest` words are left out. Pairs are found by an index of rare words, so that large stories
    stay cheap.
    """
    rows = list(sentences.to_dict("records"))
    words = [tokens(r["text"]) for r in rows]
    sets = [set(w) for w in words]
    repeated = [len(w) - len(s) for w, s in zip(words, sets, strict=True)]
    articles = [r["article_id"] for r in rows]
    frequency = Counter(word for one in sets for word in one)
    every: dict[str, list[int]] = defaultdict(list)
    rare: dict[str, list[int]] = defaultdict(list)
    found = []
    for i, mine in enumerate(words):
        if len(mine) < shortest:
            continue
        # If all but a fifth of the shorter sentence's words stand in the longer one, so does one of its rarest fifth and one word more.
        rarest = set(sorted(mine, key=lambda w: (frequency[w], w))[: len(mine) - math.ceil(least * len(mine) - 1e-9) + 1])
        near = {j for word in rarest for j in every[word]} | {j for word in sets[i] for j in rare[word]}
        for word in sets[i]:
            every[word].append(i)
        for word in rarest:
            rare[word].append(i)
        for j in near:
            if articles[i] == articles[j]:
                continue
            # Words in common, repeated ones counted at their most: what falls short of the bound here does so exactly too.
            common = len(sets[i] & sets[j]) + min(repeated[i], repeated[j])
            if common < least * min(len(mine), len(words[j])):
                continue
            if words[j] == mine:
                ratio = 1.0
            else:
                in_order = 2 * common >= least * (len(mine) + len(words[j]))
                matcher = difflib.SequenceMatcher(None, words[j], mine, autojunk=False) if in_order else None
                ratio = max(matcher.ratio() if matcher and matcher.quick_ratio() >= least else 0.0, _overlap(mine, words[j]))
            if ratio >= least:
                found.append(_pair(rows[j], rows[i], ratio))
    table = pd.DataFrame(found, columns=COLUMNS)
    order = {a: k for k, a in enumerate(dict.fromkeys(sentences["article_id"]))}
    return table.sort_values(["article_id", "start"], key=lambda c: c.map(order) if c.name == "article_id" else c, ignore_index=True)


def _overlap(a: list[str], b: list[str]) -> float:
    """Share of the shorter sentence's words found in the longer one; 0 for short or very unequal sentences, where it means little."""
    shorter, longer = sorted((a, b), key=len)
    if len(shorter) < LONG or 2 * len(shorter) < len(longer):
        return 0.0
    return min(0.99, sum((Counter(shorter) & Counter(longer)).values()) / len(shorter))


def _pair(one: dict, other: dict, ratio: float) -> dict:
    first = {k: one[k] for k in ("article_id", "sentence", "start", "end")}
    return first | {
        "other_article": other["article_id"],
        "other_start": other["start"],
        "other_end": other["end"],
        "similarity": round(ratio, 3),
    }
