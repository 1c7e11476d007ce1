//! Two pictures of a page are held against each other tile by tile, by the tiles' mean colours. Letters that are
//! smoothed otherwise by another release of the engine, or on another machine, leave the mean as it is; what is gone,
//! has moved or has another colour does not, however large the rest of the page is.

use image::{GenericImage, Rgb, RgbImage, imageops};

/// A tile has so many pixels on each side.
const SIDE: u32 = 8;

/// So many steps of a channel, of 255, a mean may be off: colours are rounded in more than one way.
const ROUNDING: f32 = 6.0;

/// So much more it may be off where there is something in the tile: this share of the distance between the brightest and
/// the darkest pixel in it, in both pictures. A line of letters that is half a pixel aside is within it.
const WITHIN: f32 = 0.15;

/// What a tile looks like, channel by channel.
struct Tile {
    mean: [f32; 3],
    range: [f32; 3],
}

/// The corners of the tiles that differ, in pixels; those of what only one of the pictures has are among them.
pub(super) fn differing(one: &RgbImage, other: &RgbImage) -> Vec<(u32, u32)> {
    let (width, height) = (one.width().max(other.width()), one.height().max(other.height()));
    let step = |end: u32| (0..end).step_by(SIDE as usize);
    let corners = step(height).flat_map(|top| step(width).map(move |left| (left, top)));
    corners.filter(|corner| !is_same(one, other, *corner)).collect()
}

fn is_same(one: &RgbImage, other: &RgbImage, corner: (u32, u32)) -> bool {
    let (Some((one, size)), Some((other, other_size))) = (tile(one, corner), tile(other, corner)) else {
        return false;
    };
    size == other_size
        && (0..3).all(|channel| {
            let spare = ROUNDING + WITHIN * one.range[channel].min(other.range[channel]);
            (one.mean[channel] - other.mean[channel]).abs() <= spare
        })
}

/// The tile with this corner and its size, which is smaller at the edges; `None` beyond them.
fn tile(picture: &RgbImage, (left, top): (u32, u32)) -> Option<(Tile, (u32, u32))> {
    let width = picture.width().checked_sub(left)?.min(SIDE);
    let height = picture.height().checked_sub(top)?.min(SIDE);
    if width == 0 || height == 0 {
        return None;
    }
    let part = imageops::crop_imm(picture, left, top, width, height).to_image();
    let of = |channel: usize| part.pixels().map(move |pixel| f32::from(pixel.0[channel]));
    let mean = [0, 1, 2].map(|channel| of(channel).sum::<f32>() / (width * height) as f32);
    let range = [0, 1, 2].map(|channel| of(channel).fold(0.0, f32::max) - of(channel).fold(255.0, f32::min));
    Some((Tile { mean, range }, (width, height)))
}

/// Reference, picture of now, and that once more, dimmed and with the tiles that differ in red.
pub(super) fn side_by_side(then: &RgbImage, now: &RgbImage, differing: &[(u32, u32)]) -> RgbImage {
    let mut marked = now.clone();
    for pixel in marked.pixels_mut() {
        pixel.0 = pixel.0.map(|channel| channel / 4 + 160);
    }
    for (left, top) in differing {
        for (x, y) in (0..SIDE * SIDE).map(|at| (left + at % SIDE, top + at / SIDE)) {
            if let Some(pixel) = marked.get_pixel_mut_checked(x, y) {
                *pixel = Rgb([pixel.0[0], 0, 0]);
            }
        }
    }
    let pictures = [then, now, &marked];
    let width = pictures.iter().map(|picture| picture.width() + SIDE).sum();
    let height = pictures.iter().map(|picture| picture.height()).max().unwrap_or_default();
    let mut all = RgbImage::new(width, height);
    let mut left = 0;
    for picture in pictures {
        // It fits: the width is the sum of theirs.
        let _ = all.copy_from(picture, left, 0);
        left += picture.width() + SIDE;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHITE: Rgb<u8> = Rgb([255; 3]);
    const GREEN: Rgb<u8> = Rgb([11, 107, 92]);

    fn page() -> RgbImage {
        RgbImage::from_pixel(80, 40, WHITE)
    }

    /// A page with a bar of this colour from there on.
    fn with_bar(colour: Rgb<u8>, top: u32) -> RgbImage {
        let mut picture = page();
        for (x, y) in (top..top + 12).flat_map(|y| (8..72).map(move |x| (x, y))) {
            picture.put_pixel(x, y, colour);
        }
        picture
    }

    /// Stems of letters: one pixel black, the next as dark as this, then white ones.
    fn with_stems(second: u8) -> RgbImage {
        RgbImage::from_fn(80, 40, |x, _| match x % 8 {
            3 => Rgb([0; 3]),
            4 => Rgb([second; 3]),
            _ => WHITE,
        })
    }

    #[test]
    fn the_same_picture_has_no_difference() {
        assert_eq!(differing(&with_bar(GREEN, 8), &with_bar(GREEN, 8)), []);
    }

    #[test]
    fn what_is_gone_differs() {
        assert!(differing(&with_bar(GREEN, 8), &page()).len() > 10);
        assert!(differing(&with_stems(128), &page()).len() > 40);
    }

    #[test]
    fn another_colour_of_the_same_thing_differs() {
        let bluer = Rgb([11, 107, 108]);

        assert!(differing(&with_bar(GREEN, 8), &with_bar(bluer, 8)).len() >= 8);
    }

    #[test]
    fn what_moved_by_a_few_pixels_differs() {
        assert!(differing(&with_bar(GREEN, 8), &with_bar(GREEN, 11)).len() >= 8);
    }

    #[test]
    fn letters_that_are_smoothed_otherwise_and_rounded_colours_are_the_same() {
        assert_eq!(differing(&with_stems(120), &with_stems(255)), []);
        assert_eq!(differing(&with_bar(GREEN, 8), &with_bar(Rgb([13, 104, 94]), 8)), []);
    }

    #[test]
    fn what_only_one_of_them_has_differs() {
        let longer = RgbImage::from_pixel(80, 49, WHITE);

        let differing = differing(&page(), &longer);

        assert!(differing.iter().all(|(_, top)| *top >= 40), "{differing:?}");
        assert_eq!(differing.len(), 20);
    }

    #[test]
    fn the_difference_is_red_beside_both_pictures() {
        let (then, now) = (with_bar(GREEN, 8), page());

        let shown = side_by_side(&then, &now, &differing(&then, &now));

        assert_eq!(shown.dimensions(), (3 * 88, 40));
        assert_eq!(*shown.get_pixel(20, 10), GREEN);
        assert_eq!(*shown.get_pixel(88 + 20, 10), WHITE);
        assert_eq!(shown.get_pixel(2 * 88 + 20, 10).0[1..], [0, 0]);
        assert_eq!(shown.get_pixel(2 * 88 + 20, 38).0, [223; 3]);
    }
}
