"""bench/casualties.py: its figures are those counted by hand, and whatever is wrong with a user's data is one line."""

import gzip
import json
import pathlib
import re
import subprocess
import sys

import pytest

from samestory.errors import UserError


@pytest.fixture(scope="module")
def bench(bench_script):
    return bench_script("casualties")


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("SAMESTORY_CACHE", str(tmp_path / "cache"))


# Text, killed, injured. The tolls of all are plain; the labels of the last two are not what the text says.
INVENTED = [
    ("Three miners were killed and five were injured when the roof came down.", 3, 5),
    ("A shepherd was killed by a landmine near the border.", 1, 0),
    ("The mill burned down at night.", 0, None),
    ("Twenty people were injured in the stampede.", 0, 21),
    ("Four sailors were killed in the blast.", 0, 2),
]
FOUND = [{"killed": 3, "injured": 5}, {"killed": 1, "injured": 0}, {"killed": 0, "injured": 0}]
FOUND += [{"killed": 0, "injured": 20}, {"killed": 4, "injured": 0}]


def texts(coded=INVENTED) -> list[dict]:
    return [{"article_id": f"t{i}", "outlet": "-", "text": t, "killed": k, "injured": j} for i, (t, k, j) in enumerate(coded)]


def write(folder: pathlib.Path, name: str, coded=INVENTED) -> None:
    with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(each) + "\n" for each in texts(coded))


def test_figures_counted_by_hand(bench):
    # right, right, near (10 %), too many, said without need, missed
    assert bench.rates([(0, 0), (4, 4), (10, 9), (1, 3), (0, 2), (5, 0)]) == pytest.approx(
        {
            "exact": 2 / 6,
            "exact+": 1 / 4,
            "10%+": 2 / 4,
            "P": 3 / 4,
            "R": 3 / 4,
            "F1": 3 / 4,
            "MALE": (0.0953102 + 0.6931472 + 1.0986123 + 1.7917595) / 6,  # log 11/10, 2, 3 and 6
        },
        abs=1e-7,
    )
    uneven = bench.rates([(1, 1), (1, 0), (1, 0), (0, 1)])
    assert (uneven["P"], uneven["R"], uneven["F1"]) == pytest.approx((1 / 2, 1 / 3, 2 / 5))


def test_what_cannot_be_told_is_a_dash(bench):
    told = bench.row("mine", "killed", [(0, 0), (0, 0)])
    assert told.split() == ["mine", "killed", "2", "0", "1.000", "1.000-1.000", *["-"] * 6, "0.000"]
    assert bench.row("mine", "injured", []).split() == ["mine", "injured", "no", "labels"]


def test_the_interval_holds_the_figure(bench):
    pairs = [(i, i) for i in range(30)] + [(i, 0) for i in range(1, 11)]
    low, high = map(float, bench.interval(pairs).split("-"))
    assert 0.55 < low < 0.75 < high < 0.95 and bench.interval(pairs) == bench.interval(pairs)
    assert bench.interval([(1, 1)] * 5) == "1.000-1.000"


def test_figures_stand_under_their_names_with_those_of_peers_beside(bench):
    told = bench.row("gtd_dev", "killed", [(3, 3), (2, 0)])
    assert told.split()[:5] == ["gtd_dev", "killed", "2", "2", "0.500"] and told.endswith("   .880 / 0     .902 / .208  .955 / .708")
    for name, figure in (("exact", "0.500"), ("10%+", "0.500"), ("P", "1.000"), ("R", "0.500"), ("F1", "0.667"), ("MALE", "0.549")):
        end = re.search(rf" {re.escape(name)}(?= )", bench.HEAD).end()
        assert told[:end].endswith(figure), name
    assert told.index(".880") == bench.HEAD.index("always none") and told.index(".955") == bench.HEAD.index("spaCy rules")


def test_the_whole_way_from_a_file(bench, tmp_path, cache, monkeypatch, capsys):
    monkeypatch.setattr(bench, "CHUNK", 2)
    write(tmp_path, "muc_dev")
    write(tmp_path, "mine")
    assert bench.main(["--data", str(tmp_path), "--errors", "3"]) == 0
    head, killed, injured, _, speed, every, *wrong = capsys.readouterr().out.splitlines()
    assert head == bench.HEAD
    # killed: 4 of 5 equal, both labels above 0 found, one said without need
    assert re.fullmatch(r"muc_dev +killed +5 +2 +0.800 .* 1.000 +1.000-1.000 +1.000 +0.667 +1.000 +0.800 +0.322 +\.486 .*", killed)
    # injured: 5 = 5, 0 = 0, 20 is within 10 % of 21, 2 are missed, the null is not counted
    assert re.fullmatch(r"muc_dev +injured +4 +3 +0.500 .* 0.333 .* 0.667 +1.000 +0.667 +0.800 +0.286 +\.838 .*", injured)
    assert re.fullmatch(r"muc_dev +5 texts +43 words +\d+\.\d\d CPU s +[\d,]+ words a CPU second", speed)
    assert every.split()[:5] == ["all", "5", "texts", "43", "words"]
    assert wrong[:3] == ["", "muc_dev killed, wrong:", "label 0, best 4, t4: Four sailors were killed in the blast."]
    assert wrong[4] == "muc_dev injured, wrong:" and {w[:20] for w in wrong[5:]} == {"label 21, best 20, t", "label 2, best 0, t4:"}


def test_any_set_by_name_and_the_same_output_every_time(bench, tmp_path, cache, capsys):
    write(tmp_path, "mine", INVENTED * 2)
    (tmp_path / "other.jsonl").write_text(json.dumps(texts()[0]) + "\n\n", encoding="utf-8")
    order = ["--data", str(tmp_path), "--no-speed", "--errors", "1", "--set", "mine", "other"]
    outputs = [(bench.main(order), capsys.readouterr().out) for _ in range(2)]
    assert outputs[0] == outputs[1] and outputs[0][0] == 0
    rows = outputs[0][1].splitlines()
    assert [row.split()[:3] for row in rows[1:5]] == [
        ["mine", "killed", "10"],
        ["mine", "injured", "8"],
        ["other", "killed", "1"],
        ["other", "injured", "1"],
    ]
    assert "CPU" not in outputs[0][1] and len([row for row in rows if row.startswith("label ")]) == 2


def test_long_texts_are_shortened_for_reading(bench):
    coded = texts([("word\n\n" * 200, 1, 0)])
    [shown] = bench.wrong(coded, [{"killed": 0, "injured": 0}], "killed", 5)
    assert shown.startswith("label 1, best 0, t0: word word ") and len(shown) <= 325


def test_tolls_are_those_of_every_text_in_each_round(bench, cache):
    found, seconds = bench.measure(texts(), None, 2)
    assert [{field: best[field] for field in bench.FIELDS} for best in found] == FOUND
    assert len(seconds) == 2 and all(took > 0 for took in seconds)


def test_a_convention_is_passed_on_only_when_given(bench, tmp_path, cache, monkeypatch, capsys):
    passed = []

    def tolls(rows, **chosen):
        passed.append(chosen)
        if chosen.get("convention") == "odd":
            raise UserError("no convention\nodd")
        return [{"harm": "killed", "best": None}]

    monkeypatch.setattr(bench.tolls, "tolls", tolls)
    write(tmp_path, "mine", INVENTED[:1])
    order = ["--data", str(tmp_path), "--set", "mine", "--no-speed"]
    assert bench.main(order) == 0 and bench.main([*order, "--convention", "plain"]) == 0
    assert passed == [{}, {"convention": "plain"}]
    capsys.readouterr()
    assert bench.main([*order, "--convention", "odd"]) == 2
    assert capsys.readouterr() == ("", "casualties: no convention odd\n")


def test_missing_files_are_one_line(bench, tmp_path, capsys):
    done = subprocess.run([sys.executable, bench.__file__, "--data", str(tmp_path)], capture_output=True, text=True)
    assert done.returncode == 2 and done.stdout == ""
    assert len(done.stderr.splitlines()) == 1 and "rand_dev, acled_dev, muc_dev, gtd_dev, wiki_dev" in done.stderr
    assert bench.main(["--data", str(tmp_path), "--set", "mine"]) == 2
    told = capsys.readouterr()
    assert told.out == "" and "neither mine.jsonl nor mine.jsonl.gz" in told.err and len(told.err.splitlines()) == 1


GOOD = '{"article_id": "a", "text": "Hm.", "killed": 1.0, "injured": null}\n'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "no texts"),
        (GOOD + "\n{not json", "line 3: JSONDecodeError"),
        (GOOD + '{"article_id": "b", "killed": 1}', "line 2: ValueError: no text, injured"),
        ('["a"]', "line 1: ValueError: no JSON object"),
        (GOOD.replace('"Hm."', "null"), "line 1: ValueError: text is not a string"),
        (GOOD.replace("Hm.", "\\ud800"), "line 1: UnicodeEncodeError"),
        (GOOD.replace("Hm.", "m" * 1_000_001), "line 1: ValueError: text is longer than"),
        *(
            (GOOD + GOOD.replace("1.0", bad), "line 2: ValueError: killed is ")
            for bad in ("-1", '"2"', "NaN", "Infinity", "true", "1" * 400)
        ),
    ],
)
def test_a_file_in_another_form_is_one_line(bench, tmp_path, capsys, content, reason):
    (tmp_path / "mine.jsonl").write_text(content, encoding="utf-8")
    assert bench.main(["--data", str(tmp_path), "--set", "mine"]) == 2
    told = capsys.readouterr()
    assert told.out == "" and "mine.jsonl" in told.err and reason in told.err and len(told.err.splitlines()) == 1


@pytest.mark.parametrize("content", [b"no gzip", gzip.compress(GOOD.encode())[:-9], gzip.compress(GOOD.encode() + b"\xff\n")])
def test_a_broken_file_is_one_line(bench, tmp_path, capsys, content):
    (tmp_path / "mine.jsonl.gz").write_bytes(content)
    assert bench.main(["--data", str(tmp_path), "--set", "mine"]) == 2
    told = capsys.readouterr()
    assert told.out == "" and re.search(r"mine\.jsonl\.gz, line [12]: ", told.err) and len(told.err.splitlines()) == 1
