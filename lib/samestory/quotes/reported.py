"""What is reported in the outlet's own words? Clauses under verbs and nouns of saying, by the parse."""

import bisect
import re

from spacy.tokens import Token

from samestory.quotes import content, lexicon, subjects
from samestory.quotes.cues import Cue
from samestory.quotes.drafts import (
    ATTITUDE,
    DISTANT,
    LEANING,
    SHARED,
    STATED,
    WORD,
    Draft,
    Page,
    by_paragraph,
    count_words,
    inner,
    outside,
    strip,
)
from samestory.quotes.mentions import mention

STATING = ("clause", "that")  # the frames in which an attitude states a view ("fears that the deal will fail")
DASHES = set("- -- – —".split())
# What may stand between a noun of saying and its quotation.
LINKS = set("for of about on against from by to was is were are has been that a an the , :".split())
ANONYMITY = re.compile(r"(?:(?:not )?to be (?:named|identified)|(?:to )?(?:remain|stay) (?:anonymous|unnamed)|anonymity)\b")
REPORTS = re.compile(r"\breports of (?=\S)")
BREAKS = set("and but as while after when because although though since before".split())
DATELINE = re.compile(
    r"[A-Z][A-Z.'’ -]+(?:, [A-Z][\w. ]{2,25})?(?:, \w+\.? \d{1,2})?(?: ?\([A-Z][\w ]+\))? ?"
)  # "GENEVA, March 9 (Reuters) - "
ADDRESSEE = re.compile(r"(?:[Tt]he )?(?:[A-Z][\w.'’]* ){1,5}(?=(?:he|she|it|they|there|that|we|I)\b)")  # "told The Post he would go"


def find(page: Page, verbs: list[Cue]) -> list[Draft]:
    """Drafts of all reported clauses: under verbs of saying, after "according to", under nouns ("his claim that"), in headlines."""
    drafts = [d for c in verbs if (d := reported(page, c, verbs))]
    drafts += according(page) + by_noun(page) + headlines(page)
    drafts = [d for d in drafts if snap(page, d)]
    drafts = [d for d in drafts if d.stated or held(page, d)]
    near = by_paragraph(page, drafts)
    return [d for d in drafts if not (told(d, near.get(page.number(d.cue[0]), []) if d.cue else []) and (not d.uttered or same_source(d)))]


def told(draft: Draft, drafts: list[Draft]) -> bool:
    """Is an attitude part of what somebody says ("said he hopes to win")? Then it is that statement's, not one of its own."""
    return any(d.holds(draft.cue) for d in drafts if d is not draft and d.uttered)


def same_source(draft: Draft) -> bool:
    """Does a saying within a saying only go on ("said he had told them"): its speaker a pronoun, or nothing that can speak?"""
    return draft.head is None or draft.head.tag_ == "PRP" or not subjects.can_speak(draft.head)


def held(page: Page, draft: Draft) -> bool:
    """Is a mere attitude ("supports the deal") still what somebody states, in words in marks?"""
    return any(page.marked(s, e) for s, e in draft.parts)


def reported(page: Page, cue: Cue, verbs: list[Cue]) -> Draft | None:
    """What a verb says by the parse."""
    ranges, frame = content.complement(cue)
    if host := aside(page, cue, ranges, verbs):
        return host
    if not ranges or cue.subject is None or (frame == "object" and page.is_heading(cue.start)):
        return None
    if frame == "object" and planned(cue.token):
        return None
    if cue.entry.force == "finding" and cue.subject.lower_ in subjects.RELATIVE:
        return None
    if frame in ("clause", "that", "whom", "preposition") and ranges[-1][0] > cue.token.i:
        ranges[-1] = (ranges[-1][0], whole(page, *ranges[-1]))
    parts = [span(page, a, b) for a, b in ranges]
    if "tell" in cue.frames and (m := ADDRESSEE.match(page.text, *parts[-1])):
        parts[-1] = (m.end(), parts[-1][1])
    if ANONYMITY.match(page.text, parts[0][0]):  # "asked not to be named": a source's condition, not its statement
        return None
    speaker = mention(cue.subject)
    confidence = STATED if frame in ("clause", "that", "final") else LEANING
    if cue.entry.force != "speech":
        confidence = ATTITUDE
    elif not cue.own:
        confidence = min(confidence, SHARED)
    stated = cue.entry.force != "attitude" or cue.own or frame in STATING
    return Draft(
        parts, (cue.start, cue.end), speaker, cue.subject, cue.entry.kind, confidence, stated=stated, uttered=cue.entry.force == "speech"
    )


def planned(token: Token) -> bool:
    """Is a saying only meant to happen ("met to discuss patrols", "will outline her plans")? Its object is then no statement."""
    helpers = {c.lower_ for c in token.children if c.dep_ == "aux"}
    return bool(helpers & {"will", "'ll", "would"}) or ("to" in helpers and token.dep_ == "advcl")


def aside(page: Page, cue: Cue, ranges: list[tuple[int, int]], verbs: list[Cue]) -> Draft | None:
    """ "As Reuters reports, ..." and ", citing officials": what the verb it hangs on says, else the sentence it stands in."""
    token = cue.token
    opening, closing = page.sentences[token.i]
    if token.lower_ == "citing" and token.dep_ in ("advcl", "prep", "acl"):
        source = next((c for c in token.children if c.dep_ == "dobj"), None)
        if source is None or not subjects.can_speak(source):
            return None
        confidence = ATTITUDE
    elif not ranges and token.dep_ == "advcl" and cue.own and any(c.dep_ == "mark" and c.lower_ == "as" for c in token.children):
        source, confidence = cue.subject, LEANING
    else:
        return None
    a, b = token.left_edge.i, token.right_edge.i + 1
    host = next((c for c in verbs if c.token.i == token.head.i), None)
    if host is not None and token.lower_ == "citing" and (said := content.complement(host)[0]):
        said = [(x, min(y, a) if x < a else y) for x, y in said if not a <= x < b]
        if said:
            return Draft([span(page, *p) for p in said], (cue.start, cue.end), mention(source), source, cue.entry.kind, confidence)
    parts = [span(page, *p) for p in ((opening, a), (b, closing)) if sum(t.is_alpha for t in page.doc[p[0] : p[1]]) >= 3]
    if not parts or (token.lower_ == "citing" and any(t.lower_ == "as" for t in page.doc[opening : opening + 1]) and a == opening):
        return None
    return Draft([max(parts, key=lambda p: p[1] - p[0])], (cue.start, cue.end), mention(source), source, cue.entry.kind, confidence)


def according(page: Page) -> list[Draft]:
    """ "According to X": the clause it belongs to, without it."""
    drafts = []
    for i in range(len(page.words) - 2):
        if page.words[i] != "according" or page.words[i + 1] != "to" or page.inside(page.starts[i]):
            continue
        token = page.doc[i]
        to = page.doc[token.i + 1]
        noun = next((c for c in [*to.children, *token.children] if c.dep_ == "pobj"), None)
        if noun is None or noun.i <= to.i:
            continue
        host = token.head
        while host.head.i != host.i and not (host.tag_[:2] in ("VB", "MD") and host.dep_ in ("ROOT", "ccomp", "conj", "advcl", "relcl")):
            host = host.head
        opening, closing = page.sentences[token.i]
        first, last = max(host.left_edge.i, opening), min(host.right_edge.i + 1, closing)
        if page.words[i - 1] == "," and not any(page.words[k] in lexicon.verbs() for k in range(opening, first)):
            first = opening
        stop = bisect.bisect_left(page.starts, mention(noun)[1])
        for child in noun.children:  # "a report seen by X", "two officers, who were not named"
            if child.i > noun.i and child.dep_ in ("acl", "relcl", "cc", "conj") and child.left_edge.i <= stop + 1:
                stop = max(stop, child.right_edge.i + 1)
        pieces = [(first, token.i), (stop, last)]
        parts = [span(page, a, b) for a, b in pieces if any(t.is_alpha for t in page.doc[a:b])]
        if host.dep_ == "ROOT" and len(parts) == 0 and token.i > opening:
            parts = [span(page, opening, token.i)]
        if parts:
            parts = [max(parts, key=lambda p: p[1] - p[0])] if min(p[1] - p[0] for p in parts) < 12 else parts
            drafts.append(Draft(parts, (token.idx, to.idx + 2), mention(noun), noun, "neutral", STATED))
    return drafts


def by_noun(page: Page) -> list[Draft]:
    """ "His claim that X"."""
    drafts, nouns = [], lexicon.nouns()
    for i, word in enumerate(page.words):
        if word not in nouns or not page.tags[i].startswith("NN") or page.inside(page.starts[i]):
            continue
        token = page.doc[i]
        if found := content.noun_clause(token):
            owner, (a, b) = found
            drafts.append(Draft([span(page, a, b)], (token.idx, token.idx + len(token)), mention(owner), owner, "neutral", ATTITUDE))
    return drafts


def by_noun_beside(page: Page, number: int) -> Draft | None:
    """A quotation that a noun of saying leads to: 'his call for "a ban"', 'the answer of the minister was that "it works"'."""
    pair = page.pairs[number]
    start, _ = page.gap_before(number)
    if not page.has_parse:
        return None
    for token in reversed(page.tokens(start, pair.start)[-6:]):
        if token.lower_ not in lexicon.nouns() or not token.tag_.startswith("NN"):
            continue
        owner = next((c for c in token.children if c.dep_ == "poss"), None)
        owner = owner or next((n for c in token.children if c.lower_ in ("of", "by", "from") for n in c.children if n.dep_ == "pobj"), None)
        if owner is None or not (owner.tag_ == "PRP$" or subjects.can_speak(owner)):
            return None
        own = {t.i for t in owner.subtree}
        if any(i not in own and page.words[i] not in LINKS for i in page.range(token.idx + len(token), pair.start)):
            return None
        return Draft([inner(page, pair)], (token.idx, token.idx + len(token)), mention(owner), owner, "neutral", LEANING)
    return None


def by_reports(page: Page, number: int) -> Draft | None:
    """'Reports of soldiers shooting people "on the spot"', when nobody is named who reports: a quote without speaker."""
    start, end = page.gap_before(number)
    m = REPORTS.search(page.text, start, end)
    if not m or page.pairs[number].end <= m.end():
        return None
    stop = page.pairs[number].end
    noun = page.tokens(m.start(), m.end())[0]
    if page.has_parse:
        last = noun.right_edge
        stop = max(stop, last.idx + len(last)) if not page.inside(last.idx) else stop
    return Draft([strip(page.text, m.end(), stop)], (m.start(), m.start() + len("reports")), None, None, "neutral", DISTANT)


def headlines(page: Page) -> list[Draft]:
    """ "Rebels: Deal reached": a line without a full stop that opens with a source and a colon."""
    drafts = []
    for start, end in page.paragraphs:
        line = page.text[start:end]
        m = re.match(r"([A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*)?(?:\s[\w.'’-]+){0,2}): (?=[\"'‘“A-Z\w])", line)
        if not m or page.inside(start) or line.rstrip().endswith((".", "!", "?", ":")) or not 4 <= len(line.split()) <= 20:
            continue
        head = page.head(start, start + m.end(1))
        if head is not None and subjects.can_speak(head):
            drafts.append(Draft([(start + m.end(), end)], None, (start, start + m.end(1)), head, "neutral", DISTANT))
    return drafts


def span(page: Page, a: int, b: int) -> tuple[int, int]:
    """Character span of tokens `[a, b)`, cut before a participle of saying (", adding that") and before a paragraph's end."""
    dashes = [i for i in range(a, b) if page.words[i] in DASHES and page.doc[i].whitespace_]
    if dashes and DATELINE.fullmatch(page.text[page.starts[a] : page.starts[dashes[0]]]):
        a = dashes.pop(0) + 1
    lone_dash = dashes[0] if len(dashes) == 1 else -1
    for i in range(a + 2, b):
        word, before = page.words[i], page.words[i - 1]
        if "\n" in word:
            b = i
            break
        if before in ("and", "but") and joined_higher(page, page.doc[i], a):
            b = i - 1
            break
        if i == lone_dash and not page.inside(page.starts[i]):
            b = i  # what follows a dash that no second one closes is the outlet's
            break
        if before != "," or page.inside(page.starts[i]):
            continue
        entry = lexicon.verbs().get(word)
        if (page.tags[i] == "VBG" and entry and entry.force == "speech") or (word == "according" and i > a + 3):
            b = i - 1
            break
    last = page.doc[b - 1]
    return page.doc[a].idx, last.idx + len(last)


def whole(page: Page, a: int, b: int) -> int:
    """Where a complement ends that the parse broke off in mid-phrase: at the next comma, mark or stop, or after ", and that ..."."""
    stop = page.sentences[a][1]
    while b < stop:
        token = page.doc[b]
        if token.text == "," and b + 2 < stop and page.doc[b + 1].lower_ in ("and", "but", "or") and page.doc[b + 2].lower_ == "that":
            return stop
        if (token.is_punct and token.text not in ("-", '"', "'", "(", ")")) or token.is_space or token.lower_ in BREAKS:
            return b
        if page.doc[b - 1].text in (",", ";") or (token.tag_ in ("VBD", "VBG", "CC") and not page.inside(token.idx)):
            return b
        b += 1
    return b


def joined_higher(page: Page, token: Token, a: int) -> bool:
    """Does a finite verb of saying after "and" go with the verb outside ("said she was leaving and accused ...")?"""
    if token.tag_ not in ("VBD", "VBZ") or token.dep_ != "conj" or page.doc[token.i - 1].lower_ not in ("and", "but"):
        return False
    entry = lexicon.verbs().get(token.lower_)
    if entry is None or entry.force != "speech" or token.head.i < a or page.inside(token.idx):
        return False
    return not any(c.dep_ == "nsubj" for c in token.children)


def snap(page: Page, draft: Draft) -> bool:
    """Bring the parts of a draft into line with the marks and clean their ends; False when nothing is left."""
    parts = []
    for start, end in draft.parts:
        start, end = strip(page.text, start, end)
        inside = [p for p in page.pairs if p.start < end and start < p.end]
        for p in inside:
            if p.start <= start and end <= p.end and count_words(page.text, start, end) < 0.5 * count_words(page.text, p.start, p.end):
                continue  # a cue outside a quotation does not take a small piece out of it: the whole of it, below
            start, end = min(start, p.inner_start if start >= p.start else start), max(end, p.inner_end)
        if inside and not WORD.search(outside(page.text, start, end, inside)):
            start, end = inside[0].inner_start, inside[-1].inner_end
        start, end = strip(page.text, start, end)
        if inside and start <= inside[-1].start < end < inside[-1].end:
            end = inside[-1].end
        for other in (draft.cue, draft.speaker):
            if other and start < other[1] and other[0] < end:
                start, end = (start, other[0]) if other[0] - start > end - other[1] else (other[1], end)
                start, end = strip(page.text, start, end)
        if start < end and WORD.search(page.text, start, end):
            parts.append((start, end))
    draft.parts = parts
    return bool(parts)
