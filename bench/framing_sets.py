"""The sets that `framing.py` measures with: which there are, and what a text of each must hold."""

import pathlib
from collections.abc import Callable

import datafiles

from samestory.errors import UserError

SETS = ("actors_dev", "actions_dev", "loaded_dev")
LISTS = {"actors": ("mentions", "event"), "actions": ("passives",), "loaded": ("sentences", "event")}
PASSIVES = ("passive", "reduced_passive")


def read(folder: pathlib.Path, names: list[str]) -> dict[str, list[dict]]:
    """The texts of each set named, or of those of SETS that are there; what is missing or not as described is a UserError."""
    names = names or [name for name in SETS if datafiles.file_of(folder, name)]
    if not names:
        raise UserError(f"{folder} holds none of {', '.join(SETS)} as .jsonl or .jsonl.gz; --help says what should be in them")
    for name in names:
        if kind(name) not in LISTS:
            raise UserError(f"{name}: a set is named after its kind, {', '.join(f'{k}_NAME' for k in LISTS)}")
    return {name: datafiles.read(folder, name, checked(kind(name))) for name in names}


def kind(name: str) -> str:
    """The kind of a set, from its name."""
    return name.partition("_")[0]


def checked(kind: str) -> Callable[[object], dict]:
    """A function that returns a text of a set of this kind if it is as described above, else raises ValueError."""

    def check(text: object) -> dict:
        within, *also = LISTS[kind]
        text = datafiles.checked_text(text, ("article_id", "outlet", "text", within, *also))
        if not isinstance(text["article_id"], str) or not isinstance(text["outlet"], str):
            raise ValueError("article_id or outlet is not a string")
        if not isinstance(text[within], list):
            raise ValueError(f"{within} is not a list")
        for item in text[within]:
            wanted = {"mentions": ("chain", "type"), "passives": ("form", "agent", "patient"), "sentences": ("lexical_bias",)}[within]
            if not isinstance(item, dict) or any(key not in item for key in ("start", "end", *wanted)):
                raise ValueError(f"an entry of {within} lacks one of start, end, {', '.join(wanted)}")
            for span in ((item["start"], item["end"]), item.get("agent"), item.get("patient")):
                _check_span(span, len(text["text"]), within)
            if kind == "actions" and item["form"] not in PASSIVES:
                raise ValueError(f"form is {item['form']!r:.40}, not one of {', '.join(PASSIVES)}")
            if kind == "loaded" and item["lexical_bias"] not in (0, 1):
                raise ValueError(f"lexical_bias is {item['lexical_bias']!r:.40}, not 0 or 1")
        return text | {"event": str(text["event"])} if "event" in also else text

    return check


def _check_span(span: object, size: int, within: str) -> None:
    if span is None:
        return
    sound = isinstance(span, list | tuple) and len(span) == 2 and all(type(x) is int for x in span)
    if not sound or not 0 <= span[0] <= span[1] <= size:
        raise ValueError(f"a span of {within} is outside the text or not two whole numbers: {span!r:.60}")
