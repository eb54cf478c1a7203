"""Who does it, to whom, of whom is it said? The words of a clause that fill the places beside a word that judges.

Words are numbers in one parse (`tree.Tree`).
"""

import types
from collections.abc import Iterable

from samestory.sentiment.tree import Tree

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
# In front of whom or what is judged: attacks on, anger at, support for, charges against, victory over, proud of ...
AT = frozenset("on at against about for of with to toward towards over upon in behind into after around out past".split())
TOWARDS = AT - {"of", "after", "around", "out", "past", "upon", "into"}
AGAINST = frozenset("against toward towards".split())
MEANWHILE = frozenset("during amid after before since until".split())
ASIDE = MEANWHILE | frozenset("at in on near from outside inside across around into through".split())
FROM = frozenset({"by", "from", "among"})
BELONGS = frozenset({"poss", "prep"})
DEPTH = 6  # verbs above one another that a subject is looked for in
CHAIN = 4  # words above a word that a "not" is looked for beside
OWNED = 0.7  # what is said of an actor's policy, campaign or words counts so much for the actor
OF_OWNED = 0.8  # and in "the policy of X" so much of that
DOWN = ("acomp", "attr", "oprd", "dobj", "xcomp", "advmod")
UP = frozenset((*DOWN, "pobj", "prep", "amod", "pcomp", "agent", "compound"))
NOT = frozenset("not n't never hardly barely scarcely rarely seldom few no nobody nothing neither nor".split())


def meant(tree: Tree, i: int) -> int:
    """The noun that "who", "which" or "that" stands for in a relative clause; any other word itself."""
    if tree.tag[i] in {"WP", "WDT"} or (tree.low[i] == "that" and tree.dep[i] in {"nsubj", "nsubjpass", "dobj"}):
        for a in tree.above(i):
            if tree.dep[a] == "relcl":
                return tree.head[a]
    return i


def subjects(tree: Tree, verb: int, depth: int = 0) -> list[tuple[int, bool]]:
    """Whom a verb is said of, and whether as the one it is done to ("was accused", "a man accused of"); verbs share subjects."""
    own = tree.kids(verb, *SUBJECTS)
    if own:
        return [(meant(tree, own[0]), tree.dep[own[0]] == "nsubjpass")]
    if depth > DEPTH:
        return []
    dep, head = tree.dep[verb], tree.head[verb]
    if dep == "acl":
        return [(head, tree.tag[verb] == "VBN")]
    if dep == "relcl":
        return [(head, False)]
    if dep == "conj" and (tree.verb(head) or tree.tag[head][:2] in {"MD", "JJ"}):
        same = tree.passive(head) and tree.tag[verb] in {"VBN", "VBD"} and not tree.kids(verb, "dobj")
        found = subjects(tree, head, depth + 1)
        return found if same else [(i, False) for i, _ in found]
    if dep == "pcomp":  # "by lying": who does the rest; "accused him of lying": him
        by, head = tree.low[head] == "by", tree.head[head]
        if by:
            return subjects(tree, head, depth + 1) if tree.verb(head) else []
        if tree.noun(head):
            return [(i, False) for i in tree.kids(head, "poss")]
    if dep in {"xcomp", "pcomp"} and tree.verb(head) and (told := tree.kids(head, "dobj")):
        return [(meant(tree, told[0]), False)]
    if dep == "xcomp" or (dep in {"pcomp", "advcl", "ccomp"} and (tree.verb(head) or tree.tag[head] == "MD")):
        done_to = dep == "advcl" and tree.tag[verb] == "VBN" and not tree.kids(verb, "dobj")  # "Accused of fraud, he resigned"
        return [(i, done_to) for i, _ in subjects(tree, head, depth + 1)]
    return []


def said_of(tree: Tree, verb: int) -> list[int]:
    """Whom a verb is said of, in whatever role."""
    return [i for i, _ in subjects(tree, verb)]


def roles(tree: Tree, i: int, part: str, *, person: bool, of_doer: bool, receives: frozenset[str]) -> types.SimpleNamespace:
    """The words in the places beside a word that judges: `by` (who does or feels it), `of` (to whom), `told` (who is called so).

    part: verb, noun, adjective or adverb; `person`: a noun for a person, whose owner is somebody else ("Smith's critics"); `of_doer`: "of"
    after the noun names the doer ("the failure of"), not the one it is done to ("criticism of"). `receives`: verbs whose subject is not the
    doer of their object ("faced criticism").
    """
    found = types.SimpleNamespace(by=[], of=[], told=[])
    if part == "adverb":
        above = tree.head[i]
        found.told = said_of(tree, above) if tree.verb(above) else described(tree, above) if tree.tag[above].startswith("JJ") else []
    elif tree.verb(i):
        _of_verb(tree, i, found)
    elif part == "adjective" or tree.tag[i].startswith("JJ"):
        found.told = described(tree, i)
    elif tree.noun(i):
        _of_noun(tree, i, found, person=person, of_doer=of_doer)
        _of_governor(tree, i, found, person=person, receives=receives)
    return found


def _of_verb(tree: Tree, i: int, found: types.SimpleNamespace) -> None:
    if tree.dep[i] == "amod":  # "the accused minister", "a threatening neighbour"
        (found.of if tree.tag[i] == "VBN" else found.by).append(tree.head[i])
        return
    passive = tree.passive(i)
    for who, done_to in subjects(tree, i):
        (found.of if done_to or (passive and tree.dep[who] == "nsubjpass") else found.by).append(who)
    objects = [meant(tree, c) for c in tree.kids(i, "dobj", "dative")]
    found.of += objects
    at = AGAINST if objects else AT  # "accused the army of shelling homes": the homes are not accused
    for c in tree.below[i]:
        if tree.dep[c] == "agent" or (passive and tree.low[c] == "by"):
            found.by += tree.kids(c, "pobj")
        elif tree.dep[c] in {"prep", "dative"} and tree.low[c] in at and not passive:
            found.of += tree.kids(c, "pobj")
    if tree.dep[i] == "relcl" and not passive and not tree.kids(i, "dobj"):
        own = tree.kids(i, "nsubj")
        if own and meant(tree, own[0]) == own[0]:  # "the man they praised"
            found.of.append(tree.head[i])


def _of_noun(tree: Tree, i: int, found: types.SimpleNamespace, *, person: bool, of_doer: bool) -> None:
    for c in tree.below[i]:
        dep, low = tree.dep[c], tree.low[c]
        if dep == "appos":
            found.told.append(c)
        elif person and dep in BELONGS:
            continue
        elif dep == "poss" or (dep == "compound" and tree.tag[c] in {"NNP", "NNPS"}):
            found.by.append(c)
        elif dep == "prep" and low in FROM:
            found.by += tree.kids(c, "pobj")
        elif dep == "prep" and low == "of":
            (found.by if of_doer else found.of).extend(tree.kids(c, "pobj"))
        elif dep == "prep" and low in TOWARDS:
            found.of += tree.kids(c, "pobj")
    if tree.dep[i] in {"appos", "compound", "nmod"}:
        found.told.append(tree.head[i])


def _of_governor(tree: Tree, i: int, found: types.SimpleNamespace, *, person: bool, receives: frozenset[str]) -> None:
    while tree.dep[i] == "conj" and tree.noun(tree.head[i]):
        i = tree.head[i]
    dep, above = tree.dep[i], tree.head[i]
    if dep == "attr":
        found.told += said_of(tree, above)
    elif dep == "oprd":
        found.told += [meant(tree, c) for c in tree.kids(above, "dobj", "nsubjpass")]
    elif dep == "nsubj" and tree.verb(above):
        found.of += tree.kids(above, "dobj")
    elif dep == "dobj" and tree.verb(above):
        if not person:  # "punish the criminal" says nothing of who does
            (found.of if tree.low[above] in receives else found.by).extend(said_of(tree, above))
        found.of += tree.kids(above, "dative")
        found.of += [p for c in tree.kids(above, "prep") if tree.low[c] in TOWARDS - {"behind", "in", "with"} for p in tree.kids(c, "pobj")]
    elif dep == "pobj" and tree.dep[above] == "prep" and tree.verb(verb := tree.head[above]):
        if tree.low[above] == "as":  # "described him as a liar", "served as a hero"
            found.told += [meant(tree, c) for c in tree.kids(verb, "dobj", "nsubjpass")] or said_of(tree, verb)
        elif tree.low[above] in {"of", "for"} and (told := tree.kids(verb, "dobj", "nsubjpass")):
            found.told += [meant(tree, c) for c in told]  # "accused him of fraud", "praised for his courage"
        elif tree.low[above] in {"under", "in", "amid", "with"}:
            found.of += said_of(tree, verb)
    elif dep == "pobj" and tree.low[above] in {"of", "for"} and tree.tag[tree.head[above]] in {"NNP", "NNPS"}:
        found.told.append(tree.head[above])  # the same, hung on the name by the parser


def described(tree: Tree, i: int, depth: int = 0) -> list[int]:
    """The words an adjective is said of: its noun, or the subject (or object) of the verb it completes."""
    dep, head = tree.dep[i], tree.head[i]
    if dep in {"amod", "nmod", "compound", "appos"}:
        return [head]
    if dep in {"acomp", "attr"}:
        return said_of(tree, head)
    if dep == "oprd":
        return [meant(tree, c) for c in tree.kids(head, "dobj", "nsubjpass")] or said_of(tree, head)
    if dep == "conj" and tree.tag[head][:2] in {"JJ", "VB", "NN"}:
        return described(tree, head, depth + 1) if depth < DEPTH else []
    if dep in {"ccomp", "xcomp", "ROOT", "advcl", "acl", "relcl"}:
        if own := tree.kids(i, "nsubj", "nsubjpass"):
            return [meant(tree, own[0])]
        if dep in {"acl", "relcl"}:
            return [head]
        told = tree.kids(head, "dobj") if tree.verb(head) and dep != "advcl" else []
        if told and told[0] < i:
            return [meant(tree, told[0])]
        return said_of(tree, head) if dep != "ROOT" else []
    return []


def negated(tree: Tree, i: int, reversers: frozenset[str]) -> bool:
    """Is a word denied: by "not" or "no", after "without", or under a verb such as "failed to", "prevented", "lacks"?"""
    times = sum(tree.dep[c] == "neg" or (tree.low[c] in NOT and c < i and not tree.kids(c, "det")) for c in tree.below[i])
    for _ in range(CHAIN):
        dep, head = tree.dep[i], tree.head[i]
        if head == i or (dep not in UP and dep not in {"conj", "ccomp"}) or (dep == "ccomp" and tree.low[head] not in reversers):
            break
        if dep != "conj":
            times += tree.low[head] == "without"
            times += dep in DOWN and any(tree.dep[c] == "neg" for c in tree.below[head])
            times += dep == "amod" and any(tree.low[c] == "no" for c in tree.below[head])
            times += dep in {"dobj", "xcomp", "ccomp"} and tree.low[head] in reversers
        i = head
    return times % 2 == 1


def supposed(tree: Tree, clause: int) -> bool:
    """Is a clause only a condition or a question ("if he lied", "whether he lied")?"""
    return any(tree.low[c] in {"if", "whether", "unless"} for c in tree.below[clause])


def stand_ins(tree: Tree, root: int, inside: Iterable[int], others: frozenset[str]) -> dict[int, float]:
    """The words that stand for a target, and how much what is said of them counts for it.

    In full: its own, its apposition, what it is joined to, what it is said to be ("is a gifted man"); less: what it owns ("Smith's
    policy"); not at all: people who belong to it (`others`: "Smith's lawyer").
    """
    found = dict.fromkeys(inside, 1.0)
    waiting, called = [(root, 1.0)], set()
    while waiting:
        i, weight = waiting.pop()
        found[i] = max(weight, found.get(i, 0.0))
        dep, head = tree.dep[i], tree.head[i]
        same = tree.kids(i, "appos") + [c for v in _is(tree, i, inside) for c in tree.kids(v, "attr") if tree.noun(c)]
        if dep == "appos" or i in called:
            same += [c for c in tree.kids(i, "conj") if tree.noun(c)]  # "a doctor and a brilliant teacher"
        called.update(same)
        more = [(c, weight) for c in same]
        joined = dep == "conj" and tree.tag[head][:2] in {"NN", "PR"}
        title = dep in {"compound", "nmod"} and tree.tag[head] in {"NNP", "NNPS"}
        if dep == "appos" or joined or title:
            more.append((head, weight))
        elif dep in {"compound", "nmod", "poss"} and tree.low[head] not in others:
            more += [(c, weight * OWNED) for c in (head, *tree.kids(head, "compound")) if c > i]
        elif dep == "pobj" and tree.low[head] == "of" and tree.noun(owned := tree.head[head]) and tree.low[owned] not in others:
            more.append((owned, weight * OWNED * OF_OWNED))
        waiting += [(j, w) for j, w in more if found.get(j, 0.0) < w]
    return found


def _is(tree: Tree, i: int, inside: Iterable[int]) -> list[int]:
    """The verbs by which a word is said to be something, its own or in a relative clause, without those denied."""
    own = [tree.head[i]] if tree.dep[i] == "nsubj" and tree.head[i] not in inside else []
    own += [v for v in tree.kids(i, "relcl") if any(meant(tree, c) == i for c in tree.kids(v, "nsubj"))]
    return [v for v in own if tree.verb(v) and not tree.kids(v, "neg")]


def aside(tree: Tree, i: int) -> bool:
    """Does a word open a phrase beside a verb that only says where or when ("at the session", "in the city")?"""
    return tree.dep[i] == "prep" and tree.low[i] in ASIDE and tree.verb(tree.head[i])


def meanwhile(tree: Tree, i: int) -> bool:
    """Does a word stand in a phrase beside a verb that only says when ("during the brutal war")?"""
    while tree.head[i] != i and tree.clause[i] != i:
        if tree.dep[i] == "prep" and tree.low[i] in MEANWHILE and tree.verb(tree.head[i]):
            return True
        i = tree.head[i]
    return False
