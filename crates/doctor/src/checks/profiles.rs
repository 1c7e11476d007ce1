//! The table `profiles`: its columns, who may read it, the signed-in person's row.

use foyer_contract::doctor::Finding;

use super::Found;
use crate::ask::{Answer, ProjectQuestions};
use crate::remedy;

/// The columns that the app reads and writes.
const COLUMNS: [&str; 6] = ["id", "full_name", "username", "website", "avatar_url", "updated_at"];

/// Asks for no row with all columns.
pub(crate) async fn table(questions: &ProjectQuestions) -> Found {
    let answer = select(questions, &COLUMNS.join(",")).await;
    let Some(answer) = answer else { return Finding::NoAnswer.into() };
    if answer.is_yes() {
        return Finding::Good.into();
    }
    if answer.is_one_of(&["42703"]) {
        return columns(questions).await;
    }
    judge(&answer, questions.user().is_some())
}

/// Which columns are missing: the server names one at a time.
async fn columns(questions: &ProjectQuestions) -> Found {
    let mut missing = Vec::new();
    for column in COLUMNS {
        match select(questions, column).await {
            Some(answer) if answer.is_yes() => {}
            Some(answer) if answer.is_one_of(&["42703"]) => missing.push(column),
            _ => return Finding::NoAnswer.into(),
        }
    }
    let remedy = remedy::add_columns(&missing);
    Found::from(Finding::ColumnsMissing).figure(missing.join(", ")).remedy(remedy)
}

fn judge(answer: &Answer, is_signed_in: bool) -> Found {
    if answer.is_one_of(&["PGRST205", "42P01"]) {
        return Found::from(Finding::TableMissing).remedy(remedy::PROFILES);
    }
    if answer.says_forbidden() {
        return match is_signed_in {
            true => Found::from(Finding::TableClosed).remedy(remedy::READ_PROFILES),
            false => Finding::SignInNeeded.into(),
        };
    }
    // A schema that is not offered, and a gateway without a way to the tables.
    let is_closed = answer.is_one_of(&["PGRST106"]) || (answer.status == 404 && answer.code.is_empty());
    if is_closed { Finding::RestClosed } else { Finding::NoAnswer }.into()
}

/// Whether whoever is signed in has a row.
pub(crate) async fn own_row(questions: &ProjectQuestions) -> Found {
    let Some(user) = questions.user() else { return Finding::SignInNeeded.into() };
    let path = format!("rest/v1/profiles?select=id&id=eq.{}&limit=1", user.id);
    match questions.ask_signed_in("GET", &path).await {
        Some(answer) if answer.is_yes() => match answer.body.as_array() {
            Some(rows) if rows.is_empty() => {
                let remedy = format!("{}\n{}", remedy::PROFILES, remedy::MISSING_ROWS);
                Found::from(Finding::RowMissing).remedy(remedy)
            }
            Some(_) => Finding::Good.into(),
            None => Finding::NoAnswer.into(),
        },
        _ => Finding::NoAnswer.into(),
    }
}

/// Who may write. Nobody can find that out without writing, except who may read the database's catalogue.
pub(crate) fn policies() -> Found {
    Found::from(Finding::PoliciesNotTold).remedy(remedy::LIST_PROFILE_POLICIES)
}

async fn select(questions: &ProjectQuestions, columns: &str) -> Option<Answer> {
    questions.ask_signed_in("GET", &format!("rest/v1/profiles?select={columns}&limit=0")).await
}
