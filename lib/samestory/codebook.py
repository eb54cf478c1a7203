"""The codebook of a story: what people who know the story decided, in CSV files that open in any spreadsheet."""

import dataclasses
import datetime
import functools
import hashlib
import pathlib
import re

import pandas as pd

from samestory.errors import UserError

FILES = {
    "story": "title description",
    "actors": "actor name kind description",
    "labels": "label actor valence note",
    "speakers": "alias speaker actor kind",
    "moments": "moment name begins description source",
    "facts": "fact_id fact moment known_from known_until look_for source",
    "fact_states": "fact_id article_id state evidence nth note",
    "frames": "item frame question values look_for source",
}
NEEDED = {
    "story": "title",
    "actors": "actor name",
    "labels": "label actor",
    "speakers": "alias speaker",
    "moments": "moment",
    "facts": "fact_id fact",
    "fact_states": "fact_id article_id state",
    "frames": "item frame question values",
}
SUGGESTED = "accept actor label valence note"
OF = {"actor": "actors.csv", "fact_id": "facts.csv", "valence": "", "state": ""}  # where the allowed values of a column stand
VALENCES = ("neutral", "legitimising", "delegitimising", "loaded")
STATES = ("told", "differs", "untold", "not_yet", "no_longer")
ACCEPTED = frozenset(("yes", "y", "x", "1", "true"))
REFUSED = frozenset(("", "no", "n", "0", "false"))


def _none(name: str) -> pd.DataFrame:
    return pd.DataFrame(columns=FILES[name].split(), dtype=str)


@dataclasses.dataclass(frozen=True)
class Codebook:
    """Eight tables of strings, any of them possibly empty, with the columns in `FILES`; see docs/codebook.md."""

    actors: pd.DataFrame
    labels: pd.DataFrame
    speakers: pd.DataFrame
    moments: pd.DataFrame
    facts: pd.DataFrame
    fact_states: pd.DataFrame
    story: pd.DataFrame = dataclasses.field(default_factory=lambda: _none("story"))
    frames: pd.DataFrame = dataclasses.field(default_factory=lambda: _none("frames"))

    def digest(self) -> str:
        """SHA-256 of everything in it, so that results computed with another codebook are not reused."""
        parts = [getattr(self, name).to_csv(index=False) for name in FILES]
        return hashlib.sha256("\x00".join(parts).encode()).hexdigest()

    @functools.cached_property
    def aliases_longest_first(self) -> list:
        """Rows of `speakers`, the longest alias first."""
        return sorted(self.speakers.itertuples(index=False), key=lambda r: -len(r.alias))

    @functools.cached_property
    def labels_longest_first(self) -> list:
        """Rows of `labels`, the longest label first."""
        return sorted(self.labels.itertuples(index=False), key=lambda r: -len(r.label))

    def actor_names(self) -> dict[str, str]:
        """Readable name of each actor, in the codebook's order."""
        return dict(zip(self.actors["actor"], self.actors["name"], strict=True))


def empty() -> Codebook:
    """A codebook with nothing in it, for a story that has none yet."""
    return Codebook(**{name: _none(name) for name in FILES})


def load(folder: pathlib.Path) -> tuple[Codebook, list[dict]]:
    """Read the codebook in `folder` (`actors.csv`, `labels.csv` ...); a file that is not there is an empty table.

    What a person accepted in `suggested_labels.csv` joins the labels, and its actors the actors; `labels.csv` wins where both have a label.
    Returns the codebook and its faults (rows `file, row, reason`, row counted as a spreadsheet does, the header being 1); a faulty
    row is left out. A file that lacks a needed column is a UserError.
    """
    tables, faults = {}, []
    for name, columns in FILES.items():
        needed = NEEDED[name].split()
        tables[name], found = _read(folder / f"{name}.csv", columns.split(), needed, filled=needed)
        faults += found
    accepted, found = _accepted(folder / "suggested_labels.csv")
    faults += found
    new = accepted["actor"][~accepted["actor"].isin(tables["actors"]["actor"])].drop_duplicates()
    added = pd.DataFrame({"actor": new, "name": new}).reindex(columns=tables["actors"].columns, fill_value="")
    tables["actors"] = pd.concat([tables["actors"], added], ignore_index=True) if len(added) else tables["actors"]
    known = set(tables["actors"]["actor"])
    for name, column, allowed in (
        ("labels", "valence", {"", *VALENCES}),
        ("labels", "actor", known),
        ("speakers", "actor", {"", *known}),
        ("fact_states", "state", {*STATES}),
        ("fact_states", "fact_id", set(tables["facts"]["fact_id"])),
    ):
        table = tables[name]
        bad = ~table[column].isin(allowed)
        for row in table.index[bad]:
            known_ones = ", ".join(sorted(allowed - {""})) or f"none: {OF[column]} names none"
            reason = f"{column} {table.loc[row, column]!r} is not one of {known_ones}; row left out"
            faults.append({"file": f"codebook/{name}.csv", "row": row + 2, "reason": reason})
        tables[name] = table[~bad]
    for name, column in (("facts", "known_from"), ("facts", "known_until"), ("moments", "begins")):
        for row, date in tables[name][column].items():
            if date and (reason := fault_of_date(date)):
                faults.append({"file": f"codebook/{name}.csv", "row": row + 2, "reason": f"{column} {date!r} {reason}; taken as unknown"})
                tables[name].loc[row, column] = ""
    facts = tables["facts"]
    for row in facts.itertuples():
        n = min(len(row.known_from), len(row.known_until), 10)
        if n and row.known_until[:n] < row.known_from[:n]:
            reason = f"known_until {row.known_until!r} is before known_from {row.known_from!r}; both taken as unknown"
            faults.append({"file": "codebook/facts.csv", "row": row.Index + 2, "reason": reason})
            facts.loc[row.Index, ["known_from", "known_until"]] = ""
    again = tables["fact_states"].duplicated(["fact_id", "article_id"])
    for row in tables["fact_states"].index[again]:
        faults.append(
            {"file": "codebook/fact_states.csv", "row": row + 2, "reason": "this fact and article stand in a row before; row left out"}
        )
    tables["fact_states"] = tables["fact_states"][~again]
    twice = tables["frames"]["item"].duplicated()
    for row in tables["frames"].index[twice]:
        faults.append({"file": "codebook/frames.csv", "row": row + 2, "reason": "item stands there twice; row left out"})
    tables["frames"] = tables["frames"][~twice]
    written = set(tables["labels"]["label"])  # a label in small letters stands for any case, so it covers the same word with capitals
    fresh = [label not in written and label.lower() not in written for label in accepted["label"]]
    tables["labels"] = pd.concat([tables["labels"], accepted[fresh]], ignore_index=True) if any(fresh) else tables["labels"]
    tables["labels"] = tables["labels"].assign(valence=tables["labels"]["valence"].replace("", "neutral"))
    return Codebook(**tables), faults


def _accepted(file: pathlib.Path) -> tuple[pd.DataFrame, list[dict]]:
    """The rows of `suggested_labels.csv` that a person accepted, with the columns of `labels.csv`, and the faults of that file."""
    table, faults = _read(file, SUGGESTED.split(), ["accept", "actor", "label"], filled=[])
    seen: dict = {}
    for row in table.itertuples():
        mark, reason = row.accept.lower(), ""
        if mark in REFUSED:
            continue
        if mark not in ACCEPTED:
            reason = f"accept {row.accept!r} is neither yes (yes, y, x, 1, true) nor no (no, n, 0, false, empty)"
        elif not row.actor or not row.label:
            reason = f"accepted, but {'label' if row.actor else 'actor'} is empty"
        elif row.valence not in ("", *VALENCES):
            reason = f"valence {row.valence!r} is not one of {', '.join(sorted(VALENCES))}"
        elif (first := seen.get(row.label, row)).actor != row.actor or (first.valence or "neutral") != (row.valence or "neutral"):
            reason = f"label {row.label!r} is accepted in row {first.Index + 2} already, otherwise; mark one of them"
        if reason:
            faults.append({"file": f"codebook/{file.name}", "row": row.Index + 2, "reason": f"{reason}; row left out"})
        else:
            seen.setdefault(row.label, row)
    rows = [(row.label, row.actor, row.valence, row.note) for row in seen.values()]
    return pd.DataFrame(rows, columns=FILES["labels"].split(), dtype=str), faults


def _read(file: pathlib.Path, columns: list[str], needed: list[str], *, filled: list[str]) -> tuple[pd.DataFrame, list[dict]]:
    """A file's `columns`, of which it must have those `needed`; a row in which one of those `filled` is empty is a fault."""
    where = f"codebook/{file.name}"
    if not file.exists():
        return pd.DataFrame(columns=columns, dtype=str), []
    try:
        with file.open(encoding="utf-8-sig") as lines:
            header = lines.readline()
        table = pd.read_csv(file, sep=separator(header), dtype=str, keep_default_na=False, encoding="utf-8-sig", skipinitialspace=True)
    except pd.errors.EmptyDataError:
        return pd.DataFrame(columns=columns, dtype=str), []  # a file without a single character says as much as none
    except (UnicodeDecodeError, pd.errors.ParserError) as error:
        raise UserError(f"{file}: cannot be read as a UTF-8 CSV file ({str(error).strip()}); save it again as CSV UTF-8") from error
    table.columns = [c.strip() for c in table.columns]
    if missing := [c for c in needed if c not in table.columns]:
        raise UserError(f"{file}: row 1: no column {', '.join(missing)}; the header must name {', '.join(needed)}")
    table = table.reindex(columns=columns, fill_value="").apply(lambda column: column.str.strip())
    faults = []
    for column in filled:
        for row in table.index[table[column] == ""]:
            faults.append({"file": where, "row": row + 2, "reason": f"{column} is empty; row left out"})
        table = table[table[column] != ""]
    return table, faults


def separator(header: str) -> str:
    """What parts the cells of a CSV file with this first line: spreadsheets of many countries write semicolons."""
    return ";" if header.count(";") > header.count(",") else ","


def fault_of_date(date: str) -> str:
    """Why a date cannot be used; empty if it can. Accepted: 2016, 2016-12, 2016-12-13, 2016-12-13T08:30 (with or without zone)."""
    if re.fullmatch(r"\d{4}", date):
        return ""
    try:
        datetime.datetime.fromisoformat(date + "-01" if re.fullmatch(r"\d{4}-\d{2}", date) else date)
    except ValueError:
        shaped = re.fullmatch(r"\d{4}-\d{2}-\d{2}.*", date)
        return "is a date that does not exist" if shaped else "is not written as YYYY-MM-DD"
    return ""
