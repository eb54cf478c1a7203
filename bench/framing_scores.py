"""How framing analyses are scored against what people coded: groups of mentions, passives, sentences with loaded words.

Each score works on tallies of one event or text, so that an interval can draw those anew. Spans are `(start, end)`.
"""

import collections
import itertools
import math
import random
import re
from collections.abc import Callable, Hashable, Mapping, Sequence

import numpy as np

Span = tuple[int, int]
Interval = tuple[float, float]
WORD = re.compile(r"[^\W\d_][\w'’-]*")
# A phrase ends before one of these where its head is looked for without a parser.
ENDS_PHRASE = frozenset("against and at between by for from hoping in of on over seeking that to trying which who with into".split())
LONGEST_VERB, LONGEST_PHRASE = 40, 250  # characters that a span may have to be right by covering a head word
LOADED_DRAWS, DRAWS = 200, 1000


def f1(right: float, said: float, wanted: float) -> tuple[float, float, float]:
    """Precision, recall and F1; 0 where there is nothing to divide by."""
    p, r = right / said if said else 0.0, right / wanted if wanted else 0.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def middle(values: Sequence[float]) -> Interval:
    """The 95 % of drawn values that lie in the middle."""
    ordered = sorted(values)
    return ordered[int(0.025 * len(ordered))], ordered[int(0.975 * len(ordered)) - 1]


def drawn_anew(tallies: Sequence[collections.Counter], measure: Callable[[collections.Counter], float]) -> Interval:
    """The 95 % bootstrap interval of a measure of summed tallies, the tallies drawn anew."""
    draw, values = random.Random(0), []
    for _ in range(DRAWS):
        values.append(measure(sum(draw.choices(tallies, k=len(tallies)), collections.Counter())))
    return middle(values)


# Actors: mentions of one event, grouped


def head_word(phrase: str) -> str:
    """The head of a phrase, found without a parser: its last word before a preposition or clause, without plural or possessive s."""
    words = [re.sub(r"['’]s\Z", "", word.strip("'\"“”‘’.,").lower()) for word in phrase.split()]
    words = [word for word in words if word]
    end = next((i for i, word in enumerate(words) if i and word in ENDS_PHRASE), len(words))
    return words[end - 1].rstrip("s") if words else ""


def matched(coded: Sequence[Span], found: Sequence[Span], least: float) -> dict[int, int]:
    """Coded to found spans, one to one, the greatest share of overlap first (shared / from first start to last end)."""
    likely = []
    for i, (a, b) in enumerate(coded):
        for j, (c, d) in enumerate(found):
            overlap = min(b, d) - max(a, c)
            if overlap > 0 and overlap / (max(b, d) - min(a, c)) >= least:
                likely.append((-overlap / (max(b, d) - min(a, c)), i, j))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(likely):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def actors_of_event(texts: Sequence[Mapping], found: Mapping[str, Sequence[Mapping]]) -> list[dict]:
    """The coded mentions of one event's texts with `outlet, chain, type, text, head, cluster, found`.

    `found`: rows `start, end, cluster` by article. A mention that nothing matches by half is a group of its own.
    """
    mentions = []
    for text in texts:
        rows = found.get(text["article_id"], [])
        pairs = matched([(m["start"], m["end"]) for m in text["mentions"]], [(r["start"], r["end"]) for r in rows], 0.5)
        for i, m in enumerate(text["mentions"]):
            cluster: Hashable = str(rows[pairs[i]]["cluster"]) if i in pairs else (text["article_id"], i)
            phrase = text["text"][m["start"] : m["end"]]
            about = {"outlet": text["outlet"], "chain": m["chain"], "type": m["type"], "text": phrase, "article_id": text["article_id"]}
            mentions.append(about | {"head": head_word(phrase), "cluster": cluster, "found": i in pairs})
    return mentions


def best_match(mentions: Sequence[Mapping]) -> dict[str, tuple[float, int]]:
    """For each coded chain of an event the F1 of the group that fits it best, and its size."""
    chains, clusters = (collections.Counter(m[key] for m in mentions) for key in ("chain", "cluster"))
    best: dict[str, float] = dict.fromkeys(chains, 0.0)
    for (chain, cluster), n in collections.Counter((m["chain"], m["cluster"]) for m in mentions).items():
        best[chain] = max(best[chain], 2 * n / (chains[chain] + clusters[cluster]))
    return {chain: (best[chain], size) for chain, size in chains.items()}


def renamed(mentions: Sequence[Mapping]) -> list[tuple[Mapping, Mapping]]:
    """Pairs of an event's mentions by different outlets with different head words: one actor under two names, or two actors."""
    return [(a, b) for a, b in itertools.combinations(mentions, 2) if a["outlet"] != b["outlet"] and a["head"] != b["head"]]


def actors_tally(mentions: Sequence[Mapping]) -> collections.Counter:
    """What the scores of actors are made of, for one event."""
    tally = collections.Counter(mentions=len(mentions), found=sum(m["found"] for m in mentions))
    for best, size in best_match(mentions).values():
        tally["best"] += best * size
    for a, b in renamed(mentions):
        same, said = a["chain"] == b["chain"], a["cluster"] == b["cluster"]
        tally["right"] += same and said
        tally["said"] += said
        tally["wanted"] += same
    return tally


# Actions: passives of one text


def covers(span: Span | None, head: Span | None, longest: int = LONGEST_PHRASE) -> bool:
    """Does a span hold the head word, without being too long to mean anything?"""
    return span is not None and head is not None and span[0] <= head[0] and head[1] <= span[1] and span[1] - span[0] <= longest


def actions_tally(text: Mapping, found: Sequence[Mapping], *, agents: bool) -> tuple[collections.Counter, list[str]]:
    """What the scores of passives are made of, for one text; and what was missed or is too much, in words.

    `found`: rows of table `actions` whose form is a passive. `agents`: the text has who acts, and reduced passives, coded.
    """
    tally, used, wrong = collections.Counter(), set(), []
    mine = [[_span(row, prefix) for prefix in ("", "agent_", "patient_")] for row in found]
    for coded in text["passives"]:
        full, agent, patient = coded["form"] == "passive", _pair(coded["agent"]), _pair(coded["patient"])
        verb = (coded["start"], coded["end"])
        tally.update({"full" if full else "reduced": 1, "patients": full and patient is not None})
        if agents:
            tally["without agent" if agent is None else "agents"] += 1
        hit = next((i for i, spans in enumerate(mine) if i not in used and covers(spans[0], verb, LONGEST_VERB)), None)
        if hit is None:
            wrong.append(f"missed {'passive' if full else 'reduced passive'}: {around(text['text'], verb)}")
            continue
        used.add(hit)
        _, my_agent, my_patient = mine[hit]
        tally["full found" if full else "reduced found"] += 1
        if full:
            right = covers(my_patient, patient)
            tally.update({"patients said": my_patient is not None, "patients asked": patient is not None, "patients right": right})
        if agents:
            tally["without agent said" if my_agent is None else "agents said"] += 1
            tally.update({"agents right": covers(my_agent, agent), "without agent right": agent is None and my_agent is None})
            if not covers(my_agent, agent) and (agent or my_agent):
                wrong.append(f"who acts is wrong: {around(text['text'], verb)}")
    for i, row in enumerate(found):
        if i not in used and (agents or row["form"] == "passive"):
            tally["false"] += 1
            wrong.append(f"too much: {around(text['text'], mine[i][0])}")
    return tally, wrong


def _span(row: Mapping, prefix: str) -> Span | None:
    start, end = row[f"{prefix}start"], row[f"{prefix}end"]
    return None if start is None or end is None else (start, end)


def _pair(span: Sequence[int] | None) -> Span | None:
    return None if span is None else (span[0], span[1])


def around(text: str, span: Span, margin: int = 60) -> str:
    """A span in brackets with some of the text on both sides."""
    start, end = span
    shown = f"{text[max(0, start - margin) : start]}[{text[start:end]}]{text[end : end + margin]}"
    return " ".join(shown.split())


# Loaded language: sentences of events


def sentence_values(text: Mapping, found: Sequence[Mapping], column: str) -> list[float]:
    """For each coded sentence the mean of a column over the found sentences that overlap it, weighted by the overlap; else -infinity."""
    out = []
    for s in text["sentences"]:
        over = [(min(r["end"], s["end"]) - max(r["start"], s["start"]), r[column]) for r in found]
        over = [(n, value) for n, value in over if n > 0]
        out.append(sum(n * value for n, value in over) / sum(n for n, _ in over) if over else -math.inf)
    return out


def length(text: Mapping) -> list[float]:
    """The words of each coded sentence: the baseline."""
    return [float(len(WORD.findall(text["text"], s["start"], s["end"]))) for s in text["sentences"]]


def auc(labels: np.ndarray, values: np.ndarray) -> float:
    """How often a sentence with the label ranks above one without, ties half; NaN where there is none of either."""
    n, positive = len(labels), int(labels.sum())
    if not 0 < positive < n:
        return math.nan
    _, group, size = np.unique(values, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(size) - (size - 1) / 2)[group]
    return float((ranks[labels].sum() - positive * (positive + 1) / 2) / (positive * (n - positive)))


def average_precision(labels: np.ndarray, values: np.ndarray) -> float:
    """Average precision of a ranking, tied sentences as one step; NaN without a label."""
    if not labels.any():
        return math.nan
    kinds, group = np.unique(-values, return_inverse=True)
    right = np.bincount(group, weights=labels, minlength=len(kinds))
    precision = np.cumsum(right) / np.cumsum(np.bincount(group, minlength=len(kinds)))
    return float((right * precision).sum() / labels.sum())


def ranking(events: Mapping[str, tuple[np.ndarray, np.ndarray]], drawn: Sequence[str]) -> dict[str, float]:
    """AUC over all sentences of the events drawn, within them (by the pairs each has), and average precision."""
    inside = {event: (auc(*events[event]), int(y.sum()) * int((~y).sum())) for event, (y, _) in events.items()}
    told = [inside[event] for event in drawn if inside[event][1]]
    labels, values = (np.concatenate([events[event][k] for event in drawn]) for k in (0, 1))
    within = sum(a * pairs for a, pairs in told) / sum(pairs for _, pairs in told) if told else math.nan
    return {"AUC": auc(labels, values), "within event": within, "AP": average_precision(labels, values)}


def resampled(
    column: Mapping[str, tuple[np.ndarray, np.ndarray]], base: Mapping[str, tuple[np.ndarray, np.ndarray]]
) -> tuple[dict[str, Interval], dict[str, Interval]]:
    """95 % intervals, over events drawn anew, of a column's `ranking` and of its difference from that of `base`."""
    names, draw = sorted(column), random.Random(0)
    rounds = [draw.choices(names, k=len(names)) for _ in range(LOADED_DRAWS)]
    mine, theirs = ([ranking(each, drawn) for drawn in rounds] for each in (column, base))
    own = {key: middle([m[key] for m in mine]) for key in mine[0]}
    return own, {key: middle([m[key] - t[key] for m, t in zip(mine, theirs, strict=True)]) for key in own}


def outlets_in_order(texts: Sequence[tuple[Sequence[bool], Sequence[float]]]) -> collections.Counter:
    """Of an event's pairs of texts with other shares of labelled sentences, how many their mean values put in that order; ties half.

    `texts`: the labels and values of each text's sentences.
    """
    means = [(float(np.mean(labels)), float(np.mean([v for v in values if v > -math.inf] or [0]))) for labels, values in texts]
    tally = collections.Counter()
    for (a, x), (b, y) in itertools.combinations(means, 2):
        if a != b:
            tally.update(pairs=1, right=(a > b) == (x > y) if x != y else 0.5)
    return tally
