"""Run the command line: ``python -m ccgeo``."""

from ccgeo.cli import main

if __name__ == "__main__":
    main()
