//! The memory of Xvfb, which it keeps in a file (`-fbdir`): what is in it is what is shown, whoever painted it.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;

use harness::{Fault, Outcome};

use super::frame::Frame;

/// The header of an XWD file has so many numbers of four bytes, the most significant first (X11/XWDFile.h).
const NUMBERS: usize = 25;

/// Where some of them stand.
const HEADER_SIZE: usize = 0;
const HEIGHT: usize = 5;
const BITS_PER_PIXEL: usize = 11;
const BYTES_PER_LINE: usize = 12;
const COLOURS: usize = 19;

/// Bytes of an entry of the table of colours that follows the header.
const COLOUR: u32 = 12;

/// The file.
#[derive(Debug)]
pub(crate) struct Framebuffer {
    file: File,
    offset: u64,
    /// Bytes of a row of pixels.
    pub(crate) row: usize,
    pixels: Vec<u8>,
}

impl Framebuffer {
    /// Opens the file of the first screen in this folder.
    ///
    /// # Errors
    /// When it is not there, or its pixels have not four bytes each.
    pub(crate) fn open(folder: &Path) -> Outcome<Self> {
        let file = File::open(folder.join("Xvfb_screen0"))?;
        let mut header = [0; NUMBERS * 4];
        file.read_exact_at(&mut header, 0)?;
        let (numbers, _) = header.as_chunks::<4>();
        let number = |at: usize| u32::from_be_bytes(numbers[at]);
        if number(BITS_PER_PIXEL) != 32 {
            return Err(Fault::new(format!("the display has {} bits a pixel", number(BITS_PER_PIXEL))));
        }
        let (row, height) = (usize::try_from(number(BYTES_PER_LINE))?, usize::try_from(number(HEIGHT))?);
        let offset = number(HEADER_SIZE) + number(COLOURS) * COLOUR;
        Ok(Self { file, offset: offset.into(), row, pixels: vec![0; row * height] })
    }

    /// The pixels as they are now.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn read(&mut self) -> Outcome<&[u8]> {
        self.file.read_exact_at(&mut self.pixels, self.offset)?;
        Ok(&self.pixels)
    }

    /// The frame as it is now.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn frame(&mut self) -> Outcome<Frame> {
        let row = self.row;
        Ok(Frame::new(self.read()?, row))
    }
}
