//! Row 14: the local server beside the one from npm, with few people and with many.

use std::future::Future;
use std::sync::Arc;
use std::time::Instant;

use harness::server::accepted;
use harness::steps::PASSWORD;
use harness::{Fault, Outcome};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::sync::Mutex;
use tokio::task::JoinSet;

use super::{Bench, mebibytes, milliseconds};
use crate::programs::Program;
use crate::results::{Figure, Unit};
use crate::servers::{Project, Serving};

const ROW: &str = "14";

/// People who ask at the same time.
const CLIENTS: usize = 4;

/// Those who sign up themselves.
const FEW: usize = 10;

/// With those who are added.
const MANY: usize = 10_000;

/// As large as a picture that Foyer uploads.
const PICTURE: usize = 50_000;

/// How often each of the clients asks.
struct Counts {
    sign_ins: usize,
    refreshes: usize,
    reads: usize,
    uploads: usize,
}

const COUNTS: Counts = Counts { sign_ins: 8, refreshes: 50, reads: 100, uploads: 25 };
const QUICK: Counts = Counts { sign_ins: 1, refreshes: 2, reads: 2, uploads: 2 };

pub(super) async fn measure(bench: &Bench) -> Outcome<Vec<Figure>> {
    let mut projects = Vec::new();
    for program in Program::SERVERS {
        let project = Project::new(&bench.programs, &bench.root, program).await?;
        sign_up(&project).await?;
        projects.push(project);
    }
    let mut figures = with(bench, &projects, FEW).await?;
    for project in &projects {
        project.add_people(MANY - FEW).await?;
    }
    figures.extend(with(bench, &projects, MANY).await?);
    Ok(figures)
}

/// Measures the servers in turn.
async fn with(bench: &Bench, projects: &[Project], people: usize) -> Outcome<Vec<Figure>> {
    let mut figures: Vec<_> = projects.iter().map(|project| figures(project.program, people)).collect();
    for run in 0..=bench.runs {
        for (project, figures) in projects.iter().zip(&mut figures) {
            let values = once(bench, project, &format!("{people}-{run}")).await?;
            if run > 0 {
                figures.iter_mut().zip(values).for_each(|(figure, value)| figure.push(value));
            }
        }
    }
    Ok(figures.into_iter().flatten().collect())
}

/// What is measured of a server, in the order of [`once`].
fn figures(program: Program, people: usize) -> [Figure; 6] {
    let figure = |what: &str, unit| Figure::new(ROW, &format!("{what}, {people} people"), unit, program);
    [
        figure("start to the first answer", Unit::Milliseconds),
        figure("memory then", Unit::Mebibytes),
        figure("sign-ins", Unit::PerSecond),
        figure("refreshes", Unit::PerSecond),
        figure("profiles read", Unit::PerSecond),
        figure("pictures uploaded", Unit::PerSecond),
    ]
}

/// Starts a server, asks it, and ends it; the pictures go into a folder of this name.
async fn once(bench: &Bench, project: &Project, name: &str) -> Outcome<[f64; 6]> {
    let counts = if bench.is_quick { QUICK } else { COUNTS };
    let serving = Arc::new(project.start().await?);
    let memory = mebibytes(serving.memory());
    let sign_ins = a_second(counts.sign_ins, &serving, |serving, client, _| async move {
        sign_in(&serving, client).await.map(drop)
    })
    .await?;
    let mut sessions = Vec::new();
    for client in 0..CLIENTS {
        sessions.push(Mutex::new(sign_in(&serving, client).await?));
    }
    let sessions = Arc::new(sessions);
    let of_clients = Arc::clone(&sessions);
    let refreshes = a_second(counts.refreshes, &serving, move |serving, client, _| {
        let sessions = Arc::clone(&of_clients);
        async move {
            let mut session = sessions[client].lock().await;
            *session = refreshed(&serving, &session).await?;
            Ok(())
        }
    })
    .await?;
    let reads = a_second(counts.reads, &serving, move |serving, client, _| {
        let sessions = Arc::clone(&sessions);
        async move { read_profile(&serving, &*sessions[client].lock().await).await }
    })
    .await?;
    let folder: Arc<str> = name.into();
    let uploads = a_second(counts.uploads, &serving, move |serving, client, at| {
        let path = format!("{folder}/{client}-{at}.webp");
        async move { upload(&serving, &path).await }
    })
    .await?;
    let ready = milliseconds(serving.ready);
    let serving = Arc::into_inner(serving).ok_or_else(|| Fault::new("somebody still asks the server"))?;
    serving.end().await?;
    Ok([ready, memory, sign_ins, refreshes, reads, uploads])
}

/// Lets all clients ask so many times each, one after another; how many answers came a second.
async fn a_second<F>(
    times: usize,
    serving: &Arc<Serving>,
    ask: impl Fn(Arc<Serving>, usize, usize) -> F + Clone + Send + 'static,
) -> Outcome<f64>
where
    F: Future<Output = Outcome> + Send,
{
    let begun = Instant::now();
    let mut clients = JoinSet::new();
    for client in 0..CLIENTS {
        let (serving, ask) = (Arc::clone(serving), ask.clone());
        clients.spawn(async move {
            for at in 0..times {
                ask(Arc::clone(&serving), client, at).await?;
            }
            Outcome::Ok(())
        });
    }
    while let Some(ended) = clients.join_next().await {
        ended.map_err(|error| Fault::new(error.to_string()))??;
    }
    Ok(count(CLIENTS * times) / begun.elapsed().as_secs_f64())
}

/// Makes the first people's accounts, their profiles, and the bucket.
async fn sign_up(project: &Project) -> Outcome {
    let serving = project.start().await?;
    for person in 0..FEW {
        accepted(serving.anonymous(Method::POST, "/auth/v1/signup").json(&credentials(person)).send().await?)
            .await?;
        let session = sign_in(&serving, person).await?;
        let row = json!({ "id": session.user, "username": format!("person-{person}") });
        let asked = serving.anonymous(Method::POST, "/rest/v1/profiles").bearer_auth(&session.access_token);
        let asked = asked.header("prefer", "resolution=merge-duplicates").json(&row);
        accepted(asked.send().await?).await?;
    }
    if project.program == Program::Lite {
        let bucket = json!({ "id": "avatars", "name": "avatars", "public": false });
        accepted(serving.owner(Method::POST, "/storage/v1/bucket").json(&bucket).send().await?).await?;
    }
    serving.end().await
}

/// What a client has of a session.
struct Session {
    user: String,
    access_token: String,
    refresh_token: String,
}

fn credentials(person: usize) -> Value {
    json!({ "email": format!("person-{person}@example.com"), "password": PASSWORD })
}

async fn sign_in(serving: &Serving, person: usize) -> Outcome<Session> {
    let asked =
        serving.anonymous(Method::POST, "/auth/v1/token?grant_type=password").json(&credentials(person));
    session(asked).await
}

async fn refreshed(serving: &Serving, old: &Session) -> Outcome<Session> {
    let asked = serving.anonymous(Method::POST, "/auth/v1/token?grant_type=refresh_token");
    session(asked.json(&json!({ "refresh_token": old.refresh_token }))).await
}

async fn session(asked: reqwest::RequestBuilder) -> Outcome<Session> {
    let answer: Value = accepted(asked.send().await?).await?.json().await?;
    let text = |value: &Value| value.as_str().map(str::to_owned).ok_or_else(|| Fault::new("no session"));
    Ok(Session {
        user: text(&answer["user"]["id"])?,
        access_token: text(&answer["access_token"])?,
        refresh_token: text(&answer["refresh_token"])?,
    })
}

async fn read_profile(serving: &Serving, session: &Session) -> Outcome {
    let path = format!("/rest/v1/profiles?select=*&id=eq.{}", session.user);
    let asked = serving.anonymous(Method::GET, &path).bearer_auth(&session.access_token);
    let rows: Vec<Value> = accepted(asked.send().await?).await?.json().await?;
    if rows.len() == 1 { Ok(()) } else { Err(Fault::new(format!("{} profiles", rows.len()))) }
}

/// Uploads past all policies, as the server from npm has none for objects yet.
async fn upload(serving: &Serving, path: &str) -> Outcome {
    let asked = serving.owner(Method::POST, &format!("/storage/v1/object/avatars/{path}"));
    let asked = asked.header("content-type", "image/webp").body(vec![7; PICTURE]);
    accepted(asked.send().await?).await.map(drop)
}

#[allow(clippy::cast_precision_loss)]
fn count(count: usize) -> f64 {
    count as f64
}
