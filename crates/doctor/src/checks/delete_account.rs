//! The function that deletes its caller's account.

use foyer_contract::doctor::Finding;

use super::Found;
use crate::ask::ProjectQuestions;
use crate::remedy;

/// Refusals of a function that would write, called in a transaction that may only read: it is there and may be called.
const WOULD_WRITE: [&str; 2] = ["25006", "PGRST101"];

/// Calls the function as somebody without an account, in a transaction that may only read (a GET). Where the function
/// is there and closed to them, as it should be, the refusal says so; nothing is deleted either way.
pub(crate) async fn check(questions: &ProjectQuestions) -> Found {
    let Some(answer) = questions.ask("GET", "rest/v1/rpc/delete_account").await else {
        return Finding::NoAnswer.into();
    };
    if answer.is_one_of(&["PGRST202", "42883"]) {
        return Found::from(Finding::FunctionMissing).remedy(remedy::DELETE_ACCOUNT);
    }
    if answer.says_forbidden() {
        return Finding::Good.into();
    }
    if answer.is_one_of(&WOULD_WRITE) || (200..300).contains(&answer.status) {
        return Found::from(Finding::FunctionOpen).remedy(remedy::CLOSE_FUNCTION);
    }
    Finding::NoAnswer.into()
}
