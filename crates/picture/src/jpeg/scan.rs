//! A look through all scans of a JPEG, down to the last code. Decoders make up what is missing; here it is missed: a
//! scan has to bring every block that it announces, and end where the next marker stands.

use super::bits::{Bits, Codes};
use super::frame::{Frame, Kind, Tables};
use super::small::Detail;
use crate::error::PictureError;
use crate::limits::must_be_small;
use crate::stop::Stop;

/// More scans than any encoder writes: each of them may go through all blocks again.
const MOST_SCANS: usize = 128;

/// So many bytes between a scan and the next marker are an encoder's habit and no sign of damage.
const MOST_LEFT_OVER: usize = 16;

const EOI: u8 = 0xd9;
pub(super) const SOS: u8 = 0xda;

/// A JPEG that was looked through.
pub(super) struct Checked {
    pub(super) frame: Frame,
    pub(super) tables: Tables,
}

/// The part of a frame that a scan brings.
struct Scan {
    /// Places in the frame's components, with their tables.
    parts: Vec<(usize, usize, usize)>,
    band: (u32, u32),
    /// Successive approximation: the bit before, and this one.
    high: u32,
    low: u32,
}

/// Looks through a JPEG. One that is too large is refused before any memory is taken for it.
pub(super) fn check(bytes: &[u8], detail: Detail, stop: &Stop) -> Result<Checked, PictureError> {
    let (mut frame, mut tables, mut interval) = (None::<Frame>, Tables::default(), 0_u32);
    let (mut at, mut scans) = (2, 0);
    loop {
        let Some((marker, after)) = marker(bytes, at) else {
            return finish(frame, tables, false);
        };
        if matches!(marker, 0x01 | 0xd0..=0xd8) {
            at = after;
            continue;
        }
        if marker == EOI {
            return finish(frame, tables, true);
        }
        let (content, next) = segment(bytes, after)?;
        at = next;
        match marker {
            0xc0..=0xc2 if frame.is_none() => {
                let kind = if marker == 0xc2 { Kind::Progressive } else { Kind::Sequential };
                let mut new = Frame::new(kind, content)?;
                must_be_small((new.width, new.height))?;
                new.make_room(detail);
                frame = Some(new);
            }
            0xc4 => tables.take_codes(content)?,
            0xdb => tables.take_steps(content)?,
            0xdd => interval = content.first_chunk().map_or(0, |two| u16::from_be_bytes(*two)).into(),
            // Arithmetic codes, lossless and hierarchical ones.
            0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => return Err(PictureError::Unsupported),
            SOS => {
                scans += 1;
                let frame = frame.as_mut().filter(|_| scans <= MOST_SCANS).ok_or(PictureError::Broken)?;
                let scan = Scan::new(content, frame)?;
                frame.in_parts |= scan.parts.len() < frame.components.len();
                let mut pass = Pass::new(Bits::new(bytes, at), &scan, &tables);
                pass.run(frame, interval, bytes, stop)?;
                at = end_of_scan(bytes, pass.bits.end())?;
            }
            _ => {}
        }
    }
}

/// The frame of a picture whose blocks are sent whole, as its headers announce it. What comes behind them is not looked at.
pub(super) fn frame(bytes: &[u8]) -> Option<Frame> {
    let mut at = 2;
    loop {
        let (marker, after) = marker(bytes, at)?;
        match marker {
            0x01 | 0xd0..=0xd8 => at = after,
            0xc0 | 0xc1 => return Frame::new(Kind::Sequential, segment(bytes, after).ok()?.0).ok(),
            0xc2 | 0xc3 | 0xc5..=0xcb | 0xcd..=0xcf | EOI | SOS => return None,
            _ => at = segment(bytes, after).ok()?.1,
        }
    }
}

fn finish(frame: Option<Frame>, tables: Tables, ended: bool) -> Result<Checked, PictureError> {
    let is_whole = |frame: &Frame| frame.components.iter().all(|component| component.missing == [0; 64]);
    // The end itself may be missing where it is known that nothing else is.
    let frame = frame.filter(|frame| is_whole(frame) && (ended || frame.kind == Kind::Sequential));
    frame.map(|frame| Checked { frame, tables }).ok_or(PictureError::Broken)
}

/// The next marker at or after `at`, and where its content begins.
fn marker(bytes: &[u8], at: usize) -> Option<(u8, usize)> {
    let found = bytes.get(at..)?.windows(2).position(|two| two[0] == 0xff && !matches!(two[1], 0 | 0xff))?;
    Some((*bytes.get(at + found + 1)?, at + found + 2))
}

fn segment(bytes: &[u8], at: usize) -> Result<(&[u8], usize), PictureError> {
    let length = bytes.get(at..).and_then(|rest| rest.first_chunk()).map(|two| u16::from_be_bytes(*two));
    let end = at + usize::from(length.filter(|length| *length >= 2).ok_or(PictureError::Broken)?);
    bytes.get(at + 2..end).map(|content| (content, end)).ok_or(PictureError::Broken)
}

/// Where the next marker stands. What is left of the scan before it belongs to blocks that were not announced.
fn end_of_scan(bytes: &[u8], at: usize) -> Result<usize, PictureError> {
    match marker(bytes, at) {
        Some((_, after)) if after - 2 - at > MOST_LEFT_OVER => Err(PictureError::Broken),
        Some((_, after)) => Ok(after - 2),
        None => Ok(bytes.len()),
    }
}

impl Scan {
    fn new(header: &[u8], frame: &Frame) -> Result<Self, PictureError> {
        let broken = PictureError::Broken;
        let [count, rest @ ..] = header else { return Err(broken) };
        let (parts, rest) = rest.split_at_checked(usize::from(*count) * 2).ok_or(broken)?;
        let [first, last, approximation, ..] = rest else { return Err(broken) };
        let index = |id: u8| frame.components.iter().position(|component| component.id == id);
        let parts: Option<Vec<_>> = parts
            .chunks_exact(2)
            .map(|part| Some((index(part[0])?, usize::from(part[1] >> 4 & 3), usize::from(part[1] & 3))))
            .collect();
        let parts = parts.filter(|parts| !parts.is_empty()).ok_or(broken)?;
        let sequential = Self { parts, band: (0, 63), high: 0, low: 0 };
        if frame.kind == Kind::Sequential {
            return Ok(sequential);
        }
        let band = (u32::from(*first), u32::from(*last));
        let (high, low) = (u32::from(approximation >> 4), u32::from(approximation & 15));
        let is_sound = if band.0 == 0 { band.1 == 0 } else { sequential.parts.len() == 1 };
        if !is_sound || band.1 < band.0 || band.1 > 63 || low > 13 {
            return Err(broken);
        }
        Ok(Self { band, high, low, ..sequential })
    }
}

/// The way through one scan.
struct Pass<'a> {
    bits: Bits<'a>,
    scan: &'a Scan,
    tables: &'a Tables,
    /// The mean of the block before, for each of the scan's components.
    before: [i32; 4],
    /// So many blocks from here on bring nothing.
    empty: u32,
}

impl<'a> Pass<'a> {
    fn new(bits: Bits<'a>, scan: &'a Scan, tables: &'a Tables) -> Self {
        Self { bits, scan, tables, before: [0; 4], empty: 0 }
    }

    fn run(
        &mut self,
        frame: &mut Frame,
        interval: u32,
        bytes: &[u8],
        stop: &Stop,
    ) -> Result<(), PictureError> {
        let units = self.units(frame)?;
        let (mut done, mut restarts) = (0_u32, 0_u8);
        for row in 0..units.1 {
            stop.check()?;
            for column in 0..units.0 {
                if interval > 0 && done > 0 && done.is_multiple_of(interval) {
                    self.restart(bytes, restarts)?;
                    restarts = (restarts + 1) % 8;
                }
                self.unit(frame, column, row)?;
                done += 1;
            }
        }
        let (first, last) = self.scan.band;
        for (index, ..) in &self.scan.parts {
            frame.components[*index].missing[first as usize..=last as usize].fill(self.scan.low as u8);
        }
        Ok(())
    }

    /// How many units the scan has: those of the frame, or the blocks of its only component.
    fn units(&self, frame: &Frame) -> Result<(u32, u32), PictureError> {
        match self.scan.parts.as_slice() {
            [(index, ..)] => frame.components.get(*index).map(|it| it.blocks).ok_or(PictureError::Broken),
            _ => Ok(frame.units),
        }
    }

    fn unit(&mut self, frame: &mut Frame, column: u32, row: u32) -> Result<(), PictureError> {
        if let [(index, ..)] = self.scan.parts.as_slice() {
            let block = row as usize * frame.components[*index].stride as usize + column as usize;
            return self.block(frame, 0, block);
        }
        for part in 0..self.scan.parts.len().min(4) {
            let component = &frame.components[self.scan.parts[part].0];
            let (stride, (across, down)) = (component.stride as usize, component.sampling);
            for y in 0..down {
                for x in 0..across {
                    let (x, y) = (column * across + x, row * down + y);
                    self.block(frame, part, y as usize * stride + x as usize)?;
                }
            }
        }
        Ok(())
    }

    fn block(&mut self, frame: &mut Frame, part: usize, block: usize) -> Result<(), PictureError> {
        let (index, dc, ac) = self.scan.parts[part];
        let component = &mut frame.components[index];
        let mean = component.means.get_mut(block).ok_or(PictureError::Broken)?;
        if self.scan.band.0 == 0 {
            if self.scan.high > 0 {
                *mean |= (self.bits.bit()? << self.scan.low) as i16;
                return Ok(());
            }
            let size = codes(&self.tables.dc, dc)?.next(&mut self.bits)?;
            if size > 15 {
                return Err(PictureError::Broken);
            }
            // What a hostile file counts up to has no meaning.
            self.before[part] = self.before[part].wrapping_add(self.bits.signed(size.into())?);
            *mean = (self.before[part] << self.scan.low) as i16;
        }
        match frame.kind {
            Kind::Sequential => self.whole(ac, component.waves.get_mut(block)),
            Kind::Progressive if self.scan.band.0 == 0 => Ok(()),
            Kind::Progressive => {
                let known = component.known.get_mut(block).ok_or(PictureError::Broken)?;
                if self.scan.high == 0 { self.first(ac, known) } else { self.again(ac, known) }
            }
        }
    }

    /// All other coefficients of a block, of which some are kept.
    fn whole(&mut self, table: usize, waves: Option<&mut [i16; 3]>) -> Result<(), PictureError> {
        let codes = codes(&self.tables.ac, table)?;
        let mut dropped = [0; 3];
        let [across, down, diagonal] = waves.unwrap_or(&mut dropped);
        let mut at = 1;
        while at < 64 {
            let (length, code) = codes.ahead(&mut self.bits)?;
            let (zeros, size) = (u32::from(code >> 4), u32::from(code & 15));
            match (zeros, size) {
                (15, 0) => {
                    self.bits.drop(length)?;
                    at += 16;
                }
                (_, 0) => return self.bits.drop(length),
                _ => {
                    at += zeros;
                    let kept = match at {
                        1 => Some(&mut *across),
                        2 => Some(&mut *down),
                        4 => Some(&mut *diagonal),
                        _ => None,
                    };
                    match kept {
                        Some(kept) => {
                            self.bits.drop(length)?;
                            *kept = self.bits.signed(size)? as i16;
                        }
                        // Nearly always: the code and what follows it at once.
                        None => self.bits.drop(length + size)?,
                    }
                    at += 1;
                }
            }
        }
        if at > 64 { Err(PictureError::Broken) } else { Ok(()) }
    }

    /// The first bits of a band of coefficients (G.1.2.2).
    fn first(&mut self, table: usize, known: &mut u64) -> Result<(), PictureError> {
        if self.empty > 0 {
            self.empty -= 1;
            return Ok(());
        }
        let codes = codes(&self.tables.ac, table)?;
        let (mut at, last) = self.scan.band;
        while at <= last {
            let code = codes.next(&mut self.bits)?;
            let (zeros, size) = (u32::from(code >> 4), u32::from(code & 15));
            match (zeros, size) {
                (15, 0) => at += 16,
                (_, 0) => {
                    self.empty = (1 << zeros) - 1 + self.bits.number(zeros)?;
                    return Ok(());
                }
                _ => {
                    at += zeros;
                    if at > last {
                        return Err(PictureError::Broken);
                    }
                    self.bits.number(size)?;
                    *known |= 1 << at;
                    at += 1;
                }
            }
        }
        Ok(())
    }

    /// One more bit for a band of coefficients (G.1.2.3).
    fn again(&mut self, table: usize, known: &mut u64) -> Result<(), PictureError> {
        let codes = codes(&self.tables.ac, table)?;
        let (mut at, last) = self.scan.band;
        while self.empty == 0 && at <= last {
            let code = codes.next(&mut self.bits)?;
            let (mut zeros, size) = (u32::from(code >> 4), u32::from(code & 15));
            match (zeros, size) {
                (15, 0) => {}
                (_, 0) => {
                    self.empty = (1 << zeros) + self.bits.number(zeros)?;
                    break;
                }
                (_, 1) => {
                    self.bits.bit()?;
                }
                _ => return Err(PictureError::Broken),
            }
            // Over so many that were zero; each that was not has a bit of its own on the way.
            while at <= last {
                if *known >> at & 1 == 1 {
                    self.bits.bit()?;
                } else if zeros == 0 {
                    break;
                } else {
                    zeros -= 1;
                }
                at += 1;
            }
            if size == 1 {
                if at > last {
                    return Err(PictureError::Broken);
                }
                *known |= 1 << at;
            }
            at += 1;
        }
        if self.empty > 0 {
            let rest = (at..=last).filter(|at| *known >> at & 1 == 1).count();
            self.bits.pass(rest)?;
            self.empty -= 1;
        }
        Ok(())
    }

    fn restart(&mut self, bytes: &[u8], number: u8) -> Result<(), PictureError> {
        match marker(bytes, self.bits.end()) {
            Some((found, after))
                if found == 0xd0 + number && after - 2 - self.bits.end() <= MOST_LEFT_OVER =>
            {
                self.bits.go_on_at(after);
                (self.before, self.empty) = ([0; 4], 0);
                Ok(())
            }
            _ => Err(PictureError::Broken),
        }
    }
}

fn codes(tables: &[Option<Codes>; 4], index: usize) -> Result<&Codes, PictureError> {
    tables.get(index).and_then(Option::as_ref).ok_or(PictureError::Broken)
}
