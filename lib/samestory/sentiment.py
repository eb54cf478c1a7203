"""What do dictionaries make of a sentence, and of the clause an actor stands in? Scores to look at, never a ranking."""

import functools
import re

from textblob.en.sentiments import PatternAnalyzer
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from samestory import parse
from samestory.lists import read_list

# A word without valence in either dictionary, put where a name or an event word stood.
NEUTRAL = "Item"
CLAUSES = {"ROOT", "ccomp", "advcl", "relcl", "acl", "csubj", "csubjpass", "parataxis", "pcomp"}


@functools.cache
def _analysers() -> tuple[PatternAnalyzer, SentimentIntensityAnalyzer]:
    # One of each, reused: building TextBlob objects costs 1.6 times as much for the same numbers.
    return PatternAnalyzer(), SentimentIntensityAnalyzer()


@functools.cache
def event_words() -> frozenset[str]:
    """Words that name what happened rather than judge it (`data/event_words.csv`): killed, siege, wounded ..."""
    return frozenset(read_list("event_words")["word"].str.lower())


def score(text: str) -> tuple[float, float]:
    """TextBlob's polarity and VADER's compound of a sentence, both in [-1, 1].

    Sources: TextBlob's pattern.en lexicon (De Smedt & Daelemans 2012); VADER (Hutto & Gilbert 2014), lexicon of vaderSentiment 3.3.2.
    """
    blob, vader = _analysers()
    return float(blob.analyze(text).polarity), float(vader.polarity_scores(text)["compound"])


def drivers(text: str) -> list[dict]:
    """The words of a sentence that carry its scores.

    Rows: `word`, `textblob` (polarity of the word as TextBlob's lexicon has it, or None), `vader` (its valence, -4 to 4, or None), and
    `kind`: `event` (it names what happened) or `evaluative`.
    """
    blob, vader = _analysers()
    assessed: dict[str, float] = {}
    for words, polarity, *_ in blob.analyze(text, keep_assessments=True).assessments:
        assessed[" ".join(words)] = polarity
    valences = {w: vader.lexicon[w.lower()] for w in re.findall(r"[\w'-]+", text) if w.lower() in vader.lexicon}
    rows: dict[str, dict] = {}
    for word, polarity in assessed.items():
        if polarity:
            rows[word.lower()] = {"word": word.lower(), "textblob": polarity, "vader": None}
    for word, valence in valences.items():
        rows.setdefault(word.lower(), {"word": word.lower(), "textblob": None})["vader"] = valence
    for row in rows.values():
        row["kind"] = "event" if any(w in event_words() for w in row["word"].split()) else "evaluative"
    return list(rows.values())


def driver_words(article: parse.Article) -> list[dict]:
    """The words of an article that carry its sentences' scores, where they stand; names, which are masked, are not among them.

    Rows: `sentence` (from 1), `start, end, text`, and `word, kind, textblob, vader` as in `drivers`.
    """
    rows = []
    for number, (start, end) in enumerate(parse.sentences(article.doc), start=1):
        scored = {row["word"].split()[-1]: row for row in drivers(_masked(article.doc, start, end))}
        for token in article.doc.char_span(start, end, alignment_mode="expand"):
            if token.lower_ in scored and not _is_name(token):
                rows.append({"sentence": number} | article.row(token.idx, token.idx + len(token)) | scored[token.lower_])
    return rows


def _is_name(token) -> bool:
    return token.tag_ in ("NNP", "NNPS") and token.text[0].isupper() and not token.text.isupper()


def _masked(doc, start: int, end: int, *, events: bool = False, also: tuple[int, int] | None = None) -> str:
    """The text of a span with names (proper nouns inside a sentence) replaced by a neutral word, and with event words too if asked.

    Names score by accident otherwise: *United* Nations, *Ban* Ki-moon, Security Council. `also` masks one more span.
    """
    pieces, at = [], start
    span = doc.char_span(start, end, alignment_mode="expand")
    for token in span if span is not None else ():
        first, last = token.idx, token.idx + len(token)
        name = _is_name(token)
        event = events and token.lower_ in event_words()
        target = also is not None and first < also[1] and also[0] < last
        if (name or event or target) and start <= first and last <= end:
            pieces += [doc.text[at:first], NEUTRAL]
            at = last
    return "".join([*pieces, doc.text[at:end]])


def sentences(article: parse.Article, voices) -> list[dict]:
    """Score every sentence of an article, furniture left out.

    Rows: `sentence` (from 1), `start, end, voice` (narration, quoted, mixed), `paragraph` (from 1), `textblob`, `vader` in [-1, 1] with
    names masked, `event_words` and `evaluative_words` (how many words with a valence are of which kind), and both scores again with the
    event words masked (`textblob_no_events`, `vader_no_events`).
    """
    rows, paragraph, last_end = [], 0, 0
    text = article.plain
    for number, (start, end) in enumerate(parse.sentences(article.doc), start=1):
        paragraph += number == 1 or "\n" in text[last_end:start] or "\r" in text[last_end:start]
        last_end = end
        masked = _masked(article.doc, start, end)
        textblob, vader = score(masked)
        without = _masked(article.doc, start, end, events=True)
        textblob_no, vader_no = (textblob, vader) if without == masked else score(without)
        kinds = [row["kind"] for row in drivers(masked)]
        rows.append(
            {"sentence": number, "start": start, "end": end, "voice": voices.sentence(start, end), "paragraph": paragraph}
            | {"textblob": textblob, "vader": vader, "textblob_no_events": textblob_no, "vader_no_events": vader_no}
            | {"event_words": kinds.count("event"), "evaluative_words": kinds.count("evaluative")}
        )
    return rows


def targets(article: parse.Article, label_rows: list[dict]) -> list[dict]:
    """Score the surroundings of each mention of an actor, or of the one target the story's table gives.

    Rows: `start, end` of the mention, `actor`, `method` and `score` in [-1, 1]. Methods: `textblob` and `vader` on the sentence with the
    mention and all names masked, `vader_clause` on the clause the mention stands in (its verb's words, without subordinate clauses).
    """
    given = article.target
    mentions = label_rows if given is None else [{"start": given[0], "end": given[1], "actor": ""}]
    spans = parse.sentences(article.doc)
    rows = []
    for mention in mentions:
        target = (mention["start"], mention["end"])
        around = [(s, e) for s, e in spans if s < target[1] and target[0] < e]
        if not around:
            continue
        start, end = around[0][0], around[-1][1]
        textblob, vader = score(_masked(article.doc, start, end, also=target))
        clause = score(_clause(article.doc, target, (start, end)))[1]
        for method, value in (("textblob", textblob), ("vader", vader), ("vader_clause", clause)):
            rows.append({"start": target[0], "end": target[1], "actor": mention["actor"], "method": method, "score": value})
    return rows


def _clause(doc, target: tuple[int, int], sentence: tuple[int, int]) -> str:
    """The words of the clause around a target, names and target masked; the whole sentence when there is no parse."""
    span = doc.char_span(*target, alignment_mode="expand")
    if span is None or not parse.has_parse(doc):
        return _masked(doc, *sentence, also=target)
    head = span.root
    while head.dep_ not in CLAUSES and not (head.dep_ == "conj" and head.tag_.startswith(("VB", "MD"))) and head.head is not head:
        head = head.head
    words, waiting = [], [head]
    while waiting:
        token = waiting.pop()
        words.append(token)
        waiting += [c for c in token.children if c.dep_ not in CLAUSES and not (c.dep_ == "conj" and c.tag_.startswith("VB"))]
    words.sort(key=lambda t: t.i)
    names = [t.tag_ in ("NNP", "NNPS") or (t.idx < target[1] and target[0] < t.idx + len(t)) for t in words]
    return " ".join(NEUTRAL if name else t.text for t, name in zip(words, names, strict=True) if not t.is_space)
