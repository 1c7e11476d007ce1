//! The bits of a scan, and the Huffman codes in them.

use crate::error::PictureError;

/// The longest code, in bits.
const LONGEST: u32 = 16;

/// Codes of so many bits or fewer, which nearly all of a photograph's are, are looked up at once.
const SHORT: u32 = 9;

/// Bits of a scan. They end at the next marker, as against its escaped bytes.
pub(super) struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
    /// The next bits, the first one highest. Those behind them are 0.
    held: u64,
    count: u32,
}

impl<'a> Bits<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at, held: 0, count: 0 }
    }

    /// The next bit. Where a marker comes first, the scan was cut.
    pub(super) fn bit(&mut self) -> Result<u32, PictureError> {
        self.number(1)
    }

    /// A number of so many bits, [`LONGEST`] at most.
    pub(super) fn number(&mut self, bits: u32) -> Result<u32, PictureError> {
        if bits > self.count {
            self.fill();
        }
        // In two steps, so that no bits are none.
        let number = (self.held >> 1 >> (u64::BITS - 1 - bits)) as u32;
        self.drop(bits)?;
        Ok(number)
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
        // Whole bytes that are held and not used, escaped ones with what escapes them.
        (0..self.count / 8).fold(self.at, |at, _| {
            let is_escaped = self.bytes.get(..at).is_some_and(|before| before.ends_with(&[0xff, 0]));
            at - if is_escaped { 2 } else { 1 }
        })
    }

    /// Goes on at another offset.
    pub(super) fn go_on_at(&mut self, at: usize) {
        (self.at, self.held, self.count) = (at, 0, 0);
    }

    /// The next bits, of which those behind the scan's end are 0. Those of a number that follows a code are there as well.
    fn ahead(&mut self) -> u32 {
        if self.count < 2 * LONGEST {
            self.fill();
        }
        (self.held >> (u64::BITS - LONGEST)) as u32
    }

    /// Passes over so many of the bits that were looked at.
    pub(super) fn drop(&mut self, bits: u32) -> Result<(), PictureError> {
        self.count = self.count.checked_sub(bits).ok_or(PictureError::Broken)?;
        self.held <<= bits;
        Ok(())
    }

    /// Takes up bytes as long as there is room for them and the scan goes on.
    fn fill(&mut self) {
        let next = self.bytes.get(self.at..).and_then(<[u8]>::first_chunk);
        if let Some(next) = next.copied().map(u64::from_be_bytes).filter(|next| !has_ff(*next)) {
            let room = (u64::BITS - self.count) / 8;
            let count = self.count + room * 8;
            self.held |= next >> self.count & u64::MAX << (u64::BITS - count);
            (self.at, self.count) = (self.at + room as usize, count);
        }
        while self.count <= u64::BITS - 8 {
            let Some(byte) = self.bytes.get(self.at).copied() else { return };
            if byte == 0xff && self.bytes.get(self.at + 1) != Some(&0) {
                return;
            }
            self.at += if byte == 0xff { 2 } else { 1 };
            self.held |= u64::from(byte) << (u64::BITS - 8 - self.count);
            self.count += 8;
        }
    }
}

/// Whether one of its bytes is 0xff: exactly then one of the inverted bytes is 0, and taking 1 away borrows from it.
fn has_ff(bytes: u64) -> bool {
    const EACH: u64 = u64::from_ne_bytes([0x01; 8]);
    (!bytes).wrapping_sub(EACH) & bytes & (EACH << 7) != 0
}

/// A table of codes: for each length the first code, and where its values begin.
#[derive(Clone)]
pub(super) struct Codes {
    first: [u32; 16],
    counts: [u32; 16],
    offsets: [usize; 16],
    values: Vec<u8>,
    /// For everything that the next [`SHORT`] bits can be: the length of the code that they begin with, and its value; a
    /// length of 0 where that is a longer one.
    short: Box<[(u8, u8); 1 << SHORT]>,
}

impl Codes {
    /// From how many codes each length has, and their values in order.
    pub(super) fn new(counts: [u8; 16], values: &[u8]) -> Result<Self, PictureError> {
        let mut codes = Self {
            first: [0; 16],
            counts: counts.map(u32::from),
            offsets: [0; 16],
            values: values.to_vec(),
            short: Box::new([(0, 0); 1 << SHORT]),
        };
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
        for next in 0..1 << SHORT {
            codes.short[next as usize] = codes.find(next << (LONGEST - SHORT), 1..=SHORT).unwrap_or_default();
        }
        Ok(codes)
    }

    /// The value of the next code.
    pub(super) fn next(&self, bits: &mut Bits<'_>) -> Result<u8, PictureError> {
        let (length, value) = self.ahead(bits)?;
        bits.drop(length)?;
        Ok(value)
    }

    /// How many bits the next code has, and its value. The code stays where it is.
    pub(super) fn ahead(&self, bits: &mut Bits<'_>) -> Result<(u32, u8), PictureError> {
        let ahead = bits.ahead();
        let (length, value) = match self.short[(ahead >> (LONGEST - SHORT)) as usize & ((1 << SHORT) - 1)] {
            short @ (1.., _) => short,
            _ => self.find(ahead, SHORT + 1..=LONGEST).ok_or(PictureError::Broken)?,
        };
        Ok((length.into(), value))
    }

    /// The code of one of these lengths that `ahead` begins with: its length and its value.
    fn find(&self, ahead: u32, mut lengths: std::ops::RangeInclusive<u32>) -> Option<(u8, u8)> {
        lengths.find_map(|length| {
            let at = length as usize - 1;
            let index = (ahead >> (LONGEST - length)).wrapping_sub(self.first[at]);
            let value = (index < self.counts[at]).then(|| self.values.get(self.offsets[at] + index as usize));
            value.flatten().map(|value| (length as u8, *value))
        })
    }
}
