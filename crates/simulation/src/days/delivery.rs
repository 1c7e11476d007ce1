//! What becomes of every request on its way: let through, held, lost, answered by somebody else, given up.

use std::time::Duration;

use supabase_session::{Response, TransportError};

use super::faults::Delivery;
use super::flaw::Flaw;
use super::world::World;
use crate::SimulationError;

impl World<'_> {
    /// Lets the program run until it waits, and decides what becomes of its requests.
    pub(super) fn serve(&mut self) -> Result<(), SimulationError> {
        self.process.settle();
        let mut at = 0;
        while at < self.network.count() {
            let waits = self
                .network
                .with_flight(at, |flight| flight.lost || flight.held || flight.answered.is_some());
            if waits == Some(true) {
                at += 1;
                continue;
            }
            let delivery = self.network_mode.delivery(&mut self.rng);
            self.decide(at, delivery)?;
            self.process.settle();
            // The list of requests may have changed, so the loop begins again.
            at = 0;
        }
        self.read_log();
        Ok(())
    }

    fn decide(&mut self, at: usize, delivery: Delivery) -> Result<(), SimulationError> {
        let what = self.network.with_flight(at, |flight| flight.what()).unwrap_or_default();
        self.note(format!("  {what}: {delivery:?}"));
        match delivery {
            Delivery::Answered => self.answer(at)?,
            Delivery::HeldBefore => drop(self.network.with_flight(at, |flight| flight.held = true)),
            Delivery::HeldAfter => self.act(at)?,
            Delivery::Refused => self.network.deliver(at, Err(TransportError::Unreachable)),
            Delivery::Swallowed { acted } => {
                if acted {
                    self.act(at)?;
                }
                self.network.with_flight(at, |flight| flight.lost = true);
            }
            Delivery::AnswerLost => {
                self.act(at)?;
                self.network.deliver(at, Err(TransportError::Unreachable));
            }
            Delivery::Cut => {
                self.act(at)?;
                if let Some(mut answer) =
                    self.network.with_flight(at, |flight| flight.answered.take()).flatten()
                {
                    answer.body.truncate(answer.body.len() / 2);
                    self.network.deliver(at, Ok(answer));
                }
            }
            Delivery::Fails(_) | Delivery::AskedToWait(_) | Delivery::Page(_) => {
                let answer =
                    if self.flaw == Some(Flaw::InventsAnEnd) { Some(invented()) } else { delivery.answer() };
                self.network.deliver(at, answer.ok_or(TransportError::Unreachable));
            }
        }
        Ok(())
    }

    /// The request reaches the server, which answers; the answer does not arrive yet.
    pub(super) fn act(&mut self, at: usize) -> Result<(), SimulationError> {
        let Some(request) = self.network.with_flight(at, |flight| flight.request.clone()) else {
            return Ok(());
        };
        let now = self.clock.true_time();
        let answer = self.server.answer(&request, now)?;
        self.model.note(&request, &answer, now);
        self.note(format!("    the server says {}", answer.status));
        self.network.with_flight(at, |flight| flight.answered = Some(answer));
        Ok(())
    }

    pub(super) fn answer(&mut self, at: usize) -> Result<(), SimulationError> {
        if self.network.with_flight(at, |flight| flight.answered.is_none()) == Some(true) {
            self.act(at)?;
        }
        if let Some(answer) = self.network.with_flight(at, |flight| flight.answered.take()).flatten() {
            self.network.deliver(at, Ok(answer));
        }
        Ok(())
    }

    /// Like [`serve`](Self::serve), with a network without faults.
    pub(super) fn serve_without_faults(&mut self) -> Result<(), SimulationError> {
        self.process.settle();
        while self.network.count() > 0 {
            self.answer(0)?;
            self.process.settle();
        }
        self.read_log();
        Ok(())
    }

    /// Requests that have taken too long end with a timeout.
    pub(super) fn time_out(&mut self) {
        while self.network.count() > 0 && self.network.until_deadline() == Some(Duration::ZERO) {
            if let Some(at) = self.network.overdue() {
                self.note("  a request timed out".to_owned());
                self.network.deliver(at, Err(TransportError::Timeout));
            }
        }
    }

    /// A write or a request that hangs goes on.
    pub(super) fn release(&mut self) -> Result<(), SimulationError> {
        if self.disk.is_writing() {
            let well = self.rng.chance(80);
            self.disk.finish_write(well);
        }
        let count = self.network.count();
        let at = self.rng.index(count.max(1));
        if self.network.with_flight(at, |flight| flight.lost) == Some(false) {
            self.answer(at)?;
        }
        self.serve()
    }
}

/// A refusal that only the Auth server itself may send.
fn invented() -> Response {
    let body = r#"{"code":"refresh_token_not_found","message":"no"}"#;
    Response { status: 400, headers: Vec::new(), body: body.into() }
}
