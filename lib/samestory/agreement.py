"""How far do two sets of codes agree: two coders of the same texts, or the machine and settled codes?"""

import collections
import re
from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

COLUMNS = "measure value n low high errors_hint".split()
# Words that are never what a phrase is about: sharing one of them is not sharing a speaker or a group.
LIGHT = set("the a an of for from in at to and by on".split())
HINTS = 6


def bootstrap(statistic: Callable[[np.ndarray], float], n: int, *, draws: int = 1000, seed: int = 0) -> tuple[float, float]:
    """95 % percentile interval of `statistic(indices)` over resamples of n units with replacement (Efron 1979).

    Units of one article are not independent, so with few articles the true uncertainty is larger.
    """
    rng = np.random.default_rng(seed)
    values = np.array([statistic(rng.integers(n, size=n)) for _ in range(draws if n else 0)])
    values = values[~np.isnan(values)]
    low, high = np.percentile(values, [2.5, 97.5]) if values.size else (np.nan, np.nan)
    return float(low), float(high)


def kappa(x: Iterable, y: Iterable) -> float:
    """Cohen's kappa (1960) of two coders' values for the same units, in order; not a number when neither coder's values vary."""
    codes = np.array([("" if pd.isna(a) else a, "" if pd.isna(b) else b) for a, b in zip(x, y, strict=True)], dtype=object)
    counts = [collections.Counter(column) for column in codes.reshape(-1, 2).T]
    by_chance = sum(n * counts[1][value] for value, n in counts[0].items()) / max(len(codes), 1) ** 2
    return float(np.mean(codes[:, 0] == codes[:, 1]) - by_chance) / (1 - by_chance) if len(codes) and by_chance < 1 else float("nan")


def krippendorff_alpha(table: pd.DataFrame, level: str = "nominal", *, draws: int = 1000, seed: int = 0) -> dict:
    """Krippendorff's alpha of a sheet with one row a unit and one column a coder; empty cells are values not given.

    Returns `alpha, low, high` (95 % bootstrap over units), `units` (with two values or more) and `values` (in those units).
    `level` = `nominal | ordinal | interval`. Alpha is not a number when all values are the same: nothing could have been
    confused. After Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", the coincidence matrix of section C.
    """
    if level not in ("nominal", "ordinal", "interval"):
        raise ValueError(f"level {level!r} is not one of nominal, ordinal, interval")
    cells = pd.DataFrame(table)
    categories = sorted(pd.unique(cells.stack().dropna()), key=lambda v: v if level != "nominal" else str(v))
    votes = np.array([[float((row == c).sum()) for c in categories] for _, row in cells.iterrows()]).reshape(len(cells), len(categories))
    votes = votes[votes.sum(axis=1) >= 2]

    def alpha(units: np.ndarray) -> float:
        chosen = votes[units]
        weighted = chosen / (chosen.sum(axis=1, keepdims=True) - 1)
        coincidences = weighted.T @ chosen - np.diag(weighted.sum(axis=0))
        totals = coincidences.sum(axis=0)
        if level == "nominal":
            distance = 1 - np.eye(len(categories))
        else:  # on the ordinal level a category stands in the middle of the values it holds, all of them put in order
            places = np.array(categories, dtype=float) if level == "interval" else np.cumsum(totals) - totals / 2
            distance = np.subtract.outer(places, places) ** 2
        expected = (np.outer(totals, totals) * distance).sum()
        return float("nan") if expected == 0 else 1 - (totals.sum() - 1) * (coincidences * distance).sum() / expected

    low, high = bootstrap(alpha, len(votes), draws=draws, seed=seed)
    return {"alpha": float(alpha(np.arange(len(votes)))), "low": low, "high": high, "units": len(votes), "values": int(votes.sum())}


def match_spans(a: pd.DataFrame, b: pd.DataFrame, *, least: float = 0.5, same: tuple = (), head: str = "") -> list[tuple]:
    """Pair the rows of two tables one to one by what they span within an article: `(index in a, index in b, overlap)`.

    Overlap = shared / all words (characters, if either table has no `text`). A pair needs any overlap at all and either `least`
    or, when `head` names a column, the same head word in it. The largest overlaps are paired first; equal ones by how
    many of the columns in `same` agree. Rows with one `quote_id` are one quote, its parts together; the first stands for it.
    Both tables need an index without repeats.
    """
    words = all("text" in t and t["text"].notna().all() for t in (a, b))
    there: dict[str, list] = {}
    for key, article, units in _spans(b, words):
        there.setdefault(article, []).append((key, units))
    candidates = []
    for i, (key, article, units) in enumerate(_spans(a, words)):
        for j, (other, others) in enumerate(there.get(article, ())):
            overlap = len(units & others) / len(units | others)
            if overlap and (overlap >= least or (head and _head(a.at[key, head]) == _head(b.at[other, head]))):
                agreeing = sum(_text(a.at[key, c]) == _text(b.at[other, c]) for c in same)
                candidates.append((-overlap, -agreeing, i, j, key, other))
    pairs: dict = {}
    for overlap, _, _, _, key, other in sorted(candidates, key=lambda c: c[:4]):
        if key not in pairs and other not in {o for o, _ in pairs.values()}:
            pairs[key] = other, -overlap
    return [(key, *pairs[key]) for key in a.index if key in pairs]


def _spans(table: pd.DataFrame, words: bool) -> list[tuple]:
    groups: dict[tuple, list] = {}
    for row in table.itertuples():
        key = (row.article_id, _text(row.quote_id) if "quote_id" in table else row.Index)
        units = {row.start + m.start() for m in re.finditer(r"\w+", row.text)} if words else set(range(row.start, row.end))
        groups.setdefault(key, (row.Index, row.article_id, set()))[2].update(units or range(row.start, row.end))
    return list(groups.values())


def precision_recall(gold: pd.DataFrame, found: pd.DataFrame, *, least: float = 0.5) -> dict:
    """Precision, recall and F1 of found spans against gold spans, matched by `match_spans`: `p, r, f1, n` (n = gold spans)."""
    matched, here, there = len(match_spans(gold, found, least=least)), len(_spans(gold, False)), len(_spans(found, False))
    p, r, f1 = (k * matched / n if n else float("nan") for k, n in ((1, there), (1, here), (2, here + there)))
    return {"p": p, "r": r, "f1": f1, "n": here}


def score_quotes(gold: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Score quotes: content, and of the quotes matched (half of the words or more) kind, speaker mention, speaker, actor.

    Mention: shares a content word at the same place. Speaker: the same last word, or one name begins the other. Empty on both
    sides is right. The second content score holds only what both sides call direct or mixed; other kinds (scare) are left out.
    """
    rows, by = [], ("speaker_start", "kind")
    for name, kinds in (("content, direct and mixed", ("direct", "mixed")), ("content", ("direct", "mixed", "indirect"))):
        g, f = gold[gold["kind"].isin(kinds)], found[found["kind"].isin(kinds)]
        pairs = match_spans(g, f, same=by)
        rows = _coverage(name, g, f, pairs) + rows
    rows.append(_share("kind", gold, found, pairs, "kind"))
    rows.append(_share("speaker mention", gold, found, pairs, "speaker_text", _same_mention))
    rows.append(_share("speaker", gold, found, pairs, "speaker", lambda a, b: _same_name(a["speaker"], b["speaker"])))
    rows.append(_share("actor", gold, found, pairs, "actor"))
    return pd.DataFrame(rows, columns=COLUMNS)


def score_figures(gold: pd.DataFrame, found: pd.DataFrame, *, not_people: pd.DataFrame | None = None) -> pd.DataFrame:
    """Score figures of people: found, taken for people though they are not, and of the matched (any overlap) each field.

    `people` by head word; `claimed_by` and `responsible` loosely (a shared capitalised word or head word); `part_of` and
    `same_as` by the span they point at, whatever the ids are. Empty on both sides is right.
    """
    pairs = match_spans(gold, found, least=0)
    rows = _coverage("found", gold, found, pairs)
    if not_people is not None:
        wrong = match_spans(not_people, found, least=0)
        hint = "; ".join(_where(not_people.loc[i]) for i, _, _ in wrong[:HINTS])
        rows.append(_measure("not people taken for people", [1] * len(wrong) + [0] * (len(not_people) - len(wrong)), hint))
    partner = {None: None, **{j: i for i, j, _ in pairs}}
    tests = {c: lambda a, b, c=c: _text(a[c]) == _text(b[c]) for c in ("low", "high", "qualifier", "harm", "scope")}
    tests["people"] = lambda a, b: _head(a["people"]) == _head(b["people"])
    for c in ("part_of", "same_as"):
        tests[c] = lambda a, b, c=c: partner.get(_target(found, b, c), "not matched") == _target(gold, a, c)
    tests |= {c: lambda a, b, c=c: _loosely(a[c], b[c]) for c in ("claimed_by", "responsible")}
    rows += [_share(column, gold, found, pairs, column, test) for column, test in tests.items()]
    rows.append(_share("every field", gold, found, pairs, "text", lambda a, b: all(test(a, b) for test in tests.values())))
    return pd.DataFrame(rows, columns=COLUMNS)


def score_labels(gold: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Score mentions of actors: spans (half of the words, or the same head word), and of the matched actor, valence and voice.

    `valence, not neutral: recall` = share of gold's non-neutral mentions found with the same valence. Each field has its kappa too.
    """
    pairs = match_spans(gold, found, head="head", same=("actor",))
    rows = _coverage("span", gold, found, pairs)
    for column in ("actor", "valence", "voice"):
        rows.append(_share(column, gold, found, pairs, column))
        x, y = (np.array([_text(t.at[p[i], column]) for p in pairs], dtype=object) for i, t in enumerate((gold, found)))
        rows.append(_statistic(f"{column} (kappa)", lambda units, x=x, y=y: kappa(x[units], y[units]), len(x)))
    valence = {i: _text(found.at[j, "valence"]) for i, j, _ in pairs}
    loaded = gold[gold["valence"] != "neutral"]
    right = [valence.get(r.Index) == r.valence for r in loaded.itertuples()]
    wrong = [f"{_where(r)} {r.valence} not {valence.get(r.Index, 'found')}" for r in loaded[~np.array(right, dtype=bool)].itertuples()]
    rows.append(_measure("valence, not neutral: recall", right, "; ".join(wrong[:HINTS])))
    return pd.DataFrame(rows, columns=COLUMNS)


def score_actions(gold: pd.DataFrame, found: pd.DataFrame, *, sentences: pd.DataFrame | None = None) -> pd.DataFrame:
    """Score who did what to whom: found, and of the matched (any overlap) form, agent and patient by head word, voice, hedging.

    Gold holds only deeds of violence against civilians. With `sentences` (`article_id, start, end`), found rows in sentences
    without any gold row are therefore not counted as wrong. All other found rows count, without `sentences` simply all:
    leave out what is no such deed before.
    """
    if sentences is not None:
        coded = [s for s in sentences.itertuples() if any(_within(g, s) for g in gold.itertuples())]
        found = found[np.array([any(_within(f, s) for s in coded) for f in found.itertuples()], dtype=bool)]
    pairs = match_spans(gold, found, least=0)
    rows = [*_coverage("found", gold, found, pairs), _share("form", gold, found, pairs, "form")]
    for column in ("agent", "patient"):
        rows.append(_share(column, gold, found, pairs, column, lambda a, b, c=column: _head(a[c]) == _head(b[c])))
    rows += [_share(column, gold, found, pairs, column) for column in ("voice", "hedged")]
    return pd.DataFrame(rows, columns=COLUMNS)


def score_tone(gold: pd.DataFrame, found: pd.DataFrame, *, score: str = "vader", cut: float = 0.05) -> pd.DataFrame:
    """Score a sentiment score of sentences, cut at -cut and cut, against coded tone (-1, 0, 1).

    A gold sentence (`start, end` of its beginning) takes the score of the found one that covers most of it. Accuracy, macro-F1 (mean
    over the tones that gold has), Krippendorff's ordinal alpha, and accuracy and macro-F1 of always saying neutral.
    """
    pairs = []
    for row in gold.itertuples():
        near = found[(found["article_id"] == row.article_id) & (found["start"] < row.end) & (found["end"] > row.start)]
        near = near[near[score].notna()]
        if len(near):
            covered = near["end"].clip(upper=row.end) - near["start"].clip(lower=row.start)
            value = near.at[covered.astype(int).idxmax(), score]
            pairs.append((_where(row), int(row.tone), int(value >= cut) - int(value <= -cut)))
    tone, said = (np.array([p[k] for p in pairs], dtype=int) for k in (1, 2))
    hint = "; ".join([f"{where} {t} not {s}" for where, t, s in pairs if t != s][:HINTS])
    rows = []
    for name, s in (("", said), (" of always neutral", np.zeros_like(tone))):
        rows.append(_measure(f"accuracy{name}", tone == s, "" if name else hint))
        rows.append(_statistic(f"macro-F1{name}", lambda units, s=s: _macro_f1(tone[units], s[units]), len(tone)))
    alpha = krippendorff_alpha(pd.DataFrame({"gold": tone, "found": said}), "ordinal")
    rows.append({"measure": "alpha (ordinal)", "value": alpha["alpha"], "n": len(tone), "low": alpha["low"], "high": alpha["high"]})
    rows.append(_measure("sentences covered", [1] * len(tone) + [0] * (len(gold) - len(tone))))
    return pd.DataFrame(rows, columns=COLUMNS).fillna({"errors_hint": ""})


def _macro_f1(gold: np.ndarray, said: np.ndarray) -> float:
    return float(np.mean([2 * np.sum((gold == v) & (said == v)) / (np.sum(gold == v) + np.sum(said == v)) for v in np.unique(gold)]))


def wilson(right: float, n: int, *, z: float = 1.96) -> tuple[float, float]:
    """95 % interval of a share of `n` (Wilson 1927); unlike resampling it does not pretend that 25 right of 25 means never wrong."""
    if not n:
        return float("nan"), float("nan")
    share, spread = right / n, z * np.sqrt(right / n * (1 - right / n) / n + z * z / (4 * n * n))
    low, high = ((share + z * z / (2 * n) + sign * spread) / (1 + z * z / n) for sign in (-1, 1))
    return float(max(low, 0)), float(min(high, 1))


def _statistic(measure: str, statistic: Callable, n: int, hint: str = "") -> dict:
    value = statistic(np.arange(n)) if n else float("nan")
    low, high = wilson(value * n, n) if value in (0, 1) else bootstrap(statistic, n)
    return dict(zip(COLUMNS, (measure, value, n, low, high, hint), strict=True))


def _measure(measure: str, values: Iterable[float], hint: str = "") -> dict:
    values = np.asarray(values, dtype=float)
    value = float(values.mean()) if len(values) else float("nan")
    return dict(zip(COLUMNS, (measure, value, len(values), *wilson(values.sum(), len(values)), hint), strict=True))


def _coverage(name: str, gold: pd.DataFrame, found: pd.DataFrame, pairs: list[tuple]) -> list[dict]:
    """Recall, precision and F1 as three measures; the units of the F1's bootstrap are matched, missed and extra rows alike."""
    missed, extra = ([k for k, _, _ in _spans(t, False) if k not in {p[i] for p in pairs}] for i, t in enumerate((gold, found)))
    weights = np.array([1.0] * len(pairs) + [0.5] * (len(missed) + len(extra)))  # F1 = matched / (matched + (missed + extra) / 2)
    hints = ["; ".join(_where(t.loc[k]) for k in keys[:HINTS]) for t, keys in ((gold, missed), (found, extra))]
    return [
        _measure(f"{name}: recall", [1.0] * len(pairs) + [0.0] * len(missed), hints[0] and f"missed {hints[0]}"),
        _measure(f"{name}: precision", [1.0] * len(pairs) + [0.0] * len(extra), hints[1] and f"extra {hints[1]}"),
        _statistic(f"{name}: F1", lambda units: float((weights[units] == 1).sum() / weights[units].sum()), len(weights)),
    ]


def _share(measure: str, gold: pd.DataFrame, found: pd.DataFrame, pairs: list[tuple], column: str, right: Callable | None = None) -> dict:
    """The share of matched pairs for which `right` holds (by default: the same value in `column`)."""
    right = right or (lambda a, b: _text(a[column]) == _text(b[column]))
    rows = [(gold.loc[i], found.loc[j]) for i, j, _ in pairs]
    values = [bool(right(a, b)) for a, b in rows]
    wrong = [f"{_where(a)} {_text(a[column]) or 'empty'} not {_text(b[column]) or 'empty'}" for a, b in rows if not right(a, b)]
    return _measure(measure, values, "; ".join(wrong[:HINTS]))


def _where(row) -> str:
    return f"{row.article_id}:{row.start}-{row.end}"


def _text(value) -> str:
    """A cell as text: missing is empty, a whole number has no decimals, a flag is 0 or 1."""
    if value is None or pd.isna(value):
        return ""
    return f"{float(value):.17g}" if isinstance(value, (int, float, np.number, np.bool_)) else str(value)


def _words(value) -> list[str]:
    return [w for w in re.findall(r"[^\W_]+(?:[-.][^\W_]+)*", re.sub(r"['’]s?\b", "", _text(value))) if w.lower() not in LIGHT]


def _head(phrase) -> str:
    """The head word of a phrase as worded: its last word before any comma, bracket, "of", "in", "for", "from" or "who", in lower case."""
    words = _words(re.split(r"(?<=\w)[,(]|(?<=\w)\s+(?:of|in|for|from|at|to|who|that|which)\s", _text(phrase).strip())[0])
    return words[-1].lower() if words else ""


def _loosely(a, b) -> bool:
    names = [{w.lower() for w in _words(v) if w[0].isupper()} | {_head(v)} - {""} for v in (a, b)]
    return bool(names[0] & names[1]) or not (names[0] or names[1])


def _same_name(a, b) -> bool:
    here, there = ([w.lower() for w in _words(v)] for v in (a, b))
    begins = all(x == y for x, y in zip(here, there, strict=False))
    return (begins or here[-1] == there[-1]) if here and there else here == there


def _same_mention(a, b) -> bool:
    here, there = ({w.lower() for w in _words(v["speaker_text"])} for v in (a, b))
    placed = all(_text(v["speaker_start"]) for v in (a, b))
    apart = placed and not (a["speaker_start"] < b["speaker_end"] and b["speaker_start"] < a["speaker_end"])
    return bool(here & there) and not apart if here and there else here == there


def _target(table: pd.DataFrame, row: pd.Series, column: str):
    """The index of the figure that `part_of` or `same_as` names: `article:id`, an id in this article, or an id unique in the story."""
    if not (value := _text(row[column])):
        return None
    ids, articles = table["figure_id"].map(_text), table["article_id"].map(_text)
    here = table.index[(articles + ":" + ids == value) | ((articles == _text(row["article_id"])) & (ids == value))]
    chosen = here if len(here) else table.index[ids == value]
    return chosen[0] if len(chosen) else f"no figure {value}"


def _within(row, sentence) -> bool:
    return row.article_id == sentence.article_id and sentence.start <= row.start < sentence.end
