"""Which clauses of different outlets tell the same deed? Deeds put into rows by kind, by whom they befall, and by figures they share."""

import bisect
import functools
import re
from collections.abc import Sequence

import pandas as pd

from samestory.analysis import Analysis
from samestory.compare import casualties, moves, whose
from samestory.framing.actions import deeds as deed_words
from samestory.framing.doubt import hedges
from samestory.framing.words import function_words
from samestory.lists import read_list
from samestory.phrases import singular

# Kinds of deed (data/deeds.csv) with violence, force or movement, on which a story of conflict turns.
TURNING = tuple(
    "killing injury attack abuse destruction detention displacement siege capture evacuation flight withdrawal surrender release".split()
)
MOVING = ("flight", "withdrawal", "surrender")  # who does these is whom they are about
FIGURES = {  # the harm a figure counts, for the kinds of deed that can be counted in people
    "killing": "killed",
    "injury": "injured",
    "detention": "detained",
    "displacement": "displaced",
    "flight": "displaced",
    "evacuation": "evacuated",
    "surrender": "surrendered",
}
EVERY = "every moment"
NEAR = 30  # characters between a number and the clause it belongs to ("at least 82 | execution-style killings of civilians")
# "the killings", "such a massacre" may have been told of before; the words between must be no "of" or "were", see `_back`
BACK = re.compile(r"\b(?:the|this|these|those|such(?:\s+an?)?)\s+((?:[\w’'-]+\s+){0,2})$", re.IGNORECASE)
HOLDING = frozenset(  # to have a place is another deed than to take it, though data/deeds.csv has both as capture
    "hold holds held holding control controls controlled controlling occupy occupies occupied occupying occupation".split()
)
BE = frozenset("was were is are been be".split())  # of a passive that is a clause of its own: "the atrocities were committed"
JOINED = re.compile(r"\s*,\s*(?:(?:and|or)\s+)?|\s+(?:and|or|&)\s+", re.IGNORECASE)
SHARES = frozenset("percent pct cent".split())  # the head of "98 per cent": a share, and nobody knows of what
TAKEN_UP = re.compile(r"\b(?:these|those|such|this)\s+(?:reports?|claims?|accounts?|allegations?)\b", re.IGNORECASE)
VAGUE = frozenset("other nobody somebody someone everyone anyone everybody anybody nothing something everything".split())


def clauses(analysis: Analysis) -> pd.DataFrame:
    """The rows of `actions` that tell a deed of `data/deeds.csv`, with what is needed to align and to read them.

    Left out are clauses whose doer or sufferer is no word for people, places or things ("%", "98 per cent"). Added: `speaker`, `side`
    (whose word: `whose.speakers`); `members`, the groups that the deed befalls, or that move (actors of the codebook, else the head nouns
    in the singular; people, civilians and residents are one; "rebels and civilians" are two; empty when nobody is named), and `whom`, the
    first of them; `figure` and `identity` of a number of people in the clause and the figure of the story that it is (`same_as`); `back`:
    a noun with "the", "these" or "such" that may go back to a deed told before ("the killings"); `doubt`, the hedging words in the
    sentence of a hedged clause, and those in the next sentence if it takes up "these reports" (their spans: `after`; the clause is
    `hedged` by them too); `scope` of the figure (`event` without one); `asserted`, true where the table does not say.
    """
    rows = analysis.table("actions")
    rows = rows[rows["deed"].notna()]
    kept = [not any(pd.notna(phrase) and _nothing(phrase, r.deed) for phrase in (r.agent, r.patient)) for r in rows.itertuples()]
    rows = whose.speakers(analysis, rows[pd.Series(kept, index=rows.index, dtype=bool)].reset_index(drop=True))
    rows["asserted"] = rows["asserted"].fillna(True).astype(bool) if "asserted" in rows else True
    rows["hedged"] = rows["hedged"].fillna(False).astype(bool)
    texts = dict(zip(analysis.story.articles["article_id"], analysis.story.articles["text"], strict=True))
    kinds = dict(zip(analysis.story.codebook.actors["actor"], analysis.story.codebook.actors["kind"], strict=True))
    edges = analysis.tables["sentences"][["article_id", "start", "end"]].sort_values("start").groupby("article_id")
    sentences = {a: list(zip(s["start"].astype(int), s["end"].astype(int), strict=True)) for a, s in edges}
    labels = {a: list(mine.itertuples()) for a, mine in analysis.tables["labels"].groupby("article_id")}
    figures = {a: list(f.itertuples()) for a, f in casualties.sources(analysis).groupby("article_id")}
    found = []
    for row in rows.itertuples():
        text = texts[row.article_id]
        sentence, after = _sentences(sentences.get(row.article_id, []), row)
        figure = next((f for f in figures.get(row.article_id, []) if _counts(f, row, sentence)), None)
        about = {"figure": figure.text if figure else "", "identity": figure.identity if figure else ""}
        doubt = _doubt(text[slice(*sentence)]) if row.hedged else []
        more = _of_reports(text, after)
        about |= {"scope": figure.scope if figure else "event", "doubt": [*doubt, *(text[s:e].lower() for s, e in more)], "after": more}
        members = _members(row, kinds, labels.get(row.article_id, []))
        found.append(about | {"whom": members[0] if members else "", "members": members, "back": _back(row, text)})
    columns = ["figure", "identity", "scope", "doubt", "after", "whom", "members", "back"]
    rows = rows.join(pd.DataFrame(found, index=rows.index, columns=columns))
    rows["hedged"] |= rows["after"].map(len) > 0
    return rows


def _sentences(edges: list[tuple[int, int]], row) -> tuple[tuple[int, int], tuple[int, int] | None]:
    """The span of the sentence that holds the row, and of the one after it; without such a sentence the row's own span."""
    at = bisect.bisect_right(edges, (row.start, float("inf"))) - 1
    if at < 0 or edges[at][1] < row.end:
        return (int(row.start), int(row.end)), None
    return edges[at], edges[at + 1] if at + 1 < len(edges) else None


def _of_reports(text: str, after: tuple[int, int] | None) -> list[tuple[int, int]]:
    """The words by which the next sentence doubts the reports of a deed ("We hope that these reports are wrong or exaggerated")."""
    if after is None or not TAKEN_UP.search(text, *after):
        return []
    return [m.span() for m in _hedges("sentence").finditer(text, *after)]


def _counts(figure, row, sentence: tuple[int, int]) -> bool:
    """Does this figure count the people of this deed: its harm, in the clause from doer to sufferer or directly in front of it?"""
    if FIGURES.get(row.deed) != figure.harm or pd.notna(figure.under) or not (sentence[0] <= figure.start < sentence[1]):
        return False
    edges = [int(e) for e in (row.start, row.end, row.agent_start, row.agent_end, row.patient_start, row.patient_end) if pd.notna(e)]
    return min(edges) - NEAR <= figure.start and figure.end <= max(edges)


def _doubt(sentence: str) -> list[str]:
    """The words of `data/hedges.csv` that stand in a sentence, in their order."""
    return list(dict.fromkeys(" ".join(m.group().lower().split()) for m in _hedges("word", "above", "sentence").finditer(sentence)))


@functools.cache
def _hedges(*kinds: str) -> re.Pattern:
    shapes = (r"\W+".join(map(re.escape, phrase.split())) for kind in kinds for phrase in hedges()[kind])
    return re.compile(rf"\b(?:{'|'.join(sorted(shapes, key=len, reverse=True))})\b", re.IGNORECASE)


def _head(phrase: str) -> str:
    """The noun that a phrase is about, in the singular."""
    return singular(phrase.split()[-1].lower()) if phrase.split() else ""


def _nothing(phrase: str, deed: str) -> bool:
    """Is this no word for people, a place or a thing? A bare number may count people where the deed can be counted in them."""
    if not any(c.isalpha() for c in phrase):
        return not (phrase.strip().isdigit() and deed in FIGURES)
    return phrase.split()[-1].lower().strip(".") in SHARES


def _members(row, kinds: dict[str, str], labels: list) -> tuple[str, ...]:
    """The groups that a clause is about, each by its actor or its noun; `labels`: the article's rows of that table."""
    roles = ("agent", "patient") if row.deed in MOVING else ("patient",)
    for role in roles:
        phrase, actor = getattr(row, role), getattr(row, f"{role}_actor")
        if pd.isna(phrase) or kinds.get(actor) == "event" or _head(phrase) in {singular(noun) for noun in deed_words()[1]}:
            continue  # of "atrocities were committed" the noun is the deed, nobody's suffering
        if row.deed in MOVING and kinds.get(actor) == "area":
            continue  # "leave the city" tells who leaves, or nobody
        pieces = _pieces(phrase, int(getattr(row, f"{role}_start")), labels)
        if len(pieces) == 1:
            groups = [actor if pd.notna(actor) else _group(_head(phrase), row.deed)]
        else:
            groups = [_actor(piece, labels) or _group(_head(words), row.deed) for words, piece in pieces]
            groups += [actor] if pd.notna(actor) else []
        return tuple(dict.fromkeys(group for group in groups if group))
    return ()


def _pieces(phrase: str, start: int, labels: list) -> list[tuple[str, tuple[int, int]]]:
    """What "and" joins in a phrase, each with its span in the text; a label is never cut ("Trinidad and Tobago")."""
    pieces, at = [], 0
    for m in JOINED.finditer(phrase):
        if m.start() and not any(label.start < start + m.start() and start + m.end() < label.end for label in labels):
            pieces.append((at, m.start()))
            at = m.end()
    return [(phrase[a:b], (start + a, start + b)) for a, b in (*pieces, (at, len(phrase)))]


def _actor(span: tuple[int, int], labels: list) -> str:
    """The actor whose label holds the end of this span, where its noun stands; or empty."""
    return next((label.actor for label in labels if label.start < span[1] <= label.end), "")


def _group(head: str, deed: str) -> str:
    """A group by its noun: "people" in all their names and as a bare number ("two were killed"), none for a pronoun."""
    if head in {singular(word) for word in moves.WIDE} or (deed in FIGURES and (head.isdigit() or head in _numbers())):
        return "people"
    return "" if head in function_words() or head in VAGUE or not any(c.isalpha() for c in head) else head


@functools.cache
def _numbers() -> frozenset[str]:
    return frozenset(singular(word) for word in read_list("number_words")["word"])


def _back(row, text: str) -> bool:
    """Is the deed only a noun that may take up one told before: "the killings", "such atrocities were committed"?"""
    start, finite = row.start, True
    if pd.notna(row.patient) and _head(row.patient) in {singular(noun) for noun in deed_words()[1]}:
        start = int(row.patient_start)
        finite = not BE.isdisjoint(text[int(row.patient_end) : row.end].lower().split())
    elif row.form != "nominal" or pd.notna(row.patient):
        return False
    m = BACK.search(text[max(0, start - 60) : start])
    if m is None or any(word in function_words() for word in m[1].lower().split()):
        return False  # "the reports of killings"
    if not finite and m[0].lower().startswith("the "):
        return False  # "the atrocities being committed there": the clause itself tells which
    return pd.isna(row.agent_end) or not start - len(m[0]) < row.agent_end <= start  # nor "the army committed atrocities"


def _holds(verb: str) -> bool:
    """Is this to have a place ("had held"), and not to take it ("took control")?"""
    *before, last = verb.lower().split()
    return last in HOLDING and not (before and last == "control")


def aligned(analysis: Analysis, *, deeds: Sequence[str] = (), across_moments: bool = False) -> pd.DataFrame:
    """`clauses` of some kinds of deed (default `TURNING`), with the `groups` in which they are the same deed as far as the texts show.

    A group holds clauses of one moment, kind of deed and member of `members`; a clause about "rebels and civilians" is in the groups of
    both. To hold a place (`HOLDING`) is another deed than to take it. Clauses with a figure that two outlets of the moment share are a
    group of their own: that they tell one event is shown by the number, of others it is only possible. Background figures (a whole war)
    stand apart. A noun that goes `back` stands with the deed of its kind that its article counts with such a figure, or else the last one
    told; whether it is that deed nobody can be sure, so it `refers`. With `across_moments` all moments, and articles without one, are
    taken as one. Columns added: `within` (the moment, missing where none is named; one and the same with `across_moments`), `holding`,
    `shared` (identity of the shared figure), `refers`, `groups` (a list).
    """
    rows = clauses(analysis)
    rows = rows[rows["deed"].isin(deeds or TURNING)].reset_index(drop=True)
    rows["within"] = EVERY if across_moments else rows["moment"].replace("", pd.NA)
    outlets = rows[rows["identity"] != ""].groupby(["within", "identity"])["outlet"].transform("nunique")
    rows["shared"] = [
        identity if n > 1 else "" for identity, n in zip(rows["identity"], outlets.reindex(rows.index).fillna(0), strict=True)
    ]
    rows["holding"] = [r.deed == "capture" and _holds(r.verb) for r in rows.itertuples()]
    rows["refers"] = False
    for _, mine in rows.groupby("article_id", sort=False):
        for row in mine[mine["back"]].itertuples():
            told = mine[(mine["deed"] == row.deed) & (mine["start"] < row.start) & (mine["whom"] != "") & ~mine["back"]]
            told = told[told["holding"] == row.holding]
            counted = told[told["shared"] != ""]
            before = told if counted["shared"].nunique() != 1 else counted
            if len(before):
                for column in ("whom", "members", "shared", "scope"):
                    rows.at[row.Index, column] = before[column].iloc[-1]
                rows.at[row.Index, "refers"] = True
    rows["groups"] = pd.Series(
        [[(r.within, r.deed, r.holding, whom, r.shared, r.scope) for whom in r.members or ("",)] for r in rows.itertuples()],
        index=rows.index,
        dtype=object,
    )
    return rows


def form(row) -> str:
    """The form of a clause in words; an active verb of which nobody is the doer ("died") is told as such."""
    if row.form == "active" and pd.isna(row.agent):
        return "verb without a doer"
    return "noun" if row.form == "nominal" else row.form.replace("_", " ")
