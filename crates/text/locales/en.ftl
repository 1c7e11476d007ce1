### Everything the window says. A sentence names what happened and what to do; it never blames and never shows codes.
### Words: sign in, sign out, sign up (never log in) · account · project, its owner · link, code · e-mail, mail · password ·
### second factor, authenticator app, passkey · keychain · way to sign in · provider · picture.

# Who the app is (`cargo xtask rename` writes these three). No other line spells them.
-brand = Foyer
-program = foyer
-variables = FOYER
app-name = { -brand }
navigation = Pages
loading = Loading your account
try-again = Try again
cancel = Cancel
dismiss = Dismiss
back = Back
remove = Remove

## Connect

connect-title = Connect a Supabase project
connect-lead = { -brand } is the account app for your project. It needs to know which one.
connect-local-found = A project is running on this computer
connect-local = Use local project
connect-url = Project URL
connect-url-example = https://abcd.supabase.co
connect-url-hint = In the Supabase dashboard under Project Settings, Data API.
connect-key = Publishable key
connect-key-example = sb_publishable_…
connect-key-hint = Under Project Settings, API Keys. An older anon key works too.
connect-submit = Connect

## Sign in and sign up

sign-in-title = Sign in
sign-up-title = Create your account
sign-in-tabs = Sign in or create an account
tab-sign-in = Sign in
tab-sign-up = Sign up
tab-magic-link = E-mail link
magic-link-lead = We send you a link that signs you in. No password needed.
magic-link-send = Send link
forgot-password = Forgot password?
confirm-again = Send the link again
or = or
continue-with = Continue with { $provider }
anonymous = Continue without an account
have-code = I have a code or a link
sign-in = Sign in
sign-up = Create account
sign-in-no-way = This project lets nobody in by any way that { -brand } knows.
email = E-mail
password = Password
password-hint = At least 6 characters. The project may ask for more.
show-password = Show password
hide-password = Hide password
caps-lock = Caps lock is on.
phone = Phone
code = Code
code-hint = The digits from the mail.
code-submit = Confirm code
foreign-code-title = Use a code or a link
foreign-code-lead = An invitation or another mail may hold a code. Say where it came to.
paste-link-open = Paste a link instead
paste-link = Link
paste-link-hint = The link from the mail, as you copied it, or the address that your browser ended up at.
paste-link-submit = Use this link
public-profile-open = Look up a public profile
public-profile-title = Public profile
public-profile-lead = See what anyone may see of somebody. You need not be signed in.
public-profile-submit = Look up
public-profile-nobody = Nobody of that name shows a public profile.
full-name = Full name
project-line = Project: { $host }
project-change = Change

signed-out-asked = You are signed out.
signed-out-elsewhere = You were signed out from another device or by the project’s owner.
signed-out-expired = Your session has ended: the project limits how long one lasts. Please sign in again.
signed-out-banned = This account has been suspended. Ask the project’s owner about it.
signed-out-deleted = This account no longer exists.
signed-out-store-lost = The saved session on this computer could not be read. Please sign in again.

## Waiting for a mail

waiting-step-open = Open the mail on this computer and click the link in it.
waiting-step-open-loopback = Open the mail in a browser on this computer, while { -brand } is running, and click the link in it.
waiting-step-browser = Go on in the page that opened in your browser.
waiting-step-browser-loopback = Go on in the page that opened in your browser on this computer. Keep { -brand } running.
waiting-end-signed-in = { -brand } comes to the front by itself and you are signed in.
waiting-end-recovery = { -brand } comes to the front by itself and asks for your new password.
waiting-end-email-change = Your new address counts once it is confirmed. The project may ask both mailboxes.
waiting-end-link-provider = { -brand } comes to the front by itself and the account is linked.
waiting-end-captcha = { -brand } goes on by itself with what you began.
waiting-title-mail = Check your mail
waiting-title-email-change = Confirm your new address
waiting-title-provider = Continue in your browser
waiting-title-link-provider =
    { $provider ->
        [none] Link a provider in your browser
       *[other] Link { $provider } in your browser
    }
waiting-title-captcha = Solve a puzzle in your browser
waiting-lead-sign-up = To confirm your address, we sent a link to
waiting-lead-magic-link = We sent a link that signs you in to
waiting-lead-recovery = If there is an account, a link to choose a new password is on its way to
waiting-lead-email-change = We sent a link to
waiting-lead-provider =
    { $provider ->
        [none] Sign in with your provider there.
       *[other] Sign in with { $provider } there.
    }
waiting-lead-link-provider =
    { $provider ->
        [none] Allow it there, and the provider becomes one more way in.
       *[other] Allow it there, and { $provider } becomes one more way in.
    }
waiting-lead-captcha = The project wants to be sure that you are a person.
waiting-halfway = 1 of 2 confirmed. Now open the mail at your other address.
waiting-finishing = The answer is here. One moment…
waiting-code = If the mail shows a code, you can type it instead
waiting-copied = Copied. Paste it into another browser.
open-inbox = Open inbox
open-again = Open the browser again
copy-address = Copy the address
waiting-step-spam = Nothing there after a minute? Look in your spam folder.
waiting-local = This is a local project, so its mail stays on this computer. Open the inbox in your browser and click the link in the mail:
waiting-exchanging = The link is here. Signing you in…
waiting-resend = Send a new link
waiting-resend-in = Send a new link in { $seconds } s
waiting-resent = A new link is on its way. The old one no longer works.
waiting-resent-sign-up = If your address is not confirmed yet, a new link is on its way and the old one no longer works. If it is, sign in.
waiting-confirmed = I have confirmed it: sign in
another-way-open = Come back another way
another-way-lead-mail = A click on the link does not lead back here? { -brand } can open another way back on this computer and send you a new link for it. Open that one in a browser on this computer, while { -brand } is running.
another-way-mail = Send a link that comes back this way
another-way-lead-browser = The browser does not lead back here? { -brand } can open another way back on this computer and begin anew in the browser. Keep { -brand } running.
another-way-browser = Begin anew in the browser
waiting-cancel = Use another address
## A link that nobody here asked for

consent-title = Sign in with this link?
consent-checking = Asking whom this link signs in…
consent-email = This link signs you in as
consent-unknown = This link does not tell whom it signs in.
consent-question = Continue only if you expected it.
consent-invitation = It is an invitation: you choose a password next.
consent-continue = Continue

## New password and second factor

new-password = New password
new-password-title = Choose a new password
new-password-lead = For { $email }. From now on you sign in with it.
new-password-lead-nobody = From now on you sign in with it.
new-password-submit = Save password
new-password-skip = Not now
new-password-factor-first = Your second factor first: type the code from your authenticator app, then the new password is saved.
current-password = Current password
current-password-hint = The project asks for it as well.
nonce = Code from the mail
nonce-hint = The project asks for a code as well. It is on its way to your mailbox.
nonce-again = Send a new code
mfa-title = One more step
mfa-lead = Your account asks for a code from your authenticator app as well.
mfa-which = Which one?
mfa-name = Authenticator { $number }
mfa-name-phone = Phone { $number }
mfa-name-passkey = Passkey { $number }
mfa-name-other = Second factor { $number }
mfa-kind-authenticator = Authenticator app
mfa-kind-phone = A code that is sent to a phone. { -brand } cannot ask for it.
mfa-kind-passkey = A passkey or security key. { -brand } cannot ask for it.
mfa-kind-other = Of a kind that { -brand } does not know and cannot ask for.
mfa-elsewhere-phone = Your account asks for a code that is sent to your phone as well, and { -brand } cannot do that. Sign in on the project’s own site, add an authenticator app there, then come back.
mfa-elsewhere-passkey = Your account asks for your passkey or security key as well, and { -brand } cannot do that. Sign in on the project’s own site, add an authenticator app there, then come back.
mfa-elsewhere-other = Your account asks for a second factor that { -brand } cannot ask for. Sign in on the project’s own site, add an authenticator app there, then come back.
mfa-code = Code
mfa-code-hint = 6 digits
mfa-verify = Continue

## Account

nav-account = Account
nav-security = Security
nav-security-waiting = Something waits there
anonymous-name = Without an account
anonymous-word = You are here without an account. Add an address, or all of this is lost when you sign out.
anonymous-leave-title = Leave for good?
anonymous-leave-text = You have no address here, so nobody can come back to this account. It is lost when you sign out.
anonymous-leave = Lose it and sign out
sign-out = Sign out
account-title = Account
account-checking = Checking for changes…
missing-table = This project has no place for a profile, so { -brand } shows what the sign-in keeps: your name. The project’s owner can add the place.
missing-columns = This project’s table has no place for { $columns }. The project’s owner can add it.
owner-sql = SQL for the project’s owner
copy-sql = Copy the SQL
copied-sql = Copied.
account-error-title = Your account could not be loaded
account-no-email = No e-mail address
offline = You are offline. This is what { -brand } remembers from last time.
profile-title = Profile
username = Username
username-hint = At least 3 characters. Others see it.
website = Website
website-hint = For example https://example.com
save = Save changes
saved = Saved
saved-later = Kept. It is sent when you are online.
queued-title = Waits to be sent
queued-lead = You changed this offline. { -brand } sends it as soon as the server can be reached.
queued-memory = { -brand } keeps it in memory only: it is lost when { -brand } is closed before then.
queued-discard = Discard
conflict-title = Changed here and elsewhere
conflict-lead = Your profile was changed elsewhere in the meantime. Which version stays?
conflict-mine = Yours
conflict-theirs = On the server
conflict-keep-mine = Keep mine
conflict-take-theirs = Take the server’s
empty-value = Empty
unsaved = Unsaved changes
revert = Revert
reverted = Changes reverted.
restore = Bring them back
unsaved-title = Sign out now?
unsaved-text = Changes to your profile have not reached the server yet. They are lost when you sign out.
unsaved-stay = Stay
unsaved-discard = Discard and sign out

## Drafts, leaving, what others see

restored = What you typed last time is back. It is not saved yet.
username-free = This username is free.
leaving-title = Leave without saving?
leaving-text = Changes to your profile are not saved yet. { -brand } keeps what you typed: it is here when you come back.
leaving-go = Leave
closing-title = Close without saving?
closing-text = Changes to your profile are not saved yet. { -brand } keeps what you typed on this computer: it is there when you open { -brand } again.
closing-go = Close
closing-text-memory = Changes to your profile are not saved yet. { -brand } writes nothing on this computer, so they are lost when you close it.
closing-go-memory = Discard and close
public-own-lead = What anyone may see of you, without signing in.
public-own-look = Show what others see
public-own-again = Look again
public-own-close = Hide
public-own-empty = Others see an empty profile: nothing is saved in it yet.
public-own-nothing = Others see nothing of your profile. This project shows it to you alone.
public-own-hidden = Others do not see your e-mail address or how you sign in.
public-own-no-picture = Your picture is not shown to others: this project keeps it private.

## Security

security-title = Security
security-sign-in = Signing in
security-sessions = Where you are signed in
security-account = The account
change = Change
add = Add
manage = Manage
close = Close
continue = Continue
password-state-unknown = The project does not tell whether there is one. You can set a new one.
password-state-anonymous = Needs an address first.
email-address = E-mail address
email-state-none = There is none yet.
keep-account-lead = None yet. With one, this account is yours on every device.
change-email-lead = A mail asks you to confirm the new address. The project may ask at the old one too.
two-factor-title = Two-factor authentication
two-factor-off = Off. Switched on, signing in takes a code from an app as well.
two-factor-count =
    { $count ->
        [one] On, with 1 second factor.
       *[other] On, with { $count } second factors.
    }
two-factor-count-day =
    { $count ->
        [one] On, with 1 second factor, added on { $day }.
       *[other] On, with { $count } second factors, the last one added on { $day }.
    }
email-state-changing = { $email } waits to be confirmed.
sessions-last = The last sign-in anywhere was on { $day }.
identities-title = Ways to sign in
identities-count =
    { $count ->
        [one] 1 way:
       *[other] { $count } ways:
    }
identities-none = The project has not listed your ways to sign in.
session-title = This computer
sessions-title = Other devices
sessions-state = The project does not list them, but it can sign you out there.
sessions-lead = Lost a device, or signed in somewhere you do not trust? “Elsewhere” keeps you signed in here.
mfa-enroll = Set up
delete-title = Delete account
change-password = Change password
keep-account = Keep this account
new-email = New address
change-email = Change address
two-factor-elsewhere = On, but { -brand } cannot ask for the second factor that you have. Add an authenticator app, or you cannot sign in here the next time.
mfa-enroll-another = Add another
mfa-unfinished = Never finished. It is not asked for.
mfa-remove-named = Remove { $name }
mfa-new-title = Add an authenticator app
mfa-scan = Scan this picture with your authenticator app, then type the code that it shows.
mfa-qr = QR code for the authenticator app
mfa-secret = No camera? Type this key:
mfa-first-code = Code from the app
mfa-finish = Switch on
identity-only = Cannot be removed: the server lists no other
identity-unnamed = This server does not let { -brand } remove it
identity-unknown = Another way
identity-sso = Single sign-on
identities-address = Your address { $email } may sign you in as well: with a link by e-mail, or with a password if you have set one.
unlink-named = Remove { $provider }
link = Link
link-named = Link { $provider }
sign-out-others = Sign out elsewhere
sign-out-everywhere = Sign out everywhere
protection-keychain = Protected by the system’s keychain.
protection-key-file = Protected by file permissions only: whoever can read your files can read the session.
protection-memory = Kept in memory only: you sign in at every start.
protection-waiting = Your session waits for the system’s keychain.
protection-unknown = { -brand } is finding out what protects your session.
diagnostics-title = Report a problem
diagnostics-lead = Copies what a report needs: versions, settings and the last events. It holds no password or key and nothing of your account.
diagnostics-copy = Copy diagnostics
diagnostics-copied = Copied. You can paste it into your report.
delete-lead = Your account with everything in it goes for good.
delete-account = Delete…
delete-dialog-title = Delete your account?
delete-what-goes = Your profile, your picture, your ways to sign in and your sessions on every device are deleted at once. Nobody can bring them back.
delete-confirm = To confirm, type { $text }
delete-submit = Delete for good

## Settings

nav-settings = Settings
settings-title = Settings
# Appearance
appearance-title = Appearance
theme = Theme
language = Language
language-system = As the system
theme-system = As the system
theme-light = Light
theme-dark = Dark

protection-title = Security
protection-lead = How your session, and what { -brand } remembers of your account, is kept on this computer.
protection-no-modes = The disk that { -brand }’s folder lies on keeps no file permissions: others on this computer may be able to read the files in it.
protection-choice-keychain = System’s keychain
protection-hint-keychain = The files are encrypted, and the keychain holds the key. It opens with your login.
protection-choice-key-file = File permissions only
protection-hint-key-file = The key lies in a file beside the session. Works everywhere; keeps out other users, but nothing that can read your files.
protection-choice-memory = Memory only
protection-hint-memory = Nothing of your session and account is written. You sign in at every start, and changes that wait to be sent are lost when { -brand } is closed.
keychain-locked = The system’s keychain is locked. Unlock it in your system’s password or keychain app, then try again.
keychain-unanswered = The system’s keychain does not answer. It may be waiting for your password in another window.
keychain-absent = { -brand } finds no keychain on this computer.

## Locked

locked-title = The keychain is locked
locked-title-unanswered = The keychain does not answer
locked-lead = Your session is on this computer, and the system’s keychain holds the key to it. Unlock the keychain in your system’s password or keychain app, then try again.
locked-lead-unanswered = Your session is on this computer, and the system’s keychain holds the key to it. It may be waiting for your password in another window.
sign-in-again = Sign in again
sign-in-again-hint = Signing in again begins a new session. Nothing is deleted: the old one is set aside as it is.

## Picture

avatar-title = Picture
avatar-alt = Your picture
avatar-limits = PNG, JPEG or WebP, up to 10 MB and 8192 pixels a side: choose one, drop it here, or paste it. Location and camera details are removed.
avatar-limit = This project keeps pictures of { $size } at most. Where yours is larger, { -brand } makes it smaller.
avatar-choose = Choose picture…
avatar-replace = Replace…
avatar-choose-other = Choose another…
avatar-remove = Remove
avatar-uploading = Uploading
size-bytes =
    { $number ->
        [one] { $number } byte
       *[other] { $number } bytes
    }
size-kilobytes = { $number } KB
size-megabytes = { $number } MB
avatar-sent = { $sent } of { $total } KB
picture-files = Pictures (PNG, JPEG, WebP)
avatar-done = Your new picture is in place.
avatar-drop = Drop your picture here
avatar-removed = Your picture is removed.
avatar-undo = Undo
crop-title = Choose what is seen
crop-stage = Your picture in the circle
crop-help = Drag the picture, or move it with the arrow keys. Plus and minus make it larger and smaller, R turns it.
crop-zoom = Size
crop-percent = { $percent } percent
crop-turn = Turn
crop-reset = Reset
crop-apply = Use this picture
crop-state = { $percent } percent of the size, turned by { $degrees } degrees. The circle’s centre is { $across } percent from the left and { $down } percent from the top.

## Notices

notice-signed-in-by-link = Welcome. The link signed you in.
notice-signed-in-by-provider = Welcome. You are signed in.
notice-link-malformed = { -brand } finds no link there that it can sign in with. Copy the whole link from the mail and paste it, or ask for a new one.
notice-link-incomplete = A part of that link is missing: “type=…”. Copy the whole link from the mail, up to its end, or ask for a new one.
notice-link-sealed = That link belongs to a mail filter, which alone knows where it leads. Open it in your browser, then paste the address that the browser ended up at.
notice-link-unknown = That link belongs to no sign-in that was begun here, or that one is over. Sign in or ask for a new link.
notice-link-spent = That link was already used or is too old. Ask for a new one.
notice-confirmed-too-late = Your e-mail is confirmed. Please sign in.
notice-took-too-long = That took too long, so the server has let go of it. Begin again.
notice-link-refused = The sign-in was refused. You can try again.
notice-link-not-finished = The server could not be reached to finish signing in. Use the link once more when you are online.
notice-link-while-signed-in = That link belongs to another account. Sign out first, then use it again.
notice-provider-address-unconfirmed = The provider has not confirmed your address. A mail is on its way: open its link, then sign in again.
notice-identity-taken = That account belongs to somebody else here already. Nothing was changed.
notice-link-of-other-account = That link belongs to an account that is not signed in here. Sign in with that account, then open the link again.
notice-other-address-to-confirm = If you have just confirmed one of your two addresses: open the mail at the other one, too.
notice-email-change-half = 1 of 2 confirmed. Now open the mail at your other address.
notice-email-changed = Your new address counts from now on.
notice-identity-linked = Linked. You can sign in with it from now on.
notice-password-changed = Your new password counts from now on.
notice-others-signed-out = All other devices are signed out.
notice-factor-added = Two-factor authentication is on.
notice-factor-removed = The second factor is removed.
notice-edit-sent = What you changed offline has reached the server.
notice-account-deleted = Your account and everything in it is deleted.
notice-account-deleted-pictures-stay = Your account is deleted. A picture that the project does not let you remove may have stayed: its owner can remove it.
notice-project-failed = The project could not sign you in: something of its own fails. Trying again does not help; its owner has to look at the project’s logs.
notice-browser-not-opened = The browser did not open. Copy the address and open it yourself.
notice-action = Send a new link

store-warning-not-saved = Your session could not be saved on this computer. You stay signed in until { -brand } is closed; { -brand } keeps trying.
store-warning-not-removed = What { -brand } keeps on this computer could not be changed. A session that was signed out of may still be stored here; { -brand } keeps trying. Check whether the disk is full.

## Failures

error-not-configured = No project is connected yet.
error-configured-by-environment = The project is set by the environment of this computer and cannot be changed here.
error-url-invalid = That is not a web address. It looks like https://abcd.supabase.co.
error-url-insecure = The address has to begin with https://. Only a project on this computer may go without.
error-web-page-answers = A web page answers there instead of a Supabase project. Often it is the sign-in page of a network: open your browser, sign in to the network, then try again. If you are online, check the URL.
error-not-supabase = Something answers there, but it is not a Supabase project. Check the URL.
error-key-invalid = This key does not fit the project. Copy the publishable key again.
error-key-secret = This is a secret key. It opens everything and must never be in an app. Use the publishable key.
error-local-not-found = No local project answers any more. Start it and try again.
error-offline = The server cannot be reached. Check your connection and try again.
error-server-failed = The server failed at this. Try again; if it fails again, tell the project’s owner.
error-server-trouble = The server has trouble at the moment. Try again in a little while.
error-rate-limited = Too many attempts. Wait a little and try again.
error-rate-limited-for =
    { $seconds ->
        [one] Too many attempts. Try again in { $seconds } second.
       *[other] Too many attempts. Try again in { $seconds } seconds.
    }
error-rate-limited-minutes =
    { $minutes ->
        [one] Too many attempts. Try again in about { $minutes } minute.
       *[other] Too many attempts. Try again in about { $minutes } minutes.
    }
error-rate-limited-hours =
    { $hours ->
        [one] Too many attempts. Try again in about { $hours } hour.
       *[other] Too many attempts. Try again in about { $hours } hours.
    }
error-intercepted = Something else answers in place of the project, often the sign-in page of a network. Open your browser, sign in to the network, then try again.
error-project-unreachable = The project does not answer behind its gateway at the moment. { -brand } tries again by itself.
error-clocks-differ = The clocks of the project’s servers differ, so your sign-in does not count yet. { -brand } tries again by itself.
error-certificate-untrusted = Nobody whom this computer trusts vouches for the server’s certificate, so nothing was sent. A network or a program that looks into connections may be the reason: try another network. If it stays, the project’s owner has to look.
error-certificate-out-of-date = The server’s certificate has expired or is not valid yet, so nothing was sent. Check the date and time of this computer; if they are right, the project’s owner has to renew it.
error-certificate-other-host = The server’s certificate is for another address, so nothing was sent. Check the project’s URL and the network; if both are right, the project’s owner has to look.
error-project-paused = This project is paused. Its owner can resume it in the Supabase dashboard; nothing is lost.
error-project-restricted = This project is restricted at the moment, as it has used up what its plan holds. Its owner has to see to it.
error-project-broken = Something in the project’s own database fails. Trying again does not help: its owner has to look at the project’s logs.
error-mail-unsent = The project could not send its mail. Its owner has to look at the mail settings.
error-tokens-refused = Part of this project does not accept the project’s own sign-ins. Its owner has to look at the keys that tokens are signed with.
error-refused = The project refused this for a reason that { -brand } does not know. The log names it; a newer { -brand } may know it.
error-signed-out = You are signed out. Please sign in again.
error-signed-in = You are signed in. Sign out first.
error-invalid-credentials = E-mail or password is wrong.
error-email-not-confirmed = This e-mail address is not confirmed yet. Open the link in the mail you got, or have it sent again.
error-email-invalid = Enter an e-mail address like name@example.com.
error-password-missing = Enter a password.
error-password-too-long = The password is too long: at most 72 characters.
error-weak-password = The project asks for a stronger password.
weak-password-length = The password is too short for this project.
weak-password-characters = Mix lower case, upper case, digits and symbols.
weak-password-pwned = This password is known from leaks. Choose another.
error-already-registered = There is an account with this address already. Sign in instead.
error-sign-up-disabled = This project takes no new accounts at the moment.
error-email-disabled = This project has signing in by e-mail switched off.
error-captcha-required = This project asks for a captcha, which { -brand } cannot show here. The project’s owner can set up a page for it.
error-banned = This account has been suspended. Ask the project’s owner about it.
error-flow-unknown = This sign-in is over. Begin again.
error-anonymous-disabled = This project lets nobody in without an account.
error-provider-unavailable = This project does not offer that provider at the moment.
error-browser-unavailable = Your browser could not be opened. Copy the address and open it yourself.
error-clipboard-unavailable = It could not be copied.
error-loopback-unavailable = { -brand } could not open a way back from the browser on this computer. Close other programs that may be in the way and try again.
error-code-invalid = A code has 6 to 10 digits.
error-code-wrong = This code is wrong or too old. Look at the newest mail, or at the app once more.
error-link-over = This link is no longer good. Ask for a new one.
error-still-checking = This link is still being checked. Try again in a moment.
error-session-invalid = This is no session of this project. Please sign in.
error-session-over = This session has ended. Please sign in again.
error-second-factor-needed = Show your second factor first.
error-factor-unknown = This second factor is not there any more.
error-too-many-factors = You have as many second factors as the project allows. Remove one first.
error-factors-disabled = This project takes no second factors.
error-current-password-needed = The project asks for your current password as well.
error-current-password-wrong = This is not your current password.
error-nonce-needed = The project asks for a code as well. It is on its way to your mailbox.
error-nonce-wrong = This code is wrong or too old.
error-same-password = This is your current password. Choose another.
error-email-taken = This address belongs to another account.
error-last-identity = This is your last way to sign in. Add another first.
error-linking-disabled = This project does not let accounts be linked.
error-confirmation-wrong = That is not what was asked for.
error-username-taken = This username is taken.
error-username-too-short = Use at least 3 characters.
error-website-invalid = That is not a web address. It looks like https://example.com.
error-text-too-long = That is too long.
error-unseen-characters = There are characters in this that nobody can see. Delete it and type it anew instead of pasting it.
error-text-too-long-for =
    { $limit ->
        [one] That is too long: the project takes { $limit } character at most.
       *[other] That is too long: the project takes { $limit } characters at most.
    }
error-value-taken =
    { $name ->
        [none] Somebody else has this already, and the project wants each only once.
       *[other] Somebody else has this already, and the project wants each only once (its rule “{ $name }”).
    }
error-value-refused =
    { $name ->
        [none] The project has a rule of its own that this does not meet. Try it in another form.
       *[other] The project has a rule of its own, “{ $name }”, that this does not meet. Try it in another form.
    }
error-value-required = The project wants this field filled in.
error-project-says = The project does not take this. It says: “{ $words }”
error-column-unfilled =
    { $name ->
        [none] The project’s table wants a value that { -brand } does not know. Its owner has to give that column a default.
       *[other] The project’s table wants a value in its column “{ $name }”, which { -brand } does not know. Its owner has to give it a default.
    }
error-column-missing =
    { $name ->
        [none] The project’s table lacks a column. Its owner can add it.
       *[other] The project’s table lacks the column “{ $name }”. Its owner can add it.
    }
error-function-missing =
    { $name ->
        [none] The project lacks a function that this needs. Its owner has to add it.
       *[other] The project lacks the function “{ $name }”, so nothing was deleted. Its owner has to add it.
    }
error-pictures-stay = The project does not let your pictures be removed, so the account was not deleted. Its owner has to allow it.
error-conflict = The profile was changed elsewhere in the meantime. Look at it again before you save.
error-forbidden = The project does not allow this.
error-project-not-prepared = The project has no place for this yet: its owner has to add the profiles table and the avatars bucket.
error-file-unreadable = The file cannot be read.
error-file-too-large = The file is larger than 10 MB.
error-not-one-file = One picture file, please: not several, no folder and no web address.
error-no-picture-copied = There is no picture on the clipboard. Copy one, then paste it here.
error-image-unsupported = This is not a PNG, JPEG or WebP picture.
error-image-broken = The picture is damaged and cannot be opened.
error-image-too-large = The picture has too many pixels: at most 8192 a side.
error-image-too-heavy = The picture takes too much memory or time to open. Save it with fewer pixels, for example 4000 a side, and choose it again.
error-bucket-formats = The project takes none of the formats that { -brand } can write: JPEG, WebP and PNG. Its owner decides that in the bucket avatars.
error-bucket-limit = The project takes pictures of { $size } at most, and this one cannot be made so small. Its owner decides that in the bucket avatars.
error-bucket-too-small = The project takes only pictures of less than { $size }, and this one cannot be made smaller. Its owner decides that in the bucket avatars.
error-picture-busy = Another picture is still being chosen or uploaded. Stop that one first, or let it finish.
error-preview-unknown = Please choose the picture again.
error-cancelled = Stopped.
error-store-unwritable = { -brand } cannot write to its folder on this computer. Check the free space and the permissions.
error-keychain-locked = The system’s keychain is locked. Unlock it, then try again.
error-keychain-unavailable = The system’s keychain cannot be used on this computer right now. Nothing was changed.
error-files-of-others = Somebody else has changes on this computer that were not sent yet, and they would be lost. They have to sign in first, so that their changes can be sent. Nothing was changed.
error-internal = Something went wrong in { -brand } itself. Try again; if it stays, start { -brand } anew.

## Windows

error-too-many-windows = { -brand } shows as many windows as it can. Close one of them first.
error-folder-not-opened = No file manager opened the folder. Its path stands above.

## Settings: connection, notifications, data, about

connection-title = Connection
connection-lead = The Supabase project that { -brand } talks to, and how links in mails and browsers lead back to { -brand }.
redirect-deep-link = Links open { -brand } directly. This is the best way there is.
redirect-bare-deep-link = Links open { -brand } directly, but one sign-in can wait at a time.
redirect-loopback = Links come back through a port of this computer: they have to be opened in a browser on this computer, while { -brand } runs.
redirect-unknown = { -brand } does not know yet how links come back: the project has not answered.
redirect-reason-narrow = The project’s redirect URLs name { -brand }’s links without the star at the end. With this entry, several sign-ins can wait at once.
redirect-reason-missing = The project’s redirect URLs do not name { -brand }’s links. The project’s owner can add this entry under Authentication, URL Configuration; then links open { -brand } directly.
redirect-reason-desktop = Your desktop opens { -brand }’s links with another app, or with none. Where you choose default apps, choose { -brand } for them.
redirect-entry-copy = Copy entry
redirect-entry-copied = Copied. Add it to the project’s redirect URLs.
redirect-check = Check again
redirect-checked = Checked just now.
project-fixed = The project was chosen when { -brand } was started and cannot be changed here.
project-leave = Change project…
project-leave-title = Leave this project?
project-leave-signed-in = You will be signed out on this computer, and changes that are not saved or not sent yet are dropped. Then you can connect another project.
project-leave-signed-out = Sign-ins that wait for a link or a code are given up. Then you can connect another project.
project-leave-confirm = Leave project
notifications-title = Notifications
notifications-switch = Notify me
notifications-hint = When a link arrives or you are signed out from elsewhere while you are not looking at { -brand }. Nothing about your account is shown in it.
data-title = Data
data-lead = Everything that { -brand } keeps on this computer lies in this folder.
open-data = Open folder
open-logs = Open log folder
clear-cache = Start with an empty cache
clear-cache-hint = Removes the profile and picture that { -brand } remembers, and what the window keeps of its page, and fetches them again. Your session, your settings and changes that wait to be sent stay.
cache-cleared = The cache is empty. What is needed is being fetched again.
about-title = About { -brand }
about-version = Version { $version }
about-license = { -brand } is free software under the MIT or Apache-2.0 license, as you like.
licenses-show = Show licenses of others
licenses-hide = Hide licenses of others

## Updates of the app

updates-title = Updates
updates-unknown = Not checked yet.
updates-checking = Checking for a newer version…
updates-newest = This is the newest version.
updates-available = Version { $version } is available.
updates-elsewhere = Version { $version } is available. It comes with your system’s updates, or from where you got { -brand }.
updates-downloading = Version { $version } is being downloaded.
updates-ready = Version { $version } is ready. { -brand } restarts with it.
updates-ready-memory = You will have to sign in again, as your session is only kept in memory.
updates-installing = Version { $version } is being installed. { -brand } starts again by itself.
updates-checked = Last checked on { $day }.
updates-notes = What its makers write about it
updates-check = Check now
updates-download = Download
updates-received = { $received } MB
updates-received-of = { $received } of { $total } MB
updates-install = Install and restart
updates-unreachable = The server for updates cannot be reached. Check your connection and try again.
updates-unclear = The server for updates gave no answer that makes sense. Try again later.
updates-no-build = There is a newer version, but none for this system.
updates-broken-off = The download broke off. When you try again, it begins from the start.
updates-too-large = The file is larger than any version of { -brand }, so the download was stopped.
updates-not-signed = The file is not signed by the makers of { -brand } as this version, so it was thrown away. Nothing has changed.
updates-not-installed = The new version could not take the place of this one. Nothing has changed.

## The menu and the shortcuts

menu-title = Commands
menu-open = Open the list of commands
menu-search = What would you like to do?
menu-count =
    { $count ->
        [0] Nothing here is called that.
        [one] { $count } command
       *[other] { $count } commands
    }
menu-revert = Discard changes
menu-restore = Bring back what was discarded
menu-reload = Try to connect again
menu-account = Go to account
menu-security = Go to security
menu-settings = Go to settings
menu-close-settings = Close settings
menu-remove-picture = Remove picture
menu-change-email = Change e-mail address
menu-add-factor = Add two-factor authentication
menu-sign-in = Sign in with a password
menu-sign-up = Create an account
menu-magic-link = Sign in with an e-mail link
menu-type-code = Type a code or paste a link
menu-skip-new-password = Keep the password as it is
menu-dismiss-notice = Dismiss the message
menu-new-window = New window
menu-theme-system = Use the system’s colours
menu-theme-light = Use light colours
menu-theme-dark = Use dark colours
menu-shortcuts = Keyboard shortcuts
menu-copy-diagnostics = Copy diagnostics
menu-change-project = Change project
shortcut-next-part = Go to the next part of the window
shortcut-close = Close what was opened last
key-ctrl = Ctrl
key-alt = Alt
key-esc = Esc

## The window's title, and what a screen reader says between two pages

window-title = { $page } – { -brand }
window-title-place = { $page } – { $place } – { -brand }
announce-signed-in = You are signed in as { $email }.
announce-signed-in-nobody = You are signed in without an account.
announce-online = You are back online.

## Check of the connection

doctor-title = Check this connection
doctor-lead = Looks at what the project and this computer need for the app. Nothing is changed.
doctor-start = Check
doctor-again = Check again
doctor-running = Checking…
doctor-copy = Copy as text
doctor-copied = Copied.
doctor-remedy = What to enter or run
doctor-remedy-copy = Copy
doctor-cancelled = The check was cancelled.
doctor-sum =
    { $problems ->
        [0] No problem found.
        [one] One problem found.
       *[other] { $problems } problems found.
    }
doctor-counts = In order: { $ok }, hints: { $hints }, problems: { $problems }, unknown: { $unknown }
doctor-state-ok = In order
doctor-state-hint = Hint
doctor-state-problem = Problem
doctor-state-unknown = Unknown
check-key = Address and key
check-server = Project
check-certificate = Encryption
check-sign-up = Sign-up
check-sign-in-methods = Ways to sign in
check-confirmation = Confirmation of addresses
check-mail = Mail server
check-captcha = Captcha
check-redirect = Links back to the app
check-signing-keys = Signing keys
check-profiles = Table “profiles”
check-profile-row = Your row in “profiles”
check-profile-policies = Policies of “profiles”
check-bucket = Bucket “avatars”
check-bucket-writers = Who may add pictures
check-bucket-readers = Who may see pictures
check-bucket-limits = What the bucket takes
check-delete-account = Function “delete_account”
check-clock = Clock
check-links = Links on this computer
check-keychain = Keychain
check-webview = Webview
check-session-bus = D-Bus session bus
finding-good = In order.
finding-not-needed = Nothing to look at here.
finding-not-asked = Not asked: a problem above has to be solved first.
finding-no-answer = No usable answer. Check again later.
finding-not-told = This cannot be found out from here.
finding-sign-in-needed = The server tells only people who are signed in. Sign in and check again.
finding-address-invalid = This is not the address of a project.
finding-address-insecure = The address must begin with https://.
finding-key-invalid = This is neither a publishable nor an anon key. You find it under Project Settings, API Keys.
finding-key-secret = This is a secret key. It must never be in an app. Nothing was sent. Use the publishable key.
finding-key-refused = The project does not take this key. Copy the publishable key from Project Settings, API Keys.
finding-name-unresolved = This computer finds no server of that name. Check the spelling, and whether the project still exists.
finding-unreachable = No connection. Check the network of this computer.
finding-timed-out = No answer in time. Check again later.
finding-certificate-untrusted = Nobody this computer trusts has signed the server’s certificate. It is self-signed, or this network looks into what is sent.
finding-certificate-out-of-date = The server’s certificate has expired or is not valid yet. Check the clock of this computer.
finding-certificate-other-host = The server’s certificate is for another host. Check the address.
finding-web-page = A web page answers instead of the project. Sign in to this network in a browser, or check the address.
finding-not-supabase = What answers is not a Supabase project. Check the address.
finding-paused = The project is paused. Its owner can restore it in the dashboard.
finding-restricted = The project is restricted because its plan is used up. Its owner sees why under Organization, Usage.
finding-server-fails = The server answers with an error of its own. Look at status.supabase.com and check again later.
finding-rate-limited = The server asks to wait. Check again in some minutes.
finding-certificate-ends = The certificate ends soon and was not renewed. Days left:
finding-clock-off = The clock of this computer differs from the server’s. Let the system set it by itself.
finding-clock-wrong = The clock of this computer is wrong, so certificates and sign-ins may fail. Let the system set it by itself.
finding-sign-up-closed = New people cannot sign up. If they should, allow it under Authentication, Sign In / Providers.
finding-no-sign-in-method = Nobody can sign in with this app. Switch on Email or a provider under Authentication, Sign In / Providers.
finding-email-off = Signing in by e-mail is off. This is on:
finding-confirmation-off = Anybody can sign up with an address that is not theirs. Switch on Confirm email under Authentication, Sign In / Providers, Email.
finding-mailer-not-told = The server does not say who sends its mails. Supabase’s own mailer sends 2 an hour, and only to the project’s team. You set up your own under Authentication, Emails, SMTP Settings.
finding-captcha-asked = The project asks for a captcha that this app was not told of. Start it with { -variables }_CAPTCHA set to hcaptcha:<site key> or turnstile:<site key>.
finding-redirect-bare = Links come back, for one sign-in at a time. Better with this entry under Authentication, URL Configuration, Redirect URLs.
finding-redirect-loopback = Links come back through a port of this computer. Better with this entry under Authentication, URL Configuration, Redirect URLs.
finding-redirect-nowhere = Links do not come back to this app. Add this entry under Authentication, URL Configuration, Redirect URLs.
finding-shared-secret = Tokens are signed with a secret that only the server can check. Better are asymmetric keys, under Project Settings, JWT Keys.
finding-keys-unknown = Tokens are signed in a way that only the server can check.
finding-rest-closed = The project’s tables are not offered. Switch on the Data API with the schema “public” under Project Settings, Data API.
finding-table-missing = There is no such table. Run this in the SQL editor.
finding-columns-missing = Columns are missing. Run this in the SQL editor.
finding-table-closed = People who are signed in may not read the table. Run this in the SQL editor.
finding-row-missing = You have no row, because the project makes none at sign-up. Run this in the SQL editor.
finding-policies-not-told = Who may write cannot be found out without writing. This query in the SQL editor tells; everybody should write only their own row.
finding-bucket-missing = There is no such bucket, so pictures cannot be saved. Run this in the SQL editor.
finding-anybody-writes = Anybody may add files, without an account. Run this in the SQL editor.
finding-others-write = Whoever is signed in may add files to the folders of others. Run this in the SQL editor.
finding-owner-cannot-write = You may not add a picture of your own. Run this in the SQL editor.
finding-bucket-public = Whoever has a picture’s address sees it, without an account. If they should not, run this in the SQL editor.
finding-bucket-too-small = The bucket’s limit leaves no room for a picture. Run this in the SQL editor. The limit in bytes:
finding-bucket-types = The bucket takes neither WebP nor JPEG nor PNG. Run this in the SQL editor.
finding-bucket-unlimited = The bucket takes files of any size or kind. Run this in the SQL editor.
finding-function-missing = Accounts cannot be deleted from the app. Run this in the SQL editor.
finding-function-open = The function can be called without an account. That deletes nobody, but is not needed. Run this in the SQL editor.
finding-links-elsewhere = The system opens the links of this app with another one. Choose this app for them. The other one:
finding-links-nowhere = The system opens the links of this app with nothing. Restart the app, or install it.
finding-keychain-absent = There is no keychain, so only file permissions protect the session. On Linux, install gnome-keyring or KWallet.
finding-keychain-locked = The keychain is locked. Unlock it.
finding-keychain-silent = The keychain does not answer. Sign out of the system and in again.
finding-webview-old = The webview is older than this app needs. Update the system.
finding-bus-absent = There is no session bus, so there is no keychain either. Start the app from a desktop session.
finding-bus-silent = The session bus does not answer. Sign out of the system and in again.

## Notifications of the desktop

news-open = Open { -brand }
news-signed-in-title = You are signed in
news-signed-in = { -brand } has taken the link that you opened.
news-link-title = Your link has arrived
news-link = Open { -brand } to see what comes next.
news-ended-title = You are signed out
news-ended-elsewhere = You were signed out from another device or by the project’s owner.
news-ended-expired = Your session has ended: the project limits how long one lasts.
news-ended-banned = This account has been suspended. Ask the project’s owner about it.
news-ended-deleted = This account no longer exists.

## In the terminal, where there is no window

terminal-cannot-start = { -brand } cannot start: { $reason }
terminal-no-display = { -brand } needs a display. Set DISPLAY or WAYLAND_DISPLAY, or start it from a desktop.
terminal-no-webview = { -brand } needs Microsoft’s WebView2 Runtime, which this system does not have. Install it from https://go.microsoft.com/fwlink/p/?LinkId=2124703 and start { -brand } again.
terminal-no-data-folder = { -brand } finds no place for its data. Set { -variables }_DATA_DIR to a folder of yours.
terminal-not-told = { -brand } is running already and cannot be reached: { $reason }
terminal-hangs = { -brand } is running already but does not answer. End it and start it again.
terminal-hangs-with-link = { -brand } is running already but does not answer. End it and start it again within ten minutes, and it takes the link.
terminal-bus-silent = The session bus does not answer, and { -brand } cannot start without it: { $reason }
terminal-usage = Usage: { -program } --doctor [--json]
terminal-no-project = { -brand } knows no project. Connect one in the window, or set { -variables }_SUPABASE_URL and { -variables }_SUPABASE_KEY.
terminal-name-project = Name the project by --url and --key, or by { -variables }_SUPABASE_URL and { -variables }_SUPABASE_KEY.

## The menu bar of macOS

menu-bar-about = About { -brand }
menu-bar-settings = Settings…
menu-bar-services = Services
menu-bar-hide = Hide { -brand }
menu-bar-hide-others = Hide Others
menu-bar-show-all = Show All
menu-bar-quit = Quit { -brand }
menu-bar-file = File
menu-bar-close = Close Window
menu-bar-edit = Edit
menu-bar-undo = Undo
menu-bar-redo = Redo
menu-bar-cut = Cut
menu-bar-copy = Copy
menu-bar-paste = Paste
menu-bar-select-all = Select All
menu-bar-window = Window
menu-bar-minimize = Minimize
menu-bar-zoom = Zoom
menu-bar-full-screen = Enter Full Screen
menu-bar-to-front = Bring All to Front
menu-bar-help = Help
