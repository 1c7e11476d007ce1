//! Does one piece of work so many times and nothing else, with no window, server or network: `foyer-bench-work WORK TIMES
//! FILE`. What counts instructions runs it (`bench/src/instructions.rs`).

#[cfg(target_os = "linux")]
mod first_frame;
#[cfg(target_os = "linux")]
mod picture;
#[cfg(target_os = "linux")]
mod refresh;
#[cfg(target_os = "linux")]
mod save;

#[cfg(not(target_os = "linux"))]
fn main() -> std::process::ExitCode {
    std::process::ExitCode::FAILURE
}

/// One thread: what others do meanwhile would be counted too.
#[cfg(target_os = "linux")]
#[tokio::main(flavor = "current_thread")]
async fn main() -> harness::Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [work, times, file] = &arguments[..] else {
        return Err(harness::Fault::new("usage: foyer-bench-work WORK TIMES FILE"));
    };
    let (times, file) = (times.parse()?, std::path::Path::new(file));
    match work.as_str() {
        "first-frame" => first_frame::render(times),
        "picture" => picture::prepare(times, file),
        "refresh" => refresh::refresh(times).await,
        "save" => save::save(times).await,
        other => Err(harness::Fault::new(format!("there is no work {other}"))),
    }
}
