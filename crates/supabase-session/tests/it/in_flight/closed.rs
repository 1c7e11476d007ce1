//! A client that is closed: what is on its way signs nobody in, and what there is stays.

use super::*;

#[tokio::test]
async fn a_client_that_is_closed_takes_in_nothing_that_is_on_its_way() {
    for kind in KINDS {
        let (world, _, gate, working) = in_flight(kind).await;

        world.client.close();
        gate.open.notify_one();

        assert_eq!(working.await.unwrap(), Err("Superseded".to_owned()), "{kind:?}");
        assert_eq!(world.client.state(), State::SignedOut(None), "{kind:?}");
        assert_eq!(world.store.session(), None, "{kind:?}");
        assert!(late_session_was_ended(&world), "{kind:?}: {:?}", world.server.seen());
    }
}

#[tokio::test]
async fn a_client_that_is_closed_while_it_saves_a_sign_in_takes_it_back() {
    for kind in KINDS {
        let (world, _, gate, working) = in_flight(kind).await;
        let saving = Arc::new(Gate::default());
        *world.store.gate.lock().unwrap() = Some(Arc::clone(&saving));
        gate.open.notify_one();
        saving.reached.notified().await;

        world.client.close();
        saving.open.notify_one();

        assert_eq!(working.await.unwrap(), Err("Superseded".to_owned()), "{kind:?}");
        assert_eq!(world.client.state(), State::SignedOut(None), "{kind:?}");
        assert_eq!(world.store.session(), None, "{kind:?}");
        assert!(late_session_was_ended(&world), "{kind:?}");
        assert_eq!(world.restarted().client.restore().await, State::SignedOut(None), "{kind:?}");
    }
}

#[tokio::test]
async fn a_client_that_is_closed_leaves_alone_what_it_could_never_read() {
    let world = World::new(|_| ok(session("late")));
    world.store.unreadable.store(true, SeqCst);
    world.store.broken.store(true, SeqCst);
    world.client.restore().await;
    let (client, saving) = (world.client.clone(), Arc::new(Gate::default()));
    *world.store.gate.lock().unwrap() = Some(Arc::clone(&saving));
    let working = tokio::spawn(async move { client.sign_in_anonymously().await });
    saving.reached.notified().await;

    world.client.close();
    saving.open.notify_one();

    assert_eq!(said(working.await.unwrap()), Err("Superseded".to_owned()));
    world.store.broken.store(false, SeqCst);
    let key = StoreKey::session(world.client.project());
    world.store.values.lock().unwrap().insert(key.as_str().to_owned(), session("old").to_string());
    assert!(world.client.flush().await);
    assert_eq!(world.store.session().unwrap()["access_token"], "access-old");
}

#[tokio::test]
async fn whoever_was_signed_in_when_a_client_is_closed_is_signed_in_at_the_next_start() {
    let world = World::new(serve).signed_in().await;
    let saving = Arc::new(Gate::default());
    *world.store.gate.lock().unwrap() = Some(Arc::clone(&saving));
    world.server.now(|seen| if seen.what() == "logout" { serve(seen) } else { ok(session_of_bob()) });
    let client = world.client.clone();
    let bob = tokio::spawn(async move { client.sign_in_with_password(BOB, "Passw0rd!".into()).await });
    saving.reached.notified().await;

    world.client.close();
    saving.open.notify_one();

    assert_eq!(said(bob.await.unwrap()), Err("Superseded".to_owned()));
    assert_eq!((world.who().as_deref(), world.server.last().bearer()), (Some(EMAIL), "access-bob"));
    let restarted = world.restarted();
    restarted.client.restore().await;
    assert_eq!(restarted.who().as_deref(), Some(EMAIL));
    assert_eq!(world.store.session().unwrap()["access_token"], "access-1");
}

#[tokio::test]
async fn a_sign_in_that_begins_after_a_client_was_closed_signs_nobody_in() {
    for kind in KINDS {
        let (world, id, nonce) = waiting().await;
        let work = work(kind, &world, &id, &nonce).await;

        world.client.close();

        assert_eq!(work.await, Err("Superseded".to_owned()), "{kind:?}");
        assert!(!world.is_signed_in() && world.store.session().is_none(), "{kind:?}");
    }
}
