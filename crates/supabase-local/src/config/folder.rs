//! Reading a project: its `supabase/` folder on disk, or the one that is built into this program.

use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use super::file::File;
use super::settings::{Config, ConfigError, MailTemplate, Migration, Templates};
use crate::signing_key::{SigningKey, SigningKeyError};

static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/supabase");

/// The subjects of the mails when `config.toml` names none.
const SUBJECTS: [(&str, &str); 6] = [
    ("confirmation", "Confirm your email address"),
    ("recovery", "Reset your password"),
    ("magic_link", "Your sign-in link"),
    ("invite", "You've been invited"),
    ("email_change", "Confirm your new email address"),
    ("reauthentication", "{{ .Token }} is your verification code"),
];

impl Config {
    /// Reads a project on disk: the `config.toml` at `config`, the folder `migrations/` beside it, and the mail templates
    /// and signing keys that the file names.
    ///
    /// # Errors
    /// [`ConfigError`], when a file cannot be read, or does not have the CLI's layout.
    pub fn from_file(config: &Path) -> Result<Self, ConfigError> {
        let folder = config.parent().map_or_else(PathBuf::new, Path::to_owned);
        let origin = config.display().to_string();
        let file = File::parse(&read(config)?, &origin)?;
        let mut settings = file.settings(&origin)?;
        settings.templates = templates(&file, |path| read(&folder.join(path)).map(Some))?;
        if let Some(path) = file.signing_keys_path() {
            let malformed = |error: SigningKeyError| ConfigError::Malformed {
                origin: path.to_owned(),
                message: error.to_string(),
            };
            let key = SigningKey::from_jwks(&read(&folder.join(path))?).map_err(malformed)?;
            settings.signing_key = Some(key);
        }
        settings.migrations = migrations_in(&folder.join("migrations"))?;
        Ok(settings)
    }

    /// The project that is built into this program: the `supabase/` folder of the repository.
    ///
    /// # Errors
    /// [`ConfigError::Malformed`], when its `config.toml` does not have the CLI's layout.
    pub fn built_in() -> Result<Self, ConfigError> {
        let origin = "the built-in config.toml";
        let text = |path: &str| BUILT_IN.get_file(path).and_then(|file| file.contents_utf8());
        let file = File::parse(text("config.toml").unwrap_or_default(), origin)?;
        let mut settings = file.settings(origin)?;
        settings.templates = templates(&file, |path| Ok(text(path).map(str::to_owned)))?;
        let migrations = BUILT_IN.get_dir("migrations").map(|folder| folder.files());
        settings.migrations = in_order(migrations.into_iter().flatten().filter_map(|file| {
            let name = file.path().file_name()?.to_str()?.to_owned();
            Some(Migration { name, sql: file.contents_utf8()?.to_owned() })
        }));
        Ok(settings)
    }
}

/// The templates that `file` names. In the file a path is relative to the folder that contains `supabase/`, as for the
/// CLI; `open` gets the path relative to `supabase/`.
fn templates(
    file: &File,
    open: impl Fn(&str) -> Result<Option<String>, ConfigError>,
) -> Result<Templates, ConfigError> {
    let mut templates = Templates::new();
    for (name, template) in file.templates() {
        let Some(path) = &template.content_path else { continue };
        let path = path.trim_start_matches("./").trim_start_matches("supabase/");
        let Some(html) = open(path)? else { continue };
        let usual = SUBJECTS.iter().find(|(kind, _)| kind == name).map_or("", |(_, subject)| subject);
        let subject = template.subject.clone().unwrap_or_else(|| usual.to_owned());
        templates.insert(name.clone(), MailTemplate { subject, html });
    }
    Ok(templates)
}

fn migrations_in(folder: &Path) -> Result<Vec<Migration>, ConfigError> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let unreadable = |source| ConfigError::Unreadable { path: folder.to_owned(), source };
    let mut migrations = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        migrations.push(Migration { name: name.to_owned(), sql: String::new() });
    }
    let mut migrations = in_order(migrations.into_iter());
    for migration in &mut migrations {
        migration.sql = read(&folder.join(&migration.name))?;
    }
    Ok(migrations)
}

fn in_order(migrations: impl Iterator<Item = Migration>) -> Vec<Migration> {
    let mut migrations: Vec<_> = migrations.filter(|migration| migration.name.ends_with(".sql")).collect();
    migrations.sort_by(|one, other| one.name.cmp(&other.name));
    migrations
}

fn read(path: &Path) -> Result<String, ConfigError> {
    std::fs::read_to_string(path).map_err(|source| ConfigError::Unreadable { path: path.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_project_confirms_addresses_and_lets_the_app_in() {
        let config = Config::built_in().unwrap();

        assert!(!config.autoconfirm);
        assert!(config.redirect_allow_list.iter().any(|entry| entry.ends_with("://auth/callback*")));
    }

    #[test]
    fn every_mail_of_the_built_in_project_has_a_link_and_a_code() {
        let templates = Config::built_in().unwrap().templates;

        for (name, _) in SUBJECTS {
            let html = &templates.get(name).unwrap_or_else(|| panic!("no template {name}")).html;
            assert!(html.contains("{{ .Token }}"), "{name} shows no code");
            assert!(name == "reauthentication" || html.contains("{{ .ConfirmationURL }}"), "{name}");
        }
    }

    #[test]
    fn the_mails_of_the_built_in_project_have_one_frame() {
        // All but the title and the content of the card.
        fn frame(html: &str) -> Option<[&str; 3]> {
            let (head, rest) = html.split_once("<title>")?;
            let (_, rest) = rest.split_once("</title>")?;
            let (card, rest) = rest.split_once("<h1 ")?;
            Some([head, card, rest.rsplit_once("</p>")?.1])
        }
        let templates = Config::built_in().unwrap().templates;
        let first = frame(&templates["confirmation"].html);

        assert!(first.is_some());
        for (name, template) in &templates {
            assert_eq!(frame(&template.html), first, "{name}");
        }
    }

    #[test]
    fn the_built_in_migrations_are_in_order_and_apart() {
        let migrations = Config::built_in().unwrap().migrations;
        let versions: Vec<_> = migrations.iter().map(Migration::version).collect();

        assert!(versions.len() >= 2);
        assert!(versions.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
