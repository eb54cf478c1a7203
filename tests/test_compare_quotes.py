"""The outlet view of quotes: what is counted, by whom, through whom, and what is shown apart."""

import pandas as pd
import pytest

from samestory import story
from samestory.analysis import analyse
from samestory.compare import quotes

HERALD = """The harbour will stay closed for a week, the mayor, Anna Brown, said on Monday.

"We have lost the eastern pier and two of the cranes," Brown told reporters. "Nobody was hurt."

A port official told the Reuters news agency that the damage would cost millions. The insurers said it was too early to tell.

A report by the ministry found that the pier had been unsafe. Dock workers warned that the cranes would fall.

Critics of the mayor have their fun with her "lovely little seaside town of the future" every year."""

GAZETTE = """The pier collapsed on Sunday. "It sounded like thunder," Tom Lee, a fisherman, told the Gazette."""


@pytest.fixture(scope="module")
def analysis(tmp_path_factory):
    folder = tmp_path_factory.mktemp("harbour")
    file = folder / "harbour.csv"
    rows = [("h", "Herald", HERALD), ("g", "Gazette", GAZETTE)]
    pd.DataFrame(rows, columns=["article_id", "outlet", "text"]).to_csv(file, index=False)
    patch = pytest.MonkeyPatch()
    patch.setenv("SAMESTORY_CACHE", str(folder / "cache"))
    yield analyse(story.read_story(file))
    patch.undo()


def test_kinds_of_source_are_told_apart_with_their_shares(analysis):
    table = quotes.kinds(analysis)
    herald = table[table["outlet"] == "Herald"].set_index("source is")
    assert herald.loc["person, by name", "quotes"] == 2
    assert herald.loc["person, by name", "in marks"] == 1
    assert herald.loc["document", "quotes"] == 1
    assert herald.loc["source without a name", "quotes"] >= 2
    assert herald["share of quotes"].sum() == pytest.approx(1)
    assert herald["share of words"].sum() == pytest.approx(1)


def test_too_few_statements_get_no_share(analysis):
    table = quotes.kinds(analysis)
    gazette = table[table["outlet"] == "Gazette"]
    assert gazette["quotes"].tolist() == [1]
    assert gazette["share of quotes"].isna().all() and gazette["share of words"].isna().all()


def test_a_statement_made_to_another_medium_is_at_second_hand_but_not_one_to_the_outlet_itself(analysis):
    assert "Gazette" in analysis.table("quotes")["through"].dropna().tolist()
    (row,) = quotes.second_hand(analysis).to_dict("records")
    assert (row["through"], row["speaker"]) == ("Reuters", "A port official")
    assert row["places"][0].article_id == "h"


def test_words_with_a_guessed_speaker_are_shown_but_counted_nowhere(analysis):
    weak = quotes.weak(analysis)
    assert weak["content"].tolist() == ["lovely little seaside town of the future"]
    assert (weak["confidence"] < quotes.LEAST).all()
    assert not quotes.listing(analysis)["content"].str.contains("seaside").any()
    assert "Critics" not in quotes.speakers(analysis)["speaker"].tolist()


def test_sides_and_kinds_count_the_same_statements(analysis):
    for outlet in ("Herald", "Gazette"):
        sides, kinds = (table[table["outlet"] == outlet] for table in (quotes.sides(analysis), quotes.kinds(analysis)))
        assert sides["quotes"].sum() == kinds["quotes"].sum()
        assert (sides["words in direct"] + sides["in mixed"] + sides["in reported"]).sum() == kinds["words"].sum()
