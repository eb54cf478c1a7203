"""The codebook of a story: what people who know the story decided, in CSV files that open in any spreadsheet."""

import dataclasses
import functools
import hashlib
import pathlib

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
}
NEEDED = {
    "story": "title",
    "actors": "actor name",
    "labels": "label actor",
    "speakers": "alias speaker",
    "moments": "moment",
    "facts": "fact_id fact",
    "fact_states": "fact_id article_id state",
}
VALENCES = ("neutral", "legitimising", "delegitimising", "loaded")
STATES = ("told", "differs", "untold", "not_yet", "no_longer")


@dataclasses.dataclass(frozen=True)
class Codebook:
    """Seven tables of strings, any of them possibly empty, with the columns in `FILES`; see docs/codebook.md."""

    actors: pd.DataFrame
    labels: pd.DataFrame
    speakers: pd.DataFrame
    moments: pd.DataFrame
    facts: pd.DataFrame
    fact_states: pd.DataFrame
    story: pd.DataFrame = dataclasses.field(default_factory=lambda: pd.DataFrame(columns=FILES["story"].split(), dtype=str))

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
    return Codebook(**{name: pd.DataFrame(columns=columns.split(), dtype=str) for name, columns in FILES.items()})


def load(folder: pathlib.Path) -> tuple[Codebook, list[dict]]:
    """Read the codebook in `folder` (`actors.csv`, `labels.csv` ...); a file that is not there is an empty table.

    Returns the codebook and its faults (rows `file, row, reason`, row counted as a spreadsheet does, the header being 1); a faulty
    row is left out. A file that lacks a needed column is a UserError.
    """
    tables, faults = {}, []
    for name, columns in FILES.items():
        tables[name], found = _read(folder / f"{name}.csv", columns.split(), NEEDED[name].split())
        faults += found
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
            reason = f"{column} {table.loc[row, column]!r} is not one of {', '.join(sorted(allowed - {''})) or 'none'}; row left out"
            faults.append({"file": f"codebook/{name}.csv", "row": row + 2, "reason": reason})
        tables[name] = table[~bad]
    tables["labels"] = tables["labels"].assign(valence=tables["labels"]["valence"].replace("", "neutral"))
    return Codebook(**tables), faults


def _read(file: pathlib.Path, columns: list[str], needed: list[str]) -> tuple[pd.DataFrame, list[dict]]:
    where = f"codebook/{file.name}"
    if not file.exists():
        return pd.DataFrame(columns=columns, dtype=str), []
    try:
        table = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig", skipinitialspace=True)
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise UserError(f"{file}: cannot be read as a UTF-8 CSV file ({str(error).strip()}); save it again as CSV UTF-8") from error
    table.columns = [c.strip() for c in table.columns]
    if missing := [c for c in needed if c not in table.columns]:
        raise UserError(f"{file}: row 1: no column {', '.join(missing)}; the header must name {', '.join(needed)}")
    table = table.reindex(columns=columns, fill_value="").apply(lambda column: column.str.strip())
    faults = []
    for column in needed:
        for row in table.index[table[column] == ""]:
            faults.append({"file": where, "row": row + 2, "reason": f"{column} is empty; row left out"})
        table = table[table[column] != ""]
    return table, faults
