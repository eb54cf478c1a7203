"""Which sentences do two articles share word for word, or nearly: copy from the same agency, or from each other?"""

import difflib
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
    `least` upwards. Sentences of fewer than `shortest` words are left out. Candidates share a third of their words at least, found by an
    index, so that large stories stay cheap.
    """
    rows = list(sentences.to_dict("records"))
    words = [tokens(r["text"]) for r in rows]
    index: dict[str, list[int]] = defaultdict(list)
    found = []
    for i, mine in enumerate(words):
        if len(mine) < shortest:
            continue
        common: dict[int, int] = defaultdict(int)
        for word in set(mine):
            for j in index[word]:
                common[j] += 1
            index[word].append(i)
        for j, n in common.items():
            smaller = min(len(set(mine)), len(set(words[j])))
            if rows[i]["article_id"] == rows[j]["article_id"] or n < smaller / 3 or _bound(mine, words[j]) < least / 2:
                continue
            matcher = difflib.SequenceMatcher(None, words[j], mine, autojunk=False)
            ratio = max(matcher.ratio() if matcher.quick_ratio() >= least else 0.0, _overlap(mine, words[j]))
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


def _bound(a: list[str], b: list[str]) -> float:
    """The most their similarity could be, from their lengths alone."""
    return 2 * min(len(a), len(b)) / (len(a) + len(b))


def _pair(one: dict, other: dict, ratio: float) -> dict:
    first = {k: one[k] for k in ("article_id", "sentence", "start", "end")}
    return first | {
        "other_article": other["article_id"],
        "other_start": other["start"],
        "other_end": other["end"],
        "similarity": round(ratio, 3),
    }
