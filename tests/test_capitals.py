"""Lines in capitals are read in ordinary letters; every offset stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory import capitals, clean


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("HUNDREDS FEARED DEAD AS FERRY SINKS", "Hundreds feared dead as ferry sinks"),
        ('THE U.S. AMBASSADOR TOLD THE UN THAT "WE KNOW." HE LEFT.', 'The U.S. ambassador told the UN that "we know." He left.'),
        ("GENERAL MIGUEL MAZA MARQUEZ LEFT BOGOTA IN MARCH", "General Miguel Maza Marquez left Bogota in March"),
        ("THE DEPARTMENT OF SECURITY (DAS) DIDN'T ANSWER", "The department of security (DAS) didn't answer"),
    ],
)
def test_a_line_in_capitals_reads_as_a_journalist_would_write_it(text, read):
    assert capitals.lowered(text) == read


@pytest.mark.parametrize("text", ["UNICEF said so.", "BREAKING NEWS", "REUTERS/OMAR", "The UN and NATO met. ISIS did not.", ""])
def test_other_lines_stay_as_they_are(text):
    assert capitals.lowered(text) == text


def test_numbers_of_people_in_capitals_are_found(article_of):
    from samestory.casualties import figures

    rows = figures.figures(article_of("GUERRILLAS KILLED THREE SOLDIERS AND WOUNDED FIVE NEAR LA UNION ON MONDAY."), [])
    assert [(r["text"], r["harm"]) for r in rows] == [("THREE", "killed"), ("FIVE", "injured")]


@given(st.text(max_size=200) | st.text(alphabet="ABCÄİßŉǰΣ .,'-()\n", min_size=30, max_size=120))
def test_any_text_keeps_its_length_and_its_other_characters(text):
    read = capitals.lowered(text)
    assert len(read) == len(text) == len(clean.blank(text, []))
    assert all(a == b or a.lower() == b for a, b in zip(text, read, strict=True))
