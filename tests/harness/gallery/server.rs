//! A server for the built page, with the stand-in for its backend in front of the program.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path as UrlPath, RawQuery, State as Shared};
use axum::http::{Response, StatusCode, header};
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use foyer_contract::preferences::{Language, Spoken};
use foyer_contract::session_contract::names::Named;
use foyer_contract::view::Start;
use foyer_ui::first_frame;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::states::State;
use crate::fault::{Fault, Outcome};

const BACKEND: &str = include_str!("backend.js");
/// What the shell lays down with the page's start, and what compares its first frame with the program's.
const FIRST_SCRIPT: &str = include_str!("../../../src-tauri/desktop/first_script.js");
const FRAME: &str = include_str!("frame.js");
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
    has_program: watch::Sender<bool>,
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
    /// The program is there for the page.
    has_program: watch::Receiver<bool>,
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
        let (sender, has_program) = watch::channel(true);
        let site = Arc::new(Site { dist, index, stage: stage(widths), states, axe: axe(), has_program });
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
        Ok(Self { url, task, has_program: sender })
    }

    /// From now on the page gets its program, or waits for it.
    pub(super) fn give_program(&self, gives: bool) {
        self.has_program.send_replace(gives);
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

/// The built page, with the backend of this state laid down before its program and, as the app has it, the shell's first
/// frame in it. What is asked for with `?compare` compares that with the program's.
async fn state(
    Shared(site): Shared<Arc<Site>>,
    UrlPath((language, name)): UrlPath<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Html<String>, StatusCode> {
    let state = site.states.get(name.as_str()).ok_or(StatusCode::NOT_FOUND)?;
    let language = Language::from_name(&language).ok_or(StatusCode::NOT_FOUND)?;
    let spoken = Spoken { language, sentences: foyer_text::source(language).to_owned() };
    let mut view = state.view.clone();
    if let Some(view) = &mut view {
        view.preferences.spoken = language;
    }
    let frame = view.clone().and_then(|view| first_frame::render(Start { view, spoken: spoken.clone() }));
    let query = query.unwrap_or_default();
    let document = match frame.filter(|_| query != "plain") {
        Some(frame) => frame.put_into(&site.index).ok_or(StatusCode::INTERNAL_SERVER_ERROR)?,
        None => site.index.clone(),
    };
    let compares = if query == "compare" { format!("<script>{FRAME}</script>") } else { String::new() };
    let data =
        json!({ "view": view, "answers": state.answers(), "messages": state.messages(), "spoken": spoken });
    // Within a script no text may end the script.
    let data = data.to_string().replace('<', "\\u003c");
    // The script reads the view's colours, which a page without a view does not have.
    let laid_down = if state.view.is_some() { FIRST_SCRIPT } else { "window.__FOYER__ = start;" };
    let script = format!("{{const STATE = {data};\n{BACKEND}\n{laid_down}}}");
    let first = format!("<style>{STILL}</style><script>{script}</script>");
    // The page is as small as HTML may be: its head begins with its first element, without a tag of its own.
    let (before, head) = document.split_once("<meta").ok_or(StatusCode::INTERNAL_SERVER_ERROR)?;
    Ok(Html(format!("{before}{first}<meta{head}{compares}")))
}

async fn built(Shared(site): Shared<Arc<Site>>, UrlPath(name): UrlPath<String>) -> Response<Body> {
    if name == "portrait.svg" {
        return ([(header::CONTENT_TYPE, "image/svg+xml")], include_str!("portrait.svg")).into_response();
    }
    if name.ends_with(".wasm") {
        let mut has_program = site.has_program.clone();
        // Without a server there is nobody to wait for.
        drop(has_program.wait_for(|has| *has).await);
    }
    file(Some(&site.dist.join(name)))
}

fn file(path: Option<&Path>) -> Response<Body> {
    let Some((path, bytes)) = path.and_then(|path| Some((path, fs::read(path).ok()?))) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kind = match path.extension().and_then(|ending| ending.to_str()) {
        Some("js") => "text/javascript",
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
