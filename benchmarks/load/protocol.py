"""A visitor that speaks Streamlit's own protocol: a web socket that carries its protobufs.

It does what the page in a browser does: asks for a run, keeps the messages that the server
sends by reference, follows the address bar, sets widgets and uploads files.
"""

from __future__ import annotations

import json
import time
import urllib.request
import uuid
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.parse import urlsplit

from streamlit.components.v2.bidi_component.constants import EVENT_DELIM
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.state.session_state import STREAMLIT_INTERNAL_KEY_PREFIX
from websockets.sync.client import connect

if TYPE_CHECKING:
    from streamlit.proto.ClientState_pb2 import ClientState
    from streamlit.proto.WidgetStates_pb2 import WidgetState
    from websockets.sync.client import ClientConnection

XSRF_COOKIE: Final = "_streamlit_xsrf"
NO_TOKEN: Final = "none"  # noqa: S105 - holds the place of one
LARGEST_MESSAGE: Final = 64 * 1024 * 1024


class ProtocolError(RuntimeError):
    """The server did not do what the protocol promises."""


@dataclass
class Run:
    """What one run of the script drew.

    Attributes
    ----------
    elements : list of (str, Any)
        Kind and protobuf of every element, in the order they came.
    seconds : float
        From the request to the end of the run.
    received : int
        Bytes on the wire.
    """

    elements: list[tuple[str, Any]] = field(default_factory=list)
    seconds: float = 0.0
    received: int = 0

    def of_kind(self, kind: str) -> list[Any]:
        """Return the elements of one kind, such as ``"markdown"``."""
        return [element for name, element in self.elements if name == kind]

    def keyed(self, key: str) -> Any:  # noqa: ANN401 - a protobuf of any kind
        """Return the widget whose key in the session this is."""
        for _, element in self.elements:
            if getattr(element, "id", "").endswith(f"-{key}"):
                return element
        message = f"no widget {key!r} on the page"
        raise ProtocolError(message)

    def texts(self) -> list[str]:
        """Return every Markdown body of the page."""
        return [element.body for element in self.of_kind("markdown")]


class Visitor:
    """One session of one person.

    Parameters
    ----------
    address : str
        Address of the server, such as ``"http://127.0.0.1:8501"``.
    page : str
        Name of the page, empty for the first one.
    query : str
        What stands after the question mark of the link.
    patience : float
        Seconds to wait for one message.
    """

    def __init__(
        self, address: str, page: str = "", query: str = "", *, patience: float = 60.0
    ) -> None:
        self.address, self.page, self.query, self.patience = address, page, query, patience
        self.session = ""
        self._page_hash = ""
        self._kept: dict[str, ForwardMsg] = {}
        self._token = ""
        self._socket: ClientConnection | None = None
        self._closing = ExitStack()

    def __enter__(self) -> Self:
        """Connect as a browser does: with the cookie and the token against forged requests."""
        self._token = _xsrf_token(self.address)
        self._connect()
        return self

    def _connect(self) -> None:
        parts = urlsplit(self.address)
        # A browser whose line was cut names its session, and gets it back.
        told = ["streamlit", self._token or NO_TOKEN, *([self.session] if self.session else [])]
        connection = connect(
            f"ws://{parts.netloc}/_stcore/stream",
            subprotocols=told,  # type: ignore[arg-type]
            additional_headers={"Cookie": f"{XSRF_COOKIE}={self._token}"},
            origin=self.address,  # type: ignore[arg-type]
            max_size=LARGEST_MESSAGE,
            open_timeout=self.patience,
            ping_interval=None,
        )
        self._socket = self._closing.enter_context(connection)

    def __exit__(self, *_: object) -> None:
        """Close the socket."""
        self._closing.close()

    def open(self) -> Run:
        """Open the page that the link leads to."""
        return self._run(None)

    def reconnect(self) -> Run:
        """Lose the line, come back to the same session and return what the page then shows."""
        self._closing.close()
        self._connect()
        return self._run(None)

    def ask(self) -> None:
        """Ask for a run and do not wait for it."""
        back = BackMsg()
        self._describe(back.rerun_script)
        self._send(back)

    def set(self, widget: Any, value: object) -> Run:  # noqa: ANN401 - a protobuf of any kind
        """Set one widget and return what the page then shows.

        Parameters
        ----------
        widget : protobuf
            The widget as the last run sent it.
        value : bool, str, list of str, list of float, or ``...``
            Its new value; ``...`` presses a button.
        """
        back = BackMsg()
        state = back.rerun_script.widget_states.widgets.add()
        state.id = widget.id
        _put_value(state, value)
        return self._run(back)

    def tell(self, component: Any, event: str, value: object) -> Run:  # noqa: ANN401 - a protobuf
        """Send what happened in a component of ours and return what the page then shows."""
        back = BackMsg()
        state = back.rerun_script.widget_states.widgets.add()
        state.id = f"{STREAMLIT_INTERNAL_KEY_PREFIX}_{component.id}{EVENT_DELIM}events"
        state.json_trigger_value = json.dumps([{"event": event, "value": value}])
        return self._run(back)

    def upload(self, widget: Any, name: str, content: bytes) -> Run:  # noqa: ANN401 - a protobuf
        """Bring a file as a browser does: ask for its address, send it, tell the widget."""
        asked = BackMsg()
        asked.file_urls_request.request_id = uuid.uuid4().hex
        asked.file_urls_request.file_names.append(name)
        asked.file_urls_request.session_id = self.session
        self._send(asked)
        urls = self._wait_for("file_urls_response").file_urls[0]
        _put_file(self.address, urls.upload_url, name, content, self._token)
        back = BackMsg()
        state = back.rerun_script.widget_states.widgets.add()
        state.id = widget.id
        told = state.file_uploader_state_value.uploaded_file_info.add()
        told.name, told.size, told.file_id = name, len(content), urls.file_id
        told.file_urls.CopyFrom(urls)
        return self._run(back)

    def _run(self, back: BackMsg | None) -> Run:
        back = back or BackMsg()
        state = back.rerun_script
        self._describe(state)
        start = time.perf_counter()
        self._send(back)
        run = Run()
        while True:
            message, size = self._receive()
            run.received += size
            kind = message.WhichOneof("type")
            if kind == "delta":
                _take_delta(run, message)
            elif kind == "new_session":
                self.session = message.new_session.initialize.session_id or self.session
                self._page_hash = message.new_session.page_script_hash
                run.elements.clear()
            elif kind == "navigation":
                self._page_hash = message.navigation.page_script_hash
            elif kind == "page_info_changed":
                self.query = message.page_info_changed.query_string
            elif kind == "script_finished":
                if message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                    break
                if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    error = f"the run ended with state {message.script_finished}"
                    raise ProtocolError(error)
        run.seconds = time.perf_counter() - start
        return run

    def _describe(self, state: ClientState) -> None:
        state.query_string = self.query
        state.page_script_hash = self._page_hash
        state.page_name = "" if self._page_hash else self.page
        state.cached_message_hashes.extend(self._kept)
        state.context_info.url = f"{self.address}/{self.page}"
        state.context_info.locale = "en-GB"

    def _send(self, back: BackMsg) -> None:
        if self._socket is None:
            message = "the visitor is not connected"
            raise ProtocolError(message)
        self._socket.send(back.SerializeToString())

    def _receive(self) -> tuple[ForwardMsg, int]:
        if self._socket is None:
            message = "the visitor is not connected"
            raise ProtocolError(message)
        data = self._socket.recv(timeout=self.patience)
        message = ForwardMsg()
        message.ParseFromString(data if isinstance(data, bytes) else data.encode())
        if message.WhichOneof("type") == "ref_hash":
            known = ForwardMsg()
            known.CopyFrom(self._kept[message.ref_hash])
            known.metadata.CopyFrom(message.metadata)
            return known, len(data)
        if message.metadata.cacheable and message.hash:
            self._kept[message.hash] = message
        return message, len(data)

    def _wait_for(self, kind: str) -> Any:  # noqa: ANN401 - a protobuf of any kind
        while True:
            message, _ = self._receive()
            if message.WhichOneof("type") == kind:
                return getattr(message, kind)


def _take_delta(run: Run, message: ForwardMsg) -> None:
    delta = message.delta
    if delta.WhichOneof("type") == "new_element":
        kind = delta.new_element.WhichOneof("type")
        run.elements.append((kind, getattr(delta.new_element, kind)))


def _put_value(state: WidgetState, value: object) -> None:
    if value is ...:
        state.trigger_value = True
    elif isinstance(value, bool):
        state.bool_value = value
    elif isinstance(value, str):
        state.string_value = value
    elif isinstance(value, list) and value and isinstance(value[0], float):
        state.double_array_value.data.extend(value)
    elif isinstance(value, list):
        state.string_array_value.data.extend(value)
    else:
        message = f"no widget takes {value!r}"
        raise ProtocolError(message)


def _xsrf_token(address: str) -> str:
    with urllib.request.urlopen(f"{address}/_stcore/health", timeout=30) as answer:  # noqa: S310
        cookies = SimpleCookie()
        for header in answer.headers.get_all("Set-Cookie") or ():
            cookies.load(header)
    return cookies[XSRF_COOKIE].value if XSRF_COOKIE in cookies else ""


def _put_file(address: str, path: str, name: str, content: bytes, token: str) -> None:
    edge = uuid.uuid4().hex
    head = (
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    )
    request = urllib.request.Request(  # noqa: S310 - the address is the server's own
        f"{address}{path}" if path.startswith("/") else path,
        data=head.encode() + content + f"\r\n--{edge}--\r\n".encode(),
        method="PUT",
        headers={
            "Content-Type": f"multipart/form-data; boundary={edge}",
            "X-Xsrftoken": token,
            "Cookie": f"{XSRF_COOKIE}={token}",
        },
    )
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
        if answer.status not in {200, 204}:
            message = f"the file was not taken: {answer.status}"
            raise ProtocolError(message)
