"""Tables that age: which names many use, and how long releases are supported. A date or a source stands in each."""
