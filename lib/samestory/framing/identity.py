"""Who is meant by a name, an office or a noun: one node for each, read off the whole story, before anything is joined."""

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from samestory import phrases
from samestory.framing.links import Node
from samestory.framing.nominals import HONORIFICS, MEN, SUFFIXES, WOMEN, Nominal
from samestory.framing.rolewords import bare, kind_of, organisation_words, role_of, roles
from samestory.lists import read_list
from samestory.phrases import singular
from samestory.quotes import names as given_names

ABROAD = 0.5  # mentions of other states for one of a state's own institutions, from which a story is not about that state alone
MOSTLY = 0.6  # the share from which a title, or a short form, is taken to be one holder's in this story
INITIAL = re.compile(r"[A-Z]\.?\Z")
# "South Sudan" is no short form of "Sudan", nor "York" of "New York".
NEW_PLACES = frozenset("north south east west new san saint st los las el la port fort mount lake upper lower old great".split())
SMALL = frozenset("the of for and &".split())


@functools.cache
def countries() -> dict[str, str]:
    """Country by each of its names, adjective and capital, from `data/countries.csv`; capitals stand for governments in the news."""
    out = {}
    for row in read_list("countries").itertuples():
        for name in (row.country, row.adjective, row.capital, *row.other_names.split(";")):
            if name:
                out.setdefault(name, row.country)
                out.setdefault(singular(name + "s"), row.country)
    return out


@functools.cache
def institutions() -> dict[str, str]:
    """The state, or union of states, that an institution belongs to, from `data/institutions.csv`; stops in initials left out."""
    table = read_list("institutions")
    return dict(
        zip([*table["institution"].str.replace(".", "", regex=False), *table["belongs_to"]], [*table["belongs_to"]] * 2, strict=True)
    )


class Names:
    """The names of a story: which forms are one person, which are a country's or an organisation's."""

    def __init__(self, named: list[Nominal]):
        self.alone = Counter(m.words[0] for m in named if len(m.words) == 1)
        self.polite = {m.words[-1] for m in named if _is_person(m)}
        self.persons: dict[tuple[str, ...], str] = {}  # full name to the form that stands alone, or else the family name
        self.parts: dict[str, Counter] = defaultdict(Counter)
        self.genders = self._genders(named)
        self.short: dict[tuple[str, ...], str] = {}  # other full names to the last word that stands alone
        self.spelt_out: dict[str, tuple[str, ...]] = {}
        self.states = self._states(named)
        self.folded = self._folded(named)  # states whose institutions are taken for them
        self.fulls: Counter = Counter()
        for m in named:
            self._read(m)
        self._name_persons()

    def _genders(self, named: list[Nominal]) -> dict[str, Counter]:
        """How often a man's and a woman's honorific stands in front of each family name."""
        found: dict[str, Counter] = defaultdict(Counter)
        for m in named:
            if len(m.words) > 1 and (gender := _gender(m)):
                found[m.words[-1]][gender] += 1
        return found

    def _states(self, named: list[Nominal]) -> Counter:
        """The countries that the story names, by name, adjective or capital."""
        found = Counter()
        for m in named:
            for words in (m.words, m.title):
                found.update(countries()[w] for w in {" ".join(words), *words} if w in countries())
        return found

    def _folded(self, named: list[Nominal]) -> set[str]:
        """States whose institutions are one actor with them: those named beside others. In a story of one state's own quarrels
        ("the White House and the State Department") they stay apart."""
        counts = Counter(institutions()[k] for m in named if (k := plain(m.words)) in institutions())
        return {
            owner
            for owner, n in counts.items()
            if owner not in countries() or (self.states[owner] and sum(self.states.values()) - self.states[owner] >= ABROAD * n)
        }

    def _read(self, m: Nominal) -> None:
        words = tuple(w for w in m.words if bare(w) not in HONORIFICS)
        core = _core(words)
        if len(words) < 2 or not core:
            return
        if m.of_name or bare(core[-1]) in organisation_words() or self.country(words):
            long = (*words, *(m.of if m.of_name else ()))
            initials = "".join(w[0] for w in long if w[0].isupper())
            if len(initials) > 1:
                self.spelt_out.setdefault(initials, long)
        elif self.alone[core[-1]] and bare(words[0]) not in NEW_PLACES and core[-1] not in self.polite and not given_names.given(core[0]):
            self.short.setdefault(words, core[-1])
        elif given_names.given(core[0]) or core[-1] in self.polite or any(w in self.polite for w in core if self.alone[w]):
            self.fulls[words] += 1

    def _name_persons(self) -> None:
        """A person is called by what stands alone of the name, else by the family name; of two of one family the one named less in full."""
        taken: dict[str, str] = {}
        for words, n in self.fulls.most_common():
            core = _core(words)
            short = [w for w in core if self.alone[w] and w not in countries()]
            name = core[-1] if core[-1] in short or not short else max(short, key=lambda w: self.alone[w])
            if any(bare(w) == "jr" for w in words):
                name = f"{name} Jr."
            elif len(core) > 1 and taken.setdefault(name, core[0]) != core[0] and all(self._given(w) for w in (taken[name], core[0])):
                name = " ".join(core)
            self.persons[words] = name
            for word in core:
                self.parts[word][name] += n

    def _given(self, word: str) -> bool:
        return bool(given_names.given(word)) or self.alone[word] > 0

    def country(self, words: Iterable[str]) -> str:
        """The country that these words name, also by one of its institutions where the story names the country too; or empty."""
        text = " ".join(words).removeprefix("the ").removeprefix("The ")
        if text in countries() or singular(text) in countries():
            return countries().get(text) or countries()[singular(text)]
        owner = institutions().get(plain(words), "")
        return owner if owner in self.folded else ""

    def node(self, m: Nominal) -> Node:
        """The node of a name."""
        words = [w for w in m.words if bare(w) not in HONORIFICS]
        if not words:
            return "noun", bare(m.head.text)
        if country := self.country([*m.words, "of", *m.of] if m.of_name else words) or self.country(words):
            return ("name", words[-1].lower()) if " ".join(words) in capitals() and located(m) else ("country", country)
        if (gender := _gender(m)) and len(self.genders[words[-1]]) > 1 and self.genders[words[-1]].most_common(1)[0][0] != gender:
            return "person", f"{bare(m.words[0])} {words[-1]}"  # "Lady Hale", where Sir Martin Hale is mostly meant
        if tuple(words) in self.persons:
            return "person", self.persons[tuple(words)]
        if m.of_name or (len(words) > 1 and bare(words[-1]) in organisation_words()):
            return "organisation", organisation((*words, *m.of) if m.of_name else words)
        if len(words) == 1 or tuple(words) in self.short:
            return self._single(words[-1], m)
        return "name", " ".join(singular(w.lower()) for w in words)

    def _single(self, word: str, m: Nominal) -> Node:
        half = Counter({c: n for c, n in self.states.items() if c.split()[0] == word and c != word})
        if half and m.determiner == "the":
            return "country", half.most_common(1)[0][0]  # "the North" in a story about North Korea
        if bare(word) in organisation_words():
            return "noun", singular(bare(word))
        if self.parts[word] or word in self.polite:
            held = self.parts[word]
            return "person", word if held[word] or not held else held.most_common(1)[0][0]
        letters = word.replace(".", "")
        if len(letters) > 1 and letters.isupper() and letters in self.spelt_out:
            return "organisation", organisation(self.spelt_out[letters])
        return "name", singular(word.lower())


@functools.cache
def capitals() -> frozenset[str]:
    """The capitals of `data/countries.csv`."""
    return frozenset(read_list("countries")["capital"]) - {""}


def located(m: Nominal) -> bool:
    """Does the name tell where something is ("in Nairobi"), rather than who acts?"""
    return m.head.dep_ == "pobj" and m.head.head.lower_ in phrases.LOCATIVE


def _gender(m: Nominal) -> str:
    """What the honorific in front of a name says: m, f or nothing."""
    word = bare(m.words[0]) if len(m.words) > 1 else ""
    return "m" if word in MEN else "f" if word in WOMEN else ""


def _core(words: Iterable[str]) -> list[str]:
    """A full name without initials and what follows a family name ("Jr.")."""
    return [w for w in words if bare(w) not in SUFFIXES and not INITIAL.match(w)]


def plain(words: Iterable[str]) -> str:
    """Words as `data/institutions.csv` has them: without "the" and the stops of initials."""
    return " ".join(words).removeprefix("the ").removeprefix("The ").replace(".", "")


def _is_person(m: Nominal) -> bool:
    """Does an honorific or a person's title stand in front of this name?"""
    if not m.words or bare(m.words[-1]) in organisation_words():
        return False
    polite = len(m.words) > 1 and bare(m.words[0]) in HONORIFICS
    beside = [c for c in m.head.children if c.dep_ == "appos"] + [m.head.head] * (m.head.dep_ == "appos")
    if len(m.words) > 1 and any(t.tag_ == "NN" and roles().get(t.lower_) == "person" for t in beside):
        return True  # "the Ethiopian prime minister, Hailu Bekele"
    titled = bool(m.title) and (role := role_of(m.title)) is not None and kind_of(role[1]) == "person"
    return polite or titled


def organisation(words: Iterable[str]) -> str:
    """An organisation's name folded: "Department of Justice" is "Justice Department"."""
    return " ".join(sorted(bare(w) for w in words if bare(w) not in SMALL))


def mostly(counts: Counter) -> Node | None:
    """What is counted most, if it is most of all."""
    if not counts:
        return None
    node, n = counts.most_common(1)[0]
    return node if n / counts.total() >= MOSTLY else None
