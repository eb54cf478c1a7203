"""How would a line in capitals read in ordinary letters? Parsers know "five were killed", not "FIVE WERE KILLED"."""

import functools
import importlib.resources
import re

from samestory.lists import read_list

LEAST = 16  # letters in a line; a shorter one in capitals is a label or a place line
SHARE = 0.85  # of its letters are capitals
WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*")
# What stays in capitals: "U.S.", "J. Smith", "(DAS)", and bodies whose letters are a word too
INITIALS = re.compile(r"(?:[^\W\d_]\.){2,}|\b[^\W\d_]\.(?=\s)|(?<=[(\[])[^\W\d_]{2,6}(?=[)\]])|\b(?:UN|EU|UK|USA|NATO|AIDS)\b")
SENTENCE = re.compile(r"(?:\A|(?<!\b[^\W\d_])[.!?:][\"')\]]*\s+|\n\s*\n\s*)[\"'(\[]*([^\W\d_])")
DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november "
    "december".split()
)


@functools.cache
def ordinary() -> frozenset[str]:
    """English words that are no names: TextBlob's list (Project Gutenberg, Wiktionary, British National Corpus) less our names."""
    file = importlib.resources.files("textblob").joinpath("en", "en-spelling.txt")
    words = {line.split()[0] for line in file.read_text(encoding="utf-8").splitlines() if line and not line.startswith(";")}
    return frozenset(words - _names())


@functools.cache
def _names() -> frozenset[str]:
    countries = read_list("countries")
    told = " ".join(" ".join(countries[c]) for c in ("country", "adjective", "capital", "other_names"))
    named = set(re.findall(r"[a-z]{4,}", told.lower())) - set(read_list("function_words").iloc[:, 0])
    return frozenset(named | set(read_list("given_names").iloc[:, 0].str.lower()) | DAYS)


def lowered(text: str) -> str:
    """The text with its lines in capitals in ordinary letters, one character for one character.

    Small letters for ordinary English words, a capital for other words (names) and at the beginning of a sentence; words of two or three
    letters that are no English ones stay in capitals ("UN"). Lines that are not in capitals stay as they are.
    """
    spans = [m.span() for m in re.finditer(r"[^\n\r]+", text) if _in_capitals(m[0])]
    if not spans:
        return text
    out = list(text)
    for start, end in spans:
        kept = {i for m in INITIALS.finditer(text, start, end) for i in range(*m.span())}
        for m in WORD.finditer(text, start, end):
            if m.start() not in kept:
                out[m.start() : m.end()] = _word(m[0])
    for m in SENTENCE.finditer(text):
        if any(start <= m.start(1) < end for start, end in spans):
            out[m.start(1)] = text[m.start(1)]
    return "".join(out)


def _in_capitals(line: str) -> bool:
    letters = [c for c in line if c.isalpha()]
    return len(letters) >= LEAST and sum(c.isupper() for c in letters) >= SHARE * len(letters)


def _word(word: str) -> str:
    small = "".join(c.lower() if len(c.lower()) == 1 else c for c in word)
    plain = re.split(r"['’-]", small)
    if all(part in ordinary() or part in {"s", "t", "ll", "re", "ve", "d", "m"} for part in plain if part):
        return small
    if len(word) <= 3 and small not in _names():
        return word
    return "".join(word[i] if i == 0 or word[i - 1] == "-" else c for i, c in enumerate(small))
