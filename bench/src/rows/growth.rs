//! Row 13: what a start reads and a refresh saves, with few and with many accounts and unfinished flows in the store. The
//! store runs in this program, which is built for tests: what one number is of another says something, the number itself
//! does not.

use std::path::Path;
use std::time::Instant;

use foyer_bench::store::{self, SESSION, app, project, refused, session};
use harness::{Fault, Outcome};
use supabase_session::{FlowId, Secret, SessionStore, StoreKey};
use tauri::App;
use tauri::test::MockRuntime;
use url::Url;

use super::{Bench, milliseconds};
use crate::programs::Program;
use crate::results::{Figure, Unit};

const ROW: &str = "13";

/// Projects with somebody signed in, in one store.
const ACCOUNTS: [usize; 3] = [1, 10, 100];

/// Unfinished flows of the project; the client keeps no more than the last number.
const FLOWS: [usize; 2] = [1, 8];

/// As long as a flow is, in bytes.
const FLOW: usize = 400;

pub(super) async fn measure(bench: &Bench) -> Outcome<Vec<Figure>> {
    let app = app()?;
    let mut folders = Vec::new();
    for accounts in ACCOUNTS {
        folders.push((counted(accounts, "account"), filled(&app, accounts, 0).await?));
    }
    for flows in FLOWS {
        folders.push((counted(flows, "flow"), filled(&app, 1, flows).await?));
    }
    let figure =
        |what: &str, of: &str| Figure::new(ROW, &format!("{what}, {of}"), Unit::Milliseconds, Program::Foyer);
    let mut figures: Vec<_> =
        folders.iter().map(|(of, _)| [figure("session read", of), figure("session saved", of)]).collect();
    for run in 0..=bench.runs {
        for ((_, folder), [read, saved]) in folders.iter().zip(&mut figures) {
            let times = once(&app, folder.path(), run).await?;
            if run > 0 {
                read.push(times[0]);
                saved.push(times[1]);
            }
        }
    }
    Ok(figures.into_iter().flatten().collect())
}

/// Opens the store as a start does and reads the first project's session; then saves it as a refresh does.
async fn once(app: &App<MockRuntime>, folder: &Path, run: usize) -> Outcome<[f64; 2]> {
    let key = StoreKey::session(&project(0)?);
    let begun = Instant::now();
    let store = store::open(app, folder);
    let found = store.get(&key).await.map_err(refused)?;
    let read = begun.elapsed();
    if found.is_none_or(|session| session.expose().len() != SESSION) {
        return Err(Fault::new("the store does not hold the session"));
    }
    let begun = Instant::now();
    store.set(&key, &session(run)).await.map_err(refused)?;
    Ok([milliseconds(read), milliseconds(begun.elapsed())])
}

/// A folder with a store in which somebody is signed in at each of so many projects, and with the first one's flows.
async fn filled(app: &App<MockRuntime>, accounts: usize, flows: usize) -> Outcome<tempfile::TempDir> {
    let folder = tempfile::Builder::new().prefix("foyer-bench-").tempdir()?;
    let store = store::open(app, folder.path());
    for account in 0..accounts {
        let key = StoreKey::session(&project(account)?);
        store.set(&key, &session(account)).await.map_err(refused)?;
    }
    let first = project(0)?;
    for flow in 0..flows {
        let link = Url::parse(&format!("app.bench://auth/callback?flow={flow:032}"))?;
        let id = FlowId::in_link(&link).ok_or_else(|| Fault::new("the link has no flow"))?;
        let (key, flow) = (StoreKey::flow(&first, &id), Secret::from("f".repeat(FLOW)));
        store.set(&key, &flow).await.map_err(refused)?;
    }
    Ok(folder)
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
