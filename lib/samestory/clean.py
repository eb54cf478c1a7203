"""Which characters of a page are the article? Furniture is marked and blanked; nothing ever moves."""

import functools
import itertools
import re

from samestory import capitals
from samestory.lists import read_list

# One character for one character, so that every offset into the cleaned text is an offset into the raw text.
STRAIGHT = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "‛": "'", "`": "'"}
    | dict.fromkeys("\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\u200b\ufeff", " ")
)


# After these a date belongs to the sentence; elsewhere a bare date at the end of a line is the page's, not the article's.
BEFORE_A_DATE = {"on", "of", "by", "until", "till", "since", "from", "before", "after", "dated", "between", "and", "to", "for"}


@functools.cache
def _patterns() -> list[tuple[re.Pattern, str, str]]:
    rows = read_list("furniture").itertuples()
    return [(re.compile(row.pattern), row.scope, row.reason) for row in rows]


def lines(text: str) -> list[tuple[int, int]]:
    """Spans of the lines of a text that hold anything but white space, trimmed of it."""
    spans = [(m.start(), m.end()) for m in re.finditer(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+", text)]
    trimmed = [(s + len(text[s:e]) - len(text[s:e].lstrip()), s + len(text[s:e].rstrip())) for s, e in spans]
    return [(s, e) for s, e in trimmed if s < e]


def furniture(text: str) -> list[dict]:
    """Find the page furniture of an article: banners, share buttons, captions, bylines, credits, video promos, repeated headlines.

    Rows: `start, end, reason`, one a line of the page. The patterns, each with its source, stand in `data/furniture.csv`; their
    scope says what they take along: `line` nothing, `next` the line after (a video's length, then its title), `short_run` the lines after
    that look like bullet points: at most six, of three to fourteen words, without a full stop.
    """
    spans = lines(text)
    reasons: dict[int, str] = {}
    for i, (start, end) in enumerate(spans):
        line = text[start:end].translate(STRAIGHT)
        for pattern, scope, reason in _patterns():
            if pattern.search(line):
                along = {"line": [], "next": [i + 1], "short_run": _short_run(text, spans, i)}[scope]
                for j in (i, *along):
                    reasons.setdefault(j, reason)
    for i, reason in _repeated_headline(text, spans):
        reasons.setdefault(i, reason)
    return [{"start": spans[i][0], "end": spans[i][1], "reason": reasons[i]} for i in sorted(reasons) if i < len(spans)]


def _short_run(text: str, spans: list[tuple[int, int]], i: int) -> list[int]:
    """The lines after line i that look like an editor's bullet points."""
    taken = []
    for j in range(i + 1, min(i + 7, len(spans))):
        line = text[slice(*spans[j])]
        if not 3 <= len(line.split()) < 15 or line.rstrip().endswith((".", "!", "?", '"', "”")):
            break
        taken.append(j)
    return taken


def _repeated_headline(text: str, spans: list[tuple[int, int]]):
    """A headline printed twice at the top, with a standfirst between, or printed at the foot with nothing but a date after it."""
    first = text[slice(*spans[0])] if spans else ""
    for i in (1, 2):
        if len(first.split()) >= 3 and i < len(spans) and text[slice(*spans[i])] == first:
            yield i, "repeated headline"
            if i == 2:
                yield 1, "standfirst"
    for i in range(max(1, len(spans) - 6), len(spans)):
        dated = re.fullmatch(r"(.+\w)\s+\d{1,2}[./-]\d{1,2}[./-]\d{4}", text[slice(*spans[i])])
        if dated and len(dated[1].split()) >= 4 and dated[1].split()[-1].lower() not in BEFORE_A_DATE:
            yield i, "repeated headline"


def blank(text: str, pieces: list[dict]) -> str:
    """The text with the furniture in `pieces` (rows with `start, end`) overwritten by spaces and typographic marks straightened.

    It has exactly as many code points as `text`; line breaks stay, so paragraphs do too. Lines in capitals become ordinary letters.
    """
    out = list(text.translate(STRAIGHT))
    for piece in pieces:
        out[piece["start"] : piece["end"]] = " " * (piece["end"] - piece["start"])
    return capitals.lowered("".join(out).replace("''", '" '))


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Spans of the paragraphs of a (blanked) text.

    An empty line ends a paragraph. A single line break does too, unless the text is hard-wrapped: then the lines are as
    long as one another and break in mid-sentence, and only an empty line (or an indented one) ends a paragraph.
    """
    spans = lines(text)
    if not _wrapped(text, spans):
        return spans
    out: list[tuple[int, int]] = []
    for start, end in spans:
        gap = text[out[-1][1] : start] if out else ""
        # The line break and an indent of three or more, or a second line break
        if out and gap.count("\n") < 2 and not re.search(r"\n[ ]{3,}$", gap):
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out


def _wrapped(text: str, spans: list[tuple[int, int]]) -> bool:
    """Is the text hard-wrapped? Yes if half of the lines that are followed directly by another end in mid-sentence."""
    pairs = [(a, b) for a, b in itertools.pairwise(spans) if text[a[1] : b[0]].replace("\r", "").count("\n") == 1]
    if len(pairs) < 2:
        return False
    broken = sum(text[a[1] - 1] not in ".!?:\"')" for a, b in pairs)
    return broken > len(pairs) / 2
