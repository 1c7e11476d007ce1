### Alles, was das Fenster sagt. Ein Satz nennt, was geschah und was zu tun ist; er tadelt nie und zeigt keine Codes.

app-name = Foyer
navigation = Seiten
loading = Dein Konto wird geladen
try-again = Erneut versuchen
cancel = Abbrechen
dismiss = Schließen

## Verbinden

connect-title = Supabase-Projekt verbinden
connect-lead = Foyer ist die Konto-App für dein Projekt. Es muss nur wissen, für welches.
connect-local-found = Auf diesem Computer läuft ein Projekt
connect-local = Lokales verwenden
connect-url = Projekt-URL
connect-url-example = https://abcd.supabase.co
connect-url-hint = Im Supabase-Dashboard unter Project Settings, Data API.
connect-key = Öffentlicher Schlüssel
connect-key-example = sb_publishable_…
connect-key-hint = Unter Project Settings, API Keys. Ein älterer anon-Schlüssel geht auch.
connect-submit = Verbinden

## Anmelden und registrieren

sign-in-title = Anmelden
sign-up-title = Konto anlegen
sign-in-tabs = Anmelden oder Konto anlegen
tab-sign-in = Anmelden
tab-sign-up = Registrieren
sign-in = Anmelden
sign-up = Konto anlegen
sign-in-no-way = Dieses Projekt lässt niemanden mit E-Mail und Passwort herein, und diese Version von Foyer kennt noch keinen anderen Weg.
email = E-Mail
password = Passwort
password-hint = Mindestens 6 Zeichen. Das Projekt kann mehr verlangen.
show-password = Passwort zeigen
hide-password = Passwort verbergen
caps-lock = Die Feststelltaste ist an.
full-name = Name
project-line = Projekt: { $host }
project-change = Ändern

signed-out-asked = Du bist abgemeldet.
signed-out-elsewhere = Du wurdest von einem anderen Gerät oder vom Betreiber des Projekts abgemeldet.
signed-out-expired = Deine Sitzung ist zu Ende: Das Projekt begrenzt ihre Dauer. Bitte melde dich wieder an.
signed-out-banned = Dieses Konto ist gesperrt. Wende dich an den Betreiber des Projekts.
signed-out-deleted = Dieses Konto gibt es nicht mehr.
signed-out-store-lost = Die gespeicherte Sitzung auf diesem Computer ist nicht lesbar. Bitte melde dich wieder an.

## Warten auf eine Mail

waiting-title = Sieh in dein Postfach
waiting-sent = Wir haben einen Link geschickt an
waiting-step-open = Öffne die Mail auf diesem Computer.
waiting-step-click = Klicke auf den Link darin. Foyer kommt von selbst zurück und du bist angemeldet.
waiting-step-spam = Nach einer Minute nichts da? Sieh im Spam-Ordner nach.
waiting-local = Das ist ein lokales Projekt, seine Mail bleibt auf diesem Computer. Öffne das Postfach im Browser und klicke auf den Link in der Mail:
waiting-exchanging = Der Link ist da. Du wirst angemeldet…
waiting-resend = Neuen Link schicken
waiting-resend-in = Neuen Link schicken in { $seconds } s
waiting-resent = Ein neuer Link ist unterwegs. Der alte gilt nicht mehr.
waiting-cancel = Andere Adresse verwenden

## Konto

nav-account = Konto
sign-out = Abmelden
account-title = Konto
account-checking = Suche nach Änderungen…
account-error-title = Dein Konto konnte nicht geladen werden
account-no-email = Keine E-Mail-Adresse
offline = Du bist offline. Das ist der Stand vom letzten Mal.
profile-title = Profil
username = Benutzername
username-hint = Mindestens 3 Zeichen. Andere sehen ihn.
website = Website
website-hint = Zum Beispiel https://example.com
save = Änderungen speichern
saved = Gespeichert
unsaved = Nicht gespeichert
revert = Verwerfen
reverted = Änderungen verworfen.
restore = Zurückholen
unsaved-title = Abmelden, ohne zu speichern?
unsaved-text = Du hast dein Profil geändert und nicht gespeichert. Beim Abmelden gehen die Änderungen verloren.
unsaved-stay = Weiter bearbeiten
unsaved-discard = Verwerfen und abmelden

## Bild

avatar-title = Bild
avatar-alt = Dein Bild
avatar-limits = PNG, JPEG oder WebP, bis 10 MB. Angaben zu Ort und Kamera werden entfernt.
avatar-choose = Bild wählen…
avatar-replace = Ersetzen…
avatar-choose-other = Anderes wählen…
avatar-remove = Entfernen
avatar-uploading = Wird hochgeladen
avatar-sent = { $sent } von { $total } KB
avatar-done = Dein neues Bild ist da.

## Hinweise

notice-signed-in-by-link = Willkommen. Der Link hat dich angemeldet.
notice-link-malformed = Diesen Link versteht Foyer nicht. Öffne den Link aus der Mail noch einmal.
notice-link-unknown = Dieser Link gehört zu keiner Anmeldung, die hier begonnen wurde, oder sie ist vorbei. Melde dich an oder fordere einen neuen Link an.
notice-link-spent = Dieser Link wurde schon benutzt oder ist zu alt. Fordere einen neuen an.
notice-confirmed-too-late = Deine E-Mail-Adresse ist bestätigt. Bitte melde dich an.
notice-link-refused = Die Anmeldung wurde abgelehnt. Du kannst es erneut versuchen.
notice-link-not-finished = Der Server war nicht erreichbar, um die Anmeldung abzuschließen. Öffne den Link noch einmal, wenn du online bist.
notice-link-while-signed-in = Dieser Link gehört zu einem anderen Konto. Melde dich erst ab und öffne ihn dann noch einmal.

store-warning-not-saved = Deine Sitzung konnte auf diesem Computer nicht gespeichert werden. Du bleibst angemeldet, bis Foyer geschlossen wird; Foyer versucht es weiter.

## Fehler

error-not-configured = Es ist noch kein Projekt verbunden.
error-configured-by-environment = Das Projekt ist durch die Umgebung dieses Computers festgelegt und kann hier nicht geändert werden.
error-url-invalid = Das ist keine Web-Adresse. Sie sieht aus wie https://abcd.supabase.co.
error-url-insecure = Die Adresse muss mit https:// beginnen. Nur ein Projekt auf diesem Computer darf ohne.
error-not-supabase = Dort antwortet etwas, aber es ist kein Supabase-Projekt. Prüfe die URL.
error-key-invalid = Dieser Schlüssel passt nicht zum Projekt. Kopiere den öffentlichen Schlüssel noch einmal.
error-key-secret = Das ist ein geheimer Schlüssel. Er öffnet alles und darf nie in einer App stehen. Nimm den öffentlichen.
error-local-not-found = Es antwortet kein lokales Projekt mehr. Starte es und versuche es erneut.
error-offline = Der Server ist nicht erreichbar. Prüfe deine Verbindung und versuche es erneut.
error-server-trouble = Der Server hat gerade Schwierigkeiten. Versuche es in einer Weile erneut.
error-rate-limited = Zu viele Versuche. Warte ein wenig und versuche es erneut.
error-rate-limited-for = Zu viele Versuche. Versuche es in { $seconds } Sekunden erneut.
error-signed-out = Du bist abgemeldet. Bitte melde dich wieder an.
error-signed-in = Du bist angemeldet. Melde dich erst ab.
error-invalid-credentials = E-Mail oder Passwort ist falsch.
error-email-not-confirmed = Diese E-Mail-Adresse ist noch nicht bestätigt. Öffne den Link in der Mail, die du bekommen hast.
error-email-invalid = Gib eine E-Mail-Adresse wie name@example.com ein.
error-password-missing = Gib ein Passwort ein.
error-password-too-long = Das Passwort ist zu lang: höchstens 72 Zeichen.
error-weak-password = Das Projekt verlangt ein stärkeres Passwort.
weak-password-length = Das Passwort ist für dieses Projekt zu kurz.
weak-password-characters = Mische Klein- und Großbuchstaben, Ziffern und Zeichen.
weak-password-pwned = Dieses Passwort ist aus Datenlecks bekannt. Wähle ein anderes.
error-already-registered = Zu dieser Adresse gibt es schon ein Konto. Melde dich damit an.
error-sign-up-disabled = Dieses Projekt nimmt zurzeit keine neuen Konten an.
error-email-disabled = Dieses Projekt hat die Anmeldung mit E-Mail abgeschaltet.
error-captcha-required = Dieses Projekt verlangt ein Captcha, das Foyer nicht zeigen kann.
error-banned = Dieses Konto ist gesperrt. Wende dich an den Betreiber des Projekts.
error-flow-unknown = Diese Anmeldung ist vorbei. Beginne noch einmal.
error-username-taken = Dieser Benutzername ist vergeben.
error-username-too-short = Nimm mindestens 3 Zeichen.
error-website-invalid = Das ist keine Web-Adresse. Sie sieht aus wie https://example.com.
error-text-too-long = Das ist zu lang.
error-conflict = Das Profil wurde inzwischen anderswo geändert. Sieh es dir noch einmal an, bevor du speicherst.
error-forbidden = Das Projekt erlaubt das nicht.
error-project-not-prepared = Das Projekt hat dafür noch keinen Platz: Sein Betreiber muss die Tabelle profiles und den Bucket avatars anlegen.
error-file-unreadable = Die Datei lässt sich nicht lesen.
error-file-too-large = Die Datei ist größer als 10 MB.
error-image-unsupported = Das ist kein PNG-, JPEG- oder WebP-Bild.
error-image-broken = Das Bild ist beschädigt und lässt sich nicht öffnen.
error-image-too-large = Das Bild hat zu viele Pixel: höchstens 8192 je Seite.
error-preview-unknown = Bitte wähle das Bild noch einmal.
error-cancelled = Abgebrochen.
error-store-unwritable = Foyer kann auf diesem Computer nicht in seinen Ordner schreiben. Prüfe den freien Platz und die Rechte.
error-internal = In Foyer selbst ging etwas schief. Versuche es erneut; bleibt es dabei, starte Foyer neu.
