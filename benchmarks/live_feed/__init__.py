"""The live feed beside a bare `websockets.broadcast` of the same bytes."""
