"""Benchmarks: each measures us beside something plain, in turn, in one run, and prints a table."""
