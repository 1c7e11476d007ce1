//! The check of a connection: what is right and wrong with the project's set-up and with this machine.
//!
//! Codes only: the page has the sentences. A result never holds a key, a token or the address of a person.

use serde::{Deserialize, Serialize};
use supabase_session_contract::named;
use supabase_session_contract::names::Named;

use crate::command;

/// Checks the connected project and this machine, and answers with all lines when they are there; `None` when the check
/// was given up, by [`CancelCheck`] or for a newer one. Each line is told as [`Message::Check`](crate::Message::Check) as
/// soon as it is there.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CheckConnection {}
command!(CheckConnection => "check_connection", Option<Vec<CheckResult>>);

/// Gives up the check that is under way.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CancelCheck {}
command!(CancelCheck => "cancel_check", ());

/// Puts the results of the last check on the clipboard, as a text in English for whoever helps. It names neither the
/// project nor a person.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CopyCheck {}
command!(CopyCheck => "copy_check", ());

/// Puts on the clipboard what the last check proposes to enter or to run for this line.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CopyRemedy {
    /// The line.
    pub check: CheckName,
}
command!(CopyRemedy => "copy_remedy", ());

/// One line of the check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckResult {
    /// What was looked at.
    pub check: CheckName,
    /// What was found.
    pub finding: Finding,
    /// A figure or names that belong to the finding: seconds, days, a version, columns.
    pub figure: Option<String>,
    /// What to enter in the dashboard, or SQL to run there.
    pub remedy: Option<String>,
}

/// Whose turn it is after a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckState {
    /// In order.
    Ok,
    /// It works, and could be better.
    Hint,
    /// Something does not work until somebody mends it.
    Problem,
    /// It could not be found out; the finding says why.
    Unknown,
}

/// A [`named!`] enum with its list and, where each variant has one, the state that it leaves a check in.
macro_rules! codes {
    (
        $(#[$about:meta])* $type:ident,
        $($(#[$doc:meta])* $variant:ident => $code:literal $(: $state:ident)?,)*
    ) => {
        named! {
            $(#[$about])*
            #[derive(PartialOrd, Ord)]
            pub enum $type {
                $($(#[$doc])* $variant => $code,)*
            }
        }

        impl $type {
            /// Every one, in their order.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The stable name.
            #[must_use]
            pub fn code(self) -> &'static str {
                self.name()
            }
        }

        codes! { @states $type, $($variant $(: $state)?,)* }
    };
    (@states $type:ident, $($variant:ident,)*) => {};
    (@states $type:ident, $($variant:ident : $state:ident,)*) => {
        impl $type {
            /// Whose turn it is.
            #[must_use]
            pub const fn state(self) -> CheckState {
                const STATES: &[CheckState] = &[$(CheckState::$state,)*];
                STATES[self as usize]
            }
        }
    };
}

codes! {
    /// What is looked at, in the order in which the lines come.
    CheckName,
    /// The project's address and key, before anything is sent, and whether the server takes the key.
    Key => "key",
    /// Whether the project answers.
    Server => "server",
    /// The version of TLS, and until when the server's certificate holds.
    Certificate => "certificate",
    /// Whether new people may sign up.
    SignUp => "sign_up",
    /// With what people may sign in.
    SignInMethods => "sign_in_methods",
    /// Whether an address is confirmed by a mail.
    Confirmation => "confirmation",
    /// Who sends the project's mails.
    Mail => "mail",
    /// Whether a captcha is asked for.
    Captcha => "captcha",
    /// How links come back to the app.
    Redirect => "redirect",
    /// What signs the project's access tokens.
    SigningKeys => "signing_keys",
    /// The table `profiles` and its columns.
    Profiles => "profiles",
    /// The signed-in person's own row.
    ProfileRow => "profile_row",
    /// Who may write to `profiles`.
    ProfilePolicies => "profile_policies",
    /// The bucket `avatars`.
    Bucket => "bucket",
    /// Who may add pictures, and where.
    BucketWriters => "bucket_writers",
    /// Who may see the pictures.
    BucketReaders => "bucket_readers",
    /// Which pictures the bucket takes.
    BucketLimits => "bucket_limits",
    /// The function `delete_account`.
    DeleteAccount => "delete_account",
    /// This machine's clock beside the server's.
    Clock => "clock",
    /// Whether the desktop opens the app's links with this app.
    Links => "links",
    /// The system's keychain.
    Keychain => "keychain",
    /// The version of the webview.
    Webview => "webview",
    /// The D-Bus session bus.
    SessionBus => "session_bus",
}

codes! {
    /// What was found.
    Finding,
    /// In order.
    Good => "good": Ok,
    /// There is nothing to look at: a certificate of a server on this machine, a bus on a system without one.
    NotNeeded => "not_needed": Ok,
    /// Not asked: the project does not answer, or its address or key cannot be used.
    NotAsked => "not_asked": Unknown,
    /// No usable answer to this question.
    NoAnswer => "no_answer": Unknown,
    /// The server tells nobody.
    NotTold => "not_told": Unknown,
    /// The server tells only who is signed in.
    SignInNeeded => "sign_in_needed": Unknown,

    /// The address is none of a project.
    AddressInvalid => "address_invalid": Problem,
    /// The address begins with `http://` and leads to another machine.
    AddressInsecure => "address_insecure": Problem,
    /// The key is no publishable or anon key.
    KeyInvalid => "key_invalid": Problem,
    /// The key is a secret key. Nothing was sent.
    KeySecret => "key_secret": Problem,
    /// The project does not take the key.
    KeyRefused => "key_refused": Problem,

    /// The name of the server has no address.
    NameUnresolved => "name_unresolved": Problem,
    /// No connection.
    Unreachable => "unreachable": Problem,
    /// No answer in time.
    TimedOut => "timed_out": Problem,
    /// Nobody whom this machine trusts has signed the certificate.
    CertificateUntrusted => "certificate_untrusted": Problem,
    /// The certificate has expired or is not valid yet, by this machine's clock.
    CertificateOutOfDate => "certificate_out_of_date": Problem,
    /// The certificate is for another host.
    CertificateOtherHost => "certificate_other_host": Problem,
    /// A web page answers: a captive portal, or another program.
    WebPage => "web_page": Problem,
    /// What answers is not Supabase.
    NotSupabase => "not_supabase": Problem,
    /// The project is paused.
    Paused => "paused": Problem,
    /// The project is restricted: its plan is used up.
    Restricted => "restricted": Problem,
    /// The server answers with an error of its own; the figure is the HTTP status.
    ServerFails => "server_fails": Problem,
    /// The server asks to wait.
    RateLimited => "rate_limited": Unknown,

    /// The certificate ends within weeks; the figure counts the days.
    CertificateEnds => "certificate_ends": Hint,
    /// This machine's clock is off by the figure in seconds.
    ClockOff => "clock_off": Hint,
    /// This machine's clock is off by minutes or more; the figure is in seconds.
    ClockWrong => "clock_wrong": Problem,

    /// Nobody can sign up.
    SignUpClosed => "sign_up_closed": Hint,
    /// Nobody can sign in with this app.
    NoSignInMethod => "no_sign_in_method": Problem,
    /// Sign-in by e-mail is off; the figure names what is on.
    EmailOff => "email_off": Hint,
    /// Anybody can sign up with an address that is not theirs.
    ConfirmationOff => "confirmation_off": Hint,
    /// Supabase's own mailer may be in use, which sends a few mails an hour; the server does not tell.
    MailerNotTold => "mailer_not_told": Unknown,
    /// The project asks for a captcha, and this app was not told which.
    CaptchaAsked => "captcha_asked": Hint,
    /// Only the bare callback passes: one sign-in at a time.
    RedirectBare => "redirect_bare": Hint,
    /// Links come back through a port of this machine.
    RedirectLoopback => "redirect_loopback": Hint,
    /// Links do not come back at all.
    RedirectNowhere => "redirect_nowhere": Problem,
    /// Tokens are signed with the shared secret.
    SharedSecret => "shared_secret": Hint,
    /// The keys are of a kind that this app cannot verify with; the figure names it.
    KeysUnknown => "keys_unknown": Hint,

    /// The project's tables are not offered at all.
    RestClosed => "rest_closed": Problem,
    /// There is no such table.
    TableMissing => "table_missing": Problem,
    /// Columns are missing; the figure names them.
    ColumnsMissing => "columns_missing": Problem,
    /// Whoever is signed in may not read the table.
    TableClosed => "table_closed": Problem,
    /// Whoever is signed in has no row.
    RowMissing => "row_missing": Problem,
    /// The server does not tell who may write; the remedy is a query that does.
    PoliciesNotTold => "policies_not_told": Unknown,

    /// There is no such bucket.
    BucketMissing => "bucket_missing": Problem,
    /// Anybody may add files, without an account.
    AnybodyWrites => "anybody_writes": Problem,
    /// Whoever is signed in may add files in the folders of others.
    OthersWrite => "others_write": Problem,
    /// Whoever is signed in may not add a picture of their own.
    OwnerCannotWrite => "owner_cannot_write": Problem,
    /// Whoever has a picture's address sees it.
    BucketPublic => "bucket_public": Hint,
    /// The bucket takes no picture that this app makes: too small (the figure in bytes).
    BucketTooSmall => "bucket_too_small": Problem,
    /// The bucket takes none of the formats that this app makes.
    BucketTypes => "bucket_types": Problem,
    /// The bucket takes files of any size or kind.
    BucketUnlimited => "bucket_unlimited": Hint,
    /// There is no such function.
    FunctionMissing => "function_missing": Problem,
    /// The function can be called without an account.
    FunctionOpen => "function_open": Hint,

    /// The desktop opens the app's links with another app; the figure names it.
    LinksElsewhere => "links_elsewhere": Hint,
    /// The desktop opens the app's links with nothing.
    LinksNowhere => "links_nowhere": Hint,
    /// There is no keychain, or it takes no keys.
    KeychainAbsent => "keychain_absent": Hint,
    /// The keychain is locked.
    KeychainLocked => "keychain_locked": Hint,
    /// The keychain does not answer.
    KeychainSilent => "keychain_silent": Hint,
    /// The webview is older than this app was made for; the figure is its version.
    WebviewOld => "webview_old": Problem,
    /// There is no session bus.
    BusAbsent => "bus_absent": Hint,
    /// The session bus does not answer.
    BusSilent => "bus_silent": Problem,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_code_is_read_back_and_stands_for_one_thing() {
        for finding in Finding::ALL {
            let json = serde_json::to_string(finding).unwrap();
            assert_eq!(serde_json::from_str::<Finding>(&json).unwrap(), *finding);
        }
        for check in CheckName::ALL {
            let json = serde_json::to_string(check).unwrap();
            assert_eq!(serde_json::from_str::<CheckName>(&json).unwrap(), *check);
        }
        let codes: BTreeSet<_> = Finding::ALL.iter().map(|finding| finding.code()).collect();
        assert_eq!(codes.len(), Finding::ALL.len());
        assert!(serde_json::from_str::<Finding>("\"nonsense\"").is_err());
    }

    #[test]
    fn a_finding_has_its_own_state() {
        assert_eq!(Finding::Good.state(), CheckState::Ok);
        assert_eq!(Finding::SignUpClosed.state(), CheckState::Hint);
        assert_eq!(Finding::KeySecret.state(), CheckState::Problem);
        assert_eq!(Finding::BusSilent.state(), CheckState::Problem);
        assert_eq!(Finding::MailerNotTold.state(), CheckState::Unknown);
    }
}
