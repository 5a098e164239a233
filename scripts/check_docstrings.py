"""Hold every public name of the library to numpydoc.

The lint of numpydoc reads the source only and so cannot see the fields of a dataclass or a
named tuple; here the objects themselves are asked. The checks are those of pyproject.toml.
The commands of the command line are left to their own help: a table of parameters in their
docstring would be printed there.

Usage: python scripts/check_docstrings.py
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from numpydoc.validate import validate

import ccgeo
from ccgeo.query.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
PARAMETERS = {"PR01", "PR02", "PR03", "RT01", "RT03"}


def main() -> int:
    """Print what is wrong, one line each, and return how the check ends."""
    problems = list(all_problems(checks()))
    print(*problems, sep="\n")
    print(f"{len(problems)} problems in docstrings")
    return bool(problems)


def checks() -> set[str]:
    """Return the codes that the project asks for."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return set(settings["tool"]["numpydoc_validation"]["checks"])


def all_problems(codes: set[str]) -> Iterator[str]:
    """Yield the problems of every module of the library."""
    for found in pkgutil.walk_packages(ccgeo.__path__, "ccgeo."):
        if found.name != "ccgeo.__main__":
            module = importlib.import_module(found.name)
            wanted = codes - PARAMETERS if found.name.startswith("ccgeo.cli.") else codes
            yield from module_problems(module, wanted)


def module_problems(module: ModuleType, codes: set[str]) -> Iterator[str]:
    """Yield the problems of the public names that a module defines itself."""
    for name, value in vars(module).items():
        if is_public(name) and defined_in(value, module):
            full = f"{module.__name__}.{name}"
            yield from problems_of(full, codes - told_elsewhere(value))
            told = told_by_protocol(value)
            for method in own_methods(value):
                wanted = codes - PARAMETERS if method in told else codes
                yield from problems_of(f"{full}.{method}", wanted)


def is_public(name: str) -> bool:
    """Return whether a name is meant for others."""
    return not name.startswith("_")


def defined_in(value: object, module: ModuleType) -> bool:
    """Return whether a function or class was written in this module."""
    documented = inspect.isclass(value) or inspect.isroutine(inspect.unwrap(value))
    return documented and getattr(value, "__module__", None) == module.__name__


def own_methods(value: object) -> list[str]:
    """Return the public methods and properties that a class defines itself."""
    if not inspect.isclass(value):
        return []
    kinds = (property, classmethod, staticmethod)
    return [
        name
        for name, member in vars(value).items()
        if is_public(name) and (inspect.isfunction(member) or isinstance(member, kinds))
    ]


def told_elsewhere(value: object) -> set[str]:
    """Return the checks of a class that its parent or its Attributes section already meets."""
    if getattr(value, "_is_protocol", False):
        return PARAMETERS  # nobody makes one
    if not inspect.isclass(value):
        return set()
    inherits = not {"__init__", "__new__"} & set(vars(value))
    return {"PR01"} if inherits or "Attributes\n" in (value.__doc__ or "") else set()


def told_by_protocol(value: object) -> set[str]:
    """Return the methods whose parameters the protocol of sources tells for all of them."""
    members = set(own_methods(Source))
    is_source = value is not Source and members <= set(own_methods(value))
    return members if is_source else set()


def problems_of(name: str, codes: set[str]) -> Iterator[str]:
    """Yield the problems of one name that the project cares about."""
    for code, words in validate(name)["errors"]:
        if code in codes:
            yield f"{name}: {code} {words}"


if __name__ == "__main__":
    sys.exit(main())
