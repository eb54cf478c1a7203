"""What is said for or against an actor where it is mentioned? One row a method: weak evidence to look at, never a ranking."""

import functools
from collections.abc import Callable, Iterable, Sequence

from samestory import clean
from samestory.parse import Article
from samestory.sentiment import classifier, hidden, judging, rules, vader, voicing
from samestory.sentiment.masking import NEUTRAL
from samestory.sentiment.scores import KNOWN, METHODS, known_among, score, straightened
from samestory.sentiment.spans import pieces_of
from samestory.sentiment.tree import Tree, tree_of

# Below the first a score is labelled negative, above the second positive; chosen for macro-F1 on the NewsMTSC train part (Hamborg & Donnay
# 2021), those of the rules wider than best there, for fewer judgements turned round.
THRESHOLDS = {"textblob": (0.0, 0.05), "vader": (0.0, 0.35), "opinion": (0.0, 0.0), "vader_clause": (0.0, 0.2), "rules": (-0.18, 0.18)}
PASSAGE = 1_000  # characters; a text that comes with its target and is no longer is read by the classifier as a whole


def targets(article: Article, label_rows: list[dict], voices=None) -> list[dict]:
    """What each method makes of each mention of an actor, or of the one target the story's table gives, whatever its voice.

    Rows: `start, end, text` of the mention, `actor`, `voice` (narrator, attributed, quoted), `method`, `score` in [-1, 1], `label`
    (negative, neutral, positive: by `THRESHOLDS`, or the classifier's own) and `because`, the words behind a score of the rules, each
    with its place. Methods: `textblob`, `vader` and `opinion` on the sentence with the mention and all names masked, `vader_clause` on the
    clause the mention stands in (its verb's words, without subordinate clauses), `rules` (`rules.score`), and `classifier` where it is
    installed.
    """
    mentions = mentions_of(article, label_rows, voices)
    return by_dictionaries(article, mentions) + by_rules(article, mentions, voices) + by_classifier(article, mentions)


def mentions_of(article: Article, label_rows: list[dict], voices=None) -> list[dict]:
    """What is to be scored: `start, end, text, actor, voice`, one a mention, in the order of the text."""
    if article.target is not None:
        label_rows = [{"start": article.target[0], "end": article.target[1], "actor": ""}]
    out = []
    for row in label_rows:
        voice = row.get("voice", "") if voices is None else voicing.mention(article, voices, row["start"], row["end"])
        out.append(article.row(row["start"], row["end"]) | {"actor": row["actor"], "voice": voice})
    return out


def by_dictionaries(article: Article, mentions: Iterable[dict]) -> list[dict]:
    """Rows of `textblob`, `vader`, `opinion` and `vader_clause`."""
    tree, pieces, rows = tree_of(article.doc), pieces_of(article.doc), []
    clause_of = _clauses(tree)
    for mention in mentions:
        span = mention["start"], mention["end"]
        around = tree.around(*span)
        if around is None:  # a target in what was taken for page furniture
            scores = score(_masked_line(article.text, *span))
        else:  # a mention of which no dictionary knows anything need not be hidden from them
            scores = (pieces.assess_without(*around, span) if pieces.knows(*span) else pieces.assess(*around)[0]).scores
        clause = clause_of(span) if around is not None and tree.parsed else scores["vader"]
        rows += [_row(mention, method, scores[method]) for method in METHODS]
        rows.append(_row(mention, "vader_clause", clause))
    return rows


def by_rules(article: Article, mentions: Iterable[dict], voices=None) -> list[dict]:
    """Rows of `rules`; the words of a sentence are read once for all mentions in it.

    Only words in the voice of the mention count, so that no outlet is credited with what a source says. A target that the story's table
    gives is asked about whoever speaks: there all count.
    """
    tree, rows = tree_of(article.doc), []
    read: dict[tuple[int, int], list[judging.Word]] = {}
    told = voicing.Told(article, voices) if voices is not None and article.target is None else None
    for mention in mentions:
        span, value, because = (mention["start"], mention["end"]), 0.0, ""
        around = tree.around(*span)
        if around is not None:
            if around not in read:
                read[around] = judging.judging(tree, *tree.words.within(*around))
            words = read[around] if told is None else told.alike(read[around], span, narrator=mention["voice"] == "narrator")
            value, because = rules.score(tree, words, tree.words.within(*span))
        rows.append(_row(mention, "rules", value, because=because))
    return rows


def by_classifier(article: Article, mentions: Sequence[dict]) -> list[dict]:
    """Rows of `classifier`, on the sentence with the mention's names hidden; none where it cannot run (`classifier.missing`)."""
    if not mentions or classifier.missing():
        return []
    tree, asked = tree_of(article.doc), []
    for mention in mentions:
        start, end = tree.around(mention["start"], mention["end"]) or _line(article.text, mention["start"], mention["end"])
        if article.target is not None and len(article.text) <= PASSAGE:
            start, end = 0, len(article.text)
        inside = max(start, mention["start"]), min(mention["end"], end)
        asked.append(hidden.without_names(article.text, tree.words, (start, end), inside))
    found = classifier.classify(asked)
    return [_row(mention, "classifier", value, label=label) for mention, (value, label) in zip(mentions, found, strict=True)]


def label_of(method: str, value: float) -> str:
    """The class of a score by the thresholds of its method."""
    low, high = THRESHOLDS[method]
    return "negative" if value < low else "positive" if value > high else "neutral"


def _row(mention: dict, method: str, value: float, *, label: str = "", because: str = "") -> dict:
    return mention | {"method": method, "score": value, "label": label or label_of(method, value), "because": because}


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    """The lines of the page that a span stands in."""
    around = [(s, e) for s, e in clean.lines(text) if s < end and start < e]
    return (min(start, around[0][0]), max(end, around[-1][1])) if around else (start, end)


def _masked_line(text: str, start: int, end: int) -> str:
    first, last = _line(text, start, end)
    return f"{text[first:start]}{NEUTRAL}{text[end:last]}"


def _clauses(tree: Tree) -> Callable[[tuple[int, int]], float]:
    """A function from a span to VADER's score of the clause around it, names and the span masked; remembered by what was scored."""
    said = tree.words.texts.copy()
    for i in tree.words.names:
        said[i] = NEUTRAL
    # What VADER has no use for need not be hidden from it, and where that is all there is no score.
    used = {i for i, entry in enumerate(map(KNOWN.__getitem__, said)) if entry is not None and entry[1] is not None}
    heads = {tree.clause[i] for i in used} if tree.parsed else set()

    @functools.cache
    def scored(head: int, hidden: tuple[int, ...]) -> float:
        pieces = straightened(" ".join([NEUTRAL if i in hidden else said[i] for i in tree.clauses[head]])).split()
        known = known_among(pieces)
        text = " ".join(pieces) if any(entry[3] for _, entry in known) else ""
        return vader.assess(pieces, [(number, entry[1]) for number, entry in known if entry[1] is not None], text=text)[0]

    def score_of(span: tuple[int, int]) -> float:
        first, last = tree.words.within(*span)
        last = max(last, first + 1)
        head = tree.clause[tree.root(first, last)]
        return scored(head, tuple([i for i in range(first, last) if i in used])) if head in heads else 0.0

    return score_of
