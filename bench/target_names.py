"""How much of the classifier's answer would hang on the name, were it not hidden? The same sentences with other names for the target.

    python bench/target_names.py --data DIR     DIR holds train.jsonl.gz of NewsMTSC; the held-out eighth is used

For each name: the mean score, and the share of labels that are not the one that most of the names get. Without any dependence all means
would be equal and no label would change; so it is in the suite, which hides the names (`sentiment/hidden.py`).
"""

import collections
import pathlib
import re

import click
from held_out import held_out
from sentiment import read

from samestory.sentiment import classifier

NAMES = "Trump Clinton Obama Putin Merkel Assad Halloran Penhallow Okonkwo Nazari".split()
SURNAME = re.compile(r"[A-Z][a-z]+")


def swapped(row: dict, name: str) -> tuple[str, int, int]:
    """The row's sentence with another name for the target."""
    text = row["text"][: row["start"]] + name + row["text"][row["end"] :]
    return text, row["start"], row["start"] + len(name)


@click.command(help=__doc__)
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=pathlib.Path), required=True)
def main(data: pathlib.Path) -> None:
    rows = [row for row in read(data, None) if held_out(row["text"])]
    # A surname that stands alone and only once: then the sentence stays a sentence with another one in its place.
    rows = [r for r in rows if SURNAME.fullmatch(name := r["text"][r["start"] : r["end"]]) and r["text"].count(name) == 1]
    found = {name: classifier.classify([swapped(row, name) for row in rows]) for name in NAMES}
    usual = [collections.Counter(label for _, label in said).most_common(1)[0][0] for said in zip(*found.values(), strict=True)]
    click.echo(f"{len(rows)} sentences")
    for name, said in found.items():
        mean = sum(score for score, _ in said) / len(said)
        other = sum(label != most for (_, label), most in zip(said, usual, strict=True)) / len(said)
        click.echo(f"{name:10} mean score {mean:+.3f}   label not the usual one {other:.1%}")
    moved = sum(len({label for _, label in said}) > 1 for said in zip(*found.values(), strict=True)) / len(rows)
    turned = sum(len({"negative", "positive"} & {label for _, label in said}) == 2 for said in zip(*found.values(), strict=True)) / len(
        rows
    )
    click.echo(f"label differs for some name {moved:.1%}; turns round for some name {turned:.1%}")


if __name__ == "__main__":
    main()
