//! Makes a picture of floating-point pixels larger or smaller by a cubic filter (Catmull and Rom).

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::F32x4;
use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};
use image::Rgba32FImage;

use crate::error::PictureError;
use crate::scaler::Pixel;

/// The picture of this size with these pixels, whose colours are multiplied with alpha, in another size, with its colours
/// as they are.
pub(crate) fn resample(
    pixels: Vec<Pixel>,
    (width, height): (u32, u32),
    size: (u32, u32),
) -> Result<Rgba32FImage, PictureError> {
    let broken = |_| PictureError::Broken;
    let pixels: Vec<F32x4> = pixels.into_iter().map(F32x4::new).collect();
    let from = TypedImageRef::new(width, height, &pixels).map_err(broken)?;
    let mut to = TypedImage::<F32x4>::new(size.0, size.1);
    let cubic = ResizeAlg::Convolution(FilterType::CatmullRom);
    let options = ResizeOptions::new().resize_alg(cubic).use_alpha(false);
    Resizer::new().resize_typed(&from, &mut to, &options).map_err(|_| PictureError::Broken)?;
    let values = to.pixels().iter().flat_map(|pixel| plain(pixel.0)).collect();
    Rgba32FImage::from_raw(size.0, size.1, values).ok_or(PictureError::Broken)
}

/// A pixel whose colours are no longer multiplied with alpha. What the filter has made of an edge may lie outside of what
/// there is.
fn plain([red, green, blue, alpha]: Pixel) -> Pixel {
    // Less than what eight bits can say.
    if alpha < 1.0 / 512.0 {
        return [0.0; 4];
    }
    let [red, green, blue] = [red, green, blue].map(|colour| (colour / alpha).clamp(0.0, 1.0));
    [red, green, blue, alpha.min(1.0)]
}
