"""Which words say that somebody says something? The verbs and nouns of saying and thinking, and the nouns for those who can."""

import dataclasses
import functools

from samestory.lists import read_list


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


EMPTY = Entry("", "", "", {})


def inflect(lemma: str) -> list[str]:
    """The regular forms of an English verb."""
    third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else "s")
    if lemma.endswith("e"):
        return [lemma, third, lemma + "d", lemma[:-1] + "ing"]
    return [lemma, third, lemma + "ed", lemma + "ing"]


@functools.cache
def verbs() -> dict[str, Entry]:
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


@functools.cache
def roles() -> frozenset[str]:
    return frozenset(read_list("roles")["role"])


@functools.cache
def speaking() -> frozenset[str]:
    return roles() | frozenset(read_list("source_kinds").query("kind != 'gathering'")["word"])


@functools.cache
def gatherings() -> frozenset[str]:
    """Nouns for events at which people speak: the event itself says nothing."""
    return frozenset(form for word in read_list("source_kinds").query("kind == 'gathering'")["word"] for form in inflect(word)[:2])


@functools.cache
def documents() -> frozenset[str]:
    return frozenset(form for word in read_list("source_kinds").query("kind == 'document'")["word"] for form in inflect(word)[:2])
