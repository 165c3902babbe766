//! Temporary files, and what happens to them when the program is stopped; and which files were read.
//!
//! An interrupt, a termination and a hang-up remove them. What is left after a kill or a loss of power has a name that a later run
//! in the same folder recognises, and is removed once it is older than any run that still works on it.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::time::Duration;

use tempfile::NamedTempFile;

/// How a temporary file is named: hidden, and unlike what anyone would name a file.
const PREFIX: &str = ".topline-";
const SUFFIX: &str = ".part";
/// A file that nothing was written to for so long is left from a run that was stopped.
const LEFT: Duration = Duration::from_hours(1);
/// The exit code of a program that was stopped, as shells have it for an interrupt.
const STOPPED: i32 = 130;

/// What the program has open, for the whole of it: a signal comes at any time.
struct Known {
    temporary: BTreeSet<PathBuf>,
    swept: BTreeSet<PathBuf>,
    read: BTreeSet<PathBuf>,
}

static KNOWN: Mutex<Known> = Mutex::new(Known { temporary: BTreeSet::new(), swept: BTreeSet::new(), read: BTreeSet::new() });
static HANDLER: Once = Once::new();

fn known() -> MutexGuard<'static, Known> {
    KNOWN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Notes that a file is read, so that nothing is written over it.
pub fn note_read(path: &Path) {
    if let Ok(path) = fs::canonicalize(path)
        && path.is_file()
    {
        known().read.insert(path);
    }
}

/// Whether a path leads to a file that was read.
pub fn was_read(path: &Path) -> bool {
    fs::canonicalize(path).is_ok_and(|path| known().read.contains(&path))
}

/// A temporary file in this folder.
pub fn in_folder(folder: &Path) -> io::Result<NamedTempFile> {
    sweep(folder);
    create(folder, true)
}

/// A temporary file in the system's folder for such.
pub fn anywhere() -> io::Result<NamedTempFile> {
    create(&std::env::temp_dir(), false)
}

fn create(folder: &Path, public: bool) -> io::Result<NamedTempFile> {
    HANDLER.call_once(|| {
        // Where a signal is ignored already, as under nohup, it stays so.
        let _ = ctrlc::try_set_handler(stop);
    });
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    // A temporary file is private by default; a result is as readable as any other file.
    #[cfg(unix)]
    if public {
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    }
    #[cfg(not(unix))]
    let _ = public;
    // Known from the moment that it is there.
    let mut known = known();
    let file = builder.tempfile_in(folder)?;
    known.temporary.insert(file.path().to_owned());
    Ok(file)
}

/// Removes every temporary file and ends the program.
#[expect(clippy::exit, reason = "the program was told to stop, and its files are gone")]
fn stop() {
    // Held to the end, so that no further file is made.
    let known = known();
    for path in &known.temporary {
        let _ = fs::remove_file(path);
    }
    std::process::exit(STOPPED);
}

/// Removes what runs that were killed have left in a folder; once.
fn sweep(folder: &Path) {
    if !known().swept.insert(folder.to_owned()) {
        return;
    }
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let age = || entry.metadata().ok().filter(fs::Metadata::is_file)?.modified().ok()?.elapsed().ok();
        if name.starts_with(PREFIX) && name.ends_with(SUFFIX) && age().is_some_and(|age| age > LEFT) {
            let _ = fs::remove_file(entry.path());
        }
    }
}
