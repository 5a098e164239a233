"""Try deploy/nginx.conf with a real nginx in front of the real explorer and a real browser.

Needs nginx and openssl (Debian: apt-get install nginx-light openssl); nothing outside a scratch
folder is written.

Usage: python scripts/check_proxy.py
"""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

ROOT: Final = Path(__file__).resolve().parents[1]
HOST: Final = "map.example.org"
WANTED: Final = (
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Strict-Transport-Security",
)
START_SECONDS: Final = 60
FRAME: Final = """
http {{
    include {conf};
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
}}
events {{}}
pid {folder}/nginx.pid;
error_log {folder}/error.log;
daemon off;
"""


def main() -> int:
    """Say of each promise whether it holds."""
    missing = [name for name in ("nginx", "openssl") if shutil.which(name) is None]
    if missing:
        sys.exit(f"check_proxy: {' and '.join(missing)} missing (Debian: apt-get install "
                 "nginx-light openssl)")  # fmt: skip
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        port, app_port = free_port(), free_port()
        stack.enter_context(explorer(app_port))
        stack.enter_context(proxy(folder, port, app_port))
        promises = [*asked(port), *seen(port)]
    for promise, holds in promises:
        print(f"{'yes' if holds else 'NO':4}{promise}")
    return int(not all(holds for _, holds in promises))


def asked(port: int) -> list[tuple[str, bool]]:
    """Ask the proxy by hand for what a browser would not ask."""
    page = answer(port, HOST)
    large = answer(port, HOST, "PUT", "/_stcore/upload_file/a/b", b"x" * 22 * 1024 * 1024)
    return [
        ("the page comes", page is not None and page.status == 200),
        *((f"with {name}", page is not None and page.getheader(name) is not None)
          for name in WANTED),
        ("without the name of the server behind", page is not None
         and "uvicorn" not in (page.getheader("Server") or "")),
        ("another host name gets no answer", answer(port, "elsewhere.example") is None),
        ("a file of 22 MB is refused", large is None or large.status == 413),
        ("what it measures is hidden", status(answer(port, HOST, path="/_stcore/metrics")) == 404),
    ]  # fmt: skip


def status(told: http.client.HTTPResponse | None) -> int:
    """Return the status of an answer, 0 for none."""
    return told.status if told else 0


def seen(port: int) -> list[tuple[str, bool]]:
    """Look at the pages in a browser, and listen for what the policy blocks."""
    complaints: list[str] = []
    with sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CCGEO_CHROMIUM") or shutil.which("chromium"),
            args=[*sandbox, f"--host-resolver-rules=MAP {HOST} 127.0.0.1"],
        )
        page = browser.new_context(ignore_https_errors=True).new_page()
        page.on("console", lambda told: complaints.append(told.text))
        try:
            promises = walked(page, f"https://{HOST}:{port}")
        except PlaywrightError as error:
            promises = [(f"every page works: {error.message.splitlines()[0]}", False)]
            print("\n".join(complaints[:10]))
        browser.close()
    blocked = [text for text in complaints if "Content Security Policy" in text]
    print("\n".join(blocked[:5]))
    return [*promises, ("nothing of it is blocked by the policy", not blocked)]


def walked(page: Page, address: str) -> list[tuple[str, bool]]:
    """Open the map, its charts and table, and bring a file."""
    page.goto(address)
    page.locator(".ccgeo-map[data-painted]").wait_for(timeout=90_000)
    promises = [("the map is drawn, over the socket", True)]
    page.get_by_role("tab", name="Charts").click()
    page.locator(
        "[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg"
    ).first.wait_for()
    page.get_by_role("tab", name="Table").click()
    page.locator("[data-testid=stDataFrame] canvas").first.wait_for()
    promises.append(("charts and tables are drawn", True))
    page.goto(f"{address}/bring")
    field = page.locator("[data-testid=stFileUploaderDropzoneInput]").first
    field.wait_for(state="attached")
    content = b"title,place,amount,date\nMine,Yubei District,100 million CNY,2020\n"
    field.set_input_files([{"name": "deals.csv", "mimeType": "text/csv", "buffer": content}])
    page.get_by_text(re.compile("1 rows are good")).wait_for(timeout=60_000)
    promises.append(("a file is taken", True))
    return promises


def answer(
    port: int, host: str, method: str = "GET", path: str = "/", body: bytes | None = None
) -> http.client.HTTPResponse | None:
    """Return the answer to one request, None where the line is cut."""
    trusting = ssl._create_unverified_context()  # noqa: S323, SLF001 - our own certificate
    line = http.client.HTTPSConnection("127.0.0.1", port, context=trusting, timeout=30)
    try:
        line.request(method, path, body, {"Host": host})
        told = line.getresponse()
        told.read()
    except (http.client.HTTPException, OSError):
        return None
    return told


@contextmanager
def explorer(port: int) -> Iterator[None]:
    """Serve the explorer as the file says."""
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    known = {
        **os.environ,
        "STREAMLIT_SERVER_ALLOWED_HOSTS": HOST,
        "STREAMLIT_BROWSER_SERVER_ADDRESS": HOST,
    }
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=ROOT, env=known, **quiet) as server:
        try:
            wait_for(port)
            yield
        finally:
            server.terminate()


@contextmanager
def proxy(folder: Path, port: int, app_port: int) -> Iterator[None]:
    """Run nginx with the file, its ports and its certificate replaced by ours."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1",  # noqa: S607
         "-subj", f"/CN={HOST}", "-keyout", folder / "ccgeo.key", "-out", folder / "ccgeo.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    text = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    text = text.replace("listen 443", f"listen 127.0.0.1:{port}")
    text = text.replace("/etc/ssl/", f"{folder}/").replace(":8501", f":{app_port}")
    (folder / "ccgeo.conf").write_text(text, "utf-8")
    conf = folder / "nginx.conf"
    conf.write_text(FRAME.format(conf=folder / "ccgeo.conf", folder=folder), "utf-8")
    command = ["nginx", "-c", str(conf), "-p", str(folder), "-e", str(folder / "error.log")]
    subprocess.run([*command, "-t"], check=True)
    with subprocess.Popen(command) as server:
        try:
            wait_for(port)
            yield
        finally:
            server.terminate()


def wait_for(port: int) -> None:
    """Return when somebody listens."""
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    message = f"nobody listens on port {port}"
    raise TimeoutError(message)


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
