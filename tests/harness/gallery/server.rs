//! A server for the built page, with the stand-in for its backend in front of the program.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path as UrlPath, State as Shared};
use axum::http::{Response, StatusCode, header};
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use foyer_contract::preferences::{Language, Spoken};
use foyer_contract::session_contract::names::Named;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::states::State;
use crate::fault::{Fault, Outcome};

const BACKEND: &str = include_str!("backend.js");
const STAGE: &str = include_str!("stage.js");

/// Nothing moves in a picture, and nothing fades, as a scrollbar does that lies over what it scrolls.
const STILL: &str = "*, *::before, *::after { animation: none !important; transition: none !important; \
                     caret-color: transparent !important; scrollbar-width: none !important; }";

/// The server. It ends when this is dropped.
#[derive(Debug)]
pub(super) struct Server {
    /// Where it answers, without a slash at the end.
    pub(super) url: String,
    task: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

#[derive(Debug)]
struct Site {
    dist: PathBuf,
    index: String,
    stage: String,
    states: BTreeMap<&'static str, State>,
    axe: Option<PathBuf>,
}

impl Server {
    /// Serves these states, in frames of these widths.
    ///
    /// # Errors
    /// When the page is not built, or no port can be had.
    pub(super) async fn start(states: Vec<State>, widths: &[u32]) -> Outcome<Self> {
        let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src-ui/dist");
        let index = fs::read_to_string(dist.join("index.html"))
            .map_err(|_| Fault::new("the page is not built: trunk build --release in src-ui"))?;
        let states = states.into_iter().map(|state| (state.name, state)).collect();
        let site = Arc::new(Site { dist, index, stage: stage(widths), states, axe: axe() });
        let router = Router::new()
            .route("/", get(async |Shared(site): Shared<Arc<Site>>| Html(site.stage.clone())))
            .route("/state/{language}/{name}", get(state))
            .route("/axe.js", get(async |Shared(site): Shared<Arc<Site>>| file(site.axe.as_deref())))
            .route("/{name}", get(built))
            .with_state(site);
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let task = tokio::spawn(async move {
            // It ends with the task.
            let _ended = axum::serve(listener, router).await;
        });
        Ok(Self { url, task })
    }
}

/// The page with a frame of each width.
fn stage(widths: &[u32]) -> String {
    let frames: String = widths
        .iter()
        .map(|width| format!("<iframe id=\"w{width}\" style=\"width:{width}px;height:760px\"></iframe>"))
        .collect();
    format!(
        "<!doctype html><style>body{{margin:0;display:flex;align-items:flex-start;gap:8px}}\
         iframe{{border:0;flex:none}}</style>{frames}<script>{STAGE}</script>"
    )
}

/// The built page, with the backend of this state laid down before its program.
async fn state(
    Shared(site): Shared<Arc<Site>>,
    UrlPath((language, name)): UrlPath<(String, String)>,
) -> Result<Html<String>, StatusCode> {
    let state = site.states.get(name.as_str()).ok_or(StatusCode::NOT_FOUND)?;
    let language = Language::from_name(&language).ok_or(StatusCode::NOT_FOUND)?;
    let spoken = Spoken { language, sentences: foyer_text::source(language).to_owned() };
    let mut view = state.view.clone();
    if let Some(view) = &mut view {
        view.preferences.spoken = language;
    }
    let data =
        json!({ "view": view, "answers": state.answers(), "messages": state.messages(), "spoken": spoken });
    // Within a script no text may end the script.
    let data = data.to_string().replace('<', "\\u003c");
    let first = format!("<style>{STILL}</style><script>const STATE = {data};\n{BACKEND}</script>");
    // The page is as small as HTML may be: its head begins with its first element, without a tag of its own.
    let (before, head) = site.index.split_once("<meta").ok_or(StatusCode::INTERNAL_SERVER_ERROR)?;
    Ok(Html(format!("{before}{first}<meta{head}")))
}

async fn built(Shared(site): Shared<Arc<Site>>, UrlPath(name): UrlPath<String>) -> Response<Body> {
    if name == "portrait.svg" {
        return ([(header::CONTENT_TYPE, "image/svg+xml")], include_str!("portrait.svg")).into_response();
    }
    file(Some(&site.dist.join(name)))
}

fn file(path: Option<&Path>) -> Response<Body> {
    let Some((path, bytes)) = path.and_then(|path| Some((path, fs::read(path).ok()?))) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kind = match path.extension().and_then(|ending| ending.to_str()) {
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    };
    ([(header::CONTENT_TYPE, kind)], bytes).into_response()
}

/// axe-core, where npm installed it among the tools whose programs are on `PATH`.
fn axe() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .filter_map(|folder| Some(folder.parent()?.join("axe-core").join("axe.min.js")))
        .find(|file| file.is_file())
}
