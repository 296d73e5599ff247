"""Measures Atelier beside its peers: `src/bench/run` prepares what this needs and starts it."""
