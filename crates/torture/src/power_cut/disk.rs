//! A folder as the disk has it, beside the folder as programs see it.
//!
//! What is taken for granted is what POSIX says, and that changes of names reach the disk in their order, as in the journals
//! of ext4, XFS, APFS and NTFS: names as they were at the last sync of the folder or at any later moment, in their order;
//! of a file that was not synced since it was changed: what it held at the last sync, nothing, zeros, the first half, or
//! all of what was written.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// What a file holds.
pub(super) type Content = Arc<[u8]>;

/// Files by their names.
pub(super) type Files = BTreeMap<String, Content>;

/// What is seen of a folder: the number of the file (its inode) and its content by name.
pub(super) type Seen = BTreeMap<String, (u64, Content)>;

/// Which file has which name.
type Names = BTreeMap<String, usize>;

/// The folder on the disk.
#[derive(Debug)]
pub(super) struct Disk {
    /// Every file that ever was.
    files: Vec<File>,
    /// The file that has this inode now.
    by_inode: HashMap<u64, usize>,
    /// The names at the last sync of the folder, then after each change since.
    names: Vec<Names>,
}

/// A file, whatever its name.
#[derive(Debug, Default)]
struct File {
    /// What it held at the last sync; nothing before.
    kept: Content,
    /// What it held after each change since.
    written: Vec<Content>,
}

impl Default for Disk {
    fn default() -> Self {
        Self { files: Vec::new(), by_inode: HashMap::new(), names: vec![Names::new()] }
    }
}

impl Disk {
    /// The folder is seen like this now.
    pub(super) fn see(&mut self, seen: &Seen) {
        let mut names = Names::new();
        let mut by_inode = HashMap::new();
        for (name, (inode, content)) in seen {
            // An inode that had no name for a while is another file.
            let file = self.by_inode.get(inode).copied().unwrap_or_else(|| {
                self.files.push(File::default());
                self.files.len() - 1
            });
            if let Some(known) = self.files.get_mut(file)
                && known.written.last().unwrap_or(&known.kept) != content
            {
                known.written.push(Arc::clone(content));
            }
            by_inode.insert(*inode, file);
            names.insert(name.clone(), file);
        }
        self.by_inode = by_inode;
        if self.names.last() != Some(&names) {
            self.names.push(names);
        }
    }

    /// The file with this inode was synced. One without a name does not matter.
    pub(super) fn sync_file(&mut self, inode: u64) {
        let file = self.by_inode.get(&inode).and_then(|file| self.files.get_mut(*file));
        if let Some(file) = file
            && let Some(last) = file.written.drain(..).next_back()
        {
            file.kept = last;
        }
    }

    /// The folder itself was synced.
    pub(super) fn sync_folder(&mut self) {
        self.names.drain(..self.names.len().saturating_sub(1));
    }

    /// Every state that a power cut may leave now.
    pub(super) fn after_a_cut(&self) -> Vec<Files> {
        self.names.iter().flat_map(|names| self.with_names(names)).collect()
    }

    fn with_names(&self, names: &Names) -> Vec<Files> {
        let mut states = vec![Files::new()];
        for (name, file) in names {
            let contents = self.files.get(*file).map(File::after_a_cut).unwrap_or_default();
            let with = |state: &Files, content: &Content| {
                let mut state = state.clone();
                state.insert(name.clone(), Arc::clone(content));
                state
            };
            states = states.iter().flat_map(|state| contents.iter().map(|it| with(state, it))).collect();
        }
        states
    }
}

impl File {
    fn after_a_cut(&self) -> Vec<Content> {
        let mut contents = vec![Arc::clone(&self.kept)];
        for written in &self.written {
            let half = written.len() / 2;
            let zeros = vec![0; written.len()];
            let (first, rest) = written.split_at(half);
            let old = self.kept.get(half..).unwrap_or_default();
            for content in [
                &[],
                &*zeros,
                first,
                &[first, &vec![0; rest.len()]].concat(),
                &[first, old].concat(),
                written,
            ] {
                contents.push(content.into());
            }
        }
        contents.sort();
        contents.dedup();
        contents
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(files: &[(&str, u64, &str)]) -> Seen {
        let file = |(name, inode, text): &(&str, u64, &str)| {
            ((*name).to_owned(), (*inode, Content::from(text.as_bytes())))
        };
        files.iter().map(file).collect()
    }

    /// What may be read under this name after a cut; `None` where there is no file.
    fn found(disk: &Disk, name: &str) -> Vec<Option<String>> {
        let text = |files: Files| files.get(name).map(|text| String::from_utf8_lossy(text).into_owned());
        let mut found: Vec<_> = disk.after_a_cut().into_iter().map(text).collect();
        found.sort();
        found.dedup();
        found
    }

    fn some(texts: &[&str]) -> Vec<Option<String>> {
        texts.iter().map(|text| Some((*text).to_owned())).collect()
    }

    #[test]
    fn what_was_synced_with_its_folder_is_there_and_nothing_else_is_certain() {
        let mut disk = Disk::default();
        disk.see(&seen(&[("a", 1, "new!")]));
        assert_eq!(found(&disk, "a").first(), Some(&None));
        disk.sync_folder();
        assert_eq!(found(&disk, "a"), some(&["", "\0\0\0\0", "ne", "ne\0\0", "new!"]));
        disk.sync_file(1);
        assert_eq!(found(&disk, "a"), some(&["new!"]));
    }

    #[test]
    fn a_rename_counts_or_does_not_until_the_folder_is_synced() {
        let mut disk = Disk::default();
        disk.see(&seen(&[("a", 1, "old")]));
        disk.sync_file(1);
        disk.sync_folder();
        disk.see(&seen(&[("a", 1, "old"), ("a.next", 2, "new")]));
        disk.sync_file(2);
        disk.see(&seen(&[("a", 2, "new")]));
        assert_eq!(found(&disk, "a"), some(&["new", "old"]));
        disk.sync_folder();
        assert_eq!(found(&disk, "a"), some(&["new"]));
        assert_eq!(found(&disk, "a.next"), [None]);
    }

    #[test]
    fn a_rename_that_is_not_preceded_by_a_sync_may_leave_nothing() {
        let mut disk = Disk::default();
        disk.see(&seen(&[("a", 1, "old")]));
        disk.sync_file(1);
        disk.sync_folder();
        disk.see(&seen(&[("a", 1, "old"), ("a.next", 2, "new")]));
        disk.see(&seen(&[("a", 2, "new")]));
        disk.sync_folder();
        assert!(found(&disk, "a").contains(&Some(String::new())));
    }

    #[test]
    fn a_file_that_is_overwritten_may_be_half_the_one_and_half_the_other() {
        let mut disk = Disk::default();
        disk.see(&seen(&[("a", 1, "oldold")]));
        disk.sync_file(1);
        disk.sync_folder();
        disk.see(&seen(&[("a", 1, "newnew")]));
        assert!(found(&disk, "a").contains(&Some("newold".to_owned())));
        assert!(found(&disk, "a").contains(&Some("oldold".to_owned())));
    }

    #[test]
    fn a_file_in_the_inode_of_a_removed_one_is_another() {
        let mut disk = Disk::default();
        disk.see(&seen(&[("a", 1, "one")]));
        disk.sync_file(1);
        disk.sync_folder();
        disk.see(&seen(&[]));
        disk.see(&seen(&[("b", 1, "two")]));
        disk.sync_folder();
        assert!(!found(&disk, "b").contains(&Some("one".to_owned())));
    }
}
