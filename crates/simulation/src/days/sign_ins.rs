//! Who may be signed in, and why: what people did here, and what has happened since. Every claim that somebody is
//! signed in is held against it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Whether somebody may be signed in; the error says why not.
pub(super) type Judged = Result<(), String>;

/// Everything that was done here in this life of the program, and the flows of all its lives.
#[derive(Debug, Default)]
pub(super) struct SignIns {
    acts: Vec<Act>,
    /// What has changed who is signed in, the oldest first. An act counts until the next one.
    events: Vec<Event>,
    /// The generation that is signed in, and whose it is.
    now: Option<(u64, String)>,
    /// The flows by their nonces.
    flows: BTreeMap<String, Begun>,
    given_up: BTreeSet<String>,
    /// How many acts there were when each sign-out was asked for that is not over yet.
    leaving: VecDeque<u64>,
    /// How many acts there were ever.
    count: u64,
    /// How many events there were when the program was started.
    started: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Event {
    /// A sign-out, asked for after so many acts.
    SignedOut(u64),
    /// A sign-in as this user.
    SignedIn(String),
}

/// Whom an act signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Who {
    /// The person with this id.
    Person(String),
    /// Somebody without an address, who did not exist before.
    Anonymous,
}

/// How somebody comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum How {
    /// By an address and a password or code that they typed: the sign-in replaces whoever is signed in.
    Typed,
    /// By the typed code of the flow with this nonce.
    Code(String),
    /// By the link of the flow with this nonce. One that signs in does so only while nobody is.
    Link(String),
    /// By a link that nobody here asked for, and that they wanted.
    Wanted,
}

impl How {
    fn nonce(&self) -> Option<&str> {
        match self {
            Self::Code(nonce) | Self::Link(nonce) => Some(nonce),
            Self::Typed | Self::Wanted => None,
        }
    }
}

/// Something that a person did here to be signed in.
#[derive(Debug)]
struct Act {
    who: Who,
    how: How,
    /// How many events there were before it.
    since: usize,
    number: u64,
    /// The store hung, so that the program may have begun with it only when somebody else had come.
    waits: bool,
}

/// A flow that was begun here.
#[derive(Debug, Clone)]
pub(super) struct Begun {
    pub(super) project: usize,
    pub(super) email: Option<String>,
    /// Whose account it changes: it is for them alone.
    pub(super) owner: Option<String>,
}

impl SignIns {
    /// The program was started anew: whatever was on its way in it is gone. `pending` is what lies in its store.
    pub(super) fn restart(&mut self, pending: &BTreeSet<String>) {
        self.acts.clear();
        self.leaving.clear();
        self.started = self.events.len();
        self.now = None;
        // A flow whose removal never reached the disk is there again.
        self.given_up.retain(|nonce| !pending.contains(nonce));
    }

    /// A flow lies in the store.
    pub(super) fn begun(&mut self, nonce: &str, flow: Begun) {
        self.flows.entry(nonce.to_owned()).or_insert(flow);
    }

    /// The flow of this nonce.
    pub(super) fn flow(&self, nonce: &str) -> Option<&Begun> {
        self.flows.get(nonce)
    }

    /// A person begins to sign in, or completes what was begun.
    pub(super) fn act(&mut self, who: Who, how: How, waits: bool) {
        self.count += 1;
        self.acts.push(Act { who, how, since: self.events.len(), number: self.count, waits });
    }

    /// A flow is no longer wanted, and the program knows.
    pub(super) fn give_up(&mut self, nonce: &str) {
        self.given_up.insert(nonce.to_owned());
    }

    /// A sign-out is asked for.
    pub(super) fn leave(&mut self) {
        self.leaving.push_back(self.count);
    }

    /// Whether a sign-out is under way.
    pub(super) fn is_leaving(&self) -> bool {
        !self.leaving.is_empty()
    }

    /// Nobody is signed in here any more, as was asked for.
    pub(super) fn left(&mut self) {
        let asked = self.leaving.front().copied().unwrap_or(self.count);
        self.events.push(Event::SignedOut(asked));
    }

    /// A sign-out is over.
    pub(super) fn signed_out(&mut self) {
        self.left();
        self.leaving.pop_front();
    }

    /// Nobody has come or gone since the program was started.
    pub(super) fn is_untouched(&self) -> bool {
        self.events.len() == self.started
    }

    /// Nobody is signed in any more.
    pub(super) fn nobody(&mut self) {
        self.now = None;
    }

    /// The session in the store was restored.
    pub(super) fn restored(&mut self, generation: u64, user: &str) {
        self.now = Some((generation, user.to_owned()));
    }

    /// Somebody is signed in now; why that must not be, if it must not.
    pub(super) fn signed_in(&mut self, generation: u64, user: &str, anonymous: bool, here: usize) -> Judged {
        let before = self.now.replace((generation, user.to_owned()));
        if let Some((_, other)) = before.as_ref().filter(|(of, _)| *of == generation) {
            return if other == user { Ok(()) } else { Err(format!("{other} has become {user}")) };
        }
        let mut objection = format!("{user} is signed in, who did nothing for it here");
        let mut justified = false;
        for act in self.acts.iter().filter(|act| act.is_for(user, anonymous)) {
            match self.objection(act, user, before.as_ref().map(|(_, user)| user.as_str()), here) {
                None => justified = true,
                Some(found) => objection = format!("{user} is signed in {found}"),
            }
        }
        self.events.push(Event::SignedIn(user.to_owned()));
        if justified { Ok(()) } else { Err(objection) }
    }

    fn objection(&self, act: &Act, user: &str, before: Option<&str>, here: usize) -> Option<String> {
        for event in self.events.iter().skip(act.since) {
            match event {
                Event::SignedOut(asked) if act.number > *asked => {}
                Event::SignedOut(_) => return Some("again, by what was on its way at a sign-out".to_owned()),
                Event::SignedIn(other) if act.waits || other == user => {}
                Event::SignedIn(_) => return Some("in the place of somebody who came meanwhile".to_owned()),
            }
        }
        let flow = act.how.nonce().and_then(|nonce| self.flows.get(nonce));
        let owner = flow.and_then(|flow| flow.owner.as_deref());
        let by_link = !act.waits && matches!(act.how, How::Link(_) | How::Wanted);
        if flow.is_some_and(|flow| flow.project != here) {
            Some("by a flow of another project".to_owned())
        } else if act.how.nonce().is_some_and(|nonce| self.given_up.contains(nonce)) {
            Some("by a flow that was given up".to_owned())
        } else if owner.is_some() && owner != before {
            Some(format!("by a flow that is only for who began it, while {before:?} was signed in"))
        } else if by_link && owner.is_none() && before.is_some_and(|before| before != user) {
            Some(format!("by a link, in the place of {before:?}"))
        } else {
            None
        }
    }
}

impl Act {
    fn is_for(&self, user: &str, anonymous: bool) -> bool {
        match &self.who {
            Who::Person(id) => id == user,
            Who::Anonymous => anonymous,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(name: &str) -> Who {
        Who::Person(name.to_owned())
    }

    #[test]
    fn nobody_is_signed_in_for_nothing_or_as_somebody_else() {
        let mut sign_ins = SignIns::default();
        sign_ins.act(person("ada"), How::Typed, false);

        assert!(sign_ins.signed_in(1, "bob", false, 0).unwrap_err().contains("did nothing"));
        let mut sign_ins = SignIns::default();
        sign_ins.act(person("ada"), How::Typed, false);
        assert_eq!(sign_ins.signed_in(1, "ada", false, 0), Ok(()));
        assert_eq!(sign_ins.signed_in(1, "ada", false, 0), Ok(()), "a refresh");
        assert!(sign_ins.signed_in(1, "bob", false, 0).unwrap_err().contains("has become"));
    }

    #[test]
    fn what_was_on_its_way_at_a_sign_out_or_a_sign_in_does_not_count_any_more() {
        let mut sign_ins = SignIns::default();
        sign_ins.act(person("ada"), How::Typed, false);
        sign_ins.leave();
        sign_ins.signed_out();
        assert!(sign_ins.signed_in(1, "ada", false, 0).unwrap_err().contains("again"));

        let mut sign_ins = SignIns::default();
        sign_ins.act(person("ada"), How::Typed, false);
        sign_ins.act(Who::Anonymous, How::Typed, false);
        assert_eq!(sign_ins.signed_in(1, "somebody", true, 0), Ok(()));
        assert!(sign_ins.signed_in(2, "ada", false, 0).unwrap_err().contains("meanwhile"));
    }

    #[test]
    fn a_link_that_was_accepted_while_the_store_hung_does_not_outlive_a_sign_out() {
        let mut sign_ins = SignIns::default();
        sign_ins.act(person("ada"), How::Wanted, true);
        sign_ins.leave();
        sign_ins.signed_out();
        assert!(sign_ins.signed_in(1, "ada", false, 0).unwrap_err().contains("again"));

        let mut sign_ins = SignIns::default();
        sign_ins.leave();
        sign_ins.act(person("ada"), How::Wanted, true);
        sign_ins.signed_out();
        assert_eq!(
            sign_ins.signed_in(1, "ada", false, 0),
            Ok(()),
            "accepted after the sign-out was asked for"
        );
    }

    #[test]
    fn a_flow_counts_here_while_it_is_wanted_and_its_owner_is_signed_in() {
        let begun =
            |project, owner: Option<&str>| Begun { project, email: None, owner: owner.map(str::to_owned) };
        let code = || How::Code("nonce".to_owned());
        let link = || How::Link("nonce".to_owned());
        for (how, flow, before, given_up, right) in [
            (code(), begun(0, None), Some("bob"), false, true),
            (code(), begun(0, None), Some("bob"), true, false),
            (code(), begun(1, None), None, false, false),
            (link(), begun(0, None), None, false, true),
            (link(), begun(0, None), Some("bob"), false, false),
            (How::Wanted, begun(0, None), Some("bob"), false, false),
            (link(), begun(0, Some("ada")), Some("ada"), false, true),
            (link(), begun(0, Some("ada")), Some("bob"), false, false),
            (code(), begun(0, Some("ada")), None, false, false),
        ] {
            let mut sign_ins = SignIns::default();
            sign_ins.begun("nonce", flow.clone());
            if let Some(before) = before {
                sign_ins.restored(1, before);
            }
            sign_ins.act(person("ada"), how.clone(), false);
            if given_up {
                sign_ins.give_up("nonce");
            }

            assert_eq!(sign_ins.signed_in(2, "ada", false, 0).is_ok(), right, "{how:?} {flow:?} {before:?}");
        }
    }
}
