"""What controls know of commands that are run: which programs they start, and what those fetch and change."""
