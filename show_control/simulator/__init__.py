"""Media servers that answer as the vendors document, for demos, rehearsals and tests.

Of the code that drives servers they share `osc.py` alone, so that a misreading of a vendor's page
cannot agree with itself.
"""

from __future__ import annotations

from show_control.simulator.cores import Core, GenericCore, ResolumeCore
from show_control.simulator.simulated import (
    FAULT_ADDRESS,
    FAULTS,
    Fault,
    Simulated,
    give_fault,
    simulated,
)
from show_control.simulator.udp import Ports, run_simulators

__all__ = [
    "FAULTS",
    "FAULT_ADDRESS",
    "Core",
    "Fault",
    "GenericCore",
    "Ports",
    "ResolumeCore",
    "Simulated",
    "give_fault",
    "run_simulators",
    "simulated",
]
