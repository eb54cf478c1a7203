"""The command line: `samestory render | analyse | check | new`."""

import logging
import pathlib
import sys

import click

from samestory.errors import UserError

STORY = click.argument("story", type=click.Path(path_type=pathlib.Path))
MAP = click.option("--map", "maps", multiple=True, metavar="OURS=YOURS", help="Our column's name for yours, e.g. text=body (a table only).")
OUTLET = click.option("--outlet", "outlets", multiple=True, metavar="NAME", help="Only this outlet; repeatable.")
CONVENTION = click.option(
    "--convention", default="samestory", show_default=True, metavar="NAME", help="How tolls are counted: samestory, acled, gtd or ucdp."
)
JOBS = click.option("--jobs", default=1, show_default=True, type=click.IntRange(1), help="How many processes work at once.")


class OneLine(logging.Formatter):
    """`samestory: message` for what the user should read; no dates, no module names."""

    def format(self, record: logging.LogRecord) -> str:
        return "samestory: " + " ".join(record.getMessage().split())


class Group(click.Group):
    """A command group in which a user's mistake is one line on standard error and exit status 2."""

    def invoke(self, ctx: click.Context):
        try:
            return super().invoke(ctx)
        except UserError as error:
            click.echo("samestory: " + " ".join(str(error).split()), err=True)
            ctx.exit(2)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120})
@click.version_option(package_name="samestory")
@click.option("--verbose", is_flag=True, help="Also say how things went wrong, with tracebacks.")
def main(verbose: bool) -> None:
    """How several outlets tell the same story: quotes, casualty figures, framing and sentiment side by side."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("samestory: %(message)s") if verbose else OneLine())
    logger = logging.getLogger("samestory")
    logger.handlers = [handler]
    logger.setLevel(logging.DEBUG if verbose else logging.INFO)
    logger.propagate = False


def _read(story: pathlib.Path, maps: tuple[str, ...]):
    from samestory.story import read_story

    return read_story(story, columns=_columns(maps))


def _columns(maps: tuple[str, ...]) -> dict[str, str]:
    from samestory.story import COLUMNS

    columns = {}
    for entry in maps:
        ours, equals, theirs = entry.partition("=")
        if not equals or not theirs or ours not in COLUMNS:
            raise UserError(f"--map {entry}: write OURS=YOURS, where OURS is one of {', '.join(COLUMNS)}")
        columns[ours] = theirs
    return columns


@main.command()
@STORY
@click.option("--out", type=click.Path(path_type=pathlib.Path), help="Folder of the report [default: reports/NAME OF STORY].")
@click.option("--notebook", "notebooks", multiple=True, metavar="NAME", help="Only this notebook, e.g. 02-quotes; repeatable.")
@OUTLET
@click.option("--moment", default="", help="Only the articles of this moment.")
@click.option("--across-moments", is_flag=True, help="Compare facts and deeds of different moments too (01-framing).")
@JOBS
@click.option("--pdf", is_flag=True, help="Print each page to PDF too, with Chromium.")
@click.option("--engine", type=click.Choice(["fast", "kernel"]), default="fast", show_default=True, help="How notebooks are run.")
@CONVENTION
@MAP
def render(story, out, notebooks, outlets, moment, across_moments, jobs, pdf, engine, convention, maps) -> None:
    """Run the notebooks for STORY with papermill and turn them into an HTML report."""
    from samestory.analysis import analyse, needs_proposals
    from samestory.report.render import render as render_story

    read = _read(story, maps)
    analysis = analyse(read, jobs=jobs, progress=True, convention=convention, suggest_actors=needs_proposals(read))
    chosen = analysis.choose(outlets=outlets, moment=moment)
    out = out or pathlib.Path("reports") / read.name
    failed = render_story(
        chosen,
        out=out,
        notebooks=list(notebooks) or None,
        outlets=outlets,
        moment=moment,
        parameters={"columns": _columns(maps)}
        | ({"convention": convention} if convention != "samestory" else {})
        | ({"across_moments": True} if across_moments else {}),
        jobs=jobs,
        pdf=pdf,
        engine=engine,
    )
    click.echo(f"samestory: {out / 'index.html'}", err=True)
    _finish(len(failed) + len(analysis.failures), out)


@main.command()
@STORY
@click.option("--out", required=True, type=click.Path(path_type=pathlib.Path), help="Folder for the tables.")
@click.option("--format", "format_", type=click.Choice(["parquet", "csv", "jsonl"]), default="parquet", show_default=True)
@click.option("--suggest-actors", is_flag=True, help="Also write `actors` and suggested_labels.csv: candidates for the codebook.")
@click.option("--coding-sheet", is_flag=True, help="Also write frames_sheet.csv: an empty sheet of questions about frames for one coder.")
@OUTLET
@JOBS
@CONVENTION
@MAP
def analyse(story, out, format_, suggest_actors, coding_sheet, outlets, jobs, convention, maps) -> None:
    """Run every analysis on STORY and write the tables, one file each."""
    from samestory.analysis import analyse as analyse_story
    from samestory.analysis import write_table, write_tables
    from samestory.compare import frames

    read = _read(story, maps).choose(outlets=outlets)
    analysis = analyse_story(read, jobs=jobs, progress=True, suggest_actors=suggest_actors, convention=convention)
    write_tables(analysis, out, format=format_)
    if coding_sheet:
        write_table(frames.sheet(analysis), out / "frames_sheet.csv")
    rows = ", ".join(f"{len(table)} {name}" for name, table in analysis.tables.items())
    click.echo(f"samestory: {out}: {rows}", err=True)
    _finish(len(analysis.failures), out)


@main.command()
@STORY
@MAP
def check(story, maps) -> None:
    """Validate STORY and name every fault by file, row and reason."""
    from samestory import coding
    from samestory.framing.facts import states

    read = _read(story, maps)
    lost = [*states(read)[1].itertuples(), *coding.read(read)[1].itertuples()]
    for fault in lost:
        click.echo(f"samestory: {fault.reason}", err=True)
    faults = len(read.faults) + len(lost)
    outlets = len(read.outlets)
    click.echo(f"samestory: {read.name}: {len(read.articles)} articles from {outlets} outlets can be used, {faults} faults", err=True)
    sys.exit(1 if faults else 0)


@main.command()
@click.argument("folder", type=click.Path(path_type=pathlib.Path))
def new(folder) -> None:
    """Make a new story folder to fill in."""
    from samestory.scaffold import new_story

    for file in new_story(folder):
        click.echo(f"samestory: {file}", err=True)


def _finish(failed: int, out: pathlib.Path) -> None:
    if failed:
        click.echo(f"samestory: {failed} things failed; they are listed in {out / 'failures.csv'}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
