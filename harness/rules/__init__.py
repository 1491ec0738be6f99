"""The checks: one file each in rules/checks."""
