//! One world: a client, its disk and its clocks, the network and the server, and the time that passes in it. What may
//! happen is `generator.rs`, what must hold is `checks.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use supabase_session::{Client, Clock, FlowId, Project, Random, SessionStore, State, StoreKey, Transport};

use super::clock::{Stopped, WorldClock};
use super::disk::{Disk, DiskMode};
use super::edits::Edits;
use super::faults::{NetworkMode, spoken};
use super::flaw::Flaw;
use super::generator::{self, Step};
use super::life::Life;
use super::mailbox::Mailbox;
use super::model::Model;
use super::network::{ClientTransport, Network};
use super::process::{GIVEN_UP, LogEntry, Process, SIGNED_OUT};
use super::report::{Report, Violation};
use super::server::{LocalServer, PROJECTS};
use super::sign_ins::{How, SignIns, Who};
use super::tokens;
use super::trace::Trace;
use crate::SimulationError;
use crate::seed::{Rng, Seeded};

/// Where links lead back to.
pub(super) const REDIRECT: &str = "app.foyer.desktop://auth/callback";

const DAY: Duration = Duration::from_secs(86_400);

/// Somebody with an account.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) email: String,
    pub(super) password: String,
    pub(super) id: String,
}

pub(super) struct World<'a> {
    pub(super) server: &'a LocalServer,
    pub(super) rng: Rng,
    pub(super) clock: Arc<WorldClock>,
    pub(super) network: Arc<Network>,
    pub(super) disk: Arc<Disk>,
    pub(super) model: Model,
    /// The people of each project.
    pub(super) people: [Vec<Person>; PROJECTS.len()],
    /// Which project the program is for.
    pub(super) here: usize,
    /// The new addresses that were ever asked for, and by whom.
    pub(super) addresses: BTreeMap<String, String>,
    pub(super) sign_ins: SignIns,
    pub(super) edits: Edits,
    /// What lay in the store when the program was last for another project.
    pub(super) left: BTreeMap<String, String>,
    pub(super) mailbox: Mailbox,
    pub(super) process: Process,
    /// What is known of this life of the program.
    pub(super) life: Life,
    pub(super) trace: Trace,
    pub(super) step: u64,
    pub(super) violations: Vec<Violation>,
    pub(super) network_mode: NetworkMode,
    pub(super) flaw: Option<Flaw>,
    random: Arc<Seeded>,
    projects: Vec<Project>,
}

impl<'a> World<'a> {
    /// A world in which nothing has happened yet.
    ///
    /// # Errors
    /// When the server does not make its people.
    pub(super) fn new(
        server: &'a LocalServer,
        seed: u64,
        flaw: Option<Flaw>,
    ) -> Result<Self, SimulationError> {
        let clock = Arc::new(WorldClock::default());
        let network = Network::new(Arc::clone(&clock), flaw);
        let (random, projects) = (Arc::new(Seeded::new(seed ^ 1)), server.projects()?);
        let disk = Arc::new(Disk::new(flaw == Some(Flaw::ForgetsWrites), &projects[0]));
        let client = client(&projects[0], &disk, &network, &clock, &random, flaw)?;
        let mut world = Self {
            server,
            rng: Rng::new(seed),
            process: Process::start(client)?,
            model: Model::new(server.setting.timebox),
            people: <[Vec<Person>; PROJECTS.len()]>::default(),
            here: 0,
            addresses: BTreeMap::new(),
            sign_ins: SignIns::default(),
            edits: Edits::default(),
            left: BTreeMap::new(),
            mailbox: Mailbox::default(),
            life: Life::default(),
            trace: Trace::new(),
            step: 0,
            violations: Vec::new(),
            network_mode: NetworkMode::Good,
            clock,
            network,
            disk,
            random,
            projects,
            flaw,
        };
        for (project, names) in [["ada", "bob"], ["eve", "flo"], ["gil", "hal"]].into_iter().enumerate() {
            world.here = project;
            for name in names {
                world.create_person(&format!("{name}@example.com"))?;
            }
        }
        world.here = 0;
        world.begin_life();
        Ok(world)
    }

    /// Lets so many days pass.
    ///
    /// # Errors
    /// When the world itself breaks.
    pub(super) fn live(mut self, days: u64) -> Result<Report, SimulationError> {
        for day in 1..=days {
            while self.clock.true_time() < DAY * u32::try_from(day).unwrap_or(u32::MAX) {
                self.step += 1;
                let step = generator::step(&mut self.rng, self.process.client.state().signed_in().is_some());
                self.take(step)?;
                self.check();
                if !self.violations.is_empty() {
                    return Ok(self.report(day));
                }
            }
            self.run_without_faults()?;
        }
        Ok(self.report(days))
    }

    fn report(self, days: u64) -> Report {
        Report {
            days,
            events: self.trace.events,
            refreshes: self.network.refreshes(),
            fingerprint: self.trace.fingerprint(),
            violations: self.violations,
        }
    }

    fn take(&mut self, step: Step) -> Result<(), SimulationError> {
        self.note(format!("{step:?}"));
        self.learn_addresses()?;
        match step {
            Step::Run(span) => self.run_for(span),
            Step::Suspend(span, monotonic_goes_on) => {
                self.clock.suspend(span, monotonic_goes_on);
                self.time_out();
                self.serve()
            }
            Step::SetWall(skew) => {
                self.clock.set_skew(skew);
                self.life.wall_was_set = true;
                self.serve()
            }
            Step::Network(mode) => {
                self.network_mode = mode;
                Ok(())
            }
            Step::Disk(mode) => {
                self.disk.set_mode(mode);
                self.life.disk_was_bad |= mode != DiskMode::Good;
                self.serve()
            }
            Step::Kill => self.kill(self.here),
            Step::OtherProject => self.kill((self.here + 1) % self.projects.len()),
            Step::Race(with) => self.race(with),
            Step::Scenario(scenario) => self.play(scenario),
            Step::Call(call) => self.call(call),
            Step::Server(action) => self.server_action(action),
            Step::OpenMail => self.open_mail(),
            Step::Link(link) => self.link(link),
            Step::Release => self.release(),
        }
    }

    /// The machine runs: everything that is due happens in its order.
    fn run_for(&mut self, span: Duration) -> Result<(), SimulationError> {
        let end = self.clock.monotonic_time() + span;
        loop {
            self.serve()?;
            let left = end.saturating_sub(self.clock.monotonic_time());
            if left.is_zero() {
                return Ok(());
            }
            let next = [self.clock.until_next(), self.network.until_deadline()].into_iter().flatten().min();
            // A disk that hangs goes on after some seconds.
            let longest = if self.disk.is_writing() { left.min(Duration::from_secs(7)) } else { left };
            let hop = next.unwrap_or(longest).clamp(Duration::from_millis(1).min(left), longest);
            self.clock.advance(hop);
            if self.disk.is_writing() && self.rng.chance(50) {
                let well = self.rng.chance(80);
                self.disk.finish_write(well);
            }
            self.time_out();
        }
    }

    /// The program is killed at whatever it is doing, and started again, for this project.
    fn kill(&mut self, project: usize) -> Result<(), SimulationError> {
        let pending = self.pending();
        let flights = self.network.forget_process();
        let client =
            client(&self.projects[project], &self.disk, &self.network, &self.clock, &self.random, self.flaw)?;
        // The old program is dropped here, with everything in it.
        self.process = Process::start(client)?;
        for flight in flights {
            // A request that was sent may reach the server all the same.
            if flight.answered.is_none() && !flight.lost && self.rng.chance(50) {
                let now = self.clock.true_time();
                let answer = self.server.answer(&flight.request, now)?;
                self.model.note(&flight.request, &answer, now);
            }
        }
        let landed = self.rng.chance(50);
        self.disk.finish_write(landed);
        self.clock.forget_sleepers();
        let moves = project != self.here;
        if moves {
            let theirs = StoreKey::session(&self.projects[self.here]);
            self.left = self.disk.contents();
            self.left.retain(|key, _| key.starts_with(theirs.as_str()));
            self.disk.turn_to(&self.projects[project]);
            self.here = project;
        }
        if self.flaw == Some(Flaw::LosesTwoGenerations) {
            self.disk.fall_back(2);
        }
        self.disk.forget_wishes();
        let before = std::mem::take(&mut self.life);
        self.begin_life();
        self.check_restored(&before, (!moves).then_some(&pending));
        self.serve()
    }

    fn begin_life(&mut self) {
        self.life = Life::begin(&self.disk);
        self.edits.restart();
        let flows = self.disk.flows();
        self.sign_ins
            .restart(&flows.iter().filter_map(|flow| flow["nonce"].as_str().map(str::to_owned)).collect());
        if let Some(session) = self.disk.session() {
            self.network.learn_stored(&session);
            let token = tokens::stored(&session).map(|(_, token)| token);
            self.life.restores = token.and_then(|token| self.model.whose_refresh(&token));
        }
        let client = self.process.client.clone();
        self.process.call("life", async move {
            client.restore().await;
            client.keep_fresh().await;
            String::new()
        });
        self.process.settle();
        if self.process.client.state() == State::Restoring {
            // The program reads its store later, when its clocks show another time.
            self.network.forget_tokens();
        }
    }

    /// Runs a good hour without any fault. After that the session must be as it should be.
    fn run_without_faults(&mut self) -> Result<(), SimulationError> {
        self.note("calm".to_owned());
        self.network_mode = NetworkMode::Good;
        self.disk.set_mode(DiskMode::Good);
        self.disk.finish_write(true);
        self.run_for(Duration::from_secs(65 * 60))?;
        self.check();
        self.check_calm()?;
        self.check_edit_saved()
    }

    pub(super) fn pending(&self) -> BTreeSet<FlowId> {
        self.process.client.pending().into_iter().map(|flow| flow.id).collect()
    }

    pub(super) fn note(&mut self, line: String) {
        let time = spoken(self.clock.true_time());
        self.trace.add(format!("{time} {line}"));
    }

    pub(super) fn violation(&mut self, what: String) {
        let (step, before) = (self.step, self.trace.last());
        self.violations.push(Violation { world: 0, step, what, before });
    }

    pub(super) fn read_log(&mut self) {
        self.note_flows();
        for said in self.process.take_log() {
            match said {
                LogEntry::State(state) => {
                    self.note(format!("  now {}", shown(&state)));
                    self.check_state(state);
                }
                LogEntry::Accepted(id) => self.act_here(Who::Person(id), How::Wanted),
                LogEntry::Ended(call, outcome) => {
                    match call {
                        SIGNED_OUT => self.sign_ins.signed_out(),
                        GIVEN_UP => self.sign_ins.give_up(&outcome),
                        _ => {}
                    }
                    self.note(format!("  {call}: {outcome}"));
                }
            }
        }
    }
}

/// A client of this world.
fn client(
    project: &Project,
    disk: &Arc<Disk>,
    network: &Arc<Network>,
    clock: &Arc<WorldClock>,
    random: &Arc<Seeded>,
    flaw: Option<Flaw>,
) -> Result<Client, SimulationError> {
    let shown: Arc<dyn Clock> = match flaw {
        Some(Flaw::StopsTheClocks) => Arc::new(Stopped(Arc::clone(clock))),
        _ => Arc::clone(clock) as Arc<dyn Clock>,
    };
    Ok(Client::builder(project.clone(), Arc::clone(disk) as Arc<dyn SessionStore>)
        .redirect_to(REDIRECT.parse().map_err(SimulationError::new)?)
        .transport(Arc::new(ClientTransport(Arc::clone(network))) as Arc<dyn Transport>)
        .clock(shown)
        .random(Arc::clone(random) as Arc<dyn Random>)
        .build())
}

fn shown(state: &State) -> String {
    match state {
        State::Restoring => "restoring".to_owned(),
        State::SignedOut(cause) => format!("signed out ({cause:?})"),
        State::SignedIn(now) => {
            format!("signed in ({}, {})", now.generation, now.user.email.as_deref().unwrap_or("anonymous"))
        }
    }
}
