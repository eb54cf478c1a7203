"""Who says a figure, as the text words it? Empty only when the outlet says it itself."""

import re

from spacy.tokens import Token

from samestory import phrases
from samestory.framing import doubt
from samestory.quotes import lexicon

ACCORDING = re.compile(
    r"\baccording to\s+(?P<who>[^,.;:\"\n]{2,80}?)(?=[,;:\"\n]|\.(?:\s|\Z)|\s+(?:who|which|that|said|and|in a|on)\b|\Z)", re.I
)
COUNTING = frozenset(
    "put puts putting report reports reported count counts counted recorded records record estimate estimates estimated".split()
)
PRONOUNS = frozenset("he she it they i we you who which that this".split())


def claimed_by(text: str, start: int, end: int, told: Token, sentence: tuple[int, int], quote_rows: list[dict]) -> str:
    """Who says the number at `[start, end)`: the first of these that the text has.

    1. The speaker of the narrowest statement around it: the mention as worded, of a pronoun the resolved name, else the pronoun ("he").
    2. The X of "according to X" in its `sentence`.
    3. Of a statement without a speaker the word that makes it one, as worded ("reports", "was reported that": "reported"); "unnamed" when
       there are only quotation marks. `told` is the word of harm, or the number, whose place in the parse says this.
    """
    around = [q for q in quote_rows if q.get("kind") != "scare" and q["start"] <= start and end <= q["end"]]
    around.sort(key=lambda q: q["end"] - q["start"])
    for quote in around:
        mention, name = quote.get("speaker_text") or "", quote.get("speaker") or ""
        if mention or name:
            return name if name and (not mention or mention.lower() in PRONOUNS) else mention
    if m := ACCORDING.search(text, *sentence):
        return m["who"].strip()
    if not around and (who := _counts(text, told)):
        return who
    cue = next((q["cue"] for q in around if q.get("cue")), "")
    return cue or _reported(told) or ("unnamed" if around else "")


def _counts(text: str, told: Token) -> str:
    """Who "puts the toll at 23" or "counted 300 dead": the subject of a verb of counting above the figure."""
    here = told
    for _ in range(4):
        if here.lower_ in COUNTING and here.tag_[:2] == "VB" and (subject := phrases.child(here, "nsubj")) is not None:
            words = sorted(t.i for t in subject.subtree if t.i <= subject.i)
            return text[told.doc[words[0]].idx : subject.idx + len(subject)] if subject.lower_ not in PRONOUNS else ""
        if here.head.i == here.i or here.dep_ not in {"dobj", "pobj", "prep", "nummod", "ccomp", "oprd", "acl", "amod", "conj"}:
            return ""
        here = here.head
    return ""


def _reported(told: Token) -> str:
    """The word of saying above, when nobody is named who says it: "reports of", "claims that", "it was reported that"."""
    here = told
    for above in told.ancestors:
        of = here.dep_ == "prep" and here.lower_ in {"of", "about"}
        if above.tag_ in phrases.NOUNS and (of or here.dep_ in {"acl", "ccomp"}):
            if above.lower_ in doubt.hedges()["above"] or (not of and lexicon.nouns().get(above.lower_) == "speech"):
                return above.text
        elif above.tag_ == "VBN" and here.dep_ in {"ccomp", "xcomp", "oprd"} and phrases.child(above, "auxpass") is not None:
            subject, entry = phrases.child(above, "nsubjpass"), lexicon.verbs().get(above.lower_)
            nobody = here.dep_ != "ccomp" or (subject is not None and subject.lower_ == "it")
            if entry is not None and entry.force == "speech" and nobody:
                return above.text
        here = above
    return ""
