//! The texts in Rust sources: string literals, those within macros among them. Comments and what only tests see are left
//! out.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The texts of each source at or below a folder.
pub(crate) fn below(folder: &Path) -> Vec<(PathBuf, Vec<String>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(below(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") && !is_test(&path) {
            let tokens: TokenStream = fs::read_to_string(&path).unwrap().parse().unwrap();
            found.push((path, of(tokens)));
        }
    }
    found
}

/// A file that is compiled for tests alone, by its name.
fn is_test(path: &Path) -> bool {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let in_tests = path.components().any(|part| part.as_os_str() == "tests");
    in_tests || name == "tests" || name.ends_with("_tests") || name.starts_with("test_")
}

fn of(tokens: TokenStream) -> Vec<String> {
    let mut found = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(sign) if sign.as_char() == '#' => {
                if let Some(TokenTree::Punct(_)) = tokens.peek() {
                    tokens.next();
                }
                let Some(TokenTree::Group(attribute)) = tokens.peek().cloned() else { continue };
                let text = attribute.stream().to_string();
                if attribute.delimiter() != Delimiter::Bracket {
                    continue;
                }
                tokens.next();
                if text.replace(' ', "").starts_with("cfg(test)") {
                    skip_item(&mut tokens);
                } else if !text.starts_with("doc ") {
                    found.extend(of(attribute.stream()));
                }
            }
            TokenTree::Group(group) => found.extend(of(group.stream())),
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                found.extend(text.contains('"').then_some(text));
            }
            _ => {}
        }
    }
    found
}

/// Goes on behind the item that begins here: behind its braces or its semicolon.
fn skip_item(tokens: &mut impl Iterator<Item = TokenTree>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => return,
            TokenTree::Punct(sign) if sign.as_char() == ';' => return,
            _ => {}
        }
    }
}

#[test]
fn texts_are_found_in_macros_and_attributes_and_not_in_comments_or_tests() {
    let source = "//! \"no\"\n/// no\n#[error(\"one\")]\nfn f() { println!(\"two {}\", r#\"three\"#); } // \"no\"\n\
        #[cfg(test)]\nmod tests { const A: &str = \"no\"; }\n#[cfg(test)]\nuse a::b;\nconst C: char = 'c';";

    assert_eq!(of(source.parse().unwrap()), ["\"one\"", "\"two {}\"", "r#\"three\"#"]);
}
