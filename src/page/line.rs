//! One physical line: what it holds, how wide it was set, what it looks like.

use std::ops::Range;

/// A line of the file that holds text.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// 0-based line number in the file.
    pub number: usize,
    /// Bytes of the file from its first to past its last character that is not white space.
    pub span: Range<usize>,
    /// Blank lines that follow, before the next line with text or the end of the file.
    pub blanks_after: usize,
    /// The line without white space, radical code points folded to the unified ideographs.
    pub squashed: String,
    /// Width in ideographs: an ideograph or a full-width mark 1, ASCII ½, a space beside a digit ¼, other spaces 0.
    pub width: f32,
    /// What the line is on the page.
    pub role: Role,
    /// Whether justification spread the line into letter-spaced characters: `区 是 疫 情`.
    pub letter_spaced: bool,
}

/// What a line, and the paragraph made of it, is on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Role {
    /// Running text 正文.
    #[default]
    Body,
    /// Headline 标题.
    Headline,
    /// Kicker 引题, above the headline.
    Kicker,
    /// Subhead 副题, below the headline.
    Subhead,
    /// Byline 署名 on a line of its own: `本报记者 原文钊`.
    Byline,
    /// Section head 小标题 inside an article: `“我上”`.
    Section,
    /// The first line of a continuation 转版: `（上接第一版）…`.
    Continuation,
}

impl Role {
    /// The word of the annotation record.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Body => "body",
            Role::Headline => "headline",
            Role::Kicker => "kicker",
            Role::Subhead => "subhead",
            Role::Byline => "byline",
            Role::Section => "section",
            Role::Continuation => "continuation",
        }
    }

    /// Whether this is running text, as opposed to display lines that keep their own line ends.
    pub fn is_body(self) -> bool {
        matches!(self, Role::Body | Role::Continuation)
    }
}
