"""Step 2: what the code of a plugin can do and means to do, learned without running it.

`step` is the parent; `worker` reads hostile code in a bounded child process. Readers of Python, JavaScript, shell and
plain text note what they saw (`seen`), `judge` says what follows from it, `asked` holds it against the manifest. Only
the standard library and `ringfence.shellwords` are used in the child.
"""
