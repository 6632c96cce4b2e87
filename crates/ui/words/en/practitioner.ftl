# What practitioners read: caseload, record, plan, session.

# The episode: one page
ep-title = Episode of care
ep-menu = Parts of this episode
ep-menu-overview = Overview
ep-menu-session = Session note
ep-menu-examine = Examination
ep-menu-plan = Plan
ep-menu-measures = Measuring
ep-menu-medicines = Medicines
ep-menu-close = Close the episode
ep-act-session = Write a session note
ep-act-refer = Refer
ep-is-closed = This episode was closed on { $when }.
ep-due = To be looked at again
ep-due-spread = Symptoms spread down the leg in a session. Examine the patient again before further hands-on care.
ep-due-harm = Something serious went wrong. Look at the whole again before going on.
ep-out-of-scope = This program is not made for this patient
ep-alarms = Alarms
ep-no-alarm = No alarm stands
ep-no-alarm-open = Questions below could still raise one: unanswered is not the same as no.
ep-no-alarm-open-none = Every question that could raise one is answered.
ep-alarms-open = { $n ->
    [one] { $n } alarm that unanswered questions could still raise
   *[other] { $n } alarms that unanswered questions could still raise
  }
ep-alarms-cleared = { $n ->
    [one] { $n } alarm that was cleared
   *[other] { $n } alarms that were cleared
  }
ep-tier-emergency = emergency
ep-tier-urgent = urgent
ep-tier-routine = routine work-up
ep-tier-watch = watch
ep-why = Why
ep-stops-hands-on = No hands-on care while this stands.
ep-may-clear = May be cleared by: { $by }.
ep-clear-open = Clear this alarm
ep-clear-reason = Why it no longer stands
ep-clear-named = Your name, { $name }, and your reason stand in the record.
ep-clear = Clear the alarm
ep-short = In short
ep-contributors = What contributes
ep-no-contributor = The findings speak for nothing in particular yet.
ep-contributors-rest = { $n ->
    [one] { $n } other: unlikely, or not enough is known
   *[other] { $n } others: unlikely, or not enough is known
  }
ep-band-very_likely = very likely
ep-band-likely = likely
ep-band-possible = possible
ep-band-unlikely = unlikely
ep-band-cannot_say = cannot say
ep-percent = { $median } ({ $low } to { $high })
ep-ratio = odds × { $ratio }
ep-basis = Where it starts from
ep-would-say-more = Would say more: { $what }.
ep-patterns = Muscle patterns
ep-patterns-hint = Patterns guide release and activation. They are not shown to be a cause.
ep-pattern = { $name }: activate { $activate }; release { $release }
ep-contested = What speaks against it
ep-because = Because: { $what }.
ep-basis-expert = expert judgement
ep-basis-secondary = not confirmed in the paper itself
ep-certified = certified by a clinician
ep-not-certified = not certified by a clinician
ep-plan = The plan
ep-plan-agreed = Agreed with the patient by { $by } on { $when }.
ep-no-plan = No plan is agreed yet. What is proposed stands below.
ep-plan-make = Make a plan with the patient
ep-plan-change = Change the plan with the patient
ep-goals = What the patient wants to be able to do:
ep-review = Looked at again on { $when }.
ep-earlier = Earlier, if:
ep-proposed = Proposed beside it
ep-not-yet = Not yet
ep-ask-first = not yet: ask { $what }
ep-not-offered = { $n ->
    [one] { $n } thing that is not offered, and why
   *[other] { $n } things that are not offered, and why
  }
ep-state-agreed = agreed
ep-state-stopped-now = agreed, and stopped now
ep-status-offered = proposed
ep-status-conflict = guidelines disagree
ep-status-not_yet = not yet
ep-status-last_resort = last resort
ep-status-stopped = stopped
ep-status-declined = not wanted by the patient
ep-status-unavailable = nobody within reach
ep-status-against = advised against
ep-status-not_indicated = not advised for this patient
ep-aim-cause = Aim: the cause.
ep-aim-symptom = Aim: the symptom.
ep-aim-prevention = Aim: prevention.
ep-acts-on = Acts on: { $what }.
ep-together = Only together with: { $what }.
ep-wanted = The patient asked for it.
ep-tried = Tried before: { $what }.
ep-guided = { $by }, under the guidance of: { $guide }
ep-overridden = Overridden by { $by }: { $reason }
ep-advice-for = for
ep-advice-against = against
ep-advice-none = no recommendation
ep-advice-open = not decided until more is asked
ep-safety-stop = Stops it
ep-safety-adapt = Done differently
ep-safety-avoid_region = Keep off a region
ep-safety-ask = A doctor is asked first
ep-dose-why = How much, and why
ep-outcome = Does it help?
ep-outcome-none = Nothing was measured yet.
ep-outcome-assign = Ask the patient to answer an instrument
ep-next = Ask next
ep-ask-patient = To the patient
ep-ask-examine = To examine
ep-ask-results = Results to enter where they exist already; no test is asked for here
ep-ask-nothing = Nothing that would change anything.
ep-ask-save = Write the answers down
ep-ask-all = All questions, as an examination
ep-not-done = Not done
ep-not-known = Not known
ep-said-not-known = not done or not known
ep-none-of-these = None of these
ep-yes = Yes
ep-no = No
ep-result-on = When it was made
ep-timeline = What happened
ep-written-later = written down on { $when }
ep-known = { $n ->
    [one] All that is known: { $n } fact
   *[other] All that is known: { $n } facts
  }
ep-not-understood = On record, and not understood by this release of the knowledge
ep-made = How this page was made
ep-made-of = Appraisal of
ep-made-jurisdiction = Scope of practice
ep-made-engine = Engine
ep-made-knowledge = Knowledge
ep-made-version = Version of the record
ep-made-shown = Shown and kept as
ep-guideline-whole = all its recommendations on back pain are known here.
ep-guideline-part = known here in part.
ep-sources = Every source that is cited
ep-source-read = read: { $how }
ep-team = Care team
ep-team-none = Nobody at present.
ep-team-since = since { $when }
ep-team-through = by a referral
ep-referrals = Referrals
ep-referrals-none = None so far.
ep-pathway = advised
ep-overdue = { $n ->
    [one] { $n } day late
   *[other] { $n } days late
  }
ep-referral-draft = draft
ep-referral-sent = sent
ep-referral-accepted = accepted
ep-referral-declined = declined
ep-referral-scheduled = appointment made
ep-referral-inprogress = in progress
ep-referral-completed = completed
ep-referral-missed = missed
ep-referral-cancelled = cancelled
ep-questions = The patient asks
ep-question-waits = waits for an answer
ep-question-your-answer = Your answer
ep-question-answer = Answer
ep-medicines = Medicines
ep-measures = Measuring
ep-wishes = What the patient wants
ep-wants = Would like: { $what }
ep-declines = Does not want: { $what }
ep-expects = Expects to be better by { $n } of 10
ep-draft-waits = You typed this on { $when } and have not sent it. Go on, or throw it away.
ep-draft-drop = Throw away what was typed
ep-draft-keep = Keep for later
ep-changed = Somebody else wrote in this record meanwhile
ep-changed-below = What you typed is below, unchanged. Look at both, then send it again.
ep-two-windows = In another window you typed something else
ep-two-windows-below = What you typed in this window is below. What you send now takes the place of the other.
ep-refused-because = What it rests on
ep-refused-remedy = What to do:
ep-done-facts = The answers are written down
ep-done-alarm = The alarm is cleared, by name, with a reason
ep-done-answer = The patient can read your answer
ep-done-session = The session is signed
ep-done-amended = The addendum is signed; what was written before stays
ep-done-plan = The plan is agreed
ep-done-medicine = The medicine is written down
ep-done-assigned = The patient is asked to answer
ep-done-paper = The answers are written down
ep-done-closed = The episode is closed
ep-done-harm = The adverse event is written down
ep-done-dropped = What was typed is thrown away

ep-reasons = { $n ->
    [one] Why, and where it comes from: { $n } reason
   *[other] Why, and where it comes from: { $n } reasons
  }
ep-timeline-older = { $n ->
    [one] { $n } older thing
   *[other] { $n } older things
  }
ep-chart = Where it hurts
ep-chart-by = Marked by { $by } on { $when }.
ep-chart-feels = It feels: { $what }.
ep-alert = The patient's answers raised an emergency, and nobody has taken it up
ep-alert-take = Take it up

# What happened, event by event
ev-opened = The episode began
ev-closed = The episode was closed
ev-facts = Answers and findings
ev-facts-count = { $n ->
    [one] { $n } of them
   *[other] { $n } of them
  }
ev-alarm = Alarm cleared: { $what }
ev-shown = The appraisal was shown
ev-plan = A plan was agreed
ev-plan-revised = The plan was changed
ev-ref-drafted = A referral to a { $what } was begun
ev-ref-sent = A referral was sent
ev-ref-accepted = The referral was accepted
ev-ref-declined = The referral was declined
ev-ref-scheduled = Appointment on { $what }
ev-ref-started = The patient came
ev-ref-missed = The patient did not come
ev-ref-completed = The referral was completed
ev-ref-cancelled = The referral was called off
ev-ref-reopened = The referral was taken up again
ev-left = Somebody left the care team
ev-consent-treatment = The patient agreed to { $what }, its risks named
ev-safety-net = The patient was told when to come back at once
ev-session = Session
ev-session-stopped = Session, stopped: symptoms spread down the leg
ev-session-amended = Addendum to a session
ev-assigned = The patient is asked to answer: { $what }
ev-answered = Answered: { $what }
ev-harm = Adverse event
ev-medicine = Medicine
ev-question = The patient asked
ev-question-answered = The team answered
ev-consent = The patient agreed to: { $what }
ev-consent-withdrawn = The patient no longer agrees to: { $what }
ev-merged = Two files are one patient
ev-unmerged = Two files are two patients after all
ev-warned = The patient was told to seek emergency care
ev-alert-taken = The emergency alert was taken up
ev-elsewhere = Treatment elsewhere: { $what }
ev-wants = Would like: { $what }
ev-declines = Does not want: { $what }
ev-goals = Wants to be able to: { $what }
ev-pain = Pain { $before } before, { $after } after.
ev-home = At home: { $what }

# The session note
se-title = Session note
se-amend-title = Session
se-amend = Addendum
se-closed = This episode is closed: nothing more is written down in it.
se-day = Day
se-began = It began at
se-began-hint = For example 14:05
se-began-wrong = It began at: write hour and minute, for example 14:05.
se-minutes = Minutes in all
se-minutes-wrong = Minutes: write a whole number up to 600.
se-min = min
se-pain-before = Pain before
se-pain-after = Pain after
se-pain-least = no pain
se-pain-most = the worst imaginable
se-work = What was done
se-row = Row { $n }
se-row-technique = Technique
se-row-target = Muscle or joint
se-row-side = Side
se-row-direction = Direction
se-row-minutes = Minutes
se-row-pressure = Pressure
se-row-position = Position
se-row-more = Dose, further
se-row-override = Why it is done all the same
se-side-left = Left
se-side-right = Right
se-side-both = Both
se-pressure-light = Light
se-pressure-moderate = Moderate
se-pressure-deep = Deep
se-position-prone = On the belly
se-position-supine = On the back
se-position-side_lying = On the side
se-position-seated = Sitting
se-position-standing = Standing
se-avoid-prone = not on the belly
se-avoid-supine = not on the back
se-avoid-side_lying = not on the side
se-avoid-seated = not sitting
se-avoid-standing = not standing
se-add-row = Add a row
se-remove-row = Take row { $n } away
se-no-work = Technique: choose at least one.
se-override-choice = { $what } (needs a reason)
se-refused-choice = { $what } (refused today)
se-not-offered = { $n ->
    [one] { $n } technique refused today, and why
   *[other] { $n } techniques refused today, and why
  }
se-out-of-scope = { $n ->
    [one] { $n } technique lies outside your scope of practice here and is not listed.
   *[other] { $n } techniques lie outside your scope of practice here and are not listed.
  }
se-same = as last time
se-new = new
se-different = changed
se-before = last time: { $what }
se-first = There is no earlier session to carry forward.
se-carried = Carried forward from { $when }, by { $by }. Change what was different.
se-since = { $n ->
    [one] New since then: { $n } thing
   *[other] New since then: { $n } things
  }
se-response = What it did
se-spread = Did symptoms spread down the leg?
se-spread-hint = Yes stops the session, and the patient is to be looked at again.
se-stopped = stopped
se-consent = Consent to treatment
se-consent-to = The patient agrees to { $what } after these risks were named
se-representative = Somebody who may decide for the patient agreed
se-safety = When to come back at once
se-safety-net = The patient was told again
se-safety-open = What was said
se-safety-said = What was said, line by line
se-safety-written = Given in writing too
se-home-title = At home
se-home = Home programme
se-adherence = Of the last home programme was done
se-adherence-hint = From 0 to 100 percent
se-harm = Something went wrong
se-harm-what = What happened
se-harm-missing = Say of each what you think now: how serious, how bad, whether from the treatment, whether to be expected.
se-harm-seriousness = Was it serious: death, danger to life, hospital, lasting harm?
se-harm-seriousness-serious = Serious
se-harm-seriousness-not_serious = Not serious
se-harm-severity = How bad was it?
se-harm-severity-mild = Mild: noticed, and no more
se-harm-severity-moderate = Moderate: it got in the way
se-harm-severity-severe = Severe: it stopped ordinary life
se-harm-relatedness = Did the treatment cause it?
se-harm-relatedness-unrelated = No
se-harm-relatedness-unlikely = Hardly
se-harm-relatedness-possible = It may have
se-harm-relatedness-probable = More likely than not
se-harm-relatedness-definite = Yes
se-harm-expectedness = Was it to be expected?
se-harm-expectedness-expected = Among the risks that are named
se-harm-expectedness-unexpected = Not to be expected
se-guidance = Guidance of the referral
se-supervisor = supervised by { $by }
se-alarm = An alarm stops hands-on care
se-alarm-see = See the alarms
se-sign = Sign and lock
se-sign-amend = Sign the addendum
se-reason = Why it is corrected
se-reason-hint = What was written before stays on record beside it.
se-signed = Signed by { $by }, { $when }
se-signed-before = Before that: { $by }, { $when }
se-why = Why it was corrected: { $what }
se-told-minutes = { $n ->
    [one] { $n } minute.
   *[other] { $n } minutes.
  }

# The examination
ex-title = Examination
ex-hint = What matters most comes first. Leave open what you did not get to; after recording, the next best questions appear.
ex-kind-examination = Tests and findings
ex-kind-history = What the patient tells
ex-kind-background = Background
ex-kind-treatment = Treatment so far
ex-kind-imaging = Pictures that exist already
ex-kind-laboratory = Laboratory results that exist already
ex-muscles = Muscles
ex-muscle = Muscle
ex-muscles-rest = { $n ->
    [one] { $n } more muscle
   *[other] { $n } more muscles
  }
ex-tender = Tender, familiar pain
ex-weak = Weak
ex-short = Short
ex-next = ask next
ex-known = { $what }, { $when }
ex-add = Something else
ex-add-it = Add it
ex-record = Record the examination
ex-instruments = Questionnaires that would say more

# The plan
pl-title = Plan
pl-heard = What the patient wants, and what was tried
pl-nothing-heard = Nothing is known yet of what the patient wants and what was tried.
pl-what-for = What for
pl-goals = What the patient wants to be able to do
pl-goals-hint = In the patient's words, one per line.
pl-proposed = In the plan
pl-nothing-proposed = Nothing can be proposed at present.
pl-possible = { $n ->
    [one] { $n } more thing that is possible
   *[other] { $n } more things that are possible
  }
pl-in = { $what } is in the plan
pl-by = Who does it
pl-guide = Under the guidance of
pl-dose = How much
pl-techniques = Techniques that are agreed
pl-adapted = { $what } (done differently)
pl-over = Why it is planned all the same
pl-over-hint = Your name stands beside it.
pl-answers = Write these answers down and look again
pl-add = Something else
pl-add-it = Add it
pl-until = Until when
pl-review = Looked at again on
pl-earlier = Looked at again earlier, if
pl-more = Or if
pl-more-hint = One per line.
pl-reason = Why the plan changes
pl-agree = The patient agrees: this is the plan
pl-revise = The patient agrees: this is the new plan
pl-no-line = Nothing stands in the plan. Choose at least one line.

# Medicines
me-now = Taken now
me-nothing-told = Nothing is known about medicines, which is not the same as none.
me-none-now = None at present.
me-no-opioid = No opioid today.
me-opioid = opioid
me-morphine = { $mg } mg of oral morphine a day
me-morphine-not-known = At least { $mg } mg of oral morphine a day; not known: { $what }
me-morphine-hint = It estimates risk. It is never used to change from one opioid to another.
me-add = Write a medicine down
me-medicine = Medicine
me-another = Another one
me-other = Its name, where it is another one
me-other-hint = Only where the list does not have it.
me-other-missing = Its name: write down what the medicine is called.
me-class = What its days are counted as, where it is another one
me-route = How it is taken
me-route-oral = By mouth
me-route-transdermal = Patch on the skin
me-amount = Dose
me-unit = Unit of the dose
me-from = First day
me-to = Last day
me-to-hint = Leave empty while it is still taken.
me-days = { $n ->
    [one] on { $n } day
   *[other] on { $n } days
  }
me-days-hint = Leave empty for every day.
me-days-field = On how many of these days
me-save = Write it down
me-all = Everything that was written down
me-from-to = { $from } to { $to }
me-since = since { $from }

# Measuring
ms-open = Assign or write down answers
ms-open-title = What waits for an answer
ms-nothing-due = Nothing waits for an answer.
ms-overdue = overdue
ms-assign = Ask the patient to answer
ms-instrument = Instrument
ms-wave = Wave
ms-wave-baseline = At the beginning
ms-wave-week_2 = Week 2
ms-wave-week_6 = Week 6
ms-wave-week_10 = Week 10
ms-wave-week_26 = Week 26
ms-wave-week_52 = Week 52
ms-due = Due on
ms-due-hint = Leave empty for the day of the wave.
ms-due-missing = Due on: choose a wave, or name a day.
ms-assign-save = Ask
ms-link-of = Make a link: { $what }
ms-paper-of = Write answers down: { $what }
ms-paper-any = Write down a paper that nobody asked for
ms-paper = Answers on paper
ms-no-wording = The wording of the items may not be shown here: have the paper beside you.
ms-item = Item { $n }
ms-left-out = Not answered
ms-mode = How it was answered
ms-mode-paper = On paper
ms-mode-in_clinic = On a screen in the clinic
ms-mode-telephone = By telephone
ms-mode-online = On a page of ours, away from the clinic
ms-by = Who answered
ms-by-patient = The patient alone
ms-by-patient_helped = The patient, with somebody reading or writing
ms-by-proxy = Somebody close, for the patient
ms-by-clinician = A clinician
ms-day = Answered on
ms-paper-save = Write the answers down
ms-no-answer = No item is answered. Answer at least one.

# Closing
cl-title = Close the episode
cl-what = Nothing more is written down in it afterwards; it stays readable, and a new episode can take it up again.
cl-referrals = { $n ->
    [one] { $n } referral is still open and is called off with it.
   *[other] { $n } referrals are still open and are called off with it.
  }
cl-reason = Why it ends
cl-reason-hint = For example: the goals are reached; the patient goes elsewhere.
cl-close = Close the episode
