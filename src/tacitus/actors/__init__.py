"""Who is who on a page: names, role nouns and pronouns, joined into actors with PLOVER country and sectors."""

from tacitus.actors.finding import find_actors
from tacitus.actors.knowledge import Coding, Hit, Knowledge
from tacitus.actors.tables import Entity, Term

__all__ = ["Coding", "Entity", "Hit", "Knowledge", "Term", "find_actors"]
