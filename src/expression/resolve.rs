//! From what the text says to days and seconds of the calendar: `2 月 12 日` in a document of 2020 is 2020-02-12.

use super::calendar::Date;
use super::instant::{Instant, Reference, ahead};
use super::narrowing::Narrowing;
use super::step::grain;
use super::value::{Clock, Edge, Grain, Moment, Step, Value};

/// What a moment is counted from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Anchor {
    /// The document's year.
    pub year: Option<i32>,
    /// The document's date: what 今天, 去年, 上周 are counted from.
    pub issued: Option<Date>,
    /// The last day that the article named: what 当日, 次日, 当月 and a bare `9日` are counted from.
    pub date: Option<Date>,
    /// The moment the text is read from, where it was given: what 3小时前 is counted from. Else the whole of `issued`.
    pub now: Option<Reference>,
}

impl Anchor {
    /// The moment the text is read from.
    pub(super) fn now(&self) -> Option<Reference> {
        self.now.or(self.issued.map(Reference::day))
    }
}

/// A point or stretch of time, resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Resolved {
    /// Its first second; none where it has no beginning: 1949年以前.
    pub from: Option<Instant>,
    /// Its last second; none where it has no end: 2035年以后. The second end of a span that is told by the hour alone
    /// is that hour's first second: 9时至11时 ends at 11:00:00.
    pub to: Option<Instant>,
    /// The first and the last day that are named; the same for a single day.
    pub days: (Date, Date),
    /// The time of day it begins, on a clock of 24 hours; with 24:00 as the end of a day.
    pub clock: Option<Clock>,
    /// The time of day it ends, where that is another.
    pub until: Option<Clock>,
    /// What the text itself did not say and was taken from elsewhere.
    pub basis: Basis,
}

/// Where a resolved moment got what its text leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Basis {
    /// Nothing is left out: `2020年2月12日`.
    Said,
    /// The year, from the document.
    Year,
    /// The document's date.
    Issued,
    /// The last day that the article named.
    Article,
}

impl Resolved {
    /// The day, where it is a single one.
    pub fn day(&self) -> Option<Date> {
        (self.days.0 == self.days.1).then_some(self.days.0)
    }
}

impl Value {
    /// The days and times that the value means; none for amounts, for what is vague (日前), for what does not exist
    /// (`2月30日`), and where the anchor does not say what is needed. What comes again and again (每年9月) gives its
    /// next or present turn. O(1).
    pub fn resolved(&self, anchor: &Anchor) -> Option<Resolved> {
        match self {
            Value::Amount(_) => None,
            Value::Moment(moment) => moment.resolved(anchor),
            Value::Every(_, turn) => turn.as_ref()?.resolved(anchor),
            Value::Span(first, second) => span(first, second, anchor),
        }
    }
}

/// From `first` to `second`.
fn span(first: &Moment, second: &Moment, anchor: &Anchor) -> Option<Resolved> {
    let from = first.plain().resolved(anchor)?;
    let there = Anchor { date: Some(from.days.1), ..*anchor };
    let mut to = inherit(first, second).resolved(&there)?;
    // 12月28日至1月3日, 8月至2月: the second is in the next year; 21时至1时 on the next day.
    if to.to < from.from && second.year().is_none() {
        let clocks = second.steps.iter().all(|it| grain(it) >= Grain::Daypart);
        let later = |it: Date| if clocks { it.plus_days(1) } else { it.plus_months(12) };
        let move_on = |it: Instant| it.on(later(it.date()));
        to.days = (later(to.days.0), later(to.days.1));
        (to.from, to.to) = (to.from.map(move_on), to.to.map(move_on));
    }
    // The hour that ends a span is a point, not an hour.
    let hourly = second.steps.last().is_some_and(|it| matches!(it, Step::Clock(it) if it.minute.is_none()));
    // 七八点 goes on to the end of the second.
    let hourly = hourly && !second.about;
    let mut until = if hourly { to.from } else { to.to };
    if matches!(second.steps[..], [Step::DayBy(0) | Step::Now]) && anchor.now.is_some() {
        until = anchor.now.map(|it| it.to);
    }
    let clock = to.until.or(to.clock);
    (from.from <= until && from.days.0 <= to.days.1).then_some(Resolved {
        to: until,
        days: (from.days.0, to.days.1),
        until: clock,
        basis: from.basis.max(to.basis),
        ..from
    })
}

/// The second moment of a span with what only the first says: 2月1日至7日 is to 2月7日, 下午1点到3点 is to 15:00.
fn inherit(first: &Moment, second: &Moment) -> Moment {
    let Some(head) = second.steps.first().map(grain) else { return second.clone() };
    let mut steps: Vec<Step> = first.steps.iter().copied().filter(|it| grain(it) < head).collect();
    steps.extend(&second.steps);
    let plain = Moment { steps, edge: None, ..second.clone() };
    // 上午9时至11时 is before noon still, 上午9时至3时 is not.
    let clocks = (first.clock(), second.clock());
    let both = (
        clocks.0.map(|it| (it.hour, it.minute.unwrap_or(0))),
        clocks.1.map(|it| (it.hour, it.minute.unwrap_or(0))),
    );
    match both {
        (Some(from), Some(to)) if to < from && !second.has_daypart() => Moment {
            steps: plain.steps.into_iter().filter(|it| !matches!(it, Step::Daypart(_))).collect(),
            ..second.clone()
        },
        _ => plain,
    }
}

impl Moment {
    /// The same moment without 以前, 起 and their like.
    fn plain(&self) -> Moment {
        Moment { edge: None, ..self.clone() }
    }

    /// The days and times it means; see [`Value::resolved`].
    pub fn resolved(&self, anchor: &Anchor) -> Option<Resolved> {
        let mut time = Narrowing::new(anchor);
        for step in &self.steps {
            time.narrow(step)?;
        }
        let mut found = time.resolved()?;
        let Some(edge) = self.edge else { return Some(found) };
        let now = anchor.now();
        let (from, to) = (found.from, found.to);
        let counted = matches!(self.steps[..], [Step::Shift(..) | Step::Workdays(_)]);
        let coming = !counted && now.is_some_and(|now| from > Some(now.to));
        let at_hand = !counted && now.is_some_and(|now| to >= Some(now.from));
        // 2018年之后 begins with 2019, 2018年8月1日之后 with that day.
        let past = |it: Instant| it.plus_seconds(1);
        let long = self.steps.last().is_some_and(|it| grain(it) <= Grain::Month);
        (found.from, found.to) = match edge {
            // By a day that is still to come: from now up to its end. 2035年前, 年底前.
            Edge::Before if coming || at_hand => (now.map(|it| it.from), to),
            Edge::Before if counted => (None, to),
            Edge::Before => (None, from.map(|it| it.plus_seconds(-1))),
            Edge::UpTo => (None, to),
            Edge::After if long && !counted => (to.map(past), None),
            Edge::After | Edge::From => (from, None),
            Edge::Since if coming || now.is_none() => (from, None),
            Edge::Since => (from, now.map(|it| it.to)),
            Edge::Within if counted => within(self.steps.first()?, &now?, to)?,
            Edge::Within => (from, to),
        };
        Some(found)
    }
}

/// 60日内, 3年半以内: from now on; whole years and months like 未来三年, else to the end of the day that is so far away,
/// or to the second.
fn within(step: &Step, now: &Reference, to: Option<Instant>) -> Option<(Option<Instant>, Option<Instant>)> {
    let Step::Shift(by, grain) = *step else { return Some((Some(now.from), to)) };
    let end = match grain {
        // 两个半月以内: to the day.
        Grain::Month if by.fract() != 0.0 => ahead(now.from, by, grain).map(|it| Instant::end_of(it.date())),
        Grain::Hour => ahead(now.to, by, grain),
        Grain::Minute | Grain::Second => ahead(now.from, by, grain),
        Grain::Year | Grain::Month | Grain::Quarter if by.fract() == 0.0 => {
            stretch(now, by, grain).map(|it| it.1)
        }
        _ => to,
    };
    Some((Some(now.from), end))
}

/// The stretch from `now` so many grains back (negative) or ahead. Of years and months the days are whole, of weeks,
/// days and less it is exact to the second.
pub(super) fn stretch(now: &Reference, by: f64, grain: Grain) -> Option<(Instant, Instant)> {
    let there = |from: Instant| ahead(from, by, grain);
    Some(match (by < 0.0, grain <= Grain::Month) {
        (true, true) => (Instant::start_of(there(now.from)?.date()), now.to),
        (true, false) => (there(now.from)?, now.to),
        (false, true) => (now.from, Instant::end_of(there(now.from)?.date().plus_days(-1))),
        (false, false) => (now.from, there(now.to)?),
    })
}

#[cfg(test)]
mod tests {
    use super::super::expressions;
    use super::*;

    /// What the first expression of `text` resolves to in a document of 14 June 2021 whose article spoke of
    /// 12 February 2020 last.
    fn read(text: &str) -> String {
        let anchor = Anchor {
            year: Some(2021),
            issued: Some(Date::new(2021, 6, 14)),
            date: Some(Date::new(2020, 2, 12)),
            now: None,
        };
        let found = expressions(text);
        let Some(it) = found.first().and_then(|it| it.value.resolved(&anchor)) else { return "none".into() };
        let (from, to) = it.days;
        let day = if from == to { from.to_string() } else { format!("{from}/{to}") };
        let clock =
            it.clock.map_or(String::new(), |it| format!(" {}:{:02}", it.hour, it.minute.unwrap_or(0)));
        day + &clock
    }

    #[test]
    fn dates_take_what_they_leave_out_from_the_document() {
        for (text, expected) in [
            ("2 月 12 日", "2021-02-12"),
            ("2020年2月12日", "2020-02-12"),
            ("去年底", "2020-11-01/2020-12-31"),
            ("今年三季度", "2021-07-01/2021-09-30"),
            ("昨日", "2021-06-13"),
            ("当日下午 17 时许", "2020-02-12 17:00"),
            ("下午3时", "2020-02-12 15:00"),
            ("第二天", "2020-02-13"),
            ("次年春节", "2021-02-12"),
            ("9日", "2020-02-09"),
            ("2月12日24时", "2021-02-12 24:00"),
            ("2月1日至7日", "2021-02-01/2021-02-07"),
            ("12月28日至1月3日", "2021-12-28/2022-01-03"),
            ("2018—2020年", "2018-01-01/2020-12-31"),
            ("3月上旬", "2021-03-01/2021-03-10"),
            ("20世纪90年代末", "1997-01-01/1999-12-31"),
            ("上周五", "2021-06-11"),
            ("3天后", "2021-06-17"),
            ("近三年", "2018-06-14/2021-06-14"),
            ("国庆节", "2021-10-01"),
            ("31日", "2020-01-31"),
            ("前两天", "2021-06-07/2021-06-12"),
            ("第二年", "2021-01-01/2021-12-31"),
            ("三四年前", "2017-01-01/2018-12-31"),
            ("二十几年前", "1991-01-01/2001-12-31"),
            ("5个工作日后", "2021-06-21"),
            ("上半月", "2021-06-01/2021-06-15"),
            ("腊月18", "2021-01-30"),
            ("1999.08-2002", "1999-08-01/2002-12-31"),
            ("明天下午七八点", "2021-06-15 19:00"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn lunar_days_fall_into_the_documents_year() {
        let anchor = Anchor { year: Some(2020), ..Anchor::default() };
        for (text, expected) in [
            ("农历正月初三", Date::new(2020, 1, 27)),
            ("大年三十", Date::new(2020, 1, 24)),
            ("腊月二十三", Date::new(2020, 1, 17)),
            ("闰四月初一", Date::new(2020, 5, 23)),
        ] {
            let found = expressions(text);
            let day = found.first().and_then(|it| it.value.resolved(&anchor)).and_then(|it| it.day());
            assert_eq!(day, Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_not_known_stays_so() {
        let nothing = Anchor::default();
        for text in ["2月12日", "昨日", "日前", "正月初三", "3袋"] {
            let found = expressions(text);
            assert_eq!(found.first().and_then(|it| it.value.resolved(&nothing)), None, "{text}");
        }
        assert_eq!(read("2月30日"), "none");
    }
}
