"""The one-file map: all inside, every text shown as it is."""

import re
from html.parser import HTMLParser

import folium
import pytest

from ccgeo.errors import UnknownChoiceError
from ccgeo.layers.choropleth import build_choropleth
from ccgeo.layers.flows import build_flows
from ccgeo.query.engine import read_placed, select
from ccgeo.query.selection import DEFAULT_SELECTION, View
from ccgeo.views.folium_map import build_map, html_frame, html_page

LIMIT = 1_500_000
HOSTILE = [
    "{{7*7}}",
    "{% for x in [1] %}boom{% endfor %}",
    "{# gone #}",
    "<script>document.title='broken'</script>",
    "<img src=x onerror=alert(1)>",
    "</script><script>1</script>",
    "'\");//",
    "${7*7}",
    "&lt;b&gt;",
]


class Page(HTMLParser):
    """Tags and the text that a reader sees."""

    def __init__(self, source: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(source.decode())

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    @property
    def inside(self):
        """The page that the only frame of this one holds."""
        (frame,) = [attributes for tag, attributes in self.tags if tag == "iframe"]
        return frame["srcdoc"]


def inside(content):
    return Page(content).inside.encode()


@pytest.fixture(scope="module")
def shipped():
    selected = select(read_placed(), DEFAULT_SELECTION)
    view = View()
    return build_choropleth(selected, view), build_flows(selected, view)


@pytest.mark.parametrize("frame", ["region", "world"])
def test_the_page_is_light_and_asks_for_nothing(shipped, frame):
    page = html_page(*shipped, frame=frame)
    assert len(page) <= LIMIT
    assert [tag for tag, _ in Page(page).tags if tag in {"script", "iframe"}] == ["iframe"]
    page = inside(page)
    for tag, attributes in Page(page).tags:
        assert tag not in {"link", "img", "iframe", "object", "embed"}
        assert not {"src", "href", "srcset", "data"} & set(attributes)
    assert b"@import" not in page
    styles = re.findall(rb"<style>(.*?)</style>", page, re.DOTALL)
    assert not re.search(rb"url\((?!#)(?!\"#)", b"".join(styles).replace(b"url(#ccgeo-hatch)", b""))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_shown_and_never_read(make, text):
    harmless = html_page(make.choropleth(words="plain"), make.flows(words="plain"))
    flows = make.flows([make.flow(words=text)], words=text)
    hostile = html_page(make.choropleth(words=text), flows)
    assert text.encode() not in hostile
    hostile, harmless = inside(hostile), inside(harmless)
    page = Page(hostile)
    assert [tag for tag, _ in page.tags] == [tag for tag, _ in Page(harmless).tags]
    assert text in page.text
    assert text.encode() not in hostile


def test_the_second_template_pass_computes_nothing(make):
    page = html_page(make.choropleth(words="{{7*7}} {{7*'7'}}"), make.flows(words="{{6*7}}"))
    legend = Page(inside(page)).text
    assert "{{7*7}} {{7*'7'}}" in legend
    assert "{{6*7}}" in legend


def test_the_legend_names_classes_counts_and_no_data(make):
    text = Page(inside(html_page(make.choropleth(words="Sum"), make.flows(words="Line")))).text
    for words in ("Sum 0 (5)", "Sum 2 (5)", "Sum none (6)", "Line 1"):
        assert words in text


def test_units_without_data_are_hatched_and_not_coloured(make):
    page = inside(html_page(make.choropleth(classes=[-1] * 22), make.flows())).decode()
    assert "ccgeo-no-data" in page
    assert '"fillColor": "#ffffcc"' not in page


def test_the_approval_number_is_on_the_map_and_leaflet_is_named_plainly(make):
    page = inside(html_page(make.choropleth(), make.flows())).decode()
    assert 'setPrefix("Leaflet")' in page
    assert "GS&#40;1&#41;" in page


def test_the_same_words_come_in_chinese(make):
    view = View(level="prefecture", language="zh")
    page = inside(html_page(make.choropleth(view), make.flows(view=view))).decode()
    assert "\\u6761\\u8bb0\\u5f55" in page or "条记录" in page


def test_a_notebook_gets_the_map_itself(make):
    shown = build_map(make.choropleth(), make.flows())
    assert isinstance(shown, folium.Map)
    assert shown.default_js == []
    assert shown.default_css == []


def test_the_class_lists_of_folium_are_left_alone(make):
    before = list(folium.Map.default_js)
    build_map(make.choropleth(), make.flows())
    assert folium.Map.default_js == before


def test_an_unknown_frame_is_refused_by_the_map(make):
    with pytest.raises(UnknownChoiceError, match="frame 'mars'"):
        build_map(make.choropleth(), make.flows(), frame="mars")


def test_an_unknown_frame_is_refused_by_the_page(make):
    with pytest.raises(UnknownChoiceError, match="frame 'mars'"):
        html_page(make.choropleth(), make.flows(), frame="mars")


def test_the_map_stands_in_a_frame_that_may_run_scripts_and_nothing_else(make):
    page = Page(html_page(make.choropleth(), make.flows()))

    (frame,) = [attributes for tag, attributes in page.tags if tag == "iframe"]

    assert frame["sandbox"] == "allow-scripts"
    assert frame["title"] == "Amount"


def test_the_same_layers_give_the_same_bytes(make):
    shown = make.choropleth(), make.flows()

    assert html_page(*shown) == html_page(*shown)


def test_a_notebook_gets_the_same_map_in_a_frame_of_its_own(make):
    shown = make.choropleth(), make.flows()

    (tag, attributes), *rest = Page(html_frame(*shown, height_px=300).encode()).tags

    assert (tag, attributes["sandbox"], rest) == ("iframe", "allow-scripts", [])
    assert "height:300px" in attributes["style"]
    assert attributes["srcdoc"] == Page(html_page(*shown)).inside
    with pytest.raises(UnknownChoiceError, match="frame 'mars'"):
        html_frame(*shown, frame="mars")
