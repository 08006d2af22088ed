//! Files written whole or not at all.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Replaces the content of the file at `path`, or makes it: whoever reads it meanwhile sees all of the old or all of
/// the new, and when something goes wrong the old one stands untouched. Permissions stay; of a link the file that it
/// leads to is replaced.
///
/// # Errors
/// When the file is read-only, or its folder cannot be written to.
pub fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let target = match fs::canonicalize(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => path.to_path_buf(),
        it => it?,
    };
    let permissions = match fs::metadata(&target) {
        Ok(it) if it.permissions().readonly() => return Err(io::ErrorKind::PermissionDenied.into()),
        Ok(it) => {
            // A folder that can be written to would let even another's file be replaced.
            OpenOptions::new().write(true).open(&target)?;
            Some(it.permissions())
        }
        Err(_) => None,
    };
    let (temporary, mut file) = create_beside(&target)?;
    let written = file.write_all(content).and_then(|()| match permissions {
        Some(it) => file.set_permissions(it),
        None => Ok(()),
    });
    let written = written.and_then(|()| file.sync_all());
    drop(file);
    written.and_then(|()| fs::rename(&temporary, &target)).inspect_err(|_| {
        let _ = fs::remove_file(&temporary);
    })
}

/// A new file in the folder of `target`, so that it can be renamed onto it.
fn create_beside(target: &Path) -> io::Result<(PathBuf, fs::File)> {
    let name = target.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_string_lossy();
    for attempt in 0..100 {
        let temporary = target.with_file_name(format!(".{name}.{}-{attempt}.tmp", std::process::id()));
        match OpenOptions::new().write(true).create_new(true).open(&temporary) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            it => return it.map(|file| (temporary, file)),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}
