//! The person's real registry, under a scheme that only this test uses. Not run by itself: nothing of a person's is
//! touched unless they ask for it (`--include-ignored`).

use std::process::Command;

use tauri::test::{MockRuntime, mock_builder, mock_context, noop_assets};
use tauri_plugin_deep_link::DeepLinkExt;

use super::deep_link;
use super::handler::Handler;

const SCHEME: &str = "com.acme.registry-test";
const COMMAND: &str = r"HKCU\Software\Classes\com.acme.registry-test\shell\open\command";

fn app() -> tauri::App<MockRuntime> {
    let mut context = mock_context(noop_assets());
    context.config_mut().identifier = SCHEME.into();
    let config = serde_json::json!({ "desktop": { "schemes": [SCHEME] } });
    context.config_mut().plugins.0.insert("deep-link".into(), config);
    mock_builder().plugin(tauri_plugin_deep_link::init()).build(context).unwrap()
}

/// Asks Windows' own tool; `None` where there is no such key.
fn registry(arguments: &[&str]) -> Option<String> {
    let output = Command::new("reg").args(arguments).output().unwrap();
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Takes the scheme out of the registry again.
struct Entered(tauri::App<MockRuntime>);

impl Entered {
    fn handler(&self) -> Handler {
        let folder = std::env::temp_dir();
        deep_link::handler(self.0.handle(), "Acme", SCHEME, &folder).unwrap()
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        self.0.deep_link().unregister(SCHEME).unwrap();
    }
}

#[tokio::test]
#[ignore = "writes into this person's registry"]
async fn links_are_entered_with_this_program_and_the_link_in_quotes() {
    let app = Entered(app());

    app.handler().is_ours().await;

    let entered = registry(&["query", COMMAND, "/ve"]).unwrap();
    let program = std::env::current_exe().unwrap();
    let expected = format!("\"{}\" \"%1\"", program.display());
    assert!(entered.contains(&expected), "{entered}\ninstead of {expected}");
    drop(app);
    assert_eq!(registry(&["query", COMMAND, "/ve"]), None);
}

#[tokio::test]
#[ignore = "writes into this person's registry"]
async fn links_are_this_programs_until_another_one_takes_them() {
    let app = Entered(app());
    let handler = app.handler();
    assert!(handler.is_ours().await);

    registry(&["add", COMMAND, "/ve", "/d", r#""C:\Other\other.exe" "%1""#, "/f"]).unwrap();

    assert!(!handler.is_ours().await);
}
