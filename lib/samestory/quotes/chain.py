"""Through whom did a statement reach the outlet: "told Reuters", "the office said that its staff had heard", "according to AP"?"""

import re

from samestory.quotes import names
from samestory.quotes.drafts import Draft, Page
from samestory.quotes.mentions import kind_word

TOLD = re.compile(r"\b(?:told|tells?|telling|to|with|by|on|for)\s+(?:the\s+|local\s+|state\s+)?(?=[A-Z])")
REACH = 120  # characters on either side of a cue in which a medium is looked for


def outer(draft: Draft, drafts: list[Draft]) -> Draft | None:
    """The statement of another source within which this one is made, the smallest one."""
    holding = [d for d in drafts if d is not draft and d.speaker and d.holds(draft.cue) and not draft.holds(d.cue)]
    return min(holding, key=lambda d: sum(e - s for s, e in d.parts), default=None)


def medium(page: Page, draft: Draft) -> tuple[int, int] | None:
    """The mention of a medium to which a source spoke, in the sentence of the cue and outside what is said."""
    if draft.cue is None:
        return None
    start, end = page.paragraph(draft.cue[0])
    start, end = max(start, draft.cue[0] - REACH), min(end, draft.cue[1] + REACH)
    for told in TOLD.finditer(page.text, start, end):
        m = names.RUN.match(page.text, told.end())
        if m is None or kind_word(m.group()) != "media" or page.inside(m.start()):
            continue
        if any(s < m.end() and m.start() < e for s, e in [*draft.parts, draft.speaker or (0, 0)]):
            continue
        if not re.search(r"[.!?]\s", page.text[min(m.end(), draft.cue[1]) : max(m.start(), draft.cue[0])]):
            return m.span()
    return None
