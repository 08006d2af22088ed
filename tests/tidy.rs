//! The house in order: who may name whom, how long a file may be, what no file may say.

use std::fs;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

/// A source file of the crate.
struct Source {
    /// From the crate's root, with `/`.
    name: String,
    text: String,
}

impl Source {
    /// What is compiled into the program: without its tests.
    fn code(&self) -> &str {
        self.text.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default()
    }

    /// The code's lines without comments, each with its 1-based number.
    fn statements(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.code().lines().enumerate().map(|it| (it.0 + 1, it.1));
        lines.map(|it| (it.0, it.1.trim())).filter(|it| !it.1.starts_with("//"))
    }

    /// The module below `src` that it belongs to: `page` for `src/page/line.rs`.
    fn module(&self) -> &str {
        let inner = self.name.trim_start_matches("src/").trim_end_matches(".rs");
        inner.split('/').next().unwrap_or_default()
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files of the repository below `folder`, ignored ones left out, dot files not.
fn files(folder: &Path) -> Vec<PathBuf> {
    let walk = WalkBuilder::new(folder)
        .hidden(false)
        .require_git(false)
        .filter_entry(|it| it.file_name() != ".git")
        .build();
    walk.map(|it| it.expect("the repository can be read").into_path()).filter(|it| it.is_file()).collect()
}

/// The crate's modules. What is compiled for tests alone is none.
fn sources() -> Vec<Source> {
    let name = |path: &Path| path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
    let mut sources: Vec<Source> = files(&root().join("src"))
        .into_iter()
        .filter(|it| it.extension().is_some_and(|it| it == "rs"))
        .map(|it| Source { name: name(&it), text: fs::read_to_string(&it).unwrap() })
        .filter(|it| it.name != "src/fixture.rs")
        .collect();
    sources.sort_by(|a, b| a.name.cmp(&b.name));
    sources
}

/// Fails with a list of all faults.
fn none(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// Whether `line` names `path` as a whole word: `ropey` in `use ropey::Rope`, not in `ropey_like`.
fn names(line: &str, path: &str) -> bool {
    let part = |it: Option<char>| it.is_some_and(|it| it.is_alphanumeric() || it == '_');
    line.match_indices(path)
        .any(|(at, _)| !part(line[..at].chars().next_back()) && !part(line[at + path.len()..].chars().next()))
}

#[test]
fn each_dependency_is_named_where_it_belongs() {
    let homes: [(&str, &[&str]); 15] = [
        ("rayon", &["page", "analysis"]),
        ("ropey", &["text"]),
        ("jieba_rs", &["lexicon"]),
        ("tower_lsp", &["server"]),
        ("tower_service", &["server"]),
        ("tokio", &["server"]),
        ("serde_json", &["server", "cli", "config"]),
        ("toml", &["config"]),
        ("ignore", &["cli", "config"]),
        ("lexopt", &["cli"]),
        ("encoding_rs", &["cli"]),
        ("similar", &["cli"]),
        ("unicode_width", &["cli"]),
        ("wide", &["page"]),
        ("crate::disk", &["cli", "config"]),
    ];
    let mut faults = Vec::new();
    for source in sources() {
        for (number, line) in source.statements() {
            for (dependency, homes) in homes {
                let path =
                    if dependency.contains("::") { dependency.into() } else { format!("{dependency}::") };
                let named = line.contains(&path) && names(line, dependency);
                if named && !homes.contains(&source.module()) {
                    faults.push(format!("{}:{number} names {dependency}", source.name));
                }
            }
        }
    }
    none(faults);
}

#[test]
fn the_core_touches_neither_disk_nor_clock_nor_thread() {
    let edge = ["main", "server", "cli", "config", "disk"];
    let world = [
        "std::fs",
        "std::net",
        "std::env",
        "std::process",
        "std::thread",
        "std::time",
        "std::path",
        "println!",
        "eprintln!",
        "print!",
        "eprint!",
    ];
    let mut faults = Vec::new();
    for source in sources().iter().filter(|it| !edge.contains(&it.module())) {
        for (number, line) in source.statements() {
            for it in world.iter().filter(|it| line.contains(**it)) {
                faults.push(format!("{}:{number} uses {it}", source.name));
            }
        }
    }
    none(faults);
}

#[test]
fn modules_know_those_that_come_before_them() {
    // Those of one rank may know one another.
    let ranks: [&[&str]; 9] = [
        &["text", "list"],
        &["lexicon", "page"],
        &["expression"],
        &["entity"],
        &["reading"],
        &["settings", "rule", "rules"],
        &["analysis"],
        &["feature"],
        &["disk", "config"],
    ];
    let last = ranks.len();
    let rank = |module: &str| ranks.iter().position(|it| it.contains(&module)).unwrap_or(last);
    let mut faults = Vec::new();
    for source in sources().iter().filter(|it| !["lib", "main"].contains(&it.module())) {
        let own = source.module();
        for (number, line) in source.statements() {
            for (at, _) in line.match_indices("crate::") {
                let rest = &line[at + "crate::".len()..];
                let end = rest.find(|it: char| !(it.is_alphanumeric() || it == '_')).unwrap_or(rest.len());
                let other = &rest[..end];
                let known =
                    rank(other) < rank(own) || rank(other) == rank(own) && (rank(own) < last || other == own);
                if !other.is_empty() && !known {
                    faults.push(format!("{}:{number} knows {other}", source.name));
                }
            }
        }
    }
    none(faults);
}

#[test]
fn a_file_holds_one_idea() {
    // The rows of a word list are one line of thought, however many there are.
    let row =
        |line: &&str| !line.trim_start().starts_with(['"', '\'']) && !line.trim_start().starts_with("(\"");
    let length = |it: &Source| it.code().lines().filter(row).count();
    let sources = sources();
    let long = sources.iter().filter(|it| length(it) > 400);
    none(long.map(|it| format!("{} has {} lines before its tests", it.name, length(it))).collect());
}

#[test]
fn a_file_opens_with_what_it_is() {
    let mute = |it: &&Source| !it.text.starts_with("//! ");
    none(sources().iter().filter(mute).map(|it| it.name.clone()).collect());
}

#[test]
fn nothing_is_left_for_later() {
    let marks = ["TODO", "FIXME", "XXX", "todo!(", "unimplemented!(", "dbg!(", "#[ignore]", "should_panic"];
    let mut faults = Vec::new();
    for source in sources() {
        for (number, line) in source.text.lines().enumerate() {
            for mark in marks.iter().filter(|it| line.contains(**it)) {
                faults.push(format!("{}:{} says {mark}", source.name, number + 1));
            }
            if line.ends_with([' ', '\t']) {
                faults.push(format!("{}:{} ends in a blank", source.name, number + 1));
            }
        }
    }
    none(faults);
}

#[test]
fn what_comes_from_outside_is_never_unwrapped() {
    let edge = ["main", "server", "cli", "config", "disk"];
    let mut faults = Vec::new();
    for source in sources().iter().filter(|it| edge.contains(&it.module())) {
        for (number, line) in source.statements() {
            if line.contains(".unwrap()") {
                faults.push(format!("{}:{number} unwraps", source.name));
            }
        }
    }
    none(faults);
}

#[test]
fn no_file_names_a_machine() {
    let folders = ["work", "home", "root", "Users", "tmp"];
    let mut faults = Vec::new();
    for path in files(root()) {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        for (number, line) in text.lines().enumerate() {
            let machine = |folder: &&&str| {
                let path = format!("/{folder}/");
                line.match_indices(&path).any(|(at, _)| {
                    let before = line[..at].chars().next_back();
                    before.is_none_or(|it| it.is_whitespace() || "\"'`(=".contains(it))
                })
            };
            if let Some(folder) = folders.iter().find(machine) {
                faults.push(format!("{}:{} names a path in /{folder}", path.display(), number + 1));
            }
        }
    }
    none(faults);
}

#[test]
fn each_rule_is_one_file_and_each_file_one_rule() {
    let mut codes: Vec<String> = jiaodui::rules::ALL.iter().map(|it| it.code.replace('-', "_")).collect();
    codes.sort();
    let of_a_rule = |it: &Source| Some(it.name.strip_prefix("src/rules/")?.strip_suffix(".rs")?.to_string());
    let declares = |it: &&Source| it.code().contains(": Rule = Rule {");
    let files: Vec<String> = sources().iter().filter(declares).filter_map(of_a_rule).collect();
    assert_eq!(files, codes);
}
