"""A page as the search for quotes sees it: its paragraphs, sentences and quotation marks, and the drafts of quotes on it."""

import bisect
import dataclasses
import re

from spacy.tokens import Token

from samestory.parse import Article
from samestory.quotes import cues, marks, titles
from samestory.quotes.marks import Pair

# What a confidence means: about the share of such rows whose words and speaker agree with the people who annotated PolNeAR. Measured on
# 294 training articles of which none was read, and (in brackets) on the 84 development articles; docs/validity.md has all of them.
# Much of what disagrees is a boundary that people, too, draw differently.
SURE = 0.95  # a quotation of nine words or more, cue and speaker beside it: 0.98 (0.96)
CONTINUED = 0.9  # the same, going on in the next paragraph without a new cue: few cases
ATTRIBUTED = 0.85  # a shorter quotation, a piece in marks inside a reported clause, a cue some way off: 0.84 (0.84)
STATED = 0.8  # a reported clause without marks, or "according to": 0.83 (0.80)
COLON = 0.75  # a name and a colon, a name after a dash, a turn of a transcript: few cases
SHARED = 0.7  # the speaker stands in another clause (", adding that"): 0.76 (0.69)
LEANING = 0.6  # reported through an object ("dismissed criticism"): 0.60 (0.60)
DISTANT = 0.6  # the speaker comes from the neighbourhood, or from a headline's colon: few cases
ATTITUDE = 0.55  # wants, fears, supports, "citing": 0.54 (0.63)
GUESSED = 0.4  # no cue at all: whoever spoke last in the paragraph, or whom the sentence is about: 0.45 (0.27)

SENTENCE_END = re.compile(
    r"(?<![\s.][A-Z])(?<!\b(?:Mr|Ms|Dr|St|Lt|Jr|Sr|No|vs))(?<!\b(?:Mrs|Sen|Rep|Gov|Gen|Col|Rev|Sgt|Hon))"
    r"[.!?…][\"”’')\]]*(?=\s+[\"“‘(\[]?[A-Z0-9]|\s*\n|\s*$)"
)
LEAD = re.compile(r"[\s,;:–—-]*(?:\bthat\b(?:,?\s+)(?!is\b|was\b|would\b|will\b|['’]s))?[\s,;:]*")
WORD = re.compile(r"\w+(?:['’.\-]\w+)*")


@dataclasses.dataclass(eq=False)
class Draft:
    """A quote being put together: its parts, and the words that attribute it."""

    parts: list[tuple[int, int]]
    cue: tuple[int, int] | None
    speaker: tuple[int, int] | None
    head: Token | None = None
    cue_kind: str = ""
    confidence: float = 0.0
    after: "Draft | None" = None  # the quote whose speaker this one inherits
    stated: bool = True  # False: an attitude that no clause states ("supports the deal")
    verbatim: bool = False  # word for word, though without marks: a turn of a transcript
    uttered: bool = True  # False: thought, wanted or found rather than said

    def key(self) -> int:
        return self.parts[0][0]

    def holds(self, span: tuple[int, int] | None) -> bool:
        """Does a span, if there is one, lie within what is said?"""
        return span is not None and any(s <= span[0] and span[1] <= e for s, e in self.parts)


class Page:
    """One article's text, marks, paragraphs and sentences, and what stands around a place in it."""

    def __init__(self, article: Article):
        self.article, self.doc, self.text = article, article.doc, article.plain
        self.pairs = [p for p in marks.pairs(article.text, self.text) if not titles.is_title(self.text, p)]
        # One reading of the whole Doc as numbers: its token objects cost more than all rules together.
        orth = self.doc.to_array(["IDX", "LOWER", "SENT_START", "TAG", "DEP"])
        strings = self.doc.vocab.strings
        self.starts: list[int] = orth[:, 0].tolist()
        self.words = [strings[i] for i in orth[:, 1].tolist()]
        self.deps = orth[:, 4]
        self.tags = [strings[i] for i in orth[:, 3].tolist()]
        self.sentences = cues.sentence_bounds(orth[:, 2].astype("int64").tolist())
        self.has_parse = bool(self.deps.any())
        self.paragraphs = marks.paragraphs(self.text)
        self.verbatim: list[tuple[int, int]] = []
        self.openings = [s for s, _ in self.paragraphs]

    def inside(self, at: int) -> bool:
        """Does a place stand inside quotation marks, or in a turn of a transcript?"""
        if any(start <= at < end for start, end in self.verbatim):
            return True
        i = bisect.bisect_right(self.pairs, at, key=lambda p: p.start) - 1
        return i >= 0 and at < self.pairs[i].end

    def marked(self, start: int, end: int) -> bool:
        """Do quotation marks, or words in them, stand within a span?"""
        i = bisect.bisect_left(self.pairs, end, key=lambda p: p.start) - 1
        return i >= 0 and start < self.pairs[i].end

    def number(self, at: int) -> int:
        """Which paragraph a place is in."""
        return max(0, bisect.bisect_right(self.openings, at) - 1)

    def paragraph(self, at: int) -> tuple[int, int]:
        """Span of the paragraph a place is in."""
        return self.paragraphs[self.number(at)] if self.paragraphs else (0, len(self.text))

    def is_heading(self, at: int) -> bool:
        """Is the paragraph of a place a heading: one short line, without a stop?"""
        line = self.text[slice(*self.paragraph(at))].strip()
        return len(line.split()) <= 8 and not line.endswith((".", "!", "?", ":", '"', "'", ",", ";"))

    def range(self, start: int, end: int) -> range:
        """The numbers of the tokens that begin within a span."""
        return range(bisect.bisect_left(self.starts, start), bisect.bisect_left(self.starts, end))

    def tokens(self, start: int, end: int) -> list[Token]:
        """The tokens that begin within a span."""
        return [self.doc[i] for i in self.range(start, end)]

    def head(self, start: int, end: int) -> Token | None:
        """The word that the others of a span depend on."""
        words = self.tokens(start, end)
        return next((t for t in words if t.head.idx < start or t.head.idx >= end), words[-1] if words else None) if self.has_parse else None

    def opens_sentence(self, pair: Pair) -> bool:
        before = self.text[self.paragraph(pair.start)[0] : pair.start].rstrip()
        return not before or before[-1] in '.!?"”:'

    def gap_after(self, number: int) -> tuple[int, int]:
        """From a quotation to the end of the sentence that it stands in, or to the next quotation."""
        start, end = self.pairs[number].end, self.paragraph(self.pairs[number].start)[1]
        if number + 1 < len(self.pairs):
            end = min(end, self.pairs[number + 1].start)
        stop = SENTENCE_END.search(self.text, start + 1, end) if start + 1 < end else None
        return start, max(start, stop.start() if stop else end)

    def gap_before(self, number: int) -> tuple[int, int]:
        """From the start of the sentence, or the quotation before, to a quotation."""
        end = self.pairs[number].start
        start = self.paragraph(end)[0]
        if not self.text[start:end].strip() and (at := self.number(end)):  # "She wrote:", and the quotation in a paragraph of its own
            lead = self.paragraphs[at - 1]
            if self.text[slice(*lead)].rstrip().endswith((":", ",")):
                start = lead[0]
        if number and self.pairs[number - 1].end > start:
            start = self.pairs[number - 1].end
        stops = [m.end() for m in SENTENCE_END.finditer(self.text, start, end) if self.text[m.end() : end].strip()]
        return (stops[-1] if stops else start), end


def by_paragraph(page: Page, drafts: list[Draft]) -> dict[int, list[Draft]]:
    """The drafts with a part in each paragraph, by its number: what holds a place is looked for there and not in the whole article."""
    found: dict[int, list[Draft]] = {}
    for draft in drafts:
        for number in {page.number(start) for start, _ in draft.parts}:
            found.setdefault(number, []).append(draft)
    return found


def inner(page: Page, pair: Pair) -> tuple[int, int]:
    """A quotation without its marks and the white space next to them."""
    return strip(page.text, pair.inner_start, pair.inner_end, keep=True)


def add(page: Page, draft: Draft, pair: Pair) -> None:
    """A quotation becomes a part, in place of any part that it covers by more than half."""
    s, e = inner(page, pair)
    if not WORD.search(page.text, s, e):
        return
    held = [p for p in draft.parts if p[0] < e and s < p[1]]
    for p in held:
        lead = outside(page.text, p[0], p[1], [pair])
        if len(WORD.findall(lead)) >= 2 and pair.start > p[0]:
            s, e = p[0], max(e, p[1])
        draft.parts.remove(p)
    draft.parts = sorted([*draft.parts, (s, e)])


def strip(text: str, start: int, end: int, *, keep: bool = False) -> tuple[int, int]:
    """A span without white space, a leading "that" and punctuation at its ends; `keep` keeps the final punctuation (inside marks)."""
    if keep:
        inner = text[start:end]
        return start + len(inner) - len(inner.lstrip()), start + len(inner.rstrip())
    if start >= end:
        return start, start
    start = min(LEAD.match(text, start, end).end(), end)
    while end > start and (text[end - 1].isspace() or (text[end - 1] in ",;:.–—-" and not _abbreviation(text, start, end))):
        end -= 1
    return start, end


def _abbreviation(text: str, start: int, end: int) -> bool:
    return re.search(r"\b(?:[A-Z]\.)+$|\b(?:Jr|Sr|Inc|Corp|a\.m|p\.m)\.$", text[max(start, end - 12) : end]) is not None


def count_words(text: str, start: int, end: int) -> int:
    return len(WORD.findall(text, start, end))


def outside(text: str, start: int, end: int, pairs: list[Pair]) -> str:
    """The characters of a span that stand outside the given quotations (in order), a blank in place of each."""
    kept, at = [], start
    for p in pairs:
        if p.start < end and start < p.end:
            kept += [text[at : max(p.start, at)], " "]
            at = min(max(p.end, at), end)
    return "".join([*kept, text[at:end]])
