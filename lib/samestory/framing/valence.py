"""A mention of an actor, and what its words say for or against the actor."""

import dataclasses
import functools
import re

from spacy.tokens import Token

from samestory.framing import loaded
from samestory.lists import read_list
from samestory.phrases import singular


@dataclasses.dataclass
class Mention:
    """One place where an actor is named or described; `name`: by its name, `person`: a single one."""

    start: int
    end: int
    head: Token | None
    head_text: str
    actor: str
    label: str
    valence: str
    name: bool = False
    person: bool = False


@functools.cache
def roles() -> dict[str, tuple[str, str]]:
    """Kind and valence of the nouns that take their actor from whom they belong to ("spokesman", "forces"), by singular."""
    return {singular(r.noun): (r.kind, r.valence) for r in read_list("role_nouns").itertuples()}


@functools.cache
def _titles() -> re.Pattern:
    """Nouns of `data/role_nouns.csv` that honour or condemn, as titles in front of a name; "prime minister" before "minister"."""
    words = sorted((r.noun for r in read_list("role_nouns").itertuples() if r.valence != "neutral"), key=len, reverse=True)
    shapes = (r"[\s-]+".join(map(re.escape, re.split(r"[\s-]", w))) for w in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(shapes)})(?!\w)", re.IGNORECASE)


def weigh(text: str, m: Mention, *, coded: tuple[int, int] | None = None) -> Mention:
    """The mention with the valence of its title ("President Assad") or of a loaded word in it, when it has none by itself.

    `coded`: the span that the codebook has judged already; its words are not judged again.
    """
    if m.valence == "neutral" and m.name and (title := _titles().search(text, m.start, m.end)):
        found = re.sub(r"\s+", " ", title.group().lower())
        m.valence = next(v for noun, (_, v) in roles().items() if noun.replace("-", " ") == found.replace("-", " "))
    if m.valence == "neutral":
        a, b = coded or (m.end, m.end)
        if any(end <= a or b <= start for start, end, _ in loaded.spans(text, m.start, m.end)):
            m.valence = "loaded"
    return m
