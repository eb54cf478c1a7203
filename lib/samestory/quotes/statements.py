"""Who said what, in whose words? Direct, mixed and indirect quotes with their cue and their speaker."""

from samestory.codebook import Codebook
from samestory.parse import Article
from samestory.quotes import chain, cues, marks, quoted, reported, titles, turns
from samestory.quotes.drafts import ATTRIBUTED, WORD, Draft, Page, by_paragraph, count_words, outside, strip
from samestory.quotes.marks import Pair
from samestory.quotes.speakers import NOBODY, Speaker, Speakers


def find(article: Article, book: Codebook) -> list[dict]:
    """Find what an article presents as said, written or thought by somebody.

    Rows as in table `quotes`, in order of the text, one a contiguous part: `quote_id, part, kind (direct, mixed, indirect), start, end,
    text, cue, cue_start, cue_end, speaker_text, speaker_start, speaker_end, speaker, actor, confidence, speaker_kind (person, organisation,
    unnamed, document, media, or empty), cue_kind (neutral, endorsing, doubting), through (source or medium that passed it on, or empty)`.
    Without a parse only quotations in marks are found.
    Method: dependency rules over the verbs in `data/cues.csv`, quotation marks, and their neighbourhood; confidence as in `drafts.py`.
    """
    page = Page(article)
    drafts = turns.find(page)
    page.verbatim = [part for draft in drafts for part in draft.parts]
    verbs = cues.find(page.doc, page.words, page.tags, page.sentences, page.inside) if page.has_parse else []
    drafts += reported.find(page, verbs) if page.has_parse else []
    return _rows(page, book, quoted.assign(page, drafts, verbs))


def scare(article: Article, rows: list[dict]) -> list[dict]:
    """The words in quotation marks that are no part of any quote, nor the title of a work: `start, end, text`, without the marks."""
    said = [(r["start"], r["end"]) for r in rows] + [(r["speaker_start"], r["speaker_end"]) for r in rows if r["speaker_start"] is not None]
    out = []
    for pair in marks.pairs(article.text, article.plain):
        if not titles.is_title(article.text, pair) and not any(s < pair.inner_end and pair.inner_start < e for s, e in said):
            start, end = strip(article.text, pair.inner_start, pair.inner_end)
            if start < end:
                out.append(article.row(start, end))
    return out


def _kind(text: str, parts: list[tuple[int, int]], pairs: list[Pair]) -> str:
    """direct: all words inside marks; mixed: some of them; indirect: none."""
    total = sum(count_words(text, s, e) for s, e in parts)
    bare = sum(len(WORD.findall(outside(text, s, e, [p for p in pairs if p.start < e and s < p.end]))) for s, e in parts)
    return "direct" if not bare else "mixed" if bare < total else "indirect"


def _rows(page: Page, book: Codebook, drafts: list[Draft]) -> list[dict]:
    """Resolve the speakers in order of the text and write the rows."""
    speakers = Speakers(page, book)
    resolved: dict[int, Speaker] = {}
    for draft in sorted(drafts, key=lambda d: d.speaker[0] if d.speaker else d.key()):
        if draft.speaker:
            resolved[id(draft)] = speakers.resolve(*draft.speaker, head=draft.head)
        elif draft.after is not None:
            resolved[id(draft)] = resolved.get(id(draft.after), NOBODY)
            speakers.again(draft.key(), resolved[id(draft)])
    rows, article, near = [], page.article, by_paragraph(page, drafts)
    for number, draft in enumerate(sorted(drafts, key=Draft.key), start=1):
        speaker = resolved.get(id(draft), NOBODY)
        source = draft
        while source.speaker is None and source.after is not None:
            source = source.after
        kind = "direct" if draft.verbatim else _kind(page.text, draft.parts, page.pairs)
        common = {
            "speaker": speaker.name,
            "actor": speaker.actor,
            "confidence": draft.confidence if kind != "mixed" else min(draft.confidence, ATTRIBUTED),
            "speaker_kind": speaker.kind,
            "cue_kind": draft.cue_kind,
            "through": _through(page, draft, near, resolved, speakers),
        }
        for part, (start, end) in enumerate(draft.parts, start=1):
            row = {"quote_id": str(number), "part": part, "kind": kind, **article.row(start, end)}
            rows.append(row | _place(article, "cue", draft.cue) | _place(article, "speaker", source.speaker) | common)
    return rows


def _place(article: Article, name: str, span: tuple[int, int] | None) -> dict:
    """Columns `cue, cue_start, cue_end` (or `speaker_text, speaker_start, speaker_end`), empty without a span."""
    text = {"cue": "cue", "speaker": "speaker_text"}[name]
    start, end = span or (None, None)
    return {text: article.text[start:end] if span else None, f"{name}_start": start, f"{name}_end": end}


def _through(page: Page, draft: Draft, near: dict[int, list[Draft]], resolved: dict[int, Speaker], speakers: Speakers) -> str:
    """The source or medium through whom a statement came, when that is another one than its speaker."""
    name, own = "", resolved.get(id(draft), NOBODY).name
    if draft.cue and (host := chain.outer(draft, near.get(page.number(draft.cue[0]), []))):
        worded = page.text[slice(*host.speaker)]
        name = resolved.get(id(host), NOBODY).name or (worded if " " in worded else "")  # "they" names nobody
    elif span := chain.medium(page, draft):
        mention = page.text[slice(*span)]
        name = speakers.alias(mention) or mention
    return "" if name == own else name
