"""Hardened services from a short description: a text that says only what was described, then fixed like any other.

Nothing about security stands here. Each writer gives the plainest text that means the description; the controls
find what is missing in it, the format patches it, and what comes out has passed the auditor.
"""
