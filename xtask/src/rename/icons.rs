//! The icon, in every size and form that the packages and the window have, from one picture. Tauri's own command line
//! makes them: it is installed for building the packages anyway, and it reads SVG.

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use crate::fault::Fault;
use crate::layout::{Layout, entries, unreadable};
use crate::setup;
use crate::shell::must;

/// The folder of the icons.
const ICONS: &str = "icons";
/// What the window shows of it, beside the name.
const MARK: &str = "src-ui/mark.png";
/// Where the mark is drawn: before the page's program runs, and by it.
const DRAWN: [&str; 2] = ["src-ui/index.html", "src-ui/src/components/brand.rs"];

/// The side of the largest icon. A smaller picture would be blurred there.
const LEAST: u32 = 512;
/// Sizes that Tauri makes only when asked for.
const SIZES: &str = "16,24,48,256,512";

/// A picture that can become the icon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Picture {
    file: PathBuf,
    is_svg: bool,
}

impl Picture {
    /// Looks at a file.
    ///
    /// # Errors
    /// When it is neither PNG nor SVG, not square, or too small.
    pub(super) fn of(file: &Path) -> Result<Self, Fault> {
        let bytes = fs::read(file).map_err(|error| unreadable(file, &error))?;
        let is_svg = file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("svg"));
        let refuse = |why: &str| Err(Fault::new(format!("the icon {} {why}", file.display())));
        if is_svg {
            // Whether it is square the program that draws it says.
            return if String::from_utf8_lossy(&bytes).contains("<svg") {
                Ok(Self { file: file.to_path_buf(), is_svg })
            } else {
                refuse("is no SVG")
            };
        }
        match png_size(&bytes) {
            None => refuse("is neither PNG nor SVG"),
            Some((width, height)) if width != height => refuse(&format!("is not square: {width} x {height}")),
            Some((side, _)) if side < LEAST => refuse(&format!(
                "is too small: {side} x {side}; it needs {LEAST} x {LEAST}, better 1024 x 1024"
            )),
            Some(_) => Ok(Self { file: file.to_path_buf(), is_svg }),
        }
    }

    /// Writes every icon of the checkout in `root` anew, and the mark in the window.
    ///
    /// # Errors
    /// When the icons cannot be made, or a file cannot be written.
    pub(super) fn write(&self, layout: &Layout, root: &Path) -> Result<(), Fault> {
        let made = layout.target.join("rename-icons");
        if made.exists() {
            fs::remove_dir_all(&made).map_err(|error| unreadable(&made, &error))?;
        }
        let icon = |arguments: &[&str]| {
            let mut command = setup::tauri(layout)?;
            command.arg("icon").args(arguments).arg("--output").arg(&made).arg(&self.file);
            must(command.current_dir(root))
        };
        icon(&[])?;
        icon(&["--png", SIZES])?;
        for old in entries(&root.join(ICONS))? {
            let name = old.file_name().unwrap_or_default();
            if name != "icon.svg" {
                copy(&made.join(name), &old)?;
            }
        }
        copy(&made.join("128x128@2x.png"), &root.join(MARK))?;
        self.write_scalable(&made.join("512x512.png"), &root.join(ICONS).join("icon.svg"))?;
        for file in DRAWN {
            let file = root.join(file);
            let text = fs::read_to_string(&file).map_err(|error| unreadable(&file, &error))?;
            fs::write(&file, with_mark(&file, &text)?).map_err(|error| unreadable(&file, &error))?;
        }
        Ok(())
    }

    /// The icon that desktops scale: the SVG itself, else an SVG around the largest PNG.
    fn write_scalable(&self, largest: &Path, into: &Path) -> Result<(), Fault> {
        if self.is_svg {
            return copy(&self.file, into);
        }
        let bytes = fs::read(largest).map_err(|error| unreadable(largest, &error))?;
        let picture = BASE64_STANDARD.encode(bytes);
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 512 512\" width=\"512\" height=\"512\">\n  <image \
             width=\"512\" height=\"512\" href=\"data:image/png;base64,{picture}\" />\n</svg>\n"
        );
        fs::write(into, svg).map_err(|error| unreadable(into, &error))
    }
}

/// A page's source with the picture as its mark, in place of what is drawn there.
fn with_mark(file: &Path, text: &str) -> Result<String, Fault> {
    let unknown = || Fault::new(format!("{} no longer draws the mark", file.display()));
    let (before, rest) = text.split_once("<svg class=\"mark\"").ok_or_else(unknown)?;
    let (attributes, rest) = rest.split_once(">\n").ok_or_else(unknown)?;
    let (shapes, after) = rest.split_once("</svg>").ok_or_else(unknown)?;
    let indent: String = shapes.chars().take_while(|letter| *letter == ' ').collect();
    let closing = shapes.rsplit('\n').next().unwrap_or_default();
    let picture = "<image href=\"/mark.png\" width=\"64\" height=\"64\" />";
    let made = format!("{before}<svg class=\"mark\"{attributes}>\n{indent}{picture}\n{closing}</svg>{after}");
    Ok(with_file(&made))
}

/// Tells Trunk to take the picture along.
fn with_file(page: &str) -> String {
    let (link, head) = ("    <link data-trunk rel=\"copy-file\" href=\"mark.png\" />\n", "  </head>\n");
    if page.contains(link) { page.to_owned() } else { page.replacen(head, &format!("{link}{head}"), 1) }
}

fn copy(from: &Path, to: &Path) -> Result<(), Fault> {
    let copied = fs::copy(from, to);
    copied.map(drop).map_err(|error| Fault::new(format!("{} to {}: {error}", from.display(), to.display())))
}

/// Width and height, from the header that every PNG begins with.
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let header = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    let number = |at: usize| Some(u32::from_be_bytes(header.get(at..at + 4)?.try_into().ok()?));
    (header.get(4..8)? == b"IHDR").then_some(())?;
    Some((number(8)?, number(12)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(name: &str, bytes: &[u8]) -> Option<String> {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join(name);
        fs::write(&file, bytes).expect("a file");
        Picture::of(&file).err().map(|fault| fault.to_string())
    }

    fn header(width: u32, height: u32) -> Vec<u8> {
        let parts: [&[u8]; 4] =
            [b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", &width.to_be_bytes(), &height.to_be_bytes(), b"\x08\x06"];
        parts.concat()
    }

    #[test]
    fn a_picture_is_a_large_square() {
        assert_eq!(refused("a.png", &header(512, 512)), None);
        assert_eq!(refused("a.svg", b"<svg viewBox=\"0 0 1 1\"/>"), None);
        for (name, bytes, why) in [
            ("a.png", header(512, 511), "not square: 512 x 511"),
            ("a.png", header(256, 256), "too small: 256 x 256"),
            ("a.png", b"\x89PNG".to_vec(), "neither PNG nor SVG"),
            ("a.jpg", b"\xff\xd8\xff".to_vec(), "neither PNG nor SVG"),
            ("a.svg", b"<html>".to_vec(), "is no SVG"),
        ] {
            let said = refused(name, &bytes).unwrap_or_default();
            assert!(said.contains(why), "{name}: {said}");
        }
        assert!(Picture::of(Path::new("/no/such/file.png")).is_err());
    }

    #[test]
    fn the_mark_becomes_a_picture_in_both_places_and_can_again() {
        let root = Layout::find().expect("a checkout").root;
        for name in DRAWN {
            let before = fs::read_to_string(root.join(name)).expect("a page");

            let once = with_mark(Path::new(name), &before).expect("a mark");

            assert_eq!(once.matches("href=\"/mark.png\"").count(), 1, "{name}");
            assert!(!once.contains("mark-arch-1"), "{name}");
            assert_eq!(with_mark(Path::new(name), &once).expect("a mark"), once, "{name}");
        }
    }
}
