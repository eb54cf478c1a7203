"""A story: one event as told by several outlets, read from a folder or a table and checked row by row."""

import csv
import dataclasses
import io
import json
import logging
import pathlib
from collections.abc import Iterable, Mapping

import pandas as pd

from samestory import codebook as codebooks
from samestory.codebook import Codebook
from samestory.errors import UserError

log = logging.getLogger("samestory")

COLUMNS = "article_id outlet title published url moment wire genre language notes file text".split()
TABLE_SUFFIXES = (".csv", ".jsonl", ".ndjson", ".parquet")


@dataclasses.dataclass(frozen=True)
class Story:
    """Articles and codebook of one event.

    `articles`: one row each with the columns `COLUMNS` (strings, empty when unknown) and `target_start, target_end` where the
    table gives them. `faults`: what was wrong, with columns `article, stage, reason`; each was left out or emptied.
    `folder`: where the story is (a folder, or the file of a table). `all_outlets`: every outlet of the whole story, also when only
    some are chosen, so that an outlet keeps its colour.
    """

    name: str
    folder: pathlib.Path
    articles: pd.DataFrame
    codebook: Codebook
    faults: pd.DataFrame
    all_outlets: tuple[str, ...]
    all_articles: tuple[str, ...] = ()  # ids, also when only some are chosen

    @property
    def outlets(self) -> list[str]:
        """Outlets in the order in which the story names them."""
        return list(dict.fromkeys(self.articles["outlet"]))

    def choose(self, *, outlets: Iterable[str] = (), moment: str = "") -> "Story":
        """The same story with only these outlets and this moment; empty means all. Unknown names are a UserError."""
        articles, outlets = self.articles, list(outlets)
        if unknown := [o for o in outlets if o not in self.outlets]:
            raise UserError(f"no outlet {', '.join(map(repr, unknown))} in {self.name}; it has {', '.join(self.outlets)}")
        if outlets:
            articles = articles[articles["outlet"].isin(outlets)]
        if moment:
            moments = list(dict.fromkeys(m for m in articles["moment"] if m))
            if moment not in moments:
                raise UserError(f"no article of moment {moment!r} in {self.name}; it has {', '.join(moments) or 'none'}")
            articles = articles[articles["moment"] == moment]
        return dataclasses.replace(self, articles=articles.reset_index(drop=True))


def read_story(path: str | pathlib.Path, *, columns: Mapping[str, str] | None = None) -> Story:
    """Read a story from a folder (texts, `articles.csv`, codebook) or a table (CSV, JSON Lines, Parquet).

    `columns` maps our column names to the table's own (`{"text": "body"}`). Faulty articles are left out and listed in
    `story.faults`; a story that is not there or has no usable article is a UserError.
    """
    path = pathlib.Path(path)
    if not path.exists():
        raise UserError(f"{path}: no such story; give a folder with texts or a table (.csv, .jsonl, .parquet)")
    faults = Faults()
    if path.is_dir():
        rows = list(_folder_rows(path, faults))
        book_folder = path / "codebook"
    elif path.suffix.lower() in TABLE_SUFFIXES:
        rows = list(_table_rows(path, dict(columns or {}), faults))
        book_folder = path.with_suffix("") / "codebook"
    else:
        raise UserError(f"{path}: not a folder and not a table; a table ends in {', '.join(TABLE_SUFFIXES)}")
    book, book_faults = codebooks.load(book_folder)
    for fault in book_faults:
        faults.add("", f"{book_folder.parent / fault['file']}: row {fault['row']}: {fault['reason']}")
    rows = _check(rows, book, faults)
    if not rows:
        reasons = "; ".join(f["reason"] for f in faults.rows[:3])
        raise UserError(f"{path}: no usable article" + (f" ({reasons})" if reasons else ""))
    articles = pd.DataFrame(rows)
    for row in book.fact_states[~book.fact_states["article_id"].isin(articles["article_id"])].itertuples():
        reason = f"no article {row.article_id!r} in this story; row left out"
        faults.add("", f"{book_folder / 'fact_states.csv'}: row {row.Index + 2}: {reason}")
    extra = [c for c in ("target_start", "target_end") if c in articles]
    articles = articles.reindex(columns=[*COLUMNS, *extra])
    articles[COLUMNS] = articles[COLUMNS].astype("string").fillna("")
    return Story(
        path.resolve().stem, path, articles, book, faults.frame(), tuple(dict.fromkeys(articles["outlet"])), tuple(articles["article_id"])
    )


class Faults:
    """The faults found so far, each logged as one line when it is added."""

    def __init__(self):
        self.rows: list[dict] = []

    def add(self, article: str, reason: str) -> None:
        log.warning(reason)
        self.rows.append({"article": article, "stage": "story", "reason": reason})

    def frame(self) -> pd.DataFrame:
        return pd.DataFrame(self.rows, columns=["article", "stage", "reason"], dtype=str)


def _folder_rows(folder: pathlib.Path, faults: Faults) -> Iterable[dict]:
    index = folder / "articles.csv"
    if not index.exists():
        files = sorted(folder.glob("*.txt"))
        if not files:
            raise UserError(f"{folder}: neither articles.csv nor any .txt file in it")
        listed = [{"file": f.name, "outlet": f.stem, "where": f.name} for f in files]
    else:
        listed = list(_csv_rows(index))
        if listed and (missing := {"file", "outlet"} - listed[0].keys()):
            raise UserError(f"{index}: row 1: no column {' and '.join(sorted(missing))}; file and outlet must be there")
    for row in listed:
        where, name = row.get("where", ""), row.get("file", "").strip()
        article = row.get("article_id", "").strip() or pathlib.PurePath(name).stem
        if not name:
            faults.add(article, f"{where}: no file named; article left out")
            continue
        file = folder / name
        if not file.resolve().is_relative_to(folder.resolve()):
            faults.add(article, f"{where}: file {name!r} lies outside the story's folder; copy it into {folder}; article left out")
        elif not file.is_file():
            faults.add(article, f"{where}: no file {name!r} in {folder}; article left out")
        else:
            text, note = decode(file.read_bytes())
            if text is None:
                faults.add(article, f"{file}: {note}; save it as UTF-8; article left out")
                continue
            if note:
                log.warning("%s: %s", file, note)
            yield {**row, "article_id": article, "text": text, "notes": "; ".join(filter(None, (row.get("notes"), note)))}


def _csv_rows(file: pathlib.Path) -> Iterable[dict]:
    """Rows of a CSV file, line breaks inside cells as they are, each with `where`: file and row for messages."""
    text, note = decode(file.read_bytes())
    if text is None:
        raise UserError(f"{file}: {note}; save it as CSV UTF-8")
    csv.field_size_limit(10**9)
    separator = codebooks.separator(text.split("\n", 1)[0])
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, restkey="_more", restval="")
    try:
        for number, row in enumerate(reader, start=2):
            if any(str(v).strip() for v in row.values()):
                yield {str(k).strip(): v for k, v in row.items() if k != "_more"} | {"where": f"{file}: row {number}"}
    except csv.Error as error:
        raise UserError(f"{file}: not a CSV file that can be read ({error})") from error


def _table_rows(file: pathlib.Path, columns: dict[str, str], faults: Faults) -> Iterable[dict]:
    suffix = file.suffix.lower()
    if suffix == ".csv":
        rows: Iterable[dict] = _csv_rows(file)
    elif suffix == ".parquet":
        try:
            table = pd.read_parquet(file)
        except (OSError, ValueError) as error:
            raise UserError(f"{file}: not a Parquet file that can be read ({error})") from error
        rows = ({**r, "where": f"{file}: row {i}"} for i, r in enumerate(table.to_dict("records"), start=1))
    else:
        rows = _json_rows(file, faults)
    wanted = {c: columns.get(c, c) for c in [*COLUMNS, "target_start", "target_end"]}
    seen: set[str] = set()
    for number, row in enumerate(rows, start=1):
        seen |= row.keys()
        if lacking := [wanted[c] for c in ("text", "outlet") if wanted[c] not in seen]:
            there = ", ".join(sorted(seen - {"where"}))
            remedy = "name yours with --map text=YOURS --map outlet=YOURS"
            raise UserError(f"{file}: no column {' and '.join(lacking)} (it has {there}); {remedy}")
        out = {ours: row[theirs] for ours, theirs in wanted.items() if theirs in row}
        out = {k: "" if v is None or v != v else v for k, v in out.items()}
        for k in COLUMNS:
            if k in out and k != "text":
                out[k] = str(out[k]).strip()
        out["article_id"] = out.get("article_id") or str(number)
        if not isinstance(out.get("text", ""), str):
            faults.add(out["article_id"], f"{row['where']}: text is not text; article left out")
            continue
        if wrong := _wrong_target(out):
            faults.add(out["article_id"], f"{row['where']}: {wrong}; article left out")
            continue
        yield out | {"where": row["where"]}


def _wrong_target(row: dict) -> str:
    """What is wrong with the target a row gives (`target_start`, `target_end`); empty where it gives none, or a good one."""
    given = [row.get("target_start", ""), row.get("target_end", "")]
    if given == ["", ""]:
        return ""
    try:
        start, end = (int(float(value)) for value in given)
    except (TypeError, ValueError, OverflowError):
        return f"target_start and target_end are {given[0]!r} and {given[1]!r}, not two whole numbers"
    if not 0 <= start < end <= len(row.get("text", "")):
        return f"the target from {start} to {end} does not lie in the text of {len(row.get('text', ''))} characters (start counts from 0)"
    return ""


def _json_rows(file: pathlib.Path, faults: Faults) -> Iterable[dict]:
    with file.open(encoding="utf-8-sig", newline="\n", errors="surrogateescape") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                line.encode()
            except (json.JSONDecodeError, UnicodeEncodeError) as error:
                faults.add("", f"{file}: row {number}: not a line of UTF-8 JSON ({type(error).__name__}); left out")
                continue
            if not isinstance(row, dict):
                faults.add("", f"{file}: row {number}: not a JSON object; left out")
                continue
            yield row | {"where": f"{file}: row {number}"}


def decode(raw: bytes) -> tuple[str | None, str]:
    """Decode a text file: UTF-8, else UTF-16 or UTF-32 by its byte order mark, else Windows-1252 if its bytes look like it.

    Returns the text, line ends untouched and a leading byte order mark dropped, and a note when it was not plain UTF-8;
    `(None, reason)` when no decoding can be trusted.
    """
    for mark, name in ((b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            try:
                return raw.decode(name), f"read as {name.upper()}, by its byte order mark"
            except UnicodeDecodeError:
                return None, f"starts with the mark of {name.upper()} but is not"
    try:
        return raw.decode("utf-8-sig"), ""
    except UnicodeDecodeError as error:
        bad = f"byte {error.start + 1} is not UTF-8"
    if b"\x00" in raw:
        return None, f"{bad} and there are zero bytes, so it is no text in any encoding tried"
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError:
        return None, f"{bad}, and it is not Windows-1252 either"
    # Evidence: what is not ASCII should be what English prose in Windows-1252 has: quotation marks, dashes, accented letters inside words.
    odd = [c for c in text if ord(c) > 127]
    usual = sum(c in "‘’“”–—…•€£©®°é½è«»\xa0" or c.isalpha() for c in odd)
    control = sum(ord(c) < 32 and c not in "\t\n\r\f" for c in text)
    if control or usual < 0.9 * len(odd) or len(odd) > 0.3 * len(text):
        return None, f"{bad}, and it does not look like Windows-1252 either"
    return text, f"{bad}; read as Windows-1252, because its other bytes are quotation marks, dashes or letters there"


def _check(rows: Iterable[dict], book: Codebook, faults: Faults) -> list[dict]:
    """Keep the articles that can be used; empty the dates that cannot exist; report everything else."""
    kept: dict[str, dict] = {}
    moments = set(book.moments["moment"])
    for row in rows:
        article, where = row["article_id"], row.pop("where")
        if article in kept:
            faults.add(article, f"{where}: article_id {article!r} stands there twice; the second is left out; give it an id of its own")
        elif not row.get("outlet", "").strip():
            faults.add(article, f"{where}: article {article!r} has no outlet; left out")
        elif not any(c.isalnum() for c in row.get("text", "")):
            faults.add(article, f"{where}: the text of article {article!r} is empty; left out")
        else:
            if (date := row.get("published", "").strip()) and (reason := codebooks.fault_of_date(date)):
                faults.add(article, f"{where}: published {date!r} {reason}; taken as unknown")
                row["published"] = ""
            if (moment := row.get("moment", "")) and moments and moment not in moments:
                there = ", ".join(sorted(moments))
                faults.add(article, f"{where}: moment {moment!r} is not in codebook/moments.csv ({there}); taken as unknown")
                row["moment"] = ""
            kept[article] = row
    return list(kept.values())
