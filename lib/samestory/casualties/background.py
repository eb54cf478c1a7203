"""Is a figure about this event, or about another time: a war-wide toll, an earlier attack, what is avenged or mourned?"""

import functools
import re

from spacy.tokens import Doc, Token

from samestory.casualties.group import Group
from samestory.lists import read_list

YEAR = re.compile(r"(?:1[89]|20)\d\d")
AFTER = frozenset({"after", "following", "since"})
VIOLENT = frozenset({"killed", "injured", "detained"})


@functools.cache
def _patterns() -> tuple[re.Pattern, re.Pattern, re.Pattern, frozenset[str]]:
    """From `data/background.csv`: phrases of another time, phrases behind which earlier events stand, time windows; words of looking back."""
    rows = list(read_list("background").itertuples())
    kinds = {kind: "|".join(row.pattern for row in rows if row.kind == kind) for kind in ("phrase", "behind", "window")}
    phrase, behind, window = (re.compile(kinds[kind], re.I) for kind in kinds)
    return phrase, behind, window, frozenset(word for row in rows if row.kind == "above" for word in row.pattern.split())


def is_background(doc: Doc, text: str, group: Group, span: tuple[int, int], *, parsed: bool, published: str = "") -> bool:
    """Does a phrase such as "since 2011", "the war has killed" or "days after" go with this figure, rather than with another clause?

    `span` is its sentence, `published` the article's date if known: what happened in an earlier year is background. Without a parse any
    such phrase in the sentence does.
    """
    phrase, behind, _, looking_back = _patterns()
    if not parsed:
        return phrase.search(text, *span) is not None
    told = group.harm.trigger if group.harm is not None else group.top
    if group.harm is not None and group.harm.harm in VIOLENT:
        afterwards = told.dep_ == "pobj" and told.head.lower_ in AFTER  # "following the assassination of the minister"
        if afterwards or _hangs_on(told, looking_back) or _in_another_year(told, published):
            return True
        if any(m.end() <= told.idx and _goes_with(doc, m, told, within=True) for m in behind.finditer(text, *span)):
            return True
    return any(_goes_with(doc, m, told) for m in phrase.finditer(text, *span))


def window(doc: Doc, text: str, group: Group, span: tuple[int, int], *, parsed: bool) -> str:
    """The time in which a figure came about, as worded ("in the last 48 hours", "overnight"), if the text says so; empty otherwise."""
    told = group.harm.trigger if group.harm is not None else group.top
    return next((m[0] for m in _patterns()[2].finditer(text, *span) if not parsed or _goes_with(doc, m, told)), "")


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
    """ "A priest who was killed in 1995": a year in a side clause, or one before that of the article."""
    years = [t for p in told.children if p.lower_ == "in" for t in p.children if YEAR.fullmatch(t.text)]
    if not years:
        return False
    if YEAR.match(published):
        return any(t.text < published[:4] for t in years)
    return told.dep_ in {"relcl", "acl", "pobj", "pcomp"}


def _goes_with(doc: Doc, m: re.Match, told: Token, *, within: bool = False) -> bool:
    """Does a phrase belong to the verb of a figure, or to one above or (unless `within`) below it?"""
    verb = doc.char_span(m.start(), m.end(), alignment_mode="expand").root
    while verb.tag_[:2] != "VB" and verb.head.i != verb.i:
        verb = verb.head
    if within:
        return verb.i == told.i or verb.is_ancestor(told)
    aside = verb.dep_ in {"relcl", "advcl"} and verb.i != told.head.i
    return verb.i == told.i or (not aside and (verb.is_ancestor(told) or told.is_ancestor(verb)))
