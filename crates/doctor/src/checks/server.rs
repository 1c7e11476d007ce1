//! Whether the project answers, and takes its key.

use std::time::Duration;

use foyer_contract::doctor::Finding;
use supabase_session::{CertificateProblem, HttpError, Project, ProjectError, Settings};

use super::Found;
use crate::ask::ProjectQuestions;

/// How long the name server is waited for.
const NAME_DEADLINE: Duration = Duration::from_secs(5);

/// What an address and a key that cannot be used are. Nothing is sent to find out.
pub(crate) fn refused(error: ProjectError) -> Found {
    match error {
        ProjectError::UrlInvalid => Finding::AddressInvalid,
        ProjectError::UrlInsecure => Finding::AddressInsecure,
        ProjectError::KeyInvalid => Finding::KeyInvalid,
        ProjectError::KeySecret => Finding::KeySecret,
    }
    .into()
}

/// The project's settings, or why there are none: what is to be said of the key and of the server.
pub(crate) async fn settings(questions: &ProjectQuestions) -> Result<Settings, (Found, Found)> {
    match questions.anon.settings().await {
        Ok(settings) => Ok(settings),
        Err(HttpError::KeyRefused) => Err((Finding::KeyRefused.into(), Finding::Good.into())),
        Err(error) => Err((Finding::NotAsked.into(), unanswered(error, &questions.project).await)),
    }
}

async fn unanswered(error: HttpError, project: &Project) -> Found {
    let finding = match error {
        HttpError::Offline if has_no_address(project).await => Finding::NameUnresolved,
        HttpError::Offline => Finding::Unreachable,
        HttpError::Timeout => Finding::TimedOut,
        HttpError::CertificateUntrusted(CertificateProblem::UnknownIssuer) => Finding::CertificateUntrusted,
        HttpError::CertificateUntrusted(CertificateProblem::OutOfDate) => Finding::CertificateOutOfDate,
        HttpError::CertificateUntrusted(CertificateProblem::OtherHost) => Finding::CertificateOtherHost,
        HttpError::WebPage => Finding::WebPage,
        HttpError::Paused => Finding::Paused,
        HttpError::Restricted => Finding::Restricted,
        HttpError::RateLimited { .. } => Finding::RateLimited,
        HttpError::ServerTrouble { status }
        | HttpError::ServerFailed { status }
        | HttpError::Gateway { status } => return Found::from(Finding::ServerFails).figure(status),
        HttpError::ProjectBroken { .. } | HttpError::MailUnsent | HttpError::ClocksDiffer => {
            Finding::ServerFails
        }
        HttpError::NotSupabase | HttpError::TooLarge | HttpError::KeyRefused => Finding::NotSupabase,
    };
    finding.into()
}

/// Whether this machine finds no address for the server's name.
async fn has_no_address(project: &Project) -> bool {
    let url = project.url();
    let (Some(host), Some(port)) = (url.host_str(), url.port_or_known_default()) else { return false };
    let found = tokio::time::timeout(NAME_DEADLINE, tokio::net::lookup_host((host, port))).await;
    // A name server that does not answer is no answer either way.
    matches!(found, Ok(Err(_)))
}
