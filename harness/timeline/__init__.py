"""The capture as one ordered record, and the questions checks ask of it."""
