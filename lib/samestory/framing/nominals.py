"""Which phrases may name an actor: base noun phrases, names inside them, and the longer forms with what a preposition adds."""

import dataclasses

from spacy.tokens import Token

from samestory import phrases
from samestory.framing.rolewords import bare, organisation_words, role_of
from samestory.parse import Article, has_parse
from samestory.phrases import NAMES, singular
from samestory.quotes.names import is_role

MEN = frozenset("mr sir lord monsieur señor don".split())
WOMEN = frozenset("mrs ms miss lady madam madame mme señora doña".split())
HONORIFICS = MEN | WOMEN | {"dr", "comrade", "hon", "rev"}
# What may follow a name and is no part of it: legal forms, post-nominals.
TAILS = frozenset("ltd limited inc plc llc llp sa ag gmbh corp co bv nv spa kc qc mp mep mbe obe cbe phd".split())
SUFFIXES = frozenset("jr sr ii iii iv".split())
DETERMINERS = {"DT", "PRP$", "CD"}
LINKS = frozenset("of for from".split())  # what follows them may say whose office it is ("chair of the party")
NO_ACTORS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november "
    "december day week month year hour minute morning afternoon evening night time today tomorrow yesterday percent cent % thing way part "
    "lot number".split()
)


@dataclasses.dataclass(eq=False)
class Nominal:
    """A phrase that may name an actor.

    `words`: of a name its own words, else those of the phrase without determiner; `title`: what stands in front of the name ("former WHO
    director"); `of`: the words that a preposition adds; `owner`: those of a possessor ("Bell" in "Bell's lawyer"). `form`: `phrase`,
    `longer` (with what the preposition adds) or `inside` (a name within another noun's phrase).
    """

    article: Article
    start: int
    end: int
    head: Token
    form: str
    words: list[str]
    name: bool
    core: int  # where `words` begin
    determiner: str = ""
    title: list[str] = dataclasses.field(default_factory=list)
    of: list[str] = dataclasses.field(default_factory=list)
    owner: list[str] = dataclasses.field(default_factory=list)
    of_name: bool = False  # "Department of Justice": the words after "of" belong to the name
    adjectives: frozenset[str] = frozenset()
    label: str = ""  # as a codebook would write it: without determiner, number and title, common nouns in lower case
    node: tuple[str, str] = ("", "")
    why: str = ""  # the reason for which this very phrase stands for its node, where it is not the node's own name

    @property
    def plural(self) -> bool:
        return self.head.tag_ in {"NNS", "NNPS"}


def nominals(article: Article) -> list[Nominal]:
    """All such phrases of an article, in order of their heads; times and quantities left out; none without a parse."""
    out: list[Nominal] = []
    if not has_parse(article.doc):
        return out
    for first, head in phrases.chunks(article.doc):
        if singular(head.lower_) in NO_ACTORS or head.lower_ in phrases.QUANTITIES or not any(c.isalpha() for c in head.text):
            continue
        whole = _phrase(article, first, head)
        out.append(whole)
        out += _inside(article, whole, first, head)
        end = _longer(head)
        if end > whole.end:
            out.append(dataclasses.replace(whole, end=end, form="longer"))
    return out


def _phrase(article: Article, first: Token, head: Token) -> Nominal:
    while first.i > 1 and first.nbor(-1).text in {"-", "‑"} and not first.nbor(-2).whitespace_ and first.nbor(-2).sent == head.sent:
        first = first.nbor(-2)  # the tokeniser cuts "so-called"
    start = _with_determiners(first)
    determiner = start.lower_ if start.i < first.i else ""
    owner: list[str] = []
    if start.i > 1 and start.nbor(-1).tag_ == "POS" and head.is_ancestor(start.nbor(-2)):
        possessor = phrases.phrase_start(start.nbor(-2))
        owner = _words(possessor, start.nbor(-2))
        start = _with_determiners(possessor)
    title, words, core = [], _words(first, head), first.idx
    name = head.tag_ in NAMES and not _is_office(head)
    if name:
        roles = [t.i for t in head.doc[first.i : head.i] if is_role(t.text) and bare(t.text) not in HONORIFICS]
        rest = head.doc[roles[-1] + 1 : head.i + 1] if roles else ()
        if roles and bare(head.text) not in organisation_words() and all(t.tag_ in NAMES or t.is_punct for t in rest):
            title, words = _words(first, head.doc[roles[-1]]), _words(head.doc[roles[-1] + 1], head)
            core = head.doc[roles[-1] + 1].idx
        else:
            run = _run(head)
            words, core = [t.text for t in run], run[0].idx
        while len(words) > 1 and bare(words[-1]) in TAILS:
            words = words[:-1]
    of, of_head = _added(head)
    of_name = name and of_head is not None and of_head.tag_ in NAMES and of_head.head.lower_ == "of"
    end = head.idx + len(head)
    adjectives = frozenset(t.text for t in head.doc[first.i : head.i] if t.tag_[:2] in {"JJ", "VB", "RB"} and t.text.islower())
    label = " ".join(article.text[core:end].split()) if name else _label(first, head)
    return Nominal(article, start.idx, end, head, "phrase", words, name, core, determiner, title, of, owner, of_name, adjectives, label)


def _is_office(head: Token) -> bool:
    """Is this an office with a capital ("The Minister said"), and no name?"""
    run = [t.text for t in _run(head)]
    found = role_of(run)
    return found is not None and not [w for w in found[0] if bare(w) not in HONORIFICS]


def _label(first: Token, head: Token) -> str:
    words = [t for t in head.doc[first.i : head.i + 1] if t.tag_ not in {"CD", "DT", "PDT", "PRP$"} and t.text not in {'"', "'"}]
    joined = "".join(_folded(t) + (" " if t.whitespace_ else "") for t in words)
    return " ".join(joined.split()).strip("-‑'’‘“” ")


def _folded(token: Token) -> str:
    """The word in lower case if only the beginning of the sentence gives it its capital."""
    opens = token.is_sent_start or (token.i > 0 and not token.nbor(-1).is_alpha)
    return token.lower_ if opens and token.tag_ not in NAMES and not phrases.is_nationality(token.text) else token.text


def _with_determiners(first: Token) -> Token:
    """The phrase with its determiner and number, as a reader would mark it."""
    while first.i and first.nbor(-1).tag_ in DETERMINERS and first.nbor(-1).sent == first.sent:
        first = first.nbor(-1)
    return first


def _words(first: Token, last: Token) -> list[str]:
    return [t.text for t in first.doc[first.i : last.i + 1] if not t.is_punct]


def _run(head: Token) -> list[Token]:
    """The capitalised words that end at the head of a name: "Bell" with "Ann" in front, without "so-called"."""
    run = [head]
    for token in reversed(list(head.doc[head.sent.start : head.i])):
        if not (token.tag_ in NAMES or token.text in {"-", "&"}) or not (head.is_ancestor(token) or token.is_punct):
            break
        run.insert(0, token)
    return [t for t in run if not t.is_punct]


def _added(head: Token) -> tuple[list[str], Token | None]:
    """What a preposition right behind the head adds: words and head noun."""
    for c in head.children:
        if c.dep_ == "prep" and c.lower_ in LINKS and 0 < c.i - head.i <= 2:
            noun = phrases.child(c, "pobj")
            if noun is not None and noun.tag_ in phrases.NOUNS:
                return _words(phrases.phrase_start(noun), noun), noun
    return [], None


def _inside(article: Article, whole: Nominal, first: Token, head: Token) -> list[Nominal]:
    """Names that modify another noun ("WHO" in "WHO records"); not a title or a piece of the name itself."""
    out, run = [], []
    for token in head.doc[first.i : head.i if not whole.name else first.i]:
        run = [*run, token] if token.tag_ in NAMES else []
        goes_on = token.i + 1 < head.i and token.nbor(1).tag_ in NAMES
        if run and not goes_on and not (len(run) > 1 and is_role(run[-1].text)):
            words = [t.text for t in run]
            end = token.idx + len(token)
            out.append(Nominal(article, run[0].idx, end, token, "inside", words, True, run[0].idx, whole.determiner, label=" ".join(words)))
    return out


def _longer(head: Token) -> int:
    """Where a phrase ends together with what its prepositions add; a relative clause or a comma stops it."""
    end = head.idx + len(head)
    for c in head.children:
        if c.dep_ != "prep" or c.i < head.i:
            continue
        inside, last = {t.i for t in c.subtree}, head
        for token in head.doc[head.i + 1 :]:
            if token.i not in inside or token.dep_ == "relcl" or token.tag_ in {",", ":", "."}:
                break
            last = token
        if last.tag_ in phrases.NOUNS:
            end = max(end, last.idx + len(last))
    return end
