//! Starting again with an empty cache: what can be fetched again is fetched again.

use foyer_contract::view::Freshness;

use super::Account;
use super::sync::ConnectedAccount;

impl Account {
    /// Forgets on disk what was seen, of every user, and the picture that is shown. The row is shown until the server has
    /// answered, marked as old. What was edited stays.
    async fn forget_seen(&self) {
        // A write that is under way would bring back what it has read.
        let _writing = self.writing.lock().await;
        self.cache.clear();
        if let Some(shown) = self.shown().as_mut() {
            (shown.picture, shown.without_picture) = (None, None);
            shown.freshness = Freshness::Cached;
        }
        (self.on_change)(None);
    }
}

impl ConnectedAccount {
    /// Empties the cache and loads the account once more.
    pub async fn fetch_anew(&self) {
        self.account().forget_seen().await;
        self.request_sync();
    }
}
