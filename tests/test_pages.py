"""Every page of the seeds' report, by its source and in headless Chromium: links, addresses, text, layout, accessibility."""

import functools
import html.parser
import itertools
import pathlib
import re
import shutil
import urllib.parse

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory import evidence
from samestory.report import pages

BROWSERS = "chromium chromium-browser google-chrome google-chrome-stable".split()

VOID = {"meta", "link", "img", "br", "hr", "input"}


class Source(html.parser.HTMLParser):
    """Ids, links, tags, pictures and the text under each id (or `data-of`) of a page."""

    def __init__(self, text: str):
        super().__init__()
        self.ids, self.links, self.tags, self.pictures, self.texts = [], [], [], [], {}
        self.stack: list[str] = []
        self.feed(text)
        self.close()
        assert self.stack == [], self.stack

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append(tag)
        if found.get("id"):
            self.ids.append(found["id"])
        if tag == "a":
            self.links.append(found["href"])
        if tag == "img":
            self.pictures.append(found)
        if tag not in VOID:
            self.stack.append((tag, found.get("id") or found.get("data-of") or ""))

    def handle_endtag(self, tag):
        assert self.stack[-1][0] == tag, f"</{tag}> closes {self.stack[-1]}"
        self.stack.pop()

    def handle_data(self, data):
        for key in {key for _, key in self.stack if key}:
            self.texts[key] = self.texts.get(key, "") + data


@pytest.fixture(scope="module")
def sources(seed_report) -> dict[str, Source]:
    return {file.name: Source(file.read_text()) for file in sorted(seed_report.glob("*.html"))}


def test_every_link_leads_somewhere_inside_the_report(sources, seed_report):
    dead = []
    for name, source in sources.items():
        for link in source.links:
            parts = urllib.parse.urlsplit(link)
            if parts.scheme in ("http", "https"):
                continue
            target = parts.path or name
            inside = (seed_report / target).resolve().is_relative_to(seed_report.resolve()) and (seed_report / target).is_file()
            if not inside or (parts.fragment and urllib.parse.unquote(parts.fragment) not in sources[target].ids):
                dead.append((name, link))
    assert dead == []


def test_no_id_stands_twice_and_no_page_has_a_script(sources):
    for name, source in sources.items():
        assert len(source.ids) == len(set(source.ids)), name
        assert not {"script", "iframe", "object", "embed", "form"} & set(source.tags), name
        assert source.tags.count("h1") == 1, name


def test_headings_do_not_skip_a_level(sources):
    for name, source in sources.items():
        levels = [int(tag[1]) for tag in source.tags if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1 and all(b <= a + 1 for a, b in itertools.pairwise(levels)), (name, levels)


def test_every_picture_says_in_words_what_it_shows(sources):
    assert sum(len(source.pictures) for source in sources.values()) >= 5
    short = [(name, p.get("alt")) for name, source in sources.items() for p in source.pictures if len(p.get("alt") or "") < 40]
    assert short == []
    assert all(p["src"].startswith("data:image/") for source in sources.values() for p in source.pictures)


def test_every_finding_is_highlighted_on_its_article_page_over_exactly_its_text(sources, seed_analysis):
    """Every row of quotes, figures, labels, actions and sentences: its address holds the text between its offsets."""
    texts = dict(zip(seed_analysis.story.articles["article_id"], seed_analysis.story.articles["text"], strict=True))
    checked = 0
    for name in ("quotes", "figures", "labels", "actions", "sentences"):
        for row in seed_analysis.tables[name].itertuples():
            shown = sources[evidence.article_file(row.article_id)].texts[evidence.anchor(name, row.start, row.end)]
            assert shown.split() == texts[row.article_id][row.start : row.end].split(), (name, row)
            checked += 1
    assert checked > 200


def test_every_row_of_a_table_of_findings_leads_to_its_sentence(seed_report):
    """A findings table that names articles has a link in each of its rows."""
    for file in seed_report.glob("0[1-5]-*.html"):
        for table in re.findall(r'<table class="findings">.*?</table>', file.read_text(), re.DOTALL):
            if ">where</th>" not in table:
                continue
            rows = re.findall(r"<tr>(?!<th).*?</tr>", table.partition("<tbody>")[2], re.DOTALL)
            assert rows and all('href="article-' in row or "–" in row for row in rows), file.name


@st.composite
def marked_text(draw):
    text = draw(st.text(alphabet="ab <&\n", min_size=1, max_size=60))
    spans = draw(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=12))
    marks = {(min(a, b), max(a, b)): None for a, b in spans if a != b}
    return text, [pages.Mark(s, e, i % 4, "qfla"[i % 4], f"m-{s}-{e}") for i, (s, e) in enumerate(marks)]


@given(marked_text())
def test_marks_that_cross_are_nested_and_lose_no_text(case):
    text, marks = case
    used, continued = set(), set()
    pieces = pages.nest(text, (0, len(text)), marks, used, continued)
    assert "".join(p["text"] for p in pieces if p["say"] == "text") == text
    open_, shown = [], {}
    for piece in pieces:
        if piece["say"] == "open":
            open_.append(piece["id"] or piece["of"])
        elif piece["say"] == "close":
            open_.pop()
        else:
            for id_ in open_:
                shown[id_] = shown.get(id_, "") + piece["text"]
    assert open_ == []
    assert shown == {m.id: text[m.start : m.end] for m in marks if m.start < len(text)}
    ids = [p["id"] for p in pieces if p.get("id")]
    assert len(ids) == len(set(ids)) and {p["of"] for p in pieces if p.get("of")} == continued


def test_an_article_id_can_hold_anything(seed_analysis):
    names = [evidence.article_file(a) for a in ("../../etc/passwd", "a/b", "a-b", "<x>", "", "é" * 300)]
    assert len(set(names)) == len(names) and all(re.fullmatch(r"article-[\w-]*\.html", n) for n in names)


# In a browser


@pytest.fixture(scope="module")
def chromium():
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip(f"no Chromium found ({', '.join(BROWSERS)}): the pages were not looked at in a browser")
    sync_playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed (tests/requirements.txt)"
    ).sync_playwright
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


VIEWS = ((1280, "light"), (390, "dark"))


@pytest.fixture(scope="module", params=VIEWS, ids=lambda view: f"{view[0]}px-{view[1]}")
def visits(request, chromium, seed_report) -> dict[str, dict]:
    """Each page opened once: what it asked for, what the console said, how wide it is."""
    width, scheme = request.param
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    seen = {}
    for file in sorted(seed_report.glob("*.html")):
        page = context.new_page()
        asked, said = [], []
        page.on("request", lambda r, asked=asked: asked.append(r.url))
        page.on("console", lambda m, said=said: said.append(m.text))
        page.on("pageerror", lambda e, said=said: said.append(str(e)))
        page.goto(file.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        wide = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        seen[file.name] = {"asked": asked, "said": said, "wide": wide}
        page.close()
    context.close()
    return seen


def test_pages_ask_for_nothing_outside_their_folder(visits, seed_report):
    outside = {n: [u for u in v["asked"] if not u.startswith((seed_report.as_uri(), "data:"))] for n, v in visits.items()}
    assert {n: urls for n, urls in outside.items() if urls} == {}


def test_pages_say_nothing_on_the_console(visits):
    assert {n: v["said"] for n, v in visits.items() if v["said"]} == {}


def test_pages_are_no_wider_than_the_window(visits):
    assert {n: v["wide"] for n, v in visits.items() if v["wide"][0] > v["wide"][1]} == {}


@functools.cache
def _axe():
    from axe_playwright_python.sync_playwright import Axe

    return Axe()


@pytest.mark.parametrize(("width", "scheme"), VIEWS, ids=lambda v: str(v))
def test_pages_have_no_serious_fault_of_accessibility(chromium, seed_report, width, scheme):
    pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed (tests/requirements.txt)")
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    faults = []
    articles = sorted(seed_report.glob("article-*.html"))
    for file in sorted(set(seed_report.glob("*.html")) - set(articles[2:])):  # two articles stand for all: one template makes them
        page = context.new_page()
        page.goto(file.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        found = _axe().run(page, options={"resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": False}}}).response
        # Contrast is looked at element by element, at 3 ms each: the first rows and paragraphs stand for those styled like them.
        page.evaluate("document.querySelectorAll('tr:nth-child(n+7), .text p:nth-child(n+16), li:nth-child(n+9)').forEach(e => e.remove())")
        contrast = (
            _axe().run(page, options={"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": ["color-contrast"]}}).response
        )
        for fault in found["violations"] + contrast["violations"]:
            if fault["impact"] in ("serious", "critical"):
                faults.append((file.name, fault["id"], [node["html"][:160] for node in fault["nodes"][:3]]))
        page.close()
    context.close()
    assert faults == []


def test_a_link_to_a_finding_shows_it_on_the_screen(chromium, seed_report, seed_analysis):
    """Following a link from a report puts the sentence into view, in another colour than before."""
    row = seed_analysis.tables["quotes"].iloc[-1]
    file = seed_report / evidence.article_file(row.article_id)
    page = chromium.new_page(viewport={"width": 390, "height": 800})
    colour = "e => getComputedStyle(e).backgroundColor"
    anchor = evidence.anchor("quotes", row.start, row.end)
    page.goto(file.as_uri())
    plain = page.locator(f"#{anchor}").evaluate(colour)
    page.goto(f"{file.as_uri()}#{anchor}")
    found = page.locator(f"#{anchor}")
    assert 0 <= found.bounding_box()["y"] < 800
    assert found.evaluate(colour) != plain
    page.close()


def test_findings_can_be_switched_off_in_the_text(chromium, seed_report):
    page = chromium.new_page()
    page.goto((seed_report / "article-002.html").as_uri())
    background = "getComputedStyle(document.querySelector('.text mark.l')).backgroundColor"
    shown = page.evaluate(background)
    page.uncheck("#show-l")
    assert page.evaluate(background) != shown
    page.close()


def test_the_report_prints(chromium, seed_report, tmp_path):
    page = chromium.new_page()
    page.goto((seed_report / "02-quotes.html").as_uri())
    made = pathlib.Path(tmp_path / "print.pdf")
    page.pdf(path=made)
    assert made.read_bytes().startswith(b"%PDF") and made.stat().st_size > 10_000
    page.close()
