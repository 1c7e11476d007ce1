//! The questions, a file each: what is asked and what the answers mean.

pub(crate) mod auth;
pub(crate) mod bucket;
pub(crate) mod certificate;
pub(crate) mod clock;
pub(crate) mod delete_account;
pub(crate) mod machine;
pub(crate) mod mail;
pub(crate) mod profiles;
pub(crate) mod redirect;
pub(crate) mod server;
pub(crate) mod signing_keys;

use foyer_contract::doctor::{CheckName, CheckResult, Finding};

/// What was found, before it is a line: the finding with its figure and its remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    finding: Finding,
    figure: Option<String>,
    remedy: Option<String>,
}

impl From<Finding> for Found {
    fn from(finding: Finding) -> Self {
        Self { finding, figure: None, remedy: None }
    }
}

impl Found {
    /// The same with a figure or names.
    pub(crate) fn figure(mut self, figure: impl ToString) -> Self {
        self.figure = Some(figure.to_string());
        self
    }

    /// The same with something to enter or to run.
    pub(crate) fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }

    /// The line.
    pub(crate) fn line(self, check: CheckName) -> CheckResult {
        let Self { finding, figure, remedy } = self;
        CheckResult { check, finding, figure, remedy }
    }
}
