"""Which words say that somebody says something, and who is it? Verbs of saying and thinking, with their subject."""

import dataclasses
import functools
import itertools
from collections.abc import Callable

from spacy.tokens import Doc, Token

from samestory.lists import read_list

# Subjects that name nobody: "few doubt that", "nobody said so".
NOBODY = set("few nobody none nothing neither there".split())
ARTICLES = set("the a an".split())  # as subjects they have lost their noun in the parse
RELATIVE = set("who which that whom".split())
# Endings of nouns for those who do something.
AGENTS = ("er", "or", "ist", "man", "woman", "ian", "ee", "eer", "ant", "men", "women")
NEGATIONS = set("not n't n’t never".split())
IRREALIS = set("if unless whether".split())
SUPPOSED = set("might may could should must".split())  # "he might say"; but "would say" and "can confirm" mostly do say


@dataclasses.dataclass(frozen=True)
class Entry:
    """A row of `data/cues.csv`: what a verb takes. `frames` maps a particle ("" if none, "out" in "point out") to what follows.

    Frames: `clause` (that ...), `quote` (words in marks), `object` (a noun), `tell` (its object hears it), `whom` (urge them to go),
    `whominf` (only so), `whomof`, `whomfor` (accuse them of), `infinitive` (vow to), `gerund` (deny doing), `predicate` (call it a lie),
    or a preposition (`as`: describe it as; `for`: call for). `force`: speech, finding (polls and studies find), attitude (want, fear).
    """

    lemma: str
    kind: str
    force: str
    frames: dict[str, frozenset[str]]


@dataclasses.dataclass(frozen=True)
class Cue:
    """A verb of saying in its place. `subject` is the head word of the speaker's mention, `own` whether it is the verb's own subject."""

    token: Token
    entry: Entry
    frames: frozenset[str]
    particle: Token | None
    subject: Token | None
    own: bool
    sentence: tuple[int, int]

    @property
    def start(self) -> int:
        return self.token.idx

    @property
    def end(self) -> int:
        last = self.particle if self.particle is not None and self.particle.i == self.token.i + 1 else self.token
        return last.idx + len(last)


EMPTY = Entry("", "", "", {})


def inflect(lemma: str) -> list[str]:
    """The regular forms of an English verb."""
    third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else "s")
    if lemma.endswith("e"):
        return [lemma, third, lemma + "d", lemma[:-1] + "ing"]
    return [lemma, third, lemma + "ed", lemma + "ing"]


@functools.cache
def lexicon() -> dict[str, Entry]:
    """Every form of every verb in `data/cues.csv`, in lower case."""
    forms: dict[str, Entry] = {}
    for row in read_list("cues").itertuples():
        frames: dict[str, set[str]] = {}
        for frame in row.frame.split():
            particle, _, name = frame.rpartition(":")
            frames.setdefault(particle, set()).add(name)
        entry = Entry(row.lemma, row.kind, row.force, {p: frozenset(f) for p, f in frames.items()})
        for form in [row.lemma, *(row.forms.split() or inflect(row.lemma))]:
            forms.setdefault(form, entry)
    return forms


@functools.cache
def nouns() -> dict[str, str]:
    """Nouns of saying and thinking, singular and plural, with their force (`data/cue_nouns.csv`)."""
    rows = read_list("cue_nouns").itertuples()
    return {form: row.force for row in rows for form in (row.noun, row.noun + "s", row.noun.removesuffix("y") + "ies")}


def find(doc: Doc, words: list[str], tags: list[str], bounds: list[tuple[int, int]], inside: Callable[[int], bool]) -> list[Cue]:
    """Find the verbs of saying of a parsed Doc that say something in earnest, each with its subject.

    `words` are its words in lower case, `tags` their tags, `bounds` the range of each word's sentence (`sentence_bounds`); `inside` says of
    a place whether it is in quotation marks: verbs there are left out, for what is said may say more.
    Left out: negated speech ("did not confirm"; negated attitudes stay), passives without an agent, and subjects that are nobody.
    """
    found, forms = [], lexicon()
    for i, word in enumerate(words):
        entry = forms.get(word)
        if entry is None or not tags[i].startswith("VB"):
            continue
        token = doc[i]
        if inside(token.idx):
            continue
        if token.dep_ in ("aux", "auxpass", "amod", "compound") or hyphenated(token):
            continue
        particle, frames = _particle(token, entry)
        if not frames:
            continue
        subject, own = subject_of(token)
        if subject is not None and not own and inside(subject.head.idx):  # 'warned that they "have no water" and urged ...': whoever warned
            above = next((v for v in subject.head.ancestors if v.lower_ in lexicon() and not inside(v.idx)), None)
            subject = subject_of(above)[0] if above is not None else None
        if subject is not None and not own and (outer := told_by(token, subject, inside)) is not None:
            subject = outer
        elif subject is not None and not own and not can_speak(subject):
            subject = speaker_near(token, subject)
        if subject is not None and (issuer := issuer_of(antecedent(subject))) is not None:
            subject, own = issuer, False
        if subject is not None and (subject.lower_ in NOBODY or (entry.force != "speech" and not can_speak(antecedent(subject)))):
            continue
        if (is_passive(token) and subject is None) or (subject is not None and antecedent(subject).lower_ in _gatherings()):
            continue
        if entry.force == "speech" and unreal(token):
            continue
        found.append(Cue(token, entry, frames, particle, subject, own, bounds[token.i]))
    return found


@functools.cache
def _roles() -> frozenset[str]:
    return frozenset(read_list("roles")["role"])


@functools.cache
def _speaking() -> frozenset[str]:
    return _roles() | frozenset(read_list("source_kinds").query("kind != 'gathering'")["word"])


@functools.cache
def _gatherings() -> frozenset[str]:
    """Nouns for events at which people speak: the event itself says nothing."""
    return frozenset(form for word in read_list("source_kinds").query("kind == 'gathering'")["word"] for form in inflect(word)[:2])


def can_speak(noun: Token) -> bool:
    """Can this word name a source: a name, a pronoun for people, a role, an organisation, a document, a group of people?"""
    if noun.tag_.startswith("NNP") or noun.tag_ in ("PRP", "WP") or (noun.text.isupper() and len(noun) > 1):
        return noun.lower_ not in ("what", "there", "this", "that")
    word = noun.lower_
    if word in _speaking() or word.removesuffix("s") in _speaking():
        return True
    return word.removesuffix("s").endswith(AGENTS) or noun.tag_ == "CD"


def antecedent(subject: Token) -> Token:
    """What a relative pronoun stands for; any other word itself."""
    return subject.head.head if subject.lower_ in RELATIVE and subject.head.dep_ == "relcl" else subject


@functools.cache
def _documents() -> frozenset[str]:
    return frozenset(form for word in read_list("source_kinds").query("kind == 'document'")["word"] for form in inflect(word)[:2])


def _teller(hearer: Token) -> Token | None:
    """The verb of telling or sending of which a noun is the addressee: "emailed supporters saying", "a message to supporters saying"."""
    if hearer.dep_ in ("dobj", "dative") and "tell" in lexicon().get(hearer.head.lower_, EMPTY).frames.get("", ()):
        return hearer.head
    if hearer.dep_ == "pobj" and hearer.head.lower_ == "to":
        above = hearer.head.head
        above = above.head if above.lower_ in _documents() else above
        return above if above.tag_.startswith("VB") else None
    return None


def issuer_of(noun: Token) -> Token | None:
    """Who speaks through a document: "the ministry issued a statement saying" has the ministry speak, not the statement."""
    verb = noun.head
    if noun.lower_ not in _documents() or noun.dep_ != "dobj" or not verb.tag_.startswith("VB") or is_passive(verb):
        return None
    issuer = subject_of(verb)[0]
    return issuer if issuer is not None and can_speak(antecedent(issuer)) and issuer.i != noun.i else None


def told_by(token: Token, subject: Token, inside: Callable[[int], bool]) -> Token | None:
    """Who says both, where a verb of saying hangs on what another says ("said it was over, adding that", "said he won and called it")?

    A participle after a comma goes with whoever spoke first; a joined verb too, unless what is said has a subject that can speak itself.
    """
    aside = token.tag_ == "VBG" and token.i > 0 and any(t.text == "," for t in (token.nbor(-1), token.left_edge))
    joined = token.dep_ == "conj" and token.tag_ in ("VBD", "VBZ") and (subject.tag_ == "PRP" or not can_speak(subject))
    alike = token.dep_ == "conj" and token.tag_ == "VBG" and token.head.tag_ != "VBG"  # "telling CNN that he is a fake and asking"
    if not (aside or joined or alike):
        return None
    child = token
    while child.head.i != child.i:
        above = child.head
        if child.dep_ == "ccomp" and above.i < token.i and above.lower_ in lexicon() and not inside(above.idx):
            if (joined and above.tag_ not in ("VBD", "VBZ", "VBN")) or (alike and above.tag_ != "VBG"):
                return None
            outer = subject_of(above)[0]
            return outer if outer is not None and can_speak(antecedent(outer)) else None
        child = above
    return None


def speaker_near(token: Token, instead: Token) -> Token:
    """For a verb that hangs on a thing: the last noun before it that can speak and is a person ("for one activist ..., saying")."""
    if token.tag_ in ("VBD", "VBZ"):  # "warned that civilians ... and urged": whoever warned
        return instead
    for noun in reversed(list(token.doc[instead.i + 1 : token.i])):
        word = noun.lower_.removesuffix("s")
        if noun.tag_ not in ("NN", "NNS") or noun.dep_ not in ("pobj", "nsubj", "dobj") or noun.head.lower_ == "to":
            continue
        if word in _roles() or word.endswith(AGENTS):
            return noun
    return instead


def sentence_bounds(opens: list[int]) -> list[tuple[int, int]]:
    """For each token the range of its sentence, from spaCy's SENT_START (1: opens one). `Token.sent` would walk the Doc each time."""
    starts = [i for i, flag in enumerate(opens) if flag == 1 or i == 0] + [len(opens)]
    return [(a, b) for a, b in itertools.pairwise(starts) for _ in range(a, b)]


def _particle(token: Token, entry: Entry) -> tuple[Token | None, frozenset[str]]:
    for child in token.children:
        if child.i > token.i and child.dep_ in ("prt", "prep", "advmod") and child.lower_ in entry.frames:
            return child, entry.frames[child.lower_]
    return None, entry.frames.get("", frozenset())


def frames_at(token: Token, entry: Entry) -> frozenset[str]:
    """What a verb takes here: its own frames, and those of a particle soon behind it ("fired back")."""
    behind = {t.lower_ for t in token.doc[token.i + 1 : token.i + 4]} | {""}
    return frozenset().union(*(frames for particle, frames in entry.frames.items() if particle in behind))


def is_passive(token: Token) -> bool:
    if any(c.dep_ in ("auxpass", "nsubjpass") for c in token.children):
        return True
    return token.tag_ == "VBN" and token.dep_ in ("acl", "advcl") and not any(c.dep_ == "aux" for c in token.children)


def hyphenated(token: Token) -> bool:
    """Is a word the later part of a hyphenated one ("so-called")?"""
    return token.i > 1 and token.nbor(-1).text == "-" and not token.nbor(-1).whitespace_ and not token.nbor(-2).whitespace_


def unreal(token: Token) -> bool:
    """Is the saying denied, asked about or only supposed?"""
    helpers = [c for c in token.children if c.dep_ == "aux" and c.i < token.i]
    subject = next((c for c in token.children if c.dep_ == "nsubj" and c.i < token.i), None)
    if any(c.lower_ in SUPPOSED for c in helpers) and not (subject is not None and subject.lower_ in ("i", "we")):  # "I must say"
        return True
    if subject is not None and any(c.i < subject.i for c in helpers):  # "Did he say ...?"
        return True
    if subject is not None and subject.tag_ == "WP" and not subject.text.isupper() and token.dep_ == "ROOT":  # "Who said ...?", not the WHO
        return True
    for verb in (token, token.head if token.dep_ == "xcomp" else token):
        if any(c.dep_ == "neg" or c.lower_ in NEGATIONS for c in verb.children if c.i < verb.i):
            return True
    if token.dep_ == "xcomp" and token.head.lower_ in set("refused refuses refuse declined declines decline failed fails fail".split()):
        return True
    return token.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in IRREALIS for c in token.children)


def subject_of(token: Token, depth: int = 6) -> tuple[Token | None, bool]:
    """The head word of who does a verb, and whether it stands in the verb's own clause.

    Its own subject, which may be a relative pronoun; the agent of a passive; else the subject of the verb it is joined to
    ("came and said") or hangs on ("..., saying").
    """
    if depth == 0:
        return None, False
    subjects = [c for c in token.children if c.dep_ == "nsubj" and c.lower_ not in ARTICLES]
    if subjects:  # the nearest: a farther one may belong to the quotation
        return min(subjects, key=lambda c: abs(c.i - token.i)), True
    before = token.nbor(-1) if token.i else None
    if (
        token.tag_ in ("VBD", "VBZ")
        and token.dep_ == "ROOT"
        and before is not None
        and before.tag_[:2] in ("NN", "PR")
        and not is_passive(token)
    ):
        return before, True  # the parser hung the subject elsewhere
    if is_passive(token):
        for child in token.children:
            if child.dep_ == "agent":
                for noun in child.children:
                    if noun.dep_ == "pobj":
                        return noun, True
        return None, False
    head = token.head
    if head.i == token.i:
        return None, False
    if (
        token.dep_ == "conj" and token.tag_ in ("VBD", "VBZ") and head.tag_ in ("VBG", "VBN", "VB") and head.dep_ == "ccomp"
    ):  # "said she was leaving and accused ...": a finite verb is joined to the finite one
        return subject_of(head.head, depth - 1)[0], False
    if token.dep_ == "acl" and head.tag_[:1] in "NP":
        if token.tag_ == "VBG" and (teller := _teller(head)) is not None:
            return subject_of(teller, depth - 1)[0], False
        return head, False
    if token.dep_ in ("conj", "xcomp", "advcl", "pcomp", "prep", "dep", "ccomp") and head.dep_ != "":
        if head.tag_.startswith("VB"):
            if is_passive(head) and token.dep_ in ("advcl", "conj"):
                passive = next((c for c in head.children if c.dep_ == "nsubjpass"), None)
                if passive is not None:
                    return passive, False
            if token.dep_ == "ccomp" and token.tag_ != "VBG":
                return None, False
            return subject_of(head, depth - 1)[0], False
        if head.dep_ in ("prep", "advmod") or head.tag_ in ("IN",):
            return subject_of(head, depth - 1)[0], False
    return None, False
