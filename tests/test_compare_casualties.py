"""The outlet view of numbers of people: side by side, whose word, who did it, what moves, what conflicts, what must not be added."""

import dataclasses

import pandas as pd
import pytest

from samestory import schema, story
from samestory.analysis import Analysis
from samestory.compare import casualties, conflicts, grids, moves, standing, summary
from samestory.report import ranges

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def made(tmp_path):
    """A function from articles `(outlet, moment)` and figures `(article, words, harm, {field: value})` to an Analysis.

    The figures are given, not found, so that these tests are about the comparison alone. Of two numbers in `low`, `high` one is enough.
    """

    def make(articles, figures, *, moments=(), published=()):
        folder = tmp_path / "story"
        (folder / "codebook").mkdir(parents=True, exist_ok=True)
        dates = [*published, *[""] * len(articles)]
        index = [{"article_id": f"a{i}", "file": f"a{i}.txt", "outlet": o, "moment": m} for i, (o, m) in enumerate(articles)]
        for row, date in zip(index, dates, strict=False):
            (folder / row["file"]).write_text("A text that is long enough to be one. " * 9, encoding="utf-8")
            row["published"] = date
        pd.DataFrame(index).to_csv(folder / "articles.csv", index=False)
        if moments:
            pd.DataFrame(moments, columns=["moment", "name"]).to_csv(folder / "codebook" / "moments.csv", index=False)
        rows = []
        for n, (article, text, harm, more) in enumerate(figures):
            row = {"article_id": f"a{article}", "figure_id": str(n), "start": 10 * n, "end": 10 * n + 5, "text": text, "harm": harm}
            row |= {"qualifier": "exact", "scope": "event", "voice": "narrator", "hedged": False, "asserted": True} | more
            if row["qualifier"] == "exact":
                row["high"] = row.get("high", row.get("low"))
            rows.append(row)
        tables = {name: schema.frame(name, []) for name in schema.TABLES}
        tables["figures"] = schema.frame("figures", rows)
        told = story.read_story(folder)
        return Analysis(told, tables, pd.DataFrame(columns=["article", "stage", "reason"]), "none")

    return make


def texts(entries):
    return [entry.text for entry in entries]


AT_LEAST_82 = {"low": 82, "qualifier": "at_least", "people": "civilians"}


@pytest.fixture
def harbour(made):
    """Two outlets: one figure on different authority, a part of it in one of them, and a number that does not fit."""
    return made(
        [("Herald", ""), ("Gazette", "")],
        [
            (0, "at least 82", "killed", AT_LEAST_82 | {"responsible": "the guards"}),
            (0, "Eleven", "killed", {"low": 11, "people": "women", "part_of": "0"}),
            (1, "at least 82", "killed", AT_LEAST_82 | {"same_as": "a0:0", "claimed_by": "The port office", "hedged": True}),
            (1, "20", "killed", {"low": 20, "people": "civilians", "claimed_by": "the ministry", "voice": "quoted"}),
        ],
    )


def test_each_figure_is_a_row_and_each_outlet_a_column_with_wording_standing_and_place(harbour):
    table = standing.by_figure(harbour)
    assert table.columns.tolist() == ["figure", "what", "Herald", "Gazette"]
    assert table["figure"].tolist() == ["at least 82 civilians", "↳ of these, Eleven women", "20 civilians"]
    first = table.iloc[0]
    assert texts(first["Herald"]) == ["“at least 82”: asserted"]
    assert texts(first["Gazette"]) == ["“at least 82”: attributed to The port office, hedged"]
    assert [p.article_id for p in first["Gazette"][0].places] == ["a1"]
    assert table.iloc[1]["Gazette"] == []
    assert texts(table.iloc[2]["Gazette"]) == ["“20”: attributed to “the ministry”, in quotation marks"]


def test_the_same_figure_asserted_here_and_attributed_there_comes_first(harbour):
    table = standing.contrasts(harbour)
    assert len(table) == 1
    (row,) = table.to_dict("records")
    assert texts(row["asserted by"]) == ["Herald"]
    assert texts(row["attributed by"]) == ["Gazette: The port office"]
    assert row["standing"] == standing.DIFFER


def test_each_source_has_its_figures_outlet_by_outlet_and_those_without_come_last(harbour):
    table = standing.by_source(harbour)
    assert table["source"].tolist() == ["The port office", "the ministry", casualties.UNSOURCED]
    assert texts(table.iloc[0]["Gazette"]) == ["“at least 82” civilians, killed"] and table.iloc[0]["Herald"] == []
    assert texts(table.iloc[2]["Herald"]) == ["“at least 82” civilians, killed", "“Eleven” women, killed"]


def test_what_a_source_does_not_say_to_have_happened_is_marked_as_such(made):
    analysis = made([("Herald", "")], [(0, "20", "evacuated", {"low": 20, "claimed_by": "Monitors", "asserted": False})])
    assert texts(standing.by_source(analysis)["Herald"][0]) == ["“20” people, evacuated (not said to have happened)"]
    assert texts(standing.by_figure(analysis)["Herald"][0]) == ["“20”: attributed to Monitors, not said to have happened"]


def test_asserted_and_attributed_figures_are_counted_by_outlet(harbour):
    table = standing.by_outlet(harbour).set_index("outlet")
    assert table.loc["Herald", ["figures", "asserted", "attributed", "hedged"]].tolist() == [2, 2, 0, 0]
    assert table.loc["Gazette", ["figures", "asserted", "attributed", "hedged"]].tolist() == [2, 0, 2, 1]


def test_a_source_is_named_as_the_codebook_names_it_and_a_guessed_one_is_not(made):
    analysis = made(
        [("Herald", "")],
        [
            (0, "20", "killed", {"low": 20, "claimed_by": "the PO"}),
            (0, "30", "injured", {"low": 30, "claimed_by": "Ann Lee", "voice": "quoted"}),
        ],
    )
    book = dataclasses.replace(
        analysis.story.codebook,
        actors=pd.DataFrame([["port", "Port", "", ""]], columns=["actor", "name", "kind", "description"]),
        speakers=pd.DataFrame([["PO", "Port office", "port", ""]], columns=["alias", "speaker", "actor", "kind"]),
    )
    guessed = {"article_id": "a0", "start": 8, "end": 20, "speaker": "Ann Lee", "confidence": 0.3}
    tables = analysis.tables | {"quotes": schema.frame("quotes", [guessed])}
    analysis = dataclasses.replace(analysis, story=dataclasses.replace(analysis.story, codebook=book), tables=tables)
    assert casualties.sources(analysis)[["source", "side"]].fillna("").to_numpy().tolist() == [
        ["Port office", "port"],
        [casualties.GUESSED, ""],
    ]
    assert standing.by_source(analysis)["side"].fillna("").tolist() == ["Port", ""]


def test_who_did_it_is_named_passive_or_neither_where_the_table_says_so(harbour):
    figures = harbour.tables["figures"].assign(responsible_form=["named", "named", "passive", "absent"])
    table = standing.responsible(dataclasses.replace(harbour, tables=harbour.tables | {"figures": figures}))
    assert table.columns.tolist() == ["outlet", "named", "passive", "neither"]
    herald, gazette = table.to_dict("records")
    assert texts(herald["named"]) == ["“at least 82” civilians, killed by “the guards”: asserted"]
    assert herald["passive"] == herald["neither"] == []
    assert texts(gazette["passive"]) == ["“at least 82” civilians, killed: attributed to The port office, hedged"]
    assert len(gazette["neither"]) == 1


def test_without_the_form_only_named_and_not_named_are_told_apart(harbour):
    figures = harbour.tables["figures"].drop(columns="responsible_form", errors="ignore")
    table = standing.responsible(dataclasses.replace(harbour, tables=harbour.tables | {"figures": figures}))
    assert table.columns.tolist() == ["outlet", "named", "not named"]
    assert [len(cell) for cell in table["not named"]] == [0, 2]


def test_figures_that_do_not_fit_are_paired_with_both_sources_and_places(harbour):
    (pair,) = casualties.conflicts(harbour).to_dict("records")
    assert (pair["figure"], pair["other figure"], pair["who"], pair["rests on"]) == ("at least 82", "20", "civilians", "two numbers")
    assert pair["source"] == ["Herald, without a source", "The port office in Gazette"]
    assert pair["other source"] == ["the ministry in Gazette"]
    assert {p.article_id for p in pair["places"]} == {"a0", "a1"}


HERE, THERE = (0, "20", "killed", {"low": 20, "people": "workers"}), {"low": 30, "people": "workers"}


@pytest.mark.parametrize(
    ("other", "moment"),
    [
        ((1, "30", "killed", {"low": 30, "people": "women"}), ""),  # another group
        ((1, "30", "injured", THERE), ""),  # another harm
        ((1, "30", "killed", THERE | {"scope": "background"}), ""),  # a longer time
        ((1, "30", "killed", THERE | {"asserted": False}), ""),  # not said to have happened
        ((1, "at least ten", "killed", {"low": 10, "qualifier": "at_least", "people": "workers"}), ""),  # fits
        ((1, "dozens", "killed", {"low": 11, "high": 99, "qualifier": "vague", "people": "workers"}), ""),  # holds the number
        ((0, "30", "killed", THERE), ""),  # one article on one word: two incidents or an update
        ((1, "30", "killed", THERE), "later"),  # another moment
    ],
)
def test_what_only_looks_like_a_conflict_is_not_paired(made, other, moment):
    analysis = made([("Herald", "first"), ("Gazette", moment or "first")], [HERE, other])
    assert casualties.conflicts(analysis).empty
    told = made([("Herald", "first"), ("Gazette", "first")], [HERE, (1, "30", "killed", THERE)])
    assert len(casualties.conflicts(told)) == 1


def test_two_claims_in_one_article_are_a_conflict_but_a_part_and_its_total_are_not(made):
    claims = [(0, "20", "killed", {"low": 20, "claimed_by": "police"}), (0, "30", "killed", {"low": 30, "claimed_by": "doctors"})]
    assert len(casualties.conflicts(made([("Herald", "")], claims))) == 1
    parts = [
        (0, "20", "killed", {"low": 20, "people": "workers", "claimed_by": "police"}),
        (0, "five", "killed", {"low": 5, "people": "workers", "part_of": "0"}),
        (1, "nine", "killed", {"low": 9, "people": "people", "part_of": "0"}),
    ]
    assert casualties.conflicts(made([("Herald", ""), ("Gazette", "")], parts)).empty


def test_a_pair_that_rests_on_a_vague_word_says_so_and_comes_last(made):
    figures = [
        (0, "hundreds", "injured", {"low": 200, "high": 999, "qualifier": "vague"}),
        (1, "50", "injured", {"low": 50}),
        (2, "60", "injured", {"low": 60}),
    ]
    table = casualties.conflicts(made([("Herald", ""), ("Gazette", ""), ("Post", "")], figures))
    assert table["rests on"].tolist() == ["two numbers", "a number and a vague word", "a number and a vague word"]


@pytest.mark.parametrize(
    ("low", "high", "qualifier", "reach"),
    [
        (50, 50, "about", (45, 55)),
        (52, 52, "about", (51.5, 52.5)),
        (3000, 3000, "about", (2500, 3500)),
        (20, 30, "about", (20, 30)),
        (82, None, "at_least", (82, float("inf"))),
        (None, 9000, "at_most", (0, 9000)),
        (82, 82, "exact", (82, 82)),
    ],
)
def test_how_far_a_figure_reaches(low, high, qualifier, reach):
    assert conflicts.reach(low, high, qualifier) == reach


TWO_DAYS = [
    (0, "at least 12", "killed", {"low": 12, "qualifier": "at_least", "people": "workers"}),
    (0, "50", "displaced", {"low": 50, "people": "residents"}),
    (1, "nine", "killed", {"low": 9, "people": "workers"}),
    (2, "21", "killed", {"low": 21, "people": "workers"}),
    (2, "14", "detained", {"low": 14}),
]
BOTH_DAYS = [("Herald", "first"), ("Gazette", "first"), ("Herald", "second")]
NAMES = [("first", "The fire"), ("second", "The day after")]


def test_figures_move_from_moment_to_moment(made):
    table = moves.moves(made(BOTH_DAYS, TWO_DAYS, moments=NAMES)).set_index("what")
    killed = table.loc["killed"]
    assert texts(killed["by moment"]) == [
        f"The fire: “at least 12” (Herald), “nine” (Gazette), {moves.FIRST}",
        f"The day after: “21” (Herald), {moves.FITS}",
    ]
    assert texts(killed["same outlet"]) == ["Herald: “at least 12”, then “21”"]
    assert texts(table.loc["displaced", "by moment"])[1] == "The day after: not given"
    assert texts(table.loc["detained", "by moment"]) == [f"The day after: “14” (Herald), {moves.FIRST}"]


def test_a_figure_that_fits_none_before_and_one_that_stays_are_told_apart(made):
    other = [TWO_DAYS[2], (2, "21", "killed", {"low": 21, "people": "workers"})]
    assert texts(moves.moves(made(BOTH_DAYS, other, moments=NAMES))["by moment"][0])[1].endswith(moves.OTHER)
    same = [TWO_DAYS[2], (2, "nine", "killed", {"low": 9, "people": "workers", "same_as": "a1:0"})]
    assert texts(moves.moves(made(BOTH_DAYS, same, moments=NAMES))["by moment"][0])[1].endswith(moves.SAME)


def test_what_moments_can_say_is_said_plainly(made):
    assert "No moment is named" in moves.comparability(made([("Herald", ""), ("Gazette", "")], []))
    assert "nothing can have moved" in moves.comparability(made([("Herald", "day"), ("Gazette", "day")], []))
    assert "No outlet has an article of two of them" in moves.comparability(made([("Herald", "first"), ("Gazette", "second")], []))
    assert "Only Herald can be followed" in moves.comparability(made(BOTH_DAYS, [], moments=NAMES))
    assert "Left out: 1" in moves.comparability(made([("Herald", "first"), ("Gazette", "second"), ("Post", "")], []))


def test_without_two_moments_there_is_a_remark_and_no_table(made):
    shown = moves.in_order(made([("Herald", "day"), ("Gazette", "day")], TWO_DAYS[:3]))
    assert "nothing can have moved" in shown and "<table" not in shown


def test_moments_stand_in_the_codebooks_order_or_by_date(made):
    articles = [("Herald", "late"), ("Gazette", "early")]
    assert moves.moments(made(articles, [], moments=[("early", "Early"), ("late", "Late")])) == ["early", "late"]


def test_moments_without_a_codebook_stand_by_date(made):
    assert moves.moments(made([("Herald", "late"), ("Gazette", "early")], [], published=["2021-03-02", "2021-03-01"])) == ["early", "late"]


def test_overlaps_are_said_in_plain_words_and_lead_to_their_places(harbour):
    said = dict(casualties.overlaps(harbour).to_numpy().tolist())
    assert len(said["“at least 82” civilians (killed) stands twice: it is one figure, not 2."]) == 2
    assert any(text.startswith("“Eleven” women: part of “at least 82” civilians") for text in said)
    assert any("“at least 82” civilians, “20” civilians (killed) are different figures" in text for text in said)
    assert sum("do not fit one another" in text for text in said) == 1
    assert all(said.values())


def test_the_index_tells_of_figures_that_do_not_fit(harbour):
    assert any("do not fit one another" in row["text"] for row in summary.findings(harbour))


def test_a_part_of_a_part_stands_below_both(made):
    figures = [
        (0, "40", "killed", {"low": 40}),
        (0, "nine", "injured", {"low": 9}),
        (0, "20", "killed", {"low": 20, "people": "women", "part_of": "0"}),
        (0, "five", "killed", {"low": 5, "people": "nurses", "part_of": "2"}),
    ]
    assert casualties.side_by_side(made([("Herald", "")], figures))["figure"].tolist() == ["40", "20", "five", "nine"]


def test_many_outlets_get_a_list_instead_of_columns(made):
    outlets = [(f"Outlet {i}", "") for i in range(grids.MOST_COLUMNS + 1)]
    analysis = made(outlets, [(i, "20", "killed", {"low": 20, "same_as": "a0:0" if i else ""}) for i in range(len(outlets))])
    assert "too many for a column each" in standing.side_by_side(analysis, colour={})
    assert standing.by_source(analysis).columns.tolist() == ["source", "figures"]
    (row,) = standing.by_source(analysis)["figures"]
    assert len(row) == 1 and "Outlet 8" in row[0].text and len(row[0].places) == len(outlets)


def test_hostile_words_and_outlets_are_shown_as_text(made):
    figure = (0, f"12 {HOSTILE}", "killed", {"low": 12, "people": HOSTILE, "claimed_by": HOSTILE, "responsible": HOSTILE})
    analysis = made([(HOSTILE, "one"), ("figure", "two"), ("places", "two")], [figure, (1, "20", "killed", {"low": 20})])
    colour = dict.fromkeys(analysis.story.outlets, "#000000")
    rows = casualties.side_by_side(analysis)
    shown = [
        standing.side_by_side(analysis, colour=colour),
        moves.in_order(analysis),
        *(grids.table(t, caption=HOSTILE, hint=HOSTILE) for t in (standing.by_source(analysis), standing.contrasts(analysis))),
        grids.table(standing.responsible(analysis), caption="Doers", colour=colour),
        ranges.figures(rows, colours=colour, caption=HOSTILE),
    ]
    assert all("<script" not in piece for piece in shown)
    assert "&lt;script&gt;" in shown[0] and shown[0].count('scope="col">') >= 5


def test_every_entry_of_a_grid_links_to_its_sentence(harbour, monkeypatch):
    monkeypatch.setenv("SAMESTORY_LINKS", "")
    shown = standing.side_by_side(harbour, colour={})
    for row in harbour.tables["figures"].itertuples():
        assert f'href="article-{row.article_id}.html#figures-{row.start}-{row.end}"' in shown


def test_a_story_without_figures_says_so(made):
    analysis = made([("Herald", ""), ("Gazette", "")], [])
    for table in (standing.contrasts, standing.by_source, standing.responsible, casualties.conflicts, casualties.overlaps, moves.moves):
        assert table(analysis).empty
    assert "Nothing of this kind" in standing.side_by_side(analysis, colour={})
    assert "nothing to draw" in ranges.figures(casualties.side_by_side(analysis), colours={}, caption="Figures")


def test_the_picture_says_in_words_what_it_shows(made):
    figures = [
        (0, "at least 82", "killed", {"low": 82, "qualifier": "at_least"}),
        (0, "five", "killed", {"low": 5, "people": "nurses", "part_of": "0"}),
        (0, "as many as 90", "injured", {"high": 90, "qualifier": "at_most"}),
        (0, "about 50", "missing", {"low": 50, "high": 50, "qualifier": "about"}),
        (0, "thousands", "displaced", {"low": 2000, "high": 9999, "qualifier": "vague"}),
    ]
    analysis = made([("Herald", "")], figures)
    shown = ranges.figures(casualties.side_by_side(analysis), colours={"Herald": "#000000"}, caption="Figures", most=5)
    for words in (
        "at least 82 people, killed: at least 82, open above, in Herald",
        "of these, five nurses, killed: 5, in Herald",
        "as many as 90 people, injured: up to 90, open below",
        "about 50 people, missing: about, 50",
        "thousands of people, displaced: vague, 2,000 to 9,999",
    ):
        assert words in shown
    assert "The first 3 of 5 figures" in ranges.figures(
        casualties.side_by_side(analysis), colours={"Herald": "#000000"}, caption="Figures", most=3
    )


def test_the_picture_takes_any_number_of_outlets(made):
    outlets = [(f"Outlet {i}", "") for i in range(ranges.MOST_OUTLETS + 3)]
    analysis = made(outlets, [(i, "20", "killed", {"low": 20, "same_as": "a0:0" if i else ""}) for i in range(len(outlets))])
    colours = {name: "#000000" for name, _ in outlets}
    assert "Outlet 14" in ranges.figures(casualties.side_by_side(analysis), colours=colours, caption="Figures")


def test_axis_labels_are_short():
    assert [ranges.power(n) for n in (1, 100, 1_000, 100_000, 1e6)] == ["1", "100", "1k", "100k", "1M"]
