"""bench/quotes.py: its figures are those counted by hand, and whatever is wrong with a user's copy of PolNeAR is one line."""

import gzip
import json
import re
import subprocess
import sys

import numpy as np
import pytest


@pytest.fixture(scope="module")
def bench(bench_script):
    return bench_script("quotes")


BRIDGE = (
    '"The bridge will open in May," Mayor Anna Kowalski said.\n\n'
    '"Nobody asked the fishermen about it," said Piet Jansen, who owns three boats.\n\n'
    '"We shall see what the winter brings," he added.\n\n'
    "The council said the bill had doubled. Residents fear higher taxes."
)
# Content, source and cue of what somebody says in it, as the annotators would have it.
CODED = [
    ("The bridge will open in May", "Mayor Anna Kowalski", "said"),
    ("Nobody asked the fishermen about it", "Piet Jansen", "said"),
    ("We shall see what the winter brings", "he", "added"),
    ("the bill had doubled", "The council", "said"),
    ("higher taxes", "Residents", "fear"),
]


def span(text: str, words: str | None, after: int = 0) -> list[int] | None:
    return [text.index(words, after), text.index(words, after) + len(words)] if words else None


def gold(text: str, coded=CODED, name: str = "a") -> dict:
    attributions, after = [], 0
    for content, source, cue in coded:
        near = max(0, text.index(content, after) - 25)
        spans = {"content": span(text, content, after), "source": span(text, source, near), "cue": span(text, cue, near)}
        attributions.append({key: [value] if value else None for key, value in spans.items()} | {"kind": "direct"})
        after = spans["content"][1]
    return {"article_id": name, "outlet": "Harbour News", "text": text, "attributions": attributions}


def row(number: int, text: str, content: str, source: str | None, confidence: float, *, speaker: str = "", after: int = 0) -> dict:
    (start, end), place = span(text, content, after), span(text, source, after) or (None, None)
    made = {"quote_id": str(number), "start": start, "end": end, "speaker_start": place[0], "speaker_end": place[1], "speaker": speaker}
    return made | {"cue_start": None, "cue_end": None, "confidence": confidence}


FOUND = [
    row(1, BRIDGE, "The bridge will open in May", "Anna Kowalski", 0.95),  # right
    row(2, BRIDGE, "Nobody asked the fishermen about it", "Anna Kowalski", 0.95),  # of somebody else; the third is missed
    row(3, BRIDGE, "the bill had doubled", "council", 0.8),  # right, without marks
    row(4, BRIDGE, "Residents fear higher", "Residents", 0.45),  # one word of four shared: not found
]


def test_the_figures_are_those_counted_by_hand(bench):
    tallies, statements, strings = bench.score(gold(BRIDGE), FOUND)
    assert strings == 3
    assert tallies[0] == (1, 2, 1, 3)  # quoted strings: one right of two given a speaker, of three with one
    assert tallies[1] == (1, 2, 1, 3)
    assert tallies[2] == (3 + 1 / 3, 4, 3 + 1 / 2, 5)  # "higher": one word of three found, of two coded
    assert tallies[3] == (0, 0, 1, 1)  # "fear" is no verb of saying
    assert tallies[4] == tallies[5] == (0, 0, 1, 2)
    assert statements == [(0.95, True, True), (0.95, True, False), (0.8, True, True), (0.45, False, False)]
    rates = bench.rates(np.array(tallies, dtype=float))
    assert rates[0] == pytest.approx([50, 100 / 3, 40])
    assert rates[2] == pytest.approx([100 * (3 + 1 / 3) / 4, 70, 100 * 2 * (10 / 12) * 0.7 / (10 / 12 + 0.7)])
    assert rates[3, 2] == 100 and rates[4, 2] == 50


def test_whoever_codes_as_the_gold_does_is_always_right(bench):
    text = '"One, two, three," said Ms. Bell, "and four five six." It was “a very odd sum”, the clerk thought.'
    coded = [("One, two, three", "Ms. Bell", "said"), ("a very odd sum", "the clerk", "thought")]
    article = gold(text, coded)
    article["attributions"][0]["content"].append(span(text, "and four five six"))
    rows = [row(1, text, c, s, 0.9) for c, s in (("One, two, three", "Ms. Bell"), ("and four five six", "Ms. Bell"))]
    tallies, statements, strings = bench.score(article, [*rows, row(2, text, "a very odd sum", "the clerk", 0.9)])
    assert strings == 3 and statements == [(0.9, True, True)] * 2
    assert bench.rates(np.array(tallies, dtype=float))[[0, 1, 2, 4, 5], 2] == pytest.approx(100)


@pytest.mark.parametrize(
    ("source", "speaker", "right"),
    [
        ("Mayor", "", True),  # a word of the mention
        (None, "A. Kowalski", True),  # no mention, the same last word
        (None, "Anna Kowalski Jr", True),
        (None, "Kowalski of Harbour Town", True),
        (None, "Anna", False),
        (None, "", False),
        ("he", "", False),  # a pronoun elsewhere
        ("the", "Anna Kowalski", False),  # a mention counts before a name
    ],
)
def test_who_is_the_right_speaker(bench, source, speaker, right):
    tallies, statements, _ = bench.score(gold(BRIDGE), [row(1, BRIDGE, "The bridge will open in May", source, 0.9, speaker=speaker)])
    assert statements == [(0.9, True, right)]
    assert tallies[0] == (right, bool(source or speaker), right, 3)  # who names no speaker names no wrong one


def test_an_article_is_no_speaker(bench):
    found = row(1, BRIDGE, "the bill had doubled", "The", 0.9, after=BRIDGE.index("The council"))
    assert bench.score(gold(BRIDGE), [found | {"start": BRIDGE.index("the bill")}])[1] == [(0.9, True, False)]


def test_a_pronoun_is_right_only_where_it_stands(bench):
    text = '"No more of this," he said. He left. "Not at all true," he said.'
    article = gold(text, [("No more of this", "he", "said")])
    for after, right in ((0, True), (40, False)):
        found = row(1, text, "No more of this", None, 0.9) | dict(
            zip(("speaker_start", "speaker_end"), span(text, "he", after), strict=True)
        )
        assert bench.score(article, [found])[1] == [(0.9, True, right)]


def test_what_was_set_aside_or_has_no_source_does_not_count_against(bench):
    article = gold(BRIDGE, [("The bridge will open in May", None, None)])
    article["discard"] = [span(BRIDGE, "Nobody asked the fishermen about it")]
    tallies, statements, _ = bench.score(article, FOUND[:2])
    assert statements == [(0.95, True, True)]
    assert tallies[0] == (0, 1, 0, 0) and tallies[2] == (1, 1, 1, 1)


def test_quoted_strings_open_and_close_as_they_should(bench):
    page = bench.Page(
        "''One two three'' and “four “five six” 'not these three'.\n\"Seven eight nine\n\n\"ten eleven twelve.\" \"Thirteen\n\nend"
    )
    assert [" ".join(page.words[i] for i in sorted(s)) for s in page.strings] == [
        "one two three",
        "four five six",
        "seven eight nine",
        "ten eleven twelve",
    ]


def test_bands_add_up_and_the_interval_holds_the_figure(bench):
    scored = [bench.score(gold(BRIDGE), rows) for rows in (FOUND, FOUND[:1], FOUND[1:])]
    printed = bench.report(scored)
    assert printed == bench.report(scored) and printed.startswith("3 articles, 15 attributions, 9 quoted strings\n")
    bands = {m[1]: m for m in re.finditer(r"^(0\.\d\d|>= 0\.9|all) +(\d+) +([\d.]+) +([\d.]+)$", printed, re.M)}
    assert list(bands) == ["0.95", "0.80", "0.45", ">= 0.9", "all"]
    assert [m.groups()[1:] for m in bands.values()] == [
        ("4", "100.0", "50.0"),
        ("2", "100.0", "100.0"),
        ("2", "0.0", "0.0"),
        ("4", "100.0", "50.0"),
        ("8", "75.0", "50.0"),
    ]
    p, r, f1, low, high = map(
        float, re.search(r"^quoted strings, .*? ([\d.]+) +([\d.]+) +([\d.]+) +([\d.]+)-([\d.]+) ", printed, re.M).groups()
    )
    assert (p, r, f1) == (50.0, 22.2, 30.8) and low < f1 < high  # 2 right, 4 given a speaker, 9 to find


def test_the_whole_way_from_a_file(bench, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SAMESTORY_CACHE", str(tmp_path / "cache"))
    plain = 'The harbour was quiet. "We have lost two boats this year," said Maria Lund.\n\nThe weather was fine.'
    articles = [gold(BRIDGE, CODED[:2]), gold(plain, [("We have lost two boats this year", "Maria Lund", "said")], "b")]
    with gzip.open(tmp_path / "polnear_train.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(a) + "\n" for a in articles)
    assert bench.main(["--polnear", str(tmp_path), "--part", "train"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("PolNeAR train: 2 articles, 3 attributions, 3 quoted strings\n")
    assert re.search(r"^right speaker of quoted strings found +100\.0 ", printed, re.M)
    assert re.search(r"2 articles, .* parsing \d+\.\d\d, finding quotes \d+\.\d\d on top, ratio \d", printed)


def test_a_missing_file_is_one_line(bench, tmp_path):
    done = subprocess.run([sys.executable, bench.__file__, "--polnear", str(tmp_path)], capture_output=True, text=True)
    assert done.returncode == 2 and done.stdout == ""
    assert len(done.stderr.splitlines()) == 1 and "polnear_dev.jsonl.gz" in done.stderr


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "no articles"),
        ("{not json", "article 1: JSONDecodeError"),
        ('{"article_id": "a", "text": "Hm.", "attributions": []}\n{"article_id": "b", "text": "Hm."}', "article 2: KeyError"),
        ('{"article_id": "a", "text": "Hm.", "attributions": [{"content": [[0, 9]]}]}', "a span of a is empty or outside the text"),
        ('["a"]', "article 1: TypeError"),
    ],
)
def test_a_file_in_another_form_is_one_line(bench, tmp_path, capsys, content, reason):
    (tmp_path / "polnear_dev.jsonl").write_text(content, encoding="utf-8")
    assert bench.main(["--polnear", str(tmp_path)]) == 2
    told = capsys.readouterr()
    assert told.out == "" and reason in told.err and len(told.err.splitlines()) == 1
