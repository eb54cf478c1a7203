"""Which of a story's names and nouns are one actor: joins, each with its reason and the place it was read off."""

import dataclasses
from collections import defaultdict

Node = tuple[str, str]  # kind (country, person, organisation, name, noun, office) and a folded name
APART = {"country", "person"}  # two of these are never one actor, whatever else links them


@dataclasses.dataclass(frozen=True)
class Link:
    """One join: what was joined to what, why, and where the text says so (`None`: nowhere, it is general knowledge or spelling)."""

    one: Node
    other: Node
    why: str
    article_id: str | None = None
    start: int | None = None
    end: int | None = None


class Groups:
    """Disjoint groups of nodes; a join that would put two countries or two persons into one group is refused."""

    def __init__(self) -> None:
        self._above: dict[Node, Node] = {}
        self._fixed: dict[Node, dict[str, Node]] = defaultdict(dict)
        self.links: list[Link] = []
        self._noted: set[tuple[Node, Node]] = set()

    def note(self, link: Link) -> None:
        """Keep a link for which nothing has to be joined, once for each pair."""
        if (link.one, link.other) not in self._noted:
            self._noted.add((link.one, link.other))
            self.links.append(link)

    def of(self, node: Node) -> Node:
        """The node that stands for this node's group."""
        path = []
        while node in self._above:
            path.append(node)
            node = self._above[node]
        for passed in path:
            self._above[passed] = node
        return node

    def join(self, link: Link) -> bool:
        """Put two nodes into one group; the second stands for it. False when they were in one already, or must not be."""
        one, other = self.of(link.one), self.of(link.other)
        if one == other:
            return False
        mine, theirs = self._named(one), self._named(other)
        if any(kind in theirs and theirs[kind] != node for kind, node in mine.items()):
            return False
        self._above[one] = other
        self._fixed[other] = {**theirs, **mine}
        self.links.append(link)
        return True

    def absorb(self, link: Link) -> bool:
        """As `join`, for a person who is taken for a part of a side: several may be, so they no longer count as persons."""
        one, other = self.of(link.one), self.of(link.other)
        if one == other or len(self._named(one)) > 1:
            return False
        self._above[one] = other
        self.links.append(link)
        return True

    def _named(self, node: Node) -> dict[str, Node]:
        own = {node[0]: node} if node[0] in APART else {}
        return {**self._fixed[node], **own}
