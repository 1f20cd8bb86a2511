"""`python -m ops` is `lamplighter`: how the parent starts its children, wherever it is installed."""

from ops.cli import main

main(prog_name="lamplighter")
