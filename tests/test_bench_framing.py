"""bench/framing.py: its figures are those counted by hand, and whatever is wrong with a user's data is one line."""

import collections
import gzip
import itertools
import json
import math
import re

import numpy as np
import pytest

from samestory.errors import UserError


@pytest.fixture(scope="module")
def bench(bench_script):
    return bench_script("framing")


@pytest.fixture(scope="module")
def scores(bench):
    return bench.scores


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("SAMESTORY_CACHE", str(tmp_path / "cache"))


def span(text, words, nth=0):
    start = [m.start() for m in re.finditer(re.escape(words), text)][nth]
    return {"start": start, "end": start + len(words)}


HERALD = "The mayor, Anna Brown, closed the harbour. The insurers were told by the mayor. The crane was sold."
GAZETTE = "Brown shut the port. The insurers waited. A cruel, senseless and reckless closure ruined the proud old town."


def actors_set():
    mentions = [
        span(HERALD, "The mayor") | {"chain": "brown", "type": "person"},
        span(HERALD, "Anna Brown") | {"chain": "brown", "type": "person"},
        span(HERALD, "The insurers") | {"chain": "insurers", "type": "group"},
    ]
    other = [span(GAZETTE, "Brown") | {"chain": "brown", "type": "person"}]
    other.append(span(GAZETTE, "The insurers") | {"chain": "insurers", "type": "group"})
    texts = [("h", "Herald", HERALD, mentions), ("g", "Gazette", GAZETTE, other)]
    return [{"article_id": a, "event": "e1", "outlet": o, "text": t, "mentions": m} for a, o, t, m in texts]


def actions_set():
    told = span(HERALD, "told") | {"form": "passive", "agent": [73, 78], "patient": list(span(HERALD, "insurers").values())}
    sold = span(HERALD, "sold") | {"form": "passive", "agent": None, "patient": list(span(HERALD, "crane").values())}
    assert HERALD[73:78] == "mayor"
    return [{"article_id": "h", "outlet": "gum", "text": HERALD, "passives": [told, sold]}]


def loaded_set():
    texts = []
    for event, outlet, text in (("1", "Herald", HERALD), ("1", "Gazette", GAZETTE), ("2", "Herald", HERALD), ("2", "Gazette", GAZETTE)):
        ends = [0, *(m.end() for m in re.finditer(r"\.(?= |\Z)", text))]
        sentences = [{"start": a + (a > 0), "end": b, "lexical_bias": int("cruel" in text[a:b])} for a, b in itertools.pairwise(ends)]
        texts.append({"article_id": f"{event}{outlet}", "event": event, "outlet": outlet, "text": text, "sentences": sentences})
    return texts


def write(folder, name, rows):
    with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


def test_heads_without_a_parser(scores):
    assert [scores.head_word(p) for p in ("The mayors of the town", "Anna Brown's", "Port of Larne", "“deal”.", "...")] == [
        "mayor",
        "brown",
        "port",
        "deal",
        "",
    ]


def test_spans_are_matched_one_to_one_the_greatest_overlap_first(scores):
    assert scores.matched([(0, 10), (0, 4)], [(0, 5), (0, 9)], 0.5) == {0: 1, 1: 0}
    assert scores.matched([(0, 10)], [(6, 16), (20, 30)], 0.5) == {}


def test_groups_of_mentions_counted_by_hand(scores):
    """Chain a (3 mentions): 2 in group 1, one unfound; chain b (2): one in group 1, one in group 2."""
    rows = [("x", "a", "king", 1), ("y", "a", "ruler", 1), ("y", "a", "he", None), ("x", "b", "queen", 1), ("y", "b", "queen", 2)]
    mentions = [
        {"outlet": o, "chain": c, "head": h, "cluster": g if g else (o, i), "found": g is not None} for i, (o, c, h, g) in enumerate(rows)
    ]
    assert scores.best_match(mentions) == {"a": (pytest.approx(2 * 2 / (3 + 3)), 3), "b": (pytest.approx(2 * 1 / (2 + 1)), 2)}
    tally = scores.actors_tally(mentions)
    # across outlets, heads not the same: king-ruler (same, joined), king-he (same), king-queen, queen-ruler (joined, wrong), queen-he
    assert (tally["right"], tally["said"], tally["wanted"], tally["found"]) == (1, 2, 2, 4)
    assert tally["best"] == pytest.approx(3 * 2 / 3 + 2 * 2 / 3)


def test_passives_counted_by_hand(scores):
    text = {
        "text": HERALD,
        "passives": [*actions_set()[0]["passives"], span(HERALD, "closed") | {"form": "reduced_passive", "agent": None, "patient": None}],
    }
    row = dict.fromkeys(("agent_start", "agent_end", "patient_start", "patient_end"))
    told = row | span(HERALD, "were told") | {"form": "passive", "agent_start": 69, "agent_end": 78}
    extra = row | span(HERALD, "harbour") | {"form": "passive"}
    tally, wrong = scores.actions_tally(text, [told, extra], agents=True)
    wanted = {"full": 2, "reduced": 1, "full found": 1, "false": 1, "agents": 1, "agents said": 1, "agents right": 1, "without agent": 2}
    assert {key: tally[key] for key in wanted} == wanted and tally["patients right"] == 0 and tally["patients asked"] == 1
    assert [w.partition(":")[0] for w in wrong] == ["missed passive", "missed reduced passive", "too much"]
    unsure, _ = scores.actions_tally(text, [extra | {"form": "reduced_passive"}], agents=False)
    assert unsure["false"] == 0 and unsure["agents"] == 0


def test_rankings_counted_by_hand(scores):
    y, x = np.array([True, False, True, False]), np.array([3.0, 2.0, 2.0, -math.inf])
    assert scores.auc(y, x) == pytest.approx((1 + 1 + 0.5 + 1) / 4)
    assert scores.average_precision(y, x) == pytest.approx((1 + 2 / 3) / 2)
    assert math.isnan(scores.auc(np.array([False, False]), np.array([1.0, 2.0])))
    events = {"1": (y, x), "2": (np.array([True, False]), np.array([0.0, 1.0])), "3": (np.array([False]), np.array([9.0]))}
    assert scores.ranking(events, ["1", "2", "3"])["within event"] == pytest.approx((0.875 * 4 + 0 * 1) / 5)
    own, apart = scores.resampled(events, events)
    assert own["AUC"][0] <= scores.ranking(events, sorted(events))["AUC"] <= own["AUC"][1] and apart["AP"] == (0, 0)


def test_a_sentence_takes_the_mean_of_those_that_overlap_it(scores):
    text = {"text": "x" * 20, "sentences": [{"start": 0, "end": 10}, {"start": 10, "end": 20}]}
    found = [{"start": 0, "end": 8, "v": 1.0}, {"start": 8, "end": 10, "v": 6.0}]
    assert scores.sentence_values(text, found, "v") == [2.0, -math.inf]


def test_outlets_in_order_counted_by_hand(scores):
    texts = [([1, 0], [5.0, 1.0]), ([0, 0], [1.0, -math.inf]), ([1, 1], [2.0, 1.0]), ([0], [7.0])]
    # shares .5 0 1 0, means 3 1 1.5 7: the first above the second and the third above it are right; the other three of 5 are not
    assert scores.outlets_in_order(texts) == {"pairs": 5, "right": 2}
    assert scores.outlets_in_order([([1], [2.0]), ([0], [2.0])]) == {"pairs": 1, "right": 0.5}


def test_the_interval_of_equal_tallies_is_their_value(scores):
    tallies = [collections.Counter(right=3, n=4)] * 5
    assert scores.drawn_anew(tallies, lambda t: t["right"] / t["n"]) == (0.75, 0.75)


def test_the_whole_way_from_files(bench, tmp_path, cache, monkeypatch, capsys, seed_analysis):
    monkeypatch.setattr(bench, "score_labels", lambda: ["as the seeds have it"])
    monkeypatch.setattr(bench, "read_story", lambda folder: seed_analysis.story)
    monkeypatch.setattr(bench, "REPEATS", 1)
    for name, rows in (("actors_dev", actors_set()), ("actions_dev", actions_set()), ("loaded_mine", loaded_set())):
        write(tmp_path, name, rows)
    assert bench.main(["--data", str(tmp_path), "--set", "actors_dev", "actions_dev", "loaded_mine", "--errors", "2"]) == 0
    out = capsys.readouterr().out
    assert re.search(r"actors_dev: 2 texts, 1 events, 5 mentions, 2 chains, \d relabel pairs", out)
    assert re.search(r"mentions found +1\.000 +1\.000 to 1\.000 +\.752", out)
    assert re.search(r"verb F1 +1\.000 .*\.909 +\.943 +n 2\n", out) and re.search(r"agentless F1 +1\.000 .* n 1\n", out)
    assert re.search(r"loaded_mine: 4 texts, 2 events, 12 sentences, 2 of them biased", out)
    assert re.search(r"loaded words +1\.000 .* 1\.000 ", out) and "as the seeds have it" in out
    speed = [row.split() for row in out.partition("speed: ")[2].partition("\n\n")[0].splitlines()[1:]]
    assert [row[0] for row in speed] == ["actors", "actions", "loaded", "loaded", "labels"]
    assert "loaded_mine, wrong:" in out


def test_labels_are_scored_on_the_seeds_and_said_to_be_in_sample(bench, monkeypatch, seed_analysis):
    monkeypatch.setattr(bench.analysis, "analyse", lambda story: seed_analysis)
    lines = bench.score_labels()
    assert "in-sample" in lines[0] and lines[2].startswith("span: F1") and sum(row.startswith("article ") for row in lines) == 5


def test_missing_files_are_one_line(bench, tmp_path, capsys):
    for order, told in (
        ([], "none of actors_dev, actions_dev, loaded_dev"),
        (["--set", "actors_x"], "neither actors_x.jsonl nor"),
        (["--set", "mine"], "named after its kind"),
    ):
        assert bench.main(["--data", str(tmp_path), *order]) == 2
        seen = capsys.readouterr()
        assert seen.out == "" and told in seen.err and len(seen.err.splitlines()) == 1


def broken(kind, rows, change):
    rows = json.loads(json.dumps(rows))
    change(rows[-1])
    return kind, rows


@pytest.mark.parametrize(
    ("kind", "rows", "reason"),
    [
        (*broken("actors", actors_set(), lambda r: r.pop("event")), "no event"),
        (*broken("actors", actors_set(), lambda r: r["mentions"][0].pop("chain")), "lacks one of start, end, chain, type"),
        (*broken("actors", actors_set(), lambda r: r["mentions"][0].update(end=10**6)), "outside the text"),
        (*broken("actors", actors_set(), lambda r: r["mentions"][0].update(start="0")), "not two whole numbers"),
        (*broken("actors", actors_set(), lambda r: r.update(mentions={})), "mentions is not a list"),
        (*broken("actors", actors_set(), lambda r: r.update(outlet=None)), "outlet is not a string"),
        (*broken("actions", actions_set(), lambda r: r["passives"][0].update(form="active")), "form is 'active'"),
        (*broken("actions", actions_set(), lambda r: r["passives"][0].update(agent=[5])), "not two whole numbers"),
        (*broken("loaded", loaded_set(), lambda r: r["sentences"][0].update(lexical_bias="yes")), "lexical_bias is 'yes'"),
        (*broken("loaded", loaded_set()[:1], lambda r: None), "needs sentences with lexical_bias 0 and some with 1"),
    ],
)
def test_a_file_in_another_form_is_one_line(bench, tmp_path, cache, capsys, kind, rows, reason):
    write(tmp_path, f"{kind}_x", rows)
    assert bench.main(["--data", str(tmp_path), "--set", f"{kind}_x", "--no-speed"]) == 2
    told = capsys.readouterr()
    assert told.out == "" and reason in told.err and len(told.err.splitlines()) == 1


def test_a_line_that_is_no_json_is_named(bench, tmp_path):
    (tmp_path / "loaded_x.jsonl").write_text(json.dumps(loaded_set()[0]) + "\n{", encoding="utf-8")
    with pytest.raises(UserError, match=r"loaded_x\.jsonl, line 2: JSONDecodeError"):
        bench.sets.read(tmp_path, ["loaded_x"])
