"""Tolls: what an article's figures add up to, what they leave out, and by whose custom."""

import pandas as pd
import pytest

from samestory import analysis, evidence, story
from samestory.casualties import figures, tolls
from samestory.compare import casualties
from samestory.errors import UserError
from samestory.report import pages


@pytest.fixture(scope="module")
def best_of(article_of):
    def best(text, published="", **options):
        rows = tolls.tolls(figures.mentions(article_of(text, published=published), []), **options)
        return {row["harm"]: row["best"] for row in rows}

    return best


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        # Who else is a victim, wherever the parser puts him
        ("Two pilots training for a race were killed when their plane hit a hill.", 2),
        ("Robbers killed a baker sleeping in the back of his shop.", 1),
        ("Divers recovered the bodies of six sailors.", 6),
        ("Six bodies of the clan were found.", 6),
        ("The avalanche claimed the lives of eight skiers.", 8),
        ("A welder, a cook, the captain, and two boys fishing on the pier were killed.", 5),
        ("Three clerks, two hotel porters, and two soldiers were killed.", 7),
        ("Six sailors, a cook, and a harbour pilot were killed when the boiler burst.", 8),
        ("The skipper was drowned as well as two passengers.", 3),
        ("Lindgren drowned in the storm along with his daughter and three other passengers.", 5),
        ("Her trainer was killed in the avalanche as was a skier.", 2),
        ("The banker was murdered with two of his clerks.", 3),
        ("A nurse, a mother of three, and her son were killed.", 2),
        ("The roof fell on the conductor, killing him and four of his violinists.", 5),
        ("A nurse, a mother of three, and her son were killed.", 2),
        ("A retired judge in the Harbour Court and his daughter were killed.", 2),
        ("Gunmen murdered the leader of the council, Taha Odeh, and a companion.", 2),
        ("Rebels killed seven members of the National Council and two farmers in a crossfire.", 9),
        ("The blast killed six tourists and the student who was carrying the parcel.", 7),
        ("Robbers kidnapped three jewellers on Sunday. The corpses of all three lay in a quarry.", 3),
        ("A lorry hit two cyclists, killing them and their trainer.", 3),
        ("The wave hit a raft carrying five anglers, all of whom were drowned.", 5),
        ("A jeweller was fatally stabbed behind his counter.", 1),
        ("Two boys accused of cheating were fatally beaten by classmates.", 2),
        ("Both violinists were killed.", 2),
        ("The avalanche killed one Swiss. An Italian from the valley was killed too.", 2),
        ("The quake killed a husband and wife in their bed.", 2),
        ("A bank clerk and former boxer was killed.", 1),
        ("Twelve people and the gunman were killed.", 13),
        ("Its forces had killed 70 insurgents and lost two soldiers.", 72),
        # What is told twice, explained or counted in
        ("Firemen found the bodies of two people, a farmer and his son, down a well.", 2),
        ("Two climbers, one Dane and one Swede, were killed.", 2),
        ("The crane fell over, killing one, Martin Okafor, and hurting five others.", 1),
        ("Two clerks were killed on Monday. The robbers killed both clerks and fled.", 2),
        ("A miller was killed. Two of his sons were hurt in the blast that killed their uncle.", 1),
        ("Ten people were killed. Two of the dead were teenage sisters.", 10),
        ("Twelve people died in the fire. Three girls were among the dead.", 12),
        ("Twelve people died in the fire. The dead included three women and a guard.", 12),
        ("The death toll climbed to 112 after three more workers succumbed.", 112),
        ("Fifty people were killed. The death toll was later revised down to 38.", 38),
        ("The toll stood at 26.", 26),
        # What adds
        ("Gunmen killed a policeman. Two farmers were also killed.", 3),
        ("The mine killed three soldiers. Seven civilians died in the same street.", 10),
        ("The siege left three shoppers dead. Police shot the attacker dead.", 4),
        ("An explosion killed two and wounded 30. Three of the wounded died in hospital.", 5),
        ("The blaze killed six stokers and injured Omar Haddad. Haddad later died of his burns.", 7),
        ("The fire killed 8. Doctors said 5 people were killed at once, and that an additional 3 died in hospital.", 8),
        # What the article doubts, does not say, or says of another time
        ("A mine killed one policeman. Some sources said that six people had been killed.", 1),
        ("The army denied killing 20 civilians.", None),
        ("Authorities denied reports that 40 protesters had been killed.", None),
        ("He dismissed claims of 500 deaths as propaganda.", None),
        ("The plot would have left 40 people dead.", None),
        ("Models predicted 500,000 deaths.", None),
        ("The singer was nearly killed.", None),
        ("Five people were stabbed, two fatally.", None),
        ("The party lost 20 seats and 200 members.", None),
        ("More than 300,000 people have been killed since the conflict began in 2011.", None),
        ("The militia has killed some 6,000 people over two decades.", None),
        ("They have killed 80 people this year.", None),
        ("The 1999 earthquake killed 17,000 people.", None),
        ("Pupils staged a protest in June against the killing of two librarians.", None),
        ("The vote was held following the assassination of the minister.", None),
        ("The firm was fined after a similar crash in which a pensioner died.", None),
        ("The truce collapsed hours after a car bomb killed nine people.", None),
        ("The 2016 massacre left 85 people dead.", 85),
        ("Survivors of the 1988 killings gathered on Sunday.", None),
        ("Four men died in police custody last week, a rights group said.", 4),
        ("Twelve miners died on Friday. Last week four men died in another pit.", 12),
        # What is no people
        ("Bird flu killed 12,000 hens.", None),
        ("In Leeds, a driver was killed.", 1),
        ("The crash killed a forty-seven year old person.", 1),
    ],
)
def test_how_many_the_article_says_were_killed(best_of, text, killed):
    assert best_of(text)["killed"] == killed


@pytest.mark.parametrize(
    ("text", "injured"),
    [
        ("The wave killed four and injured nine.", 9),
        ("A lorry in the market killed four and injured nine.", 9),
        ("The derailment left seven dead and fourteen injured.", 14),
        ("Radio stations report five killed and sixteen injured by falling masonry.", 16),
        ("The storm left at least twelve sailors dead and injured at least twenty others.", 20),
        ("A landslide killed two shepherds and injured a third.", 1),
        ("One stuntman died and a second injured his spine on the set. Another was injured.", 2),
        ("A skater was killed and another, the sister of the coach, was injured.", 1),
        ("Four clerks were killed and five others, including a porter, were injured.", 5),
        ("The scaffold gave way, causing injuries to four people.", 4),
        ("The kitchen fire caused one injury and destroyed the stage.", 1),
        ("At least nine pilgrims were killed, including four nuns, and thirty-eight were wounded.", 38),
        ("Seven killed, 19 injured\n\nSeven people were killed and 19 others injured on Monday.", 19),
        ("The 20 others injured include six women.", 20),
        ("Medics treated 20 people in hospital.", 20),
        ("The fire burned 300 cars and 9,000 hectares.", None),
    ],
)
def test_how_many_the_article_says_were_injured(best_of, text, injured):
    assert best_of(text)["injured"] == injured


def test_an_earlier_year_or_month_is_another_event_when_the_date_of_the_article_is_known(best_of):
    text = "The storm killed 14 people. A storm in the same region in 2003 killed 1,900 people."
    assert best_of(text, published="2021-06-10")["killed"] == 14
    assert best_of("A bomb killed 25 recruits in March.", published="2015-04-18")["killed"] is None
    assert best_of("A bomb killed 25 recruits in April.", published="2015-04-18")["killed"] == 25


def row(number, people="people", **more):
    given = {"low": number, "high": number, "qualifier": "exact", "harm": "killed", "people": people, "scope": "event", "asserted": True}
    return {**given, "part_of": "", "claimed_by": "", "responsible": "", **more}


def killed(rows, convention):
    return next(r for r in tolls.tolls(rows, convention=convention) if r["harm"] == "killed")


DIFFER = [row(12, sentence=0, claimed_by="the ministry"), row(40, sentence=1, claimed_by="residents")]


@pytest.mark.parametrize(
    ("convention", "low", "high", "best"),
    [("samestory", 40, 40, 40), ("acled", 12, 12, 12), ("gtd", 40, 40, 40), ("ucdp", 12, 40, 40)],
)
def test_sources_that_differ_are_read_by_the_convention(convention, low, high, best):
    assert killed(DIFFER, convention) == {"harm": "killed", "low": low, "high": high, "best": best, "convention": convention}


def test_gtd_takes_the_last_figure_but_never_that_of_whoever_did_it():
    assert killed([row(12, sentence=0, claimed_by="police"), row(8, sentence=1, claimed_by="doctors")], "gtd")["best"] == 8
    own = row(90, sentence=1, claimed_by="the rebels", responsible="rebels")
    assert killed([row(12, sentence=0, claimed_by="police"), own], "gtd")["best"] == 12


@pytest.mark.parametrize(
    ("word", "low", "acled"), [("tens", 20, 10), ("dozens", 24, 12), ("hundreds", 200, 100), ("thousands", 2000, 1000)]
)
def test_acled_counts_one_of_the_unit_of_a_vague_word(best_of, word, low, acled):
    text = f"{word.title()} of people were killed."
    assert best_of(text)["killed"] is None
    assert best_of(text, convention="acled")["killed"] == acled
    assert low == 2 * acled


def test_two_sources_in_one_sentence_are_not_added():
    together = [row(12, sentence=0, claimed_by="the ministry"), row(40, sentence=0, claimed_by="residents")]
    assert killed(together, "samestory")["best"] == 40
    assert killed([{**r, "claimed_by": ""} for r in together], "samestory")["best"] == 52  # groups side by side


def test_an_unknown_convention_is_a_clear_mistake():
    with pytest.raises(UserError, match="choose one of samestory, acled, gtd, ucdp"):
        tolls.tolls([], convention="ibc")


def test_the_rows_that_a_toll_rests_on_are_marked(article_of):
    rows = figures.mentions(article_of("Ten people died, four of them boys. A nurse was also killed. Last year 90 people died."), [])
    marked = pd.DataFrame(tolls.mark(rows))
    assert marked.loc[marked["counted"], "text"].tolist() == ["Ten", "nurse"]


def test_a_toll_leads_to_the_figures_and_the_single_victims_it_rests_on(tmp_path, monkeypatch):
    monkeypatch.setenv("SAMESTORY_CACHE", str(tmp_path / "cache"))
    text = "Gunmen killed a teacher and two guards in Leeds on Monday. Last year 90 people died there."
    (tmp_path / "leeds").mkdir()
    (tmp_path / "leeds" / "herald.txt").write_text(text, encoding="utf-8")
    found = analysis.analyse(story.read_story(tmp_path / "leeds"))
    (toll,) = casualties.tolls(found).itertuples()
    assert (toll.harm, toll.best) == ("killed", 3)
    assert [text[p.start : p.end] for p in toll.places] == ["two", "teacher"]
    marks = {m.id for m in pages.marks(found.tables, found.story.articles["article_id"].iloc[0])}
    assert {evidence.anchor("victims", p.start, p.end) for p in toll.places[1:]} <= marks
    assert casualties.convention(found).startswith("Counted as in “samestory”")
