"""Whose are the words in quotation marks? The cue beside them, the clause around them, or the speaker before."""

import re

from spacy.tokens import Token

from samestory.quotes import cues, names, reported
from samestory.quotes.cues import Cue
from samestory.quotes.drafts import (
    ATTRIBUTED,
    COLON,
    CONTINUED,
    DISTANT,
    SENTENCE_END,
    SHARED,
    STATED,
    SURE,
    WORD,
    Draft,
    Page,
    outside,
    strip,
)
from samestory.quotes.marks import Pair
from samestory.quotes.mentions import mention, nominal

PRONOUNS = set("he she they it".split())


def assign(page: Page, drafts: list[Draft], verbs: list[Cue]) -> list[Draft]:
    """Give each quotation to the quote before that it continues, to a cue beside it, to a draft that holds it, or to the speaker before.

    Returns all drafts in order of the text: those given, with quotations added to their parts, and the new ones.
    """
    out, reach = list(drafts), {id(d): list(d.parts) for d in drafts}
    holder: dict[int, Draft] = {}
    for number, pair in enumerate(page.pairs):
        holding = [d for d in out if any(s < pair.inner_end and pair.inner_start < e for s, e in reach.get(id(d), d.parts))]
        piece, last = fragment(page, pair), holder.get(number - 1)
        draft = None
        if pair.continues and last is not None and same_voice(page, last, own := after(page, number)):
            draft = last
            add(page, draft, pair)
            out = [d for d in out if d is last or not own or d.cue != own.cue]  # what a cue of its own said is said once
        elif pair.continues and last is None and number and (found := after(page, number)):
            draft = join(page, found, pair, out)
            add(page, draft, page.pairs[number - 1])
        elif found := before(page, number, verbs):
            if found.cue is None:  # only a colon: a verb of saying behind the quotation knows better
                found = after(page, number) or found
            draft = join(page, found, pair, out)
        elif holding and (piece or not after(page, number)):
            draft = min(holding, key=lambda d: sum(e - s for s, e in d.parts))
            if not any(s < pair.inner_end and pair.inner_start < e for s, e in draft.parts):
                add_piece(page, draft, pair, reach.get(id(draft), []))
            if draft.confidence >= STATED:
                draft.confidence = ATTRIBUTED
        elif (not piece or page.opens_sentence(pair)) and (found := after(page, number)):
            draft = join(page, found, pair, out)
        elif piece and "," in (page.text[pair.inner_end - 1], page.text[pair.end : pair.end + 1]) and (found := after(page, number)):
            draft = join(page, found, pair, out)  # a sentence that ends in a quotation: 'Her role was "helping," he said'
            start = strip(page.text, page.gap_before(number)[0], pair.inner_end)[0]
            draft.parts[0] = (start, pair.end if start < pair.start else draft.parts[0][1])
        elif not piece and last is not None and (found := floating(page, number, last)):
            draft = found
            if found not in out:
                out.append(found)
        elif found := reported.by_reports(page, number):
            draft = found
            out.append(found)
        if draft is not None:
            holder[number] = draft
    return sorted((d for d in out if d.parts), key=Draft.key)


def join(page: Page, new: Draft, pair: Pair, out: list[Draft]) -> Draft:
    """Put a quotation into the draft of its cue: one that is there already, or a new one."""
    same = next((d for d in out if d.cue == new.cue), None)
    if same is None:
        out.append(new)
        same = new
    else:
        same.confidence = max(same.confidence, new.confidence)
        same.speaker, same.head = new.speaker or same.speaker, new.head or same.head
        same.parts = [p for p in same.parts if any(q.start < p[1] and p[0] < q.end for q in page.pairs)]
    add(page, same, pair)
    return same


def add(page: Page, draft: Draft, pair: Pair) -> None:
    """A quotation becomes a part, in place of any part that it covers by more than half."""
    s, e = strip(page.text, pair.inner_start, pair.inner_end, keep=True)
    if s >= e:
        return
    held = [p for p in draft.parts if p[0] < e and s < p[1]]
    for p in held:
        lead = outside(page.text, p[0], p[1], [pair])
        if len(WORD.findall(lead)) >= 2 and pair.start > p[0]:
            s, e = p[0], max(e, p[1])
        draft.parts.remove(p)
    draft.parts = sorted([*draft.parts, (s, e)])


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


def fragment(page: Page, pair: Pair) -> bool:
    """Is a quotation a mere piece of a sentence (small first letter, or fewer than four words without a stop)?"""
    inner = page.text[pair.inner_start : pair.inner_end].strip()
    first = next((c for c in inner if c.isalpha()), "")
    if len(inner.split()) >= 4:
        return first.islower() and not page.opens_sentence(pair)
    return not inner.endswith((".", "!", "?", ",", "…")) or not page.opens_sentence(pair)


def is_title(page: Page, pair: Pair) -> bool:
    """Is a quotation the title of a work ("Face the Nation"): all its longer words capitalised, and no stop of its own?"""
    words = page.text[pair.inner_start : pair.inner_end].strip(" ,").split()
    return 2 <= len(words) <= 8 and words[-1][-1] not in ".!?" and all(w[0].isupper() for w in words if len(w) > 3)


def before(page: Page, number: int, verbs: list[Cue]) -> Draft | None:
    """A cue right before a quotation: "X said, ", "X tweeted: ", or only a name and a colon."""
    pair = page.pairs[number]
    start, end = page.gap_before(number)
    gap = page.text[start:end]
    if not gap.strip():
        return None
    tokens = page.tokens(start, end)
    colon, ends = gap.rstrip().endswith(":"), gap.rstrip()[-1]
    for token in reversed(tokens):
        entry = cues.lexicon().get(token.lower_)
        if entry is None or cues.hyphenated(token):
            continue
        if page.has_parse and (not token.tag_.startswith("VB") or cues.is_passive(token)):
            continue
        if page.has_parse and cues.unreal(token) and fragment(page, pair):  # 'could only quip: "..."' does say it
            continue
        between = page.text[token.idx + len(token) : end].strip(" ,:")
        frames = cues.frames_at(token, entry)
        if not frames & {"quote", "clause"}:
            continue
        if "predicate" in frames and between and len(between.split()) <= 4 and not colon and ends != ",":  # "calling him "a liar""
            found = led_by_predicate(page, token, pair, verbs)
            if found is not None:
                return found
        if between and not (colon or (ends == "," and "tell" in frames) or (ends == "," and len(between.split()) <= 6)):
            break
        if between and re.search(r"\b(?:that|as|if|whether)\b", between) and not colon:
            break
        if not colon and ends != "," and (("quote" not in frames and fragment(page, pair)) or is_title(page, pair)):
            break
        cue = next((c for c in verbs if c.token is token or c.start == token.idx), None)
        head = cue.subject if cue else None
        if head is not None:
            speaker = mention(head)
        elif (found := subject_in(page, token, start, end)) is not None:
            speaker, head = found
        elif page.has_parse and (head := cues.subject_of(token)[0]) is not None:
            speaker = mention(head)
        else:
            continue
        sure = confidence(page, number) if cue is None or cue.own else SHARED
        return Draft([], (token.idx, token.idx + len(token)), speaker, head, entry.kind, sure)
    return led_by_colon(page, tokens, start, end) if colon else None


def led_by_predicate(page: Page, token: Token, pair: Pair, verbs: list[Cue]) -> Draft | None:
    """ "Called him "a liar"": what is said begins with the object."""
    cue = next((c for c in verbs if c.start == token.idx and c.subject is not None), None)
    if cue is None:
        return None
    content = strip(page.text, token.idx + len(token), pair.inner_end)
    return Draft([content], (cue.start, cue.end), mention(cue.subject), cue.subject, cue.entry.kind, ATTRIBUTED if cue.own else SHARED)


def after(page: Page, number: int) -> Draft | None:
    """A cue that follows a quotation: ", said X" or ", X said"."""
    start, end = page.gap_after(number)
    pair = page.pairs[number]
    gap = page.text[start:end]
    inner = page.text[pair.inner_start : pair.inner_end].rstrip()
    comma = inner.endswith(",") or gap.lstrip().startswith((",", "-", "–", "—"))
    if len(gap.split()) < 2 or not pair.closed:
        return None
    if not comma and not inner.endswith(("?", "!", ".", "…", "-", "—")) and not page.opens_sentence(pair):
        return None
    for token in page.tokens(start, end)[:32]:
        entry = cues.lexicon().get(token.lower_)
        if entry is None or cues.hyphenated(token) or "quote" not in cues.frames_at(token, entry):
            continue
        if page.has_parse and (not token.tag_.startswith("VB") or token.tag_ in ("VBG", "VB") or token.dep_ in ("relcl", "acl", "amod")):
            continue
        says = any(c.dep_ == "ccomp" and c.i > token.i for c in token.children)
        if says and fragment(page, pair) and WORD.search(page.text, token.idx + len(token), end):
            return None  # it says something else
        found = subject_in(page, token, start, end)
        if found is None:
            continue
        speaker, head = found
        rest = page.text[max(token.idx + len(token), speaker[1]) : end]
        if not comma and page.text[start : min(speaker[0], token.idx)].strip():
            return None
        if not comma and inner.endswith(".") and (len(rest.split()) > 6 or rest.rstrip().endswith((":", ",")) or "that" in rest.split()):
            return None
        if rest.rstrip().endswith(":") and not comma:
            return None
        return Draft([], (token.idx, token.idx + len(token)), speaker, head, entry.kind, confidence(page, number))
    return signature(gap, start)


def confidence(page: Page, number: int) -> float:
    """How sure a cue beside a quotation makes its attribution: less for a mere piece of a sentence."""
    return ATTRIBUTED if fragment(page, page.pairs[number]) or page.pairs[number].single else SURE


def led_by_colon(page: Page, tokens: list[Token], start: int, end: int) -> Draft | None:
    """What leads to a colon without a verb of saying: the sentence's subject, or the name that stands there alone."""
    name = re.match(r"\s*(?:From )?((?:[A-Z][\w.'’-]*,?\s?){1,6})(?:\([^)]*\))?\s*:\s*$", page.text[start:end])
    if name:
        span = (start + name.start(1), start + name.start(1) + len(name.group(1).rstrip(" ,")))
        return Draft([], None, span, None, "neutral", COLON)
    words = [t for t in tokens if not t.is_space and not t.is_punct]
    if (
        words
        and words[-1].tag_ == "NNP"
        and words[-1].dep_ in ("dobj", "pobj", "appos", "attr", "npadvmod")
        and names.looks_like_person(names.bare(page.text[slice(*mention(words[-1]))]))
    ):  # "That is no surprise to pollster Daron Shaw:"
        return Draft([], None, mention(words[-1]), words[-1], "neutral", DISTANT)
    subject = next(
        (t for t in tokens if t.dep_ == "nsubj" and t.head.dep_ in ("ROOT", "ccomp", "conj") and t.lower_ not in cues.NOBODY), None
    )
    if subject is None or subject.lower_ in ("it", "this", "that", "there", "what"):
        return None
    return Draft([], None, mention(subject), subject, "neutral", DISTANT)


def signature(gap: str, start: int) -> Draft | None:
    """A name after a dash: "...", - Commissioner X."""
    m = re.match(r"\s*,?\s*[-–—]{1,2}\s*([^\s,][^,]*)(?:,[^,]*)?$", gap)
    if not m or " " not in m.group(1).strip() or not names.RUN.fullmatch(m.group(1).strip()):
        return None
    return Draft([], None, (start + m.start(1), start + m.start(1) + len(m.group(1).rstrip())), None, "neutral", COLON)


def subject_in(page: Page, token: Token, start: int, end: int) -> tuple[tuple[int, int], Token | None] | None:
    """The mention beside a verb of saying within a stretch of text: by the parse, else the words before or after it."""
    if page.has_parse:
        subject, _ = cues.subject_of(token)
        if subject is not None and start <= subject.idx < end and subject.lower_ not in cues.NOBODY:
            s, e = mention(subject)
            return (max(s, start), min(e, end)), subject
    left = page.text[start : token.idx]
    m = re.match(r"[\s,–—-]*(?:(?:and|but|as)\s+)?(.*?)\s*$", left, re.S)
    words = m.group(1)
    if words and len(words.split(",")[0].split()) <= 14 and nominal(words):
        first = words.split(",")[0]
        at = start + m.start(1)
        return (at, at + len(first)), page.head(at, at + len(first))
    right = page.text[token.idx + len(token) : end]
    m = re.match(
        r"\s+((?:[^,.;:()\s]|\.(?=\w)|(?<=\b[A-Z])\.|(?<=\b[A-Z][a-z])\.|(?<=\b[A-Z][a-z]{2})\.)+(?:\s+[^,;:()\s]+)*?)(?=[,.;:(]|\s+(?:who|which|in|on|at|after|during|as|when|while|to|from)\b|\s*$)",
        right,
    )
    if m and not words and nominal(m.group(1)):
        at = token.idx + len(token) + m.start(1)
        return (at, at + len(m.group(1))), page.head(at, at + len(m.group(1)))
    return None


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
    if page.text[here[0] : pair.start].strip() or page.number(pair.start) - page.number(previous.start) != 1:
        return None
    if len(page.text[pair.end : here[1]].split()) > 3 or len(tail.split()) > 60:
        return None
    if last.speaker is None and last.after is None:
        return None
    add(page, last, pair)
    last.confidence = min(last.confidence, CONTINUED)
    return last


def inner(page: Page, pair: Pair) -> tuple[int, int]:
    return strip(page.text, pair.inner_start, pair.inner_end, keep=True)
