//! From a chosen file to the part of it that is kept.

use foyer_contract::avatar::{ChosenPicture, Crop};

use super::*;

/// Four fields: red, green; blue, white.
fn fields() -> Vec<u8> {
    let pixels = image::RgbImage::from_fn(400, 200, |x, y| match (x < 200, y < 100) {
        (true, true) => image::Rgb([220, 20, 20]),
        (false, true) => image::Rgb([20, 220, 20]),
        (true, false) => image::Rgb([20, 20, 220]),
        (false, false) => image::Rgb([240, 240, 240]),
    });
    let mut png = std::io::Cursor::new(Vec::new());
    pixels.write_to(&mut png, image::ImageFormat::Png).unwrap();
    png.into_inner()
}

async fn chosen(avatar: &Avatar, bytes: Vec<u8>) -> Result<ChosenPicture, ErrorCode> {
    let choice = async { Ok(Some(PictureInput::Bytes(bytes))) };
    avatar.choose("main", choice).await.map(Option::unwrap).map_err(|failure| failure.code())
}

const LEFT: Crop = Crop { x: 0.25, y: 0.5, side: 1.0, quarter_turns: 0 };

#[tokio::test]
async fn the_part_that_is_kept_is_prepared_and_the_rest_is_gone() {
    let avatar = Avatar::default();
    let picture = chosen(&avatar, fields()).await.unwrap();
    assert_eq!((picture.width, picture.height), (400, 200));
    assert!((picture.most_zoom - 3.125).abs() < 1e-9);
    let preview = image::load_from_memory(&avatar.chosen(&picture.id).unwrap()).unwrap();
    assert_eq!((preview.width(), preview.height()), (400, 200));

    let kept = avatar.crop(&picture.id, Crop { quarter_turns: 1, ..LEFT }).await.unwrap();

    let made = image::load_from_memory(&avatar.preview(&kept.id).unwrap()).unwrap().into_rgb8();
    assert_eq!(made.dimensions(), (512, 512));
    // Red was above blue; turned clockwise, it is right of it.
    assert!(made.get_pixel(400, 250).0[0] > 180 && made.get_pixel(100, 250).0[2] > 180);
    assert_eq!(avatar.chosen(&picture.id), None);
    let again = avatar.crop(&picture.id, LEFT).await.unwrap_err();
    assert_eq!(again.code(), ErrorCode::PreviewUnknown);
}

#[tokio::test]
async fn hostile_numbers_are_refused_and_the_picture_can_still_be_cut() {
    let avatar = Avatar::default();
    let picture = chosen(&avatar, fields()).await.unwrap();

    for crop in [
        Crop { x: f64::NAN, ..LEFT },
        Crop { y: f64::INFINITY, ..LEFT },
        Crop { side: 0.0, ..LEFT },
        Crop { side: 0.1, ..LEFT },
        Crop { side: 9.0, ..LEFT },
        Crop { x: 0.9, ..LEFT },
        Crop { quarter_turns: 200, ..LEFT },
    ] {
        let refused = avatar.crop(&picture.id, crop).await.unwrap_err();
        assert_eq!(refused.code(), ErrorCode::Session(SessionErrorCode::Internal), "{crop:?}");
    }

    assert!(avatar.crop(&picture.id, LEFT).await.is_ok());
}

#[tokio::test]
async fn what_is_given_up_is_not_kept() {
    let avatar = Avatar::default();
    let picture = chosen(&avatar, fields()).await.unwrap();

    avatar.cancel("main");

    assert_eq!(avatar.chosen(&picture.id), None);
    let second = chosen(&avatar, fields()).await.unwrap();
    let third = chosen(&avatar, fields()).await.unwrap();
    assert_eq!(avatar.chosen(&second.id), None, "one at a time");
    assert!(avatar.chosen(&third.id).is_some());
}

#[tokio::test]
async fn pasted_bytes_have_the_limits_of_a_file() {
    let avatar = Avatar::default();

    assert_eq!(chosen(&avatar, vec![0; 10 * 1024 * 1024 + 1]).await, Err(ErrorCode::FileTooLarge));
    assert_eq!(chosen(&avatar, b"<svg/>".to_vec()).await, Err(ErrorCode::ImageUnsupported));
    let mut cut = fields();
    cut.truncate(200);
    assert_eq!(chosen(&avatar, cut).await, Err(ErrorCode::ImageBroken));
}
