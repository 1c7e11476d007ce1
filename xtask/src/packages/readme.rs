//! What the READMEs of packages show is what a stranger builds first: their code is the fresh project's, and their links
//! have to lead somewhere without the repository.

use std::path::{Path, PathBuf};

use crate::fault::Fault;

use super::read;

/// The Rust code in a README, block by block, with the lines that the documentation hides.
pub(super) fn rust(readme: &str) -> Vec<String> {
    // Every second piece is inside of a block: its first line is the language.
    let blocks = readme.split("\n```").skip(1).step_by(2).filter_map(|block| block.split_once('\n'));
    let of_rust = blocks.filter(|(language, _)| language.split(',').next() == Some("rust"));
    of_rust.map(|(_, code)| code.lines().map(shown_or_hidden).collect()).collect()
}

/// A line of code as it is compiled.
fn shown_or_hidden(line: &str) -> String {
    let line = if line == "#" { "" } else { line.strip_prefix("# ").unwrap_or(line) };
    format!("{line}\n")
}

/// Looks at the links of each README.
///
/// # Errors
/// When one leads to a file that the package does not hold.
pub(super) fn links_lead_somewhere(packages: &[PathBuf]) -> Result<(), Fault> {
    for package in packages {
        let readme = read(&package.join("README.md"))?;
        if let Some(lost) = lost_links(package, &readme).first() {
            let name = package.display();
            return Err(Fault::new(format!(
                "README.md of {name} leads to {lost}, which is not in the package"
            )));
        }
    }
    Ok(())
}

/// Links to files that are not below `package`.
fn lost_links(package: &Path, readme: &str) -> Vec<String> {
    let targets = readme.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
    let files = targets.filter(|target| !target.is_empty() && !target.contains("://"));
    let lost = files.filter(|file| file.starts_with("..") || !package.join(file).exists());
    lost.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_of_a_readme_is_found_with_its_hidden_lines() {
        let readme = "# A\n\n```rust,no_run\n# fn main() {\nlet a = 1;\n#\n# }\n```\n\n```sh\ncargo add a\n```\n```rust\nuse b;\n```\n";

        assert_eq!(rust(readme), ["fn main() {\nlet a = 1;\n\n}\n", "use b;\n"]);
    }

    #[test]
    fn a_link_out_of_the_package_is_lost_and_one_into_it_or_to_the_web_is_not() {
        let package = tempfile::tempdir().expect("a folder");
        std::fs::write(package.path().join("there.md"), "").expect("a file");
        let readme = "[a](there.md#x), [b](https://docs.rs/b), [c](#c), [d](../d), [e](gone.md)";

        assert_eq!(lost_links(package.path(), readme), ["../d", "gone.md"]);
    }
}
