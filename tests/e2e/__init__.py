"""Journeys in real browsers through the whole house, as people make them."""
