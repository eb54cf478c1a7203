"""Who is called what: every mention of an actor of the codebook, with the label used, its valence and whose word it is."""

import dataclasses
import functools
import re
from collections import defaultdict

from spacy.tokens import Doc, Token

from samestory import phrases
from samestory.actions import Voices
from samestory.codebook import Codebook
from samestory.lists import read_list
from samestory.matching import WORD, Label, matches, read_labels
from samestory.parse import Article, has_parse
from samestory.phrases import singular

# One side's word for fighters in the codebook gives way to the side that is named with it ("Russian fighters").
ARMED = frozenset("fighter fighters force forces troop troops soldier soldiers army military gunman gunmen".split())
PLACES = {"event", "area"}  # kinds of the codebook's actors that do not act: a modifier never makes its noun one of these
ROLE_LINKS = ("of", "for", "from", "in", "at", "with")


@dataclasses.dataclass
class Mention:
    start: int
    end: int
    head: Token | None
    head_text: str
    actor: str
    label: str
    valence: str


@functools.cache
def roles() -> dict[str, tuple[str, str]]:
    """Kind and valence of the nouns that take their actor from whom they belong to ("spokesman", "forces"), by singular."""
    return {singular(r.noun): (r.kind, r.valence) for r in read_list("role_nouns").itertuples()}


@functools.cache
def loaded() -> dict[str, str]:
    """Kind of each loaded word or phrase in `data/loaded_words.csv`, in lower case."""
    return {r.word.lower(): r.kind for r in read_list("loaded_words").itertuples()}


def find(article: Article, book: Codebook, voices: Voices) -> list[dict]:
    """Find every noun phrase that names or describes an actor of the codebook: rows of the `labels` table in the order of the text.

    *Matching.* A label of `codebook/labels.csv` or a speaker's name of `codebook/speakers.csv` matches whole words, in singular and
    plural, in any case when written in lower case and exactly when it has capitals ("UN" also finds "U.N."); a label that begins
    with "the" only a definite phrase. The longest label wins. Family names of speakers count where the full name is in the article.
    *Span.* The match grows to its head noun's directly preceding adjectives and nouns, without determiner, possessor or number;
    names whole, with title. *Context.* A match that only modifies another noun is no mention of its own: "rebel offensive" is the
    event, once. But a noun of `data/role_nouns.csv` takes the actor of its modifier, possessor, "of"/"for"/"from" phrase or
    apposition ("rebel official", "Assad's forces", "the negotiator from the group"); a bare "the group" or "the agency" that of
    the last organisation named. A country or capital after "in" or "near" is a place.
    *Valence.* The label's, then the title's, then `loaded` when a word of `data/loaded_words.csv` stands in the span.
    `label` is the head noun in lower case as printed, or the name as the codebook has it. Pronouns are not coded. Beyond the
    contract's columns a row has the actor's `kind` and, for `actions`, the actors named `inside` the phrase (`start, end, actor, kind`).
    Without a parse: the longest matches as they stand.
    """
    doc = article.doc
    kinds = dict(zip(book.actors["actor"], book.actors["kind"], strict=True))
    known = read_labels(book)
    text = doc.text  # spaCy builds this string anew at every access
    hits = matches(text, known)
    inside: dict[int, list[tuple[int, int, str, str]]] = {}
    if not has_parse(doc):
        found = [_mention_of_match(text, start, end, label, None, start) for start, end, label in hits if not label.definite]
    else:
        found, inside = _in_context(doc, text, hits, kinds, known)
    rows = []
    for m in sorted(found, key=lambda m: m.start):
        row = article.row(m.start, m.end)
        more = {"kind": kinds.get(m.actor, ""), "inside": inside.get(m.head.i, []) if m.head is not None else []}
        found_here = {"head": m.head_text, "actor": m.actor, "label": m.label, "valence": m.valence}
        rows.append(row | more | found_here | {"voice": voices.mention(m.start, m.end)})
    return rows


def _hyphenated(text: str, start: int, end: int) -> bool:
    """Is the match a part of a longer word with a hyphen ("rebel" in "rebel-held", "government" in "anti-government")?"""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return (before[-1:] == "-" and before[:1].isalnum()) or (after[:1] == "-" and after[1:].isalnum())


def _in_context(doc: Doc, text: str, hits: list[tuple[int, int, Label]], kinds: dict[str, str], known: dict) -> tuple[list[Mention], dict]:
    heads: dict[int, Token] = {}
    firsts: dict[int, Token] = {}
    for first, head in phrases.chunks(doc):
        for i in range(first.i, head.i + 1):
            heads[i], firsts[i] = head, first
    found: list[Mention] = []
    modifiers: dict[int, list[Label]] = defaultdict(list)
    inside: dict[int, list[tuple[int, int, str, str]]] = defaultdict(list)
    for start, end, label in hits:
        span = doc.char_span(start, end, alignment_mode="expand")
        last = span[-1]
        head = heads.get(last.i)
        if _hyphenated(text, start, end) or (label.definite and not _definite(last)) or _is_place(doc, span[0], last, label, kinds):
            continue
        if head is None:
            if _stands_as_noun(last):
                found.append(_mention_of_match(text, start, end, label, last, start))
        elif head.i == last.i:
            first = firsts.get(span[0].i, span[0])
            found.append(_mention_of_match(text, start, end, label, head, min(start, first.idx)))
        else:
            modifiers[head.i].append(label)
            inside[head.i].append((start, end, label.actor, kinds.get(label.actor, "")))
    found += _joined_modifiers(doc, kinds, known)
    found = _with_modifiers(doc, text, found, modifiers, firsts, kinds)
    _add_roles(doc, text, found, heads, firsts, kinds)
    found.sort(key=lambda m: (m.start, -m.end))
    out: list[Mention] = []
    for m in found:
        if out and m.start < out[-1].end:
            continue
        if out and out[-1].actor == m.actor and text[out[-1].end : m.start] == " " and _is_title(out[-1], m):
            m = dataclasses.replace(m, start=out.pop().start)  # the parser cut "U.N. Syria envoy | Staffan de Mistura"
        if out and out[-1].actor == m.actor and text[out[-1].end : m.start].strip() == "(" and text[m.end : m.end + 1] == ")":
            continue  # an acronym in brackets after the name is the same mention
        out.append(m)
    return out, inside


def _is_title(role: Mention, name: Mention) -> bool:
    return role.head is not None and singular(role.head.lower_) in roles() and name.head_text[:1].isupper() and not name.label.islower()


def _definite(token: Token) -> bool:
    first = phrases.phrase_start(token)
    before = first.nbor(-1) if first.i else None
    return (before is not None and before.lower_ in {"the", "this", "that"}) or first.lower_ in {"the", "this", "that"}


def _is_place(doc: Doc, first: Token, last: Token, label: Label, kinds: dict[str, str]) -> bool:
    """A country or capital after "in" or "near" is where something is, not who does it."""
    if kinds.get(label.actor) in PLACES or not label.name or last.dep_ != "pobj":
        return False
    return label.text in _countries() and last.head.lower_ in phrases.LOCATIVE


@functools.cache
def _countries() -> frozenset[str]:
    table = read_list("countries")
    return frozenset(table["country"]) | frozenset(table["capital"]) | frozenset("US USA U.S. UK U.K. EU".split())


def _stands_as_noun(token: Token) -> bool:
    """An adjective or participle that stands for people: "the wounded", "civilians and wounded"."""
    if token.tag_ in phrases.NOUNS:
        return not phrases.inside_phrase(token)
    if token.tag_[:2] not in {"JJ", "VB"} or not token.i:
        return False
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    closed = after is None or after.is_punct or after.is_space or after.tag_ in {"CC", "IN", "VBP", "VBD", "VBZ", "MD"}
    return token.nbor(-1).lower_ in {"the", "and", "or", ","} and closed and token.tag_ not in {"VB", "VBZ", "VBP", "VBG"}


def _mention_of_match(text: str, start: int, end: int, label: Label, head: Token | None, first: int) -> Mention:
    last = text[start:end].split()[-1].strip('"') if label.name or head is None else _whole_word(head)
    shown = label.text if label.name else last.lower()
    mention = Mention(first, end, head, last, label.actor, shown, label.valence)
    return _possessed(text, _weighed(text, mention, title=label.name))


def _whole_word(token: Token) -> str:
    """The word as printed, with the parts before its hyphens ("cease-fire")."""
    first = token
    while first.i >= 2 and first.nbor(-1).text == "-" and not first.nbor(-1).whitespace_ and not first.nbor(-2).whitespace_:
        first = first.nbor(-2)
    return token.doc[first.i : token.i + 1].text


def _possessed(text: str, m: Mention) -> Mention:
    """Take the mark of a possessive into the span, as the coding guide does ("Syrian rebels'")."""
    mark = re.match(r"'s?(?!\w)", text[m.end : m.end + 3])
    if mark and m.head is not None and phrases.child(m.head, "case") is not None:
        m.end += mark.end()
    return m


def _weighed(text: str, m: Mention, *, title: bool) -> Mention:
    """Valence from the title, and from the loaded words in the span."""
    words = [w.lower() for w in WORD.findall(text[m.start : m.end])]
    if m.valence == "neutral" and title:
        titles = [roles()[singular(w)][1] for w in words[:-1] if singular(w) in roles()]
        m.valence = next((v for v in titles if v != "neutral"), "neutral")
    words += text[m.start : m.end].lower().split()  # with their hyphens
    if m.valence == "neutral" and any(w in loaded() for w in words):
        m.valence = "loaded"
    return m


def _with_modifiers(doc, text, found, modifiers, firsts, kinds) -> list[Mention]:
    """Role nouns take the actor of their modifier; a bare label gives way to it ("Russian fighters")."""
    out = []
    for m in found:
        acting = [x for x in modifiers.get(m.head.i, ()) if kinds.get(x.actor) == "party"]
        if acting and m.head.lower_ in ARMED and kinds.get(m.actor) == "party":
            m.actor = acting[0].actor
        if acting and m.valence == "neutral" and any(x.valence == "delegitimising" for x in acting):
            m.valence = "delegitimising"
        out.append(m)
    taken = {m.head.i for m in found if m.head is not None}
    for i, labels in modifiers.items():
        head = doc[i]
        acting = [x for x in labels if kinds.get(x.actor) not in PLACES]
        if i in taken or not acting:
            continue
        inside = [t.lower_ for t in doc[firsts[i].i : i + 1]]
        role = [singular(w) for w in (inside[-1:] if head.tag_ not in phrases.NAMES else inside) if singular(w) in roles()]
        if role:
            out.append(_role_mention(text, head, firsts[i], acting[0], role[-1]))
    return out


def _joined_modifiers(doc: Doc, kinds: dict[str, str], known: dict) -> list[Mention]:
    """In "the Syrian and Russian governments" the first adjective is the mention of its own government."""
    out = []
    for first, head in phrases.chunks(doc):
        if first.i < 2 or first.nbor(-1).tag_ != "CC" or first.i == head.i:
            continue
        other = first.nbor(-2)
        if other.tag_ not in {"JJ", "NNP"} or other.head.i != head.i:
            continue
        hits = [label for start, _, label in matches(f"{other.text} {head.text}", known) if start == 0]
        whole = [x for x in hits if len(x.words) > 1]
        part = [x for x in hits if kinds.get(x.actor) not in PLACES and singular(head.lower_) in roles()]
        for label in (whole or part)[:1]:
            valence = label.valence if whole else roles()[singular(head.lower_)][1]
            out.append(Mention(other.idx, other.idx + len(other), other, other.text, label.actor, head.lower_, valence))
    return out


def _role_mention(text: str, head: Token, first: Token, source, role: str) -> Mention:
    valence = roles()[role][1]
    if valence == "neutral" and source.valence == "delegitimising" and isinstance(source, Label):
        valence = "delegitimising"
    name = head.tag_ in phrases.NAMES and singular(head.lower_) not in roles()
    shown = text[first.idx : head.idx + len(head)] if name else _whole_word(head).lower()
    m = Mention(first.idx, head.idx + len(head), head, _whole_word(head), source.actor, shown, valence)
    return _possessed(text, _weighed(text, m, title=False))


def _add_roles(doc: Doc, text: str, found: list[Mention], heads, firsts, kinds) -> None:
    """Role nouns without an actor of their own: by possessor, "of" phrase or apposition; at last "the group" by what was named before."""
    at = {i: m for m in found for i in range(m.start, m.end)}

    def actor_at(token: Token | None) -> Mention | None:
        m = at.get(token.idx) if token is not None else None
        return m if m is not None and kinds.get(m.actor) not in PLACES else None

    candidates = [(f, h) for f, h in phrases.chunks(doc) if h.idx not in at and singular(h.lower_) in roles()]
    for last_round in (False, False, True):
        for first, head in candidates:
            if head.idx in at:
                continue
            source = actor_at(phrases.child(head, "poss"))
            if source is None:
                objects = [phrases.child(c, "pobj") for c in head.children if c.dep_ == "prep" and c.lower_ in ROLE_LINKS and c.i > head.i]
                source = next(filter(None, map(actor_at, objects)), None)
            if source is not None and kinds.get(source.actor) == "people" and head.tag_ != "NNP":
                source = None  # "the team of women" is not thereby the women's side
            if source is None:
                source = actor_at(phrases.child(head, "appos")) or (actor_at(head.head) if head.dep_ == "appos" else None)
            if source is None and head.dep_ == "conj" and first.i == head.i and first.nbor(-1).tag_ == "CC":
                source = actor_at(head.head) if singular(head.head.lower_) in roles() else None  # "government troops and allies"
            if source is None and last_round:
                source = _named_before(doc, first, head, found, kinds)
            if source is not None:
                m = _role_mention(text, head, first, source, singular(head.lower_))
                found.append(m)
                at |= dict.fromkeys(range(m.start, m.end), m)


def _named_before(doc: Doc, first: Token, head: Token, found: list[Mention], kinds) -> Mention | None:
    """The organisation that a bare "the group" or "the agency" stands for: the last one named in this sentence or the two before."""
    bare = first.i == head.i and first.i > 0 and first.nbor(-1).lower_ in {"the", "this"} and head.tag_ == "NN"
    if not bare or singular(head.lower_) not in ORGANISATIONS or any(c.lower_ in {"of", "for", "from"} for c in head.children):
        return None
    sents = [s.start_char for s in doc[: head.i + 1].sents][-3:]
    before = [
        m
        for m in found
        if sents[0] <= m.start
        and m.end <= first.idx
        and m.head is not None
        and m.head.tag_ in {"NNP", "NNPS", "NN"}
        and kinds.get(m.actor) == "party"
        and _is_organisation(m)
    ]
    return max(before, key=lambda m: m.start, default=None)


ORGANISATIONS = frozenset("group organisation organization agency body charity foundation committee".split())


def _is_organisation(m: Mention) -> bool:
    person = m.label.split()[-1] != m.head_text and m.head_text[0].isupper()
    role = roles().get(singular(m.head_text.lower()), ("", ""))[0]
    return role != "person" and not (person and m.valence == "legitimising")
