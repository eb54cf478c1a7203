"""The words of harm and the nouns for people, as listed in `data/harms.csv` and `data/people.csv`."""

import functools
import re

from spacy.strings import get_string_id
from spacy.tokens import Token

from samestory import capitals
from samestory.lists import read_list

NOT_LISTED = ("", 1, "")  # kind, how many one is, and role of a word that the list lacks
# Endings of nouns for people, for words that the list lacks; only trusted where the word suffers a harm.
PERSON_ENDING = re.compile(r"(?:m[ae]n|wom[ae]n|ists?|[ei]ans?|eers?|[^aeou]ers?|ors?|ees?|ants?|crats?|philes?|folks?|mates?)\Z")
PERSON = frozenset({"general", "person"})
LIVES = frozenset({"lives", "life"})  # "20 lives were lost": a life is somebody


@functools.cache
def harms() -> dict[str, list[tuple[frozenset[str], str, str]]]:
    """The entries of `data/harms.csv` by word form: words that must stand with it, harm, role."""
    table: dict[str, list[tuple[frozenset[str], str, str]]] = {}
    for row in read_list("harms").to_dict("records"):
        for form in row["forms"].split():
            table.setdefault(form, []).append((frozenset(row["with"].split()), row["harm"], row["role"]))
    # Phrases before single words: "taken to hospital" before "taken"
    return {form: sorted(entries, key=lambda entry: not entry[0]) for form, entries in table.items()}


@functools.cache
def _said_of(whom: str) -> frozenset[str]:
    """Forms of the words of harm with this entry in the column `whom`."""
    return frozenset(form for row in read_list("harms").to_dict("records") if row["whom"] == whom for form in row["forms"].split())


def done_to_people() -> frozenset[str]:
    """Words of harm that are said of people and hardly of anything else ("murdered", "arrested"; not "burned", "captured")."""
    return _said_of("people")


def caring() -> frozenset[str]:
    """Words of which the subject did no harm: "medics treated 20", "rescuers took 12 to hospital"."""
    return _said_of("cared for")


@functools.cache
def harms_by_number() -> dict[int, list[tuple[frozenset[str], str, str, frozenset[int]]]]:
    """The same by spaCy's number of the word form, each entry with the numbers of the words that must stand with it."""
    return {
        get_string_id(form): [(*entry, frozenset(map(get_string_id, entry[0]))) for entry in entries] for form, entries in harms().items()
    }


@functools.cache
def known_by_number() -> frozenset[int]:
    """By spaCy's number the words for those of whom a text has told that they were harmed ("the dead", "those killed")."""
    return frozenset(map(get_string_id, "dead victims killed fatalities casualties wounded injured missing those".split()))


@functools.cache
def together_by_number() -> frozenset[int]:
    """By spaCy's number the words behind which those stand who shared a fate ("along with his driver")."""
    return frozenset(map(get_string_id, ("along", "together")))


@functools.cache
def people() -> dict[str, tuple[str, int, str]]:
    """The words of `data/people.csv`, singular and plural: kind (`general`, `person`, `not_person`, `cause`), how many
    one is (0 = several), and role (`attacker`, `armed`, or empty).
    """
    table: dict[str, tuple[str, int, str]] = {}
    for row in read_list("people").to_dict("records"):
        if row["plural"]:
            table.setdefault(row["plural"], (row["kind"], 0, row["role"]))
        if row["singular"]:
            table[row["singular"]] = (row["kind"], int(row["count"] or 1), row["role"])
    return table


def kind(token: Token) -> str:
    """`general` or `person` for a noun for people, `not_person`, `cause`, or empty for a word that `data/people.csv` does not have."""
    return people().get(token.lower_, NOT_LISTED)[0]


def role(token: Token) -> str:
    """`attacker`, `armed` or empty: what a noun says of its people's part in the event."""
    return people().get(token.lower_, NOT_LISTED)[2]


def is_person(token: Token) -> bool:
    """Is this a noun for people, by the list?"""
    return kind(token) in PERSON


@functools.cache
def _bodies() -> frozenset[str]:
    """Words for organisations and groups (`data/source_kinds.csv`)."""
    rows = read_list("source_kinds")
    return frozenset(rows.loc[rows["kind"].isin(["organisation", "group", "person"]), "word"])


def can_do(token: Token) -> bool:
    """Is this somebody who can kill: a person, a body, a name; not a blaze, a famine or an earthquake?"""
    if kind(token) in {"cause", "not_person"}:
        return False
    word = token.lower_
    listed = is_person(token) or word in _bodies() or word.removesuffix("s") in _bodies()
    named = token.tag_ in {"NNP", "NNPS"} and not (token.is_sent_start and word in capitals.ordinary())  # "Famine killed 300"
    return listed or named or PERSON_ENDING.search(word) is not None
