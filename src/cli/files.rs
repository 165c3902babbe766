//! Files and standard output, written whole or not at all.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::cli::failure::Failure;

/// Files that are complete but stand under temporary names, beside their places.
#[derive(Debug, Default)]
pub struct Staged {
    files: Vec<(NamedTempFile, PathBuf)>,
}

impl Staged {
    /// Opens a temporary file beside `path`, whose folder is made if it is not there.
    pub fn create(path: &Path) -> Result<NamedTempFile, Failure> {
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let open = || {
            fs::create_dir_all(folder)?;
            let mut builder = tempfile::Builder::new();
            builder.prefix(".topline-");
            // A temporary file is private by default; a result is as readable as any other file.
            #[cfg(unix)]
            builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
            builder.tempfile_in(folder)
        };
        open().map_err(|error| Failure::file("write", path, error))
    }

    /// A temporary file to fill bit by bit: beside `path`, or to be printed if there is none.
    pub fn growing(path: Option<&Path>) -> Result<BufWriter<NamedTempFile>, Failure> {
        let file = match path {
            Some(path) => Self::create(path)?,
            None => NamedTempFile::new().map_err(Failure::Output)?,
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

    /// Moves every file to its place, over an earlier one; returns the places.
    pub fn commit(self) -> Result<Vec<PathBuf>, Failure> {
        let mut written = Vec::with_capacity(self.files.len());
        for (file, path) in self.files {
            file.persist(&path).map_err(|error| Failure::file("write", &path, error.error))?;
            written.push(path);
        }
        Ok(written)
    }
}

/// Whether two paths lead to one file, which is there.
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    matches!((fs::canonicalize(one), fs::canonicalize(other)), (Ok(one), Ok(other)) if one == other)
}

/// Writes to standard output through a buffer.
pub fn print_with(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    write(&mut out).and_then(|()| out.flush()).map_err(Failure::Output)
}

/// Prints text with styles, which are left out where standard output is not a terminal or colours are not wanted.
pub fn print_styled(text: &str) -> Result<(), Failure> {
    let mut out = anstream::AutoStream::auto(io::stdout()).lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(Failure::Output)
}

/// Says which files were written, if any.
pub fn say_written(written: &[PathBuf]) {
    if !written.is_empty() {
        let names: Vec<String> = written.iter().map(|path| path.display().to_string()).collect();
        anstream::eprintln!("Wrote {}", names.join(", "));
    }
}
