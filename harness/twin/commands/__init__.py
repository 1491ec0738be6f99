"""Shell commands of the twin, one module a family; found by scanning this folder."""
