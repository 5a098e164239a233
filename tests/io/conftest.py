"""Put the toy entries, the toy layers and the RFC 7946 check on the path."""

import sys
from pathlib import Path

for folder in ("query", "layers", "io"):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / folder))
