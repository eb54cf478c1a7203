"""Which actor of the codebook a word is a mention of."""

from spacy.tokens import Token

from samestory import phrases

PLACES = {"event", "area"}  # kinds of the codebook's actors that do nothing


class Parties:
    """Which actor a word is a mention of, by the labels that cover it."""

    def __init__(self, label_rows: list[dict]):
        self.by_offset: dict[int, tuple[str, str]] = {}
        self.inside: dict[int, tuple[str, str]] = {}
        for row in label_rows:
            self.by_offset |= dict.fromkeys(range(row["start"], row["end"]), (row["actor"], row.get("kind") or ""))
            for _, end, actor, kind in row.get("inside") or ():
                self.inside[end] = (actor, kind)

    def of(self, head: Token | None, *, acting: bool = False) -> str:
        """The actor that a phrase with this head names; with `acting`, only one that can do something (no event, no area)."""
        if head is None:
            return ""
        none = ("", "")
        actor, kind = self.inside.get(head.idx + len(head), none)
        if not actor:
            actor, kind = self.by_offset.get(phrases.who(head).idx, none)
        if not actor:
            actor, kind = self.by_offset.get(head.idx, none)
        return "" if acting and kind in PLACES else actor

    def kind(self, head: Token | None) -> str:
        """The kind of the actor that a phrase with this head names."""
        return self.by_offset.get(phrases.who(head).idx, ("", ""))[1] if head is not None else ""

    def modifying(self, token: Token) -> str:
        """The actor that a modifier or possessor of a noun names ("army" in "army offensive"), if it can do something."""
        actor, kind = self.inside.get(token.idx + len(token), ("", ""))
        if not actor and token.dep_ == "poss":
            return self.of(token, acting=True)
        return "" if kind in PLACES else actor
