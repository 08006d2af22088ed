//! Settings: the client's, and those of the `jiaodui.toml` above each file.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;

use crate::config::Config;
use crate::settings::{Locale, Settings};

use super::capabilities::Session;

/// Keys of our section that are the editors' own: which binary, what to log.
const EDITOR_KEYS: &[&str] = &["enable", "path", "server", "trace"];

/// All settings at one moment.
#[derive(Debug, Default)]
pub(crate) struct Configuration {
    /// How often they have changed.
    pub(crate) generation: u64,
    /// What the client set.
    client: Value,
    locale: Locale,
    root: Option<PathBuf>,
    read: Mutex<Read>,
}

/// What was read from files. A bad value leaves the one before in place, and is told once as long as it stays.
#[derive(Clone, Debug, Default)]
struct Read {
    /// By folder; each is read once a generation, and then settings cost a look-up.
    configs: HashMap<Option<PathBuf>, Config>,
    told: HashSet<String>,
    /// The generation before.
    old_configs: HashMap<Option<PathBuf>, Config>,
    old_told: HashSet<String>,
    /// Settings by file.
    settings: HashMap<Option<PathBuf>, Arc<Settings>>,
}

impl Configuration {
    /// The settings that the client gave with `initialize`.
    pub(crate) fn of(session: &Session) -> Configuration {
        Configuration {
            client: section(session.options.clone()),
            locale: session.locale,
            root: session.root.clone(),
            ..Configuration::default()
        }
    }

    /// The next generation with the client's `settings`; `None` where they are what they were.
    pub(crate) fn with_client(&self, settings: Value) -> Option<Configuration> {
        let client = section(settings);
        (client != self.client).then(|| Configuration { client, ..self.reread() })
    }

    /// The next generation, which reads the files anew.
    pub(crate) fn reread(&self) -> Configuration {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner).clone();
        read.old_configs.extend(read.configs.drain());
        if !read.settings.is_empty() {
            read.old_told = std::mem::take(&mut read.told);
        }
        read.settings.clear();
        Configuration {
            generation: self.generation + 1,
            client: self.client.clone(),
            locale: self.locale,
            root: self.root.clone(),
            read: Mutex::new(read),
        }
    }

    /// The settings of the document at `path`, and what is wrong with them that was not told yet. Reads files.
    pub(crate) fn settings_for(&self, path: Option<&Path>) -> (Arc<Settings>, Vec<String>) {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(settings) = read.settings.get(&path.map(PathBuf::from)) {
            return (Arc::clone(settings), Vec::new());
        }
        let folder = path.and_then(Path::parent).or(self.root.as_deref()).map(PathBuf::from);
        let mut news = Vec::new();
        if !read.configs.contains_key(&folder) {
            let old = read.old_configs.remove(&folder).unwrap_or_default().with_locale(self.locale);
            let (config, mut problems) = match &folder {
                Some(folder) => old.refreshed(folder),
                None => (old, Vec::new()),
            };
            let (config, more) = config.with_json(&self.client);
            problems.extend(more);
            read.configs.insert(folder.clone(), config);
            for problem in problems {
                let message = problem.message(self.locale);
                if read.told.insert(message.clone()) && !read.old_told.contains(&message) {
                    news.push(message);
                }
            }
        }
        let settings = read.configs.get(&folder).map(|it| it.settings_for(path)).unwrap_or_default();
        read.settings.insert(path.map(PathBuf::from), Arc::clone(&settings));
        (settings, news)
    }
}

/// Our section of a client's settings, whether it sent it alone or among others, without the editor's own keys.
fn section(mut settings: Value) -> Value {
    if let Some(section) = settings.get_mut("jiaodui") {
        settings = section.take();
    }
    if let Some(keys) = settings.as_object_mut() {
        keys.retain(|key, _| !EDITOR_KEYS.contains(&key.as_str()));
    }
    settings
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn with(settings: Value) -> Configuration {
        Configuration::default().with_client(settings).expect("other settings than none")
    }

    #[test]
    fn a_section_is_known_alone_and_among_others() {
        for settings in [json!({"jiaodui": {"limit": 7}, "other": 1}), json!({"limit": 7, "trace": {}})] {
            let (settings, problems) = with(settings).settings_for(None);
            assert_eq!((settings.limit(), problems), (7, Vec::new()));
        }
    }

    #[test]
    fn the_same_settings_are_no_change() {
        let now = with(json!({"limit": 7}));
        assert!(now.with_client(json!({"limit": 7})).is_none());
    }

    #[test]
    fn a_bad_value_is_told_once_and_the_old_one_stays() {
        let now = with(json!({"limit": 7}));
        assert_eq!(now.settings_for(None).0.limit(), 7);
        let now = now.with_client(json!({"limit": "many"})).expect("another value");
        let (settings, problems) = now.settings_for(None);
        assert_eq!((settings.limit(), problems.len()), (7, 1));
        let (settings, problems) = now.reread().settings_for(None);
        assert_eq!((settings.limit(), problems.len()), (7, 0));
    }
}
