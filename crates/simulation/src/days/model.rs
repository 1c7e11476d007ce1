//! What really happened on the server, told from its requests and answers. Every claim that a session has ended is held
//! against it.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;
use supabase_session::{Method, Request, Response, SignOutCause};

use super::requests::{bearer, json};
use super::server::project;
use super::tokens::{claims, text};

/// Everything that happened.
#[derive(Debug, Default)]
pub(super) struct Model {
    sessions: BTreeMap<String, Session>,
    people: BTreeMap<String, Person>,
    /// The session of each refresh token.
    refresh_tokens: BTreeMap<String, String>,
    /// What each person's row was made to say from here, the oldest first, and whether it came from elsewhere.
    rows: BTreeMap<String, Vec<Written>>,
    /// How long a session may live, if that is limited.
    timebox: Option<Duration>,
}

/// What a row was made to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) name: String,
    pub(super) elsewhere: bool,
}

/// Whose a session is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Whose {
    pub(super) project: usize,
    pub(super) person: String,
}

#[derive(Debug)]
struct Session {
    project: usize,
    person: String,
    begun: Duration,
    /// Its refresh tokens, the oldest first.
    tokens: Vec<String>,
    /// The session was ended: by the person here or on another device, or by the project's owner.
    ended: bool,
}

#[derive(Debug, Default)]
struct Person {
    deleted: bool,
    /// From when until when.
    bans: Vec<(Duration, Duration)>,
}

/// How far behind the newest one a stored token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Age {
    /// The token is the newest one, or its parent.
    Usable,
    /// The token is older: the server would end the session if the token came.
    TooOld,
    /// The token's session is over, or not of this world.
    NoMatter,
}

impl Model {
    /// Nothing has happened yet.
    pub(super) fn new(timebox: Option<Duration>) -> Self {
        Self { timebox, ..Self::default() }
    }

    /// The server answered a request.
    pub(super) fn note(&mut self, request: &Request, response: &Response, now: Duration) {
        let body: Value = serde_json::from_slice(&response.body).unwrap_or(Value::Null);
        if response.status == 200 {
            self.note_session(&body, project(&request.url), now);
        }
        if request.method == Method::Patch && body[0]["id"].is_string() {
            let name = text(&json(request)["full_name"]);
            self.note_row(&text(&body[0]["id"]), Written { name, elsewhere: false });
        }
        let caller = bearer(request).and_then(claims);
        let Some(caller) = caller.filter(|_| (200..300).contains(&response.status)) else { return };
        let (session, person) = (text(&caller["session_id"]), text(&caller["sub"]));
        if request.url.path() == "/auth/v1/logout" {
            let scope = request.url.query_pairs().find(|(key, _)| key == "scope");
            match scope.as_ref().map_or("global", |(_, scope)| scope.as_ref()) {
                "local" => self.end_where(|id, _| id == session),
                "others" => self.end_where(|id, of| of.person == person && id != session),
                _ => self.end_where(|_, of| of.person == person),
            }
        }
        if request.method == Method::Put && json(request)["password"].is_string() {
            // A new password ends the person's other sessions.
            self.end_where(|id, of| of.person == person && id != session);
        }
    }

    /// The server issued a session, or new tokens for one.
    pub(super) fn note_session(&mut self, body: &Value, project: usize, now: Duration) {
        let (Some(access), Some(refresh)) = (body["access_token"].as_str(), body["refresh_token"].as_str())
        else {
            return;
        };
        let Some(claims) = claims(access) else { return };
        let id = text(&claims["session_id"]);
        self.refresh_tokens.insert(refresh.to_owned(), id.clone());
        let session = self.sessions.entry(id).or_insert_with(|| Session {
            project,
            person: text(&claims["sub"]),
            begun: now,
            tokens: Vec::new(),
            ended: false,
        });
        if !session.tokens.iter().any(|token| token == refresh) {
            session.tokens.push(refresh.to_owned());
        }
    }

    /// A person's row says something new.
    pub(super) fn note_row(&mut self, person: &str, written: Written) {
        self.rows.entry(person.to_owned()).or_default().push(written);
    }

    /// What a person's row was made to say, the oldest first.
    pub(super) fn row(&self, person: &str) -> &[Written] {
        self.rows.get(person).map_or(&[], Vec::as_slice)
    }

    /// Whose an access token is; `None` for a project's key.
    pub(super) fn whose(&self, access_token: &str) -> Option<Whose> {
        self.whose_session(&text(&claims(access_token)?["session_id"]))
    }

    /// Whose a refresh token is.
    pub(super) fn whose_refresh(&self, token: &str) -> Option<Whose> {
        self.whose_session(self.refresh_tokens.get(token)?)
    }

    fn whose_session(&self, id: &str) -> Option<Whose> {
        let Session { project, person, .. } = self.sessions.get(id)?;
        Some(Whose { project: *project, person: person.clone() })
    }

    /// All sessions of a person were ended.
    pub(super) fn note_revoked(&mut self, person: &str) {
        self.end_where(|_, session| session.person == person);
    }

    /// A person was deleted.
    pub(super) fn note_deleted(&mut self, person: &str) {
        self.people.entry(person.to_owned()).or_default().deleted = true;
        self.note_revoked(person);
    }

    /// A person was banned.
    pub(super) fn note_banned(&mut self, person: &str, from: Duration, until: Duration) {
        self.people.entry(person.to_owned()).or_default().bans.push((from, until));
    }

    /// A ban was lifted.
    pub(super) fn note_unbanned(&mut self, person: &str, now: Duration) {
        for (_, until) in &mut self.people.entry(person.to_owned()).or_default().bans {
            *until = now.min(*until);
        }
    }

    /// Whether a session ended for this reason, or may have when the server was asked at any time until now. (That the
    /// person asked for it is known in `life.rs`.)
    pub(super) fn justifies(&self, session: &str, cause: SignOutCause, now: Duration) -> bool {
        let Some(session) = self.sessions.get(session) else { return false };
        let nobody = Person::default();
        let person = self.people.get(&session.person).unwrap_or(&nobody);
        match cause {
            SignOutCause::Elsewhere => session.ended,
            SignOutCause::Expired => self.timebox.is_some_and(|limit| now > session.begun + limit),
            SignOutCause::Banned => person.bans.iter().any(|(_, until)| *until >= session.begun),
            SignOutCause::Deleted => person.deleted,
            SignOutCause::Asked | SignOutCause::StoreLost => false,
        }
    }

    /// Whether a person is banned now.
    pub(super) fn is_banned(&self, person: &str, now: Duration) -> bool {
        self.people.get(person).is_some_and(|person| person.bans.iter().any(|(_, until)| *until > now))
    }

    /// Whether a session goes on when its person shows a good token now.
    pub(super) fn is_alive(&self, session: &str, now: Duration) -> bool {
        let begun = self.sessions.get(session).map(|session| session.begun);
        let over = begun.is_some_and(|begun| self.timebox.is_some_and(|limit| now > begun + limit));
        !over && self.is_alive_but_for_time(session, now)
    }

    fn is_alive_but_for_time(&self, session: &str, now: Duration) -> bool {
        let Some(session) = self.sessions.get(session) else { return false };
        let deleted = self.people.get(&session.person).is_some_and(|person| person.deleted);
        !session.ended && !deleted && !self.is_banned(&session.person, now)
    }

    /// Whether nothing but the time-box ended a session, and not longer ago than an access token lives: until that token
    /// is over too, the server goes on saying who is signed in (a recording shows it).
    pub(super) fn just_ran_out(&self, session: &str, now: Duration, token_life: Duration) -> bool {
        let Some(begun) = self.sessions.get(session).map(|session| session.begun) else { return false };
        let ran_out = self.timebox.map(|limit| begun + limit).filter(|end| *end < now);
        ran_out.is_some_and(|end| now - end <= token_life && self.is_alive_but_for_time(session, now))
    }

    /// How old a refresh token of a session is.
    pub(super) fn age(&self, session: &str, refresh_token: &str) -> Age {
        let Some(session) = self.sessions.get(session).filter(|session| !session.ended) else {
            return Age::NoMatter;
        };
        let newest = session.tokens.iter().rev().take(2);
        if newest.into_iter().any(|token| token == refresh_token) { Age::Usable } else { Age::TooOld }
    }

    fn end_where(&mut self, ends: impl Fn(&str, &Session) -> bool) {
        for (id, session) in &mut self.sessions {
            session.ended |= ends(id, session);
        }
    }
}
