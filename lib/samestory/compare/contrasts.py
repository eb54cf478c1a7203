"""Labels that one outlet says itself and another only in others' words or never, and labels in mouths that would hardly say them."""

import re

import pandas as pd

from samestory import clean
from samestory.analysis import Analysis
from samestory.compare import whose
from samestory.compare.called import BY_NAME, THINGS, mentions, wording
from samestory.compare.grids import Said
from samestory.compare.labels import by_actor
from samestory.compare.overview import in_story_order
from samestory.compare.passages import passages
from samestory.compare.resample import SMALL
from samestory.evidence import places
from samestory.phrases import singular

NOT_NEUTRAL = ("delegitimising", "loaded", "legitimising")
OWN, OTHERS, NEVER = "says it itself", "only in others’ words or in quotation marks", "names the actor without it"
OTHERWISE = "has the word otherwise"
WORD = re.compile(r"\b(?:[^\W\d_]\.){2,}|[^\W_]+")  # initials, for "U.S." is "US"; the pieces of "opposition-held" are words too
OWN_SIDE = "its own side is said to have called it this"
OWN_WORD = "the outlet uses the word itself too"


def contrasts(
    analysis: Analysis, *, things: bool = False, across_moments: bool = False, valences: tuple[str, ...] = NOT_NEUTRAL
) -> pd.DataFrame:
    """One row an actor, label and valence: which outlets say it themselves, which only in others' words, which not at all.

    Columns: `actor`, `label`, `OWN`, `OTHERS`, `NEVER` (lists of `Said`), by actor and by valence in the order of `valences`. An entry of
    `OWN` tells how many of the outlet's own labels for this actor it rests on ("2 of 10"); one of `OTHERS` who is said to have said it.
    `NEVER` names outlets that call the actor otherwise, apart those that name it less than `resample.SMALL` times, and apart those in whose
    text (page furniture left out) the label's word stands all the same, in a title, a modifier or of somebody else (`OTHERWISE`), with
    where. Rows without a contrast (every outlet that names the actor says it itself) are left out, and so are titles of people by name.
    With `things`, events and places instead of those who act, and no column `NEVER`: one name may stand for a deal and for a killing, so
    who has another word for it may write of something else. What happens is called after the moment, so there a contrast is one between
    outlets of the same moments, unless `across_moments` is set.
    """
    rows = mentions(analysis)
    rows = rows[rows["kind"].isin(THINGS) == things]
    marked = rows[rows["valence"].isin(valences) & (rows["key"] != BY_NAME)]
    out = []
    for (actor, _, valence), group in marked.groupby(["name", "key", "valence"], sort=False):
        every = rows[rows["name"] == actor]
        if things and not across_moments:
            comparable = every["moment"].isin(set(group["moment"]) - {""})
            every = every[comparable | every["outlet"].isin(group["outlet"])]
        said, others, silent = [], [], []
        for outlet in analysis.story.outlets:
            mine, all_mine = group[group["outlet"] == outlet], every[every["outlet"] == outlet]
            if (mine["voice"] == "narrator").any():
                said.append(_own(analysis, outlet, mine, all_mine))
            elif len(mine):
                others.append(_others(analysis, outlet, mine))
            elif len(all_mine):
                silent.append((outlet, len(all_mine)))
        if others or silent:
            label = [Said(wording(group), [], valence=valence)]
            never = [] if things else _never(analysis, silent, label[0].text)
            out.append((valences.index(valence), [actor, label, said, others, never]))
    out.sort(key=lambda pair: pair[0])
    table = by_actor(analysis, pd.DataFrame([row for _, row in out], columns=["actor", "label", OWN, OTHERS, NEVER]))
    return table.drop(columns=NEVER) if things else table


def _own(analysis: Analysis, outlet: str, mine: pd.DataFrame, all_mine: pd.DataFrame) -> Said:
    own = mine[mine["voice"] == "narrator"]
    of = int((all_mine["voice"] == "narrator").sum())
    others = _words(mine[mine["voice"] != "narrator"])
    note = f"and {len(mine) - len(own)} in others’ words: {others}" if others else ""
    sentences = passages(analysis, mine, "labels", notes=[whose.word(r) for r in mine.itertuples()])
    return Said(f"{outlet}: {len(own)} of its own {of}", places(mine, "labels"), sentences, note=note)


def _others(analysis: Analysis, outlet: str, mine: pd.DataFrame) -> Said:
    return Said(f"{outlet}: {len(mine)}", places(mine, "labels"), passages(analysis, mine, "labels"), note=_words(mine))


def _words(mine: pd.DataFrame) -> str:
    return "; ".join(dict.fromkeys(whose.word(r) for r in mine.itertuples()))


def _never(analysis: Analysis, silent: list[tuple[str, int]], label: str) -> list[Said]:
    """Outlets that name an actor but not so, with how often; rare mentions apart, and those apart that have the word otherwise."""
    found = {outlet: _word_in(analysis, outlet, label) for outlet, _ in silent}
    without = [(outlet, n) for outlet, n in silent if found[outlet].empty]
    enough = [f"{outlet} ({n})" for outlet, n in without if n >= SMALL]
    few = [f"{outlet} ({n})" for outlet, n in without if n < SMALL]
    said = [Said(text, []) for text in (", ".join(enough), few and f"too few mentions to say: {', '.join(few)}") if text]
    for outlet, _ in silent:
        if len(rows := found[outlet]):
            how = "in a title, in front of another word, or of others"
            said.append(Said(f"{OTHERWISE}: {outlet}", places(rows, "sentences"), passages(analysis, rows, "sentences"), note=how))
    return said


def _word_in(analysis: Analysis, outlet: str, label: str) -> pd.DataFrame:
    """Where a label's word or words stand in an outlet's texts in any number and capitals: rows `article_id, start, end`."""
    wanted = [_folded(word) for word in WORD.findall(label)]
    articles, furniture = analysis.story.articles, analysis.tables["furniture"]
    rows = []
    for article in articles[articles["outlet"] == outlet].itertuples():
        text = clean.blank(article.text, furniture[furniture["article_id"] == article.article_id].to_dict("records"))
        words = [(_folded(m.group()), *m.span()) for m in WORD.finditer(text)]
        for i in range(len(words) - len(wanted) + 1):
            run = words[i : i + len(wanted)]
            if wanted and [word for word, _, _ in run] == wanted:
                rows.append((article.article_id, run[0][1], run[-1][2]))
    return pd.DataFrame(rows, columns=["article_id", "start", "end"])


def _folded(word: str) -> str:
    return singular(word.lower().replace(".", ""))


def odd_voices(analysis: Analysis) -> pd.DataFrame:
    """Labels in a paraphrase that may be the outlet's and not the speaker's: to be read, not counted.

    Columns: `outlet`, `label` (a list of one `Said`), `of` (the actor), `said to be by`, `why it is listed`. Listed are delegitimising
    labels of a side that its own speaker is said to have used (`OWN_SIDE`; in quotation marks as well: irony, or a wrong reading), and
    delegitimising or loaded labels in a paraphrase, outside quotation marks, that the outlet also uses in its own words (`OWN_WORD`).
    """
    rows = mentions(analysis)
    rows = rows[~rows["kind"].isin(THINGS) & rows["valence"].isin(["delegitimising", "loaded"])]
    own = set(rows.loc[rows["voice"] == "narrator", ["outlet", "actor", "key"]].itertuples(index=False, name=None))
    out = []
    for (outlet, _, key, speaker), group in rows[rows["voice"] != "narrator"].groupby(["outlet", "actor", "key", "speaker"], sort=False):
        first = group.iloc[0]
        why = []
        if first["side"] == first["actor"] and (group["valence"] == "delegitimising").any():
            why.append(OWN_SIDE)
        paraphrased = (group["voice"] == "attributed").any()
        if paraphrased and (outlet, first["actor"], key) in own:
            why.append(OWN_WORD)
        if why:
            label = Said(wording(group), places(group, "labels"), passages(analysis, group, "labels"), first["valence"])
            out.append([outlet, [label], first["name"], whose.source_in_words(speaker), "; ".join(why)])
    return in_story_order(analysis, pd.DataFrame(out, columns=["outlet", "label", "of", "said to be by", "why it is listed"]))
