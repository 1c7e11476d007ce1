## Benachrichtigungen des Desktops

news-open = Foyer öffnen
news-signed-in-title = Du bist angemeldet
news-signed-in = Foyer hat den Link übernommen, den du geöffnet hast.
news-link-title = Dein Link ist da
news-link = Öffne Foyer und sieh, wie es weitergeht.
news-ended-title = Du bist abgemeldet
news-ended-elsewhere = Du wurdest von einem anderen Gerät oder vom Betreiber des Projekts abgemeldet.
news-ended-expired = Deine Sitzung ist zu Ende: Das Projekt begrenzt, wie lange eine dauert.
news-ended-banned = Dieses Konto ist gesperrt. Frage den Betreiber des Projekts danach.
news-ended-deleted = Dieses Konto gibt es nicht mehr.
