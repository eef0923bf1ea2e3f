"""An office's template names, repeats and asks; it runs nothing, however it is written."""

import pytest
from jinja2 import TemplateError, UndefinedError

from reports.office import Office

VALUES = {"rapat": {"judul": "A & B"}, "butir": [{"judul": "satu", "panel": ["p", "q"]}], "hadir": ["x", "y"]}


@pytest.mark.parametrize(
    ("source", "made"),
    [
        ("{{ rapat.judul }}", "A &amp; B"),
        ("{{ rapat['judul']|upper }}", "A &amp; B"),
        (
            "{% for b in butir %}{{ loop.index }}{{ b.judul }}{% for p in b.panel %}-{{ p }}{% endfor %}{% endfor %}",
            "1satu-p-q",
        ),
        ("{% if not hadir %}kosong{% else %}{{ hadir|length }}{% endif %}", "2"),
        ("{{ 'a' ~ rapat.judul }}{{ 'ya' if hadir else 'tidak' }}", "aA &amp; Bya"),
        ("{# catatan {{ 1 * 1 }} #}", ""),
        ("{{ rapat.tidak_ada }}", ""),
    ],
)
def test_what_a_template_may_do(source: str, made: str) -> None:
    assert Office(strict=False).from_string(source).render(VALUES) == made


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ rapat.judul.upper() }}",
        "{% for x in range(9) %}{% endfor %}",
        "{{ 'a' * 1000000000 }}",
        "{{ 2 ** 1000000000 }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ rapat.judul|safe }}",
        "{{ 'a'|center(1000000000) }}",
        "{% set x = 'a' %}{{ x }}",
        "{% macro m() %}{% endmacro %}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% extends 'x' %}",
        "{% call m() %}{% endcall %}",
        "{% filter upper %}x{% endfilter %}",
        "{% with x = 1 %}{% endwith %}",
        "{% for a in hadir recursive %}{% endfor %}",
        "{% for a in hadir %}{% for b in hadir %}{% endfor %}{% endfor %}",
        "{% for a in butir %}{% for b in a.panel %}{% for c in a.panel %}{% endfor %}{% endfor %}{% endfor %}",
        "{% for loop in butir %}{% endfor %}",
        "{% for a in butir %}{{ a.judul }",
        "{{ cycler }}{{ lipsum() }}",
    ],
)
def test_what_it_may_not_do(source: str) -> None:
    with pytest.raises(TemplateError):
        Office(strict=True).from_string(source).render(VALUES)


def test_inner_names_of_python_are_out_of_reach() -> None:
    for name in ("__class__", "__init__", "__globals__", "_x"):
        assert Office(strict=False).from_string("{{ rapat." + name + " }}").render(VALUES) == ""


def test_strict_names_what_is_not_known() -> None:
    with pytest.raises(UndefinedError, match="judull"):
        Office(strict=True).from_string("{{ rapat.judull }}").render(VALUES)
