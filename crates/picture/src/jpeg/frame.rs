//! What a JPEG's headers say (ITU-T T.81, annex B): the frame, its components, the tables of codes.

use super::bits::Codes;
use super::small::Detail;
use crate::error::PictureError;

/// How the coefficients are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Whole blocks.
    Sequential,
    /// A part of each block in each scan.
    Progressive,
}

/// The picture that the scans describe.
pub(super) struct Frame {
    pub(super) kind: Kind,
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) components: Vec<Component>,
    /// Blocks of 8 pixels in the coarsest component: how many of these units there are.
    pub(super) units: (u32, u32),
    pub(super) most: (u32, u32),
    /// Whether its blocks come in several scans, so that a decoder keeps all their coefficients.
    pub(super) in_parts: bool,
}

/// One of the frame's colours.
pub(super) struct Component {
    pub(super) id: u8,
    /// Its blocks in a unit, beside and below each other.
    pub(super) sampling: (u32, u32),
    pub(super) quantization: u8,
    /// Its blocks that show something.
    pub(super) blocks: (u32, u32),
    /// Its blocks in a row of whole units.
    pub(super) stride: u32,
    /// The first coefficient of each block: eight times its mean, before quantization.
    pub(super) means: Vec<i16>,
    /// The next ones, before quantization: of a wave of half a period across the block, down the block and in both
    /// directions. Only quarters of blocks are made of them.
    pub(super) waves: Vec<[i16; 3]>,
    /// Which coefficients of each block are not zero: a bit each. Only progressive scans ask for it.
    pub(super) known: Vec<u64>,
    /// For each coefficient, how many of its last bits the scans have not brought: at the end, none.
    pub(super) missing: [u8; 64],
}

/// The tables that scans refer to.
#[derive(Default)]
pub(super) struct Tables {
    pub(super) dc: [Option<Codes>; 4],
    pub(super) ac: [Option<Codes>; 4],
    /// For each of four tables the steps of the coefficients that something is computed of: of the mean, and of the waves
    /// ([`Component::waves`]).
    pub(super) step: [[u16; 4]; 4],
}

impl Frame {
    /// From the content of a start of frame.
    pub(super) fn new(kind: Kind, header: &[u8]) -> Result<Self, PictureError> {
        let [precision, h1, h0, w1, w0, count, rest @ ..] = header else { return Err(PictureError::Broken) };
        let height = u32::from(u16::from_be_bytes([*h1, *h0]));
        let width = u32::from(u16::from_be_bytes([*w1, *w0]));
        // A height of 0 is told later (DNL), which nobody writes.
        if *precision != 8 || height == 0 {
            return Err(PictureError::Unsupported);
        }
        if width == 0 || !matches!(*count, 1..=4) || rest.len() != usize::from(*count) * 3 {
            return Err(PictureError::Broken);
        }
        let parts: Vec<(u8, (u32, u32), u8)> = rest
            .chunks_exact(3)
            .map(|part| (part[0], (u32::from(part[1] >> 4), u32::from(part[1] & 15)), part[2]))
            .collect();
        let fits = |size: u32| (1..=4).contains(&size);
        if parts.iter().any(|(_, (h, v), table)| !fits(*h) || !fits(*v) || *table > 3) {
            return Err(PictureError::Broken);
        }
        let most = parts.iter().fold((1, 1), |most, (_, (h, v), _)| (most.0.max(*h), most.1.max(*v)));
        let units = (width.div_ceil(8 * most.0), height.div_ceil(8 * most.1));
        let components = parts
            .into_iter()
            .map(|(id, sampling, quantization)| Component {
                id,
                sampling,
                quantization,
                blocks: (
                    (width * sampling.0).div_ceil(most.0).div_ceil(8),
                    (height * sampling.1).div_ceil(most.1).div_ceil(8),
                ),
                stride: units.0 * sampling.0,
                means: Vec::new(),
                waves: Vec::new(),
                known: Vec::new(),
                missing: [u8::MAX; 64],
            })
            .collect();
        let in_parts = kind == Kind::Progressive;
        Ok(Self { kind, width, height, components, units, most, in_parts })
    }

    /// Blocks of all components in whole units.
    pub(super) fn all_blocks(&self) -> u64 {
        self.components.iter().map(|it| it.all_blocks(self.units) as u64).sum()
    }

    /// Makes room for what the scans bring.
    pub(super) fn make_room(&mut self, detail: Detail) {
        for component in &mut self.components {
            let blocks = component.all_blocks(self.units);
            component.means = vec![0; blocks];
            if detail == Detail::Quarters {
                component.waves = vec![[0; 3]; blocks];
            }
            if self.kind == Kind::Progressive {
                component.known = vec![0; blocks];
            }
        }
    }
}

impl Component {
    fn all_blocks(&self, units: (u32, u32)) -> usize {
        units.0 as usize * units.1 as usize * self.sampling.0 as usize * self.sampling.1 as usize
    }
}

impl Tables {
    /// Takes the content of a DHT.
    pub(super) fn take_codes(&mut self, mut rest: &[u8]) -> Result<(), PictureError> {
        while let [class, after @ ..] = rest {
            let (counts, after) = after.split_first_chunk::<16>().ok_or(PictureError::Broken)?;
            let total = counts.iter().map(|count| usize::from(*count)).sum();
            let (values, after) = after.split_at_checked(total).ok_or(PictureError::Broken)?;
            let tables = if class >> 4 == 0 { &mut self.dc } else { &mut self.ac };
            let table = tables.get_mut(usize::from(class & 15)).ok_or(PictureError::Broken)?;
            *table = Some(Codes::new(*counts, values)?);
            rest = after;
        }
        Ok(())
    }

    /// Takes the content of a DQT.
    pub(super) fn take_steps(&mut self, mut rest: &[u8]) -> Result<(), PictureError> {
        while let [head, after @ ..] = rest {
            let size = if head >> 4 == 0 { 64 } else { 128 };
            let (steps, after) = after.split_at_checked(size).ok_or(PictureError::Broken)?;
            let step = self.step.get_mut(usize::from(head & 15)).ok_or(PictureError::Broken)?;
            let of = |at: usize| {
                if size == 64 {
                    u16::from(steps[at])
                } else {
                    u16::from_be_bytes([steps[at * 2], steps[at * 2 + 1]])
                }
            };
            // In the order in which coefficients are sent.
            *step = [of(0), of(1), of(2), of(4)];
            rest = after;
        }
        Ok(())
    }
}
