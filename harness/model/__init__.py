"""The nouns of the product. Imports nothing of ours."""
