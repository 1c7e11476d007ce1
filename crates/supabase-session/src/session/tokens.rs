//! The tokens of a session, as they are held. How they are written is in `session/wire.rs`.

use std::time::Duration;

use crate::clock::{Clock, unix_seconds};
use crate::expiry::{Expiry, Moment};
use crate::flows::verify_kind::VerifyKind;
use crate::http::fault;
use crate::http::transport::Response;
use crate::secret::Secret;
use crate::session::wire::{self, Wire};
use crate::user::User;

/// What a session consists of.
#[derive(Debug, Clone)]
pub(crate) struct Tokens {
    pub(crate) access: Secret<String>,
    pub(crate) refresh: Secret<String>,
    pub(super) token_type: String,
    /// Seconds, as the server said.
    pub(super) expires_in: u64,
    /// Seconds since 1970 by the server's clock.
    pub(super) expires_at: u64,
    expiry: Expiry,
}

/// A session that was just issued (or read from the store) with its user.
#[derive(Debug, Clone)]
pub(crate) struct Issued {
    pub(crate) tokens: Tokens,
    pub(crate) user: User,
}

/// Names one pair of tokens. Tokens themselves may repeat within a second, so they are never compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct TokenVersion {
    pub(crate) generation: u64,
    pub(super) version: u64,
}

impl TokenVersion {
    /// The version of the project's key, where the key stands in the place of an access token. Sessions are counted from
    /// generation 1 on.
    pub(crate) const OF_KEY: Self = Self { generation: 0, version: 0 };
}

/// The access token for a request, with the name of its version.
#[derive(Debug, Clone)]
pub(crate) struct Bearer {
    pub(crate) token: Secret<String>,
    pub(crate) version: TokenVersion,
}

/// A session as a link carries it, in its fragment.
#[derive(Debug, Clone)]
pub(crate) struct LinkTokens {
    pub(crate) access: Secret<String>,
    pub(crate) refresh: Secret<String>,
    /// Seconds from when the link was made.
    pub(crate) expires_in: u64,
    /// What the link says that it is for.
    pub(crate) kind: Option<VerifyKind>,
}

impl Tokens {
    /// What the server's clock shows, in seconds since 1970: when it issued these tokens, and the time since.
    pub(crate) fn server_now(&self, now: Moment) -> u64 {
        let issued = self.expires_at.saturating_sub(self.expiry.lifetime().as_secs());
        issued.saturating_add(self.expiry.elapsed(now).as_secs())
    }

    /// When the server issued these tokens, in seconds since 1970 by its clock.
    pub(crate) fn issued_at(&self) -> u64 {
        self.expires_at.saturating_sub(self.expires_in)
    }

    /// How long the access token is still good.
    pub(crate) fn remaining(&self, now: Moment) -> Duration {
        self.expiry.remaining(now)
    }
}

impl Issued {
    /// Reads an answer that carries a session. `None` when it does not.
    ///
    /// The expiry counts from now on the monotonic clock: from `expires_in`, or from `expires_at` against the
    /// server's own `Date`.
    pub(crate) fn receive(response: &Response, clock: &dyn Clock) -> Option<Self> {
        let wire = Wire::read(&response.body)?;
        let now = clock.moment();
        let server_now = unix_seconds(fault::server_time(response).unwrap_or(now.wall));
        let lifetime = match wire.expires_in {
            Some(seconds) => seconds,
            None => wire.ends_at()?.saturating_sub(server_now),
        };
        let expires_at = wire.expires_at.unwrap_or_else(|| server_now.saturating_add(lifetime));
        Some(Self::from_wire(wire, lifetime, expires_at, now))
    }

    /// The session that a link carries, whose user the server has named.
    pub(crate) fn from_link(link: &LinkTokens, user: User, clock: &dyn Clock) -> Self {
        let now = clock.moment();
        let tokens = Tokens {
            access: link.access.clone(),
            refresh: link.refresh.clone(),
            token_type: wire::bearer(),
            expires_in: link.expires_in,
            expires_at: unix_seconds(now.wall).saturating_add(link.expires_in),
            expiry: Expiry::new(Duration::from_secs(link.expires_in), now),
        };
        Self { tokens, user }
    }

    /// The same session as a link would carry it, to be asked about before it is installed.
    pub(crate) fn into_link(self, kind: Option<VerifyKind>, now: Moment) -> LinkTokens {
        let expires_in = self.tokens.remaining(now).as_secs();
        LinkTokens { access: self.tokens.access, refresh: self.tokens.refresh, expires_in, kind }
    }

    /// Reads what [`to_stored`](Self::to_stored) (or supabase-js) wrote. Usable with `access_token`,
    /// `refresh_token` and `expires_at`; the user may be missing, then the token's claims tell who it is.
    pub(crate) fn from_stored(text: &Secret<String>, clock: &dyn Clock) -> Option<Self> {
        let now = clock.moment();
        Self::from_stored_at(text, unix_seconds(now.wall), now)
    }

    /// As [`from_stored`](Self::from_stored) where it is known what the server's clock shows: then a wrong wall clock
    /// of this machine does not matter.
    pub(crate) fn from_stored_at(text: &Secret<String>, server_now: u64, now: Moment) -> Option<Self> {
        let wire = Wire::read(text.expose().as_bytes())?;
        let expires_at = wire.ends_at()?;
        let left = expires_at.saturating_sub(server_now);
        // With a wall clock that runs behind, a token would seem to live longer than it ever did.
        let lifetime = wire.expires_in.map_or(left, |whole| left.min(whole));
        Some(Self::from_wire(wire, lifetime, expires_at, now))
    }

    fn from_wire(wire: Wire, lifetime: u64, expires_at: u64, now: Moment) -> Self {
        let tokens = Tokens {
            access: wire.access_token,
            refresh: wire.refresh_token,
            token_type: wire.token_type,
            expires_in: wire.expires_in.unwrap_or(lifetime),
            expires_at,
            expiry: Expiry::new(Duration::from_secs(lifetime), now),
        };
        Self { tokens, user: wire.user }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{SystemTime, UNIX_EPOCH};

    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use serde_json::Value;

    use super::*;

    struct Fixed(Moment);

    #[async_trait::async_trait]
    impl Clock for Fixed {
        fn now(&self) -> SystemTime {
            self.0.wall
        }
        fn monotonic(&self) -> Duration {
            self.0.monotonic
        }
        async fn sleep(&self, _: Duration) {}
    }

    const NOW: u64 = 1_800_000_000;
    const DAY: u64 = 86_400;

    fn at(wall: u64) -> Fixed {
        Fixed(Moment { wall: UNIX_EPOCH + Duration::from_secs(wall), monotonic: Duration::from_secs(5) })
    }

    fn answer(body: &str, date: Option<&str>) -> Response {
        let headers = date.map(|date| ("date".to_owned(), date.to_owned())).into_iter().collect();
        Response { status: 200, headers, body: body.to_owned().into() }
    }

    fn left(issued: &Issued, clock: &Fixed) -> u64 {
        issued.tokens.remaining(clock.0).as_secs()
    }

    const USER: &str = r#""user":{"id":"6f1c7a0e-0000-4000-8000-000000000001"}"#;

    #[test]
    fn a_wrong_wall_clock_does_not_change_when_a_received_token_ends() {
        let body = format!(
            r#"{{"access_token":"a","refresh_token":"r","expires_in":3600,"expires_at":{},{USER}}}"#,
            NOW + 3600
        );
        for wall in [NOW, NOW - DAY, NOW + DAY] {
            assert_eq!(left(&Issued::receive(&answer(&body, None), &at(wall)).unwrap(), &at(wall)), 3600);
        }
    }

    #[test]
    fn without_expires_in_the_servers_own_date_counts() {
        // 1_800_000_000 is Fri, 15 Jan 2027 08:00:00 GMT.
        let body = format!(r#"{{"access_token":"a","refresh_token":"r","expires_at":{},{USER}}}"#, NOW + 600);
        let answer = answer(&body, Some("Fri, 15 Jan 2027 08:00:00 GMT"));

        assert_eq!(left(&Issued::receive(&answer, &at(NOW + DAY)).unwrap(), &at(NOW + DAY)), 600);
    }

    #[test]
    fn a_stored_token_counts_by_the_wall_clock_but_never_longer_than_it_lived() {
        let text = format!(
            r#"{{"access_token":"a","refresh_token":"r","expires_in":3600,"expires_at":{},{USER}}}"#,
            NOW + 600
        );
        let restored =
            |wall| left(&Issued::from_stored(&Secret::from(text.as_str()), &at(wall)).unwrap(), &at(wall));

        assert_eq!(restored(NOW), 600);
        assert_eq!(restored(NOW + DAY), 0);
        assert_eq!(restored(NOW - DAY), 3600);
    }

    #[test]
    fn a_stored_session_without_a_user_is_told_from_its_claims() {
        let claims = r#"{"sub":"6f1c7a0e-0000-4000-8000-000000000001","email":"ada@example.com"}"#;
        let jwt = format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims));
        for user in ["", r#","user":null"#, r#","user":[]"#, r#","user":{"email":"eve@example.com"}"#] {
            let text = format!(r#"{{"access_token":"{jwt}","refresh_token":"r","expires_at":{NOW}{user}}}"#);

            let issued = Issued::from_stored(&Secret::from(text), &at(NOW)).unwrap();

            assert_eq!(issued.user.email.as_deref(), Some("ada@example.com"), "{user}");
        }
    }

    #[test]
    fn a_session_that_does_not_say_when_it_ends_ends_with_its_token() {
        let claims = serde_json::json!({"exp": NOW + 600}).to_string();
        let jwt = format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims));
        let body = format!(r#"{{"access_token":"{jwt}","refresh_token":"r","expires_in":null,{USER}}}"#);

        assert_eq!(left(&Issued::receive(&answer(&body, None), &at(NOW)).unwrap(), &at(NOW)), 600);
        assert_eq!(left(&Issued::from_stored(&Secret::from(body), &at(NOW)).unwrap(), &at(NOW)), 600);
    }

    #[test]
    fn what_is_no_session_is_none() {
        for text in ["", "[]", "{}", r#"{"access_token":"a","refresh_token":"r"}"#, "<html>"] {
            assert!(Issued::from_stored(&Secret::from(text), &at(NOW)).is_none(), "{text}");
            assert!(Issued::receive(&answer(text, None), &at(NOW)).is_none(), "{text}");
        }
        let empty =
            format!(r#"{{"access_token":"","refresh_token":"r","expires_in":1,"expires_at":1,{USER}}}"#);
        assert!(Issued::receive(&answer(&empty, None), &at(NOW)).is_none());
    }

    #[test]
    fn the_stored_form_is_supabase_js_s() {
        let body = format!(
            r#"{{"access_token":"a","refresh_token":"r","expires_in":60,"token_type":"bearer",{USER}}}"#
        );
        let issued = Issued::receive(&answer(&body, None), &at(NOW)).unwrap();

        let stored: Value =
            serde_json::from_str(wire::to_stored(&issued.tokens, &issued.user).unwrap().expose()).unwrap();

        assert_eq!(stored["access_token"], "a");
        assert_eq!(stored["refresh_token"], "r");
        assert_eq!(stored["expires_at"], NOW + 60);
        assert_eq!(stored["expires_in"], 60);
        assert_eq!(stored["token_type"], "bearer");
        assert_eq!(stored["user"]["id"], "6f1c7a0e-0000-4000-8000-000000000001");
    }
}
