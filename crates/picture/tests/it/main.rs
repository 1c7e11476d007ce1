//! What becomes of files, from outside.

// A test that cannot be set up panics.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod colours;
mod crop;
mod damage;
mod files;
mod hostile;
mod limits;
mod shapes;
