"""`ringfence completion`: scripts for bash, zsh and tcsh."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The shell."""
    parser.epilog = "example: ringfence completion bash > ~/.local/share/bash-completion/completions/ringfence"
    parser.add_argument("shell", choices=("bash", "zsh", "tcsh"))


def run(args: argparse.Namespace) -> int:
    """Print the script."""
    import shtab

    from ringfence.cli.main import COMMANDS, build_parser

    print(shtab.complete(build_parser(*COMMANDS), shell=args.shell))
    return 0
