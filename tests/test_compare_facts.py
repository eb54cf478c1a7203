"""What may be compared with what, when facts became known, shared copy, facts by outlet, candidates, headlines and paratext."""

import csv
import dataclasses
import datetime

import pandas as pd
import pytest

from samestory import evidence
from samestory.analysis import analyse
from samestory.compare import candidates, comparable, facts, grids, headlines, known, shared_copy
from samestory.framing import facts as framing_facts
from samestory.report import timeline
from samestory.story import read_story

TEXTS = {
    "h": """Dam bursts above Karsk

Flood warning for the valley

Dam bursts above Karsk

The dam above Karsk burst shortly before dawn on Sunday, the regional office said. At least 14 people were taken to hospital.

Blame game begins

The minister, Ida Brandt, called the repairs a disgrace. Engineers had warned of cracks in the east wall two years ago.""",
    "c": """The dam above Karsk burst shortly before dawn on Sunday, the regional office said.

03:10 - Source: Valley TV
Horror night for the villagers

Volunteers from Odva handed out 300 blankets in the sports hall.""",
    "g": """Story highlights

Minister under fire over cracked wall

Brandt has resigned over the flood, the government said on Friday. She had ignored a report on cracks in the wall.""",
    "u": """Nobody was hurt when the wall gave way, residents said. The water rose within minutes.""",
}
ARTICLES = [
    ("h", "Herald", "Dam bursts above Karsk", "2021-03-14", "flood", "Valley Press"),
    ("c", "Chronicle", "Karsk under water after mayhem", "2021-03-15T09:00", "flood", ""),
    ("g", "Gazette", "", "2021-03-19", "fall", ""),
    ("u", "Unity", "", "", "flood", ""),
]
FACTS = [
    ("burst", "The dam above Karsk bursts", "flood", "2021-03-14", "", ""),
    ("hurt", "At least 14 people are taken to hospital", "flood", "2021-03-14", "2021-03-16", "hospital"),
    ("cracks", "Engineers had warned of cracks in the wall", "flood", "2021-03", "", ""),
    ("resigns", "The minister resigns", "fall", "2021-03-19", "", ""),
    ("undated", "The owner is unknown", "", "", "", ""),
]
STATES = [
    ("burst", "h", "told", "The dam above Karsk burst", "of two sources"),
    ("burst", "c", "told", "The dam above Karsk burst", ""),
    ("hurt", "h", "told", "At least 14 people were taken to hospital", ""),
    ("cracks", "c", "not_yet", "", "the report came out at noon"),
    ("resigns", "g", "told", "Brandt has resigned", ""),
]


def write(file, head, rows):
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([head.split(), *rows])


@pytest.fixture(scope="module")
def flood(tmp_path_factory):
    """A story of two moments; three articles report the first, and one of these has neither a date nor any coding."""
    folder = tmp_path_factory.mktemp("flood")
    (folder / "codebook").mkdir()
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    rows = [(a, f"{a}.txt", *rest) for a, *rest in ARTICLES]
    write(folder / "articles.csv", "article_id file outlet title published moment wire", rows)
    write(folder / "codebook/facts.csv", "fact_id fact moment known_from known_until look_for", FACTS)
    write(folder / "codebook/fact_states.csv", "fact_id article_id state evidence note", STATES)
    write(folder / "codebook/moments.csv", "moment name begins", [("flood", "The flood", "2021-03-14"), ("fall", "The fall", "2021-03-19")])
    write(folder / "codebook/actors.csv", "actor name kind", [("minister", "The minister", "party"), ("people", "Villagers", "people")])
    write(folder / "codebook/labels.csv", "label actor valence", [("minister", "minister", ""), ("villagers", "people", "")])
    return analyse(read_story(folder), cache=tmp_path_factory.mktemp("cache"))


def cell(table, row, column):
    """The words of a cell of a grid, and how many places they have."""
    return [(said.text, len(said.places)) for said in table.set_index("fact").loc[row, column]]


def test_comparisons_across_moments_are_refused_with_the_reason(flood):
    rows = comparable.limits(flood).set_index("what")
    assert rows.loc["within “The flood”", "compared"] and not rows.loc["within “The fall”", "compared"]
    between = rows.loc["between “The flood”, “The fall”"]
    assert not between["compared"] and "not have happened yet" in between["why"]
    allowed = comparable.limits(flood, across_moments=True).set_index("what").loc[between.name]
    assert allowed["compared"] and "never untold" in allowed["why"]


def test_articles_without_a_moment_are_compared_with_none(flood):
    changed = flood.story.articles.assign(moment="")
    nameless = dataclasses.replace(flood, story=dataclasses.replace(flood.story, articles=changed))
    rows = comparable.limits(nameless)
    assert rows["what"].tolist() == ["articles without a moment"] and not rows["compared"].any()
    assert "box empty" in facts.told_by_moment(nameless)
    assert "Across moments" in facts.told_by_moment(nameless, across_moments=True)


def test_a_table_over_several_moments_says_that_it_mixes_them(flood):
    assert "“The flood” (Herald, Chronicle, Unity); “The fall” (Gazette)" in comparable.mixed(flood, what="Labels")
    assert comparable.mixed(flood.choose(moment="flood"), what="Labels") == ""


def test_the_articles_are_told_apart_by_what_matters_for_comparing(flood):
    rows = comparable.articles(flood).set_index("outlet")
    assert list(rows.columns) == ["published", "moment", "words", "also in another text here", "shared with", "agency", "left out"]
    assert rows.loc["Herald", "also in another text here"].endswith("(14 of 50 words)")
    [partner] = rows.loc["Herald", "shared with"]
    assert partner.text == "Chronicle: 1 sentence" and [p.article_id for p in partner.places] == ["h", "c"]
    assert [said.text for said in rows.loc["Chronicle", "left out"]] == ["2 × video promo"]
    assert rows.loc["Unity", "shared with"] == [] and rows.loc["Herald", "agency"] == "Valley Press"


def test_a_genre_is_shown_only_where_a_person_gave_it(flood):
    given = flood.story.articles.assign(genre=["report", "", "", ""])
    known_ = dataclasses.replace(flood, story=dataclasses.replace(flood.story, articles=given))
    assert comparable.articles(known_).set_index("outlet")["genre"].fillna("").tolist() == ["report", "", "", ""]


def test_shared_sentences_are_one_row_however_many_print_them(flood):
    rows = shared_copy.groups(flood)
    assert len(rows) == 1
    assert [(s.text, [p.article_id for p in s.places], s.note) for s in rows.loc[0, "printed by"]] == [
        ("Herald", ["h"], ""),
        ("Chronicle", ["c"], ""),
    ]


def test_what_one_outlet_repeats_is_no_shared_copy(flood):
    same = flood.story.articles.assign(outlet="Herald")
    alone = dataclasses.replace(flood, story=dataclasses.replace(flood.story, articles=same, all_outlets=("Herald",)))
    assert shared_copy.pairs(alone).empty and shared_copy.groups(alone).empty


@pytest.mark.parametrize(
    ("date", "days"),
    [
        ("2021-03-14", ("2021-03-14", "2021-03-14")),
        ("2021-03-14T23:30+02:00", ("2021-03-14", "2021-03-14")),
        ("2020-02", ("2020-02-01", "2020-02-29")),
        ("2021", ("2021-01-01", "2021-12-31")),
    ],
)
def test_a_date_may_mean_all_days_of_its_month_or_year(date, days):
    assert known.span(date) == tuple(datetime.date.fromisoformat(day) for day in days)


@pytest.mark.parametrize("date", ["", "soon", "2021-02-31", "2021-13"])
def test_no_date_is_no_days(date):
    assert known.span(date) is None


def test_who_could_know_a_fact_is_said_by_date_and_by_the_coder(flood):
    rows = known.facts(flood).set_index("fact")
    hurt = rows.loc["At least 14 people are taken to hospital"]
    assert (hurt["could know it"], hurt["no longer"], hurt["date unknown"]) == ("Herald, Chronicle", "Gazette", "Unity")
    assert rows.loc["The minister resigns", "not yet"] == "Herald, Chronicle"
    cracks = rows.loc["Engineers had warned of cracks in the wall"]
    assert cracks["not yet"] == "Chronicle"  # its date allows it; the coder knows better
    assert rows.index[-1] == "The owner is unknown"  # facts of no moment stand last


def test_the_picture_says_in_words_what_it_shows_and_what_it_lacks(flood):
    html = timeline.facts(flood, caption="Facts by date.")
    assert "Herald (2021-03-14) could know 4 of 5 facts; 1 were not yet known" in html
    assert "Not drawn, for want of a date: The owner is unknown." in html and "Articles without a date: Unity." in html


def test_without_dates_nothing_is_drawn(flood):
    undated = flood.story.codebook.facts.assign(known_from="", known_until="")
    book = dataclasses.replace(flood.story.codebook, facts=undated)
    bare = dataclasses.replace(flood, story=dataclasses.replace(flood.story, codebook=book))
    assert "no fact in the codebook has a date" in timeline.facts(bare, caption="Facts by date.")


def test_a_story_of_many_articles_is_drawn_by_the_day(flood):
    many = pd.concat([flood.story.articles.assign(article_id=lambda t, i=i: t["article_id"] + str(i)) for i in range(5)], ignore_index=True)
    story = dataclasses.replace(flood.story, articles=many)
    large = dataclasses.replace(flood, story=story, tables=flood.tables | {"facts": framing_facts.states(story)[0]})
    assert "and 3 further articles" in timeline.facts(large, caption="Facts by date.")


def test_the_grid_holds_the_moment_s_outlets_and_links_every_telling(flood):
    table = facts.grid(flood, moment="flood")
    assert list(table.columns) == ["fact", "known", "Herald", "Chronicle", "Unity"]
    assert "The minister resigns" not in set(table["fact"])
    assert cell(table, "The dam above Karsk bursts", "Herald") == [("told: “The dam above Karsk burst”", 1)]
    assert table.set_index("fact").loc["The dam above Karsk bursts", "Herald"][0].note == "of two sources"
    assert cell(table, "At least 14 people are taken to hospital", "Chronicle") == [("untold", 0)]
    assert cell(table, "Engineers had warned of cracks in the wall", "Chronicle") == [("not yet known", 0)]
    assert cell(table, "The dam above Karsk bursts", "Unity") == [("not coded", 0)]


def test_across_moments_no_cell_calls_untold_what_its_date_rules_out(flood):
    table = facts.grid(flood, across_moments=True)
    assert cell(table, "The minister resigns", "Herald") == [("not yet known", 0)]
    assert cell(table, "At least 14 people are taken to hospital", "Gazette") == [("no longer news", 0)]
    assert cell(table, "The dam above Karsk bursts", "Gazette") == [("not coded", 0)]  # nobody looked for it there
    html = facts.told_by_moment(flood, across_moments=True)
    assert html.index("Across moments.") < html.index("Facts of all moments")


def test_of_several_articles_of_an_outlet_one_telling_is_enough_and_one_unknown_leaves_it_open(flood):
    joined = flood.story.articles.assign(outlet=["Herald", "Herald", "Gazette", "Herald"])
    story = dataclasses.replace(flood.story, articles=joined, all_outlets=("Herald", "Gazette"))
    table = facts.told(dataclasses.replace(flood, story=story), moment="flood").set_index("fact")["Herald"]
    assert table["At least 14 people are taken to hospital"] == "told"
    assert pd.isna(table["Engineers had warned of cracks in the wall"])  # untold in h, not yet known in c, not coded in u


def test_many_outlets_make_a_column_of_each_state(flood):
    tables, about = [], []
    for i in range(grids.MOST_COLUMNS):
        about.append(
            flood.story.articles.assign(outlet=lambda t, i=i: t["outlet"] + str(i), article_id=lambda t, i=i: t["article_id"] + str(i))
        )
        tables.append(flood.tables["facts"].assign(article_id=lambda t, i=i: t["article_id"] + str(i)))
    story = dataclasses.replace(flood.story, articles=pd.concat(about, ignore_index=True))
    large = dataclasses.replace(flood, story=story, tables=flood.tables | {"facts": pd.concat(tables, ignore_index=True)})
    table = facts.grid(large, moment="flood")
    assert list(table.columns) == ["fact", "known", "told", "untold", "not coded", "not yet known"]
    assert cell(table, "The dam above Karsk bursts", "told")[0] == ("Herald0", 1)
    assert cell(table, "The dam above Karsk bursts", "not coded") == [(", ".join(f"Unity{i}" for i in range(grids.MOST_COLUMNS)), 0)]


def test_candidates_are_for_what_nobody_coded_and_a_second_look_for_what_is_untold(flood):
    rows = candidates.candidates(flood)
    assert set(rows["article_id"]) == {"u"}
    second = candidates.candidates(flood, state="untold", most=1)
    cracks = second[(second["fact_id"] == "cracks") & (second["article_id"] == "h")].iloc[0]
    assert cracks["sentence"].startswith("Engineers had warned") and "cracks" in cracks["why"]
    assert "Untold?" in candidates.second_look(flood)


def test_rows_to_paste_are_refused_until_a_person_decides_and_then_found(flood):
    formula = "=Sum\nThe wall gave way. The wall gave way."
    articles = flood.story.articles.copy()
    articles.loc[3, "text"] = formula
    story = dataclasses.replace(flood.story, articles=articles)
    odd = dataclasses.replace(flood, story=story)
    found = pd.DataFrame({"fact_id": ["cracks"] * 2, "article_id": ["u"] * 2, "start": [0, 24], "end": [23, len(formula)]})
    rows = candidates.to_paste(odd, found)
    assert rows["evidence"].tolist() == ["The wall gave way."] * 2 and rows["nth"].tolist() == ["1", "2"]
    assert set(rows["state"]) == {"?"}
    book = dataclasses.replace(story.codebook, fact_states=rows.assign(state="told").tail(1))
    states, lost = framing_facts.states(dataclasses.replace(story, codebook=book))
    assert lost.empty and states.dropna(subset=["start"])[["start", "end"]].to_numpy().tolist() == [[24, 42]]


def test_sentences_alone_link_the_nearest_and_leave_out_what_both_are_coded_to_tell(flood):
    rows = facts.alone(flood).set_index("outlet")
    assert rows.loc["Chronicle", "only here"] == ["Odva", "300"]
    assert "The dam above Karsk burst" not in " ".join(rows["sentence"])
    for places in rows["nearest"]:
        assert all(isinstance(place, evidence.Place) for place in places)


def test_lines_around_the_text_by_kind(flood):
    rows = headlines.lines(flood)
    assert rows[["outlet", "kind", "words"]].to_numpy().tolist() == [
        ["Herald", "headline", "Dam bursts above Karsk"],
        ["Herald", "sub-head", "Blame game begins"],
        ["Herald", "standfirst", "Flood warning for the valley"],
        ["Chronicle", "video promo", "Horror night for the villagers"],
        ["Chronicle", "headline", "Karsk under water after mayhem"],
        ["Gazette", "editor's summary", "Minister under fire over cracked wall"],
    ]
    texts = dict(zip(flood.story.articles["article_id"], flood.story.articles["text"], strict=True))
    there = rows.dropna(subset=["start"])
    assert len(there) == 5 and all(texts[r.article_id][r.start : r.end] == r.words for r in there.itertuples())


def test_a_title_that_is_not_in_the_text_is_shown_without_a_link_and_said_so(flood):
    [_, title] = headlines.around(flood).set_index("outlet").loc["Chronicle", ["video promo", "headline"]]
    assert title[0].text == "“Karsk under water after mayhem”" and title[0].places == [] and "not in the text" in title[0].note


def test_words_that_only_the_lines_around_the_text_have(flood):
    rows = headlines.only_there(flood)
    found = set(zip(rows["outlet"], rows["in"], rows["word"].str.lower(), strict=True))
    assert ("Gazette", "editor's summary", "minister") in found
    assert ("Chronicle", "video promo", "villagers") in found
    assert not any(outlet == "Herald" and word == "minister" for outlet, _, word in found)
    assert rows.loc[rows["in"] == "video promo", "places"].iloc[0][0].table == "furniture"


def test_a_story_without_a_codebook_says_what_is_lacking(tmp_path):
    for name, text in (("one", "The dam burst on Sunday."), ("two", "The valley was under water on Monday, residents said.")):
        (tmp_path / f"{name}.txt").write_text(text)
    bare = analyse(read_story(tmp_path), cache=tmp_path / "cache")
    assert "lists no facts" in candidates.to_confirm(bare)
    assert headlines.around(bare).empty and headlines.only_there(bare).empty and known.facts(bare).empty
    assert "box empty" in timeline.facts(bare, caption="x") and "box empty" in facts.told_by_moment(bare)
    assert facts.alone(bare).empty and candidates.candidates(bare, state="untold").empty


def test_hostile_names_and_titles_come_out_escaped(flood):
    bad = "<script>alert(1)</script>"
    articles = flood.story.articles.assign(outlet=[bad, "B", "C", "D"], title=bad)
    hostile = dataclasses.replace(flood, story=dataclasses.replace(flood.story, articles=articles, all_outlets=(bad, "B", "C", "D")))
    html = evidence.together(
        grids.table(headlines.around(hostile), caption="x"),
        grids.table(comparable.articles(hostile), caption="x"),
        facts.told_by_moment(hostile),
        timeline.facts(hostile, caption="x"),
        evidence.table(known.facts(hostile), caption="x"),
    )
    assert "<script" not in html and "&lt;script&gt;" in html
