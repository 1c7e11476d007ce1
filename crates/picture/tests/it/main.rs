//! What becomes of files, from outside.

// A test whose setting fails has nothing better to do than to panic.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod colours;
mod damage;
mod files;
mod limits;
mod shapes;
