//! The picture that the row names, against a real project in this process whose Storage takes its time.

use std::sync::Arc;

use axum::http::StatusCode;
use foyer_contract::{ErrorCode, SessionErrorCode};
use image::{ImageFormat, Rgb, RgbImage};
use tokio::sync::Notify;

use super::test_world::{NetworkFault, World, world};

/// A picture.
fn png() -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    RgbImage::from_pixel(40, 40, Rgb([200, 0, 0])).write_to(&mut file, ImageFormat::Png).unwrap();
    file.into_inner()
}

/// An object that their row names, in which somebody has changed the name as well.
async fn put_picture(world: &World, bytes: Vec<u8>) {
    world.put_picture(bytes).await;
    world.sql.run("update public.profiles set full_name = 'Ada King', updated_at = now()").await;
}

/// Loads the account while Storage holds its answers back; what is shown meanwhile is looked at before it goes on.
async fn load_held(world: &World, look: impl FnOnce()) {
    let go_on = Arc::new(Notify::new());
    world.network.fail_with(NetworkFault::HoldsStorage(Arc::clone(&go_on)));
    let looked = async {
        world.until("the new row", || world.shown().profile.full_name == "Ada King").await;
        look();
        world.network.fail_with(NetworkFault::None);
        go_on.notify_one();
    };
    tokio::join!(world.load(), looked);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_row_is_shown_while_its_picture_is_on_its_way() {
    let world = world().await;
    put_picture(&world, png()).await;

    load_held(&world, || {
        let shown = world.shown();
        assert!(shown.is_picture_coming && shown.has_picture && shown.avatar_url.is_none());
    })
    .await;

    let shown = world.shown();
    assert!(!shown.is_picture_coming && shown.avatar_url.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_is_none_is_waited_for_no_longer_than_it_takes_to_find_that_out() {
    let world = world().await;
    put_picture(&world, b"no picture".to_vec()).await;

    load_held(&world, || assert!(world.shown().is_picture_coming)).await;

    let shown = world.shown();
    assert!(!shown.is_picture_coming && shown.has_picture && shown.avatar_url.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_could_not_be_had_is_asked_for_again() {
    for (status, code) in [
        (404, SessionErrorCode::Intercepted),
        (511, SessionErrorCode::Intercepted),
        (522, SessionErrorCode::ProjectUnreachable),
        (540, SessionErrorCode::ProjectPaused),
    ] {
        let world = world().await;
        world.put_picture(png()).await;
        let status = StatusCode::from_u16(status).unwrap();
        world.network.fail_with(NetworkFault::ReadsInstead(status, "<html>"));

        let loaded = world.account().load().await.map_err(|failure| failure.code());

        assert_eq!(loaded, Err(ErrorCode::Session(code)), "{status}");
        assert!(world.shown().avatar_url.is_none(), "{status}");
        world.network.fail_with(NetworkFault::None);
        world.load().await;
        assert!(world.shown().avatar_url.is_some(), "{status}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_no_picture_is_asked_for_again_when_the_person_asks_for_the_account() {
    let refusal = r#"{"statusCode":"403","error":"Unauthorized","message":"a policy refuses it"}"#;
    for (status, text) in [(200, "<html>"), (200, "{}"), (400, refusal)] {
        let world = world().await;
        world.put_picture(png()).await;
        let status = StatusCode::from_u16(status).unwrap();
        world.network.fail_with(NetworkFault::ReadsInstead(status, text));
        world.load().await;
        world.network.fail_with(NetworkFault::None);

        world.load().await;
        assert!(world.shown().avatar_url.is_none(), "{text}: nobody has asked");
        world.account().load_again().await.unwrap();

        assert!(world.shown().avatar_url.is_some(), "{text}");
    }
}
