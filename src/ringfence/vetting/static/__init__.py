"""Step 2: what the code of a plugin can do and means to do, learned without running it.

`step` is the parent; `worker` reads hostile code in a bounded child process, with the readers and the judge of
`ringfence.programs`; `asked` holds it against the manifest. Only the standard library, `ringfence.programs` and
`ringfence.shellwords` are used in the child.
"""
