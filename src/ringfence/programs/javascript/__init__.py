"""JavaScript and TypeScript, read as tokens: names and calls are followed as far as a file's own text says."""
