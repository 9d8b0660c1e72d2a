"""PLOVER's event types, modes and contexts, and the user's own; the CAMEO crosswalk; Goldstein values."""

from tacitus.ontology.own import Example, OwnOntology, read_own_ontology
from tacitus.ontology.plover import INTERNATIONAL, SECTORS, STATUSES, CameoCode, EventType, Ontology, load_ontology

__all__ = [
    "INTERNATIONAL",
    "SECTORS",
    "STATUSES",
    "CameoCode",
    "EventType",
    "Example",
    "Ontology",
    "OwnOntology",
    "load_ontology",
    "read_own_ontology",
]
