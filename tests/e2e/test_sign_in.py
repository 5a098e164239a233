"""Sign-in, where it is switched on: nothing before it, everything after it."""

from __future__ import annotations

import re

import pytest
from benchmarks.load.drive import headline
from benchmarks.load.protocol import Visitor
from playwright.sync_api import expect
from tests.e2e.conftest import free_port, running
from tests.e2e.identity_provider import CLIENT, providing

SECRETS = """\
[auth]
redirect_uri = "{address}/oauth2callback"
cookie_secret = "a secret of the test, long enough to sign with"
client_id = "{client}"
client_secret = "another secret of the test"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""


@pytest.fixture(scope="module")
def guarded_url(tmp_path_factory):
    folder, port = tmp_path_factory.mktemp("guarded"), free_port()
    address, secrets = f"http://127.0.0.1:{port}", folder / "secrets.toml"
    with providing(free_port()) as provider:
        text = SECRETS.format(address=address, client=CLIENT, provider=provider)
        secrets.write_text(text, encoding="utf-8")
        more = {"STREAMLIT_SECRETS_FILES": str(secrets)}
        with running("app.py", folder / "log.txt", more, port) as served:
            assert served == address
            yield address


@pytest.mark.parametrize("name", ["", "explore", "bring", "records", "embed"])
def test_nothing_is_shown_to_who_has_not_signed_in(guarded_url, name):
    with Visitor(guarded_url, page=name) as visitor:
        run = visitor.open()
    kinds = {kind for kind, _ in run.elements}
    assert kinds <= {"heading", "text", "button"}
    assert headline(run) == "no sentence"


def test_a_visitor_signs_in_and_sees_the_map(page, guarded_url):
    page.goto(guarded_url)
    page.get_by_role("button", name="Sign in").click()
    painted = re.compile(r"\d")
    expect(page.locator(".ccgeo-map")).to_have_attribute("data-painted", painted, timeout=60_000)
    expect(page.get_by_role("button", name="Sign in")).to_have_count(0)
