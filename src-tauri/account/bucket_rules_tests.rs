//! A bucket whose rules are told is met before anything is sent.

use foyer_contract::avatar::Crop;

use super::*;

const WHOLE: Crop = Crop { x: 0.5, y: 0.5, side: 1.0, quarter_turns: 0 };

impl Scene {
    async fn limit(&self, bytes: u64) {
        let set = format!("update storage.buckets set file_size_limit = {bytes} where id = 'avatars'");
        self.sql(&set).await;
    }

    /// From now on the project tells its people what the bucket takes.
    async fn tell(&self) {
        self.sql("create policy \"Buckets are told.\" on storage.buckets for select using (true)").await;
        self.account.ask_bucket_rules().await;
    }

    fn told(&self) -> Option<u64> {
        self.account.view(None).unwrap().picture_limit
    }

    /// So many objects were sent, whatever became of them.
    fn sent(&self) -> usize {
        lock(&self.way.seen).iter().filter(|line| line.starts_with("POST /storage/v1/object/avatars")).count()
    }

    /// The id of a picture that was chosen, of many colours.
    async fn choose_colours(&self) -> String {
        let pixels = image::RgbImage::from_fn(300, 300, |x, y| {
            image::Rgb([((x * 7) ^ (y * 3)) as u8, ((x * 5) ^ (y * 11)) as u8, (x ^ y) as u8])
        });
        let mut png = std::io::Cursor::new(Vec::new());
        pixels.write_to(&mut png, image::ImageFormat::Png).unwrap();
        let choice = async { Ok(Some(PictureInput::Bytes(png.into_inner()))) };
        self.account.avatar.choose("main", choice).await.unwrap().unwrap().id
    }
}

#[tokio::test]
async fn a_small_bucket_gets_what_it_takes_at_the_first_try_where_it_is_told() {
    let scene = Scene::new().await;
    scene.limit(5 * 1024).await;
    scene.account.ask_bucket_rules().await;
    assert_eq!(scene.told(), None, "most projects do not tell");

    scene.tell().await;
    assert_eq!(scene.told(), Some(5 * 1024));
    let chosen = scene.choose_colours().await;
    let preview = scene.account.crop_avatar(&chosen, WHOLE).await.unwrap();
    let shown = scene.account.avatar.preview(&preview.id).unwrap();
    assert!(shown.len() <= 5 * 1024, "the preview is what will be sent: {}", shown.len());
    scene.account.upload_avatar(&preview.id, |_, _| {}).await.unwrap();

    assert_eq!(scene.sent(), 1);
    scene.limit(1 << 20).await;
    scene.account.ask_bucket_rules().await;
    assert_eq!(scene.told(), None, "no picture is as large as that");
}

#[tokio::test]
async fn a_bucket_that_takes_no_picture_is_said_before_anything_is_sent_and_asked_again_first() {
    let scene = Scene::new().await;
    scene.limit(30).await;
    scene.tell().await;
    let chosen = scene.choose_colours().await;

    let refused = scene.account.crop_avatar(&chosen, WHOLE).await.unwrap_err();

    assert_eq!(refused.code(), ErrorCode::BucketLimit);
    assert_eq!(scene.sent(), 0);
    // What was known is old by now.
    scene.limit(1 << 20).await;
    let preview = scene.account.crop_avatar(&chosen, WHOLE).await.unwrap();
    scene.account.upload_avatar(&preview.id, |_, _| {}).await.unwrap();
    assert_eq!((scene.sent(), scene.told()), (1, None));
}

#[tokio::test]
async fn a_sign_out_forgets_what_the_bucket_takes() {
    let scene = Scene::new().await;
    scene.limit(5 * 1024).await;
    scene.tell().await;

    scene.account.close();
    let user = scene.account.user().unwrap();
    scene.account.open(&user);
    scene.account.load().await.unwrap();

    assert_eq!(scene.told(), None);
}
