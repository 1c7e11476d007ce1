//! A browser of the app's own engine, with the page in frames.

use std::cell::Cell;
use std::net::Ipv4Addr;

use image::DynamicImage;
use serde::Deserialize;
use serde_json::{Value, json};
use thirtyfour::{By, Capabilities, Key, WebDriver};
use tokio::net::TcpStream;
use tokio::process::Child;

use super::Look;
use super::states::State;
use crate::app::free_port;
use crate::deadline::{TIMEOUT, until};
use crate::desktop::Desktop;
use crate::fault::{Fault, Outcome};
use crate::processes::{Mark, installed};

/// Holds the three frames beside each other, and the longest page.
pub(super) const SCREEN: &str = "2840x8000x24";

/// WebKitGTK's own small browser, which comes with the library.
const BROWSER: &str = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";

/// A window is grown by more than is needed, and shrunk only where much is to spare.
const SPARE: u32 = 600;

/// Where a frame stands in the window, in pixels, and how far its page reaches beyond its side.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Framed {
    left: u32,
    width: u32,
    height: u32,
    pub(super) overhang: i64,
}

/// The browser. It ends when this is dropped.
#[derive(Debug)]
pub(super) struct Stage {
    window: WebDriver,
    /// The window's width, and its height now: a frame that is out of sight gets no animation frames, and every pixel
    /// is painted anew each time.
    width: u32,
    height: Cell<u32>,
    mark: Mark,
    _driver: Child,
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.mark.sweep();
        // The session went with its driver; asking it to end would only wait. One that was ended already says so.
        drop(self.window.clone().leak());
    }
}

impl Stage {
    /// Opens the page that holds the frames, in a window of this width and height at first. A frame needs to be seen only
    /// in part to live: who takes no pictures saves most of the painting with a window that is small.
    ///
    /// # Errors
    /// When the browser does not start.
    pub(super) async fn open(desktop: &Desktop, url: &str, (width, height): (u32, u32)) -> Outcome<Self> {
        let mark = Mark::new("FOYER_DRIVER");
        let port = free_port().await?;
        let mut command = desktop.command(&installed("WebKitWebDriver")?, "gallery")?;
        command.arg(format!("--port={port}"));
        // Each state is a page of its own, which ends before its optimised code would be worth compiling.
        command.env("JSC_useDFGJIT", "0");
        mark.put_on(&mut command);
        let driver = command.spawn()?;
        until("the driver to listen", async || {
            Ok(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.ok())
        })
        .await?;
        let mut options = Capabilities::new();
        options.set("webkitgtk:browserOptions", json!({ "binary": BROWSER, "args": ["--automation"] }))?;
        let window = WebDriver::builder(format!("http://127.0.0.1:{port}"), options)
            .request_timeout(TIMEOUT)
            .await
            .map_err(|error| {
                mark.sweep();
                Fault::new(format!("no browser: {error}"))
            })?;
        let stage = Self { window, width, height: Cell::new(0), mark, _driver: driver };
        stage.grow(height).await?;
        stage.window.goto(url).await?;
        Ok(stage)
    }

    /// Loads a state into every frame and does what is done in it.
    ///
    /// # Errors
    /// When the page does not begin, or lacks what is to be pressed.
    pub(super) async fn load(&self, url: &str, language: &str, state: &State) -> Outcome {
        let address = format!("{url}/state/{language}/{}", state.name);
        self.ask("load", vec![json!(address), state.steps()])
            .await
            .map(drop)
            .map_err(|fault| Fault::new(format!("{} in {language}: {fault}", state.name)))
    }

    /// Changes what all frames look like; where each of them stands then.
    ///
    /// # Errors
    /// When the browser is gone.
    pub(super) async fn look(&self, look: Look) -> Outcome<Vec<Framed>> {
        self.framed(look, None).await
    }

    /// The same, with this width for all of them.
    ///
    /// # Errors
    /// When the browser is gone.
    pub(super) async fn look_in(&self, look: Look, width: u32) -> Outcome<Vec<Framed>> {
        self.framed(look, Some(width)).await
    }

    async fn framed(&self, look: Look, width: Option<u32>) -> Outcome<Vec<Framed>> {
        let answer = self.ask("look", vec![look.to_json(), json!(width)]).await?;
        let framed: Vec<Framed> = serde_json::from_value(answer)?;
        self.grow(framed.iter().map(|frame| frame.height).max().unwrap_or_default() + 60).await?;
        Ok(framed)
    }

    /// Makes the window as high as that, or a little higher.
    async fn grow(&self, height: u32) -> Outcome {
        let now = self.height.get();
        if height > now || height + SPARE < now {
            self.window.set_window_rect(0, 0, self.width, height).await?;
            self.height.set(height);
        }
        Ok(())
    }

    /// What the keyboard or the pointer would stumble over in the first frame: findings for each of these looks, in all
    /// of these widths.
    ///
    /// # Errors
    /// When the browser is gone.
    pub(super) async fn measure(&self, looks: &[Look], widths: &[u32]) -> Outcome<Vec<Vec<String>>> {
        let looks: Vec<_> = looks.iter().map(|look| look.to_json()).collect();
        Ok(serde_json::from_value(self.ask("measure", vec![json!(looks), json!(widths)]).await?)?)
    }

    /// What axe-core finds in the first frame: by these rules, or by all that it has.
    ///
    /// # Errors
    /// When it is not there.
    pub(super) async fn axe(&self, look: Look, rules: Option<&[&str]>) -> Outcome<Vec<String>> {
        Ok(serde_json::from_value(self.ask("axe", vec![look.to_json(), json!(rules)]).await?)?)
    }

    /// A picture of the whole window, as it is painted now.
    ///
    /// # Errors
    /// When it cannot be taken.
    pub(super) async fn picture(&self) -> Outcome<DynamicImage> {
        self.ask("painted", Vec::new()).await?;
        Ok(image::load_from_memory(&self.window.screenshot_as_png().await?)?)
    }

    /// What the shell's first frame of a page consists of, and what the program's own first render makes of the same
    /// elements.
    ///
    /// # Errors
    /// When the program could not take the frame over.
    pub(super) async fn compared(&self, address: &str) -> Outcome<(String, String)> {
        self.window.goto(format!("{address}?compare")).await?;
        let script = "const [done] = arguments;
            const look = () => {
                if (window.compared?.program != null) done([compared.shell, compared.program]);
                else if (location.search === '?plain') done(null);
                else setTimeout(look, 5);
            };
            look();";
        let answer = self.window.execute_async(script, Vec::new()).await?;
        serde_json::from_value(answer.json().clone())
            .map_err(|_| Fault::new(format!("{address}: the program cannot take the first frame over")))
    }

    /// Goes to a page and does not wait until it has loaded.
    ///
    /// # Errors
    /// When the browser is gone.
    pub(super) async fn go_to(&self, address: &str) -> Outcome {
        self.run("location.href = arguments[0]", vec![json!(address)]).await.map(drop)
    }

    /// What a script in the page gives.
    ///
    /// # Errors
    /// When it fails.
    pub(super) async fn run(&self, script: &str, arguments: Vec<Value>) -> Outcome<Value> {
        Ok(self.window.execute(script, arguments).await?.json().clone())
    }

    /// Types on the keyboard.
    ///
    /// # Errors
    /// When the browser is gone.
    pub(super) async fn type_keys(&self, keys: &str) -> Outcome {
        Ok(self
            .window
            .action_chain()
            .send_keys(keys.replace('\t', &Key::Tab.value().to_string()))
            .perform()
            .await?)
    }

    /// Clicks on the element with this `data-testid`.
    ///
    /// # Errors
    /// When it is not there.
    pub(super) async fn click(&self, testid: &str) -> Outcome {
        let element = self.window.find(By::Css(format!("[data-testid=\"{testid}\"]"))).await?;
        Ok(element.click().await?)
    }

    /// Calls one of the functions of `stage.js`.
    async fn ask(&self, name: &str, arguments: Vec<Value>) -> Outcome<Value> {
        let script = "const [name, given, done] = arguments;
            window.stage[name](...given).then((value) => done({ value }), (error) => done({ error: String(error) }));";
        let answer = self.window.execute_async(script, vec![json!(name), json!(arguments)]).await?;
        let answer = answer.json();
        match answer.get("error") {
            Some(error) => Err(Fault::new(error.to_string())),
            None => Ok(answer.get("value").cloned().unwrap_or_default()),
        }
    }
}

impl Framed {
    /// The part of the window's picture that shows this frame.
    pub(super) fn cut(self, window: &DynamicImage) -> DynamicImage {
        window.crop_imm(self.left, 0, self.width, self.height)
    }
}
