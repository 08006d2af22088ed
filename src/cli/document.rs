//! What a command is to read: the files that paths name, decoded, each with the settings that hold for it.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use encoding_rs::Encoding;
use ignore::WalkBuilder;

use super::args::{Command, Options};
use super::charset::{Charset, Fault};
use super::output::Output;
use super::{parallel, say};
use crate::analysis::Analysis;
use crate::config::Config;
use crate::page::Markup;
use crate::settings::Locale;
use crate::text::Text;

/// Extensions of the files that are read in a folder. A file that is named is read whatever it is called.
const EXTENSIONS: [&str; 4] = ["txt", "text", "md", "markdown"];

/// Something to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Input {
    Stdin,
    File(PathBuf),
    /// A path that leads to nothing that can be read, and why.
    Missing(PathBuf, String),
}

/// A document, read and analysed.
pub(super) struct Document {
    /// How it is called in what is printed.
    pub(super) name: String,
    /// Its bytes as they were read.
    pub(super) bytes: Vec<u8>,
    pub(super) charset: Charset,
    pub(super) analysis: Analysis,
}

/// Reads documents, on any thread.
pub(super) struct Reader<'a> {
    options: &'a Options,
    /// The settings of one file, where `--config` names it.
    only: Option<Config>,
    /// The settings of each folder.
    configs: Mutex<HashMap<PathBuf, Config>>,
    problems: Mutex<Problems>,
}

/// What is wrong with settings files, each problem once however many folders lie under the file.
#[derive(Default)]
struct Problems {
    seen: HashSet<String>,
    unsaid: Vec<String>,
}

/// The documents that the operands name, in order, each file once: files as they are, folders walked with their
/// ignore files, `-` for standard input.
pub(super) fn inputs(operands: &[OsString], locale: Locale) -> Vec<Input> {
    let here = [OsString::from(".")];
    let operands = if operands.is_empty() { &here } else { operands };
    let mut inputs = Vec::new();
    let mut seen = HashSet::new();
    for operand in operands {
        let path = Path::new(operand);
        if operand == "-" {
            if !inputs.contains(&Input::Stdin) {
                inputs.push(Input::Stdin);
            }
        } else if path.is_dir() {
            for found in walk(path, locale) {
                if !matches!(&found, Input::File(it) if !seen.insert(identity(it))) {
                    inputs.push(found);
                }
            }
        } else if let Err(error) = fs::metadata(path) {
            inputs.push(Input::Missing(path.into(), reason(&error, locale)));
        } else if seen.insert(identity(path)) {
            inputs.push(Input::File(path.into()));
        }
    }
    inputs
}

/// By which a file is known again under another name.
fn identity(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.into())
}

/// The texts in `folder`, by name.
fn walk(folder: &Path, locale: Locale) -> Vec<Input> {
    let mut found = Vec::new();
    let walk = WalkBuilder::new(folder).require_git(false).sort_by_file_name(|a, b| a.cmp(b)).build();
    for entry in walk {
        match entry {
            Ok(entry) => {
                let path = entry.path();
                let extension = path.extension().and_then(|it| it.to_str()).unwrap_or_default();
                let text = EXTENSIONS.iter().any(|it| it.eq_ignore_ascii_case(extension));
                if text && path.is_file() {
                    found.push(Input::File(path.strip_prefix(".").unwrap_or(path).into()));
                }
            }
            Err(error) => {
                let why = error.io_error().map_or_else(|| error.to_string(), |it| reason(it, locale));
                found.push(Input::Missing(folder.into(), why));
            }
        }
    }
    found
}

/// How a document at `path` marks up its text. HTML is a part of Markdown, in which tags and their blocks are left alone.
fn markup(path: Option<&Path>) -> Markup {
    let extension = path.and_then(Path::extension).and_then(|it| it.to_str()).unwrap_or_default();
    let markdown = ["md", "markdown", "html", "htm"].iter().any(|it| it.eq_ignore_ascii_case(extension));
    if markdown { Markup::Markdown } else { Markup::Plain }
}

/// Why the system refused, in the reader's language where the reason is a common one.
pub(super) fn reason(error: &io::Error, locale: Locale) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => say(locale, "没有这个文件".into(), "no such file".into()),
        io::ErrorKind::PermissionDenied => say(locale, "没有权限".into(), "permission denied".into()),
        _ => error.to_string(),
    }
}

impl Document {
    /// Gives back its memory. Where no other document is read the process ends with it, and need not: that would take as
    /// long as finding its encoding and its lines.
    pub(super) fn close(self, alone: bool) {
        if alone {
            std::mem::forget(self);
        }
    }
}

impl<'a> Reader<'a> {
    /// A reader with the settings that `options` names; none where they cannot be had, which is said.
    pub(super) fn new(options: &'a Options, output: &mut Output) -> Option<Reader<'a>> {
        Reader::with_settings(options).inspect_err(|it| output.complain(it)).ok()
    }

    fn with_settings(options: &'a Options) -> Result<Reader<'a>, String> {
        let mut reader =
            Reader { options, only: None, configs: Mutex::default(), problems: Mutex::default() };
        if let Some(file) = &options.config {
            let (config, problems) = Config::of_file(file)
                .map_err(|it| format!("{}: {}", file.display(), reason(&it, options.locale)))?;
            reader.only = Some(config);
            reader.note(&problems);
        }
        Ok(reader)
    }

    /// Makes something of each of `inputs`, several at once, and hands it to `tell` in their order; ends early when nobody
    /// reads the output, unless files are to be mended. Says what could not be read and what is wrong with settings.
    /// Whether there was any of that.
    pub(super) fn each<R: Send>(
        &self,
        inputs: &[Input],
        output: &mut Output,
        work: impl Fn(&Input) -> Result<R, String> + Sync,
        mut tell: impl FnMut(R, &mut Output),
    ) -> bool {
        let mut failed = false;
        parallel::each(inputs, work, |made| {
            failed |= self.complain(output);
            match made {
                Ok(made) => tell(made, output),
                Err(sentence) => {
                    output.complain(&sentence);
                    failed = true;
                }
            }
            self.options.fix || !output.is_closed()
        });
        self.complain(output) || failed
    }

    /// Reads and analyses one document. The error is the sentence for the user.
    pub(super) fn read(&self, input: &Input) -> Result<Document, String> {
        let (name, path) = match input {
            Input::Stdin => {
                let path = self.options.stdin_path.as_deref();
                (path.map_or("<stdin>".to_string(), |it| it.display().to_string()), path)
            }
            Input::File(path) | Input::Missing(path, _) => (path.display().to_string(), Some(&**path)),
        };
        let failed = |why: String| format!("{name}: {why}");
        let bytes = match input {
            Input::Missing(_, why) => return Err(failed(why.clone())),
            Input::File(path) => fs::read(path),
            Input::Stdin => {
                let mut bytes = Vec::new();
                io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
            }
        };
        let locale = self.options.locale;
        let bytes = bytes.map_err(|it| failed(reason(&it, locale)))?;
        let (text, charset) = self.decode(&bytes).map_err(|it| failed(it.message(locale)))?;
        let text = Text::new(&text);
        let mut settings = self.config(path).settings_for(path);
        if self.options.date.is_some() {
            Arc::make_mut(&mut settings).reference = self.options.date;
        }
        if self.options.command == Command::Annotate {
            Arc::make_mut(&mut settings).names = true;
        }
        let analysis = Analysis::of(&text, markup(path), &settings);
        Ok(Document { name, bytes, charset, analysis })
    }

    /// Says on standard error what is newly found to be wrong with settings. Whether there was anything.
    pub(super) fn complain(&self, output: &mut Output) -> bool {
        let unsaid = match self.problems.lock() {
            Ok(mut problems) => std::mem::take(&mut problems.unsaid),
            Err(_) => Vec::new(),
        };
        for sentence in &unsaid {
            output.complain(sentence);
        }
        !unsaid.is_empty()
    }

    fn decode<'b>(&self, bytes: &'b [u8]) -> Result<(Cow<'b, str>, Charset), Fault> {
        let encoding: Option<&'static Encoding> = self.options.encoding;
        Charset::decode(bytes, encoding)
    }

    /// The settings for a document at `path`; those of the working folder where it has none.
    fn config(&self, path: Option<&Path>) -> Config {
        let locale = self.options.locale;
        if let Some(only) = &self.only {
            return only.clone().with_locale(locale);
        }
        let folder =
            path.and_then(Path::parent).filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if let Ok(configs) = self.configs.lock()
            && let Some(config) = configs.get(folder)
        {
            return config.clone();
        }
        let (config, problems) = Config::find(folder);
        self.note(&problems);
        let config = config.with_locale(locale);
        if let Ok(mut configs) = self.configs.lock() {
            configs.insert(folder.into(), config.clone());
        }
        config
    }

    fn note(&self, found: &[crate::config::Problem]) {
        let Ok(mut problems) = self.problems.lock() else { return };
        for problem in found {
            let sentence = problem.message(self.options.locale);
            if problems.seen.insert(sentence.clone()) {
                problems.unsaid.push(sentence);
            }
        }
    }
}
