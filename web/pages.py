"""Our own HTML pages: templates with everything escaped, and a content policy that allows nothing from elsewhere."""

from collections.abc import Mapping
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.responses import HTMLResponse

from services import wording
from web import look

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)


@cache
def _templates() -> Environment:
    loader = FileSystemLoader(look.ASSETS / "templates")
    made = Environment(loader=loader, autoescape=select_autoescape(default=True), undefined=StrictUndefined)
    made.globals["aset"] = look.address
    return made


def page(
    template: str, values: Mapping[str, object], status: int = 200, headers: Mapping[str, str] | None = None
) -> HTMLResponse:
    """The filled template as a response that nobody stores and no other site may frame."""
    content = _templates().get_template(template).render(**values)
    own = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
    return HTMLResponse(content, status, headers=own | dict(headers or {}))


def refusal(
    status: int, code: str, facts: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
) -> HTMLResponse:
    """A page with the sentence of a message code, for everything that ends here."""
    reason, remedy = wording.sentence(code, **(facts or {}))
    return page("pesan.html", {"alasan": reason, "tindakan": remedy, "kode": code}, status, headers)
