"""Who is behind a class or a host."""
