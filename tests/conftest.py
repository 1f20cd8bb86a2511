"""What every test may ask for."""

import signal

pytest_plugins = ("tests.database",)

# A shell that starts the tests in the background has them ignore SIGINT, and so would every
# process that they start: a test that interrupts one would wait for ever.
signal.signal(signal.SIGINT, signal.default_int_handler)
