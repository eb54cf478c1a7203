"""What an article's figures add up to, and which figures of a story are the same."""

import re

import pandas as pd

ALWAYS = ("killed", "injured")


def tolls(rows: list[dict]) -> list[dict]:
    """The article's own total for its event, one row a harm: `harm, low, high, best`; `killed` and `injured` always.

    `rows` are those of `figures.figures`, better those of `figures.mentions` (which hold single victims without a number too).
    Counted are figures of scope `event` that the text says are so; breakdowns are part of their total; groups told side by side in one
    sentence, and what comes with "another" or "others", are added; what is told again, or as a total, is not. `best` is the number that the
    article names (the lower one of a range, the bound of "at least" and "up to"); it is empty when it names none or only a vague one, and 0
    when it says that nobody was ("no casualties") and nothing else.
    """
    found: dict[str, list[dict]] = {harm: [] for harm in ALWAYS}
    for row in rows:
        part = row.get("part") or row.get("part_of")
        counts = row.get("scope") != "background" and row.get("asserted", True) and not part
        if counts and row["harm"] not in {"other", ""}:
            found.setdefault(row["harm"], []).append(row)
    return [{"harm": harm, **_total(told)} for harm, told in found.items()]


def _total(rows: list[dict]) -> dict:
    """Bounds and best of the figures of one harm."""
    kept: list[dict] = []
    for sentence in _by_sentence(rows):
        for row in sentence:
            if row["high"] != 0:
                _add(kept, row)
    if not kept and rows:
        return {"low": 0, "high": 0, "best": 0}
    if not kept:
        return {"low": None, "high": None, "best": None}
    lows = [row["low"] if row["low"] is not None else 0 for row in kept]
    open_ = any(row["high"] is None for row in kept)
    named = [_named(row) for row in kept]
    best = None if any(n is None for n in named) else sum(named)
    low, high = sum(lows), None if open_ else sum(row["high"] for row in kept)
    return {"low": low or None, "high": high, "best": best}


def _by_sentence(rows: list[dict]) -> list[list[dict]]:
    groups: dict[int, list[dict]] = {}
    for i, row in enumerate(rows):
        groups.setdefault(row.get("sentence", i), []).append(row)
    return list(groups.values())


def _named(row: dict) -> int | None:
    """The number that a figure names; None for a vague one."""
    if row["qualifier"] == "vague":
        return None
    return row["low"] if row["low"] is not None else row["high"]


def _size(row: dict) -> int:
    return row["low"] if row["low"] is not None else row["high"] or 0


def _add(kept: list[dict], row: dict) -> None:
    """Take a figure into the total: added to it, in place of smaller ones, or left out as told before."""
    told, size = row.get("told", "new"), _size(row)
    here = [k for k in kept if k.get("sentence") == row.get("sentence", -1)]
    before = [k for k in kept if k not in here]
    total = sum(map(_size, kept))
    doubted = bool(row.get("hedged")) and any(not k.get("hedged") for k in before)
    if not kept:
        kept.append(row)
    elif doubted:
        return  # what is only claimed or doubted does not change what the article says plainly
    elif told == "total":
        if size >= total:
            kept[:] = [row]
    elif row.get("implied"):
        if _new_person(row, here, before):
            kept.append(row)
    elif told == "definite" and any(_size(k) == size for k in here):
        return
    elif not before or told == "more":
        kept.append(row)
    elif not _told_before(row, before):
        if _includes(row, before):
            kept[:] = here
        kept.append(row)


def _new_person(row: dict, here: list[dict], before: list[dict]) -> bool:
    """Does a victim without a number ("the driver", a name, "a policeman") add to the figures kept, or was he told of in them?"""
    told = row.get("told", "new")
    if told == "more":
        return True
    if row.get("role") == "attacker" and not any(k.get("role") == "attacker" for k in here + before):
        return all(k.get("trigger") != row.get("trigger") for k in here) or told != "definite"
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
    return _head(row.get("people")) in {"civilians", "civilian"}


GENERAL = frozenset("people persons person others dead civilians victims casualties bodies wounded injured men lives".split())


def _head(people) -> str:
    words = re.findall(r"[^\W_]+", str(people or "").lower())
    return words[-1] if words else ""


def _general(row: dict) -> bool:
    head = _head(row.get("people"))
    return not head or head in GENERAL


def _same_people(one: dict, other: dict) -> bool:
    a, b = _head(one.get("people")), _head(other.get("people"))
    return a == b or a.rstrip("s") == b.rstrip("s")


def align(figures: pd.DataFrame) -> pd.DataFrame:
    """Fill `same_as`: "article_id:figure_id" of the first figure of the story that is the same, empty for the first itself.

    The same: the same bounds, harm and scope, and people worded with the same head noun, or one of the two not worded. `figures` has the
    rows of all articles in the order of the story; a copy is returned.
    """
    out = figures.copy()
    first: dict[tuple, list] = {}
    same = []
    for row in out.itertuples():
        key = (*("" if pd.isna(v) else v for v in (row.low, row.high, row.harm, row.scope)), pd.isna(row.part_of))
        earlier = first.setdefault(key, [])
        match = next((r for r in earlier if _same(r, row)), None)
        same.append(f"{match.article_id}:{match.figure_id}" if match is not None else pd.NA)
        if match is None:
            earlier.append(row)
    out["same_as"] = pd.array(same, dtype="string")
    return out


# Words under which one outlet may tell the people that another calls by a narrower name
WIDE = frozenset("people persons civilians residents victims".split())


def _same(one, other) -> bool:
    """May two figures with the same bounds, harm and scope be one? Vague numbers and people without a harm need the same noun."""
    a, b = (_head("" if pd.isna(r.people) else r.people) for r in (one, other))
    if a == b and a:
        return True
    if not a or not b:
        return one.article_id == other.article_id or not (one.qualifier == "vague" or one.harm == "other")
    return {a, b} <= WIDE and one.qualifier != "vague" and one.harm != "other"
