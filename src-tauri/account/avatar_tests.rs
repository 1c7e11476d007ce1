//! The picture against a real server, on a way where answers get lost.

use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::time::Duration;

use async_trait::async_trait;
use foyer_picture::Stop;
use serde_json::Value;
use supabase_local::Config;
use supabase_local::testing::TestServer;
use supabase_session::{Client, MemoryStore, Method, Request, Response, SignUp, Transport, TransportError};

use super::*;
use crate::account::cache::Cache;
use crate::account::files::sealed;
use crate::account::orphaned_objects::OrphanedObjects;
use crate::account::pending_edits::PendingEdits;
use crate::desktop::picture_input::PictureInput;
use foyer_contract::SessionErrorCode;

/// The way to the server.
struct Way {
    server: TestServer,
    /// Answers that get lost once, by method and part of the path: the server has done what was asked.
    lost: Mutex<Vec<(Method, &'static str)>>,
    /// Answers that wait until somebody says so, once each.
    stops: Mutex<Vec<(Method, &'static str)>>,
    stopped: Notify,
    goes_on: Notify,
    is_down: AtomicBool,
    /// Whether the server goes away as soon as an answer was lost.
    falls: AtomicBool,
    seen: Mutex<Vec<String>>,
}

#[async_trait]
impl Transport for Way {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        if self.is_down.load(SeqCst) {
            return Err(TransportError::Unreachable);
        }
        let (method, path) = (request.method, request.url.path().to_owned());
        let name = format!("{method:?}").to_uppercase();
        lock(&self.seen).push(format!("{name} {path}"));
        let answer = self.server.send(request).await?;
        if is_next(&self.stops, method, &path) {
            self.stopped.notify_one();
            self.goes_on.notified().await;
        }
        if is_next(&self.lost, method, &path) {
            self.is_down.store(self.falls.load(SeqCst), SeqCst);
            return Err(TransportError::Unreachable);
        }
        Ok(answer)
    }
}

/// Whether this request is one of these, which is then taken off the list.
fn is_next(list: &Mutex<Vec<(Method, &'static str)>>, method: Method, path: &str) -> bool {
    let mut list = lock(list);
    let place = list.iter().position(|(of, part)| *of == method && path.contains(part));
    place.map(|place| list.remove(place)).is_some()
}

/// Somebody who is signed in, with the account as it was loaded.
struct Scene {
    way: Arc<Way>,
    account: Account,
    folder: tempfile::TempDir,
}

impl Scene {
    async fn new() -> Self {
        let config = Config { autoconfirm: true, ..Config::built_in().unwrap() };
        let server = TestServer::start(config).await.unwrap();
        let project = server.project().unwrap();
        let way = Arc::new(Way {
            server,
            lost: Mutex::default(),
            stops: Mutex::default(),
            stopped: Notify::new(),
            goes_on: Notify::new(),
            is_down: AtomicBool::default(),
            falls: AtomicBool::default(),
            seen: Mutex::default(),
        });
        let client =
            Client::builder(project, Arc::new(MemoryStore::new())).transport(Arc::clone(&way) as _).build();
        client.restore().await;
        let wish = SignUp {
            email: "ada@example.com".into(),
            password: "Passw0rd!".into(),
            data: Default::default(),
        };
        client.sign_up(wish).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let cache = Cache::new(sealed(&at("cache")), "http://127.0.0.1:54321/");
        let edits = PendingEdits::new(sealed(&at("edits")), "http://127.0.0.1:54321/");
        let orphans = OrphanedObjects::new(at("left"), "http://127.0.0.1:54321/");
        let account = Account::new(client, cache, edits, orphans, Arc::new(|_| {}));
        let user = account.user().unwrap();
        account.open(&user);
        account.load().await.unwrap();
        Self { way, account, folder }
    }

    async fn sql(&self, query: &str) -> Vec<Value> {
        self.way.server.sql(query).await.unwrap()
    }

    async fn objects(&self) -> Vec<String> {
        let rows =
            self.sql("select name from storage.objects where bucket_id = 'avatars' order by name").await;
        rows.iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
    }

    /// Removes the picture as it is shown, for good.
    async fn remove(&self) -> Result<(), ErrorCode> {
        let removed = self.remove_for_now().await;
        self.account.end_undo().await;
        removed
    }

    /// The same, as long as it can be undone.
    async fn remove_for_now(&self) -> Result<(), ErrorCode> {
        let seen = self.account.view(None).and_then(|view| view.avatar_url);
        self.account.remove_avatar(seen.as_deref()).await.map(drop).map_err(|failure| failure.code())
    }

    async fn named(&self) -> Option<String> {
        let rows = self.sql("select avatar_url from public.profiles").await;
        rows[0]["avatar_url"].as_str().map(str::to_owned)
    }

    /// Prepares a picture of this colour and uploads it.
    async fn upload(&self, colour: [u8; 3]) -> Result<(), ErrorCode> {
        let replaced = self.upload_for_now(colour).await?;
        self.account.remove_replaced(replaced).await;
        Ok(())
    }

    /// The same, while what the picture replaces is there.
    async fn upload_for_now(&self, colour: [u8; 3]) -> Result<Replaced, ErrorCode> {
        let pixels = image::RgbImage::from_pixel(40, 40, image::Rgb(colour));
        let mut png = std::io::Cursor::new(Vec::new());
        pixels.write_to(&mut png, image::ImageFormat::Png).unwrap();
        let stop = Stop::after(Duration::from_secs(60));
        let picture = foyer_picture::prepare_bytes(png.into_inner(), &stop).unwrap();
        let preview = self.account.avatar.keep_preview("main", picture).await.unwrap();
        self.account.upload_avatar(&preview.id, |_, _| {}).await.map_err(|failure| failure.code())
    }

    fn lose(&self, method: Method, part: &'static str) {
        lock(&self.way.lost).push((method, part));
    }

    fn shown(&self) -> Option<String> {
        self.account.shown().as_ref()?.picture.as_ref().map(|picture| picture.path.clone())
    }
}

#[tokio::test]
async fn an_upload_whose_last_answer_is_lost_has_happened() {
    let scene = Scene::new().await;
    scene.upload([200, 0, 0]).await.unwrap();
    let old = scene.named().await.unwrap();
    scene.lose(Method::Patch, "/profiles");

    assert_eq!(scene.upload([0, 200, 0]).await, Ok(()));

    let new = scene.named().await.unwrap();
    assert_ne!(new, old);
    assert_eq!(
        scene.objects().await,
        std::slice::from_ref(&new),
        "what the row names is there, and nothing else"
    );
    assert_eq!(scene.shown(), Some(new));
}

#[tokio::test]
async fn while_nobody_can_say_what_became_of_an_upload_nothing_is_removed() {
    let scene = Scene::new().await;
    scene.upload([200, 0, 0]).await.unwrap();
    let old = scene.named().await.unwrap();
    scene.way.falls.store(true, SeqCst);
    scene.lose(Method::Patch, "/profiles");

    assert_eq!(scene.upload([0, 200, 0]).await, Err(ErrorCode::Session(SessionErrorCode::Offline)));

    let new = scene.named().await.unwrap();
    let mut both = [old.clone(), new.clone()];
    both.sort();
    assert_eq!(scene.objects().await, both);

    // The next look at the row tells.
    scene.way.is_down.store(false, SeqCst);
    scene.account.load().await.unwrap();
    assert_eq!(scene.objects().await, std::slice::from_ref(&new));
    assert_eq!(scene.shown(), Some(new));
}

#[tokio::test]
async fn an_upload_that_the_row_never_heard_of_leaves_nothing_behind() {
    let scene = Scene::new().await;
    scene.upload([200, 0, 0]).await.unwrap();
    let old = scene.named().await.unwrap();
    scene.sql("drop policy \"Users can update own profile.\" on public.profiles").await;

    assert!(scene.upload([0, 200, 0]).await.is_err());

    assert_eq!(scene.named().await.as_ref(), Some(&old));
    assert_eq!(scene.objects().await, [old]);
}

#[tokio::test]
async fn a_server_that_goes_away_under_an_upload_keeps_the_old_picture_alone() {
    let scene = Scene::new().await;
    scene.upload([200, 0, 0]).await.unwrap();
    let old = scene.named().await.unwrap();
    scene.way.falls.store(true, SeqCst);
    scene.lose(Method::Post, "/object/avatars/");

    assert_eq!(scene.upload([0, 200, 0]).await, Err(ErrorCode::Session(SessionErrorCode::Offline)));

    assert_eq!(scene.named().await.as_ref(), Some(&old));
    assert_eq!(scene.objects().await.len(), 2, "the object had arrived");
    scene.way.is_down.store(false, SeqCst);
    scene.account.load().await.unwrap();
    assert_eq!(scene.objects().await, [old]);
}

#[tokio::test]
async fn a_removal_whose_answer_is_lost_has_happened() {
    let scene = Scene::new().await;
    scene.upload([200, 0, 0]).await.unwrap();
    scene.lose(Method::Patch, "/profiles");

    assert_eq!(scene.remove().await, Ok(()));

    assert_eq!((scene.named().await, scene.objects().await), (None, vec![]));
    assert_eq!(scene.shown(), None);
}

#[tokio::test]
async fn only_the_picture_that_was_looked_at_is_removed() {
    let scene = Scene::new().await;
    scene.upload([200, 0, 0]).await.unwrap();
    let seen = scene.account.view(None).unwrap().avatar_url;
    scene.upload([0, 200, 0]).await.unwrap();
    let newer = scene.named().await;

    // Another one was uploaded here meanwhile, and another one elsewhere.
    let outcome = scene.account.remove_avatar(seen.as_deref()).await;
    assert_eq!(outcome.unwrap_err().code(), ErrorCode::Conflict);
    assert_eq!(scene.named().await, newer);
    scene
        .sql("update public.profiles set avatar_url = 'elsewhere.png', updated_at = now() + interval '1 s'")
        .await;
    assert_eq!(scene.remove().await, Err(ErrorCode::Conflict));
    assert_eq!(scene.named().await.as_deref(), Some("elsewhere.png"));

    scene.remove().await.unwrap();
    assert_eq!(scene.named().await, None);
}

#[tokio::test]
async fn a_removal_that_nobody_can_tell_of_is_cleared_up_later() {
    let scene = Scene::new().await;
    scene.upload([200, 0, 0]).await.unwrap();
    scene.way.falls.store(true, SeqCst);
    scene.lose(Method::Patch, "/profiles");

    assert!(scene.remove().await.is_err());

    assert_eq!(scene.objects().await.len(), 1);
    scene.way.is_down.store(false, SeqCst);
    scene.account.load().await.unwrap();
    assert_eq!((scene.objects().await, scene.shown()), (vec![], None));
}

#[tokio::test]
async fn whatever_a_row_says_of_its_picture_the_account_loads_and_it_can_be_removed() {
    let scene = Scene::new().await;
    for odd in [
        "/a.png",
        "../x",
        "a/../../x",
        "",
        "a//b",
        "https://lh3.example.com/a/photo.jpg",
        "data:image/png;base64,AAAA",
        "object/sign/avatars/a.png?token=eyJhbGciOi",
        "nothing here.png",
        "a\nb",
        "ä/ö.png",
        &"x".repeat(5_000),
    ] {
        let set = format!("update public.profiles set avatar_url = {}", sql_text(odd));
        scene.sql(&set).await;
        lock(&scene.way.seen).clear();

        assert_eq!(scene.account.load().await, Ok(()), "{odd:?}");

        let view = scene.account.view(None).unwrap();
        assert!(view.has_picture && view.avatar_url.is_none(), "{odd:?}");
        assert!(
            !lock(&scene.way.seen).iter().any(|line| line.contains("token")),
            "a token was sent as a path"
        );
        scene.remove().await.unwrap();
        assert_eq!(scene.named().await, None, "{odd:?}");
        assert!(!scene.account.view(None).unwrap().has_picture);
    }
}

fn sql_text(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

#[tokio::test]
async fn the_buckets_own_rules_are_met_where_they_can_be_and_said_where_they_cannot() {
    let scene = Scene::new().await;
    let rule = async |limit: u64, types: &str| {
        let set = format!(
            "update storage.buckets set file_size_limit = {limit}, allowed_mime_types = {types} where id = 'avatars'"
        );
        scene.sql(&set).await;
    };

    rule(1 << 20, "array['image/png']").await;
    scene.upload([10, 20, 30]).await.unwrap();
    assert!(scene.named().await.unwrap().ends_with(".png"));

    rule(1 << 20, "array['image/webp']").await;
    scene.upload([10, 20, 40]).await.unwrap();
    assert!(scene.named().await.unwrap().ends_with(".webp"));

    let kept = scene.named().await;
    rule(1 << 20, "array['image/gif']").await;
    assert_eq!(scene.upload([10, 20, 50]).await, Err(ErrorCode::BucketFormats));
    rule(30, "null").await;
    assert_eq!(scene.upload([10, 20, 60]).await, Err(ErrorCode::BucketTooSmall));
    scene.sql("create policy \"Buckets are told.\" on storage.buckets for select using (true)").await;
    assert_eq!(scene.upload([10, 20, 70]).await, Err(ErrorCode::BucketLimit));

    assert_eq!(scene.named().await, kept);
    assert_eq!(scene.objects().await.len(), 1);
}

#[tokio::test]
async fn one_picture_at_a_time_and_the_choice_can_be_given_up() {
    let avatar = Arc::new(Avatar::default());
    let (open, is_open) = tokio::sync::oneshot::channel();
    let choosing = tokio::spawn({
        let avatar = Arc::clone(&avatar);
        async move {
            let dialog = async {
                open.send(()).unwrap();
                std::future::pending().await
            };
            avatar.choose("main", dialog).await
        }
    });
    is_open.await.unwrap();

    let second = avatar.choose("main", async { Ok(None) }).await;
    assert_eq!(second.err().map(|failure| failure.code()), Some(ErrorCode::PictureBusy));

    avatar.cancel("main");
    let given_up = tokio::time::timeout(Duration::from_secs(5), choosing).await.unwrap().unwrap();
    assert_eq!(
        given_up.err().map(|failure| failure.code()),
        Some(ErrorCode::Session(SessionErrorCode::Cancelled))
    );
    assert_eq!(avatar.choose("main", async { Ok(None) }).await, Ok(None));
}

#[path = "bucket_rules_tests.rs"]
mod bucket_rules;

#[path = "chosen_tests.rs"]
mod chosen;

#[path = "windows_tests.rs"]
mod windows;

#[path = "removal_tests.rs"]
mod removal;

#[path = "lacking_columns_tests.rs"]
mod lacking_columns;

#[path = "orphaned_objects_tests.rs"]
mod orphaned_objects;

#[cfg(unix)]
#[path = "hostile_files_tests.rs"]
mod hostile_files;
