//! What is read in one paragraph, once, for all rules and features.

use std::sync::Arc;

use crate::entity::{self, Mention};
use crate::expression::{self, Expression};
use crate::lexicon::Lexicon;
use crate::page::{Joined, Paragraph, Role};

/// One paragraph, read. Depends on the paragraph's text and the models alone, so that it is kept as long as the
/// paragraph stays as it is, wherever it moves.
#[derive(Clone, Debug)]
pub struct Reading {
    /// What the paragraph says, and the way back to the file.
    pub joined: Arc<Joined>,
    /// What it is on the page.
    pub role: Role,
    /// Its numbers, dates and amounts, in order.
    pub expressions: Vec<Expression>,
    /// Its names, in order, disjoint from the expressions.
    pub mentions: Vec<Mention>,
}

impl Reading {
    /// Reads `paragraph`. O(n).
    pub fn of(paragraph: &Paragraph, lexicon: &Lexicon) -> Reading {
        let joined = Arc::clone(&paragraph.joined);
        let expressions = expression::expressions(&joined.text);
        let mentions = entity::mentions(&joined.text, &expressions, lexicon);
        Reading { joined, role: paragraph.role, expressions, mentions }
    }

    /// The paragraph's text.
    pub fn text(&self) -> &str {
        &self.joined.text
    }
}
