"""Where does tone towards an actor go wrong on war reporting? Measured on sentences invented for it, when the page is made.

The sentences were written and coded by a language model in one pass. A second pass by a language model, which did not see the codes, agreed
on all 240 that there were then; the 24 of `celebrates` came later and had one pass. That is no reliability: no people coded them.
"""

import functools

import numpy as np
import pandas as pd

from samestory import agreement, clean, evidence, parse, sentiment, validity
from samestory.analysis import cache_folder
from samestory.compare import grids
from samestory.compare.grids import Said
from samestory.compare.methods import CLASSES, NAMES, SIGNS, TOWARDS
from samestory.compare.passages import Passage, cut
from samestory.evidence import Html
from samestory.sentiment import classifier

FILE = validity.GOLD / "war_targets.csv"
CODED = {-1: "negative", 0: "neutral", 1: "positive"}
# What part a target has in its sentence (column `note`), in the order shown: first those whom nobody judges.
PARTS = {
    "victim": "suffers, and nobody judges them",
    "plain_report": "takes part in what is plainly reported",
    "celebrates": "celebrates, claims a victory, welcomes a deal",
    "speaker": "only speaks",
    "perpetrator": "did the harm that is told",
    "blame": "is blamed",
    "quoted_judgement": "is judged in a quotation",
    "praise": "is praised",
    "rescuer": "helps or saves",
    "success": "succeeds",
    "other": "anything else",
}
# What the figures on these sentences are worth for two of the methods, said beside them.
FLATTERED = {
    "classifier": " It learned from sentences like these, so this flatters it.",
    "rules": " They were mended with these figures in view, so this flatters them.",
}
ABSENT = "The invented sentences about war (tests/gold/war_targets.csv) are not installed here, so this cannot be measured."


@functools.cache
def results() -> pd.DataFrame:
    """What every method says of every target of the invented sentences; empty where they are not installed.

    Columns: those of the file (article_id, text, start, end, target, note), `coded` (negative, neutral, positive), method, label, because.
    Kept by the content of the file, the code and the methods that are there.
    """
    if not FILE.exists():
        return pd.DataFrame(columns=["article_id", "text", "start", "end", "target", "note", "coded", "method", "label", "because"])
    coded = pd.read_csv(FILE, dtype={"article_id": str, "text": str, "target": str, "note": str}, keep_default_na=False)
    nlp = parse.load_model()

    def compute() -> pd.DataFrame:
        texts = [clean.blank(text, []) for text in coded["text"]]
        rows = []
        for r, text, doc in zip(coded.itertuples(), texts, parse.ParseCache(cache_folder(), nlp).docs(texts), strict=True):
            article = parse.Article(r.article_id, r.text, doc, target=(int(r.start), int(r.end)), blanked=text)
            about = {
                "article_id": r.article_id,
                "text": r.text,
                "start": int(r.start),
                "end": int(r.end),
                "target": r.target,
                "note": r.note,
            }
            for found in sentiment.targets(article, []):
                rows.append(
                    about
                    | {"coded": CODED[int(r.polarity)], "method": found["method"], "label": found["label"], "because": found["because"]}
                )
        return pd.DataFrame(rows)

    return validity.kept("war", f"{nlp.meta['samestory']} {classifier.missing()}", [FILE], compute)


def macro_f1(coded: np.ndarray, label: np.ndarray) -> float:
    """Mean F1 of the three classes."""
    return float(np.mean([2 * np.sum((coded == c) & (label == c)) / max(np.sum(coded == c) + np.sum(label == c), 1) for c in CLASSES]))


def measured() -> pd.DataFrame:
    """Each method on all invented sentences: method, n, value (macro-F1), low, high (95 %, resampling the targets), flips.

    A flip is a positive target called negative or a negative one called positive. "always neutral" comes last.
    """
    rows, found = [], results()
    chosen = [m for m in TOWARDS if m in set(found["method"])]
    for m in chosen:
        mine = found[found["method"] == m]
        coded, label = mine["coded"].to_numpy(dtype=object), mine["label"].to_numpy(dtype=object)
        low, high = agreement.bootstrap(lambda units, c=coded, s=label: macro_f1(c[units], s[units]), len(mine))
        flips = int(((coded != "neutral") & (label != "neutral") & (coded != label)).sum())
        rows.append({"method": m, "n": len(mine), "value": macro_f1(coded, label), "low": low, "high": high, "flips": flips})
    if rows:
        always = np.full(len(coded), "neutral", dtype=object)
        rows.append({"method": "always neutral", "n": len(coded), "value": macro_f1(coded, always), "low": None, "high": None, "flips": 0})
    return pd.DataFrame(rows, columns=["method", "n", "value", "low", "high", "flips"])


# What each method is counted for in a sentence: a part, the coding, whether a label is wrong in the way that matters, and how it is told.
COUNTED = (
    ("victim", "neutral", ("negative",), "Of {n} who suffer and whom nobody judges, called negative: {them}."),
    ("plain_report", "neutral", ("negative",), "Of {n} who take part in what is plainly reported, called negative: {them}."),
    ("celebrates", "neutral", ("positive",), "Of {n} who celebrate, claim a victory or welcome a deal, called positive: {them}."),
    ("perpetrator", "negative", ("neutral", "positive"), "Of {n} who did harm that is told as such, not called negative: {them}."),
)


def said() -> list[str]:
    """In sentences (`COUNTED`), for every method: whom it judges though nobody does, and whom it does not though the sentence does."""
    found = results()
    if found.empty:
        return [ABSENT]
    chosen, out = [m for m in TOWARDS if m in set(found["method"])], []
    for note, coded, wrong, text in COUNTED:
        mine = found[(found["note"] == note) & (found["coded"] == coded)]
        if len(mine):
            them = ", ".join(f"by {NAMES[m]} {int(mine.loc[mine['method'] == m, 'label'].isin(wrong).sum())}" for m in chosen)
            out.append(text.format(n=int((mine["method"] == chosen[0]).sum()), them=them))
    return out


def grid() -> Html:
    """What a target does in its sentence, down; methods, across: how many come out right, and as what the others, opening the sentences."""
    found = results()
    if found.empty:
        return evidence.note(ABSENT, kind="empty")
    chosen = [m for m in TOWARDS if m in set(found["method"])]
    order = [note for note in PARTS if note in set(found["note"])]
    rows = []
    for note in [*order, *sorted(set(found["note"]) - set(order))]:
        mine = found[found["note"] == note]
        counts = mine.loc[mine["method"] == chosen[0], "coded"].value_counts()
        expected = counts.index[0] if len(counts) == 1 else ", ".join(f"{c} {counts[c]}" for c in CLASSES if c in counts)
        rows.append([f"{PARTS.get(note, note)} ({expected})", *(_cell(mine[mine["method"] == m]) for m in chosen)])
    return grids.table(
        pd.DataFrame(rows, columns=["the target …", *(NAMES[m] for m in chosen)]),
        caption="Invented sentences about war: what each method makes of the target",
        hint=f"In brackets, how the target was {validity.CODERS}. Under “right”, what the others were taken for; each opens its sentences.",
    )


def _cell(mine: pd.DataFrame) -> list[Said]:
    wrong = mine[mine["label"] != mine["coded"]]
    out = [Said(f"{len(mine) - len(wrong)} of {len(mine)} right", [])]
    for label in CLASSES:
        some = wrong[wrong["label"] == label]
        if len(some):
            opened = [
                Passage(cut(r.text, (0, len(r.text)), [(r.start, r.end)]), None, "; ".join(filter(None, (f"coded {r.coded}", r.because))))
                for r in some.itertuples()
            ]
            out.append(Said(f"{SIGNS[label]}\u00a0{len(some)}\u00a0{label}", [], opened))
    return out


def trust(method: str) -> Html:
    """The line beside a chart of tone towards actors: `validity.trust`, and what the method reaches on the invented sentences."""
    table = measured().set_index("method")
    also = ""
    if method in table.index:
        row, always = table.loc[method], validity.point(table.loc["always neutral", "value"])
        within = f"{validity.point(row['low'])} to {validity.point(row['high'])}"
        also = f"On {int(row['n'])} invented targets of war news, {validity.CODERS}: "
        also += f"{validity.point(row['value'])} [{within}]; always “neutral” {always}."
        also += FLATTERED.get(method, "")
    return validity.trust(method, towards=True, also=also)


def table() -> Html:
    """`measured` as a table."""
    rows = measured().assign(method=[NAMES.get(m, m) for m in measured()["method"]])
    headers = {"value": "macro-F1", "n": "targets", "flips": "opposite"}
    note = (
        f"Invented, and {validity.CODERS}. Opposite: positive called negative, or the reverse. 95 % intervals from resampling the targets."
    )
    return evidence.table(rows, caption="The same sentences, all together", headers=headers, note=note, empty=ABSENT)
