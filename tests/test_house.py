"""What the README's "Architecture" promises about the code itself: walls, lengths, documented settings and commands.

Each rule is a function of a path and a source text that returns sentences about violations, so that the rule itself is
tested on planted violations below before it judges the repository.
"""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path, PurePosixPath

import pytest

import manage

ROOT = Path(__file__).resolve().parent.parent
Rule = Callable[[str, str], list[str]]

# Who may import whom; tests and benchmarks may import everything.
ALLOWED: dict[str, set[str]] = {
    "app": {"ui", "web", "services", "data_access", "domain", "settings"},
    "pages": {"ui", "services", "domain"},
    "ui": {"services", "data_access", "domain", "settings"},
    "web": {"services", "data_access", "domain", "settings"},
    "services": {"reports", "data_access", "domain", "settings"},
    "data_access": {"domain", "settings"},
    "reports": {"domain"},
    "domain": set(),
    "settings": set(),
    "manage": set(),
}
FREE = {"tests", "benchmarks"}
OURS = set(ALLOWED) | FREE
# Which library may be imported below which paths.
LIBRARIES: dict[str, tuple[str, ...]] = {
    "streamlit": ("app.py", "pages/", "ui/"),
    "altair": ("ui/charts/", "reports/"),
    "starlette": ("app.py", "web/"),
    **dict.fromkeys(("typst", "docx", "docxtpl"), ("reports/",)),
    **dict.fromkeys(
        ("sqlalchemy", "alembic", "psycopg", "openpyxl", "xlsxwriter", "python_calamine"), ("data_access/",)
    ),
}
FOLDERS = {"assets", "benchmarks", "data_access", "domain", "pages", "reports", "services", "tests", "ui", "web"}
SECTIONS = {"pemantauan", "bimtek", "lkks", "pengelolaan", "bantuan"}
PAGE_LINES, APP_LINES = 120, 39
MIRRORED = ("domain/", "services/", "data_access/queries/", "data_access/commands/")


@lru_cache(maxsize=1024)
def nodes(source: str) -> list[ast.AST]:
    return list(ast.walk(ast.parse(source)))


def area(path: str) -> str:
    return PurePosixPath(path).parts[0].removesuffix(".py")


def imported(source: str) -> Iterator[tuple[int, str, int]]:
    """Yield (line, dotted module, level of a relative import)."""
    for node in nodes(source):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name, 0) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or "", node.level


def dotted(node: ast.AST) -> str:
    """Return `a.b.c` for a chain of names and attributes, else an empty text."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""


# --- rules about one Python file -------------------------------------------------------------------------------------


def walls(path: str, source: str) -> list[str]:
    here, found = area(path), []
    for line, module, _ in imported(source):
        top = module.partition(".")[0]
        if here in FREE:
            continue
        if top in OURS and top != here and top not in ALLOWED.get(here, set()):
            found.append(f"{path}:{line} {here} may not import {top}")
        if top in LIBRARIES and not path.startswith(LIBRARIES[top]):
            found.append(f"{path}:{line} {top} belongs to {', '.join(LIBRARIES[top])}")
        zones = {"web/public/": "web.staff", "web/staff/": "web.public"}
        if any(path.startswith(zone) and f"{module}.".startswith(f"{other}.") for zone, other in zones.items()):
            found.append(f"{path}:{line} the public and the staff routes trust different people")
        if here == "manage" and top not in sys.stdlib_module_names:
            found.append(f"{path}:{line} manage.py uses the standard library only, not {top}")
    return found


def no_import_tricks(path: str, source: str) -> list[str]:
    relative = [f"{path}:{line} relative import" for line, _, level in imported(source) if level]
    touched = [
        f"{path}:{node.lineno} sys.path"
        for node in nodes(source)
        if isinstance(node, ast.Attribute)
        and dotted(node) == "sys.path"
        or isinstance(node, ast.ImportFrom)
        and node.module == "sys"
        and any(a.name == "path" for a in node.names)
    ]
    return relative + touched


def no_blanket_except(path: str, source: str) -> list[str]:
    found = []
    for node in nodes(source):
        if isinstance(node, ast.ExceptHandler):
            kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            if any(kind is None or dotted(kind) in ("Exception", "BaseException") for kind in kinds):
                found.append(f"{path}:{node.lineno} blanket except")
    return found


def put_together(node: ast.AST) -> bool:
    """True for a text made by an f-string with values, `%`, `+` or `.format`."""
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.BinOp):
        # a PRAGMA takes no bound values, and its names come from our own constants
        pragma = isinstance(node.left, ast.Constant) and str(node.left.value).startswith("PRAGMA ")
        return isinstance(node.op, ast.Mod | ast.Add) and not pragma
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("format", "join")


def no_sql_from_strings(path: str, source: str) -> list[str]:
    runs = {"execute", "executemany", "executescript", "exec_driver_sql", "read_sql", "read_sql_query"}
    makes = {"text", "sa.text", "sqlalchemy.text", "literal_column", "sa.literal_column", "DDL"}
    found = []
    for node in nodes(source):
        if isinstance(node, ast.Call) and node.args:
            called = dotted(node.func) or (node.func.attr if isinstance(node.func, ast.Attribute) else "")
            # outside data_access `text(...)` is somebody else's function: sqlalchemy cannot be imported there
            makes_sql = called in makes and area(path) in {"data_access", *FREE}
            if (makes_sql or called.rpartition(".")[2] in runs) and put_together(node.args[0]):
                found.append(f"{path}:{node.lineno} SQL put together from strings")
    return found


def no_markup_from_values(path: str, source: str) -> list[str]:
    found = []
    for node in nodes(source):
        if isinstance(node, ast.Call) and node.args and put_together(node.args[0]):
            unsafe = any(keyword.arg == "unsafe_allow_html" for keyword in node.keywords)
            if unsafe or dotted(node.func) in ("st.html", "streamlit.html"):
                found.append(f"{path}:{node.lineno} markup put together from values")
    return found


def pages_in_sections(path: str, source: str) -> list[str]:
    lines, parts = len(source.splitlines()), PurePosixPath(path).parts
    if path == "app.py" and lines > APP_LINES:
        return [f"{path} has {lines} lines, at most {APP_LINES}"]
    if parts[0] != "pages":
        return []
    found = [] if len(parts) == 3 and parts[1] in SECTIONS else [f"{path} is not in a section folder"]
    return found + ([f"{path} has {lines} lines, at most {PAGE_LINES}"] if lines > PAGE_LINES else [])


def no_outdated_width(path: str, source: str) -> list[str]:
    calls = [node for node in nodes(source) if isinstance(node, ast.Call)]
    return [f"{path}:{c.lineno} use width=" for c in calls if any(k.arg == "use_container_width" for k in c.keywords)]


def no_drawer_for_everything(path: str, source: str) -> list[str]:
    name = PurePosixPath(path).stem
    return [f"{path} says nothing about what is inside"] if name in ("utils", "util", "common", "helpers") else []


def caches_name_what_narrows(path: str, source: str) -> list[str]:
    """A cache is shared by all users: what narrows a result must be part of its key."""
    found = []
    for node in nodes(source):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        marks = [d.func if isinstance(d, ast.Call) else d for d in node.decorator_list]
        if not any(
            dotted(mark) in ("st.cache_data", "st.cache_resource", "cache_data", "cache_resource") for mark in marks
        ):
            continue
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        hidden = re.compile(r"_.*(user|role|scope|region|actor|wilayah|by$)")
        found += [f"{path}:{a.lineno} {a.arg} is left out of the cache key" for a in arguments if hidden.match(a.arg)]
        frames = [a for a in arguments if a.annotation and dotted(a.annotation).endswith("DataFrame")]
        found += [f"{path}:{a.lineno} {a.arg}: a frame is hashed whole at every call" for a in frames]
        private = ("st.session_state", "st.user", "st.context", "st.query_params")
        inside = [part for part in ast.walk(node) if isinstance(part, ast.Attribute) and dotted(part) in private]
        found += [f"{path}:{part.lineno} {dotted(part)} inside a shared cache" for part in inside]
        persisted = [d for d in node.decorator_list if isinstance(d, ast.Call)]
        found += [
            f"{path}:{d.lineno} persist= unpickles" for d in persisted if any(k.arg == "persist" for k in d.keywords)
        ]
    return found


def one_reader_of_the_environment(path: str, source: str) -> list[str]:
    if path in ("settings.py", "manage.py") or area(path) in FREE:
        return []
    reads = [n for n in nodes(source) if isinstance(n, ast.Attribute) and dotted(n) in ("os.environ", "os.getenv")]
    return [f"{path}:{node.lineno} only settings.py reads the environment" for node in reads]


def exceptions_carry_a_reason(path: str, source: str) -> list[str]:
    bare = re.compile(r"#\s*(noqa(:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*)?|type:\s*ignore(\[[\w\-, ]+\])?)\s*$")
    return [
        f"{path}:{n} exception without a reason" for n, line in enumerate(source.splitlines(), 1) if bare.search(line)
    ]


def no_empty_tests(path: str, source: str) -> list[str]:
    found = []
    for node in nodes(source):
        if area(path) == "tests" and isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            if all(
                isinstance(part, ast.Pass) or isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant)
                for part in node.body
            ):
                found.append(f"{path}:{node.lineno} {node.name} tests nothing")
    return found


def no_place_of_a_machine(path: str, source: str) -> list[str]:
    """Any text file: no directory that exists on one computer only."""
    place = re.compile(r"(?<![\w.~*-])/(?:work|root|home)/|[A-Z]:\\Users\\")
    return [f"{path}:{n} path of a machine" for n, line in enumerate(source.splitlines(), 1) if place.search(line)]


def requirements_have_reasons(path: str, source: str) -> list[str]:
    """In the direct section each line stands below a comment, and every line is pinned."""
    found, before, direct = [], "", True
    for number, line in enumerate(source.splitlines(), 1):
        direct = direct and not line.startswith("# --- transitive")
        if line and not line.startswith(("#", "-r ")):
            if direct and (not before.startswith("# ") or before.startswith("# ---")):
                found.append(f"{path}:{number} {line} has no comment saying what for")
            if "==" not in line or "*" in line:
                found.append(f"{path}:{number} {line} is not pinned")
        before = line
    return found


CODE_RULES: list[Rule] = [
    walls,
    no_import_tricks,
    no_blanket_except,
    no_sql_from_strings,
    no_markup_from_values,
    pages_in_sections,
    no_outdated_width,
    no_drawer_for_everything,
    caches_name_what_narrows,
    one_reader_of_the_environment,
    exceptions_carry_a_reason,
    no_empty_tests,
]


# --- rules about the whole -------------------------------------------------------------------------------------------


def untested(modules: list[str], tests: list[str]) -> list[str]:
    """Return the modules for which no test file has the mirrored name, nor their package one."""
    missing = []
    for module in modules:
        path = PurePosixPath(module)
        if not module.startswith(MIRRORED) or path.name == "__init__.py":
            continue
        wanted = {f"tests/{path.parent}/test_{path.stem}.py", f"tests/{path.parts[0]}/test_{path.stem}.py"}
        packages = [parent for parent in path.parents if len(parent.parts) > 1]
        wanted |= {f"tests/{package.parent}/test_{package.name}.py" for package in packages}
        if not wanted & set(tests) and not any(t.startswith(f"tests/{path.parent}/test_{path.stem}_") for t in tests):
            missing.append(f"{module}: no tests/{path.parent}/test_{path.stem}.py")
    return missing


def settings_fields(source: str) -> list[str]:
    """Return the field names of the dataclass called Settings."""
    classes = [node for node in nodes(source) if isinstance(node, ast.ClassDef) and node.name == "Settings"]
    fields = [part.target for node in classes for part in node.body if isinstance(part, ast.AnnAssign)]
    return [field.id for field in fields if isinstance(field, ast.Name)]


def undocumented_settings(source: str, readme: str) -> list[str]:
    """Return the settings that no row of a README table names, by field or as PILAR_FIELD."""
    rows = "\n".join(line for line in readme.splitlines() if line.lstrip().startswith("|"))
    fields = settings_fields(source)
    variables = sorted(set(re.findall(r"[\"'](PILAR_[A-Z_]+)[\"']", source)))
    documented = [
        f
        for f in fields
        if f"`{f}`" in rows or f"`PILAR_{f.upper()}`" in rows or f"`PILAR_{f.upper().removesuffix('_DIR')}`" in rows
    ]
    return [f for f in fields if f not in documented] + [v for v in variables if f"`{v}`" not in rows]


def unnamed_commands(commands: list[str], readme: str) -> list[str]:
    return [name for name in commands if not re.search(rf"manage\.py {re.escape(name)}(?![\w-])", readme)]


# --- the rules themselves --------------------------------------------------------------------------------------------

PLANTED: list[tuple[Rule, str, str, str]] = [
    # rule, path, a violation, the same thought done right
    (walls, "pages/pemantauan/peta.py", "import data_access.engine", "import services.lks"),
    (walls, "pages/pemantauan/peta.py", "from sqlalchemy import text", "import streamlit as st"),
    (walls, "ui/filters.py", "import altair", "import streamlit"),
    (walls, "ui/filters.py", "from web.staff import sign_in", "from services import lks"),
    (walls, "ui/main.py", "import pages.pemantauan", "import ui.text"),
    (walls, "services/lks.py", "import streamlit as st", "from data_access import engine"),
    (walls, "services/lks.py", "def f():\n    from openpyxl import Workbook", "import settings"),
    (walls, "services/lks.py", "import ui.text", "import reports.model"),
    (walls, "data_access/engine.py", "import services.lks", "import sqlalchemy"),
    (walls, "domain/lks.py", "import settings", "import datetime"),
    (walls, "domain/lks.py", "import data_access", "from domain import errors"),
    (walls, "reports/model.py", "import data_access", "import altair"),
    (walls, "web/public/form.py", "import streamlit", "from starlette.requests import Request"),
    (walls, "web/public/form.py", "from pages.pemantauan import peta", "import services.lks"),
    (walls, "web/public/form.py", "import web.staff.sign_in", "import web.guard"),
    (walls, "services/impor.py", "import starlette", "import json"),
    (walls, "settings.py", "from domain import errors", "import os"),
    (walls, "manage.py", "import streamlit", "import shutil"),
    (walls, "manage.py", "import click", "import argparse"),
    (no_import_tricks, "services/lks.py", "from . import impor", "from services import impor"),
    (no_import_tricks, "services/lks.py", "import sys\nsys.path.insert(0, '')", "import sys\nsys.exit"),
    (no_import_tricks, "services/lks.py", "from sys import path", "from os import path"),
    (no_blanket_except, "a.py", "try:\n    f()\nexcept Exception:\n    g()", "try:\n    f()\nexcept OSError:\n    g()"),
    (no_blanket_except, "a.py", "try:\n    f()\nexcept:\n    g()", "try:\n    f()\nfinally:\n    g()"),
    (no_blanket_except, "a.py", "try:\n    f()\nexcept (OSError, BaseException):\n    g()", "f()"),
    (no_sql_from_strings, "data_access/a.py", "text(f'select {x}')", "text('select :x')"),
    (no_sql_from_strings, "data_access/a.py", "c.execute('select %s' % x)", "c.execute(query, {'x': 1})"),
    (no_sql_from_strings, "data_access/a.py", "sa.text('select ' + x)", "sa.text(f'select 1')"),
    (no_sql_from_strings, "data_access/a.py", "op.execute('select {}'.format(x))", "op.execute('select 1')"),
    (no_sql_from_strings, "data_access/a.py", "c.execute('select ' + x)", "c.execute('PRAGMA ' + NAME)"),
    (no_sql_from_strings, "data_access/a.py", "begin().execute(f'drop {x}')", "begin().execute(STATEMENT)"),
    (no_markup_from_values, "ui/a.py", "st.markdown(f'<b>{x}</b>', unsafe_allow_html=True)", "st.markdown(f'{x}')"),
    (no_markup_from_values, "ui/a.py", "st.html('<b>' + x)", "st.html(CONSTANT)"),
    (pages_in_sections, "pages/peta.py", "x = 1", ""),
    (pages_in_sections, "pages/lain/peta.py", "x = 1", ""),
    (pages_in_sections, "pages/pemantauan/peta.py", "x = 1\n" * 121, "x = 1\n" * 120),
    (pages_in_sections, "app.py", "x = 1\n" * 40, "x = 1\n" * 39),
    (no_outdated_width, "ui/a.py", "st.dataframe(x, use_container_width=True)", "st.dataframe(x, width='stretch')"),
    (no_drawer_for_everything, "ui/utils.py", "x = 1", ""),
    (no_drawer_for_everything, "services/common.py", "x = 1", ""),
    (
        caches_name_what_narrows,
        "ui/readings.py",
        "@st.cache_data\ndef f(_scope): ...",
        "@st.cache_data\ndef f(scope): ...",
    ),
    (
        caches_name_what_narrows,
        "ui/readings.py",
        "@st.cache_data(ttl=9)\ndef f(*, _user_id): ...",
        "def f(_user_id): ...",
    ),
    (
        caches_name_what_narrows,
        "ui/readings.py",
        "@st.cache_data\ndef f():\n    return st.session_state['x']",
        "def f():\n    return st.session_state",
    ),
    (
        caches_name_what_narrows,
        "ui/readings.py",
        "@st.cache_data(persist='disk')\ndef f(): ...",
        "@st.cache_data(max_entries=9)\ndef f(): ...",
    ),
    (
        caches_name_what_narrows,
        "ui/readings.py",
        "@st.cache_data\ndef f(lks: pd.DataFrame): ...",
        "@st.cache_data\ndef f(revision: int) -> pd.DataFrame: ...",
    ),
    (one_reader_of_the_environment, "services/a.py", "import os\nos.environ['X']", "import settings\nsettings.load()"),
    (one_reader_of_the_environment, "ui/a.py", "import os\nos.getenv('X')", "import os\nos.getpid()"),
    (exceptions_carry_a_reason, "ui/a.py", "x = 1  # " + "noqa: E501", "x = 1  # " + "noqa: E501 a long address"),
    (
        exceptions_carry_a_reason,
        "ui/a.py",
        "x = 1  # " + "type: ignore[misc]",
        "x = 1  # " + "type: ignore[misc]  # upstream's stub",
    ),
    (
        no_empty_tests,
        "tests/test_a.py",
        "def test_a():\n    '''Later.'''\n    pass",
        "def test_a():\n    assert f() == 1",
    ),
    (no_place_of_a_machine, "README.md", "see " + "/" + "work/x", "see assets/work/x"),
    (no_place_of_a_machine, "assets/a.toml", "path = '" + "/" + "home/ani/pilar'", "path = 'data'"),
    (
        requirements_have_reasons,
        "requirements.txt",
        "pandas==3.1.1",
        "# tables\npandas==3.1.1\n# --- transitive\nnumpy==2.4.6",
    ),
    (requirements_have_reasons, "requirements.txt", "# tables\npandas>=3", "# tables\npandas==3.1.1"),
]


@pytest.mark.parametrize(
    ("rule", "path", "wrong", "right"), PLANTED, ids=lambda value: getattr(value, "__name__", None)
)
def test_a_rule_finds_the_planted_violation_and_nothing_else(rule: Rule, path: str, wrong: str, right: str) -> None:
    assert rule(path, wrong), "the violation was not found"
    elsewhere = path if right else "pages/pemantauan/x.py"  # some rules are about the name alone
    assert rule(elsewhere, right) == []


def test_every_code_rule_has_a_planted_violation() -> None:
    assert {rule for rule, *_ in PLANTED} >= set(CODE_RULES)


def test_a_module_without_its_test_is_found() -> None:
    modules = [
        "domain/a.py",
        "domain/b.py",
        "domain/__init__.py",
        "data_access/queries/c.py",
        "services/impor/d.py",
        "ui/e.py",
    ]
    assert untested(modules, ["tests/domain/test_a.py", "tests/services/test_impor.py"]) == [
        "domain/b.py: no tests/domain/test_b.py",
        "data_access/queries/c.py: no tests/data_access/queries/test_c.py",
    ]
    assert (
        untested(
            modules,
            [
                "tests/domain/test_a.py",
                "tests/domain/test_b_edges.py",
                "tests/data_access/test_queries.py",
                "tests/services/impor/test_d.py",
            ],
        )
        == []
    )


def test_an_undocumented_setting_or_command_is_found() -> None:
    source = "class Settings:\n    data_dir: Path\n    host: str\n    rahasia: str\nx = env['PILAR_RAHASIA']"
    assert undocumented_settings(source, "| `PILAR_DATA` | where |\n| `host` | x |\n`PILAR_RAHASIA`") == [
        "rahasia",
        "PILAR_RAHASIA",
    ]
    assert undocumented_settings(source, "| `data_dir` |\n| `PILAR_HOST` |\n| `PILAR_RAHASIA` |") == []
    assert unnamed_commands(["run", "export-lks", "user"], "python3 manage.py run\nmanage.py export-lks-all") == [
        "export-lks",
        "user",
    ]


# --- the repository --------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def files() -> list[str]:
    """Return every file that is, or would be, in the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode == 0:
        names = [name for name in listed.stdout.split("\0") if name]
    else:  # an unpacked archive has no git
        skipped = re.compile(r"(^|/)(\.venv|\.git|data|__pycache__|\.\w+_cache)/")
        names = [path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*") if path.is_file()]
        names = [name for name in names if not skipped.search(name)]
    return sorted({name for name in names if (ROOT / name).is_file()})


def read(name: str) -> str:
    path = ROOT / name
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def none(problems: Iterable[str]) -> None:
    """Fail with one problem a line."""
    listed = list(problems)
    assert not listed, "\n" + "\n".join(listed)


@pytest.mark.parametrize("rule", CODE_RULES, ids=lambda rule: rule.__name__)
def test_the_code_keeps_the_rule(rule: Rule) -> None:
    code = [name for name in files() if name.endswith(".py")]
    assert "manage.py" in code
    none(problem for name in code for problem in rule(name, read(name)))


def test_no_file_names_a_place_of_a_machine() -> None:
    kinds = (".py", ".md", ".toml", ".txt", ".html", ".css", ".js", ".csv", ".cfg", ".ini", ".yml", ".sh", ".ci/run")
    texts = [name for name in files() if name.endswith(kinds)]
    none(problem for name in texts for problem in no_place_of_a_machine(name, read(name)))


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_dependency_says_what_it_is_for(name: str) -> None:
    assert requirements_have_reasons(name, read(name)) == []
    assert "# --- transitive" in read(name)


def test_there_is_no_further_folder() -> None:
    assert {PurePosixPath(name).parts[0] for name in files() if "/" in name and not name.startswith(".")} <= FOLDERS


def test_tests_mirror_the_tree() -> None:
    tests = [
        name
        for name in files()
        if name.startswith("tests/") and "def test_" in (read(name) if name.endswith(".py") else "")
    ]
    none(untested([name for name in files() if name.endswith(".py")], tests))


def test_every_setting_is_documented() -> None:
    assert settings_fields(read("settings.py")), "settings.py has no dataclass called Settings"
    none(undocumented_settings(read("settings.py"), read("README.md")))


def test_every_command_is_documented() -> None:
    none(unnamed_commands(list(manage.COMMANDS), read("README.md")))


def test_ci_calls_what_the_readme_calls() -> None:
    assert "python3 manage.py test" in read(".ci/run")
    assert "python3 manage.py test" in read("README.md")
    assert os.access(ROOT / ".ci/run", os.X_OK) or os.name == "nt"
