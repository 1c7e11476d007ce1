//! The installer's life in a Windows of its own: silently installed, its links handed to the app that runs, installed over
//! while it runs and afterwards, removed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

use foyer_contract::variable;

use super::prefix::{Prefix, until};
use crate::bundle::product::Product;
use crate::fault::Fault;
use crate::layout::unreadable;
use crate::shell::must;

/// What an installer answers that cannot replace a program which runs.
const IN_USE: Option<i32> = Some(3);

/// A link as mails and browsers have them. No flow waits for it: the app says so, and that is how it is seen to arrive.
const LINK: &str = "auth/callback?flow=0000000000000000000000&code=3c2f%20|x&next=%2Fa%26b#fragment";

/// What is installed and run.
pub(super) struct Apps {
    pub(super) installer: PathBuf,
    /// The installed app writes to a terminal instead of showing a message.
    pub(super) is_debug: bool,
    /// The app as a test starts it: without a window.
    pub(super) driven: PathBuf,
}

/// The installed app, seen from outside.
struct Installed<'a> {
    prefix: &'a Prefix,
    product: &'a Product,
    apps: &'a Apps,
}

/// Goes through all of it.
///
/// # Errors
/// With the first that is not as it should be.
pub(super) fn check(prefix: &Prefix, product: &Product, apps: &Apps) -> Result<(), Fault> {
    let installed = Installed { prefix, product, apps };
    installed.install()?;
    installed.is_registered()?;
    if apps.is_debug {
        installed.says_what_is_missing()?;
    }
    let running = installed.start(&apps.driven)?;
    installed.is_handed_a_link()?;
    end(running)?;
    installed.is_not_replaced_while_it_runs()?;
    installed.is_removed()?;
    installed.spares_the_links_of_another_app()
}

impl Installed<'_> {
    fn folder(&self) -> PathBuf {
        self.prefix.profile().join("AppData/Local/Programs").join(&self.product.name)
    }

    fn program(&self) -> PathBuf {
        self.folder().join(format!("{}.exe", self.product.program))
    }

    /// The command of the app's links, as Windows has to have it.
    fn command(&self) -> String {
        let (name, program) = (&self.product.name, &self.product.program);
        let path = self.prefix.windows_path(&format!("AppData/Local/Programs/{name}/{program}.exe"));
        format!("\"{path}\" \"%1\"")
    }

    fn scheme_key(&self) -> String {
        format!("HKCU\\Software\\Classes\\{}", self.product.scheme)
    }

    fn command_key(&self) -> String {
        format!("{}\\shell\\open\\command", self.scheme_key())
    }

    fn uninstall_key(&self) -> String {
        format!("HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\{}", self.product.identifier)
    }

    fn notifier_key(&self) -> String {
        format!("HKCU\\Software\\Classes\\AppUserModelId\\{}", self.product.identifier)
    }

    fn menu_entry(&self) -> PathBuf {
        let menu = "AppData/Roaming/Microsoft/Windows/Start Menu/Programs";
        self.prefix.profile().join(menu).join(format!("{}.lnk", self.product.name))
    }

    /// What the app keeps of the person.
    fn data(&self) -> PathBuf {
        self.prefix.profile().join("AppData/Roaming").join(&self.product.identifier)
    }

    fn install(&self) -> Result<(), Fault> {
        must(self.prefix.program(&self.apps.installer).arg("/S"))?;
        for file in [self.program(), self.folder().join("uninstall.exe"), self.menu_entry()] {
            if !file.is_file() {
                return Err(Fault::new(format!("{} is not installed", file.display())));
            }
        }
        println!("      installed silently, with an entry in the Start menu");
        Ok(())
    }

    /// The registry's text for a key that must be there.
    fn registry(&self, key: &str) -> Result<String, Fault> {
        self.prefix.registry(key)?.ok_or_else(|| Fault::new(format!("the registry has no {key}")))
    }

    fn is_registered(&self) -> Result<(), Fault> {
        let (command, listed) = (self.registry(&self.scheme_key())?, self.registry(&self.uninstall_key())?);
        let expected = [
            (&command, format!("@=\"{}\"", self.command())),
            (&command, "\"URL Protocol\"=\"\"".to_owned()),
            (&listed, format!("\"DisplayName\"=\"{}\"", self.product.name)),
            (&listed, format!("\"DisplayVersion\"=\"{}\"", self.product.version)),
            (&listed, format!("\"Publisher\"=\"{}\"", self.product.publisher)),
        ];
        for (text, line) in expected {
            if !text.lines().any(|own| own.trim_end() == line) {
                return Err(Fault::new(format!("`{line}` is missing in the registry, which says\n{text}")));
            }
        }
        println!("      its links: {}", self.command());
        Ok(())
    }

    /// A system without a webview is one sentence with the address of the webview.
    fn says_what_is_missing(&self) -> Result<(), Fault> {
        let output = self.prefix.program(self.program()).output();
        let output = output.map_err(|error| Fault::new(format!("the app cannot be started: {error}")))?;
        let said = String::from_utf8_lossy(&output.stderr);
        if output.status.success() || !said.contains("WebView2 Runtime") {
            return Err(Fault::new(format!(
                "without a webview the app ends with {} and {said}",
                output.status
            )));
        }
        println!("      without WebView2 it says what to install, and ends with status 1");
        Ok(())
    }

    /// Starts an app without a window, and waits until it has its keys.
    fn start(&self, program: &Path) -> Result<Child, Fault> {
        let mut command = self.prefix.program(program);
        command.env(variable!("WITHOUT_WINDOW"), "1").env(variable!("LOG"), "debug");
        command.env(variable!("SUPABASE_URL"), "http://127.0.0.1:9");
        command.env(variable!("SUPABASE_KEY"), "sb_publishable_abcdefghijklmnop");
        let has_keys = || self.lines("the key of the session is in the system's keychain").len();
        let before = has_keys();
        let running = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let running = running.map_err(|error| Fault::new(format!("the app cannot be started: {error}")))?;
        until("the app to have its keys in the Credential Manager", || {
            Ok((has_keys() > before).then_some(()))
        })?;
        Ok(running)
    }

    /// Lines of the app's log that hold this.
    fn lines(&self, text: &str) -> Vec<String> {
        let log = fs::read_to_string(self.data().join("logs").join(format!("{}.log", self.product.program)))
            .unwrap_or_default();
        log.lines().filter(|line| line.contains(text)).map(str::to_owned).collect()
    }

    /// Windows starts the installed app with the link; that hands it to the app that runs, and ends.
    fn is_handed_a_link(&self) -> Result<(), Fault> {
        // Where Windows looks for who opens a link, it sees a person's own entries too. Wine 8 does not.
        let seen = self.scheme_key().replacen("HKCU", "HKLM", 1);
        self.prefix.copy_registry(&self.scheme_key(), &seen)?;
        let link = format!("{}://{LINK}", self.product.scheme);
        let mut start = self.prefix.program("start.exe");
        let status = self.prefix.status(start.args(["/wait", &link]))?;
        if status != Some(0) {
            return Err(Fault::new(format!("the second process ends with {status:?}")));
        }
        until("the link in the app that runs", || {
            let came = self.lines("a link came back");
            Ok((!came.is_empty()).then_some(()))
        })?;
        println!("      a second process, started by Windows with a link, handed it to the first and ended");
        Ok(())
    }

    /// The app that runs from the installer's folder is not replaced; once it has ended it is.
    fn is_not_replaced_while_it_runs(&self) -> Result<(), Fault> {
        let program = self.program();
        let copy = |from: &Path| fs::copy(from, &program).map_err(|error| unreadable(from, &error));
        let shipped = fs::read(&program).map_err(|error| unreadable(&program, &error))?;
        copy(&self.apps.driven)?;
        let driven = fs::read(&program).map_err(|error| unreadable(&program, &error))?;
        let holds = |bytes: &[u8]| fs::read(&program).is_ok_and(|own| own == bytes);

        let running = self.start(&program)?;
        let status = self.prefix.status(self.prefix.program(&self.apps.installer).arg("/S"))?;
        if status != IN_USE || !holds(&driven) {
            return Err(Fault::new(format!("installed over an app that runs: {status:?}")));
        }
        end(running)?;
        must(self.prefix.program(&self.apps.installer).arg("/S"))?;
        if !holds(&shipped) {
            return Err(Fault::new("an upgrade does not replace the app"));
        }
        println!("      not replaced while it runs (exit status 3), replaced afterwards");
        Ok(())
    }

    fn uninstall(&self) -> Result<(), Fault> {
        must(self.prefix.program(self.folder().join("uninstall.exe")).arg("/S"))?;
        // It goes on in a copy of itself.
        until("the uninstaller", || Ok((!self.folder().exists()).then_some(())))?;
        until("the list of installed apps", || {
            Ok(self.prefix.registry(&self.uninstall_key())?.is_none().then_some(()))
        })
    }

    fn is_removed(&self) -> Result<(), Fault> {
        self.uninstall()?;
        for key in [self.scheme_key(), self.notifier_key()] {
            if let Some(left) = self.prefix.registry(&key)? {
                return Err(Fault::new(format!("{key} is left in the registry:\n{left}")));
            }
        }
        if self.menu_entry().exists() {
            return Err(Fault::new("the entry in the Start menu is left"));
        }
        if !self.data().join("store").join("protection.json").is_file() {
            return Err(Fault::new(format!("{} is gone or empty", self.data().display())));
        }
        println!("      removed: the registry is clean, and what it keeps of the person is still there");
        Ok(())
    }

    fn spares_the_links_of_another_app(&self) -> Result<(), Fault> {
        self.install()?;
        let other = r#""C:\Other\other.exe" "%1""#;
        self.prefix.set_registry(&self.command_key(), other)?;
        self.uninstall()?;
        let text = self.registry(&self.command_key())?;
        if !text.contains(other) {
            return Err(Fault::new(format!("another app's links were taken from it:\n{text}")));
        }
        println!("      removed once more: links that another app had taken stay that app's");
        Ok(())
    }
}

/// Ends an app as the task manager does.
fn end(mut running: Child) -> Result<(), Fault> {
    let ended = running.kill().and_then(|()| running.wait());
    ended.map(drop).map_err(|error| Fault::new(format!("the app cannot be ended: {error}")))
}
