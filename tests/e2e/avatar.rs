//! The picture: what becomes of a photo, who may write it, what is refused.

use std::fs;
use std::path::Path;

use harness::deadline::until;
use harness::page::plain;
use harness::photo::{GPS_CANARY, write_with_gps};
use harness::recorder::Crossed;
use harness::server::Person;
use harness::steps::PASSWORD;
use harness::{App, Desktop, Fault, Outcome, Server};
use image::GenericImageView;
use thirtyfour::Key;

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
        Ok(self.server.profile(&self.person, "avatar_url").await?.filter(|path| !path.is_empty()))
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
async fn a_removal_is_undone_from_the_keyboard() -> Outcome {
    let scene = signed_in().await?;
    let good = scene.desktop.path("good.png");
    image::RgbImage::from_pixel(640, 640, image::Rgb([20, 140, 90])).save(&good)?;
    scene.app.set_avatar(&scene.desktop, &good).await?;
    let path = scene.new_picture(None).await?;

    scene.app.click("avatar-remove").await?;
    until("the row to name none", async || Ok(scene.avatar_url().await?.is_none().then_some(()))).await?;
    assert_eq!(scene.objects().await?, std::slice::from_ref(&path), "the object waits");
    scene.app.wait_for("avatar-removed").await?;
    // The button that was pressed is gone, and the focus is on the way back.
    scene.app.wait_focused("avatar-undo").await?;
    scene.app.press(Key::Enter).await?;

    until("the row to name it again", async || {
        Ok((scene.avatar_url().await?.as_ref() == Some(&path)).then_some(()))
    })
    .await?;
    scene.app.wait_gone("avatar-undo").await?;
    scene.app.avatar_size().await?;
    assert_eq!(scene.objects().await?, [path]);
    Ok(())
}

/// Fields of one colour each, four beside and three below each other.
fn fields(path: &Path) -> Outcome {
    let picture = image::RgbImage::from_fn(800, 600, |x, y| {
        let (column, row) = ((x / 200) as u8, (y / 200) as u8);
        image::Rgb([40 + column * 60, 40 + row * 80, 220 - column * 30 - row * 40])
    });
    Ok(picture.save(path)?)
}

/// The part of the points in the circle at which what was painted and what was uploaded are not alike. The stage is 1.2
/// times as wide as the circle.
fn unlike(painted: &image::RgbImage, uploaded: &image::RgbImage) -> f64 {
    let pixel = |image: &image::RgbImage, of: f64, x: f64, y: f64| {
        let at = |place: f64, length: u32| ((0.5 + place / of) * f64::from(length)) as u32;
        *image.get_pixel(at(x, image.width()), at(y, image.height()))
    };
    let points: Vec<(f64, f64)> = (-20..=20)
        .flat_map(|x| (-20..=20).map(move |y| (f64::from(x) / 45.0, f64::from(y) / 45.0)))
        .filter(|(x, y)| x.hypot(*y) < 0.46)
        .collect();
    let is_unlike = |(x, y): &&(f64, f64)| {
        let (seen, kept) = (pixel(painted, 1.2, *x, *y), pixel(uploaded, 1.0, *x, *y));
        (0..3).any(|at| seen.0[at].abs_diff(kept.0[at]) > 24)
    };
    points.iter().filter(is_unlike).count() as f64 / points.len() as f64
}

#[tokio::test]
async fn what_is_seen_in_the_circle_is_what_is_uploaded_and_the_keyboard_is_enough() -> Outcome {
    let server = Server::start().await?;
    let mut desktop = Desktop::with(&server).await?;
    desktop.composite();
    let scene = signed_in_on(server, desktop).await?;
    let file = scene.desktop.path("fields.png");
    fields(&file)?;
    scene.app.choose_avatar(&scene.desktop, &file).await?;
    scene.app.wait_for("crop-stage").await?;
    scene.app.wait_focused("crop-stage").await?;
    let at_first = until("the picture behind the circle", async || {
        let painted = scene.app.painted("crop-stage").await?;
        let [red, green, blue] = painted.get_pixel(painted.width() / 2, painted.height() / 2).0;
        Ok((red.abs_diff(green) > 20 || green.abs_diff(blue) > 20).then_some(painted))
    })
    .await?;

    scene.app.press("++++").await?;
    scene.app.press(Key::Right + "").await?;
    scene.app.press(Key::Shift + Key::Down).await?;
    scene.app.press("r").await?;

    until("the size and the turn to be told", async || {
        let told = scene.app.told("crop-state").await?;
        Ok((told.contains("146") && told.contains("90")).then_some(()))
    })
    .await?;
    // What is told may be ahead of what is painted.
    scene.app.settled().await?;
    let seen = scene.app.painted("crop-stage").await?;
    scene.app.press(Key::Enter).await?;
    let path = scene.new_picture(None).await?;
    let uploaded = image::load_from_memory(&scene.server.object(&path).await?)?.into_rgb8();
    assert!(unlike(&seen, &uploaded) < 0.08, "{}", unlike(&seen, &uploaded));
    assert!(unlike(&at_first, &uploaded) > 0.3, "the keys did something: {}", unlike(&at_first, &uploaded));
    scene.app.wait_gone("crop-dialog").await?;

    // Escape keeps the old picture.
    scene.app.choose_avatar(&scene.desktop, &file).await?;
    scene.app.wait_for("crop-stage").await?;
    scene.app.press(Key::Escape + "").await?;
    scene.app.wait_gone("crop-dialog").await?;
    assert_eq!(scene.avatar_url().await?, Some(path));
    Ok(())
}

#[tokio::test]
async fn a_picture_on_the_clipboard_is_taken_and_a_text_goes_to_its_field() -> Outcome {
    let mut scene = signed_in().await?;
    let (picture, text) = (scene.desktop.path("fields.png"), scene.desktop.path("text"));
    fields(&picture)?;
    fs::write(&text, "Ada King")?;
    scene.desktop.copy("UTF8_STRING", &text).await?;
    assert_eq!(scene.app.pasted("full-name").await?, "Ada King");
    assert!(
        scene.app.shown("crop-dialog").await?.is_none() && scene.app.shown("avatar-error").await?.is_none()
    );

    // With no field under the keyboard, it is said what is missing.
    scene.app.run("document.activeElement.blur()", vec![]).await?;
    scene.app.press(Key::Control + "v").await?;
    plain(&scene.app.text("avatar-error").await?)?;
    assert_eq!(refusals(&scene.app).await?, ["no_picture_copied"]);

    scene.desktop.copy("image/png", &picture).await?;
    scene.app.press(Key::Control + "v").await?;
    scene.app.click("crop-apply").await?;
    scene.new_picture(None).await?;
    Ok(())
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
    let (desktop, network) = Desktop::with_network(&server).await?;
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
