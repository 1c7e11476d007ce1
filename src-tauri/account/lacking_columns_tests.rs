//! Changes of the picture where the project's table lacks a column, or is not there.

use super::*;

/// A table without websites.
async fn scene() -> Scene {
    let scene = Scene::new().await;
    scene.sql("alter table public.profiles drop column website").await;
    scene.account.load().await.unwrap();
    scene
}

#[tokio::test]
async fn an_upload_whose_last_answer_is_lost_has_happened_without_a_column_too() {
    let scene = scene().await;
    scene.upload([200, 0, 0]).await.unwrap();
    let old = scene.named().await;
    scene.lose(Method::Patch, "/profiles");

    assert_eq!(scene.upload([0, 200, 0]).await, Ok(()));

    let new = scene.named().await.unwrap();
    assert_ne!(Some(&new), old.as_ref());
    assert_eq!(scene.objects().await, std::slice::from_ref(&new));
    assert_eq!(scene.shown(), Some(new));
}

#[tokio::test]
async fn a_removal_whose_answer_is_lost_can_be_undone_without_a_column_too() {
    let scene = scene().await;
    scene.upload([200, 0, 0]).await.unwrap();
    let named = scene.named().await.unwrap();
    scene.lose(Method::Patch, "/profiles");

    assert_eq!(scene.remove_for_now().await, Ok(()));

    assert_eq!((scene.named().await, scene.shown()), (None, None));
    assert!(scene.account.view(None).unwrap().can_restore_picture);
    scene.account.load().await.unwrap();
    assert_eq!(scene.objects().await, std::slice::from_ref(&named));
    scene.lose(Method::Patch, "/profiles");
    scene.account.restore_avatar().await.unwrap();
    assert_eq!(scene.named().await.as_ref(), Some(&named));
    assert_eq!((scene.objects().await, scene.shown()), (vec![named.clone()], Some(named)));
}

#[tokio::test]
async fn where_no_row_can_name_a_picture_an_upload_leaves_nothing_behind() {
    for (change, code) in [
        ("drop table public.profiles cascade", ErrorCode::ProjectNotPrepared),
        ("alter table public.profiles drop column avatar_url", ErrorCode::ColumnMissing),
    ] {
        let scene = Scene::new().await;
        scene.sql(change).await;
        scene.account.load().await.unwrap();

        assert_eq!(scene.upload([200, 0, 0]).await, Err(code), "{change}");

        assert!(scene.objects().await.is_empty(), "{change}");
    }
}
