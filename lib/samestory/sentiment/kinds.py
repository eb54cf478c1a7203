"""Does a word name an event, judge, or neither?"""

import functools

from samestory.lists import read_list


@functools.cache
def event_words() -> frozenset[str]:
    """Words that name what happened rather than judge it (`data/event_words.csv`): killed, siege, wounded ..."""
    return frozenset(read_list("event_words")["word"].str.lower())


@functools.cache
def evaluative_words() -> frozenset[str]:
    """Words that judge or paint (`data/loaded_words.csv`) or judge a doer or the one it is done to (`data/judgements.csv`).

    Without event words, and without function words: "like" is a preposition far more often than a verb of praise.
    """
    loaded = read_list("loaded_words").query("kind != 'neither'")["word"].str.lower()
    judging = read_list("judgements").query("part != 'plain'")["forms"]
    forms = {form.strip().lower() for cell in judging for form in cell.split(";")}
    return (forms | set(loaded)) - event_words() - set(read_list("function_words")["word"])


@functools.lru_cache(maxsize=20_000)
def kind_of(words: str) -> str:
    """The kind of a word, or of one with a negation or an adverb before it: `event`, `evaluative` or `other`.

    `other` is what no list has: "light", "least" and "reached" score in a dictionary and judge nothing.
    """
    whole = words.lower().split()
    if not evaluative_words().isdisjoint(whole):  # "war-torn" as a whole, before its "war"
        return "evaluative"
    parts = {part for word in whole for part in word.split("-")}
    if not event_words().isdisjoint(parts.union(whole)):
        return "event"
    parts |= {part.removesuffix("ly") for part in parts}  # brutally
    return "other" if evaluative_words().isdisjoint(parts) else "evaluative"
