"""`python -m ringfence`: the same as the command."""

from ringfence.cli.main import command

command()
