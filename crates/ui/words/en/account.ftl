# Signing in, one's own account, and the first steps.

go-on = Go on
sign-out = Sign out
sign-in-title = Sign in
sign-in-email = E-mail
sign-in-password = Password
sign-in-do = Sign in
sign-in-passkey = Sign in with a passkey
sign-in-with = Sign in with { $name }
sign-in-elsewhere = Sign in elsewhere
sign-in-elsewhere-go-on = Go on to sign in there
sign-in-done = Signed in

code-title = Second factor
code-label = Code of your authenticator app, or a recovery code
code-hint = The app shows six digits, new ones every half minute.
code-passkey = Use a passkey

locked-title = Locked
locked-says = Nobody did anything for a quarter of an hour. What you were writing in another window is still there.
locked-do = Unlock
locked-passkey = Unlock with a passkey

set-up-title = Welcome
set-up-password = New password
set-up-hint = At least 12 characters. A few words that do not belong together are easier to remember than signs.
set-up-do = Set the password

organisations-title = For whom do you act?
organisations-none = You have no role in any organisation. Ask the owner of yours.

account-title = Your account
account-name = Name
account-organisation = You act for
account-organisation-change = Choose another
account-second-factors = Second factors
account-factors = Passkeys and apps: { $listed }. Recovery codes left: { $codes }.
account-factors-add = Add one
account-lock = Lock
account-language = Language of the pages
account-password = Password
account-new-password = New password
account-password-change = Change it
account-sessions = Where you are signed in
account-session = Since { $since }, { $how }
account-session-this = this one
account-session-end = End it
how-password = by password
how-passkey = by passkey
how-issuer = by another account
how-link = by a one-time link
how-other = in another way

factor-title = Second factor
factor-needed = Records of patients need more than a password. Set up one of these; it takes a minute.
factor-passkey = A passkey
factor-passkey-says = Your fingerprint, your face or a security key: nothing to type, and nothing that could be given away.
factor-passkey-add = Add a passkey
factor-passkey-noscript = Passkeys need JavaScript; an app does not.
factor-app = An authenticator app
factor-app-set-up = Set up an app
app-picture = The secret as a QR code
app-says = Photograph this with the app, or type the letters below it.
app-code = The six digits it shows
app-do = Confirm
recovery-title = Recovery codes
recovery-says = Print these or write them down, and keep them apart from your telephone. Each opens your account once if the app is lost. They are not shown again.

unsent-title = Not sent yet
unsent-says = This was written when your session locked itself. Nothing of it is lost: send it now, or throw it away.
unsent-send = Send it now
unsent-throw-away = Throw it away
unsent-nothing = Nothing waits to be sent.
