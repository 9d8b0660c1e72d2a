"""Language: sentences, words, dependency trees and names of English text."""

from tacitus.language.document import ROOT, NamedEntity, Parse, Sentence, Token
from tacitus.language.model import LanguageModel

__all__ = ["ROOT", "LanguageModel", "NamedEntity", "Parse", "Sentence", "Token"]
