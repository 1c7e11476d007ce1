//! The tasks that start a program of the workspace give it the arguments that were typed.

// A test whose setting fails has nothing better to do than to panic.
#![allow(clippy::unwrap_used)]

use std::process::Command;

/// What a task prints, and whether it ends well.
fn task(arguments: &[&str]) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask")).args(arguments).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

#[test]
fn a_program_of_the_workspace_is_built_and_gets_its_arguments() {
    for (name, argument) in [("simulate", "--days"), ("torture", "--kills")] {
        let (is_fine, said) = task(&[name, "--help"]);
        assert!(is_fine && said.contains(argument), "{said}");

        let (is_fine, said) = task(&[name, argument, "many"]);
        assert!(!is_fine && said.contains("many") && said.contains(argument), "{said}");
    }
}
