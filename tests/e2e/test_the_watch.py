"""The guards of the browser tests, shown to fail where they must."""

from __future__ import annotations

import pytest
from playwright.sync_api import Error, expect

BARE = "tests/e2e/apps/bare_app.py"


def test_a_page_of_the_app_stays_on_this_machine(page, serve):
    page.goto(serve(BARE))
    page.get_by_role("button", name="again").click()
    expect(page.get_by_text("done")).to_be_visible()


def test_the_address_that_the_readme_gives_works_too(page, serve):
    page.goto(serve(BARE).replace("127.0.0.1", "localhost"))
    page.get_by_role("button", name="again").click()
    expect(page.get_by_text("done")).to_be_visible()


def test_a_phone_opens_the_same_page(phone_page, serve):
    phone_page.goto(serve(BARE))
    expect(phone_page.get_by_role("heading", name="bare")).to_be_visible()
    assert phone_page.evaluate("navigator.maxTouchPoints") > 0


def test_a_request_to_a_foreign_host_fails_and_is_seen(open_page, serve):
    page, watch = open_page()
    page.goto(serve(BARE))
    assert page.evaluate("fetch('https://example.org/x').then(() => 'out', () => 'cut')") == "cut"
    assert watch.foreign == ["https://example.org/x"]
    with pytest.raises(AssertionError, match="left the machine"):
        watch.judge()


@pytest.mark.parametrize("address", ["http://192.0.2.1/x", "http://[2001:db8::1]/x"])
def test_a_bare_ip_address_is_foreign_too(open_page, serve, address):
    page, watch = open_page()
    page.goto(serve(BARE))
    assert page.evaluate("url => fetch(url).then(() => 'out', () => 'cut')", address) == "cut"
    assert watch.foreign == [address]


def test_a_socket_to_a_foreign_host_is_seen(open_page, serve):
    page, watch = open_page()
    page.goto(serve(BARE))
    page.evaluate(
        "new Promise(done => { new WebSocket('wss://example.org/s').onerror = () => done(1) })"
    )
    assert watch.foreign == ["wss://example.org/s"]


def test_a_foreign_address_cannot_be_opened(open_page):
    page, _ = open_page()
    with pytest.raises(Error, match="ERR_"):
        page.goto("http://example.org/")


def test_an_error_in_the_console_fails_the_test(open_page, serve):
    page, watch = open_page()
    page.goto(serve(BARE))
    page.evaluate("console.error('something is wrong')")
    with pytest.raises(AssertionError, match="something is wrong"):
        watch.judge()


def test_a_missing_file_is_seen_and_streamlits_own_search_is_not(open_page, serve):
    page, watch = open_page()
    page.goto(serve(BARE))
    page.evaluate("Promise.all(['/explore/_stcore/health', '/media/none'].map((at) => fetch(at)))")
    (complaint,) = watch.complaints
    assert complaint.endswith("/media/none")


def test_an_exception_of_a_script_fails_the_test(open_page, serve):
    page, watch = open_page()
    page.goto(serve(BARE))
    page.evaluate("setTimeout(() => { throw new Error('thrown') })")
    page.wait_for_timeout(100)
    with pytest.raises(AssertionError, match="thrown"):
        watch.judge()


def test_a_script_is_served_once(serve):
    assert serve(BARE) == serve(BARE)
