//! The accessibility tree as a screen reader reads it on Linux: over AT-SPI, on a bus of the desktop's own.

use std::collections::HashMap;
use std::path::PathBuf;

use zbus::Connection;
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Value};

use crate::deadline::until;
use crate::desktop::Desktop;
use crate::fault::{Fault, Outcome};

/// No page is as deep, and none as large.
const DEEPEST: usize = 60;
const ACCESSIBLE: &str = "org.a11y.atspi.Accessible";
const ROOT: &str = "/org/a11y/atspi/accessible/root";

/// States, by their places in `AtspiStateType`.
const FOCUSED: u64 = 12;
const SHOWING: u64 = 25;
const INVALID_ENTRY: u64 = 36;

/// What can be used, by the names of ARIA's roles.
const CONTROLS: [&str; 11] = [
    "button",
    "textbox",
    "searchbox",
    "link",
    "checkbox",
    "radio",
    "tab",
    "combobox",
    "slider",
    "switch",
    "option",
];

/// The accessibility bus of a desktop.
#[derive(Debug)]
pub struct AccessibilityBus {
    bus: Connection,
}

/// Something in the tree, with all that is in it.
#[derive(Debug, Clone)]
pub struct Node {
    /// What it is, by the name of its role in ARIA, which WebKit tells among the attributes (its roles have no names of
    /// their own); `frame` and the like outside of the page.
    pub role: String,
    /// What it is called.
    pub name: String,
    /// What is said after its name: a hint, or what is wrong.
    pub description: String,
    /// The text that stands in it, but for what stands in its parts.
    pub content: String,
    /// What else is known of it, `live` among it.
    pub attributes: HashMap<String, String>,
    states: u64,
    /// What is in it.
    pub children: Vec<Node>,
}

impl AccessibilityBus {
    /// Starts the bus, as a desktop does on which a screen reader runs. Programs that are started later are on it.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn start(desktop: &mut Desktop) -> Outcome<Self> {
        desktop.unset("NO_AT_BRIDGE");
        desktop.keep(desktop.command(&launcher()?, "at-spi")?.arg("--launch-immediately").spawn()?);
        let address = desktop.bus_address().ok_or_else(|| Fault::new("the desktop has no session bus"))?;
        let session = zbus::connection::Builder::address(address.as_str())?.build().await?;
        let address: String = until("the accessibility bus", async || {
            let answer = session.call_method(
                Some("org.a11y.Bus"),
                "/org/a11y/bus",
                Some("org.a11y.Bus"),
                "GetAddress",
                &(),
            );
            Ok(answer.await.ok().and_then(|answer| answer.body().deserialize().ok()))
        })
        .await?;
        for property in ["IsEnabled", "ScreenReaderEnabled"] {
            let enabled = ("org.a11y.Status", property, Value::from(true));
            let properties = Some("org.freedesktop.DBus.Properties");
            session.call_method(Some("org.a11y.Bus"), "/org/a11y/bus", properties, "Set", &enabled).await?;
        }
        let bus = zbus::connection::Builder::address(address.as_str())?.build().await?;
        Ok(Self { bus })
    }

    /// Waits until the tree of all programs has what `find` looks for in it.
    ///
    /// # Errors
    /// When it does not come to have it; the sentence has the tree.
    pub async fn wait<T>(&self, what: &str, find: impl Fn(&Node) -> Option<T>) -> Outcome<T> {
        let found = until(what, async || {
            // A part that goes while it is read is read again.
            Ok(self.tree().await.ok().and_then(|tree| find(&tree)))
        })
        .await;
        match found {
            Ok(found) => Ok(found),
            Err(fault) => Err(Fault::new(format!("{fault}; the tree is:\n{}", self.tree().await?.drawn(0)))),
        }
    }

    /// The tree of all programs.
    ///
    /// # Errors
    /// When a part of it goes while it is read.
    pub async fn tree(&self) -> Outcome<Node> {
        self.node("org.a11y.atspi.Registry", ROOT, 0).await
    }

    async fn node(&self, program: &str, path: &str, depth: usize) -> Outcome<Node> {
        let ask = async |method: &str| {
            self.bus.call_method(Some(program), path, Some(ACCESSIBLE), method, &()).await
        };
        let states: Vec<u32> = ask("GetState").await?.body().deserialize()?;
        let states = states.iter().rev().fold(0, |all, word| (all << 32) | u64::from(*word));
        let attributes: HashMap<String, String> = ask("GetAttributes").await?.body().deserialize()?;
        let role = match attributes.get("computed-role") {
            Some(role) => role.clone(),
            None => ask("GetRoleName").await?.body().deserialize()?,
        };
        let mut node = Node {
            role,
            name: self.text_of(program, path, "Name").await?,
            description: self.text_of(program, path, "Description").await?,
            content: self.content_of(program, path).await,
            attributes,
            states,
            children: Vec::new(),
        };
        let children = self.children_of(program, path).await?;
        for (program, path) in children {
            if depth < DEEPEST && path.as_str() != "/org/a11y/atspi/null" {
                node.children.push(Box::pin(self.node(&program, path.as_str(), depth + 1)).await?);
            }
        }
        Ok(node)
    }

    /// The text of a node; empty where it has none.
    async fn content_of(&self, program: &str, path: &str) -> String {
        let text = Some("org.a11y.atspi.Text");
        let answer = self.bus.call_method(Some(program), path, text, "GetText", &(0_i32, -1_i32)).await;
        answer.ok().and_then(|answer| answer.body().deserialize().ok()).unwrap_or_default()
    }

    async fn children_of(&self, program: &str, path: &str) -> Outcome<Vec<(String, OwnedObjectPath)>> {
        let ask = Some(ACCESSIBLE);
        let answer = self.bus.call_method(Some(program), path, ask, "GetChildren", &()).await?;
        let children: Vec<_> = answer.body().deserialize()?;
        if !children.is_empty() || i32::try_from(self.property(program, path, "ChildCount").await?)? == 0 {
            return Ok(children);
        }
        // The page's process stands behind a socket, which names the page one by one only.
        let answer = self.bus.call_method(Some(program), path, ask, "GetChildAtIndex", &0_i32).await?;
        Ok(vec![answer.body().deserialize()?])
    }

    async fn text_of(&self, program: &str, path: &str, property: &str) -> Outcome<String> {
        Ok(String::try_from(self.property(program, path, property).await?)?)
    }

    async fn property(&self, program: &str, path: &str, property: &str) -> Outcome<OwnedValue> {
        let properties = Some("org.freedesktop.DBus.Properties");
        let answer =
            self.bus.call_method(Some(program), path, properties, "Get", &(ACCESSIBLE, property)).await?;
        Ok(answer.body().deserialize()?)
    }
}

impl Node {
    /// This and everything in it.
    pub fn all(&self) -> Vec<&Self> {
        let mut all = vec![self];
        all.extend(self.children.iter().flat_map(Self::all));
        all
    }

    /// The first of this role and name that can be seen.
    #[must_use]
    pub fn find(&self, role: &str, name: &str) -> Option<&Self> {
        self.all().into_iter().find(|node| node.role == role && node.name == name && node.is_showing())
    }

    /// All that is said in it.
    #[must_use]
    pub fn text(&self) -> String {
        self.all().into_iter().map(|node| node.content.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// It has the focus.
    #[must_use]
    pub fn is_focused(&self) -> bool {
        self.has(FOCUSED)
    }

    /// What is in it is wrong.
    #[must_use]
    pub fn is_invalid(&self) -> bool {
        self.has(INVALID_ENTRY)
    }

    fn is_showing(&self) -> bool {
        self.has(SHOWING)
    }

    fn has(&self, state: u64) -> bool {
        self.states >> state & 1 == 1
    }

    /// What can be used and is called nothing.
    #[must_use]
    pub fn nameless(&self) -> Vec<String> {
        let nameless = |node: &&Self| CONTROLS.contains(&node.role.as_str()) && node.name.trim().is_empty();
        let all = self.all().into_iter().filter(|node| node.is_showing());
        all.filter(nameless).map(|node| format!("{} {:?}", node.role, node.attributes)).collect()
    }

    /// How many things can be used.
    #[must_use]
    pub fn controls(&self) -> usize {
        let is_control = |node: &&&Self| CONTROLS.contains(&node.role.as_str()) && node.is_showing();
        self.all().iter().filter(is_control).count()
    }

    fn drawn(&self, depth: usize) -> String {
        let line = format!(
            "{:depth$}{} \"{}\" {:?} {:?} {:?}\n",
            "", self.role, self.name, self.content, self.description, self.attributes
        );
        self.children.iter().fold(line, |mut drawn, child| {
            drawn.push_str(&child.drawn(depth + 1));
            drawn
        })
    }
}

/// The program that starts the bus; every distribution has a place of its own for it.
fn launcher() -> Outcome<PathBuf> {
    let places = ["/usr/libexec", "/usr/lib", "/usr/lib/at-spi2-core", "/usr/lib/at-spi2"];
    let mut paths = places.iter().map(|place| PathBuf::from(place).join("at-spi-bus-launcher"));
    paths
        .find(|path| path.exists())
        .ok_or_else(|| Fault::new("at-spi-bus-launcher is not installed (package at-spi2-core)"))
}
