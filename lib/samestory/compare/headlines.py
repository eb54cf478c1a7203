"""What is written by other hands and read by more people: headlines and sub-heads."""

import re

import pandas as pd

from samestory import clean
from samestory.analysis import Analysis
from samestory.compare.overview import in_story_order
from samestory.evidence import places


def headlines(analysis: Analysis) -> pd.DataFrame:
    """Headlines and sub-heads, apart from the running text: outlet, place (headline, sub-head), words, places.

    A headline is a first line of at most 16 words without a full stop; a sub-head a later line of at most nine. A title that does not
    stand in the text cannot be linked and is left out.
    """
    rows = []
    for article in analysis.story.articles.itertuples():
        mine = {n: analysis.tables[n][analysis.tables[n]["article_id"] == article.article_id] for n in ("furniture", "sentences")}
        blanked = clean.blank(article.text, mine["furniture"].to_dict("records"))
        for i, (start, end) in enumerate(clean.lines(blanked)):
            line = article.text[start:end]
            if len(line.split()) > (16 if i == 0 else 9) or re.search(r"[.!:;,\"”]$|^[\"“]", line):
                continue
            around = mine["sentences"][(mine["sentences"]["start"] < end) & (mine["sentences"]["end"] > start)]
            place = "headline" if i == 0 else "sub-head"
            rows.append({"outlet": article.outlet, "place": place, "words": line, "places": places(around, "sentences")})
    return in_story_order(analysis, pd.DataFrame(rows, columns=["outlet", "place", "words", "places"]))
