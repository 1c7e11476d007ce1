//! The bits of a scan, and the Huffman codes in them.

use crate::error::PictureError;

/// Bits of a scan. They end at the next marker, as against its escaped bytes.
pub(super) struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
    held: u32,
    count: u32,
}

impl<'a> Bits<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at, held: 0, count: 0 }
    }

    /// The next bit. Where a marker comes first, the scan was cut.
    pub(super) fn bit(&mut self) -> Result<u32, PictureError> {
        if self.count == 0 {
            let byte = *self.bytes.get(self.at).ok_or(PictureError::Broken)?;
            self.at += 1;
            if byte == 0xff {
                if self.bytes.get(self.at) != Some(&0) {
                    return Err(PictureError::Broken);
                }
                self.at += 1;
            }
            (self.held, self.count) = (u32::from(byte), 8);
        }
        self.count -= 1;
        Ok((self.held >> self.count) & 1)
    }

    pub(super) fn number(&mut self, bits: u32) -> Result<u32, PictureError> {
        (0..bits).try_fold(0, |number, _| Ok(number << 1 | self.bit()?))
    }

    /// Passes over so many bits.
    pub(super) fn pass(&mut self, bits: usize) -> Result<(), PictureError> {
        (0..bits).try_for_each(|_| self.bit().map(drop))
    }

    /// A number of so many bits that may be negative (ITU-T T.81, F.2.2.1).
    pub(super) fn signed(&mut self, bits: u32) -> Result<i32, PictureError> {
        if bits == 0 {
            return Ok(0);
        }
        let number = self.number(bits)? as i32;
        Ok(if number < 1 << (bits - 1) { number - (1 << bits) + 1 } else { number })
    }

    /// Where the bytes go on after what is left of the last one.
    pub(super) fn end(&self) -> usize {
        self.at
    }

    /// Goes on at another offset.
    pub(super) fn go_on_at(&mut self, at: usize) {
        (self.at, self.count) = (at, 0);
    }
}

/// A table of codes: for each length the first code, and where its values begin.
#[derive(Clone)]
pub(super) struct Codes {
    first: [u32; 16],
    counts: [u32; 16],
    offsets: [usize; 16],
    values: Vec<u8>,
}

impl Codes {
    /// From how many codes each length has, and their values in order.
    pub(super) fn new(counts: [u8; 16], values: &[u8]) -> Result<Self, PictureError> {
        let mut codes =
            Self { first: [0; 16], counts: counts.map(u32::from), offsets: [0; 16], values: values.to_vec() };
        let (mut code, mut offset) = (0_u32, 0);
        for length in 0..16 {
            codes.first[length] = code;
            codes.offsets[length] = offset;
            code += codes.counts[length];
            if code > 1 << (length + 1) {
                return Err(PictureError::Broken);
            }
            offset += codes.counts[length] as usize;
            code <<= 1;
        }
        Ok(codes)
    }

    pub(super) fn next(&self, bits: &mut Bits<'_>) -> Result<u8, PictureError> {
        let mut code = 0;
        for length in 0..16 {
            code = code << 1 | bits.bit()?;
            let index = code.wrapping_sub(self.first[length]);
            if index < self.counts[length] {
                return self
                    .values
                    .get(self.offsets[length] + index as usize)
                    .copied()
                    .ok_or(PictureError::Broken);
            }
        }
        Err(PictureError::Broken)
    }
}
