"""Run the command line: ``ccgeo``, or ``python -m ccgeo``."""

from __future__ import annotations

import sys

from ccgeo import __version__


def main() -> None:
    """Run the command line; its version is told before anything else is loaded."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"ccgeo {__version__}\n")
        return
    from ccgeo.cli import main as run  # noqa: PLC0415 - as said above

    run()


if __name__ == "__main__":
    main()
