use bytes::Bytes;

use super::super::test_world::world;

fn png() -> Bytes {
    let mut file = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(4, 4).write_to(&mut file, image::ImageFormat::Png).unwrap();
    file.into_inner().into()
}

#[tokio::test(flavor = "multi_thread")]
async fn others_see_the_row_and_of_a_private_bucket_no_picture() {
    let world = world().await;
    let path = format!("{}/face.png", world.account().user().unwrap().id);
    let bucket = world.connection.client().storage("avatars");
    bucket.upload(&path, "image/png", png(), |_, _| {}).await.unwrap();
    world.sql.run(&format!("update public.profiles set username = 'ada', avatar_url = '{path}'")).await;

    let seen = world.account().public_profile().await.unwrap();
    let profile = seen.profile.unwrap();
    assert_eq!((profile.full_name.as_str(), profile.username.as_str()), ("Ada", "ada"));
    assert!(!seen.has_picture);

    world.sql.run("update storage.buckets set public = true where id = 'avatars'").await;
    assert!(world.account().public_profile().await.unwrap().has_picture);
    world
        .sql
        .run("update public.profiles set avatar_url = 'https://avatars.githubusercontent.com/u/1'")
        .await;
    assert!(world.account().public_profile().await.unwrap().has_picture, "its address is in the row");
    world.sql.run("update public.profiles set avatar_url = '/a.png'").await;
    assert!(!world.account().public_profile().await.unwrap().has_picture);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_a_policy_hides_the_row_others_see_nothing() {
    let world = world().await;
    world.sql.run("drop policy \"Public profiles are viewable by everyone.\" on public.profiles").await;

    let seen = world.account().public_profile().await.unwrap();

    assert_eq!((seen.profile, seen.has_picture), (None, false));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_column_that_the_project_lacks_is_not_asked_for() {
    let world = world().await;
    world.sql.run("alter table public.profiles drop column website").await;
    world.load().await;

    assert_eq!(world.account().public_profile().await.unwrap().profile.unwrap().full_name, "Ada");
}
