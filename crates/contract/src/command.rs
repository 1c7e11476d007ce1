//! How a command is declared.

/// Declares a command beside its request: `command!(SignOut => "sign_out", ());`.
macro_rules! command {
    ($request:ty => $name:literal, $answer:ty) => {
        impl supabase_session_contract::Command for $request {
            const NAME: &'static str = $name;
            type Answer = $answer;
        }
    };
}
pub(crate) use command;
