//! What speaks for and against each reading of a boundary, as slots of the model's weight table.
//!
//! A feature is a template's number and a small value, hashed to a slot. A boundary's features reach two lines to
//! either side, the column width six, the page's habits forty, a headline's words forty.

use super::bigram::Bigrams;
use super::face::Shape;
use super::line::Line;
use super::mark::{self, End, Start};
use super::overlap::Overlap;
use super::sheet::{Chars, Sheet};
use crate::lexicon::Lexicon;

/// Number of slots that features are hashed to.
pub const SLOTS: usize = 1 << 17;

/// The slots of one boundary.
#[derive(Clone, Debug, Default)]
pub struct Slots {
    /// What holds whatever stood before.
    pub any: Vec<u32>,
    /// What holds when the line before the boundary goes on a paragraph, and when it starts one (its first line may
    /// have lost an indent).
    pub after: [Vec<u32>; 2],
    /// The manner of the page there, by which confidence is calibrated; below [`MANNERS`].
    pub manner: u8,
    /// What the boundary is for certain, whatever else is seen there: true a break, false a join.
    pub certain: Option<bool>,
}

/// What a reading loses that cannot be, in nats.
pub const CERTAIN: f32 = 40.0;

/// Manners of a page.
pub const MANNERS: usize = 16;

impl Slots {
    fn clear(&mut self) {
        self.any.clear();
        self.after.iter_mut().for_each(Vec::clear);
    }
}

/// The slots of all boundaries of `lines`, for training.
pub fn slots(lines: &[Line], lexicon: &Lexicon, bigrams: &Bigrams) -> Vec<Slots> {
    let chars = Chars::of(lines);
    let sheet = Sheet::of(lines, &chars);
    let overlap = Overlap::of(&sheet, 0..lines.len(), |_| None);
    let reader = Reader::new(&sheet, lexicon, bigrams, &overlap);
    let mut all = vec![Slots::default(); lines.len().saturating_sub(1)];
    all.iter_mut().enumerate().for_each(|(k, it)| reader.read(k, it));
    all
}

/// The slot of value `value` of template `template`.
fn slot(template: u32, value: u32) -> u32 {
    let mut it = value.wrapping_mul(0x9E37_79B1) ^ template.wrapping_mul(0x27D4_EB2F);
    it ^= it >> 15;
    it = it.wrapping_mul(0x85EB_CA77).wrapping_add(template);
    it ^= it >> 13;
    it = it.wrapping_mul(0xC2B2_AE3D);
    (it ^ it >> 16) & (SLOTS as u32 - 1)
}

/// Puts small numbers (below 22) side by side.
fn pack(parts: &[u32]) -> u32 {
    parts.iter().fold(0, |sum: u32, it| sum.wrapping_mul(23) + it + 1)
}

/// The first two characters of `text` as a number.
fn pair(text: &[char]) -> u32 {
    match text {
        [x, y, ..] => *x as u32 & 0xFFF | (*y as u32 & 0xFFF) << 12,
        _ => 0,
    }
}

fn step(value: f32, edges: &[f32]) -> u32 {
    edges.iter().take_while(|it| value > **it).count() as u32
}

/// Reads features off a sheet.
pub(crate) struct Reader<'a> {
    sheet: &'a Sheet<'a>,
    lexicon: &'a Lexicon,
    bigrams: &'a Bigrams,
    overlap: &'a Overlap,
}

impl<'a> Reader<'a> {
    /// A reader of `sheet`.
    pub(crate) fn new(
        sheet: &'a Sheet<'a>,
        lexicon: &'a Lexicon,
        bigrams: &'a Bigrams,
        overlap: &'a Overlap,
    ) -> Reader<'a> {
        Reader { sheet, lexicon, bigrams, overlap }
    }

    /// Writes the features of the boundary after line `k` to `slots`; line `k + 1` exists.
    pub(crate) fn read(&self, k: usize, slots: &mut Slots) {
        slots.clear();
        slots.manner = self.sheet.manner(k);
        slots.certain = self.sheet.certain(k);
        let Sheet { lines, chars, looks } = self.sheet;
        let n = lines.len();
        let (a, b) = (chars[k], chars[k + 1]);
        let (la, lb) = (&looks[k], &looks[k + 1]);
        let (end, start) = (la.end as u32, lb.start as u32);
        let blank = lines[k].blanks_after.min(2) as u32;
        let bl = blank.min(1);
        let stop = u32::from(la.end.is_stop());
        let density = u32::from(la.blanks);
        let (sa, sb) = (la.shape as u32, lb.shape as u32);
        let (ha, hb) = (u32::from(la.shape > Shape::Text), u32::from(lb.shape > Shape::Text));
        let add =
            |slots: &mut Vec<u32>, template: u32, parts: &[u32]| slots.push(slot(template, pack(parts)));
        let out = &mut slots.any;

        add(out, 1, &[]);
        add(out, 2, &[blank, density]);
        add(out, 3, &[end]);
        add(out, 4, &[end, bl, density]);
        add(out, 5, &[start]);
        add(out, 6, &[start, bl, density]);
        add(out, 7, &[end, start]);
        add(out, 8, &[end, start, bl]);

        // The next line's own shortness: a dropped indent says that it starts a paragraph.
        let free_b = self.sheet.room(k + 1);
        let next = step(free_b, &[-1.6, -0.6, 0.6, 1.3, 2.7, 4.0]);
        if k + 2 < n {
            let fits = free_b - looks[k + 2].measure.cluster;
            let kinsoku = step(fits, &[-0.6, 0.4, 1.4]);
            let b_stop = u32::from(lb.end.is_stop());
            let b_blank = lines[k + 1].blanks_after.min(1) as u32;
            add(out, 9, &[next, kinsoku, stop]);
            add(out, 10, &[next, kinsoku, stop, bl, b_stop]);
            add(out, 11, &[next, kinsoku, u32::from(la.indents), b_stop, stop]);
            add(out, 12, &[b_blank, bl, stop, density]);
            add(out, 13, &[b_blank, bl, next, b_stop]);
            let start2 = looks[k + 2].start as u32;
            add(out, 14, &[start2, hb, bl]);
            add(out, 15, &[sb, looks[k + 2].shape as u32, b_blank, bl]);
        } else {
            add(out, 16, &[hb, bl, stop]);
        }
        if k > 0 {
            let z_stop = u32::from(looks[k - 1].end.is_stop());
            let z_blank = lines[k - 1].blanks_after.min(1) as u32;
            add(out, 17, &[z_stop, z_blank, bl, stop]);
            add(out, 18, &[looks[k - 1].shape as u32, sa, z_blank, bl]);
            add(out, 19, &[z_stop, z_blank, sa, bl]);
            add(out, 20, &[u32::from(looks[k - 1].start == Start::Lead), bl, stop]);
        } else {
            add(out, 21, &[ha, bl, hb]);
        }

        let depth = u32::from(la.depth.min(2));
        add(out, 22, &[depth, bl]);
        add(out, 23, &[depth, bl, start, stop]);

        // A word across the boundary.
        let cost = self.cut_cost(k);
        let word = step(cost, &[0.5, 2.0, 4.0, 6.0, 9.0, 13.0]);
        let pmi = self.bigrams.score(a.last().copied(), b.first().copied());
        add(out, 24, &[word]);
        add(out, 25, &[word, bl, ha]);
        add(out, 26, &[pmi]);
        add(out, 27, &[pmi, bl, ha]);
        add(out, 28, &[pmi, word.min(3)]);
        // The same one character further on either side.
        if a.len() > 1 && b.len() > 1 {
            let skip = self.bigrams.score(a.get(a.len() - 2).copied(), b.first().copied());
            let over = self.bigrams.score(a.last().copied(), b.get(1).copied());
            add(out, 29, &[skip, over]);
        }

        // Heading shapes, block sizes, widths over the column.
        add(out, 30, &[sa, sb, bl]);
        add(out, 31, &[sa, u32::from(la.block), u32::from(la.first), u32::from(la.last), density.min(2)]);
        add(out, 32, &[sb, u32::from(lb.block), u32::from(lb.first), u32::from(lb.last), density.min(2)]);
        add(out, 33, &[sa, start, bl]);
        add(out, 34, &[sb, end, bl]);
        add(out, 35, &[u32::from(la.block), u32::from(lb.block), bl]);
        let room_a = self.sheet.room(k);
        let over_a = step(-room_a, &[0.6, 1.6, 4.0, 8.0]);
        let over_b = step(-free_b, &[0.6, 1.6, 4.0, 8.0]);
        let side_a = step(la.set - la.measure.before, &[-4.0, -1.0, 0.6, 1.6, 4.0]);
        let side_b = step(lines[k + 1].width - lb.measure.after, &[-4.0, -1.0, 0.6, 1.6, 4.0]);
        add(out, 36, &[over_a, ha, bl]);
        add(out, 37, &[over_b, hb, bl]);
        add(out, 38, &[over_a, over_b, ha, hb]);
        add(out, 39, &[side_a, side_b, ha, hb]);
        add(out, 40, &[u32::from(lines[k].looks_byline), u32::from(lines[k + 1].looks_byline), bl]);
        add(out, 41, &[u32::from(lines[k].inner_spaces.min(2)), ha, u32::from(lines[k].looks_spread)]);
        add(
            out,
            42,
            &[u32::from(lines[k + 1].inner_spaces.min(2)), hb, u32::from(lines[k + 1].looks_spread)],
        );
        add(out, 43, &[u32::from(lines[k].gaps.min(2)), u32::from(lines[k + 1].gaps.min(2)), bl]);
        let indents = [lines[k].indent, lines[k + 1].indent].map(|it| step(it, &[0.2, 0.8, 1.6, 2.6]));
        add(out, 44, &[indents[0], indents[1], stop]);
        add(out, 45, &[u32::from(la.marked), u32::from(la.full / 2), end]);
        add(out, 46, &[u32::from(lb.marked), u32::from(lb.full / 2), stop, bl]);
        // Who speaks, or what is listed.
        let labelled = [la, lb].map(|it| u32::from(matches!(it.start, Start::Label | Start::Speaker)));
        add(out, 90, &[labelled[0], labelled[1], u32::from(lb.labels.min(4)), stop]);
        add(out, 91, &[labelled[1], u32::from(lb.labels.min(4)), end, bl]);
        add(out, 92, &[labelled[1], u32::from(lb.labels.min(4)), step(room_a, &[0.3, 1.3, 2.6, 6.0])]);
        // Lines of verse are short and each ends in a mark.
        add(out, 93, &[u32::from(la.marked), u32::from(lb.marked), end, u32::from(lb.end.is_stop())]);
        add(out, 94, &[u32::from(la.marked), u32::from(la.full.min(6)), u32::from(la.block), end]);
        // Is this a column at all, and does the page keep its first-line indents?
        let ragged = u32::from(la.ragged.max(lb.ragged).min(5));
        let (kept, begins) = (u32::from(lb.kept), step(lines[k + 1].indent, &[0.2, 0.9, 4.1]));
        let begun = step(lines[k].indent, &[0.2, 0.9, 4.1]);
        let (solid_a, solid_b) = (u32::from(la.solid), u32::from(lb.solid));
        let (alone_a, alone_b) = (la.alone as u32, lb.alone as u32);
        add(out, 95, &[kept, begins, begun, bl]);
        add(out, 96, &[kept, begins, stop, hb]);
        add(out, 97, &[ragged, stop, bl, solid_a]);
        add(out, 98, &[ragged, sa, sb]);
        add(out, 99, &[solid_a, solid_b, bl, stop]);
        add(out, 100, &[alone_a, alone_b, bl]);
        add(out, 101, &[alone_b, end]);
        add(out, 102, &[alone_a, start]);
        add(out, 104, &[u32::from(la.cadence.min(lb.cadence)), end, u32::from(la.full / 2)]);
        let uneven = step(lines[k].width - lines[k + 1].width, &[-6.0, -2.1, -0.6, 0.6, 2.1, 6.0]);
        add(out, 103, &[uneven, ha, hb, bl]);
        // Songs and lists: short lines without a mark among others.
        add(out, 105, &[u32::from(la.bare), solid_a, step(lines[k].width, &[4.5, 6.5, 8.5, 10.5, 14.5])]);
        add(out, 106, &[u32::from(la.bare), u32::from(lb.bare), uneven, bl]);
        add(out, 107, &[u32::from(la.bare), u32::from(la.full / 2), word.min(3)]);
        // A column that a picture makes narrow for a few lines.
        add(out, 108, &[uneven, step(room_a, &[0.6, 1.6, 4.0, 8.0]), stop, word.min(3)]);
        add(out, 109, &[u32::from(la.parted), stop, bl, density]);
        if ha + hb == 2 {
            self.read_headings(k, out, word, pmi);
        }
        let wide = step(la.measure.column, &[9.5, 12.5, 24.5, 30.5, 42.5]);
        add(out, 47, &[wide, stop, bl]);

        let own =
            [lines[k].width, lines[k + 1].width].map(|it| step(it, &[3.0, 6.0, 9.0, 26.0, 44.0, 63.0, 90.0]));
        add(out, 54, &[own[0], stop, bl]);
        add(out, 55, &[own[0], own[1], stop]);
        add(out, 56, &[u32::from(la.wide), u32::from(la.full / 2), stop]);
        add(out, 57, &[u32::from(la.wide.min(3)), u32::from(lb.wide.min(3)), bl, end]);

        // A new column width speaks for a new article.
        let change = step((lb.measure.after - la.measure.before).abs(), &[0.3, 1.3, 2.6, 6.0]);
        add(out, 48, &[change, bl, stop]);
        add(out, 49, &[change, ha, hb]);

        // Words of a headline that stand in the text before or after it.
        let (oa, ob) = (self.overlap.lean(k), self.overlap.lean(k + 1));
        add(out, 50, &[oa, ha, bl]);
        add(out, 51, &[ob, hb, bl]);
        add(out, 52, &[oa, ob]);
        let shared = self.overlap.cohesion(k);
        add(out, 53, &[shared, bl, stop]);

        // The words themselves.
        out.push(slot(60, pair(b)));
        out.push(slot(61, b.first().map_or(0, |it| *it as u32)));
        out.push(slot(62, a.last().map_or(0, |it| *it as u32)));
        out.push(slot(63, pair(&a[a.len().saturating_sub(2)..])));
        if stop == 1 {
            out.push(slot(64, pair(b)));
        }
        if la.end == End::Han {
            out.push(slot(65, (a.last().map_or(0, |it| *it as u32)) << 1 | bl));
        }

        // Would the next unit have fit? Once as a line in mid-paragraph, once as a first line.
        let unit = lb.measure.cluster;
        let comma = u32::from(matches!(la.end, End::Comma | End::Listing | End::Semicolon | End::Colon));
        let kind = stop + 2 * comma;
        for (first, out) in slots.after.iter_mut().enumerate() {
            let pb = first as u32;
            let indent = pb * u32::from(la.indents);
            let lost = if indent == 2 && lines[k].indent < 1.5 { 2.0 } else { 0.0 };
            let room = room_a - lost;
            let fit = step(room - unit, &[-1.6, -0.6, -0.1, 0.6, 1.4, 2.4, 4.0]);
            let left = step(room, &[-1.0, 0.3, 0.8, 1.3, 2.3, 3.6, 6.0]);
            add(out, 70, &[pb, fit, kind]);
            add(out, 71, &[pb, fit, kind, bl]);
            add(out, 72, &[pb, fit, stop, indent, bl, density]);
            add(out, 73, &[pb, left, kind, bl]);
            add(out, 74, &[pb, left, end]);
            add(out, 75, &[pb, fit, u32::from(la.full / 2), stop]);
            let side = la.measure.before - la.set - lost;
            add(out, 76, &[pb, step(side - unit, &[-1.6, -0.6, -0.1, 0.6, 1.4, 2.4, 4.0]), stop, bl]);
            add(out, 77, &[pb, fit, sa, sb]);
            add(out, 78, &[pb, bl, density, stop]);
            add(out, 79, &[pb, fit, start]);
            add(out, 80, &[pb, ha, hb, bl]);
            add(out, 81, &[pb, fit, ragged, kind]);
            add(out, 82, &[pb, fit, solid_a, kind, bl]);
            add(out, 83, &[pb, fit, u32::from(la.parted), stop, bl]);
            add(out, 84, &[pb, fit, u32::from(la.parted), u32::from(lb.indents), next, stop, bl]);
        }
    }

    /// Writes the features of a boundary between two lines that may both be headings: does a headline go on?
    fn read_headings(&self, k: usize, out: &mut Vec<u32>, word: u32, pmi: u32) {
        let Sheet { lines, chars, looks } = self.sheet;
        let (a, b) = (chars[k], chars[k + 1]);
        let (la, lb) = (&looks[k], &looks[k + 1]);
        let add =
            |slots: &mut Vec<u32>, template: u32, parts: &[u32]| slots.push(slot(template, pack(parts)));
        let bl = lines[k].blanks_after.min(1) as u32;
        let (sa, sb) = (la.shape as u32, lb.shape as u32);
        // Set in lines as long as they get, the first one has no room for the next line's first unit.
        let spare =
            step(lines[k].width + lb.measure.cluster - lines[k + 1].width, &[-2.1, -0.1, 0.6, 1.6, 3.1, 6.1]);
        let spaces = [k, k + 1].map(|it| u32::from((lines[it].inner_spaces + lines[it].gaps).min(2)));
        add(out, 110, &[spare, bl, spaces[0], spaces[1]]);
        add(out, 111, &[pmi, word.min(3), spare.min(2), bl]);
        let skip = self.bigrams.score(a.get(a.len().wrapping_sub(2)).copied(), b.first().copied());
        let over = self.bigrams.score(a.last().copied(), b.get(1).copied());
        add(out, 112, &[skip, over, pmi]);
        add(out, 113, &[la.end as u32, lb.start as u32, bl, spare.min(2)]);
        add(out, 114, &[self.overlap.lean(k), self.overlap.lean(k + 1), self.overlap.cohesion(k)]);
        let shape = |at: Option<usize>| {
            at.and_then(|it| looks.get(it))
                .map_or([9, 9], |it| [it.shape as u32, u32::from(it.end.is_stop())])
        };
        let (before, after) = (shape(k.checked_sub(1)), shape(Some(k + 2)));
        let first = u32::from(k == 0 || lines[k - 1].blanks_after > 0);
        add(out, 115, &[before[0], before[1].min(2), first, sa, sb, bl]);
        add(out, 116, &[after[0], lines[k + 1].blanks_after.min(1) as u32, sa, sb, bl]);
        add(out, 117, &[u32::from(la.depth.min(2)), bl, spare.min(2)]);
        out.push(slot(118, pair(&a[a.len().saturating_sub(2)..])));
        out.push(slot(119, pair(b)));
    }

    /// Nats that a word boundary at the line end costs; 0 beside anything but ideographs.
    fn cut_cost(&self, k: usize) -> f32 {
        let (a, b) = (&self.sheet.lines[k].squashed, &self.sheet.lines[k + 1].squashed);
        let before = a.char_indices().rev().take(5).take_while(|it| mark::is_han(it.1)).last();
        let after = b.char_indices().take(5).take_while(|it| mark::is_han(it.1)).last();
        match (before, after) {
            (Some((from, _)), Some((to, c))) => self.lexicon.cut_cost(&a[from..], &b[..to + c.len_utf8()]),
            _ => 0.0,
        }
    }
}
