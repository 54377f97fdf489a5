"""Small, hardened base images: described once, built without an engine, checked before they are written.

`description` reads a variant's folder, `debian` gathers the files of its packages, `tree` holds them, `supervise` adds
s6 and the services, `harden` takes away and judges, `layout` writes and reads OCI layouts, `build` does it in order.
`context` writes the same variants as build contexts for engines, for Debian and Alpine. Nothing here runs anything of
what it packs.
"""
