"""Frames as questions: what may help to answer them, what the coders answered, and how far they agree."""

from collections.abc import Mapping

import pandas as pd

from samestory import clean, coding, evidence
from samestory.analysis import Analysis
from samestory.compare import grids, whose
from samestory.compare.called import moments_of
from samestory.compare.grids import Block, Said
from samestory.compare.overview import with_text
from samestory.compare.passages import Passage, cut, passages
from samestory.evidence import Html, Place
from samestory.framing import frames
from samestory.parse import Article
from samestory.quotes.voice import Voices

VOICES = {"narrator": "own words", "attributed": "paraphrasing others", "quoted": "in quotation marks"}
MOST_ARTICLES = 40  # whose answers and sentences stand beside one another, or are listed for one question
NAMED = 3  # coders named one by one in a cell; with more, answers are counted
HINT = "The coders’ answers, if any; then words that may point to evidence and open their sentences: for reading, never counted."
FILL = (
    "Nobody has coded this story yet. Take frames_sheet.csv (in the report’s folder tables/, or from “samestory analyse STORY --out DIR "
    "--coding-sheet”), save a copy for each coder as coding/NAME.csv in the story’s folder, fill in value, evidence and note, each coder "
    "apart, and render again. docs/your-own-story.md says how."
)


def candidates(analysis: Analysis, *, most: int = 3) -> pd.DataFrame:
    """Sentences that may help to answer each question, by `framing.frames.candidates`, for reading: nothing is counted from here.

    Columns: item, article_id, outlet, sentence, start, end, rank, words, marks, text, and of the best cue the `voice` (narrator,
    attributed, quoted) and in words `said_by` (empty for the narrator).
    """
    asked = frames.questions(analysis.story.codebook)
    sentences = with_text(analysis, analysis.tables["sentences"])
    found = frames.candidates(asked, sentences, frames.signals(analysis.tables), most=most)
    found = with_text(analysis, found).drop(columns="moment")
    voices = _voices(analysis, found["article_id"].unique())
    texts = dict(zip(analysis.story.articles["article_id"], analysis.story.articles["text"], strict=True))
    found["voice"] = [voices[r.article_id].mention(*r.best) for r in found.itertuples()]
    cues = found.assign(start=[s for s, _ in found["best"]], end=[e for _, e in found["best"]])
    found["said_by"] = [whose.word(r) if r.voice != "narrator" else "" for r in whose.speakers(analysis, cues).itertuples()]
    found["words"] = [_same_voice(r, texts[r.article_id], voices[r.article_id]) for r in found.itertuples()]
    return found.drop(columns="best")


def _same_voice(row, text: str, voices: Voices) -> list[str]:
    """The words of a candidate that stand in the voice it is listed under; others of its sentence stay marked, but not said to be in it."""
    said = {" ".join(text[s:e].lower().split()) for s, e in row.marks if voices.mention(s, e) == row.voice}
    return [word for word in row.words if word.lower() in said]


def _voices(analysis: Analysis, articles) -> dict[str, Voices]:
    texts = dict(zip(analysis.story.articles["article_id"], analysis.story.articles["text"], strict=True))
    quotes = {a: g.to_dict("records") for a, g in analysis.tables["quotes"].groupby("article_id")}
    furniture = {a: g.to_dict("records") for a, g in analysis.tables["furniture"].groupby("article_id")}
    blanked = {a: clean.blank(texts[a], furniture.get(a, [])) for a in articles}
    return {a: Voices(Article(a, texts[a], None, blanked=blanked[a]), quotes.get(a, [])) for a in articles}


def sheet(analysis: Analysis) -> pd.DataFrame:
    """The empty sheet for one coder, with candidate sentences as help; columns as `coding.SHEET`."""
    return coding.empty_sheet(analysis.story, candidates(analysis))


def agreement(analysis: Analysis) -> pd.DataFrame:
    """How far the coders agree on each question and frame, as `coding.agree`, for those that two coders answered."""
    found = coding.agree(analysis.tables["coding"], frames.questions(analysis.story.codebook))
    return found[found["units"] > 0].reset_index(drop=True)


def agreement_table(analysis: Analysis) -> Html:
    """The table of agreement, with what it can bear in words; without two coders, nothing."""
    found = agreement(analysis)
    if found.empty:
        return Html("")
    rows = [
        {
            "frame": r.frame,
            "question": r.question or "all questions of this frame",
            "coders": r.coders,
            "answers that agree": f"{r.agreed} of {r.units}",
            "pairs that agree": f"{r.share:.0%}",
            "alpha": f"{r.alpha:.2f}".replace("-", "−") if pd.notna(r.alpha) else "–",
            "95 %": _interval(r.low, r.high) if pd.notna(r.alpha) else r.why,
        }
        for r in found.itertuples()
    ]
    articles = int(found["articles"].max())
    note = (
        f"Krippendorff’s alpha, nominal: 1 is full agreement, 0 what chance would give. Articles coded by two or more: {articles}. One "
        f"question gets an alpha from {coding.LEAST_ARTICLES} articles on, a whole frame from {coding.LEAST_POOLED}; the intervals come "
        "from drawing articles anew."
    )
    if articles < 3 * coding.LEAST_ARTICLES:
        note += " With so few articles they are wide, and still too narrow to be trusted: read the disagreements, not the coefficient."
    return evidence.table(pd.DataFrame(rows), caption="How far the coders agree", note=note)


def _interval(low: float, high: float) -> str:
    return f"{low:.2f} to {high:.2f}".replace("-", "−") if pd.notna(low) else "cannot be drawn"


def section(analysis: Analysis, *, colour: Mapping[str, str]) -> Html:
    """The questions frame by frame: questions down, outlets across, in each cell what the coders answered and sentences to read.

    Where coders differ, the cell says so. Without a sheet, how to make one is said first. With more than `grids.MOST_COLUMNS` outlets or
    `MOST_ARTICLES` articles one column lists the answers by article, differing ones first, and the sentences stand only in the sheet.
    """
    asked = frames.questions(analysis.story.codebook)
    answers = analysis.tables["coding"]
    answers = answers[answers["item"].isin(asked["item"])]
    pieces = [] if len(answers) else [evidence.note(FILL, kind="how", title="To be answered by people:")]
    few = len(analysis.story.outlets) <= grids.MOST_COLUMNS and len(analysis.story.articles) <= MOST_ARTICLES
    found = candidates(analysis) if few else None
    for i, (frame, group) in enumerate(asked.groupby("frame", sort=False)):
        table = _listed(analysis, group, answers) if found is None else _beside(analysis, group, answers, found)
        under = moments_of(analysis) if few else {}
        pieces.append(grids.table(table, caption=frame, hint="" if i else HINT, colour=colour, under=under, fold=i > 0))
    return evidence.together(*pieces)


def _beside(analysis: Analysis, asked: pd.DataFrame, answers: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    outlets = analysis.story.outlets
    texts = dict(zip(analysis.story.articles["article_id"], analysis.story.articles["text"], strict=True))
    rows = []
    for q in asked.itertuples():
        row: list = [q.question]
        for outlet in outlets:
            articles = analysis.story.articles.loc[analysis.story.articles["outlet"] == outlet, "article_id"].tolist()
            blocks = []
            for article in articles:
                given = answers[(answers["item"] == q.item) & (answers["article_id"] == article)]
                if len(given):
                    blocks.append(coded(analysis, given, name=article if len(articles) > 1 else ""))
            blocks += _to_read(found[(found["item"] == q.item) & (found["outlet"] == outlet)], texts)
            row.append(blocks)
        rows.append(row)
    return pd.DataFrame(rows, columns=["question", *outlets])


def _listed(analysis: Analysis, asked: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for q in asked.itertuples():
        mine = answers[answers["item"] == q.item]
        articles = sorted(mine.groupby("article_id", sort=False), key=lambda pair: pair[1]["value"].nunique() < 2)
        blocks = [coded(analysis, given, name=article) for article, given in articles[:MOST_ARTICLES]]
        if len(articles) > MOST_ARTICLES:
            blocks.append(Block("", [Said(f"and {len(articles) - MOST_ARTICLES} more articles; the downloadable table has them all", [])]))
        rows.append([q.question, blocks])
    return pd.DataFrame(rows, columns=["question", "answers"])


def coded(analysis: Analysis, given: pd.DataFrame, *, name: str = "") -> Block:
    """The answers of the coders to one question about one article (rows of `coding`), as a block headed by whether they differ.

    Each answer opens the evidence given for it; up to `NAMED` coders are named, more are counted.
    """
    differ = given["value"].nunique() > 1
    verdict = "≠ coders differ" if differ else "coders agree" if len(given) > 1 else "coded once"
    entries = []
    for value, group in sorted(given.groupby("value", sort=False), key=lambda pair: -len(pair[1])):
        placed = group.dropna(subset=["start"])
        notes = [f"{r.coder}: {r.note}" if pd.notna(r.note) else r.coder for r in group.itertuples()]
        shown = passages(analysis, placed, "coding", notes=[n for n, s in zip(notes, group["start"], strict=True) if pd.notna(s)])
        who = ", ".join(group["coder"]) if len(given) <= NAMED else f"{len(group)} of {len(given)} coders"
        entries.append(Said(str(value), evidence.places(placed, "coding"), shown, note=who))
    return Block(f"{name}: {verdict}" if name else verdict, entries, own=differ)


def _to_read(found: pd.DataFrame, texts: Mapping[str, str]) -> list[Block]:
    """Candidate sentences of one cell, by the voice in which their best cue stands."""
    blocks = []
    for voice, head in VOICES.items():
        mine = found[found["voice"] == voice]
        entries = [_candidate(row, texts[row["article_id"]]) for row in mine.to_dict("records")]
        if entries:
            blocks.append(Block(f"to read, {head}", entries))
    return blocks


def _candidate(row: dict, text: str) -> Said:
    place = Place("sentences", row["article_id"], int(row["start"]), int(row["end"]))
    shown = Passage(cut(text, (row["start"], row["end"]), row["marks"]), place, row["said_by"])
    return Said(", ".join(row["words"][:3]), [place], [shown])
