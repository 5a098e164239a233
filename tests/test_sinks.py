"""Text that others wrote reaches whatever reads it through `ccgeo.encoding` alone.

Each rule reads the source of every module and returns what breaks it; each is also fed
something bad, so that a rule that has stopped looking is noticed.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "ccgeo"
ENCODERS = {"encode_text", "encode_attribute", "encode_markdown", "encode_line", "guard_cell"}


def parsed(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def called(node):
    """Return the last name of what a call calls."""
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def pieces(node):
    """Return the fixed text of a string, with or without fields."""
    values = node.values if isinstance(node, ast.JoinedStr) else [node]
    return "".join(str(v.value) for v in values if isinstance(v, ast.Constant))


def is_number_format(node):
    """Return whether something is a field of a string that only a number can fill."""
    spec = getattr(node, "format_spec", None)
    return spec is not None and pieces(spec)[-1:] in set("dfg%,")


# --- markup: HTML and SVG ---------------------------------------------------------------------

# A tag, but not a lookbehind or a named group of a regular expression.
MARKUP = re.compile(r"(?<![?P])</?[a-z!]", re.IGNORECASE)
# Who writes markup, and the names that hold markup of its own making or fixed words in it.
MAKERS = {
    "src/ccgeo/views/folium_map.py": {
        "script",
        "style",
        "_STYLE",
        "_INBOUND",
        "colour",
        "no_data",
        "rows",
        "steps",
        "name",
    },
    "src/ccgeo/views/sandbox.py": {
        "digest",
        "scripts",
        "style",
        "held",
        "language",
        "frame",
        "policy_of",
    },
    "src/ccgeo/views/multiples.py": {
        "size",
        "_FONT",
        "_HATCH",
        "_STYLE",
        "_outlines",
        "legend",
        "drawn",
        "adcode",
        "fill",
        "units",
        "_panel",
        "_path",
    },
    "src/ccgeo/views/embedding.py": {"_HEIGHT_PX"},
    "src/ccgeo/notebook.py": {"frame"},
    "src/ccgeo/ui/active_filters.py": set(),
    "src/ccgeo/ui/filter_panel.py": set(),
    "src/ccgeo/ui/live_map.py": set(),
    "src/ccgeo/ui/page_frame.py": set(),
    "src/ccgeo/ui/profile.py": set(),
    "src/ccgeo/ui/search.py": set(),
}


def docstrings(tree):
    return {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and ast.get_docstring(node, clean=False) is not None
    }


def is_made(field, made):
    """Return whether a field of a piece of markup is encoded, a number, or of our own making."""
    if is_number_format(field):
        return True
    names = {n.id for n in ast.walk(field.value) if isinstance(n, ast.Name)}
    if isinstance(field.value, ast.Call) and called(field.value) in ENCODERS | made:
        return True
    return bool(names) and names <= made


def markup_problems(tree, made=None):
    """Return markup that a module must not write, or text in it that nobody encoded."""
    told = docstrings(tree)
    inside = {id(v) for n in ast.walk(tree) if isinstance(n, ast.JoinedStr) for v in n.values}
    problems = []
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if not (is_text or isinstance(node, ast.JoinedStr)) or id(node) in told | inside:
            continue
        if not MARKUP.search(pieces(node)):
            continue
        if made is None:
            problems.append(f"line {node.lineno}: {pieces(node)[:40]}")
        elif isinstance(node, ast.JoinedStr):
            fields = [v for v in node.values if isinstance(v, ast.FormattedValue)]
            problems += [
                f"line {node.lineno}: {ast.unparse(f.value)}"
                for f in fields
                if not is_made(f, made)
            ]
    return problems


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=name_of)
def test_markup_is_written_by_few_and_every_text_in_it_is_encoded(path):
    assert markup_problems(parsed(path), MAKERS.get(name_of(path))) == []


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("x = '<b>'", None),
        ("x = f'<b>{title}</b>'", None),
        ("x = f'<b>{title}</b>'", {"colour"}),
        ("x = f'<b>{title:>20}</b>'", set()),
        ("x = f'<b title=\"{title}\">'", set()),
        ("x = f'<text>{str(encode_text(a) + title)}</text>'", set()),
    ],
)
def test_the_rule_of_markup_can_fail(text, made):
    assert markup_problems(ast.parse(text), made)


# --- Markdown ---------------------------------------------------------------------------------

# Streamlit reads Markdown in the first argument of these, and in `help` of all.
LABELLED = {
    *("markdown", "caption", "title", "header", "subheader", "info", "warning", "error", "success"),
    *("toast", "badge", "spinner", "status", "progress", "metric", "expander", "popover", "tabs"),
    *("button", "link_button", "download_button", "form_submit_button", "page_link", "checkbox"),
    *("toggle", "radio", "selectbox", "multiselect", "slider", "select_slider", "pills"),
    *(
        "segmented_control",
        "text_input",
        "text_area",
        "number_input",
        "date_input",
        "file_uploader",
    ),
    *("data_editor", "chat_input", "feedback", "color_picker"),
}
# Of these the options are Markdown too, so what names them has to be.
OPTIONS = {"radio", "pills", "segmented_control"}
PLACES = {"metric": (0, 1, 2), "progress": (1,), "page_link": ()}
NAMED = {"help", "label", "body", "text", "delta"}
# Streamlit decides by itself what these do with text, or reads it as something else.
NEVER = {"write", "write_stream", "html", "latex", "iframe", "echo", "exception", "json"}
# Fixed words and numbers.
FIXED = {
    *(
        "say",
        "word_of",
        "amount_words",
        "version_words",
        "data_version",
        "len",
        "int",
        "held",
        "encode_markdown",
    ),
}


def parts_of(node):
    """Return what a text is made of; None for what this rule does not look into."""
    match node:
        case ast.JoinedStr() | ast.Dict() | ast.BoolOp():
            return node.values
        case ast.List() | ast.Tuple():
            return node.elts
        case ast.FormattedValue() | ast.Subscript():
            return [node.value]
        case ast.BinOp():
            return [node.left, node.right]
        case ast.IfExp():
            return [node.body, node.orelse]
    return None


def assigned(scope, name):
    """Return what a name was given in a function or a page, one by one or in a loop."""
    given = []
    for node in ast.walk(scope):
        targets = getattr(node, "targets", [getattr(node, "target", None)])
        if any(isinstance(each, ast.Name) and each.id == name for each in targets):
            given.append(getattr(node, "value", None) or getattr(node, "iter", None))
    return given


class Reading:
    """One module: what its functions are handed, and which texts in it are fixed or encoded."""

    def __init__(self, tree):
        self.tree = tree
        self.functions = {n.name: n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)}
        self.inside = {}
        for function in self.functions.values():
            for node in ast.walk(function):
                self.inside.setdefault(id(node), []).append(function)

    def problems(self):
        """Return the texts that Streamlit reads as Markdown and nobody encoded."""
        found = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                found += [
                    f"line {node.lineno}: {ast.unparse(text)}"
                    for text in self.read(node)
                    if not self.is_fixed(text)
                ]
        return found

    def read(self, node):
        """Return what a call hands to a reader of Markdown."""
        name, root = node.func.attr, ast.unparse(node.func.value)
        if name in NEVER and root == "st":
            return [node]
        is_table = name in {"dataframe", "data_editor"} or root == "config"
        texts = [each.value for each in node.keywords if each.arg == "help"]
        if name not in LABELLED or is_table:
            return texts
        at = PLACES.get(name, (0,))
        texts += [node.args[place] for place in at if place < len(node.args)]
        texts += [each.value for each in node.keywords if each.arg in NAMED - {"help"}]
        if name in OPTIONS:
            naming = [each.value for each in node.keywords if each.arg == "format_func"]
            texts += [each.body if isinstance(each, ast.Lambda) else each for each in naming]
        return texts

    def is_fixed(self, node, seen=frozenset()):
        """Return whether a text is fixed vocabulary, a number, or encoded."""
        if isinstance(node, ast.Constant) or is_number_format(node):
            return True
        if isinstance(node, ast.Call):
            return self.is_fixed_call(node, seen)
        if isinstance(node, ast.Name):
            return node.id.isupper() or self.is_fixed_name(node, seen)
        if isinstance(node, ast.Attribute):
            return ast.unparse(node) == "_LANGUAGES.__getitem__"
        parts = parts_of(node)
        return parts is not None and all(self.is_fixed(each, seen) for each in parts)

    def is_fixed_call(self, node, seen):
        name = called(node)
        if name == "encode_markdown":
            return True
        if isinstance(node.func, ast.Attribute):
            is_own_text = name in {"lower", "upper", "join", "removeprefix", "strip"}
            return (
                is_own_text
                and self.is_fixed(node.func.value, seen)
                and (name != "join" or all(self.is_fixed(each, seen) for each in node.args))
            )
        if name == "say":
            return all(self.is_fixed(each.value, seen) for each in node.keywords)
        if name in {"list", "map"}:
            return all(
                getattr(each, "id", "") in FIXED or self.is_fixed(each, seen) for each in node.args
            )
        if name in self.functions and name not in FIXED:
            returned = [
                n.value for n in ast.walk(self.functions[name]) if isinstance(n, ast.Return)
            ]
            return all(self.is_fixed(each, seen) for each in returned)
        return name in FIXED

    def is_fixed_name(self, node, seen):
        """Follow a name to what it was given in its functions, or by those who call them."""
        if node.id in seen:
            return True
        seen |= {node.id}
        for scope in (*reversed(self.inside.get(id(node), [])), self.tree):
            given = assigned(scope, node.id)
            if not given and scope is not self.tree:
                given = self.handed(scope, node.id)
            if given:
                return all(self.is_fixed(each, seen) for each in given)
        return False

    def handed(self, function, name):
        """Return what the callers in this module hand to a parameter, if it is one."""
        names = [a.arg for a in (*function.args.args, *function.args.kwonlyargs)]
        if name not in names:
            return []
        calls = [
            n for n in ast.walk(self.tree) if isinstance(n, ast.Call) and called(n) == function.name
        ]
        found = []
        for call in calls:
            by_name = [each.value for each in call.keywords if each.arg == name]
            place = names.index(name)
            found += by_name or ([call.args[place]] if place < len(call.args) else [ast.Name("?")])
        return found


SHOWN = [
    *sorted((SOURCE / "ui").rglob("*.py")),
    *sorted((ROOT / "pages").glob("*.py")),
    ROOT / "app.py",
]


@pytest.mark.parametrize("path", SHOWN, ids=name_of)
def test_what_is_read_as_markdown_is_fixed_vocabulary_or_encoded(path):
    assert Reading(parsed(path)).problems() == []


@pytest.mark.parametrize(
    "text",
    [
        "st.markdown(title)",
        "st.caption(f'{kind} {title}')",
        "st.error(str(error))",
        "st.write(say('all'))",
        "left.button(row.title)",
        "left.button(label=row.title)",
        "st.metric(say('amount'), record.amount)",
        "st.button(say('all'), help=record.note)",
        "st.markdown(say('said', by=record.publisher))",
        "st.tabs([say('all'), record.title])",
        "st.tabs(list(map(str, titles)))",
        "st.tabs(list(map(say, titles)))",
        "st.segmented_control(say('all'), ids, format_func=lambda each: names[each])",
        "label = record.title\nst.markdown(label)",
        "def show(label):\n    st.markdown(label)\nshow(record.title)",
        "def show(label):\n    st.markdown(label)",
        "def label():\n    return record.title\nst.markdown(label())",
        "st.markdown(f'{record.title:>20}')",
    ],
)
def test_the_rule_of_markdown_can_fail(text):
    assert Reading(ast.parse(text)).problems()


@pytest.mark.parametrize(
    "text",
    [
        "st.markdown(f'#### {encode_markdown(title)}')",
        "st.caption(say('found', shown=f'{len(rows):,}'))",
        "st.text(record.title)",
        "config.TextColumn(title)",
        "def show(label):\n    st.markdown(f'**{label}**')\nshow(say('all'))",
    ],
)
def test_the_rule_of_markdown_lets_through_what_it_should(text):
    assert Reading(ast.parse(text)).problems() == []


# --- terminals, logs, names of files ----------------------------------------------------------


def terminal_problems(tree):
    """Return what a module prints or logs by itself."""
    return [
        f"line {node.lineno}: {ast.unparse(node.func)}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and (
            ast.unparse(node.func)
            in {"print", "typer.echo", "typer.secho", "typer.progressbar", "warnings.warn"}
            or ast.unparse(node.func).startswith(("logging.", "logger.", "click.", "sys.stderr."))
        )
    ]


# The one that encodes, a script for a shell, and a bar of numbers.
TELLERS = {
    "src/ccgeo/cli/output.py": 1,
    "src/ccgeo/cli/completion.py": 1,
    "src/ccgeo/cli/scale.py": 1,
}


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=name_of)
def test_a_terminal_is_told_everything_by_one_function(path):
    assert len(terminal_problems(parsed(path))) == TELLERS.get(name_of(path), 0)


@pytest.mark.parametrize("text", ["print(title)", "typer.echo(title)", "logging.warning(title)"])
def test_the_rule_of_terminals_can_fail(text):
    assert terminal_problems(ast.parse(text))


def file_name_problems(tree):
    """Return the names of offered files that are made of more than fixed words."""
    reading = Reading(tree)
    return [
        f"line {node.lineno}: {ast.unparse(each.value)}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called(node) == "download_button"
        for each in node.keywords
        if each.arg == "file_name" and not reading.is_fixed(each.value)
    ]


@pytest.mark.parametrize("path", SHOWN, ids=name_of)
def test_a_file_is_offered_under_a_fixed_name(path):
    assert file_name_problems(parsed(path)) == []


def test_the_rule_of_file_names_can_fail():
    assert file_name_problems(
        ast.parse("st.download_button(say('all'), b'', file_name=brought.name)")
    )
