# What went wrong, and what to do.

errors-title = There is a problem
error-before = Error:
field-empty = { $label }: this is missing. Fill it in.
field-not-chosen = { $label }: nothing is chosen. Choose an answer.
field-too-long = { $label }: this is too long. Shorten it to { $most } characters.
field-no-number = { $label }: this is not a number. Write it in digits.
field-out-of-range = { $label }: this must be between { $least } and { $most }.
date-incomplete = { $label }: day, month and year are all needed. Fill in what is missing.
date-impossible = { $label }: there is no such date. Write day and month as numbers, and the year with four digits.
