"""Proposed actors: different words for one actor are put together with a reason, different actors stay apart."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory import analysis, parse, schema, story
from samestory.framing import actors, identity, links, suggestions
from samestory.lists import read_list

HERALD = (
    "Kenyan President William Mwangi told reporters in Nairobi that the accord with Ethiopia would be signed on Friday. "
    "Mr. Mwangi met the Ethiopian prime minister, Hailu Bekele, for three hours. Officials said the Ethiopian army would withdraw. "
    "Insurgents attacked a convoy near Moyale on Monday, and residents of Moyale fled. The Kenyan rebels have fought since 2019."
)
POST = (
    "NAIROBI - The president said the deal was a victory for Kenya. Hailu Bekele praised the agreement. "
    "The Ethiopian prime minister flew home at night. Militants shelled Moyale again, aid workers in Moyale said. "
    "The Ethiopian army has held the town of Moyale since May. The army did not comment. Addis Ababa denied the claims."
)


@pytest.fixture(scope="module")
def proposed(article_of):
    """A function from texts to `{text of a mention: clusters it is in}` and the links."""

    def propose(*texts):
        found = actors.propose([article_of(text, article_id=f"a{i}") for i, text in enumerate(texts)])
        where: dict[str, set] = {}
        for row in found.actors:
            where.setdefault(" ".join(row["text"].split()), set()).add(row["cluster"])
        return where, found.links

    return propose


def together(where: dict[str, set], *texts: str) -> bool:
    """Are all these mentions in one and the same cluster?"""
    return len(set.union(*(where[t] for t in texts))) == 1


def test_a_country_its_capital_and_its_people_are_one(proposed):
    where, _ = proposed(HERALD, POST)
    assert together(where, "Ethiopia", "the Ethiopian army", "The Ethiopian army", "Addis Ababa")


def test_the_army_is_the_one_that_the_story_names(proposed):
    where, found = proposed(HERALD, POST)
    assert together(where, "The army", "The Ethiopian army")
    assert any(link["one"] == "army" and link["other"] == "Ethiopia" and link["start"] is not None for link in found)


def test_rebels_from_a_country_are_not_its_state(proposed):
    where, _ = proposed(HERALD, POST)
    assert not together(where, "The Kenyan rebels", "Kenya")
    assert together(where, "The Kenyan rebels", "Insurgents", "Militants")


def test_people_of_a_place_are_not_the_place(proposed):
    where, _ = proposed(HERALD, POST)
    assert not together(where, "residents", "Moyale")
    assert not together(where, "aid workers", "Moyale")


def test_an_office_is_whoever_holds_it_in_the_story(proposed):
    where, found = proposed(HERALD, POST)
    assert together(where, "the Ethiopian prime minister", "The Ethiopian prime minister", "Hailu Bekele")
    assert together(where, "Kenyan President William Mwangi", "Mr. Mwangi", "The president")
    assert not together(where, "Mr. Mwangi", "Hailu Bekele")
    assert any(link["other"] == "Bekele" and "office" in link["why"] for link in found)


def test_nouns_for_one_thing_are_joined_only_if_the_story_has_both(proposed):
    where, found = proposed(HERALD, POST)
    assert together(where, "the accord", "the deal", "the agreement")
    assert {link["one"] for link in found if "synonyms" in link["why"]} & {"accord", "deal", "agreement"}
    alone, found = proposed("The accord was signed on Friday.")
    assert not found and alone["The accord"] == {"accord"}


def test_initials_and_short_forms_of_an_organisation(proposed):
    where, _ = proposed(
        "The National Nurses Union called a strike. NNU chairwoman Ann Bell said talks had failed.",
        "The union wants more pay. Ms. Bell said the N.N.U. would not give in. Nurses stayed at home.",
    )
    assert together(where, "The National Nurses Union", "the N.N.U.", "The union")
    assert together(where, "Ms. Bell", "The union"), "who only speaks for a side is proposed as that side's"


def test_a_party_and_its_people(proposed):
    where, found = proposed(
        "The Republican Party lost two seats. Republicans blamed the weather.", "Republicans met on Monday. The party chose a new leader."
    )
    assert together(where, "The Republican Party", "Republicans", "The party")
    assert any(link["why"] == "organisation and people of one name" for link in found)


def test_department_of_is_the_department(proposed):
    where, _ = proposed(
        "The Department of Transport closed the bridge.", "The Transport Department closed the road. The department gave no reason."
    )
    assert together(where, "The Department of Transport", "The Transport Department", "The department")


def test_institutions_stand_for_their_state_only_beside_other_states(proposed):
    abroad, _ = proposed(
        "The United States and Iran met in Oman. Iran rejected what the White House offered. Iran wants oil sales. Russia watched."
    )
    assert together(abroad, "The United States", "the White House")
    home, _ = proposed(
        "The White House blamed the State Department, and the Senate blamed the White House. The State Department of the United States "
        "answered that the Pentagon had known. The White House was silent."
    )
    assert not together(home, "The White House", "the State Department")


def test_the_north_is_half_a_name(proposed):
    where, _ = proposed("North Korea and South Korea will march together. The North agreed on Monday. Seoul paid.")
    assert together(where, "North Korea", "The North")
    assert not together(where, "North Korea", "Seoul")


def test_father_and_son_stay_two(proposed):
    where, _ = proposed("Martin Hale sold the mill. Martin Hale Jr. bought it back. Mr. Hale wept.")
    assert not together(where, "Martin Hale", "Martin Hale Jr.")


def test_two_of_one_family_stay_two(proposed):
    where, _ = proposed(
        "Martin Hale sold the mill. His wife, Susan Hale, was against it. Mr. Hale said the mill was old.",
        "Martin Hale wept. Susan Hale bought a boat. Hale sold it.",
    )
    assert together(where, "Martin Hale", "Mr. Hale", "Hale")
    assert not together(where, "Martin Hale", "Susan Hale")


def test_sir_and_lady_stay_two(proposed):
    where, _ = proposed("Sir Martin Hale was jailed. Lady Hale wept in court. Sir Martin looked away. Mr. Hale had lied, the court found.")
    assert together(where, "Sir Martin Hale", "Mr. Hale")
    assert not together(where, "Sir Martin Hale", "Lady Hale")


def test_initials_in_brackets_and_other_names(proposed):
    where, found = proposed(
        "Delta Port Terminals Ltd (DPT) sacked forty crane drivers. Delta Port blamed the weather. DPT made a profit.",
        "Ann Bell, better known as Redwing, leads the drivers. Redwing spoke for an hour.",
    )
    assert together(where, "Delta Port Terminals Ltd", "DPT", "Delta Port")
    assert together(where, "Ann Bell", "Redwing")
    assert {"in brackets behind the name", "also called so", "the beginning of that name"} <= {link["why"] for link in found}


def test_the_operator_is_the_firm_that_it_was_said_of(proposed):
    where, _ = proposed("The operator, Hydro Sudety, denied it. Rain fell for a week. The operator had been warned.")
    assert together(where, "Hydro Sudety", "The operator")


def test_a_minister_of_one_thing_is_not_any_minister(proposed):
    where, _ = proposed(
        "Infrastructure minister Adam Kruk spoke first. Danuta Wilk, head of the waterworks, answered. The infrastructure minister left. "
        "The head of the fire brigade stayed. The former infrastructure minister laughed."
    )
    assert together(where, "Infrastructure minister Adam Kruk", "The infrastructure minister")
    assert not together(where, "Danuta Wilk", "The head")
    assert not together(where, "The former infrastructure minister", "Infrastructure minister Adam Kruk")


def test_a_capital_where_something_happens_is_a_place(proposed):
    where, _ = proposed("Rebels met in Nairobi on Monday. Kenya protested. Nairobi recalled its envoy.")
    assert where["Nairobi"] >= {"Kenya"} and len(where["Nairobi"]) == 2


def test_a_mayor_is_not_the_town(proposed):
    where, _ = proposed("The mayor of Moyale, Ann Bell, fled to Nairobi. Shells fell in Moyale. People in Moyale hid. Ms. Bell came back.")
    assert not together(where, "Ms. Bell", "Moyale")
    assert together(where, "The mayor", "Ms. Bell")


def test_offsets_point_into_the_text_as_given(article_of):
    text = "“Kenyan\u00a0troops left Moyale,”\r\nsaid the governor of Marsabit, Ann Bell. 🚑 Doctors came."
    for row in actors.suggest([article_of(text)]):
        assert text[row["start"] : row["end"]] == row["text"]
        assert row["form"] in {"phrase", "longer", "inside"}


def test_nothing_without_a_parse_and_nothing_from_nothing(rules_only):
    assert actors.propose([rules_only(HERALD)]) == ([], [])
    assert actors.propose([]) == ([], [])


def test_two_countries_or_persons_are_never_joined():
    groups = links.Groups()
    kenya, ethiopia, neighbours = ("country", "Kenya"), ("country", "Ethiopia"), ("noun", "neighbour")
    assert groups.join(links.Link(neighbours, kenya, "test"))
    assert not groups.join(links.Link(neighbours, ethiopia, "test"))
    assert groups.of(ethiopia) != groups.of(kenya)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=30))
def test_groups_never_hold_two_persons_whatever_is_joined(pairs):
    nodes = [("person", "Bell"), ("person", "Hale"), ("country", "Kenya"), ("country", "Mali"), *[("noun", str(i)) for i in range(6)]]
    groups = links.Groups()
    for a, b in pairs:
        groups.join(links.Link(nodes[a], nodes[b], "test"))
    roots = [groups.of(node) for node in nodes]
    assert roots[0] != roots[1] and roots[2] != roots[3]
    assert all(groups.of(root) == root for root in roots)


WORDS = st.sampled_from(
    "the a President Kenyan Ann Bell army of for committee Committee North Korea 's \" - , . said leader FBI F.B.I. Jr. and \n".split(" ")
)


@settings(deadline=None, max_examples=60)
@given(st.lists(WORDS, min_size=1, max_size=40))
def test_any_string_of_words_gives_rows_that_fit_the_text(words):
    text = " ".join(words)
    article = parse.Article("x", text, next(parse.parse([text])))
    found = actors.propose([article])
    assert all(text[r["start"] : r["end"]] == r["text"] and r["cluster"] for r in found.actors)
    assert len({(r["start"], r["end"]) for r in found.actors}) == len(found.actors)


def test_seed_story_proposes_what_its_codebook_holds(root, tmp_path):
    found = analysis.analyse(story.read_story(root / "seeds"), cache=tmp_path, suggest_actors=True)
    rows = found.tables["suggested_labels"]
    sides = {label: set(mine["actor"]) for label, mine in rows.groupby("label")}
    assert sides["rebels"] == sides["militants"] == sides["terrorists"]
    assert sides["regime"] & sides["Syrian government"] and not sides["regime"] & sides["rebels"]
    assert sides["UN"] == sides["United Nations"]
    assert rows["accept"].isna().all()
    assert rows.loc[rows["label"] == "regime", "valence"].eq("delegitimising").all()
    analysis.write_tables(found, tmp_path / "out")
    assert (tmp_path / "out" / "suggested_labels.csv").exists() and (tmp_path / "out" / "actor_links.parquet").exists()


def test_accepted_suggestions_become_labels(root, tmp_path):
    made = tmp_path / "story"
    made.mkdir()
    (made / "herald.txt").write_text(HERALD, encoding="utf-8")
    (made / "post.txt").write_text(POST, encoding="utf-8")
    first = analysis.analyse(story.read_story(made), cache=tmp_path / "cache", suggest_actors=True)
    assert first.tables["labels"].empty
    rows = first.tables["suggested_labels"].astype(object).where(lambda t: t.notna(), "")
    rows.loc[rows["label"].isin(["militants", "insurgents"]), "accept"] = "yes"
    (made / "codebook").mkdir()
    rows.to_csv(made / "codebook" / "suggested_labels.csv", index=False)
    again = analysis.analyse(story.read_story(made), cache=tmp_path / "cache")
    assert {text.lower() for text in again.tables["labels"]["text"]} == {"insurgents", "militants"}
    assert again.tables["labels"]["actor"].nunique() == 1


def suggested(article_of, *texts):
    articles = [article_of(text, article_id=f"a{i}") for i, text in enumerate(texts)]
    found = schema.frame("actors", actors.suggest(articles))
    about = pd.DataFrame(
        {"article_id": [a.article_id for a in articles], "outlet": [f"Outlet {i}" for i in range(len(texts))], "text": texts}
    )
    return suggestions.labels(found, pd.DataFrame(about))


def test_labels_are_written_as_a_codebook_writes_them(article_of):
    rows = suggested(
        article_of,
        "Brave civilians fled. 82 civilians came back. The so-called Committee of Safety met.",
        "Seven civilians stayed. The civilians wept. The Committee of Safety met twice.",
    )
    mine = rows[rows["actor"] == "civilians"]
    assert set(mine["label"]) == {"civilians", "brave civilians"}
    row = mine[mine["label"] == "civilians"].iloc[0]
    assert row["mentions"] == 3 and row["outlets"] == "Outlet 0, Outlet 1" and "[82 civilians]" in row["evidence"]
    assert not rows["label"].str.contains(r"^called|^\d|seven", case=False).any()


def test_a_judging_word_that_nobody_is_put_to_is_a_question(article_of):
    rows = suggested(article_of, "The dockers met on Monday. A bloodthirsty mob burned a lorry.", "The dockers met on Monday. Rain fell.")
    open_ = rows[rows["actor"].isna()]
    assert open_["label"].tolist() == ["bloodthirsty mob"] and open_["note"].str.startswith("whose label").all()
    assert rows.loc[rows["label"] == "dockers", "actor"].tolist() == ["dockers"]


def test_a_set_term_does_not_judge(article_of):
    rows = suggested(article_of, "Riot police came at noon. The mayor spoke.", "Riot police left. The mayor slept.")
    assert rows.loc[rows["label"].str.lower() == "riot police", "valence"].isna().all()


def test_word_lists_of_the_proposals_have_sources_and_no_contradiction():
    for name in ("institutions", "leaders", "acting_nouns", "synonyms", "countries"):
        table = read_list(name)
        assert table["source"].ne("").all() and not table.iloc[:, 0].duplicated().any(), name
    known = set(identity.countries().values()) | set(identity.institutions().values())
    assert set(identity.institutions().values()) <= known
    assert all(nouns.count(";") for nouns in read_list("synonyms")["nouns"])
