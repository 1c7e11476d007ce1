//! Small pictures out of the blocks of a JPEG that was looked through: a pixel for each block, or for each quarter of it.
//! Nothing else of a large picture has to be computed.

use zune_jpeg::zune_core::colorspace::ColorSpace;

use super::frame::{Component, Frame};
use super::scan::Checked;
use crate::error::PictureError;
use crate::scaler::{Part, Pixel, Scaler};
use crate::stop::Stop;

/// A block has so many pixels in each direction.
const BLOCK: u32 = 8;

/// What a wave of half a period across a block is worth in the middle of either half of the block, times what the inverse
/// transform gives it with no wave down the block (ITU-T T.81, A.3.3): 1/4 of 1/sqrt(2) of the mean of cos(pi/16),
/// cos(3 pi/16), cos(5 pi/16) and cos(7 pi/16).
const ACROSS: f32 = 0.113_266;

/// The same for such a wave in both directions: 1/4 of the square of that mean.
const DIAGONAL: f32 = 0.102_633;

/// How finely a block is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// One pixel for each block: its mean.
    Blocks,
    /// A pixel for each quarter of a block.
    Quarters,
}

impl Detail {
    /// So many pixels in each direction become one.
    fn scale(self) -> u32 {
        match self {
            Self::Blocks => BLOCK,
            Self::Quarters => BLOCK / 2,
        }
    }

    /// The size of the small picture. With whole blocks also those at the edge count that are not full.
    fn size(self, frame: &Frame) -> (u32, u32) {
        match self {
            Self::Blocks => (frame.width.div_ceil(BLOCK), frame.height.div_ceil(BLOCK)),
            Self::Quarters => (frame.width / self.scale(), frame.height / self.scale()),
        }
    }
}

/// Whether the quarters of its blocks show this part as finely as it has to be.
pub(super) fn quarters_suffice(frame: &Frame, part: Part) -> bool {
    let is_first_whole = frame.components.first().is_some_and(|first| first.sampling == frame.most);
    is_first_whole && part.is_fine_enough(Detail::Quarters.size(frame))
}

/// This part of the small picture.
pub(super) fn small(
    checked: &Checked,
    detail: Detail,
    colours: ColorSpace,
    part: Part,
    stop: &Stop,
) -> Result<Scaler, PictureError> {
    let frame = &checked.frame;
    let mut scaler = Scaler::new(detail.size(frame), part);
    let mut lines: Vec<Line> = frame.components.iter().map(|_| Line::default()).collect();
    for row in scaler.rows() {
        stop.check()?;
        for (line, component) in lines.iter_mut().zip(&frame.components) {
            line.read(checked, component, detail, row * component.sampling.1 / frame.most.1);
        }
        let value = |index: usize, column: u32| {
            let (line, component) = (lines.get(index)?, frame.components.get(index)?);
            line.values.get((column * component.sampling.0 / frame.most.0) as usize).copied()
        };
        let pixel =
            |column| colour([0, 1, 2, 3].map(|index| value(index, column).unwrap_or_default()), colours);
        let columns = scaler.columns();
        scaler.take(row, columns.map(|column| (column, pixel(column))));
    }
    Ok(scaler)
}

/// A row of a component's values, from 0 to 255.
#[derive(Default)]
struct Line {
    row: Option<u32>,
    values: Vec<f32>,
}

impl Line {
    fn read(&mut self, checked: &Checked, component: &Component, detail: Detail, row: u32) {
        if self.row.replace(row) == Some(row) {
            return;
        }
        self.values.clear();
        let steps = checked.tables.step[usize::from(component.quantization)].map(f32::from);
        let stride = component.stride as usize;
        match detail {
            Detail::Blocks => {
                let means = component.means.iter().skip(row as usize * stride).take(stride);
                self.values.extend(means.map(|mean| shown(f32::from(*mean) * steps[0] / 8.0)));
            }
            Detail::Quarters => {
                let begin = (row / 2) as usize * stride;
                let blocks = component.means.iter().zip(&component.waves).skip(begin).take(stride);
                let down_sign = if row.is_multiple_of(2) { ACROSS } else { -ACROSS };
                let diagonal_sign = if row.is_multiple_of(2) { DIAGONAL } else { -DIAGONAL };
                for (mean, [across, down, diagonal]) in blocks {
                    let middle = f32::from(*mean) * steps[0] / 8.0 + f32::from(*down) * steps[2] * down_sign;
                    let wave = f32::from(*across) * steps[1] * ACROSS
                        + f32::from(*diagonal) * steps[3] * diagonal_sign;
                    self.values.extend([shown(middle + wave), shown(middle - wave)]);
                }
            }
        }
    }
}

/// What a sample of this value shows: those of a JPEG are around 0.
fn shown(value: f32) -> f32 {
    (value + 128.0).clamp(0.0, 255.0)
}

fn colour([first, second, third, fourth]: [f32; 4], colours: ColorSpace) -> Pixel {
    let (red, green, blue) = match colours {
        ColorSpace::Luma => (first, first, first),
        ColorSpace::YCbCr | ColorSpace::YCCK => {
            let (blue, red) = (second - 128.0, third - 128.0);
            (first + 1.402 * red, first - 0.344_136 * blue - 0.714_136 * red, first + 1.772 * blue)
        }
        _ => (first, second, third),
    };
    // Those with black are written upside down: 255 is no ink.
    let black = if matches!(colours, ColorSpace::CMYK | ColorSpace::YCCK) { fourth / 255.0 } else { 1.0 };
    let part = |colour: f32| (colour / 255.0).clamp(0.0, 1.0) * black;
    [part(red), part(green), part(blue), 1.0]
}
