"""The live map: its projections, what travels to the browser, and the browser's own files."""
