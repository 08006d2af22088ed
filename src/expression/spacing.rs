//! Spacing beside numbers: the places where a digit meets a Han character, and the document's habit there.

/// The spacing that a document keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Style;
