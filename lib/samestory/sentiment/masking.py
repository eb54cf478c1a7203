"""Which words must not be scored? Names, which carry tone by accident, and, where asked, words for events."""

from samestory.sentiment.scores import event_words

# A word without valence in any dictionary, put where a name or an event word stood.
NEUTRAL = "Item"


def is_name(token) -> bool:
    """Is this word (part of) a proper name?"""
    return token.tag_ in ("NNP", "NNPS") and token.text[0].isupper() and not token.text.isupper()


def masked(doc, start: int, end: int, *, events: bool = False, also: tuple[int, int] | None = None) -> str:
    """The text of a span with names (proper nouns inside a sentence) replaced by a neutral word, and with event words too if asked.

    Names score by accident otherwise: *United* Nations, *Ban* Ki-moon, Security Council. `also` masks one more span.
    """
    pieces, at = [], start
    span = doc.char_span(start, end, alignment_mode="expand")
    for token in span if span is not None else ():
        first, last = token.idx, token.idx + len(token)
        name = is_name(token)
        event = events and token.lower_ in event_words()
        target = also is not None and first < also[1] and also[0] < last
        if (name or event or target) and start <= first and last <= end:
            pieces += [doc.text[at:first], NEUTRAL]
            at = last
    return "".join([*pieces, doc.text[at:end]])
