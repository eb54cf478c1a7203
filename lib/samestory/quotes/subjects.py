"""Who says it? The subject of a verb of saying, in its own clause or in the one that it hangs on."""

from collections.abc import Callable

from spacy.tokens import Token

from samestory.quotes.lexicon import EMPTY, documents, roles, speaking, verbs

ARTICLES = set("the a an".split())  # as subjects they have lost their noun in the parse
RELATIVE = set("who which that whom".split())
# Endings of nouns for those who do something.
AGENTS = ("er", "or", "ist", "man", "woman", "ian", "ee", "eer", "ant", "men", "women")


def subject_of(token: Token, depth: int = 6) -> tuple[Token | None, bool]:
    """The head word of who does a verb, and whether it stands in the verb's own clause.

    Its own subject, which may be a relative pronoun; the agent of a passive; else the subject of the verb it is joined to
    ("came and said") or hangs on ("..., saying").
    """
    if depth == 0:
        return None, False
    subjects = [c for c in token.children if c.dep_ == "nsubj" and c.lower_ not in ARTICLES]
    if subjects:  # the nearest: a farther one may belong to the quotation
        return min(subjects, key=lambda c: abs(c.i - token.i)), True
    before = token.nbor(-1) if token.i else None
    if (
        token.tag_ in ("VBD", "VBZ")
        and token.dep_ == "ROOT"
        and before is not None
        and before.tag_[:2] in ("NN", "PR")
        and not is_passive(token)
    ):
        return before, True  # the parser hung the subject elsewhere
    if is_passive(token):
        for child in token.children:
            if child.dep_ == "agent":
                for noun in child.children:
                    if noun.dep_ == "pobj":
                        return noun, True
        return None, False
    head = token.head
    if head.i == token.i:
        return None, False
    if (
        token.dep_ == "conj" and token.tag_ in ("VBD", "VBZ") and head.tag_ in ("VBG", "VBN", "VB") and head.dep_ == "ccomp"
    ):  # "said she was leaving and accused ...": a finite verb is joined to the finite one
        return subject_of(head.head, depth - 1)[0], False
    if token.dep_ == "acl" and head.tag_[:1] in "NP":
        if token.tag_ == "VBG" and (teller := _teller(head)) is not None:
            return subject_of(teller, depth - 1)[0], False
        return head, False
    if token.dep_ in ("conj", "xcomp", "advcl", "pcomp", "prep", "dep", "ccomp") and head.dep_ != "":
        if head.tag_.startswith("VB"):
            if is_passive(head) and token.dep_ in ("advcl", "conj", "xcomp"):
                passive = next((c for c in head.children if c.dep_ == "nsubjpass"), None)
                if passive is not None:
                    return passive, False
            if token.dep_ == "ccomp" and token.tag_ != "VBG":
                return None, False
            return subject_of(head, depth - 1)[0], False
        if head.dep_ in ("prep", "advmod") or head.tag_ in ("IN",):
            return subject_of(head, depth - 1)[0], False
    return None, False


def is_passive(token: Token) -> bool:
    if any(c.dep_ in ("auxpass", "nsubjpass") for c in token.children):
        return True
    return token.tag_ == "VBN" and token.dep_ in ("acl", "advcl") and not any(c.dep_ == "aux" for c in token.children)


def can_speak(noun: Token) -> bool:
    """Can this word name a source: a name, a pronoun for people, a role, an organisation, a document, a group of people?"""
    if noun.tag_.startswith("NNP") or noun.tag_ in ("PRP", "WP") or (noun.text.isupper() and len(noun) > 1):
        return noun.lower_ not in ("what", "there", "this", "that")
    word = noun.lower_
    if word in speaking() or word.removesuffix("s") in speaking():
        return True
    return word.removesuffix("s").endswith(AGENTS) or noun.tag_ == "CD"


def antecedent(subject: Token) -> Token:
    """What a relative pronoun stands for; any other word itself."""
    return subject.head.head if subject.lower_ in RELATIVE and subject.head.dep_ == "relcl" else subject


def told_by(token: Token, subject: Token, inside: Callable[[int], bool]) -> Token | None:
    """Who says both, where a verb of saying hangs on what another says ("said it was over, adding that", "said he won and called it")?

    A participle after a comma goes with whoever spoke first; a joined verb too, unless what is said has a subject that can speak itself.
    """
    aside = token.tag_ == "VBG" and token.i > 0 and any(t.text == "," for t in (token.nbor(-1), token.left_edge))
    joined = token.dep_ == "conj" and token.tag_ in ("VBD", "VBZ") and (subject.tag_ == "PRP" or not can_speak(subject))
    alike = token.dep_ == "conj" and token.tag_ == "VBG" and token.head.tag_ != "VBG"  # "telling CNN that he is a fake and asking"
    if not (aside or joined or alike):
        return None
    child = token
    while child.head.i != child.i:
        above = child.head
        if child.dep_ == "ccomp" and above.i < token.i and above.lower_ in verbs() and not inside(above.idx):
            if (joined and above.tag_ not in ("VBD", "VBZ", "VBN")) or (alike and above.tag_ != "VBG"):
                return None
            outer = subject_of(above)[0]
            return outer if outer is not None and can_speak(antecedent(outer)) else None
        child = above
    return None


def _teller(hearer: Token) -> Token | None:
    """The verb of telling or sending of which a noun is the addressee: "emailed supporters saying", "a message to supporters saying"."""
    if hearer.dep_ in ("dobj", "dative") and "tell" in verbs().get(hearer.head.lower_, EMPTY).frames.get("", ()):
        return hearer.head
    if hearer.dep_ == "pobj" and hearer.head.lower_ == "to":
        above = hearer.head.head
        above = above.head if above.lower_ in documents() else above
        return above if above.tag_.startswith("VB") else None
    return None


def issuer_of(noun: Token) -> Token | None:
    """Who speaks through a document: "the ministry issued a statement saying" has the ministry speak, not the statement."""
    verb = noun.head
    if noun.lower_ not in documents() or noun.dep_ != "dobj" or not verb.tag_.startswith("VB") or is_passive(verb):
        return None
    issuer = subject_of(verb)[0]
    return issuer if issuer is not None and can_speak(antecedent(issuer)) and issuer.i != noun.i else None


def speaker_near(token: Token, instead: Token) -> Token:
    """For a verb that hangs on a thing: the last noun before it that can speak and is a person ("for one activist ..., saying")."""
    if token.tag_ in ("VBD", "VBZ"):  # "warned that civilians ... and urged": whoever warned
        return instead
    for noun in reversed(list(token.doc[instead.i + 1 : token.i])):
        word = noun.lower_.removesuffix("s")
        if noun.tag_ not in ("NN", "NNS") or noun.dep_ not in ("pobj", "nsubj", "dobj") or noun.head.lower_ == "to":
            continue
        if word in roles() or word.endswith(AGENTS):
            return noun
    return instead
