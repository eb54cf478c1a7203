"""Tone, outlet beside outlet: whose voice, which words, which dictionary, towards whom, and how far any of it can be trusted."""

import dataclasses
import re

import numpy as np
import pandas as pd
import pytest

from samestory import evidence, validity, war
from samestory.analysis import analyse
from samestory.compare import disagree, drivers, experiment, joint, methods, pieces, resample, sentiment, tone, towards
from samestory.report import scores
from samestory.sentiment import classifier
from samestory.story import read_story

HERALD = """Festival ends in the rain

The harbour festival ended on Sunday with a splendid concert by the town orchestra. Some of the older visitors found them dull.
“It was a disgrace,” said Ann Lee. The organisers said the sound had been excellent all week.
A singer was killed when a lamp fell from the roof of the stage.
The tickets for the last evening had been sold since the spring. A brutal wind tore two of the tents apart in the night."""
POST = """The harbour festival closed on Sunday evening after eight days of music. About two thousand people came to hear the music play.
The council thanked the wonderful volunteers for their work. A man died in an accident on the stage on Thursday night.
A boat race and two plays were part of it. The last ferry left at midnight with all of its seats taken.
The mayor called the “tradition” an expensive habit. Next year the festival will open a week earlier than before."""
PLAIN = ["A boat left the harbour in the morning and came back at night.", "The library lends its books for a month and sometimes two."]


def read(tmp_path, articles, *, actors=(), labels=()):
    """The Analysis of articles `(outlet, text)`, by the whole pipeline."""
    folder = tmp_path / f"story{len(list(tmp_path.iterdir()))}"
    (folder / "codebook").mkdir(parents=True)
    rows = [{"article_id": f"a{i}", "file": f"a{i}.txt", "outlet": outlet} for i, (outlet, _) in enumerate(articles)]
    for row, (_, text) in zip(rows, articles, strict=True):
        (folder / row["file"]).write_text(text + "\n", encoding="utf-8")
    pd.DataFrame(rows).to_csv(folder / "articles.csv", index=False)
    if actors:
        pd.DataFrame(actors, columns=["actor", "name", "kind"]).to_csv(folder / "codebook" / "actors.csv", index=False)
        pd.DataFrame(labels, columns=["label", "actor", "valence"]).to_csv(folder / "codebook" / "labels.csv", index=False)
    return analyse(read_story(folder), cache=tmp_path / "cache")


@pytest.fixture
def festival(tmp_path):
    return read(tmp_path, [("Herald", HERALD), ("Post", POST)])


@pytest.fixture
def scored(tmp_path):
    """A function from outlets with scores (as printed, without event words) of their narration to an Analysis that holds just these."""

    def make(given):
        most = max(map(len, given.values()))
        text = " ".join(PLAIN[i % 2] for i in range(most))
        analysis = read(tmp_path, [(outlet, text) for outlet in given])
        rows = analysis.tables["stretches"].copy()
        kept = []
        for article, values in zip(analysis.story.articles["article_id"], given.values(), strict=True):
            mine = rows[rows["article_id"] == article].head(len(values)).copy()
            for column in ("vader", "textblob", "opinion"):
                mine[column], mine[f"{column}_no_events"] = [v for v, _ in values], [b for _, b in values]
            kept.append(mine)
        return dataclasses.replace(analysis, tables=analysis.tables | {"stretches": pd.concat(kept, ignore_index=True)})

    return make


def words_of(html):
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]+>", " ", str(html), flags=re.DOTALL).split())


# --- whose voice


def test_a_speakers_tone_is_not_the_outlets(festival):
    rows = tone.stretches(festival).set_index("text")
    disgrace = rows[rows.index.str.contains("disgrace")].iloc[0]
    assert disgrace["voice"] == "direct" and disgrace["vader"] < -0.3
    assert not any("disgrace" in text for text in rows.index[rows["voice"] == "narration"])


def test_who_speaks_and_headlines_pull_no_mean_towards_zero(festival):
    texts = tone.stretches(festival)["text"].tolist()
    assert not any(text.startswith(("said Ann Lee", "Festival ends")) for text in texts)
    assert any("said Ann Lee" in text for text in festival.tables["stretches"]["text"])


def test_what_only_says_who_speaks_is_reported_with_its_scores(seed_analysis):
    rows = pieces.every(seed_analysis).query("voice == @pieces.WHO_SPEAKS and outlet == 'VOA'")
    left = tone.left_out(seed_analysis).set_index("outlet").loc["VOA"]
    assert left["pieces"] == len(rows) and left["VADER"] == pytest.approx(rows["vader"].mean())
    assert left["with a score"] == (rows[["vader", "textblob", "opinion"]] != 0).any(axis=1).sum() > 0
    assert "Not counted" in tone.left_out_table(seed_analysis, colour={})


def test_a_sentence_that_names_its_source_in_passing_stays_narration_and_a_bare_naming_does_not(seed_analysis):
    rows = pieces.every(seed_analysis)
    voice = dict(zip([" ".join(text.split()) for text in rows["text"]], rows["voice"], strict=True))
    voices = {
        start: next(v for text, v in voice.items() if text.startswith(start))
        for start in ("spokesman Rupert Colville", "But the nightmare")
    }
    assert voices == {"spokesman Rupert Colville": pieces.WHO_SPEAKS, "But the nightmare": "narration"}
    counted = tone.stretches(seed_analysis)
    assert len(counted) == (rows["voice"] != pieces.WHO_SPEAKS).sum() and set(counted["voice"]) <= set(tone.VOICES)
    others = rows[~rows["voice"].isin(["narration", pieces.WHO_SPEAKS])]
    key = ["article_id", "start", "voice"]
    assert len(others.merge(seed_analysis.tables["stretches"][key], on=key)) == len(others)  # others' words are never set aside


def test_a_short_sentence_of_the_outlets_own_is_narration(tmp_path):
    analysis = read(tmp_path, [("Herald", "He failed. It was a scandal. “We will see,” the mayor said. " + " ".join(PLAIN))])
    said = tone.stretches(analysis).query("voice == 'narration'")["text"].tolist()
    assert said[:2] == ["He failed.", "It was a scandal."] and not any("mayor said" in text for text in said)


def test_few_stretches_are_shown_as_sentences_and_never_as_a_mean(festival):
    table = tone.by_voice(festival)
    few, many = table[table["n"].between(1, resample.SMALL - 1)], table[table["n"] >= resample.SMALL]
    assert len(few) and few["vader"].isna().all() and len(many) and many["vader"].notna().all()
    shown = words_of(tone.grid(festival, table, colour={}))
    assert "It was a disgrace" in shown and "The organisers said" in shown
    herald = table[(table["outlet"] == "Herald") & (table["voice"] == "narration")].iloc[0]
    assert f"{herald['n']} stretches" in shown and f"VADER {methods.number(herald['vader'])}" in shown


def test_a_mean_of_next_to_no_scores_has_no_interval(scored):
    few = [(0.8, 0.8), (-0.4, 0.0), *[(0.0, 0.0)] * 6]
    analysis = scored({"Herald": few, "Post": [(0.1 * i, 0.0) for i in range(8)]})
    shown = words_of(tone.grid(analysis, tone.by_voice(analysis), colour={}))
    assert "VADER 0.05 (2 of 8 score)" in shown and "VADER 0.35 [" in shown
    bare = words_of(tone.events_grid(analysis, tone.without_events(analysis), colour={}))
    assert "without them 0.10 (1 of 8 score)" in bare and "nan" not in shown + bare


def test_every_stretch_and_word_leads_to_where_it_stands(festival, monkeypatch):
    monkeypatch.setenv("SAMESTORY_LINKS", "")
    texts = festival.story.articles.set_index("article_id")["text"]
    carried = drivers.words(festival)
    html = str(tone.grid(festival, tone.by_voice(festival), colour={})) + str(
        drivers.by_outlet(festival, carried, caption="Words", colour={})
    )
    found = re.findall(r'href="article-(\w+)\.html#(stretches|drivers)-(\d+)-(\d+)"', html)
    stands = {name: set(zip(t["article_id"], t["start"], t["end"], strict=True)) for name, t in festival.tables.items() if "start" in t}
    assert found and all((a, int(s), int(e)) in stands[table] for a, table, s, e in found)
    assert {texts[a][int(s) : int(e)] for a, table, s, e in found if table == "drivers"} >= {"splendid", "brutal", "killed"}


def test_the_picture_says_in_words_what_it_shows(festival):
    table, rows = tone.by_voice(festival), tone.stretches(festival)
    html = str(scores.by_voice(table, rows, method="vader", colours=evidence.colours(["Herald", "Post"]), caption="By voice."))
    mean = table[(table["outlet"] == "Post") & (table["voice"] == "narration")].iloc[0]
    assert f"Post narration: mean {methods.number(mean['vader'])}" in html and "too few for a mean" in html


def test_very_many_outlets_get_a_table_and_no_picture():
    table = pd.DataFrame(
        {"outlet": [f"o{i}" for i in range(40)], "voice": "narration", "n": 9, "vader": 0.0, "vader low": 0.0, "vader high": 0.0}
    )
    assert "too many to draw" in scores.by_voice(table, table, method="vader", colours={}, caption="By voice")


def test_a_story_without_running_text_says_so(tmp_path):
    analysis = read(tmp_path, [("Herald", "Fire in the port"), ("Post", "No news today")])
    table, rows = tone.by_voice(analysis), tone.stretches(analysis)
    assert rows.empty and "no running text" in scores.by_voice(table, rows, method="vader", colours={}, caption="x")
    assert "no sentences" in disagree.matrices(analysis) and "nothing to draw" in scores.trajectories(rows, colours={}, caption="x")


def test_a_report_of_many_articles_draws_the_first_and_says_so(tmp_path):
    text = " ".join(PLAIN)
    analysis = read(tmp_path, [(f"Outlet {i}", text) for i in range(15)])
    html = str(scores.trajectories(tone.stretches(analysis), colours=evidence.colours(analysis.story.outlets), caption="In order."))
    assert "The first 12 of 15 articles" in html and "Outlet 11" in html and "Outlet 12" not in html


def test_05_compares_the_same_stretches_as_04(festival):
    rows = tone.by_voice(festival)
    other = joint.tone(festival)
    for outlet in ("Herald", "Post"):
        here = rows[(rows["outlet"] == outlet) & (rows["voice"] == "narration")].iloc[0]
        there = other[(other["outlet"] == outlet) & (other["part"] == "narration")].iloc[0]
        assert (here["n"], here["vader"], here["vader low"]) == (there["n"], there["mean"], there["low"])


# --- bad news or judgement


def test_words_for_events_and_words_that_judge_stand_apart(festival):
    html = drivers.by_outlet(festival, drivers.words(festival), caption="Words", colour={})
    herald = re.search(r"<td[^>]*>Herald.*?</tr>", str(html).replace("\n", " ")).group()
    news, judging, _ = re.split(r"<td", herald)[2:5]
    assert ">killed<" in news and ">killed<" not in judging
    bad, good = re.split(r">\s*positive\s*<", judging)
    assert ">brutal<" in bad and ">splendid<" in good


def test_what_moves_without_event_words_is_counted_and_shown(festival):
    table = tone.without_events(festival)
    post = table[(table["outlet"] == "Post") & (table["method"] == "vader")].iloc[0]
    assert post["bare"] > post["mean"] and post["changed"] == len(post["places"]) >= 1
    shown = words_of(tone.events_grid(festival, table, colour={}))
    assert f"{methods.number(post['mean'])} → {methods.number(post['bare'])}" in shown and "A man died in an accident" in shown
    picture = str(scores.without_events(table, colours=evidence.colours(["Herald", "Post"]), caption="Events."))
    assert f"Post by VADER {methods.number(post['mean'])}, without {methods.number(post['bare'])}" in picture


# --- another dictionary


def test_the_matrix_counts_every_sentence_once_and_opens_where_they_disagree(festival):
    for r in disagree.pairs(festival).itertuples():
        assert r.n == len(disagree.classes(festival)) and 0 <= r.opposite <= r.both <= r.n and r.same <= r.n
    rows = disagree.classes(festival)
    first = str(disagree.matrices(festival)).split("</table>")[0]
    numbers = [int(n) for n in re.findall(r"(?:<summary><span>|<span>)(\d+)</span>", first)]
    assert sum(numbers) == len(rows)


def test_sentences_of_opposite_signs_come_with_the_words_that_did_it(tmp_path):
    text = " ".join(["The fighters gave up their light weapons and left the town on foot.", *PLAIN])
    analysis = read(tmp_path, [("Herald", text)])
    shown = words_of(disagree.opposites(analysis, colour={}))
    assert "light weapons" in shown and re.search(r"0\.\d+: light", shown) and re.search(r"−0\.\d+: [^0-9]*weapons", shown)
    assert "1 get opposite signs" in disagree.said(analysis)[0]


def test_two_dictionaries_that_are_sure_of_the_opposite_are_named():
    row = {"outlet": "Herald", "voice": "narration", "vader": -0.3, "vader low": -0.5, "vader high": -0.1}
    opposite = row | {"textblob": 0.2, "textblob low": 0.1, "textblob high": 0.4}
    unsure = row | {"textblob": 0.2, "textblob low": -0.1, "textblob high": 0.4}
    assert disagree.contradictions(pd.DataFrame([unsure])) == []
    said = disagree.contradictions(pd.DataFrame([unsure, opposite]))
    assert len(said) == 1 and said[0].startswith("Herald, narration: −0.30 by VADER, yet 0.20 by TextBlob")


# --- the reader's experiment


def test_a_changed_word_changes_the_score_of_the_dictionary_that_has_it():
    table = experiment.scores(experiment.changed("Fighters will leave with their light weapons.", {"light ": "", "light": "heavy"}))
    assert table["TextBlob"].tolist() == pytest.approx([0.4, 0, -0.2]) and table["VADER"].nunique() == 1
    assert "light: TextBlob 0.40" in table["counted"][0] and "weapons (event): VADER" in table["counted"][0]


def test_the_experiment_shows_what_straightening_and_masking_do():
    table = experiment.scores(["The talks didn't help.", "The talks didn’t help.", "The head of the United Nations spoke."])
    assert table["VADER"].tolist() == pytest.approx([-0.31, -0.31, 0], abs=0.01)
    assert table["raw VADER"].tolist() == pytest.approx([-0.31, 0.4, 0.42], abs=0.01)


def test_the_experiment_asks_every_method_about_the_target_and_nothing_about_one_that_is_not_there():
    table = experiment.towards([("The minister praised the mayor.", "the mayor"), ("The minister praised the mayor.", "the king")])
    there = [c for c in table.columns if c not in ("sentence", "target")]
    assert {"VADER", "TextBlob", "VADER in the clause"} <= set(there)
    assert table.loc[0, there].notna().all() and table.loc[1, there].isna().all()


# --- towards whom


@pytest.fixture
def strike(tmp_path):
    actors = [("strikers", "The strikers", "party"), ("company", "The company", "party"), ("yard", "The yard", "area")]
    labels = [("striker", "strikers", "neutral"), ("company", "company", "neutral"), ("yard", "yard", "neutral")]
    herald = "The brave strikers stayed at the gate. The yard was quiet. “The strikers are cowards,” the manager said. " + " ".join(
        f"The company paid no wages in {month}." for month in ("May", "June", "July", "August", "September", "October")
    )
    return read(
        tmp_path,
        [("Herald", herald), ("Post", "The company was praised for its patience. " + " ".join(PLAIN))],
        actors=actors,
        labels=labels,
    )


def test_few_mentions_stand_one_by_one_and_many_as_counts_that_open_their_sentences(strike):
    rows = towards.mentions(strike).query("method == 'vader_clause'")
    company = rows[(rows["outlet"] == "Herald") & (rows["name"] == "The company")]
    counts = company["label"].value_counts()
    shown = words_of(towards.grid(strike, method="vader_clause", colour={}))
    assert all(f"{label} {n}" in shown for label, n in counts.items()) and "The company paid no wages in May." in shown
    assert re.search(r"[−○+] “strikers”", shown)


def test_mentions_are_not_taken_for_sentences(strike):
    text = "The company praised the company’s own staff."
    given_ = pd.DataFrame({"article_id": "a0", "sentence": [1, 1, 2], "text": text})
    assert towards.counted(given_) == "3 in 2 sentences" and towards.counted(given_.iloc[1:]) == "2"
    reasons = given_.assign(because=["sham (said of it); banned (of it)", "", "lied (by it)"])
    assert towards._reasons(reasons) == ["sham (said of it); banned (of it)"] * 2 + ["lied (by it)"]


def test_headlines_have_no_tone_towards_anybody(tmp_path):
    actors, labels = [("strikers", "The strikers", "party")], [("striker", "strikers", "neutral")]
    text = "Brave strikers win the day\n\nThe strikers stayed at the gate until the evening."
    rows = towards.mentions(read(tmp_path, [("Herald", text), ("Post", " ".join(PLAIN))], actors=actors, labels=labels))
    assert set(rows["start"]) == {text.index("strikers stayed")}


def test_whose_words_an_outlets_narration_may_be_stands_below_its_name(seed_analysis):
    shown = words_of(towards.grid(seed_analysis, method="rules", colour={}))
    assert "Weaker evidence" in shown and "agency copy: AFP" in shown and "RIA Novosti; translated" in shown


def test_agreement_of_two_methods_is_counted_on_the_same_mentions(seed_analysis):
    found = towards.agreement(seed_analysis).set_index(["one", "other"]).loc[("rules", "vader_clause")]
    rows = towards.mentions(seed_analysis).query("voice == 'narrator'").set_index(["article_id", "start", "end"])["label"]
    one, other = (
        rows[towards.mentions(seed_analysis).query("voice == 'narrator'")["method"].eq(m).to_numpy()] for m in ("rules", "vader_clause")
    )
    assert found["n"] == len(one) == len(other) and found["same"] == (one.sort_index() == other.sort_index()).sum()
    assert f"{found['same'] / found['n']:.0%} ({methods.number(found['kappa'])})" in words_of(towards.compared(seed_analysis))


def test_quoted_mentions_are_kept_apart_from_the_outlets_own(strike):
    shown = words_of(towards.grid(strike, method="vader_clause", colour={}))
    assert "own words (1)" in shown and "in quotation marks (1)" in shown
    own = towards.mentions(strike).query("voice == 'narrator'")
    assert not any("coward" in strike.story.articles["text"][0][s - 5 : e + 15] for s, e in zip(own["start"], own["end"], strict=True))


def test_nobody_has_a_tone_towards_a_place(strike):
    assert "The yard" not in towards.grid(strike, method="vader_clause", colour={})


def test_the_words_that_decided_stand_behind_a_rules_sentence(strike):
    rows = towards.mentions(strike)
    given_ = strike.tables["targets"].assign(because="praised (of it)", method="rules", label="positive")
    shown = towards.grid(dataclasses.replace(strike, tables=strike.tables | {"targets": given_}), method="rules", colour={})
    assert len(rows) and "praised (of it)" in shown


def test_without_a_codebook_the_section_says_what_to_do_and_without_the_classifier_why(festival, strike, monkeypatch):
    assert "codebook/labels.csv" in towards.grid(festival, method="rules", colour={}) and towards.compared(festival) == ""
    targets = strike.tables["targets"]
    bare = dataclasses.replace(strike, tables=strike.tables | {"targets": targets[targets["method"] != "classifier"]})
    monkeypatch.setattr(classifier, "missing", lambda: "the package onnxruntime is not installed; install it with pip")
    assert "onnxruntime is not installed; install it" in towards.learned(bare, colour={})
    assert "VADER in the clause" in towards.compared(bare)


def test_with_many_outlets_the_voices_are_the_columns(tmp_path):
    actors, labels = [("strikers", "The strikers", "party")], [("striker", "strikers", "neutral")]
    analysis = read(tmp_path, [(f"Outlet {i}", "The strikers stayed at the gate.") for i in range(9)], actors=actors, labels=labels)
    shown = towards.grid(analysis, method="vader_clause", colour={})
    assert "<th" in shown and "own words" in shown and not re.search(r"<th[^>]*>\s*Outlet", shown) and "and 4 more outlets" in shown


# --- how far to trust it


def figures(*rows):
    """A table as `validity.elsewhere` gives it, from rows (group, measure, value)."""
    columns = "group data measure value interval n peer command date boxed".split()
    given_ = [{"group": g, "data": "Coded News", "measure": m, "value": v, "interval": ".1 to .9", "boxed": "yes"} for g, m, v in rows]
    return pd.DataFrame(given_, columns=columns)


def test_the_line_beside_a_chart_gives_the_figure_of_that_very_method(monkeypatch):
    table = figures(
        *[
            ("sentiment", "VADER on the sentence, macro-F1", ".51"),
            ("sentiment", "VADER in the clause, macro-F1", ".52"),
            ("sentiment", "TextBlob on the sentence, macro-F1", ".53"),
            ("targets-rules", "tone towards a person, macro-F1", ".54"),
            ("targets-vader", "tone towards a person, VADER, macro-F1", ".55"),
            ("targets-vader", "tone towards a person, VADER, negative and positive exchanged", ".067"),
        ]
    )
    monkeypatch.setattr(validity, "elsewhere", lambda: table)
    for line, there, others in (
        (validity.trust("vader"), ".51", (".52", ".53", ".54", ".55")),
        (validity.trust("rules", towards=True), ".54", (".51", ".52", ".53", ".55")),
        (validity.trust("vader", towards=True), ".55", (".51", ".52", ".53", ".54")),
    ):
        assert f"{there} [.1 to .9]" in line and not any(f"{o} [" in line for o in others)
        assert validity.ALWAYS_NEUTRAL in line and validity.PEOPLE in line
    assert "exchanged 6.7\u00a0%" in validity.trust("vader", towards=True) and "exchanged" not in validity.trust("rules", towards=True)
    assert validity.UNMEASURED in validity.trust("classifier", towards=True)
    both = validity.trust("vader", "classifier", towards=True)
    assert ".55" in both and "Not measured: learned classifier" in both


def test_whoever_coded_is_named_wherever_figures_on_coded_texts_stand():
    for shown in (validity.box("sentiment"), validity.trust("vader"), war.trust("rules"), war.table(), war.grid()):
        assert "coded by a language model, not by independent people" in shown


def test_dictionaries_that_lose_to_always_neutral_are_named():
    names, columns = ("VADER", "TextBlob"), ["measure", "value"]
    rows = [
        (f"{n}: accuracy{end}", v)
        for n, right in zip(names, (0.5, 0.7), strict=True)
        for end, v in (("", right), (" of always neutral", 0.6))
    ]
    table = pd.DataFrame(rows, columns=columns).set_index("measure")
    assert validity._no_better(table).endswith("right more often than VADER.")
    assert "None of them" in validity._no_better(table.loc[table.index.str.startswith("VADER")])
    assert validity._no_better(table.loc[table.index.str.startswith("TextBlob")]) == ""


def test_every_picture_of_scores_has_its_line_before_the_next(seed_report):
    page = (seed_report / "04-sentiment.html").read_text(encoding="utf-8")
    pieces = page.split('<figure class="plot">')[1:]
    assert len(pieces) == 4 and all(validity.TRUST in piece for piece in pieces)


@pytest.mark.skipif(not war.FILE.exists(), reason="the invented sentences are not there")
def test_the_sentences_about_war_are_asked_of_every_method_and_counted_once():
    coded, found = pd.read_csv(war.FILE), war.results()
    assert {"vader", "vader_clause", "textblob"} <= set(found["method"])
    for _, mine in found.groupby("method"):
        assert list(zip(mine["article_id"], mine["start"], strict=True)) == list(zip(coded["article_id"], coded["start"], strict=True))
    assert all(r.text[r.start : r.end] == r.target for r in found.itertuples())
    assert set(found["note"]) <= set(war.PARTS)
    victims = found[(found["note"] == "victim") & (found["method"] == "vader")]
    assert f"VADER {(victims['label'] == 'negative').sum()}" in war.said()[0] and f"Of {len(victims)} " in war.said()[0]
    fighting = found[(found["note"] == "plain_report") & (found["method"] == "rules")]
    assert f"by rules {(fighting['label'] == 'negative').sum()}," in war.said()[1]
    winners = found[(found["note"] == "celebrates") & (found["method"] == "rules") & (found["coded"] == "neutral")]
    assert f"Of {len(winners)} " in war.said()[2] and f"by rules {(winners['label'] == 'positive').sum()}," in war.said()[2]


@pytest.mark.skipif(not war.FILE.exists(), reason="the invented sentences are not there")
def test_a_wrong_answer_opens_its_sentence_and_leads_to_no_article():
    shown, found = war.grid(), war.results()
    wrong = found[(found["method"] == "vader") & (found["label"] != found["coded"])].iloc[0]
    assert f"<mark>{wrong['target']}</mark>" in shown.replace("&#39;", "'") and 'class="place"' not in shown


def test_macro_f1_of_a_known_table():
    coded = np.array(["negative", "negative", "neutral", "positive"], dtype=object)
    said = np.array(["negative", "neutral", "neutral", "negative"], dtype=object)
    assert war.macro_f1(coded, said) == pytest.approx((0.5 + 2 / 3 + 0) / 3)


def test_without_the_sentences_about_war_the_page_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(war, "FILE", tmp_path / "none.csv")
    war.results.cache_clear()
    try:
        assert war.said() == [war.ABSENT] and war.ABSENT in war.grid() and war.ABSENT in war.table()
        assert "invented" not in war.trust("rules")
    finally:
        war.results.cache_clear()


def test_an_outlet_cannot_write_markup_into_a_table(tmp_path):
    analysis = read(tmp_path, [("<b>Herald</b>", HERALD), ("Post", POST)])
    ways = sentiment.every_way(analysis, seed=1)
    table = tone.by_voice(analysis)
    shown = [tone.grid(analysis, table, colour={}), sentiment.answer(ways), sentiment.pair_table(ways, colour={})]
    shown += [drivers.by_outlet(analysis, drivers.words(analysis), caption="x", colour={}), disagree.opposites(analysis, colour={})]
    assert not any("<b>Herald" in html for html in shown) and "&lt;b&gt;Herald" in shown[0]
