"""Which people, groups and countries might be one actor under several names? Proposals for a person to accept in the codebook."""

import functools
import itertools
import re
from collections import Counter, defaultdict
from typing import NamedTuple

from samestory.framing.identity import Names
from samestory.framing.links import Groups, Link, Node
from samestory.framing.nominals import Nominal, nominals
from samestory.framing.rolewords import bare
from samestory.framing.sides import Offices, Sides
from samestory.lists import read_list
from samestory.parse import Article
from samestory.phrases import singular

# What stands between a name and its initials in brackets, or another name of the same.
CALLED = "known as|nicknamed|dubbed|alias|aka|a\\.k\\.a\\."
ALSO = re.compile(rf"\s\(|,? \(?(?:better |also |widely |locally )?(?:{CALLED}) (?:the )?[\"']?", re.IGNORECASE)
STEM = 6  # letters that "Democrats", "Democratic" and "Democracy" have in common


class Proposal(NamedTuple):
    """`actors`: rows of that table; `links`: rows `cluster, one, other, why, article_id, start, end`, the evidence for each join."""

    actors: list[dict]
    links: list[dict]


def suggest(articles: list[Article]) -> list[dict]:
    """The rows of table `actors`: see `propose`."""
    return propose(articles).actors


def propose(articles: list[Article]) -> Proposal:
    """Propose actors: every noun phrase of a story, grouped across its articles, with the reason for each join of different words.

    Rows `article_id, start, end, text, form, cluster, why`. `cluster` is the group's most frequent wording; `why` the reason for which this
    phrase stands there, empty where its head word or name is the group's own. `form`: `phrase` (with determiner
    and possessor), `longer` (with what a preposition adds) or `inside` (a name in another noun's phrase); times and quantities are left
    out. None without a parse.

    A sieve of rules, the surest first, in the manner of Raghunathan et al. (2010, EMNLP): the same name, head noun or country ("Syrians",
    "Damascus"); then joins of *different* words, each a link with its reason: initials; a family name that stands alone; a party's people
    ("Democrats", "Democratic Party"); who mostly holds an office in this story by what stands beside the name ("Kenyan president Mwangi",
    "Bell, the party's chairwoman", "is the leader of"); a state's institutions, officials and forces, with the state; who speaks for a
    side and is mentioned seldom, with that side; "the committee" with the one committee named; and nouns of `data/synonyms.csv` that the
    story uses both. Two countries or two persons are never joined. It errs: a person decides.
    """
    found = [m for article in articles for m in nominals(article)]
    named = [m for m in found if m.name and m.form != "longer"]
    names, groups = Names(named), Groups()
    for m in named:
        m.node = names.node(m)
    _join_names(named, groups)
    offices = Offices(found, names, groups)
    Sides(named, offices, groups).resolve([m for m in found if not m.name and m.form == "phrase"])
    _join_synonyms(found, groups)
    whole = {(id(m.article), m.head.i): (m.node, m.why) for m in found if m.form == "phrase"}
    for m in found:
        if m.form == "longer":
            m.node, m.why = whole[id(m.article), m.head.i]
    return _rows(found, groups)


def _join(groups: Groups, one: Node, other: Node, why: str, m: Nominal | None = None) -> None:
    where = (m.article.article_id, m.start, m.end) if m is not None else ()
    groups.join(Link(one, other, why, *where))


def _join_names(named: list[Nominal], groups: Groups) -> None:
    """Parties and their people ("Democrats", "Democratic Party"), initials in brackets, other names of one person, shortened names."""
    people = {m.node[1][:STEM]: m.node for m in named if m.node[0] == "name" and m.head.tag_ == "NNPS" and len(m.words) == 1}
    starts: dict[tuple[str, ...], set[Node]] = defaultdict(set)
    for m in named:
        if m.node[0] == "name" and m.head.tag_ == "NNPS" and len(m.words) > 1 and singular(bare(m.head.text))[:STEM] in people:
            _join(groups, m.node, people[singular(bare(m.head.text))[:STEM]], "the same people by name", m)
        if m.node[0] == "organisation" and len(bare(m.words[0])) >= STEM - 1:
            alike = people.get(bare(m.words[0])[:STEM])
            if alike is not None and len(alike[1]) >= STEM - 1:
                _join(groups, m.node, alike, "organisation and people of one name", m)
        if m.node[0] in {"name", "organisation"} and m.form == "phrase":
            for n in range(2, len(m.words)):
                starts[tuple(m.words[:n])].add(m.node)
    for m in named:
        longer = starts.get(tuple(m.words), set()) - {m.node}
        if len(longer) == 1 and m.node[0] in {"name", "organisation"}:
            _join(groups, m.node, next(iter(longer)), "the beginning of that name", m)
    for m, after in itertools.pairwise(named):
        between = m.article.plain[m.end : after.start] if m.article is after.article else ""
        if after.node[0] in {"name", "organisation"} and m.node[0] != "noun" and (found := ALSO.fullmatch(between)):
            _join(groups, after.node, m.node, "in brackets behind the name" if found[0].strip() == "(" else "also called so", after)


@functools.cache
def synonyms() -> dict[str, tuple[int, ...]]:
    """The sets of `data/synonyms.csv` that each noun stands in, by number."""
    sets: dict[str, list[int]] = defaultdict(list)
    for i, row in enumerate(read_list("synonyms").itertuples()):
        for noun in row.nouns.split(";"):
            sets[singular(noun.strip())].append(i)
    return {noun: tuple(at) for noun, at in sets.items()}


def _join_synonyms(found: list[Nominal], groups: Groups) -> None:
    """Nouns of one set of near synonyms that the story uses: the most frequent of the set takes the others."""
    counts = Counter(m.node for m in found if m.node[0] == "noun" and m.form == "phrase")
    sets: dict[int, list[Node]] = defaultdict(list)
    for node in counts:
        for i in synonyms().get(node[1], ()):
            sets[i].append(node)
    for nodes in sets.values():
        first = max(nodes, key=lambda n: (counts[n], n))
        for node in sorted(nodes):
            if node != first:
                _join(groups, node, first, "nouns for one kind of thing (synonyms.csv)")


def _rows(found: list[Nominal], groups: Groups) -> Proposal:
    shown = _shown(found, groups)
    joined = {link.one: link.why for link in reversed(groups.links)}
    rows, seen = [], set()
    for m in found:
        if (m.article.article_id, m.start, m.end) not in seen:
            seen.add((m.article.article_id, m.start, m.end))
            row = {"article_id": m.article.article_id, **m.article.row(m.start, m.end), "form": m.form, "label": m.label}
            why = m.why or (joined.get(m.node, "") if m.node != groups.of(m.node) else "")
            rows.append(row | {"cluster": shown[groups.of(m.node)], "why": why})
    links = []
    for link in groups.links:
        if (cluster := shown.get(groups.of(link.other))) is not None:
            where = {"article_id": link.article_id, "start": link.start, "end": link.end}
            links.append({"cluster": cluster, "one": link.one[1], "other": link.other[1], "why": link.why, **where})
    return Proposal(rows, links)


def _shown(found: list[Nominal], groups: Groups) -> dict[Node, str]:
    """A readable name for each group, none twice: the most frequent wording of what stands for it, else of any of its phrases."""
    own, every = defaultdict(Counter), defaultdict(Counter)
    for m in found:
        if m.form != "longer":
            group, wording = groups.of(m.node), " ".join(m.article.text[m.core : m.end].split())
            every[group][wording] += 1
            own[group][wording] += m.node == group and (m.name or group[0] == "noun")
    shown, taken = {}, set()
    for group, counts in every.items():
        counts = +own[group] or counts
        best = max(counts, key=lambda w: (counts[w], -len(w), w))
        shown[group] = best if best not in taken else f"{best} ({group[1]})"
        taken.add(shown[group])
    return shown
