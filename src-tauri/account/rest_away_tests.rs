//! What a signed-in person still has while the project's REST is away.

use axum::http::StatusCode;
use foyer_contract::view::SessionView;
use supabase_session::PasswordChange;

use super::world::{EMAIL, Fate, PASSWORD, world};
use crate::view;

#[tokio::test(flavor = "multi_thread")]
async fn without_the_projects_rest_the_security_page_is_there_and_works() {
    for status in [408, 500, 503, 521] {
        let world = world().await;
        let client = world.connection.client();
        client.sign_out().await;
        world.until("nobody to be shown", || world.view().is_none()).await;
        world.way.now(Fate::NoRest(StatusCode::from_u16(status).unwrap()));

        client.sign_in_with_password(EMAIL, PASSWORD.to_owned().into()).await.unwrap();
        world.until("the failure to be said", || world.account().last_trouble().is_some()).await;

        let shown = view::app(1, Some(&world.connection), false, None);
        assert!(matches!(shown.session, SessionView::SignedIn { .. }), "{status}: {:?}", shown.session);
        assert!(shown.account.is_none() && shown.account_error.is_some(), "{status}");
        let security = shown.security.expect("a security page");
        assert!(security.identities.iter().any(|identity| identity.provider == "email"), "{status}");
        world.connection.must_be_open().unwrap();
        let password = "another correct horse".to_owned().into();
        let wish = PasswordChange { password, current_password: None, nonce: None };
        client.change_password(wish).await.unwrap();
    }
}
