"""What every test may ask for."""

import signal

from hypothesis import HealthCheck, settings

pytest_plugins = ("tests.database",)

# A shell that starts the tests in the background has them ignore SIGINT, and so would every
# process that they start: a test that interrupts one would wait for ever.
signal.signal(signal.SIGINT, signal.default_int_handler)

# What hypothesis measures by the clock says how busy the machine is, not how good the code is.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
