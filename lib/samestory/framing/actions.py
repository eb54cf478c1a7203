"""Who did what to whom, in which grammatical form, and who is left out."""

import functools
from typing import Protocol

from spacy.strings import get_string_id
from spacy.tokens import Doc, Token

from samestory import phrases
from samestory.framing import arranged, participles, passives, takings
from samestory.framing.asserted import asserted
from samestory.framing.doubt import hedged
from samestory.framing.doubt import hedges as hedges  # figures.py asks here for both, and for the measures
from samestory.framing.parties import Parties
from samestory.framing.passives import MEASURES as MEASURES
from samestory.lists import read_list
from samestory.parse import Article, has_parse


class Voices(Protocol):
    """Whose words a span stands in; `voice.Voices` is one."""

    def mention(self, start: int, end: int) -> str: ...


AIMED = frozenset("fire fires fired firing shoot shoots shot shooting".split())
BLAMING = frozenset("for of from with over".split())  # "accused Russia of killing": whom the verb above blames, it says did it
ACCUSING = frozenset(
    "accuse accuses accused accusing blame blames blamed blaming suspect suspects suspected suspecting "
    "charge charges charged charging".split()
)


@functools.cache
def deeds() -> tuple[dict[str, str], dict[str, str], frozenset[str]]:
    """Deed of each verb form, deed of each noun, and the words whose subject suffers ("died", "civilian killings")."""
    verbs, nouns, suffering = {}, {}, set()
    for row in read_list("deeds").itertuples():
        for form in row.forms.split():
            if row.kind in {"verb", "noun"}:
                (verbs if row.kind == "verb" else nouns).setdefault(form, row.deed)
            if row.subject == "patient":
                suffering.add(form)
    return verbs, nouns, frozenset(suffering)


@functools.cache
def light() -> frozenset[str]:
    """Forms of the verbs that only carry a noun that names the deed ("carry out killings", "commit atrocities")."""
    return frozenset(form for row in read_list("deeds").itertuples() for form in row.forms.split() if row.kind == "light")


@functools.cache
def _by_number() -> tuple[frozenset[int], frozenset[int]]:
    """By spaCy's numbers the tags of verbs, and the nouns of `data/deeds.csv`."""
    tags = map(get_string_id, "VB VBD VBG VBN VBP VBZ".split())
    return frozenset(tags), frozenset(map(get_string_id, deeds()[1]))


@functools.cache
def _light_by_number() -> frozenset[int]:
    return frozenset(map(get_string_id, light()))


@functools.cache
def saying() -> frozenset[str]:
    """Forms of the verbs of saying: what they report is the business of the quotes table."""
    return frozenset(form for row in read_list("cues").itertuples() for form in row.forms.split() if row.force == "speech")


def find(article: Article, label_rows: list[dict], voices: Voices) -> list[dict]:
    """Find who does what to whom: rows of the `actions` table, in the order of the text; none without a parse.

    All passives ("civilians were killed") and reduced passives ("civilians killed in the raid"); actives with an agent and a
    patient whose verb is in `data/deeds.csv` or of whom one is an actor of the codebook, verbs of saying aside; intransitive deeds
    ("civilians fled"); and the nouns in that list ("the killings"). One deed is one row: "carried out killings" is the noun's, with the
    verb's subject as agent; "atrocities were committed" the verb's, which tells that the agent is left out; "evacuation operation"
    and "ceasefire deal" one each. `agent` and `patient` are phrases: the head noun with its modifiers ("civilians" of "thousands of
    civilians"), and what "and" joins to it; an agentless passive has no agent. Their actors come from the labels at the phrase's head;
    a war or a place that kills is an agent without actor. `hedged`: the clause or what it hangs from casts doubt (`data/hedges.csv`).
    `deed`: the kind of deed, empty for other verbs. Rules over ClearNLP dependencies; what counts as a passive follows the treebanks
    of Universal Dependencies (nsubj:pass, acl).
    """
    doc = article.doc
    if not has_parse(doc):
        return []
    actors = Parties(label_rows)
    carried, taken = _carried(doc), takings.taken(doc)
    rows = []
    verbs, named = _by_number()
    tags, lowers = doc.to_array(["TAG", "LOWER"]).T.tolist()  # reading the words as numbers spares making a token of each
    for token in [doc[i] for i, (tag, lower) in enumerate(zip(tags, lowers, strict=True)) if tag in verbs or lower in named]:
        if token.tag_[:2] == "VB" and not _noun_deed(token):
            found = _of_verb(token, actors, carried, taken)
        elif _noun_deed(token) and not _passive(carried.get(token.i)):
            found = _of_noun_deed(token, actors, carried.get(token.i))
        else:
            found = None
        if found is not None:
            form, deed, agent, patient = found
            span = takings.span(*taken[token.i]) if token.i in taken else passives.verb_span(token)
            row = _row(article, token, span, form, agent, patient, actors, voices)
            rows.append(row | {"asserted": asserted(token, carrier=carried.get(token.i)), "deed": deed})
    return rows


def _of_verb(
    verb: Token, actors: Parties, carried: dict[int, Token], taken: dict[int, tuple[Token, Token]]
) -> tuple[str, str, Token | None, Token | None] | None:
    """Form, deed, agent and patient of a verb, or None when it is no row."""
    verbs, nouns, suffering = deeds()
    low, form = verb.lower_, passives.passive_form(verb)
    deed = verbs.get(low, "")
    if form:
        agent, patient = passives.by_agent(verb), passives.patient_of(verb)
    else:
        agent, patient = _acting(verb, actors), _object(verb)
    if form:
        if low in light() and patient is not None:
            deed = nouns.get(phrases.who(patient).lower_, "")
        if participles.object_of_deeds().get(low) == "none":
            deed = ""
        return form, _by_patient(deed, patient, actors), agent, patient
    if verb in carried.values():
        return None  # the noun has the row
    if verb.i in taken and (place := takings.of_what(taken[verb.i][1])) is not None:
        first = verb.nbor(-1) if not verb.is_alpha and verb.i else verb  # "re" of "re-established" may have the subject
        agent = phrases.child(first, "nsubj") or agent
        deed, patient = "capture" if actors.kind(place) == "area" or takings.is_place(place) else "", place
    if low in suffering and patient is None:
        agent, patient = None, agent
    if participles.object_of_deeds().get(low) == "none" and patient is not None and agent is not None and actors.kind(patient) != "area":
        deed = ""  # "leave the regime free": not the deed that has no object
    deed = _by_patient(deed, patient, actors)
    known = actors.of(agent, acting=True) or actors.of(patient, acting=True)
    whole = agent is not None and patient is not None and (deed or known)
    alone = deed and known and participles.object_of_deeds().get(low, "needs") != "needs"
    if not (whole or alone) or (not deed and low in saying()):
        return None
    return "active", deed, agent, patient


def _by_patient(deed: str, patient: Token | None, actors: Parties) -> str:
    """To hold or seize a person is detention, to hold or seize a place is capture."""
    return "capture" if deed == "detention" and (actors.kind(patient) == "area" or takings.is_place(patient)) else deed


def _passive(verb: Token | None) -> bool:
    return verb is not None and passives.passive_form(verb) != ""


def _of_noun_deed(noun: Token, actors: Parties, verb: Token | None) -> tuple[str, str, Token | None, Token | None]:
    agent, patient = _of_noun(noun, actors)
    if verb is not None and agent is None:
        agent = _acting(verb, actors) or phrases.subject(verb)
    if patient is None and noun.dep_ == "pobj" and noun.head.lower_ == "under":
        above = noun.head.head  # "the town came under attack", "a building under attack"
        patient = above if above.tag_ in phrases.NOUNS else phrases.subject(above) if above.lower_ in UNDER else None
    return "nominal", deeds()[1][noun.lower_], agent, patient


UNDER = passives.BE | frozenset("come comes came coming remain remains remained".split())


ACTS = frozenset("act acts series wave waves string spate campaign campaigns".split())


def _noun_deed(token: Token) -> bool:
    """Does this noun, or -ing form that stands as one, name a deed that no other word of its phrase names?"""
    nouns = deeds()[1]
    deed = nouns.get(token.lower_)
    if deed is None or not (token.tag_ in {"NN", "NNS"} or phrases.names_a_deed(token)):
        return False
    if token.lower_ in {"strike", "strikes"} and _of_work(token):
        return False
    if _modifies(token):
        above = nouns.get(token.head.lower_)
        return above is not None and above != deed
    inner = [nouns.get(c.lower_) for c in token.children if c.i < token.i and c.dep_ in {"compound", "nmod"}]
    return not (deed == "operation" and any(inner) and deed not in inner)


@functools.cache
def _words_of(kind: str) -> frozenset[str]:
    """The words of the rows of `data/deeds.csv` of this kind."""
    return frozenset(form for row in read_list("deeds").itertuples() if row.kind == kind for form in row.forms.split())


def _of_work(strike: Token) -> bool:
    """Is this strike a stoppage of work: no weapon is named with it, and the text speaks of strikers, pickets or a union?"""
    armed = any(t.lower_ in _words_of("armed") for t in strike.doc[phrases.phrase_start(strike).i : strike.i])
    return not armed and any(t.lower_ in _words_of("work") for t in strike.doc)


def _carried(doc: Doc) -> dict[int, Token]:
    """The verb that carries each deed noun, by the noun's place: its own, or its passive's subject."""
    out = {}
    for verb in [doc[i] for i, lower in enumerate(doc.to_array("LOWER").tolist()) if lower in _light_by_number()]:
        if verb.tag_[:2] != "VB" or (verb.lower_.startswith("carr") and phrases.child(verb, "prt") is None):
            continue
        passive = passives.passive_form(verb)
        thing = passives.patient_of(verb) if passive else _object(verb)
        thing = phrases.who(thing) if thing is not None else None
        while thing is not None and thing.tag_ in phrases.NOUNS:
            if thing.lower_ in deeds()[1]:
                out[thing.i] = verb
            thing = phrases.child(thing, "conj")
    return out


def _row(
    article: Article,
    verb: Token,
    span: tuple[int, int],
    form: str,
    agent: Token | None,
    patient: Token | None,
    actors: Parties,
    voices: Voices,
) -> dict:
    start, end = span
    row = {"start": start, "end": end, "verb": article.text[start:end], "form": form}
    for role, head in (("agent", agent), ("patient", patient)):
        a, b = phrases.full(head) if head is not None else (None, None)
        text = article.text[a:b] if head is not None else ""
        row |= {f"{role}_start": a, f"{role}_end": b, role: text, f"{role}_actor": actors.of(head, acting=role == "agent")}
    blaming = _blaming(verb)
    accused = blaming is not None and blaming.lower_ in ACCUSING
    return row | {"voice": voices.mention(start, end), "hedged": accused or hedged(verb)}


def _blaming(deed: Token) -> Token | None:
    """The verb that blames someone for this deed: "accused" for both deeds of "accused them of shelling a town and killing civilians"."""
    while deed.dep_ == "conj" and deed.head.i < deed.i:
        deed = deed.head
    above = deed.head.head
    return above if deed.dep_ == "pcomp" and deed.head.lower_ in BLAMING and above.tag_[:2] == "VB" else None


def _acting(verb: Token, actors: Parties) -> Token | None:
    """The subject of an active verb; for "reports of forces killing civilians" the noun in front of the -ing form.

    A subject taken over from another clause must be a pronoun or an actor that can do something: the agreement in "an agreement to
    resume" resumes nothing.
    """
    own = phrases.child(verb, "nsubj")
    if own is None and not verb.is_alpha:  # a piece of "re-established": its subject hangs on another piece, or on "had"
        return next((t for t in reversed(verb.doc[verb.sent.start : verb.i]) if t.dep_ == "nsubj"), None)
    if own is not None:
        return None if own.tag_ == "EX" else phrases.antecedent(own, verb)
    if verb.dep_ in {"acl", "advcl"} and verb.tag_ == "VBG" and verb.i:
        before = verb.doc[verb.i - 1]
        while before.dep_ == "pobj" and before.head.lower_ in phrases.LOCATIVE and before.head.head.tag_ in phrases.NOUNS:
            before = before.head.head  # "forces in Syria killing"
        if before.tag_ in phrases.NOUNS:  # the parser may hang the clause on "reports"; the doer stands directly in front
            return _first_joined(before)
    if (near := arranged.who_is_near(verb)) is not None:
        return near
    if verb.dep_ == "pcomp" and verb.head.dep_ == "prep" and verb.head.head.tag_ in phrases.NOUNS:
        return None
    blaming = _blaming(verb)
    if blaming is not None and (blamed := phrases.child(blaming, "dobj")) is not None:
        return blamed
    before = verb.doc[verb.i - 2] if verb.i > 1 else verb
    if verb.tag_ == "VB" and verb.i > 1 and verb.nbor(-1).tag_ == "TO" and before.tag_ in phrases.NOUNS and before.lower_ in deeds()[1]:
        launched = before.dep_ == "dobj" and before.head.i < before.i and before.head.lower_ in light()
        own = _of_noun(before, actors)[0]  # "an army operation to recapture Aleppo", whatever the parser hangs it on
        return _acting(before.head, actors) if own is None and launched else own
    found = phrases.subject(verb)
    if found is None:
        return None
    shared = verb.dep_ in {"conj", "xcomp"} and not found.is_ancestor(verb)
    return found if shared or found.tag_ == "PRP" or actors.of(found, acting=True) else None


def _first_joined(noun: Token) -> Token:
    while noun.dep_ == "conj" and noun.head.i < noun.i and noun.head.tag_ in phrases.NOUNS:
        noun = noun.head
    return noun


def _object(verb: Token) -> Token | None:
    """The object of an active verb, be it shared ("shot and killed him"), in front ("the man they shot") or behind "at" ("shot at him")."""
    thing = phrases.child(verb, "dobj")
    thing = thing or takings.what_is_left(verb)
    if thing is not None:
        return phrases.antecedent(thing, verb)
    later = phrases.child(verb, "conj")
    joined = later is not None and later.tag_ == verb.tag_ and all(t.tag_ in {"CC", "RB"} for t in verb.doc[verb.i + 1 : later.i])
    if joined and phrases.child(later, "nsubj") is None and verb.lower_ in participles.object_of_deeds():
        return _object(later)
    if verb.lower_ in AIMED:
        at = next((c for c in verb.children if c.lower_ in {"at", "on", "upon"} and c.dep_ == "prep"), None)
        aim = phrases.child(at, "pobj") if at is not None else None
        if aim is not None and aim.lower_ not in participles.TIMES:
            return aim
    own = phrases.child(verb, "nsubj")
    gap = verb.dep_ == "relcl" and own is not None and own.tag_ not in {"WDT", "WP"} and verb.head.tag_ in phrases.NOUNS
    if gap and participles.object_of_deeds().get(verb.lower_) == "needs" and phrases.child(verb, "mark", "prep") is None:
        return verb.head
    return None


def _modifies(noun: Token) -> bool:
    """Is this noun, or the one that "and" joins it to, only a modifier ("search and rescue force")?"""
    while noun.dep_ == "conj" and noun.head.i < noun.i:
        noun = noun.head
    return phrases.inside_phrase(noun)


def _of_noun(noun: Token, actors: Parties) -> tuple[Token | None, Token | None]:
    """Agent and patient inside a noun's own phrase: "army offensive", "killing of civilians by troops", "Russia's withdrawal"."""
    agent = patient = None
    befalling = deeds()[2]
    above = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun
    outer = above.children if above.lower_ in ACTS else ()  # "an act of barbarism against civilians"
    for c in (*noun.children, *(c for c in outer if c is not noun.head and c.i > noun.i)):
        if c.dep_ == "prep" and c.lower_ == "by":
            agent = phrases.child(c, "pobj")
        elif c.dep_ == "prep" and c.lower_ in {"of", "on", "against"}:
            thing = phrases.child(c, "pobj")
            patient = patient or (thing if thing is not None and thing.lower_ not in participles.TIMES else None)  # "clashes on Monday"
    for c in noun.children:
        if c.i > noun.i or c.dep_ not in {"poss", "compound", "nmod", "amod"}:
            continue
        if c.dep_ == "poss" or actors.modifying(c):
            if noun.lower_ in befalling or agent is not None:
                patient = patient or c
            else:
                agent = c
    return agent, patient
