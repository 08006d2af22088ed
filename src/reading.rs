//! What is read in one paragraph, once, for all rules and features.

mod pairing;

use std::sync::Arc;

use crate::entity::{self, Mention};
use crate::expression::{self, Expression};
use crate::lexicon::Lexicon;
use crate::page::{Joined, Paragraph, Role};

pub use pairing::Unpaired;

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
    /// Its quotation marks and brackets without their other half, in order.
    pub unpaired: Vec<Unpaired>,
}

impl Reading {
    /// Reads `paragraph`. O(n).
    pub fn of(paragraph: &Paragraph, lexicon: &Lexicon) -> Reading {
        let joined = Arc::clone(&paragraph.joined);
        let expressions = expression::expressions(&joined.text);
        let mentions = entity::mentions(&joined.text, &expressions, lexicon);
        let unpaired = pairing::unpaired(&joined.text);
        Reading { joined, role: paragraph.role, expressions, mentions, unpaired }
    }

    /// The paragraph's text.
    pub fn text(&self) -> &str {
        &self.joined.text
    }

    /// The expression that stands across byte `at` of the text.
    pub fn expression_across(&self, at: u32) -> Option<&Expression> {
        let next = self.expressions.partition_point(|it| it.span.end <= at);
        self.expressions.get(next).filter(|it| it.span.start < at)
    }

    /// The mention that stands across byte `at` of the text.
    pub fn mention_across(&self, at: u32) -> Option<&Mention> {
        let next = self.mentions.partition_point(|it| it.span.end <= at);
        self.mentions.get(next).filter(|it| it.span.start < at)
    }
}
