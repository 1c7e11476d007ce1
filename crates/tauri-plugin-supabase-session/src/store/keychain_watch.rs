//! Tells when the Secret Service comes onto the session bus, or a collection of it is unlocked: a desktop may start its
//! keychain after the app, and a person may unlock it in another window.

use std::fmt;
use std::rc::Rc;
use std::thread;
use std::time::Duration;

use gio::glib::prelude::*;
use gio::glib::{self, MainContext, MainLoop};
use gio::{DBusConnection, DBusSignalFlags};

use crate::handover::bus;

/// The bus itself, and its interface.
const BUS: &str = "org.freedesktop.DBus";

/// The name that every Secret Service has on the bus.
const SECRETS: &str = "org.freedesktop.secrets";

/// The interface whose property says whether a collection is locked.
const COLLECTION: &str = "org.freedesktop.Secret.Collection";

/// The collection that is used where none is named.
const USUAL: &str = "/org/freedesktop/secrets/aliases/default";

/// How long a keychain is waited for that says it has changed.
const PATIENCE: Duration = Duration::from_secs(3);

/// Calls `told` at each such moment, on a thread of its own, for as long as it returns true. Does nothing where there is no
/// bus. `was_absent`: there was no Secret Service when it was asked last; one that has come since then is told at once. So
/// is one whose usual collection has been unlocked since.
pub(super) fn begin(was_absent: bool, told: Box<dyn Fn() -> bool + Send>) {
    if !bus::is_there() {
        return;
    }
    let failed = |error: &dyn fmt::Display| tracing::warn!(%error, "nobody tells when a keychain appears");
    let thread = thread::Builder::new().name("keychain watch".to_owned());
    let spawned = thread.spawn(move || {
        let context = MainContext::new();
        let watched = context
            .with_thread_default(|| watch(&context, was_absent, told).unwrap_or_else(|error| failed(&error)));
        watched.unwrap_or_else(|error| failed(&error));
    });
    if let Err(error) = spawned {
        failed(&error.kind());
    }
}

fn watch(
    context: &MainContext,
    was_absent: bool,
    told: Box<dyn Fn() -> bool + Send>,
) -> Result<(), glib::Error> {
    let bus = bus::connect()?;
    let main_loop = MainLoop::new(Some(context), false);
    let tell = Rc::new({
        let main_loop = main_loop.clone();
        move || {
            if !told() {
                main_loop.quit();
            }
        }
    });
    let appeared = Rc::clone(&tell);
    let owner = (BUS, BUS, "NameOwnerChanged", Some(SECRETS));
    subscribe(&bus, owner, move |_, news| {
        // The name, its owner before, its owner now.
        if news.child_value(2).str().is_some_and(|owner| !owner.is_empty()) {
            appeared();
        }
    });
    let unlocked = Rc::clone(&tell);
    let property = (SECRETS, "org.freedesktop.DBus.Properties", "PropertiesChanged", Some(COLLECTION));
    subscribe(&bus, property, move |_, news| {
        let changed = glib::VariantDict::new(Some(&news.child_value(1)));
        if changed.lookup::<bool>("Locked").is_ok_and(|is_locked| is_locked == Some(false)) {
            unlocked();
        }
    });
    // A gnome-keyring says so by this alone.
    let changed = Rc::clone(&tell);
    let collection = (SECRETS, "org.freedesktop.Secret.Service", "CollectionChanged", None);
    subscribe(&bus, collection, move |bus, news| {
        if news.child_value(0).str().is_some_and(|path| is_unlocked(bus, path)) {
            changed();
        }
    });
    let has_changed = if was_absent { bus::is_owned(&bus, SECRETS)? } else { is_unlocked(&bus, USUAL) };
    if has_changed {
        tell();
    }
    main_loop.run();
    Ok(())
}

/// Whether the collection at this path gives its secrets.
fn is_unlocked(bus: &DBusConnection, path: &str) -> bool {
    let target = (SECRETS, path, "org.freedesktop.DBus.Properties");
    let answer = bus::call(bus, target, "Get", &(COLLECTION, "Locked").to_variant(), PATIENCE);
    answer.ok().and_then(|answer| answer.child_value(0).as_variant()?.get()) == Some(false)
}

/// Calls `told` with what each such signal says, on the thread's own loop. Ends with the connection.
fn subscribe(
    bus: &DBusConnection,
    (sender, interface, signal, about): (&str, &str, &str, Option<&str>),
    told: impl Fn(&DBusConnection, &glib::Variant) + 'static,
) {
    let flags = DBusSignalFlags::NONE;
    let told =
        move |bus: &DBusConnection, _: &str, _: &str, _: &str, _: &str, news: &glib::Variant| told(bus, news);
    let _for_ever =
        bus.signal_subscribe(Some(sender), Some(interface), Some(signal), None, about, flags, told);
}
