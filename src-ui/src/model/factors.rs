//! Second factors: those that are asked for, those that are listed, and one that is being added.

use std::rc::Rc;

use foyer_contract::CommandError;
use foyer_contract::security::FactorEnrollment;
use foyer_contract::view::{FactorKind, FactorView};
use yew::Reducible;

use super::problem::Problem;

/// What is asked for at sign-in.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Prompt {
    /// A code of one of these authenticators.
    Code(Vec<FactorView>),
    /// Only factors that Foyer cannot ask for; their kind, where all of them are of one kind.
    Unsupported(FactorKind),
}

/// What is asked for of somebody with these factors.
pub(crate) fn prompt(factors: &[FactorView]) -> Prompt {
    let verified = || factors.iter().filter(|factor| factor.verified);
    let authenticators: Vec<_> = verified().filter(|factor| is_authenticator(factor)).cloned().collect();
    let mut kinds = verified().map(|factor| factor.kind);
    match kinds.next() {
        Some(kind) if authenticators.is_empty() => {
            let all_alike = kinds.all(|other| other == kind);
            Prompt::Unsupported(if all_alike { kind } else { FactorKind::Other })
        }
        _ => Prompt::Code(authenticators),
    }
}

/// Whether the factor makes the codes that Foyer asks for.
pub(crate) fn is_authenticator(factor: &FactorView) -> bool {
    factor.kind == FactorKind::Authenticator
}

/// The factor to ask for: the chosen one as long as it is there, else the first.
pub(crate) fn chosen<'a>(factors: &'a [FactorView], wish: Option<&str>) -> Option<&'a FactorView> {
    factors.iter().find(|factor| Some(factor.id.as_str()) == wish).or(factors.first())
}

/// The factors to list on the security page: all but the one that is being added right now.
pub(crate) fn listed(factors: &[FactorView], adding: Option<&str>) -> Vec<FactorView> {
    factors.iter().filter(|factor| factor.verified || Some(factor.id.as_str()) != adding).cloned().collect()
}

/// How far adding a second factor is.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) enum Enrollment {
    /// No factor is being added.
    #[default]
    Idle,
    /// The server is being asked for a factor.
    Beginning,
    /// The factor's secret is shown, and its first code awaited.
    Shown(FactorEnrollment),
    /// The factor is being removed again.
    Leaving(FactorEnrollment),
    /// The server made no factor.
    Failed(Problem),
}

/// What happens while a factor is added.
pub(crate) enum Action {
    /// The person wants a factor.
    Asked,
    /// The server made a factor.
    Begun(FactorEnrollment),
    /// The server made no factor.
    Refused(CommandError),
    /// The person does not want the factor any more.
    Dropped,
    /// The factor was removed again, or counts now.
    Ended,
    /// The factor could not be removed again.
    NotDropped,
}

impl Enrollment {
    /// The factor whose secret is shown.
    pub(crate) fn shown(&self) -> Option<&FactorEnrollment> {
        match self {
            Self::Shown(factor) | Self::Leaving(factor) => Some(factor),
            _ => None,
        }
    }

    /// Why the server made no factor.
    pub(crate) fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Failed(problem) => Some(problem),
            _ => None,
        }
    }

    fn after(self, action: Action) -> Self {
        match (self, action) {
            (Self::Idle | Self::Failed(_), Action::Asked) => Self::Beginning,
            (Self::Beginning, Action::Begun(factor)) => Self::Shown(factor),
            (Self::Beginning, Action::Refused(error)) => Self::Failed(error.into()),
            (Self::Shown(factor), Action::Dropped) => Self::Leaving(factor),
            (Self::Leaving(factor), Action::NotDropped) => Self::Shown(factor),
            (Self::Shown(_) | Self::Leaving(_), Action::Ended) => Self::Idle,
            (state, _) => state,
        }
    }
}

impl Reducible for Enrollment {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(Rc::unwrap_or_clone(self).after(action))
    }
}

#[cfg(test)]
mod tests {
    use foyer_contract::security::QrView;
    use foyer_contract::{ErrorCode, SessionErrorCode};

    use super::*;

    fn factor(id: &str, verified: bool) -> FactorView {
        FactorView { id: id.into(), name: None, kind: FactorKind::Authenticator, verified, added_at: None }
    }

    fn of(kind: FactorKind) -> FactorView {
        FactorView { kind, ..factor("1", true) }
    }

    fn begun() -> FactorEnrollment {
        FactorEnrollment { id: "1".into(), secret: "s".into(), qr: QrView { size: 21, path: String::new() } }
    }

    fn after(actions: impl IntoIterator<Item = Action>) -> Enrollment {
        actions.into_iter().fold(Enrollment::Idle, Enrollment::after)
    }

    #[test]
    fn only_factors_that_count_are_asked_for() {
        let prompt = prompt(&[factor("1", false), factor("2", true)]);

        assert_eq!(prompt, Prompt::Code(vec![factor("2", true)]));
    }

    #[test]
    fn no_code_of_an_authenticator_is_asked_for_where_there_is_none() {
        use FactorKind::{Other, Passkey, Phone};
        assert_eq!(prompt(&[of(Phone), factor("2", false)]), Prompt::Unsupported(Phone));
        assert_eq!(prompt(&[of(Passkey), of(Passkey)]), Prompt::Unsupported(Passkey));
        assert_eq!(prompt(&[of(Phone), of(Passkey)]), Prompt::Unsupported(Other));

        assert_eq!(prompt(&[of(Phone), factor("2", true)]), Prompt::Code(vec![factor("2", true)]));
    }

    #[test]
    fn a_choice_that_is_gone_gives_way_to_the_first() {
        let factors = [factor("1", true), factor("2", true)];

        assert_eq!(chosen(&factors, Some("2")), Some(&factors[1]));
        assert_eq!(chosen(&factors, Some("3")), Some(&factors[0]));
        assert_eq!(chosen(&[], Some("3")), None);
    }

    #[test]
    fn the_factor_being_added_is_not_listed_until_it_counts() {
        assert_eq!(listed(&[factor("1", false)], Some("1")), []);
        assert_eq!(listed(&[factor("1", true)], Some("1")), [factor("1", true)]);
        assert_eq!(listed(&[factor("2", false)], Some("1")), [factor("2", false)]);
    }

    #[test]
    fn the_secret_is_gone_as_soon_as_the_factor_counts_or_is_taken_back() {
        let counts = after([Action::Asked, Action::Begun(begun()), Action::Ended]);
        let taken_back = after([Action::Asked, Action::Begun(begun()), Action::Dropped, Action::Ended]);

        assert!(counts == Enrollment::Idle && taken_back == Enrollment::Idle);
    }

    #[test]
    fn a_factor_that_could_not_be_taken_back_is_still_shown() {
        let state = after([Action::Asked, Action::Begun(begun()), Action::Dropped, Action::NotDropped]);

        assert!(state == Enrollment::Shown(begun()));
    }

    #[test]
    fn an_answer_that_nobody_waits_for_changes_nothing() {
        assert!(after([Action::Begun(begun())]) == Enrollment::Idle);
    }

    #[test]
    fn after_a_refusal_one_can_ask_again() {
        let refusal = Action::Refused(CommandError::new(SessionErrorCode::TooManyFactors, ""));
        let refused = after([Action::Asked, refusal]);
        assert_eq!(refused.problem(), Some(&ErrorCode::Session(SessionErrorCode::TooManyFactors).into()));

        assert!(refused.after(Action::Asked) == Enrollment::Beginning);
    }
}
