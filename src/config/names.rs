//! `[dictionary]`: the names and words that the documents use.

use super::layer::Reader;
use super::tree::{Node, Value};
use super::{ProblemKind, nearest};
use crate::entity::EntityKind;
use crate::settings::DICTIONARY;

impl Reader<'_> {
    /// The lists of names and words.
    pub(super) fn read_dictionary(&mut self, node: &Node, key: &str) -> Vec<(String, Option<EntityKind>)> {
        let mut dictionary = Vec::new();
        for (list, node) in self.entries(node, key) {
            let place = format!("{key}.{list}");
            let Some((_, kind, _)) = DICTIONARY.iter().find(|it| it.0 == list) else {
                let nearest = nearest(list, DICTIONARY.iter().map(|it| it.0)).map(str::to_string);
                self.note(node, &place, ProblemKind::UnknownKey(nearest));
                continue;
            };
            for (place, item) in self.items(node, &place) {
                match &item.value {
                    Value::Word(name) if !name.trim().is_empty() => {
                        dictionary.push((name.split_whitespace().collect(), *kind));
                    }
                    _ => self.wrong_type(item, &place, "字符串", "a string"),
                }
            }
        }
        dictionary
    }
}
