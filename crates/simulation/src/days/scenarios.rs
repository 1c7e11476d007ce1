//! Things in an order in which they seldom come by chance, and in which a client has gone wrong.

use std::time::Duration;

use supabase_session::TransportError;

use super::disk::DiskMode;
use super::generator::{Call, Scenario};
use super::world::World;
use crate::SimulationError;

impl World<'_> {
    /// Plays a scenario, as far as the network and the disk let it.
    pub(super) fn play(&mut self, scenario: Scenario) -> Result<(), SimulationError> {
        let one = self.somebody();
        self.sign_everybody_out()?;
        match scenario {
            Scenario::ForeignHash => {
                self.link_of(one)?;
                if let Some(url) = self.foreign_hash()? {
                    self.give(&url);
                }
                self.serve_without_faults()
            }
            Scenario::WaitingCall => {
                self.sign_in_with_password_of(one)?;
                self.let_token_end();
                self.select();
                self.process.settle();
                self.hold_answers()?;
                self.sign_out(false);
                self.sign_in_as((one + 1) % self.people().len(), Call::Password);
                self.serve_others()?;
                self.serve_without_faults()
            }
            Scenario::FullDisk => {
                self.sign_in_with_password_of(one)?;
                self.disk.set_mode(DiskMode::Full);
                self.life.disk_was_bad = true;
                self.call(Call::Refresh)?;
                self.serve_without_faults()?;
                self.let_token_end();
                self.sign_out(false);
                self.process.settle();
                // The server acts, and no answer comes.
                self.hold_answers()
            }
            Scenario::LostSave => {
                self.sign_in_with_password_of(one)?;
                self.save_name(true);
                self.process.settle();
                if self.network.count() > 0 {
                    // The row as it is.
                    self.answer(0)?;
                    self.process.settle();
                }
                self.hold_answers()?;
                while self.network.count() > 0 {
                    self.network.deliver(0, Err(TransportError::Timeout));
                    self.process.settle();
                }
                self.check_edits();
                self.save_name(false);
                self.serve_without_faults()?;
                self.check_edits();
                Ok(())
            }
        }
    }

    /// The token that is held is over, and the machine slept, so that nobody has noticed yet.
    fn let_token_end(&mut self) {
        let life = Duration::from_secs(self.server.setting.token_life.unsigned_abs());
        self.clock.suspend(life, false);
    }
}
