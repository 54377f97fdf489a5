"""What stands in a cloud, in no provider's words: one file a theme.

Where a field is `… | None`, None says that this kind of thing does not have it at all; then no control asks for it.
"""
