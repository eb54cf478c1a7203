"""Is a figure about this event, or about another time: a war-wide toll, an earlier attack, what is avenged or mourned?"""

import datetime
import functools
import re

from spacy.tokens import Doc, Token

from samestory.casualties import digits
from samestory.casualties.group import Group
from samestory.lists import read_list

YEAR = re.compile(r"(?:1[89]|20)\d\d")
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
LONG = 14  # days
AFTER = frozenset({"after", "following", "since"})
VIOLENT = frozenset({"killed", "injured", "detained"})


@functools.cache
def _patterns() -> dict[str, re.Pattern]:
    """`data/background.csv` by kind: another time, a short while ago, behind what earlier events stand, time windows."""
    rows = list(read_list("background").itertuples())
    kinds = ("phrase", "recent", "behind", "window")
    return {kind: re.compile("|".join(row.pattern for row in rows if row.kind == kind), re.I) for kind in kinds}


@functools.cache
def _looking_back() -> frozenset[str]:
    """Words on which an earlier harm hangs ("protested against the killing of")."""
    return frozenset(word for row in read_list("background").itertuples() if row.kind == "above" for word in row.pattern.split())


def scope(doc: Doc, text: str, group: Group, span: tuple[int, int], *, parsed: bool, published: str = "") -> str:
    """`background` for a figure of another time, `recent` for one of a short while ago, otherwise `event`.

    Background: a phrase such as "since 2011", "the war has killed", "days after" goes with this figure, or its year or month is earlier.
    Recent: "last week", which may be the article's own event (see `settle`). `span` is its sentence, `published` the article's date
    if known. Without a parse any such phrase in the sentence does.
    """
    known = _patterns()
    if not parsed:
        return "background" if known["phrase"].search(text, *span) else "event"
    told = group.trigger
    if group.harm is not None and group.harm.harm in VIOLENT:
        afterwards = told.dep_ == "pobj" and told.head.lower_ in AFTER  # "following the assassination of the minister"
        if afterwards or _hangs_on(told, _looking_back()) or _in_another_year(told, published):
            return "background"
        if any(m.end() <= told.idx and _goes_with(doc, m, told, within=True) for m in known["behind"].finditer(text, *span)):
            return "background"
    if any(_goes_with(doc, m, told) for m in known["phrase"].finditer(text, *span)):
        return "background"
    return "recent" if any(_goes_with(doc, m, told) for m in known["recent"].finditer(text, *span)) else "event"


def settle(rows: list[dict]) -> None:
    """What happened "last week" is background beside a figure of that harm for the event, else it is the event itself."""
    events = {row["harm"] for row in rows if row["scope"] == "event" and row["asserted"] and row["high"] != 0}
    for row in rows:
        if row["scope"] == "recent":
            row["scope"] = "background" if row["harm"] in events else "event"


def window(doc: Doc, text: str, group: Group, span: tuple[int, int], *, parsed: bool) -> str:
    """The time in which a figure came about, as worded ("in the last 48 hours", "overnight"), if the text says so; empty otherwise."""
    told = group.trigger
    return next((m[0] for m in _patterns()["window"].finditer(text, *span) if not parsed or _goes_with(doc, m, told)), "")


def _hangs_on(told: Token, words: frozenset[str]) -> bool:
    """ "Protested against the killing of": not what the protest led to (", killing five")."""
    here = told
    while here.head.i != here.i:
        if here.dep_ in {"advcl", "conj"} and here.tag_ == "VBG":
            return False
        here = here.head
        # "staged a protest against the killing": parsers hang "against" on the verb
        if here.lower_ in words or (here.tag_[:2] == "VB" and any(c.dep_ == "dobj" and c.lower_ in words for c in here.children)):
            return True
    return False


def _in_another_year(told: Token, published: str) -> bool:
    """ "A priest who was killed in 1995", "the 1999 earthquake killed": a year of a side clause or deed, or a date before the article's."""
    deeds = [c for c in told.children if c.dep_ in {"nsubj", "nsubjpass", "dobj"}]
    deeds += [
        t
        for p in told.children
        if p.dep_ == "prep" and p.lower_ in {"in", "during", "at", "near", "on"}
        for t in p.children
        if t.dep_ == "pobj"
    ]
    deeds += [told.head] if told.dep_ in {"relcl", "acl"} else []
    own = [t for p in told.children if p.lower_ == "in" for t in p.children]
    years = [t.text for t in own if YEAR.fullmatch(t.text)]
    named = [c.text for d in deeds for c in d.children if YEAR.fullmatch(c.text) and c.i < d.i]  # "the 1999 earthquake"
    theirs = [t for d in deeds for p in d.children if p.lower_ in {"in", "of"} for t in p.children]
    if not YEAR.match(published):
        return bool(named) or (bool(years) and told.dep_ in {"relcl", "acl", "pobj", "pcomp"})
    years += named + [t.text for t in theirs if YEAR.fullmatch(t.text)]
    return any(year < published[:4] for year in years) or any(_long_before(t, published) for t in [*own, *theirs])


def _long_before(month: Token, published: str) -> bool:
    """ "In March" in an article of the middle of April: a month, without a day, that ended more than two weeks before."""
    name = month.lower_[:3]
    if not digits.is_month(month.text) or name not in MONTHS or list(month.children) or len(published) < 10:
        return False
    when = datetime.date.fromisoformat(published[:10])
    year = when.year if MONTHS.index(name) < when.month else when.year - 1
    ended = datetime.date(year + (MONTHS.index(name) == 11), MONTHS.index(name) % 12 + 2 if MONTHS.index(name) < 11 else 1, 1)
    return MONTHS.index(name) + 1 != when.month and (when - ended).days > LONG


def _goes_with(doc: Doc, m: re.Match, told: Token, *, within: bool = False) -> bool:
    """Does a phrase belong to the verb of a figure, or to one above or (unless `within`) below it?"""
    verb = doc.char_span(m.start(), m.end(), alignment_mode="expand").root
    while verb.head.i != verb.i and (verb.tag_[:2] != "VB" or (not within and _marked_by(verb, m))):
        verb = verb.head
    if within:
        return verb.i == told.i or verb.is_ancestor(told)
    aside = verb.dep_ in {"relcl", "advcl"} and verb.i != told.head.i
    return verb.i == told.i or (not aside and (verb.is_ancestor(told) or told.is_ancestor(verb)))


def _marked_by(verb: Token, m: re.Match) -> bool:
    """Is this "began" of "since the war began", where the phrase says when another verb happened?"""
    return verb.dep_ == "advcl" and any(c.dep_ == "mark" and m.start() <= c.idx < m.end() for c in verb.children)
