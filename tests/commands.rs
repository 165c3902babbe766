//! The README, the run in `docs/score.md` and the transcripts in `tests/cmd/`: every command in them gives what they show.

#[test]
fn transcripts_hold() {
    trycmd::TestCases::new().case("README.md").case("docs/score.md").case("tests/cmd/*.md");
}
