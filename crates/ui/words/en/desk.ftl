# What the front desk reads: registering, sending, chasing.

cancel = Cancel
search-label = Find a patient
search-hint = Name, date of birth, telephone or number
search-do = Find
register-new = Register somebody new
found = { $n ->
    [0] Nobody was found
    [one] One patient
   *[other] { $n } patients
  }
found-none = Nobody was found
found-none-says = Only patients whom you may find are listed. If this patient is in front of you in an emergency, open the record by its number and break the glass.
born-on = born { $day }
number-is = number { $number }

register-title = Register a patient
register-do = Register
registered-says = Registered.
to-the-patient = To the patient
alike-title = Is it one of these?
alike-somebody-else = This is somebody else
alike-somebody-else-hint = None of the patients above.
same-is = { $what }
same-name = same name
names-alike = names alike
names-swapped = given name and family name swapped
other-given-name = other given name: one family?
other-family-name = other family name: changed?
same-birth = same date of birth
birth-swapped = day and month of birth swapped
birth-one-digit = date of birth differs in one digit
other-birth = other date of birth
same-phone = same telephone number
same-email = same e-mail address
same-number = same number elsewhere

name = Name
given-name = Given names
family-name = Family name
born = Date of birth
born-hint = For example 27 3 1974
born-in-the-future = Date of birth: it lies in the future. Correct it; a year of two digits may have been read in the wrong century.
born-too-long-ago = Date of birth: it lies before 1900. Correct it.
phone = Telephone
email = E-mail
email-hint = Links and reminders go there.
email-wrong = E-mail: this is no address. Write it like name@example.org, or leave it empty.
address = Address
language = Language
number-elsewhere = Number in another system
number-elsewhere-hint = The diary or practice software knows the patient by it.
number = Number
also-this-patient = Also this patient:
clinical-is-for-the-team = The clinical record is for the care team.

episodes = Episodes of care
episodes-none = None yet.
episode-since = Since { $day }
episode-closed = closed { $day }
episode-to-be-looked-at = to be looked at again
begin-title = Open an episode
begin-setting = Seen in
begin-clinician = Sees them first
begin-nobody = Nobody who treats works here yet. The owner adds people.
begin-do = Open an episode
setting-primary-care = Primary care
setting-specialist = A specialist’s practice
setting-surgical = A surgical clinic
setting-emergency = An emergency department

due-title = What is due
due-nothing = Nothing is due.
due-nothing-short = nothing due
due-intake = Intake
due-referral = Referral to { $to }
due-referrals = { $n ->
    [one] One referral waits
   *[other] { $n } referrals wait
  }
since = since { $day }
due-on = due { $day }
state-not-sent = not sent
state-sent = sent
state-opened = opened
referral-late = overdue
referral-waits = waits
intake-send = Send the intake
intake-send-again = Send the intake again
questionnaire-send = Send { $name }
questionnaire-send-short = Send the questionnaire
assign-title = Ask for a questionnaire
assign-episode = Episode
assign-instrument = Questionnaire
assign-wave = Wave
assign-due = Due on
assign-do = Ask for it
wave-none = outside the waves
wave-baseline = At the beginning
wave-2 = Week 2
wave-6 = Week 6
wave-10 = Week 10
wave-26 = Week 26
wave-52 = Week 52

links = Links for the patient
link-what = What for
link-made = Made
link-state = State
link-act = Take back
link-page = Own page
link-intake = Intake
link-questionnaire = Questionnaire
link-make-page = Make a link to their own page
link-revoke = Take it back
link-sent-in = sent in
link-revoked = taken back
link-over = expired
link-opened = opened
link-unopened = not opened

correct-title = Correct who this is
correct-why = Why
correct-do = Correct
notes = Notes that stay with your organisation
note-new = New note
note-keep = Keep the note
merge-title = Another file is the same patient
merge-other = Number of the other file
merge-why = Why they are the same
merge-do = Read both as one
unmerge-why = Why { $other } is somebody else
unmerge-do = Part them again
erase-title = Erase this patient
erase-says = Nothing about this patient can be read again, by anybody. Backups made before still hold it until they are deleted.
erase-asked-by = Who asked for it
erase-why = Why it is lawful
erase-do = Erase for ever
done-corrected = Corrected.
done-assigned = The questionnaire is asked for. Send the link when it is due.
done-opened = The episode is open.
done-noted = The note is kept.
done-merged = Both files are read as one.
done-parted = They are two patients again.

openings = Who looked at this record
when = When
who-looked = Who
what-for = What for
purpose-care = care
purpose-emergency = an emergency
purpose-administration = administration
purpose-own-record = the patient’s own record
glass-title = Not in your care
glass-nobody = There is no such record, or you are not in its care team.
glass-emergency = An emergency?
glass-says = You can break the glass and see the record for four hours. The privacy officer is told at once, and the patient sees that you did and why.
glass-reason = Why you must see this record
glass-do = Break the glass
glass-was-broken = Glass broken on { $at }, open until { $until }: { $reason }

menu-today = Today
menu-chase = Chase
today-days = Days
today-empty = Nobody is in the diary for this day
today-empty-says = Read the diary of the day from the program you make appointments with.
today-caption = { $n ->
    [one] One appointment
   *[other] { $n } appointments
  }
today-time = Time
today-no-time = all day
today-who = Patient
today-with = with { $name }
today-unknown = not registered
today-due = Due
today-act = Next
diary-title = Read the diary
diary-again = Read the diary again
diary-file = File of the diary
diary-hint = A calendar (.ics) or a table (.csv) with the columns date, time, name, born, number, with. At most 1 MB and 500 appointments. What was read for the same days before is replaced.
diary-do = Read it
diary-read = { $known } appointments of your patients, { $unknown } of people who are not registered.
diary-unread = These lines could not be read: { $lines }
diary-kind = File of the diary: its name ends neither in .ics nor in .csv. Save it as one of them.
diary-too-large = File of the diary: it is larger than 1 MB. Save fewer days.
diary-no-text = File of the diary: it is missing, empty, or no text in UTF-8. Choose a file that was saved as text.
diary-too-many = File of the diary: it has more than 500 appointments. Save fewer days.
diary-no-calendar = File of the diary: it is no calendar. Save it as .ics once more.
diary-no-columns = File of the diary: the first line must name the columns date and name. Add them.

chase-nothing = Nothing is overdue
chase-nothing-says = Every intake and questionnaire that was due has come, and no referral waits too long.
chase-questionnaires = { $n ->
    [one] One questionnaire is overdue
   *[other] { $n } questionnaires are overdue
  }
chase-intakes = { $n ->
    [one] One intake is not finished
   *[other] { $n } intakes are not finished
  }
chase-referrals = { $n ->
    [one] One referral waits too long
   *[other] { $n } referrals wait too long
  }
chase-what = What
chase-since = Since
chase-to = To
chase-stands = Stands at
chase-late = Overdue by
days = { $n ->
    [one] 1 day
   *[other] { $n } days
  }
days-ago = { $n ->
    [0] { $day }, today
    [one] { $day }, 1 day ago
   *[other] { $day }, { $n } days ago
  }
send-again = Send again
send-now = Send
stands-sent = sent, no answer
stands-accepted = accepted, no appointment
stands-scheduled = appointment passed
stands-missed = appointment missed
stands-other = waits

home-title = Home
home-places = Where to go
home-nothing = There is nothing for your role on these pages.
home-appointments = appointments today
home-questionnaires = questionnaires overdue
home-intakes = intakes not finished
home-referrals = referrals that wait too long
today-no-day = This is no day. Go back to the list of today.
new-link-title = A link for the patient
new-link-mailed = It is on its way by e-mail. You can also hand it over; it is not shown again:
new-link-no-address = There is no e-mail address. Hand this over; it is not shown again:
new-link-good-for = It is good for 14 days. Making another one ends it.
new-link-to-patient = To the patient
