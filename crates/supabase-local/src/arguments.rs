//! The command line.

use std::path::PathBuf;

use clap::Parser;

/// A local Supabase in one program, for running and testing without an account.
#[derive(Debug, Parser)]
#[command(name = "supabase-local")]
pub(crate) struct Arguments {
    /// The port on 127.0.0.1; 0 picks a free one
    #[arg(long, value_name = "N", default_value_t = 54321)]
    pub(crate) port: u16,
    /// The folder that keeps the database and the objects
    #[arg(long, value_name = "DIR", default_value = ".local/supabase", conflicts_with = "ephemeral")]
    pub(crate) data: PathBuf,
    /// Keep nothing: use a temporary folder that is removed at the end
    #[arg(long)]
    pub(crate) ephemeral: bool,
    /// The project's config.toml, with migrations/ and templates/ beside it [default: supabase/config.toml when it
    /// exists, else the built-in project]
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Append a line for each request to this file: METHOD PATH STATUS
    #[arg(long, value_name = "FILE")]
    pub(crate) access_log: Option<PathBuf>,
    /// Print where the server runs as one line of JSON
    #[arg(long)]
    pub(crate) json: bool,
}

impl Arguments {
    /// The `config.toml` to read: the one of `--config`, else `supabase/config.toml` when that file exists. `None` means
    /// the built-in project.
    pub(crate) fn config_file(&self) -> Option<PathBuf> {
        let usual: PathBuf = ["supabase", "config.toml"].iter().collect();
        self.config.clone().or_else(|| usual.is_file().then_some(usual))
    }
}

#[cfg(test)]
mod tests {
    use clap::error::ErrorKind;

    use super::*;

    fn read(line: &str) -> Result<Arguments, clap::Error> {
        Arguments::try_parse_from(["supabase-local"].into_iter().chain(line.split_whitespace()))
    }

    #[test]
    fn without_arguments_it_is_a_local_supabase_that_keeps_its_data() {
        let arguments = read("").unwrap();

        assert_eq!((arguments.port, arguments.ephemeral), (54321, false));
        assert_eq!(arguments.data, PathBuf::from(".local/supabase"));
    }

    #[test]
    fn both_forms_of_a_value_are_read() {
        let arguments = read("--port=0 --config x/config.toml --json").unwrap();

        assert_eq!(arguments.port, 0);
        assert_eq!(arguments.config, Some("x/config.toml".into()));
        assert!(arguments.json);
    }

    #[test]
    fn what_makes_no_sense_is_refused_with_a_sentence() {
        for line in ["--port", "--port many", "--what", "--data x --ephemeral"] {
            let error = read(line).unwrap_err();
            assert!(error.use_stderr() && error.to_string().starts_with("error: "), "{line}: {error}");
        }
        assert_eq!(read("--port 1 --help").unwrap_err().kind(), ErrorKind::DisplayHelp);
    }
}
