//! Entities: what must be learned or listed — people, places, organisations, works, posts.

use crate::expression::Expression;
use crate::lexicon::Lexicon;
use crate::page::paragraph::Span;

/// One occurrence of an entity in a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where it stands in the joined text.
    pub span: Span,
    /// What it is.
    pub kind: EntityKind,
}

/// Kinds of entity, in the words of the annotation record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntityKind {
    /// 人.
    Person,
    /// 地.
    Place,
    /// 机构.
    Organization,
    /// 作品: 《…》.
    Work,
    /// 职务.
    Post,
}

/// The mentions in `text`, in order, disjoint from one another and from `expressions`. O(n).
pub fn mentions(text: &str, expressions: &[Expression], lexicon: &Lexicon) -> Vec<Mention> {
    let _ = (text, expressions, lexicon);
    Vec::new()
}
