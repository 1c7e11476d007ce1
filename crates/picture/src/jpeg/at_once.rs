//! Decoding while the picture is still looked through, in a thread of its own: it takes as long as the longer of the two
//! instead of both.

use std::thread;

use super::small::Detail;
use super::{decoded, decoded_whole, scan};
use crate::error::PictureError;
use crate::limits::{MOST_MEMORY, must_fit};
use crate::scaler::Part;
use crate::stop::Stop;

/// So many scans may stand in a file, those of the small pictures in its metadata among them. A photograph has one.
const MOST_SCANS: usize = 4;

/// The size of a picture that may be decoded before it is known to be sound; `None` where that has to be known first. A decoder
/// goes once through the blocks of a picture that is sent whole, whatever is wrong with them, and there has to be
/// memory for both.
pub(super) fn size(bytes: &[u8], part: Part, channels: usize) -> Option<(u32, u32)> {
    let mut frame = scan::frame(bytes)?;
    let scans = bytes.windows(2).filter(|two| *two == [0xff, scan::SOS]);
    if scans.take(MOST_SCANS + 1).count() > MOST_SCANS {
        return None;
    }
    // As much as if its colours came in scans of their own.
    frame.in_parts = true;
    let both = decoded_whole(&frame, channels) + frame.all_blocks() * size_of::<i16>() as u64;
    let size = (frame.width, frame.height);
    must_fit(size, part, bytes.len(), both).ok()?;
    (bytes.len() as u64 + both <= MOST_MEMORY * 15 / 16).then_some(size)
}

/// The pixels of a picture of this [`size`], which has proved to be sound meanwhile.
pub(super) fn pixels(
    bytes: &[u8],
    size: (u32, u32),
    channels: usize,
    stop: &Stop,
) -> Result<Vec<u8>, PictureError> {
    thread::scope(|scope| {
        let thread = thread::Builder::new().name("picture".to_owned());
        let decoding = thread.spawn_scoped(scope, || decoded(bytes, size, channels));
        let checked = scan::check(bytes, Detail::Blocks, stop);
        let pixels = match decoding {
            Ok(decoding) => decoding.join().unwrap_or(Err(PictureError::Broken)),
            // Without a thread, one after the other.
            Err(_) if checked.is_ok() => decoded(bytes, size, channels),
            Err(_) => Err(PictureError::Broken),
        };
        checked.and(pixels)
    })
}
