//! A text whose names are read clause by clause: who asks for the names at a few places need not wait for the rest.
//!
//! No name stands across a mark that parts clauses, and what is said of a character depends on its clause, on the marks
//! around it, on two characters and a word beyond these, and on which quotation marks stand open. Where more hangs
//! together — a title in its marks, a number with a mark in it, posts in a row, parts of foreign names — clauses are
//! taken together.

use std::ops::Range;

use super::draft::Draft;
use super::facts::{REACH, open_quotes};
use super::tagger::{PARTING, Tagger};
use super::words::Part;
use super::{Mention, foreign, post};
use crate::expression::Expression;
use crate::lexicon::{Lexicon, is_wordlike};

/// A text, and what its clauses have to know of the rest of it.
#[derive(Debug)]
pub struct Clauses<'a> {
    text: &'a str,
    expressions: &'a [Expression],
    /// The titles 《…》, in order.
    works: Vec<Mention>,
    /// Where quotation marks open and close, each with those that stand open from there on.
    quotes: Vec<(usize, u8)>,
    /// Whether all of the text hangs together: a part of a foreign name is somebody wherever it stands.
    whole: bool,
}

impl<'a> Clauses<'a> {
    /// The clauses of `text`, in which `expressions` stand. O(n), and little beside reading names.
    pub fn of(text: &'a str, expressions: &'a [Expression]) -> Clauses<'a> {
        let (mut quotes, mut titles, mut whole, mut open) = (Vec::new(), false, false, 0);
        for (at, char) in text.char_indices().filter(|it| !is_wordlike(it.1)) {
            let now = open_quotes(open, char);
            if now != open {
                open = now;
                quotes.push((at + char.len_utf8(), open));
            }
            titles |= char == '《';
            whole |= foreign::POINTS.contains(&char);
        }
        let works = if titles { super::works(text) } else { Vec::new() };
        Clauses { text, expressions, works, quotes, whole }
    }

    /// The names of the whole text, in order, disjoint from one another and from the expressions. O(n).
    pub fn all(&self, tagger: &Tagger, lexicon: &Lexicon) -> Vec<Mention> {
        let whole = 0..self.text.len();
        let mut draft = Draft::of(self.part(whole.clone()), lexicon, tagger);
        draft.mentions(&[whole], self.works.clone())
    }

    /// Those names of the whole text that hold one of `places`, which are in order, and more than one character; and some
    /// others. O(clauses), and mostly without asking the tagger about more than the characters beside each place.
    pub fn holding(&self, lexicon: &Lexicon, places: impl Iterator<Item = Range<usize>>) -> Vec<Mention> {
        let places: Vec<Range<usize>> = places.collect();
        let mut found = Vec::new();
        let mut rest = &places[..];
        for (part, stretches) in self.parts(self.stretches(places.iter().cloned())) {
            let end = stretches.last().map_or(0, |it| it.end);
            let here;
            (here, rest) = rest.split_at(rest.partition_point(|it| it.start < end));
            let mut draft = self.draft(lexicon, part);
            // What holds several characters stands across the end of the first, what holds one, beside it.
            let may_hold = |place: &&Range<usize>| {
                let first = self.text[place.start..].chars().next().map_or(0, char::len_utf8);
                let inner = place.start + first;
                self.may_stand_across(&mut draft, inner)
                    || inner >= place.end && self.may_stand_across(&mut draft, place.start)
            };
            let clauses = self.stretches(here.iter().filter(may_hold).cloned());
            found.extend(self.mentions(&mut draft, &clauses));
        }
        found
    }

    /// Those names of the whole text that stand across the bytes `places`, which are in order, and some others; all of them
    /// where the second is `true`. O(clauses), as [`Clauses::holding`].
    pub fn across(&self, lexicon: &Lexicon, places: &[usize]) -> (Vec<Mention>, bool) {
        let places: Vec<usize> = places.iter().copied().filter(|it| !self.is_parted(*it)).collect();
        let mut parts = self.parts(self.stretches(places.iter().map(|it| *it..*it)));
        let whole = parts.iter().map(|it| it.0.len()).sum::<usize>() > self.text.len() / 4 * 3;
        if whole {
            let text = 0..self.text.len();
            parts = Vec::from([(text.clone(), Vec::from([text]))]);
        }
        let mut found = Vec::new();
        for (part, stretches) in parts {
            let mut draft = self.draft(lexicon, part);
            let inside =
                stretches.first().map_or(0, |it| it.start + 1)..stretches.last().map_or(0, |it| it.end);
            let here = places.iter().copied().filter(|it| inside.contains(it));
            let doubtful = here.filter(|it| self.may_stand_across(&mut draft, *it));
            let clauses = self.stretches(doubtful.map(|it| it..it));
            // Where so much is read, the rest is soon asked for, too.
            if whole && clauses.iter().map(|it| it.len()).sum::<usize>() > self.text.len() / 2 {
                return (draft.mentions(&stretches, self.works.clone()), true);
            }
            found.extend(self.mentions(&mut draft, &clauses));
        }
        (found, false)
    }

    /// The names in `clauses`, which are in order.
    fn mentions(&self, draft: &mut Draft<'_>, clauses: &[Range<usize>]) -> Vec<Mention> {
        if clauses.is_empty() {
            return Vec::new();
        }
        draft.mentions(clauses, clauses.iter().flat_map(|it| self.works_in(it)).collect())
    }

    /// Whether a name may stand across byte `at`, of which `draft` is. `false` is sure.
    fn may_stand_across(&self, draft: &mut Draft<'_>, at: usize) -> bool {
        self.work_at(at).is_some() || draft.may_stand_across(at)
    }

    /// Whether a mark that parts clauses stands beside byte `at`: no name stands across it then.
    fn is_parted(&self, at: usize) -> bool {
        let before = self.text[..at].chars().next_back().map(|it| (it, at - it.len_utf8()..at));
        let behind = self.text[at..].chars().next().map(|it| (it, at..at + it.len_utf8()));
        let parts = |(char, mark): (char, Range<usize>)| PARTING.contains(&char) && self.held(mark).is_none();
        !self.whole && [before, behind].into_iter().flatten().any(parts)
    }

    fn draft(&self, lexicon: &Lexicon, part: Range<usize>) -> Draft<'a> {
        Draft::of(self.part(part), lexicon, Tagger::shared())
    }

    /// The parts that have to be looked at for the names in `stretches`, which are in order, each once, with those in it:
    /// what has to be known of the rest is shared.
    fn parts(&self, stretches: Vec<Range<usize>>) -> Vec<(Range<usize>, Vec<Range<usize>>)> {
        let mut parts: Vec<(Range<usize>, Vec<Range<usize>>)> = Vec::new();
        for stretch in stretches {
            let part = self.before(stretch.start)..self.behind(stretch.end);
            match parts.last_mut().filter(|it| part.start < it.0.end) {
                Some(last) => {
                    last.0.end = part.end.max(last.0.end);
                    last.1.push(stretch);
                }
                None => parts.push((part, Vec::from([stretch]))),
            }
        }
        parts
    }

    /// The titles in a stretch.
    fn works_in(&self, stretch: &Range<usize>) -> Vec<Mention> {
        let [first, last] = [stretch.start, stretch.end]
            .map(|at| self.works.partition_point(|it| it.span.range().start < at));
        self.works[first..last].to_vec()
    }

    /// The title that holds byte `at`.
    fn work_at(&self, at: usize) -> Option<&Mention> {
        let next = self.works.partition_point(|it| it.span.range().end <= at);
        self.works.get(next).filter(|it| it.span.range().start <= at)
    }

    /// The clauses around `places`, which are in order, each once.
    fn stretches(&self, places: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
        let mut stretches: Vec<Range<usize>> = Vec::new();
        for place in places {
            if stretches.last().is_none_or(|it| it.end < place.end) {
                let clause = self.stretch(place);
                match stretches.last_mut().filter(|it| clause.start < it.end) {
                    Some(last) => last.end = clause.end.max(last.end),
                    None => stretches.push(clause),
                }
            }
        }
        stretches
    }

    /// The stretch around `place` that no name reaches out of and whose names can be read by themselves.
    fn stretch(&self, place: Range<usize>) -> Range<usize> {
        let Range { mut start, mut end } = place;
        if self.whole {
            return 0..self.text.len();
        }
        loop {
            let Some((at, mark)) = self.text[..start].char_indices().rev().find(|it| PARTING.contains(&it.1))
            else {
                start = 0;
                break;
            };
            let behind = at + mark.len_utf8();
            let Some(held) = self.held(at..behind) else {
                start = behind;
                break;
            };
            start = held.start;
        }
        loop {
            let Some((at, mark)) = self.text[end..].char_indices().find(|it| PARTING.contains(&it.1)) else {
                end = self.text.len();
                break;
            };
            end += at;
            let Some(held) = self.held(end..end + mark.len_utf8()) else { break };
            end = held.end;
        }
        start..end
    }

    /// What holds the clauses on both sides of `mark` together.
    fn held(&self, mark: Range<usize>) -> Option<Range<usize>> {
        let next = self.expressions.partition_point(|it| it.span.range().end <= mark.start);
        let expression = self.expressions.get(next).map(|it| it.span.range());
        let expression = expression.filter(|it| it.start <= mark.start);
        let holder = expression.or_else(|| self.work_at(mark.start).map(|it| it.span.range()));
        let joins = || post::may_join(&self.text[..mark.start], &self.text[mark.end..]);
        holder.or_else(|| joins().then_some(mark.clone()))
    }

    /// Where what the clause that starts at `start` has to know begins.
    fn before(&self, start: usize) -> usize {
        let Some(mark) = self.text[..start].chars().next_back() else { return start };
        let end = start - mark.len_utf8();
        let mut at = end;
        while at > 0 && self.text[at..end].chars().count() < REACH - 1 {
            let next = self.expressions.partition_point(|it| it.span.range().end < at);
            let floor = next.checked_sub(1).map_or(0, |it| self.expressions[it].span.range().end);
            at = match self.expressions.get(next).map(|it| it.span.range()) {
                Some(it) if it.start < at => it.start,
                _ => {
                    let run = self.text[floor..at].trim_end_matches(is_wordlike);
                    let run = floor + run.len();
                    let char = self.text[..at].chars().next_back().map_or(0, char::len_utf8);
                    run.min(at - char)
                }
            };
        }
        at
    }

    /// Where what the clause that ends at `end` has to know ends.
    fn behind(&self, end: usize) -> usize {
        let Some(mark) = self.text[end..].chars().next() else { return end };
        let start = end + mark.len_utf8();
        let mut at = start;
        while at < self.text.len() && self.text[start..at].chars().count() < REACH - 1 {
            let next = self.expressions.partition_point(|it| it.span.range().end <= at);
            let expression = self.expressions.get(next).map(|it| it.span.range());
            at = match expression {
                Some(it) if it.start <= at => it.end,
                _ => {
                    let rest = &self.text[at..expression.map_or(self.text.len(), |it| it.start)];
                    let run = rest.len() - rest.trim_start_matches(is_wordlike).len();
                    at + run.max(rest.chars().next().map_or(0, char::len_utf8))
                }
            };
        }
        at
    }

    /// What is read for the names in `range`.
    fn part(&self, range: Range<usize>) -> Part<'a> {
        let [first, last] = [range.start, range.end]
            .map(|at| self.expressions.partition_point(|it| it.span.range().start < at));
        let open = self.quotes.partition_point(|it| it.0 <= range.start);
        let open = open.checked_sub(1).map_or(0, |it| self.quotes[it].1);
        Part { text: self.text, range, expressions: &self.expressions[first..last], open }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::expressions;

    /// Asserts that each clause of `text` has the names that the whole text has there.
    fn has_the_names_of_the_whole(text: &str) -> usize {
        let expressions = expressions(text);
        let clauses = Clauses::of(text, &expressions);
        let lexicon = Lexicon::shared();
        let all = clauses.all(Tagger::shared(), lexicon);
        let mut seen = Vec::new();
        let (mut at, mut count) = (0, 0);
        while at < text.len() {
            let clause = clauses.stretch(at..at);
            assert!(clause.start <= at && at <= clause.end, "{text}: {clause:?} around {at}");
            if seen.last() != Some(&clause) {
                let inside = |it: &&Mention| {
                    clause.start <= it.span.range().start && it.span.range().end <= clause.end
                };
                let expected: Vec<Mention> = all.iter().filter(inside).cloned().collect();
                let by_itself: Vec<Mention> = clauses
                    .parts(Vec::from([clause.clone()]))
                    .into_iter()
                    .flat_map(|it| clauses.mentions(&mut clauses.draft(lexicon, it.0), &it.1))
                    .collect();
                assert_eq!(by_itself, expected, "{:?} of {text}", &text[clause.clone()]);
                let cut = |it: &&Mention| {
                    let span = it.span.range();
                    [clause.start, clause.end].iter().any(|it| span.start < *it && *it < span.end)
                };
                assert_eq!(all.iter().find(cut), None, "{text}");
                count += 1;
                seen.push(clause);
            }
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
        // Few places and many.
        for step in [1, 2, 7, 23] {
            let places: Vec<usize> = text.char_indices().map(|it| it.0).step_by(step).collect();
            let across = |it: &Mention| {
                places.iter().any(|at| it.span.range().start < *at && *at < it.span.range().end)
            };
            let mut expected = all.clone();
            expected.retain(across);
            let (mut found, whole) = clauses.across(lexicon, &places);
            assert!(!whole || found == all, "{text}");
            found.retain(across);
            assert_eq!(found, expected, "{places:?} of {text}");

            let end = |at: usize| places.iter().copied().find(|it| *it > at).unwrap_or(text.len());
            let places: Vec<Range<usize>> = places.iter().step_by(2).map(|it| *it..end(*it)).collect();
            let holds = |it: &Mention| {
                let name = it.span.range();
                let several = |it: &Range<usize>| text[it.clone()].chars().nth(1).is_some() || name != *it;
                places.iter().any(|it| name.start <= it.start && it.end <= name.end && several(it))
            };
            let mut expected = all.clone();
            expected.retain(holds);
            let mut found = clauses.holding(lexicon, places.iter().cloned());
            found.retain(holds);
            assert_eq!(found, expected, "{places:?} of {text}");
        }
        count
    }

    #[test]
    fn a_clause_of_real_text_has_the_names_of_the_whole() {
        let seed = include_str!("../../seeds/jiaozuo-daily-2020-02.txt");
        let joined: Vec<String> = seed.split("\n\n").map(|it| it.replace(['\n', '\r'], "")).collect();
        let clauses: usize =
            seed.lines().chain(joined.iter().map(|it| &**it)).map(has_the_names_of_the_whole).sum();
        assert!(clauses > 1000, "{clauses}");
    }

    #[test]
    fn a_clause_of_any_text_has_the_names_of_the_whole() {
        use proptest::prelude::*;
        const PIECES: &[&str] = &[
            "，",
            "，",
            "。",
            "；",
            "！",
            "？",
            ",",
            "、",
            "：",
            " ",
            "“",
            "”",
            "《",
            "》",
            "（",
            "）",
            "·",
            "王晋豫",
            "记者",
            "局长",
            "副",
            "书记",
            "说",
            "焦作市",
            "武陟县",
            "木栾街道",
            "社区",
            "公司",
            "有限公司",
            "卡斯特罗",
            "菲德尔",
            "一万",
            "3",
            "2020年",
            "第一",
            "中学",
            "经三路",
            "移动",
            "市商务局",
            "委托",
            "的",
            "和",
            "兼",
            "本报记者 ",
            "通讯员",
            "疫情",
            "防控",
            "A",
            "𬱖",
        ];
        let text = proptest::collection::vec(proptest::sample::select(PIECES), 0..40);
        proptest!(ProptestConfig { cases: 600, failure_persistence: None, ..Default::default() }, |(text in text)| {
            has_the_names_of_the_whole(&text.concat());
        });
    }
}
