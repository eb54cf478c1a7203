"""Who is meant is hidden from the classifier: it must judge the sentence, not what it has heard of the name."""

import functools
import re

from samestory.lists import read_list
from samestory.sentiment.masking import Words

# What may stand between the words of one name.
WITHIN = re.compile(r"[\s.’'-]*(?:\b(?:abu|al|bin|da|de|del|della|den|der|di|du|el|ibn|la|le|of|the|ul|van|von)\b[\s.’'-]*)*", re.IGNORECASE)
HIDDEN = "[MASK]"  # the network knows it as the place of a word it is not told


@functools.cache
def roles() -> frozenset[str]:
    """Words that say what somebody is and not who; they stay (`data/roles.csv`, `data/role_nouns.csv`)."""
    listed = [*read_list("roles")["role"], *read_list("role_nouns")["noun"]]
    return frozenset(word for role in listed for word in role.lower().split())


def without_names(text: str, words: Words, around: tuple[int, int], target: tuple[int, int]) -> tuple[str, int, int]:
    """The passage `around` a target with the names in the target hidden: text, and where the target stands in it.

    Names that stand together become one `[MASK]`; roles stay ("President [MASK]"). Names elsewhere in the passage stay too: without them
    nobody could tell who did what to whom.
    """
    first, last = words.within(*target)
    pieces, at = [], target[0]
    for i in range(first, last):
        start, end = max(words.starts[i], target[0]), min(words.starts[i] + len(words.texts[i]), target[1])
        if i not in words.names or words.texts[i].lower().rstrip(".") in roles() or start >= end:
            continue
        if not (pieces and WITHIN.fullmatch(text, at, start)):
            pieces += [text[at:start], HIDDEN]
        at = end
    said = "".join([*pieces, text[at : target[1]]])
    before = text[around[0] : target[0]]
    return before + said + text[target[1] : around[1]], len(before), len(before) + len(said)
