"""Where does the mention of a speaker begin and end, and what do its words say: a name, a role, an organisation, one or many?"""

import functools
import re

from spacy.tokens import Token

from samestory.lists import read_list
from samestory.quotes import names

DETERMINERS = set("the a an his her their its another one some several".split())
DAYS = set("monday tuesday wednesday thursday friday saturday sunday".split())
CUT = re.compile(r",|\(|\s[-–—]{1,2}\s|[-–—]{2}|;|:")
OF = re.compile(r"\s(?:of|for|from|in|at|with|to|on|who|whose|which|that|by|and)\s")


def mention(token: Token) -> tuple[int, int]:
    """Character span of the noun phrase around its head word, without what follows a comma, a dash or a relative pronoun."""
    doc = token.doc
    start = token.left_edge.i
    if (
        token.dep_ == "nsubj"
        and start
        and not doc[start - 1].is_punct
        and doc[start - 1].head.dep_ == "nsubj"
        and doc[start - 1].head.head.i == token.head.i
    ):
        start = doc[start - 1].head.left_edge.i  # one list that the parser took for two subjects
    for i in range(token.i - 1, start - 1, -1):
        if (
            (doc[i].text in ("-", "--", "–", "—", ":", ";") and not _inside_word(doc[i]))
            or (doc[i].text == '"' and i != token.i - 1)
            or (doc[i].is_space and "\n" in doc[i].text)
        ):
            start = i + 1
            break
    while start < token.i and (
        doc[start].is_punct or doc[start].is_space or doc[start].dep_ in ("cc", "preconj", "mark", "advmod", "prep")
    ):
        start = doc[start].right_edge.i + 1 if doc[start].dep_ in ("advmod", "prep") and doc[start].right_edge.i < token.i else start + 1
    stops = {
        c.left_edge.i for c in token.children if c.i > token.i and c.dep_ in ("relcl", "acl", "appos", "advcl", "punct", "dep", "ccomp")
    }
    stops -= {c.left_edge.i for c in token.children if c.dep_ == "appos" and c.left_edge.i == token.i + 1}  # "envoy Staffan de Mistura"
    end = token.i + 1
    for i in range(token.i + 1, token.right_edge.i + 1):
        word = doc[i]
        listed = word.text == "," and any(c.i > i for c in token.conjuncts if c.i <= token.right_edge.i)
        hyphen = word.text == "-" and _inside_word(word)
        if (i in stops and not listed and not hyphen and word.text not in ("(", ")")) or word.dep_ in (
            "relcl",
            "acl",
            "advcl",
        ):
            break
        if (
            (word.text in (",", ";", ":", "--", "–", "—", '"') and not listed)
            or "\n" in word.text
            or (word.text == "-" and not _inside_word(word))
        ):
            break
        if (not word.is_space and not word.is_punct) or word.text in (")", "-", "."):
            end = i + 1
    if token.i > start and doc[token.i - 1].text == '"' and end < len(doc) and doc[end].text == '"':
        end += 1  # RIA "Novosti"
    while start > 1 and doc[start - 1].text == "-" and _inside_word(doc[start - 1]):
        start -= 2
    while end + 1 < len(doc) and doc[end].text == "-" and _inside_word(doc[end]):  # "co" of "co-founder", which the parser cut
        end += 2
    while end - start > 2 and doc[end - 1].lower_ in DAYS and doc[end - 2].lower_ in ("on", "late", "early", "last"):
        end -= 2
    brackets = [i for i in range(start, end) if doc[i].text == "("]
    if brackets and doc[end - 1].text == ")":
        end = brackets[-1]
    return doc[start].idx, doc[max(end, start + 1) - 1].idx + len(doc[max(end, start + 1) - 1])


def _inside_word(token: Token) -> bool:
    return token.i > 0 and not token.whitespace_ and not token.nbor(-1).whitespace_


@functools.cache
def _source_kinds() -> dict[str, str]:
    return dict(read_list("source_kinds")[["word", "kind"]].itertuples(index=False))


OFFICE = re.compile(r".*\b(?:of|for) (?:(?:[A-Z][\w-]*|and|the),? )*?([A-Z][\w-]*) ((?:[A-Z][\w.'’-]*)(?: [A-Z][\w.'’-]*)+)$")


LAST_NAMES = re.compile(r"(^|\s)((?:[A-Z][\w.'’-]*)(?: [A-Z][\w.'’-]*)+)$")


def officer_in(text: str) -> str:
    """The name behind an office that has "of" or "for" in it ("Secretary of State John Kerry"), not behind "a spokesman for"; or empty."""
    text = re.sub(r"\s*\([^)]*\)", "", text)
    m = OFFICE.match(core_of(text))
    if m and not names.is_role(m.group(1)) and holds_role(text):
        name = names.bare(m.group(2))
    elif (run := LAST_NAMES.search(text)) and not any(names.is_role(w) for w in re.findall(r"(\S+) (?:for|of|to)\b", text)):
        name = names.bare(run.group(2))
        before = text[: run.start(2) + run.group(2).rfind(name)].split()
        name = name if before and names.is_role(before[-1]) else ""
    else:
        return ""
    return name if names.looks_like_person(name) and names.given(name.split()[0]) else ""


def name_in(text: str) -> str:
    """A mention up to the end of a name: "Yasser al-Youssef from the office" gives "Yasser al-Youssef"; any other mention stays whole."""
    if officer := officer_in(text):
        return officer
    core = OF.split(core_of(text))[0] if re.search(r"[A-Z][\w'’-]*$", OF.split(core_of(text))[0]) else text
    return re.sub(r"['’]s?$", "", names.SUFFIX.sub("", core.strip()))


def core_of(text: str) -> str:
    """The mention up to its first comma or bracket, quotation marks around names taken out."""
    text = text.replace('"', "")
    cut = CUT.search(text)
    return (text[: cut.start()] if cut else text).strip()


def kind_word(core: str) -> str:
    """What the head of a mention is called: organisation, document, media, or person when the lists know nothing else."""
    head = OF.split(core)[0].split()
    kinds = _source_kinds()
    if not head:
        return "person"
    if len(head) > 1 and names.given(head[0].strip(".,")) and all(w[:1].isupper() for w in head):
        return "person"  # Miguel Fox is no channel
    last = head[-1].strip("'’\"“”.").lower()
    if kind := kinds.get(last) or kinds.get(last.removesuffix("s")):
        return kind
    if core.isupper() and len(core) > 1:
        return "organisation"
    if "media" in {kinds.get(w.lower()) for w in head if w[:1].isupper()}:
        return "media"
    return "person"


def holds_role(core: str) -> bool:
    return any(names.is_role(w) for w in OF.split(core)[0].split())


def plural(name: str) -> bool:
    head = OF.split(name)[0].split()
    last = head[-1].lower() if head else ""
    return last in ("people", "police", "men", "women", "children") or (last.endswith("s") and not last.endswith("ss"))


def nominal(words: str) -> bool:
    """Can these words be a mention of a speaker: a pronoun, or something with a capital or a determiner?"""
    first = words.split()[0].lower()
    if first in ("he", "she", "they", "it", "we", "i", "one", "who"):
        return len(words.split()) <= 2
    return bool(re.search(r"[A-Z]", words)) or first in DETERMINERS
