"""Agreement between coders: coefficients against published examples, spans against hand-made cases, the settled codes against the texts."""

import itertools
import math
import pathlib

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gold.agree import compare
from samestory import agreement, clean, codebook, validity

GOLD = pathlib.Path(__file__).parent / "gold"
PARTIES = set("opposition government civilians russia un aid states".split())
LEGAL = {
    "quotes": {"kind": {"direct", "mixed", "indirect"}, "actor": PARTIES | {"media", ""}},
    "scare": {},
    "figures": {
        "qualifier": set("exact at_least at_most about vague".split()),
        "harm": set("killed injured missing displaced evacuated trapped detained surrendered pardoned other".split()),
        "scope": {"event", "background"},
    },
    "not_people": {},
    "actions": {
        "form": set("active passive reduced_passive nominal".split()),
        "voice": {"narrator", "attributed", "quoted"},
        "agent_actor": PARTIES | {""},
        "patient_actor": PARTIES | {""},
        "hedged": {"0", "1"},
    },
    "labels": {
        "actor": PARTIES | {"event", "area"},
        "valence": set(codebook.VALENCES),
        "voice": {"narrator", "attributed", "quoted"},
    },
    "tone": {"tone": {"-1", "0", "1"}},
}
SPANS = [("text", "start", "end"), ("cue", "cue_start", "cue_end"), ("speaker_text", "speaker_start", "speaker_end")]
SPANS += [("agent", "agent_start", "agent_end"), ("patient", "patient_start", "patient_end")]


def spans(*rows):
    return pd.DataFrame(rows, columns=["article_id", "start", "end"])


def value(scores, measure):
    return scores.set_index("measure").at[measure, "value"]


def raw(name, folder=GOLD):
    return pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)


# Krippendorff (2011), section C: four observers, twelve units, missing values
FOUR = {
    "A": [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    "B": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    "C": [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    "D": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
}


@pytest.mark.parametrize(("level", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_alpha_of_krippendorffs_own_example(level, published):
    result = agreement.krippendorff_alpha(pd.DataFrame(FOUR), level)
    assert result["alpha"] == pytest.approx(published, abs=5e-4)
    assert (result["units"], result["values"]) == (11, 40)
    assert result["low"] < result["alpha"] < result["high"]


def test_alpha_of_two_observers_from_the_same_paper():
    two = pd.DataFrame({"Jon": list("aabbdcccedda"), "Han": list("babbbccceddd")})
    yes_no = pd.DataFrame({"Meg": [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], "Owen": [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]})
    assert agreement.krippendorff_alpha(two)["alpha"] == pytest.approx(0.692, abs=5e-4)
    assert agreement.krippendorff_alpha(yes_no)["alpha"] == pytest.approx(0.095, abs=5e-4)


def test_alpha_says_nothing_where_nothing_could_be_confused():
    for first, second in (([1, 1], [1, 1]), ([1, 2], [None, None]), ([], [])):
        assert math.isnan(agreement.krippendorff_alpha(pd.DataFrame({"A": first, "B": second}))["alpha"])
    with pytest.raises(ValueError, match="nominal"):
        agreement.krippendorff_alpha(pd.DataFrame(FOUR), "ratio")


def test_kappa_of_a_worked_two_by_two_table():
    # 20 both yes, 5 only the first, 10 only the second, 15 both no: observed 0.7, by chance 0.5
    first, second = ["yes"] * 25 + ["no"] * 25, ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    assert agreement.kappa(first, second) == pytest.approx(0.4)
    assert agreement.kappa("abab", "abab") == 1
    assert agreement.kappa("aabb", "bbaa") == -1
    assert math.isnan(agreement.kappa("aaa", "aaa"))
    with pytest.raises(ValueError):
        agreement.kappa("ab", "a")


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc"))))
def test_kappa_does_not_depend_on_who_is_first_and_never_exceeds_one(codes):
    x, y = [a for a, _ in codes], [b for _, b in codes]
    forth, back = agreement.kappa(x, y), agreement.kappa(y, x)
    assert (math.isnan(forth) and math.isnan(back)) or (forth == pytest.approx(back) and forth <= 1)


def test_spans_are_matched_one_to_one_the_largest_overlap_first():
    a = spans(("1", 0, 10), ("1", 20, 30), ("2", 0, 10))
    b = spans(("1", 0, 6), ("1", 1, 10), ("2", 50, 60), ("3", 0, 10))
    assert [(i, j) for i, j, _ in agreement.match_spans(a, b)] == [(0, 1)]
    assert agreement.precision_recall(a, b) == {"p": 1 / 4, "r": 1 / 3, "f1": pytest.approx(2 / 7), "n": 3}


def test_half_of_the_words_is_enough_and_less_is_not():
    text = "at least eighty-two civilians"
    whole, number, least = ((0, 19, text[:19]), (9, 19, text[9:19]), (0, 8, text[:8]))
    a, b, c = (pd.DataFrame([("1", *row)], columns=["article_id", "start", "end", "text"]) for row in (whole, number, least))
    assert agreement.match_spans(a, b) == [(0, 0, 0.5)]
    assert agreement.match_spans(b, c, least=0) == []  # no overlap at all is never a match
    assert agreement.match_spans(a, b, least=0.6) == []


def test_parts_of_a_quote_count_as_one_quote():
    columns = "article_id quote_id start end".split()
    broken = pd.DataFrame([("1", "1", 0, 40), ("1", "1", 60, 100)], columns=columns)
    whole = pd.DataFrame([("1", "7", 0, 100)], columns=columns)
    assert agreement.match_spans(broken, whole) == [(0, 0, 0.8)]
    assert agreement.precision_recall(broken, whole)["f1"] == 1


def test_equal_spans_are_told_apart_by_what_else_they_share():
    a = spans(("1", 0, 10), ("1", 0, 10)).assign(speaker_start=[50, 70])
    b = spans(("1", 0, 10)).assign(speaker_start=[70])
    assert agreement.match_spans(a, b, same=("speaker_start",)) == [(1, 0, 1.0)]


def test_settled_codes_against_themselves_are_without_fault():
    for name, scores in compare(GOLD, GOLD).items():
        own = scores[~scores["measure"].str.contains("always neutral")]
        assert (own["value"] == 1).all(), name
        assert (own["errors_hint"] == "").all(), name


def test_every_kind_of_error_lowers_its_own_measure_and_is_hinted_at():
    gold = validity.gold("figures", GOLD)
    found = gold.copy()
    found.loc[found["text"] == "1270", ["low", "harm"]] = [1207, "killed"]
    found.loc[found["figure_id"].eq("3") & found["article_id"].eq("000"), "part_of"] = "1"
    found = found.drop(index=found.index[-1])
    people = gold[["article_id", "start", "end", "text"]].tail(4)
    scores = agreement.score_figures(gold, found, not_people=people)
    assert value(scores, "found: recall") == pytest.approx(24 / 25)
    assert value(scores, "found: precision") == 1
    assert value(scores, "not people taken for people") == 3 / 4
    for measure in ("low", "harm", "part_of"):
        assert value(scores, measure) == pytest.approx(23 / 24)
    assert value(scores, "every field") == pytest.approx(22 / 24)
    assert value(scores, "high") == value(scores, "same_as") == 1
    assert "1270" not in scores.set_index("measure").at["harm", "errors_hint"]
    assert "pardoned not killed" in scores.set_index("measure").at["harm", "errors_hint"]


def test_ids_of_figures_may_differ_as_long_as_they_point_at_the_same_figures():
    gold = validity.gold("figures", GOLD)
    ids = {f"{r.article_id}:{r.figure_id}": f"f{i}" for i, r in enumerate(gold.itertuples())}
    found = gold.assign(
        figure_id=[ids[f"{r.article_id}:{r.figure_id}"] for r in gold.itertuples()],
        part_of=[ids.get(f"{r.article_id}:{r.part_of}", pd.NA) for r in gold.itertuples()],
        same_as=gold["same_as"].map(ids, na_action="ignore"),
    )
    assert value(agreement.score_figures(gold, found), "every field") == 1


def test_speakers_are_compared_by_name_and_mentions_by_place():
    gold = validity.gold("quotes", GOLD)
    found = gold.assign(speaker=gold["speaker"].str.split().str[-1], speaker_text=gold["speaker_text"].str.removeprefix("The "))
    scores = agreement.score_quotes(gold, found)
    assert value(scores, "speaker") == value(scores, "speaker mention") == 1
    nobody = agreement.score_quotes(gold, gold.assign(speaker=pd.NA, speaker_text=pd.NA, speaker_start=pd.NA, speaker_end=pd.NA))
    assert value(nobody, "speaker") == value(nobody, "speaker mention") < 0.05  # only a quote without any speaker is right


def test_found_actions_in_sentences_nobody_coded_are_not_wrong():
    gold = validity.gold("actions", GOLD).head(2)
    start = int(gold["start"].iloc[0])
    stray = gold.head(1).assign(start=10, end=15)
    found = pd.concat([gold, stray], ignore_index=True)
    coded = pd.DataFrame([("000", 0, 100), ("000", start - 5, 2000)], columns=["article_id", "start", "end"])
    assert value(agreement.score_actions(gold, found), "found: precision") == pytest.approx(2 / 3)
    assert value(agreement.score_actions(gold, found, sentences=coded), "found: precision") == 1


def test_tone_is_cut_from_a_score_and_set_against_always_neutral():
    gold = validity.gold("tone", GOLD)
    found = gold.assign(vader=gold["tone"] * 0.06, end=gold["end"] + 5)
    scores = agreement.score_tone(gold, found)
    assert value(scores, "accuracy") == value(scores, "macro-F1") == 1
    assert value(scores, "accuracy of always neutral") == pytest.approx((gold["tone"] == 0).mean())
    assert value(agreement.score_tone(gold, found, cut=0.1), "accuracy") == value(scores, "accuracy of always neutral")


def test_nothing_found_is_scored_and_not_an_error():
    for name, score in (
        ("quotes", agreement.score_quotes),
        ("figures", agreement.score_figures),
        ("labels", agreement.score_labels),
        ("actions", agreement.score_actions),
    ):
        gold = validity.gold(name, GOLD)
        scores = score(gold, gold.head(0))
        assert (scores[scores["measure"].str.endswith("recall")]["value"] == 0).all()
        score(gold.head(0), gold)
        score(gold.head(0), gold.head(0))
    tone = validity.gold("tone", GOLD)
    assert value(agreement.score_tone(tone, tone.head(0).assign(vader=0.0)), "sentences covered") == 0


@pytest.mark.parametrize("folder", [GOLD, GOLD / "passes" / "a", GOLD / "passes" / "b"], ids=["settled", "a", "b"])
def test_codes_stand_where_they_say_and_never_in_furniture(folder, seeds):
    texts = dict(zip(seeds.articles["article_id"], seeds.articles["text"], strict=True))
    furniture = {article: clean.furniture(text) for article, text in texts.items()}
    for name in LEGAL:
        if name == "scare" and folder != GOLD:
            continue  # the passes kept scare quotes among the quotes
        for row in raw(name, folder).to_dict("records"):
            for text, start, end in SPANS:
                if not row.get(start):
                    assert not row.get(text), (name, row)
                    continue
                at = int(row[start]), int(row[end])
                assert texts[row["article_id"]][at[0] : at[1]] == row[text] != "", (name, row)
                inside = [f for f in furniture[row["article_id"]] if f["start"] < at[1] and at[0] < f["end"]]
                assert not inside, (name, row, inside)


@pytest.mark.parametrize("name", LEGAL)
def test_settled_codes_use_only_the_values_of_the_contract(name):
    codes = raw(name)
    for column, legal in LEGAL[name].items():
        assert set(codes[column]) <= legal, column
    assert not codes.duplicated().any()
    assert (codes["start"].astype(int) < codes["end"].astype(int)).all()


def test_settled_ids_run_on_and_point_at_figures_that_are_there():
    quotes, figures = raw("quotes"), raw("figures")
    for _, ids in quotes.groupby("article_id")["quote_id"]:
        assert list(dict.fromkeys(ids)) == [str(i + 1) for i in range(ids.nunique())]
    for _, parts in quotes.groupby(["article_id", "quote_id"]):
        assert list(parts["part"]) == [str(i + 1) for i in range(len(parts))]
    ids = set(figures["article_id"] + ":" + figures["figure_id"])
    assert set(figures["same_as"]) - {""} <= ids
    assert {f"{r.article_id}:{r.part_of}" for r in figures.itertuples() if r.part_of} <= ids


def test_settled_labels_inside_direct_quotes_are_in_a_quoted_voice():
    quotes, labels = raw("quotes").query("kind == 'direct'"), raw("labels")
    both = labels.merge(quotes, on="article_id", suffixes=("", "_quote"))
    place = both[["start", "start_quote", "end_quote"]].astype(int)
    inside = both[(place["start_quote"] <= place["start"]) & (place["start"] < place["end_quote"])]
    assert len(inside) > 50
    assert (inside["voice"] == "quoted").all(), inside[inside["voice"] != "quoted"]


def test_settled_labels_do_not_overlap_and_hold_their_head():
    labels = raw("labels")
    for _, rows in labels.groupby("article_id"):
        places = sorted((int(r.start), int(r.end)) for r in rows.itertuples())
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(places))
    assert all(r.head in r.text for r in labels.itertuples())
