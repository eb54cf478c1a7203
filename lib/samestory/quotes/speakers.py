"""Who is it? Mentions of speakers resolved to one name within an article, with the speaker's actor and kind."""

import dataclasses
import re

import numpy as np
from spacy.tokens import Token

from samestory.codebook import Codebook
from samestory.quotes import names
from samestory.quotes.drafts import Page
from samestory.quotes.mentions import OF, core_of, holds_role, kind_word, mention, name_in, plural

PRONOUNS = dict.fromkeys("he him his".split(), "m") | dict.fromkeys("she her hers".split(), "f")
PRONOUNS |= dict.fromkeys("it its".split(), "organisation") | dict.fromkeys("they them their".split(), "many")
POSSESSIVES = set("his her its their".split())
OTHER_PRONOUNS = set("i we you who which that this these those one some many others most all both me us what".split())
FAR = 2  # paragraphs back in which a pronoun or role may find its speaker


@dataclasses.dataclass(frozen=True)
class Speaker:
    """A resolved speaker: `name` is empty where it is not known, `kind` one of person, organisation, unnamed, document, media."""

    name: str
    actor: str
    kind: str
    gender: str = ""


NAME_BESIDE = re.compile(r"(?:[A-Z][\w'’-]*|of|for|and|the)(?: (?:[A-Z][\w'’-]*|of(?= [A-Z])|for(?= [A-Z])|and(?= [A-Z])))*")
BRACKETED = re.compile(r" ?\(([^()\n]{2,40})\)")
BESIDE = re.compile(r"(?: ?\([^()\n]{2,40}\))?,? ((?:[^,.;:\n\"()]|\.(?=\w)|(?<=[A-Z])\.){2,90})")
NOBODY = Speaker("", "", "")


class Speakers:
    """Resolves the mentions of one article, in the order of the text, for pronouns look back at who spoke before."""

    def __init__(self, page: Page, book: Codebook):
        self.text, self.page = page.text, page
        self.aliases = book.aliases_longest_first
        self.labels = book.labels_longest_first
        self.people = names.people(page)
        self.acronyms = names.acronyms(self.text)
        self.breaks = [m.start() for m in re.finditer(r"\n\s*", self.text)]
        self.history: list[tuple[int, Speaker, str]] = []  # (where, who, the words of the mention and its apposition)
        self.genders: dict[str, str] = {}  # what pronouns so far have told
        self.bodies: list[tuple[int, Speaker]] = []  # organisations that speakers so far were said to speak for
        self.beside: dict[str, Speaker | None] = {}  # names that stand right beside a noun, looked for once
        self._subjects()

    def _subjects(self) -> None:
        """People who are the subject of any sentence in the outlet's own words: a pronoun after it may mean them."""
        self.subjects: list[tuple[int, Speaker]] = []
        if not self.page.has_parse:
            return
        strings = self.page.doc.vocab.strings
        surnames = {p.full.split()[-1].lower() for p in self.people}
        main = {"ROOT", "conj", "parataxis"}  # who an embedded clause is about ("said that Holt was wrong") is seldom the next "he"
        for i in np.flatnonzero(np.isin(self.page.deps, [strings["nsubj"], strings["nsubjpass"]])).tolist():
            if self.page.words[i] not in surnames or self.page.tags[i] not in ("NNP", "NNPS") or self.page.inside(self.page.starts[i]):
                continue
            if self.page.doc[i].head.dep_ not in main:
                continue
            start, end = mention(self.page.doc[i])
            person = self._person(self.text[start:end], start)
            if person is not None:
                self.subjects.append((start, person))

    def resolve(self, start: int, end: int, *, head: Token | None = None) -> Speaker:
        """The speaker whom the mention `text[start:end]` means; remembered for the pronouns that follow."""
        text = self.text[start:end]
        if head is not None and text.lower() in ("who", "which", "that") and head.head.dep_ == "relcl":
            start, end = mention(head.head.head)
            speaker = self._resolve(self.text[start:end], start, end)
            if text.lower() == "who" and speaker.kind in ("organisation", "document"):  # a person in it, whom the parser missed
                return NOBODY
        else:
            speaker = self._several(text, start, end, head) or self._resolve(text, start, end)
        if speaker.name:
            self.history.append((start, speaker, text + " " + self._beside(start, end)))
        return speaker

    def alias(self, text: str) -> str:
        """The codebook's name for a mention, empty when it has none."""
        found = self._alias(text)
        return found.name if found else ""

    def again(self, start: int, speaker: Speaker) -> None:
        """Remember that a speaker goes on speaking at `start`."""
        if speaker.name:
            self.history.append((start, speaker, speaker.name))

    def _several(self, text: str, start: int, end: int, head: Token | None) -> Speaker | None:
        """Two or more people who speak together ("Reps. Lee, Carr and Dunn") stay as worded; a name with "and" in it is one."""
        if head is None or not head.tag_.startswith("NNP") or self._alias(core_of(text)):
            return None
        together = [head, *(c for c in head.conjuncts if c.tag_.startswith("NNP"))]
        found = [self._fitting(t.text) for t in together]
        if len(together) < 2 or any(len(people) != 1 for people in found):
            return None
        worded = self.text[start : max(end, *(t.idx + len(t) for t in together))]
        return Speaker(worded, self._actor(worded), "")

    def _resolve(self, text: str, start: int, end: int) -> Speaker:
        text, end = (text[:-2], end - 2) if text.endswith(("'s", "’s")) else (text, end)
        words = text.lower().split()
        if not words:
            return NOBODY
        if text.isupper() and len(text) > 1:  # the WHO, the US, an IT firm
            words = [text]
        if words[0].rstrip(",") in PRONOUNS and len(words) <= 2 and not (words[0] in POSSESSIVES and len(words) > 1):
            return self._pronoun(words[0].rstrip(","), start)
        if len(words) == 1 and words[0] in OTHER_PRONOUNS:
            return NOBODY
        core = core_of(text)
        beside = self._beside(start, end)
        person = self._alias(core, people=True) or self._person(core, start)
        if person is None and core.isupper():  # a transcript's label: SMITH
            person = self._person(core.title(), start)
        if person is None and holds_role(core):
            person = self._person(beside, start) if beside else None
        if person is not None:
            if body := self._body(text):
                self.bodies.append((start, body))
            return self._known(person, text + " " + beside)
        if found := self._alias(core):
            return found
        if len({p.full for p in self._fitting(core)}) > 1:  # a surname that two people have
            return Speaker("", "", "person")
        if re.match(r"(?:the|this|that)\s", text, re.IGNORECASE):
            again = self._role_again(text, start)
            if again is not None:
                return again
        if beside and (found := self._alias(core_of(beside))) and kind_word(core) == "organisation" and core.islower():
            return found
        return self._described(text, core, beside, common=self._opens_with_noun(start, end))

    def _opens_with_noun(self, start: int, end: int) -> bool:
        """Is a mention one common noun, with a capital only because its sentence begins with it ("Witnesses")?"""
        first = next(iter(self.page.tokens(start, end)), None)
        if first is None or first.idx + len(first) < end or first.text.isupper():
            return False
        return first.tag_ in ("NN", "NNS") and first.i == self.page.sentences[first.i][0]

    def _pronoun(self, pronoun: str, start: int) -> Speaker:
        """The latest speaker, or subject of a sentence since, who can be meant; nobody when the paragraphs between are too many."""
        wanted = PRONOUNS[pronoun]
        earliest = self._paragraphs_back(start, FAR)
        past = [(at, s) for at, s, _ in self.history] + (self.subjects if wanted in "mf" else [])
        for _, speaker in sorted((p for p in past if earliest <= p[0] < start), key=lambda p: -p[0]):
            single = speaker.kind in ("person", "") or (speaker.kind == "unnamed" and not plural(speaker.name))
            gender = speaker.gender or self.genders.get(speaker.name, "")
            if wanted in ("m", "f") and single and gender in ("", wanted):
                self.genders[speaker.name] = wanted
                return dataclasses.replace(speaker, gender=wanted)
            if wanted == "organisation" and speaker.kind in ("organisation", "media", "document"):
                return speaker
            if wanted == "many" and (speaker.kind == "organisation" or (speaker.kind == "unnamed" and plural(speaker.name))):
                return speaker
        return NOBODY

    def _paragraphs_back(self, start: int, n: int) -> int:
        before = [b for b in self.breaks if b < start]
        return before[-n - 1] if len(before) > n else 0

    def _body(self, text: str) -> Speaker | None:
        """The organisation (of the codebook, or with an acronym) for which a person speaks: "spokeswoman for the ICRC"."""
        for row in self.aliases:
            if row.kind in ("organisation", "media") and re.search(rf"(?<!\w){re.escape(row.alias)}(?!\w)", text):
                return Speaker(row.speaker, row.actor, row.kind)
        full = next((name for short, name in self.acronyms.items() if name in text or re.search(rf"\b{re.escape(short)}\b", text)), "")
        return Speaker(full, self._actor(full), "organisation") if full else None

    def _alias(self, text: str, *, people: bool = False) -> Speaker | None:
        """The longest alias of the codebook that holds the head of the mention (its last word before "of", "in" ...)."""
        cut = OF.search(text)
        head = cut.start() if cut else len(text)
        for row in self.aliases:
            if people and row.kind != "person":
                continue
            for m in re.finditer(rf"(?<!\w){re.escape(row.alias)}(?!\w)", text):
                if m.start() < head <= m.end() or (row.kind == "person" and m.end() == len(text)):
                    gender = next((p.gender for p in self.people if p.full == row.speaker), "")
                    return Speaker(row.speaker, row.actor, row.kind or "person", gender)
        return None

    def _fitting(self, text: str) -> set[names.Person]:
        """The people whose full name, or whose surname alone, stands in a mention."""
        named = name_in(text)
        found = {p for p in self.people if named.endswith(p.full)}
        if not found:
            last = names.last_name(named)
            found = {p for p in self.people if last and p.last == last}
            if gender := names.gender_of_titles(text):
                found = {p for p in found if p.gender in ("", gender)}
        return found

    def _person(self, text: str, start: int) -> Speaker | None:
        """The person whom a mention names, when only one person of the article fits."""
        found = self._fitting(text)
        if not found:
            return None
        if len({p.full for p in found}) > 1:
            best = max(found, key=lambda p: len(p.full))
            if not all(p.full in best.full for p in found):
                return None
        else:
            best = next(iter(found))
        if alias := self._alias(best.full, people=True):
            return dataclasses.replace(alias, gender=best.gender)
        return Speaker(best.full, "", "person", best.gender)

    def _known(self, speaker: Speaker, words: str) -> Speaker:
        """A person with an actor: the codebook's, else what the words beside any of the person's mentions say."""
        if speaker.actor:
            return speaker
        seen = " ".join(w for _, s, w in self.history if s.name == speaker.name)
        roles = " ".join(p.words for p in self.people if p.full == speaker.name)
        return dataclasses.replace(speaker, actor=self._actor(words) or self._actor(seen) or self._actor(roles))

    def _role_again(self, text: str, start: int) -> Speaker | None:
        """ "The charity", "the ambassador": the one speaker so far who was called so; "the group": the last organisation nearby."""
        core = re.sub(r"^(?:the|this|that)\s", "", core_of(text), flags=re.IGNORECASE)
        if not core.islower() and core.lower() not in GENERIC:  # a name
            return None
        core = core.lower()
        noun = OF.split(core)[0].split()[-1] if core.split() else ""
        if not noun or (core.split()[0] != core and OF.search(core)):
            return None
        if kind_word(noun) == "document":
            return None
        body = kind_word(noun) in ("organisation", "media")
        said = re.compile(rf"\b{re.escape(core)}\b", re.IGNORECASE)
        called = [s for _, s, words in self.history if (s.kind != "person") == body and noun not in s.name.lower() and said.search(words)]
        if called and len({s.name for s in called}) == 1:
            return called[-1]
        if core not in self.beside:
            self.beside[core] = self._named_beside(core)
        named = self.beside[core]
        if named is not None:
            return named
        if noun in GENERIC and len(core.split()) <= 2:
            earliest = self._paragraphs_back(start, FAR)
            near = [s for at, s, _ in self.history if at >= earliest and s.kind in ("organisation", "media", "") and s.name[:1].isupper()]
            near = near or [body for at, body in self.bodies if earliest <= at < start]
            if near and len({s.name for s in near}) == 1:
                return near[-1]
        return None

    def _named_beside(self, noun: str) -> Speaker | None:
        """ "Istanbul-based charity the Humanitarian Relief Foundation": a name that the article puts right beside the noun."""
        found = set()
        for m in re.finditer(rf"\b{re.escape(noun)},? (?:the )?(?=[A-Z])", self.text):
            tail = NAME_BESIDE.match(self.text, m.end())
            if tail and len(tail.group().split()) > 1:
                found.add(tail.group())
        if len(found) != 1:
            return None
        name = found.pop()
        return self._alias(name) or self._person(name, 0) or Speaker(name, self._actor(name), "organisation")

    def _described(self, text: str, core: str, beside: str, *, common: bool = False) -> Speaker:
        """A speaker who is no person known by name: the organisation in full, or the source as worded."""
        bare = re.sub(r"^(?:the|The|THE)\s+", "", core).strip()
        name = self.acronyms.get(bare, bare)
        actor = self._actor(core) or self._actor(beside)
        if found := self._alias(name):
            return found
        kind = kind_word(core)
        head = OF.split(bare)[0].split()[-1:] or [""]
        if common or head[0][:1].islower() or not any(c.isalpha() for c in name):
            if re.match(r"(?:his|her|its|their|my|our|your)\b", bare, re.I):
                return Speaker("", actor, "unnamed" if kind not in ("document", "media") else kind)
            name = text if re.match(r"(?:a|an|one|some)\s", text, re.I) else self._fuller(bare) if kind == "organisation" else bare
            if kind == "organisation" and re.match(r"(?:an?|some|one)\s", text, re.I):
                kind = "unnamed"
            return Speaker(
                name, actor, kind if kind in ("document", "media", "organisation") else "unnamed", names.gender_of_titles(head[0])
            )
        if kind == "person" and holds_role(core) and not names.last_name(bare):
            return Speaker(bare, actor, "unnamed")
        surname = names.bare(bare)
        if kind == "person" and surname != bare and " " not in surname and surname[:1].isupper():  # "President Ortega", later "Ortega"
            return Speaker(surname, actor, "person", names.gender_of_titles(bare.removesuffix(surname)))
        if earlier := next((s for _, s, _ in reversed(self.history) if s.name == name), None):
            return earlier
        if kind == "person" and names.looks_like_person(bare):
            return Speaker(bare, actor, "person", names.gender(bare))
        if kind in ("document", "media", "organisation"):
            return Speaker(name, actor, kind)
        return Speaker(name, actor, self._kind_of_name(text, name), names.gender_of_titles(head[0]) or names.given(name))

    def _kind_of_name(self, text: str, name: str) -> str:
        """A name without a title or a first name: an organisation after "the", in capitals, or if a country; else a person, or unknown."""
        if re.match(r"the\s", text, re.IGNORECASE) or name.isupper() or name in self.acronyms.values() or names.is_country(name):
            return "organisation"
        return "person" if names.given(name) else ""

    def _fuller(self, noun: str) -> str:
        """A noun at its fullest: "opposition" is the "Syrian opposition" when the article has one such form only."""
        if " " in noun:
            return noun
        fuller = set(re.findall(rf"\bthe ((?:[A-Z][\w.-]*) {re.escape(noun)})\b", self.text))
        return fuller.pop() if len(fuller) == 1 else noun

    def _actor(self, words: str) -> str:
        """The actor whose label, or whose alias, is the longest that stands in the words; empty when two are equally long.

        A label with a capital stands as it is written ("WHO" is not "who"), one without in any case.
        """
        hits = []
        for r in self.labels:
            case = re.IGNORECASE if r.label == r.label.lower() else re.NOFLAG
            if re.search(rf"(?<!\w){re.escape(r.label)}s?(?!\w)", words, case):
                hits.append((len(r.label), r.actor))
        hits += [(len(r.alias), r.actor) for r in self.aliases if re.search(rf"(?<!\w){re.escape(r.alias)}(?!\w)", words)]
        people = [(n, a) for n, a in hits if a not in ("event", "area")]
        if not people:
            return ""
        longest = max(n for n, _ in people)
        best = {a for n, a in people if n == longest}
        return best.pop() if len(best) == 1 else ""

    def _beside(self, start: int, end: int) -> str:
        """The apposition of a mention: ", Yasser al-Youssef," after it, up to the next comma or verb."""
        if (m := BRACKETED.match(self.text, end)) and names.looks_like_person(names.bare(m.group(1))):  # "The mayor (Tom Bell)"
            return m.group(1)
        if not self.text[end : end + 8].lstrip(" )").startswith((",", "(")) or not (m := BESIDE.match(self.text, end)):
            return ""
        return m.group(1).strip() if not re.match(r"(?:who|which|whose|where|when|and|but|or|said|told|\w+ing)\b", m.group(1)) else ""


GENERIC = set(
    "group organisation organization agency charity company ministry body council committee party movement alliance department office "
    "association union newspaper broadcaster network commission foundation institute firm bank".split()
)
