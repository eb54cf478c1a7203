"""Where does an article say that somebody says something? Verbs of saying and thinking in earnest, each with its subject."""

import dataclasses
import itertools
from collections.abc import Callable

from spacy.tokens import Doc, Token

from samestory.quotes.lexicon import Entry, gatherings, verbs
from samestory.quotes.subjects import antecedent, can_speak, is_passive, issuer_of, speaker_near, subject_of, told_by

# Subjects that name nobody: "few doubt that", "nobody said so".
NOBODY = set("few nobody none nothing neither there".split())
NEGATIONS = set("not n't n’t never".split())
IRREALIS = set("if unless whether".split())
SUPPOSED = set("might may could should must".split())  # "he might say"; but "would say" and "can confirm" mostly do say


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


def find(doc: Doc, words: list[str], tags: list[str], bounds: list[tuple[int, int]], inside: Callable[[int], bool]) -> list[Cue]:
    """Find the verbs of saying of a parsed Doc that say something in earnest, each with its subject.

    `words` are its words in lower case, `tags` their tags, `bounds` the range of each word's sentence (`sentence_bounds`); `inside` says of
    a place whether it is in quotation marks: verbs there are left out, for what is said may say more.
    Left out: negated speech ("did not confirm"; negated attitudes stay), passives without an agent, and subjects that are nobody.
    """
    found, forms = [], verbs()
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
            above = next((v for v in subject.head.ancestors if v.lower_ in verbs() and not inside(v.idx)), None)
            subject = subject_of(above)[0] if above is not None else None
        if subject is not None and not own and (outer := told_by(token, subject, inside)) is not None:
            subject = outer
        elif subject is not None and not own and not can_speak(subject):
            subject = speaker_near(token, subject)
        if subject is not None and (issuer := issuer_of(antecedent(subject))) is not None:
            subject, own = issuer, False
        if subject is not None and (subject.lower_ in NOBODY or (entry.force != "speech" and not can_speak(antecedent(subject)))):
            continue
        if (is_passive(token) and subject is None) or (subject is not None and antecedent(subject).lower_ in gatherings()):
            continue
        if unreal(token) if entry.force == "speech" else supposed(token):
            continue
        found.append(Cue(token, entry, frames, particle, subject, own, bounds[token.i]))
    return found


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


def hyphenated(token: Token) -> bool:
    """Is a word the later part of a hyphenated one ("so-called")?"""
    return token.i > 1 and token.nbor(-1).text == "-" and not token.nbor(-1).whitespace_ and not token.nbor(-2).whitespace_


def supposed(token: Token) -> bool:
    """Does a verb stand under "if" or "unless", or after "might" and the like?"""
    return any((c.dep_ == "mark" and c.lower_ in IRREALIS) or (c.dep_ == "aux" and c.lower_ in SUPPOSED) for c in token.children)


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
