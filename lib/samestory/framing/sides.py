"""Whose people, bodies and offices a common noun names: "the North Korean leader", "party officials", "the committee", "the army"."""

from collections import Counter, defaultdict

from samestory import phrases
from samestory.framing.identity import Names, located, mostly, plain
from samestory.framing.links import Groups, Link, Node
from samestory.framing.nominals import Nominal
from samestory.framing.rolewords import acting, bare, kind_of, leaders, organisation_words, role_of
from samestory.phrases import singular

MINOR = 15  # mentions up to which somebody who speaks for a side is proposed as that side's, not as an actor
POWERS = frozenset("government regime administration cabinet".split())  # "the Assad regime" is the state that Assad leads
PLACE = 1 / 3  # the share of "in Aleppo", "near Aleppo" among its mentions from which a name is a place, whose people are not its
OFTEN = 2  # times that a story must say whose army it is before "the army" is taken for that side's
BARE = {"the", "this", "that", ""}
Office = tuple[Node | None, str]  # whose, and the role; whose is None where the text does not say


class Offices:
    """Who holds which office in a story, by what stands beside their names."""

    def __init__(self, found: list[Nominal], names: Names, groups: Groups):
        self.names, self.groups = names, groups
        self.known: dict[str, Node] = {}  # what capitalised words stand for in this story
        self.held: dict[Office, Counter] = defaultdict(Counter)
        self.said: dict[tuple[Office, Node], Nominal] = {}  # the first place that says so
        for m in found:
            if m.name and m.form != "longer":
                self.known.setdefault(plain(m.words), m.node)
        self._read(found)

    def _read(self, found: list[Nominal]) -> None:
        """Titles in front of names, appositions, and "X is the leader of"."""
        whole = {(id(m.article), m.head.i): m for m in found if m.form == "phrase"}
        for m in whole.values():
            if m.name and m.title and m.node[0] == "person" and (office := self.of(m.title, m)):
                self._add(office, m.node, m)
            at = [c for c in m.head.children if c.dep_ == "appos"]
            if m.head.dep_ == "attr" and m.head.head.tag_[:2] == "VB" and (subject := phrases.subject(m.head.head)) is not None:
                at.append(subject)
            # the parser ties "Ann Bell" of "the mayor of Moyale, Ann Bell" to the place; meant is the mayor
            above = m.head.head.head if at and m.head.dep_ == "pobj" else m.head
            for token in at:
                other = whole.get((id(m.article), token.i))
                for noun in dict.fromkeys((m, whole.get((id(m.article), above.i), m))):
                    if other is not None:
                        self._pair(noun, other)
                        self._pair(other, noun)

    def _pair(self, noun: Nominal, holder: Nominal) -> None:
        if noun.name or noun.plural or not holder.name or holder.node[0] != "person":
            return
        if (office := self.of(noun.words, noun)) and kind_of(office[1]) == "person":
            self._add(office, holder.node, noun)
            noun.node, noun.why = holder.node, "stands beside the name"

    def _add(self, office: Office, holder: Node, m: Nominal) -> None:
        self.held[office][holder] += 1
        self.said.setdefault((office, holder), m)

    def of(self, words: list[str], m: Nominal) -> Office | None:
        """The office that a phrase or title names, by the words in front of the role, its possessor or what "of" adds."""
        found = role_of(words)
        if found is None:
            return None
        before, role = found
        before = [w for w in before if w not in m.adjectives]
        whose = next((node for part in (before, m.owner, m.of) if (node := self._whose(part)) is not None), None)
        # "the infrastructure minister" is not just any minister, whoever or whatever infrastructure is
        told = before or m.owner or m.of
        return whose or (("noun", plain(told).lower()) if told else None), role

    def _whose(self, words: list[str]) -> Node | None:
        """The longest run of words that names a country, an organisation or somebody of this story."""
        for n in range(len(words), 0, -1):
            runs = [words[i : i + n] for i in range(len(words) - n + 1)]
            if country := next((c for run in runs if (c := self.names.country(run))), ""):
                return "country", country
            if known := next((self.known[k] for run in runs if (k := plain(run)) in self.known), None):
                return known
        return None

    def holder(self, office: Office) -> Node | None:
        """Who mostly holds it in this story: it itself, any leader's office of that state, or, of no one's, the same role anywhere."""
        whose, role = office
        pools = [self.held.get(office, Counter())]
        if whose is not None and role in leaders():
            pools.append(sum((c for (o, r), c in self.held.items() if o == whose and r in leaders()), Counter()))
        if whose is None:
            pools.append(sum((c for (_, r), c in self.held.items() if r == role), Counter()))
        return next((node for pool in pools if (node := mostly(pool)) is not None), None)

    def state_of(self, node: Node) -> Node:
        """The state that a person leads, by the offices held; anything else is its own."""
        led = Counter({whose: n[node] for (whose, role), n in self.held.items() if whose is not None and role in leaders() and n[node]})
        return led.most_common(1)[0][0] if led else node


class Sides:
    """The side, or the holder of an office, that each phrase with a common noun names in a story."""

    def __init__(self, named: list[Nominal], offices: Offices, groups: Groups):
        self.offices, self.groups = offices, groups
        self.places = self._places(named)
        self._join_minor(named)
        self.bodies = self._bodies(named)
        self.of_noun: dict[str, Counter] = defaultdict(Counter)  # whose "army" is meant where it says so

    def _bodies(self, named: list[Nominal]) -> dict[str, Node]:
        """Short forms of organisations named in full: "the committee", where one committee is mostly meant in this story."""
        counts: dict[str, Counter] = defaultdict(Counter)
        for m in named:
            if m.node[0] in {"organisation", "name"} and len(m.words) + m.of_name > 1:
                word = bare(m.words[0] if m.of_name else m.words[-1])
                if word in organisation_words():
                    counts[word][self.groups.of(m.node)] += 1
        for m in named:  # "the operator, Hydro Ltd", and from then on "the operator"
            for c in m.head.children if m.form == "phrase" and m.name and m.node[0] in {"organisation", "name"} else ():
                if c.dep_ == "appos" and c.tag_ == "NN":
                    counts[c.lower_][self.groups.of(m.node)] += 1
            above = m.head.head
            if m.form == "phrase" and m.name and m.head.dep_ == "appos" and above.tag_ == "NN" and m.node[0] in {"organisation", "name"}:
                counts[above.lower_][self.groups.of(m.node)] += 1
        return {word: node for word, c in counts.items() if (node := mostly(c)) is not None and node not in self.places}

    def _places(self, named: list[Nominal]) -> set[Node]:
        every = Counter(m.node for m in named)
        there = Counter(m.node for m in named if m.node[0] == "name" and located(m))
        return {node for node, n in there.items() if n >= PLACE * every[node]}

    def _join_minor(self, named: list[Nominal]) -> None:
        """Who only speaks or works for a side, and is mentioned seldom, goes with that side ("party chairwoman Ann Bell")."""
        groups, held = self.groups, self.offices.held
        mentions = Counter(groups.of(m.node) for m in named)
        leading = {person for (_, role), holders in held.items() if role in leaders() for person in holders}
        works: dict[Node, Counter] = defaultdict(Counter)
        for (whose, role), holders in held.items():
            if whose is not None and groups.of(whose)[0] != "person" and whose not in self.places:
                for person in (p for p in holders if p not in leading):  # in the order of the text: a set would give another at each run
                    works[person][whose, role] += holders[person]
        for person, counts in works.items():
            (whose, role), _ = counts.most_common(1)[0]
            if mentions[person] <= min(MINOR, mentions[groups.of(whose)]):
                m = self.offices.said.get(((whose, role), person))
                groups.absorb(_link(person, whose, f"{role} of that side, mentioned seldom", m))

    def resolve(self, nouns: list[Nominal]) -> None:
        """Give every phrase its node; what says whose it is first, then what leaves that open ("the army")."""
        for m in nouns:
            if m.node == ("", ""):
                m.node = self._told(m)
        for m in nouns:
            if m.node == ("", ""):
                m.node = self._untold(m)

    def _told(self, m: Nominal) -> Node:
        noun = singular(bare(m.head.text))
        if country := self.offices.names.country(m.words):
            return "country", country
        office = self.offices.of(m.words, m)
        if office is None:
            return ("", "") if len(m.words) == 1 and m.determiner in BARE else ("noun", noun)
        whose, role = office
        alone = whose is None and m.determiner in BARE
        holder = self.offices.holder(office) if not m.plural and (whose is not None or alone) else None
        if holder is not None:
            return self._linked(f"{role} of {whose[1]}" if whose else role, holder, "holds that office in this story", m)
        if whose is None:
            return ("", "") if alone else ("noun", noun)
        if whose == ("noun", "government") and acting().get(role) == "any":
            return "", ""
        if role in leaders() and not m.plural:
            return "office", f"{role} of {whose[1]}"
        side = self.offices.state_of(whose) if role in POWERS else self.groups.of(whose)
        acts = acting().get(role.removeprefix("former "))
        if acts is None or side[0] in {"person", "noun"} or (side[0] == "country" and acts != "any") or side in self.places:
            return "noun", noun
        self.of_noun[role][side] += 1
        return self._linked(f"{role} of {whose[1]}", side, "people or body of that side", m)

    def _untold(self, m: Nominal) -> Node:
        noun = singular(bare(m.head.text))
        if noun in self.bodies and m.determiner in {"the", "this"}:
            return self._linked(noun, self.bodies[noun], "the one of that kind named in this story", m)
        powers = sum((self.of_noun[power] for power in POWERS), Counter())
        pool = powers if noun in POWERS or len(m.words) > 1 else self.of_noun[noun]
        acts = acting().get(noun) == "any" and noun not in leaders() and pool.total() >= OFTEN
        side = mostly(pool) if acts and m.determiner in {"the", "this", ""} else None
        if side is None:
            return "noun", noun
        return self._linked(noun, side, "mostly of that side where this story says whose", m)

    def _linked(self, office: str, holder: Node, why: str, m: Nominal) -> Node:
        """The holder's group, and the link that says why, once for each office and holder."""
        self.groups.note(_link(("office", office), holder, why, m))
        m.why = why
        return holder


def _link(one: Node, other: Node, why: str, m: Nominal | None) -> Link:
    return Link(one, other, why, *((m.article.article_id, m.start, m.end) if m is not None else ()))
