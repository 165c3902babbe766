//! Data flows one way: a module uses those below it and no others.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each module of the library and what it may use besides itself: the table of `docs/architecture.md`.
const MAY_USE: [(&str, &[&str]); 13] = [
    ("calendar", &[]),
    ("money", &[]),
    ("percent", &[]),
    ("near", &[]),
    ("series", &["calendar", "money"]),
    ("read", &["calendar", "money", "near", "series"]),
    ("project", &["calendar", "money", "percent", "series"]),
    ("scenario", &["calendar", "money", "percent", "near", "series", "read", "project"]),
    ("question", &["calendar", "money", "percent", "near", "series", "project", "scenario"]),
    ("run", &["calendar", "money", "series", "project", "scenario", "chart"]),
    ("export", &["calendar", "money", "series", "project", "question"]),
    ("chart", &["calendar", "money", "percent", "series", "project"]),
    ("report", &["calendar", "money", "percent", "series", "project", "question", "run", "export", "chart"]),
];

fn rust_files(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let mut files: Vec<PathBuf> = fs::read_dir(path).unwrap().flat_map(|entry| rust_files(&entry.unwrap().path())).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "rs"));
    files.sort();
    files
}

/// Top-level modules that a source file names after `crate::`, in code as in `use`; comments do not count.
fn used(source: &str) -> BTreeSet<String> {
    let code: Vec<&str> = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let code = code.join("\n");
    let name = |rest: &str| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut modules = BTreeSet::new();
    for rest in code.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            // `use crate::{calendar, money::Amount}`
            Some(group) => modules.extend(group.split('}').next().unwrap_or("").split(',').map(|part| name(part.trim()))),
            None => _ = modules.insert(name(rest)),
        }
    }
    modules
}

#[test]
fn no_module_uses_one_above_it() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for (module, allowed) in MAY_USE {
        let folder = src.join(module);
        let path = if folder.is_dir() { folder } else { src.join(format!("{module}.rs")) };
        for file in rust_files(&path) {
            for other in used(&fs::read_to_string(&file).unwrap()) {
                assert!(other == module || allowed.contains(&other.as_str()), "{} uses crate::{other}", file.display());
            }
        }
    }
}

/// Each room of the reader and those it may use besides itself; what stands beside the rooms in `src/read` may be used by all
/// that are not named here.
const ROOMS_OF_THE_READER: [(&str, &[&str]); 6] = [
    ("cell", &[]),
    ("source", &["cell"]),
    ("table", &["source"]),
    ("report", &["cell", "source", "table", "role"]),
    ("layout", &["cell", "table", "report", "claim", "names", "peers", "role"]),
    ("settle", &["cell", "report", "claim", "names", "layout"]),
];

#[test]
fn no_room_of_the_reader_uses_one_above_it() {
    let read = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/read");
    for (room, allowed) in ROOMS_OF_THE_READER {
        for file in rust_files(&read.join(room)) {
            let source = fs::read_to_string(&file).unwrap();
            let code = source.split("#[cfg(test)]\nmod tests").next().unwrap();
            let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
            for used in lines.flat_map(|line| line.split("crate::read::").skip(1).map(str::to_owned).collect::<Vec<_>>()) {
                let other: String = used.chars().take_while(|c| c.is_lowercase() || *c == '_').collect();
                let fine = other.is_empty() || other == room || allowed.contains(&other.as_str());
                assert!(fine, "{} uses crate::read::{other}", file.display());
            }
        }
    }
}

/// Each room of the projections and those it may use besides itself, with the files beside the rooms; types and traits that stand in
/// `src/project/mod.rs` itself may be used by all.
const ROOMS_OF_THE_PROJECTIONS: [(&str, &[&str]); 4] = [
    ("numeric", &[]),
    ("distribution", &["numeric"]),
    ("methods", &["numeric", "distribution"]),
    ("hierarchy", &["distribution", "methods", "tabulate"]),
];

#[test]
fn no_room_of_the_projections_uses_one_above_it() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/project");
    let word = |text: &str| text.chars().take_while(|c| c.is_lowercase() || *c == '_').collect::<String>();
    for (room, allowed) in ROOMS_OF_THE_PROJECTIONS {
        for file in rust_files(&project.join(room)) {
            let source = fs::read_to_string(&file).unwrap();
            let code = source.split("#[cfg(test)]\nmod ").next().unwrap();
            let code: Vec<&str> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            for rest in code.join("\n").split("crate::project::").skip(1) {
                let names: Vec<String> = match rest.strip_prefix('{') {
                    Some(group) => group.split('}').next().unwrap().split(',').map(|part| word(part.trim())).collect(),
                    None => vec![word(rest)],
                };
                for name in names {
                    let fine = ["", "self", room].contains(&name.as_str()) || allowed.contains(&name.as_str());
                    assert!(fine, "{} uses crate::project::{name}", file.display());
                }
            }
        }
    }
}

/// Each room of the program and those it may use besides itself.
const ROOMS_OF_THE_PROGRAM: [(&str, &[&str]); 4] =
    [("args", &[]), ("render", &["args"]), ("io", &["args", "render"]), ("commands", &["args", "render", "io"])];

#[test]
fn no_room_of_the_program_uses_one_above_it() {
    let cli = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli");
    for (room, allowed) in ROOMS_OF_THE_PROGRAM {
        for file in rust_files(&cli.join(room)) {
            let source = fs::read_to_string(&file).unwrap();
            let code: Vec<&str> = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            for rest in code.join("\n").split("crate::cli::").skip(1) {
                let other: String = rest.chars().take_while(|c| c.is_lowercase() || *c == '_').collect();
                let fine = other == room || allowed.contains(&other.as_str());
                assert!(fine, "{} uses crate::cli::{other}", file.display());
            }
        }
    }
    let rooms: BTreeSet<String> = fs::read_dir(&cli)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "mod.rs")
        .collect();
    assert_eq!(rooms, ROOMS_OF_THE_PROGRAM.iter().map(|(room, _)| (*room).to_owned()).collect());
}

#[test]
fn every_module_has_its_place() {
    let lib = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let declared: BTreeSet<&str> =
        lib.lines().filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';')).collect();
    let placed: BTreeSet<&str> = MAY_USE.iter().map(|(module, _)| *module).collect();
    assert_eq!(declared, placed);
}

/// The library takes readers and values: it prints nothing, opens nothing, and knows neither clock nor environment.
#[test]
fn library_touches_nothing_outside() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for (module, _) in MAY_USE {
        let folder = src.join(module);
        let path = if folder.is_dir() { folder } else { src.join(format!("{module}.rs")) };
        for file in rust_files(&path) {
            let source = fs::read_to_string(&file).unwrap();
            // Examples in comments may print.
            let source: String = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            for banned in [
                "std::fs",
                "std::env",
                "std::process",
                "SystemTime",
                "Instant::now",
                "Local::now",
                "Utc::now",
                "println!",
                "print!(",
            ] {
                assert!(!source.contains(banned), "{} has {banned}", file.display());
            }
        }
    }
}
