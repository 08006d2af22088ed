//! The settings of one document, and the schema they are read by: every key, its kind, default and meaning, once.
//!
//! `config` reads them from `jiaodui.toml` and from editors; the documentation is written from the same tables.

use std::fmt;

use crate::entity::EntityKind;
use crate::entity::document::Dictionary;
use crate::expression::Reference;
use crate::rule::{Rule, Severity};
use crate::rules;

/// A sentence for the reader in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

/// The language that readers are addressed in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Locale {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

impl Locale {
    /// The locale of a language tag as clients and environments write it: `zh-cn`, `en_US.UTF-8`.
    /// Anything that is not English is Chinese, the language of the texts.
    pub fn of_tag(tag: &str) -> Locale {
        let english = tag.get(..2).is_some_and(|it| it.eq_ignore_ascii_case("en"));
        if english { Locale::En } else { Locale::Zh }
    }

    /// The sentence in this language.
    pub fn pick(self, words: Words) -> &'static str {
        match self {
            Locale::Zh => words.zh,
            Locale::En => words.en,
        }
    }

    /// One of two sentences that are put together only when they are wanted.
    pub fn say(self, zh: fmt::Arguments<'_>, en: fmt::Arguments<'_>) -> String {
        match self {
            Locale::Zh => zh.to_string(),
            Locale::En => en.to_string(),
        }
    }
}

/// What an option takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One of these words; the first is the default.
    Choice(&'static [&'static str]),
    /// A whole number between the two, or nothing, which is the default.
    Number(i64, i64),
}

/// One option: its key, what it takes, and what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opt {
    /// Its key in `jiaodui.toml` and in the editors' settings.
    pub key: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// What it does.
    pub doc: Words,
}

/// The value of an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptValue {
    /// One of the words of its [`Kind::Choice`].
    Word(&'static str),
    /// A number of its [`Kind::Number`], if one was given.
    Number(Option<i64>),
}

/// The options that belong to no rule.
pub static GENERAL: &[Opt] = &[
    Opt {
        key: "lines",
        kind: Kind::Choice(&["reflow", "keep"]),
        doc: Words {
            zh: "行的处理。`reflow`：按段落接行；`keep`：逐行誊录，保留每个行尾，不报断词、断数与硬换行，也不提供接行，但人名、日期仍跨行识读。",
            en: "What becomes of line ends. `reflow`: paragraphs are joined. `keep`: for those who transcribe line by line; hard-wrap, split-word and split-number are silent and nothing offers to join, while names and dates are still read through line ends.",
        },
    },
    Opt {
        key: "year",
        kind: Kind::Number(1, 9999),
        doc: Words {
            zh: "文稿的年份，用来推算只写月日的日期。不设则取自文稿本身（文首信息、报头、文中完整日期），都没有就不推算。",
            en: "The document's year, against which a month and day are read. Without it the document's own year is taken (front matter, masthead, a full date in the text); where there is none, dates stay without a year.",
        },
    },
    Opt {
        key: "date-hints",
        kind: Kind::Choice(&["off", "on"]),
        doc: Words {
            zh: "在日期、时间后面显示推算出的公历日期（嵌入提示）：`2 月 12 日` 后面显示 2020-02-12。",
            en: "Whether dates and times are followed by what they mean (inlay hints): `2 月 12 日` by 2020-02-12.",
        },
    },
    Opt {
        key: "limit",
        kind: Kind::Number(1, 1_000_000),
        doc: Words {
            zh: "编辑器里每个文稿最多显示的问题数，最近修改处与重要的在前；不设为 1000。",
            en: "How many findings an editor is shown for a document at most, those around the last edit and then the worst first; 1000 when not set.",
        },
    },
    Opt {
        key: "limit-bytes",
        kind: Kind::Number(1, 4_294_967_295),
        doc: Words {
            zh: "编辑器里的文稿超过这么多字节就不作校对，只留一条说明；不设为 268435456（256 MB）。",
            en: "In an editor a document of more bytes than this is not proofread and carries a note that says so; 268435456 (256 MB) when not set.",
        },
    },
];

/// The lists of `[dictionary]`: the key of each, what its entries are (`None` for words that are no names), and what
/// it is for.
pub static DICTIONARY: &[(&str, Option<EntityKind>, Words)] = &[
    ("people", Some(EntityKind::Person), Words { zh: "人名。", en: "Names of people." }),
    ("places", Some(EntityKind::Place), Words { zh: "地名。", en: "Names of places." }),
    (
        "organisations",
        Some(EntityKind::Organization),
        Words { zh: "机构名。", en: "Names of organisations." },
    ),
    ("words", None, Words { zh: "普通词语，不当作名称。", en: "Words that are no names." }),
];

/// Findings shown for a document when `limit` is not set.
pub const DEFAULT_LIMIT: usize = 1000;

/// The bytes of the longest document that is proofread when `limit-bytes` is not set.
pub const DEFAULT_LIMIT_BYTES: usize = 256 << 20;

/// A finding that a person has accepted: what was printed that way must stay.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ignored {
    /// The rule's code.
    pub rule: String,
    /// The words around it, see [`crate::rule::Finding::words`].
    pub words: String,
}

/// The settings that hold for one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// The language of messages.
    pub locale: Locale,
    /// Severity of each rule, in the order of [`rules::ALL`]; `None` where it is switched off.
    severities: Vec<Option<Severity>>,
    /// Values of [`GENERAL`], then of each rule's options in the order of [`rules::ALL`].
    values: Vec<OptValue>,
    /// Findings that were accepted, sorted.
    ignored: Vec<Ignored>,
    /// The moment the document is read from, where it was given; goes before `year` and what the text says.
    pub reference: Option<Reference>,
    /// Whether all names are asked for in the end, so that a rule that asks for a few has all of them read.
    pub names: bool,
    /// The names and words of `[dictionary]`.
    dictionary: Dictionary,
}

impl Default for Settings {
    fn default() -> Settings {
        let options = GENERAL.iter().chain(rules::ALL.iter().flat_map(|it| it.options));
        Settings {
            locale: Locale::default(),
            severities: rules::ALL.iter().map(|it| it.severity).collect(),
            values: options.map(|it| it.default()).collect(),
            ignored: Vec::new(),
            reference: None,
            names: false,
            dictionary: Dictionary::new(),
        }
    }
}

impl Opt {
    /// The value when nothing is set.
    pub fn default(&self) -> OptValue {
        match self.kind {
            Kind::Choice(words) => OptValue::Word(words[0]),
            Kind::Number(..) => OptValue::Number(None),
        }
    }
}

impl Settings {
    /// The severity of `rule` here; `None` where it is switched off.
    pub fn severity(&self, rule: &Rule) -> Option<Severity> {
        self.severities[rules::index(rule)]
    }

    /// The severity of each rule of [`rules::ALL`], in that order.
    pub fn severities(&self) -> &[Option<Severity>] {
        &self.severities
    }

    /// Sets the severity of `rule`, or switches it off.
    pub fn set_severity(&mut self, rule: &Rule, severity: Option<Severity>) {
        self.severities[rules::index(rule)] = severity;
    }

    /// The value of an option: of `rule`, or a general one. A key that is in no table is the empty word.
    pub fn value(&self, rule: Option<&Rule>, key: &str) -> OptValue {
        value_index(rule, key).map_or(OptValue::Word(""), |it| self.values[it])
    }

    /// Sets an option. Returns whether there is one of that key.
    pub fn set_value(&mut self, rule: Option<&Rule>, key: &str, value: OptValue) -> bool {
        let index = value_index(rule, key);
        if let Some(index) = index {
            self.values[index] = value;
        }
        index.is_some()
    }

    /// The word that a choice is set to.
    pub fn word(&self, rule: Option<&Rule>, key: &str) -> &'static str {
        match self.value(rule, key) {
            OptValue::Word(word) => word,
            OptValue::Number(_) => "",
        }
    }

    /// The number that an option is set to.
    pub fn number(&self, key: &str) -> Option<i64> {
        match self.value(None, key) {
            OptValue::Number(number) => number,
            OptValue::Word(_) => None,
        }
    }

    /// Whether every line end is to stay: `lines = "keep"`.
    pub fn keeps_lines(&self) -> bool {
        self.word(None, "lines") == "keep"
    }

    /// How many findings are shown at most.
    pub fn limit(&self) -> usize {
        self.number("limit").map_or(DEFAULT_LIMIT, |it| it as usize)
    }

    /// The names and words that were given, each with what it is.
    pub fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    /// Gives a name of a kind, or a word that is none.
    pub fn define(&mut self, name: &str, kind: Option<EntityKind>) {
        self.dictionary.insert(name.into(), kind);
    }

    /// The bytes of the longest document that is proofread.
    pub fn limit_bytes(&self) -> usize {
        self.number("limit-bytes").map_or(DEFAULT_LIMIT_BYTES, |it| it as usize)
    }

    /// Accepts a finding.
    pub fn ignore(&mut self, ignored: Ignored) {
        if let Err(place) = self.ignored.binary_search(&ignored) {
            self.ignored.insert(place, ignored);
        }
    }

    /// Whether the finding of `rule` in `words` was accepted.
    pub fn is_ignored(&self, rule: &str, words: &str) -> bool {
        self.ignored.binary_search_by(|it| (it.rule.as_str(), it.words.as_str()).cmp(&(rule, words))).is_ok()
    }
}

/// Index into [`Settings::values`].
fn value_index(rule: Option<&Rule>, key: &str) -> Option<usize> {
    let (before, options) = match rule {
        None => (0, GENERAL),
        Some(rule) => {
            let earlier = &rules::ALL[..rules::index(rule)];
            (GENERAL.len() + earlier.iter().map(|it| it.options.len()).sum::<usize>(), rule.options)
        }
    };
    options.iter().position(|it| it.key == key).map(|it| before + it)
}
