//! Who sends the project's mails.

use foyer_contract::doctor::Finding;
use supabase_session::{Project, Settings};

use super::Found;

/// No server tells whether its owner has set up a mail server of their own. It matters where Supabase hosts the project:
/// its own mailer is for trying out (a few mails an hour, and only to members of the project's team).
pub(crate) fn judge(project: &Project, settings: &Settings) -> Found {
    if !settings.email || project.is_loopback() {
        return Finding::NotNeeded.into();
    }
    let is_hosted = project.url().host_str().is_some_and(|host| host.ends_with(".supabase.co"));
    if is_hosted { Finding::MailerNotTold } else { Finding::NotTold }.into()
}
