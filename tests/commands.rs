//! The README and the transcripts in `tests/cmd/`: every command in them gives what they show.

#[test]
fn transcripts_hold() {
    trycmd::TestCases::new().case("README.md").case("tests/cmd/*.md");
}
