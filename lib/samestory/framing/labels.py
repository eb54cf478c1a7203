"""Who is called what: every mention of an actor of the codebook, with the label used, its valence and whose word it is."""

import dataclasses
import functools
import re
from collections import defaultdict

from spacy.tokens import Doc, Token

from samestory import phrases
from samestory.codebook import Codebook
from samestory.framing import belonging
from samestory.framing.actions import Voices
from samestory.framing.belonging import PLACES
from samestory.framing.matching import Label, matches, read_labels
from samestory.framing.passives import MEASURES
from samestory.framing.valence import Mention, roles, weigh
from samestory.lists import read_list
from samestory.parse import Article, has_parse
from samestory.phrases import singular
from samestory.quotes.names import is_country

DIRECTION = re.compile(r"(?:(?:north|south|east|west)(?:[- ]?(?:east|west))?(?:ern)?|central) ", re.IGNORECASE)
REGIONS = frozenset("province provinces governorate region countryside county state country".split())
FIGHTS = frozenset("war wars warfare battle battles offensive campaign attack attacks assault siege fighting".split())
POSSESSIVE = re.compile(r"\s?'s?\s+")


def find(article: Article, book: Codebook, voices: Voices) -> list[dict]:
    """Find every noun phrase that names or describes an actor of the codebook: rows of the `labels` table in the order of the text.

    *Matching.* A label of `codebook/labels.csv` or a speaker's name of `codebook/speakers.csv` matches whole words, in singular and
    plural, in any case when written in lower case and exactly when it has capitals ("UN" also finds "U.N."). The longest label wins.
    Family names of speakers count where the full name is in the article. A label that would match too much is given company: more
    words ("opposition territory"), or its determiner in front ("the city", "our land"; "the" stands for "this" and "that" too).
    *Span.* The match grows to its head noun's directly preceding adjectives and nouns, without determiner or number; names whole,
    with title. A possessive directly in front of an actor's phrase is part of it ("Russia's ambassador"); otherwise it is a mention
    of its own, without 's. One head for several actors is one mention, the first one's ("Syrian and Russian governments").
    *Context.* A match that modifies an actor's noun is no mention of its own: "rebel offensive" is the event, once. Modifying any other
    noun, a proper name is one ("UN resolutions"), a common noun or adjective is not. But a noun of `data/role_nouns.csv` takes the
    actor of its modifier, possessor, "of"/"for"/"from" phrase or apposition ("rebel official", "the negotiator from the group"); a
    bare "the group" or "the agency" that of the last organisation named, "the experts" of the last experts, "his office" of the last
    person, "its members" of the last organisation. A country or capital after "in" or "near" is a place. A common noun for an area is
    no mention when what follows places it elsewhere ("strongholds in western Syria") or, with "the", says whose it is ("the areas
    controlled by ..."). A war of `data/figurative.csv` ("propaganda war") is no event.
    *Valence.* The label's, then the title's, then `loaded` when another word of `data/loaded_words.csv` stands in the span.
    `label` is the head noun in lower case as printed, or the name: of a place without its direction, of a group with "group".
    Pronouns are not coded. Beyond the contract's columns a row has the actor's `kind` and, for `actions`, the actors named `inside`
    the phrase (`start, end, actor, kind`). Without a parse: the longest matches as they stand.
    """
    doc = article.doc
    kinds = dict(zip(book.actors["actor"], book.actors["kind"], strict=True))
    known = read_labels(book)
    text = doc.text  # spaCy builds this string anew at every access
    hits = matches(text, known)
    inside: dict[int, list[tuple[int, int, str, str]]] = {}
    if not has_parse(doc):
        found = [_of_match(text, start, end, label, None, start) for start, end, label in hits if not label.lead]
    else:
        found, inside = _in_context(doc, text, hits, kinds, known)
    names = {x.text for labels in known.values() for x in labels}
    rows = []
    for m in sorted(found, key=lambda m: m.start):
        bare = DIRECTION.sub("", m.label, count=1)
        if kinds.get(m.actor) == "area" and bare in names:
            m.label = bare  # "Aleppo", be it east or west
        row = article.row(m.start, m.end)
        more = {"kind": kinds.get(m.actor, ""), "inside": inside.get(m.head.i, []) if m.head is not None else []}
        found_here = {"head": m.head_text, "actor": m.actor, "label": m.label, "valence": m.valence}
        rows.append(row | more | found_here | {"voice": voices.mention(m.start, m.end)})
    return rows


def _in_context(doc: Doc, text: str, hits: list[tuple[int, int, Label]], kinds: dict[str, str], known: dict) -> tuple[list[Mention], dict]:
    heads: dict[int, Token] = {}
    firsts: dict[int, Token] = {}
    for first, head in phrases.chunks(doc):
        for i in range(first.i, head.i + 1):
            heads[i], firsts[i] = head, first
    scene = _scene(doc, hits, heads, kinds)
    found: list[Mention] = []
    modifiers: belonging.Modifiers = defaultdict(list)
    inside: dict[int, list[tuple[int, int, str, str]]] = defaultdict(list)
    for start, end, label in hits:
        span = doc.char_span(start, end, alignment_mode="expand")
        last = span[-1]
        head = heads.get(last.i)
        if _hyphenated(text, start, end) or not _led(last, label) or _is_place(span[0], last, label, kinds):
            continue
        if kinds.get(label.actor) in PLACES and not label.name and _not_meant(last, label, kinds, scene):
            continue
        if head is None:
            if _stands_as_noun(last):
                found.append(_of_match(text, start, end, label, last, start))
        elif head.i == last.i:
            first = firsts.get(span[0].i) or phrases.phrase_start(head, before=span[0])
            found.append(_of_match(text, start, end, label, head, min(start, first.idx)))
        else:
            modifiers[head.i].append((start, end, label))
            inside[head.i].append((start, end, label.actor, kinds.get(label.actor, "")))
    together = belonging.joined(doc, text, {e: (s, x) for s, e, x in hits}, kinds, known)
    taken = {m.head.i for m in together}
    found = together + [m for m in found if m.head.i not in taken]
    found = belonging.by_modifier(doc, text, found, modifiers, firsts, kinds)
    belonging.add_roles(doc, text, found, kinds)
    taken = {m.head.i for m in found}
    own = [hit for i, parts in modifiers.items() if i not in taken for hit in parts if _own(doc, i, hit[1], hit[2], kinds)]
    for start, end, label in own:
        found.append(_of_match(text, start, end, label, doc.char_span(start, end, alignment_mode="expand")[-1], start))
    return _disjoint(text, found, inside, kinds), inside


def _disjoint(text: str, found: list[Mention], inside: dict, kinds: dict[str, str]) -> list[Mention]:
    """Mentions in order, none overlapping another: possessors joined to their noun, titles to their name."""
    out: list[Mention] = []
    for m in sorted(found, key=lambda m: (m.start, -m.end)):
        if out and m.start < out[-1].end:
            continue
        before = out[-1] if out else None
        if before is not None and before.actor == m.actor and text[before.end : m.start] == " " and _is_title(before, m):
            m = weigh(text, dataclasses.replace(m, start=out.pop().start))  # the parser cut "U.N. Syria envoy | Staffan de Mistura"
        elif before is not None and POSSESSIVE.fullmatch(text, before.end, m.start) and phrases.child(before.head, "case") is not None:
            inside[m.head.i].append((before.start, before.end, before.actor, kinds.get(before.actor, "")))
            m = dataclasses.replace(m, start=out.pop().start)
        out.append(m)
    return out


def _is_title(role: Mention, name: Mention) -> bool:
    return name.name and not role.name and singular(role.head.lower_) in roles()


def _hyphenated(text: str, start: int, end: int) -> bool:
    """Is the match a part of a longer word with a hyphen ("rebel" in "rebel-held", "government" in "anti-government")?"""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return (before[-1:] == "-" and before[:1].isalnum()) or (after[:1] == "-" and after[1:].isalnum())


def _led(token: Token, label: Label) -> bool:
    """Does the determiner that the label asks for stand at the beginning of its phrase?"""
    if not label.lead:
        return True
    wanted = {"the": {"the", "this", "that", "these", "those"}, "that": {"that", "this"}}.get(label.lead, {label.lead})
    first = phrases.phrase_start(phrases.top(token))
    return first.lower_ in wanted or (first.i > 0 and first.nbor(-1).lower_ in wanted)


def _own(doc: Doc, head: int, end: int, label: Label, kinds: dict[str, str]) -> bool:
    """Is this modifier of a noun that is no actor a mention by itself: a proper name, also a body's short one ("the council session")?"""
    kind = kinds.get(label.actor)
    if kind == "event" or phrases.adjective(doc, end) or (kind == "area" and doc[head].lower_ in REGIONS):
        return False
    return label.name or (kind == "party" and bool(label.lead))


def _scene(doc: Doc, hits: list[tuple[int, int, Label]], heads: dict[int, Token], kinds: dict[str, str]) -> set[int]:
    """Words of the names of the codebook's areas; not in the name of a wider region ("Aleppo province")."""
    out: set[int] = set()
    for start, end, label in hits:
        if kinds.get(label.actor) == "area" and label.name:
            span = doc.char_span(start, end, alignment_mode="expand")
            if heads.get(span[-1].i, span[-1]).lower_ not in REGIONS:
                out.update(t.i for t in span)
    return out


def _not_meant(head: Token, label: Label, kinds: dict[str, str], scene: set[int]) -> bool:
    """Is this common noun another area than the story's, or another kind of event?"""
    if kinds.get(label.actor) == "event":
        return head.lower_ in FIGHTS and any(t.lower_ in _figurative() for t in head.doc[head.left_edge.i : head.i])
    if label.lead and any(c.dep_ == "acl" and c.i > head.i and not scene & {t.i for t in c.subtree} for c in head.children):
        return True
    preps = [c for c in head.children if c.dep_ == "prep" and c.i > head.i]
    preps += [t for t in head.doc[head.i + 1 : head.i + 2] if t.dep_ == "prep" and t not in preps]
    return any(p.lower_ in phrases.LOCATIVE | {"of"} and _another_place(phrases.child(p, "pobj"), scene) for p in preps)


def _another_place(noun: Token | None, scene: set[int]) -> bool:
    """Does the phrase name a place that is not the story's ("Idlib", "the rest of western Syria", "west Aleppo province")?"""
    while noun is not None:
        if noun.i in scene:
            return False
        named = any(t.tag_ in phrases.NAMES for t in noun.doc[phrases.phrase_start(noun).i : noun.i + 1])
        if named and (noun.tag_ in phrases.NAMES or noun.lower_ in REGIONS):
            return noun.lower_ not in MEASURES
        of = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of"), None)
        noun = phrases.child(of, "pobj") if of is not None else None
    return False


@functools.cache
def _figurative() -> frozenset[str]:
    return frozenset(read_list("figurative")["modifier"])


def _is_place(first: Token, last: Token, label: Label, kinds: dict[str, str]) -> bool:
    """A country or capital after "in" or "near" is where something is, not who does it."""
    if kinds.get(label.actor) in PLACES or not label.name or last.dep_ != "pobj":
        return False
    return (is_country(label.text) or label.text == "EU") and last.head.lower_ in phrases.LOCATIVE


def _stands_as_noun(token: Token) -> bool:
    """An adjective or participle that stands for people or a deed: "the wounded", "civilians and wounded", "involved in fighting"."""
    if token.tag_ in phrases.NOUNS:
        return not phrases.inside_phrase(token)
    if token.tag_[:2] not in {"JJ", "VB"} or not token.i:
        return False
    if phrases.names_a_deed(token):
        return True
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    closed = after is None or after.is_punct or after.is_space or after.tag_ in {"CC", "IN", "VBP", "VBD", "VBZ", "MD"}
    return token.nbor(-1).lower_ in {"the", "and", "or", ","} and closed and token.tag_ not in {"VB", "VBZ", "VBP", "VBG"}


def _of_match(text: str, start: int, end: int, label: Label, head: Token | None, first: int) -> Mention:
    last = text[start:end].split()[-1].strip('"') if label.name or head is None else phrases.whole_word(head)
    shown = label.text if label.name else last.lower()
    person = label.person or (not label.name and roles().get(singular(last.lower()), ("", ""))[0] == "person")
    mention = Mention(first, end, head, last, label.actor, shown, label.valence, label.name, person)
    return weigh(text, mention, coded=(start, end))
