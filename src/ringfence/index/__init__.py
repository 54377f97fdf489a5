"""A plugin index: static files under The Update Framework, which a client trusts without trusting their host.

places, names, policy, record   what an index says, as values
repository, keyring, workspace  the maintainer's side: committed states, keys, the folder of an index
publish, accept, review, status what is done with a release
fetch, client, trusted          the user's side: fetches and verifies
install, lockfile, mirror       what is kept here
"""
