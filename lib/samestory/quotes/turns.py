"""Which paragraphs are turns of an interview or transcript printed without quotation marks: "Q: ...", "SMITH: ..."?"""

import re

from samestory.quotes.drafts import COLON, Draft, Page

LABEL = re.compile(r"(?:([QA])[.:]|([A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3})(?: \([^)\n]{1,40}\))?:)\s+(?=\S)")


def find(page: Page) -> list[Draft]:
    """One draft a turn, the label being its speaker (nobody for Q and A); only where labels come back, as in no ordinary article.

    Paragraphs without a label of their own are left to the outlet, for nothing shows where an answer ends.
    """
    turns = [(m, end) for start, end in page.paragraphs if (m := LABEL.match(page.text, start, end))]
    labels = [m.group(1) or m.group(2) for m, _ in turns]
    if not ({"Q", "A"} <= {*labels} or (len(labels) >= 3 and 1 < len({*labels}) < len(labels))):
        return []
    drafts = []
    for m, end in turns:
        speaker = m.span(2) if m.group(2) else None
        drafts.append(Draft([(m.end(), end)], None, speaker, None, "neutral", COLON, verbatim=True))
    return drafts
