//! What lies in the memory of a process that runs.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::os::unix::fs::FileExt;

use rustix::process::Pid;

use crate::fault::{Fault, Outcome};
use crate::search::Wanted;

/// An entry of `/proc/<id>/pagemap` has so many bytes (proc_pid_pagemap(5)).
const ENTRY: u64 = 8;

/// The bits of an entry for a page that is in memory, or was written out to the swap file.
const PRESENT: u64 = 0b11 << 62;

/// So many pages are looked up at once.
const BATCH: u64 = 512;

/// Which of `wanted` lie in the memory that a process has written to. A test may look into the processes that it has
/// started, also where the kernel lets it look into no others.
///
/// # Errors
/// When the memory cannot be read.
pub(crate) fn find(id: Pid, wanted: &Wanted) -> Outcome<BTreeSet<usize>> {
    let process = format!("/proc/{}", id.as_raw_nonzero());
    let maps = fs::read_to_string(format!("{process}/maps"))?;
    let (memory, pages) = (File::open(format!("{process}/mem"))?, File::open(format!("{process}/pagemap"))?);
    let mut process = Process { memory, pages, page: page_size()?, read: 0 };
    let mut found = BTreeSet::new();
    for (start, end) in maps.lines().filter_map(writable) {
        process.find(start, end, wanted, &mut found)?;
    }
    if process.read == 0 { Err(Fault::new("nothing of its memory can be read")) } else { Ok(found) }
}

/// The addresses of a mapping that can be read and written, from its line in `/proc/<id>/maps`.
fn writable(line: &str) -> Option<(u64, u64)> {
    let (range, rest) = line.split_once(' ')?;
    let (start, end) = range.split_once('-').filter(|_| rest.starts_with("rw"))?;
    Some((u64::from_str_radix(start, 16).ok()?, u64::from_str_radix(end, 16).ok()?))
}

fn page_size() -> Outcome<u64> {
    let maps = fs::read_to_string("/proc/self/smaps")?;
    let line = maps.lines().find_map(|line| line.strip_prefix("KernelPageSize:"));
    let kibibytes = line.and_then(|size| size.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    kibibytes.map(|size| size * 1024).ok_or_else(|| Fault::new("the size of a page is not known"))
}

struct Process {
    memory: File,
    pages: File,
    /// The size of a page.
    page: u64,
    /// How many bytes were read.
    read: usize,
}

impl Process {
    /// Looks at the pages of a mapping that are there: large parts of one are promised and were never used.
    fn find(&mut self, start: u64, end: u64, wanted: &Wanted, found: &mut BTreeSet<usize>) -> Outcome {
        let (first, last) = (start / self.page, end / self.page);
        let size = usize::try_from(self.page)?;
        let (mut one, none) = (vec![0; size], vec![0; usize::try_from(BATCH * ENTRY)?]);
        // Neighbours are looked at together, so that a value that lies in two of them is found.
        let mut bytes = Vec::new();
        for batch in (first..last).step_by(usize::try_from(BATCH)?) {
            let mut entries = vec![0; usize::try_from(BATCH.min(last - batch) * ENTRY)?];
            self.pages.read_exact_at(&mut entries, batch * ENTRY)?;
            if entries == none[..entries.len()] {
                wanted.find(&bytes, found);
                bytes.clear();
                continue;
            }
            for (page, entry) in (batch..).zip(entries.chunks_exact(usize::try_from(ENTRY)?)) {
                let is_there = u64::from_ne_bytes(entry.try_into().unwrap_or_default()) & PRESENT != 0;
                // A page that went away meanwhile holds nothing any more.
                if is_there && self.memory.read_exact_at(&mut one, page * self.page).is_ok() {
                    bytes.extend_from_slice(&one);
                } else if !bytes.is_empty() {
                    wanted.find(&bytes, found);
                    bytes.clear();
                }
            }
            self.read += bytes.len();
            wanted.find(&bytes, found);
            bytes.drain(..bytes.len().saturating_sub(wanted.longest()));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::processes::bound;

    #[tokio::test]
    async fn what_a_process_holds_is_found_and_what_another_one_holds_is_not() -> Outcome {
        let wanted = Wanted::new([b"canary-of-the-first".to_vec(), b"canary-of-the-second".to_vec()]);
        for (place, name) in ["first", "second"].into_iter().enumerate() {
            let mut holder = bound(Path::new("sh"));
            // `read` waits for a line that never comes.
            holder.args(["-c", "echo; read line"]).env("CANARY", format!("canary-of-the-{name}"));
            holder.stdin(std::process::Stdio::piped());
            let (holder, _) = crate::desktop::first_line(holder, "a shell").await?;
            let id = holder.id().and_then(|id| Pid::from_raw(i32::try_from(id).ok()?));
            let id = id.ok_or_else(|| Fault::new("the shell has ended"))?;

            assert_eq!(find(id, &wanted)?, BTreeSet::from([place]));
        }
        Ok(())
    }
}
