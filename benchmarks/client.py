"""A browser's side of Streamlit's socket, without the browser: asks for a page again and waits until it is complete."""

import time
import urllib.parse
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

TIMEOUT = 120.0


class PageFailed(RuntimeError):
    """A page that did not come as it should; the text says what the server sent instead."""


@dataclass(frozen=True)
class Rerun:
    """One rerun as the client saw it: seconds until complete, messages, bytes of their content."""

    seconds: float
    messages: int
    size: int


@dataclass
class Session:
    """One open tab on one page."""

    url: str  # http://127.0.0.1:port
    page: str = ""
    query: str = ""
    cookie: str = ""
    shown: str = ""  # the page that the router has answered with
    _hash: str = ""
    _known: set[str] = field(default_factory=set)
    _socket: ClientConnection | None = None

    def __enter__(self) -> Self:
        address = "ws" + self.url.removeprefix("http") + "/_stcore/stream"
        headers = {"Cookie": self.cookie} if self.cookie else {}
        self._socket = connect(
            address,
            subprotocols=[Subprotocol("streamlit")],
            additional_headers=headers,
            max_size=None,
            open_timeout=TIMEOUT,
            proxy=None,
        )
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._socket is not None:
            self._socket.close()

    def rerun(self, query: str | None = None) -> Rerun:
        """Runs the page once and returns when its last message is in; PageFailed when it raised or is not there."""
        assert self._socket is not None
        wanted = self.query if query is None else query
        ask = BackMsg()
        state = ask.rerun_script
        state.query_string, state.page_script_hash = wanted, self._hash
        state.page_name = "" if self._hash else self.page
        # A browser keeps large messages and names them, so that only their hashes come again.
        state.cached_message_hashes.extend(sorted(self._known))
        context = state.context_info
        context.timezone, context.timezone_offset, context.locale = "Asia/Jakarta", -420, "id-ID"
        context.url = f"{self.url}/{self.page}" + (f"?{wanted}" if wanted else "")
        context.is_embedded = False
        start, messages, size = time.perf_counter(), 0, 0
        self._socket.send(ask.SerializeToString())
        while True:
            data = self._socket.recv(timeout=TIMEOUT)
            assert isinstance(data, bytes)
            messages, size = messages + 1, size + len(data)
            message = ForwardMsg.FromString(data)
            self._note(message)
            # A whole run tells no fragment; an earlier run that was cut short is not the one asked for.
            if message.WhichOneof("type") == "script_finished":
                if message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                    return Rerun(time.perf_counter() - start, messages, size)
                if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    raise PageFailed(f"{self.page}: compile error")

    def _note(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._hash = message.new_session.page_script_hash
        elif kind == "navigation":
            self._hash = message.navigation.page_script_hash  # which page the router chose
            self.shown = next(
                (p.url_pathname for p in message.navigation.app_pages if p.page_script_hash == self._hash), ""
            )
        elif kind == "page_not_found":
            raise PageFailed(f"{self.page}: page not found")
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            if element.WhichOneof("type") == "exception":
                raise PageFailed(f"{self.page}: {element.exception.type}: {element.exception.message}")
        if message.metadata.cacheable and message.hash:
            self._known.add(message.hash)


def query_of(**values: str | int) -> str:
    """The query string of some filters."""
    return urllib.parse.urlencode(values)
