"""Figures of people, tolls and the same figure in several outlets."""

import pandas as pd
import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samestory import parse, schema
from samestory.casualties import align, figures, tolls


@pytest.fixture(scope="module")
def rows_of(article_of):
    return lambda text, quotes=(): figures.figures(article_of(text), list(quotes))


@pytest.fixture(scope="module")
def best_of(article_of):
    def best(text):
        return {row["harm"]: row["best"] for row in tolls.tolls(figures.mentions(article_of(text), []))}

    return best


def test_a_figure_with_its_breakdown(rows_of):
    rows = rows_of("Pro-government forces killed at least 82 civilians, including 11 women and 13 children, on Monday.")
    assert [(r["text"], r["people"], r["harm"], r["part_of"]) for r in rows] == [
        ("at least 82", "civilians", "killed", ""),
        ("11", "women", "killed", "1"),
        ("13", "children", "killed", "1"),
    ]
    assert {r["responsible"] for r in rows} == {"Pro-government forces"}


@pytest.mark.parametrize(
    ("text", "number", "harm", "people"),
    [
        ("The army has carried out 40 killings of villagers.", "40", "killed", "villagers"),
        ("The blast left 15 people dead.", "15", "killed", "people"),
        ("More than 1.3 thousand militants laid down arms.", "More than 1.3 thousand", "surrendered", "militants"),
        ("Thousands of people remain trapped in the east.", "Thousands", "trapped", "people"),
        ("Tens of thousands of civilians have fled.", "Tens of thousands", "displaced", "civilians"),
        ("The delay in evacuating hundreds of people goes on.", "hundreds", "evacuated", "people"),
        ("Police arrested 12 protesters.", "12", "detained", "protesters"),
        ("The ICRC counted 194 hospital patients.", "194", "other", "hospital patients"),
        ("Three climbers are missing.", "Three", "missing", "climbers"),
        ("Thousands marched through the city.", "Thousands", "other", ""),
        ("A total of 25 people were killed.", "25", "killed", "people"),
        ("The death toll rose to 15 people.", "15", "killed", "people"),
        ("The flood left a death toll of 15.", "15", "killed", ""),
        ("A party of 12 hikers was rescued.", "12", "evacuated", "hikers"),
        ("The shelling killed or wounded 20 farmers.", "20", "other", "farmers"),
        ("20 prisoners were freed.", "20", "other", "prisoners"),
        ("The release of 20 hostages took a day.", "20", "other", "hostages"),
        ("Five more people died.", "Five", "killed", "people"),
    ],
)
def test_what_befell_whom(rows_of, text, number, harm, people):
    assert [(r["text"], r["harm"], r["people"]) for r in rows_of(text)] == [(number, harm, people)]


@pytest.mark.parametrize(
    "text",
    [
        "The city lies 37 miles from the border.",
        "Russia has vetoed the last six resolutions.",
        "Nine convoys left four towns in 48 hours.",
        "A convoy of hundreds of vehicles crossed the country.",
        "The nightmare continues for one activist who spoke to reporters.",
        "One man's liberation is another's siege.",
        "They now hold 98% of the neighbourhoods.",
        "The team won 3-2 and paid 5 million dollars.",
        "UNITED24 asks for a donation.",
        "Flight 370 passengers were killed.",
        "In Room 101 people were hurt.",
        "Squadron 12 pilots were killed.",
        "No one was hurt and not one person died.",
        "Ten houses burned, two of them schools.",
        "The singer's 20 releases sold well.",
    ],
)
def test_what_counts_no_people_is_not_reported(rows_of, text):
    assert rows_of(text) == []


def test_the_seeds_have_25_numbers_of_people_and_one_figure_told_by_three_outlets(seed_articles):
    rows = [{"article_id": a, **row} for a, article in seed_articles.items() for row in figures.figures(article, [])]
    table = align.align(schema.frame("figures", rows))
    assert table.groupby("article_id").size().to_dict() == {"000": 5, "001": 6, "002": 2, "003": 3, "004": 9}
    told = table[(table["text"] == "at least 82")]
    assert list(told["same_as"].fillna("")) == ["", "000:1", "000:1", "000:1"]
    assert list(table.loc[table["scope"] == "background", "text"]) == ["hundreds of thousands"]
    for row in table.itertuples():
        assert seed_articles[row.article_id].text[row.start : row.end] == row.text


def test_who_says_so_comes_from_the_quote_around_the_number(rows_of):
    text = 'He said: "We buried 20 people." The UN said that 30 people had died. According to the Red Cross, 5 nurses were wounded.'
    quotes = [
        {"kind": "direct", "start": text.index("We"), "end": text.index('" The'), "speaker_text": "He", "speaker": "Omar Haddad"},
        {"kind": "indirect", "start": text.index("30"), "end": text.index(". Acc"), "speaker_text": "The UN", "speaker": "United Nations"},
    ]
    assert [(r["text"], r["claimed_by"]) for r in rows_of(text, quotes)] == [
        ("20", "Omar Haddad"),
        ("30", "The UN"),
        ("5", "the Red Cross"),
    ]


def claims(text, quoted="", **quote):
    """What `claimed_by` says of the number in a text, of which `quoted` is a statement."""
    start = text.index(quoted)
    return text, [{"kind": "direct", "start": start, "end": start + len(quoted), **quote}] if quoted else []


@pytest.mark.parametrize(
    ("case", "claimed_by"),
    [
        (claims('"20 people died," he said.', "20 people died,", speaker_text="he", speaker=""), "he"),
        (claims('"20 people died," he said.', "20 people died,", speaker_text="he", speaker="Ada Byrne"), "Ada Byrne"),
        (claims('"20 people died," the mayor said.', "20 people died,", speaker_text="the mayor", speaker="Ada Byrne"), "the mayor"),
        (claims("Rumours: 20 people died.", "20 people died", cue="Rumours"), "Rumours"),
        (claims('"20 people died."', "20 people died."), "unnamed"),
        (claims("There were reports of 20 people killed in the north."), "reports"),
        (claims("Claims that 20 people had died spread quickly."), "Claims"),
        (claims("It was reported that 20 people had died."), "reported"),
        (claims("The fire killed 20 people."), ""),
    ],
)
def test_only_what_the_outlet_says_itself_has_nobody_who_says_it(rows_of, case, claimed_by):
    text, quotes = case
    assert [r["claimed_by"] for r in rows_of(text, quotes)] == [claimed_by]


@pytest.mark.parametrize(
    ("text", "responsible"),
    [
        ("A court sentenced him for killing 20 people.", ""),
        ("A court sentenced the driver for killing 20 people.", "driver"),
        ("The bishop condemned the army for killing 20 people.", "army"),
        ("The driver was jailed for killing 20 people.", "driver"),
        ("The army began by killing 20 people.", "army"),
    ],
)
def test_who_is_blamed_for_a_killing_did_it_and_not_who_blames(rows_of, text, responsible):
    assert [r["responsible"] for r in rows_of(text)] == [responsible]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Ten people were killed, two of them women.", [("two", "women", "killed", "1")]),
        ("The blast killed 12 people, four of them soldiers.", [("four", "soldiers", "killed", "1")]),
        ("Twelve people died, four of whom were soldiers.", [("four", "soldiers", "killed", "1")]),
        ("The crash injured ten people, two of them badly.", [("two", "", "injured", "1")]),
        ("Ten people were killed, half of them children.", [("half", "children", "killed", "1")]),
    ],
)
def test_some_of_them_are_a_part(rows_of, text, parts):
    assert [(r["text"], r["people"], r["harm"], r["part_of"]) for r in rows_of(text)][1:] == parts


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("A bomb killed two policemen and wounded 10 others.", 2, 10),
        ("Five miners were killed and nine hurt.", 5, 9),
        ("Gunmen killed a teacher, two guards and a child.", 4, None),
        ("The attack killed at least 82 civilians, including 11 women and 13 children.", 82, None),
        ("Six people died in the fire. The six people were asleep when they died.", 6, None),
        ("Three soldiers were killed. Another two soldiers died in hospital.", 5, None),
        ("A farmer was shot and killed by rebels.", 1, None),
        ("A poet and translator was murdered on Friday.", 1, None),
        ("The bomb could have killed hundreds of people.", None, None),
        ("Nobody was killed in the blast. No one was injured.", 0, 0),
        ("There were no casualties in the collapse.", 0, 0),
        ("No deaths or injuries were reported.", 0, 0),
        ("Nobody was killed at first. Later two nurses died.", 2, None),
        ("No soldiers were killed. No one was seriously hurt. If no one is killed, the truce holds.", None, None),
        ("A total of 25 people were killed and 40 were hurt.", 25, 40),
        ("Ten people died on Monday. A total of 25 people died.", 25, None),
        ("Ten people died on Monday. The death toll later rose from 12 to 15 people.", 15, None),
        ("The number of dead stands at 31.", 31, None),
        ("Twenty people may be killed by the flood.", None, None),
        ("Up to 40 villagers might have died.", None, None),
        ("Officials fear that 20 people could have drowned. There is a risk of 30 deaths.", None, None),
        ("The captain risked killing 200 passengers.", None, None),
        ("Twelve sailors are feared dead.", 12, None),
        ("The raid killed and wounded 20 people.", None, None),
        ("The collapse left 20 workers dead or injured.", None, None),
        ("Ten climbers were injured and later died.", 10, None),
        ("More than 700 people have died in the conflict since 1998.", None, None),
        ("Students protested against the killing of three journalists.", None, None),
        ("Dozens of people were killed.", None, None),
    ],
)
def test_the_articles_own_total(best_of, text, killed, injured):
    best = best_of(text)
    assert (best["killed"], best["injured"]) == (killed, injured)


def test_a_toll_keeps_the_bounds_of_a_vague_number(article_of):
    rows = tolls.tolls(figures.mentions(article_of("Dozens of people were killed."), []))
    assert rows[0] == {"harm": "killed", "low": 24, "high": 99, "best": None, "convention": "samestory"}


def test_tolls_read_the_rows_of_the_figures_table_too(rows_of):
    rows = rows_of("The shelling killed 12 people and wounded 30.")
    assert [(r["harm"], r["best"]) for r in tolls.tolls(rows)] == [("killed", 12), ("injured", 30)]


def test_vague_numbers_of_different_people_are_not_the_same(rows_of):
    rows = [{"article_id": "a", **r} for r in rows_of("Thousands of refugees crossed the border.")]
    rows += [{"article_id": "b", **r} for r in rows_of("Thousands of fans filled the stadium.")]
    assert align.align(schema.frame("figures", rows))["same_as"].isna().all()


def test_align_takes_an_empty_table():
    assert list(align.align(schema.frame("figures", []))["same_as"]) == []


def test_without_a_model_rules_still_find_people():
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    text = "The shelling killed 12 young men. Nine convoys left."
    rows = figures.figures(parse.Article("x", text, nlp(text)), [])
    assert [(r["text"], r["people"], r["harm"]) for r in rows] == [("12", "young men", "killed")]


pieces = st.sampled_from(
    [
        *"killed wounded 82 at least people including of them two , . \" ' ( civilians were a policeman one hundreds 💥 ١٢ by".split(),
        "\n\n",
        "KILLED",
        "in",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(st.text(max_size=80), st.lists(pieces, max_size=25).map(" ".join)))
def test_any_text_gives_rows_that_hold(article_of, text):
    article = article_of(text)
    rows = figures.mentions(article, [])
    ids = {r["figure_id"] for r in rows if r["figure_id"]}
    for row in rows:
        assert text[row["start"] : row["end"]] == row["text"]
        assert not row["part_of"] or row["part_of"] in ids - {row["figure_id"]}
    assert [r["harm"] for r in tolls.tolls(rows)][:2] == ["killed", "injured"]
    frame = schema.frame("figures", [{"article_id": "x", **r} for r in rows if not r["implied"]])
    assert isinstance(align.align(frame), pd.DataFrame)


def test_a_share_is_no_toll_and_the_second_one_no_victim(rows_of, best_of):
    assert rows_of("One in five people died.") == []
    assert best_of("A third one killed two.")["killed"] == 2


def test_what_a_second_blast_does_is_no_part_of_the_first(rows_of, best_of):
    text = "The blast killed ten and a second blast killed five."
    assert [r["part_of"] for r in rows_of(text)] == ["", ""]
    assert best_of(text)["killed"] == 15


@pytest.mark.parametrize(
    ("text", "low", "high", "qualifier", "people"),
    [
        ("Ten people were killed, half of them children.", 5, 5, "about", "children"),
        ("At least 82 people died, a third of them women.", 27, None, "at_least", "women"),
        ("Twelve people were injured. More than half of the injured were women.", 6, None, "at_least", "women"),
        ("Ten miners died. A third of the dead were from one village.", 3, 4, "about", "dead"),
    ],
)
def test_a_share_of_a_stated_number_is_a_part_of_it_in_whole_people(rows_of, text, low, high, qualifier, people):
    part = rows_of(text)[1]
    assert (part["low"], part["high"], part["qualifier"], part["people"], part["part_of"]) == (low, high, qualifier, people, "1")


@pytest.mark.parametrize(
    "text", ["Dozens of people died, half of them children.", "Half of them were children.", "A third of the dead were women."]
)
def test_a_share_of_no_stated_number_is_left_out(rows_of, text):
    assert all(row["people"] not in {"children", "women"} for row in rows_of(text))


@pytest.mark.parametrize(
    ("text", "form", "responsible"),
    [
        ("The army killed 20 farmers.", "named", "army"),
        ("20 farmers were killed by rebels.", "named", "rebels"),
        ("20 farmers were killed on Monday.", "passive", ""),
        ("The road was lined with 20 people killed in the raid.", "passive", ""),
        ("20 farmers died on Monday.", "absent", ""),
        ("The blast killed 20 farmers.", "absent", ""),
        ("Famine killed 300 people. ", "absent", ""),
        ("Dynamite killed eight people in the plaza.", "absent", ""),
        ("Israel killed eight people in the plaza.", "named", "Israel"),
        ("World War II killed 60 million people.", "absent", ""),
        ("Rescuers took 12 people to hospital.", "absent", ""),
        ("20 farmers fled.", "absent", ""),
        ("20 farmers met on Monday.", "", ""),
    ],
)
def test_how_the_text_tells_who_did_it(rows_of, text, form, responsible):
    assert [(r["responsible_form"], r["responsible"]) for r in rows_of(text)] == [(form, responsible)]


@pytest.mark.parametrize(
    ("text", "window", "scope"),
    [
        ("Shelling killed 20 people in the last 48 hours.", "in the last 48 hours", "event"),
        ("Twelve miners died overnight.", "overnight", "event"),
        ("About 11,000 people have fled since Saturday.", "since Saturday", "event"),
        ("The war has killed 20,000 people since 2011.", "", "background"),
        ("Twelve miners died on Friday.", "", "event"),
    ],
)
def test_the_time_in_which_a_figure_came_about(rows_of, text, window, scope):
    assert [(r["window"], r["scope"]) for r in rows_of(text)] == [(window, scope)]


def test_attackers_and_the_armed_are_told_from_others(rows_of):
    rows = rows_of("Two gunmen killed 12 shoppers and three policemen.")
    assert [(r["people"], r["role"]) for r in rows] == [("gunmen", "attacker"), ("shoppers", ""), ("policemen", "armed")]


@pytest.mark.parametrize(
    ("text", "claimed_by"),
    [("Hospital officials put the death toll at 23.", "Hospital officials"), ("The Red Cross counted 300 dead.", "The Red Cross")],
)
def test_who_puts_a_toll_claims_it(rows_of, text, claimed_by):
    assert [r["claimed_by"] for r in rows_of(text)] == [claimed_by]
