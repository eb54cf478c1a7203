"""In whose voice do a mention and the words around it stand? A name in quotation marks stays in the voice around the marks."""

from collections.abc import Iterable

from samestory.parse import Article
from samestory.quotes.voice import Voices, holding
from samestory.sentiment.judging import Word
from samestory.sentiment.masking import words_of

MARKS = "\"'“”‘’«»„‟‹›` ,.;:()"
# Kinds of words by which the narration says what a source thinks of somebody: "criticised Moscow for ...".
OF_A_SOURCE = frozenset({"criticism", "accusation", "praise"})


def mention(article: Article, voices: Voices, start: int, end: int) -> str:
    """`Voices.mention` (narrator, attributed, quoted), but a name in marks that quote nobody has the voice around them.

    Marks that quote nobody belong to no quote, or hold nothing but the name (“al-Nusra Front”).
    """
    voice = voices.mention(start, end)
    if voice != "quoted" or not _named(article, start, end):
        return voice
    if holding(voices.said, start, end) is None:
        return "narrator"
    marked = holding(voices.marked, start, end)
    alone = marked is not None and not (article.text[marked[0] : start] + article.text[end : marked[1]]).strip(MARKS)
    return "attributed" if alone else voice


class Told:
    """Which words of an article stand in the voice of a mention."""

    def __init__(self, article: Article, voices: Voices):
        self.words, self.voices = words_of(article.doc), voices
        self.passages: dict[int, tuple[tuple[int, int] | None, bool]] = {}

    def alike(self, words: Iterable[Word], span: tuple[int, int], *, narrator: bool) -> list[Word]:
        """The words in the same quote as a mention, or, as it does, in none and in no scare quotes.

        For a mention in a quote also the words that tell of the source's judgement, which stand before it ("criticised Moscow for ...").
        """
        own = (None, False) if narrator else self._passage(*span)
        found = []
        for word in words:
            if word.i not in self.passages:
                begin = self.words.starts[word.i]
                self.passages[word.i] = self._passage(begin, begin + len(self.words.texts[word.i]))
            theirs = self.passages[word.i]
            if theirs == own or (own[0] is not None and theirs == (None, False) and word.entry.kind in OF_A_SOURCE):
                found.append(word)
        return found

    def _passage(self, start: int, end: int) -> tuple[tuple[int, int] | None, bool]:
        """The quote that a span stands in, and whether it stands in other quotation marks."""
        within = holding(self.voices.said, start, end)
        return within, within is None and holding(self.voices.marked, start, end) is not None


def _named(article: Article, start: int, end: int) -> bool:
    """Is there a name in a span?"""
    words = words_of(article.doc)
    return any(i in words.names for i in range(*words.within(start, end)))
