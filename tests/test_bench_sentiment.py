"""bench/sentiment.py: its figures are those counted by hand, and whatever is wrong with a user's file is one line."""

import gzip
import hashlib
import json

import pandas as pd
import pytest


@pytest.fixture(scope="module")
def bench(bench_script):
    return bench_script("sentiment")


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("SAMESTORY_CACHE", str(tmp_path / "cache"))


HARBOUR = "Residents praised Mayor Bell and condemned Captain Roe."
BRIDGE = "Councillor Ash opened the bridge on Monday."
FERRY = "The ferry company lied to its passengers."
MARKET = "The market was closed by Inspector Dunn."


def row(text: str, target: str, polarity: int, name: str = "a") -> dict:
    start = text.index(target)
    return {"article_id": name, "text": text, "start": start, "end": start + len(target), "polarity": polarity}


GOLD = [
    row(HARBOUR, "Mayor Bell", 1),
    row(HARBOUR, "Captain Roe", -1),
    row(BRIDGE, "Councillor Ash", 0),
    row(FERRY, "The ferry company", -1),
    row(MARKET, "Inspector Dunn", 0),
]


def table(labels: list[str | None], method: str = "vader") -> pd.DataFrame:
    rows = [
        {"article_id": str(i), "method": method, "label": label, "because": pd.NA} for i, label in enumerate(labels) if label is not None
    ]
    return pd.DataFrame(rows)


def test_the_figures_are_those_counted_by_hand(bench):
    said = bench.answers(table(["negative", "negative", "neutral", None, "positive"]), "vader", 5)
    assert said == [-1, -1, 0, bench.NO_ROW, 1]
    want = [r["polarity"] for r in GOLD]
    # negative: 1 right of 2 said and 2 there, F1 1/2; neutral: 1 of 1 and 2, 2/3; positive: 0
    assert bench.measures(want, said) == {"f1m": round(100 * (1 / 2 + 2 / 3) / 3, 1), "f1pn": 25.0, "a": 40.0, "flip": 20.0}
    assert bench.mixed(GOLD) == [0, 1]
    assert bench.measures(want, want) == {"f1m": 100.0, "f1pn": 100.0, "a": 100.0, "flip": 0.0}


def test_always_neutral_is_a_third_of_one_f1(bench):
    want = [r["polarity"] for r in GOLD]
    assert bench.measures(want, [0] * 5)["f1m"] == round(100 * (2 * 2 / 7) / 3, 1)


def test_the_interval_draws_sentences_and_holds_the_figure(bench):
    texts, want = [r["text"] for r in GOLD] * 6, [r["polarity"] for r in GOLD] * 6
    texts = [f"{text} {i // 5}" for i, text in enumerate(texts)]
    said = [0 if i % 3 else w for i, w in enumerate(want)]
    low, high = bench.interval(texts, want, said)
    assert low < bench.measures(want, said)["f1m"] < high
    assert bench.interval(texts, want, said) == (low, high)
    assert bench.interval(["one"] * 5, [1, -1, 0, 0, 1], [1, 1, 0, 0, 0]) == (pytest.approx(43.3), pytest.approx(43.3))


def test_what_is_held_out_hangs_on_the_sentence_alone(bench):
    texts = [f"Sentence {i}." for i in range(200)]
    kept = [t for t in texts if bench.held_out(t)]
    assert kept == [t for t in texts if int(hashlib.sha256(t.encode()).hexdigest()[:8], 16) % 8 == 0]
    assert 0 < len(kept) < 60


def test_the_whole_way_from_a_file(bench, tmp_path, cache, capsys):
    two = "The terrible Captain Roe dined with Mayor Bell."
    gold = [*GOLD[2:], row(two, "Captain Roe", -1), row(two, "Mayor Bell", 0)]
    with gzip.open(tmp_path / "train.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(r) + "\n" for r in gold)
    assert bench.main(["--data", str(tmp_path), "--errors", "3"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("5 targets in 4 sentences, 2 negative, 3 neutral, 0 positive; 2 in sentences whose targets differ\n")
    rows = {line[:16].strip(): line[16:].split() for line in printed.splitlines()[2:7]}
    assert list(rows)[:5] == ["textblob", "vader", "opinion", "vader_clause", "rules"]
    assert rows["rules"][0] == "66.7" and rows["rules"][4:8] == ["50.0", "100.0", "0.0", "66.7"]  # F1 of positive is 0: there is none
    assert "\nneutral called negative: The terrible Captain Roe dined with «Mayor Bell». []" in printed  # the clause says nothing of whom
    assert printed.split("rules, wrong:")[1].split("\n\n")[0].strip() == ""


def test_rows_are_chosen_and_every_form_of_file_is_read(bench, tmp_path, cache, capsys):
    pd.DataFrame(GOLD).assign(note="").to_csv(tmp_path / "mine.csv", index=False)
    (tmp_path / "mine.jsonl").write_text("".join(json.dumps(r) + "\n" for r in GOLD), encoding="utf-8")
    for file in ("mine.csv", "mine.jsonl"):
        assert bench.read(None, tmp_path / file) == GOLD
        assert bench.main(["--gold", str(tmp_path / file), "--every", "2"]) == 0
        assert capsys.readouterr().out.startswith("3 targets in 3 sentences, 0 negative, 2 neutral, 1 positive")
        assert bench.main(["--gold", str(tmp_path / file), "--every", "2", "--rest"]) == 0
        assert capsys.readouterr().out.startswith("2 targets in 2 sentences, 2 negative")
    held = [r for r in GOLD if bench.held_out(r["text"])]
    code = bench.main(["--gold", str(tmp_path / "mine.csv"), "--held-out"])
    told = capsys.readouterr()
    assert (code, told.out[:2]) == ((0, f"{len(held)} ") if held else (2, ""))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "no texts"),
        ("{not json", "line 1: JSONDecodeError"),
        ('{"article_id": "a", "text": "Hm.", "start": 0, "end": 1}', "no polarity"),
        ('{"article_id": "a", "text": "Hm.", "start": 0, "end": 9, "polarity": 0}', "outside the text"),
        ('{"article_id": "a", "text": "Hm.", "start": 0, "end": 1, "polarity": 2}', "polarity is 2"),
    ],
)
def test_a_file_in_another_form_is_one_line(bench, tmp_path, capsys, content, reason):
    (tmp_path / "train.jsonl").write_text(content, encoding="utf-8")
    assert bench.main(["--data", str(tmp_path)]) == 2
    told = capsys.readouterr()
    assert told.out == "" and reason in told.err and len(told.err.splitlines()) == 1


def test_a_missing_file_or_no_row_left_is_one_line(bench, tmp_path, capsys):
    pd.DataFrame(GOLD[:1]).to_csv(tmp_path / "mine.csv", index=False)
    one = str(tmp_path / "mine.csv")
    for order, reason in (
        (["--data", str(tmp_path)], "neither train.jsonl nor"),
        (["--gold", str(tmp_path / "none.csv")], "FileNotFoundError"),
        (["--gold", one, "--rest"], "--every takes"),
        (["--gold", one, "--every", "2", "--rest"], "no targets are left"),
    ):
        assert bench.main(order) == 2
        told = capsys.readouterr()
        assert told.out == "" and reason in told.err and len(told.err.splitlines()) == 1
