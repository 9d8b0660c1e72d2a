"""Who said what: attributed claims with their cue, speaker and content; direct, indirect and mixed."""

from tacitus.claims.finder import find_claims
from tacitus.claims.lexicon import ClaimLexicon

__all__ = ["ClaimLexicon", "find_claims"]
