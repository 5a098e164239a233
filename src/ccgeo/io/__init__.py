"""Files: what leaves ccgeo, written so that it says what it is."""
