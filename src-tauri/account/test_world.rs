//! A project of one's own in this process, on a socket, and the app's backend signed in to it.

use parking_lot::Mutex;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::{Arc, Weak};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{self, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use foyer_contract::ErrorCode;
use foyer_contract::account::{ProfileBase, ResolveEdit, SaveProfile, Version};
use foyer_contract::view::{AccountView, Freshness, NoticeCode, ProfileView};
use serde_json::{Value, json};
use supabase_local::{Config, Server};
use supabase_session::{Client, MemoryStore, Project, SignUp};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tower::ServiceExt;

use super::files::sealed_files;
use super::remote_picture::{FetchPicture, PublicPictures};
use super::sync::ConnectedAccount;
use super::{Account, OnChange};
use crate::desktop::folders::Folders;

pub(super) const EMAIL: &str = "ada@example.com";
pub(super) const PASSWORD: &str = "correct horse";

/// What the network does to requests.
#[derive(Debug, Clone, Default)]
pub(super) enum NetworkFault {
    #[default]
    None,
    /// Something before the server gives up.
    Cut,
    /// The same for writes alone.
    CutWrites,
    /// The project's REST is away, all else is there.
    NoRest(StatusCode),
    /// Writes reach the server, their answers reach nobody.
    LosesAnswers,
    /// Objects that are read are answered with this in their place.
    ReadsInstead(StatusCode, &'static str),
    /// Storage answers when it is told to.
    HoldsStorage(Arc<Notify>),
    /// Once before the next write somebody else does this.
    Before(String),
}

/// The way to the server, and what was written over it.
#[derive(Default)]
pub(super) struct Network {
    fault: Mutex<NetworkFault>,
    writes: AtomicU64,
    /// The paths that were asked for, the oldest first.
    paths: Mutex<Vec<String>>,
}

impl Network {
    pub(super) fn fail_with(&self, fault: NetworkFault) {
        *self.fault.lock() = fault;
    }

    pub(super) fn writes(&self) -> u64 {
        self.writes.load(SeqCst)
    }

    /// How many requests there were for a path that holds this.
    pub(super) fn requests(&self, part: &str) -> usize {
        self.paths.lock().iter().filter(|path| path.contains(part)).count()
    }

    async fn pass(&self, sql: &Sql, request: Request, next: Next) -> Response {
        let gone = || StatusCode::REQUEST_TIMEOUT.into_response();
        self.paths.lock().push(request.uri().path().to_owned());
        let is_rest = request.uri().path().starts_with("/rest/");
        let is_write = is_rest && request.method() != http::Method::GET;
        self.writes.fetch_add(u64::from(is_write), SeqCst);
        let fault = self.fault.lock().clone();
        match fault {
            NetworkFault::None => next.run(request).await,
            NetworkFault::Cut => gone(),
            NetworkFault::NoRest(status) if is_rest => (status, "<html>").into_response(),
            NetworkFault::NoRest(_) => next.run(request).await,
            NetworkFault::CutWrites if is_write => gone(),
            NetworkFault::CutWrites => next.run(request).await,
            NetworkFault::LosesAnswers => {
                let answer = next.run(request).await;
                if is_write { gone() } else { answer }
            }
            NetworkFault::ReadsInstead(status, text) => {
                let is_read = request.uri().path().starts_with("/storage/v1/object/authenticated/");
                if is_read { (status, text).into_response() } else { next.run(request).await }
            }
            NetworkFault::HoldsStorage(go_on) => {
                if request.uri().path().starts_with("/storage/") {
                    go_on.notified().await;
                }
                next.run(request).await
            }
            NetworkFault::Before(change) => {
                if is_write {
                    self.fail_with(NetworkFault::None);
                    sql.run(&change).await;
                }
                next.run(request).await
            }
        }
    }
}

/// The database's owner.
#[derive(Clone)]
pub(super) struct Sql {
    router: Router,
    key: String,
}

impl Sql {
    pub(super) async fn run(&self, query: &str) -> Vec<Value> {
        let request = http::Request::post("/pg/query")
            .header("host", "127.0.0.1")
            .header("authorization", format!("Bearer {}", self.key))
            .header("apikey", &self.key)
            .header("content-type", "application/json")
            .body(Body::from(json!({ "query": query }).to_string()))
            .unwrap();
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let status = answer.status();
        let body = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
        assert!(status.is_success(), "{query}: {}", String::from_utf8_lossy(&body));
        serde_json::from_slice(&body).unwrap()
    }
}

/// A project with one person in it, who is signed in.
pub(super) struct World {
    pub(super) network: Arc<Network>,
    pub(super) sql: Sql,
    pub(super) folder: TempDir,
    pub(super) connection: Arc<ConnectedAccount>,
    pub(super) notices: Arc<Mutex<Vec<NoticeCode>>>,
    changed: Arc<Notify>,
    _server: Server,
}

pub(super) async fn world() -> World {
    world_fetching(Arc::new(PublicPictures::default())).await
}

/// The same, with pictures that lie elsewhere fetched in this way.
pub(super) async fn world_fetching(pictures: Arc<dyn FetchPicture>) -> World {
    let config = Config { autoconfirm: true, ..Config::built_in().unwrap() };
    let server = Server::builder(config).start().await.unwrap();
    let network = Arc::new(Network::default());
    let sql = Sql { router: server.router(), key: server.keys().service_role.clone() };
    let (passed, owner) = (Arc::clone(&network), sql.clone());
    let router = server.router().layer(from_fn(move |request: Request, next: Next| {
        let (network, sql) = (Arc::clone(&passed), owner.clone());
        async move { network.pass(&sql, request, next).await }
    }));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let folder = tempfile::tempdir().unwrap();
    let (notices, changed): (Arc<Mutex<Vec<_>>>, Arc<Notify>) = Default::default();
    let on_change: OnChange = {
        let (notices, changed) = (Arc::clone(&notices), Arc::clone(&changed));
        Arc::new(move |notice| {
            notices.lock().extend(notice);
            changed.notify_one();
        })
    };
    let project = Project::new(&url, server.keys().publishable).unwrap();
    let client = Client::builder(project, Arc::new(MemoryStore::new())).build();
    client.restore().await;
    let folders = Folders::below(folder.path().to_owned());
    let connection = ConnectedAccount::fetching(
        client.clone(),
        &folders,
        Some(sealed_files(folder.path())),
        Arc::clone(&on_change),
        pictures,
    );
    tokio::spawn({
        let client = client.clone();
        async move { client.keep_fresh().await }
    });
    tokio::spawn(follow(client, Arc::downgrade(&connection), on_change));
    let world = World { network, sql, folder, connection, notices, changed, _server: server };
    let person = SignUp {
        email: EMAIL.into(),
        password: PASSWORD.to_owned().into(),
        data: super::profile::metadata("Ada").unwrap(),
    };
    world.connection.client().sign_up(person).await.unwrap();
    world.until_fresh().await;
    world
}

/// Shows the account of whoever is signed in, as the app does with every change of the session.
async fn follow(client: Client, connected: Weak<ConnectedAccount>, on_change: OnChange) {
    let mut states = client.watch();
    while states.changed().await.is_ok() {
        let Some(connected) = connected.upgrade() else { return };
        connected.follow();
        on_change(None);
    }
}

impl World {
    pub(super) fn account(&self) -> &Account {
        self.connection.account()
    }

    pub(super) fn view(&self) -> Option<AccountView> {
        self.account().view(None)
    }

    pub(super) fn shown(&self) -> AccountView {
        self.view().expect("an account is shown")
    }

    /// Waits for something that the window would hear of.
    pub(super) async fn until(&self, what: &str, mut is_so: impl FnMut() -> bool) {
        let waiting = async {
            while !is_so() {
                self.changed.notified().await;
            }
        };
        let outcome = tokio::time::timeout(Duration::from_secs(60), waiting).await;
        assert!(outcome.is_ok(), "{what} did not happen; shown is {:?}", self.view());
    }

    pub(super) async fn until_fresh(&self) {
        let is_fresh = || self.view().is_some_and(|view| view.freshness == Freshness::Fresh);
        self.until("a fresh account", is_fresh).await;
    }

    pub(super) async fn sign_in(&self) {
        self.connection.client().sign_in_with_password(EMAIL, PASSWORD.to_owned().into()).await.unwrap();
        self.until("an account", || self.view().is_some()).await;
    }

    /// The form as it is filled now, with something typed into it.
    pub(super) fn typed(&self, type_into: impl FnOnce(&mut ProfileView)) -> SaveProfile {
        let shown = self.shown();
        let base = ProfileBase { profile: shown.queued.unwrap_or(shown.profile), version: shown.version };
        let mut profile = base.profile.clone();
        type_into(&mut profile);
        SaveProfile { profile, base: Some(base) }
    }

    pub(super) fn named(&self, full_name: &str) -> SaveProfile {
        self.typed(|profile| profile.full_name = full_name.into())
    }

    pub(super) async fn save(&self, wish: &SaveProfile) -> Result<(), ErrorCode> {
        self.account().save(wish).await.map_err(|failure| failure.code())
    }

    /// Puts an object below the user's folder, and names it in their row as another app would.
    pub(super) async fn put_picture(&self, bytes: Vec<u8>) {
        let user = self.connection.client().state().signed_in().unwrap().user.id;
        let path = format!("{user}/one.png");
        let bucket = self.connection.client().storage("avatars");
        bucket.upload(&path, "image/png", bytes.into(), |_, _| {}).await.unwrap();
        self.sql.run(&format!("update public.profiles set avatar_url = '{path}'")).await;
    }

    pub(super) async fn load(&self) {
        self.account().load().await.unwrap();
    }

    pub(super) async fn resolve(&self, keep: Version) -> Result<(), ErrorCode> {
        let seen = Some(self.shown().version);
        self.account().resolve_edit(&ResolveEdit { keep, seen }).await.map_err(|failure| failure.code())
    }

    pub(super) async fn column(&self, name: &str) -> Option<String> {
        let rows = self.sql.run(&format!("select {name} from public.profiles")).await;
        rows.first()?[name].as_str().map(str::to_owned)
    }

    /// So many edits lie on disk.
    pub(super) fn on_disk(&self) -> usize {
        std::fs::read_dir(self.folder.path().join("edits")).unwrap().count()
    }

    pub(super) async fn save_offline(&self, full_name: &str) {
        self.network.fail_with(NetworkFault::Cut);
        self.save(&self.named(full_name)).await.unwrap();
        assert_eq!(self.shown().queued.unwrap().full_name, full_name);
    }
}
