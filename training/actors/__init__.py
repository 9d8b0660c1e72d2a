"""Fit the weights of the actors room. Never imported by the package."""
