"""Who did what to whom: forms, roles, actors and hedges of the actions table."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory import clean, parse, schema
from samestory.framing import actions, labels
from samestory.lists import read_list


class Narrator:
    def mention(self, start, end):
        return "narrator"


@pytest.fixture(scope="module")
def found(article_of, seeds):
    """Actions of a text with the seeds' codebook, by verb."""

    def run(text):
        article = article_of(text)
        rows = actions.find(article, labels.find(article, seeds.codebook, Narrator()), Narrator())
        for row in rows:
            assert text[row["start"] : row["end"]] == row["verb"]
            for role in ("agent", "patient"):
                assert (row[f"{role}_start"] is None) == (row[role] == "")
                if row[role]:
                    assert text[row[f"{role}_start"] : row[f"{role}_end"]] == row[role]
        return {row["verb"]: row for row in rows}

    return run


def test_active_passive_and_reduced_passive(found):
    active = found("Government troops shelled the hospital.")["shelled"]
    assert (active["form"], active["agent"], active["patient"]) == ("active", "Government troops", "hospital")
    assert active["agent_actor"] == "government" and active["deed"] == "attack"
    passive = found("The hospital was shelled by government troops on Friday.")["shelled"]
    assert (passive["form"], passive["agent"], passive["patient"]) == ("passive", "government troops", "hospital")
    reduced = found("Relatives of the civilians killed in the raid waited outside.")["killed"]
    assert (reduced["form"], reduced["agent"], reduced["patient"]) == ("reduced_passive", "", "civilians")
    assert reduced["patient_actor"] == "civilians"


def test_agentless_passive_names_nobody(found):
    row = found("At least twelve people were killed by Thursday night.")["killed"]
    assert row["form"] == "passive" and row["agent"] == "" and row["agent_start"] is None


def test_agents_are_shared_by_joined_phrases(found):
    row = found("The deal was brokered by Russia and Turkey.")["brokered"]
    assert row["agent"] == "Russia and Turkey"


def test_relative_pronouns_stand_for_their_noun(found):
    assert found("The convoy that was bombed carried flour.")["bombed"]["patient"] == "convoy"


def test_number_of_people_is_read_through(found):
    row = found("Thousands of civilians were evacuated.")["evacuated"]
    assert row["patient"] == "civilians" and row["patient_actor"] == "civilians"


def test_participle_after_reports_of_has_its_subject(found):
    row = found("It received reports of pro-government forces killing civilians.")["killing"]
    assert (row["form"], row["agent_actor"], row["patient"], row["hedged"]) == ("active", "government", "civilians", True)


def test_nominal_deeds(found):
    row = found("The execution of a child shocked the council.")["execution"]
    assert (row["form"], row["deed"], row["agent"], row["patient"]) == ("nominal", "killing", "", "child")
    assert found("They fled during the army offensive.")["offensive"]["agent_actor"] == "government"
    assert found("The killing of civilians by militants went on.")["killing"]["agent_actor"] == "opposition"


def test_the_noun_has_the_row_of_a_verb_that_only_carries_it(found):
    rows = found("Government forces have carried out dozens of killings of civilians in the suburbs.")
    assert list(rows) == ["killings"]
    row = rows["killings"]
    assert (row["form"], row["agent"], row["patient"], row["deed"]) == ("nominal", "Government forces", "civilians", "killing")
    launched = found("The rebels launched an attack at dawn.")
    assert list(launched) == ["attack"] and launched["attack"]["agent_actor"] == "opposition"
    assert "carried" in found("The rebels carried the wounded to a school.")


def test_the_verb_has_the_row_when_atrocities_are_committed(found):
    rows = found("Atrocities were committed in the suburbs.")
    assert list(rows) == ["committed"]
    row = rows["committed"]
    assert (row["form"], row["agent"], row["patient"], row["deed"]) == ("passive", "", "Atrocities", "killing")
    rows = found("Western members criticised the massacres committed by militants in the suburbs.")
    assert "massacres" not in rows
    assert (rows["committed"]["form"], rows["committed"]["agent_actor"]) == ("reduced_passive", "opposition")


def test_what_is_under_attack_suffers_it(found):
    assert found("The clinic came under attack by government troops.")["attack"]["patient"] == "clinic"
    row = found("They hid in a cellar that was under heavy shelling.")["shelling"]
    assert (row["form"], row["patient"], row["deed"]) == ("nominal", "cellar", "attack")


def test_an_act_of_a_deed_is_the_deed(found):
    row = found("It was an act of barbarism against civilians by the militants.")["barbarism"]
    assert (row["patient"], row["agent_actor"], row["deed"]) == ("civilians", "opposition", "attack")


def test_fleeing_and_operations_are_no_violence(found):
    assert found("Civilians fled the city.")["fled"]["deed"] == "flight"
    assert found("The militants displaced the residents.")["displaced"]["deed"] == "displacement"
    assert found("The army operation began on Monday.")["operation"]["deed"] == "operation"


def test_one_deed_of_two_nouns_is_one_row(found):
    assert list(found("They waited for the evacuation operation.")) == ["evacuation"]
    assert list(found("The ceasefire deal was a relief.")) == ["deal"]


def test_holding_a_place_is_not_holding_a_person(found):
    assert found("Rebels held eastern Aleppo.")["held"]["deed"] == "capture"
    assert found("Rebels held two civilians.")["held"]["deed"] == "detention"


def test_a_war_that_kills_is_no_actor(found):
    row = found("The war has killed thousands of civilians.")["killed"]
    assert (row["agent"], row["agent_actor"], row["patient_actor"]) == ("war", "", "civilians")


def test_reports_across_a_copula_are_hedged_and_joined_participles_passive(found):
    row = found("The reports we have are of residents being shot at checkpoints.")["shot"]
    assert (row["form"], row["patient"], row["hedged"]) == ("passive", "residents", True)
    rows = found("Residents were being shot at checkpoints and beaten in their homes.")
    assert (rows["beaten"]["form"], rows["beaten"]["hedged"]) == ("passive", False)


def test_a_modifier_is_no_deed_of_its_own(found):
    assert "rescue" not in found("The search and rescue force arrived.")


def test_intransitive_deeds(found):
    row = found("Civilians fled at night.")["fled"]
    assert (row["agent"], row["patient"]) == ("Civilians", "")
    died = found("Forty civilians died at night.")["died"]
    assert (died["agent"], died["patient_actor"]) == ("", "civilians")


@pytest.mark.parametrize(
    ("text", "hedged"),
    [
        ("Civilians were allegedly shot by troops.", True),
        ("Troops appeared to have shot civilians.", True),
        ("Russia claims that rebels shot civilians.", True),
        ("Civilians were shot by troops, although it is difficult to verify the report.", True),
        ("Civilians were shot by troops.", False),
        ("The UN said that troops shot civilians.", False),
    ],
)
def test_hedges(found, text, hedged):
    assert found(text)["shot"]["hedged"] is hedged


def test_saying_is_not_doing(found):
    assert "told" not in found("The rebels told the government that they would leave.")


def test_the_deeds_of_the_seeds(seed_articles, seeds):
    """The 82 killings: all three outlets that report them name the agent, in different grammar."""
    told = {}
    for name, article in seed_articles.items():
        rows = actions.find(article, labels.find(article, seeds.codebook, Narrator()), Narrator())
        told[name] = [(r["verb"], r["form"], r["agent_actor"], r["patient_actor"]) for r in rows if r["deed"] == "killing"]
    assert ("killings", "nominal", "government", "civilians") in told["000"]
    for name in ("000", "001", "002"):
        assert ("killing", "active", "government", "civilians") in told[name]
    assert ("shot", "passive", "", "civilians") in told["001"]


def test_without_a_parse_there_are_no_actions():
    import spacy

    text = "Civilians were killed."
    assert actions.find(parse.Article("x", text, spacy.blank("en")(text)), [], Narrator()) == []


WORDS = st.sampled_from(
    [
        "civilians",
        "were",
        "killed",
        "by",
        "troops",
        "being",
        "shot",
        "-",
        "which",
        "to",
        "evacuate",
        "and",
        "\n",
        '"',
        "👍",
        "٣",
        "killing",
        "of",
        ".",
        "the",
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS | st.text(max_size=5), max_size=14))
def test_any_text_gives_sound_rows(pieces):
    text = " ".join(pieces)
    doc = next(parse.parse([clean.blank(text, [])]))
    rows = actions.find(parse.Article("x", text, doc), [], Narrator())
    for row in rows:
        assert text[row["start"] : row["end"]] == row["verb"] != ""
    schema.frame("actions", rows)


@pytest.mark.parametrize(
    ("text", "agent"),
    [
        ("The US accused Russia of killing civilians.", "Russia"),
        ("The US accused Russia of shelling towns and killing civilians.", "Russia"),
        ("Rebels were accused of killing civilians.", "Rebels"),
    ],
)
def test_the_accused_did_it_and_it_is_hedged(found, text, agent):
    row = found(text)["killing"]
    assert (row["agent"], row["hedged"]) == (agent, True)


# What a small parser reads wrongly, and what a reader sees: verb, form (empty: no passive), agent, patient
GRAMMAR = [
    ("The man shot in the raid died in hospital.", "shot", "reduced_passive", "", "man"),
    ("The claims made about the mayor were false.", "made", "reduced_passive", "", "claims"),
    ("Voters turned away at polling stations were furious.", "turned", "reduced_passive", "", "Voters"),
    ("The deal struck on Sunday fell apart.", "struck", "reduced_passive", "", "deal"),
    ("The firm, fined twice last year, denied the charge.", "fined", "reduced_passive", "", "firm"),
    ("The trial, expected to last six weeks, opened on Monday.", "expected", "reduced_passive", "", "trial"),
    ("Two people were killed and five others injured when the bridge gave way.", "injured", "passive", "", "others"),
    ("One striker was arrested and another beaten by guards.", "beaten", "passive", "guards", "another"),
    ("Three men were charged with murder, and a fourth released without charge.", "released", "passive", "", "fourth"),
    ("The protesters were beaten, dragged into vans and held overnight.", "dragged", "passive", "", "protesters"),
    ("A law drafted in secret and rushed through parliament has angered doctors.", "rushed", "reduced_passive", "", "law"),
    ("Two killed in motorway crash", "killed", "reduced_passive", "", "Two"),
    ("Opposition leader jailed for ten years", "jailed", "reduced_passive", "", "Opposition leader"),
    ("Bus driver attacked in Leeds", "attacked", "reduced_passive", "", "Bus driver"),
    ("Founded in 1920, the club has never won the league.", "Founded", "reduced_passive", "", "club"),
    ("When asked about the vote, the minister walked away.", "asked", "reduced_passive", "", "minister"),
    ("If convicted, she faces ten years in prison.", "convicted", "reduced_passive", "", "she"),
    ("The judge ordered the papers destroyed.", "destroyed", "reduced_passive", "", "papers"),
    ("The players want the rule changed.", "changed", "reduced_passive", "", "rule"),
    ("He stood in the dock with his hands tied.", "tied", "reduced_passive", "", "hands"),
    ("Hundreds feared drowned after ferry sinks", "drowned", "reduced_passive", "", "Hundreds"),
    ("Included in the list are three ministers.", "Included", "passive", "", "ministers"),
    ("The officers got caught stealing fuel.", "caught", "passive", "", "officers"),
    ("The suspects are said to have been trained abroad.", "trained", "passive", "", "suspects"),
    ("The mayor was re-elected on Sunday.", "re-elected", "passive", "", "mayor"),
    # Who acts
    ("He was questioned in Lyon on Friday by federal police.", "questioned", "passive", "federal police", "He"),
    ("The striker was shot and killed by a guard.", "shot", "passive", "guard", "striker"),
    ("The cyclist was hit by a car on the main road.", "hit", "passive", "car", "cyclist"),
    ("The ballots were counted by hand.", "counted", "passive", "", "ballots"),
    ("The winner will be chosen by lot on Sunday.", "chosen", "passive", "", "winner"),
    ("The team was beaten by three goals.", "beaten", "passive", "", "team"),
    ("The body was found by the river.", "found", "passive", "", "body"),
    ("The bridge was swept away by the river.", "swept", "passive", "river", "bridge"),
    ("She was handed a suspended sentence by the court.", "handed", "passive", "court", "She"),
    # No passives
    ("An explosive device detonated in the station.", "detonated", "", "", ""),
    ("She's gone to Paris.", "gone", "", "", ""),
    ("He's tried to settle the strike.", "tried", "", "", ""),
    ("The fans are excited about the final.", "excited", "", "", ""),
    ("The united front collapsed on Monday.", "united", "", "", ""),
    ("The players threatened to walk off.", "threatened", "", "", ""),
    ("The Republicans hit back on Tuesday.", "hit", "", "", ""),
    ("Police shot at the crowd.", "shot", "", "", ""),
    ("The day the strike ended was a Friday.", "ended", "", "", ""),
    ("The two teams tied for first place.", "tied", "", "", ""),
    ("Most of the debate concerned the budget.", "concerned", "", "", ""),
    ("Given the weather, the match was moved.", "Given", "", "", ""),
    ("Turned out it was a false alarm.", "Turned", "", "", ""),
    ("Hundreds died when the dam burst.", "burst", "", "", ""),
    ("Without a text, Ms Weiss frequently descended into clichés.", "descended", "", "", ""),
]


@pytest.mark.parametrize(("text", "verb", "form", "agent", "patient"), GRAMMAR)
def test_passives_that_a_small_parser_reads_wrongly(found, text, verb, form, agent, patient):
    row = found(text).get(verb)
    if not form:
        assert row is None or "passive" not in row["form"]
    else:
        assert row is not None and (row["form"], row["agent"], row["patient"]) == (form, agent, patient)


def test_objects_shared_in_front_and_aimed_at(found):
    shared = found("Government troops shot and wounded two civilians.")
    assert (shared["shot"]["agent_actor"], shared["shot"]["patient"]) == ("government", "civilians")
    assert found("Government troops fired on civilians.")["fired"]["patient_actor"] == "civilians"
    assert found("The civilians the rebels shot were teachers.")["shot"]["patient"] == "civilians"


ASSERTED = [
    ("Troops shelled the town on Friday.", "shelled", True),
    ("The UN said that troops had shelled the town.", "shelled", True),
    ("The army has not killed any civilians.", "killed", False),
    ("No civilians were killed in the strike.", "killed", False),
    ("Nearly forty civilians were killed.", "killed", True),
    ("Hardly any civilians were killed.", "killed", False),
    ("The rebels denied killing civilians.", "killing", False),
    ("The rebels want to kill civilians.", "kill", False),
    ("If the rebels kill civilians, the talks will end.", "kill", False),
    ("The army threatened to shell the town.", "shell", False),
    ("Rebels may have killed the civilians.", "killed", False),
    ("Civilians are believed to have been killed.", "killed", True),
    ("Civilians were forced to flee when the dam burst.", "flee", True),
    ("The army failed to retake the town.", "retake", False),
    ("The army managed to retake the town.", "retake", True),
    ("The rebels refused to release the civilians.", "release", False),
    ("The rebels have begun releasing the civilians.", "releasing", True),
    ("Protesters demanded that the minister be jailed.", "jailed", False),
    ("The minister was jailed after protesters demanded a trial.", "jailed", True),
    ("It is not true that soldiers looted the shops.", "looted", False),
    ("Reports that soldiers looted the shops were false.", "looted", False),
    ("The army told reporters that rebels had looted the shops.", "looted", True),
    ("It is not clear who shot the ambassador.", "shot", True),
    ("Was the teacher murdered?", "murdered", False),
    ("She should not have been arrested.", "arrested", True),
    ("Had the army attacked the town, thousands would have fled.", "attacked", False),
    ("Anyone found to have beaten a prisoner will be dismissed.", "beaten", False),
    ("Firefighters are trying to reach two children trapped in the ruins.", "trapped", True),
    ("The army could storm the town, killing civilians.", "killing", False),
    ("The bishop dismissed the criticism of his diocese and claims of abuse by priests.", "abuse", False),
    ("The guards were portrayed as victims of an attack by the inmates.", "attack", False),
    ("Residents will be able to leave the flooded district on Monday.", "leave", False),
    ("Families were able to flee before the dam burst.", "flee", True),
    ("An agreement has been reached for the evacuation of the villagers.", "evacuation", False),
    ("The evacuation of the valley was completed on Monday.", "evacuation", True),
    ("The two governments signed a deal to allow the transfer of prisoners.", "transfer", False),
    ("The capture of the port would have major consequences for trade.", "capture", False),
    ("Officials said the evacuation of the valley was imminent.", "evacuation", False),
    ("Is there no murder of a child that keeps you awake?", "murder", True),
    # Named deeds
    ("Fears of a massacre are growing.", "massacre", False),
    ("The threat of attack kept schools closed.", "attack", False),
    ("Campaigners made calls for a withdrawal.", "withdrawal", False),
    ("The pope called for an end to the bombing.", "bombing", True),
    ("The mission was sent to prevent killings.", "killings", False),
    ("The ministry condemned the killing of the reporter.", "killing", True),
    ("There was no attack on the embassy.", "attack", False),
    ("The army plans an attack on the port.", "attack", False),
    ("The rebels did not carry out the attack.", "attack", False),
    ("The rebels have carried out further attacks.", "attacks", True),
    ("No arrests have been made.", "arrests", False),
    ("The planned evacuation was put off.", "evacuation", False),
    ("The general did not say who ordered the massacre.", "massacre", True),
]


@pytest.mark.parametrize(("text", "verb", "asserted"), ASSERTED)
def test_what_did_not_happen_is_told_apart(found, text, verb, asserted):
    assert found(text)[verb]["asserted"] is asserted


@pytest.mark.parametrize(
    ("text", "verb", "deed"),
    [
        ("The court convicted the minister.", "convicted", "prosecution"),
        ("The firm sacked ten workers.", "sacked", "dismissal"),
        ("Voters elected a teacher as mayor.", "elected", "election"),
        ("The council banned fireworks.", "banned", "obstruction"),
        ("The deaths of three miners shook the town.", "deaths", "killing"),
        ("The explosion shook the town.", "explosion", "explosion"),
        ("The eviction of ten families began.", "eviction", "displacement"),
        ("Police made six arrests.", "arrests", "detention"),
    ],
)
def test_deeds_of_other_stories(found, text, verb, deed):
    assert found(text)[verb]["deed"] == deed


def test_each_form_of_a_deed_is_listed_once():
    verbs, nouns, _ = actions.deeds()
    rows_of = dict(list(read_list("deeds").groupby("kind")))
    for rows, table in ((rows_of["verb"], verbs), (rows_of["noun"], nouns)):
        forms = [form for row in rows.itertuples() for form in row.forms.split()]
        assert len(forms) == len(set(forms)) == len(table)


def test_taking_a_place_in_more_words_than_one(found):
    row = found("Gunmen took control of the bus station at dawn.")["took control"]
    assert (row["deed"], row["agent"], row["patient"], row["asserted"]) == ("capture", "Gunmen", "bus station", True)
    row = found("Soldiers were hours away from seizing what remained of the port.")["seizing"]
    assert (row["deed"], row["agent"], row["patient"], row["asserted"]) == ("capture", "Soldiers", "port", False)


def test_who_takes_control_again_is_not_who_says_so(found):
    row = found("He said the government had re-established control over that part of the city.")["re-established control"]
    assert (row["agent"], row["patient"], row["deed"]) == ("government", "part of the city", "capture")


def test_a_strike_of_workers_is_no_attack(found):
    assert "strike" not in found("The union called a strike at the port on Monday. The last strike lasted nine days.")
    assert found("The drone strike on the union hall killed two pickets.")["strike"]["deed"] == "attack"
    assert found("Strikes on the town went on all night.")["Strikes"]["deed"] == "attack"
