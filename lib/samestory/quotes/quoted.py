"""Whose are the words in quotation marks? The cue beside them, the clause around them, or the speaker before."""

from samestory.quotes import reported
from samestory.quotes.beside import after, before, fragment, turn
from samestory.quotes.cues import Cue
from samestory.quotes.drafts import ATTRIBUTED, STATED, WORD, Draft, Page, add, by_paragraph, count_words, inner, outside, strip
from samestory.quotes.inherited import floating, governed, joined, kept_up, resumed, told_before
from samestory.quotes.marks import Pair

RECENT = 8  # new drafts that a quotation may still belong to
PRONOUNS = set("he she they it".split())


def assign(page: Page, drafts: list[Draft], verbs: list[Cue]) -> list[Draft]:
    """Give each quotation to the quote before that it continues, to a cue beside it, to a draft that holds it, or to the speaker before.

    Returns all drafts in order of the text: those given, with quotations added to their parts, and the new ones.
    """
    out, reach = list(drafts), {id(d): list(d.parts) for d in drafts}
    holder: dict[int, Draft] = {}
    near, gone = by_paragraph(page, drafts), set[int]()
    for number, pair in enumerate(page.pairs):
        here = [*near.get(page.number(pair.start), []), *(d for d in out[-RECENT:] if id(d) not in reach)]
        here = [d for d in here if id(d) not in gone]
        holding = [d for d in here if any(s < pair.inner_end and pair.inner_start < e for s, e in reach.get(id(d), d.parts))]
        piece, last = fragment(page, pair), holder.get(number - 1)
        draft = None
        if found := turn(page, pair):
            draft = found
            gone |= {id(d) for d in here if any(pair.start <= s < pair.end for s, _ in d.parts)}
            out = [*(d for d in out if id(d) not in gone), found]
        elif pair.continues and last is not None and same_voice(page, last, own := after(page, number)):
            draft = last
            add(page, draft, pair)
            gone |= {id(d) for d in here if d is not last and own and own.cue and d.cue == own.cue}  # what its own cue said is said once
            out = [d for d in out if id(d) not in gone]
        elif pair.continues and last is None and number and (found := after(page, number)):
            draft = join(page, found, pair, out)
            for earlier in range(number - 1, -1, -1):  # its earlier paragraphs, which were waiting for a speaker
                if earlier in holder or page.pairs[earlier].closed:
                    break
                add(page, draft, page.pairs[earlier])
        elif (found := before(page, number, verbs)) and not (holding and not found.uttered and reported.told(found, holding)):
            if found.cue is None or page.text[page.gap_before(number)[0] : pair.start].rstrip().endswith(":"):
                found = after(page, number) or found  # a verb of saying behind a quotation knows better than a colon
            draft = join(page, found, pair, out)
        elif holding and (piece or not after(page, number)):
            draft = min(holding, key=lambda d: sum(e - s for s, e in d.parts))
            if not any(s < pair.inner_end and pair.inner_start < e for s, e in draft.parts):
                add_piece(page, draft, pair, reach.get(id(draft), []))
            draft.parts = [inner(page, pair) if whole(page, pair, *part) else part for part in draft.parts]
            if draft.confidence >= STATED:
                draft.confidence = ATTRIBUTED
        elif (not piece or page.opens_sentence(pair)) and (found := after(page, number)):
            draft = join(page, found, pair, out)
        elif piece and "," in (page.text[pair.inner_end - 1], page.text[pair.end : pair.end + 1]) and (found := after(page, number)):
            draft = join(page, found, pair, out)  # a sentence that ends in a quotation: 'Her role was "helping," he said'
            start = strip(page.text, page.gap_before(number)[0], pair.inner_end)[0]
            if draft.parts:  # none where the marks hold no word
                draft.parts[0] = (start, pair.end if start < pair.start else draft.parts[0][1])
        elif not piece and last is not None and (found := floating(page, number, last)):
            draft = found
            if found is not last:
                out.append(found)
        elif last is not None and (found := joined(page, number, last)):
            draft = found
        elif found := reported.by_noun_beside(page, number) or reported.by_reports(page, number):
            draft = found
            out.append(found)
        elif found := (
            (last is not None and resumed(page, number, last))
            or told_before(page, number, out, verbs)
            or (last is not None and kept_up(page, number, last))
            or governed(page, number)
        ):
            draft = found
            if found is not last:
                out.append(found)
        if draft is not None and draft.parts:
            holder[number] = draft
    return sorted((d for d in out if d.parts), key=Draft.key)


def whole(page: Page, pair: Pair, start: int, end: int) -> bool:
    """Is a part all of a quotation and nothing else? Then its own final punctuation belongs to it."""
    words = count_words(page.text, pair.inner_start, pair.inner_end)
    return pair.start <= start and end <= pair.end and count_words(page.text, start, end) == words


def join(page: Page, new: Draft, pair: Pair, out: list[Draft]) -> Draft:
    """Put a quotation into the draft of its cue: one that is there already, or a new one."""
    same = next((d for d in out if d.cue == new.cue and (new.cue or d.speaker == new.speaker)), None)
    if same is None:
        out.append(new)
        same = new
    else:
        same.confidence = max(same.confidence, new.confidence)
        same.speaker, same.head = new.speaker or same.speaker, new.head or same.head
        same.parts = [p for p in same.parts if page.marked(*p)]
    add(page, same, pair)
    return same


def add_piece(page: Page, draft: Draft, pair: Pair, reach: list[tuple[int, int]]) -> None:
    """A further piece of a clause: a part of its own ('He said "A" and "B"'), or, with more of the outlet's words between, the clause."""
    s, e = next(((s, e) for s, e in reach if s < pair.inner_end and pair.inner_start < e), (pair.start, pair.end))
    if len(WORD.findall(outside(page.text, s, e, page.pairs))) < 3:
        add(page, draft, pair)
    else:
        draft.parts = sorted([*(p for p in draft.parts if p[1] <= s or e <= p[0]), (s, e)])


def same_voice(page: Page, last: Draft, own: Draft | None) -> bool:
    """Can the attribution of a continued paragraph mean the speaker of the paragraph before: a pronoun, or the same last word?"""
    mentions = [page.text[slice(*d.speaker)].lower().split() for d in (last, own) if d is not None and d.speaker]
    return len(mentions) < 2 or any(m[0] in PRONOUNS for m in mentions) or mentions[0][-1] == mentions[1][-1]
