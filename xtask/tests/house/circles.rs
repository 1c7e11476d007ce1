//! Circles: files that import each other, directly or through others.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::sources::Arrow;

type Graph<'a> = BTreeMap<&'a Path, BTreeSet<&'a Path>>;

/// The arrows between folders that are part of a circle.
pub(crate) fn across_folders(arrows: &[Arrow]) -> Vec<String> {
    let mut graph = Graph::new();
    for arrow in arrows {
        graph.entry(&arrow.from).or_default().insert(&arrow.to);
    }
    let crosses = arrows.iter().filter(|arrow| arrow.from.parent() != arrow.to.parent());
    let in_circles = crosses.filter(|arrow| reaches(&graph, &arrow.to, &arrow.from));
    in_circles.map(Arrow::to_string).collect()
}

fn reaches(graph: &Graph<'_>, from: &Path, to: &Path) -> bool {
    let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
    while let Some(file) = next.pop() {
        if file == to {
            return true;
        }
        if seen.insert(file) {
            next.extend(graph.get(file).into_iter().flatten());
        }
    }
    false
}

#[test]
fn a_circle_that_spans_folders_is_found_and_one_in_a_folder_is_not() {
    let arrow = |from: &str, to: &str| Arrow { from: from.into(), to: to.into(), import: "x".to_owned() };

    let across =
        across_folders(&[arrow("a/x.rs", "b/y.rs"), arrow("b/y.rs", "b/z.rs"), arrow("b/z.rs", "a/x.rs")]);
    let inside =
        across_folders(&[arrow("a/x.rs", "a/y.rs"), arrow("a/y.rs", "a/x.rs"), arrow("a/x.rs", "b/z.rs")]);

    assert_eq!(across, ["a/x.rs imports b/y.rs: x", "b/z.rs imports a/x.rs: x"]);
    assert!(inside.is_empty(), "{inside:?}");
}
