//! What an upload or a removal that was cut leaves in the bucket is found by the next process.

use super::*;
use foyer_contract::SessionErrorCode;

impl Scene {
    /// The account in a process that was started anew, on the same disk.
    async fn restarted(self) -> Self {
        let at = |name: &str| self.folder.path().join(name);
        let project = "http://127.0.0.1:54321/";
        let cache = Cache::new(sealed(&at("cache")), project);
        let edits = PendingEdits::new(sealed(&at("edits")), project);
        let orphans = OrphanedObjects::new(at("left"), project);
        let account = Account::new(self.account.client.clone(), cache, edits, orphans, Arc::new(|_| {}));
        account.open(&account.user().unwrap());
        self.way.is_down.store(false, SeqCst);
        account.load().await.unwrap();
        Self { account, ..self }
    }
}

#[tokio::test]
async fn after_a_restart_what_a_lost_answer_left_is_removed() {
    let scene = Scene::new().await;
    scene.upload([200, 0, 0]).await.unwrap();
    scene.way.falls.store(true, SeqCst);
    scene.lose(Method::Patch, "/profiles");
    assert_eq!(scene.upload([0, 200, 0]).await, Err(ErrorCode::Session(SessionErrorCode::Offline)));
    assert_eq!(scene.objects().await.len(), 2);

    let scene = scene.restarted().await;

    let named = scene.named().await.unwrap();
    assert_eq!(scene.objects().await, [named]);
}

#[tokio::test]
async fn a_process_that_ends_between_two_steps_of_an_upload_leaves_nothing_for_good() {
    for (method, part, objects) in [(Method::Post, "/object/avatars/", 2), (Method::Patch, "/profiles", 2)] {
        let scene = Scene::new().await;
        scene.upload([200, 0, 0]).await.unwrap();
        lock(&scene.way.stops).push((method, part));

        // The step has happened, and nothing that comes after it.
        let cut = tokio::time::timeout(Duration::from_secs(60), async {
            tokio::select! {
                _ = scene.upload([0, 200, 0]) => panic!("the upload went on"),
                () = scene.way.stopped.notified() => {}
            }
        });
        cut.await.unwrap();
        assert_eq!(scene.objects().await.len(), objects, "{part}");
        let scene = scene.restarted().await;

        let named = scene.named().await.unwrap();
        assert_eq!(scene.objects().await, [named], "{part}");
    }
}

#[tokio::test]
async fn an_object_that_is_being_uploaded_is_not_taken_for_one_that_was_left() {
    let scene = Scene::new().await;
    scene.upload([200, 0, 0]).await.unwrap();
    lock(&scene.way.stops).push((Method::Post, "/object/avatars/"));

    let (uploaded, ()) = tokio::join!(scene.upload([0, 200, 0]), async {
        scene.way.stopped.notified().await;
        scene.account.load().await.unwrap();
        scene.way.goes_on.notify_one();
    });

    assert_eq!(uploaded, Ok(()));
    assert_eq!(scene.objects().await, [scene.named().await.unwrap()]);
}

/// Has the account loaded, and `meanwhile` happen between the server's answer with the row and its arrival here.
async fn while_a_load_waits_for_its_row(scene: &Scene, meanwhile: impl Future<Output = ()>) {
    lock(&scene.way.stops).push((Method::Get, "/profiles"));
    let (loaded, ()) = tokio::join!(scene.account.load(), async {
        scene.way.stopped.notified().await;
        meanwhile.await;
        scene.way.is_down.store(false, SeqCst);
        scene.way.goes_on.notify_one();
    });
    loaded.unwrap();
}

#[tokio::test]
async fn a_row_from_before_an_upload_does_not_tell_what_the_upload_left() {
    let scene = Scene::new().await;
    scene.upload([200, 0, 0]).await.unwrap();

    while_a_load_waits_for_its_row(&scene, async {
        scene.way.falls.store(true, SeqCst);
        scene.lose(Method::Patch, "/profiles");
        assert_eq!(scene.upload([0, 200, 0]).await, Err(ErrorCode::Session(SessionErrorCode::Offline)));
    })
    .await;

    let new = scene.named().await.unwrap();
    assert!(scene.objects().await.contains(&new), "the object that the row names was removed");
    scene.account.load().await.unwrap();
    assert_eq!(scene.objects().await, std::slice::from_ref(&new));
    assert_eq!(scene.shown(), Some(new));
}

#[tokio::test]
async fn a_row_from_before_a_removal_does_not_tell_what_the_removal_left() {
    let scene = Scene::new().await;
    scene.upload([200, 0, 0]).await.unwrap();

    while_a_load_waits_for_its_row(&scene, async {
        scene.way.falls.store(true, SeqCst);
        scene.lose(Method::Patch, "/profiles");
        assert!(scene.remove().await.is_err());
    })
    .await;

    assert_eq!((scene.named().await, scene.objects().await.len()), (None, 1));
    scene.account.load().await.unwrap();
    assert_eq!((scene.objects().await, scene.shown()), (vec![], None));
}

#[tokio::test]
async fn a_row_from_before_an_upload_whose_answer_was_lost_is_not_shown_over_its_own() {
    let scene = Scene::new().await;
    scene.upload([200, 0, 0]).await.unwrap();

    while_a_load_waits_for_its_row(&scene, async {
        scene.lose(Method::Patch, "/profiles");
        assert_eq!(scene.upload([0, 200, 0]).await, Ok(()));
    })
    .await;

    let new = scene.named().await.unwrap();
    assert_eq!(scene.objects().await, std::slice::from_ref(&new));
    assert_eq!(scene.shown(), Some(new));
}
