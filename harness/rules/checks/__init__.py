"""Found by scanning: one check a file."""
