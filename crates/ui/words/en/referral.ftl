# Caseload, referrals, directory, and what somebody outside reads who was sent one.

caseload-title = Your caseload
caseload-show = Show
caseload-all = Everybody
caseload-alarm = Alarms
caseload-worse = Got worse
caseload-not-better = Not better by week 6
caseload-overdue = Overdue
caseload-question = Questions
caseload-new = New
caseload-order = Order:
order-urgency = What calls first
order-name = Name
order-session = Last session
order-next = Next appointment
caseload-none = Nobody here
caseload-none-at-all = You have nobody in care. Whoever opens an episode or takes a referral has the patient here.
caseload-none-here = For none of your patients this holds today.
caseload-worse-alert = { $n ->
    [one] One of your patients got worse by so much that it matters.
   *[other] { $n } of your patients got worse by so much that it matters.
  }
caseload-week = week { $n }
caseload-session = last session { $day }
caseload-next = Next: { $day }
caseload-next-today = Next: today
caseload-questions = { $n ->
    [one] A question waits
   *[other] { $n } questions wait
  }
caseload-is-new = New this week
person-born = born { $day }

alarm-emergency = Emergency: { $name }
alarm-urgent = Urgent: { $name }
alarm-routine = To be looked at: { $name }
outcome-worse = { $name }: worse ({ $rule })
outcome-better = { $name }: better ({ $rule })
outcome-not-better = { $name }: not better by week 6 ({ $rule })
late-answers = Answers due since { $day }
late-referral = { $n ->
    [one] Referral one day overdue
   *[other] Referral { $n } days overdue
  }
late-review = Plan review due since { $day }
late-appraisal = To be appraised again since { $day }

referrals-title = Referrals
referrals-which = Which
referrals-open = Open
referrals-over = All, with those that are over
referrals-in = To you and your organisation
referrals-out = From you
referrals-late = { $n ->
    [one] On { $day } one of these is overdue.
   *[other] On { $day } { $n } of these are overdue.
  }
referral-of = Referral of { $name }
referral-patient = Patient
referral-as = Profession
referral-appointment = Appointment
referral-appointment-on = Appointment on { $day }
referral-anybody = anybody
referral-from = From
referral-to = To
referral-pathway = Pathway
referral-until = Answer expected by
referral-accepted-by = Taken by
referral-outside = Not in the directory; the link goes to { $email }
referral-calendar = Add to a calendar
referral-says-nothing = Nothing is written yet.
referral-so-far = So far
referral-next = What next
referral-changed = Somebody else did something with this referral in the meantime. This is how it stands now; what you typed is still here.
overdue-days = { $n ->
    [one] One day overdue
   *[other] { $n } days overdue
  }

referral-draft = Draft
referral-sent = Sent, waits for an answer
referral-accepted = Accepted
referral-declined = Declined
referral-scheduled = Appointment given
referral-in-progress = In progress
referral-completed = Completed
referral-missed = Did not come
referral-cancelled = Called off

do-accept = Accept
do-accept-means = Accepting adds you to the care team and opens the record to you.
do-decline = Decline
decline-reason = Reason
decline-why = Why you decline
do-schedule = Give an appointment
do-reschedule = Change the appointment
appointment-day = Day of the appointment
do-start = The patient came
do-miss = The patient did not come
do-complete = Complete with this report
report = Report
report-hint = What was found and done, and what should happen now.
do-cancel = Call off
cancel-why = Why it is called off
do-reopen = Take up again
reopen-why = Why it is taken up again
do-link = Send the link again
do-link-means = A new link goes to the same e-mail address; the one before it ends.
calendar-says = Appointment

draft-title = New referral of { $name }
draft-pathways = Pathways for this patient
draft-pathways-none = No pathway applies by what is on record.
draft-free = Any other referral
draft-begin = Begin
pathway-within = How fast:
draft-whom = To whom
draft-narrow = More about whom you look for
draft-find = Look in the directory
draft-to = Addressee
draft-anybody-at = Anybody of this profession at { $name }
draft-outside = Somebody who is not in the directory
draft-outside-hint = They answer by a link that is sent to their e-mail address. They need no account.
draft-nobody = Addressee: nobody is chosen. Choose somebody, or send it to somebody outside.
draft-no-profession = Profession: nothing is chosen. Choose to which profession it goes.
draft-other-profession = Addressee: whoever was chosen is not of this profession. Look in the directory again and choose.
draft-content = What it says
draft-content-hint = What is on record stands here already. Read it, correct it, and add what is missing.
draft-more = Anything else
draft-guidance = What to keep to
draft-guidance-hint = It travels with the referral and is shown to whoever treats, on every session.
draft-send = Send
draft-save = Keep as a draft
draft-changed = Somebody else wrote this draft in the meantime. Theirs stands here; yours is in the form. Sending or keeping the form puts yours in its place.
outside-name = Their name
outside-email = Their e-mail address
outside-email-hint = Only for somebody who is not in the directory. The link and its codes go there, so it must be theirs alone.
outside-name-missing = Their name: this is missing. Write down whom the referral is for.
outside-email-wrong = Their e-mail address: this does not look like one. Write it as name@example.org.

guidance-none = Nothing in particular.
guidance-supervised = Under the guidance of { $name }.
guidance-row = Guidance { $n }
guidance-what = Not to be done
guidance-where = Only there
guidance-positions = Positions to avoid
guidance-words = In your own words
guidance-words-hint = Left empty, it is put into words from the choices above.
guidance-where-only = Not to be done: nothing is chosen for this place. Choose what is not to be done there, or say it in words.
guidance-supervisor = Under whose guidance
guidance-all-of = All: { $what }
guidance-no = No { $what }
guidance-avoid = Avoid { $positions }
guidance-under-supervision = Treatment under supervision
position-prone = lying on the belly
position-supine = lying on the back
position-side = lying on the side
position-seated = sitting
position-standing = standing

prefill-medicine = { $name }, since { $day }
prefill-medicine-dose = { $name } { $dose }, since { $day }
prefill-sessions = { $n ->
    [one] One session, { $by }, { $first }
   *[other] { $n } sessions, { $by }, { $first } to { $last }
  }
prefill-cleared = { $what }: cleared by { $by } ({ $day }): { $reason }
prefill-absent = Asked or tested and not there: { $list }

directory-title = Directory
directory-name = Name
directory-technique = Offers this technique
directory-language = Speaks this language
directory-language-hint = As a short code, such as en or es.
directory-area = Sees patients in
directory-room = Has room for new patients, or does not say
directory-find = Search
directory-found = { $n ->
    [one] One person
   *[other] { $n } people
  }
directory-more = The first { $n } are shown. Say more about whom you look for.
directory-nobody = Nobody was found
directory-nobody-says = Leave something out, or send the referral to somebody who is not in the directory.
directory-who = Name
directory-where = Where
directory-new = New patients
directory-scope = Scope of practice
directory-zone = Time zone
directory-techniques = Techniques offered
directory-languages = Languages
directory-languages-hint = Short codes with commas between them: en, es.
directory-areas = Places
directory-areas-hint = Towns or districts in which you see patients, with commas between them.
directory-own = What you say about yourself
directory-own-hint = Colleagues find you by this. Your name, profession and training are for the owner of your organisation to change.
directory-save = Save
room-yes = Takes new patients
room-waiting = Waiting list
room-no = No room at present
room-not-said = Not said

link-referral = Referral to somebody outside
caseload-alert = { $n ->
    [one] A patient was told to get help now. See to it.
   *[other] { $n } patients were told to get help now. See to it.
  }
outsider-title = A referral for you
outsider-door = A clinic has a referral for you. To show that it reached you, we send a code to the e-mail address to which this link was sent. It is good for ten minutes.
outsider-send-code = Send me a code
outsider-code = Code from the e-mail
outsider-code-sent = A code is on its way to your e-mail address.
outsider-open = Open the referral
outsider-another-code = Send another code
outsider-code-wrong = Code from the e-mail: that is not the code. { $n ->
    [one] You can try once more.
   *[other] You can try { $n } more times.
  }
outsider-code-gone = Code from the e-mail: that code is not good any more. Have another one sent.
outsider-not-good-title = This link is not good any more
outsider-not-good = Ask the clinic that sent it for a new one.
outsider-answer = Your answer
outsider-name = Your name
outsider-name-hint = It stands in the patient's record beside your answer.
outsider-name-wrong = Your name: it holds characters that nobody sees. Type it again by hand.
outsider-profession = Your profession
outsider-decline-why = If you decline: why
outsider-over = This referral is not open any more. Ask the clinic that sent it.
outsider-over-completed = Thank you. Your report has arrived, and the referral is complete.
outsider-over-declined = Thank you. The clinic knows that you do not take this referral.
outsider-close = Close this referral
outsider-closed = Closed
outsider-closed-says = You can close this window. The link in the e-mail brings you back.
