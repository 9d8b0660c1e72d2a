"""Places: toponyms found in the text and resolved to a point on the map."""

from tacitus.places.finder import find_places
from tacitus.places.gazetteer import Gazetteer

__all__ = ["Gazetteer", "find_places"]
