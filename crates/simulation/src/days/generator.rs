//! What may happen next, and how often.

use std::time::Duration;

use super::disk::DiskMode;
use super::faults::NetworkMode;
use crate::seed::Rng;

/// One thing that happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// The machine runs for so long.
    Run(Duration),
    /// The machine sleeps for so long.
    Suspend(Duration, bool),
    /// The wall clock is so many seconds ahead from now on.
    SetWall(i64),
    /// The network changes.
    Network(NetworkMode),
    /// The disk changes.
    Disk(DiskMode),
    /// The program is killed, now, and started again.
    Kill,
    /// The program is killed, now, and started again for another project.
    OtherProject,
    /// Something happens while a sign-in is under way, and wins.
    Race(Rival),
    /// Several things in an order in which they seldom come by chance.
    Scenario(Scenario),
    /// The program asks its client for something.
    Call(Call),
    /// Something happens on the server.
    Server(ServerAction),
    /// A link in a mail is opened in a browser.
    OpenMail,
    /// A link comes to the program.
    Link(Link),
    /// Something that hangs goes on.
    Release,
}

/// What happens while a sign-in is under way, and wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rival {
    /// A sign-out.
    SignOut,
    /// The flow is given up.
    GiveUp,
    /// Somebody else signs in with their password.
    SomebodyElse,
    /// Somebody else's link comes at the same moment.
    AnotherLink,
}

/// Sequences that seldom come by chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scenario {
    /// Somebody else's hash comes with the nonce of a flow that is pending, while nobody is signed in.
    ForeignHash,
    /// Somebody else signs in while a call waits for a refresh.
    WaitingCall,
    /// A sign-out on a full disk that holds the parent of the newest token, all of them over.
    FullDisk,
    /// A name is saved, and the answer to that is lost.
    LostSave,
}

/// What the program asks its client for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Call {
    Refresh,
    GetUser,
    Select,
    /// Many windows at once.
    Windows,
    Password,
    Anonymous,
    MagicLink,
    Recovery,
    TypedCode,
    NewAddress,
    GiveUp,
    /// A new name, typed into the profile.
    Save,
    SignOut,
    SignOutEverywhere,
    SignOutOthers,
}

/// What happens on the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ServerAction {
    Revoke,
    Ban,
    Unban,
    Delete,
    ChangePassword,
    Rename,
}

/// Which link comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    /// The link that a browser led to last.
    Right,
    /// The link that a browser led to last, many times at once.
    RightManyTimes,
    /// A link that came before.
    Again,
    /// A good link of somebody else's flow.
    Foreign,
    /// A good link without a flow, which the person wants.
    Wanted,
    /// A hash that is somebody else's, with the nonce of a flow that is pending here.
    ForeignHash,
    /// A text that is no link of ours.
    Garbage,
}

/// What happens next.
pub(super) fn step(rng: &mut Rng, signed_in: bool) -> Step {
    match rng.weighted(&[
        (40, 0),
        (8, 1),
        (5, 2),
        (12, 3),
        (6, 4),
        (8, 5),
        (40, 6),
        (5, 7),
        (9, 8),
        (14, 9),
        (14, 10),
        (2, 11),
        (7, 12),
        (3, 13),
    ]) {
        0 => Step::Run(span(rng)),
        1 => Step::Suspend(span(rng), rng.chance(50)),
        2 => Step::SetWall(*rng.pick(&[0, 0, 300, -300, 3600, -3600, 86_400, -86_400])),
        3 => Step::Network(NetworkMode::next(rng)),
        4 => Step::Disk(rng.weighted(&[
            (6, DiskMode::Good),
            (3, DiskMode::Full),
            (2, DiskMode::Slow),
            (1, DiskMode::Unreadable),
        ])),
        5 => Step::Kill,
        6 if signed_in => Step::Call(while_signed_in(rng)),
        6 => Step::Call(while_signed_out(rng)),
        7 => Step::Server(rng.weighted(&[
            (3, ServerAction::Revoke),
            (2, ServerAction::Ban),
            (4, ServerAction::Unban),
            (1, ServerAction::Delete),
            (2, ServerAction::ChangePassword),
            (3, ServerAction::Rename),
        ])),
        8 => Step::OpenMail,
        9 => Step::Link(rng.weighted(&[
            (6, Link::Right),
            (2, Link::RightManyTimes),
            (2, Link::Again),
            (2, Link::Foreign),
            (3, Link::Garbage),
            (2, Link::Wanted),
            (2, Link::ForeignHash),
        ])),
        11 => Step::OtherProject,
        12 => {
            Step::Race(*rng.pick(&[Rival::SignOut, Rival::GiveUp, Rival::SomebodyElse, Rival::AnotherLink]))
        }
        13 => Step::Scenario(*rng.pick(&[
            Scenario::ForeignHash,
            Scenario::WaitingCall,
            Scenario::FullDisk,
            Scenario::LostSave,
        ])),
        _ => Step::Release,
    }
}

fn while_signed_in(rng: &mut Rng) -> Call {
    rng.weighted(&[
        (20, Call::GetUser),
        (20, Call::Select),
        (14, Call::Refresh),
        (10, Call::Windows),
        (3, Call::MagicLink),
        (3, Call::Recovery),
        (3, Call::TypedCode),
        (4, Call::NewAddress),
        (1, Call::GiveUp),
        (6, Call::Save),
        (2, Call::Password),
        (3, Call::SignOut),
        (1, Call::SignOutEverywhere),
        (1, Call::SignOutOthers),
    ])
}

fn while_signed_out(rng: &mut Rng) -> Call {
    rng.weighted(&[
        (10, Call::Password),
        (2, Call::Anonymous),
        (5, Call::MagicLink),
        (3, Call::Recovery),
        (5, Call::TypedCode),
        (1, Call::GiveUp),
        (1, Call::GetUser),
        (1, Call::SignOut),
    ])
}

/// From seconds to a day.
fn span(rng: &mut Rng) -> Duration {
    let (from, to) = rng.weighted(&[
        (40, (1, 120)),
        (35, (120, 3600)),
        (18, (3600, 6 * 3600)),
        (4, (6 * 3600, 24 * 3600)),
    ]);
    Duration::from_millis(rng.between(from * 1000, to * 1000))
}
