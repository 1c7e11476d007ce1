//! What becomes of a person's pictures when their account is deleted, against a real project in this process.

use super::super::test_world::{EMAIL, World, world};
use super::*;

impl World {
    /// Puts an object into the bucket.
    async fn put_object(&self, path: &str) {
        let bucket = self.connection.client().storage(BUCKET);
        bucket.upload(path, "image/png", b"bytes".to_vec().into(), |_, _| {}).await.unwrap();
    }

    /// The path of an object in the person's own folder.
    fn own(&self, path: &str) -> String {
        format!("{}/{path}", self.account().user().unwrap().id)
    }

    /// The address of an object in the project's Storage, as other apps write it into the row.
    fn address(&self, object: &str) -> String {
        let base = self.connection.client().project().url().as_str().trim_end_matches('/');
        format!("{base}/storage/v1/object/public/{object}")
    }

    /// What another app has written into the row.
    async fn names(&self, picture: &str) {
        self.sql.run(&format!("update public.profiles set avatar_url = '{picture}'")).await;
        self.load().await;
    }

    /// What the person is told, and how many objects have stayed.
    async fn delete_account(&self) -> (Result<NoticeCode, Failure>, usize) {
        let outcome = self.account().delete(EMAIL).await;
        (outcome, self.sql.run("select name from storage.objects").await.len())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_in_folders_are_deleted_with_the_account() {
    let world = world().await;
    for path in ["one.png", "old/pic.png", "old/older/pic.png", "other/pic.png"] {
        world.put_object(&world.own(path)).await;
    }

    assert_eq!(world.delete_account().await, (Ok(NoticeCode::AccountDeleted), 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn more_pictures_and_folders_than_one_listing_tells_are_deleted_with_the_account() {
    let world = world().await;
    for number in 0..51 {
        world.put_object(&world.own(&format!("{number}.png"))).await;
        world.put_object(&world.own(&format!("of {number}/pic.png"))).await;
    }

    assert_eq!(world.delete_account().await, (Ok(NoticeCode::AccountDeleted), 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_in_too_deep_a_folder_is_said_to_stay() {
    let world = world().await;
    world.put_object(&world.own("1/2/3/4/5/6/7/8/pic.png")).await;
    world.put_object(&world.own("1/2/3/4/5/6/7/8/9/pic.png")).await;

    assert_eq!(world.delete_account().await, (Ok(NoticeCode::AccountDeletedPicturesStay), 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_outside_the_persons_own_folder_is_said_to_stay() {
    let flat = world().await;
    let anyone = "create policy \"Anyone can upload an avatar.\" on storage.objects
                    for insert with check (bucket_id = 'avatars');
                  create policy \"Avatar images are publicly accessible.\" on storage.objects
                    for select using (bucket_id = 'avatars')";
    flat.sql.run(anyone).await;
    flat.put_object("0.8372.jpg").await;
    flat.names("0.8372.jpg").await;
    assert_eq!(flat.delete_account().await, (Ok(NoticeCode::AccountDeletedPicturesStay), 1));

    let other = world().await;
    other.names(&other.address("team/ada.png")).await;
    assert_eq!(other.delete_account().await, (Ok(NoticeCode::AccountDeletedPicturesStay), 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_the_row_names_by_its_address_is_deleted_or_said_to_stay() {
    let open = world().await;
    open.put_object(&open.own("x.png")).await;
    open.names(&open.address(&format!("avatars/{}", open.own("x.png")))).await;
    assert_eq!(open.delete_account().await, (Ok(NoticeCode::AccountDeleted), 0));

    let hidden = world().await;
    hidden.put_object(&hidden.own("x.png")).await;
    hidden.sql.run("drop policy \"Own avatars are readable.\" on storage.objects").await;
    hidden.names(&hidden.address(&format!("avatars/{}", hidden.own("x.png")))).await;
    assert_eq!(hidden.delete_account().await, (Ok(NoticeCode::AccountDeletedPicturesStay), 1));
}
