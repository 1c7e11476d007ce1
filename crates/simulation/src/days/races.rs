//! Somebody signs in, and before the answer is here something else happens that ends what they wanted: a sign-out,
//! another sign-in, a flow that is given up. Every answer comes in the end, in whatever order.

use std::time::Duration;

use super::generator::{Call, Rival};
use super::mailbox::FlowLink;
use super::world::World;
use crate::SimulationError;

/// How somebody signs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SignInKind {
    Link,
    Code,
    Wanted,
    NewAddress,
    Password,
}

impl World<'_> {
    /// Two of the people here, one after the other.
    pub(super) fn race(&mut self, with: Rival) -> Result<(), SimulationError> {
        let kinds = [
            SignInKind::Link,
            SignInKind::Code,
            SignInKind::Wanted,
            SignInKind::NewAddress,
            SignInKind::Password,
        ];
        let (kind, one) = (*self.rng.pick(&kinds), self.somebody());
        let other = (one + 1) % self.people().len();
        self.note(format!("  {kind:?} by {}", self.people()[one].email));
        self.sign_everybody_out()?;
        let another = if with == Rival::AnotherLink { self.link_of(other)? } else { None };
        let flow_link = match kind {
            SignInKind::NewAddress => self.link_of_address(one)?,
            SignInKind::Link | SignInKind::Code => self.link_of(one)?,
            SignInKind::Wanted | SignInKind::Password => None,
        };
        if kind == SignInKind::NewAddress && with == Rival::SomebodyElse {
            // Here the person goes first, and the link comes while somebody else is there.
            self.sign_out(false);
            self.serve_without_faults()?;
            self.sign_in_with_password_of(other)?;
        }
        self.begin(kind, one, flow_link.as_ref())?;
        self.process.settle();
        self.hold_answers()?;
        match with {
            Rival::GiveUp => self.process.client.pending().iter().for_each(|flow| self.give_up(&flow.id)),
            Rival::SignOut => self.sign_out(false),
            Rival::SomebodyElse if kind != SignInKind::NewAddress => self.sign_in_as(other, Call::Password),
            Rival::SomebodyElse | Rival::AnotherLink => {}
        }
        if let Some(another) = another {
            self.deliver(&another);
        }
        self.serve_others()?;
        self.serve_without_faults()
    }

    /// Delivers every request that is on its way, and signs everybody out.
    pub(super) fn sign_everybody_out(&mut self) -> Result<(), SimulationError> {
        self.serve_without_faults()?;
        if self.process.client.state().signed_in().is_some() {
            self.sign_out(false);
            self.serve_without_faults()?;
        }
        Ok(())
    }

    fn begin(
        &mut self,
        kind: SignInKind,
        at: usize,
        flow_link: Option<&FlowLink>,
    ) -> Result<(), SimulationError> {
        match (kind, flow_link) {
            (SignInKind::Link | SignInKind::NewAddress, Some(flow_link)) => self.deliver(flow_link),
            (SignInKind::Code, _) => {
                let email = self.people()[at].email.clone();
                let pending = self.process.client.pending();
                let flow = pending.iter().rev().find(|flow| flow.email.as_ref() == Some(&email));
                if let (Some(flow), Some(code)) = (flow, self.newest(&email, "code")?) {
                    self.show_code(&flow.id, code);
                }
            }
            (SignInKind::Wanted, _) => {
                if let Some(url) = self.wanted_link(at)? {
                    self.accept(at, &url);
                }
            }
            (SignInKind::Password, _) => self.sign_in_as(at, Call::Password),
            (SignInKind::Link | SignInKind::NewAddress, None) => {}
        }
        Ok(())
    }

    pub(super) fn sign_in_with_password_of(&mut self, at: usize) -> Result<(), SimulationError> {
        self.sign_in_as(at, Call::Password);
        self.serve_without_faults()
    }

    /// A person asks for a link and opens it, for its code to be exchanged or typed.
    pub(super) fn link_of(&mut self, at: usize) -> Result<Option<FlowLink>, SimulationError> {
        self.wait_for_mail_limit();
        self.sign_in_as(at, Call::MagicLink);
        self.serve_without_faults()?;
        let email = self.people()[at].email.clone();
        self.opened(&email)
    }

    /// A person signs in, asks for a new address and opens both mails.
    fn link_of_address(&mut self, at: usize) -> Result<Option<FlowLink>, SimulationError> {
        self.sign_in_with_password_of(at)?;
        self.wait_for_mail_limit();
        let old = self.people()[at].email.clone();
        self.ask_for_address();
        self.serve_without_faults()?;
        let pending = self.process.client.pending();
        let new = pending.last().and_then(|flow| flow.email.clone());
        let Some(new) = new.filter(|new| self.addresses.contains_key(new)) else { return Ok(None) };
        self.opened(&old)?;
        self.opened(&new)
    }

    fn opened(&mut self, email: &str) -> Result<Option<FlowLink>, SimulationError> {
        match self.newest(email, "link")? {
            Some(link) => self.flow_link(&link),
            None => Ok(None),
        }
    }

    /// One mail a second and person.
    fn wait_for_mail_limit(&mut self) {
        self.clock.advance(Duration::from_secs(2));
    }

    /// The server acts on everything, and no answer arrives yet.
    pub(super) fn hold_answers(&mut self) -> Result<(), SimulationError> {
        for at in 0..self.network.count() {
            if self.network.with_flight(at, |flight| flight.answered.is_none()) == Some(true) {
                self.act(at)?;
            }
        }
        Ok(())
    }

    /// What is asked from now on is answered at once; what was asked before goes on waiting.
    pub(super) fn serve_others(&mut self) -> Result<(), SimulationError> {
        self.process.settle();
        let mut at = 0;
        while at < self.network.count() {
            if self.network.with_flight(at, |flight| flight.answered.is_none()) == Some(true) {
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
