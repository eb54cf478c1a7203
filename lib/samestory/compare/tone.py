"""The score of what each outlet says itself, and of what it lets others say: voice by voice, sentence by sentence."""

from collections.abc import Mapping

import pandas as pd

from samestory import evidence
from samestory.analysis import Analysis
from samestory.compare import grids, methods, pieces
from samestory.compare.grids import Block, Said
from samestory.compare.passages import passages
from samestory.compare.resample import SMALL, mean_interval, spelled
from samestory.evidence import Html, places

VOICES = {"narration": "narration", "direct": "direct quotation", "indirect": "indirect speech", "scare": "scare quotes"}
MOST_OUTLETS = 40  # rows of a table
CUT_AT = 90  # characters of a stretch shown in a cell


def stretches(analysis: Analysis) -> pd.DataFrame:
    """The stretches that are counted: one row a piece of one voice within a sentence, with outlet, moment and the columns of `stretches`.

    Left out: headlines and sub-heads, and what only says who speaks (`pieces.every`), which would pull every mean of narration towards
    zero, and most where most is quoted.
    """
    rows = pieces.every(analysis)
    return rows[rows["voice"] != pieces.WHO_SPEAKS].reset_index(drop=True)


def by_voice(analysis: Analysis) -> pd.DataFrame:
    """Mean score of the stretches of each outlet and voice.

    Columns: outlet, voice, n, and for each dictionary `METHOD`, `METHOD low`, `METHOD high` (95 %, Student's t; missing where
    fewer than three score); with fewer than five stretches the means are missing: read them. `places` leads to them.
    """
    rows, cells = [], dict(list(stretches(analysis).groupby(["outlet", "voice"], sort=False)))
    for outlet in analysis.story.outlets:
        for voice in VOICES:
            mine = cells.get((outlet, voice))
            row = {"outlet": outlet, "voice": voice, "n": 0 if mine is None else len(mine)}
            for method in methods.of_sentences(analysis):
                found = (None, None, None) if mine is None else mean_interval(mine[method])
                row |= dict(zip((method, f"{method} low", f"{method} high"), found, strict=True))
            rows.append(row | {"places": [] if mine is None else places(mine, "stretches")})
    numbers = [f"{m}{end}" for m in methods.of_sentences(analysis) for end in ("", " low", " high")]
    return pd.DataFrame(rows, columns=["outlet", "voice", "n", *numbers, "places"]).astype(dict.fromkeys(numbers, float))


def grid(analysis: Analysis, table: pd.DataFrame, *, colour: Mapping[str, str]) -> Html:
    """Outlets down, voices across: number, means and intervals (`by_voice`), with their sentences; a small cell is its sentences."""
    every = stretches(analysis)
    found = dict(list(every.groupby(["outlet", "voice"], sort=False)))
    rows = []
    for outlet, mine in table.groupby("outlet", sort=False):
        cells = [_cell(analysis, found.get((outlet, voice), every.head(0))) for voice in mine["voice"]]
        rows.append([outlet, *cells])
    return grids.table(
        pd.DataFrame(rows, columns=["outlet", *VOICES.values()]),
        caption="Mean score by outlet and voice, with the sentences behind it",
        hint="In brackets 95 % intervals (Student’s t). Where fewer than three stretches score, how many do. "
        f"Fewer than {SMALL} stretches have no mean: here they are, to be read.",
        colour=colour,
        most=MOST_OUTLETS,
        empty="These texts have no running text to score.",
    )


def left_out(analysis: Analysis) -> pd.DataFrame:
    """What is not counted because it only says who speaks (`pieces.every`), and what it would have scored.

    Columns: outlet, pieces, words, `with a score`, and the mean by each dictionary, missing with fewer than five pieces. Part of it is the
    outlet's own choice of words ("claimed", "in a fiery speech"), so the reader is told what goes missing.
    """
    rows = pieces.every(analysis)
    chosen, out = methods.of_sentences(analysis), []
    for outlet, mine in rows[rows["voice"] == pieces.WHO_SPEAKS].groupby("outlet", sort=False):
        scoring = int((mine[list(chosen)] != 0).any(axis=1).sum())
        means = {methods.NAMES[m]: float(mine[m].mean()) if len(mine) >= SMALL else None for m in chosen}
        out.append({"outlet": outlet, "pieces": len(mine), "words": int(mine["words"].sum()), "with a score": scoring} | means)
    columns = ["outlet", "pieces", "words", "with a score", *(methods.NAMES[m] for m in chosen)]
    return pd.DataFrame(out, columns=columns).astype({methods.NAMES[m]: float for m in chosen})


def left_out_table(analysis: Analysis, *, colour: Mapping[str, str]) -> Html:
    """`left_out` as a table."""
    return evidence.table(
        left_out(analysis),
        caption="Not counted: pieces that only say who speaks",
        note="How many have any score, and the mean of all of them. They stand in the table of every stretch, further down.",
        colour=colour,
        empty="Nothing was left out.",
    )


def _cell(analysis: Analysis, mine: pd.DataFrame) -> list[Block]:
    if mine.empty:
        return []
    some, chosen = mine.head(grids.MOST_PASSAGES), methods.of_sentences(analysis)
    if len(mine) < SMALL:
        said = []
        for r in mine.itertuples():
            opened = passages(analysis, mine.loc[[r.Index]], "stretches")
            said.append(Said(brief(r.text), places(mine.loc[[r.Index]], "stretches"), opened, note=methods.numbers(r, chosen)))
        return [Block("too few for a mean: read", said)]
    notes = [methods.numbers(r, chosen) for r in some.itertuples()]
    opened = passages(analysis, some, "stretches", notes=notes)
    first = "" if len(some) == len(mine) else f"opens the first {len(some)}"
    length = f"{mine['words'].median():.0f} words each (median)"
    counted = Said(f"{len(mine):,} stretches", places(some, "stretches"), opened, note="; ".join(filter(None, (length, first))))
    means = [Said(f"{methods.NAMES[method]} {spelled(mine[method])}", []) for method in chosen]
    return [Block("", [counted, *means])]


def brief(text: str, most: int = CUT_AT) -> str:
    """A stretch for a cell: white space made single, and cut at a word."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


def without_events(analysis: Analysis) -> pd.DataFrame:
    """The narration's mean score as it is and with the words for events masked: how far it hangs on them.

    Columns: outlet, method, n, `mean, low, high` (95 %, Student's t; missing where fewer than three score) and `bare, bare low, bare high`
    (without event words), `changed` (stretches whose score moved), places (of those). Outlets with fewer than five stretches of narration
    are left out.
    """
    rows = []
    narration = stretches(analysis).query("voice == 'narration'")
    for outlet, mine in narration.groupby("outlet", sort=False):
        if len(mine) < SMALL:
            continue
        for method in methods.of_sentences(analysis):
            row = {"outlet": outlet, "method": method, "n": len(mine)}
            row |= dict(zip(("mean", "low", "high"), mean_interval(mine[method]), strict=True))
            row |= dict(zip(("bare", "bare low", "bare high"), mean_interval(mine[f"{method}_no_events"]), strict=True))
            moved = mine[(mine[method] - mine[f"{method}_no_events"]).abs() > 1e-9]
            rows.append(row | {"changed": len(moved), "places": places(moved, "stretches")})
    columns = ["outlet", "method", "n", "mean", "low", "high", "bare", "bare low", "bare high", "changed", "places"]
    return pd.DataFrame(rows, columns=columns)


def events_grid(analysis: Analysis, table: pd.DataFrame, *, colour: Mapping[str, str]) -> Html:
    """`without_events` for reading: one row an outlet, one column a dictionary, before and after, with the sentences that moved."""
    narration = stretches(analysis).query("voice == 'narration'")
    rows = []
    for outlet, mine in table.groupby("outlet", sort=False):
        cells = []
        for r in mine.to_dict("records"):
            bare = f"{r['method']}_no_events"
            moved = narration[(narration["outlet"] == outlet) & ((narration[r["method"]] - narration[bare]).abs() > 1e-9)]
            moved = moved.head(grids.MOST_PASSAGES)
            notes = [f"{methods.number(a)} → {methods.number(b)}" for a, b in zip(moved[r["method"]], moved[bare], strict=True)]
            left = spelled(narration.loc[narration["outlet"] == outlet, bare])
            opened = passages(analysis, moved, "stretches", notes=notes)
            cells.append(
                [
                    Said(f"{methods.number(r['mean'])} → {methods.number(r['bare'])}", [], note=f"without them {left}"),
                    Said(f"{r['changed']} of {r['n']} moved", places(moved, "stretches"), opened),
                ]
            )
        rows.append([outlet, *cells])
    chosen = [methods.NAMES[m] for m in methods.of_sentences(analysis)]
    return grids.table(
        pd.DataFrame(rows, columns=["outlet", *chosen]),
        caption="Mean score of narration as printed → with event words masked",
        hint="How far the score hangs on the words of event_words.csv. Masking a word also changes what the others weigh: TextBlob takes a "
        "mean, VADER squeezes a sum, so a score may even move away from zero. Each number of stretches opens them.",
        colour=colour,
        most=MOST_OUTLETS,
        empty=f"No outlet has {SMALL} stretches of narration.",
    )


def table(analysis: Analysis, *, colour: Mapping[str, str], most: int = 300) -> Html:
    """Every stretch in the order of its article, what only says who speaks too, with its scores, those without event words, and its place.

    Folded.
    """
    rows = pieces.every(analysis)
    shown, voices = rows.head(most), VOICES | {pieces.WHO_SPEAKS: "who speaks: not counted"}
    out = shown[["outlet", "article_id", "sentence", "voice", "text"]].assign(
        voice=shown["voice"].map(voices), text=shown["text"].map(brief)
    )
    for method in methods.of_sentences(analysis):
        pairs = zip(shown[method], shown[f"{method}_no_events"], strict=True)
        out[methods.NAMES[method]] = [methods.number(a) + (f" → {methods.number(b)}" if abs(a - b) > 1e-9 else "") for a, b in pairs]
    return evidence.table(
        out.assign(start=shown["start"], end=shown["end"]),
        caption=f"Every stretch{f': the first {most} of {len(rows):,}' if len(rows) > most else ''}",
        note="An arrow leads to the score without words for events.",
        headers={"text": "words", "sentence": "no."},
        of="stretches",
        colour=colour,
        most=most,
        fold=True,
    )
