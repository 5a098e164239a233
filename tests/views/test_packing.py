"""What travels once comes out as it went in, under a name of its own."""

import base64
import json
import zlib

from hypothesis import given, settings
from hypothesis import strategies as st

from ccgeo.views.live_map.packing import pack

PLAIN = st.recursive(
    st.integers(-(2**53), 2**53) | st.text(max_size=5) | st.booleans(),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=10,
)


@settings(max_examples=50)
@given(st.dictionaries(st.text(max_size=5), PLAIN, max_size=4))
def test_a_packed_content_comes_out_as_it_was(content):
    assert json.loads(zlib.decompress(base64.b64decode(pack(content).text))) == content


def test_other_content_has_another_name():
    assert len({pack({"a": number}).key for number in range(50)}) == 50
