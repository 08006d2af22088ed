//! Spacing beside numbers: the places where a digit meets a Han character, and the document's habit there.
//!
//! The gap between a digit and a Han character is the typesetter's, not a character of the text (CLREQ, W3C's requirements
//! for Chinese text layout); a page that puts spaces in some of these places and not in others was put together from several
//! hands. The document's own majority decides, for each kind of place by itself.

use super::reader::{digit, is_han, is_space};
use super::{Expression, ExpressionKind};
use crate::page::paragraph::Span;

/// A place where a digit meets a Han character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Gap {
    /// The white space between the two; empty where there is none. A gap on a joined line end is empty too: it lies
    /// at the [`crate::page::Break::at`] of that line end, and says nothing of the style.
    pub at: Span,
    /// What meets there.
    pub class: GapClass,
    /// Whether white space stands there.
    pub spaced: bool,
    /// The expression it belongs to, an index into what [`gaps`] was given.
    pub expression: usize,
}

/// What meets at a gap. Each class votes by itself: a page can write `于 2月12日` throughout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum GapClass {
    /// A word and the number after it: `该村|140户`.
    BeforeNumber,
    /// A number and its unit: `140|户`, `2|万元`, `60|多个`, `3|年`.
    NumberUnit,
    /// Inside an amount, a unit and the number after it: `150吨到|200吨`, `1亿|3000万`, `第|3批`.
    InsideAmount,
    /// A bare number and the word after it: `占地面积3000|左边`.
    AfterNumber,
    /// A word and the date or time after it: `于|1月28日`.
    BeforeDate,
    /// Inside a date or time, a digit and 年 月 日 时: `2|月`, `17|时`.
    DateUnit,
    /// Inside a date or time, 年 月 日 or another word, and the digit after it: `2月|12日`, `下午|17时`.
    InsideDate,
    /// A date or time that ends with a digit, and the word after it: `8:30|开始`.
    AfterDate,
}

impl GapClass {
    /// All of them.
    pub const ALL: [GapClass; 8] = [
        GapClass::BeforeNumber,
        GapClass::NumberUnit,
        GapClass::InsideAmount,
        GapClass::AfterNumber,
        GapClass::BeforeDate,
        GapClass::DateUnit,
        GapClass::InsideDate,
        GapClass::AfterDate,
    ];

    /// Whether it lies before a number or date, outside it.
    pub fn comes_before(self) -> bool {
        matches!(self, GapClass::BeforeNumber | GapClass::BeforeDate)
    }

    /// Whether it belongs to dates and times, else to numbers and amounts.
    pub fn is_temporal(self) -> bool {
        self >= GapClass::BeforeDate
    }
}

/// The gaps of `text` in and at the edges of `expressions`, in order. O(n).
pub fn gaps(text: &str, expressions: &[Expression]) -> Vec<Gap> {
    let mut gaps = Vec::new();
    for (index, expression) in expressions.iter().enumerate() {
        let temporal = matches!(expression.kind, ExpressionKind::Date | ExpressionKind::Time);
        let span = expression.span.range();
        let (Some(inside), Some(head), Some(tail)) =
            (text.get(span.clone()), text.get(..span.start), text.get(span.end..))
        else {
            continue;
        };
        if !inside.contains(|it| digit(it).is_some()) {
            continue;
        }
        // The character before, and where the white space after it begins.
        let mut last =
            head.char_indices().rev().find(|it| !is_space(it.1)).map(|(at, it)| (at + it.len_utf8(), it));
        let mut number_seen = false;
        let within = inside.char_indices().map(|(at, it)| (span.start + at, it));
        let after = tail.char_indices().find(|it| !is_space(it.1)).map(|(at, it)| (span.end + at, it));
        for (at, it) in within.chain(after) {
            if is_space(it) {
                continue;
            }
            if let Some((end, before)) = last {
                let rising = is_han(before) && digit(it).is_some();
                let falling = digit(before).is_some() && is_han(it);
                let outside = end <= span.start;
                let past = at >= span.end;
                let class = match (rising, falling) {
                    (true, _) if past => None,
                    (true, _) if outside && temporal => Some(GapClass::BeforeDate),
                    (true, _) if outside => Some(GapClass::BeforeNumber),
                    (true, _) if temporal => Some(GapClass::InsideDate),
                    (true, _) => Some(GapClass::InsideAmount),
                    (_, true) if past && temporal => Some(GapClass::AfterDate),
                    (_, true) if past => Some(GapClass::AfterNumber),
                    (_, true) if temporal => Some(GapClass::DateUnit),
                    (_, true) => Some(GapClass::NumberUnit),
                    _ => None,
                };
                let label = falling && end < at && is_label(expression, inside, head);
                // Two blanks and more beside an expression part columns: `汉族    1975年5月生`.
                let column = (outside || past) && text[end..at].chars().nth(1).is_some();
                if let Some(class) = class.filter(|_| (number_seen || rising) && !label && !column) {
                    gaps.push(Gap { at: Span::new(end, at), class, spaced: end < at, expression: index });
                }
            }
            number_seen |= digit(it).is_some();
            last = Some((at + it.len_utf8(), it));
        }
    }
    gaps
}

/// Whether an expression that a space follows numbers its paragraph, `01 核心观点` `1.1 梯队分化`, and counts nothing:
/// the space parts it from the text.
fn is_label(expression: &Expression, inside: &str, head: &str) -> bool {
    let counts = expression.kind != ExpressionKind::Number;
    let mut digits = inside.chars();
    let padded = digits.next() == Some('0') && digits.next().is_some_and(|it| it.is_ascii_digit());
    let nested = inside.contains('.');
    !head.contains(char::is_alphanumeric) && (padded || nested || !counts)
}

/// How often each class stands tight and spaced, and in how many numbers and dates. Adds up, so that a document's tally
/// follows an edit by difference.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Tally {
    counts: [[u32; 2]; GapClass::ALL.len()],
    /// How many numbers and how many dates have gaps: one date has three and makes no majority.
    expressions: [u32; 2],
}

impl Tally {
    /// The tally of `gaps`, which are in order. Leave out those on line ends.
    pub fn of<'a>(gaps: impl IntoIterator<Item = &'a Gap>) -> Tally {
        let mut tally = Tally::default();
        let mut last = None;
        for gap in gaps {
            tally.counts[gap.class as usize][usize::from(gap.spaced)] += 1;
            let fresh = last.replace(gap.expression) != Some(gap.expression);
            tally.expressions[usize::from(gap.class.is_temporal())] += u32::from(fresh);
        }
        tally
    }

    /// How many gaps of `class` are tight.
    pub fn tight(&self, class: GapClass) -> u32 {
        self.counts[class as usize][0]
    }

    /// How many gaps of `class` are spaced.
    pub fn spaced(&self, class: GapClass) -> u32 {
        self.counts[class as usize][1]
    }

    /// All that is counted.
    fn numbers(&mut self) -> impl Iterator<Item = &mut u32> {
        self.counts.as_flattened_mut().iter_mut().chain(&mut self.expressions)
    }
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, mut other: Tally) {
        for (mine, theirs) in self.numbers().zip(other.numbers()) {
            *mine += *theirs;
        }
    }
}

impl std::ops::SubAssign for Tally {
    /// Takes back what was added.
    fn sub_assign(&mut self, mut other: Tally) {
        for (mine, theirs) in self.numbers().zip(other.numbers()) {
            *mine = mine.saturating_sub(*theirs);
        }
    }
}

impl std::iter::Sum for Tally {
    fn sum<I: Iterator<Item = Tally>>(tallies: I) -> Tally {
        tallies.fold(Tally::default(), |mut sum, it| {
            sum += it;
            sum
        })
    }
}

/// Tight or spaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Spacing {
    /// Nothing between a digit and a Han character.
    Tight,
    /// A space.
    Spaced,
}

/// The spacing that a document keeps, for each class of gap; undecided where it is uneven or says too little.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Style {
    habits: [Option<Spacing>; GapClass::ALL.len()],
}

/// So many gaps must agree before they are a habit, and so many numbers or dates have any.
const LEAST: u32 = 3;

impl Style {
    /// The same spacing everywhere, as a setting asks for it.
    pub fn always(spacing: Spacing) -> Style {
        Style { habits: [Some(spacing); GapClass::ALL.len()] }
    }

    /// What `tally` shows. A class is decided by three in five of its gaps, three at least, in three numbers or dates; a class too small to say
    /// follows all numbers of the document, or all its dates, unless it goes against them. The margin keeps the style
    /// from flickering while somebody types, and it depends on nothing but the text.
    pub fn of(tally: &Tally) -> Style {
        let all = [false, true].map(|temporal| {
            let classes = GapClass::ALL.into_iter().filter(|it| it.is_temporal() == temporal);
            let [tight, spaced] =
                classes.fold([0, 0], |sum, it| [sum[0] + tally.tight(it), sum[1] + tally.spaced(it)]);
            majority(tight, spaced)
        });
        let habits = std::array::from_fn(|class| {
            let temporal = usize::from(GapClass::ALL[class].is_temporal());
            if tally.expressions[temporal] < LEAST {
                return None;
            }
            let [tight, spaced] = tally.counts[class];
            let all = all[temporal];
            if tight + spaced < LEAST {
                // One or two alike against the rest may be a kind of place with a habit of its own.
                let against = match all {
                    Some(Spacing::Tight) => tight == 0 && spaced > 1,
                    Some(Spacing::Spaced) => spaced == 0 && tight > 1,
                    None => true,
                };
                return all.filter(|_| !against);
            }
            majority(tight, spaced)
        });
        Style { habits }
    }

    /// The spacing that a document keeps once it is mended, so that mending it again changes nothing.
    ///
    /// Where a habit is decided, or `set` asks for one, every gap will follow it, and that may decide what was
    /// undecided before. `tally` is what stands in the document; `evened` what stands there once its lines are joined
    /// and each date is even in itself, which is what becomes of the gaps that no habit decides.
    pub fn settled(tally: &Tally, evened: &Tally, set: impl Fn(GapClass) -> Option<Spacing>) -> Style {
        let forced = |it: Style| Style { habits: GapClass::ALL.map(|class| set(class).or(it.at(class))) };
        let mut style = forced(Style::of(tally));
        for _ in 0..2 * GapClass::ALL.len() {
            let mended = std::array::from_fn(|class| {
                let [tight, spaced] = evened.counts[class];
                match style.habits[class] {
                    Some(Spacing::Tight) => [tight + spaced, 0],
                    Some(Spacing::Spaced) => [0, tight + spaced],
                    None => [tight, spaced],
                }
            });
            let next = forced(Style::of(&Tally { counts: mended, ..*evened }));
            if next == style {
                break;
            }
            style = next;
        }
        style
    }

    /// The habit at gaps of `class`.
    pub fn at(&self, class: GapClass) -> Option<Spacing> {
        self.habits[class as usize]
    }

    /// Whether `gap` goes against the habit.
    pub fn opposes(&self, gap: &Gap) -> bool {
        self.at(gap.class).is_some_and(|it| (it == Spacing::Spaced) != gap.spaced)
    }
}

/// The side that has three in five, and [`LEAST`] votes.
fn majority(tight: u32, spaced: u32) -> Option<Spacing> {
    let wins = |mine: u32, other: u32| mine >= LEAST && u64::from(mine) * 2 >= u64::from(other) * 3;
    match (wins(tight, spaced), wins(spaced, tight)) {
        (true, _) => Some(Spacing::Tight),
        (_, true) => Some(Spacing::Spaced),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::expressions;
    use super::*;

    /// The gaps of `text`: class, whether spaced.
    fn read(text: &str) -> Vec<(GapClass, bool)> {
        gaps(text, &expressions(text)).iter().map(|it| (it.class, it.spaced)).collect()
    }

    #[test]
    fn every_meeting_of_digit_and_han_is_a_gap() {
        use GapClass::*;
        assert_eq!(
            read("要求，于 1 月28日通过"),
            [(BeforeDate, true), (DateUnit, true), (InsideDate, false), (DateUnit, false)]
        );
        assert_eq!(
            read("该村 140 户贫困户、550个"),
            [(BeforeNumber, true), (NumberUnit, true), (NumberUnit, false)]
        );
        assert_eq!(read("当日下午 17 时许"), [(InsideDate, true), (DateUnit, true)]);
        assert_eq!(
            read("每天保证150吨到200吨蔬菜"),
            [(BeforeNumber, false), (NumberUnit, false), (InsideAmount, false), (NumberUnit, false)]
        );
        assert_eq!(
            read("居民 2406 户 6478 人"),
            [(BeforeNumber, true), (NumberUnit, true), (BeforeNumber, true), (NumberUnit, true)]
        );
    }

    #[test]
    fn an_opening_mark_leaves_no_gap() {
        assert_eq!(read("（3年）"), [(GapClass::NumberUnit, false)]);
        assert_eq!(read("（记者刘婧） 3年"), [(GapClass::NumberUnit, false)]);
        assert_eq!(read("“64227”工作法"), []);
        assert_eq!(read("一辆货车"), []);
    }

    #[test]
    fn a_label_at_the_start_counts_nothing() {
        assert_eq!(read("01 核心观点"), []);
        assert_eq!(read("**3 核心观点"), []);
        assert_eq!(read("1.1 梯队分化"), []);
        assert_eq!(read("03 个人所得"), []);
        assert_eq!(read("550 个贫困人口"), [(GapClass::NumberUnit, true)]);
    }

    #[test]
    fn a_habit_needs_votes_and_a_margin() {
        let style =
            |text: &str| Style::of(&Tally::of(&gaps(text, &expressions(text)))).at(GapClass::NumberUnit);
        assert_eq!(style("（3家）（4家）（5家）（6 家）"), Some(Spacing::Tight));
        assert_eq!(style("（3 家）（4 家）（5 家）（6家）"), Some(Spacing::Spaced));
        assert_eq!(style("（3家）（4 家）（5家）（6 家）"), None, "tied");
        assert_eq!(style("（3家）"), None, "too little");
    }

    #[test]
    fn a_habit_that_mending_would_make_holds_at_once() {
        let tally = |text: &str| Tally::of(&gaps(text, &expressions(text)));
        // Before numbers five to five; six units against four, and a range that says too little by itself.
        let mixed = tally(
            "共6户，共6户，共 6户，共 6户，共6户，共 6户，共 6 户，共6 户，共6 户，共 6 户，（1吨到 2吨），（2 月）",
        );
        let once = Style::settled(&mixed, &mixed, |_| None);
        assert_eq!(Style::of(&mixed).at(GapClass::NumberUnit), Some(Spacing::Tight));
        assert_eq!(Style::of(&mixed).at(GapClass::InsideAmount), None);
        assert_eq!(once.at(GapClass::NumberUnit), Some(Spacing::Tight));
        assert_eq!(once.at(GapClass::InsideAmount), Some(Spacing::Tight), "decided once the units are tight");
        assert_eq!(once.at(GapClass::DateUnit), None, "numbers say nothing of dates");
        let set = Style::settled(&mixed, &mixed, |it| it.is_temporal().then_some(Spacing::Spaced));
        assert_eq!(set.at(GapClass::DateUnit), Some(Spacing::Spaced));
    }

    #[test]
    fn tallies_add_up_and_back() {
        let tally = |text: &str| Tally::of(&gaps(text, &expressions(text)));
        let (one, two) = (tally("该村 140 户"), tally("3家"));
        let mut sum: Tally = [one, two].into_iter().sum();
        assert_eq!(sum.tight(GapClass::NumberUnit), 1);
        assert_eq!(sum.spaced(GapClass::NumberUnit), 1);
        sum -= two;
        assert_eq!(sum, one);
    }
}
