"""A tiny identity provider that lets everybody in as the same person, for the test of sign-in."""

from __future__ import annotations

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

if TYPE_CHECKING:
    from collections.abc import Iterator

PERSON = {"sub": "1", "email": "visitor@example.org", "name": "A visitor"}
CLIENT = "ccgeo"


class Provider(BaseHTTPRequestHandler):
    """Answers the four questions of OpenID Connect's code flow."""

    key: RSAKey
    nonces: dict[str, str]
    address: str

    def do_GET(self) -> None:
        """Tell where things are, give the key, or send the visitor back with a code."""
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/authorize":
            self.nonces["code-1"] = asked.get("nonce", "")
            back = urlencode({"code": "code-1", "state": asked["state"]})
            self.send_response(302)
            self.send_header("Location", f"{asked['redirect_uri']}?{back}")
            self.end_headers()
        elif parts.path == "/keys":
            self._tell({"keys": [self.key.as_dict(private=False)]})
        else:
            self._tell(
                {
                    "issuer": self.address,
                    "authorization_endpoint": f"{self.address}/authorize",
                    "token_endpoint": f"{self.address}/token",
                    "jwks_uri": f"{self.address}/keys",
                    "response_types_supported": ["code"],
                    "subject_types_supported": ["public"],
                    "id_token_signing_alg_values_supported": ["RS256"],
                }
            )

    def do_POST(self) -> None:
        """Change a code into a signed statement of who the visitor is."""
        length = int(self.headers["Content-Length"])
        asked = parse_qs(self.rfile.read(length).decode())
        now = int(time.time())
        said = {**PERSON, "iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 300}
        said["nonce"] = self.nonces.pop(asked["code"][0])
        token = jwt.encode({"alg": "RS256", "kid": self.key.kid}, said, self.key)
        self._tell({"access_token": "a", "token_type": "Bearer", "id_token": token})

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _tell(self, answer: dict[str, object]) -> None:
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def providing(port: int) -> Iterator[str]:
    """Run the provider for as long as the context lasts."""
    Provider.address = f"http://127.0.0.1:{port}"
    Provider.nonces = {}
    Provider.key = RSAKey.generate_key(2048, {"kid": "1", "alg": "RS256", "use": "sig"})
    server = ThreadingHTTPServer(("127.0.0.1", port), Provider)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Provider.address
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
