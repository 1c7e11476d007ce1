//! Somebody signs in, and before the answer is here something else happens that ends what they wanted: a sign-out,
//! another sign-in, a flow that is given up. Each answer is here in the end, whatever came first.

use std::time::Duration;

use super::choice::{Call, Overtaking};
use super::mail::Letter;
use super::world::World;
use crate::Broken;

/// What is overtaken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Link,
    Code,
    Wanted,
    NewAddress,
    Password,
}

impl World<'_> {
    /// Two of the people here, one after the other.
    pub(super) fn overtake(&mut self, by: Overtaking) -> Result<(), Broken> {
        let ways = [Way::Link, Way::Code, Way::Wanted, Way::NewAddress, Way::Password];
        let (way, one) = (*self.rng.pick(&ways), self.somebody());
        let other = (one + 1) % self.people().len();
        self.note(format!("  {way:?} by {}", self.people()[one].email));
        self.everybody_leaves()?;
        let another = if by == Overtaking::AnotherLink { self.link_of(other)? } else { None };
        let letter = match way {
            Way::NewAddress => self.link_of_address(one)?,
            Way::Link | Way::Code => self.link_of(one)?,
            Way::Wanted | Way::Password => None,
        };
        if way == Way::NewAddress && by == Overtaking::SomebodyElse {
            // Here the person goes first, and the link comes while somebody else is there.
            self.sign_out(false);
            self.serve_well()?;
            self.come_in(other)?;
        }
        self.begin(way, one, letter.as_ref())?;
        self.process.settle();
        self.keep_answers()?;
        match by {
            Overtaking::GiveUp => {
                self.process.client.pending().iter().for_each(|flow| self.give_up(&flow.id))
            }
            Overtaking::SignOut => self.sign_out(false),
            Overtaking::SomebodyElse if way != Way::NewAddress => self.sign_in_as(other, Call::Password),
            Overtaking::SomebodyElse | Overtaking::AnotherLink => {}
        }
        if let Some(another) = another {
            self.deliver(&another);
        }
        self.serve_others()?;
        self.serve_well()
    }

    /// Whatever is on its way arrives, and nobody is signed in then.
    pub(super) fn everybody_leaves(&mut self) -> Result<(), Broken> {
        self.serve_well()?;
        if self.process.client.state().signed_in().is_some() {
            self.sign_out(false);
            self.serve_well()?;
        }
        Ok(())
    }

    fn begin(&mut self, way: Way, at: usize, letter: Option<&Letter>) -> Result<(), Broken> {
        match (way, letter) {
            (Way::Link | Way::NewAddress, Some(letter)) => self.deliver(letter),
            (Way::Code, _) => {
                let email = self.people()[at].email.clone();
                let pending = self.process.client.pending();
                let flow = pending.iter().rev().find(|flow| flow.email.as_ref() == Some(&email));
                if let (Some(flow), Some(code)) = (flow, self.newest(&email, "code")?) {
                    self.show_code(&flow.id, code);
                }
            }
            (Way::Wanted, _) => {
                if let Some(url) = self.wanted_link(at)? {
                    self.accept(at, &url);
                }
            }
            (Way::Password, _) => self.sign_in_as(at, Call::Password),
            (Way::Link | Way::NewAddress, None) => {}
        }
        Ok(())
    }

    pub(super) fn come_in(&mut self, at: usize) -> Result<(), Broken> {
        self.sign_in_as(at, Call::Password);
        self.serve_well()
    }

    /// A person asks for a link and opens it, for its code to be exchanged or typed.
    pub(super) fn link_of(&mut self, at: usize) -> Result<Option<Letter>, Broken> {
        self.let_a_mail_pass();
        self.sign_in_as(at, Call::MagicLink);
        self.serve_well()?;
        let email = self.people()[at].email.clone();
        self.opened(&email)
    }

    /// A person signs in, asks for a new address and opens both mails.
    fn link_of_address(&mut self, at: usize) -> Result<Option<Letter>, Broken> {
        self.come_in(at)?;
        self.let_a_mail_pass();
        let old = self.people()[at].email.clone();
        self.ask_for_address();
        self.serve_well()?;
        let pending = self.process.client.pending();
        let new = pending.last().and_then(|flow| flow.email.clone());
        let Some(new) = new.filter(|new| self.addresses.contains_key(new)) else { return Ok(None) };
        self.opened(&old)?;
        self.opened(&new)
    }

    fn opened(&mut self, email: &str) -> Result<Option<Letter>, Broken> {
        match self.newest(email, "link")? {
            Some(link) => self.letter(&link),
            None => Ok(None),
        }
    }

    /// One mail a second and person.
    fn let_a_mail_pass(&mut self) {
        self.clock.advance(Duration::from_secs(2));
    }

    /// The server acts on everything, and no answer arrives yet.
    pub(super) fn keep_answers(&mut self) -> Result<(), Broken> {
        for at in 0..self.network.count() {
            if self.network.look(at, |flight| flight.answered.is_none()) == Some(true) {
                self.act(at)?;
            }
        }
        Ok(())
    }

    /// What is asked from now on is answered at once; what was asked before goes on waiting.
    pub(super) fn serve_others(&mut self) -> Result<(), Broken> {
        self.process.settle();
        let mut at = 0;
        while at < self.network.count() {
            if self.network.look(at, |flight| flight.answered.is_none()) == Some(true) {
                self.answer(at)?;
                self.process.settle();
                at = 0;
            } else {
                at += 1;
            }
        }
        self.read_log();
        Ok(())
    }
}
