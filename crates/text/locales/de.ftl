### Alles, was das Fenster sagt. Ein Satz nennt, was geschah und was zu tun ist; er tadelt nie und zeigt keine Codes.
### Wörter: anmelden, abmelden · Konto · Projekt, sein Betreiber · Link, Code · E-Mail, Mail · Passwort · zweiter Faktor,
### Authenticator-App, Passkey · Schlüsselbund · Weg zur Anmeldung · Anbieter · Bild. Anrede: du.

# Who the app is (`cargo xtask rename` writes these three). No other line spells them.
-brand = Foyer
-program = foyer
-variables = FOYER
app-name = { -brand }
navigation = Seiten
loading = Dein Konto wird geladen
try-again = Erneut versuchen
cancel = Abbrechen
dismiss = Schließen
back = Zurück
remove = Entfernen

## Verbinden

connect-title = Supabase-Projekt verbinden
connect-lead = { -brand } ist die Konto-App für dein Projekt. Es muss nur wissen, für welches.
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
tab-magic-link = E-Mail-Link
magic-link-lead = Wir schicken dir einen Link, der dich anmeldet. Ganz ohne Passwort.
magic-link-send = Link schicken
forgot-password = Passwort vergessen?
confirm-again = Den Link noch einmal schicken
or = oder
continue-with = Weiter mit { $provider }
anonymous = Ohne Konto weiter
have-code = Ich habe einen Code oder Link
sign-in = Anmelden
sign-up = Konto anlegen
sign-in-no-way = Dieses Projekt lässt niemanden auf einem Weg herein, den { -brand } kennt.
email = E-Mail
password = Passwort
password-hint = Mindestens 6 Zeichen. Das Projekt kann mehr verlangen.
show-password = Passwort zeigen
hide-password = Passwort verbergen
caps-lock = Die Feststelltaste ist an.
phone = Telefon
code = Code
code-hint = Die Ziffern aus der Mail.
code-submit = Code bestätigen
foreign-code-title = Code oder Link verwenden
foreign-code-lead = Eine Einladung oder eine andere Mail kann einen Code enthalten. Sag dazu, wohin sie kam.
paste-link-open = Stattdessen einen Link einfügen
paste-link = Link
paste-link-hint = Der Link aus der Mail, so wie du ihn kopiert hast, oder die Adresse, bei der dein Browser stehen blieb.
paste-link-submit = Diesen Link verwenden
public-profile-open = Öffentliches Profil ansehen
public-profile-title = Öffentliches Profil
public-profile-lead = Was jeder von jemandem sehen darf. Du musst dafür nicht angemeldet sein.
public-profile-submit = Ansehen
public-profile-nobody = Niemand mit diesem Namen zeigt ein öffentliches Profil.
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

waiting-step-open = Öffne die Mail auf diesem Computer und klicke auf den Link darin.
waiting-step-open-loopback = Öffne die Mail in einem Browser auf diesem Computer, während { -brand } läuft, und klicke auf den Link darin.
waiting-step-browser = Mach auf der Seite weiter, die sich im Browser geöffnet hat.
waiting-step-browser-loopback = Mach auf der Seite weiter, die sich im Browser auf diesem Computer geöffnet hat. Lass { -brand } dabei laufen.
waiting-end-signed-in = { -brand } kommt von selbst nach vorn und du bist angemeldet.
waiting-end-recovery = { -brand } kommt von selbst nach vorn und fragt nach deinem neuen Passwort.
waiting-end-email-change = Die neue Adresse gilt, sobald sie bestätigt ist. Das Projekt kann beide Postfächer fragen.
waiting-end-link-provider = { -brand } kommt von selbst nach vorn und das Konto ist verknüpft.
waiting-end-captcha = { -brand } macht von selbst mit dem weiter, was du begonnen hast.
waiting-title-mail = Sieh in dein Postfach
waiting-title-email-change = Bestätige deine neue Adresse
waiting-title-provider = Weiter im Browser
waiting-title-link-provider =
    { $provider ->
        [none] Einen Anbieter im Browser verknüpfen
       *[other] { $provider } im Browser verknüpfen
    }
waiting-title-captcha = Löse ein Rätsel im Browser
waiting-lead-sign-up = Damit du deine Adresse bestätigst, haben wir einen Link geschickt an
waiting-lead-magic-link = Wir haben einen Link, der dich anmeldet, geschickt an
waiting-lead-recovery = Falls es ein Konto gibt, ist ein Link für ein neues Passwort unterwegs an
waiting-lead-email-change = Wir haben einen Link geschickt an
waiting-lead-provider =
    { $provider ->
        [none] Melde dich dort bei deinem Anbieter an.
       *[other] Melde dich dort mit { $provider } an.
    }
waiting-lead-link-provider =
    { $provider ->
        [none] Erlaube es dort, dann kannst du dich auch über den Anbieter anmelden.
       *[other] Erlaube es dort, dann kannst du dich auch mit { $provider } anmelden.
    }
waiting-lead-captcha = Das Projekt möchte sicher sein, dass du ein Mensch bist.
waiting-halfway = 1 von 2 bestätigt. Öffne jetzt die Mail an deine andere Adresse.
waiting-finishing = Die Antwort ist da. Einen Moment…
waiting-code = Zeigt die Mail einen Code, kannst du stattdessen ihn eingeben
waiting-copied = Kopiert. Füge sie in einen anderen Browser ein.
open-inbox = Postfach öffnen
open-again = Browser noch einmal öffnen
copy-address = Adresse kopieren
waiting-step-spam = Nach einer Minute nichts da? Sieh im Spam-Ordner nach.
waiting-local = Das ist ein lokales Projekt, seine Mail bleibt auf diesem Computer. Öffne das Postfach im Browser und klicke auf den Link in der Mail:
waiting-exchanging = Der Link ist da. Du wirst angemeldet…
waiting-resend = Neuen Link schicken
waiting-resend-in = Neuen Link schicken in { $seconds } s
waiting-resent = Ein neuer Link ist unterwegs. Der alte gilt nicht mehr.
waiting-resent-sign-up = Falls deine Adresse noch nicht bestätigt ist, ist ein neuer Link unterwegs und der alte gilt nicht mehr. Falls doch, melde dich an.
waiting-confirmed = Schon bestätigt: anmelden
another-way-open = Auf anderem Weg zurückkommen
another-way-lead-mail = Ein Klick auf den Link führt nicht hierher zurück? { -brand } kann auf diesem Computer einen anderen Rückweg öffnen und dir dafür einen neuen Link schicken. Öffne den in einem Browser auf diesem Computer, während { -brand } läuft.
another-way-mail = Einen Link für diesen Weg schicken
another-way-lead-browser = Der Browser führt nicht hierher zurück? { -brand } kann auf diesem Computer einen anderen Rückweg öffnen und im Browser neu beginnen. Lass { -brand } dabei laufen.
another-way-browser = Im Browser neu beginnen
waiting-cancel = Andere Adresse verwenden
## Ein Link, um den hier niemand gebeten hat

consent-title = Mit diesem Link anmelden?
consent-checking = Es wird gefragt, wen dieser Link anmeldet…
consent-email = Dieser Link meldet dich an als
consent-unknown = Dieser Link sagt nicht, wen er anmeldet.
consent-question = Mach nur weiter, wenn du ihn erwartet hast.
consent-invitation = Es ist eine Einladung: Als Nächstes wählst du ein Passwort.
consent-continue = Weiter

## Neues Passwort und zweiter Faktor

new-password = Neues Passwort
new-password-title = Wähle ein neues Passwort
new-password-lead = Für { $email }. Ab jetzt meldest du dich damit an.
new-password-lead-nobody = Ab jetzt meldest du dich damit an.
new-password-submit = Passwort speichern
new-password-skip = Jetzt nicht
new-password-factor-first = Erst dein zweiter Faktor: Gib den Code aus deiner Authenticator-App ein, dann wird das neue Passwort gespeichert.
current-password = Bisheriges Passwort
current-password-hint = Das Projekt fragt auch danach.
nonce = Code aus der Mail
nonce-hint = Das Projekt verlangt auch einen Code. Er ist unterwegs in dein Postfach.
nonce-again = Neuen Code schicken
mfa-title = Noch ein Schritt
mfa-lead = Dein Konto verlangt auch einen Code aus deiner Authenticator-App.
mfa-which = Welche?
mfa-name = Authenticator { $number }
mfa-name-phone = Telefon { $number }
mfa-name-passkey = Passkey { $number }
mfa-name-other = Zweiter Faktor { $number }
mfa-kind-authenticator = Authenticator-App
mfa-kind-phone = Ein Code, der an ein Telefon geht. { -brand } kann nicht danach fragen.
mfa-kind-passkey = Ein Passkey oder Sicherheitsschlüssel. { -brand } kann nicht danach fragen.
mfa-kind-other = Von einer Art, die { -brand } nicht kennt. { -brand } kann nicht danach fragen.
mfa-elsewhere-phone = Dein Konto verlangt auch einen Code, der an dein Telefon geht, und das kann { -brand } nicht. Melde dich auf der Seite des Projekts selbst an, füge dort eine Authenticator-App hinzu und komm dann wieder.
mfa-elsewhere-passkey = Dein Konto verlangt auch deinen Passkey oder Sicherheitsschlüssel, und das kann { -brand } nicht. Melde dich auf der Seite des Projekts selbst an, füge dort eine Authenticator-App hinzu und komm dann wieder.
mfa-elsewhere-other = Dein Konto verlangt einen zweiten Faktor, nach dem { -brand } nicht fragen kann. Melde dich auf der Seite des Projekts selbst an, füge dort eine Authenticator-App hinzu und komm dann wieder.
mfa-code = Code
mfa-code-hint = 6 Ziffern
mfa-verify = Weiter

## Konto

nav-account = Konto
nav-security = Sicherheit
nav-security-waiting = Dort wartet etwas
anonymous-name = Ohne Konto
anonymous-word = Du bist ohne Konto hier. Gib eine Adresse an, sonst ist beim Abmelden alles verloren.
anonymous-leave-title = Für immer gehen?
anonymous-leave-text = Du hast hier keine Adresse, also kann niemand zu diesem Konto zurück. Beim Abmelden ist es verloren.
anonymous-leave = Aufgeben und abmelden
sign-out = Abmelden
account-title = Konto
account-checking = Suche nach Änderungen…
missing-table = Dieses Projekt hat keinen Platz für ein Profil, darum zeigt { -brand }, was die Anmeldung kennt: deinen Namen. Der Betreiber des Projekts kann den Platz anlegen.
missing-columns = Die Tabelle dieses Projekts hat keinen Platz für { $columns }. Der Betreiber des Projekts kann ihn anlegen.
owner-sql = SQL für den Betreiber des Projekts
copy-sql = SQL kopieren
copied-sql = Kopiert.
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
saved-later = Gemerkt. Es wird geschickt, sobald du online bist.
queued-title = Wartet auf das Senden
queued-lead = Das hast du offline geändert. { -brand } schickt es, sobald der Server erreichbar ist.
queued-memory = { -brand } behält es nur im Arbeitsspeicher: Wird { -brand } vorher geschlossen, ist es verloren.
queued-discard = Verwerfen
conflict-title = Hier und anderswo geändert
conflict-lead = Dein Profil wurde inzwischen anderswo geändert. Welche Fassung bleibt?
conflict-mine = Deine
conflict-theirs = Auf dem Server
conflict-keep-mine = Meine behalten
conflict-take-theirs = Die vom Server nehmen
empty-value = Leer
unsaved = Nicht gespeichert
revert = Verwerfen
reverted = Änderungen verworfen.
restore = Zurückholen
unsaved-title = Jetzt abmelden?
unsaved-text = Änderungen an deinem Profil haben den Server noch nicht erreicht. Beim Abmelden gehen sie verloren.
unsaved-stay = Bleiben
unsaved-discard = Verwerfen und abmelden

## Entwürfe, Verlassen, was andere sehen

restored = Was du letztes Mal getippt hast, ist wieder da. Gespeichert ist es noch nicht.
username-free = Dieser Benutzername ist frei.
leaving-title = Ohne Speichern weiter?
leaving-text = Änderungen an deinem Profil sind noch nicht gespeichert. { -brand } merkt sich, was du getippt hast: Es ist da, wenn du zurückkommst.
leaving-go = Weiter
closing-title = Ohne Speichern schließen?
closing-text = Änderungen an deinem Profil sind noch nicht gespeichert. { -brand } merkt sich auf diesem Computer, was du getippt hast: Es ist da, wenn du { -brand } wieder öffnest.
closing-go = Schließen
closing-text-memory = Änderungen an deinem Profil sind noch nicht gespeichert. { -brand } schreibt nichts auf diesen Computer, beim Schließen gehen sie verloren.
closing-go-memory = Verwerfen und schließen
public-own-lead = Was jeder von dir sehen kann, auch ohne Anmeldung.
public-own-look = Zeigen, was andere sehen
public-own-again = Noch einmal nachsehen
public-own-close = Ausblenden
public-own-empty = Andere sehen ein leeres Profil: Darin ist noch nichts gespeichert.
public-own-nothing = Andere sehen nichts von deinem Profil. Dieses Projekt zeigt es nur dir.
public-own-hidden = Deine E-Mail-Adresse und wie du dich anmeldest, sehen andere nicht.
public-own-no-picture = Dein Bild wird anderen nicht gezeigt: Dieses Projekt hält es privat.

## Sicherheit

security-title = Sicherheit
security-sign-in = Anmeldung
security-sessions = Wo du angemeldet bist
security-account = Das Konto
change = Ändern
add = Hinzufügen
manage = Verwalten
close = Schließen
continue = Weiter
password-state-unknown = Das Projekt verrät nicht, ob es eines gibt. Du kannst ein neues setzen.
password-state-anonymous = Braucht zuerst eine Adresse.
email-address = E-Mail-Adresse
email-state-none = Noch keine.
keep-account-lead = Noch keine. Mit einer gehört dir dieses Konto auf jedem Gerät.
change-email-lead = Eine Mail bittet dich, die neue Adresse zu bestätigen. Vielleicht fragt das Projekt auch an der alten nach.
two-factor-title = Zwei-Faktor-Anmeldung
two-factor-off = Aus. Eingeschaltet, braucht die Anmeldung auch einen Code aus einer App.
two-factor-count =
    { $count ->
        [one] An, mit 1 zweiten Faktor.
       *[other] An, mit { $count } zweiten Faktoren.
    }
two-factor-count-day =
    { $count ->
        [one] An, mit 1 zweiten Faktor, hinzugefügt am { $day }.
       *[other] An, mit { $count } zweiten Faktoren, der letzte hinzugefügt am { $day }.
    }
email-state-changing = { $email } muss noch bestätigt werden.
sessions-last = Die letzte Anmeldung irgendwo war am { $day }.
identities-title = Wege zur Anmeldung
identities-count =
    { $count ->
        [one] 1 Weg:
       *[other] { $count } Wege:
    }
identities-none = Das Projekt hat deine Wege zur Anmeldung nicht aufgezählt.
session-title = Dieser Computer
sessions-title = Andere Geräte
sessions-state = Das Projekt zählt sie nicht auf, kann dich dort aber abmelden.
sessions-lead = Gerät verloren, oder irgendwo angemeldet, wo du niemandem traust? „Anderswo“ lässt dich hier angemeldet.
mfa-enroll = Einrichten
delete-title = Konto löschen
change-password = Passwort ändern
keep-account = Konto behalten
new-email = Neue Adresse
change-email = Adresse ändern
two-factor-elsewhere = An, aber nach deinem zweiten Faktor kann { -brand } nicht fragen. Füge eine Authenticator-App hinzu, sonst kannst du dich hier beim nächsten Mal nicht anmelden.
mfa-enroll-another = Weitere hinzufügen
mfa-unfinished = Nie fertig eingerichtet. Danach wird nicht gefragt.
mfa-remove-named = { $name } entfernen
mfa-new-title = Authenticator-App hinzufügen
mfa-scan = Scanne dieses Bild mit deiner Authenticator-App und gib dann den Code ein, den sie zeigt.
mfa-qr = QR-Code für die Authenticator-App
mfa-secret = Keine Kamera? Gib diesen Schlüssel ein:
mfa-first-code = Code aus der App
mfa-finish = Einschalten
identity-only = Lässt sich nicht entfernen: Der Server nennt keinen anderen
identity-unnamed = Dieser Server lässt { -brand } ihn nicht entfernen
identity-unknown = Ein anderer Weg
identity-sso = Anmeldung über die Firma
identities-address = Auch deine Adresse { $email } kann dich anmelden: mit einem Link per E-Mail oder mit einem Passwort, falls du eines gesetzt hast.
unlink-named = { $provider } entfernen
link = Verknüpfen
link-named = { $provider } verknüpfen
sign-out-others = Anderswo abmelden
sign-out-everywhere = Überall abmelden
protection-keychain = Geschützt durch den Schlüsselbund des Systems.
protection-key-file = Nur durch Dateirechte geschützt: Wer deine Dateien lesen kann, kann die Sitzung lesen.
protection-memory = Nur im Arbeitsspeicher: Du meldest dich bei jedem Start neu an.
protection-waiting = Deine Sitzung wartet auf den Schlüsselbund des Systems.
protection-unknown = { -brand } stellt fest, was deine Sitzung schützt.
diagnostics-title = Ein Problem melden
diagnostics-lead = Kopiert, was ein Bericht braucht: Versionen, Einstellungen und die letzten Ereignisse. Darin steht kein Passwort, kein Schlüssel und nichts aus deinem Konto.
diagnostics-copy = Diagnose kopieren
diagnostics-copied = Kopiert. Du kannst sie in deinen Bericht einfügen.
delete-lead = Dein Konto mit allem darin verschwindet für immer.
delete-account = Löschen…
delete-dialog-title = Dein Konto löschen?
delete-what-goes = Dein Profil, dein Bild, deine Wege zur Anmeldung und deine Sitzungen auf allen Geräten werden sofort gelöscht. Niemand kann sie zurückholen.
delete-confirm = Gib zur Bestätigung { $text } ein
delete-submit = Endgültig löschen

## Einstellungen

nav-settings = Einstellungen
settings-title = Einstellungen
# Appearance
appearance-title = Darstellung
theme = Farben
language = Sprache
language-system = Wie das System
theme-system = Wie das System
theme-light = Hell
theme-dark = Dunkel

protection-title = Sicherheit
protection-lead = So bewahrt { -brand } deine Sitzung und das, was es von deinem Konto weiß, auf diesem Computer auf.
protection-no-modes = Der Datenträger mit dem Ordner von { -brand } kennt keine Dateirechte: Andere an diesem Computer können die Dateien darin möglicherweise lesen.
protection-choice-keychain = Schlüsselbund des Systems
protection-hint-keychain = Die Dateien sind verschlüsselt, und der Schlüsselbund hält den Schlüssel. Er öffnet sich mit deiner Anmeldung am Computer.
protection-choice-key-file = Nur Dateirechte
protection-hint-key-file = Der Schlüssel liegt in einer Datei neben der Sitzung. Geht überall; hält andere Benutzer fern, aber nichts, was deine Dateien lesen kann.
protection-choice-memory = Nur im Arbeitsspeicher
protection-hint-memory = Von Sitzung und Konto wird nichts geschrieben. Du meldest dich bei jedem Start neu an, und Änderungen, die auf das Senden warten, gehen beim Schließen von { -brand } verloren.
keychain-locked = Der Schlüsselbund des Systems ist gesperrt. Entsperre ihn in der Passwort- oder Schlüsselbund-App deines Systems und versuche es noch einmal.
keychain-unanswered = Der Schlüsselbund des Systems antwortet nicht. Vielleicht wartet er in einem anderen Fenster auf dein Passwort.
keychain-absent = { -brand } findet auf diesem Computer keinen Schlüsselbund.

## Gesperrt

locked-title = Der Schlüsselbund ist gesperrt
locked-title-unanswered = Der Schlüsselbund antwortet nicht
locked-lead = Deine Sitzung ist auf diesem Computer, und den Schlüssel dazu hält der Schlüsselbund des Systems. Entsperre ihn in der Passwort- oder Schlüsselbund-App deines Systems und versuche es noch einmal.
locked-lead-unanswered = Deine Sitzung ist auf diesem Computer, und den Schlüssel dazu hält der Schlüsselbund des Systems. Vielleicht wartet er in einem anderen Fenster auf dein Passwort.
sign-in-again = Neu anmelden
sign-in-again-hint = Mit dem neuen Anmelden beginnt eine neue Sitzung. Nichts wird gelöscht: Die alte wird beiseitegelegt, wie sie ist.

## Bild

avatar-title = Bild
avatar-alt = Dein Bild
avatar-limits = PNG, JPEG oder WebP, bis 10 MB und 8192 Pixel je Seite: wählen, hier ablegen oder einfügen. Angaben zu Ort und Kamera werden entfernt.
avatar-limit = Dieses Projekt nimmt Bilder bis { $size }. Ist deins größer, verkleinert { -brand } es.
avatar-choose = Bild wählen…
avatar-replace = Ersetzen…
avatar-choose-other = Anderes wählen…
avatar-remove = Entfernen
avatar-uploading = Wird hochgeladen
size-bytes =
    { $number ->
        [one] { $number } Byte
       *[other] { $number } Byte
    }
size-kilobytes = { $number } KB
size-megabytes = { $number } MB
avatar-sent = { $sent } von { $total } KB
picture-files = Bilder (PNG, JPEG, WebP)
avatar-done = Dein neues Bild ist da.
avatar-drop = Leg dein Bild hier ab
avatar-removed = Dein Bild ist entfernt.
avatar-undo = Rückgängig
crop-title = Wähle, was zu sehen ist
crop-stage = Dein Bild im Kreis
crop-help = Zieh das Bild oder verschieb es mit den Pfeiltasten. Plus und Minus machen es größer und kleiner, R dreht es.
crop-zoom = Größe
crop-percent = { $percent } Prozent
crop-turn = Drehen
crop-reset = Zurücksetzen
crop-apply = Dieses Bild nehmen
crop-state = { $percent } Prozent der Größe, um { $degrees } Grad gedreht. Die Mitte des Kreises liegt { $across } Prozent von links und { $down } Prozent von oben.

## Hinweise

notice-signed-in-by-link = Willkommen. Der Link hat dich angemeldet.
notice-signed-in-by-provider = Willkommen. Du bist angemeldet.
notice-link-malformed = { -brand } findet darin keinen Link, mit dem es dich anmelden kann. Kopiere den ganzen Link aus der Mail und füge ihn ein, oder fordere einen neuen an.
notice-link-incomplete = Ein Teil dieses Links fehlt: „type=…“. Kopiere den ganzen Link aus der Mail, bis zu seinem Ende, oder fordere einen neuen an.
notice-link-sealed = Dieser Link gehört einem Mail-Filter, und nur der weiß, wohin er führt. Öffne ihn im Browser und füge dann die Adresse ein, bei der der Browser stehen blieb.
notice-link-unknown = Dieser Link gehört zu keiner Anmeldung, die hier begonnen wurde, oder sie ist vorbei. Melde dich an oder fordere einen neuen Link an.
notice-link-spent = Dieser Link wurde schon benutzt oder ist zu alt. Fordere einen neuen an.
notice-confirmed-too-late = Deine E-Mail-Adresse ist bestätigt. Bitte melde dich an.
notice-took-too-long = Das hat zu lange gedauert, der Server wartet nicht mehr darauf. Beginne noch einmal.
notice-link-refused = Die Anmeldung wurde abgelehnt. Du kannst es erneut versuchen.
notice-link-not-finished = Der Server war nicht erreichbar, um die Anmeldung abzuschließen. Verwende den Link noch einmal, wenn du online bist.
notice-link-while-signed-in = Dieser Link gehört zu einem anderen Konto. Melde dich erst ab und verwende ihn dann noch einmal.
notice-provider-address-unconfirmed = Der Anbieter hat deine Adresse nicht bestätigt. Eine Mail ist unterwegs: Öffne ihren Link und melde dich dann noch einmal an.
notice-identity-taken = Dieses Konto gehört hier schon jemand anderem. Es wurde nichts geändert.
notice-link-of-other-account = Dieser Link gehört zu einem Konto, das hier nicht angemeldet ist. Melde dich mit diesem Konto an und öffne den Link dann noch einmal.
notice-other-address-to-confirm = Wenn du gerade eine deiner beiden Adressen bestätigt hast: Öffne auch die Mail an die andere.
notice-email-change-half = 1 von 2 bestätigt. Öffne jetzt die Mail an deine andere Adresse.
notice-email-changed = Ab jetzt gilt deine neue Adresse.
notice-identity-linked = Verknüpft. Du kannst dich ab jetzt auch damit anmelden.
notice-password-changed = Ab jetzt gilt dein neues Passwort.
notice-others-signed-out = Alle anderen Geräte sind abgemeldet.
notice-factor-added = Die Zwei-Faktor-Anmeldung ist an.
notice-factor-removed = Der zweite Faktor ist entfernt.
notice-edit-sent = Was du offline geändert hast, ist beim Server angekommen.
notice-account-deleted = Dein Konto und alles darin ist gelöscht.
notice-account-deleted-pictures-stay = Dein Konto ist gelöscht. Ein Bild, das dich das Projekt nicht entfernen lässt, ist vielleicht geblieben: Sein Betreiber kann es entfernen.
notice-project-failed = Das Projekt konnte dich nicht anmelden: Etwas Eigenes schlägt fehl. Ein neuer Versuch hilft nicht; sein Betreiber muss in die Protokolle des Projekts sehen.
notice-browser-not-opened = Der Browser ließ sich nicht öffnen. Kopiere die Adresse und öffne sie selbst.
notice-action = Neuen Link schicken

store-warning-not-saved = Deine Sitzung konnte auf diesem Computer nicht gespeichert werden. Du bleibst angemeldet, bis { -brand } geschlossen wird; { -brand } versucht es weiter.
store-warning-not-removed = Was { -brand } auf diesem Computer speichert, konnte nicht geändert werden. Eine abgemeldete Sitzung kann hier noch gespeichert sein; { -brand } versucht es weiter. Prüfe, ob die Festplatte voll ist.

## Fehler

error-not-configured = Es ist noch kein Projekt verbunden.
error-configured-by-environment = Das Projekt ist durch die Umgebung dieses Computers festgelegt und kann hier nicht geändert werden.
error-url-invalid = Das ist keine Web-Adresse. Sie sieht aus wie https://abcd.supabase.co.
error-url-insecure = Die Adresse muss mit https:// beginnen. Nur ein Projekt auf diesem Computer darf ohne.
error-web-page-answers = Dort antwortet eine Webseite statt eines Supabase-Projekts. Oft ist es die Anmeldeseite eines Netzwerks: Öffne deinen Browser, melde dich beim Netzwerk an und versuche es dann erneut. Bist du online, prüfe die URL.
error-not-supabase = Dort antwortet etwas, aber es ist kein Supabase-Projekt. Prüfe die URL.
error-key-invalid = Dieser Schlüssel passt nicht zum Projekt. Kopiere den öffentlichen Schlüssel noch einmal.
error-key-secret = Das ist ein geheimer Schlüssel. Er öffnet alles und darf nie in einer App stehen. Nimm den öffentlichen.
error-local-not-found = Es antwortet kein lokales Projekt mehr. Starte es und versuche es erneut.
error-offline = Der Server ist nicht erreichbar. Prüfe deine Verbindung und versuche es erneut.
error-server-failed = Der Server ist daran gescheitert. Versuche es noch einmal; scheitert es wieder, sage es dem Betreiber des Projekts.
error-server-trouble = Der Server hat gerade Schwierigkeiten. Versuche es in einer Weile erneut.
error-rate-limited = Zu viele Versuche. Warte ein wenig und versuche es erneut.
error-rate-limited-for =
    { $seconds ->
        [one] Zu viele Versuche. Versuche es in { $seconds } Sekunde erneut.
       *[other] Zu viele Versuche. Versuche es in { $seconds } Sekunden erneut.
    }
error-rate-limited-minutes =
    { $minutes ->
        [one] Zu viele Versuche. Versuche es in etwa { $minutes } Minute erneut.
       *[other] Zu viele Versuche. Versuche es in etwa { $minutes } Minuten erneut.
    }
error-rate-limited-hours =
    { $hours ->
        [one] Zu viele Versuche. Versuche es in etwa { $hours } Stunde erneut.
       *[other] Zu viele Versuche. Versuche es in etwa { $hours } Stunden erneut.
    }
error-intercepted = Anstelle des Projekts antwortet etwas anderes, oft die Anmeldeseite eines Netzwerks. Öffne deinen Browser, melde dich beim Netzwerk an und versuche es dann erneut.
error-project-unreachable = Das Projekt antwortet hinter seinem Gateway gerade nicht. { -brand } versucht es von selbst erneut.
error-clocks-differ = Die Uhren der Server des Projekts gehen verschieden, darum gilt deine Anmeldung noch nicht. { -brand } versucht es von selbst erneut.
error-certificate-untrusted = Für das Zertifikat des Servers bürgt niemand, dem dieser Computer vertraut, darum wurde nichts gesendet. Vielleicht sieht ein Netzwerk oder ein Programm in die Verbindungen: Versuche es in einem anderen Netzwerk. Bleibt es so, muss der Betreiber des Projekts nachsehen.
error-certificate-out-of-date = Das Zertifikat des Servers ist abgelaufen oder gilt noch nicht, darum wurde nichts gesendet. Prüfe Datum und Uhrzeit dieses Computers; stimmen sie, muss der Betreiber des Projekts es erneuern.
error-certificate-other-host = Das Zertifikat des Servers gilt für eine andere Adresse, darum wurde nichts gesendet. Prüfe die URL des Projekts und das Netzwerk; stimmt beides, muss der Betreiber des Projekts nachsehen.
error-project-paused = Dieses Projekt ist pausiert. Sein Betreiber kann es im Supabase-Dashboard fortsetzen; nichts ist verloren.
error-project-restricted = Dieses Projekt ist gerade eingeschränkt, weil sein Tarif aufgebraucht ist. Sein Betreiber muss sich darum kümmern.
error-project-broken = In der Datenbank des Projekts schlägt etwas fehl. Ein neuer Versuch hilft nicht: Sein Betreiber muss in die Protokolle des Projekts sehen.
error-mail-unsent = Das Projekt konnte seine Mail nicht senden. Sein Betreiber muss die Mail-Einstellungen ansehen.
error-tokens-refused = Ein Teil dieses Projekts nimmt die eigenen Anmeldungen des Projekts nicht an. Sein Betreiber muss die Schlüssel ansehen, mit denen Tokens signiert werden.
error-refused = Das Projekt hat das aus einem Grund abgelehnt, den { -brand } nicht kennt. Er steht im Protokoll; ein neueres { -brand } kennt ihn vielleicht.
error-signed-out = Du bist abgemeldet. Bitte melde dich wieder an.
error-signed-in = Du bist angemeldet. Melde dich erst ab.
error-invalid-credentials = E-Mail oder Passwort ist falsch.
error-email-not-confirmed = Diese E-Mail-Adresse ist noch nicht bestätigt. Öffne den Link in der Mail, die du bekommen hast, oder lass ihn dir noch einmal schicken.
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
error-captcha-required = Dieses Projekt verlangt ein Captcha, das { -brand } hier nicht zeigen kann. Der Betreiber des Projekts kann eine Seite dafür einrichten.
error-banned = Dieses Konto ist gesperrt. Wende dich an den Betreiber des Projekts.
error-flow-unknown = Diese Anmeldung ist vorbei. Beginne noch einmal.
error-anonymous-disabled = Dieses Projekt lässt niemanden ohne Konto herein.
error-provider-unavailable = Dieses Projekt bietet den Anbieter zurzeit nicht an.
error-browser-unavailable = Dein Browser ließ sich nicht öffnen. Kopiere die Adresse und öffne sie selbst.
error-clipboard-unavailable = Es ließ sich nicht kopieren.
error-loopback-unavailable = { -brand } konnte auf diesem Computer keinen Rückweg aus dem Browser öffnen. Schließe andere Programme, die im Weg sein könnten, und versuche es erneut.
error-code-invalid = Ein Code hat 6 bis 10 Ziffern.
error-code-wrong = Dieser Code ist falsch oder zu alt. Sieh in die neueste Mail oder noch einmal in die App.
error-link-over = Dieser Link gilt nicht mehr. Fordere einen neuen an.
error-still-checking = Dieser Link wird noch geprüft. Versuch es gleich noch einmal.
error-session-invalid = Das ist keine Sitzung dieses Projekts. Bitte melde dich an.
error-session-over = Diese Sitzung ist zu Ende. Bitte melde dich wieder an.
error-second-factor-needed = Zeige erst deinen zweiten Faktor.
error-factor-unknown = Diesen zweiten Faktor gibt es nicht mehr.
error-too-many-factors = Du hast so viele zweite Faktoren, wie das Projekt erlaubt. Entferne erst einen.
error-factors-disabled = Dieses Projekt nimmt keine zweiten Faktoren an.
error-current-password-needed = Das Projekt fragt auch nach deinem bisherigen Passwort.
error-current-password-wrong = Das ist nicht dein bisheriges Passwort.
error-nonce-needed = Das Projekt verlangt auch einen Code. Er ist unterwegs in dein Postfach.
error-nonce-wrong = Dieser Code ist falsch oder zu alt.
error-same-password = Das ist dein bisheriges Passwort. Wähle ein anderes.
error-email-taken = Diese Adresse gehört zu einem anderen Konto.
error-last-identity = Das ist dein letzter Weg zur Anmeldung. Füge erst einen anderen hinzu.
error-linking-disabled = In diesem Projekt lassen sich Konten nicht verknüpfen.
error-confirmation-wrong = Das ist nicht, wonach gefragt wurde.
error-username-taken = Dieser Benutzername ist vergeben.
error-username-too-short = Nimm mindestens 3 Zeichen.
error-website-invalid = Das ist keine Web-Adresse. Sie sieht aus wie https://example.com.
error-text-too-long = Das ist zu lang.
error-unseen-characters = Hier stehen Zeichen, die niemand sehen kann. Lösche den Text und tippe ihn neu, statt ihn einzufügen.
error-text-too-long-for =
    { $limit ->
        [one] Das ist zu lang: Das Projekt nimmt höchstens { $limit } Zeichen.
       *[other] Das ist zu lang: Das Projekt nimmt höchstens { $limit } Zeichen.
    }
error-value-taken =
    { $name ->
        [none] Das hat schon jemand anderes, und das Projekt will jedes nur einmal.
       *[other] Das hat schon jemand anderes, und das Projekt will jedes nur einmal (seine Regel „{ $name }“).
    }
error-value-refused =
    { $name ->
        [none] Das Projekt hat eine eigene Regel, die das nicht erfüllt. Versuche es in einer anderen Form.
       *[other] Das Projekt hat eine eigene Regel, „{ $name }“, die das nicht erfüllt. Versuche es in einer anderen Form.
    }
error-value-required = Das Projekt will, dass dieses Feld ausgefüllt ist.
error-project-says = Das Projekt nimmt das nicht an. Es sagt: „{ $words }“
error-column-unfilled =
    { $name ->
        [none] Die Tabelle des Projekts will einen Wert, den { -brand } nicht kennt. Sein Betreiber muss der Spalte einen Vorgabewert geben.
       *[other] Die Tabelle des Projekts will einen Wert in ihrer Spalte „{ $name }“, die { -brand } nicht kennt. Sein Betreiber muss ihr einen Vorgabewert geben.
    }
error-column-missing =
    { $name ->
        [none] Der Tabelle des Projekts fehlt eine Spalte. Sein Betreiber kann sie anlegen.
       *[other] Der Tabelle des Projekts fehlt die Spalte „{ $name }“. Sein Betreiber kann sie anlegen.
    }
error-function-missing =
    { $name ->
        [none] Dem Projekt fehlt eine Funktion, die dafür nötig ist. Sein Betreiber muss sie anlegen.
       *[other] Dem Projekt fehlt die Funktion „{ $name }“, darum wurde nichts gelöscht. Sein Betreiber muss sie anlegen.
    }
error-pictures-stay = Das Projekt lässt deine Bilder nicht entfernen, darum wurde das Konto nicht gelöscht. Sein Betreiber muss es erlauben.
error-conflict = Das Profil wurde inzwischen anderswo geändert. Sieh es dir noch einmal an, bevor du speicherst.
error-forbidden = Das Projekt erlaubt das nicht.
error-project-not-prepared = Das Projekt hat dafür noch keinen Platz: Sein Betreiber muss die Tabelle profiles und den Bucket avatars anlegen.
error-file-unreadable = Die Datei lässt sich nicht lesen.
error-file-too-large = Die Datei ist größer als 10 MB.
error-not-one-file = Bitte eine Bilddatei: nicht mehrere, kein Ordner und keine Webadresse.
error-no-picture-copied = In der Zwischenablage liegt kein Bild. Kopiere eines und füge es dann hier ein.
error-image-unsupported = Das ist kein PNG-, JPEG- oder WebP-Bild.
error-image-broken = Das Bild ist beschädigt und lässt sich nicht öffnen.
error-image-too-large = Das Bild hat zu viele Pixel: höchstens 8192 je Seite.
error-image-too-heavy = Das Bild zu öffnen braucht zu viel Speicher oder Zeit. Speichere es mit weniger Pixeln, zum Beispiel 4000 je Seite, und wähle es noch einmal.
error-bucket-formats = Das Projekt nimmt keines der Formate, die { -brand } schreiben kann: JPEG, WebP und PNG. Sein Betreiber legt das im Bucket avatars fest.
error-bucket-limit = Das Projekt nimmt Bilder von höchstens { $size }, und so klein wird dieses nicht. Sein Betreiber legt das im Bucket avatars fest.
error-bucket-too-small = Das Projekt nimmt nur Bilder von weniger als { $size }, und kleiner wird dieses nicht. Sein Betreiber legt das im Bucket avatars fest.
error-picture-busy = Ein anderes Bild wird noch gewählt oder hochgeladen. Brich das erst ab oder lass es fertig werden.
error-preview-unknown = Bitte wähle das Bild noch einmal.
error-cancelled = Abgebrochen.
error-store-unwritable = { -brand } kann auf diesem Computer nicht in seinen Ordner schreiben. Prüfe den freien Platz und die Rechte.
error-keychain-locked = Der Schlüsselbund des Systems ist gesperrt. Entsperre ihn und versuche es noch einmal.
error-keychain-unavailable = Der Schlüsselbund des Systems ist auf diesem Computer gerade nicht verwendbar. Es wurde nichts geändert.
error-files-of-others = Jemand anderes hat auf diesem Computer Änderungen, die noch nicht gesendet wurden und verloren gingen. Diese Person muss sich zuerst anmelden, damit sie gesendet werden können. Es wurde nichts geändert.
error-internal = In { -brand } selbst ging etwas schief. Versuche es erneut; bleibt es dabei, starte { -brand } neu.

## Windows

error-too-many-windows = { -brand } zeigt schon so viele Fenster, wie es kann. Schließe zuerst eines davon.
error-folder-not-opened = Keine Dateiverwaltung hat den Ordner geöffnet. Sein Pfad steht darüber.

## Einstellungen: Verbindung, Benachrichtigungen, Daten, Über

connection-title = Verbindung
connection-lead = Das Supabase-Projekt, mit dem { -brand } spricht, und wie Links aus E-Mails und Browsern zurück zu { -brand } führen.
redirect-deep-link = Links öffnen { -brand } unmittelbar. Besser geht es nicht.
redirect-bare-deep-link = Links öffnen { -brand } unmittelbar, aber nur eine Anmeldung kann zurzeit warten.
redirect-loopback = Links kommen über einen Port dieses Computers zurück: Öffne sie in einem Browser auf diesem Computer, während { -brand } läuft.
redirect-unknown = { -brand } weiß noch nicht, wie Links zurückkommen: Das Projekt hat nicht geantwortet.
redirect-reason-narrow = Die Redirect-URLs des Projekts nennen die Links von { -brand } ohne den Stern am Ende. Mit diesem Eintrag können mehrere Anmeldungen gleichzeitig warten.
redirect-reason-missing = Die Redirect-URLs des Projekts nennen die Links von { -brand } nicht. Der Betreiber des Projekts kann diesen Eintrag unter Authentication, URL Configuration hinzufügen; dann öffnen Links { -brand } unmittelbar.
redirect-reason-desktop = Dein Desktop öffnet die Links von { -brand } mit einer anderen App oder mit keiner. Wähle bei den Standard-Apps { -brand } dafür.
redirect-entry-copy = Eintrag kopieren
redirect-entry-copied = Kopiert. Füge ihn bei den Redirect-URLs des Projekts ein.
redirect-check = Erneut prüfen
redirect-checked = Gerade geprüft.
project-fixed = Das Projekt wurde beim Start von { -brand } festgelegt und lässt sich hier nicht ändern.
project-leave = Projekt wechseln…
project-leave-title = Dieses Projekt verlassen?
project-leave-signed-in = Du wirst auf diesem Computer abgemeldet, und Änderungen, die nicht gespeichert oder noch nicht gesendet sind, gehen verloren. Danach kannst du ein anderes Projekt verbinden.
project-leave-signed-out = Anmeldungen, die auf einen Link oder Code warten, werden aufgegeben. Danach kannst du ein anderes Projekt verbinden.
project-leave-confirm = Projekt verlassen
notifications-title = Benachrichtigungen
notifications-switch = Benachrichtige mich
notifications-hint = Wenn ein Link ankommt oder du anderswo abgemeldet wirst, während du nicht auf { -brand } schaust. Von deinem Konto steht nichts darin.
data-title = Daten
data-lead = Alles, was { -brand } auf diesem Computer aufbewahrt, liegt in diesem Ordner.
open-data = Ordner öffnen
open-logs = Protokollordner öffnen
clear-cache = Mit leerem Cache neu beginnen
clear-cache-hint = Entfernt Profil und Bild, die { -brand } sich merkt, und was das Fenster von seiner Seite aufbewahrt, und holt beides neu. Deine Sitzung, deine Einstellungen und Änderungen, die noch gesendet werden, bleiben.
cache-cleared = Der Cache ist leer. Was gebraucht wird, wird neu geholt.
about-title = Über { -brand }
about-version = Version { $version }
about-license = { -brand } ist freie Software, nach deiner Wahl unter der MIT- oder der Apache-2.0-Lizenz.
licenses-show = Lizenzen anderer zeigen
licenses-hide = Lizenzen anderer verbergen

## Updates der App

updates-title = Updates
updates-unknown = Noch nicht geprüft.
updates-checking = Es wird nach einer neueren Version gesucht…
updates-newest = Das ist die neueste Version.
updates-available = Version { $version } ist verfügbar.
updates-elsewhere = Version { $version } ist verfügbar. Sie kommt mit den Updates deines Systems oder von dort, woher du { -brand } hast.
updates-downloading = Version { $version } wird heruntergeladen.
updates-ready = Version { $version } ist bereit. { -brand } startet damit neu.
updates-ready-memory = Du musst dich danach neu anmelden, da deine Sitzung nur im Arbeitsspeicher liegt.
updates-installing = Version { $version } wird installiert. { -brand } startet von selbst wieder.
updates-checked = Zuletzt geprüft am { $day }.
updates-notes = Was die Hersteller darüber schreiben
updates-check = Jetzt prüfen
updates-download = Herunterladen
updates-received = { $received } MB
updates-received-of = { $received } von { $total } MB
updates-install = Installieren und neu starten
updates-unreachable = Der Server für Updates ist nicht zu erreichen. Prüfe deine Verbindung und versuche es noch einmal.
updates-unclear = Der Server für Updates gab keine verständliche Antwort. Versuche es später noch einmal.
updates-no-build = Es gibt eine neuere Version, aber keine für dieses System.
updates-broken-off = Der Download brach ab. Beim nächsten Versuch beginnt er von vorn.
updates-too-large = Die Datei ist größer als jede Version von { -brand }, darum wurde der Download beendet.
updates-not-signed = Die Datei ist nicht von den Herstellern von { -brand } als diese Version signiert und wurde verworfen. Es hat sich nichts geändert.
updates-not-installed = Die neue Version konnte diese nicht ersetzen. Es hat sich nichts geändert.

## Das Menü und die Tastenkürzel

menu-title = Befehle
menu-open = Liste der Befehle öffnen
menu-search = Was möchtest du tun?
menu-count =
    { $count ->
        [0] Nichts heißt hier so.
        [one] { $count } Befehl
       *[other] { $count } Befehle
    }
menu-revert = Änderungen verwerfen
menu-restore = Verworfenes zurückholen
menu-reload = Noch einmal verbinden
menu-account = Zum Konto
menu-security = Zur Sicherheit
menu-settings = Zu den Einstellungen
menu-close-settings = Einstellungen schließen
menu-remove-picture = Bild entfernen
menu-change-email = E-Mail-Adresse ändern
menu-add-factor = Zwei-Faktor-Anmeldung einrichten
menu-sign-in = Mit Passwort anmelden
menu-sign-up = Konto erstellen
menu-magic-link = Mit einem Link per E-Mail anmelden
menu-type-code = Code eingeben oder Link einfügen
menu-skip-new-password = Passwort lassen, wie es ist
menu-dismiss-notice = Meldung ausblenden
menu-new-window = Neues Fenster
menu-theme-system = Farben des Systems verwenden
menu-theme-light = Helle Farben verwenden
menu-theme-dark = Dunkle Farben verwenden
menu-shortcuts = Tastenkürzel
menu-copy-diagnostics = Diagnose kopieren
menu-change-project = Projekt wechseln
shortcut-next-part = Zum nächsten Teil des Fensters
shortcut-close = Zuletzt Geöffnetes schließen
key-ctrl = Strg
key-alt = Alt
key-esc = Esc

## Der Titel des Fensters, und was ein Screenreader zwischen zwei Seiten sagt

window-title = { $page } – { -brand }
window-title-place = { $page } – { $place } – { -brand }
announce-signed-in = Du bist als { $email } angemeldet.
announce-signed-in-nobody = Du bist ohne Konto angemeldet.
announce-online = Du bist wieder online.

## Die Prüfung der Verbindung

doctor-title = Diese Verbindung prüfen
doctor-lead = Sieht nach, was die App vom Projekt und von diesem Computer braucht. Nichts wird geändert.
doctor-start = Prüfen
doctor-again = Noch einmal prüfen
doctor-running = Wird geprüft…
doctor-copy = Als Text kopieren
doctor-copied = Kopiert.
doctor-remedy = Was einzutragen oder auszuführen ist
doctor-remedy-copy = Kopieren
doctor-cancelled = Die Prüfung wurde abgebrochen.
doctor-sum =
    { $problems ->
        [0] Kein Problem gefunden.
        [one] Ein Problem gefunden.
       *[other] { $problems } Probleme gefunden.
    }
doctor-counts = In Ordnung: { $ok }, Hinweise: { $hints }, Probleme: { $problems }, unbekannt: { $unknown }
doctor-state-ok = In Ordnung
doctor-state-hint = Hinweis
doctor-state-problem = Problem
doctor-state-unknown = Unbekannt
check-key = Adresse und Schlüssel
check-server = Projekt
check-certificate = Verschlüsselung
check-sign-up = Registrierung
check-sign-in-methods = Wege zur Anmeldung
check-confirmation = Bestätigung von Adressen
check-mail = Mailserver
check-captcha = Captcha
check-redirect = Links zurück in die App
check-signing-keys = Signaturschlüssel
check-profiles = Tabelle „profiles“
check-profile-row = Deine Zeile in „profiles“
check-profile-policies = Richtlinien von „profiles“
check-bucket = Bucket „avatars“
check-bucket-writers = Wer Bilder hinzufügen darf
check-bucket-readers = Wer Bilder sehen darf
check-bucket-limits = Was der Bucket annimmt
check-delete-account = Funktion „delete_account“
check-clock = Uhr
check-links = Links auf diesem Computer
check-keychain = Schlüsselbund
check-webview = Webview
check-session-bus = D-Bus-Sitzungsbus
finding-good = In Ordnung.
finding-not-needed = Hier gibt es nichts zu prüfen.
finding-not-asked = Nicht geprüft: Erst muss ein Problem weiter oben gelöst werden.
finding-no-answer = Keine brauchbare Antwort. Prüfe es später noch einmal.
finding-not-told = Das lässt sich von hier aus nicht feststellen.
finding-sign-in-needed = Der Server sagt es nur Angemeldeten. Melde dich an und prüfe noch einmal.
finding-address-invalid = Das ist keine Adresse eines Projekts.
finding-address-insecure = Die Adresse muss mit https:// beginnen.
finding-key-invalid = Das ist weder ein „publishable“- noch ein „anon“-Schlüssel. Du findest ihn unter Project Settings, API Keys.
finding-key-secret = Das ist ein geheimer Schlüssel. Er darf nie in eine App. Es wurde nichts gesendet. Nimm den „publishable“-Schlüssel.
finding-key-refused = Das Projekt nimmt diesen Schlüssel nicht an. Kopiere den „publishable“-Schlüssel aus Project Settings, API Keys.
finding-name-unresolved = Dieser Computer findet keinen Server mit diesem Namen. Prüfe die Schreibweise und ob es das Projekt noch gibt.
finding-unreachable = Keine Verbindung. Prüfe das Netz dieses Computers.
finding-timed-out = Keine rechtzeitige Antwort. Prüfe es später noch einmal.
finding-certificate-untrusted = Niemand, dem dieser Computer vertraut, hat das Zertifikat des Servers unterschrieben. Es ist selbst signiert, oder dieses Netz liest mit.
finding-certificate-out-of-date = Das Zertifikat des Servers ist abgelaufen oder noch nicht gültig. Prüfe die Uhr dieses Computers.
finding-certificate-other-host = Das Zertifikat des Servers gilt für einen anderen Host. Prüfe die Adresse.
finding-web-page = Statt des Projekts antwortet eine Webseite. Melde dich im Browser bei diesem Netz an oder prüfe die Adresse.
finding-not-supabase = Was antwortet, ist kein Supabase-Projekt. Prüfe die Adresse.
finding-paused = Das Projekt ist pausiert. Wer es besitzt, kann es im Dashboard wiederherstellen.
finding-restricted = Das Projekt ist eingeschränkt, weil sein Tarif aufgebraucht ist. Wer es besitzt, sieht den Grund unter Organization, Usage.
finding-server-fails = Der Server antwortet mit einem eigenen Fehler. Sieh auf status.supabase.com nach und prüfe es später noch einmal.
finding-rate-limited = Der Server bittet zu warten. Prüfe es in einigen Minuten noch einmal.
finding-certificate-ends = Das Zertifikat läuft bald ab und wurde nicht erneuert. Tage übrig:
finding-clock-off = Die Uhr dieses Computers weicht von der des Servers ab. Lass das System sie selbst stellen.
finding-clock-wrong = Die Uhr dieses Computers geht falsch, deshalb können Zertifikate und Anmeldungen scheitern. Lass das System sie selbst stellen.
finding-sign-up-closed = Neue Leute können sich nicht registrieren. Wenn sie es sollen, erlaube es unter Authentication, Sign In / Providers.
finding-no-sign-in-method = Niemand kann sich mit dieser App anmelden. Schalte Email oder einen Anbieter unter Authentication, Sign In / Providers ein.
finding-email-off = Die Anmeldung per E-Mail ist aus. Eingeschaltet ist:
finding-confirmation-off = Jeder kann sich mit einer fremden Adresse registrieren. Schalte Confirm email unter Authentication, Sign In / Providers, Email ein.
finding-mailer-not-told = Der Server sagt nicht, wer seine Mails verschickt. Der Mailer von Supabase verschickt 2 in der Stunde und nur an das Team des Projekts. Einen eigenen richtest du unter Authentication, Emails, SMTP Settings ein.
finding-captcha-asked = Das Projekt verlangt ein Captcha, das dieser App nicht genannt wurde. Starte sie mit { -variables }_CAPTCHA auf hcaptcha:<site key> oder turnstile:<site key>.
finding-redirect-bare = Links kommen zurück, für eine Anmeldung zur Zeit. Besser ist dieser Eintrag unter Authentication, URL Configuration, Redirect URLs.
finding-redirect-loopback = Links kommen über einen Port dieses Computers zurück. Besser ist dieser Eintrag unter Authentication, URL Configuration, Redirect URLs.
finding-redirect-nowhere = Links kommen nicht in diese App zurück. Ergänze diesen Eintrag unter Authentication, URL Configuration, Redirect URLs.
finding-shared-secret = Tokens sind mit einem Geheimnis signiert, das nur der Server prüfen kann. Besser sind asymmetrische Schlüssel unter Project Settings, JWT Keys.
finding-keys-unknown = Tokens sind auf eine Weise signiert, die nur der Server prüfen kann.
finding-rest-closed = Die Tabellen des Projekts werden nicht angeboten. Schalte die Data API mit dem Schema „public“ unter Project Settings, Data API ein.
finding-table-missing = Diese Tabelle gibt es nicht. Führe das im SQL-Editor aus.
finding-columns-missing = Spalten fehlen. Führe das im SQL-Editor aus.
finding-table-closed = Angemeldete dürfen die Tabelle nicht lesen. Führe das im SQL-Editor aus.
finding-row-missing = Du hast keine Zeile, weil das Projekt bei der Registrierung keine anlegt. Führe das im SQL-Editor aus.
finding-policies-not-told = Wer schreiben darf, lässt sich ohne Schreiben nicht feststellen. Diese Abfrage im SQL-Editor sagt es; jeder sollte nur die eigene Zeile schreiben.
finding-bucket-missing = Diesen Bucket gibt es nicht, deshalb lassen sich keine Bilder speichern. Führe das im SQL-Editor aus.
finding-anybody-writes = Jeder darf ohne Konto Dateien hinzufügen. Führe das im SQL-Editor aus.
finding-others-write = Wer angemeldet ist, darf Dateien in fremde Ordner legen. Führe das im SQL-Editor aus.
finding-owner-cannot-write = Du darfst kein eigenes Bild hinzufügen. Führe das im SQL-Editor aus.
finding-bucket-public = Wer die Adresse eines Bildes hat, sieht es ohne Konto. Wenn das nicht sein soll, führe das im SQL-Editor aus.
finding-bucket-too-small = Die Grenze des Buckets lässt keinen Platz für ein Bild. Führe das im SQL-Editor aus. Die Grenze in Byte:
finding-bucket-types = Der Bucket nimmt weder WebP noch JPEG noch PNG an. Führe das im SQL-Editor aus.
finding-bucket-unlimited = Der Bucket nimmt Dateien jeder Größe oder Art an. Führe das im SQL-Editor aus.
finding-function-missing = Konten lassen sich nicht aus der App löschen. Führe das im SQL-Editor aus.
finding-function-open = Die Funktion lässt sich ohne Konto aufrufen. Das löscht niemanden, ist aber nicht nötig. Führe das im SQL-Editor aus.
finding-links-elsewhere = Das System öffnet die Links dieser App mit einer anderen. Wähle diese App dafür. Die andere:
finding-links-nowhere = Das System öffnet die Links dieser App mit nichts. Starte die App neu oder installiere sie.
finding-keychain-absent = Es gibt keinen Schlüsselbund, deshalb schützen nur Dateirechte die Sitzung. Installiere unter Linux gnome-keyring oder KWallet.
finding-keychain-locked = Der Schlüsselbund ist gesperrt. Entsperre ihn.
finding-keychain-silent = Der Schlüsselbund antwortet nicht. Melde dich vom System ab und wieder an.
finding-webview-old = Die Webview ist älter, als diese App sie braucht. Aktualisiere das System.
finding-bus-absent = Es gibt keinen Sitzungsbus, deshalb auch keinen Schlüsselbund. Starte die App aus einer Desktop-Sitzung.
finding-bus-silent = Der Sitzungsbus antwortet nicht. Melde dich vom System ab und wieder an.

## Notifications of the desktop

news-open = { -brand } öffnen
news-signed-in-title = Du bist angemeldet
news-signed-in = { -brand } hat den Link übernommen, den du geöffnet hast.
news-link-title = Dein Link ist da
news-link = Öffne { -brand } und sieh, wie es weitergeht.
news-ended-title = Du bist abgemeldet
news-ended-elsewhere = Du wurdest von einem anderen Gerät oder vom Betreiber des Projekts abgemeldet.
news-ended-expired = Deine Sitzung ist zu Ende: Das Projekt begrenzt, wie lange eine dauert.
news-ended-banned = Dieses Konto ist gesperrt. Frage den Betreiber des Projekts danach.
news-ended-deleted = Dieses Konto gibt es nicht mehr.

## Im Terminal, wo es kein Fenster gibt

terminal-cannot-start = { -brand } kann nicht starten: { $reason }
terminal-no-display = { -brand } braucht einen Bildschirm. Setze DISPLAY oder WAYLAND_DISPLAY, oder starte es von einem Desktop aus.
terminal-no-webview = { -brand } braucht die WebView2-Runtime von Microsoft, die auf diesem System fehlt. Installiere sie von https://go.microsoft.com/fwlink/p/?LinkId=2124703 und starte { -brand } neu.
terminal-no-data-folder = { -brand } findet keinen Platz für seine Daten. Setze { -variables }_DATA_DIR auf einen deiner Ordner.
terminal-not-told = { -brand } läuft schon und ist nicht zu erreichen: { $reason }
terminal-hangs = { -brand } läuft schon, antwortet aber nicht. Beende es und starte es neu.
terminal-hangs-with-link = { -brand } läuft schon, antwortet aber nicht. Beende es und starte es innerhalb von zehn Minuten neu, dann übernimmt es den Link.
terminal-bus-silent = Der Sitzungsbus antwortet nicht, und ohne ihn kann { -brand } nicht starten: { $reason }
terminal-usage = Aufruf: { -program } --doctor [--json]
terminal-no-project = { -brand } kennt kein Projekt. Verbinde eines im Fenster, oder setze { -variables }_SUPABASE_URL und { -variables }_SUPABASE_KEY.
terminal-name-project = Nenne das Projekt mit --url und --key, oder mit { -variables }_SUPABASE_URL und { -variables }_SUPABASE_KEY.

## Die Menüleiste von macOS

menu-bar-about = Über { -brand }
menu-bar-settings = Einstellungen …
menu-bar-services = Dienste
menu-bar-hide = { -brand } ausblenden
menu-bar-hide-others = Andere ausblenden
menu-bar-show-all = Alle einblenden
menu-bar-quit = { -brand } beenden
menu-bar-file = Ablage
menu-bar-close = Fenster schließen
menu-bar-edit = Bearbeiten
menu-bar-undo = Widerrufen
menu-bar-redo = Wiederholen
menu-bar-cut = Ausschneiden
menu-bar-copy = Kopieren
menu-bar-paste = Einsetzen
menu-bar-select-all = Alles auswählen
menu-bar-window = Fenster
menu-bar-minimize = Im Dock ablegen
menu-bar-zoom = Zoomen
menu-bar-full-screen = Vollbild ein
menu-bar-to-front = Alle nach vorne bringen
menu-bar-help = Hilfe
