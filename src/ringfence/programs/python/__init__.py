"""Python, read as a tree: names are resolved, what is literal is computed, and what flows where is followed."""
