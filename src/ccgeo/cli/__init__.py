"""The command line: the page's questions and answers, for the shell.

Exit codes: 0, done; 1, done, but a value was not understood and left out; 2, nothing done.
"""

from __future__ import annotations

import os
import sys

from ccgeo.cli import completion, curate, data, explore, files, geocode, records, scale, zones
from ccgeo.cli.asking import NOT_UNDERSTOOD, UNUSABLE, app, asking, stop
from ccgeo.errors import CcgeoError

__all__ = [
    "NOT_UNDERSTOOD",
    "UNUSABLE",
    "app",
    "asking",
    "completion",
    "curate",
    "data",
    "explore",
    "files",
    "geocode",
    "main",
    "records",
    "scale",
    "zones",
]


def main() -> None:
    """Run the command line and end the process with its exit code."""
    try:
        app()
    except CcgeoError as error:
        stop(error)
    except BrokenPipeError:
        # The reader of a pipe has seen enough, as `head` does: nobody is at fault.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
