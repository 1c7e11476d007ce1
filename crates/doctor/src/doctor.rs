//! The order of the questions, and the time that all of them together may take.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use foyer_contract::doctor::{CheckName, CheckResult, Finding};
use supabase_session::{Client, Clock, Project, Settings, SystemClock};
use time::OffsetDateTime;
use tokio::time::{Instant, timeout_at};
use url::Url;

use crate::ask::ProjectQuestions;
use crate::checks::machine::{self, Machine};
use crate::checks::{
    Found, auth, bucket, certificate, clock, delete_account, mail, profiles, redirect, server, signing_keys,
};
use crate::report::Report;

/// Longest time for the whole check. What is not answered by then is unknown.
pub const DEADLINE: Duration = Duration::from_secs(45);

/// The questions that need the project; those of the machine follow them.
const OF_THE_PROJECT: std::ops::RangeInclusive<CheckName> = CheckName::Key..=CheckName::Clock;

/// A check of one project, and of the machine where that is known.
pub struct Doctor {
    url: String,
    key: String,
    deep_link: Url,
    signed_in: Option<Client>,
    has_captcha: bool,
    machine: Option<Machine>,
    clock: Arc<dyn Clock>,
}

impl Doctor {
    /// A check of the project at this URL with its publishable or anon key, as somebody typed them, for an app whose
    /// links begin with `deep_link`. Nothing is sent before [`run`](Self::run).
    #[must_use]
    pub fn new(url: &str, key: &str, deep_link: Url) -> Self {
        Self {
            url: url.to_owned(),
            key: key.to_owned(),
            deep_link,
            signed_in: None,
            has_captcha: false,
            machine: None,
            clock: Arc::new(SystemClock::new()),
        }
    }

    /// With the session of whoever is signed in: more can be asked then. A client of another project, or one without a
    /// session, adds nothing.
    #[must_use]
    pub fn signed_in(mut self, client: Client) -> Self {
        self.signed_in = Some(client);
        self
    }

    /// Whether the app was told which captcha the project's owner has switched on.
    #[must_use]
    pub fn has_captcha(mut self, has_captcha: bool) -> Self {
        self.has_captcha = has_captcha;
        self
    }

    /// With what is known of the machine.
    #[must_use]
    pub fn machine(mut self, machine: Machine) -> Self {
        self.machine = Some(machine);
        self
    }

    /// Where the time comes from.
    #[must_use]
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// Asks everything, one question after the other, and tells each line as soon as it is there. Dropping the future
    /// ends the check.
    pub async fn run(&self, told: impl FnMut(&CheckResult) + Send) -> Report {
        let mut lines = Lines { told, results: Vec::new(), until: Instant::now() + DEADLINE };
        match Project::new(&self.url, &self.key) {
            Ok(project) => self.ask(project, &mut lines).await,
            Err(error) => lines.add(CheckName::Key, server::refused(error)),
        }
        lines.add_not_asked();
        if let Some(machine) = &self.machine {
            machine::judge(machine).into_iter().for_each(|line| lines.push(line));
        }
        Report::new(lines.results)
    }

    async fn ask(&self, project: Project, lines: &mut Lines<impl FnMut(&CheckResult) + Send>) {
        let questions = ProjectQuestions::new(project, Arc::clone(&self.clock), self.signed_in.clone());
        let answers = match server::settings(&questions).await {
            Ok(settings) => {
                lines.add(CheckName::Key, Finding::Good.into());
                lines.add(CheckName::Server, Finding::Good.into());
                self.ask_auth(&questions, &settings, lines).await;
                ask_tables(&questions, lines).await;
                ask_storage(&questions, lines).await;
                lines.ask(CheckName::DeleteAccount, delete_account::check(&questions)).await;
                true
            }
            Err((of_key, of_server)) => {
                lines.add(CheckName::Key, of_key);
                lines.add(CheckName::Server, of_server);
                false
            }
        };
        // Last, because the fastest answer tells the time best. A server that refuses everything else may tell it, too.
        let ahead = questions.clock_offset();
        if answers || ahead.is_some() {
            lines.add_in_turn(CheckName::Clock, clock::judge(ahead));
        }
    }

    async fn ask_auth(
        &self,
        questions: &ProjectQuestions,
        settings: &Settings,
        lines: &mut Lines<impl FnMut(&CheckResult) + Send>,
    ) {
        let now = OffsetDateTime::from(self.clock.now());
        lines.ask(CheckName::Certificate, certificate::check(questions, now)).await;
        lines.add(CheckName::SignUp, auth::sign_up(settings));
        lines.add(CheckName::SignInMethods, auth::sign_in_methods(settings));
        lines.add(CheckName::Confirmation, auth::confirmation(settings));
        lines.add(CheckName::Mail, mail::judge(&questions.project, settings));
        lines.ask(CheckName::Captcha, auth::captcha(questions, self.has_captcha)).await;
        lines.ask(CheckName::Redirect, redirect::check(questions, &self.deep_link)).await;
        lines.ask(CheckName::SigningKeys, signing_keys::check(questions)).await;
    }
}

impl fmt::Debug for Doctor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Doctor(..)")
    }
}

async fn ask_tables(questions: &ProjectQuestions, lines: &mut Lines<impl FnMut(&CheckResult) + Send>) {
    match lines.ask(CheckName::Profiles, profiles::table(questions)).await {
        Finding::Good | Finding::ColumnsMissing | Finding::SignInNeeded => {
            lines.ask(CheckName::ProfileRow, profiles::own_row(questions)).await;
            lines.add(CheckName::ProfilePolicies, profiles::policies());
        }
        // There is nothing to look into.
        _ => {
            lines.add(CheckName::ProfileRow, Finding::NotNeeded.into());
            lines.add(CheckName::ProfilePolicies, Finding::NotNeeded.into());
        }
    }
}

async fn ask_storage(questions: &ProjectQuestions, lines: &mut Lines<impl FnMut(&CheckResult) + Send>) {
    if lines.ask(CheckName::Bucket, bucket::exists(questions)).await == Finding::BucketMissing {
        for check in [CheckName::BucketWriters, CheckName::BucketReaders, CheckName::BucketLimits] {
            lines.add(check, Finding::NotNeeded.into());
        }
        return;
    }
    lines.ask(CheckName::BucketWriters, bucket::writers(questions)).await;
    lines.ask(CheckName::BucketReaders, bucket::readers(questions)).await;
    lines.ask(CheckName::BucketLimits, bucket::limits(questions)).await;
}

/// The lines that are there, and whoever is told of each.
struct Lines<F> {
    told: F,
    results: Vec<CheckResult>,
    until: Instant,
}

impl<F: FnMut(&CheckResult) + Send> Lines<F> {
    /// Waits for an answer, as long as there is time.
    async fn ask(&mut self, check: CheckName, question: impl Future<Output = Found> + Send) -> Finding {
        let found = timeout_at(self.until, question).await.unwrap_or_else(|_| Finding::NoAnswer.into());
        let line = found.line(check);
        let finding = line.finding;
        self.push(line);
        finding
    }

    fn add(&mut self, check: CheckName, found: Found) {
        self.push(found.line(check));
    }

    /// Adds a line after those that come before it and were not asked.
    fn add_in_turn(&mut self, check: CheckName, found: Found) {
        self.add_not_asked_before(check);
        self.add(check, found);
    }

    fn add_not_asked(&mut self) {
        self.add_not_asked_before(CheckName::Links);
    }

    fn add_not_asked_before(&mut self, end: CheckName) {
        let project = CheckName::ALL.iter().filter(|check| OF_THE_PROJECT.contains(*check) && **check < end);
        let is_there = |check: CheckName| self.results.iter().any(|line| line.check == check);
        let missing: Vec<CheckName> = project.copied().filter(|check| !is_there(*check)).collect();
        missing.into_iter().for_each(|check| self.add(check, Finding::NotAsked.into()));
    }

    fn push(&mut self, line: CheckResult) {
        (self.told)(&line);
        self.results.push(line);
    }
}
