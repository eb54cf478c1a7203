"""Whom does it befall: the nouns, names, pronouns and numbers that a verb, adjective or noun of harm is about."""

from collections.abc import Iterator

from spacy.tokens import Token

from samestory import phrases
from samestory.casualties import lexicon

BEARERS = phrases.NOUNS | {"CD", "PRP", "DT", "JJ", "WP", "NNS", "VBN", "PRP$"}
OWNED = frozenset("death deaths murder assassination killing execution kidnapping arrest lives life".split())  # "her death"
FOUND = frozenset("found find finds finding discovered recovered dumped left washed lying was were".split())
PAST = frozenset({"VBN", "VBD"})
SHOOTING = frozenset("shoot shoots shot shooting gun guns gunned stabbed".split())
MOST = frozenset("most many some all both half".split())
TOGETHER = frozenset({"along", "together"})
FURTHER = frozenset("another second third fourth fifth".split())
BE = frozenset("was were is are".split())
INCLUDE = BE | frozenset("include includes included".split())
# Who is told of with one article is one person ("a poet and translator"), but not these pairs ("a husband and wife")
PAIRED = frozenset(
    "husband wife father mother son daughter brother sister man woman boy girl child baby couple bride groom driver cousin uncle aunt "
    "nephew niece grandmother grandfather grandson granddaughter sibling law".split()
)


def children(token: Token, *deps: str) -> list[Token]:
    """The children of a word with one of these dependencies."""
    return [c for c in token.children if c.dep_ in deps]


def of_verb(verb: Token, role: str, with_: frozenset[str], depth: int = 0) -> Iterator[Token]:
    """The victims of a verb of harm by its `role` in `data/harms.csv` (`lives`, `subject`, `object`, `both`)."""
    if depth > 4:
        return
    if verb.tag_ in PAST and verb.i and verb.nbor(-1).lower_ in FURTHER:  # "and another injured"
        yield verb.nbor(-1)
        return
    if role == "lives":
        lives = children(verb, "dobj", "nsubjpass")
        yield from [v for life in lives for v in of_noun(life)] or lives
        return
    objects = [o for o in children(verb, "dobj") if o.lower_ not in with_]
    passive = [_people_of(s) for s in _meant(children(verb, "nsubjpass"))]
    subjects = _meant(children(verb, "nsubj"))
    if role == "subject":
        if subjects or passive:
            yield from (phrases.antecedent(s, verb) for s in subjects or passive)
        elif (subject := _behind_and(verb) or phrases.subject(verb)) is not None:
            yield subject
        return
    alike = {"VBG"} if verb.tag_ == "VBG" else {"VBD", "VBN", "VBZ", "VBP", "VB"}
    shared = [c for c in children(verb, "conj") if c.tag_ in alike and children(c, "dobj") and not children(c, "nsubj")]
    if passive:
        yield from (phrases.antecedent(s, verb) for s in passive)
    elif (subject := _clause_before(verb) or _noun_before(verb)) is not None:
        yield subject
    elif objects:
        yield from (phrases.antecedent(o, verb) for o in objects)
        # "killing him and two guards": the parser may join the guards to the verb
        yield from (
            c for c in children(verb, "conj") if c.tag_ in phrases.NOUNS | {"CD"} and c.i > objects[0].i and not children(c, "nsubj")
        )
    elif shared and verb.tag_ != "VBN":  # "killed and wounded 20"
        yield from children(shared[0], "dobj")
    elif verb.dep_ in {"acl", "relcl"} and verb.tag_ in PAST and not subjects:
        yield verb.head
    elif subjects and (role == "both" or verb.tag_ == "VBN" or (not children(verb, "aux") and _clipped(verb, subjects[0]))):
        yield from (phrases.antecedent(s, verb) for s in subjects)
    elif verb.dep_ == "conj" and verb.tag_ in PAST and verb.head.tag_[:2] == "VB":
        yield from of_verb(verb.head, "object", with_, depth + 1)
    elif verb.dep_ in {"xcomp", "ccomp", "oprd", "acomp", "advcl"} and verb.tag_ in PAST and verb.head.tag_[:2] == "VB":
        yield from (children(verb.head, "dobj") or children(verb.head, "nsubjpass", "nsubj"))[:1]
    elif verb.tag_ != "VBN":
        yield from _clause_behind(verb)


def _meant(subjects: list[Token]) -> list[Token]:
    """Of two subjects the nearer one ("In Leeds, a driver was killed" may be parsed with two), unless "and" joins them."""
    if any(children(s, "cc") for s in subjects[:-1]):
        return subjects
    return ([s for s in subjects if s.lower_ not in MOST] or subjects)[-1:]  # "nine people, most of them women, were killed"


def _behind_and(verb: Token) -> Token | None:
    """ "Thousands were made homeless and 38 persons ... lost their lives": the number behind "and"."""
    if verb.dep_ != "conj":
        return None
    for i in range(verb.i - 1, verb.head.i, -1):
        if verb.doc[i].tag_ == "CC" and verb.doc[i + 1].tag_ == "CD":
            return next((t for t in verb.doc[i + 2 : min(i + 6, verb.i)] if t.tag_ in phrases.NOUNS), None)
    return None


def _people_of(subject: Token) -> Token:
    """ "Two pilots training for a race were killed": the parser may take the training for the subject."""
    if subject.tag_ != "VBG":
        return subject
    return next((c for c in subject.children if c.i + 1 == subject.i and c.tag_ in {"NNS", "NNPS"}), subject)


def _clause_before(verb: Token) -> Token | None:
    """ "Two nurses working for a charity were killed": the parser may take the nurses for the subject of "working" alone."""
    clause = phrases.child(verb, "csubjpass", "csubj")
    if clause is None or clause.tag_ != "VBG" or not children(verb, "auxpass"):
        return None
    return phrases.child(clause, "nsubj")


def _noun_before(verb: Token) -> Token | None:
    """ "... and another, a cousin of the mayor, was injured": the noun in front of a passive that the parser left without a subject."""
    aux = phrases.child(verb, "auxpass")
    if aux is None or verb.tag_ != "VBN" or aux.i == verb.sent.start:
        return None
    last = _skip(aux.nbor(-1))
    while last.head.i < last.i and last.dep_ not in {"conj", "relcl"}:
        if last.head.lower_ == "including":
            last = _skip(last.head.nbor(-1))
        elif last.head.tag_ in BEARERS | {"IN"}:
            last = last.head
        else:
            break
    return last if last.tag_ in phrases.NOUNS | {"DT", "CD", "PRP"} and last.i < aux.i else None


def _skip(token: Token) -> Token:
    """The first word from here backwards that is no comma and no adverb."""
    while token.i > token.sent.start and (token.is_punct or token.tag_ in {"RB", "MD"}):
        token = token.nbor(-1)
    return token


def _clause_behind(verb: Token) -> list[Token]:
    """ "Gunmen killed an engineer working for the ministry": the same with an object."""
    clauses = [c for c in children(verb, "advcl", "ccomp", "xcomp") if c.tag_ in {"VBG", "VBN"} and c.i > verb.i]
    return [s for c in clauses[:1] for s in children(c, "nsubj", "nsubjpass") if s.i > verb.i]


def _clipped(verb: Token, subject: Token) -> bool:
    """Is this a passive without its "were": "five miners were killed and nine hurt"?"""
    numeral = any(t.tag_ == "CD" for t in [subject, *subject.children]) or subject.lower_ in {"others", "another", "scores", "dozens"}
    return verb.tag_ in PAST and (numeral or verb.dep_ == "conj")


def of_state(word: Token) -> Iterator[Token]:
    """Whom an adjective describes."""
    if word.dep_ in {"amod", "compound"}:
        if not any(t.tag_ == "CC" and t.nbor(1).tag_ == "CD" for t in word.doc[word.i : word.head.i]):  # "homeless and 38 persons"
            yield word.head
        return
    subjects = children(word, "nsubj", "nsubjpass")
    if subjects:
        yield from (phrases.antecedent(s, word) for s in subjects)
        return
    if children(word, "nummod"):
        yield word
        return
    above = word.head
    if word.dep_ in {"conj"} and above.tag_ in {"JJ", "VBN", "NN"}:
        yield from of_state(above)
    elif above.lower_ in SHOOTING and not children(above, "auxpass", "dobj"):
        yield from (t for t in children(above, "npadvmod") if t.i > word.i)  # "shot dead a couple"
    elif above.tag_[:2] == "VB" and above.i != word.i:
        things = children(above, "dobj") or [phrases.antecedent(s, above) for s in children(above, "nsubj", "nsubjpass")]
        if not things and (subject := phrases.subject(above)) is not None:
            things = [subject]
        yield from things[:1]
    elif above.tag_ in BEARERS and word.i > above.i:
        yield above


def of_noun(noun: Token) -> Iterator[Token]:
    """Whom a deed named by a noun befalls: "the killing of 20 civilians", "injuries to four", "her death", "the bodies of six men"."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in {"of", "to"}:
            yield from children(child, "pobj")
        elif child.dep_ == "poss" and noun.lower_ in OWNED:
            yield child
    if noun.dep_ == "dobj":  # "causing injuries to four people": parsers hang "to" on the verb
        yield from (t for p in children(noun.head, "prep") if p.lower_ == "to" and p.i > noun.i for t in children(p, "pobj"))


def of_body(body: Token) -> list[Token]:
    """Whose bodies they are: "the bodies of six men", "their bodies were found"; nobody for a number of bodies ("six bodies")."""
    if children(body, "nummod"):
        return []
    owners = children(body, "poss") if body.head.lower_ in FOUND else []
    return owners or [t for p in children(body, "prep") if p.lower_ == "of" for t in children(p, "pobj")]


def described(dead: Token) -> list[Token]:
    """Who is told of "the dead": "three girls were among the dead", "the victims included two nurses"."""
    verb = (
        dead.head.head if dead.dep_ == "pobj" and dead.head.lower_ in {"among", "amongst"} else dead.head if dead.dep_ == "nsubj" else dead
    )
    if verb.lower_ not in INCLUDE or (verb.lower_ in BE and dead.dep_ == "nsubj" and not children(verb, "attr")):
        return []
    return [t for t in children(verb, "nsubj", "attr", "dobj") if t.i != dead.i and t.tag_ in BEARERS]


def reached(toll: Token) -> list[Token]:
    """The number that a toll is said to be: "rose to 15", "stands at 15 people", "reached 15"; not the one it rose from."""
    verb = toll.head
    if toll.dep_ not in {"nsubj", "nsubjpass", "dobj"}:
        return []
    preps = children(verb, "prep")
    preps += [c for p in preps for c in children(p, "prep")]  # "from 5 to 7"
    things = [t for p in preps for t in children(p, "pobj") if p.lower_ in {"to", "at"} or any(w.tag_ == "TO" for w in t.subtree)]
    things += children(verb, "attr", "dobj") if toll.dep_ != "dobj" else []
    return [t for t in things if t.tag_ == "CD" or children(t, "nummod")]


def stands_as_noun(word: Token) -> bool:
    """Does an adjective stand for people: "the wounded", "three dead"?"""
    return word.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj", "conj", "attr", "ROOT", "appos"} and any(
        c.dep_ in {"nummod", "det"} for c in word.children
    )


def joined(token: Token, depth: int = 0) -> Iterator[Token]:
    """A noun and the nouns that "and", "or", commas, "as well as" or "along with" join to it."""
    yield token
    if depth < 30:
        yield from along_with(token)
        listed = _listed(token)
        for child in token.children:
            joins = child.dep_ == "conj" and child.tag_ in BEARERS and not _same_person(token, child)
            if joins or (child.dep_ == "appos" and listed):
                yield from joined(child, depth + 1)
            elif child.dep_ == "appos":
                yield from (v for c in children(child, "conj") if _more_than_explained(token, child, c) for v in joined(c, depth + 1))
        for other in _strays(token):
            yield from joined(other, depth + 1)


def _strays(token: Token) -> Iterator[Token]:
    """ "Five members of the Council and two guards": the guards, whom the parser joins to the Council."""
    if token.tag_ not in phrases.NOUNS:
        return
    for thing in (t for p in children(token, "prep") if p.i > token.i for t in children(p, "pobj")):
        for other in children(thing, "conj"):
            counted = children(other, "nummod") or any(
                d.lower_ in {"a", "an", "his", "her", "their"} for d in children(other, "det", "poss")
            )
            if counted and lexicon.is_person(other) and not lexicon.is_person(thing):
                yield other


def _same_person(first: Token, second: Token) -> bool:
    """ "A poet and former translator": one person, for the second noun has no article of its own."""
    bare = second.tag_ == "NN" and not children(second, "det", "poss", "nummod")
    if not bare or first.tag_ != "NN" or not children(first, "det") or {first.lower_, second.lower_} <= PAIRED:
        return False
    subject = first.dep_ in {"nsubj", "nsubjpass"}
    return not subject or any(c.lower_ in {"was", "is", "has"} for c in first.head.children)


def _listed(token: Token) -> bool:
    """ "A teacher, two guards and a child": the parser takes the guards for an explanation of the teacher."""
    explained = children(token, "appos")
    counted = any(c.tag_ in {"NNS", "NNPS"} and children(c, "nummod") for c in explained)
    if children(token, "nummod"):  # "three gunmen, two clerks and a guard", "six sailors, a cook and a stoker"
        goes_on = children(token, "conj")
        return counted or any(children(c, "det") and (goes_on or children(c, "conj")) for c in explained if c.tag_ in {"NN", "NNP"})
    # "A welder, a cook and two boys"; but "a nurse, a mother of three, and her son" are two
    plain = [c for c in explained if children(c, "det") and not any(p.lower_ == "of" for p in children(c, "prep"))]
    several = len(explained) > 1 and any(children(c, "conj") for c in explained)
    several = several or (bool(children(token, "det")) and any(children(c, "conj") and c.tag_ == "NN" for c in plain))
    return token.tag_ in {"NN", "NNP"} and (counted or (several and token.tag_ == "NN"))


def _more_than_explained(token: Token, explained: Token, other: Token) -> bool:
    """ "Omar, the mayor, and his two guards", "the mayor, Omar Ali, and a guest": more than an explanation of one person can hold."""
    if token.tag_ not in {"NN", "NNP"} or other.tag_ not in BEARERS:
        return False
    own = {c.lower_ for c in children(other, "poss", "det")} & ({"his", "her"} if explained.tag_ != "NNP" else {"his", "her", "a", "an"})
    return bool(own) or (other.tag_ in {"NNS", "CD"} and (other.tag_ == "CD" or bool(children(other, "nummod"))))


def along_with(token: Token, *, scan: bool = False) -> list[Token]:
    """Who shares the fate of another: "together with his driver", "as well as two nurses", "as was his wife".

    `scan`: look for "along" and "together" among all words behind a verb.
    """
    found = []
    for c in token.children:
        if c.i <= token.i:
            continue
        if c.lower_ in TOGETHER:
            found += _with(c)
        elif c.lower_ == "with" and c.dep_ == "prep" and token.tag_[:2] == "VB":
            found += [t for t in children(c, "pobj") if _own_people(t)]
        elif c.dep_ == "npadvmod" and c.tag_ in phrases.NOUNS and any(a.lower_ == "well" for a in token.doc[max(token.i, c.i - 8) : c.i]):
            found.append(c)
        elif c.dep_ == "advcl" and c.lower_ in BE and any(m.lower_ == "as" for m in children(c, "mark", "advmod")):
            found += [t for t in children(c, "attr", "nsubj") if t.i > c.i]
    if scan and token.tag_[:2] == "VB":
        found += [v for t in _clause(token) if t.lower_ in TOGETHER and t.head.i != token.i for v in _with(t)]
    return found


def _own_people(token: Token) -> bool:
    """ "Killed with his son", "with two of her guards"; not "with his own gun"."""
    of = [t for p in children(token, "prep") if p.lower_ == "of" for t in children(p, "pobj")]
    return any(lexicon.is_person(t) and {c.lower_ for c in children(t, "poss")} & {"his", "her", "their"} for t in [token, *of])


def _with(together: Token) -> list[Token]:
    following = together.nbor(1) if together.i + 1 < len(together.doc) else together
    return children(following, "pobj") if following.lower_ == "with" else []


def _clause(verb: Token) -> Iterator[Token]:
    """The words behind a verb up to the next verb: parsers hang "along with his brother" on any noun between."""
    for token in verb.doc[verb.i + 1 : verb.sent.end]:
        if token.tag_[:2] == "VB" or token.tag_ in {"MD", "CC"}:
            return
        yield token
