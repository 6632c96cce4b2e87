# The frame around every page, and the words of its parts.

skip = Skip to the content
title-error = Error
back = Back
back-label = Way back
change = Change
menu-label = Main menu
menu-caseload = Caseload
menu-referrals = Referrals
menu-directory = Directory
menu-patients = Patients
menu-people = People
account-of = Your account:
trail-label = Where you are
footer-not-certified = Decision support for qualified clinicians. No clinician has certified this knowledge so far.

help-open = Keys on this page
help-title = Keys
key-search = Go to the search
key-next = Next row
key-before = Row before
key-open = Open the row
key-help = Show these keys
keys-off = Switch the keys off on this device
dialog-close = Close

date-long = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
  } { $year }
date-short = { $day } { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
  } { $year }
date-day = Day
date-month = Month
date-year = Year
percent = { $number }%
list-and = { $first } and { $last }

label-optional = { $label } (optional)
select-empty = Choose
choice-or = or
password-show = Show
password-hide = Hide
characters-most = { $n ->
    [one] At most { $n } character
   *[other] At most { $n } characters
  }
# Written by the script, which puts a number in front.
characters-left = characters left
characters-over = characters too many

form-not-saved = Not saved yet. We will keep trying: leave this page open.
form-saving = Saving…
form-saved = Saved
form-expired = Not saved, as you were signed out meanwhile. Sign in again in another window, then come back here and send it once more.
passkey-failed = That did not work. Try again, or sign in another way.
passkey-none = Nothing was chosen. Try again, or sign in another way.

notice-done = Done
notice-important = Important
notice-note = Note
warning-before = Warning:
care-non-urgent = Not urgent:
care-urgent = Urgent:
care-emergency = Emergency:
do-title = Do
dont-title = Do not

stepper = Question { $n } of { $of }
evidence-from = From
plan-by = By
plan-dose = How much
plan-until = Until
chart-as-table = The same as a table
body-chosen = Chosen:
body-none = Nothing chosen yet

pager-label = Pages of this list
pager-before = Previous
pager-next = Next
pager-page = Page { $n }

grid-title = What was done in this session
grid-technique = Technique
grid-target = Where
grid-side = Side
grid-minutes = Minutes
grid-row = row { $n }
