//! From what the text says to days of the calendar: `2 月 12 日` in a document of 2020 is 2020-02-12.

use super::calendar::{Date, Weekday};
use super::feast::holiday;
use super::lunar::LunarDate;
use super::step::grain;
use super::value::{Clock, Daypart, Grain, LunarDay, Moment, Part, Step, Value};

/// What a moment is counted from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Anchor {
    /// The document's year.
    pub year: Option<i32>,
    /// The document's date: what 今天, 去年, 上周 are counted from.
    pub issued: Option<Date>,
    /// The last day that the article named: what 当日, 次日, 当月 and a bare `9日` are counted from.
    pub date: Option<Date>,
}

/// A point or stretch of time, resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Resolved {
    /// First day.
    pub from: Date,
    /// Last day, itself included; the same for a single day.
    pub to: Date,
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
        (self.from == self.to).then_some(self.from)
    }
}

impl Value {
    /// The days and times that the value means; none for amounts, for what is vague (日前), for what does not exist
    /// (`2月30日`), and where the anchor does not say what is needed. O(1).
    pub fn resolved(&self, anchor: &Anchor) -> Option<Resolved> {
        match self {
            Value::Amount(_) => None,
            Value::Moment(moment) => moment.resolved(anchor),
            Value::Span(first, second) => {
                let from = first.resolved(anchor)?;
                let mut to = inherit(first, second).resolved(&Anchor { date: Some(from.to), ..*anchor })?;
                if to.to < from.from && second.year().is_none() {
                    // 12月28日至1月3日.
                    to.to = to.to.plus_months(12);
                }
                let until = to.until.or(to.clock);
                (from.from <= to.to).then_some(Resolved {
                    to: to.to,
                    until,
                    basis: from.basis.max(to.basis),
                    ..from
                })
            }
        }
    }
}

/// The second moment of a span with what only the first says: 2月1日至7日 is to 2月7日.
fn inherit(first: &Moment, second: &Moment) -> Moment {
    let Some(head) = second.steps.first().map(grain) else { return second.clone() };
    let mut steps: Vec<Step> = first.steps.iter().copied().filter(|it| grain(it) < head).collect();
    // 上午9时至11时, 下午: a part of the day is not handed to a day.
    steps.extend(&second.steps);
    Moment { steps, ..second.clone() }
}

impl Moment {
    /// The days and times it means; see [`Value::resolved`].
    pub fn resolved(&self, anchor: &Anchor) -> Option<Resolved> {
        let mut time =
            Narrowing { anchor, span: None, last: None, daypart: None, clock: None, basis: Basis::Said };
        for step in &self.steps {
            time.narrow(step)?;
        }
        time.resolved()
    }
}

/// A stretch of days that steps narrow.
struct Narrowing<'a> {
    anchor: &'a Anchor,
    span: Option<(Date, Date)>,
    last: Option<Grain>,
    daypart: Option<Daypart>,
    clock: Option<Clock>,
    basis: Basis,
}

impl Narrowing<'_> {
    fn narrow(&mut self, step: &Step) -> Option<()> {
        let span = match *step {
            Step::Century(century) => years((century - 1) * 100, century * 100 - 1),
            Step::Decade(decade) => {
                let from = match (self.span, decade) {
                    (Some((century, _)), 0..=90) => century.year + decade,
                    // 80年代 is of the last century, 20年代 of this.
                    (None, 30..=90) => 1900 + decade,
                    (None, 0..=20) => 2000 + decade,
                    _ => decade,
                };
                years(from, from + 9)
            }
            Step::Year(year) => years(year, year),
            Step::YearBy(by) => {
                let year = self.issued_year()? + by;
                years(year, year)
            }
            Step::YearAfter(by) => {
                let year = self.article_year()? + by;
                years(year, year)
            }
            Step::Half(half) => months(self.year()?, if half == 1 { 1 } else { 7 }, 6),
            Step::Quarter(quarter) => months(self.year()?, quarter * 3 - 2, 3),
            Step::QuarterBy(by) => {
                let issued = self.issued()?;
                let start = Date::new(issued.year, (issued.month - 1) / 3 * 3 + 1, 1).plus_months(by * 3);
                (start, start.plus_months(2).month_end())
            }
            Step::Month(month) => {
                (1..=12).contains(&month).then_some(())?;
                months(self.year()?, month, 1)
            }
            Step::MonthBy(by) => month_of(self.issued()?.month_start().plus_months(by)),
            Step::MonthAfter(by) => month_of(self.article_date()?.month_start().plus_months(by)),
            Step::Day(day) => {
                let month = match self.span {
                    Some((from, _)) => from,
                    None => self.article_date()?,
                };
                let date = Date { day, ..month };
                (date.exists() && self.span.is_none_or(|it| it.0 <= date && date <= it.1))
                    .then_some((date, date))?
            }
            Step::DayBy(by) => one(self.issued()?.plus_days(by.into())),
            Step::DayAfter(by) => one(self.article_date()?.plus_days(by.into())),
            Step::Lunar(day) => self.lunar(day)?,
            Step::Holiday(index) => holiday(index, self.year()?)?,
            Step::WeekBy(by) => {
                let monday = monday_of(self.issued()?).plus_days(7 * i64::from(by));
                (monday, monday.plus_days(6))
            }
            Step::Weekday(weekday) => one(self.weekday(weekday)?),
            Step::Part(part) => self.part(part)?,
            Step::First(count, grain) => {
                let from = self.span.map_or_else(|| months(self.year().unwrap_or(0), 1, 12).0, |it| it.0);
                (from, ahead(from, count.into(), grain)?.plus_days(-1))
            }
            Step::Last(count, grain) => {
                let to = self.span?.1;
                (ahead(to.plus_days(1), -f64::from(count), grain)?, to)
            }
            Step::Nth(nth, grain) => {
                let (from, _) = self.span?;
                // The first week of a month is that of its first Monday.
                let from = if grain == Grain::Week { monday_of(from.plus_days(6)) } else { from };
                let start = ahead(from, f64::from(nth) - 1.0, grain)?;
                (start, ahead(start, 1.0, grain)?.plus_days(-1))
            }
            Step::Daypart(daypart) => {
                self.daypart = Some(daypart);
                self.today()?
            }
            Step::Clock(clock) => {
                self.clock = Some(clock);
                self.today()?
            }
            Step::Shift(by, grain) => {
                let from = self.issued()?;
                let to = ahead(from, by, grain)?;
                if grain == Grain::Year && by.fract() == 0.0 { years(to.year, to.year) } else { one(to) }
            }
            Step::Since(by, grain) => {
                let now = self.issued()?;
                let then = ahead(now, by, grain)?;
                (now.min(then), now.max(then))
            }
            Step::Vague(_) => return None,
        };
        self.span = Some(span);
        self.last = Some(grain(step));
        Some(())
    }

    fn resolved(self) -> Option<Resolved> {
        let (from, to) = self.span?;
        let (clock, until) = match (self.clock, self.daypart) {
            (Some(clock), daypart) if clock.exists() => (Some(on_the_day(clock, daypart)), None),
            (Some(_), _) => return None,
            (None, Some(daypart)) => {
                let (from, to) = daypart.hours();
                let hour = |hour| Some(Clock { hour, minute: None, second: None });
                (hour(from), hour(to))
            }
            (None, None) => (None, None),
        };
        Some(Resolved { from, to, clock, until, basis: self.basis })
    }

    /// The year of what came before, else the document's.
    fn year(&mut self) -> Option<i32> {
        match self.span {
            Some((from, _)) => Some(from.year),
            None => {
                self.basis = self.basis.max(Basis::Year);
                self.anchor.issued.map(|it| it.year).or(self.anchor.year)
            }
        }
    }

    fn issued_year(&mut self) -> Option<i32> {
        self.basis = Basis::Year;
        self.anchor.issued.map(|it| it.year).or(self.anchor.year)
    }

    fn article_year(&mut self) -> Option<i32> {
        self.basis = Basis::Article;
        self.anchor.date.map(|it| it.year).or(self.anchor.issued.map(|it| it.year)).or(self.anchor.year)
    }

    fn issued(&mut self) -> Option<Date> {
        self.basis = Basis::Issued;
        self.anchor.issued
    }

    fn article_date(&mut self) -> Option<Date> {
        self.basis = Basis::Article;
        self.anchor.date.or(self.anchor.issued)
    }

    /// The day a time of day is on.
    fn today(&mut self) -> Option<(Date, Date)> {
        match self.span {
            Some(span) => Some(span),
            None => self.article_date().map(one),
        }
    }

    /// A lunar day or month in the lunar year said, else in the Gregorian year of the document.
    fn lunar(&mut self, day: LunarDay) -> Option<(Date, Date)> {
        let said = self.span.is_some();
        let year = self.year()?;
        let of = |year: i32| {
            let first = LunarDate { year, month: day.month, leap: day.leap, day: day.day.unwrap_or(1) };
            let from = match (first.gregorian(), day) {
                (Some(it), _) => it,
                // 大年三十 in a year whose last month has 29 days.
                (None, LunarDay { month: 12, day: Some(30), .. }) => {
                    LunarDate::last_of_year(year)?.gregorian()?
                }
                (None, _) => return None,
            };
            let to = match day.day {
                Some(_) => from,
                None => (LunarDate { day: 30, ..first }.gregorian())
                    .or_else(|| LunarDate { day: 29, ..first }.gregorian())?,
            };
            Some((from, to))
        };
        if said {
            return of(year);
        }
        // 腊月 of the document's year began in the lunar year before.
        [year, year - 1].into_iter().filter_map(of).find(|it| it.0.year == year || it.1.year == year)
    }

    /// The weekday of the week said, of the days said, else of the document's week.
    fn weekday(&mut self, weekday: Weekday) -> Option<Date> {
        let base = match self.span {
            Some((from, _)) => from,
            None => self.issued()?,
        };
        let date = monday_of(base).plus_days(weekday.index().into());
        Some(if self.span.is_some_and(|it| date < it.0) { date.plus_days(7) } else { date })
    }

    /// A part of what came before; how much of it is usage: 年初 is two months, 月初 five days.
    fn part(&mut self, part: Part) -> Option<(Date, Date)> {
        let (from, to) = self.span?;
        let last = self.last?;
        let year = |first: u8, count: u8| months(from.year, first, count);
        let days = |first: u8, count: Option<u8>| {
            let start = Date { day: first, ..from };
            (start, count.map_or(from.month_end(), |it| Date { day: first + it - 1, ..from }))
        };
        let of_years = |first: i32, count: i32| years(from.year + first, from.year + first + count - 1);
        Some(match (last, part) {
            (Grain::Year, Part::Start) => year(1, 2),
            (Grain::Year, Part::Middle) => year(6, 2),
            (Grain::Year, Part::End) => year(11, 2),
            (Grain::Quarter, Part::Start) => (from, from.month_end()),
            (Grain::Quarter, Part::End) => (to.month_start(), to),
            (Grain::Month, Part::Start) => days(1, Some(5)),
            (Grain::Month, Part::Middle) => days(11, Some(10)),
            (Grain::Month, Part::End) => (to.plus_days(-4), to),
            (Grain::Month, Part::FirstTen) => days(1, Some(10)),
            (Grain::Month, Part::SecondTen) => days(11, Some(10)),
            (Grain::Month, Part::LastTen) => days(21, None),
            (Grain::Month, Part::FirstHalf) => days(1, Some(15)),
            (Grain::Month, Part::SecondHalf) => days(16, None),
            (Grain::Decade, Part::Start) => of_years(0, 3),
            (Grain::Decade, Part::Middle) => of_years(4, 3),
            (Grain::Decade, Part::End) => of_years(7, 3),
            (Grain::Century, Part::Start) => of_years(0, 20),
            (Grain::Century, Part::Middle) => of_years(40, 20),
            (Grain::Century, Part::End) => of_years(80, 20),
            // 上旬 alone is of the month the article speaks of.
            _ => return None,
        })
    }
}

fn one(date: Date) -> (Date, Date) {
    (date, date)
}

fn years(from: i32, to: i32) -> (Date, Date) {
    (Date::new(from, 1, 1), Date::new(to, 12, 31))
}

fn months(year: i32, first: u8, count: u8) -> (Date, Date) {
    (Date::new(year, first, 1), Date::new(year, first + count - 1, 1).month_end())
}

fn month_of(date: Date) -> (Date, Date) {
    (date.month_start(), date.month_end())
}

fn monday_of(date: Date) -> Date {
    date.plus_days(-i64::from(date.weekday().index()))
}

/// `by` grains after `date`; halves count as half the days.
fn ahead(date: Date, by: f64, grain: Grain) -> Option<Date> {
    let by = by.clamp(-1e6, 1e6);
    let half = by.fract();
    let whole = by.trunc() as i32;
    Some(match grain {
        Grain::Century => date.plus_months(whole * 1200 + (half * 1200.0) as i32),
        Grain::Decade => date.plus_months(whole * 120 + (half * 120.0) as i32),
        Grain::Year => date.plus_months(whole * 12 + (half * 12.0) as i32),
        Grain::Quarter => date.plus_months(whole * 3),
        Grain::Month => date.plus_months(whole).plus_days((half * 30.0) as i64),
        Grain::Part => date.plus_days(i64::from(whole) * 10),
        Grain::Week => date.plus_days(i64::from(whole) * 7),
        Grain::Day => date.plus_days(i64::from(whole)),
        // Hours and less stay on the day, as far as days go.
        Grain::Daypart | Grain::Hour | Grain::Minute | Grain::Second => date,
    })
}

/// The time on a clock of 24 hours: 下午3时 is 15.
fn on_the_day(clock: Clock, daypart: Option<Daypart>) -> Clock {
    let later = match daypart {
        Some(Daypart::Afternoon | Daypart::Dusk) => clock.hour < 12,
        Some(Daypart::Evening | Daypart::Night) => (5..12).contains(&clock.hour),
        Some(Daypart::Noon) => clock.hour < 4,
        _ => false,
    };
    // 晚上12点 is the end of the day.
    let midnight = matches!(daypart, Some(Daypart::Evening | Daypart::Night)) && clock.hour == 12;
    Clock { hour: clock.hour + if later || midnight { 12 } else { 0 }, ..clock }
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
        };
        let found = expressions(text);
        let Some(it) = found.first().and_then(|it| it.value.resolved(&anchor)) else { return "none".into() };
        let day = if it.from == it.to { it.from.to_string() } else { format!("{}/{}", it.from, it.to) };
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
