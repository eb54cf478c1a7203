"""The pages around the notebooks: one for each article, with its findings in place, and the index."""

import dataclasses
import datetime
import itertools
import re
from collections.abc import Iterable, Mapping

import pandas as pd

from samestory import clean, evidence
from samestory.analysis import Analysis

# Findings that are shown, outermost first where two have the same span; the others get an address only.
KINDS = {"quotes": ("q", "Quotes"), "figures": ("f", "Numbers of people"), "labels": ("l", "Labels"), "actions": ("a", "Who did what")}
LAYERS = ("furniture", "sentences", "facts", "quotes", "targets", "figures", "victims", "labels", "actors", "actions")
LISTS = {
    "quotes": "text kind speaker_text speaker actor cue",
    "figures": "text harm people low high qualifier scope claimed_by",
    "labels": "text actor valence voice",
    "actions": "verb form agent patient voice hedged",
}
NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()


@dataclasses.dataclass(frozen=True)
class Mark:
    """A span of an article that has an address: `id` as in `evidence.anchor`, `css` its class (`q f l a` are highlighted)."""

    start: int
    end: int
    layer: int
    css: str
    id: str
    title: str = ""

    @property
    def tag(self) -> str:
        return "mark" if len(self.css) == 1 and self.css != "s" else "span"


def marks(tables: Mapping[str, pd.DataFrame], article_id: str, *, also: Iterable[tuple[str, int, int]] = ()) -> list[Mark]:
    """All spans of one article that links may lead to: every row with `start, end` of every table, and `also` (table, start, end)."""
    found: dict[str, Mark] = {}
    for layer, name in enumerate(LAYERS):
        if name not in tables:
            continue
        rows = tables[name]
        rows = rows[(rows["article_id"] == article_id) & rows["start"].notna() & rows["end"].notna()]
        css = KINDS[name][0] if name in KINDS else {"sentences": "s", "furniture": "furniture"}.get(name, "place")
        for row in rows.to_dict("records"):
            id_ = evidence.anchor(name, row["start"], row["end"])
            title = _title(name, row)
            if id_ in found and title and title not in found[id_].title:
                title = f"{found[id_].title}; {title}"
            found[id_] = Mark(int(row["start"]), int(row["end"]), layer, css, id_, title or (found[id_].title if id_ in found else ""))
    for name, start, end in also:
        found.setdefault(evidence.anchor(name, start, end), Mark(start, end, len(LAYERS), "place", evidence.anchor(name, start, end)))
    return list(found.values())


def _title(name: str, row: Mapping) -> str:
    """What a pointer resting on a finding is told."""
    known = {key: str(value) for key, value in row.items() if not pd.isna(value) and value != ""}
    by = known.get("speaker") or known.get("speaker_text")
    match name:
        case "quotes":
            parts = [f"{known.get('kind', '')} quote".strip(), by]
        case "figures":
            parts = [known.get("harm"), known.get("people"), known.get("qualifier", "").replace("_", " ")]
        case "labels":
            parts = [known.get("actor"), known.get("valence"), known.get("voice")]
        case "actions":
            parts = [known.get("form", "").replace("_", " "), f"{known.get('agent', 'no agent')} → {known.get('patient', 'no patient')}"]
        case "furniture":
            parts = ["page furniture", known.get("reason")]
        case "facts":
            parts = ["fact", known.get("fact_id"), known.get("state", "").replace("_", " ")]
        case _:
            parts = []
    return " · ".join(filter(None, parts))


def nest(text: str, span: tuple[int, int], found: Iterable[Mark], used: set[str], continued: set[str]) -> list[dict]:
    """Cut a paragraph at the edges of its marks into what a template writes: `text`, `open` and `close`, properly nested.

    A mark that crosses another is written in pieces; the first carries its id, the later ones name it (`of`), and it is added to
    `continued`. `used` holds the ids written in earlier paragraphs.
    """
    start, end = span
    inside = sorted((m for m in found if m.start < end and m.end > start and m.start < m.end), key=lambda m: (m.start, -m.end, m.layer))
    points = sorted({start, end} | {p for m in inside for p in (m.start, m.end) if start < p < end})
    out: list[dict] = []
    stack: list[Mark] = []

    def open_(mark: Mark) -> None:
        again = mark.id in used
        if again:
            continued.add(mark.id)
        used.add(mark.id)
        stack.append(mark)
        ids = {"id": "", "of": mark.id} if again else {"id": mark.id, "of": ""}
        out.append({"say": "open", "tag": mark.tag, "css": mark.css, "title": mark.title} | ids)

    def close() -> Mark:
        out.append({"say": "close", "tag": stack[-1].tag})
        return stack.pop()

    waiting = list(inside)
    for a, b in itertools.pairwise(points):
        reopen: list[Mark] = []
        while any(m.end <= a for m in stack):
            mark = close()
            if mark.end > a:
                reopen.insert(0, mark)
        for mark in reopen:
            open_(mark)
        while waiting and max(waiting[0].start, start) <= a:
            open_(waiting.pop(0))
        out.append({"say": "text", "text": text[a:b]})
    while stack:
        close()
    return out


def day(date: str) -> str:
    """A date as people write it: 2016-12-13 is 13 December 2016; anything else as it is."""
    if not re.match(r"\d{4}-\d{2}-\d{2}", date):
        return date
    parsed = datetime.date.fromisoformat(date[:10])
    return f"{parsed.day} {parsed:%B %Y}"


def heading(row: Mapping) -> str:
    """An article's headline, or, when it is not known, the first words of its text."""
    if row["title"]:
        return row["title"]
    kept = clean.blank(row["text"], clean.furniture(row["text"]))
    first = next((row["text"][s:e] for s, e in clean.paragraphs(kept)), row["article_id"])
    words = first.split()
    return " ".join(words[:12])[:120] + (" …" if len(words) > 12 else "")


def article(analysis: Analysis, article_id: str, *, site: Mapping, also: Iterable[tuple[str, int, int]] = ()) -> str:
    """The page of one article: the text as published with every finding highlighted, each under its id, and lists of them."""
    rows = analysis.story.articles.to_dict("records")
    at = next(i for i, r in enumerate(rows) if r["article_id"] == article_id)
    row, text = rows[at], rows[at]["text"]
    found = marks(analysis.tables, article_id, also=also)
    used: set[str] = set()
    continued: set[str] = set()
    paragraphs = [nest(text, span, found, used, continued) for span in clean.paragraphs(text)]
    moments = dict(zip(analysis.story.codebook.moments["moment"], analysis.story.codebook.moments["name"], strict=True))
    words = analysis.tables["articles"].set_index("article_id")["words"].get(article_id)
    about = [
        ("Title", "" if row["title"] else "not known; above are the first words of the text"),
        ("Published", day(row["published"]) or "not known"),
        ("Moment", moments.get(row["moment"]) or row["moment"] or "not coded"),
        ("Agency copy", row["wire"] or "none known"),
        ("Length", f"{words} words without page furniture" if words is not None else "not known"),
        ("Article", row["article_id"]),
        ("Notes", row["notes"]),
    ]
    neighbours = [
        {"file": evidence.article_file(rows[i]["article_id"]), "title": f"{rows[i]['outlet']}: {heading(rows[i])}"}
        if 0 <= i < len(rows)
        else None
        for i in (at - 1, at + 1)
    ]
    return evidence.page(
        "article.html.j2",
        site=site,
        here=evidence.article_file(article_id),
        title=f"{row['outlet']}: {heading(row)} · {site['name']}",
        heading=heading(row),
        outlet=row["outlet"],
        colour=evidence.colours(analysis.story.all_outlets)[row["outlet"]],
        about=[(name, value) for name, value in about if value],
        url=row["url"] if re.match(r"https?://", row["url"]) else "",
        kinds=[{"key": css, "name": name, "count": sum(m.css == css for m in found)} for css, name in KINDS.values()],
        paragraphs=paragraphs,
        continued=sorted(continued),
        lists=list(_lists(analysis, article_id)),
        before=neighbours[0],
        after=neighbours[1],
    )


def _lists(analysis: Analysis, article_id: str):
    for name, columns in LISTS.items():
        rows = analysis.tables[name]
        rows = rows[(rows["article_id"] == article_id) & rows["start"].notna()].sort_values(["start", "end"])
        if len(rows):
            shown = rows[[*dict.fromkeys(["article_id", "start", "end", *columns.split()])]]
            caption = f"{KINDS[name][1]}, in the order of the text"
            yield {"name": KINDS[name][1], "count": len(rows), "table": evidence.table(shown, caption=caption, of=name, most=2000)}


def index(
    analysis: Analysis, *, site: Mapping, findings: Iterable[Mapping], failures: list[dict], made: list[tuple[str, str]], only: str
) -> str:
    """The first page of a report: what the story is, what stands out, the questions, the articles, what failed, how it was made.

    findings: rows `text, href, notebook`, as `compare.findings` gives them. `only` says in words which part of the story was chosen.
    """
    articles, book = analysis.story.articles, analysis.story.codebook
    colour = evidence.colours(analysis.story.all_outlets)
    words = dict(zip(analysis.tables["articles"]["article_id"], analysis.tables["articles"]["words"], strict=True))
    moments = dict(zip(book.moments["moment"], book.moments["name"], strict=True))
    present = [m for m in book.moments.to_dict("records") if m["moment"] in set(articles["moment"])]
    parts = {part["name"]: part for part in site["notebooks"]}
    addresses = {evidence.article_file(article_id) for article_id in articles["article_id"]}
    findings = [
        {
            "text": finding["text"],
            "place": finding["href"] if finding["href"].partition("#")[0] in addresses else "",
            "file": parts[finding["notebook"]]["file"] if finding["notebook"] in parts else "",
            "source": parts[finding["notebook"]]["title"] if finding["notebook"] in parts else "",
        }
        for finding in findings
    ]
    outlets = list(dict.fromkeys(articles["outlet"]))
    toc = [
        ("findings", "What stands out", findings),
        ("questions", "The questions", site["notebooks"]),
        ("articles", "The articles", True),
        ("moments", "The moments", present),
        ("downloads", "To take away", True),
        ("failed", "What failed", failures),
        ("made", "How this was made", True),
    ]
    failed = pd.DataFrame(failures, columns=["article", "stage", "reason"])
    return evidence.page(
        "index.html.j2",
        site=site,
        here="index.html",
        title=f"{site['name']} · samestory",
        about=next(iter(book.story.to_dict("records")), {"title": site["name"], "description": ""}),
        heading=f"The same story, told by {_many(len(outlets))} outlet{'s' if len(outlets) != 1 else ''}",
        lead=_lead(articles, only),
        toc=[{"level": 2, "id": id_, "text": text} for id_, text, there in toc if there],
        outlets=[{"name": outlet, "colour": colour[outlet]} for outlet in outlets],
        moments=[{**m, "begins": day(m["begins"])} for m in present],
        findings=findings,
        limits=next((part["file"] for part in site["notebooks"] if part["name"].endswith("limits") and not part["failed"]), ""),
        failures=failures,
        failed_table=evidence.table(failed, caption="What could not be done, and why", most=50) if failures else "",
        notebooks=site["notebooks"],
        articles=[
            {
                "outlet": row["outlet"],
                "colour": colour[row["outlet"]],
                "file": evidence.article_file(row["article_id"]),
                "title": heading(row),
                "published": day(row["published"]),
                "moment": moments.get(row["moment"]) or row["moment"],
                "wire": row["wire"],
                "notes": row["notes"],
                "words": words.get(row["article_id"], ""),
            }
            for row in articles.to_dict("records")
        ],
        tables=[{"name": name, "rows": len(table)} for name, table in analysis.tables.items()],
        made=made,
    )


def _many(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def _lead(articles: pd.DataFrame, only: str) -> str:
    dates = sorted(d[:10] for d in articles["published"] if re.match(r"\d{4}-\d{2}-\d{2}", d))
    first, last = (day(dates[0]), day(dates[-1])) if dates else ("", "")
    if first.partition(" ")[2] == last.partition(" ")[2]:  # 12 to 17 December 2016
        first = first.partition(" ")[0] if first != last else ""
    when = f", published from {first} to {last}" if first else f", published on {last}" if last else ""
    count = f"{_many(len(articles)).capitalize()} text{'s' if len(articles) != 1 else ''}"
    chosen = f" This report covers only {only}." if only else ""
    about = "whom each text quotes, which numbers of people it gives, what it calls those involved, and in what tone"
    return f"{count} about one story{when}: {about}.{chosen}"
