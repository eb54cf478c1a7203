"""Which numbers count people, and whom do they count?"""

from bisect import bisect_left, bisect_right

from spacy.tokens import Doc, Token

from samestory import phrases
from samestory.casualties import digits, happened, harms, lexicon, numbers, pronouns, share, singles, told
from samestory.casualties.group import Group
from samestory.casualties.harms import Harm
from samestory.casualties.numbers import Number
from samestory.parse import has_parse

PARTITIVE = frozenset("of from among amongst".split())
TIES = frozenset("nummod amod compound nmod quantmod det advmod".split())
MODIFIERS_BETWEEN = 5  # words between a number and its noun, at most
UNITS = frozenset("year years month months".split())
# Of these "of" names those who are meant: "a total of 25 people", "a group of 12 tourists"
WHOLES = frozenset("total number group team crowd gang crew family party convoy band busload".split())


def find(doc: Doc, text: str) -> list[Group]:
    """The numbers of people in a Doc and the single victims without a number, in the order of the text (`text` is `doc.text`)."""
    if not len(doc):
        return []
    parsed = has_parse(doc)
    found = harms.find(doc)
    numbered = numbers.find(text)
    if not numbered and not found:
        return []
    starts = doc.to_array("IDX").tolist()
    taken: set[int] = set()
    groups = []
    for number in numbered:
        first = max(bisect_right(starts, number.at) - 1, 0)
        inside = [t for t in doc[first : bisect_left(starts, number.to)] if not t.is_space]
        if inside:
            word = text[number.at : number.to].lower()
            group = _counted(doc, number, word, inside, found, taken) if parsed else _without_parse(doc, number, word, inside)
            groups += [group] if group else []
    groups += singles.find(doc, found, taken)
    groups.sort(key=lambda group: (group.start, group.end))
    begins = [starts[i] for i, first in enumerate(doc.to_array("SENT_START").tolist()) if i == 0 or first == 1]
    for group in groups:
        group.sentence = max(bisect_right(begins, group.start) - 1, 0)
    if parsed:
        share.spread(doc, text, groups)
        _died_of_it(groups)
    more = list(pronouns.resolve(doc, groups, found, begins))
    return sorted(groups + more, key=lambda group: (group.start, group.end)) if more else groups


def _counted(doc: Doc, number: Number, word: str, inside: list[Token], found: dict[int, Harm], taken: set[int]) -> Group | None:
    """The group of a number when it counts people, None otherwise."""
    within = {t.i for t in inside}
    top = next((t for t in reversed(inside) if t.head.i not in within), inside[-1])
    if word == "one" and inside[0].i > 0 and inside[0].nbor(-1).lower_ in {"no", "not"}:
        return None  # "no one", "not one person"
    noun, partitive = _noun(top, inside)
    if _is_year(word, inside[0], noun):
        return None
    of_them = partitive and noun is None and _of_pronoun(top)
    if of_them:
        noun = said_of(top)
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
    bare = noun is None
    harm = _verb_in_front(doc, number, harm, bare=bare) or _verb_behind(noun or inside[-1], harm, bare=bare) or harm
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
    way = "total" if harm is not None and harm.total else "definite" if harm is not None and harm.among else told.how(doc, inside, harm)
    alone = of_them and noun is None and harm is None
    return Group(number.start, number.end, number.low, number.high, number.qualifier, top, noun, harm, told=way, only_part=alone)


def _died_of_it(groups: list[Group]) -> None:
    """ "... wounding Haddad. Haddad later died": a name told of as injured before, whose death comes on top of the others."""
    for place, group in enumerate(groups):
        if group.told != "name" or group.harm is None or group.harm.harm != "killed" or not told.besides(group.harm.trigger):
            continue
        before = (g for g in groups[:place] if g.told == "name" and g.harm is not None and g.harm.harm == "injured")
        if any(g.noun.text == group.noun.text for g in before):
            group.told = "more"


def _verb_in_front(doc: Doc, number: Number, harm: Harm | None, *, bare: bool) -> Harm | None:
    """ "Killed four and hurt nine": the verb of harm directly in front of a number, whatever the parser tied the number to."""
    first = doc.char_span(number.start, number.end, alignment_mode="expand")[0]
    verb = first.nbor(-1) if first.i else first
    tied = harm is not None and not harm.attached and (not bare or harm.trigger.i == verb.i)
    if verb.i == first.i or verb.tag_[:2] != "VB" or tied:
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


def _is_year(word: str, first: Token, noun: Token | None) -> bool:
    """ "The 2016 massacre", "survivors of the 1988 killings": four figures behind an article or in front of a noun of harm."""
    if not digits.YEAR.fullmatch(word):
        return False
    before = first.nbor(-1) if first.i else first
    return before.tag_ in {"DT", "PRP$", "POS"} or (noun is not None and not lexicon.is_person(noun) and noun.tag_ != "NNS")


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


def said_of(top: Token) -> Token | None:
    """What a part is said to be: "women" in "two of them women", "soldiers" in "four of whom were soldiers"."""
    explained = [c for of in top.children if of.dep_ == "prep" for c in of.children if c.dep_ == "appos"]
    said = [top.head, *(c for c in top.head.children if c.dep_ == "attr"), *explained]
    return next((t for t in said if t.i > top.i and t.tag_ in phrases.NOUNS and lexicon.is_person(t)), None)


def _noun(top: Token, inside: list[Token]) -> tuple[Token | None, bool]:
    """The noun a number counts, and whether it takes a part of them ("two of the hostages"); None for a number that stands alone."""
    doc, last, head = top.doc, inside[-1], top.head
    of = next((c for c in top.children if c.dep_ == "prep" and c.lower_ in PARTITIVE and c.i > top.i), None)
    following = doc[last.i + 1] if last.i + 1 < len(doc) else None
    if of is None and following is not None and following.lower_ == "of" and any(following.head.i == t.i for t in inside):
        of = following
    if of is not None and (thing := phrases.child(of, "pobj")) is not None:
        return (thing if thing.tag_ in phrases.NOUNS or lexicon.is_person(thing) else None), top.tag_ == "CD"
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
        return noun.lower_ in lexicon.LIVES
    looks = bool(lexicon.PERSON_ENDING.search(noun.lower_))
    if harm.attached:
        return looks and harm.harm in {"killed", "injured"}
    named = noun.tag_ in {"NNP", "JJ"} and noun.text[0].isupper()
    unlisted = noun.tag_ in {"NNS", "NNPS"} and harm.trigger.lower_ in lexicon.done_to_people() | lexicon.caring()
    return harm.harm in {"killed", "injured", "shot", "detained"} and (unlisted or looks or named)


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
        number.start, number.end, number.low, number.high, number.qualifier, last, None, harm, told=told.how(doc, inside, None), words=words
    )
