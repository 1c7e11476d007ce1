### Everything the window says. A sentence names what happened and what to do; it never blames and never shows codes.

app-name = Foyer
navigation = Pages
loading = Loading your account
try-again = Try again
cancel = Cancel
dismiss = Dismiss

## Connect

connect-title = Connect a Supabase project
connect-lead = Foyer is the account app for your project. It needs to know which one.
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
sign-in = Sign in
sign-up = Create account
sign-in-no-way = This project does not let people in by e-mail and password, and this version of Foyer knows no other way yet.
email = E-mail
password = Password
password-hint = At least 6 characters. The project may ask for more.
show-password = Show password
hide-password = Hide password
caps-lock = Caps lock is on.
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

waiting-title = Check your mail
waiting-sent = We sent a link to
waiting-step-open = Open the mail on this computer.
waiting-step-click = Click the link in it. Foyer comes back by itself and you are signed in.
waiting-step-spam = Nothing there after a minute? Look in your spam folder.
waiting-local = This is a local project, so its mail stays on this computer. Open the inbox in your browser and click the link in the mail:
waiting-exchanging = The link is here. Signing you in…
waiting-resend = Send a new link
waiting-resend-in = Send a new link in { $seconds } s
waiting-resent = A new link is on its way. The old one no longer works.
waiting-cancel = Use another address

## Account

nav-account = Account
sign-out = Sign out
account-title = Account
account-checking = Checking for changes…
account-error-title = Your account could not be loaded
account-no-email = No e-mail address
offline = You are offline. This is what Foyer remembers from last time.
profile-title = Profile
username = Username
username-hint = At least 3 characters. Others see it.
website = Website
website-hint = For example https://example.com
save = Save changes
saved = Saved
unsaved = Unsaved changes
revert = Revert
reverted = Changes reverted.
restore = Bring them back
unsaved-title = Sign out without saving?
unsaved-text = You changed your profile and did not save it. The changes are lost when you sign out.
unsaved-stay = Keep editing
unsaved-discard = Discard and sign out

## Picture

avatar-title = Picture
avatar-alt = Your picture
avatar-limits = PNG, JPEG or WebP, up to 10 MB. Location and camera details are removed.
avatar-choose = Choose picture…
avatar-replace = Replace…
avatar-choose-other = Choose another…
avatar-remove = Remove
avatar-uploading = Uploading
avatar-sent = { $sent } of { $total } KB
avatar-done = Your new picture is in place.

## Notices

notice-signed-in-by-link = Welcome. The link signed you in.
notice-link-malformed = That link is not one that Foyer understands. Open the link from the mail once more.
notice-link-unknown = That link belongs to no sign-in that was begun here, or that one is over. Sign in or ask for a new link.
notice-link-spent = That link was already used or is too old. Ask for a new one.
notice-confirmed-too-late = Your e-mail is confirmed. Please sign in.
notice-link-refused = The sign-in was refused. You can try again.
notice-link-not-finished = The server could not be reached to finish signing in. Open the link once more when you are online.
notice-link-while-signed-in = That link belongs to another account. Sign out first, then open it again.

store-warning-not-saved = Your session could not be saved on this computer. You stay signed in until Foyer is closed; Foyer keeps trying.

## Failures

error-not-configured = No project is connected yet.
error-configured-by-environment = The project is set by the environment of this computer and cannot be changed here.
error-url-invalid = That is not a web address. It looks like https://abcd.supabase.co.
error-url-insecure = The address has to begin with https://. Only a project on this computer may go without.
error-not-supabase = Something answers there, but it is not a Supabase project. Check the URL.
error-key-invalid = This key does not fit the project. Copy the publishable key again.
error-key-secret = This is a secret key. It opens everything and must never be in an app. Use the publishable key.
error-local-not-found = No local project answers any more. Start it and try again.
error-offline = The server cannot be reached. Check your connection and try again.
error-server-trouble = The server has trouble at the moment. Try again in a little while.
error-rate-limited = Too many attempts. Wait a little and try again.
error-rate-limited-for = Too many attempts. Try again in { $seconds } seconds.
error-signed-out = You are signed out. Please sign in again.
error-signed-in = You are signed in. Sign out first.
error-invalid-credentials = E-mail or password is wrong.
error-email-not-confirmed = This e-mail address is not confirmed yet. Open the link in the mail you got.
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
error-captcha-required = This project asks for a captcha, which Foyer cannot show.
error-banned = This account has been suspended. Ask the project’s owner about it.
error-flow-unknown = This sign-in is over. Begin again.
error-username-taken = This username is taken.
error-username-too-short = Use at least 3 characters.
error-website-invalid = That is not a web address. It looks like https://example.com.
error-text-too-long = That is too long.
error-conflict = The profile was changed elsewhere in the meantime. Look at it again before you save.
error-forbidden = The project does not allow this.
error-project-not-prepared = The project has no place for this yet: its owner has to add the profiles table and the avatars bucket.
error-file-unreadable = The file cannot be read.
error-file-too-large = The file is larger than 10 MB.
error-image-unsupported = This is not a PNG, JPEG or WebP picture.
error-image-broken = The picture is damaged and cannot be opened.
error-image-too-large = The picture has too many pixels: at most 8192 a side.
error-preview-unknown = Please choose the picture again.
error-cancelled = Stopped.
error-store-unwritable = Foyer cannot write to its folder on this computer. Check the free space and the permissions.
error-internal = Something went wrong in Foyer itself. Try again; if it stays, start Foyer anew.
