"""Who did what to whom: triggers, arguments, type and mode, status, contexts, figures."""

from tacitus.events.coding import Coding, find_events
from tacitus.events.lexicon import EventLexicon

__all__ = ["Coding", "EventLexicon", "find_events"]
