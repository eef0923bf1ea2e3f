"""What an office's own template may do: name what there is, repeat it, ask whether it is there; nothing else.

A template is a document that somebody edited in Word, so it is treated like any upload: its expressions run in a sandbox
that knows no call, no assignment and no arithmetic, and a repetition inside another one only walks what that one gives.
"""

from collections.abc import Iterator
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, Undefined, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.For,
    nodes.If,
    nodes.CondExpr,
    nodes.Name,
    nodes.NSRef,
    nodes.Const,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Filter,
    nodes.Test,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Concat,
)
_FILTERS = ("upper", "lower", "title", "capitalize", "trim", "length", "count", "first", "last", "join", "default", "d")
_LOOP = "loop"


class Office(ImmutableSandboxedEnvironment):
    """The environment of office templates; strict refuses names that nothing is known by, else they print nothing."""

    def __init__(self, strict: bool) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined if strict else Undefined)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in _FILTERS}

    def is_safe_callable(self, obj: Any) -> bool:
        """No template calls anything."""
        return False

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        _check(tree, None)
        return tree


def _check(node: nodes.Node, around: set[str] | None) -> None:
    """Raises TemplateSyntaxError for what templates may not do; `around` are the names the innermost repetition gives."""
    if not isinstance(node, _ALLOWED):
        raise TemplateSyntaxError(type(node).__name__, node.lineno)
    if not isinstance(node, nodes.For):
        for part in node.iter_child_nodes():
            _check(part, around)
        return
    # Two lists of 400 walked inside each other would be 160,000 rows: the inner one belongs to the outer one's item.
    if node.recursive or (around is not None and _root(node.iter) not in around):
        raise TemplateSyntaxError(type(node).__name__, node.lineno)
    given = {name.name for name in _names(node.target)}
    if _LOOP in given:
        raise TemplateSyntaxError(type(node).__name__, node.lineno)
    for part in node.iter_child_nodes():
        if part is not node.target:
            _check(part, around if part is node.iter else given)


def _names(target: nodes.Node) -> Iterator[nodes.Name]:
    if isinstance(target, nodes.Name):
        yield target
    yield from target.find_all(nodes.Name)


def _root(node: nodes.Node) -> str:
    while isinstance(node, nodes.Getattr | nodes.Getitem | nodes.Filter) and node.node is not None:
        node = node.node
    return node.name if isinstance(node, nodes.Name) else ""
