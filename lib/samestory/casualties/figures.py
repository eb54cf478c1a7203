"""Every number of people in an article: how many, who, what befell them, who says so, who did it, and what it is a part of."""

import itertools
import re

from spacy.tokens import Doc, Token

from samestory import phrases
from samestory.casualties import background, claims, counted, harms, lexicon, parts, shares
from samestory.casualties.group import Group
from samestory.casualties.harms import Harm
from samestory.framing import actions, doubt
from samestory.parse import Article, has_parse

MORE = re.compile(r"\A(?:(?:other|more|further|additional)\s+)+")
BESIEGED = re.compile(r"\b(?:besieged|siege|trapped|evacuat\w+|encircled|stranded)\b", re.I)
DONE = frozenset({"killed", "injured", "detained", "displaced", "shot"})
INNER = ("implied", "sentence", "told", "part", "trigger", "lowered")
LOWERED = re.compile(r"\b(?:revis|lower|correct|cut|down to)", re.I)


def figures(article: Article, quote_rows: list[dict]) -> list[dict]:
    """Find every number of people: rows of the `figures` table without `article_id` and with `same_as` empty, in the order of the text.

    `quote_rows` are the article's rows of the `quotes` table; they give `claimed_by` (see `claims`), empty only when the outlet itself says
    it. Definitions: the coding guide of the seed story. Method: rules over the dependency parse (`harms`, `counted`), word lists in
    `data/`; without a parse, the person noun after the number and the nearest word of harm in the sentence.
    """
    return [{k: v for k, v in row.items() if k not in INNER} for row in mentions(article, quote_rows) if not row["implied"]]


def mentions(article: Article, quote_rows: list[dict]) -> list[dict]:
    """The rows of `figures`, and one for each single victim without a number ("a policeman was killed"), for `casualties.tolls`.

    One with the bounds 0, 0 for "nobody was hurt". Beyond the columns of `figures`: `implied` (True for those without a number, which
    have no `figure_id`), `asserted` (False for what is denied, possible or planned), `role` (`attacker`, `armed` or empty),
    `responsible_form` (`named`, `passive`, `absent`), `window` ("in the last 48 hours"), `sentence` (its number in the text), `told` (see
    `group.Group`), `trigger` (the word of harm) and `part` (is it a part of another?).
    """
    doc, text = article.doc, article.plain
    parsed = has_parse(doc)
    groups = counted.find(doc, text)
    if not groups:
        return []
    spans = _sentences(doc)
    parts.link(text, groups, spans)
    groups = [group for group in groups if group.part is not None or not group.only_part]
    if parsed:
        groups = sorted([*groups, *shares.find(doc, text, groups, spans)], key=lambda group: (group.start, group.end))
    numbered = [group for group in groups if not group.implied]
    ids = {id(group): str(i) for i, group in enumerate(numbered, start=1)}
    besieged = bool(BESIEGED.search(text))
    rows = [_row(article, text, group, quote_rows, spans[group.sentence], ids, besieged, parsed) for group in groups]
    background.settle(rows)
    return rows


def _sentences(doc: Doc) -> list[tuple[int, int]]:
    """Spans of the sentences in the text, from the parse as numbers: a sentence object for each would take as long as the rest."""
    table = doc.to_array(["IDX", "LENGTH", "SENT_START"]).tolist()
    begins = [i for i, (_, _, first) in enumerate(table) if i == 0 or first == 1]
    return [(table[a][0], sum(table[b - 1][:2])) for a, b in itertools.pairwise([*begins, len(table)])]


def _row(
    article: Article, text: str, group: Group, quote_rows, span: tuple[int, int], ids: dict[int, str], besieged: bool, parsed: bool
) -> dict:
    harm = group.harm
    told = group.trigger
    name = harm.harm if harm is not None else "trapped" if besieged and _stays(group) else "other"
    doer = _responsible(article, harm)
    return {
        **article.row(group.start, group.end),
        "figure_id": ids.get(id(group), ""),
        "low": group.low,
        "high": group.high,
        "qualifier": group.qualifier,
        "harm": "other" if name == "shot" else name,
        "people": _people(article, group),
        "part_of": ids.get(id(group.part), ""),
        "claimed_by": claims.claimed_by(text, group.start, group.end, told, span, quote_rows),
        "responsible": doer,
        "responsible_form": _form(harm, doer),
        "same_as": "",
        "scope": background.scope(article.doc, text, group, span, parsed=parsed, published=article.published or ""),
        "window": background.window(article.doc, text, group, span, parsed=parsed),
        "hedged": _hedged(told, text[slice(*span)], parsed),
        "implied": group.implied,
        "asserted": harm is None or harm.real,
        "sentence": group.sentence,
        "told": group.told,
        "lowered": group.told == "total" and LOWERED.search(text, *span) is not None,
        "role": group.role,
        "trigger": told.i,
        "part": group.part is not None,
    }


def _stays(group: Group) -> bool:
    """ "Thousands are still in the city": who remains where others are trapped."""
    for word in (group.top, group.noun):
        if word is not None and word.dep_ in {"nsubj", "nsubjpass"}:
            verb = word.head
            where = any(c.lower_ in {"in", "inside"} for c in verb.children)
            still = any(c.lower_ == "still" for c in verb.children)
            return where and (verb.lower_[:6] == "remain" or (still and verb.lower_ in {"are", "is", "were", "was"}))
    return False


def _people(article: Article, group: Group) -> str:
    """The group as worded: head noun with its own modifiers, empty when there is none."""
    if group.words:
        return article.text[slice(*group.words)]
    noun, harm = group.noun, group.harm
    if noun is None:
        return ""
    deed = harm is not None and harm.trigger.i == noun.i and not lexicon.is_person(noun) and noun.lower_[:7] != "patient"
    if deed or noun.lower_ in lexicon.LIVES:  # "82 killings of civilians", "20 lives"
        victims = [v for c in noun.children if c.lower_ == "of" for v in c.children if v.dep_ == "pobj" and v.tag_ in phrases.NOUNS]
        if not victims:
            return ""
        noun = victims[0]
    start, end = phrases.base(noun)
    words = article.text[max(start, group.end) if noun.idx >= group.end else start : end]
    return MORE.sub("", words.strip(" ,\"'“”‘’"))


def _responsible(article: Article, harm: Harm | None) -> str:
    """Who did it, as worded: someone, not a bomb or a war."""
    if harm is None or harm.harm not in DONE:
        return ""
    agent = harm.agent or _attacker(harm.trigger)
    if agent is None or agent.tag_ not in phrases.NOUNS:
        return ""
    meant = phrases.who(agent)
    if not lexicon.can_do(meant) or meant.lower_ in actions.deeds()[1]:
        return ""
    start, end = phrases.base(agent)
    if any(lexicon.kind(t) == "cause" for t in article.doc[phrases.phrase_start(agent).i : agent.i]) and not lexicon.is_person(meant):
        return ""  # "World War II"
    return article.text[start : max(end, meant.idx + len(meant))]


def _form(harm: Harm | None, doer: str) -> str:
    """How the text tells who did it: `named`, `passive` (a passive verb without a doer), `absent`; empty where nobody need have done it."""
    if harm is None or harm.harm not in DONE:
        return ""
    if doer:
        return "named"
    verb = harm.trigger
    passive = verb.tag_ == "VBN" and (verb.dep_ == "acl" or any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children))
    return "passive" if passive else "absent"


def _attacker(trigger: Token) -> Token | None:
    """The doer of the attack in which it happened: "killed in an attack by X"."""
    for child in trigger.children:
        if child.dep_ == "prep" and child.lower_ in {"in", "during", "after"}:
            for deed in child.children:
                if deed.lower_ in actions.deeds()[1] and (by := harms.by(deed)) is not None:
                    return by
    return None


def _hedged(told: Token, sentence: str, parsed: bool) -> bool:
    if parsed:
        return doubt.hedged(told, sentence=sentence)
    lowered = f" {' '.join(re.findall(r'[a-z-]+', sentence.lower()))} "
    return any(f" {p} " in lowered for kind in ("word", "sentence") for p in doubt.hedges()[kind])
