//! A removed picture comes back as long as it can be undone, and then nothing of it is left.

use super::*;

impl Scene {
    async fn restore(&self) -> Result<(), ErrorCode> {
        self.account.restore_avatar().await.map_err(|failure| failure.code())
    }

    fn can_restore(&self) -> bool {
        self.account.view(None).unwrap().can_restore_picture
    }

    /// The account of the same person after the app has started once more.
    fn started_again(&self) -> Account {
        let at = |name: &str| self.folder.path().join(name);
        let cache = Cache::new(sealed(&at("cache")), "http://127.0.0.1:54321/");
        let edits = PendingEdits::new(sealed(&at("edits")), "http://127.0.0.1:54321/");
        let orphans = OrphanedObjects::new(at("left"), "http://127.0.0.1:54321/");
        let account = Account::new(self.account.client.clone(), cache, edits, orphans, Arc::new(|_| {}));
        account.open(&self.account.user().unwrap());
        account
    }
}

#[tokio::test]
async fn a_removal_is_undone_with_the_same_object() {
    let scene = Scene::new().await;
    scene.upload([200, 0, 0]).await.unwrap();
    let (named, shown) = (scene.named().await.unwrap(), scene.account.current_picture());
    assert!(!scene.can_restore());

    scene.remove_for_now().await.unwrap();
    assert_eq!((scene.named().await, scene.shown()), (None, None));
    assert_eq!(scene.objects().await, std::slice::from_ref(&named), "the object waits");
    assert!(scene.can_restore());
    // Loads meanwhile leave it alone.
    scene.account.load().await.unwrap();
    assert_eq!(scene.objects().await, std::slice::from_ref(&named));

    scene.restore().await.unwrap();

    assert_eq!(scene.named().await.as_ref(), Some(&named));
    assert_eq!(scene.account.current_picture(), shown);
    assert!(!scene.can_restore());
    scene.account.end_undo().await;
    scene.account.load().await.unwrap();
    assert_eq!(scene.objects().await, [named]);
    assert_eq!(scene.restore().await, Err(ErrorCode::PreviewUnknown));
}

#[tokio::test]
async fn when_it_cannot_be_undone_any_more_nothing_is_left() {
    let scene = Scene::new().await;
    scene.upload([200, 0, 0]).await.unwrap();
    scene.remove_for_now().await.unwrap();

    scene.account.end_undo().await;

    assert!(scene.objects().await.is_empty());
    assert_eq!(scene.restore().await, Err(ErrorCode::PreviewUnknown));
    assert!(!scene.can_restore());
}

#[tokio::test]
async fn the_next_picture_ends_the_undo() {
    let scene = Scene::new().await;
    scene.upload([200, 0, 0]).await.unwrap();
    scene.remove_for_now().await.unwrap();

    scene.upload([0, 200, 0]).await.unwrap();

    assert_eq!(scene.objects().await, [scene.named().await.unwrap()]);
    assert!(!scene.can_restore());
    assert_eq!(scene.restore().await, Err(ErrorCode::PreviewUnknown));
}

#[tokio::test]
async fn an_app_that_ends_before_the_undo_is_over_leaves_nothing_behind() {
    let scene = Scene::new().await;
    scene.upload([200, 0, 0]).await.unwrap();
    scene.remove_for_now().await.unwrap();
    assert_eq!(scene.objects().await.len(), 1);

    scene.started_again().load().await.unwrap();

    assert_eq!((scene.named().await, scene.objects().await), (None, vec![]));
}

#[tokio::test]
async fn an_undo_whose_answer_is_lost_has_happened_and_one_that_fails_can_be_tried_again() {
    let scene = Scene::new().await;
    scene.upload([200, 0, 0]).await.unwrap();
    let named = scene.named().await;
    scene.remove_for_now().await.unwrap();

    scene.way.is_down.store(true, SeqCst);
    assert_eq!(scene.restore().await, Err(ErrorCode::Session(SessionErrorCode::Offline)));
    assert!(scene.can_restore());
    scene.way.is_down.store(false, SeqCst);
    assert_eq!(scene.objects().await.len(), 1);
    scene.lose(Method::Patch, "/profiles");
    assert_eq!(scene.restore().await, Ok(()));

    assert_eq!(scene.named().await, named);
    scene.account.load().await.unwrap();
    assert_eq!(scene.objects().await.len(), 1);
}

#[tokio::test]
async fn an_undo_that_is_under_way_when_its_time_is_over_keeps_the_object() {
    let scene = Scene::new().await;
    scene.upload([200, 0, 0]).await.unwrap();
    let named = scene.named().await;
    scene.remove_for_now().await.unwrap();
    lock(&scene.way.stops).push((Method::Patch, "/profiles"));

    let (restored, ()) = tokio::join!(scene.restore(), async {
        scene.way.stopped.notified().await;
        tokio::join!(scene.account.end_undo(), async { scene.way.goes_on.notify_one() });
    });

    assert_eq!(restored, Ok(()));
    assert_eq!(scene.named().await, named);
    assert_eq!(scene.objects().await.first(), named.as_ref());
    assert!(!scene.can_restore());
}

#[tokio::test]
async fn an_undo_takes_the_place_of_no_picture_that_came_from_elsewhere() {
    for is_known in [true, false] {
        let scene = Scene::new().await;
        scene.upload([200, 0, 0]).await.unwrap();
        scene.remove_for_now().await.unwrap();
        scene
            .sql("update public.profiles set avatar_url = 'elsewhere.png', updated_at = now() + interval '1 s'")
            .await;
        if is_known {
            scene.account.load().await.unwrap();
        }

        assert_eq!(scene.restore().await, Err(ErrorCode::Conflict));

        assert_eq!(scene.named().await.as_deref(), Some("elsewhere.png"));
        assert!(scene.objects().await.is_empty(), "what was removed is gone");
        assert!(!scene.can_restore());
    }
}

#[tokio::test]
async fn a_removal_that_waits_for_the_end_of_an_undo_takes_no_picture_that_came_meanwhile() {
    let scene = Scene::new().await;
    scene.upload([200, 0, 0]).await.unwrap();
    scene.remove_for_now().await.unwrap();
    scene.upload_for_now([0, 200, 0]).await.unwrap();
    assert!(scene.can_restore());
    let seen = scene.named().await;
    lock(&scene.way.stops).push((Method::Delete, "/object/avatars"));

    let (removed, ()) = tokio::join!(scene.remove_for_now(), async {
        scene.way.stopped.notified().await;
        scene.upload_for_now([0, 0, 200]).await.unwrap();
        scene.way.goes_on.notify_one();
    });

    assert_eq!(removed, Err(ErrorCode::Conflict));
    let named = scene.named().await;
    assert!(named.is_some() && named != seen);
    assert_eq!(scene.shown(), named);
}

#[tokio::test]
async fn a_removal_that_waits_for_an_upload_does_not_take_what_was_uploaded() {
    let scene = Scene::new().await;
    scene.upload([200, 0, 0]).await.unwrap();
    let seen = scene.named().await;
    lock(&scene.way.stops).push((Method::Patch, "/profiles"));

    let (uploaded, (removed, ())) = tokio::join!(scene.upload_for_now([0, 200, 0]), async {
        scene.way.stopped.notified().await;
        tokio::join!(scene.remove_for_now(), async { scene.way.goes_on.notify_one() })
    });

    assert!(uploaded.is_ok());
    assert_eq!(removed, Err(ErrorCode::Conflict));
    let named = scene.named().await;
    assert!(named.is_some() && named != seen);
    assert_eq!(scene.shown(), named);
}

#[tokio::test]
async fn a_removal_takes_no_picture_that_the_row_names_and_nobody_sees_yet() {
    let scene = Scene::new().await;
    scene.upload([200, 0, 0]).await.unwrap();
    // As while a newer row is there and its picture is on its way.
    scene.sql("update public.profiles set avatar_url = 'elsewhere.png'").await;
    let user = scene.account.user().unwrap();
    let mut row = scene.account.shown_of(&user, |shown| shown.row.clone()).flatten().flatten().unwrap();
    row.avatar_url = Some("elsewhere.png".to_owned());
    scene.account.accept(user.id, Some(row), None);

    assert_eq!(scene.remove_for_now().await, Err(ErrorCode::Conflict));

    assert_eq!(scene.named().await.as_deref(), Some("elsewhere.png"));
}
