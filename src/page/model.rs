//! The learned weights, and the readings of a boundary that they weigh.
//!
//! A reading says more than a [`BoundaryKind`]: which kinds of line it stands between, and, along the whole page,
//! whether headlines stand before or after their bodies. That order is a state which may change at an article's end.

use std::sync::LazyLock;

use wide::i16x8;

use super::bigram::Bigrams;
use super::boundary::BoundaryKind;
use super::features::{MANNERS, SLOTS, Slots};

/// What a line is, as far as the tagger tells lines apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Part {
    /// Running text.
    Text,
    /// Headline, kicker or subhead.
    Title,
    /// A byline on its own line.
    Byline,
    /// A section head.
    Section,
}

/// Where headlines stand in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Order {
    /// Before their bodies.
    Before,
    /// After their bodies.
    After,
}

/// A kind of boundary between two kinds of line.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    /// The kind, blank lines left out of account.
    pub kind: BoundaryKind,
    /// The line before.
    pub left: Part,
    /// The line after.
    pub right: Part,
    /// The order that it asks of the article before, if it does.
    left_order: Option<Order>,
    /// The order that it asks of the article after, if it does.
    right_order: Option<Order>,
}

const fn reading(
    kind: BoundaryKind,
    left: Part,
    right: Part,
    left_order: Option<Order>,
    right_order: Option<Order>,
) -> Reading {
    Reading { kind, left, right, left_order, right_order }
}

/// Kinds of boundary that readings tell apart.
pub const KINDS: usize = 4;

/// The kind of a boundary as a small number: join, paragraph, heading, article.
pub const fn kind(kind: BoundaryKind) -> usize {
    match kind {
        BoundaryKind::Join | BoundaryKind::BlankJoin => 0,
        BoundaryKind::Paragraph | BoundaryKind::End => 1,
        BoundaryKind::Heading => 2,
        BoundaryKind::Article => 3,
    }
}

/// Number of readings.
pub const N: usize = 18;

/// All readings.
pub const READINGS: [Reading; N] = {
    use BoundaryKind::{Article, Heading, Join, Paragraph};
    use Order::{After, Before};
    use Part::{Byline, Section, Text, Title};
    [
        reading(Join, Text, Text, None, None),
        reading(Join, Title, Title, None, None),
        reading(Join, Section, Section, None, None),
        reading(Join, Byline, Byline, None, None),
        reading(Paragraph, Text, Text, None, None),
        reading(Heading, Title, Title, None, None),
        reading(Heading, Title, Text, Some(Before), Some(Before)),
        reading(Heading, Title, Byline, Some(Before), Some(Before)),
        reading(Heading, Byline, Text, None, None),
        reading(Heading, Text, Section, None, None),
        reading(Heading, Section, Text, None, None),
        reading(Heading, Text, Title, Some(After), Some(After)),
        reading(Article, Title, Text, Some(After), None),
        reading(Article, Title, Byline, Some(After), None),
        reading(Article, Text, Title, None, Some(Before)),
        reading(Article, Text, Text, None, None),
        reading(Article, Text, Byline, None, None),
        reading(Article, Title, Title, Some(After), Some(Before)),
    ]
};

/// The order in which states stand, by the line before: twelve, four, four and eleven of them.
const LEFTS: [Part; 4] = [Part::Text, Part::Byline, Part::Section, Part::Title];

/// A reading together with the order of the article after it.
#[derive(Clone, Copy, Debug)]
pub struct State {
    /// Index into [`READINGS`].
    pub reading: usize,
    /// Order of the article that the line after the boundary belongs to.
    pub order: Order,
}

/// Which state may follow which.
pub struct Grammar {
    /// All states.
    pub states: Vec<State>,
    /// For each state its successors, and whether the order changes on the way.
    pub next: Vec<Vec<(usize, bool)>>,
}

/// The grammar of pages. States before which the same kind of line stands lie side by side, in fours: a step leads to one
/// kind of line, so that a row of states is gone over in parts ([`super::steps`]).
pub static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    let mut states = Vec::new();
    for (at, reading) in READINGS.iter().enumerate() {
        for order in [Order::Before, Order::After] {
            if reading.right_order.is_none_or(|it| it == order) {
                states.push(State { reading: at, order });
            }
        }
    }
    states.sort_by_key(|it| LEFTS.iter().position(|left| *left == READINGS[it.reading].left));
    let next = states
        .iter()
        .map(|from| {
            let follows = |to: &State| {
                let (a, b) = (&READINGS[from.reading], &READINGS[to.reading]);
                let article = b.kind == BoundaryKind::Article;
                a.right == b.left
                    && b.left_order.is_none_or(|it| it == from.order)
                    && (article || from.order == to.order)
            };
            let all = states.iter().enumerate().filter(|it| follows(it.1));
            all.map(|(at, to)| (at, to.order != from.order)).collect()
        })
        .collect();
    Grammar { states, next }
});

/// Weights of one slot.
pub type Row = [f32; N];

/// The same in steps of the model's.
pub type Steps = [i16; N];

/// What has been learned.
#[derive(Clone, Debug)]
pub struct Model {
    /// For each slot the place of its row in `rows`, 0 for none.
    index: Vec<u16>,
    /// Weights in steps of `scale`, in a byte each where they are kept, wider and padded for the machine's sake; the first
    /// row is all zero.
    rows: Vec<Sums>,
    scale: f32,
    /// For each reading, the weight of the one after it.
    pub next: [Row; N],
    /// Weight of a page's first boundary.
    pub first: Row,
    /// Weight of a page's last boundary, by state.
    pub last: Vec<f32>,
    /// Weight of a change of order.
    pub turn: f32,
    /// Log-odds of the tagger beside the log-odds found on pages held out, for each manner of a page and each kind of
    /// boundary.
    pub calibration: [[Vec<(f32, f32)>; KINDS]; MANNERS],
}

impl Default for Model {
    fn default() -> Model {
        Model {
            index: vec![0; SLOTS],
            rows: vec![Sums::default()],
            scale: 1.0,
            next: [[0.0; N]; N],
            first: [0.0; N],
            last: vec![0.0; GRAMMAR.states.len()],
            turn: 0.0,
            calibration: Default::default(),
        }
    }
}

/// Weights are kept in steps of this share of the largest one.
const STEPS: f32 = 127.0;

/// A row as it is kept and added up: numbers for all readings, in eights.
type Sums = [i16x8; N.div_ceil(8)];

impl Model {
    /// The model that is compiled in.
    pub fn shared() -> &'static Model {
        static MODEL: LazyLock<Model> = LazyLock::new(|| Model::from_bytes(include_bytes!("model.bin")));
        &MODEL
    }

    /// The table of character pairs that is compiled in.
    pub fn bigrams() -> &'static Bigrams {
        static BIGRAMS: LazyLock<Bigrams> =
            LazyLock::new(|| Bigrams::from_bytes(include_bytes!("bigrams.bin")));
        &BIGRAMS
    }

    /// Replaces the weights by `rows`, slot by slot, rounded to 255 steps. Rows that round to nothing are left out.
    pub fn set_rows(&mut self, rows: &[(usize, Row)]) {
        let largest = rows.iter().flat_map(|it| it.1).fold(1e-6f32, |most, it| most.max(it.abs()));
        self.scale = largest / STEPS;
        let scale = self.scale;
        self.keep(rows.iter().map(|(slot, row)| (*slot, row.map(|it| (it / scale).round() as i8))));
    }

    fn keep(&mut self, rows: impl Iterator<Item = (usize, [i8; N])>) {
        self.index = vec![0; SLOTS];
        self.rows = vec![Sums::default()];
        for (slot, row) in rows {
            if self.rows.len() <= usize::from(u16::MAX) && row != [0; N] {
                self.index[slot] = self.rows.len() as u16;
                let weight = |reading: usize| row.get(reading).copied().map_or(0, i16::from);
                let eight = |from: usize| i16x8::new(std::array::from_fn(|it| weight(8 * from + it)));
                self.rows.push(std::array::from_fn(eight));
            }
        }
    }

    /// What a step is, in nats.
    pub fn scale(&self) -> f32 {
        self.scale
    }

    /// The weights of `slots` (fewer than 250) added to `sums`.
    fn added(&self, slots: &[u32], mut sums: Sums) -> Sums {
        for slot in slots {
            let row = &self.rows[usize::from(self.index[*slot as usize])];
            sums.iter_mut().zip(row).for_each(|it| *it.0 += *it.1);
        }
        sums
    }

    /// The sum of the weights of `slots` (fewer than 250).
    pub fn sum(&self, slots: &[u32]) -> Row {
        let sums = self.added(slots, Sums::default());
        numbers(&sums).map(|it| f32::from(it) * self.scale)
    }

    /// The scores of one boundary after a join and after a break, in steps.
    pub fn steps(&self, slots: &Slots) -> [Steps; 2] {
        let any = self.added(&slots.any, Sums::default());
        [0, 1].map(|it| numbers(&self.added(&slots.after[it], any)))
    }

    /// The scores of one boundary after a join and after a break.
    pub fn scores(&self, slots: &Slots) -> [Row; 2] {
        self.steps(slots).map(|row| row.map(|it| f32::from(it) * self.scale))
    }

    /// The share of decisions at posterior `p` that were right on pages held out; `manner` and `kind` (of [`kind`]) say
    /// which decisions.
    pub fn calibrated(&self, manner: u8, kind: usize, p: f32) -> f32 {
        let knots = &self.calibration[usize::from(manner) % MANNERS][kind];
        let x = (p.clamp(1e-6, 1.0 - 1e-6) / (1.0 - p.clamp(1e-6, 1.0 - 1e-6))).ln();
        let y = match knots.partition_point(|it| it.0 <= x) {
            _ if knots.is_empty() => x,
            0 => knots[0].1 + (x - knots[0].0),
            at if at == knots.len() => knots[at - 1].1,
            at => {
                let ((x0, y0), (x1, y1)) = (knots[at - 1], knots[at]);
                y0 + (y1 - y0) * (x - x0) / (x1 - x0).max(1e-3)
            }
        };
        1.0 / (1.0 + (-y).exp())
    }

    /// Reads what [`Model::to_bytes`] wrote; a model that knows nothing for anything else.
    pub fn from_bytes(bytes: &[u8]) -> Model {
        Model::parse(bytes).unwrap_or_default()
    }

    fn parse(bytes: &[u8]) -> Option<Model> {
        let mut input = Input(bytes);
        let mut model = Model { scale: input.float()?, ..Model::default() };
        let n = usize::from(input.short()?);
        let mut rows = Vec::with_capacity(n);
        for _ in 0..n {
            let slot = input.take().map(u32::from_le_bytes)? as usize;
            rows.push((slot % SLOTS, input.take::<N>()?.map(|it| it as i8)));
        }
        model.keep(rows.into_iter());
        for weight in model.next.iter_mut().flatten().chain(&mut model.first).chain(&mut model.last) {
            *weight = input.float()?;
        }
        model.turn = input.float()?;
        for knots in model.calibration.iter_mut().flatten() {
            for _ in 0..input.short()? {
                knots.push((input.float()?, input.float()?));
            }
        }
        Some(model)
    }

    /// The model as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.scale.to_le_bytes().to_vec();
        let kept: Vec<usize> = (0..SLOTS).filter(|it| self.index[*it] > 0).collect();
        bytes.extend((kept.len() as u16).to_le_bytes());
        for slot in kept {
            bytes.extend((slot as u32).to_le_bytes());
            bytes.extend(numbers(&self.rows[usize::from(self.index[slot])]).map(|it| it as u8));
        }
        for weight in self.next.iter().flatten().chain(&self.first).chain(&self.last).chain([&self.turn]) {
            bytes.extend(weight.to_le_bytes());
        }
        for knots in self.calibration.iter().flatten() {
            bytes.extend((knots.len() as u16).to_le_bytes());
            for (x, y) in knots {
                bytes.extend(x.to_le_bytes());
                bytes.extend(y.to_le_bytes());
            }
        }
        bytes
    }
}

/// The numbers of all readings.
fn numbers(sums: &Sums) -> Steps {
    std::array::from_fn(|it| sums[it / 8].as_array()[it % 8])
}

struct Input<'a>(&'a [u8]);

impl Input<'_> {
    fn take<const LEN: usize>(&mut self) -> Option<[u8; LEN]> {
        let (it, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*it)
    }

    fn short(&mut self) -> Option<u16> {
        self.take().map(u16::from_le_bytes)
    }

    fn float(&mut self) -> Option<f32> {
        self.take().map(f32::from_le_bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_model_survives_its_file() {
        let mut model = Model::default();
        let mut row = [0.0; N];
        (row[0], row[4]) = (2.0, -1.0);
        model.set_rows(&[(7, row)]);
        model.turn = -3.0;
        model.calibration[1][0] = vec![(0.0, 0.5)];
        let again = Model::from_bytes(&model.to_bytes());
        assert!((again.sum(&[7])[4] + 1.0).abs() < 0.02);
        assert_eq!((again.turn, again.calibration[1][0].len()), (-3.0, 1));
    }

    #[test]
    fn a_headline_after_its_body_ends_the_article() {
        let grammar = &*GRAMMAR;
        let find = |kind, left, right, order| {
            grammar.states.iter().position(|it| {
                let reading = READINGS[it.reading];
                (reading.kind, reading.left, reading.right, it.order) == (kind, left, right, order)
            })
        };
        let to_title = find(BoundaryKind::Heading, Part::Text, Part::Title, Order::After).unwrap();
        let next: Vec<BoundaryKind> =
            grammar.next[to_title].iter().map(|it| READINGS[grammar.states[it.0].reading].kind).collect();
        assert!(next.contains(&BoundaryKind::Article));
        let ends_in_body = |it: &(usize, bool)| {
            let reading = READINGS[grammar.states[it.0].reading];
            reading.kind == BoundaryKind::Heading && reading.right == Part::Text
        };
        assert!(!grammar.next[to_title].iter().any(ends_in_body));
    }
}
