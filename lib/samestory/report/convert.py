"""A notebook that has been run, as the body of a page: nbconvert with the template `template/report`, without scripts."""

import base64
import dataclasses
import html
import itertools
import pathlib
import re
from collections.abc import Callable, Collection

import mistune
from markupsafe import Markup, escape
from pygments.lexers.python import Python3Lexer
from pygments.token import Comment, Keyword, Number, String

from samestory.report.jupyter import TemplateExporter, nbformat

TEMPLATES = pathlib.Path(__file__).parents[1] / "template"
COLOURED = ((Keyword, "k"), (String, "s"), (Comment, "c"), (Number, "m"))
NO_ALT = "Picture drawn by the code above; whoever wrote the notebook has not described it in words."
PARAMETER_TITLES = {"parameters": "Code: the parameters and their defaults", "injected-parameters": "Code: the parameters of this report"}


@dataclasses.dataclass(frozen=True)
class Body:
    """The inside of a notebook's page: `html`, its headings below the title (`level, id, text`), and whether it has a title."""

    html: Markup
    toc: list[dict]
    has_title: bool


def body(nb: nbformat.NotebookNode, *, names: Collection[str] = ()) -> Body:
    """Turn a notebook with outputs into the body of a page.

    Raw HTML in Markdown is shown as text; an output that holds a script is shown as plain text. Links to notebooks in
    `names` lead to their pages; other links to files, which a report does not hold, become text.
    """
    prose = Prose(names)
    counter = itertools.count(1)
    filters: dict[str, Callable] = {
        "prose": prose.html,
        "python_code": python_code,
        "code_title": code_title,
        "picture": picture,
        "html_output": lambda output: html_output(output, counter),
    }
    exporter = TemplateExporter(
        template_name="report",
        template_file="index.html.j2",
        extra_template_basedirs=[str(TEMPLATES)],
        filters=filters,
        file_extension=".html",
    )
    made, _ = exporter.from_notebook_node(nb)
    return Body(Markup(made), [h for h in prose.headings if 1 < h["level"] < 4], any(h["level"] == 1 for h in prose.headings))


def opening(nb: nbformat.NotebookNode, name: str) -> tuple[str, str]:
    """Title and question of a notebook: its first heading and the paragraph after it, as plain text; the name if it has none."""
    first = next((cell.source for cell in nb.cells if cell.cell_type == "markdown"), "")
    made = Prose(()).html(first)
    title = re.search(r"<h1[^>]*>(.*?)</h1>", made, re.DOTALL)
    question = re.search(r"<p>(.*?)</p>", made[title.end() :] if title else made, re.DOTALL)
    return (Markup(title[1]).striptags() if title else short(name)), (Markup(question[1]).striptags() if question else "")


def short(name: str) -> str:
    """A notebook's name for a menu: "02-quotes" is Quotes."""
    return re.sub(r"^\d+[-_ ]*", "", name).replace("-", " ").replace("_", " ").capitalize() or name


class Prose(mistune.HTMLRenderer):
    """Markdown to HTML, raw HTML escaped; headings numbered into one order with one title, and kept for the contents list."""

    def __init__(self, names: Collection[str]):
        super().__init__(escape=True)
        self.names, self.headings, self.tables = frozenset(names), [], itertools.count(1)
        self.ids: set[str] = set()
        self.markdown = mistune.create_markdown(renderer=self, plugins=["table", "strikethrough", "footnotes"])

    def html(self, source: str) -> str:
        """One piece of Markdown as HTML."""
        return self.markdown(source)

    def heading(self, text: str, level: int, **attrs) -> str:
        before = [h["level"] for h in self.headings]
        level = min(max(level, 2), before[-1] + 1) if before else min(level, 2)
        plain = Markup(text).striptags()
        slug = re.sub(r"[^\w]+", "-", plain.lower()).strip("-") or "part"
        id_ = next(i for i in itertools.chain([slug], (f"{slug}-{n}" for n in itertools.count(2))) if i not in self.ids)
        self.ids.add(id_)
        self.headings.append({"level": level, "id": id_, "text": plain})
        return f'<h{level} id="{escape(id_)}">{text}</h{level}>\n'

    def link(self, text: str, url: str, title: str | None = None) -> str:
        if notebook := re.fullmatch(r"(?:\./)?([\w.-]+)\.ipynb(#.*)?", url):
            if notebook[1] not in self.names:
                return text
            return super().link(text, f"{notebook[1]}.html{notebook[2] or ''}", title)
        if re.match(r"(?:https?:|mailto:|#)", url) or re.fullmatch(r"(?:index|article-[\w-]+)\.html(#.*)?", url):
            return super().link(text, url, title)
        file = re.sub(r"^(?:\.\./)+", "", url)
        return text if Markup(text).striptags() == file else f"{text} (<code>{escape(file)}</code>)"

    def table(self, text: str) -> str:
        label = f"Table {next(self.tables)} of the text"
        return f'<div class="scroll" role="region" aria-label="{label}" tabindex="0"><table>{text}</table></div>\n'


def python_code(source: str) -> str:
    """Python source as HTML, its keywords, strings, comments and numbers marked."""
    out = []
    for kind, text in Python3Lexer(stripnl=True, ensurenl=False).get_tokens(source):
        css = next((css for of, css in COLOURED if kind in of), None)
        out.append(f'<span class="{css}">{html.escape(text)}</span>' if css else html.escape(text))
    return "".join(out)


def code_title(cell: nbformat.NotebookNode) -> str:
    """What a folded code cell is called: by its tag, or by the comment it begins with."""
    for tag, title in PARAMETER_TITLES.items():
        if tag in cell.metadata.get("tags", []):
            return title
    first = cell.source.strip().split("\n")[0]
    return f"Code: {escape(first.lstrip('#').strip())}" if first.startswith("#") else "Code"


def html_output(output: nbformat.NotebookNode, counter) -> str:
    """An output that is HTML, its tables in a region that scrolls; as plain text when it holds a script or the like."""
    made = output.data["text/html"]
    if re.search(r"<\s*(?:script|iframe|object|embed|meta|base|form|link)\b", made, re.IGNORECASE):
        return f'<pre class="plain">{escape(output.data.get("text/plain", made))}</pre>'
    if re.search(r"<table\b", made, re.IGNORECASE) and 'class="scroll"' not in made:
        return f'<div class="scroll" role="region" aria-label="Table {next(counter)} made by the code" tabindex="0">{made}</div>'
    return made


def picture(output: nbformat.NotebookNode, kind: str) -> str:
    """An output that is a picture, with the text alternative its metadata give (`alt`)."""
    data = output.data[kind]
    if kind == "image/svg+xml":
        data = base64.b64encode(data.encode("utf-8", "replace")).decode()
    alt = output.metadata.get(kind, {}).get("alt") or output.metadata.get("alt") or NO_ALT
    return f'<figure class="plot"><img src="data:{kind};base64,{escape("".join(data.split()))}" alt="{escape(alt)}"></figure>'
