"""A long-lived gate behind a unix socket or standard input: JSON lines in, envelopes out."""
