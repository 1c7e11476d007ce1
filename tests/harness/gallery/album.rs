//! The pictures and the page that shows them.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use image::DynamicImage;

use crate::fault::Outcome;

/// A page that is wider than its window by this much is not: widths are rounded.
const ROUNDING: i64 = 1;

/// The pictures of a run.
#[derive(Debug)]
pub(super) struct Album {
    folder: PathBuf,
    /// State, file and overhang of each.
    pictures: Vec<(&'static str, String, i64)>,
}

/// What came of a run.
#[derive(Debug)]
pub struct Found {
    /// How many pictures there are.
    pub pictures: usize,
    /// Pictures whose page reaches beyond the side of its window, with the number of CSS pixels.
    pub overhanging: Vec<String>,
}

impl Album {
    /// An empty album in this folder, in the place of an older one.
    ///
    /// # Errors
    /// When it cannot be made.
    pub(super) fn new(folder: &Path) -> Outcome<Self> {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        fs::create_dir_all(folder)?;
        Ok(Self { folder: folder.to_owned(), pictures: Vec::new() })
    }

    /// Puts a picture in.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn add(
        &mut self,
        state: &'static str,
        look: &str,
        picture: &DynamicImage,
        overhang: i64,
    ) -> Outcome {
        let name = format!("{state}--{look}.png");
        picture.save(self.folder.join(&name))?;
        self.pictures.push((state, name, overhang));
        Ok(())
    }

    /// Writes the page that shows them all, one state below the other.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn close(self) -> Outcome<Found> {
        let mut page = String::from(
            "<!doctype html><meta charset=\"utf-8\"><title>The gallery</title><style>\
             body{font:14px system-ui;margin:1rem;background:#888}\
             section{display:flex;flex-wrap:wrap;gap:.5rem;align-items:flex-start}\
             figure{margin:0;max-width:24rem}img{max-width:100%}h2{margin:1rem 0 .25rem}</style>",
        );
        let mut last = "";
        for (state, name, _) in &self.pictures {
            if *state != last {
                let end = if last.is_empty() { "" } else { "</section>" };
                write!(page, "{end}<h2 id=\"{state}\">{state}</h2><section>")?;
                last = state;
            }
            write!(
                page,
                "<figure><a href=\"{name}\"><img loading=\"lazy\" src=\"{name}\"></a>\
                 <figcaption>{name}</figcaption></figure>"
            )?;
        }
        fs::write(self.folder.join("index.html"), page)?;
        let overhanging = self.pictures.iter().filter(|(_, _, overhang)| *overhang > ROUNDING);
        let overhanging = overhanging.map(|(_, name, overhang)| format!("{name}: {overhang} px")).collect();
        Ok(Found { pictures: self.pictures.len(), overhanging })
    }
}
