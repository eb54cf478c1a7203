"""Whose are they? The actor of a noun that names no side by itself: "spokesman", "forces", "the group"."""

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from samestory import phrases
from samestory.framing.matching import Label, matches
from samestory.framing.valence import Mention, roles, weigh
from samestory.phrases import singular

# One side's word for fighters in the codebook gives way to the side that is named with it ("Russian fighters").
ARMED = frozenset("fighter fighters force forces troop troops soldier soldiers army military gunman gunmen".split())
PLACES = {"event", "area"}  # kinds of the codebook's actors that do not act: a modifier never makes its noun one of these
ROLE_LINKS = ("of", "for", "from", "in", "at", "with")
ORGANISATIONS = frozenset("group organisation organization agency body charity foundation committee".split())
Modifiers = dict[int, list[tuple[int, int, Label]]]  # matches that modify a noun, by the noun's place in the Doc


def by_modifier(doc: Doc, text: str, found: list[Mention], modifiers: Modifiers, firsts: dict, kinds: dict[str, str]) -> list[Mention]:
    """Role nouns take the actor of their modifier ("rebel official"); a bare label for fighters gives way to it ("Russian fighters")."""
    out = []
    for m in found:
        acting = [x for _, _, x in modifiers.get(m.head.i, ()) if kinds.get(x.actor) == "party"]
        if acting and m.head.lower_ in ARMED and kinds.get(m.actor) == "party":
            m.actor = acting[0].actor
        if acting and m.valence == "neutral" and any(x.valence == "delegitimising" for x in acting):
            m.valence = "delegitimising"
        out.append(m)
    taken = {m.head.i for m in found}
    for i, hits in modifiers.items():
        head = doc[i]
        acting = [h for h in hits if kinds.get(h[2].actor) not in PLACES]
        if i in taken or not acting:
            continue
        inside = [t.lower_ for t in doc[firsts[i].i : i + 1]]
        role = [singular(w) for w in (inside[-1:] if head.tag_ not in phrases.NAMES else inside) if singular(w) in roles()]
        if role:
            m = role_mention(text, head, firsts[i], acting[0][2], role[-1])
            named = [s for s, e, x in acting if x.name and not phrases.adjective(doc, e)]
            if named and singular(head.lower_) in ORGANISATIONS:
                m.label = text[named[0] : head.idx + len(head)]  # "Nurredin al-Zinki group", not one group like another
            out.append(m)
    return out


def joined(doc: Doc, text: str, ends: dict[int, tuple[int, Label]], kinds: dict[str, str], known: dict) -> list[Mention]:
    """One head for several actors is the first one's mention: "Syrian and Russian governments"."""
    out = []
    for first, head in phrases.chunks(doc):
        if first.i < 2 or first.nbor(-1).tag_ != "CC" or first.i == head.i or singular(head.lower_) not in roles():
            continue
        other = first.nbor(-2)
        if other.head.i != head.i or other.i < head.sent.start:
            continue
        start, label = ends.get(other.idx + len(other), (other.idx, None))
        whole = [x for at, _, x in matches(f"{other.text} {head.text}", known) if at == 0 and len(x.words) > 1]
        source = whole[0] if whole else label
        if source is not None and kinds.get(source.actor) not in PLACES:
            valence = source.valence if whole else roles()[singular(head.lower_)][1]
            out.append(Mention(start, head.idx + len(head), head, head.text, source.actor, head.lower_, valence))
    return out


def role_mention(text: str, head: Token, first: Token, source: Mention | Label, role: str) -> Mention:
    """The mention that a role noun makes, given whose it is."""
    kind, valence = roles()[role]
    if valence == "neutral" and source.valence == "delegitimising" and isinstance(source, Label):
        valence = "delegitimising"
    name = head.tag_ in phrases.NAMES and singular(head.lower_) not in roles()
    word = phrases.whole_word(head)
    shown = text[first.idx : head.idx + len(head)] if name else word.lower()
    m = Mention(first.idx, head.idx + len(head), head, word, source.actor, shown, valence, name, kind == "person")
    return weigh(text, m)


def add_roles(doc: Doc, text: str, found: list[Mention], kinds: dict[str, str]) -> None:
    """Add role nouns without an actor of their own: by possessor, "of" phrase or apposition; at last by what was named before."""
    at = {i: m for m in found for i in range(m.start, m.end)}

    def actor_at(token: Token | None) -> Mention | None:
        m = at.get(token.idx) if token is not None else None
        return m if m is not None and kinds.get(m.actor) not in PLACES else None

    def source_of(first: Token, head: Token) -> Mention | None:
        source = actor_at(phrases.child(head, "poss"))
        if source is None:
            objects = [phrases.child(c, "pobj") for c in head.children if c.dep_ == "prep" and c.lower_ in ROLE_LINKS and c.i > head.i]
            source = next(filter(None, map(actor_at, objects)), None)
        if source is not None and kinds.get(source.actor) == "people" and head.tag_ != "NNP":
            source = None  # "the team of women" is not thereby the women's side
        if source is None:
            beside = phrases.child(head, "appos")
            some = beside is not None and any(
                t.lower_ in {"them", "whom"} for t in doc[head.i : beside.i]
            )  # "people, two of them officers"
            source = (None if some else actor_at(beside)) or (actor_at(head.head) if head.dep_ == "appos" else None)
        if source is None and head.tag_ == "NNS" and doc[head.i + 1 : head.i + 2].text == ",":
            source = actor_at(phrases.child(head, "conj"))  # "its backers, Russia and Iran": the parser takes it for a list
        if source is None and head.dep_ == "conj" and first.i == head.i and first.nbor(-1).tag_ == "CC":
            source = actor_at(head.head) if singular(head.head.lower_) in roles() else None  # "government troops and allies"
        return source

    candidates = [(f, h) for f, h in phrases.chunks(doc) if h.idx not in at and singular(h.lower_) in roles()]
    for last_round in (False, False, True):
        for first, head in candidates:
            if head.idx in at:
                continue
            source = source_of(first, head) or (_named_before(doc, first, head, found, kinds) if last_round else None)
            if source is not None:
                m = role_mention(text, head, first, source, singular(head.lower_))
                found.append(m)
                at |= dict.fromkeys(range(m.start, m.end), m)


def _named_before(doc: Doc, first: Token, head: Token, found: list[Mention], kinds: dict[str, str]) -> Mention | None:
    """Whom "the group", "the experts", "his office" or "its members" go back to: named last in this sentence or the two before."""
    if first.i != head.i or first.i == 0 or any(c.lower_ in {"of", "for", "from"} for c in head.children):
        return None
    sents = [s.start_char for s in doc[: head.i + 1].sents][-3:]
    before = [m for m in found if sents[0] <= m.start and m.end <= first.idx and m.head is not None and kinds.get(m.actor) == "party"]
    word = first.nbor(-1).lower_
    if word in {"the", "this", "these", "those"}:
        same = [m for m in before if m.head.lower_ == head.lower_]
        bodies = [m for m in before if _is_organisation(m)] if singular(head.lower_) in ORGANISATIONS and head.tag_ == "NN" else []
        return _last(same) or _last(bodies)
    if word in {"his", "her"}:
        return _last(m for m in before if m.name and m.person)
    return _last(m for m in before if _is_organisation(m)) if word == "its" else None


def _last(mentions: Iterable[Mention]) -> Mention | None:
    return max(mentions, key=lambda m: m.start, default=None)


def _is_organisation(m: Mention) -> bool:
    return not m.person and m.head.tag_ in {"NNP", "NNPS", "NN"}
