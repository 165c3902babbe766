//! Every snapshot belongs to an input: one whose input is gone, or that is not yet accepted, is refused.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

/// The tests that have a snapshot for each file of a folder.
const TESTS: [(&str, &str); 2] =
    [("read_errors__bad_inputs_are_told_clearly", "errors"), ("read_shapes__every_shape_is_read_as_expected", "shapes")];

#[test]
fn every_snapshot_has_its_input() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    for entry in fs::read_dir(tests.join("snapshots")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let snapshot = name.strip_suffix(".snap");
        assert!(snapshot.is_some(), "{name} is not accepted: cargo insta accept, or INSTA_UPDATE=always");
        let (test, input) = snapshot.unwrap().split_once('@').unwrap_or((&name, ""));
        let folder = TESTS.iter().find(|(known, _)| *known == test).map(|(_, folder)| *folder);
        assert!(folder.is_some(), "{name} belongs to no test that tests/snapshots.rs knows");
        assert!(tests.join(folder.unwrap()).join(input).is_file(), "{name} belongs to {input}, which is gone: remove it");
    }
}

/// The other way round: an input without its snapshot would be accepted as whatever it gives.
#[test]
fn every_input_has_its_snapshot() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    for (test, folder) in TESTS {
        for entry in fs::read_dir(tests.join(folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let snapshot = tests.join("snapshots").join(format!("{test}@{name}.snap"));
            assert!(name == "README.md" || snapshot.is_file(), "{folder}/{name} has no snapshot");
        }
    }
}
