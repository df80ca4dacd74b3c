"""What the core says in English, said in another language.

The core writes whole English sentences, and knows of no other language. A catalogue holds the form of each: the fixed
words, with a number where the code puts a value in. A sentence is read back into its form and its values, and written
in the other language; what no form fits stays English and is named, so that nothing is lost and tests find it.
"""

from natalizumab.languages.catalogue import ENGLISH, LANGUAGES, reading, said
from natalizumab.languages.long_days import long_day, long_days
from natalizumab.languages.reading import Reading

__all__ = ["ENGLISH", "LANGUAGES", "Reading", "long_day", "long_days", "reading", "said"]
