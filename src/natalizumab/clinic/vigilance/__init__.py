"""What a whole clinic's records say together: tests in time, who is treated how, and what came of it.

``facts`` says it of one record, ``tally`` what that adds to the clinic's sums, ``keeping`` keeps both by person and
``counting`` reads them, ``beside_published`` holds the sums against what was published, and ``page`` shows them.
"""
