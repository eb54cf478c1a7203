"""Which numbers count people, and which single people are harmed without a number?"""

import dataclasses
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from samestory import phrases
from samestory.casualties import digits, happened, harms, lexicon, numbers, pronouns, share, victims
from samestory.casualties.group import Group
from samestory.casualties.harms import Harm
from samestory.casualties.numbers import Number
from samestory.parse import has_parse

PARTITIVE = frozenset("of from among amongst".split())
TIES = frozenset("nummod amod compound nmod quantmod det advmod".split())
MODIFIERS_BETWEEN = 5  # words between a number and its noun, at most
SINGLE = frozenset("he she him her his himself herself".split())
UNITS = frozenset("year years month months".split())
THIRD = frozenset("other second third fourth fifth".split())  # "wounded a third"
BESIDES = frozenset("also later subsequently".split())
DYING = frozenset("die dies died dying succumb succumbs succumbed".split())
WOUNDS = frozenset("wounds injuries wound injury burns".split())
# Of these "of" names those who are meant: "a total of 25 people", "a group of 12 tourists"
WHOLES = frozenset("total number group team crowd gang crew family party convoy band busload".split())
NOBODY = frozenset("nobody none".split())
SEVERE = frozenset("seriously badly critically gravely severely".split())
# Endings of nouns for people, for words that the list lacks; only trusted where the word suffers a harm.
PERSON_ENDING = re.compile(r"(?:m[ae]n|wom[ae]n|ists?|[ei]ans?|eers?|[^aeiou]ers?|ors?|ees?|ants?|crats?|philes?|folks?|mates?)\Z")


def find(doc: Doc, text: str) -> list[Group]:
    """The numbers of people in a Doc and the single victims without a number, in the order of the text (`text` is `doc.text`)."""
    if not len(doc):
        return []
    parsed = has_parse(doc)
    found = harms.find(doc)
    starts = [t.idx for t in doc]
    taken: set[int] = set()
    groups = []
    for number in numbers.find(text):
        first = max(bisect_right(starts, number.at) - 1, 0)
        inside = [t for t in doc[first : bisect_left(starts, number.to)] if not t.is_space]
        if inside:
            word = text[number.at : number.to].lower()
            group = _counted(doc, number, word, inside, found, taken) if parsed else _without_parse(doc, number, word, inside)
            groups += [group] if group else []
    groups += _implied(doc, found, taken)
    groups.sort(key=lambda group: (group.start, group.end))
    begins = [doc[s.start].idx for s in doc.sents]
    for group in groups:
        group.sentence = max(bisect_right(begins, group.start) - 1, 0)
    if parsed:
        share.spread(doc, text, groups)
    more = list(pronouns.resolve(doc, groups, found, begins))
    return sorted(groups + more, key=lambda group: (group.start, group.end)) if more else groups


def _counted(doc: Doc, number: Number, word: str, inside: list[Token], found: dict[int, Harm], taken: set[int]) -> Group | None:
    """The group of a number when it counts people, None otherwise."""
    within = {t.i for t in inside}
    top = next((t for t in reversed(inside) if t.head.i not in within), inside[-1])
    if word == "one" and inside[0].i > 0 and inside[0].nbor(-1).lower_ in {"no", "not"}:
        return None  # "no one", "not one person"
    noun, partitive = _noun(top, inside)
    of_them = partitive and noun is None and _of_pronoun(top)
    if of_them:
        noun = _said_of(top)
    elif top.dep_ == "nummod" and inside[0].i > 0 and _numbers(inside[0].nbor(-1), top.head):
        return None
    # "Thousands rally on border": the parser may take the verb of a headline for a noun, but no one counts "thousands" of one
    headline = top.head.tag_ == "NN" and top.dep_ in {"nummod", "compound", "nmod", "nsubj"} and top.is_sent_start
    if headline and number.qualifier == "vague" and noun is not None and noun.i == top.head.i and not lexicon.kind(noun):
        noun = None
    harm = found.get(noun.i) if noun is not None else None
    direct = next((found[i] for i in [top.i, *sorted(within), *_whole(top, noun)] if i in found), None)
    if direct is not None and (harm is None or harm.attached or partitive):
        harm = direct
    harm = _verb_in_front(doc, number, harm) or _verb_behind(noun or inside[-1], harm, bare=noun is None) or harm
    if noun is None:
        verb = top.head.tag_[:2] == "VB" and top.dep_ in {"nsubj", "nsubjpass"}
        standing = number.qualifier == "vague" and top.lower_.endswith("s") and (verb or headline)
        if not standing and not of_them and (harm is None or (harm.harm == "other" and not harm.either)):
            return None
    elif not _is_person(noun, harm):
        return None
    # "One man", "one activist": an article, unless harm is done to exactly one
    named = harm is not None and noun is not None and harm.trigger.i == noun.i and harm.harm in {"killed", "injured"}  # "one injury"
    if word == "one" and not named and (harm is None or harm.harm in {"other", "trapped"} or harm.attached):
        return None
    if inside[-1].i + 1 < len(doc) and inside[-1].nbor(1).lower_ in UNITS:
        return None  # "a forty-seven year old person"
    taken |= within | ({noun.i} if noun is not None else set())
    told = "total" if harm is not None and harm.total else _told(doc, inside, harm)
    alone = of_them and noun is None and harm is None
    return Group(number.start, number.end, number.low, number.high, number.qualifier, top, noun, harm, told=told, only_part=alone)


def _verb_in_front(doc: Doc, number: Number, harm: Harm | None) -> Harm | None:
    """ "Killed three and injured six": the verb of harm directly in front of a number, whatever the parser tied the number to."""
    first = doc.char_span(number.start, number.end, alignment_mode="expand")[0]
    verb = first.nbor(-1) if first.i else first
    if verb.i == first.i or verb.tag_[:2] != "VB" or (harm is not None and not harm.attached):
        return None
    name = next((h for needs, h, role in lexicon.harms().get(verb.lower_, ()) if not needs and role in {"object", "both"}), "")
    passive = any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children)
    return None if not name or passive else Harm(name, verb, harms.agent(verb, [first]), happened.real(verb))


def _verb_behind(last: Token, harm: Harm | None, *, bare: bool) -> Harm | None:
    """ "Two killed and seventeen injured": the participle of harm directly behind a number, whatever the parser tied it to."""
    verb = last.nbor(1) if last.i + 1 < len(last.doc) else last
    if verb.tag_ not in {"VBN", "VBD", "JJ"} or (harm is not None and not harm.attached and not bare):
        return None
    name = next((h for needs, h, role in lexicon.harms().get(verb.lower_, ()) if not needs and role in {"object", "state"}), "")
    active = any(c.dep_ == "dobj" or (c.dep_ == "nsubj" and c.i > verb.i) for c in verb.children)
    return None if not name or active else Harm(name, verb, harms.agent(verb, [last]), happened.real(verb))


def _numbers(before: Token, noun: Token) -> bool:
    """Does the number belong to the word before it, with a capital and in the same phrase ("Squadron 12 pilots")?"""
    same = before.i == noun.i or (before.dep_ in {"nmod", "compound"} and before.head.i == noun.i)
    return same and before.text.istitle() and before.tag_ in {"NN", "NNP"}


def _whole(top: Token, noun: Token | None) -> list[int]:
    """The "total" in "a total of 25 people", whose harm is theirs."""
    ofs = [t.head for t in (top, noun) if t is not None and t.dep_ == "pobj" and t.head.lower_ == "of"]
    return [of.head.i for of in ofs if of.head.lower_ in WHOLES]


def _of_pronoun(top: Token) -> bool:
    """Does a number take a part of people named before: "two of them", "four of whom"?"""
    return any(p.lower_ in {"them", "whom"} for c in top.children if c.lower_ == "of" for p in c.children)


def _said_of(top: Token) -> Token | None:
    """What a part is said to be: "women" in "two of them women", "soldiers" in "four of whom were soldiers"."""
    of = phrases.child(top, "prep")
    said = [top.head, *(c for c in top.head.children if c.dep_ == "attr"), *(c for c in of.children if c.dep_ == "appos")]
    return next((t for t in said if t.i > top.i and t.tag_ in phrases.NOUNS and lexicon.is_person(t)), None)


def _told(doc: Doc, inside: list[Token], harm: Harm | None) -> str:
    """`more` for "another ten", "two others", "five were also killed"; `definite` for "the five"; `total` for "a total of 20"; else `new`."""
    before = doc[max(0, inside[0].i - 5) : inside[0].i].text.lower() + " "
    after = doc[inside[-1].i + 1 : inside[-1].i + 4].text.lower()
    if re.search(r"\b(?:total of|in all,?|altogether,?|in total,?|toll (?:\w+ ){0,3}(?:to|at|of))\s*\Z", before):
        return "total"
    if re.search(r"\b(?:another|further|additional|also)\s*\Z", before) or re.match(
        r"(?:\w+\s)?(?:other|others|more|additional|further)\b", after
    ):
        return "more"
    of_known = re.match(r"of (?:the )?(?:victims|dead|killed|fatalities)\b", after)
    if of_known or re.search(r"\b(?:the|these|those|all|both)\s*\Z", before) or (harm is not None and _retold(harm.trigger)):
        return "definite"
    return "more" if harm is not None and _besides(harm.trigger) else "new"


def _besides(trigger: Token) -> bool:
    """Does the text say that this harm came on top of another: "was also killed", "later died", "died of his wounds"?"""
    if any(c.lower_ in BESIDES for c in trigger.children):
        return True
    return trigger.lower_ in DYING and any(
        t.lower_ in WOUNDS for p in trigger.children if p.lower_ in {"of", "from"} for t in p.children
    )


def _retold(trigger: Token) -> bool:
    """ "The attack that killed their father": a deed that the text takes as known."""
    return trigger.dep_ == "relcl" and any(c.lower_ in {"the", "this"} for c in trigger.head.children) and not lexicon.is_person(trigger.head)


def _noun(top: Token, inside: list[Token]) -> tuple[Token | None, bool]:
    """The noun a number counts, and whether it takes a part of them ("two of the hostages"); None for a number that stands alone."""
    doc, last, head = top.doc, inside[-1], top.head
    of = next((c for c in top.children if c.dep_ == "prep" and c.lower_ in PARTITIVE and c.i > top.i), None)
    following = doc[last.i + 1] if last.i + 1 < len(doc) else None
    if of is None and following is not None and following.lower_ == "of" and any(following.head.i == t.i for t in inside):
        of = following
    if of is not None and (thing := phrases.child(of, "pobj")) is not None:
        return (thing if thing.tag_ in phrases.NOUNS else None), top.tag_ == "CD"
    named = head.tag_ == "JJ" and head.text[0].isupper()  # "one Iraqi"
    tied = top.dep_ in TIES and (named or head.tag_ in phrases.NOUNS) and last.i < head.i < last.i + 9
    if tied and not any(t.tag_ == "CD" for t in doc[last.i + 1 : head.i]):
        after = doc[head.i + 1] if head.i + 1 < len(doc) else None
        if after is not None and after.tag_ in phrases.NOUNS and lexicon.is_person(after):
            return after, False  # "two army personnel"
        return head, False
    return _next_noun(doc, last), False


def _next_noun(doc: Doc, last: Token) -> Token | None:
    """The person noun directly behind a number, when the parse did not tie the two together."""
    best = None
    for token in doc[last.i + 1 : last.i + 1 + MODIFIERS_BETWEEN]:
        if token.tag_ not in phrases.MODIFIERS or token.tag_ == "VBG":
            break
        if token.tag_ in phrases.NOUNS or (token.lower_ == "other" and best is None):
            best = token
    return best if best is not None and lexicon.is_person(best) else None


def _is_person(noun: Token, harm: Harm | None) -> bool:
    """Is this a noun for people? By the list; a noun that is killed or injured is a person unless the list says otherwise."""
    known = lexicon.kind(noun)
    if known or harm is None:
        return known in lexicon.PERSON
    if harm.trigger.i == noun.i and harm.harm != "other":  # "20 deaths", "82 killings", "194 patients"
        return True
    if harm.lives:
        return noun.lower_ in {"lives", "life"}
    looks = bool(PERSON_ENDING.search(noun.lower_))
    if harm.attached:
        return looks and harm.harm in {"killed", "injured"}
    named = noun.tag_ in {"NNP", "JJ"} and noun.text[0].isupper()
    return harm.harm in {"killed", "injured", "shot", "detained"} and (noun.tag_ in {"NNS", "NNPS"} or looks or named)


def _implied(doc: Doc, found: dict[int, Harm], taken: set[int]) -> Iterator[Group]:
    """Single victims without a number ("a policeman was killed", a name, "he"), and "nobody" with the bounds 0, 0."""
    for i, harm in found.items():
        token = doc[i]
        if i not in taken and _nobody(token, harm):
            harms_ = ("killed", "injured") if harm.harm == "other" else (harm.harm,)
            for name in harms_:
                none = dataclasses.replace(harm, harm=name, real=True)
                yield Group(token.idx, token.idx + len(token), 0, 0, "exact", token, token, none, True, "none")
            continue
        if i in taken or harm.harm not in {"killed", "injured", "shot"} or any(c.i in taken and c.dep_ == "nummod" for c in token.children):
            continue
        determiners = {c.lower_ for c in token.children if c.dep_ in {"det", "poss", "amod", "nummod"}}
        if token.lower_ in {"body", "corpse"} and token.head.lower_ in victims.FOUND and not victims.of_body(token):
            count, told = 1, "definite"
        elif harm.attached or harm.trigger.i == i:
            continue
        else:
            count, told = _single(token, harm, determiners)
        if count and not determiners & {"no", "any", "every", "each"}:
            further = determiners & victims.FURTHER and not determiners & {"the", "this", "his", "her"}
            if further or token.lower_ in victims.FURTHER | THIRD or (told == "new" and _besides(harm.trigger)):
                told = "more"
            elif told == "new" and _retold(harm.trigger):
                told = "definite"
            yield Group(token.idx, token.idx + len(token), count, count, "exact", token, token, harm, True, told)


def _nobody(token: Token, harm: Harm) -> bool:
    """Does the text say that nobody was killed or injured: "no one was hurt", "no casualties were reported"?

    Not when only some are spoken of ("no soldiers", "none of the passengers", "no civilian casualties"), or one degree ("seriously hurt").
    """
    named, trigger = harm.trigger.i == token.i, harm.trigger  # "no deaths": the word of harm itself
    first = token.head if token.dep_ == "conj" and named else token  # "no deaths or injuries"
    no = any(c.lower_ == "no" or (c.tag_ == "CD" and any(n.lower_ == "not" for n in c.children)) for c in first.children)
    casualties = harm.harm in {"killed", "injured"} or harm.either or (harm.harm == "other" and harm.attached)
    if not casualties or not (no or token.lower_ in NOBODY):
        return False
    anybody = named or token.lower_ in NOBODY | {"one"} or lexicon.kind(token) == "general"
    narrowed = any(
        (c.dep_ in {"amod", "compound", "relcl"} and c.lower_ != "reported") or c.lower_ in {"of", "among"}
        for c in [*first.children, *token.children]
    )
    severe = any(c.lower_ in SEVERE for c in trigger.children)
    return anybody and not narrowed and not severe and not happened.supposed(trigger.head if named else trigger)


def _single(token: Token, harm: Harm, determiners: set[str]) -> tuple[int, str]:
    """How many a victim without a number is (0 = not known or no person), and how it is told."""
    if token.lower_ in THIRD and determiners:
        return 1, "more"
    if token.tag_ == "NN" or (token.tag_ == "NNS" and determiners & {"a", "an"}):  # "a security personnel"
        if victims.of_body(token) and token.lower_ in {"body", "corpse"}:
            return 0, ""
        paired = {token.lower_, token.head.lower_} <= victims.PAIRED
        if token.dep_ == "conj" and not determiners and not paired and not any(c.lower_ in {"were", "are", "have"} for c in harm.trigger.children):
            return 0, ""  # "a poet and translator was killed": one person
        known, count, _ = lexicon.people().get(token.lower_, lexicon.NOT_LISTED)
        if known not in lexicon.PERSON and not (not known and determiners and PERSON_ENDING.search(token.lower_)):
            return 0, ""
        if determiners & {"a", "an"}:
            count = max(count, 1)  # "a security personnel"
        return count, "definite" if determiners & {"the", "this", "that"} else "new"
    if token.tag_ == "JJ" and token.text[0].isupper() and determiners & {"a", "an", "another"}:
        return 1, "new"
    if token.tag_ == "NNS" and "both" in determiners and lexicon.is_person(token) and not _coupled(token):
        return 2, "definite"
    alone = token.tag_ == "NNPS" and any(c.lower_ in {"was", "is", "has"} for c in harm.trigger.children)
    if token.tag_ == "NNP" or (alone and not lexicon.kind(token)):
        first = phrases.phrase_start(token)
        other = (
            (first.i > 0 and first.nbor(-1).lower_ in phrases.LOCATIVE)  # "In Leeds, a driver was killed"
            or lexicon.kind(token) in {"cause", "not_person"} or digits.is_month(token.text) or (token.lower_.endswith("s") and "the" in determiners)
        )
        return (0 if other else 1), "name"
    if token.lower_ in SINGLE:
        return 1, "definite"
    return int(token.lower_ in {"another", "someone", "somebody"}), "new"


def _coupled(noun: Token) -> bool:
    """ "Both local and foreign fighters": "both" belongs to the "and"."""
    return any(c.dep_ in {"conj", "cc"} for m in [noun, *noun.children] for c in m.children if m.i <= noun.i)


def _without_parse(doc: Doc, number: Number, word: str, inside: list[Token]) -> Group | None:
    """Without a parse: a person noun within the next words makes it people; the nearest word of harm in the sentence says which harm."""
    if word == "one":
        return None
    last = inside[-1]
    noun = None
    for token in doc[last.i + 1 : last.i + 1 + MODIFIERS_BETWEEN]:
        if token.is_punct or token.lower_ in {"and", "or", "were", "was", "in", "by"}:
            break
        if lexicon.is_person(token):
            noun = token
            break
    if noun is None:
        return None
    words = lexicon.harms()
    near = sorted((t for t in inside[0].sent if t.lower_ in words), key=lambda t: abs(t.i - last.i))
    named = [(t, h) for t in near for needs, h, role in words[t.lower_] if not needs and role in {"object", "subject", "state", "both"}]
    harm = Harm(named[0][1], named[0][0], None, True) if named else None
    start = doc[last.i + 1 if doc[last.i + 1].lower_ != "of" else last.i + 2].idx
    words = (min(start, noun.idx), noun.idx + len(noun))
    return Group(
        number.start, number.end, number.low, number.high, number.qualifier, last, None, harm, told=_told(doc, inside, None), words=words
    )
