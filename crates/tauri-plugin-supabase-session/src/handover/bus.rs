//! The session bus, asked before any library asks it. One that takes connections and answers nothing would hold up the
//! start for as long as each library waits (the single-instance plugin: for ever); so would an app that owns our name
//! and hangs. This process finds both out within seconds.
//!
//! The app that shares our data folder is found without the bus (see [`super::instance`]). The owner of our name on the
//! bus is another one: with a data folder of its own, or of a version that does not lock.

use std::collections::HashMap;
use std::ffi::OsString;
use std::io;
use std::os::unix::process::CommandExt;
use std::process::Command;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use gio::glib::{self, prelude::*};
use gio::{BusType, Cancellable, DBusCallFlags, DBusConnection, DBusConnectionFlags};

use crate::machine::answers::SessionBus;

/// How long the bus is waited for. Where all is well it answers within milliseconds.
const BUS: Duration = Duration::from_secs(3);

/// How long another app is waited for. An app that does not hang answers within this time.
const APP: Duration = Duration::from_secs(5);

/// How long a notification is waited for: a later one is of no use.
const NOTIFICATION: Duration = Duration::from_secs(1);

/// The variable that says where the bus is.
const ADDRESS: &str = "DBUS_SESSION_BUS_ADDRESS";

/// The address of no bus. Every library finds at once that it cannot be used.
const NOWHERE: &str = "disabled:";

/// What the bus says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bus {
    /// Nobody has our name, or there is no bus.
    Free,
    /// The app that has our name took what this process was started with.
    HandedOver,
    /// The app that has our name does not answer.
    Unanswered,
    /// The bus itself does not answer.
    Silent,
}

/// Asks the bus for the app with this identifier, and hands these arguments over to it.
#[must_use]
pub fn ask(identifier: &str, arguments: Vec<OsString>) -> Bus {
    if !is_there() {
        return Bus::Free;
    }
    let (tell, hear) = mpsc::channel();
    let name = format!("{identifier}.SingleInstance");
    // The thread may hang on the bus, and is left behind then.
    thread::spawn(move || {
        let owned = connect().and_then(|bus| Ok(is_owned(&bus, &name)?.then_some(bus)));
        let owner = owned.ok().flatten();
        // The asker may have given up.
        let _gone = tell.send(owner.as_ref().map_or(Bus::Free, |_| Bus::Unanswered));
        if let Some(bus) = owner {
            let taken = hand_over(&bus, &name, &arguments);
            let _gone = tell.send(taken.map_or(Bus::Unanswered, |()| Bus::HandedOver));
        }
    });
    match hear.recv_timeout(BUS) {
        Ok(Bus::Unanswered) => hear.recv_timeout(APP * 2).unwrap_or(Bus::Unanswered),
        Ok(bus) => bus,
        Err(_) => Bus::Silent,
    }
}

/// Shows a sentence as a notification of the desktop, where that has any: whoever clicked on a link sees no terminal.
pub fn notify(app_name: &str, sentence: &str) {
    if !is_there() {
        return;
    }
    let (tell, hear) = mpsc::channel();
    let (app_name, sentence) = (app_name.to_owned(), sentence.to_owned());
    thread::spawn(move || {
        let target = (
            "org.freedesktop.Notifications",
            "/org/freedesktop/Notifications",
            "org.freedesktop.Notifications",
        );
        let (buttons, hints) = (Vec::<String>::new(), HashMap::<String, glib::Variant>::new());
        // No older notification to replace, no icon, as long on the screen as the desktop likes.
        let arguments = (&*app_name, 0_u32, "", &*app_name, &*sentence, buttons, hints, -1_i32).to_variant();
        let shown = connect().and_then(|bus| call(&bus, target, "Notify", &arguments, NOTIFICATION));
        // The sentence stands in the terminal as well.
        let _gone = tell.send(shown.is_ok());
    });
    let _late = hear.recv_timeout(NOTIFICATION * 2);
}

/// Whether the bus answers.
#[must_use]
pub(crate) fn state() -> SessionBus {
    if was_silent() {
        return SessionBus::Silent;
    }
    if !is_there() {
        return SessionBus::Absent;
    }
    let (tell, hear) = mpsc::channel();
    thread::spawn(move || {
        let asked = connect().and_then(|bus| is_owned(&bus, "org.freedesktop.DBus"));
        // The asker may have given up.
        let _gone = tell.send(asked.is_ok());
    });
    match hear.recv_timeout(BUS) {
        Ok(true) => SessionBus::Answers,
        // Its address leads nowhere.
        Ok(false) => SessionBus::Absent,
        Err(_) => SessionBus::Silent,
    }
}

/// Starts this program anew, in place of this process, for which there is no bus.
///
/// It does not return unless that fails.
#[must_use]
pub fn start_without() -> io::Error {
    let mut arguments = std::env::args_os();
    let program = match std::env::current_exe() {
        Ok(program) => program,
        Err(error) => return error,
    };
    let mut again = Command::new(program);
    if let Some(name) = arguments.next() {
        again.arg0(name);
    }
    again.args(arguments).env(ADDRESS, NOWHERE).exec()
}

/// Whether this process was started without a bus because the bus did not answer.
#[must_use]
pub fn was_silent() -> bool {
    std::env::var_os(ADDRESS).is_some_and(|address| address == NOWHERE)
}

/// Whether there may be a bus. GIO would start one where there is none.
pub(crate) fn is_there() -> bool {
    let beside = || dirs::runtime_dir().is_some_and(|folder| folder.join("bus").exists());
    std::env::var_os(ADDRESS).map_or_else(beside, |address| !address.is_empty() && address != NOWHERE)
}

/// A connection of its own: the one that libraries share would end this process when the bus ends.
pub(crate) fn connect() -> Result<DBusConnection, glib::Error> {
    let address = gio::dbus_address_get_for_bus_sync(BusType::Session, Cancellable::NONE)?;
    let flags = DBusConnectionFlags::AUTHENTICATION_CLIENT | DBusConnectionFlags::MESSAGE_BUS_CONNECTION;
    DBusConnection::for_address_sync(&address, flags, None, Cancellable::NONE)
}

/// Whether somebody has this name on the bus.
pub(crate) fn is_owned(bus: &DBusConnection, name: &str) -> Result<bool, glib::Error> {
    let target = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus");
    let answer = call(bus, target, "NameHasOwner", &(name,).to_variant(), BUS)?;
    Ok(answer.child_value(0).get::<bool>().unwrap_or_default())
}

/// What the single-instance plugin of a second process says to the first.
fn hand_over(bus: &DBusConnection, name: &str, arguments: &[OsString]) -> Result<(), glib::Error> {
    let path = format!("/{}", name.replace('.', "/").replace('-', "_"));
    let arguments: Vec<String> =
        arguments.iter().map(|argument| argument.to_string_lossy().into_owned()).collect();
    let folder = std::env::current_dir().unwrap_or_default().to_string_lossy().into_owned();
    let target = (name, &*path, "org.SingleInstance.DBus");
    call(bus, target, "ExecuteCallback", &(arguments, folder).to_variant(), APP).map(drop)
}

/// What a method answers: of a name, a path and an interface.
pub(crate) fn call(
    bus: &DBusConnection,
    (name, path, interface): (&str, &str, &str),
    method: &str,
    arguments: &glib::Variant,
    patience: Duration,
) -> Result<glib::Variant, glib::Error> {
    let milliseconds = i32::try_from(patience.as_millis()).unwrap_or(i32::MAX);
    let flags = DBusCallFlags::NO_AUTO_START;
    let arguments = Some(arguments);
    bus.call_sync(
        Some(name),
        path,
        interface,
        method,
        arguments,
        None,
        flags,
        milliseconds,
        Cancellable::NONE,
    )
}
