"""What is written by other hands and read by more people: headlines, sub-heads, and the paratext around an article."""

import functools
import re

import pandas as pd

from samestory import clean
from samestory.analysis import Analysis
from samestory.compare.grids import Said
from samestory.compare.overview import in_story_order
from samestory.evidence import Place, places
from samestory.framing import loaded, matching, similarity
from samestory.lists import read_list

KINDS = ("headline", "standfirst", "editor's summary", "sub-head", "caption", "video promo")
PARATEXT = frozenset({"standfirst", "editor's summary", "caption", "video promo"})
VOICES = {"narrator": "own words", "attributed": "paraphrasing others", "quoted": "in quotation marks"}
NOT_THERE = "as given in articles.csv; not in the text"
MOST_LINES = 12  # of a kind, from one outlet; the others are only counted
LINES = "outlet article_id kind words table start end".split()
MARKS = [*LINES, "mark", "actor", "judged", "voice", "at"]


def headlines(analysis: Analysis) -> pd.DataFrame:
    """Headlines and sub-heads, apart from the running text: outlet, place (headline, sub-head), words, places.

    A headline is a first line of at most 16 words without a full stop; a sub-head a later line of at most nine. A title that does not
    stand in the text cannot be linked and is left out.
    """
    rows = []
    for article in analysis.story.articles.itertuples():
        mine = {n: analysis.tables[n][analysis.tables[n]["article_id"] == article.article_id] for n in ("furniture", "sentences")}
        for place, start, end in _heads(article.text, mine["furniture"]):
            around = mine["sentences"][(mine["sentences"]["start"] < end) & (mine["sentences"]["end"] > start)]
            row = {"outlet": article.outlet, "place": place, "words": article.text[start:end], "places": places(around, "sentences")}
            rows.append(row)
    return in_story_order(analysis, pd.DataFrame(rows, columns=["outlet", "place", "words", "places"]))


def _heads(text: str, furniture: pd.DataFrame) -> list[tuple[str, int, int]]:
    """Kind and span of the headline and sub-heads that stand in a text, without its page furniture."""
    blanked = clean.blank(text, furniture.to_dict("records"))
    found = []
    for i, (start, end) in enumerate(clean.lines(blanked)):
        line = text[start:end]
        if len(line.split()) <= (16 if i == 0 else 9) and not re.search(r"[.!:;,\"”]$|^[\"“]", line):
            found.append(("headline" if i == 0 else "sub-head", start, end))
    return found


def lines(analysis: Analysis) -> pd.DataFrame:
    """One row a line around the running text: outlet, article_id, kind (of `KINDS`), words, and `table, start, end` of its place.

    Paratext is page furniture that says something (its reason is the kind), without the lines that only announce it ("Story highlights",
    a video's length). A headline printed twice stands once; a `title` that a person gave and that is not in the text has no place.
    """
    rows = []
    for article in analysis.story.articles.itertuples():
        furniture = analysis.tables["furniture"]
        furniture = furniture[furniture["article_id"] == article.article_id]
        found = [(kind, article.text[s:e], "sentences", s, e) for kind, s, e in _heads(article.text, furniture)]
        for piece in furniture.itertuples():
            line = article.text[piece.start : piece.end]
            if piece.reason in PARATEXT and not _announces(line):
                found.append((piece.reason, line, "furniture", piece.start, piece.end))
        repeated = [p for p in furniture.itertuples() if p.reason == "repeated headline"]
        found += _title(article, {_plain(f[1]) for f in found if f[0] == "headline"}, repeated)
        rows += [[article.outlet, article.article_id, *one] for one in found]
    table = pd.DataFrame(rows, columns=LINES).astype({"start": "Int64", "end": "Int64"})
    return in_story_order(analysis, table)


def _title(article, printed: set[str], repeated: list) -> list[tuple]:
    """The headline as a person gave it, or as the page repeats it, where it is not already there."""
    title = " ".join(article.title.split())
    lines_ = [(article.text[p.start : p.end], p) for p in repeated]
    if title and _plain(title) not in printed:
        there = next((p for line, p in lines_ if _plain(title) in _plain(line)), None)
        return [("headline", title, "furniture" if there else "", there.start if there else None, there.end if there else None)]
    new = [(line, p) for line, p in lines_ if not any(known in _plain(line) for known in printed)]
    return [("headline", line, "furniture", p.start, p.end) for line, p in new[:1]]


def _plain(line: str) -> str:
    return " ".join(line.translate(clean.STRAIGHT).lower().split())


@functools.cache
def _announcing() -> list[re.Pattern]:
    table = read_list("furniture")
    return [re.compile(pattern) for pattern in table.loc[table["scope"] != "line", "pattern"]]


def _announces(line: str) -> bool:
    """Is this a line that only says what the next ones are?"""
    return any(pattern.search(line.translate(clean.STRAIGHT)) for pattern in _announcing())


def marks(analysis: Analysis) -> pd.DataFrame:
    """Labels and loaded words in the lines around the text: the columns of `lines`, and of each mark what and where it is.

    Added: `mark` (its words), `actor` (readable name; empty for a loaded word), `judged` (the label's valence, or evaluative, evocative),
    `voice` (known in headlines and sub-heads only) and `at`, a list of places. Headlines and sub-heads are read with the text's grammar; in
    paratext, which no analysis reads, labels are found by their words alone.
    """
    labels, names = matching.read_labels(analysis.story.codebook), analysis.story.codebook.actor_names()
    rows = []
    for line in lines(analysis).itertuples(index=False):
        found = _read(analysis, line, names) if line.table == "sentences" else _match(line, labels, names)
        rows += [[*line, *mark] for mark in found]
    return pd.DataFrame(rows, columns=MARKS)


def _read(analysis: Analysis, line, names: dict[str, str]) -> list[tuple]:
    """Marks of a line that is part of the analysed text, from the tables."""
    inside = {}
    for table in ("labels", "loaded"):
        rows = analysis.tables[table]
        inside[table] = rows[(rows["article_id"] == line.article_id) & (rows["start"] >= line.start) & (rows["end"] <= line.end)]
    out = []
    for r in inside["labels"].itertuples():
        where = [Place("labels", r.article_id, int(r.start), int(r.end))]
        out.append((r.text, names.get(r.actor, r.actor), r.valence, r.voice, where))
    spans = list(zip(inside["labels"]["start"], inside["labels"]["end"], strict=True))
    for r in inside["loaded"].itertuples():
        if not any(s < r.end and e > r.start for s, e in spans):
            where = [Place("loaded", r.article_id, int(r.start), int(r.end))]
            out.append((r.text, "", r.kind, r.voice, where))
    return out


def _match(line, labels: dict, names: dict[str, str]) -> list[tuple]:
    """Marks of a line of paratext, or of a title that is not in the text, by words alone."""
    plain = clean.blank(line.words, [])
    where = [] if pd.isna(line.start) else [Place(line.table, line.article_id, int(line.start), int(line.end))]
    out, spans = [], []
    for start, end, label in matching.matches(plain, labels):
        spans.append((start, end))
        out.append((line.words[start:end], names.get(label.actor, label.actor), label.valence, "", where))
    for start, end, kind in loaded.spans(plain):
        if not any(s < end and e > start for s, e in spans):
            out.append((line.words[start:end], "", kind, "", where))
    return out


def around(analysis: Analysis) -> pd.DataFrame:
    """Headlines, sub-heads and paratext for `grids.table`: one row an outlet, one column a kind that any of them has.

    Each line is an entry that leads to it; below it stand its labels that are not neutral and its loaded words, with their signs.
    Without any such line there are no rows.
    """
    rows, found = lines(analysis), marks(analysis)
    kinds = [kind for kind in KINDS if (rows["kind"] == kind).any()]
    out = []
    for outlet in analysis.story.outlets if kinds else ():
        row = {"outlet": outlet}
        for kind in kinds:
            entries = []
            mine = rows[(rows["outlet"] == outlet) & (rows["kind"] == kind)]
            for line in mine.head(MOST_LINES).itertuples():
                place = [] if pd.isna(line.start) else [Place(line.table, line.article_id, int(line.start), int(line.end))]
                entries.append(Said(f"“{' '.join(line.words.split())}”", place, note="" if place else NOT_THERE))
                same = (found["article_id"] == line.article_id) & (found["words"] == line.words) & (found["judged"] != "neutral")
                entries += [Said(_named(mark), mark.at, valence=mark.judged if mark.actor else "") for mark in found[same].itertuples()]
            row[kind] = entries + ([Said(f"and {len(mine) - MOST_LINES} more", [])] if len(mine) > MOST_LINES else [])
        out.append(row)
    return pd.DataFrame(out, columns=["outlet", *kinds])


def _named(mark) -> str:
    parts = [mark.actor, mark.judged if mark.actor else f"{mark.judged} word", VOICES.get(mark.voice, "")]
    return f"“{mark.mark}” ({', '.join(part for part in parts if part)})"


def only_there(analysis: Analysis) -> pd.DataFrame:
    """Labels and loaded words of the lines around the text whose word stands nowhere in the running text of the same article.

    Columns: outlet, in (the kind of line), word, used for (actor, missing for a loaded word), judged (valence or kind), line, places. The
    word is the label's last, house style and ending folded; the running text is the article without furniture, headline and sub-heads.
    The text is likely to have another word for the same: this says what the headline chose, not that the text is silent.
    """
    texts = {}
    for article in analysis.story.articles.itertuples():
        furniture = analysis.tables["furniture"]
        furniture = furniture[furniture["article_id"] == article.article_id]
        pieces = furniture.to_dict("records") + [{"start": s, "end": e} for _, s, e in _heads(article.text, furniture)]
        texts[article.article_id] = set(similarity.content(clean.blank(article.text, pieces)))
    rows = []
    for mark in marks(analysis).to_dict("records"):
        folded = similarity.content(mark["mark"])
        if folded and folded[-1] not in texts[mark["article_id"]]:
            row = {
                "outlet": mark["outlet"],
                "in": mark["kind"],
                "word": mark["mark"],
                "used for": mark["actor"] or None,
                "judged": mark["judged"],
            }
            rows.append(row | {"line": " ".join(mark["words"].split()), "places": mark["at"]})
    return pd.DataFrame(rows, columns=["outlet", "in", "word", "used for", "judged", "line", "places"])
