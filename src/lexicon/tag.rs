//! What kind of word a word is, in the tags of jieba's dictionary (those of the ICTCLAS tag set).

/// The tag of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tag(u8);

/// The names of the tags. A packed word list names a tag by its place here: add at the end only.
const TAGS: [&str; 58] = [
    "a", "ad", "ag", "an", "b", "c", "d", "df", "dg", "e", "f", "g", "h", "i", "j", "k", "l", "m", "mg",
    "mq", "n", "ng", "nr", "nrfg", "nrt", "ns", "nt", "nz", "o", "p", "q", "r", "rg", "rr", "rz", "s", "t",
    "tg", "u", "ud", "ug", "uj", "ul", "uv", "uz", "v", "vd", "vg", "vi", "vn", "vq", "x", "y", "z", "zg",
    "PER", "LOC", "FRN",
];

impl Tag {
    /// Letters and digits, characters without an entry, marks.
    pub const OTHER: Tag = tag("x");
    /// Numerals, in Han characters or digits.
    pub const NUMERAL: Tag = tag("m");

    /// A person's name that is put together, not looked up ([`super::Lexicon::segment_with`]).
    pub const PERSON: Tag = tag("PER");
    /// A place from a gazetteer ([`super::Lexicon::segment_with`]).
    pub const PLACE: Tag = tag("LOC");

    /// A foreign name in Han characters ([`super::Lexicon::segment_with`]).
    pub const FOREIGN: Tag = tag("FRN");

    /// The tag of that name: `nr`, `v`, …
    pub fn named(name: &str) -> Option<Tag> {
        TAGS.iter().position(|it| *it == name).map(|it| Tag(it as u8))
    }

    /// The tag at `index` in a packed list; [`Tag::OTHER`] when there is none.
    pub(super) fn at(index: u32) -> Tag {
        if (index as usize) < TAGS.len() { Tag(index as u8) } else { Tag::OTHER }
    }

    /// Its place in a packed list, below 64.
    pub fn index(self) -> u8 {
        self.0
    }

    /// Its name: `nr` a person, `ns` a place, `nt` an organisation, `n` a noun, `v` a verb, …
    pub fn name(self) -> &'static str {
        TAGS[usize::from(self.0)]
    }
}

/// A set of tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tags(u64);

impl Tags {
    /// The tags of those names.
    pub const fn of(names: &[&str]) -> Tags {
        let (mut tags, mut index) = (0, 0);
        while index < names.len() {
            tags |= 1 << tag(names[index]).0;
            index += 1;
        }
        Tags(tags)
    }

    /// Whether `tag` is in the set.
    pub const fn contains(self, tag: Tag) -> bool {
        self.0 >> tag.0 & 1 == 1
    }
}

/// The tag of that name, for constants.
const fn tag(name: &str) -> Tag {
    let mut index = 0;
    while index < TAGS.len() {
        let (it, name) = (TAGS[index].as_bytes(), name.as_bytes());
        if it.len() == name.len()
            && it[0] == name[0]
            && (it.len() == 1 || it[1] == name[1])
            && (it.len() == 1 || it[it.len() - 1] == name[name.len() - 1])
        {
            return Tag(index as u8);
        }
        index += 1;
    }
    panic!("no such tag")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_known_by_its_name() {
        for name in TAGS {
            assert_eq!(Tag::named(name).map(Tag::name), Some(name));
        }
        assert_eq!(Tag::named("?"), None);
        let verbs = Tags::of(&["v", "vn"]);
        assert_eq!(TAGS.map(|it| verbs.contains(tag(it))), TAGS.map(|it| matches!(it, "v" | "vn")));
        assert_eq!((Tag::OTHER.name(), Tag::NUMERAL.name()), ("x", "m"));
    }
}
