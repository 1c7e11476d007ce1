//! Two windows on one account: neither gives up what the other one does with the picture.

use foyer_contract::avatar::{ChosenPicture, Crop};

use super::*;

fn png() -> Vec<u8> {
    let pixels = image::RgbImage::from_pixel(40, 40, image::Rgb([0, 0, 200]));
    let mut png = std::io::Cursor::new(Vec::new());
    pixels.write_to(&mut png, image::ImageFormat::Png).unwrap();
    png.into_inner()
}

async fn chosen_in(window: &str, avatar: &Avatar) -> ChosenPicture {
    avatar.choose(window, async { Ok(Some(PictureInput::Bytes(png()))) }).await.unwrap().unwrap()
}

const WHOLE: Crop = Crop { x: 0.5, y: 0.5, side: 1.0, quarter_turns: 0 };

#[tokio::test]
async fn a_choice_goes_on_when_another_window_gives_up_its_own() {
    let avatar = Arc::new(Avatar::default());
    let (open, is_open) = tokio::sync::oneshot::channel();
    let (answer, answered) = tokio::sync::oneshot::channel();
    let choosing = tokio::spawn({
        let avatar = Arc::clone(&avatar);
        async move {
            let dialog = async {
                open.send(()).unwrap();
                answered.await.unwrap();
                Ok(Some(PictureInput::Bytes(png())))
            };
            avatar.choose("main", dialog).await
        }
    });
    is_open.await.unwrap();

    avatar.cancel("window-2");
    answer.send(()).unwrap();

    let chosen = tokio::time::timeout(Duration::from_secs(60), choosing).await.unwrap().unwrap();
    assert!(chosen.unwrap().is_some());
}

#[tokio::test]
async fn what_is_chosen_or_prepared_in_a_window_is_given_up_by_that_window_alone() {
    let avatar = Avatar::default();
    let chosen = chosen_in("main", &avatar).await;
    avatar.cancel("window-2");
    assert!(avatar.chosen(&chosen.id).is_some());

    let prepared = avatar.crop(&chosen.id, WHOLE).await.unwrap();
    avatar.cancel("window-2");
    assert!(avatar.preview(&prepared.id).is_some());

    avatar.cancel("main");
    assert_eq!(avatar.preview(&prepared.id), None);
}

#[tokio::test]
async fn an_upload_goes_on_and_leaves_alone_what_another_window_has_chosen() {
    let scene = Scene::new().await;
    let avatar = &scene.account.avatar;
    let chosen = chosen_in("main", avatar).await;
    let prepared = avatar.crop(&chosen.id, WHOLE).await.unwrap();
    let other = chosen_in("window-2", avatar).await;
    lock(&scene.way.stops).push((Method::Post, "/object/avatars/"));

    let (uploaded, ()) = tokio::join!(scene.account.upload_avatar(&prepared.id, |_, _| {}), async {
        scene.way.stopped.notified().await;
        // Its window's own cancel would stop the upload here.
        avatar.cancel("window-3");
        scene.way.goes_on.notify_one();
    });

    assert!(uploaded.is_ok());
    assert!(scene.named().await.is_some());
    assert!(avatar.chosen(&other.id).is_some());
}
