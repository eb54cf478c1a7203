"""Words for what people and bodies are to somebody: roles, offices, organisations; and with which of them a phrase ends."""

import functools

from samestory.lists import read_list
from samestory.phrases import singular

PAST = frozenset("former ex previous then late outgoing incoming next future deposed ousted would-be".split())


def bare(word: str) -> str:
    """A word for comparing: lower case, without stops and marks at its ends."""
    return word.lower().strip(".,'’\"“”‘()")


@functools.cache
def roles() -> dict[str, str]:
    """Kind of each noun that says what somebody does for somebody: `person` or `group` (`role_nouns.csv`, `roles.csv`), by singular."""
    return dict.fromkeys(read_list("roles")["role"], "person") | {singular(r.noun): r.kind for r in read_list("role_nouns").itertuples()}


@functools.cache
def leaders() -> frozenset[str]:
    """Offices whose holders act for themselves in the news (`data/leaders.csv`)."""
    return frozenset(read_list("leaders")["noun"])


@functools.cache
def acting() -> dict[str, str]:
    """Nouns that act for whose name stands with them: `any`, or `group` where that is no state (`data/acting_nouns.csv`)."""
    table = read_list("acting_nouns")
    return dict(zip(table["noun"], table["acts_for"], strict=True))


@functools.cache
def organisation_words() -> frozenset[str]:
    """Last words of names of organisations ("Committee"), from `data/source_kinds.csv`."""
    table = read_list("source_kinds")
    return frozenset(table.loc[table["kind"] == "organisation", "word"])


def role_of(words: list[str]) -> tuple[list[str], str] | None:
    """The role with which a phrase ends, and the words in front of it: "WHO director" is director, of "WHO".

    Who held it, or will hold it, is not the one who does: the role of "former WHO director" is "former director".
    """
    low = [singular(bare(w)) for w in words]
    for n in (3, 2, 1):
        for role in (" ".join(low[-n:]), "-".join(low[-n:])):
            if len(low) >= n and role in roles():
                before = words[: len(words) - n]
                held = any(bare(w) in PAST for w in before)
                return [w for w in before if bare(w) not in PAST], f"former {role}" if held else role
    return None


def kind_of(role: str) -> str:
    """`person` or `group`, of a role that `role_of` gave."""
    return roles()[role.removeprefix("former ")]
