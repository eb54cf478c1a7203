"""What does VADER make of a text, word by word? The very numbers of `SentimentIntensityAnalyzer`, at a fraction of the time."""

import functools
import string
import types

from vaderSentiment import vaderSentiment as original

Hit = tuple[int, str, float]
# In lower case; its valence; how many words back it can change that of another, besides those that follow it; None if it changes none.
Word = tuple[str, float | None, int | None]
BEFORE, AFTER = 3, 2  # how many words around a word VADER looks at


@functools.cache
def analyser() -> original.SentimentIntensityAnalyzer:
    """The one analyser, reused."""
    return original.SentimentIntensityAnalyzer()


def assess(pieces: list[str], known: list[tuple[int, Word]], *, text: str) -> tuple[float, list[Hit]]:
    """Compound score of a text in [-1, 1], and the words behind it: number of the piece, word, valence (-4 to 4).

    `pieces`: the text between its white space; `known`: those in which `read` finds something, by number; `text`: the whole text if one of
    them is `suspect`, else empty. The rules are those of vaderSentiment 3.3.2 (Hutto & Gilbert 2014),
    called for a word only where a negation, a booster, capitals or an idiom near it could change the valence that the lexicon gives it.
    """
    hits, meddlers, but = [], [], None
    for number, (low, valence, back) in known:
        if valence is not None:
            hits.append((number, low, valence))
        if back is not None:
            meddlers.append((number - back, number + BEFORE))
        elif but is None and low == "but":
            but = number
    if text and not _emojis().isdisjoint(text):
        return analyser().polarity_scores(text)["compound"], hits
    if not hits:
        return 0.0, hits
    valences = [_valence(pieces, hit, meddlers) for hit in hits] if meddlers else [valence for _, _, valence in hits]
    if but is not None:
        sentiments = [0.0] * len(pieces)
        for (number, _, _), valence in zip(hits, valences, strict=True):
            sentiments[number] = valence
        valences = analyser()._but_check([""] * but + ["but"], sentiments)
    total = float(sum(valences))
    if text:
        emphasis = analyser()._punctuation_emphasis(text)
        total += emphasis if total > 0 else -emphasis if total < 0 else 0
    return round(original.normalize(total), 4), hits


def read(piece: str) -> Word | None:
    """A piece between white space, None if VADER has no use for it."""
    item = _item(piece)
    low = item.lower()
    word = entries().get(low)
    if word is None:
        return (low, None, 0) if "n't" in low else None
    return (low, word[1], word[2] or 0) if word[1] is not None and item.isupper() else word


def suspect(piece: str) -> bool:
    """Does VADER read more from a piece than its word: an emoji, or emphasis?"""
    return "!" in piece or "?" in piece or not (piece.isascii() or _emojis().isdisjoint(piece))


def _item(piece: str) -> str:
    """A piece without the marks around it, unless hardly anything would be left."""
    bare = piece.strip(string.punctuation)
    return piece if len(bare) <= 2 else bare


def _valence(pieces: list[str], hit: Hit, meddlers: list[tuple[int, int]]) -> float:
    number, _, valence = hit
    for first, last in meddlers:
        if first <= number <= last:
            break
    else:
        return valence
    first = max(0, number - BEFORE)
    window = tuple(_item(piece) for piece in pieces[first : number + AFTER + 1])
    capitals = any(item.isupper() for item in window) and original.allcap_differential([_item(piece) for piece in pieces])
    return _ruled(window, number - first, capitals)


@functools.lru_cache(maxsize=20_000)
def _ruled(window: tuple[str, ...], at: int, capitals: bool) -> float:
    """Valence of a word by VADER's rules, which look no further than its window; 0 for "kind" in "kind of"."""
    if window[at].lower() == "kind" and at < len(window) - 1 and window[at + 1].lower() == "of":
        return 0
    told = types.SimpleNamespace(is_cap_diff=capitals, words_and_emoticons=list(window))
    return analyser().sentiment_valence(0, told, window[at], at, [])[0]


@functools.cache
def _meddlers() -> dict[str, int]:
    """Words without which no rule of VADER changes a valence: negations, boosters, one word of every idiom, those its code names.

    Only an idiom reaches back: to words before the one given here.
    """
    idioms = [k.split() for k in (*original.SPECIAL_CASES, *original.BOOSTER_DICT)]
    named = {min(words, key=lambda w: (-len(w), w)): AFTER if len(words) > 1 else 0 for words in idioms}
    return dict.fromkeys({*original.NEGATE, "no", "never", "so", "this", "least"}, 0) | named


@functools.cache
def entries() -> dict[str, Word]:
    """Every word that `read` finds something in, capitals and "n't" apart."""
    lexicon = {word: valence for word, valence in analyser().lexicon.items() if word not in original.BOOSTER_DICT}
    known = {*lexicon, *_meddlers(), "but"}
    return {word: (word, lexicon.get(word), _meddlers().get(word, 0 if "n't" in word else None)) for word in known}


@functools.cache
def _emojis() -> frozenset[str]:
    return frozenset(e for e in analyser().emojis if len(e) == 1)
