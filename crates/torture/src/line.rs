//! What a child says of itself, a line each. A line is written whole or not at all, as a pipe takes so few bytes at once.

use std::fmt;
use std::io::{self, Write};

use crate::model::Held;

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// What it found in its store.
    Found(Held),
    /// The change of this number is in the store, for good.
    Done(u64),
    /// It dies now, having just taken this step.
    At(String),
    /// It cannot go on, for this reason.
    Failed(String),
}

impl Line {
    /// Writes it to the standard output.
    ///
    /// # Errors
    /// When nobody listens any more.
    pub fn say(&self) -> io::Result<()> {
        let mut stdout = io::stdout().lock();
        stdout.write_all(format!("{self}\n").as_bytes())?;
        stdout.flush()
    }

    /// Reads a line; `None` when it is none.
    #[must_use]
    pub fn parse(line: &str) -> Option<Self> {
        let (word, rest) = line.split_once(' ')?;
        Some(match word {
            "found" => Self::Found(found(rest)?),
            "done" => Self::Done(rest.parse().ok()?),
            "at" => Self::At(rest.to_owned()),
            "failed" => Self::Failed(rest.to_owned()),
            _ => return None,
        })
    }
}

fn found(text: &str) -> Option<Held> {
    match text.split_once(' ') {
        None if text == "nobody" => Some(Held::Nobody),
        Some(("session", number)) => Some(Held::Session(number.parse().ok()?)),
        Some(("unusable", reason)) => Some(Held::Unusable(reason.to_owned())),
        _ => None,
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Found(held) => write!(f, "found {held}"),
            Self::Done(number) => write!(f, "done {number}"),
            Self::At(step) => write!(f, "at {step}"),
            Self::Failed(reason) => write!(f, "failed {}", reason.replace('\n', " ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_read_as_it_was_said() {
        for line in [
            Line::Found(Held::Nobody),
            Line::Found(Held::Session(7)),
            Line::Found(Held::Unusable("the stored value is damaged".into())),
            Line::Done(12),
            Line::At("file written".into()),
            Line::Failed("no space left".into()),
        ] {
            assert_eq!(Line::parse(&line.to_string()), Some(line));
        }
    }

    #[test]
    fn half_a_line_is_none() {
        assert_eq!(Line::parse("don"), None);
        assert_eq!(Line::parse("done "), None);
        assert_eq!(Line::parse("found sess"), None);
    }
}
