"""What a plugin stands on: its locks, what is known against its packages, bills of material, our own advisories."""
