"""How much of an exercise: from the author's line, or a group of fields, to a `Dose`, and back into words.

    shape        what front matter has -> a line or fields, and problems
        |
    tokens       a line -> words, numbers and signs, each with its place
    cursor       one token after the other
        |
    grammar      the line as a whole; `work`, `clauses`, `frequency`, `tempo` are its parts
    fields       the same from a group of fields
        |
    noun         the Dose
        |
    words        the one line in which a dose is always written; `totals`: sums and other units

`vocabulary` has the words that authors use, `amounts` what numbers and units are.
"""

from rehab.model.dose.noun import Amount, Dose, DoseRefusal, FieldRefusal, Frequency, Load, Number

__all__ = ["Amount", "Dose", "DoseRefusal", "FieldRefusal", "Frequency", "Load", "Number"]
