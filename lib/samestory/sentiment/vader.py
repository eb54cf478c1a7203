"""What does VADER make of a text, word by word? The very numbers of `SentimentIntensityAnalyzer`, at a fraction of the time."""

import functools
import string
import types

from vaderSentiment import vaderSentiment as original

Hit = tuple[int, str, float]
BEFORE, AFTER = 3, 2  # how many words around a word VADER looks at


@functools.cache
def analyser() -> original.SentimentIntensityAnalyzer:
    """The one analyser, reused."""
    return original.SentimentIntensityAnalyzer()


def assess(text: str, pieces: list[str]) -> tuple[float, list[Hit]]:
    """Compound score of a text in [-1, 1], and the words behind it: number of the piece (`text.split()`), word, valence (-4 to 4).

    The rules are those of vaderSentiment 3.3.2 (Hutto & Gilbert 2014), called for a word only where a negation, a booster, capitals or
    an idiom near it could change the valence that the lexicon gives it.
    """
    words = [_word(piece) for piece in pieces]
    hits = [(number, low, valence) for number, (_, low, valence, _) in enumerate(words) if valence is not None]
    if not text.isascii() and not _emojis().isdisjoint(text):
        return analyser().polarity_scores(text)["compound"], hits
    if not hits:
        return 0.0, hits
    sentiments = [0] * len(words)
    differs = None
    for number, _, valence in hits:
        first = max(0, number - BEFORE)
        window = words[first : number + AFTER + 1]
        if any(meddles for *_, meddles in window):
            if differs is None:
                differs = original.allcap_differential([item for item, *_ in words])
            valence = _ruled(tuple(item for item, *_ in window), number - first, differs)
        sentiments[number] = valence
    if any(low == "but" for _, low, *_ in words):
        sentiments = analyser()._but_check([item for item, *_ in words], sentiments)
    total = float(sum(sentiments))
    emphasis = analyser()._punctuation_emphasis(text)
    total += emphasis if total > 0 else -emphasis if total < 0 else 0
    return round(original.normalize(total), 4), hits


@functools.lru_cache(maxsize=50_000)
def _ruled(window: tuple[str, ...], at: int, differs: bool) -> float:
    """Valence of a word by VADER's rules, which look no further than its window; 0 for boosters and for "kind" in "kind of"."""
    low = window[at].lower()
    if low in original.BOOSTER_DICT or (low == "kind" and at < len(window) - 1 and window[at + 1].lower() == "of"):
        return 0
    told = types.SimpleNamespace(is_cap_diff=differs, words_and_emoticons=list(window))
    return analyser().sentiment_valence(0, told, window[at], at, [])[0]


@functools.lru_cache(maxsize=50_000)
def _word(piece: str) -> tuple[str, str, float | None, bool]:
    """A piece without the marks around it, in lower case, its valence or None, and whether it can change that of a word near it."""
    bare = piece.strip(string.punctuation)
    item = piece if len(bare) <= 2 else bare
    low = item.lower()
    valence = None if low in original.BOOSTER_DICT else analyser().lexicon.get(low)
    meddles = low in _meddlers() or original.negated([low]) or (valence is not None and item.isupper())
    return item, low, valence, meddles


@functools.cache
def _meddlers() -> frozenset[str]:
    """Words without which no rule of VADER changes a valence: boosters, one word of every idiom, and those its code names."""
    idioms = [k.split() for k in (*original.SPECIAL_CASES, *original.BOOSTER_DICT)]
    return frozenset({min(words, key=lambda w: (-len(w), w)) for words in idioms} | {"no", "never", "so", "this", "least"})


@functools.cache
def _emojis() -> frozenset[str]:
    return frozenset(e for e in analyser().emojis if len(e) == 1)
