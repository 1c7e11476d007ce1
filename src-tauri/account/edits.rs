//! An edit of the account form on its way to the server: which fields were touched, what they were, and how that meets
//! the row that the server has by now. Pure; what is done with it is in `saving.rs`.

use foyer_contract::CommandError;
use foyer_contract::account::ProfileBase;
use foyer_contract::view::{ProfileView, RefusedEdit};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::profile::{ProfileEdit, ProfileRow};
use crate::error::Failure;

/// The column that a guarded write compares, and that says which write a row came from.
const UPDATED_AT: &str = "updated_at";

/// The form's columns, in the order of [`Fields`].
const COLUMNS: [&str; 3] = ["full_name", "username", "website"];

/// How many writes are remembered. More than one without an answer happens only while the network comes and goes.
const REMEMBERED: usize = 8;

/// What was touched in the form and is not known to be the server's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// The fields that the form was filled from.
    was: Fields,
    /// The fields as they are wanted. Those that are as they were are not written.
    now: Fields,
    /// Which row [`was`](Self::was) is.
    version: String,
    /// Writes that may have reached the server although no answer came.
    #[serde(default)]
    sent: Vec<Sent>,
    /// The row on the server is newer: the person decides.
    conflict: bool,
    /// Why the server does not take the edit. Not kept on disk: at the next start the project may take the edit, or
    /// refuse it again.
    #[serde(skip)]
    refusal: Option<CommandError>,
}

/// A write, recognized in the row by the time that it set there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sent {
    updated_at: String,
    now: Fields,
}

/// The form's content, in words of its own: what lies on disk does not change with the contract.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Fields {
    full_name: String,
    username: String,
    website: String,
}

/// How an edit meets the row that the server has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meeting {
    /// The row is the one that the edit was made on.
    Base,
    /// The row is another one, but not in anything that the person saw in the form, or it is our own earlier write.
    Aside,
    /// The row says what the edit says.
    Saved,
    /// The row is newer: only the person can tell which of the two stays.
    Newer,
}

/// Names the state of a row. As the server wrote it; without a time or without a row it is a word of ours.
pub(super) fn version_of(row: Option<&ProfileRow>) -> String {
    match row {
        None => String::new(),
        Some(row) => row.updated_at.clone().unwrap_or_else(|| "null".to_owned()),
    }
}

impl Edit {
    /// What was done to a form that was filled from `base`.
    pub(super) fn new(base: &ProfileBase, now: &ProfileView) -> Self {
        Self {
            was: Fields::from(&base.profile),
            now: Fields::from(now),
            version: base.version.clone(),
            sent: Vec::new(),
            conflict: false,
            refusal: None,
        }
    }

    /// This edit with a later one of the same form on top.
    pub(super) fn then(self, later: &Self) -> Self {
        let touched = later.touched();
        let now = Fields::pick(|at| if touched[at] { later.now.all()[at] } else { self.now.all()[at] });
        Self { now, refusal: None, ..self }
    }

    /// Whether the edit waits to be sent.
    pub(super) fn is_waiting(&self) -> bool {
        !self.conflict && self.refusal.is_none()
    }

    /// Whether the server does not take the edit.
    pub(super) fn is_refused(&self) -> bool {
        self.refusal.is_some()
    }

    /// Whether the person has to decide about a newer row.
    pub(super) fn is_conflict(&self) -> bool {
        self.conflict
    }

    /// This edit, in conflict with a newer row.
    pub(super) fn in_conflict(self) -> Self {
        Self { conflict: true, refusal: None, ..self }
    }

    /// This edit, refused for good.
    pub(super) fn refused(self, error: CommandError) -> Self {
        Self { conflict: false, refusal: Some(error), ..self }
    }

    /// What the server does not take, with the form around it.
    pub(super) fn refusal(&self, row: Option<&ProfileRow>) -> Option<RefusedEdit> {
        let error = self.refusal.clone()?;
        Some(RefusedEdit { profile: self.over(row), error })
    }

    /// The form with this edit in it: what was touched, else what the row says.
    pub(super) fn over(&self, row: Option<&ProfileRow>) -> ProfileView {
        let (touched, row) = (self.touched(), Fields::of(row));
        Fields::pick(|at| if touched[at] { self.now.all()[at] } else { row.all()[at] }).into()
    }

    /// Makes it an edit of this row, which the person has seen or which holds nothing new for them.
    pub(super) fn rebase(self, row: Option<&ProfileRow>) -> Self {
        let (touched, was) = (self.touched(), Fields::of(row));
        let now = Fields::pick(|at| if touched[at] { self.now.all()[at] } else { was.all()[at] });
        Self { was, now, version: version_of(row), conflict: false, refusal: None, ..self }
    }

    /// Our own write of something else made a new row of the one that this is an edit of.
    pub(super) fn follow(&mut self, before: Option<&ProfileRow>, after: Option<&ProfileRow>) {
        if self.version == version_of(before) {
            self.version = version_of(after);
        }
    }

    /// What is written: the touched fields and a time to know the row by. `None` where nothing was touched.
    ///
    /// # Errors
    /// The first touched field that breaks a rule.
    pub(super) fn changes(&self, now: OffsetDateTime) -> Result<Option<Map<String, Value>>, Failure> {
        let touched = self.touched();
        if touched == [false; 3] {
            return Ok(None);
        }
        // What was not touched is not checked: an old row may hold what today's rules refuse.
        let checked = Fields::pick(|at| if touched[at] { self.now.all()[at] } else { "" });
        let Ok(Value::Object(mut changes)) = serde_json::to_value(ProfileEdit::new(&checked.into(), now)?)
        else {
            return Ok(None);
        };
        changes.retain(|column, _| match COLUMNS.iter().position(|known| known == column) {
            Some(at) => touched[at],
            None => true,
        });
        Ok(Some(changes))
    }

    /// Remembers a write, whose answer may be lost.
    pub(super) fn remember(&mut self, changes: &Map<String, Value>) -> Option<Sent> {
        let updated_at = changes.get(UPDATED_AT)?.as_str()?.to_owned();
        let sent = Sent { updated_at, now: self.now.clone() };
        remember(&mut self.sent, sent.clone());
        Some(sent)
    }

    /// Remembers writes that were made before this edit.
    pub(super) fn remember_all(&mut self, sent: &[Sent]) {
        for sent in sent {
            if !self.sent.contains(sent) {
                remember(&mut self.sent, sent.clone());
            }
        }
    }

    /// How the edit meets this row.
    pub(super) fn meets(&self, row: Option<&ProfileRow>) -> Meeting {
        let Some(known) = row else {
            // Where there is no row (any more) there is nothing that could be overwritten.
            return if self.version == version_of(None) { Meeting::Base } else { Meeting::Aside };
        };
        let is_other = self.version != version_of(row);
        let ours = self.sent.iter().find(|sent| is_same_time(&sent.updated_at, known));
        if let Some(sent) = ours.filter(|_| is_other) {
            return if sent.now == self.now { Meeting::Saved } else { Meeting::Aside };
        }
        let (touched, row_now) = (self.touched(), Fields::of(row));
        let is_untouched = |at: usize| row_now.all()[at] == self.was.all()[at];
        let mut touched_fields = (0..COLUMNS.len()).filter(|at| touched[*at]);
        if !is_other && touched_fields.clone().all(is_untouched) {
            Meeting::Base
        } else if touched_fields.all(|at| self.is_there(at, row_now.all()[at])) {
            Meeting::Saved
        } else if (0..COLUMNS.len()).all(is_untouched) {
            Meeting::Aside
        } else {
            Meeting::Newer
        }
    }

    /// Whether the row says what was wanted of a field, in the form that a server may have given it.
    fn is_there(&self, at: usize, row: &str) -> bool {
        let (was, now) = (self.was.all()[at], self.now.all()[at]);
        row == now.trim() || (row != was && usual_form(row) == usual_form(now))
    }

    fn touched(&self) -> [bool; 3] {
        let (was, now) = (self.was.all(), self.now.all());
        std::array::from_fn(|at| was[at].trim() != now[at].trim())
    }
}

/// Adds a write to the remembered ones; the oldest is forgotten when there are too many.
pub(super) fn remember(writes: &mut Vec<Sent>, sent: Sent) {
    if writes.len() >= REMEMBERED {
        writes.remove(0);
    }
    writes.push(sent);
}

/// The same instant, however the server writes it; a column without a time zone leaves the zone out.
fn is_same_time(sent: &str, row: &ProfileRow) -> bool {
    let parsed = |text: &str| OffsetDateTime::parse(text, &Rfc3339).ok();
    let Some(there) = row.updated_at.as_deref() else { return false };
    let instant = parsed(there).or_else(|| parsed(&format!("{there}Z")));
    instant.is_some() && instant == parsed(sent)
}

/// A text without what servers like to change in it: case, blanks, a web address's scheme and the slash at its end.
fn usual_form(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let rest = ["https://", "http://"].iter().find_map(|scheme| text.strip_prefix(scheme));
    rest.unwrap_or(&text).trim_end_matches('/').to_owned()
}

impl Fields {
    fn all(&self) -> [&str; 3] {
        [&self.full_name, &self.username, &self.website]
    }

    fn pick<'a>(field: impl Fn(usize) -> &'a str) -> Self {
        let [full_name, username, website] = std::array::from_fn(|at| field(at).to_owned());
        Self { full_name, username, website }
    }

    fn of(row: Option<&ProfileRow>) -> Self {
        row.map(ProfileView::from).as_ref().map(Self::from).unwrap_or_default()
    }
}

impl From<&ProfileView> for Fields {
    fn from(view: &ProfileView) -> Self {
        let ProfileView { full_name, username, website } = view.clone();
        Self { full_name, username, website }
    }
}

impl From<Fields> for ProfileView {
    fn from(fields: Fields) -> Self {
        let Fields { full_name, username, website } = fields;
        Self { full_name, username, website }
    }
}

#[cfg(test)]
#[path = "edits_tests.rs"]
mod tests;
