"""Which facts does an article tell, and which could it not yet know? The codebook says; the library only proposes."""

import re

import pandas as pd

from samestory import clean, schema
from samestory.framing import similarity
from samestory.story import Story

FAULTS = ["article", "stage", "reason"]
UNLIKE = 0.2  # cosine below which nothing in another outlet resembles a sentence


def states(story: Story) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The `facts` table, one row a fact and article, and its faults (`article, stage, reason`).

    State from `codebook/fact_states.csv` where a person has coded it, with the span of its evidence in the raw text (its nth occurrence);
    else by dates: `not_yet` when the article came out before the fact was known, `no_longer` when after it ceased to be news, `untold`
    otherwise, also when the article has no date. Evidence that is not in the text is a fault; the state stands, without a place.
    """
    book = story.codebook
    texts = dict(zip(story.articles["article_id"], story.articles["text"], strict=True))
    coded = {(r.fact_id, r.article_id): r for r in book.fact_states.itertuples()}
    rows, faults = [], []
    for fact in book.facts.itertuples():
        for article in story.articles.itertuples():
            row = {"fact_id": fact.fact_id, "article_id": article.article_id, "start": None, "end": None}
            told = coded.get((fact.fact_id, article.article_id))
            if told is None:
                rows.append(row | {"state": _by_date(article.published, fact.known_from, fact.known_until)})
                continue
            if told.evidence:
                start = _nth(texts[article.article_id], told.evidence, told.nth)
                if start is None:
                    missing = f"the evidence {told.evidence[:60]!r} does not stand {_times(told.nth)} in the text"
                    reason = f"codebook/fact_states.csv: fact {fact.fact_id}: {missing}"
                    faults.append({"article": article.article_id, "stage": "facts", "reason": reason})
                else:
                    row |= {"start": start, "end": start + len(told.evidence)}
            rows.append(row | {"state": told.state})
    return schema.frame("facts", rows), pd.DataFrame(faults, columns=FAULTS, dtype="string")


def _by_date(published: str, known_from: str, known_until: str) -> str:
    """ISO dates compare as text; where one is given to the month only, the longer is cut to it."""

    def before(a: str, b: str) -> bool:
        n = min(len(a), len(b), 10)
        return bool(n) and a[:n] < b[:n]

    if before(published, known_from):
        return "not_yet"
    return "no_longer" if before(known_until, published) else "untold"


def _nth(text: str, evidence: str, nth: str) -> int | None:
    """Offset of the nth occurrence (1 when not given), typographic and straight quotation marks taken for the same."""
    plain, wanted, at = text.translate(clean.STRAIGHT), evidence.translate(clean.STRAIGHT), -1
    for _ in range(_count(nth)):
        at = plain.find(wanted, at + 1)
        if at < 0:
            return None
    return at


def _count(nth: str) -> int:
    return int(nth) if re.fullmatch(r"[1-9][0-9]{0,5}", nth or "") else 1


def _times(nth: str) -> str:
    return "once" if _count(nth) == 1 else f"{_count(nth)} times"


def candidates(story: Story, sentences: pd.DataFrame) -> pd.DataFrame:
    """Sentences that may tell a fact, in articles nobody has coded for it: fact_id, article_id, sentence, start, end, found.

    `sentences` has `article_id, sentence, start, end, text`. `found` is the phrase of the fact's `look_for` (phrases
    parted by ";") that stands there as whole words, in any case. For a person
    to confirm in `codebook/fact_states.csv`; nothing is counted from here.
    """
    coded = set(zip(story.codebook.fact_states["fact_id"], story.codebook.fact_states["article_id"], strict=True))
    rows = []
    for fact in story.codebook.facts.itertuples():
        phrases = [p.strip() for p in fact.look_for.split(";") if p.strip()]
        patterns = [(p, re.compile(rf"(?<!\w){re.escape(p)}(?!\w)", re.IGNORECASE)) for p in phrases]
        for s in sentences.itertuples():
            hit = next((p for p, pattern in patterns if pattern.search(s.text)), None)
            if hit and (fact.fact_id, s.article_id) not in coded:
                where = {"article_id": s.article_id, "sentence": s.sentence, "start": s.start, "end": s.end}
                rows.append({"fact_id": fact.fact_id, **where, "found": hit})
    return pd.DataFrame(rows, columns="fact_id article_id sentence start end found".split())


def unmatched(sentences: pd.DataFrame, *, below: float = UNLIKE) -> pd.DataFrame:
    """Sentences that nothing in the other outlets of the same moment resembles: candidates for what they leave out, not omissions.

    `sentences` has `outlet, moment, text` and whatever else; rows of it are returned with `similarity` (the highest cosine with a
    sentence of another outlet of that moment) and `nearest` (that sentence, empty when they share no word), where it is below
    `below`, in the order given. TF-IDF over the moment's sentences. Moments with one outlet, and sentences of fewer than five content
    words, have nothing to compare and are left out.
    """
    kept = []
    for moment, group in sentences.groupby("moment", sort=False, dropna=True):
        if group["outlet"].nunique() < 2 or not moment:
            continue
        rows = similarity.vectors(group["text"].tolist())
        cosine = similarity.cosines(rows)
        outlets, texts = group["outlet"].tolist(), group["text"].tolist()
        for i, index in enumerate(group.index):
            others = {j: c for j, c in cosine[i].items() if outlets[j] != outlets[i]}
            best = max(others, key=lambda j: (others[j], -j), default=None)
            value = others[best] if best is not None else 0.0
            if value < below and len(rows[i]) >= 5:
                kept.append((index, round(value, 3), texts[best] if best is not None else ""))
    table = sentences.loc[[k[0] for k in kept]].copy()
    table["similarity"] = [k[1] for k in kept]
    table["nearest"] = [k[2] for k in kept]
    return table.sort_index(kind="stable")
