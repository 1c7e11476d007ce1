//! From the colours that a file says it has to sRGB, which is what everybody shows.

use image::{Rgba, Rgba32FImage, RgbaImage};
use moxcms::{
    Chromaticity, CicpColorPrimaries, CicpProfile, ColorPrimaries, ColorProfile, DataColorSpace, Layout,
    MatrixCoefficients, TransferCharacteristics, TransformOptions, XyY, curve_from_gamma,
};

/// What the values of a picture mean. One that says nothing means sRGB.
pub(crate) struct Colours(Option<Box<ColorProfile>>);

impl Colours {
    pub(crate) fn srgb() -> Self {
        Self(None)
    }

    /// From an ICC profile. One that cannot be read says nothing.
    pub(crate) fn from_icc(profile: Option<&[u8]>) -> Self {
        let parsed = profile.and_then(|bytes| ColorProfile::new_from_slice(bytes).ok());
        Self(parsed.map(Box::new))
    }

    /// From a PNG's header. What says more counts more, as its specification orders it.
    pub(crate) fn from_png(info: &png::Info<'_>) -> Self {
        if let Some(points) = info.coding_independent_code_points.as_ref().and_then(from_code_points) {
            return points;
        }
        if info.icc_profile.is_some() {
            return Self::from_icc(info.icc_profile.as_deref());
        }
        if info.srgb.is_some() {
            return Self::srgb();
        }
        // Without its gamma, what it says of its colours is of no use.
        let Some(gamma) = info.gama_chunk.map(png::ScaledFloat::into_value) else { return Self::srgb() };
        if !(0.01..=10.0).contains(&gamma) {
            return Self::srgb();
        }
        let mut profile = ColorProfile::new_srgb();
        if let Some(chrm) = &info.chrm_chunk {
            let at = |(x, y): (png::ScaledFloat, png::ScaledFloat)| (x.into_value(), y.into_value());
            let all = [chrm.white, chrm.red, chrm.green, chrm.blue].map(at);
            // A colour without brightness divides by nothing.
            if all.iter().any(|(x, y)| *y <= 0.0 || *x < 0.0 || x + y > 1.0) {
                return Self::srgb();
            }
            let [white, red, green, blue] = all.map(|(x, y)| Chromaticity { x, y });
            let white = XyY { x: white.x.into(), y: white.y.into(), yb: 1.0 };
            profile.update_rgb_colorimetry(white, ColorPrimaries { red, green, blue });
        }
        profile.cicp = None;
        let curve = Some(curve_from_gamma(1.0 / gamma));
        profile.red_trc.clone_from(&curve);
        profile.green_trc.clone_from(&curve);
        profile.blue_trc = curve;
        Self(Some(Box::new(profile)))
    }

    /// The picture in sRGB with eight bits a value.
    pub(crate) fn to_srgb(&self, picture: &Rgba32FImage) -> RgbaImage {
        let converted = self.0.as_deref().and_then(|profile| convert(profile, picture));
        converted.unwrap_or_else(|| {
            let mut plain = RgbaImage::new(picture.width(), picture.height());
            for (to, from) in plain.pixels_mut().zip(picture.pixels()) {
                *to = Rgba(from.0.map(eight_bits));
            }
            plain
        })
    }
}

fn from_code_points(points: &png::CodingIndependentCodePoints) -> Option<Colours> {
    let cicp = CicpProfile {
        color_primaries: CicpColorPrimaries::try_from(points.color_primaries).ok()?,
        transfer_characteristics: TransferCharacteristics::try_from(points.transfer_function).ok()?,
        matrix_coefficients: MatrixCoefficients::Identity,
        full_range: true,
    };
    let mut profile = ColorProfile::new_srgb();
    profile.update_rgb_colorimetry_from_cicp(cicp).then(|| Colours(Some(Box::new(profile))))
}

/// `None` where the profile is not for such a picture (one for print, say), or makes no sense.
fn convert(profile: &ColorProfile, picture: &Rgba32FImage) -> Option<RgbaImage> {
    let srgb = ColorProfile::new_srgb();
    let is_gray = profile.color_space == DataColorSpace::Gray;
    let (layout, channels) = match profile.color_space {
        DataColorSpace::Rgb => (Layout::Rgb, 3),
        DataColorSpace::Gray => (Layout::Gray, 1),
        _ => return None,
    };
    // In 16 bits, as wide colours in eight would come out in steps.
    let transform =
        profile.create_transform_16bit(layout, &srgb, Layout::Rgb, TransformOptions::default()).ok()?;
    // The channels of a grey picture are alike.
    if is_gray && picture.pixels().any(|pixel| pixel.0[0] != pixel.0[1] || pixel.0[1] != pixel.0[2]) {
        return None;
    }
    let from: Vec<u16> =
        picture.pixels().flat_map(|pixel| pixel.0.into_iter().take(channels)).map(sixteen_bits).collect();
    let mut to = vec![0; picture.pixels().len() * 3];
    transform.transform(&from, &mut to).ok()?;
    let mut srgb = RgbaImage::new(picture.width(), picture.height());
    for ((pixel, colours), before) in srgb.pixels_mut().zip(to.chunks_exact(3)).zip(picture.pixels()) {
        let eight = |value: u16| eight_bits(f32::from(value) / f32::from(u16::MAX));
        *pixel = Rgba([eight(colours[0]), eight(colours[1]), eight(colours[2]), eight_bits(before.0[3])]);
    }
    Some(srgb)
}

/// From 0 to 1. Rounding is a call of a function on older processors, which is most of the work.
pub(crate) fn eight_bits(value: f32) -> u8 {
    (value * 255.0 + 0.5) as u8
}

fn sixteen_bits(value: f32) -> u16 {
    (value * 65535.0).round() as u16
}
