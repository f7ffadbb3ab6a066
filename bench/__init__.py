"""Benchmarks: `python -m bench` (costs of the hot path, as ratios), `python -m bench.fidelity` (marks after edits)."""
