"""Behaviour becomes raw records."""
