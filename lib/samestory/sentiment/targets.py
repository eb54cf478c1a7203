"""What do dictionaries make of the surroundings of an actor? Scores to look at, never a ranking."""

from samestory import parse
from samestory.sentiment.masking import NEUTRAL, masked
from samestory.sentiment.scores import score

CLAUSES = {"ROOT", "ccomp", "advcl", "relcl", "acl", "csubj", "csubjpass", "parataxis", "pcomp"}


def targets(article: parse.Article, label_rows: list[dict], voices=None) -> list[dict]:
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
        scores = score(masked(article.doc, start, end, also=target))
        del scores["opinion"]
        scores["vader_clause"] = score(_clause(article.doc, target, (start, end)))["vader"]
        for method, value in scores.items():
            rows.append({"start": target[0], "end": target[1], "actor": mention["actor"], "method": method, "score": value})
    return rows


def _clause(doc, target: tuple[int, int], sentence: tuple[int, int]) -> str:
    """The words of the clause around a target, names and target masked; the whole sentence when there is no parse."""
    span = doc.char_span(*target, alignment_mode="expand")
    if span is None or not parse.has_parse(doc):
        return masked(doc, *sentence, also=target)
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
