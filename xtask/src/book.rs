//! `book-links`: mdBook asks it for the chapters of `docs/` before it makes the book. Chapters link to files of the repository,
//! for whoever reads them there. The book has no such files: it leads to the repository's page where `Cargo.toml` names one,
//! and keeps the words alone where it does not.

use std::io::{Read, Write};
use std::path::{Component, Path, PathBuf};

use serde_json::Value;

use crate::bundle::product;
use crate::fault::Fault;
use crate::layout::Layout;

/// The folder of the chapters.
const DOCS: &str = "docs";

/// Answers mdBook: whether its renderer is one for this (`supports NAME`: any is), else the book that it sends, changed.
///
/// # Errors
/// When what mdBook sends is no book, or the answer cannot be written.
pub(crate) fn answer(layout: &Layout, words: &[String]) -> Result<bool, Fault> {
    if words.first().is_some_and(|word| word == "supports") {
        return Ok(true);
    }
    let mut sent = String::new();
    let read = std::io::stdin().read_to_string(&mut sent);
    read.map_err(|error| Fault::new(format!("what mdBook sends cannot be read: {error}")))?;
    let book = changed(&sent, product::repository(layout)?.as_deref())?;
    let written = std::io::stdout().write_all(book.to_string().as_bytes());
    written.map_err(|error| Fault::new(format!("mdBook cannot be answered: {error}")))?;
    Ok(true)
}

/// The book of `[context, book]`, its links changed.
fn changed(sent: &str, repository: Option<&str>) -> Result<Value, Fault> {
    let no_book = || Fault::new("mdBook sends no book: it calls this task itself, by docs/book.toml");
    let sent: Value = serde_json::from_str(sent).map_err(|_| no_book())?;
    let mut book = sent.get(1).cloned().ok_or_else(no_book)?;
    change(&mut book, repository);
    Ok(book)
}

/// Changes every chapter in here, and those below it.
fn change(part: &mut Value, repository: Option<&str>) {
    match part {
        Value::Array(parts) => parts.iter_mut().for_each(|part| change(part, repository)),
        Value::Object(fields) => {
            let path = fields.get("path").and_then(Value::as_str).map(PathBuf::from);
            if let (Some(path), Some(Value::String(text))) = (path, fields.get_mut("content")) {
                *text = prose_changed(text, &path, repository);
            }
            fields.values_mut().for_each(|part| change(part, repository));
        }
        _ => {}
    }
}

/// The text of a chapter, its links changed but for those within code.
fn prose_changed(text: &str, chapter: &Path, repository: Option<&str>) -> String {
    let (mut whole, mut prose, mut is_code) = (String::new(), String::new(), false);
    for line in text.split_inclusive('\n') {
        if line.trim_start().starts_with("```") {
            is_code = !is_code;
            whole.push_str(&links_changed(&std::mem::take(&mut prose), chapter, repository));
            whole.push_str(line);
        } else if is_code {
            whole.push_str(line);
        } else {
            prose.push_str(line);
        }
    }
    whole + &links_changed(&prose, chapter, repository)
}

fn links_changed(prose: &str, chapter: &Path, repository: Option<&str>) -> String {
    let (mut done, mut rest) = (String::new(), prose);
    while let Some((before, link)) = rest.split_once("](") {
        done.push_str(before);
        let (target, after) = link.split_once(')').unwrap_or((link, ""));
        match (in_repository(chapter, target), repository) {
            (None, _) => done.push_str(&format!("]({target})")),
            (Some(path), Some(page)) => done.push_str(&format!("]({page}/blob/HEAD/{path})")),
            (Some(_), None) => drop(done.remove(label(&done))),
        }
        rest = after;
    }
    done + rest
}

/// Where the bracket stands that opens the label at the end of `text`.
fn label(text: &str) -> usize {
    let mut open = 1;
    let opening = text.char_indices().rev().find(|(_, letter)| {
        open += match letter {
            ']' => 1,
            '[' => -1,
            _ => 0,
        };
        open == 0
    });
    opening.map_or(0, |(at, _)| at)
}

/// The file of the repository that a link of a chapter leads to, where that is not a file of the book.
fn in_repository(chapter: &Path, link: &str) -> Option<String> {
    if link.contains(':') || link.starts_with('#') {
        return None;
    }
    let mut path = Path::new(DOCS).join(chapter.parent()?);
    for part in Path::new(link).components() {
        match part {
            Component::ParentDir => drop(path.pop()),
            Component::Normal(name) => path.push(name),
            _ => {}
        }
    }
    let names: Vec<_> = path.iter().map(|name| name.to_string_lossy()).collect();
    (names.first().is_some_and(|top| top != DOCS)).then(|| names.join("/"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const PAGE: &str = "https://example.com/app";

    fn prose(text: &str, chapter: &str, repository: Option<&str>) -> String {
        prose_changed(text, Path::new(chapter), repository)
    }

    #[test]
    fn a_link_to_a_file_of_the_repository_leads_to_its_page() {
        let text =
            "See [`one`](../src/one.rs), [two](security.md#a) and [three](https://example.com/three).\n";

        let changed = prose(text, "sign-in.md", Some(PAGE));

        let link = format!("[`one`]({PAGE}/blob/HEAD/src/one.rs)");
        assert_eq!(changed, text.replace("[`one`](../src/one.rs)", &link));
        let deeper = prose("[x](../../README.md) [y](../security.md)", "decisions/0001.md", Some(PAGE));
        assert_eq!(deeper, format!("[x]({PAGE}/blob/HEAD/README.md) [y](../security.md)"));
    }

    #[test]
    fn without_a_page_its_words_stay() {
        let text = "[in](a.md) as [`a`, [b] and\nc](../src/one.rs) say\n";

        assert_eq!(prose(text, "sign-in.md", None), "[in](a.md) as `a`, [b] and\nc say\n");
    }

    #[test]
    fn code_stays_as_it_is() {
        let text = "```text\n[a](../b)\n```\n[a](../b)\n";

        assert_eq!(prose(text, "sign-in.md", None), "```text\n[a](../b)\n```\na\n");
    }

    #[test]
    fn every_chapter_of_a_book_is_changed_also_below_another() {
        let chapter = |path: &str, below: Value| json!({ "Chapter": { "path": path, "content": "[a](../../b)", "sub_items": below } });
        let inner = chapter("decisions/0001.md", json!([]));
        let sent = json!([{ "root": "/" }, { "items": [chapter("c/d.md", json!([inner]))] }]);

        let book = changed(&sent.to_string(), None).expect("a book");

        assert_eq!(book.pointer("/items/0/Chapter/content"), Some(&json!("a")));
        assert_eq!(book.pointer("/items/0/Chapter/sub_items/0/Chapter/content"), Some(&json!("a")));
        assert!(changed("", None).is_err() && changed("{}", None).is_err());
    }
}
