"""What every test shares: no network, no clock in a property, the browser last."""

from __future__ import annotations

import ipaddress
import os
import socket
import sys

import hypothesis
import pytest

# Scripts for a server to run; looking for doctests would run them here.
collect_ignore_glob = ["e2e/apps/*.py"]

# A deadline measures the machine, not the law; the blob lets a failure be replayed elsewhere.
# The same examples every time: what passed here passes there. `make explore` looks for new ones.
hypothesis.settings.register_profile(
    "same", deadline=None, print_blob=True, derandomize=True, max_examples=60
)
hypothesis.settings.register_profile("explore", deadline=None, print_blob=True, max_examples=500)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives a browser and run it last: quick failures come first."""
    for item in items:
        if "tests/e2e/" in item.path.as_posix():
            item.add_marker("browser")
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def is_local(address: object) -> bool:
    """Return whether a socket address stays on this machine."""
    if not isinstance(address, tuple):
        return True  # a path: a Unix socket
    host = str(address[0])
    if host in {"localhost", ""}:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def _no_network():
    real = socket.socket.connect

    def connect(self, address):
        if not is_local(address):
            message = f"a test reached for the network: {address!r}"
            raise AssertionError(message)
        return real(self, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", connect)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def _own_main_module():
    """Put back the main module, which a page's test replaces and a new process would load."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main
