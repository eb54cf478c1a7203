"""Who did what to whom, in which grammatical form, and who is left out."""

import functools
from collections import defaultdict
from typing import Protocol

from spacy.tokens import Doc, Token

from samestory import phrases
from samestory.lists import read_list
from samestory.parse import Article, has_parse

PARTICIPLES = {"VBN", "VBD"}
BE = frozenset("be am is are was were been being get gets got gotten getting".split())
# After "by" these say when or by how much, not who.
MEASURES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october "
    "november december today tomorrow morning noon afternoon evening night midnight weekend end beginning day days week weeks month "
    "months year years hour hours minutes time then now mail post phone email telephone hand "
    "land sea air road rail bus train plane car boat "
    "percent % votes points goals metres miles kilometres mistake accident chance force law default means way".split()
)


class Voices(Protocol):
    """Whose words a span stands in; `voice.Voices` is one."""

    def mention(self, start: int, end: int) -> str: ...


PLACES = {"event", "area"}  # kinds of the codebook's actors that do nothing


@functools.cache
def deeds() -> tuple[dict[str, str], dict[str, str], frozenset[str]]:
    """Deed of each verb form, deed of each noun, and the words whose subject suffers ("died", "civilian killings")."""
    verbs, nouns, suffering = {}, {}, set()
    for row in read_list("deeds").itertuples():
        for form in row.forms.split():
            (verbs if row.kind == "verb" else nouns).setdefault(form, row.deed)
            if row.subject == "patient":
                suffering.add(form)
    return verbs, nouns, frozenset(suffering)


@functools.cache
def needs_object() -> dict[str, str]:
    """Does a verb form of `data/deeds.csv` take an object: `needs`, `may` or `none`."""
    out = {}
    for row in read_list("deeds").itertuples():
        forms = row.forms.split() if row.kind == "verb" else []
        out |= dict.fromkeys(forms, row.object)
        if len(forms) == 5:  # "broke" beside "broken": never a participle, so never a passive
            out[forms[2]] = "may"
    return out


@functools.cache
def saying() -> frozenset[str]:
    """Forms of the verbs of saying: what they report is the business of the quotes table."""
    return frozenset(form for row in read_list("cues").itertuples() for form in row.forms.split() if row.force == "speech")


@functools.cache
def hedges() -> dict[str, frozenset[str]]:
    """Hedging phrases by kind (`word`, `above`, `sentence`), from `data/hedges.csv`."""
    out = defaultdict(set)
    for row in read_list("hedges").itertuples():
        out[row.kind].add(row.phrase.lower())
    return {kind: frozenset(out[kind]) for kind in ("word", "above", "sentence")}


def find(article: Article, label_rows: list[dict], voices: Voices) -> list[dict]:
    """Find who does what to whom: rows of the `actions` table, in the order of the text; none without a parse.

    All passives ("civilians were killed") and reduced passives ("civilians killed in the raid"); actives with an agent and a
    patient whose verb is in `data/deeds.csv` or of whom one is an actor of the codebook, verbs of saying aside; intransitive deeds
    ("civilians fled"); and the nouns in that list ("the killings"). `agent` and `patient` are phrases: the head noun with its
    modifiers, and what "and" joins to it; an agentless passive has no agent. Their actors come from the labels at the phrase's head.
    `hedged`: the clause or what it hangs from casts doubt (`data/hedges.csv`). `deed`: the kind of deed, empty for other verbs.
    Rules over ClearNLP dependencies; what counts as a passive follows the treebanks of Universal Dependencies (nsubj:pass, acl).
    """
    doc = article.doc
    if not has_parse(doc):
        return []
    actors = _Actors(label_rows)
    verbs, nouns, suffering = deeds()
    rows = []
    for token in doc:
        low = token.lower_
        if token.tag_[:2] == "VB":
            form = passive_form(token)
            deed = verbs.get(low, "")
            agent, patient = (by_agent(token), patient_of(token)) if form else (_acting(token, actors), _object(token))
            if not form and patient is None and token.tag_ == "VBD" and _without_object(token):
                form, patient, agent = "reduced_passive", agent, None
            if form and needs_object().get(low) == "none":
                deed = ""
            if not form:
                form = "active"
                if low in suffering and patient is None:
                    agent, patient = None, agent
                known = actors.of(agent, acting=True) or actors.of(patient, acting=True)
                whole = agent is not None and patient is not None and (deed or known)
                alone = deed and known and needs_object()[low] != "needs"
                if not (whole or alone) or (not deed and low in saying()):
                    continue
        elif token.tag_ in {"NN", "NNS"} and low in nouns and (not _modifies(token) or _heads_deed(token)):
            form, deed = "nominal", nouns[low]
            agent, patient = _of_noun(token, actors)
        else:
            continue
        rows.append(_row(article, token, form, agent, patient, actors, voices) | {"deed": deed})
    return rows


def _row(article: Article, verb: Token, form: str, agent: Token | None, patient: Token | None, actors: "_Actors", voices: Voices) -> dict:
    start, end = _verb_span(verb)
    row = {"start": start, "end": end, "verb": article.text[start:end], "form": form}
    for role, head in (("agent", agent), ("patient", patient)):
        a, b = phrases.full(head) if head is not None else (None, None)
        text = article.text[a:b] if head is not None else ""
        row |= {f"{role}_start": a, f"{role}_end": b, role: text, f"{role}_actor": actors.of(head)}
    return row | {"voice": voices.mention(start, end), "hedged": hedged(verb)}


class _Actors:
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

    def modifying(self, token: Token) -> str:
        """The actor that a modifier or possessor of a noun names ("army" in "army offensive"), if it can do something."""
        actor, kind = self.inside.get(token.idx + len(token), ("", ""))
        if not actor and token.dep_ == "poss":
            return self.of(token, acting=True)
        return "" if kind in PLACES else actor


def passive_form(verb: Token) -> str:
    """`passive` for a participle under a form of "be" or "get", `reduced_passive` for one without, empty for any other verb."""
    if verb.tag_ not in PARTICIPLES or verb.lower_ == "been" or _runs_on(verb):
        return ""
    kids = {c.dep_ for c in verb.children}
    hyphenated = verb.dep_ == "acomp" and verb.i > 0 and verb.nbor(-1).text == "-"  # the parser takes "re-elected" for an adjective
    if "auxpass" in kids or (hyphenated and verb.head.lower_ in BE):
        return "passive"
    if verb.tag_ == "VBD" and not (verb.dep_ == "acl" and "agent" in kids):
        return ""
    if kids & {"aux", "nsubj"}:
        return ""
    if verb.dep_ == "conj" and passive_form(verb.head) and not kids & {"nsubj", "dobj"}:
        return passive_form(verb.head)
    if "nsubjpass" in kids:
        return "passive" if verb.dep_ in {"xcomp", "conj"} else "reduced_passive"
    if verb.dep_ == "acl":
        return "reduced_passive"
    if verb.dep_ in {"advcl", "ROOT"} and ("agent" in kids or (verb.dep_ == "advcl" and not kids & {"dobj"})):
        return "reduced_passive"
    return ""


def _runs_on(token: Token) -> bool:
    """Is this only the first part of a word with a hyphen, as the tokeniser cuts it ("re" in "re-elected")?"""
    following = token.doc[token.i + 1 : token.i + 2].text
    return following in {"-", "‑"} and not token.whitespace_


def _verb_span(verb: Token) -> tuple[int, int]:
    """A verb with the parts in front of its hyphens."""
    first = verb
    while first.i >= 2 and first.nbor(-1).text in {"-", "‑"} and not first.nbor(-1).whitespace_ and not first.nbor(-2).whitespace_:
        first = first.nbor(-2)
    return first.idx, verb.idx + len(verb)


def by_agent(verb: Token) -> Token | None:
    """Who acts in a passive: the noun of its by-phrase, shared between joined verbs; not a time, a means (-ing) or a place."""
    for by in verb.children:
        if by.lower_ == "by" and by.dep_ in {"agent", "prep"}:
            noun = phrases.child(by, "pobj")
            if noun is not None and noun.lower_ not in MEASURES and noun.tag_ in phrases.NOUNS | {"PRP", "DT", "JJ", "WP", "WDT"}:
                return noun
    return None


def patient_of(verb: Token) -> Token | None:
    """Who suffers in a passive: its subject, the noun it modifies, or the subject it shares with another verb."""
    own = phrases.child(verb, "nsubjpass", "nsubj", "csubjpass")
    if own is not None:
        return phrases.antecedent(own, verb)
    if verb.dep_ == "acl":
        return verb.head
    return phrases.subject(verb)


def _acting(verb: Token, actors: "_Actors") -> Token | None:
    """The subject of an active verb; for "reports of forces killing civilians" the noun in front of the -ing form.

    A subject taken over from another clause must be a pronoun or an actor that can do something: the agreement in "an agreement to
    resume" resumes nothing.
    """
    own = phrases.child(verb, "nsubj")
    if own is not None:
        return None if own.tag_ == "EX" else phrases.antecedent(own, verb)
    if verb.dep_ in {"acl", "advcl"} and verb.tag_ == "VBG" and verb.i:
        before = verb.doc[verb.i - 1]
        while before.dep_ == "pobj" and before.head.lower_ in phrases.LOCATIVE and before.head.head.tag_ in phrases.NOUNS:
            before = before.head.head  # "forces in Syria killing"
        if before.tag_ in phrases.NOUNS:  # the parser may hang the clause on "reports"; the doer stands directly in front
            return _first_joined(before)
    if verb.dep_ == "pcomp" and verb.head.dep_ == "prep" and verb.head.head.tag_ in phrases.NOUNS:
        return None
    before = verb.doc[verb.i - 2] if verb.i > 1 else verb
    if verb.tag_ == "VB" and verb.i > 1 and verb.nbor(-1).tag_ == "TO" and before.tag_ in phrases.NOUNS and before.lower_ in deeds()[1]:
        return _of_noun(before, actors)[0]  # "an army operation to recapture Aleppo", whatever the parser hangs it on
    found = phrases.subject(verb)
    if found is None:
        return None
    shared = verb.dep_ in {"conj", "xcomp"} and not found.is_ancestor(verb)
    return found if shared or found.tag_ == "PRP" or actors.of(found, acting=True) else None


def _first_joined(noun: Token) -> Token:
    while noun.dep_ == "conj" and noun.head.i < noun.i and noun.head.tag_ in phrases.NOUNS:
        noun = noun.head
    return noun


def _without_object(verb: Token) -> bool:
    """Does this past tense lack the object that its verb must have, so that it can only be a participle ("1,270 terrorists pardoned")?"""
    if phrases.child(verb, "nsubj") is None and not (verb.dep_ == "conj" and passive_form(verb.head)):
        return False
    joined = any(c.dep_ == "conj" and phrases.child(c, "dobj") is not None for c in verb.children)
    return needs_object().get(verb.lower_) == "needs" and phrases.child(verb, "dobj") is None and not joined


def _object(verb: Token) -> Token | None:
    thing = phrases.child(verb, "dobj")
    if thing is None:
        return None
    return phrases.antecedent(thing, verb)


def _modifies(noun: Token) -> bool:
    """Is this noun, or the one that "and" joins it to, only a modifier ("search and rescue force")?"""
    while noun.dep_ == "conj" and noun.head.i < noun.i:
        noun = noun.head
    return phrases.inside_phrase(noun)


def _heads_deed(noun: Token) -> bool:
    return noun.head.lower_ in deeds()[1]


def _of_noun(noun: Token, actors: _Actors) -> tuple[Token | None, Token | None]:
    """Agent and patient inside a noun's own phrase: "army offensive", "killing of civilians by troops", "Russia's withdrawal"."""
    agent = patient = None
    befalling = deeds()[2]
    for c in noun.children:
        if c.dep_ == "prep" and c.lower_ == "by":
            agent = phrases.child(c, "pobj")
        elif c.dep_ == "prep" and c.lower_ in {"of", "on", "against"}:
            patient = patient or phrases.child(c, "pobj")
    for c in noun.children:
        if c.i > noun.i or c.dep_ not in {"poss", "compound", "nmod", "amod"}:
            continue
        if c.dep_ == "poss" or actors.modifying(c):
            if noun.lower_ in befalling or agent is not None:
                patient = patient or c
            else:
                agent = c
    return agent, patient


def hedged(verb: Token) -> bool:
    """Does the text cast doubt on this deed: a word at it or above it in the sentence, or a phrase of the whole sentence?"""
    kinds = hedges()
    line = [verb]
    while line[-1].dep_ not in {"ROOT", "relcl", "advcl"} and line[-1].head is not line[-1]:
        line.append(line[-1].head)  # not beyond a relative or adverbial clause: its doubts are not about this
    if any(t.lower_ in kinds["above"] for t in line[1:]):
        return True
    if any(c.lower_ in kinds["word"] for t in line for c in t.children if c.dep_ in {"advmod", "amod", "aux", "oprd", "nmod"}):
        return True
    sentence = " ".join(_sentence(verb.doc, verb).split())
    return any(f" {phrase} " in f" {sentence} " for phrase in kinds["sentence"])


def _sentence(doc: Doc, token: Token) -> str:
    return " ".join(t.lower_ for t in token.sent if not t.is_punct)
