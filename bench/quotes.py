"""How often are quotes found and given to the right speaker? Measured on PolNeAR, for those who hold a copy of it.

    python bench/quotes.py --polnear DIR [--part dev] [--no-speed]

PolNeAR v1 is US political news of 2015-16 in which people marked every attribution: what was said, by whom, with which words. Its texts
are the publishers' and not ours to pass on, so DIR is yours: it holds `polnear_dev.jsonl`, or the same gzipped (`.jsonl.gz`), and
`polnear_train...`, `polnear_test...` for the other parts. UTF-8, one article a line, one JSON object each:

- `article_id`; `outlet` (not read);
- `text`: the article, its lines ended by newlines alone;
- `attributions`: a list of objects with `content` (the words said), `source` (who says so) and `cue` ("said", "according to"). Each of the
  three is a list of spans `[start, end]`, or null where there is none; a content that its attribution breaks in two has two spans. Other
  keys (`kind`) are not read;
- `discard`, if there is any: a list of spans that the annotators set aside; statements found mostly there do not count.

All offsets count code points of `text` from 0, ends exclusive. To convert the original release: one attribution is one annotated relation,
its content, source and cue the spans of their tokens; where several people annotated an article, take whoever agrees best with the rest.

What the figures mean. Spans are compared as sets of words. Found: matched one to one, the greatest overlap first, and shared words are at
least half of all words of the two. Right speaker: the mentions share a word other than an article, "this" or a possessive, or end on the
same head word (not a pronoun); without a mention, the name's last word counts. Quoted: at least 80 % of the words in quotation marks
(direct) or holding or touching a mark (mixed). Quoted string: one pair of marks around three words or more, at least half of it in a
statement. P is right of those given a speaker, R is right of those with a speaker in the gold; by share of words, P and R average the
share of each statement that is matched. Intervals: bootstrap over articles, 95 %.
"""

import argparse
import collections
import gzip
import json
import pathlib
import random
import re
import statistics
import sys
import time
import zlib

import numpy as np

from samestory import analysis, clean, codebook, parse
from samestory.errors import UserError
from samestory.quotes import statements

MARK = re.compile(r"[\"“”„‟«»〝〞]|''|``")
WORD = re.compile(r"\w+(?:['’.\-&/]\w+)*")
IDLE = set("the a an his her their its this that these those".split())
PRONOUNS = set("he she they it who i we you".split())
# Where a name ends and what is told about it begins, and what stands after a family name.
TAIL = re.compile(r",|\(| - |\b(?:of|for|from|in|at|with|who|whose|on|to|by|and|that|which)\b")
SUFFIXES = {"jr", "sr", "ii", "iii"}
# What counts as a plain verb of saying, in all its forms; indirect statements with other cues are mostly attitudes.
SAYING = re.compile(
    r"according|sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|wr(?:ite|ites|ote|itten|iting)|(?:den|repl)(?:y|ies|ied|ying)|stresse[sd]|admitt(?:ed|ing)"
    r"|admits?|(?:add|ask|claim|complain|confirm|explain|insist|maintain|recall|report|respond|reveal|stress|suggest|tweet|vow|warn)(?:s|ed|ing)?"
    r"|(?:acknowledg|alleg|announc|argu|conced|conclud|declar|not|pledg|promis|stat)(?:e|es|ed|ing)"
)
# (measure, has precision?, best peer, people): peers on PolNeAR's test part, people against each other on 20 of its articles.
MEASURES = [
    ("quoted strings, right speaker", True, "81.1 textacy, paragraph by paragraph", "97.9"),
    ("quoted statements, right speaker", True, "62.2 Citron, trained on PolNeAR", "95.1"),
    ("all statements, by share of words", True, "57.9 Citron, trained on PolNeAR", "81.8"),
    ("plain indirect statements found", False, "61 Gender Gap Tracker", "90"),
    ("speaker right, quoted strings found", False, "", ""),
    ("speaker right, quoted statements found", False, "94 textacy, Citron", "98"),
]
DRAWS, SPEED_ARTICLES, REPEATS = 300, 60, 3


class Page:
    """A text as numbered words, with the word sets of its quoted strings."""

    def __init__(self, text: str):
        self.text, self.words, self.word_at = text, [], {}
        for number, match in enumerate(WORD.finditer(text)):
            self.words.append(match.group().lower())
            self.word_at.update(dict.fromkeys(range(*match.span()), number))
        strings = [self.inside([span]) for span in self._strings()]
        self.strings = [words for words in strings if len(words) >= 3]
        self.quoted = frozenset().union(*strings)

    def inside(self, spans: list) -> frozenset[int]:
        """The words of which at least one letter is in the spans."""
        return frozenset(self.word_at[place] for start, end in spans for place in range(start, end) if place in self.word_at)

    def _strings(self):
        """Spans between marks, paragraph by paragraph; one left open counts if the next paragraph begins with a mark again."""
        paragraphs = [match.span() for match in re.finditer(r".*\S.*", self.text)]
        for (start, end), following in zip(paragraphs, [*paragraphs[1:], None], strict=True):
            opened = None
            for mark in MARK.finditer(self.text, start, end):
                if opened is None and mark.group() != "”":
                    opened = mark.end()
                elif opened is not None and mark.group() not in ("“", "``"):
                    yield opened, mark.start()
                    opened = None
            if opened is not None and following and MARK.match(self.text[slice(*following)].lstrip()):
                yield opened, end


class Statement:
    """One attribution, coded or found: its words, whose they are, and how sure the machine is of it."""

    def __init__(self, page: Page, content: list, source: list | None, cue: list | None, name: str = "", confidence: float = 0.0):
        self.words, self.confidence = page.inside(content), confidence
        mention = page.inside(source or [])
        self.mention = {word for word in mention if page.words[word] not in IDLE}
        self.head = _head(" ".join(page.text[s:e] for s, e in source) if source else name)
        self.has_source = bool(mention or name and not source)
        touches = any(MARK.search(page.text[max(0, s - 1) : e + 1]) for s, e in content)
        self.is_quoted = touches or len(self.words & page.quoted) >= 0.8 * len(self.words)
        self.is_plain = not self.is_quoted and any(SAYING.fullmatch(page.words[word]) for word in page.inside(cue or []))

    def same_speaker(self, other: "Statement") -> bool:
        return bool(self.mention & other.mention or self.head == other.head and self.head and self.head not in PRONOUNS)

    def likeness(self, other: "Statement") -> float:
        return len(self.words & other.words) / len(self.words | other.words)

    def shared(self, other: "Statement") -> int:
        return len(self.words & other.words)


def _head(mention: str) -> str:
    """The last word of a mention's name, wherever it stands in the text."""
    mention = mention.strip(" ,")
    words = [re.sub(r"['’]s?$", "", word).lower() for word in WORD.findall(TAIL.split(mention)[0] or mention)]
    return next((word for word in reversed(words) if word not in SUFFIXES), "")


def pairs(found: list[Statement], coded: list[Statement], measure) -> list[tuple[Statement, Statement]]:
    """Statements matched one to one, the greatest `measure` first, among equals the earlier."""
    values = {(i, j): measure(f, c) for i, f in enumerate(found) for j, c in enumerate(coded) if f.words & c.words}
    left, right, out = set(), set(), []
    for i, j in sorted(values, key=lambda place: (-values[place], place)):
        if i not in left and j not in right:
            left.add(i), right.add(j)
            out.append((found[i], coded[j]))
    return out


def likely(found: list[Statement], coded: list[Statement]) -> list[tuple[Statement, Statement]]:
    return [(f, c) for f, c in pairs(found, coded, Statement.likeness) if f.likeness(c) >= 0.5]


def holder(string: frozenset[int], among: list[Statement]) -> Statement | None:
    """The statement with the most words of a quoted string, at least half of them; among equals the shortest."""
    best = max(among, key=lambda s: (len(s.words & string), -len(s.words)), default=None)
    return best if best and len(best.words & string) >= len(string) / 2 else None


def score(article: dict, rows: list[dict]) -> tuple[list[tuple], list[tuple], collections.Counter]:
    """One article's tallies (a measure each: right, of those found; right, of those coded), statements (confidence, words found?, speaker
    right too?) and counts, from its gold and its rows of table `quotes`."""
    page = Page(article["text"])
    parts: dict[str, list[dict]] = {}
    for row in rows:
        parts.setdefault(row["quote_id"], []).append(row)
    aside = page.inside(article.get("discard") or [])
    found = [_found(page, of) for of in parts.values()]
    found = [f for f in found if f.words and len(f.words & aside) <= len(f.words) / 2]
    coded = [Statement(page, a["content"], a.get("source"), a.get("cue")) for a in article["attributions"]]
    coded = [c for c in coded if c.words]

    holders = [(holder(string, found), holder(string, coded)) for string in page.strings]
    strings = [(f, c) for f, c in holders if f and c and c.has_source]
    strings_right = sum(f.same_speaker(c) for f, c in strings)
    marked, marked_coded = [f for f in found if f.is_quoted], [c for c in coded if c.is_quoted]
    quoted = [(f, c) for f, c in likely(marked, marked_coded) if c.has_source]
    quoted_right = sum(f.same_speaker(c) for f, c in quoted)
    overlaps = pairs(found, coded, Statement.shared)
    every = likely(found, coded)
    tallies = [
        (
            strings_right,
            sum(bool(f and f.has_source) for f, _ in holders),
            strings_right,
            sum(bool(c and c.has_source) for _, c in holders),
        ),
        (quoted_right, sum(f.has_source for f in marked), quoted_right, sum(c.has_source for c in marked_coded)),
        (
            sum(f.shared(c) / len(f.words) for f, c in overlaps),
            len(found),
            sum(f.shared(c) / len(c.words) for f, c in overlaps),
            len(coded),
        ),
        (0, 0, sum(c.is_plain for _, c in every), sum(c.is_plain for c in coded)),
        (0, 0, strings_right, len(strings)),
        (0, 0, quoted_right, len(quoted)),
    ]
    match = {id(f): c for f, c in every}
    right = {id(f) for f, c in every if not c.has_source or f.same_speaker(c)}
    counts = {"attributions": len(coded), "quoted strings": sum(c is not None for _, c in holders), "statements found": len(found)}
    return tallies, [(f.confidence, id(f) in match, id(f) in right) for f in found], collections.Counter(counts)


def _found(page: Page, parts: list[dict]) -> Statement:
    """The statement that the rows of one `quote_id` make."""
    source, cue = ([[p[f"{x}_start"], p[f"{x}_end"]] for p in parts[:1] if p[f"{x}_start"] is not None] or None for x in ("speaker", "cue"))
    return Statement(page, [[p["start"], p["end"]] for p in parts], source, cue, parts[0]["speaker"], parts[0]["confidence"])


def rates(total: np.ndarray) -> np.ndarray:
    """Precision, recall and the headline (F1; where there is no precision the recall) of summed tallies, a measure a row, in per cent."""
    precision, recall = (np.divide(total[:, i], total[:, i + 1], out=np.zeros(len(total)), where=total[:, i + 1] > 0) for i in (0, 2))
    both = np.divide(2 * precision * recall, precision + recall, out=np.zeros(len(total)), where=precision + recall > 0)
    return 100 * np.array([precision, recall, np.where([m[1] for m in MEASURES], both, recall)]).T


def report(scored: list[tuple]) -> str:
    """The tables of accuracy and of precision by confidence."""
    tallies = np.array([tallies for tallies, _, _ in scored], dtype=float)
    draw = random.Random(0)
    drawn = [rates(tallies[draw.choices(range(len(tallies)), k=len(tallies))].sum(axis=0))[:, 2] for _ in range(DRAWS)]
    low, high = np.sort(drawn, axis=0)[[int(DRAWS * 0.025), int(DRAWS * 0.975)]]
    counts = sum((c for _, _, c in scored), collections.Counter())
    lines = [", ".join([f"{len(scored)} articles", *(f"{n} {what}" for what, n in counts.items())]), ""]
    lines += [f"{'per cent':40}{'P':>6}{'R':>7}{'F1':>7}  {'95 %':14}{'people':8}best peer (both on PolNeAR's test part)"]
    for (name, precise, peer, people), (p, r, f), a, b in zip(MEASURES, rates(tallies.sum(axis=0)), low, high, strict=True):
        figures = f"{p:6.1f}{r:7.1f}{f:7.1f}" if precise else f"{'':6}{r:7.1f}{'':7}"
        lines.append(f"{name:40}{figures}  {f'{a:.1f}-{b:.1f}':14}{people:8}{peer}".rstrip())
    every = [statement for _, statements, _ in scored for statement in statements]
    bands = [(f"{c:.2f}", [s for s in every if s[0] == c]) for c in sorted({s[0] for s in every}, reverse=True)]
    lines += ["", f"{'confidence':12}{'statements':>10}{'words found, %':>16}{'and right speaker, %':>22}"]
    for name, band in [*bands, (">= 0.9", [s for s in every if s[0] >= 0.9]), ("all", every)]:
        shares = [f"{100 * sum(s[i] for s in band) / len(band):.1f}" if band else "-" for i in (1, 2)]
        lines.append(f"{name:12}{len(band):10}{shares[0]:>16}{shares[1]:>22}")
    return "\n".join(lines)


def read(folder: pathlib.Path, part: str) -> list[dict]:
    """The articles of a part of PolNeAR, their spans checked; whatever is wrong with the file is a UserError."""
    files = [folder / f"polnear_{part}.jsonl{zipped}" for zipped in ("", ".gz")]
    file = next((f for f in files if f.is_file()), None)
    if file is None:
        raise UserError(
            f"{folder}: neither {files[0].name} nor {files[1].name} is there; `python bench/quotes.py --help` says what they hold"
        )
    articles = []
    try:
        with (gzip.open if file.suffix == ".gz" else open)(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                if line.strip():
                    articles.append(_checked(json.loads(line)))
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError) as error:
        raise UserError(f"{file}: article {len(articles) + 1} cannot be read ({type(error).__name__}: {error})") from error
    if not articles:
        raise UserError(f"{file}: no article in it")
    return articles


def _checked(article: dict) -> dict:
    lists = [article.get("discard"), *(a.get(key) for a in article["attributions"] for key in ("content", "source", "cue"))]
    for start, end in (span for spans in lists for span in spans or []):
        if not 0 <= start < end <= len(article["text"]):
            raise ValueError(f"span {start}-{end} lies outside the text")
    return article


def quotes(articles: list[dict]) -> list[list[dict]]:
    """The rows of table `quotes` of each article, as `samestory analyse` writes them for a story without a codebook."""
    texts = [clean.blank(a["text"], clean.furniture(a["text"])) for a in articles]
    docs = parse.ParseCache(analysis.cache_folder(), parse.load_model()).docs(texts)
    return _find(articles, texts, docs)


def _find(articles: list[dict], texts: list[str], docs: list) -> list[list[dict]]:
    book = codebook.empty()
    pages = (parse.Article(a["article_id"], a["text"], doc, blanked=text) for a, text, doc in zip(articles, texts, docs, strict=True))
    return [statements.find(page, book) for page in pages]


def cost(articles: list[dict]) -> str:
    """CPU seconds of parsing, and of finding statements in what was parsed: medians."""
    texts = [clean.blank(a["text"], clean.furniture(a["text"])) for a in articles]
    times = []
    for _ in range(REPEATS):
        began = time.process_time()
        docs = list(parse.parse(texts))
        parsed = time.process_time()
        _find(articles, texts, docs)
        times.append((parsed - began, time.process_time() - parsed))
    parsing, finding = (statistics.median(t) for t in zip(*times, strict=True))
    return f"{len(articles)} articles, median of {REPEATS}: parsing {parsing:.2f} CPU s, finding quotes {finding:.2f} CPU s more, {finding / parsing:.2f} of parsing"


def main(arguments: list[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--polnear", required=True, type=pathlib.Path, metavar="DIR", help="the folder that holds polnear_PART.jsonl[.gz]")
    options.add_argument("--part", default="dev", choices=("dev", "train", "test"), help="default: dev")
    options.add_argument("--no-speed", action="store_true", help="leave out the cost")
    chosen = options.parse_args(arguments)
    try:
        articles = read(chosen.polnear, chosen.part)
    except UserError as error:
        print("quotes: " + " ".join(str(error).split()), file=sys.stderr)
        return 2
    print(f"PolNeAR {chosen.part}: " + report([score(a, rows) for a, rows in zip(articles, quotes(articles), strict=True)]))
    if not chosen.no_speed:
        print("\n" + cost(articles[:SPEED_ARTICLES]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
