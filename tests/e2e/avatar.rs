//! The picture: what becomes of a photo, who may write it, what is refused.

use std::fs;
use std::path::Path;

use harness::deadline::until;
use harness::page::plain;
use harness::photo::{GPS_CANARY, write_with_gps};
use harness::recorder::Crossed;
use harness::server::Person;
use harness::steps::PASSWORD;
use harness::{App, Desktop, Fault, Outcome, Proxy, Server};
use image::GenericImageView;

const EMAIL: &str = "mary@example.com";

struct Scene {
    server: Server,
    person: Person,
    desktop: Desktop,
    app: App,
}

async fn signed_in() -> Outcome<Scene> {
    let server = Server::start().await?;
    let desktop = Desktop::with(&server).await?;
    signed_in_on(server, desktop).await
}

async fn signed_in_on(server: Server, desktop: Desktop) -> Outcome<Scene> {
    let person = server.person(EMAIL, PASSWORD).await?;
    let app = App::start(&desktop).await?;
    app.sign_in(EMAIL, PASSWORD).await?;
    Ok(Scene { server, person, desktop, app })
}

impl Scene {
    /// The objects' names in the bucket.
    async fn objects(&self) -> Outcome<Vec<String>> {
        let rows = self.server.sql("select name from storage.objects where bucket_id = 'avatars'").await?;
        Ok(rows.iter().filter_map(|row| row["name"].as_str().map(str::to_owned)).collect())
    }

    async fn avatar_url(&self) -> Outcome<Option<String>> {
        let query = format!("select avatar_url from public.profiles where id = '{}'", self.person.id);
        Ok(self.server.value(&query).await?.filter(|path| !path.is_empty()))
    }

    /// Waits until the profile names a picture other than `before`, and nothing but that lies in the bucket.
    async fn new_picture(&self, before: Option<&str>) -> Outcome<String> {
        until("a new picture, and the old one gone", async || {
            let named = self.avatar_url().await?.filter(|path| Some(path.as_str()) != before);
            let all = self.objects().await?;
            Ok(named.filter(|path| all == [path.clone()]))
        })
        .await
    }
}

#[tokio::test]
async fn a_photo_becomes_a_small_upright_picture_without_its_position() -> Outcome {
    let scene = signed_in().await?;
    let photo = scene.desktop.path("photo.jpg");
    write_with_gps(&photo)?;
    assert!(fs::read(&photo)?.windows(GPS_CANARY.len()).any(|part| part == GPS_CANARY.as_bytes()));

    scene.app.set_avatar(&scene.desktop, &photo).await?;

    let path = scene.new_picture(None).await?;
    assert!(path.starts_with(&format!("{}/", scene.person.id)), "{path}");
    let bytes = scene.server.object(&path).await?;
    for trace in [GPS_CANARY.as_bytes(), b"Exif", b"EXIF", b"GPS"] {
        assert!(!bytes.windows(trace.len()).any(|part| part == trace), "metadata is left in the picture");
    }
    let picture = image::load_from_memory(&bytes)?;
    let (width, height) = picture.dimensions();
    assert_eq!(width.max(height), 512);
    // Red was at the left of a photo that lay on its side: it is on top of the upright one.
    let pixel = |y| picture.get_pixel(width / 2, y).0;
    assert!(pixel(height / 8)[0] > 150 && pixel(height / 8)[2] < 110, "{:?}", pixel(height / 8));
    assert!(pixel(height * 7 / 8)[2] > 150 && pixel(height * 7 / 8)[0] < 110, "{:?}", pixel(height * 7 / 8));
    assert_eq!(scene.app.avatar_size().await?, (u64::from(width), u64::from(height)));

    // Replaced, on a row that changed elsewhere meanwhile: the old object goes last. Removed: nothing is left but the
    // initials.
    scene.server.sql("update public.profiles set updated_at = now()").await?;
    scene.app.set_avatar(&scene.desktop, &photo).await?;
    scene.new_picture(Some(&path)).await?;
    scene.app.click("avatar-remove").await?;
    until("the picture to be removed", async || {
        Ok((scene.avatar_url().await?.is_none() && scene.objects().await?.is_empty()).then_some(()))
    })
    .await?;
    scene.app.wait_gone("avatar-image").await
}

#[tokio::test]
async fn nobody_else_can_write_into_my_folder() -> Outcome {
    let server = Server::start().await?;
    let mine = server.person(EMAIL, PASSWORD).await?;
    let other = server.person("mallory@example.com", PASSWORD).await?;
    let mut picture = Vec::new();
    image::DynamicImage::new_rgb8(8, 8)
        .write_to(&mut std::io::Cursor::new(&mut picture), image::ImageFormat::WebP)?;
    let path = format!("{}/mine.webp", mine.id);

    let (status, body) = server.put_object(&other, &path, picture.clone()).await?;
    assert!(status >= 400 && body.contains("403"), "{status} {body}");

    // The same request from its owner is taken: it was the policy that refused.
    let (status, body) = server.put_object(&mine, &path, picture).await?;
    assert_eq!(status, 200, "{body}");
    Ok(())
}

#[tokio::test]
async fn what_is_no_picture_is_refused_in_one_sentence_and_the_old_one_stays() -> Outcome {
    let scene = signed_in().await?;
    let good = scene.desktop.path("good.png");
    image::RgbImage::from_pixel(640, 640, image::Rgb([20, 140, 90])).save(&good)?;
    scene.app.set_avatar(&scene.desktop, &good).await?;
    let old = scene.new_picture(None).await?;
    scene.app.avatar_size().await?;

    let svg =
        b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><script>alert(1)</script></svg>";
    let mut large = fs::read(&good)?;
    large.resize(20 * 1024 * 1024, 0);
    let bad: [(&str, &[u8], &[&str]); 4] = [
        ("letter.png", b"Dear Sir or Madam, this is no picture.", &["image_broken", "image_unsupported"]),
        ("large.png", &large, &["file_too_large"]),
        ("drawing.svg", svg, &["image_unsupported"]),
        ("cut.png", &fs::read(&good)?[..200], &["image_broken"]),
    ];
    for (name, bytes, codes) in bad {
        let file = scene.desktop.path(name);
        fs::write(&file, bytes)?;
        let before = refusals(&scene.app).await?.len();
        scene.app.choose_avatar(&scene.desktop, &file).await?;

        let refused = until(&format!("{name} to be refused"), async || {
            Ok(refusals(&scene.app).await?.get(before).cloned())
        })
        .await?;
        assert!(codes.contains(&refused.as_str()), "{name}: {refused}");
        plain(&scene.app.text("avatar-error").await?)?;
        assert_eq!(scene.avatar_url().await?.as_ref(), Some(&old), "{name}");
        assert_eq!(scene.objects().await?, std::slice::from_ref(&old), "{name}");
        scene.app.avatar_size().await.map_err(|fault| Fault::new(format!("{name}: {fault}")))?;
    }
    Ok(())
}

#[tokio::test]
async fn a_picture_that_cannot_be_shown_gives_way_to_initials_and_can_be_removed() -> Outcome {
    for odd in
        ["../x", "object/sign/avatars/a.png?token=TOKEN-CANARY", "https://a.example/a.jpg?token=TOKEN-CANARY"]
    {
        let server = Server::start().await?;
        let person = server.person(EMAIL, PASSWORD).await?;
        server.sql(&format!("update public.profiles set avatar_url = '{odd}'")).await?;
        let desktop = Desktop::with(&server).await?;
        let app = App::start(&desktop).await?;
        app.sign_in(EMAIL, PASSWORD).await?;
        app.wait_for("avatar-initials").await?;
        let scene = Scene { server, person, desktop, app };

        scene.app.click("avatar-remove").await?;

        until(&format!("{odd} to be removed"), async || {
            Ok(scene.avatar_url().await?.is_none().then_some(()))
        })
        .await?;
        scene.app.wait_gone("avatar-remove").await?;
        let log = scene.desktop.printed()?;
        assert!(log.contains("answered") && !log.contains("CANARY"), "{log}");
    }
    Ok(())
}

/// The codes of the failures that the backend has answered so far.
async fn refusals(app: &App) -> Outcome<Vec<String>> {
    let code = |crossed: Crossed| {
        let Crossed::In(text) = crossed else { return None };
        let answer: serde_json::Value = serde_json::from_str(&text).ok()?;
        answer.get("message")?.as_str()?;
        answer["code"].as_str().map(str::to_owned)
    };
    Ok(app.crossed().await?.into_iter().filter_map(code).collect())
}

/// A picture that stays large when it is made small: noise.
fn noise(path: &Path) -> Outcome {
    let mut state = 1_u32;
    let picture = image::RgbImage::from_fn(512, 512, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [_, r, g, b] = state.to_be_bytes();
        image::Rgb([r, g, b])
    });
    Ok(picture.save(path)?)
}

#[tokio::test]
async fn an_upload_cut_at_every_tenth_leaves_the_old_picture_and_a_retry_brings_the_new_one() -> Outcome {
    let server = Server::start().await?;
    let network = Proxy::before(&server.url).await?;
    let mut desktop = Desktop::with(&server).await?;
    desktop.set("FOYER_SUPABASE_URL", &network.url);
    let scene = signed_in_on(server, desktop).await?;
    let (first, large) = (scene.desktop.path("first.png"), scene.desktop.path("noise.png"));
    image::RgbImage::from_pixel(64, 64, image::Rgb([200, 80, 40])).save(&first)?;
    noise(&large)?;
    scene.app.set_avatar(&scene.desktop, &first).await?;
    let old = scene.new_picture(None).await?;

    // Noise of this size is some 100 KB, whatever it is written as: each of these ends within it.
    for tenth in 1..10 {
        network.cut_after(9_000 * tenth);
        match tenth {
            1 => scene.app.set_avatar(&scene.desktop, &large).await?,
            _ => scene.app.click("avatar-retry").await?,
        }
        network.was_cut().await?;
        plain(&scene.app.text("avatar-error").await?)?;
        assert_eq!(scene.avatar_url().await?.as_deref(), Some(old.as_str()), "the row is written last");
        assert_eq!(scene.objects().await?, std::slice::from_ref(&old), "nothing is left behind");
    }
    scene.app.click("avatar-retry").await?;

    let new = scene.new_picture(Some(&old)).await?;
    assert!(scene.server.object(&new).await?.len() > 80_000, "the cuts were within the upload");
    Ok(())
}
