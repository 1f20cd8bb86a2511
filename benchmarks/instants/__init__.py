"""What the benchmarks of cues share: the player, the floor, the receiver whose kernel tells when."""
