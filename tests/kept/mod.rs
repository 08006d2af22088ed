//! Files of the repository that tests write. A test whose file has drifted writes it anew and fails: run it again,
//! and commit the file with its cause.

use std::path::Path;
use std::{fs, io};

/// Writes each of `files`, a path and its content, unless it stands there, and fails when it wrote any.
pub(crate) fn keep(mut files: Vec<(&str, String)>) {
    files.retain(|(path, content)| read(path) != *content);
    for (path, content) in &files {
        let place = root().join(path);
        fs::create_dir_all(place.parent().expect("a folder")).expect("the folder can be made");
        fs::write(&place, content).unwrap_or_else(|it| panic!("{path}: {it}"));
    }
    let written: Vec<&str> = files.iter().map(|it| it.0).collect();
    assert!(written.is_empty(), "not up to date, written anew, run the test again: {written:?}");
}

/// The file at `path` of the repository; nothing where there is none.
pub(crate) fn read(path: &str) -> String {
    match fs::read_to_string(root().join(path)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        content => content.unwrap_or_else(|it| panic!("{path}: {it}")),
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
