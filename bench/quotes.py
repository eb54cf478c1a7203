"""How often are quotes found and given to the right speaker? Measured on PolNeAR, for those who hold a copy of it.

    python bench/quotes.py --polnear DIR [--part dev] [--no-speed]

PolNeAR v1 is US political news of 2015-16 in which people marked every attribution: what was said, by whom, with which words. Its texts
are not ours to pass on. DIR holds `polnear_dev.jsonl`, or the same gzipped (`polnear_dev.jsonl.gz`), and so for the parts `train` and
`test`: UTF-8, one article a line, one JSON object each with

- `article_id` and `text` (lines ended by newlines alone);
- `attributions`: a list of objects with `content` (the words said), `source` (who says so) and `cue` ("said", "according to"), each a list
  of spans `[start, end]`, or null where there is none; a content that its attribution breaks in two has two spans;
- `discard`, where there is any: spans that the annotators set aside; statements found mostly there do not count.

Other keys (`outlet`, `kind`) are not read. Offsets count code points of `text` from 0, ends exclusive. From the original release: each
relation is an attribution, its spans those of its tokens; of several annotators of an article take whoever agrees best with the rest.

What the figures mean. Spans are compared as sets of words. Found: matched one to one, greatest overlap first, and shared words are at
least half of all words of the two. Right speaker: the mentions share a word other than an article, "this" or a possessive, or end on the
same head word (no pronoun); without a mention, the name's last word counts. Quoted: 80 % of the words or more in quotation marks, or it
holds or touches a mark. Quoted string: three words or more between marks, at least half of them in a statement. P: right of those given a
speaker; R: right of those with a speaker in the gold; by share of words: the mean share of a statement that is matched. 95 %: bootstrap
over articles.
"""

import argparse
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
# Where a name ends and what is told about it begins; what stands after a family name.
TAIL = re.compile(r",|\(| - |\b(?:of|for|from|in|at|with|who|whose|on|to|by|and|that|which)\b")
SUFFIXES = {"jr", "sr", "ii", "iii"}
# What this measure takes for plain verbs of saying; statements in no marks with other cues are mostly attitudes.
SAYING = re.compile(
    r"according|sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|wr(?:ite|ites|ote|itten|iting)|(?:den|repl)(?:y|ies|ied|ying)"
    r"|admit(?:s|ted|ting)?|stress(?:es|ed|ing)?|(?:add|ask|claim|complain|confirm|explain|insist|maintain|recall|report|respond|reveal|suggest"
    r"|tweet|vow|warn)(?:s|ed|ing)?|(?:acknowledg|alleg|announc|argu|conced|conclud|declar|not|pledg|promis|stat)(?:e|es|ed|ing)"
)
# (what is measured, has precision?, two people against each other, best peer)
MEASURES = [
    ("quoted strings, right speaker", True, "97.9", "81.1 textacy, a paragraph at a time"),
    ("quoted statements, right speaker", True, "95.1", "62.2 Citron, retrained on PolNeAR"),
    ("all statements, by share of words", True, "81.8", "57.9 Citron, retrained on PolNeAR"),
    ("plain indirect statements, found", False, "90", "61 Gender Gap Tracker"),
    ("right speaker of quoted strings found", False, "", ""),
    ("right speaker of quoted statements found", False, "98", "94 textacy, Citron"),
]
DRAWS, SPEED_ARTICLES, REPEATS = 300, 60, 3


class Page:
    """A text as numbered words, with the words of its quoted strings."""

    def __init__(self, text: str):
        self.text, self.words, self.word_at = text, [], {}
        for number, match in enumerate(WORD.finditer(text)):
            self.words.append(match.group().lower())
            self.word_at |= dict.fromkeys(range(*match.span()), number)
        strings = [self.inside([span]) for span in self._strings()]
        self.strings, self.quoted = [s for s in strings if len(s) >= 3], frozenset().union(*strings)

    def inside(self, spans: list | None) -> frozenset[int]:
        """The words of which any character is in the spans."""
        return frozenset(self.word_at[i] for start, end in spans or [] for i in range(start, end) if i in self.word_at)

    def _strings(self):
        """Spans between marks, paragraph by paragraph; one left open counts if the next paragraph begins with a mark again."""
        paragraphs = [m.span() for m in re.finditer(r".*\S.*", self.text)]
        for (start, end), following in zip(paragraphs, [*paragraphs[1:], (0, 0)], strict=True):
            opened = None
            for mark in MARK.finditer(self.text, start, end):
                if opened is None and mark.group() != "”":
                    opened = mark.end()
                elif opened is not None and mark.group() not in ("“", "``"):
                    yield opened, mark.start()
                    opened = None
            if opened is not None and MARK.match(self.text[slice(*following)].lstrip()):
                yield opened, end


class Statement:
    """One attribution, coded or found: its words, whose they are and, if found, how sure that is."""

    def __init__(self, page: Page, content: list, source: list | None, cue: list | None, name: str = "", confidence: float = 0.0):
        self.words, mention, self.confidence = page.inside(content), page.inside(source), confidence
        self.mention = {word for word in mention if page.words[word] not in IDLE}
        self.head = _head(" ".join(page.text[s:e] for s, e in source) if source else name)
        self.has_source = bool(mention or (name and not source))
        touches = any(MARK.search(page.text[max(0, s - 1) : e + 1]) for s, e in content)
        self.is_quoted = touches or len(self.words & page.quoted) >= 0.8 * len(self.words)
        self.is_plain = not self.is_quoted and any(SAYING.fullmatch(page.words[word]) for word in page.inside(cue))

    def same_speaker(self, other: "Statement") -> bool:
        return bool(self.mention & other.mention) or (self.head == other.head != "" and self.head not in PRONOUNS)


def _head(mention: str) -> str:
    """The last word of the name in a mention."""
    mention = mention.strip(" ,")
    words = [re.sub(r"['’]s$", "", word).lower() for word in WORD.findall(TAIL.split(mention)[0] or mention)]
    return next((word for word in reversed(words) if word not in SUFFIXES), "")


def shared(one: Statement, other: Statement) -> int:
    return len(one.words & other.words)


def likeness(one: Statement, other: Statement) -> float:
    return shared(one, other) / len(one.words | other.words)


def pairs(found: list[Statement], coded: list[Statement], measure, least: float = 0.0) -> list[tuple[Statement, Statement]]:
    """Statements matched one to one, the greatest `measure` first, among equals the earlier."""
    values = {(i, j): measure(f, c) for i, f in enumerate(found) for j, c in enumerate(coded) if f.words & c.words}
    match: dict[int, int] = {}
    for i, j in sorted((place for place, value in values.items() if value >= least), key=lambda place: (-values[place], place)):
        if i not in match and j not in match.values():
            match[i] = j
    return [(found[i], coded[j]) for i, j in match.items()]


def holder(string: frozenset[int], among: list[Statement]) -> Statement | None:
    """The statement with the most words of a quoted string, at least half of them; among equals the shortest."""
    best = max(among, key=lambda s: (len(s.words & string), -len(s.words)), default=None)
    return best if best and len(best.words & string) >= len(string) / 2 else None


def score(article: dict, rows: list[dict]) -> tuple[list[tuple], list[tuple], int]:
    """Score an article's rows of table `quotes` against its gold.

    Returns a tally for each of MEASURES (right, of those found; right, of those coded), for each statement found its confidence, whether
    its words are found and whether its speaker is right too, and how many quoted strings the gold holds.
    """
    page, parts = Page(article["text"]), {}
    for row in rows:
        parts.setdefault(row["quote_id"], []).append(row)
    aside = page.inside(article.get("discard"))
    found = [f for f in (_found(page, p) for p in parts.values()) if f.words and len(f.words & aside) <= len(f.words) / 2]
    coded = [Statement(page, a["content"] or [], a.get("source"), a.get("cue")) for a in article["attributions"]]
    coded = [c for c in coded if c.words]
    alike = pairs(found, coded, likeness, 0.5)
    shares = [(shared(f, c) / len(f.words), shared(f, c) / len(c.words)) for f, c in pairs(found, coded, shared)]
    holders = [(holder(string, found), holder(string, coded)) for string in page.strings]
    strings = [f.same_speaker(c) for f, c in holders if f and c and c.has_source]
    marked = [[s for s in side if s.is_quoted] for side in (found, coded)]
    quoted = [f.same_speaker(c) for f, c in pairs(*marked, likeness, 0.5) if c.has_source]
    tallies = [
        (sum(strings), sum(bool(f and f.has_source) for f, _ in holders), sum(strings), sum(bool(c and c.has_source) for _, c in holders)),
        (sum(quoted), sum(f.has_source for f in marked[0]), sum(quoted), sum(c.has_source for c in marked[1])),
        (sum(p for p, _ in shares), len(found), sum(r for _, r in shares), len(coded)),
        (0, 0, sum(c.is_plain for _, c in alike), sum(c.is_plain for c in coded)),
        (0, 0, sum(strings), len(strings)),
        (0, 0, sum(quoted), len(quoted)),
    ]
    right = {f: not c.has_source or f.same_speaker(c) for f, c in alike}
    return tallies, [(f.confidence, f in right, right.get(f, False)) for f in found], sum(c is not None for _, c in holders)


def _found(page: Page, parts: list[dict]) -> Statement:
    """The statement that the rows of one `quote_id` make."""
    first = parts[0]
    source, cue = ([[first[f"{x}_start"], first[f"{x}_end"]]] if first[f"{x}_start"] is not None else None for x in ("speaker", "cue"))
    return Statement(page, [[p["start"], p["end"]] for p in parts], source, cue, first["speaker"], first["confidence"])


def rates(total: np.ndarray) -> np.ndarray:
    """Precision, recall and what counts (F1, or the recall alone) of summed tallies, a measure a row, in per cent."""
    p, r = total[:, 0] / np.maximum(total[:, 1], 1), total[:, 2] / np.maximum(total[:, 3], 1)
    f1 = 2 * p * r / np.where(p + r > 0, p + r, 1)
    return 100 * np.column_stack([p, r, np.where([precise for _, precise, _, _ in MEASURES], f1, r)])


def report(scored: list[tuple[list[tuple], list[tuple], int]]) -> str:
    """Two tables: how much is right, and how much of what is told with a certain confidence."""
    tallies, draw = np.array([tallies for tallies, _, _ in scored], dtype=float), random.Random(0)
    drawn = np.sort([rates(tallies[draw.choices(range(len(tallies)), k=len(tallies))].sum(axis=0))[:, 2] for _ in range(DRAWS)], axis=0)
    low, high = drawn[[int(DRAWS * 0.025), int(DRAWS * 0.975)]]
    lines = [f"{len(scored)} articles, {tallies[:, 2, 3].sum():.0f} attributions, {sum(n for _, _, n in scored)} quoted strings"]
    lines += ["", f"{'per cent':40}{'P':>6}{'R':>7}{'F1':>7}  {'95 %':13}{'people':8}best peer"]
    for (what, precise, people, peer), (p, r, f1), a, b in zip(MEASURES, rates(tallies.sum(axis=0)), low, high, strict=True):
        figures = f"{p:6.1f}{r:7.1f}{f1:7.1f}" if precise else f"{'':6}{r:7.1f}{'':7}"
        lines.append(f"{what:40}{figures}  {f'{a:.1f}-{b:.1f}':13}{people:8}{peer}".rstrip())
    lines += ["(People: two annotators of 20 articles, one against the other. Peers: on the test part.)"]
    lines += ["", f"{'confidence':12}{'statements':>10}{'words found, %':>16}{'right speaker too, %':>22}"]
    every = [statement for _, told, _ in scored for statement in told]
    bands = {f"{sure:.2f}": [s for s in every if s[0] == sure] for sure in sorted({s[0] for s in every}, reverse=True)}
    for name, band in (bands | {">= 0.9": [s for s in every if s[0] >= 0.9], "all": every}).items():
        found, right = (f"{100 * sum(s[i] for s in band) / len(band):.1f}" if band else "-" for i in (1, 2))
        lines.append(f"{name:12}{len(band):10}{found:>16}{right:>22}")
    return "\n".join(lines)


def read(folder: pathlib.Path, part: str) -> list[dict]:
    """The articles of a part of PolNeAR; a file that is not there or not as described above is a UserError."""
    files = [folder / f"polnear_{part}.jsonl{ending}" for ending in ("", ".gz")]
    file = next((f for f in files if f.is_file()), None)
    if file is None:
        raise UserError(f"{folder} holds neither {files[0].name} nor {files[1].name}; --help says what should be in them")
    articles: list[dict] = []
    try:
        with (gzip.open if file.suffix == ".gz" else open)(file, "rt", encoding="utf-8") as lines:
            for line in filter(str.strip, lines):
                article = json.loads(line)
                name, size = article["article_id"], len(article["text"])
                lists = [spans for a in article["attributions"] for spans in (a["content"], a.get("source"), a.get("cue"))]
                if any(not 0 <= start < end <= size for spans in [*lists, article.get("discard")] for start, end in spans or []):
                    raise ValueError(f"a span of {name} is empty or outside the text")
                articles.append(article)
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError(f"{file}, article {len(articles) + 1}: {type(error).__name__}: {error}") from error
    if not articles:
        raise UserError(f"{file}: no articles in it")
    return articles


def quotes(articles: list[dict], texts: list[str], docs: list) -> list[list[dict]]:
    """The rows of table `quotes` of each article, as `samestory analyse` finds them without a codebook."""
    book, parsed = codebook.empty(), zip(articles, texts, docs, strict=True)
    return [statements.find(parse.Article(a["article_id"], a["text"], doc, blanked=text), book) for a, text, doc in parsed]


def cost(articles: list[dict], texts: list[str]) -> str:
    """CPU seconds of parsing articles, and of finding quotes in what was parsed: medians."""
    times = []
    for _ in range(REPEATS):
        began = time.process_time()
        docs = list(parse.parse(texts))
        parsed = time.process_time()
        quotes(articles, texts, docs)
        times.append((parsed - began, time.process_time() - parsed))
    parsing, finding = map(statistics.median, zip(*times, strict=True))
    what = f"{len(articles)} articles, median of {REPEATS}, CPU seconds"
    return f"{what}: parsing {parsing:.2f}, finding quotes {finding:.2f} on top, ratio {finding / parsing:.2f}"


def main(arguments: list[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--polnear", required=True, type=pathlib.Path, metavar="DIR", help="folder with polnear_PART.jsonl or .jsonl.gz")
    options.add_argument("--part", default="dev", choices=("dev", "train", "test"))
    options.add_argument("--no-speed", action="store_true", help="do not measure the cost")
    chosen = options.parse_args(arguments)
    try:
        articles = read(chosen.polnear, chosen.part)
    except UserError as error:
        print("quotes: " + " ".join(str(error).split()), file=sys.stderr)
        return 2
    texts = [clean.blank(a["text"], clean.furniture(a["text"])) for a in articles]
    docs = parse.ParseCache(analysis.cache_folder(), parse.load_model()).docs(texts)
    print(f"PolNeAR {chosen.part}:", report([score(*each) for each in zip(articles, quotes(articles, texts, docs), strict=True)]))
    if not chosen.no_speed:
        print("\n" + cost(articles[:SPEED_ARTICLES], texts[:SPEED_ARTICLES]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
