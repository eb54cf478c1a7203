"""What coders answered to the questions about frames, in sheets of their own, and how far they agree."""

import csv
import io
import pathlib
import re
import unicodedata

import numpy as np
import pandas as pd

from samestory import agreement, clean, codebook
from samestory.framing.frames import answers_allowed, questions
from samestory.story import Story, decode

COLUMNS = "article_id item coder value start end evidence note".split()
SHEET = "article_id item frame question values candidates value evidence note".split()
FAULTS = ["article", "stage", "reason"]
LEAST_ARTICLES = 10  # coded by two or more, below which no alpha is given for one question
LEAST_POOLED = 5  # ... for the questions of one frame together, whose interval is drawn over articles
AGREEMENT = "frame item question coders units articles agreed share alpha low high why".split()


def folder(story: Story) -> pathlib.Path:
    """Where a story's sheets are: `coding/` in its folder, or beside a table in the folder of the table's name."""
    return (story.folder if story.folder.is_dir() else story.folder.with_suffix("")) / "coding"


def empty_sheet(story: Story, candidates: pd.DataFrame) -> pd.DataFrame:
    """A sheet for one coder to fill in: a row for each article and question, the columns `value`, `evidence` and `note` empty.

    `candidates` has item, article_id and `text`, best first: sentences that may help, in quotation marks, which also keep a spreadsheet
    from taking one for a formula. The outlet is left out: who codes should not think of it.
    """
    may_help = {key: " ".join(f"“{' '.join(t.split())}”" for t in g["text"]) for key, g in candidates.groupby(["article_id", "item"])}
    asked = questions(story.codebook).to_dict("records")
    rows = [
        {"article_id": article, **q, "values": "; ".join(answers_allowed(q["values"], story.codebook))}
        | {"candidates": may_help.get((article, q["item"]), ""), "value": "", "evidence": "", "note": ""}
        for article in story.articles["article_id"]
        for q in asked
    ]
    return pd.DataFrame(rows, columns=SHEET)


def read(story: Story) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read the sheets `coding/CODER.csv` of a story: the `coding` table, one row an answer, and its faults (`article, stage, reason`).

    Columns: article_id, item, coder (the file's name), value, start and end (of the evidence, missing if there is none or it is not found),
    evidence, note.
    A sheet needs the columns article_id, item, value; rows without a value are not answered yet. An article, item or value that is not
    known, or a second answer, is left out; evidence that is not in the text is a fault, and the answer stands without a place.
    """
    rows: list[dict] = []
    faults: list[dict] = []
    files = sorted(f for f in folder(story).glob("*.csv") if not f.name.startswith((".", "~")))
    for file in files:
        _read_sheet(file, story, rows, faults)
    table = pd.DataFrame(rows, columns=COLUMNS)
    texts = [c for c in COLUMNS if c not in ("start", "end")]
    table[texts] = table[texts].astype("string").replace("", pd.NA)
    table[["start", "end"]] = table[["start", "end"]].astype("Int64")
    return table, pd.DataFrame(faults, columns=FAULTS, dtype="string")


def _read_sheet(file: pathlib.Path, story: Story, rows: list[dict], faults: list[dict]) -> None:
    def fault(reason: str, number: int = 1, article: str = "") -> None:
        faults.append({"article": article, "stage": "coding", "reason": f"{file}: row {number}: {reason}"})

    text, note = decode(file.read_bytes())
    if text is None:
        return fault(f"{note}; save the sheet as CSV UTF-8; nothing of it is used")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=codebook.separator(text.split("\n", 1)[0]))
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        lines = list(reader)
    except csv.Error as error:
        return fault(f"not a CSV file that can be read ({error}); save it again as CSV UTF-8; nothing of it is used")
    if missing := [c for c in ("article_id", "item", "value") if c not in header]:
        return fault(f"no column {', '.join(missing)}; take the header of the empty sheet; nothing of it is used")
    texts = dict(zip(story.articles["article_id"], story.articles["text"], strict=True))
    allowed = {q["item"]: answers_allowed(q["values"], story.codebook) for q in questions(story.codebook).to_dict("records")}
    coder, answered = unicodedata.normalize("NFC", file.stem), set()
    for number, cells in enumerate(lines, start=2):
        if any(cell.strip() for cell in cells) and len(cells) <= header.index("value"):
            fault(f"ends before the column value; is a quotation mark left open? {len(cells)} of {len(header)} cells; row left out", number)
        row = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
        if not row.get("value"):
            continue
        article, item = _article(row.get("article_id", ""), texts), row.get("item", "")
        value = next((v for v in allowed.get(item, ()) if v.lower() == row["value"].lower()), None)
        if article is None and _article(row.get("article_id", ""), dict.fromkeys(story.all_articles)):
            continue  # of an outlet that was not chosen
        if article is None:
            fault(f"no article {row.get('article_id', '')!r} in this story; row left out", number)
        elif item not in allowed:
            fault(f"no question {item!r}; the items are {', '.join(allowed)}; row left out", number, article)
        elif value is None:
            remedy = "an actor must stand in codebook/actors.csv; row left out" if "actor" in _values(story, item) else "row left out"
            fault(f"value {row['value']!r} of {item} is not one of {', '.join(allowed[item])}; {remedy}", number, article)
        elif (article, item) in answered:
            fault(f"{item} of this article is answered in a row before; row left out", number, article)
        else:
            answered.add((article, item))
            evidence = row.get("evidence", "")
            span = _find(texts[article], evidence) if evidence else None
            if evidence and span is None:
                fault(f"the evidence {evidence[:60]!r} is not in the text; copy its exact words; the answer is used", number, article)
            start, end = span or (None, None)
            answer = {"article_id": article, "item": item, "coder": coder, "value": value, "start": start, "end": end}
            rows.append(answer | {"evidence": evidence, "note": row.get("note", "")})


def _values(story: Story, item: str) -> list[str]:
    asked = questions(story.codebook)
    return [v.strip() for v in asked.loc[asked["item"] == item, "values"].iloc[0].split(";")]


def _article(written: str, texts: dict) -> str | None:
    """The article of this id; spreadsheets take the zeros from the front of "007", so "7" is it too where no other could be meant."""
    if written in texts:
        return written
    same = [a for a in texts if written.isdigit() and a.isdigit() and int(a) == int(written)]
    return same[0] if len(same) == 1 else None


def _find(text: str, evidence: str) -> tuple[int, int] | None:
    """Where the words of the evidence stand first; curly and straight marks are the same, and so is all white space."""
    words = evidence.translate(clean.STRAIGHT).split()
    found = re.search(r"\s+".join(map(re.escape, words)), text.translate(clean.STRAIGHT))
    if not found and len(words) and words[0][0] == words[-1][-1] == '"':  # marks that belong to the sheet ("candidates"), not to the text
        found = re.search(r"\s+".join(map(re.escape, evidence.translate(clean.STRAIGHT)[1:-1].split())), text.translate(clean.STRAIGHT))
    return found.span() if found and found.end() > found.start() else None


def matrix(answers: pd.DataFrame, items: list[str]) -> pd.DataFrame:
    """The answers to some items as Krippendorff's sheet: one row a unit (article_id, item), one column a coder, in a fixed order."""
    mine = answers[answers["item"].isin(items)]
    return mine.pivot(index=["article_id", "item"], columns="coder", values="value").sort_index(axis=0).sort_index(axis=1).astype(object)


def agree(answers: pd.DataFrame, asked: pd.DataFrame, *, seed: int = 0) -> pd.DataFrame:
    """How far the coders agree: a row for each question, and one for each frame whose questions all take the same answers.

    Columns: frame, item and question (empty for a whole frame), `coders`, `units` (answered by two or more) and `articles` they are of,
    `agreed` (units on which all who answered agree), `share` (of pairs of answers to one unit that agree, averaged over units),
    Krippendorff's `alpha` (nominal; Krippendorff 2011, `agreement.krippendorff_alpha`) with `low`, `high` (95 %, articles drawn anew
    with all their answers, 1,000 times), and `why` there is none: fewer than `LEAST_ARTICLES` articles for one question, `LEAST_POOLED`
    for a frame, or one answer throughout.
    """
    rows = []
    for frame, group in asked.groupby("frame", sort=False):
        for q in group.to_dict("records"):
            rows.append({"frame": frame, "item": q["item"], "question": q["question"]} | _agree(answers, [q["item"]], LEAST_ARTICLES, seed))
        if group["values"].nunique() == 1 and len(group) > 1:
            rows.append({"frame": frame, "item": "", "question": ""} | _agree(answers, group["item"].tolist(), LEAST_POOLED, seed))
    return pd.DataFrame(rows, columns=AGREEMENT)


def _agree(answers: pd.DataFrame, items: list[str], least: int, seed: int) -> dict:
    sheet = matrix(answers, items)
    sheet = sheet[sheet.notna().sum(axis=1) >= 2]
    votes = pd.DataFrame({v: (sheet == v).sum(axis=1) for v in sorted(pd.unique(sheet.stack().dropna()))}, index=sheet.index)
    given = votes.sum(axis=1)
    articles = sheet.index.get_level_values("article_id")
    out = {"coders": int(sheet.notna().any().sum()), "units": len(sheet), "articles": articles.nunique()}
    out |= {"agreed": int((votes.max(axis=1) == given).sum()) if len(sheet) else 0}
    out["share"] = float(((votes * (votes - 1)).sum(axis=1) / (given * (given - 1))).mean()) if len(sheet) else float("nan")
    out |= {"alpha": float("nan"), "low": float("nan"), "high": float("nan")}
    if not len(sheet):
        return out | {"why": "not answered by two"}
    if out["articles"] < least:
        return out | {"why": "too few articles"}
    if votes.shape[1] == 1:
        return out | {"why": "one answer throughout"}
    out["alpha"] = agreement.krippendorff_alpha(sheet, draws=0)["alpha"]
    out["low"], out["high"] = _interval(votes.to_numpy(dtype=float), articles.to_numpy(), seed)
    return out | {"why": ""}


def _interval(votes: np.ndarray, articles: np.ndarray, seed: int) -> tuple[float, float]:
    """Bootstrap of alpha over articles: the answers of one article hang together, so they are drawn together.

    Alpha needs only the sum of the units' coincidences (Krippendorff 2011, section C), which is added up by article once.
    """
    names, which = np.unique(articles, return_inverse=True)
    weighted = votes / (votes.sum(axis=1, keepdims=True) - 1)
    by_article = np.zeros((len(names), votes.shape[1], votes.shape[1]))
    np.add.at(by_article, which, np.einsum("uc,uk->uck", weighted, votes) - np.einsum("uc,ck->uck", weighted, np.eye(votes.shape[1])))

    def alpha(drawn: np.ndarray) -> float:
        coincidences = by_article[drawn].sum(axis=0)
        totals = coincidences.sum(axis=0)
        expected = totals.sum() ** 2 - (totals**2).sum()
        return float("nan") if not expected else 1 - (totals.sum() - 1) * (coincidences.sum() - np.trace(coincidences)) / expected

    return agreement.bootstrap(alpha, len(names), seed=seed)
