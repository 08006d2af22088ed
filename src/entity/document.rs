//! The names of a whole document: who is meant by which mention, where else it stands, under which other forms.
//!
//! A paragraph is read by itself; what the rest of the document knows is added here. A name that is sure in one place
//! is found in all, its kind is what most of its mentions say, and short forms belong to the name that they are short
//! for. Made on request from the paragraphs' mentions: O(text), about 50 MB/s.

use std::collections::{BTreeMap, HashMap};

use super::alias;
use super::{EntityKind, Mention};
use crate::lexicon::Lexicon;
use crate::page::paragraph::Span;

/// What a paragraph brings: its text, its mentions, and the spans of its expressions, where no name stands.
#[derive(Clone, Copy, Debug)]
pub struct Passage<'a> {
    /// The joined text.
    pub text: &'a str,
    /// Its mentions by itself, in order.
    pub mentions: &'a [Mention],
    /// Its numbers, dates and amounts, in order.
    pub expressions: &'a [Span],
}

/// The names that a user has given, each with its kind; `None` for words that are no names.
pub type Dictionary = BTreeMap<String, Option<EntityKind>>;

/// The names of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    entities: Vec<Entity>,
    /// For each paragraph its mentions in order, each with its entity.
    paragraphs: Vec<Vec<(Mention, usize)>>,
}

/// Who or what is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// What it is.
    pub kind: EntityKind,
    /// Its fullest name.
    pub name: String,
    /// Its other forms on the page, in order of first appearance.
    pub forms: Vec<String>,
    /// The posts that stand beside a person, with the organisation where that stands there too: `市商务局局长`.
    pub posts: Vec<String>,
    /// Where it is mentioned, in order.
    pub occurrences: Vec<Occurrence>,
}

/// One place where a name occurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence {
    /// Index of the paragraph.
    pub paragraph: usize,
    /// Where in its joined text.
    pub span: Span,
}

impl Names {
    /// The names of `passages`, the paragraphs of a document in order. `dictionary` goes before all else.
    pub fn of(passages: &[Passage<'_>], dictionary: &Dictionary, lexicon: &Lexicon) -> Names {
        let known = Known::of(passages, dictionary, lexicon);
        let mut names = Names::default();
        let mut entity_of: HashMap<(EntityKind, String), usize> = HashMap::new();
        for (paragraph, passage) in passages.iter().enumerate() {
            let mentions = known.mentions(passage);
            let mut with_entities = Vec::with_capacity(mentions.len());
            for mention in &mentions {
                let name = mention.name(passage.text).into_owned();
                let full = known.full(&name, mention.kind).to_owned();
                let entity = *entity_of.entry((mention.kind, full.clone())).or_insert_with(|| {
                    names.entities.push(Entity {
                        kind: mention.kind,
                        name: full.clone(),
                        forms: Vec::new(),
                        posts: Vec::new(),
                        occurrences: Vec::new(),
                    });
                    names.entities.len() - 1
                });
                let it = &mut names.entities[entity];
                it.occurrences.push(Occurrence { paragraph, span: mention.span });
                if name != full && !it.forms.contains(&name) {
                    it.forms.push(name);
                }
                with_entities.push((mention.clone(), entity));
            }
            for (person, post) in alias::posts(passage.text, &mentions) {
                let held = &mut names.entities[with_entities[person].1].posts;
                if !held.contains(&post) {
                    held.push(post);
                }
            }
            names.paragraphs.push(with_entities);
        }
        names
    }

    /// All that is named, in order of first appearance.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// The mentions of a paragraph in order, each with the place of its entity in [`Names::entities`].
    pub fn mentions(&self, paragraph: usize) -> &[(Mention, usize)] {
        self.paragraphs.get(paragraph).map_or(&[], Vec::as_slice)
    }

    /// The mention at byte `at` of a paragraph's joined text, and its entity.
    pub fn at(&self, paragraph: usize, at: usize) -> Option<(&Mention, &Entity)> {
        let mentions = self.mentions(paragraph);
        let next = mentions.partition_point(|it| it.0.span.end as usize <= at);
        let (mention, entity) = mentions.get(next).filter(|it| it.0.span.start as usize <= at)?;
        Some((mention, &self.entities[*entity]))
    }
}

impl Entity {
    /// Its fullest name and its other forms.
    pub fn all_forms(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.forms.iter().map(String::as_str))
    }
}

/// What is known of the names of a document before they are looked for everywhere.
struct Known<'a> {
    /// Kind of each name that is looked for everywhere.
    kinds: HashMap<String, EntityKind>,
    /// The names by first character, the longest first.
    by_first: HashMap<char, Vec<String>>,
    /// The kind of a name that is found with several, where one of them outweighs the others.
    settled: HashMap<String, EntityKind>,
    /// The full name of a short form.
    full: HashMap<(EntityKind, String), String>,
    dictionary: &'a Dictionary,
}

impl<'a> Known<'a> {
    fn of(passages: &[Passage<'_>], dictionary: &'a Dictionary, lexicon: &Lexicon) -> Known<'a> {
        let mut counts: HashMap<String, BTreeMap<EntityKind, usize>> = HashMap::new();
        for passage in passages {
            for mention in passage.mentions {
                let name = mention.name(passage.text).into_owned();
                *counts.entry(name).or_default().entry(mention.kind).or_default() += 1;
            }
        }
        let mut known = Known {
            kinds: HashMap::new(),
            by_first: HashMap::new(),
            settled: HashMap::new(),
            full: HashMap::new(),
            dictionary,
        };
        for (name, kinds) in &counts {
            let Some((&kind, &most)) = kinds.iter().max_by_key(|it| *it.1) else { continue };
            let sum: usize = kinds.values().sum();
            if kinds.len() > 1 && 2 * (sum - most) <= most {
                known.settled.insert(name.clone(), kind);
            }
            if sum < 2 * most && is_telling(name, kind, most, lexicon) {
                known.kinds.insert(name.clone(), kind);
            }
        }
        let names: Vec<(&str, EntityKind)> = counts
            .iter()
            .filter_map(|(name, kinds)| Some((name.as_str(), *kinds.iter().max_by_key(|it| *it.1)?.0)))
            .collect();
        for (short, full, kind) in alias::of_names(&names, lexicon) {
            known.full.insert((kind, short), full);
        }
        let mut held: Vec<(String, String)> = Vec::new();
        for passage in passages {
            for (short, full, kind) in alias::introduced(passage.text, passage.mentions) {
                known.kinds.insert(short.clone(), kind);
                known.full.insert((kind, short), full);
            }
            let name = |person: usize| passage.mentions[person].name(passage.text).into_owned();
            let posts = alias::posts(passage.text, passage.mentions);
            held.extend(posts.into_iter().map(|(person, post)| (name(person), post)));
        }
        for (short, full, kind) in alias::with_posts(&names, &held) {
            known.full.entry((kind, short)).or_insert(full);
        }
        for (short, full, kind) in alias::brands(&names, lexicon) {
            known.kinds.entry(short.clone()).or_insert(kind);
            known.full.entry((kind, short)).or_insert(full);
        }
        for (name, kind) in dictionary {
            match kind {
                Some(kind) => known.kinds.insert(name.clone(), *kind),
                None => known.kinds.remove(name),
            };
        }
        for name in known.kinds.keys() {
            if let Some(first) = name.chars().next() {
                known.by_first.entry(first).or_default().push(name.clone());
            }
        }
        for names in known.by_first.values_mut() {
            names.sort_by_key(|it| (std::cmp::Reverse(it.len()), it.clone()));
        }
        known
    }

    /// The full name that `name` is a form of; `name` itself where it is none.
    fn full<'n>(&'n self, name: &'n str, kind: EntityKind) -> &'n str {
        let mut full = name;
        // A short form of a short form; no chain is longer.
        for _ in 0..2 {
            match self.full.get(&(kind, full.to_owned())) {
                Some(next) => full = next,
                None => break,
            }
        }
        full
    }

    /// The mentions of `passage`, in order and disjoint.
    fn mentions(&self, passage: &Passage<'_>) -> Vec<Mention> {
        let mut mentions: Vec<Mention> = passage
            .mentions
            .iter()
            .filter_map(|it| {
                let name = it.name(passage.text);
                let kind = match self.dictionary.get(name.as_ref()) {
                    Some(given) => (*given)?,
                    None => self.settled.get(name.as_ref()).copied().unwrap_or(it.kind),
                };
                Some(Mention { span: it.span, kind })
            })
            .collect();
        let mut more = Vec::new();
        let mut end = 0;
        for (at, first) in passage.text.char_indices().filter(|_| !self.by_first.is_empty()) {
            let Some(names) = self.by_first.get(&first).filter(|_| end <= at) else { continue };
            let rest = &passage.text[at..];
            let Some(name) = names.iter().find(|it| rest.starts_with(it.as_str())) else { continue };
            let (span, kind) = (Span::new(at, at + name.len()), self.kinds[name]);
            if passage.expressions.iter().any(|it| it.start < span.end && span.start < it.end) {
                continue;
            }
            let touched = |it: &&Mention| it.span.start < span.end && span.start < it.span.end;
            let given = self.dictionary.contains_key(name);
            let inside = mentions.iter().filter(touched).all(|it| {
                let within = span.start <= it.span.start && it.span.end <= span.end && it.span != span;
                within && (given || it.kind == kind)
            });
            if inside {
                more.push(Mention { span, kind });
                end = at + name.len();
            }
        }
        if !more.is_empty() {
            mentions.retain(|it| {
                !more.iter().any(|new| it.span.start < new.span.end && new.span.start < it.span.end)
            });
            mentions.extend(more);
            mentions.sort_by_key(|it| it.span.start);
        }
        mentions
    }
}

/// Whether a name is its own proof wherever it stands: long, or no word of the dictionary, and not seen by chance.
fn is_telling(name: &str, kind: EntityKind, times: usize, lexicon: &Lexicon) -> bool {
    let length = name.chars().count();
    let frequency = lexicon.frequency(name);
    let han = name.chars().all(|it| super::person::is_han(it) || it == '·');
    match kind {
        EntityKind::Person => {
            han && (3 <= length && frequency < 40 || 2 == length && 2 <= times && frequency == 0)
        }
        EntityKind::Place => {
            han && (4 <= length
                || 3 == length && frequency < 400
                || 2 == length && 3 <= times && frequency == 0)
        }
        EntityKind::Organization => 5 <= length || 3 <= length && 2 <= times && frequency < 40,
        EntityKind::Work | EntityKind::Post => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of paragraphs, each `text` with the mentions that are given for it.
    fn names(paragraphs: &[(&str, &[(&str, EntityKind)])]) -> Names {
        let mentions: Vec<Vec<Mention>> = paragraphs
            .iter()
            .map(|(text, names)| {
                let at = |name: &str| text.find(name).expect("the name stands in the text");
                let mention = |it: &(&str, EntityKind)| Mention {
                    span: Span::new(at(it.0), at(it.0) + it.0.len()),
                    kind: it.1,
                };
                names.iter().map(mention).collect()
            })
            .collect();
        let passages: Vec<Passage<'_>> = paragraphs
            .iter()
            .zip(&mentions)
            .map(|(it, mentions)| Passage { text: it.0, mentions, expressions: &[] })
            .collect();
        Names::of(&passages, &Dictionary::new(), Lexicon::shared())
    }

    fn found<'a>(names: &Names, paragraph: usize, text: &'a str) -> Vec<&'a str> {
        names.mentions(paragraph).iter().map(|it| &text[it.0.span.range()]).collect()
    }

    use EntityKind::{Organization, Person, Post};

    #[test]
    fn a_name_that_is_sure_once_is_found_everywhere() {
        let second = "这是王晋豫和大家的信念";
        let names = names(&[("记者王晋豫", &[("王晋豫", Person)]), (second, &[])]);
        assert_eq!(found(&names, 1, second), ["王晋豫"]);
        assert_eq!(names.entities()[0].occurrences.len(), 2);
    }

    #[test]
    fn a_common_word_is_not_spread() {
        let second = "完成任务";
        let names = names(&[("记者任务", &[("任务", Person)]), (second, &[])]);
        assert_eq!(found(&names, 1, second), [""; 0]);
    }

    #[test]
    fn a_short_form_in_brackets_belongs_to_its_full_name() {
        let first = "焦作市平光制药股份有限公司（以下简称“平光”）开工";
        let second = "老牌平光，真行";
        let names = names(&[(first, &[("焦作市平光制药股份有限公司", Organization)]), (second, &[])]);
        assert_eq!(found(&names, 1, second), ["平光"]);
        assert_eq!(names.entities()[0].forms, ["平光"]);
    }

    #[test]
    fn a_surname_with_a_post_is_who_holds_the_post() {
        let first = "镇党委书记王涛、村支部书记王国军和王鹏";
        let people = [("书记", Post), ("王涛", Person), ("王国军", Person), ("王鹏", Person)];
        let names = names(&[(first, &people), ("王书记说", &[("王书记", Person)])]);
        let (_, whole) = names.at(1, 0).expect("a person");
        assert_eq!((whole.name.as_str(), &whole.forms[..]), ("王涛", &["王书记".to_owned()][..]));
    }

    #[test]
    fn posts_before_a_person_are_held_by_that_person() {
        let text = "市商务局局长王鹏说";
        let names = names(&[(text, &[("市商务局", Organization), ("局长", Post), ("王鹏", Person)])]);
        let person = names.entities().iter().find(|it| it.kind == Person).expect("a person");
        assert_eq!(person.posts, ["市商务局局长"]);
    }
}
