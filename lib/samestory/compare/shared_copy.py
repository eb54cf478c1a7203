"""How much of each article is copy that other outlets print too, and which sentences are that?"""

from collections import defaultdict

import pandas as pd

from samestory.analysis import Analysis
from samestory.compare.grids import MOST_COLUMNS, Said
from samestory.compare.overview import some, with_text, words_of
from samestory.evidence import Place, places
from samestory.framing import shared

WHOSE = {"narration": "the outlets’ own", "mixed": "own and others’", "quoted": "a speaker’s"}


def pairs(analysis: Analysis) -> pd.DataFrame:
    """Pairs of sentences that two outlets share, as `shared.shared_sentences` finds them, with `outlet` and `other_outlet`.

    Two articles of one outlet share what the outlet repeats; that is no agency copy and is left out.
    """
    found = shared.shared_sentences(with_text(analysis, analysis.tables["sentences"]))
    outlets = dict(zip(analysis.story.articles["article_id"], analysis.story.articles["outlet"], strict=True))
    found["outlet"] = found["article_id"].map(outlets)
    found["other_outlet"] = found["other_article"].map(outlets)
    return found[found["outlet"] != found["other_outlet"]].reset_index(drop=True)


def members(analysis: Analysis, found: pd.DataFrame) -> pd.DataFrame:
    """Every sentence of some `pairs`, in groups of shared ones: article_id, start, end, outlet, text, voice, words and `group`.

    A group holds all sentences that are joined by pairs, so each is shared with at least one other of its group, perhaps not with all.
    Groups are numbered in the order of the story.
    """
    parent: dict[tuple, tuple] = {}

    def root(one: tuple) -> tuple:
        while parent.setdefault(one, one) != one:
            one = parent[one]
        return one

    for pair in found.itertuples():
        parent[root((pair.other_article, pair.other_start))] = root((pair.article_id, pair.start))
    sentences = with_text(analysis, analysis.tables["sentences"])
    keys = list(zip(sentences["article_id"], sentences["start"], strict=True))
    mine = sentences[[key in parent for key in keys]].copy()
    roots = [root(key) for key in keys if key in parent]
    mine["group"] = pd.factorize(pd.Series(roots, dtype=object))[0]
    mine["words"] = words_of(analysis, mine)
    return mine[["article_id", "start", "end", "outlet", "text", "voice", "words", "group"]].reset_index(drop=True)


def groups(analysis: Analysis) -> pd.DataFrame:
    """One row a shared sentence for `grids.table`: `sentence` as the first outlet prints it, `whose words`, `printed by` (lists of `Said`).

    Sentences that more outlets print come first. What an outlet words otherwise stands below its name; where there are many outlets, those
    with one wording share an entry.
    """
    rows = []
    for _, group in members(analysis, pairs(analysis)).groupby("group", sort=False):
        first = group.iloc[0]
        wordings = pd.Series([" ".join(text.split()) for text in group["text"]], index=group.index)
        many = group["outlet"].nunique() > MOST_COLUMNS
        printed = []
        for wording, mine in group.groupby(wordings, sort=False):
            other = "" if wording == wordings.iloc[0] else wording if wording[:1] in '"“' else f"“{wording}”"
            if many:
                printed.append(Said(some(list(mine["outlet"])), places(mine, "sentences"), note=other))
            else:
                printed += [Said(outlet, places(of, "sentences"), note=other) for outlet, of in mine.groupby("outlet", sort=False)]
        rows.append([first["text"], WHOSE.get(first["voice"], ""), printed, group["outlet"].nunique()])
    table = pd.DataFrame(rows, columns=["sentence", "whose words", "printed by", "_outlets"])
    return table.sort_values("_outlets", ascending=False, kind="stable").drop(columns="_outlets").reset_index(drop=True)


def shares(analysis: Analysis) -> pd.DataFrame:
    """One row an article: article_id, `words` of its sentences, `shared` (of them in sentences that another outlet prints too), `quoted`.

    `quoted` are the shared words in sentences that are quotation: one speaker heard by two outlets rather than copy. `partners` lists
    `(outlet, sentences, places)`, the places in pairs, here and there, the outlet with most shared sentences first.
    """
    found = pairs(analysis)
    inside = dict(list(members(analysis, found).groupby("article_id")))
    sentences = analysis.tables["sentences"]
    words = words_of(analysis, sentences).groupby(sentences["article_id"]).sum()
    both = pd.concat([found.rename(columns=_turned()), found], ignore_index=True).sort_values("start", kind="stable")
    shared_with: dict[str, dict[str, dict[Place, None]]] = defaultdict(lambda: defaultdict(dict))
    for r in both.itertuples():
        here = Place("sentences", r.article_id, int(r.start), int(r.end))
        there = Place("sentences", r.other_article, int(r.other_start), int(r.other_end))
        shared_with[r.article_id][r.other_outlet] |= {here: None, there: None}
    rows = []
    for article in analysis.story.articles["article_id"]:
        mine = inside.get(article, pd.DataFrame({"words": [], "voice": []}))
        partners = [(o, sum(p.article_id == article for p in where), list(where)) for o, where in shared_with[article].items()]
        rows.append(
            {
                "article_id": article,
                "words": int(words.get(article, 0)),
                "shared": int(mine["words"].sum()),
                "quoted": int(mine.loc[mine["voice"] == "quoted", "words"].sum()),
                "partners": sorted(partners, key=lambda p: -p[1]),
            }
        )
    return pd.DataFrame(rows, columns=["article_id", "words", "shared", "quoted", "partners"])


def _turned() -> dict[str, str]:
    """Column names of a pair seen from the other side."""
    names = {"article_id": "other_article", "start": "other_start", "end": "other_end", "outlet": "other_outlet"}
    return names | {there: here for here, there in names.items()}
