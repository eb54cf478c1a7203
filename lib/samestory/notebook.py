"""What every notebook begins with: read a story, analyse it (or read what was kept), choose outlets and moment."""

import os
import pathlib

from samestory.analysis import Analysis, analyse, needs_proposals
from samestory.story import read_story


def open_story(
    story: str,
    *,
    columns: dict[str, str] | None = None,
    outlets: tuple[str, ...] | list[str] = (),
    moment: str = "",
    convention: str = "samestory",
) -> Analysis:
    """Read and analyse a story for a notebook; `outlets` and `moment` narrow it, empty means all.

    `columns`: see `read_story`; `convention`: how tolls are counted (`casualties.tolls`).
    Links to evidence lead to the report's article pages: beside the page in a report, in `reports/STORY` when read in JupyterLab (render it
    once, then they open). Unknown outlets, moments or stories are a UserError.
    """
    read = read_story(story, columns=columns)
    analysis = analyse(read, convention=convention, suggest_actors=needs_proposals(read))
    os.environ.setdefault("SAMESTORY_LINKS", (pathlib.PurePosixPath("..") / "reports" / analysis.story.name / "x").as_posix()[:-1])
    return analysis.choose(outlets=outlets, moment=moment)
