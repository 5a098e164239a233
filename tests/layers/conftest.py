"""Put the toy entries and the toy layers on the path."""

import sys
from pathlib import Path

for folder in ("query", "layers"):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / folder))
