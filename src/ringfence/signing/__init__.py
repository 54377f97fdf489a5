"""Keys and signatures of an index, its releases and images: securesystemslib's, never our own cryptography."""
