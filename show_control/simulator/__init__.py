"""Media servers that answer as the vendors document, for demos, rehearsals and tests.

Of the code that drives servers they share `osc.py` and `streams.py` alone, so that a misreading of a
vendor's page cannot agree with itself.
"""

from __future__ import annotations

from show_control.simulator.cores import Core, GenericCore, ResolumeCore
from show_control.simulator.declared import DeclaredCore
from show_control.simulator.pixera import PixeraCore
from show_control.simulator.ports import Ports, run_simulators
from show_control.simulator.qlab import QLabCore
from show_control.simulator.simulated import (
    FAULT_ADDRESS,
    FAULTS,
    Simulated,
    give_fault,
    simulated,
)
from show_control.simulator.timecode import TIMECODE_FAULTS, Sender, senders
from show_control.simulator.vendors import DisguiseCore, MilluminCore, WatchoutCore

__all__ = [
    "FAULTS",
    "FAULT_ADDRESS",
    "TIMECODE_FAULTS",
    "Core",
    "DeclaredCore",
    "DisguiseCore",
    "GenericCore",
    "MilluminCore",
    "PixeraCore",
    "Ports",
    "QLabCore",
    "ResolumeCore",
    "Sender",
    "Simulated",
    "WatchoutCore",
    "give_fault",
    "run_simulators",
    "senders",
    "simulated",
]
