"""The documents say what is true of the tree they lie in."""

import csv
import hashlib
import re

import pytest

from samestory import schema
from samestory.codebook import FILES

DOCS = "methodology codebook validity performance your-own-story".split()


@pytest.mark.parametrize("name", ["README.md", "seeds/README.md", *(f"docs/{d}.md" for d in DOCS)])
def test_links_between_documents_lead_somewhere(root, name):
    text = (root / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        file, _, heading = target.partition("#")
        if file.startswith("http"):
            continue
        found = (root / name).parent / file if file else root / name
        assert found.exists(), target
        if heading:
            headings = re.findall(r"(?m)^#+ (.+)$", found.read_text(encoding="utf-8"))
            assert heading in [re.sub(r"[^\w -]", "", h).lower().replace(" ", "-") for h in headings], target


def test_the_codebook_names_every_column_of_every_table(root):
    text = (root / "docs" / "codebook.md").read_text(encoding="utf-8")
    for table, columns in schema.TABLES.items():
        assert re.search(rf"(?m)^### {table}\b", text), table
        missing = [c for c in columns if not re.search(rf"\b{c}\b", text)]
        assert not missing, (table, missing)
    for name, columns in FILES.items():
        assert all(c in text for c in columns.split()), name


def test_every_public_figure_stands_with_its_number_and_command(root):
    text = (root / "docs" / "validity.md").read_text(encoding="utf-8")
    with (root / "docs" / "validity.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    for row in rows:
        assert re.search(rf"{re.escape(row['measure'])} \| \*\*{re.escape(row['value'])}\*\*", text), row
        assert row["command"] in text and re.fullmatch(r"\d{4}-\d{2}-\d{2}", row["date"])


def test_every_entry_of_every_word_list_has_a_source(root):
    for file in (root / "lib" / "samestory" / "data").glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        assert rows and "source" in rows[0], file.name
        assert all(row["source"].strip() for row in rows), file.name


def test_the_methodology_says_how_long_every_word_list_is(root):
    text = (root / "docs" / "methodology.md").read_text(encoding="utf-8")
    for file in (root / "lib" / "samestory" / "data").glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as lines:
            rows = sum(1 for _ in csv.DictReader(lines))
        assert re.search(rf"\| `{file.name}` \|[^|]+\| {rows:,} \|", text), (file.name, rows)


def test_the_seed_texts_are_byte_for_byte_those_that_were_collected(root):
    digests = {
        "000_26727968c0db9ede.txt": "a5c867bfef408880b6c28200b69d8e1b29899a90b1f140acc20a285b938f38de",
        "001_56a3e9133103ef08.txt": "3c2856992985c9a14768877cbd8f951cf740279e44e14939420fb7dda1ad829c",
        "002_68a909a426fee812.txt": "ee7788fbfefd34f51c89c8ee94d0ca59754b325d64f4389873a1a4e7b5eca7ee",
        "003_57608c29d3a128ea.txt": "a3cf44c0420b9537a5d9657307e017c0102bad0fd3a84cdea4f3b436526862d4",
        "004_17d3030673aae231.txt": "947ac4f541c6e8c75e165ffcfb2bdd818b6b613d8a5c8abc3559432b48c49dd4",
    }
    for name, digest in digests.items():
        assert hashlib.sha256((root / "seeds" / name).read_bytes()).hexdigest() == digest
