"""How far the two passes over the five seed articles agree, measure by measure; writes agreement.md beside this file.

From the repository's root: .venv/bin/python tests/gold/agree.py
"""

import pathlib

import pandas as pd

from samestory import agreement, validity

HERE = pathlib.Path(__file__).parent

HEAD = """# How far the two passes agree

Made by `.venv/bin/python tests/gold/agree.py` from `passes/a` and `passes/b`: pass A is taken as gold, pass B as found, before anything was
settled. `low` to `high` is Wilson's 95 % interval for shares and a bootstrap over rows for the rest (five articles: the true uncertainty is
larger). What each measure counts: `lib/samestory/agreement.py`.

**How to read this: not as the reliability of independent coders.** Both passes apply `GUIDE.md` to the same five texts, and both were
produced with a language model, not by independent people. {same} of {all}
rows of A stand in B with every cell the same ({parts}).
Separate coding of tone, or of where an indirect quote ends, seldom comes this close: the passes were made by coders of very much the
same mind. So take these figures as how consistently the guide can be applied, an **upper bound**, until people known to be
independent have coded again.
"""


def compare(first: pathlib.Path, second: pathlib.Path) -> dict[str, pd.DataFrame]:
    """Score the codes of `second` against those of `first`: one table of measures for each kind of code."""

    def both(name):
        return validity.gold(name, first), validity.gold(name, second)

    people = agreement.precision_recall(*both("not_people"), least=0)
    other = [
        {"measure": f"found: {k}", "value": people[v], "n": people["n"], "errors_hint": ""}
        for k, v in (("recall", "r"), ("precision", "p"))
    ]
    return {
        "quotes": agreement.score_quotes(*both("quotes")),
        "figures": agreement.score_figures(*both("figures")),
        "not_people": pd.DataFrame(other, columns=agreement.COLUMNS),
        "actions": agreement.score_actions(*both("actions")),
        "labels": agreement.score_labels(*both("labels")),
        "tone": agreement.score_tone(*both("tone"), score="tone"),
    }


def identical(first: pathlib.Path, second: pathlib.Path) -> dict[str, tuple[int, int]]:
    """For each kind of code: how many rows of `first` stand in `second` with every cell the same (ids apart), and how many it has."""
    out = {}
    for name in ("quotes", "figures", "not_people", "actions", "labels", "tone"):
        a, b = (pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False) for folder in (first, second))
        a, b = (codes.drop(columns="quote_id", errors="ignore") for codes in (a, b))
        out[name] = len(a.merge(b.drop_duplicates())), len(a)
    return out


def markdown(table: pd.DataFrame) -> str:
    def cell(value):
        if pd.isna(value):
            return ""
        return f"{value:.3f}" if isinstance(value, float) else str(value).replace("|", "\\|")

    lines = ["| measure | value | n | low | high | where they differ (article:start-end, A not B) |", "|---|---|---|---|---|---|"]
    return "\n".join([*lines, *("| " + " | ".join(cell(v) for v in row) + " |" for row in table.itertuples(index=False))])


def main() -> None:
    a, b = HERE / "passes" / "a", HERE / "passes" / "b"
    same = identical(a, b)
    parts = ", ".join(f"{name} {k} of {n}" for name, (k, n) in same.items())
    text = [HEAD.format(same=sum(k for k, _ in same.values()), all=sum(n for _, n in same.values()), parts=parts)]
    text += [f"## {name}\n\n{markdown(table)}\n" for name, table in compare(a, b).items()]
    (HERE / "agreement.md").write_text("\n".join(text), encoding="utf-8")


if __name__ == "__main__":
    main()
