"""What an audit found, in the forms that people and machines read: one file a form."""
