### What the pages in the browser say. The source is Fluent, of which one line a sentence and the value { $app }, the app's
### name, are read.

signed-in-title = You are signed in
signed-in = You can close this tab and go back to { $app }.
confirmed-title = That is confirmed
confirmed = { $app } says what comes next. You can close this tab.
not-done-title = This did not work
not-done = { $app } says why and what to do. You can close this tab.
moment-title = One moment…
captcha-title = One check first
captcha = The project asks for it before it lets anybody in.
captcha-done = Thank you. You can close this tab and go back to { $app }.
