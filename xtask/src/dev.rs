//! `dev`: from a fresh machine to a window that one can work in.

use std::env;
use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};

use foyer_contract::variable;
use serde_json::Value;

use crate::children::{Children, News};
use crate::fault::Fault;
use crate::layout::Layout;
use crate::setup::{self, Purpose};
use crate::shell::{Steps, cargo, must};

/// The variables that name the project; the app reads the same ones.
const PROJECT: [&str; 2] = [variable!("SUPABASE_URL"), variable!("SUPABASE_KEY")];

/// Sets up, then runs the app until it is closed or Ctrl-C.
///
/// # Errors
/// When the set-up, a build or a start fails.
pub(crate) fn dev(layout: &Layout) -> Result<bool, Fault> {
    // Without a display too: whoever gets one later finds `cargo tauri dev` there.
    setup::ensure(layout, Purpose::Develop)?;
    if !has_display() {
        println!("No display here (neither DISPLAY nor WAYLAND_DISPLAY is set): taking the tour instead.");
        return crate::tasks::tour(layout);
    }
    let own_project = PROJECT.iter().all(|name| env::var_os(name).is_some());
    if own_project {
        let mut steps = Steps::new(1);
        let mut children = Children::new()?;
        return app(layout, &mut steps, &mut children, None);
    }
    let mut steps = Steps::new(3);
    steps.begin("building the local Supabase", "4 min the first time, then seconds");
    must(cargo(layout).args(["build", "--package", "supabase-local"]))?;
    let mut children = Children::new()?;
    steps.begin("starting the local Supabase", "seconds");
    let local = local(layout, &mut children)?;
    println!("      API   {}\n      mails {}", local.url, local.inbox);
    app(layout, &mut steps, &mut children, Some(&local))
}

/// What a local server says of itself.
#[derive(Debug, PartialEq, Eq)]
struct Local {
    url: String,
    key: String,
    inbox: String,
}

/// Starts the local server and waits until it says that it is ready.
fn local(layout: &Layout, children: &mut Children) -> Result<Local, Fault> {
    let mut server = Command::new(layout.built("supabase-local"));
    server.arg("--json").current_dir(&layout.root).stdout(Stdio::piped());
    let stdout = children.start("supabase-local", &mut server)?;
    let unready = || Fault::new("the local Supabase ended before it was ready; it said why above");
    let mut stdout = BufReader::new(stdout.ok_or_else(unready)?);
    let mut line = String::new();
    stdout.read_line(&mut line).map_err(|error| Fault::new(format!("the local Supabase: {error}")))?;
    let local = read_local(&line).ok_or_else(unready)?;
    // It must not block on a full pipe.
    std::thread::spawn(move || std::io::copy(&mut stdout as &mut dyn Read, &mut std::io::sink()));
    Ok(local)
}

/// Runs the app in Tauri's development mode.
fn app(
    layout: &Layout,
    steps: &mut Steps,
    children: &mut Children,
    local: Option<&Local>,
) -> Result<bool, Fault> {
    steps.begin("the app", "8 min the first time, then seconds; Ctrl-C ends everything");
    let mut tauri = setup::tauri(layout)?;
    tauri.arg("dev");
    if let Some(local) = local {
        tauri.envs([(PROJECT[0], &local.url), (PROJECT[1], &local.key)]);
    }
    children.start("the app", &mut tauri)?;
    let fine = match children.next() {
        News::Interrupted => true,
        News::Ended("the app", status) => status.success(),
        News::Ended(name, status) => {
            eprintln!("xtask dev: {name} has ended ({status}); ending the rest");
            false
        }
    };
    children.end();
    Ok(fine)
}

fn has_display() -> bool {
    !cfg!(target_os = "linux")
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| env::var_os(name).is_some_and(|display| !display.is_empty()))
}

/// Reads the line that `supabase-local --json` prints when it is ready.
fn read_local(line: &str) -> Option<Local> {
    let said: Value = serde_json::from_str(line).ok()?;
    let field = |name| said.get(name)?.as_str().map(str::to_owned);
    Some(Local { url: field("url")?, key: field("anon_key")?, inbox: field("inbox")? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_servers_line_is_read() {
        let line = r#"{"url":"http://127.0.0.1:54321","anon_key":"ey.a.b", "service_role_key":"ey.c.d","inbox": "http://127.0.0.1:54321/inbox"}"#;

        let local = read_local(line).expect("a complete line");

        assert_eq!(local.url, "http://127.0.0.1:54321");
        assert_eq!(local.key, "ey.a.b");
        assert_eq!(local.inbox, "http://127.0.0.1:54321/inbox");
    }

    #[test]
    fn a_line_that_lacks_something_is_no_answer() {
        assert_eq!(read_local(""), None);
        assert_eq!(read_local(r#"{"url":"http://127.0.0.1:54321"}"#), None);
    }
}
