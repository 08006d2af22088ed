//! All lines of a page side by side, with what each one says about its neighbours: the ground that the features of
//! a boundary stand on. Everything here reaches a bounded number of lines.

use super::alone::{self, Alone};
use super::column::{self, Measure};
use super::face::Shape;
use super::line::Line;
use super::mark::{self, End, Start};
use super::surroundings;

/// One line, looked at for what it tells of boundaries.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    pub(crate) measure: Measure,
    /// How wide the text before the line end was printed, in ideographs: a line that starts with a closing mark was
    /// printed in one with what stands before it, as far as the column has room.
    pub(crate) set: f32,
    pub(crate) end: End,
    pub(crate) start: Start,
    pub(crate) shape: Shape,
    /// Lines between the blank lines around it, at most 5; and whether it is the first or last of them.
    pub(crate) block: u8,
    pub(crate) first: bool,
    pub(crate) last: bool,
    /// Open quotation marks and brackets at its end.
    pub(crate) depth: u8,
    /// Columns nearby drop a first-line indent: 0 unknown, 1 no, 2 yes.
    pub(crate) indents: u8,
    /// Of the paragraphs nearby that end in a short line, the share with a blank line after: 0 there are none, 1 none
    /// has one, 2 a few, 3 most, 4 all.
    pub(crate) parted: u8,
    /// Of nine lines around, how many hold no mark at all: few in a column, most in a list or a song.
    pub(crate) bare: u8,
    /// Of the boundaries nearby, the share with a blank line, in fifths of steps: 0 none … 4 nearly all.
    pub(crate) blanks: u8,
    /// Of five lines around, how many end in punctuation.
    pub(crate) marked: u8,
    /// Of nine lines around, how many end in punctuation: nearly all of verse.
    pub(crate) cadence: u8,
    /// Whether all of them do, and they are six or more: no column does that.
    pub(crate) verse: bool,
    /// Of nine lines around, how many start with a label: `老李：`, `问：`, `联系电话：`.
    pub(crate) labels: u8,
    /// Of nine lines around, how many are about as wide as the column.
    pub(crate) full: u8,
    /// Of nine lines around, how many are far wider than the column, as unbroken paragraphs are.
    pub(crate) wide: u8,
    /// Of nine lines around, how many are wider than any column of Chinese: unbroken paragraphs.
    pub(crate) broad: u8,
    /// Of nine lines around, how many end short of the column and without a stop: few in a column, many in a list.
    pub(crate) ragged: u8,
    /// Of the lines of its block that are not its last, five at most on either side, how many fill the column: 0 there
    /// are none, 1 no one, 2 less than half, 3 most, 4 all.
    pub(crate) solid: u8,
    /// First-line indents nearby: 0 none, 1 one or two, 2 some lines have them, 3 nearly all.
    pub(crate) kept: u8,
    /// What it is as a whole.
    pub(crate) alone: Alone,
}

impl Look {
    /// Room that the column left after the line, without an indent.
    pub(super) fn room(&self) -> f32 {
        self.measure.column - self.set
    }
}

/// The page as features see it.
pub(crate) struct Sheet<'a> {
    /// The lines.
    pub(crate) lines: &'a [Line],
    /// Squashed characters of each line.
    pub(crate) chars: Vec<&'a [char]>,
    /// What each line looks like.
    pub(crate) looks: Vec<Look>,
}

/// Lines of a page as one run of characters, which [`Sheet`] borrows.
pub(crate) struct Chars {
    all: Vec<char>,
    ends: Vec<usize>,
}

impl Chars {
    /// The squashed characters of `lines`.
    pub(crate) fn of(lines: &[Line]) -> Chars {
        let mut all = Vec::with_capacity(lines.iter().map(|it| it.squashed.len() / 3 + 1).sum());
        let ends = lines
            .iter()
            .map(|it| {
                all.extend(it.squashed.chars());
                all.len()
            })
            .collect();
        Chars { all, ends }
    }

    fn slices(&self) -> Vec<&[char]> {
        let mut start = 0;
        self.ends
            .iter()
            .map(|&end| {
                let slice = &self.all[start..end];
                start = end;
                slice
            })
            .collect()
    }
}

/// No column is wider, in ideographs.
const LONGEST: f32 = 110.0;
/// A line that is wider, in ideographs, is no part of a headline.
const PARAGRAPH: f32 = 40.0;
/// Full lines, of nine around, that make a column.
const COLUMN: u8 = 3;
/// Lines that start with a closing mark and were printed in one with the line before them, one after the other.
const PIECES: u32 = 4;
/// Lines before a line over which quotation marks are counted.
const QUOTATION: usize = 24;

impl<'a> Sheet<'a> {
    /// Looks at all lines. O(n).
    pub(crate) fn of(lines: &'a [Line], chars: &'a Chars) -> Sheet<'a> {
        let chars = chars.slices();
        let measures = column::measures(lines);
        let n = lines.len();
        let mut looks: Vec<Look> = (0..n)
            .map(|at| Look {
                measure: measures[at],
                set: lines[at].width,
                end: lines[at].face.end,
                start: lines[at].face.start,
                shape: lines[at].face.shape,
                block: 0,
                first: at == 0 || lines[at - 1].blanks_after > 0,
                last: at + 1 == n || lines[at].blanks_after > 0,
                depth: 0,
                indents: 0,
                parted: 0,
                bare: 0,
                blanks: 0,
                marked: 0,
                cadence: 0,
                verse: false,
                labels: 0,
                full: 0,
                wide: 0,
                broad: 0,
                ragged: 0,
                solid: 0,
                kept: 0,
                alone: lines[at].face.alone,
            })
            .collect();
        let mut start = 0;
        for at in 0..n {
            if looks[at].last {
                let size = (at + 1 - start).min(5) as u8;
                looks[start..=at].iter_mut().for_each(|it| it.block = size);
                start = at + 1;
            }
        }
        depths(lines, &mut looks);
        let mut pieces = 0;
        for at in 1..n {
            let both = looks[at - 1].set + lines[at].width;
            let goes_on = looks[at].start == Start::Kinsoku && both <= looks[at].measure.column + 1.25;
            pieces = if goes_on && pieces < PIECES { pieces + 1 } else { 0 };
            if pieces > 0 {
                looks[at].set = both;
            }
        }
        surroundings::note(lines, &mut looks);
        Sheet { lines, chars, looks }
    }

    /// What the boundary after line `k` is for certain: true a break, false a join.
    pub(crate) fn certain(&self, k: usize) -> Option<bool> {
        if self.is_certain_break(k) { Some(true) } else { self.is_certain_join(k).then_some(false) }
    }

    /// Whether no column can have cut the text after line `k`: between rows of a table, between lines of one character
    /// (vertical text), beside page furniture and picture credits, beside a line wider than any column
    /// (where a column stands before it, that line may go on the column's last one), between lines of verse, where lines
    /// stand apart.
    fn is_certain_break(&self, k: usize) -> bool {
        let (a, b) = (&self.lines[k], &self.lines[k + 1]);
        a.gaps >= 2 && b.gaps >= 2
            || self.is_vertical(k)
            || a.stands_alone()
            || b.stands_alone()
            || a.width > LONGEST
            || b.width > LONGEST && self.looks[k].full < COLUMN
            || self.looks[k].verse
            || self.looks[k + 1].verse
            || self.stands_apart(k)
            || self.is_listed(k)
            || self.is_among_paragraphs(k)
    }

    /// Whether lines `k` and `k + 1` are one character each; two marks are what an extractor set apart.
    fn is_vertical(&self, k: usize) -> bool {
        let one = |at: usize| self.chars[at].len() == 1;
        one(k) && one(k + 1) && !(mark::no_start(self.chars[k][0]) && mark::no_start(self.chars[k + 1][0]))
    }

    /// Whether after line `k` and a blank line an unbroken paragraph starts among others: there is no column to go on in.
    /// A headline that a blank line splits goes on in a shorter line.
    fn is_among_paragraphs(&self, k: usize) -> bool {
        let (a, b) = (&self.looks[k], &self.looks[k + 1]);
        let paragraph = self.lines[k].blanks_after > 0 && self.lines[k + 1].width > PARAGRAPH;
        paragraph && a.broad.max(b.broad) >= 3 && a.full.max(b.full) < COLUMN
    }

    /// Whether the next unit would have fit after line `k`, an indent granted, and one of the two lines is a date, a
    /// time of a programme, a chapter's number, a page's, a row of a table or words that close a letter.
    fn stands_apart(&self, k: usize) -> bool {
        const CLOSINGS: [&str; 6] = ["此致", "敬礼！", "敬礼", "顺颂", "编安", "谢谢大家！"];
        let alone = |at: usize| {
            let line = &self.lines[at];
            matches!(self.looks[at].alone, Alone::Date | Alone::Number | Alone::Hour)
                || self.looks[at].alone == Alone::Chapter && line.squashed.starts_with('第')
                || CLOSINGS.contains(&&*line.squashed)
                || line.gaps >= 2 && line.squashed.bytes().any(|it| it.is_ascii_digit())
        };
        let fits = self.room(k) - self.looks[k + 1].measure.cluster >= 3.0;
        fits && !self.chars[k + 1].first().is_some_and(|it| mark::no_start(*it)) && (alone(k) || alone(k + 1))
    }

    /// Whether lines `k` and `k + 1` are both lines of a table of contents (`第一章 概述……5`), both results of games, or
    /// both lines of quoted mail (`> …`), of which the sign would stay in the text, or one of them is a time as subtitles
    /// have it.
    fn is_listed(&self, k: usize) -> bool {
        let quoted = |at: usize| self.chars[at].first() == Some(&'>');
        let led = |at: usize| alone::is_led(self.chars[at]);
        let scored = |at: usize| self.looks[at].alone == Alone::Score;
        let both = |it: &dyn Fn(usize) -> bool| it(k) && it(k + 1);
        let stamped = |at: usize| self.looks[at].alone == Alone::Stamp;
        both(&quoted) || both(&led) || both(&scored) || stamped(k) || stamped(k + 1)
    }

    /// Whether line `k + 1` starts with a mark that ends something: it goes on what stands before it, whatever the two
    /// look like.
    fn is_certain_join(&self, k: usize) -> bool {
        let first = self.chars[k + 1].first();
        first.is_some_and(|it| {
            matches!(
                it,
                '，' | '。' | '、' | '；' | '：' | '！' | '？' | '）' | '》' | '”' | '」' | '』' | '】'
            )
        })
    }

    /// What kind of place the boundary after line `k` is, by which confidence is calibrated: 0 in a column, 4 in one with a
    /// blank line, 8 where a few lines do not fill it, 12 where there is none; 1 more where a sentence ends, 2 more where
    /// a heading may follow it, 3 more after what may be a heading.
    pub(crate) fn manner(&self, k: usize) -> u8 {
        let (a, b) = (&self.looks[k], &self.looks[k + 1]);
        let ragged = a.ragged.max(b.ragged);
        let kind = match ragged {
            3.. => 3,
            2 => 2,
            _ if a.full < COLUMN => 2,
            _ if self.lines[k].blanks_after > 0 => 1,
            _ => 0,
        };
        let place = match (a.end.is_stop(), a.shape > Shape::Text, b.shape > Shape::Text) {
            (true, _, false) => 1,
            (true, _, true) => 2,
            (false, true, _) => 3,
            _ => 0,
        };
        4 * kind + place
    }

    /// Room that the column left after line `at`, without an indent; below 0 for a line wider than the column.
    pub(crate) fn room(&self, at: usize) -> f32 {
        self.looks[at].room()
    }
}

/// Counts open quotation marks over a bounded stretch; they are forgotten where a sentence and a block end together,
/// and where a sentence ends in a short line.
fn depths(lines: &[Line], looks: &mut [Look]) {
    let delta = |at: usize, depth: i8| lines[at].face.depth_after(depth);
    let resets: Vec<bool> = (0..lines.len())
        .map(|at| {
            let short = looks[at].measure.column - lines[at].width > 4.0;
            looks[at].end.is_stop() && (lines[at].blanks_after > 0 || short)
        })
        .collect();
    // The last place within reach where nothing is open for certain, so that the count depends on no more than that.
    let mut since = 0;
    for at in 0..lines.len() {
        if at > 0 && resets[at - 1] {
            since = at;
        }
        let from = since.max((at + 1).saturating_sub(QUOTATION));
        looks[at].depth = if from == since && at > since && since + QUOTATION > at {
            delta(at, looks[at - 1].depth as i8) as u8
        } else {
            (from..=at).fold(0, |depth, it| delta(it, depth)) as u8
        };
    }
}
