"""Map explorer of announced investment in the Chengdu-Chongqing Economic Circle."""
