//! The fuzzer's corpus of links. A file's name says whether its link is one of ours.

use std::path::Path;

use crate::deadline::Deadline;

#[path = "../../../../fuzz/checks/callback.rs"]
mod callback;

#[test]
fn each_link_of_the_corpus_is_taken_or_refused_as_its_name_says() {
    let _deadline = Deadline::here();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/callback");
    let (mut taken, mut refused) = (0, 0);
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let is_ours = callback::check(&std::fs::read_to_string(&path).unwrap());

        assert_eq!(is_ours, name.starts_with("taken-"), "{name}");
        assert!(is_ours || name.starts_with("refused-"), "{name} says neither");
        *(if is_ours { &mut taken } else { &mut refused }) += 1;
    }

    assert!(taken >= 9 && refused >= 19, "{taken} taken, {refused} refused");
}
