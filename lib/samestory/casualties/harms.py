"""Who is harmed, and how: the words of harm in a text, each with those whom it befalls."""

import dataclasses
import functools
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from samestory import phrases
from samestory.casualties import happened
from samestory.framing import passives
from samestory.lists import read_list
from samestory.parse import has_parse

BEARERS = phrases.NOUNS | {"CD", "PRP", "DT", "JJ", "WP", "NNS", "VBN", "PRP$"}
OWNED = frozenset("death deaths murder assassination killing execution kidnapping arrest".split())  # "her death", "his arrest"
COMMIT = frozenset("carried carry carrying committed commit committing perpetrated conducted".split())
VERBS = frozenset({"object", "subject", "both", "lives"})
WOUNDED = frozenset("wound wounds wounded wounding injure injures injured injuring hurt hurting maim maims maimed maiming".split())
BLAMING = frozenset("for of from with over".split())
# When one word says two things of the same person: the graver one counts.
GRAVITY = ("killed", "injured", "missing", "detained", "trapped", "evacuated", "displaced", "surrendered", "pardoned", "shot", "other")


@dataclasses.dataclass(frozen=True)
class Harm:
    """What befalls one noun: `harm`, the word that says so, who does it (None when unsaid), and whether the text says it happened.

    `attached`: told only in passing, by the noun itself or its adjective ("wounded civilians"). `total`: as the number of a toll.
    `either`: killed or injured, which of them is not said.
    """

    harm: str
    trigger: Token
    agent: Token | None
    real: bool
    attached: bool = False
    lives: bool = False
    total: bool = False
    either: bool = False


@functools.cache
def lexicon() -> dict[str, list[tuple[frozenset[str], str, str]]]:
    """The entries of `data/harms.csv` by word form: words that must stand with it, harm, role."""
    table: dict[str, list[tuple[frozenset[str], str, str]]] = {}
    for row in read_list("harms").to_dict("records"):
        for form in row["forms"].split():
            table.setdefault(form, []).append((frozenset(row["with"].split()), row["harm"], row["role"]))
    # Phrases before single words: "taken to hospital" before "taken"
    return {form: sorted(entries, key=lambda entry: not entry[0]) for form, entries in table.items()}


@functools.cache
def people() -> dict[str, tuple[str, int]]:
    """The words of `data/people.csv`, singular and plural: kind (`general`, `person`, `not_person`, `cause`), and how many
    one is (0 = several).
    """
    table: dict[str, tuple[str, int]] = {}
    for row in read_list("people").to_dict("records"):
        if row["plural"]:
            table.setdefault(row["plural"], (row["kind"], 0))
        if row["singular"]:
            table[row["singular"]] = (row["kind"], int(row["count"] or 1))
    return table


def find(doc: Doc) -> dict[int, Harm]:
    """The harm of every noun, pronoun or number that suffers one, by token number; empty without a parse.

    The words are in `data/harms.csv` with their role: `object` (transitive: object, passive subject, noun of a participle),
    `subject` (intransitive), `both`, `state` (adjectives), `noun` (its "of" phrase or possessor), `person` (the noun is who is harmed),
    `lives` ("claimed 20 lives"), `toll`. What "and" joins to a victim is a victim too. Of two harms to the same people the graver counts
    ("kidnapped and killed 5"); but those "killed and wounded" or "dead or injured" are `other`, as how many were killed is not said.
    """
    found: dict[int, Harm] = {}
    if not has_parse(doc):
        return found
    words = lexicon()
    for token in doc:
        entries = words.get(token.lower_)
        if entries:
            for harm, victims in _befallen(token, entries):
                if harm.harm in {"killed", "injured"} and _either(token):
                    harm = dataclasses.replace(harm, harm="other", either=True)
                for victim in victims:
                    _keep(found, victim, harm)
    return found


def _keep(found: dict[int, Harm], victim: Token, harm: Harm) -> None:
    old = found.get(victim.i)
    if old is None:
        found[victim.i] = harm
    elif old.either or harm.either:
        found[victim.i] = old if old.either else harm
    elif (not harm.attached, -GRAVITY.index(harm.harm)) > (not old.attached, -GRAVITY.index(old.harm)):
        found[victim.i] = harm if harm.agent is not None else dataclasses.replace(harm, agent=old.agent)


def _either(word: Token) -> bool:
    """Are these "killed and wounded", "dead or injured"? Not "wounded and later killed", nor "12 killed and 30 injured"."""
    for late in [*([word] if word.dep_ == "conj" else []), *_children(word, "conj")]:
        early, between = late.head, late.doc[late.head.i + 1 : late.i]
        wounded = late.lower_ in WOUNDED or (early.lower_ in WOUNDED and any(t.lower_ == "or" for t in between))
        other = early if late.lower_ in WOUNDED else late
        kills = any(h == "killed" and not needs for needs, h, _ in lexicon().get(other.lower_, ()))
        bare = all(t.tag_ in {"CC", ",", "RB", "VBD", "VBN", "HYPH"} for t in between)
        if wounded and kills and bare and (early.tag_ == "VBG") == (late.tag_ == "VBG"):
            return True
    return False


def _befallen(token: Token, entries: list) -> Iterator[tuple[Harm, list[Token]]]:
    verbal = token.tag_[:2] == "VB" and not (token.dep_ in {"amod", "compound"} and token.i < token.head.i)
    for with_, harm, role in entries:
        if with_ and not _stands_with(token, with_):
            continue
        if role in VERBS:
            if not verbal:
                continue
            victims = list(_of_verb(token, role, with_))
            if victims:
                victims += _along_with(token)
                told = Harm(harm, token, agent(token, victims), happened.real(token), lives=role == "lives")
                yield told, [v for w in victims for v in joined(w)]
                if harm != "shot":
                    return
        elif role == "state":
            attached = token.dep_ in {"amod", "compound"}
            victims = [v for w in _of_state(token) for v in ([w] if attached else joined(w))]
            verb = verbal and (token.dep_ == "acl" or any(c.dep_ == "dobj" for c in token.children) or any(e[2] in VERBS for e in entries))
            if attached or (victims and not verb):
                yield Harm(harm, token, None, attached or happened.real(token), attached=attached), victims
        elif role in {"noun", "toll"} and token.tag_ in phrases.NOUNS:
            doer, real = _noun_agent(token), happened.affirmed(token)
            yield Harm(harm, token, doer, real, attached=harm != "killed" or role == "toll"), [token]
            if role == "toll":
                yield Harm(harm, token, None, real, attached=True, total=True), [*_of_noun(token), *_reached(token)]
            else:
                yield Harm(harm, token, doer, real), [v for w in _of_noun(token) for v in joined(w)]
        elif role == "person" and (token.tag_ in phrases.NOUNS or (token.tag_ in {"JJ", "VBN"} and _stands_as_noun(token))):
            yield Harm(harm, token, None, happened.affirmed(token), attached=True), [token]


def _stands_with(token: Token, words: frozenset[str]) -> bool:
    """Does one of these words hang from the token, near by: "took ... hostage", "hospital patients"?"""
    near = token.doc[max(token.sent.start, token.i - 3) : min(token.sent.end, token.i + 10)]
    return any(t.lower_ in words and _tied(token, t) and not _other_verb_between(token, t) for t in near)


def _tied(token: Token, word: Token) -> bool:
    return word.i == token.i + 1 or token.is_ancestor(word) or (token.dep_ == "aux" and word.head.i == token.head.i)


def _other_verb_between(token: Token, word: Token) -> bool:
    return any(t.tag_ in {"VBD", "VBZ", "VBP", "VBG"} for t in token.doc[token.i + 1 : word.i])


def joined(token: Token, depth: int = 0) -> Iterator[Token]:
    """A noun and the nouns that "and", "or" or commas join to it."""
    yield token
    if depth < 30:
        yield from _along_with(token)
        for child in token.children:
            # "a teacher, two guards and a child": the parser takes the guards for an explanation of the teacher
            listed = child.dep_ == "appos" and token.tag_ in {"NN", "NNP"} and child.tag_ == "NNS" and _children(child, "nummod")
            if (child.dep_ == "conj" and child.tag_ in BEARERS) or listed:
                yield from joined(child, depth + 1)


def _along_with(token: Token) -> list[Token]:
    """Who shares the fate of another: "together with his driver"."""
    firsts = [c for c in token.children if c.dep_ in {"prep", "advmod"} and c.lower_ in {"along", "together"} and c.i > token.i]
    return [thing for c in firsts for w in c.children if w.lower_ == "with" for thing in _children(w, "pobj")]


def _children(token: Token, *deps: str) -> list[Token]:
    return [c for c in token.children if c.dep_ in deps]


def _of_verb(verb: Token, role: str, with_: frozenset[str], depth: int = 0) -> Iterator[Token]:
    """The victims of a verb of harm."""
    if depth > 4:
        return
    objects = [o for o in _children(verb, "dobj") if o.lower_ not in with_]
    # Of two subjects the nearer one is meant: "In Leeds, a driver was killed" may be parsed with two
    passive = _children(verb, "nsubjpass")[-1:]
    subjects = _children(verb, "nsubj")[-1:]
    if role == "lives":
        yield from _children(verb, "dobj", "nsubjpass")
        return
    if role == "subject":
        if subjects or passive:
            yield from (phrases.antecedent(s, verb) for s in subjects or passive)
        elif (subject := phrases.subject(verb)) is not None:
            yield subject
        return
    alike = {"VBG"} if verb.tag_ == "VBG" else {"VBD", "VBN", "VBZ", "VBP", "VB"}
    shared = [c for c in _children(verb, "conj") if c.tag_ in alike and _children(c, "dobj") and not _children(c, "nsubj")]
    if passive:
        yield from (phrases.antecedent(s, verb) for s in passive)
    elif objects:
        yield from (phrases.antecedent(o, verb) for o in objects)
    elif shared and verb.tag_ != "VBN":  # "killed and wounded 20"
        yield from _children(shared[0], "dobj")
    elif verb.dep_ in {"acl", "relcl"} and verb.tag_ in {"VBN", "VBD"} and not subjects:
        yield verb.head
    elif subjects and (role == "both" or verb.tag_ == "VBN" or (not _children(verb, "aux") and _clipped(verb, subjects[0]))):
        yield from (phrases.antecedent(s, verb) for s in subjects)
    elif verb.dep_ == "conj" and verb.tag_ in {"VBN", "VBD"} and verb.head.tag_[:2] == "VB":
        yield from _of_verb(verb.head, "object", with_, depth + 1)
    elif verb.dep_ in {"xcomp", "ccomp", "oprd", "acomp", "advcl"} and verb.tag_ in {"VBN", "VBD"}:
        yield from (_children(verb.head, "dobj") or _children(verb.head, "nsubjpass", "nsubj"))[:1]


def _clipped(verb: Token, subject: Token) -> bool:
    """Is this a passive without its "were": "five miners were killed and nine hurt"?"""
    numeral = any(t.tag_ == "CD" for t in [subject, *subject.children]) or subject.lower_ in {"others", "another", "scores", "dozens"}
    return verb.tag_ in {"VBN", "VBD"} and (numeral or verb.dep_ == "conj")


def _of_state(word: Token) -> Iterator[Token]:
    """Whom an adjective describes."""
    if word.dep_ in {"amod", "compound"}:
        yield word.head
        return
    subjects = _children(word, "nsubj", "nsubjpass")
    if subjects:
        yield from (phrases.antecedent(s, word) for s in subjects)
        return
    if _children(word, "nummod"):
        yield word
        return
    above = word.head
    if word.dep_ in {"conj"} and above.tag_ in {"JJ", "VBN", "NN"}:
        yield from _of_state(above)
    elif above.tag_[:2] == "VB" and above.i != word.i:
        things = _children(above, "dobj") or [phrases.antecedent(s, above) for s in _children(above, "nsubj", "nsubjpass")]
        if not things and (subject := phrases.subject(above)) is not None:
            things = [subject]
        yield from things[:1]
    elif above.tag_ in BEARERS and word.i > above.i:
        yield above


def _of_noun(noun: Token) -> Iterator[Token]:
    """Whom a deed named by a noun befalls: "the killing of 20 civilians", "her death"."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in {"of", "to", "for", "at"}:
            yield from _children(child, "pobj")
        elif child.dep_ == "poss" and noun.lower_ in OWNED:
            yield child


def _reached(toll: Token) -> list[Token]:
    """The number that a toll is said to be: "rose to 15", "stands at 15 people", "reached 15"; not the one it rose from."""
    verb = toll.head
    if toll.dep_ not in {"nsubj", "nsubjpass", "dobj"}:
        return []
    preps = _children(verb, "prep")
    preps += [c for p in preps for c in _children(p, "prep")]  # "from 5 to 7"
    things = [t for p in preps for t in _children(p, "pobj") if p.lower_ in {"to", "at"} or any(w.tag_ == "TO" for w in t.subtree)]
    things += _children(verb, "attr", "dobj") if toll.dep_ != "dobj" else []
    return [t for t in things if t.tag_ == "CD" or _children(t, "nummod")]


def _stands_as_noun(word: Token) -> bool:
    return word.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj", "conj", "attr", "ROOT", "appos"} and any(
        c.dep_ in {"nummod", "det"} for c in word.children
    )


def agent(verb: Token, victims: list[Token]) -> Token | None:
    """Who does it: the "by" phrase of a passive, otherwise the subject; never a victim."""
    doer = by(verb)
    if doer is not None:
        return doer
    if any(c.dep_ == "nsubjpass" or c.dep_ == "auxpass" for c in verb.children):
        return None
    if verb.dep_ in {"acl", "relcl"} and verb.tag_ == "VBN":
        return None
    above = verb.head.head
    blamed = phrases.child(above, "dobj") if verb.dep_ == "pcomp" and verb.head.lower_ in BLAMING and above.tag_[:2] == "VB" else None
    subject = blamed or phrases.subject(verb)  # "a court sentenced the driver for killing": not the court
    return subject if subject is not None and all(subject.i != v.i for v in victims) else None


def by(deed: Token) -> Token | None:
    """The doer named by the "by" phrase of a passive verb or of a noun; None when it says when or by how much."""
    for child in deed.children:
        if child.dep_ in {"agent", "prep"} and child.lower_ == "by":
            doer = phrases.child(child, "pobj")
            return doer if doer is not None and doer.lower_ not in passives.MEASURES else None
    return None


def _noun_agent(noun: Token) -> Token | None:
    if (doer := by(noun)) is not None:
        return doer
    return phrases.subject(noun.head) if noun.dep_ == "dobj" and noun.head.lower_ in COMMIT else None
