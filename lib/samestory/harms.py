"""Who is harmed, and how: the words of harm in a text, each with those whom it befalls."""

import dataclasses
import functools
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from samestory import actions, phrases
from samestory.lists import read_list
from samestory.parse import has_parse

BEARERS = phrases.NOUNS | {"CD", "PRP", "DT", "JJ", "WP", "NNS", "VBN", "PRP$"}
UNREAL = frozenset("could would should can must will 'll ca wo might shall".split())
# "appeared to have killed" is a (hedged) killing; after other verbs "to kill" is only an aim
FACTIVE = frozenset(
    "appear appears appeared seem seems seemed believed reported said known found confirmed thought presumed alleged feared "
    "understood estimated claim claims claimed manage manages managed able continue continues continued began begun begins started starts "
    "happen happened".split()
)
COMMIT = frozenset("carried carry carrying committed commit committing perpetrated conducted".split())
VERBS = frozenset({"object", "subject", "both", "lives"})
NEVER = frozenset("no not never n't none nobody neither nor without".split())
# When one word says two things of the same person: the graver one counts.
GRAVITY = ("killed", "injured", "missing", "detained", "trapped", "evacuated", "displaced", "surrendered", "pardoned", "shot", "other")


@dataclasses.dataclass(frozen=True)
class Harm:
    """What befalls one noun: `harm`, the word that says so, who does it (None when unsaid), and whether the text says it happened.

    `attached` is True where the harm is told only in passing, by the noun itself or its adjective ("wounded civilians").
    """

    harm: str
    trigger: Token
    agent: Token | None
    real: bool
    attached: bool = False
    lives: bool = False


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
    `lives` ("claimed 20 lives"), `toll`. What "and" joins to a victim is a victim too.
    """
    found: dict[int, Harm] = {}
    if not has_parse(doc):
        return found
    words = lexicon()
    for token in doc:
        entries = words.get(token.lower_)
        if entries:
            for harm, victims in _befallen(token, entries):
                for victim in victims:
                    _keep(found, victim, harm)
    return found


def _keep(found: dict[int, Harm], victim: Token, harm: Harm) -> None:
    old = found.get(victim.i)
    if old is None or (not harm.attached, -GRAVITY.index(harm.harm)) > (not old.attached, -GRAVITY.index(old.harm)):
        found[victim.i] = harm if old is None or harm.agent is not None else dataclasses.replace(harm, agent=old.agent)


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
                happened = real(token)
                victims += _along_with(token)
                yield Harm(harm, token, agent(token, victims), happened, lives=role == "lives"), [v for w in victims for v in joined(w)]
                if harm != "shot":
                    return
        elif role == "state":
            attached = token.dep_ in {"amod", "compound"}
            victims = [v for w in _of_state(token) for v in ([w] if attached else joined(w))]
            verb = verbal and (token.dep_ == "acl" or any(c.dep_ == "dobj" for c in token.children) or any(e[2] in VERBS for e in entries))
            if attached or (victims and not verb):
                yield Harm(harm, token, None, attached or real(token), attached=attached), victims
        elif role in {"noun", "toll"} and token.tag_ in phrases.NOUNS:
            doer, happened = _noun_agent(token), _affirmed(token)
            yield Harm(harm, token, doer, happened, attached=harm != "killed" or role == "toll"), [token]
            yield Harm(harm, token, doer, happened, attached=role == "toll"), [v for w in _of_noun(token) for v in joined(w)]
        elif role == "person" and (token.tag_ in phrases.NOUNS or (token.tag_ in {"JJ", "VBN"} and _stands_as_noun(token))):
            yield Harm(harm, token, None, _affirmed(token), attached=True), [token]


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
        yield from (o for o in _children(verb, "dobj", "nsubjpass"))
        return
    if role == "subject":
        own = subjects or passive
        if own:
            yield from (phrases.antecedent(s, verb) for s in own)
        elif (subject := phrases.subject(verb)) is not None:
            yield subject
        return
    if passive:
        yield from (phrases.antecedent(s, verb) for s in passive)
    elif objects:
        yield from (phrases.antecedent(o, verb) for o in objects)
    elif verb.dep_ in {"acl", "relcl"} and verb.tag_ in {"VBN", "VBD"} and not subjects:
        yield verb.head
    else:
        shared = [c for c in _children(verb, "conj") if c.tag_[:2] == "VB" and _children(c, "dobj") and not _children(c, "nsubj")]
        if shared and verb.tag_ != "VBN":  # "killed and wounded 20"
            yield from (o for c in shared[:1] for o in _children(c, "dobj"))
        elif subjects and (role == "both" or verb.tag_ == "VBN" or (not _children(verb, "aux") and _clipped(verb, subjects[0]))):
            yield from (phrases.antecedent(s, verb) for s in subjects)
        elif verb.dep_ == "conj" and verb.tag_ in {"VBN", "VBD"} and verb.head.tag_[:2] == "VB":
            yield from _of_verb(verb.head, "object", with_, depth + 1)
        elif verb.dep_ in {"xcomp", "ccomp", "oprd", "acomp", "advcl"} and verb.tag_ in {"VBN", "VBD"}:
            above = verb.head
            yield from (_children(above, "dobj") or _children(above, "nsubjpass", "nsubj"))[:1]


def _clipped(verb: Token, subject: Token) -> bool:
    """Is this a passive without its "were": "five miners were killed and nine hurt"?"""
    numeral = (
        subject.tag_ == "CD" or any(c.tag_ == "CD" for c in subject.children) or subject.lower_ in {"others", "another", "scores", "dozens"}
    )
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
    numerals = _children(word, "nummod")
    if numerals:
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
        if child.dep_ == "prep" and child.lower_ in {"of", "to", "for"}:
            yield from _children(child, "pobj")
        elif child.dep_ == "poss" and noun.lower_ in {
            "death",
            "deaths",
            "murder",
            "assassination",
            "killing",
            "execution",
            "kidnapping",
            "arrest",
        }:
            yield child


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
    subject = phrases.subject(verb)
    return subject if subject is not None and all(subject.i != v.i for v in victims) else None


def by(deed: Token) -> Token | None:
    """The doer named by the "by" phrase of a passive verb or of a noun; None when it says when or by how much."""
    for child in deed.children:
        if child.dep_ in {"agent", "prep"} and child.lower_ == "by":
            doer = phrases.child(child, "pobj")
            return doer if doer is not None and doer.lower_ not in actions.MEASURES else None
    return None


def _noun_agent(noun: Token) -> Token | None:
    if (doer := by(noun)) is not None:
        return doer
    return phrases.subject(noun.head) if noun.dep_ == "dobj" and noun.head.lower_ in COMMIT else None


def _affirmed(noun: Token) -> bool:
    return not any(c.lower_ in NEVER | {"attempted", "planned", "threatened", "failed"} for c in noun.children) and not any(
        c.dep_ == "neg" for c in noun.head.children
    )


def real(verb: Token) -> bool:
    """Does the text say that it happened: not denied, not only possible, planned, threatened or supposed?"""
    here = verb
    for _ in range(5):
        kids = list(here.children)
        words = {c.lower_ for c in kids if c.dep_ in {"aux", "neg", "mark", "advmod", "det", "preconj"}}
        if words & NEVER or any(c.dep_ == "neg" for c in kids):
            return False
        if (words & UNREAL and not ("might" in words and "have" in words)) or "if" in words or "unless" in words:
            return False
        if "to" in words and here.tag_ != "VBN" and here.dep_ in {"xcomp", "advcl", "acl", "ccomp", "relcl", "conj", "ROOT"}:
            return here.head.lower_ in FACTIVE and real(here.head)
        if "to" in words and here.dep_ in {"xcomp", "ccomp"} and here.head.lower_ not in FACTIVE:
            return False
        own = any(c.dep_ in {"nsubj", "nsubjpass"} for c in kids)
        if any(c.dep_ in {"nsubj", "nsubjpass"} and (c.lower_ in NEVER or any(g.lower_ in NEVER for g in c.children)) for c in kids):
            return False
        if here.dep_ in {"conj", "xcomp", "oprd", "acomp"} and not own and here.head.i != here.i:
            here = here.head
        else:
            return True
    return True
