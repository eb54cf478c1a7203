"""Which figures of a story are the same figure, told again or by another outlet?"""

import pandas as pd

from samestory.casualties.tolls import head

# Words under which one outlet may tell the people that another calls by a narrower name
WIDE = frozenset("people persons civilians residents victims".split())


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


def _same(one, other) -> bool:
    """May two figures with the same bounds, harm and scope be one? Vague numbers and people without a harm need the same noun."""
    a, b = (head("" if pd.isna(r.people) else r.people) for r in (one, other))
    if a == b and a:
        return True
    if not a or not b:
        return one.article_id == other.article_id or not (one.qualifier == "vague" or one.harm == "other")
    return {a, b} <= WIDE and one.qualifier != "vague" and one.harm != "other"
