"""The results in the back office."""
