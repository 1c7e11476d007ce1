## Notifications of the desktop

news-open = Open Foyer
news-signed-in-title = You are signed in
news-signed-in = Foyer has taken the link that you opened.
news-link-title = Your link has arrived
news-link = Open Foyer to see what comes next.
news-ended-title = You are signed out
news-ended-elsewhere = You were signed out from another device or by the project’s owner.
news-ended-expired = Your session has ended: the project limits how long one lasts.
news-ended-banned = This account has been suspended. Ask the project’s owner about it.
news-ended-deleted = This account no longer exists.
