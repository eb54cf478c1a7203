"""Which people does an article name? Full names with their titles, found by their capitals and the words beside them."""

import dataclasses
import functools
import re
from collections import Counter

from samestory.lists import read_list
from samestory.quotes.drafts import Page

PARTICLE = r"(?:al|el|de|da|di|du|del|della|van|von|der|den|bin|bint|ibn|la|le|ter|dos|abu|St\.)"
ABBREVIATION = r"(?:Mrs|Mr|Ms|Dr|Sen|Rep|Gov|Gen|Col|Capt|Lt|Sgt|Maj|Rev|Prof|Hon|St|Jr|Sr)\."
WORD = rf"(?:{ABBREVIATION}|(?:[A-Z]\.)+|[A-Z][^\W\d_]*(?:[-'’][^\W\d_]+)*)"
RUN = re.compile(rf"(?<![\w])(?:{WORD}|{PARTICLE}(?=[ -]{WORD})|{PARTICLE}(?= {PARTICLE} {WORD}))(?:[ -](?:{PARTICLE}[ -])*{WORD})*")
BESIDE = re.compile(r", [^.\n]{0,60}")
SUFFIX = re.compile(r",? (?:Jr|Sr|II|III|IV)\.?$")
LETTERS = re.compile(r" \(([A-Za-z]{2,8})\)")
SPELT_OUT = re.compile(r"(?<![\w'’-])(?:[A-Z][\w'’-]*|of|for|and|the|in|on)(?: (?:[A-Z][\w'’-]*|of|for|and|the|in|on)){1,8}$")


@dataclasses.dataclass(frozen=True)
class Person:
    """A person named in full somewhere in an article: `words` are the titles beside the name, `gender` m, f or empty."""

    full: str
    last: str
    gender: str
    words: str


@functools.cache
def _roles() -> dict[str, str]:
    return dict(read_list("roles")[["role", "gender"]].itertuples(index=False))


@functools.cache
def _title() -> re.Pattern:
    """A run of titles and descriptions before a name ("former US Secretary of State ")."""
    longest = sorted(_roles(), key=len, reverse=True)
    return re.compile(r"^(?:.*?\b(?:" + "|".join(re.escape(r) for r in longest) + r")\b\.?[ ]+)+", re.IGNORECASE)


@functools.cache
def _given() -> dict[str, str]:
    return dict(read_list("given_names")[["name", "gender"]].itertuples(index=False))


@functools.cache
def _no_person() -> frozenset[str]:
    """Words that no person's name ends in: organisations, media, days, months."""
    rows = read_list("source_kinds")
    days, months = (
        "monday tuesday wednesday thursday friday saturday sunday",
        "january february march april may june july august september october november december",
    )
    return (
        frozenset(rows["word"])
        | frozenset(days.split())
        | frozenset(months.split())
        | {"street", "avenue", "road", "north", "south", "east", "west"}
    )


def is_role(word: str) -> bool:
    word = word.lower().strip(".,'’")
    return any(w in _roles() for w in (word, word.removesuffix("s"), word.removesuffix("es")))


def gender_of_titles(text: str) -> str:
    """m or f when a title in the text says so (Mr, spokeswoman, chairman)."""
    found = {_roles().get(w.lower().strip(".,'’"), "") for w in text.split()} - {""}
    return found.pop() if len(found) == 1 else ""


def gender(name: str) -> str:
    """m or f when the given name is one of the common ones, empty otherwise."""
    words = [w.strip(".").lower() for w in name.split()]
    return next((g for w in words[:-1] if (g := _given().get(w, ""))), "")


@functools.lru_cache(100_000)
def bare(run: str) -> str:
    """A run of capitalised words without the titles in front ("Russian U.N. Ambassador Vitaly Churkin" is "Vitaly Churkin")."""
    run = re.sub(r"['’]s$", "", run.strip())
    rest = run[m.end() :] if (m := _title().match(run)) else run
    words = SUFFIX.sub("", rest).split()
    if len(words) > 2 and not words[0].endswith(".") and words[0].lower() not in _given() and words[1].lower() in _given():
        words = words[1:]  # "Republican Donald Trump"
    return " ".join(words)


def given(name: str) -> str:
    """m or f when a single word is one of the common given names, empty otherwise."""
    return _given().get(name.lower(), "")


@functools.cache
def _countries() -> frozenset[str]:
    rows = read_list("countries")
    others = [name for cell in rows["other_names"] for name in cell.split(";") if name]
    return frozenset([*rows["country"], *rows["capital"], *others])


def is_country(name: str) -> bool:
    """Is this a country or its capital, which speak for a government ("Moscow said")?"""
    return name in _countries()


def last_name(text: str) -> str:
    """The surname with which a mention ends ("Russian envoy Churkin" gives "Churkin"), empty when its end is no capitalised word."""
    text = re.sub(r"['’]s?$", "", SUFFIX.sub("", text.strip()))
    runs = list(RUN.finditer(text))
    if not runs or runs[-1].end() != len(text):
        return ""
    name = bare(runs[-1].group())
    return _surname(name) if name and not is_role(name) else ""


def _surname(full: str) -> str:
    m = re.search(rf"(?<!\S)(?:{PARTICLE}[ -])*[^\s]+$", full)
    return m.group() if m else full


def looks_like_person(name: str) -> bool:
    """Two to five capitalised words, none of them a word for organisations, or one that follows a title."""
    words = name.split()
    if not 2 <= len(words) <= 5 or not all(w[:1].isupper() or re.fullmatch(PARTICLE, w.split("-")[0]) for w in words):
        return False
    if any(w.isupper() and len(w.strip(".")) > 2 for w in words):
        return False
    if given(words[0]) and not any(w.lower().strip(".") in _no_person() - _channels() for w in words):
        return True  # Miguel Fox is no channel
    return not any(w.lower().strip(".") in _no_person() for w in words)


@functools.cache
def _channels() -> frozenset[str]:
    return frozenset(read_list("source_kinds").query("kind == 'media'")["word"])


def people(page: Page) -> list[Person]:
    """The people named in full in an article, each once, with what their titles and given names tell.

    A capitalised run of two words or more counts as a person when a title stands before or beside it, its given name is a common one, its
    surname stands alone elsewhere, or the parser saw it speak; a run after "the" does not.
    """
    text = page.text
    runs = [(m.start(), m.group()) for m in RUN.finditer(text)]
    alone = Counter(bare(run) for _, run in runs)
    found: dict[str, Person] = {}
    for start, run in runs:
        full = bare(run)
        if " " not in full:
            continue
        at = start + run.find(full)
        before = text[max(0, at - 60) : at].rpartition("\n")[2]
        if not looks_like_person(full) or re.search(r"\b[Tt]he $|[A-Z]\w+ (?:for|of) $", before):
            continue
        first = full.split()[0]
        if first[:1].isupper() and first.lower().split("-")[0] not in _given() and not _proper(page, at):
            continue
        last = _surname(full)
        titled = [w for w in re.findall(r"[\w.'’-]+", before)[-4:] if is_role(w)]
        after = m.group() if (m := BESIDE.match(text, at + len(full))) else ""
        described = [w for w in re.findall(r"[\w'’-]+", after)[:6] if is_role(w)]
        named = first.strip(".").lower() in _given()
        if not (titled or described or named or alone[last]):
            continue
        words = " ".join([before[-50:] if titled else "", after])
        sex = gender_of_titles(" ".join(titled[-1:] or described[:1])) or gender(full)
        if full in found:
            old = found[full]
            found[full] = dataclasses.replace(old, words=f"{old.words} {words}", gender=old.gender or sex)
        else:
            found[full] = Person(full, last, sex, words)
    return [p for p in found.values() if not any(other.endswith(" " + p.full) for other in found)]  # "de Mistura" is no one else


def _proper(page: Page, at: int) -> bool:
    """Does the parser take the word at this place for a name? Always yes without a parse."""
    words = page.tokens(at, at + 1)
    return not page.has_parse or not words or words[0].tag_ in ("NNP", "NNPS", "FW")


def acronyms(text: str) -> dict[str, str]:
    """Names whose acronym the article gives in brackets: {"ICRC": "International Committee of the Red Cross"}."""
    found: dict[str, str] = {}
    for m in LETTERS.finditer(text):
        name = SPELT_OUT.search(text, max(0, m.start() - 120), m.start())
        if name is None:
            continue
        words, letters = name.group().split(), m.group(1)
        for size in range(len(letters) - 1, len(words) + 1):
            name = words[-size:] if size else []
            if not name or not name[0][:1].isupper():
                continue
            initials = "".join(w[0] for w in name if w[0].isupper())
            if initials.lower() == letters.lower():
                found[letters] = " ".join(name)
    return found
