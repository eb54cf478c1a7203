"""A new story's folder, ready to fill in."""

import pathlib

from samestory.codebook import FILES
from samestory.errors import UserError

ARTICLES = "article_id,file,outlet,title,published,url,moment,wire,genre,notes\n"
README = """\
# A story for samestory

1. Put each article here as a UTF-8 text file, exactly as published.
2. Name it in `articles.csv`, one row an article: `file` and `outlet` must be filled in, the rest may stay empty.
   `article_id` is a name of your choice (else the file's name); `published` is YYYY-MM-DD; `moment` is a name from
   `codebook/moments.csv`; `wire` names the agency whose copy it is; `title`, `url` and `notes` are for the reader.
3. In the folder above this one: `samestory check NAME` (NAME being this folder) names every fault by file and row, and
   `samestory render NAME` writes the report, to `reports/NAME/index.html`. Quotes, numbers of people, words and sentiment need no more.
4. The codebook (`codebook/`) makes the sections on labels, sides and facts possible. Fill in what you need and leave the rest as it is.
   All its files open in a spreadsheet; save them as CSV UTF-8. What is empty is simply not known.
   - `story.csv`: one row: `title` and `description` of the story, for the head of the report.
   - `actors.csv`: who acts in this story, one row each: `actor` (a short id), `name` (as the report prints it), `kind` (party, people,
     medium; event and area for what is named but does nothing), `description`.
   - `labels.csv`: the words used for them: `label`, `actor`, `valence` (neutral, legitimising, delegitimising, loaded), `note`.
   - `speakers.csv`: `alias` (as worded in an article), `speaker` (the name to use), `actor`, `kind` (person, organisation, unnamed,
     document, media).
   - `moments.csv`: `moment`, `name`, `begins` (a date), `description`, `source`. Facts are compared within one moment only.
   - `facts.csv`: `fact_id`, `fact`, `moment`, `known_from` and `known_until` (dates), `look_for` (words, separated by ;), `source`.
   - `fact_states.csv`: what a person found: `fact_id`, `article_id`, `state` (told, differs, untold, not_yet, no_longer), `evidence`
     (the exact words), `nth` (which occurrence of them, from 1), `note`.
   - `frames.csv`: only if you want to ask your own questions about frames instead of the twenty-four of the suite: `item` (a short id),
     `frame` (the heading it stands under), `question`, `values` (answers allowed, separated by ;, where `actor` stands for the actors
     of `actors.csv`), `look_for` (words that may point to evidence, separated by ;), `source`.
5. Labels need not be found by hand: `samestory analyse NAME --out tables --suggest-actors` writes `tables/suggested_labels.csv`. Put `yes`
   into its column `accept` where a row is right, correct `actor` and `valence` where they are not, and save it as
   `codebook/suggested_labels.csv`. Rows without `yes` are left alone; `labels.csv` wins where both name a label.
6. Questions about frames are answered by people. The report's folder `tables/` holds `frames_sheet.csv`: every question for every
   article, with sentences that may help. Each coder saves a copy as `coding/THEIR-NAME.csv` in this folder and fills in `value` (one of
   the answers allowed; empty = not answered), `evidence` (exact words of the article) and `note`, without looking at the others'. Then
   render again: the report shows where coders differ and, once there are enough articles, Krippendorff's alpha.
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
