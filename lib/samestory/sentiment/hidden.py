"""Who is meant is hidden from the classifier: it must judge the sentence, not what it has heard of the name."""

import functools
import re

from samestory.lists import read_list
from samestory.sentiment.masking import Words

# What may stand between the words of one name.
WITHIN = re.compile(
    r"[\s.’'-]*(?:\b(?:abu|al|bin|da|de|del|della|den|der|di|du|el|ibn|la|le|of|the|ul|van|von)\b[\s.’'-]*)*", re.IGNORECASE
)
HIDDEN = "[MASK]"  # the network knows it as the place of a word it is not told


@functools.cache
def roles() -> frozenset[str]:
    """Words that say what somebody is and not who; they stay (`data/roles.csv`, `data/role_nouns.csv`)."""
    listed = [*read_list("roles")["role"], *read_list("role_nouns")["noun"]]
    return frozenset(word for role in listed for word in role.lower().split())


def without_names(text: str, words: Words, around: tuple[int, int], target: tuple[int, int]) -> tuple[str, int, int]:
    """The passage `around` a target with the target's name hidden: text, and where the target stands in it.

    Names that stand together become one `[MASK]`; roles stay ("President [MASK]"). The last word of each is hidden wherever else it stands
    as a name in the passage. Other names stay: without them nobody could tell who did what to whom.
    """
    found = _names(text, words, target)
    known = {text[start:end].split()[-1] for start, end in found}
    for i in range(*words.within(*around)):
        start, end = words.starts[i], words.starts[i] + len(words.texts[i])
        outside = (around[0] <= start and end <= target[0]) or (target[1] <= start and end <= around[1])
        if outside and i in words.names and words.texts[i] in known:
            found.append((start, end))
    pieces, at, moved = [], around[0], [0, 0]
    for start, end in sorted(found):
        pieces += [text[at:start], HIDDEN]
        at = end
        for edge in (0, 1):  # how far the target's start and end move
            if end <= target[edge]:
                moved[edge] += len(HIDDEN) - (end - start)
    said = "".join([*pieces, text[at : around[1]]])
    return said, target[0] - around[0] + moved[0], target[1] - around[0] + moved[1]


def _names(text: str, words: Words, target: tuple[int, int]) -> list[tuple[int, int]]:
    """Where names stand in a target, those that belong together as one."""
    found: list[tuple[int, int]] = []
    for i in range(*words.within(*target)):
        start, end = max(words.starts[i], target[0]), min(words.starts[i] + len(words.texts[i]), target[1])
        if i not in words.names or words.texts[i].lower().rstrip(".") in roles() or start >= end:
            continue
        if found and WITHIN.fullmatch(text, found[-1][1], start):
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    return found
