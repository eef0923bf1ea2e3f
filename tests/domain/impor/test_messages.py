"""Every code that the import can emit has its sentence, and no sentence is left without a code."""

import ast
import re
import string
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
MESSAGES = tomllib.loads((ROOT / "assets/teks/pesan_impor.toml").read_text(encoding="utf-8"))
SOURCES = [
    *sorted((ROOT / "domain/impor").glob("*.py")),
    *(ROOT / "data_access/workbooks" / f"{name}.py" for name in ("inspection", "grid", "child", "read_lks")),
]
# call -> place of the code among its arguments
EMITTERS = {
    "refusal": 0,
    "Note": 0,
    "Step": 0,
    "change": 0,
    "FileRefused": 0,
    "Problem": 2,
    "Repair": 3,
    "refuse": 1,
    "doubt": 1,
}


def constants(node: ast.AST) -> set[str]:
    return {item.value for item in ast.walk(node) if isinstance(item, ast.Constant) and isinstance(item.value, str)}


def emitted() -> set[str]:
    found: set[str] = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in EMITTERS:
                place = EMITTERS[node.func.id]
                code = node.args[place] if len(node.args) > place else None
                for branch in (code.body, code.orelse) if isinstance(code, ast.IfExp) else (code,):
                    if isinstance(branch, ast.Constant):
                        found.add(str(branch.value))
    return found


def test_every_emitted_code_has_a_sentence() -> None:
    assert sorted(code for code in emitted() if code not in MESSAGES) == []


def test_every_sentence_belongs_to_a_code_in_the_source() -> None:
    known = set().union(*(constants(ast.parse(path.read_text(encoding="utf-8"))) for path in SOURCES))
    assert sorted(code for code in MESSAGES if code not in known) == []


def test_sentences_are_complete() -> None:
    for code, message in MESSAGES.items():
        assert set(message) == {"reason", "remedy"}, code
        for text in message.values():
            assert re.fullmatch(r"[^\n]+[.]", text), (code, text)
            assert [name for _, name, _, _ in string.Formatter().parse(text) if name == ""] == []


def test_blanks_are_filled_by_the_facts_given_in_the_source() -> None:
    """Each blank of a sentence is a fact (a keyword or a dictionary key) somewhere in the source."""
    known: set[str] = set()
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        known |= constants(tree)
        known |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg}
    texts = [text for message in MESSAGES.values() for text in message.values()]
    blanks = {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}
    assert sorted(blanks - known) == []
