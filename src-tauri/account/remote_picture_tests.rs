//! A provider's picture against a real project in this process. The fetch itself has tests of its own, in its crate.

use std::collections::VecDeque;

use foyer_contract::ErrorCode;
use parking_lot::Mutex;

use super::super::test_world::{World, world_fetching};
use super::*;

const ADDRESS: &str = "https://lh3.googleusercontent.com/a/AbC=s96-c";

/// Answers one after the other, the last one from then on, and counts.
#[derive(Default)]
struct Provider {
    answers: Mutex<VecDeque<Result<Bytes, FetchError>>>,
    asked: Mutex<Vec<String>>,
}

#[async_trait]
impl FetchPicture for Provider {
    async fn fetch_picture(&self, address: &str) -> Result<Bytes, FetchError> {
        self.asked.lock().push(address.to_owned());
        let mut answers = self.answers.lock();
        match answers.len() {
            0 => Err(FetchError::Unreachable),
            1 => answers[0].clone(),
            _ => answers.pop_front().unwrap(),
        }
    }
}

/// A PNG with this colour and a word in its metadata.
fn png(colour: [u8; 3]) -> Bytes {
    let mut file = std::io::Cursor::new(Vec::new());
    let pixels = image::RgbImage::from_pixel(40, 40, image::Rgb(colour));
    pixels.write_to(&mut file, image::ImageFormat::Png).unwrap();
    file.into_inner().into()
}

async fn scene(answers: impl IntoIterator<Item = Result<Bytes, FetchError>>) -> (Arc<Provider>, World) {
    let provider = Arc::new(Provider::default());
    provider.answers.lock().extend(answers);
    let world = world_fetching(Arc::clone(&provider) as _).await;
    (provider, world)
}

impl World {
    /// What anybody may have written into the row.
    async fn name_picture(&self, named: &str) {
        let change = format!("update public.profiles set avatar_url = '{named}', updated_at = now()");
        self.sql.run(&change).await;
        self.load().await;
    }

    fn picture(&self) -> Option<Vec<u8>> {
        self.account().current_picture().map(|bytes| bytes.to_vec())
    }
}

fn seconds(seconds: u64) -> Option<Duration> {
    Some(Duration::from_secs(seconds))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_providers_picture_is_shown_encoded_anew_and_is_there_at_the_next_start() {
    let (provider, world) = scene([Ok(png([200, 0, 0]))]).await;

    world.name_picture(ADDRESS).await;
    world.until("a picture", || world.shown().avatar_url.is_some()).await;

    let shown = world.picture().unwrap();
    assert_eq!(image::guess_format(&shown).unwrap(), image::ImageFormat::Jpeg, "never the file as it came");
    assert_eq!(provider.asked.lock().as_slice(), [ADDRESS]);
    for _ in 0..5 {
        world.load().await;
    }
    assert_eq!(provider.asked.lock().len(), 1, "it is fresh");
    // As at the next start, before anything is fetched.
    let user = world.account().user().unwrap();
    *world.account().shown() = None;
    world.account().open(&user);
    assert_eq!(world.picture(), Some(shown));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_was_forgotten_with_the_cache_or_a_sign_out_is_fetched_again() {
    let (provider, world) = scene([Ok(png([200, 0, 0]))]).await;
    world.name_picture(ADDRESS).await;
    world.until("a picture", || world.shown().avatar_url.is_some()).await;

    world.connection.fetch_anew().await;
    world.until("the picture again", || world.shown().avatar_url.is_some()).await;
    assert_eq!(provider.asked.lock().len(), 2);

    world.connection.client().sign_out().await;
    world.until("nobody to be shown", || world.view().is_none()).await;
    world.sign_in().await;
    world.until("the picture after the sign-in", || world.shown().avatar_url.is_some()).await;
    assert_eq!(provider.asked.lock().len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_who_cannot_be_reached_is_not_asked_again_with_every_load_and_nothing_is_said() {
    let (provider, world) = scene([Err(FetchError::Timeout)]).await;

    world.name_picture(ADDRESS).await;
    for _ in 0..10 {
        world.load().await;
    }

    let asked = tokio::time::timeout(Duration::from_secs(60), async {
        while provider.asked.lock().is_empty() {
            tokio::task::yield_now().await;
        }
    });
    asked.await.unwrap();
    for _ in 0..10 {
        world.load().await;
    }
    assert_eq!(provider.asked.lock().len(), 1);
    assert_eq!(world.shown().avatar_url, None, "initials");
    assert!(world.account().last_trouble().is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_is_gone_gives_way_to_initials_and_one_that_is_broken_does_not() {
    let (_, world) = scene([Ok(png([200, 0, 0]))]).await;
    world.name_picture(ADDRESS).await;
    world.until("a picture", || world.shown().avatar_url.is_some()).await;
    let (wanted, is_shown) = world.account().remote_picture().unwrap();
    assert!(is_shown);
    let before = world.shown().avatar_url;

    for harmless in [Outcome::Later, Outcome::Unusable] {
        world.account().take_remote_picture(&wanted, harmless);
        assert_eq!(world.shown().avatar_url, before);
    }
    world.account().take_remote_picture(&wanted, Outcome::Picture(png([0, 200, 0]).to_vec()));
    assert_ne!(world.shown().avatar_url, before, "another picture has another address");
    let other = Wanted { address: "https://example.com/other.png".into(), ..wanted.clone() };
    world.account().take_remote_picture(&other, Outcome::Gone);
    assert!(world.shown().avatar_url.is_some(), "the row names another one by now");

    world.account().take_remote_picture(&wanted, Outcome::Gone);
    assert_eq!(world.shown().avatar_url, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_picture_is_not_shown() {
    let (_, world) = scene([Ok(Bytes::from_static(b"<svg xmlns='http://www.w3.org/2000/svg'/>"))]).await;

    assert!(matches!(
        fetch(
            &Provider {
                answers: Mutex::new([Ok(Bytes::from_static(b"GIF89a"))].into()),
                ..Provider::default()
            },
            ADDRESS
        )
        .await,
        Outcome::Unusable
    ));
    world.name_picture(ADDRESS).await;
    assert_eq!(world.shown().avatar_url, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_odd_value_means_no_picture_and_is_not_asked_for_again() {
    let (provider, world) = scene([]).await;

    for odd in
        ["/a.png", "../x", "http://192.168.1.1/a.png", "https://127.0.0.1/a.png", "javascript:alert(1)"]
    {
        world.name_picture(odd).await;
        assert_eq!(world.shown().avatar_url, None, "{odd}");
        assert!(world.shown().has_picture, "it can be removed");
    }
    assert!(provider.asked.lock().is_empty());
    assert_eq!(world.network.requests("/object/"), 0);

    for _ in 0..3 {
        world.name_picture("me.png").await;
    }
    assert_eq!(world.network.requests("/object/"), 1, "there is no such object, and there was none");
    world.name_picture("you.png").await;
    assert_eq!(world.network.requests("/object/"), 2, "another one may be there");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_or_public_address_of_the_own_storage_is_read_by_its_path_and_what_it_names_is_never_deleted()
 {
    let (provider, world) = scene([]).await;
    let client = world.connection.client().clone();
    let path = format!("{}/face.png", world.account().user().unwrap().id);
    client.storage("avatars").upload(&path, "image/png", png([0, 0, 200]), |_, _| {}).await.unwrap();
    let base = client.project().url().as_str().trim_end_matches('/').to_owned();

    for way in ["object/public", "object/sign", "render/image/authenticated"] {
        world.name_picture("").await;
        world.name_picture(&format!("{base}/storage/v1/{way}/avatars/{path}?token=expired")).await;
        assert_eq!(world.picture(), Some(png([0, 0, 200]).to_vec()), "{way}");
    }
    let seen = world.shown().avatar_url;
    world.account().remove_avatar(seen.as_deref()).await.unwrap();

    assert_eq!(world.column("avatar_url").await, None);
    assert_eq!(world.picture(), None);
    assert!(client.storage("avatars").download(&path).await.is_ok(), "another app may show it");
    assert!(provider.asked.lock().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_providers_picture_is_removed_from_the_profile_alone() {
    let (provider, world) = scene([Ok(png([200, 0, 0]))]).await;
    world.name_picture(ADDRESS).await;
    world.until("a picture", || world.shown().avatar_url.is_some()).await;

    let seen = world.shown().avatar_url;
    world.account().remove_avatar(seen.as_deref()).await.map_err(|failure| failure.code()).unwrap();

    assert_eq!((world.column("avatar_url").await, world.picture()), (None, None));
    let requests = world.network.requests("/object/");
    assert_eq!((requests, provider.asked.lock().len()), (0, 1));
    let stale = world.account().remove_avatar(Some("avatar://localhost/current/0")).await;
    assert_eq!(stale.map_err(|failure| failure.code()), Err(ErrorCode::Conflict));
}

#[tokio::test(start_paused = true)]
async fn pauses_grow_with_failures_and_another_picture_is_fetched_at_once() {
    let wanted = Wanted { user: Uuid::nil(), address: ADDRESS.into() };
    let mut plan = Plan::now(None);
    assert_eq!(plan.pause(&wanted, false), None);

    for pause in [60, 120, 240, 480, 960, 1920, 3600, 3600] {
        plan.follow(&Outcome::Later);
        assert_eq!(plan.pause(&wanted, false), seconds(pause));
        tokio::time::advance(Duration::from_secs(pause)).await;
        assert_eq!(plan.pause(&wanted, false), None);
    }
    for settled in [Outcome::Picture(Vec::new()), Outcome::Gone, Outcome::Unusable] {
        plan.follow(&settled);
        assert_eq!(plan.pause(&wanted, true), Some(REFRESH));
    }
    let other = Wanted { address: "https://example.com/other.png".into(), ..wanted };
    assert_eq!(plan.pause(&other, false), None);
}
