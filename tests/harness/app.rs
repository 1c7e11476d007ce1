//! The built app in a real window, under a driver. What stands on its pages is in `page.rs`.

use std::fs;
use std::io;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use rustix::process::Pid;
use serde_json::{Value, json};
use thirtyfour::{Capabilities, WebDriver, WindowHandle};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::Child;

use crate::bus::Bus;
use crate::deadline::until;
use crate::desktop::Desktop;
use crate::fault::{Fault, Outcome};
use crate::processes::{Mark, Signal, app_program, built, installed, runs, send};
use crate::recorder;

/// One answer of the driver may take so long. The app's start is the longest of them.
const ANSWER: Duration = Duration::from_secs(60);

/// Whether there is a program behind what the page shows. A page without a first frame of its shell shows nothing without.
const HAS_PROGRAM: &str = "return !document.querySelector('[data-first-frame]')";

/// The driver has started the app's process after this time, or will not.
const LAUNCH: Duration = Duration::from_secs(10);

/// The app. Its driver, and the app with it, end when this is dropped.
#[derive(Debug)]
pub struct App {
    pub(crate) window: WebDriver,
    program: PathBuf,
    mark: Mark,
    bus: Bus,
    /// Where the app and its driver print to.
    log: PathBuf,
    /// The test has ended the app itself.
    is_over: bool,
    _driver: Child,
}

/// Two windows, by their names for the driver.
#[derive(Debug)]
pub struct Windows {
    /// The one that was there.
    pub first: WindowHandle,
    /// The one that was opened.
    pub second: WindowHandle,
}

impl App {
    /// Starts the app and waits for its page.
    ///
    /// # Errors
    /// When it or its driver does not start, or it ends before it has shown a page.
    pub async fn start(desktop: &Desktop) -> Outcome<Self> {
        Self::start_with(desktop, &[]).await
    }

    /// Starts the app with arguments, as the desktop does with a link.
    ///
    /// # Errors
    /// As [`start`](Self::start).
    pub async fn start_with(desktop: &Desktop, arguments: &[&str]) -> Outcome<Self> {
        Self::launch(desktop, app_program()?, desktop.bus(), arguments).await
    }

    /// Starts the app from this file.
    ///
    /// # Errors
    /// As [`start`](Self::start).
    pub async fn start_file(desktop: &Desktop, file: &Path) -> Outcome<Self> {
        Self::launch(desktop, file.to_owned(), desktop.bus(), &[]).await
    }

    /// Starts another app of the same build, by its program's name and its identifier.
    ///
    /// # Errors
    /// As [`start`](Self::start).
    pub async fn start_example(desktop: &Desktop, name: &str, identifier: &str) -> Outcome<Self> {
        Self::launch(desktop, built(name, "FOYER_EXAMPLE_BIN")?, desktop.bus_of(identifier), &[]).await
    }

    async fn launch(desktop: &Desktop, program: PathBuf, bus: Bus, arguments: &[&str]) -> Outcome<Self> {
        let mark = Mark::new("FOYER_DRIVER");
        let (url, driver) = driver(desktop, &mark).await?;
        let mut options = Capabilities::new();
        options.set("tauri:options", json!({ "application": &program, "args": arguments }))?;
        let session = WebDriver::builder(url, options).request_timeout(ANSWER);
        // The driver does not notice when the app ends before it has shown a window: it goes on waiting.
        let window = tokio::select! {
            window = session => window.map_err(|error| format!("{error}")),
            () = ended(&mark, &program) => Err("it has ended".to_owned()),
        };
        let log = desktop.log("app");
        let window = window.map_err(|reason| {
            mark.sweep();
            let printed = fs::read_to_string(&log).unwrap_or_default();
            Fault::new(format!("the app showed no window: {reason}. It printed:\n{printed}"))
        })?;
        let app = Self { window, program, mark, bus, log, is_over: false, _driver: driver };
        until("the app's page", async || {
            app.run(recorder::INSTALL, vec![]).await.map(|done| (done == json!(true)).then_some(()))
        })
        .await?;
        app.wait_for_program().await?;
        Ok(app)
    }

    /// Kills the app at once, as a crash or the end of a desktop session does.
    ///
    /// # Errors
    /// When the app does not run any more.
    pub async fn kill_9(mut self) -> Outcome {
        self.is_over = true;
        self.mark.kill_9(&self.program).await?;
        self.bus.released().await
    }

    /// Lets the app hang, its window with it.
    ///
    /// # Errors
    /// When it does not run.
    pub fn stop(&self) -> Outcome {
        self.mark.running(&self.program).into_iter().try_for_each(|id| send(id, Signal::STOP))
    }

    /// Lets a stopped app go on.
    ///
    /// # Errors
    /// When it does not run.
    pub fn resume(&self) -> Outcome {
        self.mark.running(&self.program).into_iter().try_for_each(|id| send(id, Signal::CONT))
    }

    /// Ends the app through its driver and waits until it is gone.
    ///
    /// # Errors
    /// When it does not end.
    pub async fn quit(mut self) -> Outcome {
        self.is_over = true;
        self.window.clone().quit().await?;
        until("the app to be gone", async || Ok(self.mark.running(&self.program).is_empty().then_some(())))
            .await?;
        self.bus.released().await
    }

    /// The processes that the webview runs the page and its requests in.
    ///
    /// # Errors
    /// When there are none.
    pub fn page_processes(&self) -> Outcome<Vec<Pid>> {
        let mut processes = self.mark.carriers();
        processes.retain(|id| {
            let program = fs::read_link(format!("/proc/{}/exe", id.as_raw_nonzero())).unwrap_or_default();
            let name = program.file_name().unwrap_or_default().to_string_lossy().into_owned();
            ["WebKitWebProcess", "WebKitNetworkProcess"].contains(&name.as_str())
        });
        if processes.len() < 2 { Err(Fault::new("the page has no processes")) } else { Ok(processes) }
    }

    /// A line of the limits that the kernel holds the app to, by its name in `/proc/<id>/limits`.
    ///
    /// # Errors
    /// When the app does not run.
    pub fn limit(&self, name: &str) -> Outcome<String> {
        let id = self.mark.running(&self.program).into_iter().next();
        let id = id.ok_or_else(|| Fault::new("the app does not run"))?;
        let limits = fs::read_to_string(format!("/proc/{}/limits", id.as_raw_nonzero()))?;
        let line = limits.lines().find_map(|line| line.strip_prefix(name));
        line.map(|line| line.trim().to_owned()).ok_or_else(|| Fault::new(format!("no limit {name}")))
    }

    /// How many windows the driver sees.
    ///
    /// # Errors
    /// When it does not answer.
    pub async fn windows(&self) -> Outcome<usize> {
        Ok(self.window.windows().await?.len())
    }

    /// Opens one more window. The driver stays with the one that it is in.
    ///
    /// # Errors
    /// When none is opened.
    pub async fn open_window(&self) -> Outcome<Windows> {
        let (first, known) = (self.window.window().await?, self.window.windows().await?);
        self.invoke("open_window", json!({ "request": {} })).await?;
        let second = until("one more window", async || {
            Ok(self.window.windows().await?.into_iter().find(|window| !known.contains(window)))
        })
        .await?;
        Ok(Windows { first, second })
    }

    /// Leads the driver to a window.
    ///
    /// # Errors
    /// When it is gone.
    pub async fn go_to(&self, window: &WindowHandle) -> Outcome {
        Ok(self.window.switch_to_window(window.clone()).await?)
    }

    /// Waits until there is a program behind what the page shows.
    ///
    /// # Errors
    /// When there is none.
    pub async fn wait_for_program(&self) -> Outcome {
        until("the page's program", async || {
            self.run(HAS_PROGRAM, vec![]).await.map(|has| (has == json!(true)).then_some(()))
        })
        .await
    }

    /// The document as the shell answers it to this window, with its first frame.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn document(&self) -> Outcome<String> {
        let script = "const [done] = arguments;
            fetch(location.href).then((answer) => answer.text()).then(done, (error) => done(String(error)));";
        Ok(self.run_async(script, vec![]).await?.to_string())
    }

    /// Runs a script in the page and answers what it returns.
    ///
    /// # Errors
    /// When it throws.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Outcome<Value> {
        Ok(self.window.execute(script, arguments).await?.json().clone())
    }

    /// Runs a script that hands its result to its last argument.
    ///
    /// # Errors
    /// When it throws or does not end.
    pub async fn run_async(&self, script: &str, arguments: Vec<Value>) -> Outcome<Value> {
        Ok(self.window.execute_async(script, arguments).await?.json().clone())
    }

    /// Waits until nothing in the page moves any more and two frames are painted.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn settled(&self) -> Outcome {
        let script = "const done = arguments[0];
            const ends = document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime !== Infinity);
            Promise.allSettled(ends.map((one) => one.finished))
                .then(() => requestAnimationFrame(() => requestAnimationFrame(() => done(true))));";
        self.run_async(script, vec![]).await.map(drop)
    }

    /// A picture of the window as it stands on the display, once it stands still: layers are painted one by one.
    ///
    /// # Errors
    /// When it cannot be taken, or the window never stands still.
    pub async fn screenshot(&self, desktop: &Desktop, path: &Path) -> Outcome {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut before = None;
        until("the window to stand still", async || {
            desktop.windows(path).await?;
            let now = image::open(path)?;
            let is_still = before.as_ref() == Some(&now);
            before = Some(now);
            Ok(is_still.then_some(()))
        })
        .await
    }
}

impl Drop for App {
    #[allow(clippy::print_stderr)]
    fn drop(&mut self) {
        // The driver only says that its session is invalid.
        if !self.is_over && (self.mark.running(&self.program).is_empty() || self.page_processes().is_err()) {
            let printed = fs::read_to_string(&self.log).unwrap_or_default();
            eprintln!(
                "the app, or the process of its page, had ended before the test did. It printed:\n{printed}"
            );
        }
        self.mark.sweep();
        // The driver's session has ended with the driver, so it is not asked to end: that would only wait.
        drop(self.window.clone().leak());
    }
}

/// Starts a driver on ports of its own and waits until it answers.
async fn driver(desktop: &Desktop, mark: &Mark) -> Outcome<(String, Child)> {
    installed("WebKitWebDriver")?;
    let (port, native) = (free_port().await?, free_port().await?);
    let mut command = desktop.app_command(&installed("tauri-driver")?, "app")?;
    command.args(["--port", &port.to_string(), "--native-port", &native.to_string()]);
    mark.put_on(&mut command);
    let driver = command.spawn()?;
    for port in [native, port] {
        until("the driver to listen", async || {
            Ok(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.ok())
        })
        .await?;
    }
    Ok((format!("http://127.0.0.1:{port}"), driver))
}

/// Waits until the app has run and does not any more, or does not even begin to.
async fn ended(mark: &Mark, program: &Path) {
    let begun = Instant::now();
    let mut has_run = false;
    let mut missed = 0;
    loop {
        let running = mark.running(program);
        missed = if running.is_empty() { missed + 1 } else { 0 };
        // A program that starts itself anew has neither name nor environment for a moment.
        if missed > 5 && (has_run || begun.elapsed() > LAUNCH) {
            return;
        }
        has_run |= !running.is_empty();
        // Once it is found its process alone is looked at: to find it, the environment of every process is read.
        while running.iter().any(|id| runs(*id, program)) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// A port that was free a moment ago, as the driver cannot pick one and say which. It is none of those that the system gives
/// to whoever names none (32,768 and above), and each process begins at another one: nobody takes it meanwhile.
pub(crate) async fn free_port() -> Outcome<u16> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    loop {
        let next = std::process::id().wrapping_mul(8).wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed));
        let port = u16::try_from(10_000 + next % 20_000)?;
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await {
            Ok(_) => return Ok(port),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            Err(error) => return Err(error.into()),
        }
    }
}
