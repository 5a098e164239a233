"""The house keeps its shape: who may import whom, how long things are, what is never used.

Each rule is a function that returns what breaks it; each is also fed something bad, so that
a rule that has stopped looking is noticed.
"""

from __future__ import annotations

import ast
import graphlib
import re
import statistics
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "ccgeo"

# Imports point up this list: each package may use those before it, views and io not each
# other, nor the two shells at the end.
ORDER = (
    "encoding",
    "errors",
    "shipped",
    "caching",
    "places",
    "records",
    "query",
    "engine",
    "layers",
    "views",
    "io",
    "notebook",
    "ui",
    "cli",
    "__main__",
)
APART = ({"views", "io"}, {"ui", "cli"})
SHARED_LIBRARIES = {"geopandas", "numpy", "pandas", "pyproj", "shapely"}
OWN_LIBRARIES = {
    "places": {"pypinyin", "rapidfuzz"},
    "records": {"pandera"},
    "engine": {"duckdb", "ibis", "pyarrow", "pyspark"},
    "layers": {"mapclassify"},
    "views": {"PIL", "altair", "branca", "folium", "matplotlib"},
    "io": {"openpyxl", "pyarrow", "pyogrio"},
    "ui": {"streamlit"},
    "notebook": {"matplotlib"},
    "cli": {"typer"},
}

PAGE_LINES, APP_LINES, MODULE_LINES, BODY_LINES, MEDIAN_BODY, PARAMETERS = 40, 25, 450, 60, 10, 6
MARKUP = ("unsafe_allow_html", "components.v1", "st.html(", "st.iframe(")
MARKUP_SINKS = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment"
    r"|\beval\(|new Function\("
)
VAGUE_MODULES = {"utils", "helpers", "helper", "manager", "common", "misc", "tools"}
VAGUE_NAME = re.compile(r"^_?(get|handle|process)(_|$)")
OUTSIDE = (
    re.compile(r"(?<![\w.:/-])/(?:home|root|Users|work|mnt|srv)/[\w.-]+"),
    re.compile(r"(?<![\w-])~/[\w.-]+"),
    re.compile(r"py(?:pi|thonhosted)\.org|npm(?:js)\.(?:org|com)|\bindex-url\b"),
)
PARENT = re.compile(r"(?<![\w.])(?:\.\./)+[\w.-][\w./-]*")
TEXT = {".py", ".md", ".toml", ".txt", ".csv", ".js", ".css", ".yaml", ".yml", ""}
DOTTED = {".ci", ".streamlit", ".gitignore", ".pre-commit-config.yaml"}
GENERATED = {"__pycache__", "node_modules", "build", "dist", "results"}


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def module_name(path: Path) -> str:
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def house_files() -> list[Path]:
    """Every text file of the repository except this one, which has to name what it forbids."""
    found = []
    for path in ROOT.rglob("*"):
        parts = path.relative_to(ROOT).parts
        hidden = any(part.startswith(".") and part not in DOTTED for part in parts)
        if hidden or GENERATED & set(parts) or any(p.endswith(".egg-info") for p in parts):
            continue
        if path.is_file() and path.suffix in TEXT and path != Path(__file__):
            found.append(path)
    return found


# --- imports ----------------------------------------------------------------------------------


def imported(tree: ast.Module, module: str, *, is_package: bool = False) -> set[str]:
    """Return the dotted names that a module imports, relative ones made absolute."""
    base = module.split(".") if is_package else module.split(".")[:-1]
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = base[: len(base) - node.level + 1] if node.level else []
            start = ".".join([*above, *([node.module] if node.module else [])])
            names |= {f"{start}.{alias.name}" for alias in node.names}
    return names


def import_problems(package: str, names: set[str]) -> list[str]:
    """Return the imports that a package of the house may not have."""
    problems = []
    for name in sorted(names):
        top, _, rest = name.partition(".")
        if top == "ccgeo":
            other = rest.split(".")[0]
            if other in ORDER and not may_import(package, other):
                problems.append(f"{package} may not import ccgeo.{other}")
        elif top not in sys.stdlib_module_names | SHARED_LIBRARIES | OWN_LIBRARIES.get(
            package, set()
        ):
            problems.append(f"{package} may not import {top}")
    return problems


def may_import(package: str, other: str) -> bool:
    if package == other:
        return True
    return ORDER.index(other) < ORDER.index(package) and {package, other} not in APART


@pytest.mark.parametrize("path", modules(), ids=module_name)
def test_imports_point_up_the_list(path):
    name = module_name(path)
    package = name.split(".")[1] if "." in name else "__main__"
    names = imported(parsed(path), name, is_package=path.name == "__init__.py")
    assert import_problems(package, names) == []


@pytest.mark.parametrize("path", modules(), ids=module_name)
def test_every_module_stands_in_a_package_of_the_list(path):
    assert path == SOURCE / "__init__.py" or module_name(path).split(".")[1] in ORDER


@pytest.mark.parametrize(
    ("package", "line"),
    [
        ("places", "from ccgeo.records.schema import KINDS"),
        ("records", "import ccgeo.query.engine"),
        ("views", "from ccgeo.io.geojson import layer_bytes"),
        ("io", "from ccgeo import views"),
        ("cli", "from ccgeo.ui import words"),
        ("layers", "import streamlit as st"),
        ("records", "import folium"),
        ("query", "from mapclassify import Quantiles"),
        ("places", "import frykit"),
        ("ui", "import requests"),
        ("places", "def late():\n    from ccgeo.layers import flows"),
        ("places", "from ..layers import flows"),
    ],
)
def test_the_import_rule_can_fail(package, line):
    assert import_problems(package, imported(ast.parse(line), f"ccgeo.{package}.example"))


def test_the_import_rule_lets_through_what_it_should():
    line = "import json\nimport mapclassify\nfrom ccgeo.query import engine\nfrom . import flows"
    assert import_problems("layers", imported(ast.parse(line), "ccgeo.layers.example")) == []


def import_graph(sources: dict[str, ast.Module], packages: set[str]) -> dict[str, set[str]]:
    """Return module → modules of the house it imports."""
    graph = {}
    for name, tree in sources.items():
        names = imported(tree, name, is_package=name in packages)
        targets = {n if n in sources else n.rpartition(".")[0] for n in names}
        graph[name] = {t for t in targets if t in sources and t != name and t not in packages}
    return graph


def test_no_two_modules_import_each_other():
    sources = {module_name(path): parsed(path) for path in modules()}
    packages = {module_name(path) for path in modules() if path.name == "__init__.py"}
    assert list(graphlib.TopologicalSorter(import_graph(sources, packages)).static_order())


def test_a_cycle_is_noticed():
    sources = {
        "ccgeo.a": ast.parse("from ccgeo import b"),
        "ccgeo.b": ast.parse("import ccgeo.a"),
    }
    with pytest.raises(graphlib.CycleError):
        graphlib.TopologicalSorter(import_graph(sources, set())).prepare()


# --- pages ------------------------------------------------------------------------------------

COMPUTING = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Lambda,
    ast.BinOp,
    ast.AugAssign,
)


def page_problems(text: str, limit: int = PAGE_LINES) -> list[str]:
    """Return what a page does that belongs into the library."""
    tree = ast.parse(text)
    problems = [
        f"line {node.lineno}: {type(node).__name__}"
        for node in ast.walk(tree)
        if isinstance(node, COMPUTING)
    ]
    tops = {name.split(".")[0] for name in imported(tree, "page")} - {"__future__"}
    problems += [f"imports {top}" for top in sorted(tops - {"streamlit", "ccgeo"})]
    if len(text.splitlines()) > limit:
        problems.append(f"{len(text.splitlines())} lines, {limit} are enough")
    return problems


@pytest.mark.parametrize("path", sorted((ROOT / "pages").glob("*.py")), ids=lambda p: p.name)
def test_a_page_only_calls(path):
    assert page_problems(path.read_text(encoding="utf-8")) == []


def test_the_router_is_short():
    assert page_problems((ROOT / "app.py").read_text(encoding="utf-8"), APP_LINES) == []


@pytest.mark.parametrize(
    "text",
    [
        "def show():\n    pass",
        "share = mapped / total",
        "count += 1",
        "order = lambda row: row[0]",
        "import pandas as pd",
        "x = 1\n" * (PAGE_LINES + 1),
    ],
)
def test_the_page_rule_can_fail(text):
    assert page_problems(text)


# --- sizes and words --------------------------------------------------------------------------


def functions(tree: ast.AST) -> list[ast.FunctionDef]:
    return [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


def body_lines(function: ast.FunctionDef) -> int:
    """Return the lines of a body without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


def parameters(function: ast.FunctionDef) -> list[str]:
    arguments = function.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return [argument.arg for argument in every if argument.arg not in {"self", "cls"}]


def size_problems(tree: ast.Module) -> list[str]:
    """Return the functions that are too long or ask for too much."""
    problems = []
    for function in functions(tree):
        if body_lines(function) > BODY_LINES:
            problems.append(f"{function.name}: {body_lines(function)} lines")
        if len(parameters(function)) > PARAMETERS:
            problems.append(f"{function.name}: {len(parameters(function))} parameters")
    return problems


def word_problems(path: Path, tree: ast.Module) -> list[str]:
    """Return names that say nothing."""
    problems = [path.name] if path.stem in VAGUE_MODULES else []
    for function in functions(tree):
        problems += [function.name] if VAGUE_NAME.match(function.name) else []
        problems += [f"{function.name}(df)"] if "df" in parameters(function) else []
    return problems


def programs() -> list[Path]:
    folders = (SOURCE, ROOT / "scripts", ROOT / "benchmarks", ROOT / "pages")
    return sorted(path for folder in folders for path in folder.rglob("*.py"))


def program_name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", programs(), ids=program_name)
def test_functions_are_short_and_ask_for_little(path):
    assert size_problems(parsed(path)) == []


@pytest.mark.parametrize("path", programs(), ids=program_name)
def test_names_say_what_they_mean(path):
    assert word_problems(path, parsed(path)) == []


@pytest.mark.parametrize("path", programs(), ids=program_name)
def test_modules_are_short(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) < MODULE_LINES


def test_half_of_the_functions_fit_in_ten_lines():
    lengths = [body_lines(f) for path in modules() for f in functions(parsed(path))]
    assert statistics.median(lengths) <= MEDIAN_BODY


def code_lines(path: Path) -> int:
    """Count the lines of a module without docstrings, whose examples run as tests themselves."""
    tree = parsed(path)
    texts = [
        node.body[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and ast.get_docstring(node, clean=False) is not None
    ]
    told = sum(text.end_lineno - text.lineno + 1 for text in texts)
    return len(path.read_text(encoding="utf-8").splitlines()) - told


def test_there_is_at_least_as_much_test_as_source():
    source = sum(map(code_lines, modules()))
    tests = (ROOT / "tests").rglob("*.py")
    assert sum(len(path.read_text(encoding="utf-8").splitlines()) for path in tests) >= source


def test_the_size_rule_can_fail():
    long = "def f():\n" + "    x = 1\n" * (BODY_LINES + 1)
    wide = "def f(a, b, c, d, *, e, g, h):\n    pass"
    assert size_problems(ast.parse(long)) == [f"f: {BODY_LINES + 1} lines"]
    assert size_problems(ast.parse(wide)) == ["f: 7 parameters"]


def test_a_docstring_is_not_counted_as_body():
    text = 'def f():\n    """Say.\n' + "\n" * BODY_LINES + '    """\n    return 1\n'
    assert size_problems(ast.parse(text)) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("utils.py", ""),
        ("flows.py", "def get_flows():\n    pass"),
        ("flows.py", "def _process(rows):\n    pass"),
        ("flows.py", "def build(df):\n    pass"),
    ],
)
def test_the_word_rule_can_fail(name, text):
    assert word_problems(Path(name), ast.parse(text))


# --- docstrings -------------------------------------------------------------------------------


def public(tree: ast.Module) -> list[ast.AST]:
    """Return the public classes, functions and methods of a module."""
    found: list[ast.AST] = []
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
            found.append(node)
            if isinstance(node, ast.ClassDef):
                found += [
                    inner
                    for inner in node.body
                    if isinstance(inner, ast.FunctionDef) and not inner.name.startswith("_")
                ]
    return found


def raised(function: ast.AST) -> set[str]:
    """Return the names of the errors that a body raises by itself."""
    names = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            called = node.exc.func
            names.add(called.attr if isinstance(called, ast.Attribute) else called.id)
    return names - {"Exit"}  # how a command ends, not what went wrong


def docstring_problems(tree: ast.Module) -> list[str]:
    """Return public names without a text, and errors raised but not told."""
    problems = [] if ast.get_docstring(tree) else ["the module has no docstring"]
    for node in public(tree):
        text = ast.get_docstring(node) or ""
        if not text:
            problems.append(f"{node.name} has no docstring")
        elif isinstance(node, ast.FunctionDef):
            told = text.partition("Raises\n------")[2]
            problems += [f"{node.name} raises {e} untold" for e in raised(node) if e not in told]
    return problems


@pytest.mark.parametrize("path", modules(), ids=module_name)
def test_public_names_are_documented_with_what_they_raise(path):
    assert docstring_problems(parsed(path)) == []


@pytest.mark.parametrize(
    "text",
    [
        "x = 1",
        '"""Say."""\ndef build():\n    return 1',
        '"""Say."""\nclass Flow:\n    """Be."""\n    def draw(self):\n        return 1',
        '"""Say."""\ndef build():\n    """Build."""\n    raise CcgeoError("no")',
    ],
)
def test_the_docstring_rule_can_fail(text):
    assert docstring_problems(ast.parse(text))


def told_errors(path: Path) -> set[tuple[str, str]]:
    """Return function and error of every documented Raises of a module."""
    pairs = set()
    for node in public(parsed(path)):
        if isinstance(node, ast.FunctionDef):
            section = (ast.get_docstring(node) or "").partition("Raises\n------\n")[2]
            section = re.split(r"\n\w[\w ]*\n-{3,}", section)[0]
            pairs |= {(node.name, e) for e in re.findall(r"^(\w+)$", section, re.MULTILINE)}
    return pairs


def is_tested(function: str, error: str, texts: list[str]) -> bool:
    """Return whether one test file uses the function and expects the error."""
    expects = re.compile(rf"raises\(\(?[^)]*\b{error}\b")
    uses = re.compile(rf"\b{function}\b")
    return any(expects.search(text) and uses.search(text) for text in texts)


@pytest.mark.parametrize("path", modules(), ids=module_name)
def test_every_documented_error_has_a_test(path):
    texts = [p.read_text(encoding="utf-8") for p in (ROOT / "tests").rglob("test_*.py")]
    assert [pair for pair in sorted(told_errors(path)) if not is_tested(*pair, texts)] == []


def test_an_error_without_a_test_is_noticed():
    texts = ["with pytest.raises(RecordError):\n    validate(rows)"]
    assert is_tested("validate", "RecordError", texts)
    assert not is_tested("validate", "CcgeoError", texts)
    assert not is_tested("read", "RecordError", texts)


# --- what is kept -----------------------------------------------------------------------------

# Arguments that name one of a few things; anything else must not grow a cache without a bound.
FEW = {
    *("level", "vintage", "stated_vintage", "language", "frame", "field", "name", "column"),
    *("place", "entry", "date_text"),
}
FREE_TEXT = {"text", "wording", "heading", "cell", "words", "mention", "value", "before", "after"}
SHARED_CACHES = {"cache_data", "cache_resource", "experimental_memo", "experimental_singleton"}


def cache_problems(tree: ast.Module) -> list[str]:
    """Return the caches that the rules of `ccgeo.caching` do not allow."""
    used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    used |= {name.rpartition(".")[2] for name in imported(tree, "module")}
    problems = sorted(used & SHARED_CACHES)
    for function in functions(tree):
        names, kinds = set(parameters(function)), set(map(ast.unparse, function.decorator_list))
        bounds = {kind for kind in kinds if kind.startswith("lru_cache")}
        if "cache" in kinds and names - FEW:
            problems.append(f"{function.name}: grows with {sorted(names - FEW)}")
        if bounds and (
            names & FREE_TEXT or not re.search(r"maxsize=(\d|_?[A-Z]{2})", "".join(bounds))
        ):
            problems.append(f"{function.name}: keeps words; use ccgeo.caching.memo")
    return problems


RULED = [p for p in modules() if p != SOURCE / "caching.py"]


@pytest.mark.parametrize("path", RULED, ids=module_name)
def test_what_is_kept_is_kept_by_the_rules(path):
    assert cache_problems(parsed(path)) == []


@pytest.mark.parametrize(
    "text",
    [
        "import streamlit as st\n@st.cache_data\ndef read(): ...",
        "from streamlit import cache_resource",
        "@cache\ndef read(wording): ...",
        "@lru_cache(maxsize=9)\ndef read(text): ...",
        "@lru_cache\ndef read(question): ...",
        "@lru_cache(maxsize=None)\ndef read(question): ...",
    ],
)
def test_the_rule_of_caches_can_fail(text):
    assert cache_problems(ast.parse(text))


# --- text that must not be there --------------------------------------------------------------


def markup_problems(name: str, text: str) -> list[str]:
    """Return the ways by which a record's text could become markup."""
    if name.endswith(".js"):
        return MARKUP_SINKS.findall(text)
    return [word for word in MARKUP if word in text]


def own_scripts() -> list[Path]:
    return [p for p in SOURCE.rglob("*.js") if "leaflet" not in p.name and "vendor" not in p.parts]


@pytest.mark.parametrize("path", [*programs(), ROOT / "app.py", *own_scripts()], ids=program_name)
def test_no_text_can_become_markup(path):
    assert markup_problems(path.name, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("page.py", "st.markdown(title, unsafe_allow_html=True)"),
        ("page.py", "from streamlit.components.v1 import html"),
        ("page.py", "st.html(title)"),
        ("map.js", "label.innerHTML = name"),
        ("map.js", "box.insertAdjacentHTML('beforeend', name)"),
    ],
)
def test_the_markup_rule_can_fail(name, text):
    assert markup_problems(name, text)


def outside_problems(path: Path, text: str) -> list[str]:
    """Return paths that lead out of the repository and hosts of registries."""
    problems = [hit for pattern in OUTSIDE for hit in pattern.findall(text)]
    if path.suffix != ".csv":
        for hit in PARENT.findall(text):
            target = (path.parent / hit.rstrip(".,")).resolve()
            if not (target.is_relative_to(ROOT) and target.exists()):
                problems.append(hit)
    return problems


def test_the_repository_stands_on_its_own():
    problems = {
        program_name(path): found
        for path in house_files()
        if (found := outside_problems(path, path.read_text(encoding="utf-8", errors="replace")))
    }
    assert problems == {}


@pytest.mark.parametrize(
    "text",
    [
        "see ../elsewhere/notes.md",
        "open('/home/someone/data.csv')",
        "cd /root/project",
        "~/research/records.csv",
        "pip install --index-url https://example.org/simple ccgeo",
        f"https://{'pypi'}.org/project/ccgeo",
    ],
)
def test_the_outside_rule_can_fail(text):
    assert outside_problems(ROOT / "README.md", text)


def test_a_path_inside_the_repository_is_fine():
    assert outside_problems(ROOT / "pages" / "explore.py", "../README.md") == []
    assert outside_problems(ROOT / "README.md", "https://example.org/home/news") == []
