"""Where does a quotation begin and end? Pairs of quotation marks in a text as published, whatever style, even when some are missing."""

import dataclasses
import re

from samestory.clean import paragraphs

OPENING, CLOSING = "“„‟«‹", "”»›"
MARK = re.compile(r"``|''|[\"“”„‟«»]")
CLOSES = {"``": "''", "''": "''", '"': '"', "“": "”", "”": "”", "„": "“", "‟": "”", "«": "»", "»": "«"}
SINGLE = re.compile(r"['‘’‚‛‹›`]")
# Words that begin with an apostrophe, so that it opens nothing; years ('90s) are caught by their digits.
ELIDED = re.compile(r"(?:tis|twas|twill|em|til|till|cause|cos|bout|round|n|nuff|kay|\d\d)(?![\w])|\d\ds\b", re.IGNORECASE)
NEAR = 60  # single marks, apostrophes among them, within which a single opening mark looks for its closing one
LONGEST = 3000  # characters between marks; a longer gap means that a closing mark is missing


@dataclasses.dataclass(frozen=True)
class Pair:
    """A quotation within one paragraph: outer span with its marks, inner span without.

    `closed` is False where the closing mark is missing; `continues` is True where the paragraph opens with a mark and goes on with a
    quotation that the paragraph before left open, by the same mark; `single` where the marks are single.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool = True
    continues: bool = False
    single: bool = False


def pairs(text: str, blanked: str | None = None) -> list[Pair]:
    """Find the outermost quotations of a text, in order and without overlap.

    `text` is the text as published: the direction of curly marks is used. `blanked` (`clean.blank`) says where paragraphs and furniture
    are; without it `text` itself does. Each paragraph is read alone, so a stray mark spoils at most its own paragraph. A mark that opens
    a paragraph and is never closed runs to the paragraph's end, as does one after a colon or comma; any other unpaired mark is left out.
    """
    blanked = text if blanked is None else blanked
    found: list[Pair] = []
    before: Pair | None = None  # an unclosed quotation at the end of the paragraph before
    spans = paragraphs(blanked)
    for number, (start, end) in enumerate(spans):
        following = text[spans[number + 1][0] : spans[number + 1][0] + 2] if number + 1 < len(spans) else ""
        end += text[end - 1 : end + 1] == "''"  # `clean.blank` made the second half a space
        here = _without_overlap(_double(text, blanked, start, end, following), _single(text, blanked, start, end))
        if here and before and _opens(text, start, here[0]) and text[here[0].start] == text[before.start]:
            here[0] = dataclasses.replace(here[0], continues=True)
        found += here
        before = here[-1] if here and not here[-1].closed else None
    return found


def _opens(text: str, start: int, pair: Pair) -> bool:
    return not text[start : pair.start].strip()


def _double(text: str, blanked: str, start: int, end: int, following: str) -> list[Pair]:
    """Pairs of double marks and guillemets in one paragraph; `following` is how the next one begins."""
    marks = [m for m in MARK.finditer(text, start, end) if not blanked[m.start()].isspace() and not _stray(text, m.start(), m.end(), start)]
    # Danish and German books: »so«
    turned = bool(marks) and marks[0].group() == "»" and any(m.group() == "«" for m in marks)
    found: list[Pair] = []
    opened, nested = None, None  # a quotation in other marks may stand inside one
    inner: list[Pair] = []
    for m in marks:
        role = _role(text, m, start, end, turned)
        if opened is None:
            if role != "close":
                opened = m
        elif role == "open" and (m.group() != opened.group() or _closed_twice(marks, m)):
            nested = m
        elif role == "open":  # the mark before was never closed
            found += inner or _unclosed(text, opened, start, m.start(), last=False)
            opened, nested, inner = m, None, []
        elif nested is not None and m.group() == CLOSES[nested.group()]:
            inner.append(Pair(nested.start(), m.end(), nested.end(), m.start()))
            nested = None
        else:
            if m.start() - opened.end() <= LONGEST and text[opened.end() : m.start()].strip():
                found.append(Pair(opened.start(), m.end(), opened.end(), m.start()))
            opened, nested, inner = None, None, []
    if opened is not None:
        found += _unclosed(text, opened, start, end, last=True, resumed=following.startswith(opened.group())) or [
            p for p in inner if text[p.inner_start : p.inner_end].strip()
        ]
    return found


def _closed_twice(marks: list[re.Match], inner: re.Match) -> bool:
    """Do enough closing curly marks follow for a quotation within a quotation in the same marks?"""
    later = [m.group() for m in marks if m.start() > inner.start()]
    return inner.group() in OPENING and later.count(CLOSES[inner.group()]) >= later.count(inner.group()) + 2


def _stray(text: str, at: int, after: int, start: int) -> bool:
    """A mark between two spaces opens and closes nothing, unless an inner quotation has just been closed ("... 'so,' " he said)."""
    left = text[at - 1] if at > start else " "
    right = text[after] if after < len(text) else " "
    return at > start and left.isspace() and right.isspace() and text[at - 2 : at - 1] not in ("'", "’")


def _role(text: str, mark: re.Match, start: int, end: int, turned: bool) -> str:
    """Does a mark open, close, or could it do either? By its shape if it has one, and by what stands on its two sides."""
    shape = mark.group()
    left = text[mark.start() - 1] if mark.start() > start else " "
    right = text[mark.end()] if mark.end() < end else " "
    open_here = (left.isspace() or left in "([{-–—/'‘:") and not right.isspace()
    close_here = not left.isspace() and (right.isspace() or right in ")]}.,;:!?-–—'’/")
    if mark.start() == start:
        return "open"  # even where the wrong one of two curly marks was typed
    if left.isspace() and right.isspace():
        return "close"  # after the closing mark of an inner quotation
    if shape in "«»":
        return "open" if (shape == "«") != turned else "close"
    if shape == "``":
        return "open"
    if shape in OPENING:
        return "close" if close_here and not open_here else "open"
    if shape in CLOSING:
        return "open" if open_here and not close_here else "close"
    if open_here != close_here:
        return "open" if open_here else "close"
    return "either"


def _unclosed(text: str, mark: re.Match, start: int, end: int, *, last: bool, resumed: bool = False) -> list[Pair]:
    """A quotation without its closing mark: kept when it is the last one of its paragraph, and opens it or follows a colon or comma.

    One that follows a full stop is kept when the next paragraph resumes it (`resumed`): it opens with the same mark.
    """
    before = text[start : mark.start()].rstrip()
    inner = text[mark.end() : end].rstrip()
    if last and len(inner.split()) >= (2 if resumed else 3) and (not before or before[-1] in ":," or (resumed and before[-1] in ".!?")):
        stop = mark.end() + len(inner)
        return [Pair(mark.start(), stop, mark.end(), stop, closed=False)]
    return []


def _single(text: str, blanked: str, start: int, end: int) -> list[Pair]:
    """Pairs of single marks in one paragraph; apostrophes, possessives of plurals ("the workers' union") and '90s are none."""
    marks = [m.start() for m in SINGLE.finditer(text, start, end) if not blanked[m.start()].isspace() and not _doubled(text, m.start())]
    found: list[Pair] = []
    for number, at in enumerate(marks):
        if (found and at < found[-1].end) or not _opens_single(text, at, start, end):
            continue
        ahead = marks[number + 1 : number + NEAR]
        closers = [m for m in ahead if at + 1 < m and _closes_single(text, m, end)]
        reopen = next((m for m in ahead if _opens_single(text, m, start, end)), end)
        closers = [m for m in closers if m < reopen] or closers[:1]
        close = next((m for m in closers if not _plural_possessive(text, m)), closers[-1] if closers else None)
        if close is not None and close - at <= LONGEST:
            found.append(Pair(at, close + 1, at + 1, close, single=True))
    return found


def _doubled(text: str, at: int) -> bool:
    """Is this one half of `` or ''?"""
    return text[at] in "'`" and (text[at + 1 : at + 2] == text[at] or text[at - 1 : at] == text[at])


def _opens_single(text: str, at: int, start: int, end: int) -> bool:
    left = text[at - 1] if at > start else " "
    right = text[at + 1] if at + 1 < end else " "
    if text[at] in "’›" or not (left.isspace() or left in '([{-–—/"“:') or not (right.isalnum() or right in "[(…."):
        return False
    return not ELIDED.match(text, at + 1)


def _closes_single(text: str, at: int, end: int) -> bool:
    left, right = text[at - 1], text[at + 1] if at + 1 < end else " "
    return text[at] in "'’›`‘" and not left.isspace() and not right.isalnum()


def _plural_possessive(text: str, at: int) -> bool:
    return text[at - 1] in "sS" and re.match(r"\s+[a-z]", text[at + 1 : at + 4]) is not None


def _without_overlap(double: list[Pair], single: list[Pair]) -> list[Pair]:
    """The outermost pairs; where two cross, the double marks are believed, for a single one may be an apostrophe."""
    kept = [
        s for s in single if not any(d.start < s.end and s.start < d.end and not (s.start <= d.start and d.end <= s.end) for d in double)
    ]
    kept += [d for d in double if not any(s.start <= d.start and d.end <= s.end for s in kept)]
    return sorted(kept, key=lambda p: p.start)
