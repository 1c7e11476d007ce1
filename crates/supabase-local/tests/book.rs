//! What the book in `docs/` tells a project's owner to run is run: SQL against the local server, settings through the
//! parser that reads `config.toml`.
// A failed set-up panics, which fails the test.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::path::Path;

use supabase_local::Config;
use supabase_local::testing::TestServer;

/// The blocks in this language of all chapters: the chapter's name and what stands in the block.
fn blocks(language: &str) -> Vec<(String, String)> {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    let mut found = Vec::new();
    for entry in fs::read_dir(docs).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "md") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        for block in text.split(&format!("```{language}\n")).skip(1) {
            found.push((name.clone(), block.split("```").next().unwrap().to_owned()));
        }
    }
    found
}

#[tokio::test]
async fn every_sql_of_the_book_runs_and_finds_what_the_migrations_make() {
    let server = TestServer::start(Config::built_in().unwrap()).await.unwrap();
    let (mut statements, mut answers) = (0, Vec::new());

    for (chapter, sql) in blocks("sql") {
        for statement in sql.split(';').filter(|statement| !statement.trim().is_empty()) {
            let rows =
                server.sql(statement).await.unwrap_or_else(|error| panic!("{chapter}: {statement}: {error}"));
            assert!(!rows.is_empty(), "{chapter}: {statement}");
            statements += 1;
            answers.extend(rows.iter().map(ToString::to_string));
        }
    }

    assert!(statements >= 3, "{statements} statements");
    for said in ["Users can update own profile.", "\"avatars\"", "true"] {
        assert!(answers.iter().any(|row| row.contains(said)), "no row says {said}: {answers:?}");
    }
    server.close().await.unwrap();
}

#[test]
fn every_toml_of_the_book_is_read() {
    let found = blocks("toml");

    assert!(found.len() >= 2, "{found:?}");
    for (chapter, text) in found {
        let read = toml::from_str::<toml::Table>(&text);
        assert!(read.is_ok(), "{chapter}: {read:?}");
    }
}
