"""Dictionary scores of narration and quotation, outlet beside outlet, with how far to trust them."""

import itertools

import pandas as pd

from samestory import sentiment
from samestory.analysis import Analysis
from samestory.compare.labels import by_actor
from samestory.compare.overview import in_story_order, running_text, with_text
from samestory.compare.resample import SMALL, holm, mean_interval, permutation_test
from samestory.evidence import places

VOICES = ("narration", "mixed", "quoted")
METHODS = ("textblob", "vader")


def by_voice(analysis: Analysis, *, seed: int) -> pd.DataFrame:
    """Mean score of the sentences of each outlet and voice.

    Columns: outlet, voice, n, and for each method `METHOD`, `METHOD low`, `METHOD high` (95 %, resampling the sentences); with fewer than
    five sentences the means are missing: read the sentences. `places` leads to them.
    """
    rows = []
    sentences = running_text(analysis)
    for outlet in analysis.story.outlets:
        for voice in VOICES:
            group = sentences[(sentences["outlet"] == outlet) & (sentences["voice"] == voice)]
            row = {"outlet": outlet, "voice": voice, "n": len(group)}
            for method in METHODS:
                mean, low, high = mean_interval(group[method], seed=seed)
                row |= {method: mean, f"{method} low": low, f"{method} high": high}
            rows.append(row | {"places": places(group, "sentences")})
    return pd.DataFrame(rows)


def without_events(analysis: Analysis, *, seed: int) -> pd.DataFrame:
    """What is left of the score of the narration when the words for events are masked: outlet, n, both scores with and without, places."""
    rows = []
    sentences = running_text(analysis).query("voice == 'narration'")
    for outlet, group in sentences.groupby("outlet", sort=False):
        row = {"outlet": outlet, "n": len(group)}
        for method in METHODS:
            row[method] = mean_interval(group[method], seed=seed)[0]
            row[f"{method} without event words"] = mean_interval(group[f"{method}_no_events"], seed=seed)[0]
        changed = group[group["vader"] != group["vader_no_events"]]
        rows.append(row | {"places": places(changed, "sentences")})
    columns = ["outlet", "n", *(f"{m}{rest}" for m in METHODS for rest in ("", " without event words")), "places"]
    return in_story_order(analysis, pd.DataFrame(rows, columns=columns))


def differences(analysis: Analysis, *, seed: int, method: str = "vader", voice: str = "narration") -> pd.DataFrame:
    """Do any two outlets differ in a voice? outlets, difference of means, p by permutation, p corrected for all pairs (Holm).

    Pairs in which one outlet has fewer than five sentences are not tested (missing p).
    """
    sentences = running_text(analysis)
    chosen = {o: g[method] for o, g in sentences[sentences["voice"] == voice].groupby("outlet", sort=False)}
    rows = []
    for a, b in itertools.combinations([o for o in analysis.story.outlets if o in chosen], 2):
        small = min(len(chosen[a]), len(chosen[b])) < SMALL
        difference = None if small else float(chosen[a].mean() - chosen[b].mean())
        p = permutation_test(chosen[a], chosen[b], seed=seed)
        sentences_of_pair = sentences[(sentences["voice"] == voice) & sentences["outlet"].isin([a, b])]
        rows.append({"outlet": a, "and": b, "difference": difference, "p": p, "places": places(sentences_of_pair, "sentences")})
    table = pd.DataFrame(rows, columns=["outlet", "and", "difference", "p", "places"])
    table.insert(4, "p corrected", holm(table["p"].astype(float)))
    return table


def verdict(differences: pd.DataFrame) -> str:
    """Does any pair of outlets differ after correction? What could not be tested is said to be unknown, not alike."""
    tested = differences.dropna(subset=["p corrected"])
    untested = f"{len(differences) - len(tested)} of {len(differences)} pairs have fewer than five sentences of narration in one outlet"
    if tested.empty:
        return f"Cannot be told: {untested}."
    found = tested[tested["p corrected"] < 0.05]
    if found.empty:
        smallest = tested["p corrected"].min()
        pairs = f"any of the {len(tested)} pairs" if len(tested) > 1 else "the one pair"
        said = f"Not shown for {pairs} that could be tested (smallest p, corrected for their number: {smallest:.2f})"
    else:
        pairs = ", ".join(f"{one} and {other}" for one, other in zip(found["outlet"], found["and"], strict=True))
        said = f"Between these texts, by this word list, yes for {len(found)} of {len(tested)} pairs tested: {pairs}"
    return f"{said}; {untested}, so for them it cannot be told." if len(tested) < len(differences) else f"{said}."


def drivers(analysis: Analysis) -> pd.DataFrame:
    """The words that carry the scores: word, kind (event, evaluative), both dictionaries' values, times, outlets, places."""
    rows = []
    for (word, kind), group in analysis.table("drivers").groupby(["word", "kind"], sort=False):
        row = {"word": word, "kind": kind, "TextBlob (−1 to 1)": group["textblob"].iloc[0], "VADER (−4 to 4)": group["vader"].iloc[0]}
        rows.append(row | {"times": len(group), "outlets": list(dict.fromkeys(group["outlet"])), "places": places(group, "drivers")})
    columns = ["word", "kind", "TextBlob (−1 to 1)", "VADER (−4 to 4)", "times", "outlets", "places"]
    return pd.DataFrame(rows, columns=columns).sort_values(["times", "word"], ascending=[False, True]).reset_index(drop=True)


def disagreement(analysis: Analysis) -> pd.DataFrame:
    """Sentences that the two dictionaries call by opposite signs: outlet, voice, sentence, textblob, vader; with article_id, start, end."""
    rows = with_text(analysis, analysis.tables["sentences"])
    rows = rows[(rows["textblob"] * rows["vader"] < 0) & (rows["textblob"].abs() > 0.05) & (rows["vader"].abs() > 0.05)]
    columns = ["outlet", "voice", "text", "textblob", "vader", "article_id", "start", "end"]
    return in_story_order(analysis, rows[columns].rename(columns={"text": "sentence"}))


def agreement_matrix(analysis: Analysis) -> pd.DataFrame:
    """How many sentences each pair of classes gets: rows TextBlob (negative, neutral, positive), columns VADER, cut at ±0.05."""
    rows = analysis.tables["sentences"]
    cut = {m: pd.cut(rows[m], [-1.01, -0.05, 0.05, 1.01], labels=["negative", "neutral", "positive"]) for m in METHODS}
    matrix = pd.crosstab(cut["textblob"], cut["vader"], dropna=False)
    matrix = matrix.reindex(index=["negative", "neutral", "positive"], columns=["negative", "neutral", "positive"], fill_value=0)
    matrix.columns = [f"VADER {c}" for c in matrix.columns]
    return matrix.rename_axis("TextBlob says").reset_index().astype({"TextBlob says": str})


def towards(analysis: Analysis, *, method: str = "vader_clause") -> pd.DataFrame:
    """Score of the clauses around each actor's mentions in the narrator's voice: actor, outlet, n, mean (not below five), places."""
    names = analysis.story.codebook.actor_names()
    mentions = analysis.tables["labels"][["article_id", "start", "end", "voice"]]
    rows = analysis.table("targets").query("method == @method").merge(mentions, on=["article_id", "start", "end"], how="inner")
    out = []
    for (actor, outlet), group in rows[rows["voice"] == "narrator"].groupby(["actor", "outlet"], sort=False):
        mean = float(group["score"].mean()) if len(group) >= SMALL else None
        out.append(
            {"actor": names.get(actor, actor), "outlet": outlet, "n": len(group), "mean score": mean, "places": places(group, "labels")}
        )
    return by_actor(analysis, in_story_order(analysis, pd.DataFrame(out, columns=["actor", "outlet", "n", "mean score", "places"])))


def try_words(sentence: str, *changes: tuple[str, str]) -> pd.DataFrame:
    """What happens to the scores when a word of a sentence is changed: sentence, textblob, vader; first the sentence as it is."""
    texts = [sentence, *(sentence.replace(old, new) for old, new in changes)]
    return pd.DataFrame([{"sentence": t} | sentiment.score(t) for t in texts])
