"""PLOVER's event types, modes and contexts; the CAMEO crosswalk; Goldstein values."""

from tacitus.ontology.plover import INTERNATIONAL, SECTORS, STATUSES, CameoCode, EventType, Ontology, load_ontology

__all__ = ["INTERNATIONAL", "SECTORS", "STATUSES", "CameoCode", "EventType", "Ontology", "load_ontology"]
