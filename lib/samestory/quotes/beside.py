"""Which cue stands beside a quotation? Before it ("X said, "), behind it (", said X"), a colon, or a name after a dash."""

import re

from spacy.tokens import Token

from samestory.quotes import cues, lexicon, names, subjects, titles
from samestory.quotes.cues import Cue
from samestory.quotes.drafts import ATTRIBUTED, COLON, DISTANT, SHARED, STATED, SURE, WORD, Draft, Page, count_words, strip
from samestory.quotes.marks import Pair
from samestory.quotes.mentions import mention, nominal

FEW = 9  # words of a quotation; shorter ones are oftener no statement of their own
PLAIN = set("said says say told tells added adds wrote writes".split())  # verbs that follow even a full stop: "We go." he said.
NO_SAYING = set("is was are were has had have does did do".split())  # never a verb of saying, in whatever place
TURN = re.compile(r"((?:[A-Z][\w.'’-]*)(?: [A-Z][\w.'’-]*){0,4})(?: \([^)\n]{1,30}\))?:\s+(?=\S)")


def before(page: Page, number: int, verbs: list[Cue]) -> Draft | None:
    """A cue right before a quotation: "X said, ", "X tweeted: ", or only a name and a colon."""
    pair = page.pairs[number]
    start, end = page.gap_before(number)
    gap = page.text[start:end]
    if not gap.strip():
        return None
    known = lexicon.verbs()
    colon, ends = gap.rstrip().endswith(":"), gap.rstrip()[-1]
    for i in reversed(page.range(start, end)):
        if page.words[i] not in known:
            continue
        token, entry = page.doc[i], known[page.words[i]]
        if cues.hyphenated(token):
            continue
        if page.has_parse and (not token.tag_.startswith("VB") or subjects.is_passive(token)):
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
        if not colon and ends != "," and (("quote" not in frames and fragment(page, pair)) or titles.capitalised(page.text, pair)):
            break
        cue = next((c for c in verbs if c.token is token or c.start == token.idx), None)
        head = cue.subject if cue else None
        if head is not None:
            speaker = mention(head)
        elif (found := subject_in(page, token, start, end)) is not None:
            speaker, head = found
        elif page.has_parse and (head := subjects.subject_of(token)[0]) is not None:
            speaker = mention(head)
        else:
            continue
        plain = len(between.split()) <= 3
        sure = confidence(page, number, head, plain=plain) if cue is None or cue.own else SHARED
        return Draft([], (token.idx, token.idx + len(token)), speaker, head, entry.kind, sure, uttered=entry.force == "speech")
    if colon:
        return led_by_colon(page, page.tokens(start, end), start, end)
    return led_by_document(page, page.tokens(start, end)) if ends == "," and not fragment(page, pair) else None


def led_by_document(page: Page, tokens: list[Token]) -> Draft | None:
    """'The company issued a statement, "..."': who issued it speaks."""
    words = [t for t in tokens if not t.is_space and not t.is_punct]
    noun = words[-1] if page.has_parse and words else None
    issuer = subjects.issuer_of(noun) if noun is not None else None
    return Draft([], (noun.idx, noun.idx + len(noun)), mention(issuer), issuer, "neutral", SHARED) if issuer is not None else None


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
    if not pair.closed:
        return None
    if len(gap.split()) < 2:
        return signature(page, number)
    if not comma and not inner.endswith(("?", "!", ".", "…", "-", "—")) and not page.opens_sentence(pair):
        return None
    known = lexicon.verbs()
    for i in page.range(start, end)[:32]:
        if page.words[i] not in known:
            continue
        token, entry = page.doc[i], known[page.words[i]]
        if cues.hyphenated(token) or "quote" not in cues.frames_at(token, entry):
            continue
        if page.has_parse and not finite(token) and not in_place(page, token, start, comma):
            continue
        says = page.has_parse and any(c.dep_ == "ccomp" and c.i > token.i for c in token.children)
        if says and fragment(page, pair) and WORD.search(page.text, token.idx + len(token), end):
            return None  # it says something else
        found = subject_in(page, token, start, end)
        if found is None:
            continue
        speaker, head = found
        if head is not None and speaker[0] > token.idx and not subjects.can_speak(head):
            continue
        rest = page.text[max(token.idx + len(token), speaker[1]) : end]
        if not comma and page.text[start : min(speaker[0], token.idx)].strip():
            return None
        if not comma and inner.endswith(".") and token.lower_ not in PLAIN:
            return None
        if not comma and inner.endswith(".") and (len(rest.split()) > 6 or rest.rstrip().endswith((":", ",")) or "that" in rest.split()):
            return None
        if rest.rstrip().endswith(":") and not comma:
            return None
        return Draft([], (token.idx, token.idx + len(token)), speaker, head, entry.kind, confidence(page, number, head))
    return signature(page, number) or unlisted(page, number)


def finite(token: Token) -> bool:
    """Does the parser take a word for the verb of a clause of its own?"""
    return token.tag_.startswith("VB") and token.tag_ not in ("VBG", "VB") and token.dep_ not in ("relcl", "acl", "amod")


def in_place(page: Page, token: Token, start: int, comma: bool) -> bool:
    """Does a verb of saying stand where one must, right behind a quotation? There the parser errs often: "...," the two write."""
    before = [t for t in page.tokens(start, token.idx) if not t.is_space and not t.is_punct]
    first = before[0] if before else token
    follows = page.doc[token.i + 1] if token.i + 1 < len(page.doc) else token
    if (before and before[-1].tag_ in ("DT", "PRP$", "POS")) or (follows.lower_ in lexicon.verbs() and follows.tag_ in ("VBD", "VBZ")):
        return False  # "the report concluded": a noun
    if not token.text[0].islower() or token.lower_.endswith("ing") or len(before) > 6:
        return False
    if not (comma or first.text[0].islower() or first.tag_.startswith("NNP")):
        return False
    return not any(t.tag_ in ("VBD", "VBZ", "VBP", "MD", "TO", "IN", "VBG") for t in before)


def turn(page: Page, pair: Pair) -> Draft | None:
    """A turn of a transcript that is quoted, with its speaker inside the marks: "SMITH: That is not what I said."""
    m = TURN.match(page.text, pair.inner_start, pair.inner_end)
    if not m or not (pair.continues or not pair.closed or m.group(1).isupper()):
        return None
    if page.text[page.paragraph(pair.start)[0] : pair.start].strip():
        return None
    return Draft([strip(page.text, m.end(), pair.inner_end, keep=True)], None, m.span(1), None, "neutral", COLON)


def unlisted(page: Page, number: int) -> Draft | None:
    """A verb that no list knows in the place of a verb of saying: "...," barked X, "..." X pressed."""
    start, end = page.gap_after(number)
    pair = page.pairs[number]
    mark = page.text[pair.inner_start : pair.inner_end].rstrip()[-1:]
    words = [t for t in page.tokens(start, end) if not t.is_space and not t.is_punct][:14]
    if not page.has_parse or mark not in (",", "!", "?") or len(words) < 2:
        return None
    verb = next((t for t in words if t.tag_ in ("VBD", "VBZ")), None)
    if verb is None or verb.lower_ in NO_SAYING or verb.dep_ in ("relcl", "acl", "amod", "aux", "auxpass"):
        return None
    if any(c.dep_ in ("dobj", "ccomp", "xcomp") and c.i > verb.i and not c.tag_.startswith("NNP") for c in verb.children):
        return None
    found = subject_in(page, verb, start, end)
    if found is None or found[1] is None or not subjects.can_speak(found[1]):
        return None
    first = min(found[0][0], verb.idx)
    if page.text[start:first].strip(" ,–—-") or (mark != "," and len(words) > 8):
        return None
    return Draft([], (verb.idx, verb.idx + len(verb)), *found, "neutral", STATED)


def confidence(page: Page, number: int, head: Token | None, *, plain: bool = True) -> float:
    """How sure a cue beside a quotation makes its attribution.

    Less for a piece of a sentence, a few words, a relative pronoun as speaker, a cue some way off (`plain` False), or a medium behind it.
    """
    pair = page.pairs[number]
    few = count_words(page.text, pair.inner_start, pair.inner_end) < FEW
    passed_on = "according to" in page.text[slice(*page.gap_after(number))]
    relative = head is not None and head.lower_ in subjects.RELATIVE
    return ATTRIBUTED if few or passed_on or relative or not plain or fragment(page, pair) else SURE


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
    ):  # "The verdict came from harbour master Tom Bell:"
        return Draft([], None, mention(words[-1]), words[-1], "neutral", DISTANT)
    subject = next(
        (t for t in tokens if t.dep_ == "nsubj" and t.head.dep_ in ("ROOT", "ccomp", "conj") and t.lower_ not in cues.NOBODY), None
    )
    if subject is None or subject.lower_ in ("it", "this", "that", "there", "what"):
        return None
    return Draft([], None, mention(subject), subject, "neutral", DISTANT)


def signature(page: Page, number: int) -> Draft | None:
    """A name after a dash, in the same line or the next: "...", - Commissioner X."""
    start, end = page.gap_after(number)
    here = page.paragraph(page.pairs[number].start)
    next_line = not page.text[start : here[1]].strip(" .,") and page.number(here[0]) + 1 < len(page.paragraphs)
    if next_line:
        start, end = page.paragraphs[page.number(here[0]) + 1]
    m = re.match(r"\s*,?\s*(?:[-–—]{1,2}|―)\s*([^\s,.][^,(\n]*?)(?:[,(][^\n]*)?[.\s]*$", page.text[start:end])
    if not m or len(m.group().split()) > 15 or not names.RUN.fullmatch(m.group(1).strip()):
        return None
    if " " not in m.group(1).strip() and not next_line and page.text[end : here[1]].strip(" ."):
        return None
    return Draft([], None, (start + m.start(1), start + m.start(1) + len(m.group(1).rstrip())), None, "neutral", COLON)


def subject_in(page: Page, token: Token, start: int, end: int) -> tuple[tuple[int, int], Token | None] | None:
    """The mention beside a verb of saying within a stretch of text: by the parse, else the words before or after it."""
    if page.has_parse:
        subject, _ = subjects.subject_of(token)
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
        r"\s+((?:[^,.;:()\s]|\.(?=\w)|(?<=\b[A-Z])\.|(?<=\b[A-Z][a-z])\.|(?<=\b[A-Z][a-z]{2})\.)+(?:\s+[^,;:()\s]+)*?)(?=[,.;:]|\s*\(|\s+(?:who|which|in|on|at|after|during|as|when|while|to|from)\b|\s*$)",
        right,
    )
    if m and not words and nominal(m.group(1)):
        at = token.idx + len(token) + m.start(1)
        return (at, at + len(m.group(1))), page.head(at, at + len(m.group(1)))
    return None


def fragment(page: Page, pair: Pair) -> bool:
    """Is a quotation a mere piece of a sentence (small first letter, or fewer than four words without a stop)?"""
    inner = page.text[pair.inner_start : pair.inner_end].strip()
    first = next((c for c in inner if c.isalpha()), "")
    if len(inner.split()) >= 4:
        return first.islower() and not page.opens_sentence(pair)
    return not inner.endswith((".", "!", "?", ",", "…")) or not page.opens_sentence(pair)
