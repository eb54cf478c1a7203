"""Who is harmed, and how: the words of harm in a text, each with those whom it befalls."""

import dataclasses
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from samestory import phrases
from samestory.casualties import happened, lexicon, victims
from samestory.framing import passives
from samestory.parse import has_parse

COMMIT = frozenset("carried carry carrying committed commit committing perpetrated conducted".split())
VERBS = frozenset({"object", "subject", "both", "lives", "losses"})
WOUNDED = frozenset("wound wounds wounded wounding injure injures injured injuring hurt hurting maim maims maimed maiming".split())
NEAR = (3, 10)  # how many words before and behind a word of harm those may stand that must stand with it
BLAMING = frozenset("for of from with over".split())
# When one word says two things of the same person: the graver one counts.
GRAVITY = ("killed", "injured", "missing", "detained", "trapped", "evacuated", "displaced", "surrendered", "pardoned", "shot", "other")


@dataclasses.dataclass(frozen=True)
class Harm:
    """What befalls one noun: `harm`, the word that says so, who does it (None when unsaid), and whether the text says it happened.

    `attached`: told only in passing, by the noun itself or its adjective ("wounded civilians"). `total`: as the number of a toll.
    `either`: killed or injured, which of them is not said. `among`: told of as some of those harmed ("were among the dead").
    """

    harm: str
    trigger: Token
    agent: Token | None
    real: bool
    attached: bool = False
    lives: bool = False
    total: bool = False
    either: bool = False
    among: bool = False


def find(doc: Doc) -> dict[int, Harm]:
    """The harm of every noun, pronoun or number that suffers one, by token number; empty without a parse.

    The words are in `data/harms.csv` with their role: `object` (transitive: object, passive subject, noun of a participle),
    `subject` (intransitive), `both`, `state` (adjectives), `noun` (its "of" phrase or possessor), `person` (the noun is who is harmed),
    `body` ("the bodies of six men"), `lives` ("claimed 20 lives"), `losses` (of the armed: "lost two soldiers"), `toll`. What "and" joins
    to a victim is a victim too. Of two harms to the same people the graver counts ("kidnapped and killed 5"); but those "killed and
    wounded" or "dead or injured" are `other`, as how many were killed is not said.
    """
    found: dict[int, Harm] = {}
    if not has_parse(doc):
        return found
    words, known = lexicon.harms_by_number(), lexicon.known_by_number()
    lowers = doc.to_array("LOWER").tolist()  # reading the words as numbers spares making a token of each
    together = not lexicon.together_by_number().isdisjoint(lowers)
    for i in [i for i, number in enumerate(lowers) if number in words]:
        near = set(lowers[max(0, i - NEAR[0]) : i + NEAR[1]])
        entries = [entry for entry in words[lowers[i]] if not entry[3] or not near.isdisjoint(entry[3])]
        token = doc[i]
        for harm, befallen in _befallen(token, entries, together) if entries else ():
            if harm.harm in {"killed", "injured"} and _either(token):
                harm = dataclasses.replace(harm, harm="other", either=True)
            for victim in befallen:
                _keep(found, victim, harm)
    for i in [i for i in found if lowers[i] in known]:
        for victim in [v for w in victims.described(doc[i]) for v in victims.joined(w)]:
            found[victim.i] = dataclasses.replace(found[i], attached=False, among=True)
    return found


def _keep(found: dict[int, Harm], victim: Token, harm: Harm) -> None:
    old = found.get(victim.i)
    if old is None:
        found[victim.i] = harm
    elif old.either or harm.either:
        found[victim.i] = old if old.either else harm
    elif _rank(harm) > _rank(old):
        found[victim.i] = harm if harm.agent is not None else dataclasses.replace(harm, agent=old.agent)


def _rank(harm: Harm) -> tuple[bool, bool, int]:
    """Which of two harms to the same people counts: one that says what became of them, one told of them, the graver."""
    return harm.harm != "shot", not harm.attached, -GRAVITY.index(harm.harm)


def _either(word: Token) -> bool:
    """Are these "killed and wounded", "dead or injured"? Not "wounded and later killed", nor "12 killed and 30 injured"."""
    for late in [*([word] if word.dep_ == "conj" else []), *victims.children(word, "conj")]:
        early, between = late.head, late.doc[late.head.i + 1 : late.i]
        if early.tag_[:2] != "VB" and victims.children(late, "dobj"):
            continue  # "left two dead and wounded five"
        wounded = late.lower_ in WOUNDED or (early.lower_ in WOUNDED and any(t.lower_ == "or" for t in between))
        other = early if late.lower_ in WOUNDED else late
        kills = any(h == "killed" and not needs for needs, h, _ in lexicon.harms().get(other.lower_, ()))
        bare = all(t.tag_ in {"CC", ",", "RB", "VBD", "VBN", "HYPH"} for t in between)
        if wounded and kills and bare and (early.tag_ == "VBG") == (late.tag_ == "VBG"):
            return True
    return False


def _befallen(token: Token, entries: list, together: bool) -> Iterator[tuple[Harm, list[Token]]]:
    verbal = token.tag_[:2] == "VB" and not (token.dep_ in {"amod", "compound"} and token.i < token.head.i)
    for with_, harm, role, _ in entries:
        if with_ and not _stands_with(token, with_):
            continue
        if role in VERBS:
            if not verbal:
                continue
            whom = list(victims.of_verb(token, "object" if role == "losses" else role, with_))
            if role == "losses":
                armed = [t for t in victims.children(token, "nsubj") if lexicon.role(t)]
                whom = [w for w in whom if lexicon.role(w) or (armed and lexicon.is_person(w))]
            if whom:
                whom += victims.along_with(token, scan=together)
                doer = None if role == "losses" or token.lower_ in lexicon.caring() else agent(token, whom)
                told = Harm(harm, token, doer, happened.real(token), lives=role == "lives" and whom[0].lower_ in lexicon.LIVES)
                yield told, [v for w in whom for v in victims.joined(w)]
                if harm != "shot":
                    return
        elif role == "state":
            attached = token.dep_ in {"amod", "compound"}
            whom = [v for w in victims.of_state(token) for v in ([w] if attached else victims.joined(w))]
            verb = verbal and (token.dep_ == "acl" or any(c.dep_ == "dobj" for c in token.children) or any(e[2] in VERBS for e in entries))
            if attached or (whom and not verb):
                real = attached or (happened.real(token) and happened.affirmed(token))
                yield Harm(harm, token, None, real, attached=attached), whom
        elif role in {"noun", "toll"} and token.tag_ in phrases.NOUNS:
            doer, real = _noun_agent(token), happened.affirmed(token)
            yield Harm(harm, token, doer, real, attached=harm != "killed" or role == "toll"), [token]
            if role == "toll":
                yield Harm(harm, token, None, real, attached=True, total=True), [*victims.of_noun(token), *victims.reached(token)]
            else:
                yield Harm(harm, token, doer, real), [v for w in victims.of_noun(token) for v in victims.joined(w)]
        elif role == "body" and token.tag_ in phrases.NOUNS:
            whom = [v for w in victims.of_body(token) for v in victims.joined(w)]
            real = happened.affirmed(token)
            yield Harm(harm, token, None, real, attached=not whom), whom or [token]
        elif role == "person" and (token.tag_ in phrases.NOUNS or (token.tag_ in {"JJ", "VBN"} and victims.stands_as_noun(token))):
            yield Harm(harm, token, None, happened.affirmed(token), attached=True), [token]


def _stands_with(token: Token, words: frozenset[str]) -> bool:
    """Does one of these words hang from the token, near by: "took ... hostage", "hospital patients"?"""
    near = token.doc[max(token.sent.start, token.i - NEAR[0]) : min(token.sent.end, token.i + NEAR[1])]
    # of "five were stabbed, two fatally" two were killed, not five
    return any(t.lower_ in words and _tied(token, t) and not _other_verb_between(token, t) and not _of_number(t) for t in near)


def _of_number(word: Token) -> bool:
    return word.tag_ == "RB" and word.i > 0 and word.nbor(-1).tag_ in {"CD", "PRP"} and word.nbor(-1).lower_ != "it"


def _tied(token: Token, word: Token) -> bool:
    return word.i == token.i + 1 or token.is_ancestor(word) or (token.dep_ == "aux" and word.head.i == token.head.i)


def _other_verb_between(token: Token, word: Token) -> bool:
    return any(t.tag_ in {"VBD", "VBZ", "VBP", "VBG"} for t in token.doc[token.i + 1 : word.i])


def agent(verb: Token, whom: list[Token]) -> Token | None:
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
    return subject if subject is not None and all(subject.i != v.i for v in whom) else None


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
