"""Instruments and clauses that checks name."""
