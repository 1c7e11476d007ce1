//! Files that were made to do harm, chosen as the picture of an account that has one.

use std::io::Write;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::*;

/// The files, each with what the person is told of it.
fn files(folder: &Path) -> Vec<(&'static str, ErrorCode)> {
    let write = |name: &str, bytes: &[u8]| {
        std::fs::File::create(folder.join(name)).unwrap().write_all(bytes).unwrap()
    };
    let picture = image::DynamicImage::from(image::RgbImage::from_pixel(64, 64, image::Rgb([9, 99, 199])));
    let encoded = |picture: &image::DynamicImage, format| {
        let mut bytes = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    };
    let png = encoded(&picture, image::ImageFormat::Png);
    let wide = image::DynamicImage::from(image::RgbImage::new(8193, 1));
    write("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>");
    write("drawing.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>");
    write("moving.gif", b"GIF89a\x01\0\x01\0\0\0\0;");
    write("empty.png", b"");
    write("cut.png", &png[..png.len() / 2]);
    write("cut.jpg", &encoded(&picture, image::ImageFormat::Jpeg)[..400]);
    write("wide.png", &encoded(&wide, image::ImageFormat::Png));
    write("heavy.webp", &black_webp(8191));
    write("large.png", &vec![0; 10 * 1024 * 1024 + 1]);
    write("good.png", &png);
    symlink(folder.join("good.png"), folder.join("link.png")).unwrap();
    symlink("/dev/zero", folder.join("device.png")).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(folder.join("pipe.png")).status().unwrap().success());
    std::fs::create_dir(folder.join("folder.png")).unwrap();
    vec![
        ("drawing.svg", ErrorCode::ImageUnsupported),
        ("drawing.png", ErrorCode::ImageUnsupported),
        ("moving.gif", ErrorCode::ImageUnsupported),
        ("empty.png", ErrorCode::ImageUnsupported),
        ("cut.png", ErrorCode::ImageBroken),
        ("cut.jpg", ErrorCode::ImageBroken),
        ("wide.png", ErrorCode::ImageTooLarge),
        ("heavy.webp", ErrorCode::ImageTooHeavy),
        ("large.png", ErrorCode::FileTooLarge),
        ("link.png", ErrorCode::FileUnreadable),
        ("device.png", ErrorCode::FileUnreadable),
        ("pipe.png", ErrorCode::FileUnreadable),
        ("folder.png", ErrorCode::FileUnreadable),
        ("gone.png", ErrorCode::FileUnreadable),
    ]
}

/// A black square of this side as lossless WebP (RFC 9649). All of its prefix codes have one symbol, which takes no bits:
/// any number of pixels fits into eight bytes.
fn black_webp(side: u64) -> Vec<u8> {
    let (signature, edge) = (0x2f, side - 1);
    // No transform, no colour cache, no further codes; then five simple codes of one symbol of one bit, which is 0.
    let codes = 0b0001_0001_0001_0001_0001;
    let bits: u64 = signature | edge << 8 | edge << 22 | codes << 43;
    [b"RIFF\x14\0\0\0WEBPVP8L\x08\0\0\0".as_slice(), &bits.to_le_bytes()].concat()
}

/// An ordinary photograph, which a person waits for: 12 million pixels that do not compress to nothing.
fn photograph(folder: &Path) -> PathBuf {
    let pixel = |x: u32, y: u32| image::Rgb([(x * 7 + y) as u8, (x ^ y) as u8, (x * y / 64) as u8]);
    let picture = image::DynamicImage::from(image::RgbImage::from_fn(4000, 3000, pixel));
    let path = folder.join("photograph.jpg");
    picture.save(&path).unwrap();
    path
}

impl Scene {
    /// How the choice of this file ends, and the least time that it took: of one choice, or of three where the first
    /// was not `quick`, as a machine may be busy with something else in between.
    async fn choose(&self, path: &Path, quick: Duration) -> (Option<ErrorCode>, Duration) {
        let mut least = Duration::MAX;
        let mut code = None;
        for _ in 0..3 {
            let file = path.to_owned();
            let begun = Instant::now();
            let choice = async { Ok(Some(PictureInput::File(file))) };
            let chosen = self.account.avatar.choose("main", choice).await;
            least = least.min(begun.elapsed());
            code = chosen.err().map(|failure| failure.code());
            if least < quick {
                break;
            }
        }
        (code, least)
    }
}

#[tokio::test]
async fn a_hostile_file_is_refused_sooner_than_a_photograph_is_prepared_and_the_old_picture_stays() {
    let scene = Scene::new().await;
    scene.upload([200, 0, 0]).await.unwrap();
    let (named, objects, shown) = (scene.named().await, scene.objects().await, scene.shown());
    let folder = tempfile::tempdir().unwrap();
    let files = files(folder.path());
    let (refused, wait) = scene.choose(&photograph(folder.path()), Duration::ZERO).await;
    assert_eq!(refused, None);
    scene.account.avatar.cancel("main");
    lock(&scene.way.seen).clear();

    for (name, code) in files {
        let (refused, time) = scene.choose(&folder.path().join(name), wait).await;

        assert_eq!(refused, Some(code), "{name}");
        assert!(time < wait, "{name}: {time:?}, a photograph: {wait:?}");
    }

    assert!(lock(&scene.way.seen).is_empty(), "something was asked of the server");
    assert_eq!((scene.named().await, scene.objects().await, scene.shown()), (named, objects, shown));
    // Nothing of them stands in the way of the next one.
    let good = folder.path().join("good.png");
    let choice = async { Ok(Some(PictureInput::File(good))) };
    assert!(scene.account.avatar.choose("main", choice).await.unwrap().is_some());
}
