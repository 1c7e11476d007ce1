//! `rename`: makes the app somebody's own. Names, links, accent and icon change in the few places that have them; the rest
//! of the code takes them from there (`foyer-contract`'s `brand`, the terms of the texts, `tauri.conf.json`).
//!
//! What stays is named after the code and not after the app: crates, the page's `__FOYER__`, the cache of the tools,
//! comments. Nobody who uses the app sees those, and a checkout that keeps them can go on taking changes from here. The
//! licence's notices stay as well, because licences ask for that.

mod accent;
mod brand;
mod compiled;
mod icons;
mod places;
mod trial;
mod words;

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::fault::Fault;
use crate::layout::{Layout, unreadable};
use crate::setup::{self, Purpose};
use crate::shell::{answer, program};
pub use brand::Brand;
use icons::Picture;
pub use places::Change;
pub(crate) use trial::test;

/// Who the app is going to be.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct Request {
    /// what people read, for example "Acme Account"
    #[arg(long)]
    pub name: String,
    /// the identifier, reverse DNS, for example com.acme.account
    #[arg(long)]
    pub id: String,
    /// the scheme of the app's links; without it the identifier, which no other app has
    #[arg(long)]
    pub scheme: Option<String>,
    /// the colour of what can be pressed, for example #0b6b5c
    #[arg(long)]
    pub accent: Option<String>,
    /// a square PNG of at least 512 x 512, or an SVG; the icons of all sizes are made of it
    #[arg(long)]
    pub icon: Option<PathBuf>,
    /// who publishes the packages, as "Name <address>"
    #[arg(long)]
    pub publisher: Option<String>,
    /// says what would change, and changes nothing
    #[arg(long)]
    pub dry_run: bool,
    /// also where there are changes that are not committed
    #[arg(long)]
    pub force: bool,
}

/// Renames this checkout.
///
/// # Errors
/// When a name cannot be used, the checkout has changes of its own, or a file cannot be written.
pub(crate) fn rename(layout: &Layout, request: &Request) -> Result<bool, Fault> {
    let changes = changes(&layout.root, request)?;
    let picture = request.icon.as_deref().map(Picture::of).transpose()?;
    if request.dry_run {
        for change in &changes {
            println!("{}", shown(change));
        }
        println!("{} files would change; nothing was.", changes.len());
        return Ok(true);
    }
    if !request.force {
        check_clean(layout)?;
    }
    if picture.is_some() {
        // What makes the icons is there before the first file changes.
        setup::ensure(layout, Purpose::Develop)?;
    }
    write(&layout.root, &changes)?;
    if let Some(picture) = &picture {
        picture.write(layout, &layout.root)?;
    }
    say(request, changes.len());
    Ok(true)
}

/// What changes in the checkout in `root`, apart from its icons.
///
/// # Errors
/// When a name or the accent cannot be used, or a file does not say what it has to.
pub fn changes(root: &Path, request: &Request) -> Result<Vec<Change>, Fault> {
    let old = Brand::read(root)?;
    let new = Brand::new(&request.name, &request.id, request.scheme.as_deref())?;
    let publisher = publisher(request, &new)?;
    let mut changes = places::changes(root, &old, &new, &publisher)?;
    if let Some(accent) = &request.accent {
        let file = root.join(accent::TOKENS);
        let tokens = fs::read_to_string(&file).map_err(|error| unreadable(&file, &error))?;
        changes.push(accent::change(&tokens, accent)?);
    }
    Ok(changes)
}

/// Writes the changes into the checkout in `root`.
///
/// # Errors
/// When a file cannot be written.
pub fn write(root: &Path, changes: &[Change]) -> Result<(), Fault> {
    for change in changes {
        let (old, new) = (root.join(&change.path), root.join(&change.new_path));
        fs::create_dir_all(new.parent().unwrap_or(root)).map_err(|error| unreadable(&new, &error))?;
        if old != new {
            fs::rename(&old, &new).map_err(|error| unreadable(&old, &error))?;
        }
        fs::write(&new, &change.text).map_err(|error| unreadable(&new, &error))?;
    }
    Ok(())
}

/// Who publishes the packages: an address at the identifier's domain, unless one was named.
fn publisher(request: &Request, new: &Brand) -> Result<String, Fault> {
    let Some(named) = &request.publisher else {
        let mut domain: Vec<&str> = new.identifier.split('.').take(2).collect();
        domain.reverse();
        return Ok(format!("The {} authors <maintainers@{}>", new.name, domain.join(".")));
    };
    let has_address = named.ends_with('>') && named.contains(" <") && named.contains('@');
    if !has_address || named.chars().any(|letter| letter.is_control() || matches!(letter, '"' | '\\')) {
        return Err(Fault::new(format!("the publisher {named:?} is not of the form Name <address>")));
    }
    Ok(named.clone())
}

/// Refuses where a mistake could not be taken back with Git alone.
fn check_clean(layout: &Layout) -> Result<(), Fault> {
    match answer(program(layout, "git").args(["status", "--porcelain"])) {
        Some(changed) if changed.trim().is_empty() => Ok(()),
        Some(_) => {
            Err(Fault::new("there are changes that are not committed. Commit them first, or add --force"))
        }
        None => Err(Fault::new(
            "this is no Git checkout, so nothing could be taken back. Add --force all the same",
        )),
    }
}

fn shown(change: &Change) -> String {
    let path = change.path.display();
    if change.path == change.new_path {
        path.to_string()
    } else {
        format!("{path} -> {}", change.new_path.display())
    }
}

fn say(request: &Request, files: usize) {
    let scheme = request.scheme.as_deref().unwrap_or(&request.id);
    println!("This is {} now: {files} files have changed. Left to you:", request.name);
    println!("- the project's redirect URLs: {scheme}://auth/callback*");
    if request.icon.is_none() {
        println!("- the icon is still the old one: --icon logo.png");
    }
    if request.publisher.is_none() {
        println!("- who publishes the packages was guessed: --publisher \"Name <address>\"");
    }
    println!("- the reference pictures show the old app: `cargo xtask gallery --references` draws yours");
    println!("- `git diff` shows what has changed, `cargo xtask test` whether all of it works");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checkout_with_changes_of_its_own_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let layout = Layout { root: folder.path().to_path_buf(), ..Layout::find().expect("a checkout") };
        let refused = || check_clean(&layout).err().map(|fault| fault.to_string()).unwrap_or_default();
        let git = |arguments: &[&str]| {
            let somebody = ["-c", "user.name=ada", "-c", "user.email=ada@example.com"];
            assert!(
                answer(program(&layout, "git").args(somebody).args(arguments)).is_some(),
                "{arguments:?}"
            );
        };
        assert!(refused().contains("no Git checkout"));

        git(&["init", "--quiet"]);
        fs::write(folder.path().join("a"), "one").expect("a file");
        assert!(refused().contains("not committed"));

        git(&["add", "--all"]);
        git(&["commit", "--quiet", "--message", "one"]);
        assert_eq!(refused(), "");
    }
}
