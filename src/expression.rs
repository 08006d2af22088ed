//! Expressions: what a grammar can read in Chinese news prose — numbers, dates, times, quantities, money — and
//! their values. Read on joined text, so that nothing is lost at a line end.

pub mod spacing;

use crate::page::paragraph::Span;

/// One expression of a paragraph.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// Where it stands in the joined text.
    pub span: Span,
    /// What it is.
    pub kind: ExpressionKind,
}

/// Kinds of expression, in the words of the annotation record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ExpressionKind {
    /// `2 月 12 日`, `1月27日（农历正月初三）`.
    Date,
    /// `17 时许`.
    Time,
    /// `3年来`, `两天`.
    Duration,
    /// `1300`.
    Number,
    /// `第三批`.
    Ordinal,
    /// `3.5%`.
    Percent,
    /// `2.8万余袋`.
    Quantity,
    /// `200多万元`.
    Money,
}

/// The expressions of `text`, in order, disjoint. O(n).
pub fn expressions(text: &str) -> Vec<Expression> {
    let _ = text;
    Vec::new()
}
