//! The steps of a moment, one after another, narrow what time is meant: 今年 · 2月 · 12日 · 下午 · 3时.

use super::calendar::{Date, Weekday};
use super::far::{self, monday_of, month_of};
use super::feast::{holiday, season};
use super::instant::{Instant, Reference, ahead};
use super::lunar::LunarDate;
use super::resolve::{Anchor, Basis, Resolved, stretch};
use super::step::grain;
use super::value::{Clock, Daypart, Grain, LunarDay, Part, Step};

/// A stretch of days that steps narrow.
pub(super) struct Narrowing<'a> {
    anchor: &'a Anchor,
    span: Option<(Date, Date)>,
    last: Option<Grain>,
    daypart: Option<Daypart>,
    clock: Option<Clock>,
    /// To the second, where a step says it so: 3小时前.
    exact: Option<(Instant, Instant)>,
    basis: Basis,
}

impl<'a> Narrowing<'a> {
    pub(super) fn new(anchor: &'a Anchor) -> Narrowing<'a> {
        Narrowing {
            anchor,
            span: None,
            last: None,
            daypart: None,
            clock: None,
            exact: None,
            basis: Basis::Said,
        }
    }

    /// Narrows by one more step; none where that leaves nothing or cannot be known.
    pub(super) fn narrow(&mut self, step: &Step) -> Option<()> {
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
                    // 30日 told in February is of January.
                    None => match self.article_date()? {
                        it if (29..=31).contains(&day) && !(Date { day, ..it }).exists() => {
                            it.month_start().plus_months(-1)
                        }
                        it => it,
                    },
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
                let from = if grain == Grain::Week { monday_of(from.plus_days(6)) } else { from };
                (from, days_ahead(from, count.into(), grain)?.plus_days(-1))
            }
            Step::Last(count, grain) => {
                let to = self.span?.1;
                (days_ahead(to.plus_days(1), -f64::from(count), grain)?, to)
            }
            Step::Nth(nth, grain) => {
                let (from, _) = self.span?;
                // The first week of a month is that of its first Monday.
                let from = if grain == Grain::Week { monday_of(from.plus_days(6)) } else { from };
                let start = days_ahead(from, f64::from(nth) - 1.0, grain)?;
                (start, days_ahead(start, 1.0, grain)?.plus_days(-1))
            }
            Step::NthWeekday(nth, weekday) => one(self.nth_weekday(nth, weekday)?),
            Step::Daypart(daypart) => {
                self.daypart = Some(daypart);
                self.today()?
            }
            Step::Clock(clock) => {
                self.clock = Some(clock);
                self.today()?
            }
            Step::Season(of_year) => season(of_year, self.year()?)?,
            Step::Now => {
                let now = self.now()?;
                self.exact = Some((now.from, now.to));
                (now.from.date(), now.to.date())
            }
            Step::Shift(by, Grain::Year) if by.fract() == 0.0 && self.anchor.now().is_none() => {
                let year = self.issued_year()? + by.clamp(-1e5, 1e5) as i32;
                years(year, year)
            }
            Step::Shift(by, grain) => {
                let far = far::shifted(&self.now()?, by, grain)?;
                self.exact = far.1;
                far.0
            }
            Step::Ago(least, most, grain) => {
                let exact = far::some_while_ago(&self.now()?, least, most, grain)?;
                self.exact = Some(exact);
                (exact.0.date(), exact.1.date())
            }
            Step::Workdays(by) => one(far::workdays(self.issued()?, by)),
            Step::Since(by, grain) => {
                let exact = stretch(&self.now()?, by, grain)?;
                self.exact = Some(exact);
                (exact.0.date(), exact.1.date())
            }
            Step::Vague(_) => return None,
        };
        self.span = Some(span);
        self.last = Some(grain(step));
        Some(())
    }

    /// What is left.
    pub(super) fn resolved(self) -> Option<Resolved> {
        let days = self.span?;
        let (from, to) = days;
        let basis = self.basis;
        let whole = Resolved {
            from: Some(Instant::start_of(from)),
            to: Some(Instant::end_of(to)),
            days,
            clock: None,
            until: None,
            basis,
        };
        if let Some((from, to)) = self.exact {
            return Some(Resolved { from: Some(from), to: Some(to), ..whole });
        }
        match (self.clock, self.daypart) {
            (Some(clock), daypart) if clock.exists() => {
                // 24时, the end of a day, is a point; the hour after 夜里12点 is one.
                let ends = clock.hour == 24;
                let clock = on_the_day(clock, daypart);
                let start = Instant::at(from, clock);
                let length = match clock {
                    Clock { second: Some(_), .. } => 1,
                    Clock { minute: Some(_), .. } => 60,
                    _ if ends => 1,
                    _ => 3600,
                };
                let length = if to > from { Instant::at(to, clock) } else { start }.plus_seconds(length - 1);
                Some(Resolved { from: Some(start), to: Some(length), clock: Some(clock), ..whole })
            }
            (Some(_), _) => None,
            (None, Some(daypart)) => {
                let hours = daypart.hours();
                let clock = |hour| Clock { hour, minute: None, second: None };
                let (start, end) = (clock(hours.0), clock(hours.1));
                Some(Resolved {
                    from: Some(Instant::at(from, start)),
                    to: Some(Instant::at(to, end).plus_seconds(-1)),
                    clock: Some(start),
                    until: Some(end),
                    ..whole
                })
            }
            (None, None) => Some(whole),
        }
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

    /// The moment the text is read from.
    fn now(&mut self) -> Option<Reference> {
        self.basis = Basis::Issued;
        self.anchor.now()
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

    /// The nth of a weekday in the days said, the last for −1.
    fn nth_weekday(&mut self, nth: i8, weekday: Weekday) -> Option<Date> {
        let (from, to) = self.span?;
        let date = if nth < 0 {
            to.plus_days(-((7 + i64::from(to.weekday().index()) - i64::from(weekday.index())) % 7))
        } else {
            let first = (7 + i64::from(weekday.index()) - i64::from(from.weekday().index())) % 7;
            from.plus_days(first + 7 * (i64::from(nth) - 1))
        };
        (from <= date && date <= to).then_some(date)
    }

    /// A part of what came before; how much of it is usage: 年初 is two months, 月初 five days, 月底 begins
    /// on the 25th.
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
            (Grain::Year, Part::Outset) => year(1, 1),
            (Grain::Year, Part::Middle) => year(6, 2),
            (Grain::Year, Part::End) => year(11, 2),
            (Grain::Quarter, Part::Start) => (from, from.month_end()),
            (Grain::Quarter, Part::End) => (to.month_start(), to),
            (Grain::Month, Part::Start) => days(1, Some(5)),
            (Grain::Month, Part::Middle) => days(11, Some(10)),
            (Grain::Month, Part::End) => days(25, None),
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

/// The day `by` grains after `from`.
fn days_ahead(from: Date, by: f64, grain: Grain) -> Option<Date> {
    ahead(Instant::start_of(from), by, grain).map(Instant::date)
}

/// The time on a clock of 24 hours: 下午3时 is 15.
fn on_the_day(clock: Clock, daypart: Option<Daypart>) -> Clock {
    let later = match daypart {
        Some(Daypart::Afternoon | Daypart::EarlyAfternoon | Daypart::Dusk) => clock.hour < 12,
        Some(Daypart::Evening | Daypart::LateEvening | Daypart::Night) => (5..12).contains(&clock.hour),
        Some(Daypart::SmallHours | Daypart::Midnight) => (9..12).contains(&clock.hour),
        Some(Daypart::Noon) => clock.hour < 4,
        _ => false,
    };
    // 晚上12点 is the end of the day.
    let midnight =
        matches!(daypart, Some(Daypart::Evening | Daypart::LateEvening | Daypart::Night)) && clock.hour == 12;
    Clock { hour: clock.hour + if later || midnight { 12 } else { 0 }, ..clock }
}
