"""Map explorer of announced investment in the Chengdu-Chongqing Economic Circle."""

__version__ = "0.1.0"
