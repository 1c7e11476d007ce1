### Was die Seiten im Browser sagen. Anrede: du. Der Wert { $app } ist der Name der App.

signed-in-title = Du bist angemeldet
signed-in = Du kannst diesen Tab schließen und zu { $app } zurückkehren.
confirmed-title = Das ist bestätigt
confirmed = { $app } sagt, wie es weitergeht. Du kannst diesen Tab schließen.
not-done-title = Das hat nicht geklappt
not-done = { $app } sagt, warum, und wie es weitergeht. Du kannst diesen Tab schließen.
moment-title = Einen Moment…
captcha-title = Erst eine Prüfung
captcha = Das Projekt verlangt sie, bevor es jemanden einlässt.
captcha-done = Danke. Du kannst diesen Tab schließen und zu { $app } zurückkehren.
