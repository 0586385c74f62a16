"""The LINE platform for development, demonstrations, training and tests; knows nothing of the rest of the project."""
