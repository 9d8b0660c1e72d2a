"""Fits the weights of the resolver of places; torch is not needed."""
