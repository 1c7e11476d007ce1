//! A real gnome-keyring, on a session bus of its own and with files of its own: nobody's keyring is asked here.

use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use supabase_session_contract::protection::KeychainState;

use super::*;

/// Says to a test that it runs in a session of its own.
const INSIDE: &str = "TEST_HAS_ITS_OWN_SESSION";

/// A bus that starts no programs: one that is installed must not answer in the place of ours.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>"#;

/// True inside of a session of its own. Outside, the test of this name is run in one.
fn is_inside(name: &str) -> bool {
    if std::env::var_os(INSIDE).is_some() {
        return true;
    }
    let home = tempfile::tempdir().unwrap();
    let bus = home.path().join("bus.conf");
    fs::write(&bus, BUS).unwrap();
    let mut inside = Command::new("dbus-run-session");
    inside.arg("--config-file").arg(bus).arg("--").arg(std::env::current_exe().unwrap());
    inside.args(["--exact", &format!("store::tests::keychain::{name}"), "--nocapture"]);
    inside.env(INSIDE, "1").env("HOME", home.path()).env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
    for folder in ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"] {
        let path = home.path().join(folder);
        fs::create_dir(&path).unwrap();
        crate::data_dir::make_private(&path).unwrap();
        inside.env(folder, path);
    }
    let output = inside.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
    assert!(text(&output.stdout).contains("1 passed"), "the test was not found: {}", text(&output.stdout));
    false
}

/// A keyring daemon on the bus of this session.
struct Daemon(Child);

impl Daemon {
    /// One that has been given the person's password, or not.
    fn start(is_unlocked: bool) -> Self {
        let mut daemon = Command::new("gnome-keyring-daemon");
        daemon.args(["--foreground", "--components=secrets"]);
        if is_unlocked {
            daemon.arg("--unlock");
        }
        let mut daemon =
            daemon.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        daemon.stdin.take().unwrap().write_all(b"password").unwrap();
        let begun = Instant::now();
        while matches!(Keychain::new("com.acme.nobody").get(&KeyId::random().unwrap()), Err(KeyError::Absent))
        {
            assert!(begun.elapsed() < Duration::from_secs(20), "the daemon does not come onto the bus");
            std::thread::yield_now();
        }
        Self(daemon)
    }

    fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.0), signal).unwrap();
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        // One that has ended by itself is fine.
        let _ended = self.0.kill();
        let _status = self.0.wait();
    }
}

/// Unlocks the keyring of this session with the person's password, as another window would that asks for it.
fn unlock() {
    use gio::glib::prelude::*;
    use gio::glib::variant::ObjectPath;
    let bus = crate::handover::bus::connect().unwrap();
    let call = |interface: &str, method: &str, arguments: &gio::glib::Variant| {
        let (name, path) = ("org.freedesktop.secrets", "/org/freedesktop/secrets");
        let (flags, none) = (gio::DBusCallFlags::NONE, gio::Cancellable::NONE);
        bus.call_sync(Some(name), path, interface, method, Some(arguments), None, flags, 20_000, none)
            .unwrap()
    };
    let plain = ("plain", "".to_variant()).to_variant();
    let opened = call("org.freedesktop.Secret.Service", "OpenSession", &plain);
    let session = ObjectPath::try_from(opened.child_value(1).str().unwrap().to_owned()).unwrap();
    let login = ObjectPath::try_from("/org/freedesktop/secrets/collection/login".to_owned()).unwrap();
    let secret = (session, Vec::<u8>::new(), b"password".to_vec(), "text/plain");
    let gnome = "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface";
    call(gnome, "UnlockWithMasterPassword", &(login, secret).to_variant());
}

/// Waits until the store has its keys, of its own accord.
async fn ready(store: &PluginStore<MockRuntime>) {
    let mut states = store.0.access.watch();
    let ready = states.wait_for(|state| matches!(state, State::Ready(_)));
    drop(
        tokio::time::timeout(Duration::from_secs(20), ready)
            .await
            .expect("the keychain is not asked")
            .unwrap(),
    );
}

/// A store as the next start of the app would open it, with the keychain of the session.
fn open(fixture: &Fixture) -> PluginStore<MockRuntime> {
    fixture.open_with(Arc::new(Keychain::new("com.acme.app")))
}

/// The same, once the keychain has answered, however busy the machine is.
async fn open_answered(fixture: &Fixture) -> PluginStore<MockRuntime> {
    let store = open(fixture);
    let mut states = store.0.access.watch();
    drop(states.wait_for(|state| !matches!(state, State::Asking { .. })).await.unwrap());
    store
}

async fn value(store: &PluginStore<MockRuntime>) -> Result<Option<String>, StoreError> {
    Ok(store.get(&key()).await?.map(|value| value.expose().clone()))
}

#[tokio::test]
async fn a_keyring_holds_the_key_and_gives_the_session_whenever_it_is_open() {
    if !is_inside("a_keyring_holds_the_key_and_gives_the_session_whenever_it_is_open") {
        return;
    }
    let fixture = Fixture::with_keychain(Mood::Absent);
    let daemon = Daemon::start(true);
    let store = open_answered(&fixture).await;
    store.set(&key(), &secret("kept")).await.unwrap();
    assert_eq!(store.view().active, Some(Protection::Keychain));
    assert!(fixture.names().iter().all(|name| !name.starts_with("key-")), "{:?}", fixture.names());

    // A usual start.
    let begun = Instant::now();
    assert_eq!(value(&open_answered(&fixture).await).await.unwrap().as_deref(), Some("kept"));
    eprintln!("restored through the keyring in {:?}", begun.elapsed());

    // It hangs, and goes on.
    daemon.signal(Signal::STOP);
    let store = open(&fixture);
    let mut seen = store.seen();
    assert!(matches!(value(&store).await, Err(StoreError::Unreadable(_))));
    store.changed(&mut seen).await.unwrap();
    assert_eq!(store.view().keychain, KeychainState::Unanswered);
    daemon.signal(Signal::CONT);
    store.changed(&mut seen).await.unwrap();
    assert_eq!(value(&store).await.unwrap().as_deref(), Some("kept"));

    // It is locked, and unlocked.
    drop(daemon);
    let daemon = Daemon::start(false);
    let (store, names) = (open_answered(&fixture).await, fixture.names());
    assert!(matches!(value(&store).await, Err(StoreError::Unreadable(_))));
    assert_eq!((store.view().active, store.view().keychain), (None, KeychainState::Locked));
    assert_eq!(fixture.names(), names, "nothing is deleted");
    drop(daemon);
    let daemon = Daemon::start(true);
    store.ask_again().await.unwrap();
    assert_eq!(value(&store).await.unwrap().as_deref(), Some("kept"));

    // It is gone, and back.
    drop(daemon);
    let store = open_answered(&fixture).await;
    assert!(matches!(value(&store).await, Err(StoreError::Unreadable(_))));
    assert_eq!((store.view().active, store.view().keychain), (None, KeychainState::Absent));
    let _daemon = Daemon::start(true);
    store.ask_again().await.unwrap();
    store.remove(&key()).await.unwrap();
    assert_eq!(value(&open_answered(&fixture).await).await.unwrap(), None);
}

#[tokio::test]
async fn a_keyring_that_takes_nothing_is_not_used_and_its_absence_costs_no_time() {
    if !is_inside("a_keyring_that_takes_nothing_is_not_used_and_its_absence_costs_no_time") {
        return;
    }
    // The least of three, as a machine may be busy with something else in between.
    let mut least = Duration::MAX;
    for _ in 0..3 {
        let begun = Instant::now();
        let fixture = Fixture::with_keychain(Mood::Absent);
        let store = open(&fixture);
        store.set(&key(), &secret("kept")).await.unwrap();
        least = least.min(begun.elapsed());
        assert_eq!(
            (store.view().active, store.view().keychain),
            (Some(Protection::KeyFile), KeychainState::Absent)
        );
    }
    assert!(least < access::PATIENCE, "a silent one is waited for: {least:?}");

    // One that was never unlocked has no place for a key, and there is nobody to ask.
    let _daemon = Daemon::start(false);
    let fixture = Fixture::with_keychain(Mood::Absent);
    let store = open(&fixture);
    store.set(&key(), &secret("kept")).await.unwrap();
    assert_eq!(
        (store.view().active, store.view().keychain),
        (Some(Protection::KeyFile), KeychainState::Locked)
    );
    assert_eq!(value(&open(&fixture)).await.unwrap().as_deref(), Some("kept"));
    assert!(matches!(store.set_protection(Protection::Keychain).await, Err(crate::Error::KeychainLocked)));
}

#[tokio::test]
async fn a_keyring_that_is_started_or_unlocked_after_the_app_gives_the_session_without_a_click() {
    if !is_inside("a_keyring_that_is_started_or_unlocked_after_the_app_gives_the_session_without_a_click") {
        return;
    }
    let fixture = Fixture::with_keychain(Mood::Absent);
    let daemon = Daemon::start(true);
    open_answered(&fixture).await.set(&key(), &secret("kept")).await.unwrap();
    drop(daemon);

    // The desktop starts its keyring after the app.
    let store = open_answered(&fixture).await;
    assert_eq!(store.view().keychain, KeychainState::Absent);
    let daemon = Daemon::start(true);
    ready(&store).await;
    assert_eq!(value(&store).await.unwrap().as_deref(), Some("kept"));
    drop(daemon);

    // The person unlocks it in another window.
    let _daemon = Daemon::start(false);
    let store = open_answered(&fixture).await;
    assert_eq!(store.view().keychain, KeychainState::Locked);
    unlock();
    ready(&store).await;
    assert_eq!(value(&store).await.unwrap().as_deref(), Some("kept"));
}
