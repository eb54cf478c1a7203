"""What do an article's figures of the killed, the injured and others add up to for its event?"""

import dataclasses
import functools
import re

from samestory.errors import UserError
from samestory.lists import read_list

ALWAYS = ("killed", "injured")


@dataclasses.dataclass(frozen=True)
class Convention:
    """How a data set counts where articles are vague (`empty`, `one unit`) or sources differ (`own word`, `lowest`, `latest`, `range`)."""

    name: str
    vague: str
    conflict: str
    about: str


@functools.cache
def named_convention(name: str = "samestory") -> Convention:
    """The convention of that name in `data/conventions.csv`; an unknown name is a UserError that names those there are."""
    known = {r.convention: Convention(r.convention, r.vague, r.conflict, r.about) for r in read_list("conventions").itertuples()}
    if name not in known:
        raise UserError(f"convention {name}: there is none of that name; choose one of {', '.join(known)}")
    return known[name]


def tolls(rows: list[dict], *, convention: str = "samestory") -> list[dict]:
    """The article's own total for its event, one row a harm: `harm, low, high, best, convention`; `killed` and `injured` always.

    `rows` are those of `figures.figures`, better those of `figures.mentions` (which hold single victims without a number too).
    Counted are figures of scope `event` that the text says are so; breakdowns are part of their total; groups told side by side in one
    sentence, and what comes with "another" or "others", are added; what is told again, or as a total, is not. `best` is the number that the
    article names (the lower one of a range, the bound of "at least" and "up to"); it is empty when it names none or only a vague one, and 0
    when it says that nobody was ("no casualties") and nothing else. `convention` names another custom of `data/conventions.csv` for vague
    words and sources that differ; an unknown one is a UserError. Method: our own, see docs/methodology.md.
    """
    custom = named_convention(convention)
    return [{"harm": harm, **_total(told, custom), "convention": custom.name} for harm, told in _by_harm(rows).items()]


def mark(rows: list[dict], *, convention: str = "samestory") -> list[dict]:
    """The rows with `counted`: does the `best` of their harm rest on them?"""
    custom = named_convention(convention)
    kept = {id(row) for told in _by_harm(rows).values() for row in (_kept(told, custom)[0] or told)}
    return [{**row, "counted": id(row) in kept} for row in rows]


def _by_harm(rows: list[dict]) -> dict[str, list[dict]]:
    """The rows that may count, by harm."""
    found: dict[str, list[dict]] = {harm: [] for harm in ALWAYS}
    for row in rows:
        part = row.get("part") or row.get("part_of")
        counts = row.get("scope") != "background" and row.get("asserted", True) and not part
        if counts and row["harm"] not in {"other", ""}:
            found.setdefault(row["harm"], []).append(row)
    return found


def _kept(rows: list[dict], custom: Convention) -> tuple[list[dict], list[dict]]:
    """The figures that make up the total, and those that other sources give instead."""
    kept: list[dict] = []
    rivals: list[dict] = []
    left: list[dict] = []
    for row in rows:
        if row["high"] == 0:
            continue
        if row.get("told") == "more" and _make_up(kept, [k for k in left if _beside(k, row)], row):
            continue
        against = _against(row, kept)
        if against and custom.conflict != "own word":
            rivals += [row, *against]
        if against and custom.conflict == "lowest":
            kept[:] = kept if sum(map(_size, against)) <= _size(row) else [k for k in kept if k not in against] + [row]
        elif against and custom.conflict == "latest":
            kept[:] = kept if _own_deed(row) else [k for k in kept if k not in against] + [row]
        else:
            _add(kept, row)
            left += [row] if row not in kept else []
    return kept, rivals


def _make_up(kept: list[dict], left: list[dict], row: dict) -> bool:
    """ "Eight died ... five at once, and another three in hospital": do a figure and those left out beside it make up a figure kept?"""
    total = sum(map(_size, left)) + _size(row)
    return bool(left) and any(_size(k) == total and not _beside(k, row) for k in kept)


def _total(rows: list[dict], custom: Convention) -> dict:
    """Bounds and best of the figures of one harm."""
    kept, rivals = _kept(rows, custom)
    if not kept and rows:
        return {"low": 0, "high": 0, "best": 0}
    if not kept:
        return {"low": None, "high": None, "best": None}
    named = [_named(row, custom) for row in kept]
    best = None if any(n is None for n in named) else sum(named)
    low, open_ = sum(row["low"] or 0 for row in kept), any(row["high"] is None for row in kept)
    high = None if open_ else sum(row["high"] for row in kept)
    if custom.conflict == "range" and rivals:
        low, high = min([low, *map(_size, rivals)]), None if high is None else max([high, *map(_size, rivals)])
    return {"low": low or None, "high": high, "best": best}


def _against(row: dict, kept: list[dict]) -> list[dict]:
    """The figures that this one contradicts: the same people in another sentence, another number, another source."""
    if row.get("implied") or row.get("told") in {"more", "others", "definite", "total"}:
        return []
    return [k for k in kept if not _beside(k, row) and not k.get("implied") and _contradict(k, row)]


def _contradict(one: dict, other: dict) -> bool:
    sources = (one.get("claimed_by") or "", other.get("claimed_by") or "")
    alike = _same_people(one, other) or (_general(one) and _general(other))
    return alike and sources[0] != sources[1] and _size(one) != _size(other)


def _own_deed(row: dict) -> bool:
    """Is the figure claimed by those whom it makes responsible?"""
    return bool(row.get("responsible")) and head(row.get("responsible")) == head(row.get("claimed_by"))


def _named(row: dict, custom: Convention) -> int | None:
    """The number that a figure names; None for a vague one, unless the convention takes one of its unit ("dozens" 12)."""
    if row["qualifier"] == "vague":
        return row["low"] // 2 if custom.vague == "one unit" and row["low"] else None  # vague words begin at two of their unit
    return row["low"] if row["low"] is not None else row["high"]


def _size(row: dict) -> int:
    return row["low"] if row["low"] is not None else row["high"] or 0


def _add(kept: list[dict], row: dict) -> None:
    """Take a figure into the total: added to it, in place of smaller ones, or left out as told before."""
    told, size = row.get("told", "new"), _size(row)
    here = [k for k in kept if _beside(k, row)]
    before = [k for k in kept if k not in here]
    total = sum(map(_size, kept))
    doubted = bool(row.get("hedged")) and any(not k.get("hedged") for k in before)
    if not kept:
        kept.append(row)
    elif doubted:
        return  # what is only claimed or doubted does not change what the article says plainly
    elif told == "total":
        if size >= total or row.get("lowered"):
            kept[:] = [row]
    elif any(k.get("told") == "total" for k in here):
        return  # "the toll rose to 15 after two more died": they are in it
    elif row.get("implied"):
        if _new_person(row, here, before):
            kept.append(row)
    elif told == "definite" and any(_size(k) == size for k in here):
        return
    elif told == "others" and any(_size(k) == size for k in before):
        return  # a headline said it: "19 injured", then "19 others were injured"
    elif not before or told in {"more", "others"}:
        kept.append(row)
    elif not _told_before(row, before):
        if _includes(row, before):
            kept[:] = here
        kept.append(row)


def _beside(one: dict, other: dict) -> bool:
    """Are two figures told side by side: in one sentence, and not by two sources of the same people ("12, police said; 40, residents")?"""
    together = one.get("sentence") == other.get("sentence", -1)
    sources = (one.get("claimed_by") or "", other.get("claimed_by") or "")
    rivals = all(sources) and sources[0] != sources[1] and (_same_people(one, other) or _general(one) or _general(other))
    return together and not rivals


def _new_person(row: dict, here: list[dict], before: list[dict]) -> bool:
    """Does a victim without a number ("the driver", a name, "a policeman") add to the figures kept, or was he told of in them?"""
    told = row.get("told", "new")
    if told == "more":
        return True
    if row.get("role") == "attacker" and any(k.get("trigger") == row.get("trigger") for k in here):
        return True  # "twelve people and the gunman were killed"
    if row.get("role") == "attacker" and not any(k.get("role") == "attacker" for k in here + before):
        return True
    if told == "definite" and not any(k.get("trigger") == row.get("trigger") for k in here):
        return False
    if not before:
        return True
    if told in {"definite", "name"} or any(_same_people(k, row) for k in before):
        return False
    return not any(_general(k) and _size(k) > 1 for k in before)  # "four people died ... a policeman was among the dead"


def _told_before(row: dict, before: list[dict]) -> bool:
    """Is this figure told again, or a part of what was told: the same number, "the ten", fewer of people at large, fewer of the same?"""
    size, total = _size(row), sum(map(_size, before))
    if row.get("told") == "definite":
        return True
    if _apart(row, before):
        return False
    if size == total or any(_size(k) == size and (_general(k) or _general(row) or _same_people(k, row)) for k in before):
        return True
    if _general(row):
        return size <= total
    if any(_general(k) and _size(k) >= size for k in before):
        return True
    return any(_same_people(k, row) for k in before) and size <= total


def _includes(row: dict, before: list[dict]) -> bool:
    """Does a larger figure hold those before it: people at large, or more of the same people?"""
    return not _apart(row, before) and (_general(row) or any(_same_people(k, row) for k in before))


def _apart(row: dict, before: list[dict]) -> bool:
    """Attackers beside victims, civilians beside the armed: people who are not among one another."""
    roles = {k.get("role") or "" for k in before}
    if row.get("role") == "attacker":
        return "attacker" not in roles and not any(_general(k) and not _civil(k) for k in before)
    return _civil(row) and "" not in roles


def _civil(row: dict) -> bool:
    return head(row.get("people")) in {"civilians", "civilian"}


GENERAL = frozenset("people persons person others dead civilians victims casualties bodies wounded injured men lives".split())


def head(people) -> str:
    """The last word of people as worded: "women" of "eleven young women"."""
    words = re.findall(r"[^\W_]+", str(people or "").lower())
    return words[-1] if words else ""


def _general(row: dict) -> bool:
    word = head(row.get("people"))
    return not word or word in GENERAL


def _same_people(one: dict, other: dict) -> bool:
    a, b = head(one.get("people")), head(other.get("people"))
    return a == b or a.rstrip("s") == b.rstrip("s")
