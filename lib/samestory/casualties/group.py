"""What is known of people told of at one place of a text."""

import dataclasses

from spacy.tokens import Token

from samestory.casualties import lexicon
from samestory.casualties.harms import Harm


@dataclasses.dataclass(eq=False)
class Group:
    """People told of at one place: the span of the number (of the noun if `implied`), its bounds, the noun counted (None if there is none).

    `words`: the span of the noun where there is no parse. `told`: `new`, `definite`, `name`, `more`, `others`, `total` or
    `none`. `only_part`: counts people only as a part of others ("two of them seriously").
    """

    start: int
    end: int
    low: int | None
    high: int | None
    qualifier: str
    top: Token
    noun: Token | None
    harm: Harm | None
    implied: bool = False
    told: str = "new"
    words: tuple[int, int] | None = None
    part: "Group | None" = None
    sentence: int = 0
    only_part: bool = False

    @property
    def trigger(self) -> Token:
        """The word that says what befell them; the number's own word where none does."""
        return self.harm.trigger if self.harm is not None else self.top

    @property
    def role(self) -> str:
        """`attacker`, `armed` or empty: what the noun says of their part in the event (`data/people.csv`)."""
        return lexicon.role(self.noun) if self.noun is not None else ""
