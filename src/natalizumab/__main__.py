"""``python -m natalizumab``: the command."""

from natalizumab.cli import main

main()
