//! The README, the runs in `docs/` and the transcripts in `tests/cmd/`: every command in them gives what they show.

#[test]
fn transcripts_hold() {
    let cases = trycmd::TestCases::new();
    cases.case("README.md").case("docs/backtest.md").case("docs/score.md").case("tests/cmd/*.md");
}
