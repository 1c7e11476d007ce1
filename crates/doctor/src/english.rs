//! The sentences for a terminal and for a copied report. The window has its own, in the person's language.

use foyer_contract::doctor::{CheckName, Finding};

/// A function with one text for each code; a code without a text does not compile.
macro_rules! texts {
    ($(#[$about:meta])* $function:ident, $code:ident, $($variant:ident => $text:literal,)*) => {
        $(#[$about])*
        pub(crate) fn $function(code: $code) -> &'static str {
            match code {
                $($code::$variant => $text,)*
            }
        }
    };
}

texts! {
    /// What was looked at.
    title, CheckName,
    Key => "Address and key",
    Server => "Project",
    Certificate => "Encryption",
    SignUp => "Sign-up",
    SignInMethods => "Ways to sign in",
    Confirmation => "Confirmation of addresses",
    Mail => "Mail server",
    Captcha => "Captcha",
    Redirect => "Links back to the app",
    SigningKeys => "Signing keys",
    Profiles => "Table profiles",
    ProfileRow => "Your row in profiles",
    ProfilePolicies => "Policies of profiles",
    Bucket => "Bucket avatars",
    BucketWriters => "Who may add pictures",
    BucketReaders => "Who may see pictures",
    BucketLimits => "What the bucket takes",
    DeleteAccount => "Function delete_account",
    Clock => "Clock",
    Links => "Links on this machine",
    Keychain => "Keychain",
    Webview => "Webview",
    SessionBus => "D-Bus session bus",
}

texts! {
    /// What the finding means, and what to do.
    meaning, Finding,
    Good => "in order",
    NotNeeded => "nothing to look at here",
    NotAsked => "not asked: a problem above has to be mended first",
    NoAnswer => "no usable answer; check again later",
    NotTold => "cannot be found out from here",
    SignInNeeded => "the server tells only people who are signed in; sign in to the app and check there",

    AddressInvalid => "this is not the address of a project; it looks like https://abcd.supabase.co, without anything behind it",
    AddressInsecure => "the address must begin with https:// (http:// is for this machine only)",
    KeyInvalid => "this is neither a publishable nor an anon key; copy it from Project Settings > API Keys",
    KeySecret => "THIS IS A SECRET KEY. It passes every policy and must never be in an app. Nothing was sent. Use the publishable key, and replace this one under Project Settings > API Keys if others may have seen it",
    KeyRefused => "the project does not take this key; copy the publishable key from Project Settings > API Keys",

    NameUnresolved => "this machine finds no server of that name; check the spelling, and whether the project still exists (projects that were paused for long are removed)",
    Unreachable => "no connection; check this machine's network",
    TimedOut => "no answer in time; check again later",
    CertificateUntrusted => "nobody whom this machine trusts has signed the server's certificate: it is self-signed, or this network looks into what is sent",
    CertificateOutOfDate => "the server's certificate has expired or is not valid yet; check this machine's clock, then renew the certificate",
    CertificateOtherHost => "the server's certificate is for another host; check the address",
    WebPage => "a web page answers in the place of the project: sign in to this network in a browser, or check the address",
    NotSupabase => "what answers is not a Supabase project; check the address",
    Paused => "the project is paused; its owner restores it in the dashboard",
    Restricted => "the project is restricted, as its plan is used up; its owner sees why under Organization > Usage",
    ServerFails => "the server answers with an error of its own; look at status.supabase.com and check again later",
    RateLimited => "the server asks to wait; check again in some minutes",

    CertificateEnds => "the certificate ends within days and was not renewed; days left",
    ClockOff => "this machine's clock is not the server's; let the system set it by itself",
    ClockWrong => "this machine's clock is wrong, so that certificates and sign-ins may fail; let the system set it by itself",

    SignUpClosed => "new people cannot sign up; if they should: Authentication > Sign In / Providers > Allow new users to sign up",
    NoSignInMethod => "nobody can sign in with this app; switch on Email or a provider under Authentication > Sign In / Providers",
    EmailOff => "signing in by e-mail is off; this is on",
    ConfirmationOff => "anybody can sign up with an address that is not theirs; switch on Authentication > Sign In / Providers > Email > Confirm email",
    MailerNotTold => "no server tells whether its owner set up a mail server; Supabase's own sends 2 mails an hour, and only to the project's team. Set one up under Authentication > Emails > SMTP Settings",
    CaptchaAsked => "the project asks for a captcha; start the app with FOYER_CAPTCHA=hcaptcha:<site key> or turnstile:<site key>",
    RedirectBare => "links come back, for one sign-in at a time; with this entry under Authentication > URL Configuration > Redirect URLs for any number",
    RedirectLoopback => "links come back through a port of this machine, which works in this machine's browser only; with this entry under Authentication > URL Configuration > Redirect URLs they open the app",
    RedirectNowhere => "links do not come back to this app; add this entry under Authentication > URL Configuration > Redirect URLs",
    SharedSecret => "tokens are signed with a secret that cannot be checked here, so that the server has to be asked; move to Project Settings > JWT Keys > asymmetric keys",
    KeysUnknown => "tokens are signed in a way that this app cannot check, so that the server has to be asked; ES256 and RS256 can be checked",

    RestClosed => "the project's tables are not offered; switch on the Data API with the schema public under Project Settings > Data API",
    TableMissing => "there is no table public.profiles; run this in the SQL editor (until then names are kept with the user)",
    ColumnsMissing => "columns are missing; run this in the SQL editor",
    TableClosed => "people who are signed in may not read the table; run this in the SQL editor",
    RowMissing => "you have no row, as the project makes none at sign-up; run this in the SQL editor",
    PoliciesNotTold => "who may write cannot be found out without writing; this query in the SQL editor tells (everybody should write their own row only)",
    FunctionMissing => "accounts cannot be deleted from the app; run this in the SQL editor",
    FunctionOpen => "the function can be called without an account, which deletes nobody but is not needed; run this in the SQL editor",

    BucketMissing => "there is no bucket avatars, so that pictures cannot be saved; run this in the SQL editor",
    AnybodyWrites => "ANYBODY MAY ADD FILES, without an account; run this in the SQL editor",
    OthersWrite => "whoever is signed in may add files in the folders of others; run this in the SQL editor",
    OwnerCannotWrite => "you may not add a picture of your own; run this in the SQL editor",
    BucketPublic => "whoever has a picture's address sees it, without an account; if they should not, run this in the SQL editor",
    BucketTooSmall => "the bucket's limit leaves no room for a picture; run this in the SQL editor; the limit in bytes",
    BucketTypes => "the bucket takes neither WebP nor JPEG nor PNG; run this in the SQL editor",
    BucketUnlimited => "the bucket takes files of any size or kind; run this in the SQL editor",

    LinksElsewhere => "the desktop opens this app's links with another app, so that they come back through a port; remove that app, or choose this one for them",
    LinksNowhere => "the desktop opens this app's links with nothing; start the app once, or install it",
    KeychainAbsent => "there is no keychain, so that the session is protected by file permissions only; on Linux install gnome-keyring or KWallet",
    KeychainLocked => "the keychain is locked; unlock it",
    KeychainSilent => "the keychain does not answer; sign out of the desktop and in again",
    WebviewOld => "the webview is older than 2.40, for which this app is made; update the system",
    BusAbsent => "there is no session bus, so that there is no keychain either; start the app from a desktop session",
    BusSilent => "the session bus does not answer; sign out of the desktop and in again",
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_code_has_a_text_of_its_own() {
        let meanings: BTreeSet<_> = Finding::ALL.iter().map(|finding| meaning(*finding)).collect();
        let titles: BTreeSet<_> = CheckName::ALL.iter().map(|check| title(*check)).collect();

        assert_eq!((meanings.len(), titles.len()), (Finding::ALL.len(), CheckName::ALL.len()));
    }
}
