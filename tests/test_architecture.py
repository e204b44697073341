"""The house keeps its measures: sizes, layers, names, and nothing from outside or of this region in the code."""

import ast
import csv
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from portal.config import ROOT
from portal.db.migrate import MIGRATIONS
from portal.words import fold

PRODUCT = ("portal", "data_loaders")
FILE_LIMIT, TEST_LIMIT = 300, 500
FUNCTION_LIMIT, FUNCTION_MEDIAN, CALLBACK_LIMIT = 60, 10, 15
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "service", "services", "misc"}
BUILT = re.compile(r"locale-nl\.js$|plotly.*\.js$|\.min\.(js|css)$")  # carried in, not written here
OUTSIDE = re.compile(r"(https?:)?//(cdn\.|unpkg|cdnjs|fonts\.g|stackpath|code\.jquery|[\w.]*jsdelivr|cdn\.plot\.ly)")
MACHINE = re.compile(r"(?<![\w.:/-])/(work|root|home|tmp|opt|Users)/\w|[A-Z]:\\\\Users")
FORBIDDEN = {
    r"\bDataTable\b": "deprecated: AgGrid",
    r"dangerously_allow_html": "text from people would run as script",
    r"plotly\.express|import plotly": "figures are plain dicts",
    r"background\s*=\s*True|DiskcacheManager|CeleryManager": "background callbacks leak between users",
    r"dbc\.themes\.|dbc\.icons\.": "comes from a CDN",
    r"mathjax\s*=\s*True": "comes from a CDN",
    r"enable_mcp\s*=\s*True": "answers strangers",
    r"\bpickle\b|\beval\(|\bexec\(": "runs what it reads",
}


def python_in(*folders: str) -> list[Path]:
    files = [file for folder in folders for file in sorted((ROOT / folder).rglob("*.py"))]
    return [file for file in files if MIGRATIONS / "versions" not in file.parents]


@cache
def text_of(file: Path) -> str:
    return file.read_text(encoding="utf-8")


@cache
def nodes_of(file: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(text_of(file))))


def lines_of(file: Path) -> int:
    return len(text_of(file).splitlines())


def functions_in(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    yield from (node for node in nodes_of(file) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def length_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """From `def` to its last line; decorators are wiring."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def is_callback(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    called = [node.func if isinstance(node, ast.Call) else node for node in function.decorator_list]
    return any("callback" in ast.unparse(node).split(".") for node in called)


def own_text() -> list[Path]:
    """Everything committed that people write: code, styles, scripts, papers and settings."""
    roots = [ROOT / name for name in ("portal", "data_loaders", "assets", "docs", "tests", ".ci")]
    kinds = {".py", ".css", ".js", ".html", ".md", ".svg", ".toml", ".mako", ""}
    files = [file for root in roots for file in root.rglob("*") if file.is_file() and file.suffix in kinds]
    files += [ROOT / name for name in ("README.md", "CHANGELOG.md", "Makefile", "Procfile", "pyproject.toml")]
    return [file for file in files if "__pycache__" not in file.parts and not BUILT.search(file.name)]


CODE = python_in(*PRODUCT)
TESTS = python_in("tests")


def name(file: Path) -> str:
    return str(file.relative_to(ROOT))


def offenders(files: Iterable[Path], offence: Callable[[Path], Any]) -> dict[str, Any]:
    """What is wrong, per file in which anything is; each rule reads every file and names them all at once."""
    found = {name(file): offence(file) for file in files}
    return {file: wrong for file, wrong in found.items() if wrong}


def too_long(limit: int) -> Callable[[Path], int | None]:
    return lambda file: lines if (lines := lines_of(file)) > limit else None


def test_no_file_is_longer_than_its_limit():
    assert offenders(CODE, too_long(FILE_LIMIT)) == {}
    assert offenders(TESTS, too_long(TEST_LIMIT)) == {}


def test_no_function_is_longer_than_its_limit():
    def long(file: Path) -> dict[str, int]:
        return {one.name: length_of(one) for one in functions_in(file) if length_of(one) > FUNCTION_LIMIT}

    assert offenders(CODE, long) == {}


def test_a_callback_only_translates_asks_and_draws():
    def does_more(file: Path) -> list[str]:
        return [
            one.name
            for one in functions_in(file)
            if is_callback(one)
            and (length_of(one) > CALLBACK_LIMIT or any(isinstance(node, ast.Try) for node in ast.walk(one)))
        ]

    assert offenders(python_in("portal"), does_more) == {}


def test_a_callback_stands_at_the_top_of_its_file():
    def nested(file: Path) -> list[str]:
        at_the_top = {node.name for node in ast.parse(text_of(file)).body if isinstance(node, ast.FunctionDef)}
        return [one.name for one in functions_in(file) if is_callback(one) and one.name not in at_the_top]

    assert offenders(python_in("portal"), nested) == {}


def test_callbacks_were_found_at_all():
    assert any(is_callback(function) for file in python_in("portal/pages") for function in functions_in(file))


def test_functions_are_short_as_a_rule():
    assert median(length_of(function) for file in CODE for function in functions_in(file)) <= FUNCTION_MEDIAN


def test_a_file_is_called_after_what_it_is_about():
    def says_nothing(file: Path) -> set[str]:
        folders = SAYS_NOTHING & set(file.parent.relative_to(ROOT).parts)
        # `services`: the field's own word for what a town does
        return folders | (set() if file.parent.name in {"queries", "models"} else SAYS_NOTHING & {file.stem})

    assert offenders(CODE, says_nothing) == {}


def test_no_feature_of_dash_that_was_shut_out_is_used():
    def used(file: Path) -> list[str]:
        return [why for pattern, why in FORBIDDEN.items() if re.search(pattern, text_of(file))]

    assert offenders(python_in("portal"), used) == {}


def test_nothing_lives_between_two_requests():
    def lives(file: Path) -> list[str]:
        return [ast.unparse(node) for node in nodes_of(file) if isinstance(node, ast.Global)]

    assert offenders(python_in("portal"), lives) == {}


def test_nobody_but_the_engine_opens_a_session():
    """Rows of its sessions end with their transaction. What is verified within an open transaction, or built before
    anybody sees it, stands in one."""
    opening = {
        name(file)
        for file in CODE
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and re.search(r"\b(Session|sessionmaker|scoped_session|Pen)$", ast.unparse(node.func))
        and not ast.unparse(node.func).endswith("LoginSession")
    }
    assert opening == {"portal/operation/move.py", "data_loaders/demo/build.py"}  # the engine makes its own by kind


def test_the_floors_of_the_house_are_kept():
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == EXIT_STATUS_SUCCESS


def facts_in(file: Path) -> Iterator[tuple[str, list[str]]]:
    """The dataclasses here whose values decide a rule (`...Facts`), with their fields in order."""
    for node in nodes_of(file):
        if isinstance(node, ast.ClassDef) and node.name.endswith("Facts"):
            told = [one.target for one in node.body if isinstance(one, ast.AnnAssign)]
            yield node.name, [target.id for target in told if isinstance(target, ast.Name)]


def sets(file: Path, facts: str) -> Iterator[ast.Call]:
    """The calls in this file that make the facts of that module and name, however they are imported."""
    module, cls = facts.rsplit(".", 1)
    own = {cls} if module == ".".join(file.relative_to(ROOT).with_suffix("").parts) else set[str]()
    for node in nodes_of(file):
        if isinstance(node, ast.ImportFrom) and node.module == module:
            own |= {alias.asname or alias.name for alias in node.names if alias.name == cls}
        if isinstance(node, ast.ImportFrom) and module == f"{node.module}.{module.rsplit('.', 1)[-1]}":
            own |= {f"{alias.asname or alias.name}.{cls}" for alias in node.names if module.endswith(f".{alias.name}")}
    yield from (node for node in nodes_of(file) if isinstance(node, ast.Call) and ast.unparse(node.func) in own)


def given(call: ast.Call, fields: list[str]) -> set[str]:
    """The fields that a call gives by place or by name: all of them where it passes on what it got."""
    if any(isinstance(one, ast.Starred) for one in call.args) or any(one.arg is None for one in call.keywords):
        return set(fields)
    return set(fields[: len(call.args)]) | {one.arg for one in call.keywords if one.arg}


def test_no_fact_that_decides_a_rule_is_set_by_tests_only():
    unheard = {}
    for home in CODE:
        module = ".".join(home.relative_to(ROOT).with_suffix("").parts)
        for cls, fields in facts_in(home):
            calls = [call for file in CODE for call in sets(file, f"{module}.{cls}")]
            unheard[f"{module}.{cls}"] = set(fields).difference(*(given(call, fields) for call in calls))
    assert len(unheard) > 3
    assert {facts: fields for facts, fields in unheard.items() if fields} == {}


def test_nobody_imports_the_application_but_what_serves_it():
    importers = {
        name(file)
        for file in python_in("portal")
        if re.search(r"^\s*(from portal\.app|import portal\.app|from portal import .*\bapp\b)", text_of(file), re.M)
    }
    assert importers <= {"portal/wsgi.py", "portal/cli/serving.py"}


def test_pages_know_neither_tables_nor_sql():
    knowing = re.compile(r"^\s*(from|import) (sqlalchemy(?!\.orm import Session$)|portal\.db\.models)", re.M)
    drawing = python_in("portal/pages", "portal/components", "portal/figures")
    assert offenders(drawing, lambda file: knowing.search(text_of(file))) == {}


def test_nothing_is_fetched_from_elsewhere_and_no_machine_is_named():
    def named(file: Path) -> list[str]:
        return [found.group() for rule in (OUTSIDE, MACHINE) for found in rule.finditer(text_of(file))]

    assert offenders([file for file in own_text() if file != Path(__file__)], named) == {}


def test_the_lock_names_no_registry_and_has_a_hash_for_everything():
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = re.findall(r"^[\w.-]+==[^\\]+\\$", text, re.M)
    assert len(pinned) > 50
    assert len(pinned) == len(re.findall(r"^[\w.\[\]-]+[ =]=", text, re.M))
    assert not re.search(r"://|--index|--find-links", text)


def words_of_this_region() -> list[str]:
    """Names and codes from the reference folder that no code may know."""
    folder = ROOT / "data_loaders" / "reference"
    rows = [*read(folder / "partners.csv"), *read(folder / "ateliers.csv")]
    named = {row.get(key, "") for row in rows for key in ("name", "slug", "title", "naam")}
    return sorted(word for word in named if len(word) > 2)


def read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as rows:
        return list(csv.DictReader(rows))


def test_the_reference_folder_names_the_region():
    assert len(words_of_this_region()) > 15


def without_explanation(file: Path) -> str:
    """What a computer reads of a file: Python without comments and docstrings, anything else whole."""
    text = text_of(file)
    if file.suffix != ".py":
        return text
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and ast.get_docstring(
            node
        ):
            node.body[0] = ast.Pass()
    return ast.unparse(tree)


FOREIGN_DAYS = re.compile(r"""type["']?\s*[=:]\s*["']date["']|kind="date"|DatePicker|agDate\w*Editor""")


def test_every_day_is_typed_in_the_field_of_our_own():
    """A browser's own date field follows the browser's language, and so does the grid's."""
    scripts = [file for file in (ROOT / "assets").glob("*.js") if not BUILT.search(file.name)]
    drawn = [file for file in CODE if not file.is_relative_to(ROOT / "portal/figures")]  # an axis may be of type date
    assert offenders([*drawn, *scripts], lambda file: FOREIGN_DAYS.findall(text_of(file))) == {}


def test_no_code_names_a_place_or_an_atelier_of_this_region():
    words = [f" {fold(word)} " for word in words_of_this_region()]

    def known(file: Path) -> list[str]:
        text = f" {fold(without_explanation(file))} "
        return [word for word in words if word in text]

    scripts = [file for file in sorted((ROOT / "assets").glob("*.js")) if not BUILT.search(file.name)]
    assert offenders([*CODE, *scripts], known) == {}
