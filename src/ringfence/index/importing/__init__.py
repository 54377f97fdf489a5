"""Brings in a marketplace of Claude Code: every plugin that it lists is fetched, pinned, vetted, and reported.

What passes can become a release (`plugins.wrapped`); what could not be fetched, or may not be, is said and never passed
over. `listing` reads, `sources` fetches, `bring` decides; nothing of a plugin runs but in vetting's cells.
"""
