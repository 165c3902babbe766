//! The documents: every command in them works and prints what they show, every link leads somewhere, and lines are short.
//!
//! A `console` block shows a command and its output; `TRYCMD=overwrite cargo test --test commands` writes the output anew. An `sh`
//! block has commands that write files; those of one document run one after the other, in a folder of their own that holds
//! `data/`. The commands of `docs/gallery.md` are run by `tests/charts`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests are tests, which clippy does not see

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Everything that is written for people: the root's documents and those of `docs/` and `data/`, by their paths from the root.
fn documents() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::new(), "data".into(), "docs".into()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root().join(&folder)).unwrap() {
            let entry = entry.unwrap();
            let path = folder.join(entry.file_name());
            if entry.file_type().unwrap().is_dir() {
                if path.starts_with("docs") {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|ending| ending == "md") {
                found.push(path);
            }
        }
    }
    found.sort();
    assert!(found.len() > 10);
    found
}

fn text(path: &Path) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// The lines of a document with their numbers, each with the language of the block that it stands in: `None` outside of blocks.
fn lines(text: &str) -> Vec<(usize, Option<&str>, &str)> {
    let mut block = None;
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate() {
        match (line.trim_start().strip_prefix("```"), block) {
            (Some(language), None) => block = Some(language),
            (Some(_), Some(_)) => block = None,
            (None, _) => found.push((at + 1, block, line)),
        }
    }
    found
}

#[test]
fn transcripts_hold() {
    let cases = trycmd::TestCases::new();
    for document in documents() {
        if lines(&text(&document)).iter().any(|(_, block, _)| *block == Some("console")) {
            cases.case(document);
        }
    }
    cases.case("tests/cmd/*.md");
}

/// The words of a command line as a shell would split it: quotation marks hold words together.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in line.chars() {
        match (c, quote) {
            (_, Some(mark)) if c == mark => quote = None,
            ('"' | '\'', None) => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (' ', None) => words.extend(word.take()),
            _ => word.get_or_insert_default().push(c),
        }
    }
    assert_eq!(quote, None, "a quotation mark is open: {line}");
    words.extend(word);
    words
}

/// The commands that a document gives in blocks of `sh`, with those that go over several lines put together.
fn shell_commands(text: &str) -> Vec<String> {
    let mut commands: Vec<String> = Vec::new();
    let mut goes_on = false;
    for (_, block, line) in lines(text) {
        let line = line.trim();
        if block != Some("sh") || line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (part, more) = line.strip_suffix('\\').map_or((line, false), |part| (part, true));
        if goes_on {
            commands.last_mut().unwrap().push_str(part);
        } else {
            commands.push(part.to_owned());
        }
        goes_on = more;
    }
    commands
}

/// Runs a command of topline in the folder; its standard output goes to a file if the command says so.
fn run(folder: &Path, command: &str) {
    let mut words = words(command);
    let output = words.iter().position(|word| word == ">").map(|at| words.split_off(at).pop().unwrap());
    let result = Command::new(env!("CARGO_BIN_EXE_topline")).args(&words[1..]).current_dir(folder).output().unwrap();
    assert!(result.status.success(), "{command}\n{}", String::from_utf8_lossy(&result.stderr));
    if let Some(output) = output {
        fs::write(folder.join(output), result.stdout).unwrap();
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let copied = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &copied);
        } else {
            fs::copy(entry.path(), copied).unwrap();
        }
    }
}

#[test]
fn commands_that_write_files_work() {
    for document in documents() {
        let commands = shell_commands(&text(&document));
        if commands.is_empty() || document.ends_with("gallery.md") {
            continue;
        }
        let folder = tempfile::tempdir().unwrap();
        copy(&root().join("data"), &folder.path().join("data"));
        for command in commands {
            let command =
                command.strip_prefix("cargo run --release -- ").map_or(command.clone(), |args| format!("topline {args}"));
            let mut words = command.split(' ');
            match words.next().unwrap() {
                "topline" => run(folder.path(), &command),
                // What builds, tests and measures is not run by a test, but the scripts are there.
                "python3" => {
                    let script = words.next().unwrap();
                    assert!(root().join(script).is_file(), "{}: there is no {script}", document.display());
                }
                "cargo" | "git" | "UPDATE_GALLERY=1" | "UPDATE_ERRORS=1" | "TRYCMD=overwrite" | "INSTA_UPDATE=always" => {}
                ".ci/run" => assert!(root().join(".ci/run").is_file()),
                other => panic!("{}: {other} is run by no test", document.display()),
            }
        }
    }
}

/// No command stands where no test would run it, and those whose output is shown write nothing into the repository.
#[test]
fn every_command_is_in_a_block_that_is_run() {
    for document in documents() {
        let text = text(&document);
        let lines = lines(&text);
        for (at, &(line, block, written)) in lines.iter().enumerate() {
            let place = format!("{}:{line}: {written}", document.display());
            let program = written.trim_start().split(' ').next().unwrap();
            match block {
                None => {
                    let is_code = written.starts_with("    ");
                    assert!(!(is_code && ["topline", "cargo", "$"].contains(&program)), "not in a block: {place}");
                }
                Some("console") => {
                    let writes = written.starts_with("$ ") && (written.contains(" -o ") || written.contains(" > "));
                    let fails = lines.get(at + 1).is_some_and(|(_, _, next)| next.starts_with("? "));
                    assert!(!writes || fails, "writes a file: {place}");
                }
                Some("sh" | "toml") => {}
                Some(_) => assert!(!["topline", "cargo", "$"].contains(&program), "in a block that is not run: {place}"),
            }
        }
    }
}

/// The name that a heading can be linked by, as it is made from its text on the web.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().to_lowercase().replace(' ', "-");
    kept.chars().filter(|c| c.is_alphanumeric() || "-_".contains(*c)).collect()
}

fn anchors(text: &str) -> BTreeSet<String> {
    let outside = lines(text).into_iter().filter(|(_, block, _)| block.is_none());
    outside.filter(|(_, _, line)| line.starts_with('#')).map(|(_, _, line)| anchor(line.trim_start_matches('#'))).collect()
}

#[test]
fn every_link_leads_somewhere() {
    for document in documents() {
        let text = text(&document);
        let folder = root().join(document.parent().unwrap());
        let prose: Vec<&str> =
            lines(&text).into_iter().filter(|(_, block, _)| block.is_none()).map(|(_, _, line)| line).collect();
        for rest in prose.join("\n").split("](").skip(1) {
            let target = rest.split(')').next().unwrap();
            if target.contains("://") {
                continue;
            }
            let (path, part) = target.split_once('#').map_or((target, None), |(path, part)| (path, Some(part)));
            let file = if path.is_empty() { root().join(&document) } else { folder.join(path) };
            assert!(file.exists(), "{}: nothing is at {target}", document.display());
            if let Some(part) = part {
                let anchors = anchors(&fs::read_to_string(&file).unwrap());
                assert!(anchors.contains(part), "{}: no heading is at {target}: {anchors:?}", document.display());
            }
        }
    }
}

/// Every page of the documentation can be found from its index.
#[test]
fn index_lists_every_page() {
    let index = text(Path::new("docs/README.md"));
    for document in documents() {
        if let Ok(page) = document.strip_prefix("docs") {
            let page = page.to_str().unwrap().replace('\\', "/");
            assert!(page == "README.md" || index.contains(&format!("({page})")), "docs/README.md does not list {page}");
        }
    }
}

#[test]
fn lines_are_short() {
    for document in documents() {
        // Those that grow with every change are wrapped when a version is released.
        if document.ends_with("CHANGELOG.md") || document.ends_with("docs/input.md") {
            continue;
        }
        for (line, block, written) in lines(&text(&document)) {
            let is_prose = block.is_none() && !written.starts_with('|');
            let length = written.chars().count();
            assert!(!is_prose || length <= 100, "{}:{line} has {length} characters", document.display());
        }
    }
    assert!(text(Path::new("README.md")).lines().count() <= 200);
}
