"""A page in a frame: what it may do is written beside it, and its words stay words."""

from __future__ import annotations

import base64
import re
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from ccgeo.views.sandbox import policy_of, sandboxed_frame, sandboxed_page

PAGE = "<html><head></head><body><script>let a = '&';</script><script>2</script></body></html>"


class Frames(HTMLParser):
    """What the frames of a page hold."""

    def __init__(self, source):
        super().__init__()
        self.frames, self.metas = [], []
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        if tag == "iframe":
            self.frames.append(dict(attrs))
        if tag == "meta":
            self.metas.append(dict(attrs))


def test_only_scripts_that_were_there_may_run():
    policy = policy_of(PAGE)

    hashes = {base64.b64encode(sha256(s).digest()).decode() for s in (b"let a = '&';", b"2")}
    assert set(re.findall(r"'sha256-([^']+)'", policy)) == hashes
    assert "script-src 'none'" in policy_of("<head></head>")
    assert "unsafe-inline" not in policy.partition("script-src")[2].partition(";")[0]
    assert policy.startswith("default-src 'none'")


def test_the_page_in_the_frame_is_the_page_and_carries_its_policy():
    (frame,) = Frames(sandboxed_frame(PAGE, "map", "border:0")).frames

    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy_of(PAGE)}">'
    assert frame["srcdoc"] == PAGE.replace("<head>", f"<head>{meta}")
    assert frame["sandbox"] == "allow-scripts"


def test_the_page_around_has_the_same_policy_and_one_frame():
    found = Frames(sandboxed_page(PAGE, "map", "zh").decode())

    assert len(found.frames) == 1
    policies = [m["content"] for m in found.metas if "http-equiv" in m]
    assert policies == [policy_of(PAGE)]


@pytest.mark.parametrize("title", ["{{7*7}}", '"><b>', "</title><b>", "重庆"])
def test_a_title_is_text_whatever_it_holds(title):
    content = sandboxed_page(PAGE, title).decode()

    assert Frames(content).frames[0]["title"] == title
    assert "<b>" not in content
