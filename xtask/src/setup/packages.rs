//! System packages: which ones, and how each system gets them.

use super::{Machine, Missing, System};

/// Packages of Debian 12 and later and Ubuntu 22.04 and later: to build the app, to show its window on a display of
/// our own, to drive it, to hand it a link, to take pictures of it, to see what it asks of the file system, to give it a
/// keychain of our own, to read it as a screen reader does, to copy a picture for it, to count its instructions. All that is used is named here: apt
/// is told to leave out what is only recommended.
pub(super) const DEBIAN: &[&str] = &[
    "build-essential",
    "pkg-config",
    "libwebkit2gtk-4.1-dev",
    "libayatana-appindicator3-dev",
    "librsvg2-dev",
    "libssl-dev",
    "webkit2gtk-driver",
    "xvfb",
    "dbus",
    "dbus-x11",
    "ca-certificates",
    "fonts-dejavu-core",
    "libgl1-mesa-dri",
    "xdg-utils",
    "desktop-file-utils",
    "libglib2.0-bin",
    "shared-mime-info",
    "imagemagick",
    "strace",
    "gnome-keyring",
    "at-spi2-core",
    "xclip",
    "valgrind",
];

/// What makes a clean system, and a keyboard for it.
pub(super) const CLEAN_SYSTEM: &[&str] = &["debootstrap", "xdotool"];

/// What letters need that DejaVu does not have: Japanese.
pub(super) const FONTS: &[&str] = &["fonts-vlgothic"];

/// What links for Windows, and what makes an installer for it.
pub(super) const WINDOWS: &[&str] = &["gcc-mingw-w64-x86-64", "nsis"];

/// What runs programs for Windows.
pub(super) const WINE: &[&str] = &["wine", "wine64"];

/// Those of `wanted` that are missing, on a system with apt.
pub(super) fn missing_of(machine: &Machine, wanted: &[&'static str]) -> Option<Missing> {
    let installed = machine.debian.as_ref()?;
    let is_missing = |wanted: &&str| !installed.iter().any(|name| name == wanted);
    let missing: Vec<_> = wanted.iter().copied().filter(is_missing).collect();
    (!missing.is_empty()).then_some(Missing::Apt(missing))
}

/// System packages that are missing.
pub(super) fn missing(machine: &Machine) -> Vec<Missing> {
    match (machine.system, &machine.debian) {
        (System::Linux, Some(_)) => missing_of(machine, DEBIAN).into_iter().collect(),
        (System::Linux, None) if !machine.has_webkit => {
            vec![Missing::ByHand(by_hand(&machine.release).into())]
        }
        (System::MacOs, _) if !machine.has_command_line_tools => {
            vec![Missing::ByHand("xcode-select --install".into())]
        }
        _ => Vec::new(),
    }
}

/// The command for a Linux without apt.
fn by_hand(release: &str) -> &'static str {
    match release {
        "fedora" | "rhel" => {
            "sudo dnf install webkit2gtk4.1-devel libappindicator-gtk3-devel librsvg2-devel openssl-devel gcc \
             xorg-x11-server-Xvfb dbus-x11 xdg-utils desktop-file-utils ImageMagick strace gnome-keyring \
             at-spi2-core xclip"
        }
        "arch" => {
            "sudo pacman -S --needed webkit2gtk-4.1 libappindicator-gtk3 librsvg openssl base-devel \
             xorg-server-xvfb dbus xdg-utils desktop-file-utils imagemagick strace gnome-keyring \
             at-spi2-core xclip"
        }
        "opensuse-tumbleweed" | "opensuse-leap" => {
            "sudo zypper install webkit2gtk3-devel libappindicator3-1 librsvg-devel libopenssl-devel gcc \
             xorg-x11-server-Xvfb dbus-1-x11 xdg-utils desktop-file-utils ImageMagick strace gnome-keyring \
             at-spi2-core xclip"
        }
        _ => "WebKitGTK 4.1 with its headers (https://v2.tauri.app/start/prerequisites/#linux)",
    }
}

/// The installed ones of what `dpkg-query -W -f '${Package} ${db:Status-Status}\n'` prints.
pub(super) fn installed(dpkg: &str) -> Vec<String> {
    let lines = dpkg.lines().filter_map(|line| line.split_once(' '));
    lines.filter(|(_, status)| *status == "installed").map(|(name, _)| name.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_used_is_named_as_nothing_that_is_recommended_comes_with_it() {
        for needed in [
            "xvfb",
            "webkit2gtk-driver",
            "libglib2.0-bin",
            "imagemagick",
            "dbus",
            "xdg-utils",
            "ca-certificates",
            "fonts-dejavu-core",
            "libgl1-mesa-dri",
            "gnome-keyring",
            "at-spi2-core",
        ] {
            assert!(DEBIAN.contains(&needed), "{needed}");
        }
    }

    #[test]
    fn a_removed_package_whose_configuration_stayed_is_not_installed() {
        let list = "dbus installed\nxvfb config-files\nxdg-utils installed\n";

        assert_eq!(installed(list), ["dbus", "xdg-utils"]);
    }

    #[test]
    fn a_linux_without_apt_gets_its_own_command() {
        assert!(by_hand("fedora").starts_with("sudo dnf install webkit2gtk4.1-devel"));
        assert!(by_hand("arch").starts_with("sudo pacman"));
        assert!(by_hand("nixos").contains("WebKitGTK 4.1"));
    }
}
