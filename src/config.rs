//! Settings from `jiaodui.toml` and from editors, read by one schema: the option tables of [`crate::settings`] and
//! of the rules.
//!
//! ```toml
//! lines = "reflow"            # general options
//! year = 2020
//!
//! [rules]
//! split-word = "off"          # a rule's severity: off, hint, information, warning, error
//! number-spacing = { severity = "hint", style = "spaced" }    # with options of the rule
//!
//! [[override]]                # for some folders or files, as patterns of a .gitignore beside this file
//! paths = ["archive/"]
//! lines = "keep"
//! [override.rules]
//! hard-wrap = "off"
//!
//! [dictionary]                # names, and words that are none
//! people = ["闫根德"]         # places, organisations, words
//!
//! [[ignore]]                  # a finding that was accepted
//! rule = "date-spacing"
//! words = "经过2月12日清晨"
//! path = "2020/**"            # only there; everywhere when left out
//! ```
//!
//! What holds for a document, the later over the earlier: the defaults, the editor's settings, the files from the
//! outermost folder to the nearest, each file's `override`s after its own values. The file stands above the editor
//! because it travels with the text, and everybody who opens the text is to see the same findings. `root = true` in
//! a file ends the search upward.
//!
//! Nothing here fails: what cannot be read is a [`Problem`] that names file, line and key, every other value holds,
//! and the bad one stays as it was before.

mod ignored;
mod layer;
mod names;
mod problem;
mod tree;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::settings::{Locale, Settings};

pub use ignored::{add_ignored, add_name};
use layer::Layer;
pub use problem::{Problem, ProblemKind, nearest, perhaps};

/// The name of the file.
pub const FILE_NAME: &str = "jiaodui.toml";

/// All settings that bear on the documents of one folder. Cloning is cheap.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The language of messages.
    pub locale: Locale,
    /// What the editor sets, under the files.
    editor: Option<Arc<Layer>>,
    /// The files, the nearest last.
    files: Vec<Arc<Layer>>,
}

impl Config {
    /// The settings for `path`, a file or a folder, from each `jiaodui.toml` in its folder and those above.
    pub fn find(path: &Path) -> (Config, Vec<Problem>) {
        Config::default().refreshed(path)
    }

    /// Reads the files again, for `path`. The editor's settings and the locale stay; where a file that was read
    /// before now has a bad value, the value that it had stays.
    pub fn refreshed(&self, path: &Path) -> (Config, Vec<Problem>) {
        let mut files = Vec::new();
        let mut problems = Vec::new();
        for file in files_above(path) {
            let (layer, ends) = self.read_file(&file, &mut problems);
            files.push(Arc::new(layer));
            if ends {
                break;
            }
        }
        files.reverse();
        (Config { locale: self.locale, editor: self.editor.clone(), files }, problems)
    }

    /// The settings of one file that was named, wherever it stands; its patterns count from its folder.
    ///
    /// # Errors
    /// When the file cannot be read at all.
    pub fn of_file(file: &Path) -> io::Result<(Config, Vec<Problem>)> {
        fs::metadata(file)?;
        let mut problems = Vec::new();
        let (layer, _) = Config::default().read_file(&absolute(file), &mut problems);
        Ok((Config { files: vec![Arc::new(layer)], ..Config::default() }, problems))
    }

    /// The same with the editor's settings under the files: the shape is that of the file, as JSON. A value that is
    /// `null` is not set. Where a value is bad, what the editor had set before stays.
    pub fn with_json(&self, json: &serde_json::Value) -> (Config, Vec<Problem>) {
        let mut problems = Vec::new();
        let before = self.editor.as_deref();
        let (layer, _) = Layer::read(&tree::of_json(json), None, before, &mut problems);
        (Config { editor: Some(Arc::new(layer)), ..self.clone() }, problems)
    }

    /// The same with messages in `locale`.
    pub fn with_locale(mut self, locale: Locale) -> Config {
        self.locale = locale;
        self
    }

    /// What holds for the document at `path`; overrides need a path.
    pub fn settings_for(&self, path: Option<&Path>) -> Arc<Settings> {
        let path = path.map(absolute);
        let mut settings = Settings::default();
        settings.locale = self.locale;
        for layer in self.editor.iter().chain(&self.files) {
            layer.apply(path.as_deref(), &mut settings);
        }
        Arc::new(settings)
    }

    /// The files that were read, the nearest last: what to watch.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().filter_map(|it| it.file.as_deref())
    }

    /// Reads `file`, and whether it ends the search. What was known of it from before stands in for what is bad.
    fn read_file(&self, file: &Path, problems: &mut Vec<Problem>) -> (Layer, bool) {
        let before = self.files.iter().find(|it| it.file.as_deref() == Some(file)).map(|it| &**it);
        match fs::read(file).and_then(|it| String::from_utf8(it).map_err(io::Error::other)) {
            Ok(source) => {
                let (tree, faults) = tree::of_toml(&source, file);
                let mut found = Vec::new();
                let (mut layer, ends) = Layer::read(&tree, Some(file), before, &mut found);
                // What the parser made of a faulty line is no second fault.
                found.retain(|it| faults.iter().all(|fault| fault.line != it.line));
                if let Some(before) = before.filter(|_| !faults.is_empty()) {
                    layer.fill_from(before);
                }
                problems.extend(faults.into_iter().chain(found));
                (layer, ends)
            }
            Err(error) => {
                let kind = ProblemKind::Unreadable(error.to_string());
                problems.push(Problem { file: Some(file.into()), line: None, key: String::new(), kind });
                (before.cloned().unwrap_or_else(|| Layer::empty(Some(file))), false)
            }
        }
    }
}

/// Each `jiaodui.toml` in the folder of `path` (or in `path`, if that is one) and above, the nearest first.
fn files_above(path: &Path) -> impl Iterator<Item = PathBuf> {
    let path = absolute(path);
    let skip = usize::from(!path.is_dir());
    let folders: Vec<PathBuf> = path.ancestors().skip(skip).map(Path::to_path_buf).collect();
    folders.into_iter().map(|it| it.join(FILE_NAME)).filter(|it| it.is_file())
}

/// `path` from the root, without `.` parts; links are not followed.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use serde_json::json;

    use super::*;
    use crate::settings::Ignored;

    /// A folder of its own, gone at the end of the test.
    struct Folder(PathBuf);

    impl Folder {
        fn new() -> Folder {
            static COUNT: AtomicUsize = AtomicUsize::new(0);
            let name =
                format!("jiaodui-config-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
            let folder = Folder(std::env::temp_dir().join(name));
            folder.write("jiaodui.toml", "root = true");
            folder
        }

        fn write(&self, path: &str, content: &str) -> PathBuf {
            let path = self.0.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, content).unwrap();
            path
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn said(problems: &[Problem]) -> Vec<String> {
        let text = |it: &Problem| format!("{} {}: {}", it.line.unwrap_or(0), it.key, it.reason(Locale::En));
        problems.iter().map(text).collect()
    }

    #[test]
    fn the_nearest_file_stands_over_those_above_and_the_editor_below_all() {
        let folder = Folder::new();
        folder.write("jiaodui.toml", "root = true\nyear = 2019\nlines = 'keep'");
        folder.write("2020/jiaodui.toml", "year = 2020");
        let (config, problems) = Config::find(&folder.0.join("2020/02/13.txt"));
        assert_eq!(problems, []);
        let (config, problems) = config.with_json(&json!({"year": 1998, "limit": 7, "lines": null}));
        assert_eq!(problems, []);
        let settings = config.settings_for(None);
        assert_eq!(
            (settings.number("year"), settings.limit(), settings.keeps_lines()),
            (Some(2020), 7, true)
        );
        assert_eq!(config.files().count(), 2);
    }

    #[test]
    fn a_bad_value_is_named_and_all_others_hold() {
        let folder = Folder::new();
        let file = folder.write(
            "jiaodui.toml",
            "root = true\nlines = 'kept'\nyear = 20200\nlimit = 5\nlimits = 5\n\n[rules]\nsplit-wrod = 'off'\n",
        );
        let (config, problems) = Config::find(&file);
        assert_eq!(
            said(&problems)[..3],
            [
                "2 lines: “kept” is not one of reflow, keep",
                "3 year: must be a whole number from 1 to 9999",
                "5 limits: no such key; did you mean limit?",
            ]
        );
        assert_eq!((problems[3].line, &*problems[3].key), (Some(8), "rules.split-wrod"));
        assert!(problems.iter().all(|it| it.file.as_ref() == Some(&file)));
        let settings = config.settings_for(None);
        assert_eq!((settings.number("year"), settings.limit(), settings.keeps_lines()), (None, 5, false));
    }

    #[test]
    fn after_a_bad_edit_of_the_file_the_old_value_stays() {
        let folder = Folder::new();
        let file = folder.write("jiaodui.toml", "root = true\nyear = 2020\nlimit = 5");
        let (config, _) = Config::find(&file);
        folder.write("jiaodui.toml", "root = true\nyear = '2021'\nlimit = 6");
        let (config, problems) = config.refreshed(&file);
        assert_eq!(said(&problems), ["2 year: must be a whole number from 1 to 9999"]);
        let settings = config.settings_for(None);
        assert_eq!((settings.number("year"), settings.limit()), (Some(2020), 6));
        folder.write("jiaodui.toml", "root = true\nyear = \nlimit = 7");
        let (config, problems) = config.refreshed(&file);
        assert_eq!((problems.len(), problems[0].line), (1, Some(2)));
        let settings = config.settings_for(None);
        assert_eq!((settings.number("year"), settings.limit()), (Some(2020), 7));
    }

    #[test]
    fn a_bad_value_from_the_editor_names_its_key_and_the_old_one_stays() {
        let (config, _) = Config::default().with_json(&json!({"year": 2020, "limit": 5}));
        let (config, problems) =
            config.with_json(&json!({"year": true, "limit": 6, "override": [{"lines": 1}]}));
        assert_eq!(
            said(&problems),
            [
                "0 year: must be a whole number from 1 to 9999",
                "0 override[0].lines: must be a string",
                "0 override[0]: lacks paths",
            ]
        );
        let settings = config.settings_for(None);
        assert_eq!((settings.number("year"), settings.limit()), (Some(2020), 6));
    }

    #[test]
    fn an_override_holds_for_its_folder_alone() {
        let folder = Folder::new();
        let file = folder.write(
            "jiaodui.toml",
            "root = true\n[[override]]\npaths = ['archive/**', '*.md']\nlines = 'keep'\n\
             [[override]]\npaths = 'archive/1998/'\nyear = 1998\n",
        );
        let (config, problems) = Config::find(&file);
        assert_eq!(problems, []);
        let keeps = |path: &str| config.settings_for(Some(&folder.0.join(path))).keeps_lines();
        assert!(keeps("archive/a/b.txt") && keeps("a/b.md"));
        assert!(!keeps("a/b.txt") && !keeps("b/archive/a.txt"));
        assert!(!config.settings_for(Some(Path::new("/elsewhere/b.md"))).keeps_lines());
        let year = |path: &str| config.settings_for(Some(&folder.0.join(path))).number("year");
        assert_eq!((year("archive/1998/a.txt"), year("archive/a.txt")), (Some(1998), None));
        assert_eq!(config.settings_for(None).number("year"), None);
    }

    #[test]
    fn a_pattern_of_the_editor_holds_at_any_depth() {
        let (config, problems) =
            Config::default().with_json(&json!({"override": [{"paths": ["archive/**"], "lines": "keep"}]}));
        assert_eq!(problems, []);
        assert!(config.settings_for(Some(Path::new("/news/archive/a.txt"))).keeps_lines());
        assert!(!config.settings_for(Some(Path::new("/news/a.txt"))).keeps_lines());
    }

    #[test]
    fn an_accepted_finding_is_added_once_and_the_rest_of_the_file_stays() {
        let folder = Folder::new();
        let before = "root = true # 到此为止\r\nyear = 2020";
        let file = folder.write("jiaodui.toml", before);
        let document = folder.write("02/13.txt", "");
        let ignored = Ignored { rule: "date-spacing".into(), words: "“2 月\\12日”\t\"".into() };
        for _ in 0..2 {
            assert_eq!(add_ignored(Some(&document), None, &ignored).unwrap(), file);
        }
        let after = fs::read_to_string(&file).unwrap();
        assert_eq!(
            after.strip_prefix(before),
            Some(
                "\r\n\r\n[[ignore]]\r\nrule = \"date-spacing\"\r\nwords = \"“2 月\\\\12日”\\u0009\\\"\"\r\n"
            )
        );
    }

    #[test]
    fn without_a_file_one_is_made_in_the_root_else_beside_the_document() {
        let folder = Folder::new();
        fs::remove_file(folder.0.join("jiaodui.toml")).unwrap();
        let document = folder.write("02/13.txt", "");
        let ignored = Ignored { rule: "split-word".into(), words: "王晋豫".into() };
        let beside = add_ignored(Some(&document), None, &ignored).unwrap();
        assert_eq!(beside, folder.0.join("02/jiaodui.toml"));
        fs::remove_file(beside).unwrap();
        let in_root = add_ignored(Some(&document), Some(&folder.0), &ignored).unwrap();
        assert_eq!(in_root, folder.0.join("jiaodui.toml"));
        assert!(add_ignored(None, None, &ignored).is_err());
    }

    #[test]
    fn an_accepted_finding_joins_a_list_written_in_one_piece() {
        let folder = Folder::new();
        let file =
            folder.write("jiaodui.toml", "ignore = [\n  { rule = 'a', words = 'b' }, # 旧\n]\nyear = 1\n");
        add_ignored(Some(&file), None, &Ignored { rule: "c".into(), words: "d".into() }).unwrap();
        assert_eq!(
            fs::read_to_string(&file).unwrap(),
            "ignore = [\n  { rule = 'a', words = 'b' }, { rule = \"c\", words = \"d\" }, # 旧\n]\nyear = 1\n"
        );
    }

    #[test]
    fn a_file_that_is_no_toml_is_not_written_to() {
        let folder = Folder::new();
        let file = folder.write("jiaodui.toml", "year = \n");
        let ignored = Ignored { rule: "split-word".into(), words: "王晋豫".into() };
        assert!(add_ignored(Some(&file), None, &ignored).is_err());
        assert_eq!(fs::read_to_string(&file).unwrap(), "year = \n");
    }

    #[test]
    fn unreadable_settings_are_a_problem_not_a_failure() {
        let folder = Folder::new();
        let file = folder.write("02/jiaodui.toml", "");
        fs::write(&file, [0xff, 0xfe, 0x00]).unwrap();
        folder.write("jiaodui.toml", "root = true\nyear = 2020");
        let (config, problems) = Config::find(&file);
        assert!(matches!(&problems[..], [Problem { kind: ProblemKind::Unreadable(_), .. }]));
        assert_eq!(config.settings_for(None).number("year"), Some(2020));
        for odd in [json!(3), json!([]), json!("x"), json!({"rules": 3, "ignore": {}, "override": [1]})] {
            assert!(!Config::default().with_json(&odd).1.is_empty());
        }
        assert!(Config::default().with_json(&json!(null)).1.is_empty());
    }
}
