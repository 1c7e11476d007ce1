//! One project with everything that the checks ask it by: as somebody without an account, and as whoever is signed in.

use std::sync::Arc;

use foyer_contract::program;
use serde_json::Value;
use supabase_session::{
    Client, Clock, FetchRequest, HttpTransport, MemoryStore, Method, Project, Request, State, Transport, User,
};
use uuid::Uuid;

use super::Answer;
use super::observed::Observed;

/// How the doctor names itself to the server.
const CLIENT_INFO: &str = concat!(program!(), "-doctor/", env!("CARGO_PKG_VERSION"));

/// A project that is asked.
pub(crate) struct ProjectQuestions {
    pub(crate) project: Project,
    /// Somebody without an account.
    pub(crate) anon: Client,
    /// Whoever is signed in, with their session.
    signed_in: Option<Client>,
    transport: Arc<Observed>,
}

impl ProjectQuestions {
    /// Questions to this project. A client of another project asks nothing.
    pub(crate) fn new(project: Project, clock: Arc<dyn Clock>, signed_in: Option<Client>) -> Self {
        let transport = Arc::new(Observed::new(Arc::new(HttpTransport::new(&project)), Arc::clone(&clock)));
        let anon = Client::builder(project.clone(), Arc::new(MemoryStore::new()))
            .client_info(CLIENT_INFO.to_owned())
            .transport(Arc::clone(&transport) as Arc<dyn Transport>)
            .clock(clock)
            .build();
        let signed_in = signed_in.filter(|client| *client.project() == project);
        Self { project, anon, signed_in, transport }
    }

    /// Whoever is signed in.
    pub(crate) fn user(&self) -> Option<User> {
        match self.signed_in.as_ref()?.state() {
            State::SignedIn(signed_in) => Some(signed_in.user),
            State::SignedOut(_) | State::Restoring => None,
        }
    }

    /// By how many seconds this machine's clock is ahead of the server's.
    pub(crate) fn clock_offset(&self) -> Option<i64> {
        self.transport.clock_offset()
    }

    /// Asks the tables or Storage (`rest/v1/..`, `storage/v1/..`) as somebody without an account. `None` without a usable
    /// answer.
    pub(crate) async fn ask(&self, method: &str, path: &str) -> Option<Answer> {
        self.fetch(&self.anon, method, path).await
    }

    /// The same as whoever is signed in, else as somebody without an account.
    pub(crate) async fn ask_signed_in(&self, method: &str, path: &str) -> Option<Answer> {
        let signed_in = self.signed_in.as_ref().filter(|_| self.user().is_some());
        self.fetch(signed_in.unwrap_or(&self.anon), method, path).await
    }

    /// Asks the Auth server without an account (`auth/v1/<endpoint>`).
    pub(crate) async fn ask_auth(
        &self,
        method: Method,
        endpoint: &str,
        body: Option<&Value>,
    ) -> Option<Answer> {
        let url = self.address(&format!("auth/v1/{endpoint}")).parse().ok()?;
        let request = Request::new(method, url)
            .header("apikey", self.project.key())
            .header("authorization", format!("Bearer {}", self.project.key()))
            .header("x-client-info", CLIENT_INFO);
        let request = match body {
            Some(body) => request.json(body),
            None => request,
        };
        Answer::try_from(self.transport.send(request).await).ok()
    }

    /// The whole address of a path below the project's.
    pub(crate) fn address(&self, path: &str) -> String {
        format!("{}/{path}", self.project.address())
    }

    async fn fetch(&self, client: &Client, method: &str, path: &str) -> Option<Answer> {
        let has_body = method == "POST";
        let request = FetchRequest {
            method: method.to_owned(),
            url: self.address(path),
            headers: if has_body {
                vec![("content-type".to_owned(), "application/json".to_owned())]
            } else {
                vec![]
            },
            body: has_body.then(|| "{}".into()),
        };
        Answer::try_from(client.fetch(request).await).ok()
    }
}

/// The name of an object that is nobody's.
pub(crate) fn unused_name() -> String {
    format!("{}.webp", Uuid::new_v4())
}
