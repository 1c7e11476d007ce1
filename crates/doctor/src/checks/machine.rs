//! What the app around the doctor knows of the machine.

use foyer_contract::doctor::{CheckName, CheckResult, Finding};
use foyer_contract::session_contract::protection::KeychainState;

use super::Found;

/// The oldest WebKitGTK that the page is made for, major and minor version: the one that Debian 12 came with.
const OLDEST_WEBKIT: (u32, u32) = (2, 40);

/// What is known of the machine that the app runs on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Machine {
    /// Who opens the app's links.
    pub links: LinkOpener,
    /// What is known of the keychain.
    pub keychain: KeychainState,
    /// The webview's version, for example `2.48.1`; `None` where the system does not tell.
    pub webview: Option<String>,
    /// Whether the webview is WebKitGTK, whose version depends on the age of the system.
    pub is_webkit_gtk: bool,
    /// The D-Bus session bus.
    pub bus: Bus,
}

/// With what the desktop opens the app's links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkOpener {
    /// With this app.
    ThisApp,
    /// With another one, by this name.
    Other(String),
    /// With nothing.
    Nobody,
    /// The desktop does not tell.
    Unknown,
}

/// The D-Bus session bus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bus {
    /// It answers.
    Answers,
    /// It is there and does not answer.
    Silent,
    /// There is none.
    Absent,
    /// This system has no D-Bus, and the app needs none.
    NotNeeded,
}

/// The lines of the machine.
pub(crate) fn judge(machine: &Machine) -> [CheckResult; 4] {
    [
        links(&machine.links).line(CheckName::Links),
        keychain(machine.keychain).line(CheckName::Keychain),
        webview(machine).line(CheckName::Webview),
        bus(machine.bus).line(CheckName::SessionBus),
    ]
}

fn links(opener: &LinkOpener) -> Found {
    match opener {
        LinkOpener::ThisApp => Finding::Good.into(),
        LinkOpener::Other(name) => Found::from(Finding::LinksElsewhere).figure(name),
        LinkOpener::Nobody => Finding::LinksNowhere.into(),
        LinkOpener::Unknown => Finding::NotTold.into(),
    }
}

fn keychain(state: KeychainState) -> Found {
    match state {
        KeychainState::Available => Finding::Good,
        KeychainState::Locked => Finding::KeychainLocked,
        KeychainState::Absent => Finding::KeychainAbsent,
        KeychainState::Unanswered => Finding::KeychainSilent,
        KeychainState::Unknown => Finding::NotTold,
    }
    .into()
}

fn webview(machine: &Machine) -> Found {
    let Some(version) = &machine.webview else { return Finding::NotTold.into() };
    let mut numbers = version.split('.').map_while(|number| number.parse::<u32>().ok());
    let known = numbers.next().zip(numbers.next());
    let is_old = machine.is_webkit_gtk && known.is_some_and(|version| version < OLDEST_WEBKIT);
    Found::from(if is_old { Finding::WebviewOld } else { Finding::Good }).figure(version)
}

fn bus(bus: Bus) -> Found {
    match bus {
        Bus::Answers => Finding::Good,
        Bus::Silent => Finding::BusSilent,
        Bus::Absent => Finding::BusAbsent,
        Bus::NotNeeded => Finding::NotNeeded,
    }
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good() -> Machine {
        Machine {
            links: LinkOpener::ThisApp,
            keychain: KeychainState::Available,
            webview: Some("2.48.1".to_owned()),
            is_webkit_gtk: true,
            bus: Bus::Answers,
        }
    }

    /// What is not in order on this machine.
    fn wrong(machine: &Machine) -> Vec<(CheckName, Finding)> {
        let lines = judge(machine).into_iter().map(|line| (line.check, line.finding));
        lines.filter(|(_, finding)| *finding != Finding::Good).collect()
    }

    #[test]
    fn each_fault_of_a_machine_has_its_own_line_and_no_other() {
        assert_eq!(wrong(&good()), []);
        let links = |links| Machine { links, ..good() };
        let keychain = |keychain| Machine { keychain, ..good() };
        let webview = |version: &str| Machine { webview: Some(version.to_owned()), ..good() };
        let bus = |bus| Machine { bus, ..good() };
        for (machine, check, finding) in [
            (links(LinkOpener::Other("Other".to_owned())), CheckName::Links, Finding::LinksElsewhere),
            (links(LinkOpener::Nobody), CheckName::Links, Finding::LinksNowhere),
            (links(LinkOpener::Unknown), CheckName::Links, Finding::NotTold),
            (keychain(KeychainState::Locked), CheckName::Keychain, Finding::KeychainLocked),
            (keychain(KeychainState::Absent), CheckName::Keychain, Finding::KeychainAbsent),
            (keychain(KeychainState::Unanswered), CheckName::Keychain, Finding::KeychainSilent),
            (keychain(KeychainState::Unknown), CheckName::Keychain, Finding::NotTold),
            (webview("2.38.6"), CheckName::Webview, Finding::WebviewOld),
            (Machine { webview: None, ..good() }, CheckName::Webview, Finding::NotTold),
            (bus(Bus::Silent), CheckName::SessionBus, Finding::BusSilent),
            (bus(Bus::Absent), CheckName::SessionBus, Finding::BusAbsent),
            (bus(Bus::NotNeeded), CheckName::SessionBus, Finding::NotNeeded),
        ] {
            assert_eq!(wrong(&machine), [(check, finding)], "{machine:?}");
        }
    }

    #[test]
    fn only_webkit_gtk_is_judged_by_its_number() {
        let edge = Machine { webview: Some("2.0.1".to_owned()), is_webkit_gtk: false, ..good() };

        assert_eq!(wrong(&edge), []);
    }
}
