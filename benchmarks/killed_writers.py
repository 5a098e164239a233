"""A writer that is killed at any of 200 moments leaves the old file or the new one, whole."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

KILLS = 200
WHOLE = bytes(range(256)) * 20_000
WRITER = """
import sys
from pathlib import Path
from ccgeo.io.files import write_file
print("ready", flush=True)
while True:
    write_file(Path(sys.argv[1]), bytes(range(256)) * 20_000, force=True)
"""


def torn_files(folder: Path) -> int:
    """Return after how many of the kills the file was neither the old nor the new one."""
    path, moments, torn = folder / "layer.geojson", random.Random(7), 0  # noqa: S311 - moments
    path.write_bytes(WHOLE[::-1])
    for _ in range(KILLS):
        command = [sys.executable, "-c", WRITER, str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            if writer.stdout is not None:
                writer.stdout.readline()
            time.sleep(moments.uniform(0, 0.02))
            writer.send_signal(signal.SIGKILL)
        torn += path.read_bytes() not in (WHOLE, WHOLE[::-1])
    return torn


def main() -> int:
    """Measure, and return 1 where the claim does not hold."""
    with TemporaryDirectory() as name:
        torn = torn_files(Path(name))
    print(f"{KILLS} kills: {torn} torn or lost files")
    return int(torn > 0)


if __name__ == "__main__":
    sys.exit(main())
