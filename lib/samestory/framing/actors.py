"""Which people, groups and countries might be one actor under several names? Proposals for a person to accept in the codebook."""

import functools
from collections import Counter, defaultdict

from spacy.tokens import Doc, Token

from samestory import phrases
from samestory.lists import read_list
from samestory.parse import Article, has_parse
from samestory.phrases import singular

TITLE_SHARE = 0.6  # how often a title must stand in front of one and the same name before "the president" is taken to be that person
NO_ACTORS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november "
    "december day week month year hour minute morning afternoon evening night time today tomorrow yesterday percent % thing way part "
    "lot number".split()
)


@functools.cache
def countries() -> dict[str, str]:
    """Country by each of its names, adjective and capital, from `data/countries.csv`; capitals stand for governments in the news."""
    out = {}
    for row in read_list("countries").itertuples():
        for name in (row.country, row.adjective, row.capital, *row.other_names.split(";")):
            if name:
                out.setdefault(name, row.country)
                out.setdefault(singular(name + "s"), row.country)
    return out


def suggest(articles: list[Article]) -> list[dict]:
    """Propose actors: rows `article_id, start, end, text, cluster` for every noun phrase, grouped across the articles of a story.

    Grouped by head word: names by their last word ("Mr. Kim" = "Kim Jong-un" where the full name stands in the story), common nouns
    with the plural folded, countries with their adjectives and capitals ("Syrians", "Damascus" = Syria); a title that stands mostly in
    front of one name is that name ("the president" = Trump). `cluster` is the group's most frequent wording with its key. Phrases are
    base noun phrases with their determiner; times and quantities are left out. A baseline: different nouns for one actor stay apart.
    None without a parse.
    """
    found: list[tuple[Article, Token, Token]] = []
    for article in articles:
        if has_parse(article.doc):
            found += [(article, first, head) for first, head in _phrases(article.doc)]
    pairs = [(first, head) for _, first, head in found]
    names = _full_names(pairs)
    titles = _titles(pairs)
    rows, wordings = [], defaultdict(Counter)
    for article, first, head in found:
        key = _key(first, head, names, titles)
        start, end = _with_determiner(first).idx, head.idx + len(head)
        rows.append({"article_id": article.article_id, **article.row(start, end), "cluster": key})
        wordings[key][article.text[first.idx : end]] += 1
    best = {key: f"{counts.most_common(1)[0][0]} ({key})" for key, counts in wordings.items()}
    return [row | {"cluster": best[row["cluster"]]} for row in rows]


def _phrases(doc: Doc):
    for first, head in phrases.chunks(doc):
        if singular(head.lower_) not in NO_ACTORS and head.lower_ not in phrases.QUANTITIES and any(c.isalpha() for c in head.text):
            yield first, head


def _with_determiner(first: Token) -> Token:
    """The phrase with its determiner and number, as a reader would mark it."""
    while first.i and first.nbor(-1).tag_ in {"DT", "PRP$", "CD"} and first.nbor(-1).sent == first.sent:
        first = first.nbor(-1)
    return first


def _words(first: Token, head: Token) -> list[str]:
    return [t.text for t in head.doc[first.i : head.i + 1] if t.tag_ in phrases.NAMES and t.text.strip(".").isalpha()]


def _full_names(found: list[tuple[Token, Token]]) -> dict[str, str]:
    """First names of persons whose family name does not come last, to the last word: "Kim" in "Kim Jong-un" to "Jong-un"."""
    ends = Counter(head.text for _, head in found if head.tag_ in phrases.NAMES)
    out: dict[str, Counter] = defaultdict(Counter)
    for first, head in found:
        words = _words(first, head)
        if head.tag_ in phrases.NAMES and len(words) > 1:
            for word in words[:-1]:
                if ends[word] and word not in _title_words() and word not in countries():
                    out[word][head.text] += 1
    return {word: counts.most_common(1)[0][0] for word, counts in out.items() if ends[counts.most_common(1)[0][0]] <= ends[word]}


@functools.cache
def _title_words() -> frozenset[str]:
    return frozenset(word for noun in read_list("role_nouns")["noun"] for word in (noun, noun.capitalize())) | {
        "Mr",
        "Mr.",
        "Mrs.",
        "Ms.",
        "Dr.",
    }


def _titles(found: list[tuple[Token, Token]]) -> dict[str, str]:
    """Titles to the name they stand beside in the story, when that is mostly one name ("President Trump")."""
    beside: dict[str, Counter] = defaultdict(Counter)
    for first, head in found:
        if head.tag_ in phrases.NAMES:
            for token in head.doc[first.i : head.i]:
                if token.text in _title_words():
                    beside[token.lower_][head.text] += 1
    out = {}
    for title, counts in beside.items():
        name, n = counts.most_common(1)[0]
        if n >= 2 and n / counts.total() >= TITLE_SHARE:
            out[title] = name
    return out


def _key(first: Token, head: Token, names: dict[str, str], titles: dict[str, str]) -> str:
    whole = head.doc[first.i : head.i + 1].text
    for name in (whole, head.text, singular(head.text)):
        if name in countries():
            return countries()[name].lower()
    if head.tag_ in phrases.NAMES:
        return names.get(head.text, head.text).lower()
    if first.i == head.i and head.tag_ == "NN" and head.lower_ in titles and head.i and head.nbor(-1).lower_ in {"the", "this"}:
        return names.get(titles[head.lower_], titles[head.lower_]).lower()
    return singular(head.lower_)
