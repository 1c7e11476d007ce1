//! `xtask`: the program. The tasks are the library's.

use std::process::ExitCode;

fn main() -> ExitCode {
    xtask::main()
}
