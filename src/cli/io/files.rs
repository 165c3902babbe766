//! Files and standard output, written whole or not at all.

use std::fs::{self, OpenOptions};
use std::io::{self, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use tempfile::NamedTempFile;

use crate::cli::io::temporary;
use crate::cli::render::failure::Failure;
use crate::cli::render::markdown::document;
use crate::cli::render::screen::Screen;
use crate::cli::render::shown::{cleaned, shown};

/// Files that are complete but stand under temporary names, beside their places.
#[derive(Debug, Default)]
pub struct Staged {
    files: Vec<(NamedTempFile, PathBuf)>,
}

/// A file that was written.
#[derive(Debug)]
pub struct Written {
    path: PathBuf,
    /// Whether it stands in the place of another.
    replaced: bool,
}

/// Whether a file that is there is kept, and an output that would replace it refused.
static KEEPS_FILES: AtomicBool = AtomicBool::new(false);

/// Lets no file be replaced from now on, and refuses those of `outputs` that are there.
pub fn keep_files(outputs: &[PathBuf]) -> Result<(), Failure> {
    KEEPS_FILES.store(true, Ordering::Relaxed);
    let refused = outputs.iter().filter_map(|path| refuse_to_replace(path).err());
    Failure::unless_none(refused.collect())
}

/// Refuses a path where a file is, if none may be replaced.
fn refuse_to_replace(path: &Path) -> Result<(), Failure> {
    if !KEEPS_FILES.load(Ordering::Relaxed) || !is_there(path) {
        return Ok(());
    }
    Err(Failure::Usage {
        message: format!("{} is there already, and --no-clobber keeps it", path.display()),
        hint: "give the output a different name, or leave --no-clobber out".to_owned(),
    })
}

/// Whether a file that is no device stands where bytes for this path go.
fn is_there(path: &Path) -> bool {
    matches!(Destination::of(path), Destination::File(place) if place.is_file())
}

/// Where bytes for a path go.
enum Destination {
    /// To this file, which need not be there yet: the path itself, or what its links lead to.
    File(PathBuf),
    /// Through a device or a pipe, which stays what it is.
    Through,
}

/// Links after which there is no end to be expected.
const MOST_LINKS: usize = 40;

impl Destination {
    fn of(path: &Path) -> Self {
        let special = fs::metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir());
        // What stands there is the process's own, not the file that it leads to.
        if special || path.starts_with("/dev") || path.starts_with("/proc") {
            return Self::Through;
        }
        let mut end = path.to_owned();
        for _ in 0..MOST_LINKS {
            let Ok(next) = fs::read_link(&end) else { break };
            end = end.parent().unwrap_or(Path::new("")).join(next);
        }
        Self::File(end)
    }
}

impl Staged {
    /// Opens a temporary file beside `path`, whose folder is made if it is not there. A file that was read is refused, and so is any
    /// that is there where none may be replaced.
    pub fn create(path: &Path) -> Result<NamedTempFile, Failure> {
        if temporary::was_read(path) {
            return Err(Failure::Usage {
                message: format!("{} is an input file and would be overwritten", path.display()),
                hint: "give the output a different name".to_owned(),
            });
        }
        refuse_to_replace(path)?;
        let open = || match Destination::of(path) {
            Destination::Through => temporary::anywhere(),
            Destination::File(file) => {
                let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
                fs::create_dir_all(folder)?;
                temporary::in_folder(folder)
            }
        };
        open().map_err(|error| Failure::file("write", path, error))
    }

    /// A temporary file to fill bit by bit: beside `path`, or to be printed if there is none.
    pub fn growing(path: Option<&Path>) -> Result<BufWriter<NamedTempFile>, Failure> {
        let file = match path {
            Some(path) => Self::create(path)?,
            None => temporary::anywhere()
                .map_err(|error| Failure::file("make a temporary file in", &std::env::temp_dir(), error))?,
        };
        Ok(BufWriter::new(file))
    }

    /// Keeps a complete file for [`commit`](Self::commit).
    pub fn add(&mut self, file: NamedTempFile, path: PathBuf) {
        self.files.push((file, path));
    }

    /// Writes `bytes` as the file that will stand at `path`.
    pub fn write(&mut self, path: PathBuf, bytes: &[u8]) -> Result<(), Failure> {
        let mut file = Self::create(&path)?;
        file.write_all(bytes).map_err(|error| Failure::file("write", &path, error))?;
        self.add(file, path);
        Ok(())
    }

    /// Moves every file to its place, over an earlier one, whose mode it takes on; returns the places.
    pub fn commit(self) -> Result<Vec<Written>, Failure> {
        let mut written = Vec::with_capacity(self.files.len());
        for (file, path) in self.files {
            let replaced = is_there(&path);
            settle(file, &path).map_err(|error| Failure::file("write", &path, error))?;
            written.push(Written { path, replaced });
        }
        Ok(written)
    }
}

fn settle(mut file: NamedTempFile, path: &Path) -> io::Result<()> {
    match Destination::of(path) {
        Destination::File(place) => {
            if let Ok(there) = fs::metadata(&place) {
                fs::set_permissions(file.path(), there.permissions())?;
            }
            file.persist(&place)?;
            Ok(())
        }
        Destination::Through => {
            let mut out = OpenOptions::new().write(true).open(path)?;
            file.rewind()?;
            io::copy(&mut file, &mut out)?;
            out.flush()
        }
    }
}

/// Writes to standard output through a buffer.
pub fn print_with(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    write(&mut out).and_then(|()| out.flush()).map_err(Failure::Output)
}

/// Prints text with styles, which are left out where standard output is not a terminal or colours are not wanted.
pub fn print_styled(text: &str) -> Result<(), Failure> {
    let mut out = anstream::AutoStream::auto(io::stdout()).lock();
    out.write_all(cleaned(text).as_bytes()).and_then(|()| out.flush()).map_err(Failure::Output)
}

/// Prints an answer that was laid out for this screen: on a document, as Markdown.
pub fn print_answer(text: &str, screen: Screen) -> Result<(), Failure> {
    if screen == Screen::DOCUMENT { print_styled(&document(text)) } else { print_styled(text) }
}

/// Says which files were written and which of them replaced others, unless the user wants quiet.
pub fn say_written(written: &[Written], quiet: bool) {
    for (word, replaced) in [("Wrote", false), ("Replaced", true)] {
        let paths: Vec<&Path> = written.iter().filter(|one| one.replaced == replaced).map(|one| one.path.as_path()).collect();
        let Some(first) = paths.first().filter(|_| !quiet) else { continue };
        // Files of one folder are named with it once.
        let rest = paths.iter().skip(1).map(|path| {
            let name = path.file_name().filter(|_| path.parent() == first.parent());
            shown(name.map_or(*path, Path::new).display().to_string())
        });
        let names: Vec<String> = std::iter::once(shown(first.display().to_string())).chain(rest).collect();
        anstream::eprintln!("{word} {}", names.join(", "));
    }
}
