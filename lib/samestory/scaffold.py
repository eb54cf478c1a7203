"""A new story's folder, ready to fill in."""

import pathlib

from samestory.codebook import FILES
from samestory.errors import UserError

ARTICLES = "article_id,file,outlet,title,published,url,moment,wire,notes\n"
README = """\
# A story for samestory

1. Put each article here as a UTF-8 text file, exactly as published.
2. Name it in `articles.csv`, one row an article: `file` and `outlet` must be filled in, the rest may stay empty.
   `published` is YYYY-MM-DD; `moment` is a name from `codebook/moments.csv`; `wire` names the agency whose copy it is.
3. `samestory check .` names every fault by file and row; `samestory render .` makes the report.
4. The codebook makes the framing and fact sections possible. All its files open in a spreadsheet; save them as CSV UTF-8.
   - `story.csv`: one row: `title` and `description` of the story, for the head of the report.
   - `actors.csv`: who acts in this story, one row each: `actor` (a short id), `name` (as the report prints it), `kind`, `description`.
   - `labels.csv`: the words used for them: `label`, `actor`, `valence` (neutral, legitimising, delegitimising, loaded), `note`.
   - `speakers.csv`: `alias` (as worded in an article), `speaker` (the name to use), `actor`, `kind` (person, organisation, unnamed,
     document, media).
   - `moments.csv`: `moment`, `name`, `begins` (a date), `description`, `source`. Facts are compared within one moment only.
   - `facts.csv`: `fact_id`, `fact`, `moment`, `known_from` and `known_until` (dates), `look_for` (words, separated by ;), `source`.
   - `fact_states.csv`: what a person found: `fact_id`, `article_id`, `state` (told, differs, untold, not_yet, no_longer), `evidence`
     (the exact words), `nth` (which occurrence of them, from 1), `note`.
"""


def new_story(folder: pathlib.Path) -> list[pathlib.Path]:
    """Write an empty `articles.csv`, an empty codebook and a page of instructions into a new or empty folder; returns the files.

    A folder that already holds something is a UserError, so that nothing is ever overwritten.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(f"{folder}: already there and not empty; name a new folder")
    contents = {folder / "articles.csv": ARTICLES, folder / "README.md": README}
    contents |= {folder / "codebook" / f"{name}.csv": columns.replace(" ", ",") + "\n" for name, columns in FILES.items()}
    for file, content in contents.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8", newline="\n")
    return list(contents)
