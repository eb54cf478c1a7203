"""The outlet view of labels and deeds: who says which word in whose voice, and the same deed clause beside clause."""

import re

import pandas as pd
import pytest

from samestory import evidence, schema, story
from samestory.analysis import Analysis
from samestory.compare import agency, called, clauses, contrasts, grids, labels, passages
from samestory.report import plots

HOSTILE = "<script>alert(1)</script>"
ACTORS = [
    ("guards", "The guards", "party"),
    ("strikers", "The strikers", "party"),
    ("crowd", "Townspeople", "people"),
    ("event", "What happened", "event"),
]
LABELS = [
    ("guard", "guards", "neutral"),
    ("henchman", "guards", "delegitimising"),
    ("strike committee", "strikers", "legitimising"),
    ("striker", "strikers", "neutral"),
    ("rioter", "strikers", "delegitimising"),
    ("resident", "crowd", "neutral"),
    ("bloodbath", "event", "loaded"),
]


@pytest.fixture
def made(tmp_path):
    """A function from articles `(outlet, moment, text)` to an Analysis whose tables are given by the words they stand on.

    labels: (article, words, actor, label, valence, voice). actions: (article, verb, form, agent, patient, deed, {field: value}).
    quotes: (article, words, speaker, actor). figures: (article, words, harm, {field: value}). Words stand in the text once.
    """

    def make(articles, *, labels=(), actions=(), quotes=(), figures=(), book=True, moments=(), speakers=()):
        folder = tmp_path / "story"
        (folder / "codebook").mkdir(parents=True, exist_ok=True)
        index = [{"article_id": f"a{i}", "file": f"a{i}.txt", "outlet": o, "moment": m} for i, (o, m, _) in enumerate(articles)]
        texts = [text for _, _, text in articles]
        for row, text in zip(index, texts, strict=True):
            (folder / row["file"]).write_text(
                text + "\n" + "Nothing else was to be learned on that day in the town. " * 6, encoding="utf-8"
            )
        pd.DataFrame(index).to_csv(folder / "articles.csv", index=False)
        if book:
            pd.DataFrame(ACTORS, columns=["actor", "name", "kind"]).to_csv(folder / "codebook" / "actors.csv", index=False)
            pd.DataFrame(LABELS, columns=["label", "actor", "valence"]).to_csv(folder / "codebook" / "labels.csv", index=False)
        pd.DataFrame(moments, columns=["moment", "name"]).to_csv(folder / "codebook" / "moments.csv", index=False)
        pd.DataFrame(speakers, columns=["alias", "speaker", "actor", "kind"]).to_csv(folder / "codebook" / "speakers.csv", index=False)

        def at(article, words, name=""):
            start = texts[article].index(words)
            place = {f"{name}start": start, f"{name}end": start + len(words)}
            return place | {"article_id": f"a{article}"} if not name else place

        rows = {"labels": [], "actions": [], "quotes": [], "figures": [], "sentences": []}
        for i, text in enumerate(texts):
            for n, sentence in enumerate(re.finditer(r"\S[^.]*\.”?", text)):
                rows["sentences"].append({"article_id": f"a{i}", "sentence": n, "start": sentence.start(), "end": sentence.end()})
        for article, words, actor, label, valence, voice in labels:
            row = {"text": words, "actor": actor, "label": label, "valence": valence, "voice": voice, "head": label}
            rows["labels"].append(at(article, words) | row)
        for article, verb, form, agent, patient, deed, more in actions:
            row = at(article, verb) | {"verb": verb, "form": form, "deed": deed, "voice": "narrator", "hedged": False}
            for role, words in (("agent", agent), ("patient", patient)):
                row |= {role: words} | (at(article, words, f"{role}_") if words else {})
            rows["actions"].append(row | more)
        for n, (article, words, speaker, actor) in enumerate(quotes):
            row = {"quote_id": str(n), "part": 1, "kind": "indirect", "text": words, "speaker_text": speaker, "speaker": speaker}
            rows["quotes"].append(at(article, words) | row | {"actor": actor, "confidence": 0.8})
        for n, (article, words, harm, more) in enumerate(figures):
            row = {"figure_id": str(n), "text": words, "harm": harm, "qualifier": "exact", "scope": "event", "voice": "narrator"}
            rows["figures"].append(at(article, words) | row | {"asserted": True, "hedged": False} | more)
        tables = {name: schema.frame(name, rows.get(name, [])) for name in schema.TABLES}
        told = story.read_story(folder)
        return Analysis(told, tables, pd.DataFrame(columns=["article", "stage", "reason"]), "none")

    return make


TIDE = "Rioters set fire to the customs house. The rioters then left for the quay. A guard was hurt."
HARBOUR = (
    "The strike committee said that rioters from elsewhere had come. Strikers held it. Other strikers and those strikers in black sang."
)
LANTERN = "“The rioters will be tried,” Captain Moll said. Guards watched the gate."


@pytest.fixture
def named(made):
    """Three outlets: one says “rioters” itself, one has the strikers say it of strikers, one only quotes a captain."""
    return made(
        [("Tide", "", TIDE), ("Harbour", "", HARBOUR), ("Lantern", "", LANTERN)],
        labels=[
            (0, "Rioters", "strikers", "rioters", "delegitimising", "narrator"),
            (0, "rioters", "strikers", "rioters", "delegitimising", "narrator"),
            (0, "guard", "guards", "guard", "neutral", "narrator"),
            (1, "strike committee", "strikers", "committee", "legitimising", "narrator"),
            (1, "rioters", "strikers", "rioters", "delegitimising", "attributed"),
            (1, "Strikers", "strikers", "strikers", "neutral", "narrator"),
            (1, "Other strikers", "strikers", "strikers", "neutral", "narrator"),
            (1, "those strikers", "strikers", "strikers", "neutral", "narrator"),
            (2, "rioters", "strikers", "rioters", "delegitimising", "quoted"),
            (2, "Captain Moll", "guards", "Lena Moll", "legitimising", "narrator"),
            (2, "Guards", "guards", "guards", "neutral", "narrator"),
        ],
        quotes=[
            (1, "rioters from elsewhere had come", "strike committee", "strikers"),
            (2, "The rioters will be tried,", "Lena Moll", "guards"),
        ],
        speakers=[("Captain Moll", "Lena Moll", "guards", "person")],
    )


def cell(analysis, **where):
    """The entries for the mentions with these values, as texts."""
    mine = called.mentions(analysis)
    for column, value in where.items():
        mine = mine[mine[column] == value]
    return [said.text for said in called.entries(analysis, mine)]


def test_labels_are_counted_by_head_across_capitals_number_and_modifiers(named):
    assert cell(named, outlet="Tide", name="The strikers") == ["rioters 2"]
    assert cell(named, outlet="Harbour", voice="narrator", name="The strikers") == ["strikers 3", "strike committee"]


def test_a_label_says_in_full_what_its_head_leaves_open(made):
    rows = [("wild bloodbath", "bloodbath", "loaded"), ("dire siege", "siege", "loaded"), ("armed band", "band", "neutral")]
    analysis = made(
        [("Tide", "", "A wild bloodbath, a dire siege, an armed band.")], labels=[(0, w, "event", h, v, "narrator") for w, h, v in rows]
    )
    assert cell(analysis) == ["armed band", "bloodbath", "dire siege"]


def test_a_person_by_name_is_no_label_of_a_side(named):
    assert cell(named, outlet="Lantern", name="The guards") == ["guards", called.BY_NAME]


def test_a_cell_keeps_the_voices_apart_with_the_own_one_first(named):
    shown = called.grid(named, colour={})
    row = shown[shown.index("The strikers") :].split("</tr>")[0]
    harbour = row.split("<td")[2]
    assert (
        harbour.index("own words (4)")
        < harbour.index("strike committee")
        < harbour.index("paraphrasing others (1)")
        < harbour.rindex("rioters")
    )
    assert "in quotation marks (1)" in row.split("<td")[3]


def test_a_label_opens_its_sentence_with_the_words_marked_and_a_link(named, monkeypatch):
    monkeypatch.setenv("SAMESTORY_LINKS", "")
    shown = " ".join(called.grid(named, colour={}).split())
    assert "<mark>Rioters</mark> set fire to the customs house." in shown
    assert 'href="article-a0.html#labels-0-7"' in shown
    for row in named.tables["labels"].itertuples():
        words = named.story.articles.set_index("article_id")["text"][row.article_id][row.start : row.end]
        assert f"<mark>{words}</mark>" in shown


def test_valence_is_told_in_words_and_signs_not_only_in_colour(named):
    shown = called.grid(named, colour={})
    entry = re.search(r"<summary>(?:(?!</summary>).)*rioters 2", shown, re.DOTALL).group()
    assert grids.MARKS["delegitimising"] in entry and "> delegitimising<" in entry


def test_contrasts_tell_own_words_others_words_and_outlets_without_the_label(named):
    table = contrasts.contrasts(named).set_index("actor")
    riot = table[[said[0].text == "rioters" for said in table["label"]]].iloc[0]
    assert [s.text for s in riot[contrasts.OWN]] == ["Tide: 2 of its own 2"]
    assert [(s.text, s.note) for s in riot[contrasts.OTHERS]] == [
        ("Harbour: 1", "attributed to “strike committee”"),
        ("Lantern: 1", "quoted from Lena Moll"),
    ]
    assert riot[contrasts.NEVER] == []
    committee = table[[said[0].text == "strike committee" for said in table["label"]]].iloc[0]
    assert [s.text for s in committee[contrasts.NEVER]] == ["too few mentions to say: Tide (2), Lantern (1)"]


def lists(entry: grids.Said, outlet: str) -> bool:
    return f"{outlet} (" in entry.text


@pytest.mark.parametrize(
    "other",
    [
        "Striker Jo Pell sang. Workers sang on.",  # a title
        "A striker-held yard. Workers sang.",  # a piece of a compound
        "The STRIKERS’ song was sung. Workers sang.",  # another number, capitals
        "Workers sang.\n\nAny Striker can sign.",  # of others
    ],
)
def test_an_outlet_that_has_the_word_in_any_way_is_not_said_to_do_without_it(made, other):
    analysis = made(
        [("Tide", "", "Strikers left."), ("Harbour", "", other), ("Lantern", "", "Workers sang. A strike began.")],
        labels=[
            (0, "Strikers", "strikers", "strikers", "legitimising", "narrator"),
            (1, "Workers", "strikers", "workers", "neutral", "narrator"),
            (2, "Workers", "strikers", "workers", "neutral", "narrator"),
        ],
    )
    (row,) = contrasts.contrasts(analysis).to_dict("records")
    never, otherwise = row[contrasts.NEVER]
    assert lists(never, "Lantern") and not lists(never, "Harbour")
    assert otherwise.text == f"{contrasts.OTHERWISE}: Harbour"
    (place,) = otherwise.places
    assert other[place.start : place.end].lower().startswith("striker") and len(otherwise.passages) == 1


def test_a_word_that_only_page_furniture_has_is_not_the_outlet_s(made):
    analysis = made(
        [("Tide", "", "Strikers left."), ("Harbour", "", "Workers sang. Read more: strikers left.")],
        labels=[
            (0, "Strikers", "strikers", "strikers", "legitimising", "narrator"),
            (1, "Workers", "strikers", "workers", "neutral", "narrator"),
        ],
    )
    at = {"article_id": "a1", "start": 14, "end": 39}
    analysis.tables["furniture"] = schema.frame("furniture", [at | {"text": "Read more: strikers left.", "reason": "link"}])
    (row,) = contrasts.contrasts(analysis).to_dict("records")
    assert [said.text for said in row[contrasts.NEVER]] == ["too few mentions to say: Harbour (1)"]


def test_what_happened_is_compared_only_between_outlets_of_the_same_moment(made):
    texts = ["A bloodbath, the mayor feared.", "The residents slept.", "The bombardment went on.", "The shelling went on."]
    rows = [(0, "bloodbath", "event", "bloodbath", "loaded", "narrator"), (1, "residents", "crowd", "residents", "neutral", "narrator")]
    rows += [(2, "bombardment", "event", "bombardment", "neutral", "narrator"), (3, "shelling", "event", "shelling", "neutral", "narrator")]
    outlets = [("Tide", "day"), ("Harbour", "day"), ("Lantern", "day"), ("Eve", "eve")]
    analysis = made([(o, m, t) for (o, m), t in zip(outlets, texts, strict=True)], labels=rows)
    (row,) = contrasts.contrasts(analysis, things=True).to_dict("records")
    assert [s.text for s in row[contrasts.OWN]] == ["Tide: 1 of its own 1"]
    assert contrasts.contrasts(analysis).empty
    alone = analysis.choose(outlets=["Tide", "Harbour", "Eve"])  # of the day's outlets that name it, all say it
    assert contrasts.contrasts(alone, things=True).empty
    assert len(contrasts.contrasts(alone, things=True, across_moments=True)) == 1


def test_who_has_another_word_for_what_happened_is_not_listed_for_it_may_be_another_thing(made):
    texts = ["A bloodbath, the mayor feared.", "The deal was signed."]
    rows = [(0, "bloodbath", "event", "bloodbath", "loaded", "narrator"), (1, "deal", "event", "deal", "neutral", "narrator")]
    analysis = made([("Tide", "day", texts[0]), ("Harbour", "day", texts[1])], labels=rows)
    table = contrasts.contrasts(analysis, things=True)
    assert table.columns.tolist() == ["actor", "label", contrasts.OWN, contrasts.OTHERS]
    assert "Harbour" not in grids.table(table, caption="x")


def test_a_label_in_the_mouth_of_its_own_side_is_listed_for_reading(named):
    (row,) = contrasts.odd_voices(named).to_dict("records")
    assert (row["outlet"], row["said to be by"], row["why it is listed"]) == ("Harbour", "“strike committee”", contrasts.OWN_SIDE)


def test_a_word_of_the_outlet_in_a_paraphrase_is_listed_too_but_not_in_a_quotation(made):
    text = "Captain Moll said the rioters had gone. The rioters sang. “Rioters belong in jail,” Captain Moll said."
    analysis = made(
        [("Tide", "", text)],
        labels=[
            (0, w, "strikers", "rioters", "delegitimising", v)
            for w, v in (("the rioters", "attributed"), ("The rioters", "narrator"), ("Rioters", "quoted"))
        ],
        quotes=[(0, "the rioters had gone", "Captain Moll", "guards"), (0, "Rioters belong in jail", "Captain Moll", "guards")],
    )
    (row,) = contrasts.odd_voices(analysis).to_dict("records")
    assert row["why it is listed"] == contrasts.OWN_WORD


def test_many_outlets_get_the_voices_as_columns_and_each_label_its_outlets(made):
    articles = [(f"Outlet {i}", "", "The rioters sang.") for i in range(grids.MOST_COLUMNS + 1)]
    analysis = made(articles, labels=[(i, "rioters", "strikers", "rioters", "delegitimising", "narrator") for i in range(len(articles))])
    shown = called.grid(analysis, colour={})
    assert "rioters 9" in shown and "and 4 more outlets" in shown and shown.count('scope="col"') == 4
    assert "too many to draw" in plots.marked_labels(labels.narrator_counts(analysis), caption="x")


def test_without_a_codebook_it_is_said_what_is_missing_and_how_to_fill_it(made):
    analysis = made([("Tide", "", TIDE), ("Harbour", "", HARBOUR)], book=False)
    shown = called.grid(analysis, colour={})
    assert "codebook/labels.csv" in shown and "--suggest-actors" in shown and "<table" not in shown
    assert contrasts.contrasts(analysis).empty and contrasts.odd_voices(analysis).empty
    assert any("codebook names no actors" in line for line in agency.refused(analysis))


@pytest.mark.parametrize("text", [HOSTILE, f"Rioters {HOSTILE} left & <b>sang</b>."])
def test_hostile_words_and_outlets_are_shown_as_text(made, text):
    text += " Guards shot two strikers."
    analysis = made(
        [(HOSTILE, "", text), ("figure", "", text)],
        labels=[(i, HOSTILE, "strikers", HOSTILE, "loaded", "quoted") for i in (0, 1)],
        actions=[(i, "shot", "active", HOSTILE, "strikers", "killing", {"patient_actor": "strikers"}) for i in (0, 1)],
    )
    colour = evidence.colours(analysis.story.all_outlets)
    shown = [
        called.grid(analysis, colour=colour),
        grids.table(contrasts.contrasts(analysis), caption=HOSTILE, hint=HOSTILE, colour=colour, under={HOSTILE: HOSTILE}, fold=True),
        agency.grid(analysis, agency.deeds(analysis, across_moments=True), colour=colour),
        grids.table(agency.summary(analysis, agency.deeds(analysis, across_moments=True)), caption="x", colour=colour),
        agency.doers_by_outlet(analysis, agency.deeds(analysis, across_moments=True), colour=colour),
        evidence.lines(agency.without_doer(agency.deeds(analysis, across_moments=True))),
        plots.marked_labels(labels.narrator_counts(analysis), caption=HOSTILE),
    ]
    assert all("<script" not in piece and "<b>" not in piece for piece in shown)
    assert "&lt;script&gt;" in shown[0] and "&lt;script&gt;" in shown[2]


def test_a_long_sentence_is_cut_around_its_marks_at_words():
    text = "word " * 100 + "the strikers" + " word" * 100
    at = text.index("strikers")
    pieces = passages.cut(text, (0, len(text)), [(at, at + 8)])
    assert ("strikers", True) in pieces and pieces[0][0] == "… " and pieces[-1][0].endswith("…")
    shown = "".join(words for words, _ in pieces)
    assert len(shown) < 2 * passages.AROUND + 20 and shown.strip("… ").split()[0] == "word"


# Deeds

SHOT = "Guards shot at least 9 strikers. The killings went on until noon."
REPORTED = (
    "The union said it had reports of guards killing at least 9 strikers. Two strikers were beaten. These reports could not be verified."
)
BARE = "At least 9 strikers were shot. Later they buried them."
LATE = "Guards shot a striker."


@pytest.fixture
def shot(made):
    """Three outlets that tell one killing by its number, and a fourth that writes about another day."""
    nine = {"low": 9, "qualifier": "at_least", "people": "strikers"}
    by = {"agent_actor": "guards", "patient_actor": "strikers"}
    return made(
        [("Tide", "day", SHOT), ("Harbour", "day", REPORTED), ("Lantern", "day", BARE), ("Eve", "eve", LATE)],
        actions=[
            (0, "shot", "active", "Guards", "strikers", "killing", by),
            (0, "killings", "nominal", "", "", "killing", {}),
            (1, "killing", "active", "guards", "9 strikers", "killing", by | {"voice": "attributed", "hedged": True}),
            (1, "beaten", "passive", "", "Two strikers", "abuse", {"patient_actor": "strikers"}),
            (2, "shot", "passive", "", "strikers", "killing", {"patient_actor": "strikers"}),
            (3, "shot", "active", "Guards", "a striker", "killing", by),
        ],
        quotes=[(1, "it had reports of guards killing at least 9 strikers", "The union", "strikers")],
        figures=[
            (0, "at least 9", "killed", nine),
            (1, "at least 9", "killed", nine | {"same_as": "a0:0"}),
            (2, "At least 9", "killed", nine | {"same_as": "a0:0"}),
        ],
        moments=[("day", "The day"), ("eve", "The eve")],
    )


def test_clauses_with_one_figure_stand_in_one_row_and_another_moment_in_none(shot):
    ((title, mine),) = agency.deeds(shot)
    assert title == "killing: strikers, 9 strikers; the same figure, “at least 9”"
    assert mine["outlet"].tolist() == ["Tide", "Tide", "Harbour", "Lantern"]
    assert agency.refused(shot)[0] == "“The eve”: only Eve reports it, so its deeds are not compared."


def test_a_noun_with_the_goes_back_to_the_deed_told_before(shot):
    rows = clauses.aligned(shot).set_index(["article_id", "verb"])
    assert rows.loc[("a0", "killings"), "back"] and rows.loc[("a0", "killings"), "shared"] == "a0:0"
    assert not rows.loc[("a0", "shot"), "back"]


def test_a_noun_without_the_goes_back_to_nothing(made):
    analysis = made(
        [("Tide", "", "Guards shot strikers. Killings like this are rare.")],
        actions=[(0, "shot", "active", "Guards", "strikers", "killing", {}), (0, "Killings", "nominal", "", "", "killing", {})],
    )
    assert clauses.aligned(analysis)["whom"].tolist() == ["striker", ""]


def test_agency_word_and_doubt_are_counted_together(shot):
    table = agency.summary(shot, agency.deeds(shot)).set_index("outlet")
    texts = {o: [(c, s.text, s.note) for c in table.columns[1:] for s in table.loc[o, c]] for o in table.index}
    assert texts == {
        "Tide": [(agency.NAMED_OWN, "1", ""), (agency.BARE_OWN, "1", "1 of them may refer to it")],
        "Harbour": [(agency.NAMED_OTHERS, "1", "1 as reports")],
        "Lantern": [(agency.BARE_OWN, "1", "")],
    }
    assert not any("%" in said.text + said.note for row in table.iloc[:, 1:].to_numpy() for cell in row for said in cell)


def test_a_next_sentence_about_these_reports_carries_a_doubt(made):
    text = "Guards killed strikers. These reports could not be verified. Others left. It was unclear who gave the order."
    analysis = made(
        [("Tide", "", text)],
        actions=[(0, "killed", "active", "Guards", "strikers", "killing", {}), (0, "left", "active", "Others", "", "withdrawal", {})],
    )
    rows = clauses.clauses(analysis)
    assert rows["doubt"].tolist() == [["could not be verified"], []]
    assert rows["hedged"].tolist() == [True, False]


def test_who_is_named_as_the_doer_on_whose_word(shot):
    table = agency.doers(shot, agency.deeds(shot))
    assert table["doer as worded"].tolist() == ["Guards, guards", agency.NOBODY]
    assert [s.text for s in table.iloc[0]["Harbour"]] == ["attributed to The union"]
    assert [s.text for s in table.iloc[0]["Tide"]] == ["own words"]
    assert table.iloc[0]["Lantern"] == [] and [s.text for s in table.iloc[1]["Lantern"]] == ["own words"]


def test_outlets_that_name_no_doer_are_told(shot):
    (line,) = agency.without_doer(agency.deeds(shot))
    assert line.endswith("in the clauses found here no doer is named in Lantern (1: passive).")
    assert "Tide" not in line and "Harbour" not in line  # whose one doer may be a doubtful one: nothing is said in their praise


def test_an_outlet_with_a_doer_in_another_clause_of_the_kind_is_not_said_to_hide_it(made):
    texts = ["Guards shot a miner. A striker was shot.", "A striker was shot by guards."]
    analysis = made(
        [("Tide", "", texts[0]), ("Harbour", "", texts[1])],
        actions=[
            (0, "was shot", "passive", "", "A striker", "killing", {}),
            (0, "shot", "active", "Guards", "a miner", "killing", {}),
            (1, "was shot", "passive", "guards", "A striker", "killing", {}),
        ],
    )
    (line,) = agency.without_doer(agency.deeds(analysis, across_moments=True))
    assert line.endswith("no doer is named in Tide (1: passive; it names one in another clause of this kind).")


def test_where_nobody_names_a_doer_the_sentence_speaks_of_the_clauses_found(made):
    analysis = made(
        [(outlet, "", "A striker was shot.") for outlet in ("Tide", "Harbour")],
        actions=[(i, "was shot", "passive", "", "A striker", "killing", {}) for i in (0, 1)],
    )
    (line,) = agency.without_doer(agency.deeds(analysis, across_moments=True))
    assert line == "killing: A striker: in the clauses found here no doer is named in Tide (1: passive), Harbour (1: passive)."


def test_to_hold_a_place_and_to_take_it_are_two_deeds(made):
    texts = ["Troops retook the port. Rebels had held the port since May.", "Troops seized the port, which rebels controlled."]
    analysis = made(
        [("Tide", "", texts[0]), ("Harbour", "", texts[1])],
        actions=[
            (0, "retook", "active", "Troops", "port", "capture", {}),
            (0, "had held", "active", "Rebels", "port", "capture", {}),
            (1, "seized", "active", "Troops", "port", "capture", {}),
            (1, "controlled", "active", "rebels", "port", "capture", {}),
        ],
    )
    told = {title: mine["verb"].tolist() for title, mine in agency.deeds(analysis, across_moments=True)}
    assert told == {"capture: port": ["retook", "seized"], "holding: port": ["had held", "controlled"]}


def test_a_clause_about_two_groups_stands_with_the_deeds_of_each(made):
    texts = ["Rebels and civilians were evacuated.", "Residents were evacuated.", "Rebels were evacuated by bus. Nurses, cooks left."]
    analysis = made(
        [(o, "", t) for o, t in zip(("Tide", "Harbour", "Lantern"), texts, strict=True)],
        actions=[
            (0, "were evacuated", "passive", "", "Rebels and civilians", "evacuation", {}),
            (1, "were evacuated", "passive", "", "Residents", "evacuation", {}),
            (2, "were evacuated", "passive", "", "Rebels", "evacuation", {}),
        ],
    )
    told = {title: mine["outlet"].tolist() for title, mine in agency.deeds(analysis, across_moments=True)}
    assert told == {
        "evacuation: Rebels, Rebels and civilians": ["Tide", "Lantern"],
        "evacuation: Residents, Rebels and civilians": ["Tide", "Harbour"],
    }
    assert len(agency.listing(analysis)) == 3  # in the list of all clauses it stands once


def test_a_row_whose_clauses_all_stand_in_another_is_not_repeated(made):
    analysis = made(
        [(outlet, "", "Rebels and civilians were evacuated.") for outlet in ("Tide", "Harbour")],
        actions=[(i, "were evacuated", "passive", "", "Rebels and civilians", "evacuation", {}) for i in (0, 1)],
    )
    assert [title for title, _ in agency.deeds(analysis, across_moments=True)] == ["evacuation: Rebels and civilians"]


def test_the_members_of_a_phrase_are_told_by_its_labels_which_are_never_cut(made):
    text = "Guards killed strikers and residents. Guards killed rank and file."
    analysis = made(
        [("Tide", "", text)],
        labels=[
            (0, "strikers", "strikers", "strikers", "neutral", "narrator"),
            (0, "residents", "crowd", "residents", "neutral", "narrator"),
            (0, "rank and file", "strikers", "file", "neutral", "narrator"),
        ],
        actions=[
            (0, "killed", "active", "Guards", "strikers and residents", "killing", {"patient_actor": "strikers"}),
            (0, "killed", "active", "Guards", "rank and file", "killing", {"patient_actor": "strikers"}),
        ],
    )
    assert clauses.aligned(analysis)["members"].tolist() == [("strikers", "crowd"), ("strikers",)]


def test_a_share_is_nobody_and_its_clause_is_not_shown(made):
    text = "Troops seized 98% of the town. Guards shot 42. Rebels hold 60 per cent. The 12 fled."
    analysis = made(
        [("Tide", "", text)],
        actions=[
            (0, "seized", "active", "Troops", "98%", "capture", {}),
            (0, "shot", "active", "Guards", "42", "killing", {}),
            (0, "hold", "active", "Rebels", "60 per cent", "capture", {}),
            (0, "fled", "active", "12", "", "flight", {}),
        ],
    )
    assert agency.listing(analysis)["clause"].tolist() == ["Guards → shot → 42", "12 → fled"]
    assert clauses.aligned(analysis)["members"].tolist() == [("people",), ("people",)]


@pytest.mark.parametrize(
    ("after", "form", "verb", "patient", "takes_up"),
    [
        ("The recent killings shook the town.", "nominal", "killings", "", True),
        ("Such killings are rare.", "nominal", "killings", "", True),
        ("Such atrocities were committed before.", "passive", "were committed", "atrocities", True),
        ("The reports of killings spread.", "nominal", "killings", "", False),
        ("He denied the charge and reports of horrid atrocities being committed.", "passive", "committed", "horrid atrocities", False),
        ("The mayor regretted the atrocities being committed elsewhere.", "passive", "committed", "atrocities", False),
        ("He said the atrocities had been committed at noon.", "passive", "committed", "atrocities", True),
        ("He said that killings were rare.", "nominal", "killings", "", False),
    ],
)
def test_only_a_noun_with_the_or_these_or_such_may_take_up_a_deed_and_that_is_said_as_a_possibility(
    made, after, form, verb, patient, takes_up
):
    analysis = made(
        [("Tide", "", f"Guards shot strikers. {after}"), ("Harbour", "", "Guards shot strikers.")],
        actions=[
            (0, "shot", "active", "Guards", "strikers", "killing", {}),
            (0, verb, form, "", patient, "killing", {}),
            (1, "shot", "active", "Guards", "strikers", "killing", {}),
        ],
    )
    ((_, mine),) = agency.deeds(analysis, across_moments=True)
    assert len(mine) == 2 + takes_up
    shown = agency.grid(analysis, [("x", mine)], colour={})
    assert ("may refer to it: " in shown) == takes_up
    assert agency.listing(analysis)["how it is told"].str.contains("may refer to a deed told before").sum() == takes_up


def test_a_deed_with_its_doer_between_takes_up_nothing(made):
    analysis = made(
        [("Tide", "", "Guards shot strikers. The army committed atrocities.")],
        actions=[
            (0, "shot", "active", "Guards", "strikers", "killing", {}),
            (0, "atrocities", "nominal", "army", "", "killing", {}),
        ],
    )
    assert clauses.aligned(analysis)["refers"].tolist() == [False, False]


def test_what_is_not_said_to_have_happened_is_counted_apart(shot):
    actions = shot.tables["actions"]
    shot.tables["actions"] = actions.assign(asserted=pd.array([True, True, None, True, False, True], dtype="boolean"))
    table = agency.summary(shot, agency.deeds(shot)).set_index("outlet")
    assert [s.text for s in table.loc["Lantern", agency.UNASSERTED]] == ["1"] and table.loc["Lantern", agency.BARE_OWN] == []
    assert agency.without_doer(agency.deeds(shot)) == []
    assert agency.UNASSERTED in agency.grid(shot, agency.deeds(shot), colour={})


def test_people_in_any_of_their_names_and_bare_numbers_are_one_group_and_pronouns_are_none(made):
    text = "Guards killed residents. They shot two. Then people died. Guards beat them."
    analysis = made(
        [("Tide", "", text)],
        book=False,
        actions=[
            (0, "killed", "active", "Guards", "residents", "killing", {}),
            (0, "shot", "active", "They", "two", "killing", {}),
            (0, "died", "active", "", "people", "killing", {}),
            (0, "beat", "active", "Guards", "them", "abuse", {}),
        ],
    )
    assert clauses.aligned(analysis)["whom"].tolist() == ["people", "people", "people", ""]


def test_a_verb_without_a_doer_is_told_as_such(made):
    analysis = made([("Tide", "", "Two strikers died.")], actions=[(0, "died", "active", "", "Two strikers", "killing", {})])
    (row,) = clauses.aligned(analysis).itertuples()
    assert agency.worded(row) == "no doer named → died → Two strikers"
    assert agency.manner(row) == "verb without a doer · own words"


def test_a_figure_of_a_whole_war_is_another_deed(made):
    rows = [(i, "killed", "active", "Guards", "strikers", "killing", {}) for i in (0, 1)]
    texts = ["Guards killed 9 strikers.", "In ten years Guards killed 900 strikers."]
    analysis = made(
        [("Tide", "", texts[0]), ("Harbour", "", texts[1])],
        actions=rows,
        figures=[(0, "9", "killed", {"low": 9}), (1, "900", "killed", {"low": 900, "scope": "background"})],
    )
    assert agency.deeds(analysis, across_moments=True) == []
    assert len(agency.deeds(analysis, chosen=["killing"], across_moments=True)) == 2


def test_a_person_chooses_the_deeds(shot):
    titles = [title for title, _ in agency.deeds(shot, chosen=["abuse"])]
    assert titles == ["abuse: Two strikers"]
    assert agency.listing(shot, chosen=["abuse"])["clause"].tolist() == ["no doer named → beaten → Two strikers"]
    assert "No deed of these kinds" in agency.grid(shot, agency.deeds(shot, chosen=["dancing"]), colour={})


def test_moments_are_mixed_only_when_asked_and_then_it_is_said(made, shot):
    actions = [(i, "shot", "active", "Guards", "a striker", "killing", {}) for i in (0, 1)]
    analysis = made([("Tide", "", LATE), ("Harbour", "", LATE)], actions=actions)
    assert agency.deeds(analysis) == [] and any("no moment is named" in line for line in agency.refused(analysis))
    assert len(agency.deeds(analysis, across_moments=True)) == 1
    assert any("read their dates first" in line for line in agency.refused(analysis, across_moments=True))
    mixed = [mine["outlet"].tolist() for _, mine in agency.deeds(shot, across_moments=True, chosen=["killing"])]
    assert ["Eve"] in mixed  # its one striker is not the nine, whatever the moment


def test_every_clause_opens_its_sentence_with_doer_deed_and_sufferer_marked(shot, monkeypatch):
    monkeypatch.setenv("SAMESTORY_LINKS", "")
    shown = " ".join(agency.grid(shot, agency.deeds(shot), colour={}).split())
    assert "<mark>Guards</mark> <mark>shot</mark> at least 9 <mark>strikers</mark>." in shown
    at = BARE.index("shot")
    assert f'href="article-a2.html#actions-{at}-{at + 4}"' in shown


def test_a_story_without_deeds_says_so(made):
    analysis = made([("Tide", "", TIDE), ("Harbour", "", HARBOUR)])
    assert "No deed of these kinds is told by two outlets" in agency.grid(analysis, agency.deeds(analysis, across_moments=True), colour={})
    for table in (agency.summary(analysis, []), agency.doers(analysis, []), agency.listing(analysis)):
        assert table.empty
    assert agency.without_doer(agency.deeds(analysis, across_moments=True)) == []


def test_many_outlets_share_a_list_of_clauses(made):
    articles = [(f"Outlet {i}", "", LATE) for i in range(grids.MOST_COLUMNS + 1)]
    analysis = made(articles, actions=[(i, "shot", "active", "Guards", "a striker", "killing", {}) for i in range(len(articles))])
    assert "Outlet 8: Guards → shot → a striker" in agency.grid(analysis, agency.deeds(analysis, across_moments=True), colour={})
    (row,) = agency.summary(analysis, agency.deeds(analysis, across_moments=True)).to_dict("records")
    assert row["outlet"] == "9 outlets" and row[agency.NAMED_OWN][0].text == "9"
    assert agency.doers(analysis, agency.deeds(analysis, across_moments=True)).columns.tolist() == ["deed", "doer as worded", "named by"]


# What reading the five seed articles shows must come out of the same rules


def test_the_seeds_show_whose_word_regime_militants_and_liberation_are(seed_analysis):
    both = pd.concat([contrasts.contrasts(seed_analysis, things=things) for things in (False, True)])
    found = {row["label"][0].text: row for row in both.to_dict("records")}
    assert [s.text for s in found["militants"][contrasts.OWN]] == ["News-4-U: 2 of its own 10"]
    assert found["liberation"][contrasts.OWN] == []
    assert [(s.text, s.note) for s in found["liberation"][contrasts.OTHERS]] == [("CNN: 2", "in quotation marks, no speaker found")]
    odd = contrasts.odd_voices(seed_analysis)
    assert {(r["outlet"], r["label"][0].text, r["said to be by"]) for r in odd.to_dict("records")} >= {
        ("VOA", "regime", "Russia"),
        ("News-4-U", "militants", "“representatives of the Syrian opposition”"),
    }
    own_side = odd[odd["why it is listed"].str.contains(contrasts.OWN_SIDE)]
    assert own_side["outlet"].tolist() == ["News-4-U"]


def test_no_outlet_of_the_seeds_is_said_to_do_without_a_word_that_it_prints(seed_analysis):
    articles, furniture = seed_analysis.story.articles, seed_analysis.tables["furniture"]
    texts = {}
    for article in articles.itertuples():
        text, pieces = article.text, furniture[furniture["article_id"] == article.article_id]
        for piece in pieces.sort_values("start", ascending=False).itertuples():
            text = text[: piece.start] + " " + text[piece.end :]
        texts[article.outlet] = texts.get(article.outlet, "") + " " + text.lower().replace("u.s.", "us")
    listed = 0
    for row in contrasts.contrasts(seed_analysis).to_dict("records"):
        word = row["label"][0].text.lower().removesuffix("s")
        for outlet in texts:
            if any(lists(said, outlet) for said in row[contrasts.NEVER]):
                listed += 1
                assert not re.search(rf"\b{re.escape(word)}s?\b", texts[outlet]), (word, outlet)
    assert listed


def test_the_seeds_show_who_tells_the_82_killings_and_how(seed_analysis):
    title, mine = agency.deeds(seed_analysis)[0]
    assert "“at least 82”" in title and list(dict.fromkeys(mine["outlet"])) == ["9News", "Newstalk", "VOA"]
    assert not any(line.startswith(title) for line in agency.without_doer(agency.deeds(seed_analysis)))
    table = agency.summary(seed_analysis, agency.deeds(seed_analysis))
    table = table[table["deed"] == title].set_index("outlet")
    assert [o for o in table.index if table.loc[o, agency.NAMED_OWN]] == ["9News"]
    doubted = [o for o in table.index for c in table.columns[1:] for said in table.loc[o, c] if "doubted" in said.note]
    assert doubted == ["VOA"]
