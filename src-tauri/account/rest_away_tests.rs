//! What a signed-in person still has while the project's REST is away.

use std::path::PathBuf;
use std::sync::Arc;

use axum::http::StatusCode;
use foyer_contract::brand::SCHEME;
use foyer_contract::preferences::PreferencesView;
use foyer_contract::view::SessionView;
use supabase_session::{MemoryStore, PasswordChange, Project};
use tauri::test::{mock_builder, mock_context, noop_assets};
use tauri_plugin_supabase_session::{Builder, Supabase, SupabaseExt};

use super::test_world::{EMAIL, NetworkFault, PASSWORD, world};
use crate::view;

/// A session of its own in this project, as the plugin keeps it.
async fn session(project: Project, folder: PathBuf) -> Supabase {
    let begin = move || {
        let mut context = mock_context(noop_assets());
        context.config_mut().plugins.0.insert("deep-link".into(), serde_json::json!({}));
        let plugin = Builder::new().fixed_project(Some(project)).scheme(SCHEME).data_dir(folder);
        let app = mock_builder()
            .plugin(tauri_plugin_deep_link::init())
            .plugin(plugin.store(Arc::new(MemoryStore::new())).build())
            .build(context)
            .unwrap();
        app.supabase().clone()
    };
    tokio::task::spawn_blocking(begin).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_projects_rest_the_security_page_is_there_and_works() {
    for status in [408, 500, 503, 521] {
        let world = world().await;
        let client = world.connection.client();
        client.sign_out().await;
        world.until("nobody to be shown", || world.view().is_none()).await;
        world.network.fail_with(NetworkFault::NoRest(StatusCode::from_u16(status).unwrap()));

        client.sign_in_with_password(EMAIL, PASSWORD.to_owned().into()).await.unwrap();
        world.until("the failure to be said", || world.account().last_trouble().is_some()).await;

        let session = session(client.project().clone(), world.folder.path().join("session")).await;
        session.sign_in_with_password(EMAIL, PASSWORD.to_owned().into()).await.unwrap();
        let shown = view::app(1, session.view(), Some(&world.connection), None, PreferencesView::default());
        assert!(
            matches!(shown.supabase.session, SessionView::SignedIn { .. }),
            "{status}: {:?}",
            shown.supabase.session
        );
        assert!(shown.account.is_none() && shown.account_error.is_some(), "{status}");
        let security = shown.supabase.security.expect("a security page");
        assert!(security.identities.iter().any(|identity| identity.provider == "email"), "{status}");
        world.connection.authorized().unwrap();
        let password = "another correct horse".to_owned().into();
        let wish = PasswordChange { password, current_password: None, nonce: None };
        client.change_password(wish).await.unwrap();
    }
}
