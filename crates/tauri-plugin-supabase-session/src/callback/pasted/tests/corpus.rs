//! The fuzzer's corpus of pasted texts. A file's name says whether its text signs in.

use std::path::Path;

use super::{WaysIn, read};

#[path = "../../../../../../fuzz/checks/pasted.rs"]
mod pasted;

#[test]
fn each_text_of_the_corpus_is_taken_or_refused_as_its_name_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/pasted");
    let (mut taken, mut refused) = (0, 0);
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let is_taken = pasted::check(&std::fs::read_to_string(&path).unwrap(), |text, deep_link| {
            read(text, &WaysIn { deep_link, pending: &[] }).ok()
        });

        assert_eq!(is_taken, name.starts_with("taken-"), "{name}");
        assert!(is_taken || name.starts_with("refused-"), "{name} says neither");
        *(if is_taken { &mut taken } else { &mut refused }) += 1;
    }

    assert!(taken >= 10 && refused >= 7, "{taken} taken, {refused} refused");
}
