//! Updates with the real plugin, real signatures and a server on this machine, from the question to the file that is replaced.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use foyer_contract::updates::UpdateStep::{self, Available, Elsewhere, Newest, Ready, Unknown};
use serde_json::json;
use tauri::test::{MockRuntime, mock_builder, mock_context, noop_assets};
use tempfile::TempDir;
use tokio::sync::watch;
use tokio::time::timeout;

use super::test_endpoint::{Endpoint, Owner, Reply, package};
use super::*;

/// What runs is 0.1.0, as [`mock_context`] says.
const NEWER: &str = "0.2.0";

/// An app that its owner has given a key and an endpoint.
struct Scene {
    updates: Arc<Updates>,
    owner: Owner,
    endpoint: Endpoint,
    /// The file that the app runs from, as an AppImage does.
    installed: PathBuf,
    restarts: Arc<AtomicUsize>,
    changes: watch::Receiver<()>,
    folder: TempDir,
    _app: tauri::App<MockRuntime>,
}

async fn scene() -> Scene {
    scene_of(Installed::Alone).await
}

async fn scene_of(kind: Installed) -> Scene {
    let (owner, endpoint) = (Owner::new(), Endpoint::start().await);
    let folder = tempfile::tempdir().unwrap();
    let installed = folder.path().join("app.AppImage");
    fs::write(&installed, package("0.1.0")).unwrap();
    let mut context = mock_context(noop_assets());
    let endpoints = [format!("{}/latest.json", endpoint.address)];
    // An owner who knows no fear.
    let settings = json!({ "pubkey": owner.public_key(), "endpoints": endpoints, "allowDowngrades": true });
    context.config_mut().plugins.0.insert("updater".into(), settings);
    settings::make_strict(context.config_mut(), None);
    assert!(settings::are_on(context.config_mut()));
    let app = mock_builder().plugin(settings::plugin()).build(context).unwrap();

    let restarts = Arc::new(AtomicUsize::default());
    let (counted, handle, path) = (Arc::clone(&restarts), app.handle().clone(), installed.clone());
    let (tell, changes) = watch::channel(());
    let limits = Limits {
        check: Duration::from_millis(600),
        silence: Duration::from_millis(600),
        largest: 4 * 1024 * 1024,
        only_https: false,
    };
    let context = Context {
        updater: Box::new(move || handle.updater_builder().executable_path(&path).no_proxy()),
        installed: kind,
        restart: Box::new(move || {
            counted.fetch_add(1, Ordering::SeqCst);
        }),
        on_change: Box::new(move || tell.send_replace(())),
        limits,
    };
    let updates = Updates::with(context, folder.path().join("updates.json"));
    Scene { updates, owner, endpoint, installed, restarts, changes, folder, _app: app }
}

impl Scene {
    /// Offers this version with this file, as the owner does it.
    fn release(&self, version: &str) -> Vec<u8> {
        let file = package(version);
        self.endpoint.offer(version, &self.owner.sign(&file, &format!("version:{version}")));
        self.endpoint.serve_file(Reply::Whole(file.clone()));
        file
    }

    /// What is shown once the endpoint was asked.
    async fn checked(&self) -> UpdatesView {
        self.updates.check().await;
        self.updates.view()
    }

    /// What is shown once the download is over.
    async fn downloaded(&mut self) -> UpdatesView {
        self.updates.download();
        self.until(|view| view.step != UpdateStep::Downloading).await
    }

    async fn until(&mut self, fits: impl Fn(&UpdatesView) -> bool) -> UpdatesView {
        let wait = async {
            while !fits(&self.updates.view()) {
                self.changes.changed().await.unwrap();
            }
        };
        timeout(Duration::from_secs(20), wait).await.expect("a change in time");
        self.updates.view()
    }

    /// Asserts that what runs is still the old version.
    fn assert_untouched(&self) {
        assert_eq!(fs::read(&self.installed).unwrap(), package("0.1.0"));
        assert_eq!(self.restarts.load(Ordering::SeqCst), 0);
        let left: Vec<_> =
            fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert!(left.iter().all(|name| name == "app.AppImage" || name == "updates.json"), "{left:?}");
    }
}

fn failed(view: &UpdatesView) -> (UpdateStep, Option<UpdateProblem>) {
    (view.step, view.problem)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_version_that_is_signed_is_installed_and_started_when_a_person_says_so() {
    let mut scene = scene().await;
    let file = scene.release(NEWER);
    assert_eq!(scene.updates.view(), UpdatesView::default(), "nobody has asked yet");

    let found = scene.checked().await;
    assert_eq!((found.step, found.version.as_deref()), (Available, Some(NEWER)));
    assert_eq!(found.notes.as_deref(), Some("Faster.\nSafer."));
    assert!(found.checked.is_some());
    assert_eq!(scene.endpoint.asked(), ["/latest.json"], "nothing is downloaded by itself");

    let ready = scene.downloaded().await;
    assert_eq!(failed(&ready), (Ready, None));
    assert_eq!((ready.received, ready.total), (file.len() as u64, Some(file.len() as u64)));
    scene.assert_untouched();

    scene.updates.install().await;
    assert_eq!(fs::read(&scene.installed).unwrap(), file);
    assert_eq!(scene.restarts.load(Ordering::SeqCst), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_the_owner_did_not_sign_is_thrown_away() {
    let mut scene = scene().await;
    let file = scene.release(NEWER);
    let changed = {
        let mut changed = file.clone();
        changed[40] ^= 1;
        changed
    };
    let of_somebody_else = Owner::new().sign(&file, "version:0.2.0");
    let own = scene.owner.sign(&file, "version:0.2.0");
    let comment_changed = {
        use base64::Engine as _;
        let coder = base64::engine::general_purpose::STANDARD;
        let text =
            String::from_utf8(coder.decode(scene.owner.sign(&file, "version:0.1.9")).unwrap()).unwrap();
        coder.encode(text.replace("version:0.1.9", "version:0.2.0"))
    };
    for (what, signature, served) in [
        ("another key", of_somebody_else.as_str(), &file),
        ("another file", &own, &changed),
        ("another version written over the signed one", &comment_changed, &file),
        ("no signature", "", &file),
        ("no base64", "?", &file),
        ("not of minisign", "c2lnbmVk", &file),
    ] {
        scene.endpoint.offer(NEWER, signature);
        scene.endpoint.serve_file(Reply::Whole(served.clone()));
        assert_eq!(scene.checked().await.step, Available, "{what}");

        let after = scene.downloaded().await;
        assert_eq!(failed(&after), (Available, Some(UpdateProblem::NotSigned)), "{what}");
        scene.updates.install().await;
        scene.assert_untouched();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_version_under_a_newer_name_is_thrown_away() {
    let mut scene = scene().await;
    let old = package("0.0.9");
    for comment in ["version:0.0.9", "version:0.2.0-rc.1", "prehashed"] {
        scene.endpoint.offer(NEWER, &scene.owner.sign(&old, comment));
        scene.endpoint.serve_file(Reply::Whole(old.clone()));
        assert_eq!(scene.checked().await.step, Available);

        let after = scene.downloaded().await;
        assert_eq!(failed(&after), (Available, Some(UpdateProblem::NotSigned)), "{comment}");
        scene.updates.install().await;
        scene.assert_untouched();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_version_that_is_not_newer_is_offered_whatever_the_owner_allows() {
    let mut scene = scene().await;
    for version in ["0.0.9", "0.1.0", "v0.1.0", "0.1.0-rc.1"] {
        scene.release(version);

        let view = scene.checked().await;
        assert_eq!((view.step, view.version), (Newest, None), "{version}");
        assert_eq!(scene.downloaded().await.step, Newest);
    }
    assert!(scene.endpoint.asked().iter().all(|path| path == "/latest.json"));
    scene.assert_untouched();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_download_that_breaks_off_begins_anew_when_it_is_tried_again() {
    let mut scene = scene().await;
    let file = scene.release(NEWER);
    scene.checked().await;
    for broken in [Reply::Half(file.clone()), Reply::Stalled(file.clone()), Reply::Silent] {
        scene.endpoint.serve_file(broken);
        let after = scene.downloaded().await;
        assert_eq!(failed(&after), (Available, Some(UpdateProblem::BrokenOff)));
        scene.assert_untouched();
    }

    scene.endpoint.serve_file(Reply::Whole(file.clone()));
    let again = scene.downloaded().await;
    assert_eq!((failed(&again), again.received), ((Ready, None), file.len() as u64));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_too_large_is_not_read_to_its_end() {
    let mut scene = scene().await;
    scene.release(NEWER);
    scene.checked().await;
    for endless in [Reply::Endless, Reply::Announced(1 << 60)] {
        scene.endpoint.serve_file(endless);
        let after = scene.downloaded().await;
        assert_eq!(failed(&after), (Available, Some(UpdateProblem::TooLarge)));
        assert!(after.received <= 4 * 1024 * 1024, "{} bytes", after.received);
    }
    scene.assert_untouched();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_download_that_is_cancelled_leaves_nothing_and_can_be_begun_again() {
    let mut scene = scene().await;
    let file = scene.release(NEWER);
    scene.endpoint.serve_file(Reply::Stalled(file.clone()));
    scene.checked().await;
    scene.updates.download();
    let half = file.len() as u64 / 2;
    let begun = scene.until(|view| view.received == half).await;
    assert_eq!((begun.step, begun.total), (UpdateStep::Downloading, Some(file.len() as u64)));
    scene.updates.check().await;
    assert_eq!(scene.endpoint.asked().len(), 2, "nothing is asked meanwhile");

    scene.updates.cancel();
    let after = scene.until(|view| view.step == Available).await;
    assert_eq!(after.problem, None);

    scene.endpoint.serve_file(Reply::Whole(file));
    assert_eq!(scene.downloaded().await.step, Ready);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endpoint_that_is_away_is_asked_again_before_the_day_is_over() {
    let scene = scene().await;
    scene.endpoint.announce(Reply::Silent);
    let begun = Instant::now();

    let view = scene.checked().await;

    assert_eq!(failed(&view), (Unknown, Some(UpdateProblem::Unreachable)));
    assert!(begun.elapsed() < Duration::from_secs(10), "it took {:?}", begun.elapsed());
    assert!(view.checked.is_none() && scene.updates.last_check.is_due());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_without_a_version_is_no_news() {
    let scene = scene().await;
    assert_eq!(scene.checked().await.step, Newest, "204: there is nothing newer");
    assert!(!scene.updates.last_check.is_due(), "a day is over tomorrow");

    let no_version = json!({ "version": "newest", "platforms": {} }).to_string();
    for answer in [
        Reply::Status(404),
        Reply::Status(500),
        Reply::Whole(b"<html>Please sign in to this network</html>".to_vec()),
        Reply::Whole(b"{}".to_vec()),
        Reply::Whole(no_version.into_bytes()),
    ] {
        scene.endpoint.announce(answer);
        assert_eq!(failed(&scene.checked().await), (Unknown, Some(UpdateProblem::Unclear)));
    }
    scene.assert_untouched();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_without_a_file_for_this_system_is_named() {
    let mut scene = scene().await;
    let manifest = scene.endpoint.manifest(NEWER, "plan9-mips-deb", "c2ln");
    scene.endpoint.announce(Reply::Whole(manifest.to_string().into_bytes()));

    let view = scene.checked().await;

    assert_eq!(failed(&view), (Unknown, Some(UpdateProblem::NoBuild)));
    assert_eq!(view.version.as_deref(), Some(NEWER));
    assert_eq!(scene.downloaded().await.step, Unknown);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_that_somebody_else_installed_says_that_there_is_a_newer_version_and_replaces_nothing() {
    let mut scene = scene_of(Installed::BySomebody).await;
    let manifest = scene.endpoint.manifest(NEWER, "plan9-mips-deb", "c2ln");
    scene.endpoint.announce(Reply::Whole(manifest.to_string().into_bytes()));

    let view = scene.checked().await;

    assert_eq!((failed(&view), view.version.as_deref()), ((Elsewhere, None), Some(NEWER)));
    assert_eq!(scene.downloaded().await.step, Elsewhere);
    scene.updates.install().await;
    scene.assert_untouched();
    assert_eq!(scene.endpoint.asked(), ["/latest.json"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_signed_and_no_app_replaces_nothing_and_can_be_tried_again() {
    let mut scene = scene().await;
    let text = b"a letter of the owner's".to_vec();
    scene.endpoint.offer(NEWER, &scene.owner.sign(&text, "version:0.2.0"));
    scene.endpoint.serve_file(Reply::Whole(text));
    scene.checked().await;
    assert_eq!(scene.downloaded().await.step, Ready);
    for _ in 0..2 {
        scene.updates.install().await;

        assert_eq!(failed(&scene.updates.view()), (Ready, Some(UpdateProblem::NotInstalled)));
        scene.assert_untouched();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_app_asks_by_itself_once_a_day_after_its_first_page() {
    let mut scene = scene().await;
    scene.release(NEWER);
    scene.updates.page_began();
    scene.updates.page_began();
    scene.until(|view| view.step == Available).await;
    assert_eq!(scene.endpoint.asked(), ["/latest.json"]);

    // As after a restart.
    let last_check = LastCheck::read(scene.folder.path().join("updates.json"));
    assert!(!last_check.is_due() && last_check.answered().is_some());
}
