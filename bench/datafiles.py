"""Reading the files of those who hold benchmark data: `NAME.jsonl` or `NAME.jsonl.gz`, one JSON object a line."""

import gzip
import json
import pathlib
import zlib
from collections.abc import Callable

from samestory import parse
from samestory.errors import UserError


def file_of(folder: pathlib.Path, name: str) -> pathlib.Path | None:
    """The file of a set, plain or gzipped."""
    return next((f for f in (folder / f"{name}.jsonl", folder / f"{name}.jsonl.gz") if f.is_file()), None)


def read(folder: pathlib.Path, name: str, checked: Callable[[object], dict]) -> list[dict]:
    """The texts of a set, each as `checked` returns it; a file that is not there or that `checked` refuses (ValueError) is a UserError."""
    file = file_of(folder, name)
    if file is None:
        raise UserError(f"{folder} holds neither {name}.jsonl nor {name}.jsonl.gz; --help says what should be in them")
    texts, number = [], 1
    try:
        with (gzip.open if file.suffix == ".gz" else open)(file, "rb") as lines:
            for each in lines:
                if each.strip():
                    texts.append(checked(json.loads(each)))
                number += 1
    except (OSError, EOFError, zlib.error, ValueError, RecursionError) as error:
        raise UserError(f"{file}, line {number}: {type(error).__name__}: {error}") from error
    if not texts:
        raise UserError(f"{file}: no texts in it")
    return texts


def checked_text(text: object, keys: tuple[str, ...]) -> dict:
    """A text that has all the keys and whose `text` the parser takes, as it is; else a ValueError."""
    missing = [key for key in keys if key not in text] if isinstance(text, dict) else ["JSON object"]
    if missing:
        raise ValueError(f"no {', '.join(missing)}")
    if not isinstance(text["text"], str):
        raise ValueError("text is not a string")
    text["text"].encode()  # the parser takes no halves of surrogate pairs either
    if len(text["text"]) > parse.load_model().max_length:
        raise ValueError(f"text is longer than the {parse.load_model().max_length:,} characters that the parser takes")
    return text
