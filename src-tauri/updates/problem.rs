//! What the plugin's failures become. The log names the kind of the failure; no address is in it.

use foyer_contract::updates::UpdateProblem;
use tauri_plugin_updater::Error;

/// Why the endpoint was asked in vain.
pub(super) fn of_check(error: &Error) -> UpdateProblem {
    let problem = match error {
        Error::TargetNotFound(_)
        | Error::TargetsNotFound(_)
        | Error::UnsupportedArch
        | Error::UnsupportedOs => UpdateProblem::NoBuild,
        Error::Reqwest(error) if !error.is_decode() && !error.is_builder() => UpdateProblem::Unreachable,
        _ => UpdateProblem::Unclear,
    };
    tracing::info!(?problem, "updates: the check failed");
    problem
}

/// Why there is no file.
pub(super) fn of_download(error: &Error) -> UpdateProblem {
    let problem = match error {
        Error::Minisign(_)
        | Error::Base64(_)
        | Error::SignatureUtf8(_)
        | Error::SignedVersionMismatch { .. }
        | Error::MissingSignedVersion => UpdateProblem::NotSigned,
        Error::Reqwest(error) if error.is_connect() => UpdateProblem::Unreachable,
        Error::Reqwest(error) if !error.is_builder() => UpdateProblem::BrokenOff,
        _ => UpdateProblem::Unclear,
    };
    tracing::warn!(?problem, "updates: the download failed");
    problem
}

/// Why the file did not take this version's place. The signature is checked once more there.
pub(super) fn of_install(error: &Error) -> UpdateProblem {
    // Of a file's error the kind alone: its sentence may name a path.
    let kind = if let Error::Io(error) = error { Some(error.kind()) } else { None };
    tracing::warn!(?kind, "updates: the new version was not installed");
    UpdateProblem::NotInstalled
}
