"""Which facts does an article tell, and which could it not yet know? The codebook says; the library only proposes."""

import dataclasses
import re
from collections import defaultdict
from collections.abc import Mapping

import pandas as pd

from samestory import clean, schema
from samestory.framing import similarity
from samestory.framing.words import tokens
from samestory.story import Story

FAULTS = ["article", "stage", "reason"]
UNLIKE = 0.2  # cosine below which nothing in another outlet resembles a sentence
HEAVIER = 1.5  # how much more a name weighs than another word when sentences are compared
LEAST = 0.2  # share of a fact's words that a sentence must hold to be proposed at all
CANDIDATE = "fact_id article_id sentence start end rank share found words".split()


def states(story: Story) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The `facts` table, one row a fact and article, and its faults (`article, stage, reason`).

    State from `codebook/fact_states.csv` where a person has coded it, with the span of its evidence in the raw text (its nth occurrence);
    else by dates: `not_yet` when the article came out before the fact was known, `no_longer` when after it ceased to be news; else
    `untold`, also when the article has no date, but only where somebody has looked: an article is coded for the facts of its own moment
    (and of none) once it has any row in `fact_states.csv`, for those of another moment once it has a row for a fact of that moment.
    Otherwise the state is unknown and empty. Evidence that is not in the text is a fault; the state stands, without a place.
    """
    book = story.codebook
    texts = dict(zip(story.articles["article_id"], story.articles["text"], strict=True))
    coded = {(r.fact_id, r.article_id): r for r in book.fact_states.itertuples()}
    moments = dict(zip(book.facts["fact_id"], book.facts["moment"], strict=True))
    looked = {(article, moments.get(fact, "")) for fact, article in coded}
    looked |= {(article, None) for _, article in coded}  # at all
    rows, faults = [], []
    for fact in book.facts.itertuples():
        for article in story.articles.itertuples():
            row = {"fact_id": fact.fact_id, "article_id": article.article_id, "start": None, "end": None}
            told = coded.get((fact.fact_id, article.article_id))
            if told is None:
                own = fact.moment in ("", article.moment)
                dated = by_date(article.published, fact.known_from, fact.known_until)
                seen = (article.article_id, None if own else fact.moment) in looked
                rows.append(row | {"state": dated if dated != "untold" or seen else None})
                continue
            if told.evidence:
                start = _nth(texts[article.article_id], told.evidence, told.nth)
                if start is None:
                    missing = f"the evidence {told.evidence[:60]!r} does not stand {_times(told.nth)} in the text"
                    reason = f"codebook/fact_states.csv: row {told.Index + 2}: fact {fact.fact_id}: {missing}"
                    faults.append({"article": article.article_id, "stage": "facts", "reason": reason})
                else:
                    row |= {"start": start, "end": start + len(told.evidence)}
            rows.append(row | {"state": told.state})
    return schema.frame("facts", rows), pd.DataFrame(faults, columns=FAULTS, dtype="string")


def by_date(published: str, known_from: str, known_until: str) -> str:
    """What the dates of an article and a fact allow: `not_yet`, `no_longer`, or `untold` (it could have been told), also without a date.

    ISO dates compare as text, to the day; where one is given to the month or year only, the longer is cut to it.
    """

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


def candidates(story: Story, sentences: pd.DataFrame, *, most: int = 3, least: float = LEAST) -> pd.DataFrame:
    """Sentences that may tell a fact, in articles nobody has coded for it; for a person to confirm, nothing is counted from here.

    `sentences` has `article_id, sentence, start, end, text`, of the whole story. Columns: fact_id, article_id, sentence, start, end,
    `rank` (1 is best, up to `most` for a fact and article), `share`, `found` (the phrase of the fact's `look_for` that stands there as
    whole words, in any case; empty if none) and `words` (those of the sentence that the fact or its evidence has too). Sentences with
    such a phrase come first, then by `share`: how much of the weight of the fact's wording, and of each piece of evidence coded in
    another article, the sentence holds, on average (content words, endings folded, weighted by how rare they are in the story:
    `similarity.covered`); from `least` upwards.
    """
    states = story.codebook.fact_states
    coded = set(zip(states["fact_id"], states["article_id"], strict=True))
    bags = [set(similarity.content(text)) for text in sentences["text"]]
    weight = similarity.weights(bags)
    evidence = states[states["state"].isin(["told", "differs"])].groupby("fact_id")["evidence"].unique()
    rows = []
    for fact in story.codebook.facts.itertuples():
        phrases = [p.strip() for p in fact.look_for.split(";") if p.strip()]
        patterns = [(p, re.compile(rf"(?<!\w){re.escape(p)}(?!\w)", re.IGNORECASE)) for p in phrases]
        wordings = [similarity.content(text) for text in (fact.fact, *evidence.get(fact.fact_id, ()))]
        queries = [set(words) for words in wordings if words]
        every = set().union(*queries)
        for s, bag in zip(sentences.itertuples(), bags, strict=True):
            if (fact.fact_id, s.article_id) in coded:
                continue
            hit = next((p for p, pattern in patterns if pattern.search(s.text)), "")
            share = sum(similarity.covered(q, bag, weight) for q in queries) / len(queries) if every & bag else 0.0
            if hit or share >= least:
                where = {"article_id": s.article_id, "sentence": s.sentence, "start": s.start, "end": s.end}
                words = [w for w in dict.fromkeys(tokens(s.text)) if similarity.stem(w) in every]
                rows.append({"fact_id": fact.fact_id, **where, "share": round(share, 3), "found": hit, "words": words})
    found = pd.DataFrame(rows, columns=[c for c in CANDIDATE if c != "rank"])
    found = found.assign(_hit=found["found"] != "").sort_values(["_hit", "share"], ascending=False, kind="stable")
    found["rank"] = found.groupby(["fact_id", "article_id"]).cumcount() + 1
    found = found[found["rank"] <= most].sort_values("rank", kind="stable")
    for column, order in (("article_id", story.articles["article_id"]), ("fact_id", story.codebook.facts["fact_id"])):
        found = found.sort_values(column, key=lambda c, o=order: c.map({v: i for i, v in enumerate(o)}), kind="stable")
    return found[CANDIDATE].reset_index(drop=True)


def recovered(story: Story, sentences: pd.DataFrame, *, most: int = 3, look_for: bool = True) -> pd.DataFrame:
    """How well are candidates proposed? Each article's codings are hidden in turn, and the sentence with the evidence is looked for.

    One row a coded telling (told, differs) whose evidence stands in a sentence: fact_id, article_id, `rank` of that sentence among the
    candidates for this fact and article, missing when it is not among the first `most`. Without `look_for` the phrases are hidden too:
    whoever wrote them had read the articles. `sentences` as in `candidates`.
    """
    book = story.codebook
    facts = book.facts if look_for else book.facts.assign(look_for="")
    tellings = states(story)[0].dropna(subset=["start"])
    rows = []
    for article, mine in tellings.groupby("article_id", sort=False):
        hidden = dataclasses.replace(book, facts=facts, fact_states=book.fact_states[book.fact_states["article_id"] != article])
        found = candidates(dataclasses.replace(story, codebook=hidden), sentences, most=most)
        found = found[found["article_id"] == article]
        whole = sentences[sentences["article_id"] == article]
        for telling in mine.itertuples():
            if not ((whole["start"] < telling.end) & (whole["end"] > telling.start)).any():
                continue  # in a line that is page furniture
            same = found[(found["fact_id"] == telling.fact_id) & (found["start"] < telling.end) & (found["end"] > telling.start)]
            rows.append({"fact_id": telling.fact_id, "article_id": article, "rank": same["rank"].min() if len(same) else None})
    return pd.DataFrame(rows, columns=["fact_id", "article_id", "rank"]).astype({"rank": "Int64"})


def unmatched(sentences: pd.DataFrame, *, below: float = UNLIKE) -> pd.DataFrame:
    """Sentences that nothing in the other outlets of the same moment resembles: candidates for what they leave out, not omissions.

    `sentences` has `outlet, moment, text` and whatever else; rows of it are returned, in the order given, where the highest cosine with a
    sentence of another outlet of that moment is below `below`. Added: `similarity` (that cosine), `nearest` and `nearest_row` (text and
    index of that sentence, empty when they share no word), and `only_here`: names and figures of the sentence that no other outlet of the
    moment prints. TF-IDF over the moment's sentences, endings and house style folded, names
    weighing half as much again. Moments with one outlet, and sentences of fewer
    than five content words, have nothing to compare and are left out.
    """
    kept = []
    for moment, group in sentences.groupby("moment", sort=False, dropna=True):
        if group["outlet"].nunique() < 2 or not moment:
            continue
        capitals = {w for text in group["text"] for name in similarity.names(text) for w in similarity.content(name)}
        rows = similarity.vectors(group["text"].tolist(), names=capitals, heavier=HEAVIER)
        outlets, texts = group["outlet"].tolist(), group["text"].tolist()
        printers: dict[str, set[str]] = defaultdict(set)
        for outlet, text in zip(outlets, texts, strict=True):
            for word in similarity.content(text):
                for piece in (word, *word.split("-")):
                    printers[piece].add(outlet)
        for i, (best, value) in enumerate(similarity.nearest(rows, outlets)):
            if value < below and len(rows[i]) >= 5:
                near = (texts[best], group.index[best]) if best is not None else ("", None)
                kept.append((group.index[i], round(value, 3), *near, _only_here(texts[i], outlets[i], printers)))
    table = sentences.loc[[k[0] for k in kept]].copy()
    for n, column in enumerate(("similarity", "nearest", "nearest_row", "only_here"), start=1):
        table[column] = pd.Series([k[n] for k in kept], index=table.index, dtype=object if n > 1 else float)
    return table.sort_index(kind="stable")


def _only_here(text: str, outlet: str, printers: Mapping[str, set[str]]) -> list[str]:
    """Names and figures of a text none of whose folded words any other outlet prints."""
    figures = [w.rstrip(".,") for w in re.findall(r"(?<![\w.])\d[\w.,]*", text)]
    found = [*similarity.names(text), *dict.fromkeys(figures)]
    return [w for w in found if (words := similarity.content(w)) and not any(printers.get(x, set()) - {outlet} for x in words)]
