"""Who goes on speaking, where a quotation has no cue of its own? The speaker before, or who the sentence is about."""

import re

from samestory.quotes import lexicon, subjects
from samestory.quotes.beside import after, fragment
from samestory.quotes.cues import Cue
from samestory.quotes.drafts import CONTINUED, DISTANT, GUESSED, SENTENCE_END, Draft, Page, add, count_words, inner, strip
from samestory.quotes.marks import Pair
from samestory.quotes.mentions import mention
from samestory.quotes.titles import capitalised

NO_SOURCE = set("it this that which who whose you i we he she they there".split())
JOINT = re.compile(r"[,;]?\s*(?:and|or|but|then)?(?: (?:that|then|as|also))?,?\s*")


def floating(page: Page, number: int, last: Draft) -> Draft | None:
    """A quotation without a cue goes on for the speaker before it: in the same paragraph as one more part, or opening the next one."""
    pair, previous = page.pairs[number], page.pairs[number - 1]
    here, there = page.paragraph(pair.start), page.paragraph(previous.start)
    if here == there:
        between = page.text[previous.end : pair.start]
        words = len(between.split())
        if page.opens_sentence(pair) and words <= 40 and "\n" not in between.strip("\n"):
            own = after(page, number - 1)
            attribution = [x for d in (last, own) if d for x in (d.cue, d.speaker) if x and previous.end <= x[0] < pair.start]
            if not between.strip(" ,.;") or (attribution and not SENTENCE_END.search(between.strip()[:-1])):
                add(page, last, pair)
                return last
            return Draft([inner(page, pair)], None, None, None, last.cue_kind, DISTANT, last)
        return None
    tail = page.text[previous.end : there[1]]
    if not alone(page, pair) or page.number(pair.start) - page.number(previous.start) != 1 or len(tail.split()) > 60:
        return None
    if last.speaker is None and last.after is None:
        return None
    add(page, last, pair)
    last.confidence = min(last.confidence, CONTINUED)
    return last


def alone(page: Page, pair: Pair) -> bool:
    """Is a quotation a paragraph of its own, with three more words behind it at most?"""
    start, end = page.paragraph(pair.start)
    return not page.text[start : pair.start].strip() and len(page.text[pair.end : end].split()) <= 3


def joined(page: Page, number: int, last: Draft) -> Draft | None:
    """A quotation that only "and" or a comma joins to the one before: 'chanted "A" and "B"'."""
    previous, pair = page.pairs[number - 1], page.pairs[number]
    between = page.text[previous.end : pair.start]
    if not JOINT.fullmatch(between) or not between.strip() or not previous.closed:
        return None
    add(page, last, pair)
    return last


def resumed(page: Page, number: int, last: Draft) -> Draft | None:
    """A quotation without a cue in a paragraph in which somebody has just been quoted: 'It is "a mess." But "we go on."'

    In the sentence of the quote before it lengthens that quote; in the next sentence it is one of its own, which inherits the speaker.
    """
    pair, previous = page.pairs[number], page.pairs[number - 1]
    if page.paragraph(pair.start) != page.paragraph(previous.start) or aside(page, pair):
        return None
    if last.speaker is None and last.after is None:
        return None
    stops = len(SENTENCE_END.findall(page.text[previous.end - 2 : pair.start]))
    ends = [x[1] for x in (last.cue, last.speaker) if x and previous.end <= x[0] < pair.start]
    start = max([previous.end, *ends]) if not stops else page.gap_before(number)[0]
    between = [t for t in page.tokens(start, pair.start) if not t.is_space and not t.is_punct]
    if stops > 1 or len(between) > (8 if not stops else 3) or any(t.dep_ == "nsubj" and subjects.can_speak(t) for t in between):
        return None
    if not stops and not ends:
        last.parts[-1] = (last.parts[-1][0], max(last.parts[-1][1], pair.end))
        return last
    return Draft([strip(page.text, start, pair.end)], None, None, None, last.cue_kind, GUESSED, last)


def aside(page: Page, pair: Pair) -> bool:
    """Is a quotation too short to be a statement, or a name that stands before a noun ('the "Air Force One" theme')?"""
    if count_words(page.text, pair.inner_start, pair.inner_end) < 3 or capitalised(page.text, pair):
        return True
    follows = page.tokens(pair.end, pair.end + 20)
    return page.has_parse and bool(follows) and follows[0].tag_ in ("NN", "NNS", "NNP") and page.text[pair.end : pair.end + 1] == " "


def governed(page: Page, number: int) -> Draft | None:
    """A quotation in a clause about somebody who can speak: 'The mayor landed a dig at "my dear friend in Paris."'"""
    pair = page.pairs[number]
    if not page.has_parse or aside(page, pair):
        return None
    head = page.head(pair.inner_start, pair.inner_end)
    token, best = head.head if head is not None else None, None
    while token is not None:
        if token.tag_.startswith("VB") and not page.inside(token.idx) and not subjects.is_passive(token):
            subject = subjects.subject_of(token)[0]
            if subject is not None and subject.lower_ not in NO_SOURCE and subjects.can_speak(subjects.antecedent(subject)):
                best = subject
                if token.lower_ in lexicon.verbs():
                    break
        if token.head.i == token.i:
            break
        token = token.head
    return Draft([inner(page, pair)], None, mention(best), best, "neutral", GUESSED) if best is not None else None


def told_before(page: Page, number: int, drafts: list[Draft], verbs: list[Cue]) -> Draft | None:
    """A quotation that is a sentence of its own, after a sentence in which somebody says something: 'She spoke of hope. "It will come."'"""
    pair = page.pairs[number]
    start, end = page.paragraph(pair.start)
    if aside(page, pair) or fragment(page, pair) or page.text[page.gap_before(number)[0] : pair.start].strip():
        return None
    if len(page.text[pair.end : page.gap_after(number)[1]].split()) > 3:
        return None
    if not page.text[start : pair.start].strip():  # the paragraph before
        at = page.number(pair.start)
        start, end = page.paragraphs[at - 1] if at else (start, start)
    stops = [m.end() for m in SENTENCE_END.finditer(page.text, start, min(end, pair.start) - 2)]
    start = stops[-1] if stops else start
    cue = next((c for c in verbs if start <= c.start < pair.start and c.entry.force == "speech" and c.subject is not None), None)
    if cue is None:
        return None
    last = next((d for d in drafts if d.cue == (cue.start, cue.end) and d.speaker), None)
    if last is not None:
        return Draft([inner(page, pair)], None, None, None, last.cue_kind, DISTANT, last)
    return Draft([inner(page, pair)], (cue.start, cue.end), mention(cue.subject), cue.subject, cue.entry.kind, DISTANT)


def kept_up(page: Page, number: int, last: Draft) -> Draft | None:
    """A quotation that is a paragraph of its own, after one about the speaker before: 'Smith was not done. ⏎ "And another thing ..."'"""
    pair, at = page.pairs[number], page.number(page.pairs[number].start)
    start, end = page.paragraphs[at - 1] if at else (0, 0)
    if aside(page, pair) or not alone(page, pair):
        return None
    if not last.speaker or number < 1 or page.number(page.pairs[number - 1].start) != at - 2:
        return None
    subject = next((t for t in page.tokens(start, end) if t.dep_ == "nsubj"), None)
    if subject is None or not (subject.lower_ in ("he", "she") or subject.text in page.text[slice(*last.speaker)].split()):
        return None
    return Draft([inner(page, pair)], None, None, None, last.cue_kind, DISTANT, last)
