//! Fenced code blocks of Markdown.

/// What stands between two fences.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// What stands behind the opening fence: `sh`, `rust,no_run`.
    pub(crate) language: String,
    /// The line of the opening fence, from 1.
    pub(crate) line: usize,
    pub(crate) text: String,
}

/// The blocks in this language, or in any where it is empty.
pub(crate) fn blocks(page: &str, language: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut open: Option<Block> = None;
    for (number, line) in (1..).zip(page.lines()) {
        match (line.trim_start().strip_prefix("```"), open.as_mut()) {
            (Some(of), None) => {
                open = Some(Block { language: of.to_owned(), line: number, text: String::new() });
            }
            (Some(_), Some(_)) => found.extend(open.take()),
            (None, Some(block)) => block.text.push_str(&format!("{line}\n")),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a code block is not closed: {open:?}");
    found.retain(|block| language.is_empty() || block.language == language);
    found
}

#[test]
fn blocks_have_a_language_and_a_line() {
    let found = blocks("a\n```sh\nls\n```\n```\nx\n```\n", "");

    let block =
        |language: &str, line, text: &str| Block { language: language.into(), line, text: text.into() };
    assert_eq!(found, [block("sh", 2, "ls\n"), block("", 5, "x\n")]);
}
