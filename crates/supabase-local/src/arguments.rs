//! The command line.

use std::path::PathBuf;

/// What `--help` says.
pub(crate) const USAGE: &str = "\
supabase-local: a local Supabase in one program, for running and testing without an account

usage: supabase-local [--port N] [--data DIR | --ephemeral] [--config FILE] [--access-log FILE] [--json]

  --port N           the port on 127.0.0.1 (default 54321; 0 picks a free one)
  --data DIR         where database and objects are kept (default .local/supabase)
  --ephemeral        keep nothing: a temporary folder that goes with the program
  --config FILE      the project's config.toml; migrations/ and templates/ lie beside it
                     (default supabase/config.toml when it is there, else the built-in project)
  --access-log FILE  append a line for each request: METHOD PATH STATUS
  --json             say where it runs as one line of JSON";

/// The port of a local Supabase.
const PORT: u16 = 54321;

/// How the program is to run.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Arguments {
    pub(crate) port: u16,
    pub(crate) data: PathBuf,
    pub(crate) ephemeral: bool,
    pub(crate) config: Option<PathBuf>,
    pub(crate) access_log: Option<PathBuf>,
    pub(crate) json: bool,
}

/// What the person wants.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Request {
    Run(Arguments),
    Help,
}

/// Where the project's settings are looked for when nobody says.
pub(crate) fn default_config() -> PathBuf {
    ["supabase", "config.toml"].iter().collect()
}

impl Arguments {
    /// Reads the arguments, each as `--name value` or `--name=value`.
    pub(crate) fn read(given: impl Iterator<Item = String>) -> Result<Request, String> {
        let mut arguments = Self {
            port: PORT,
            data: [".local", "supabase"].iter().collect(),
            ephemeral: false,
            config: None,
            access_log: None,
            json: false,
        };
        let mut data_given = false;
        let mut given = given;
        while let Some(argument) = given.next() {
            let (name, inline) = match argument.split_once('=') {
                Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
                None => (argument, None),
            };
            let mut value = || inline.clone().or_else(|| given.next()).ok_or(format!("{name} needs a value"));
            match name.as_str() {
                "--port" => {
                    let port = value()?;
                    arguments.port = port.parse().map_err(|_| format!("{port} is not a port"))?;
                }
                "--data" => {
                    arguments.data = value()?.into();
                    data_given = true;
                }
                "--config" => arguments.config = Some(value()?.into()),
                "--access-log" => arguments.access_log = Some(value()?.into()),
                "--ephemeral" => arguments.ephemeral = true,
                "--json" => arguments.json = true,
                "--help" | "-h" => return Ok(Request::Help),
                unknown => return Err(format!("{unknown} is not known; see --help")),
            }
        }
        if data_given && arguments.ephemeral {
            return Err("--data and --ephemeral exclude each other".into());
        }
        Ok(Request::Run(arguments))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Request, String> {
        Arguments::read(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn without_arguments_it_is_a_local_supabase_that_keeps_its_data() {
        let Ok(Request::Run(arguments)) = read("") else { panic!() };

        assert_eq!((arguments.port, arguments.ephemeral), (54321, false));
    }

    #[test]
    fn both_forms_of_a_value_are_read() {
        let Ok(Request::Run(arguments)) = read("--port=0 --config x/config.toml --json") else { panic!() };

        assert_eq!(arguments.port, 0);
        assert_eq!(arguments.config, Some("x/config.toml".into()));
        assert!(arguments.json);
    }

    #[test]
    fn what_makes_no_sense_is_refused_with_a_sentence() {
        for line in ["--port", "--port many", "--what", "--data x --ephemeral"] {
            assert!(read(line).is_err(), "{line}");
        }
        assert_eq!(read("--port 1 --help"), Ok(Request::Help));
    }
}
