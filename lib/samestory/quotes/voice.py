"""In whose voice does a passage stand: the outlet's own, a source's in the outlet's words, or in quotation marks?"""

import bisect
import re

from samestory.parse import Article
from samestory.quotes import marks

WORD = re.compile(r"\w+(?:['’.\-]\w+)*")
MOSTLY = 0.8  # share of the words inside quotation marks that makes a sentence a quoted one


class Voices:
    """Answers for one article and the quotes found in it (`quotes.find`), for sentences and for mentions of actors."""

    def __init__(self, article: Article, quote_rows: list[dict]):
        self.text = article.plain
        self.marked = [(p.start, p.end) for p in marks.pairs(article.text, self.text)]
        self.said = _merged([(row["start"], row["end"]) for row in quote_rows])
        said_in_marks = [(max(s, a), min(e, b)) for s, e in self.marked for a, b in self.said if a < e and s < b]
        self.quoted = _merged(said_in_marks)

    def sentence(self, start: int, end: int) -> str:
        """`quoted`: at least 80 % of the words stand inside the marks of a quote; `mixed`: some do, or some are reported; else `narration`.

        Words in scare quotes are the outlet's own.
        """
        words = [(m.start(), m.end()) for m in WORD.finditer(self.text, start, end)]
        if not words:
            return "narration"
        inside = sum(_holds(self.quoted, s, e) for s, e in words)
        if inside >= MOSTLY * len(words):
            return "quoted"
        return "mixed" if inside or any(_holds(self.said, s, e) for s, e in words) else "narration"

    def mention(self, start: int, end: int) -> str:
        """`quoted`: in quotation marks, scare quotes too; `attributed`: in what a quote says in the outlet's words; else `narrator`."""
        if _holds(self.marked, start, end):
            return "quoted"
        return "attributed" if _holds(self.said, start, end) else "narrator"


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, those that overlap joined to one."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def holding(spans: list[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    """The one of the spans (in order, without overlap) that holds the middle of `[start, end)`."""
    middle = (start + end) // 2
    i = bisect.bisect_right(spans, middle, key=lambda s: s[0]) - 1
    return spans[i] if i >= 0 and middle < spans[i][1] else None


def _holds(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Does one of the spans hold the middle of `[start, end)`?"""
    return holding(spans, start, end) is not None
