//! Points of time to the second, and the moment that a text is read from.

use super::calendar::{Date, days_in_month};
use super::value::{Clock, Grain};

/// A second of the calendar: seconds since 1970-01-01T00:00:00 of the place the text speaks of; no time zone. Ordered
/// by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Instant(i64);

/// Seconds of a day.
pub(super) const DAY: i64 = 86_400;

impl Instant {
    /// The first second of `date`.
    pub fn start_of(date: Date) -> Instant {
        Instant(date.number() * DAY)
    }

    /// The last second of `date`.
    pub fn end_of(date: Date) -> Instant {
        Instant(date.number() * DAY + DAY - 1)
    }

    /// The second at which `clock` begins on `date`; 24:00 begins the next day.
    pub fn at(date: Date, clock: Clock) -> Instant {
        let minutes = i64::from(clock.hour) * 60 + i64::from(clock.minute.unwrap_or(0));
        Instant(date.number() * DAY + minutes * 60 + i64::from(clock.second.unwrap_or(0)))
    }

    /// The day it is on.
    pub fn date(self) -> Date {
        Date::from_number(self.0.div_euclid(DAY))
    }

    /// Seconds since the day began.
    pub fn second_of_day(self) -> i64 {
        self.0.rem_euclid(DAY)
    }

    /// So many seconds later, or earlier when negative.
    pub fn plus_seconds(self, seconds: i64) -> Instant {
        Instant(self.0.saturating_add(seconds))
    }

    /// The first second of its hour.
    pub(super) fn start_of_hour(self) -> Instant {
        Instant(self.0 - self.0.rem_euclid(3600))
    }

    /// The last second of its minute.
    pub(super) fn end_of_minute(self) -> Instant {
        Instant(self.0 - self.0.rem_euclid(60) + 59)
    }

    /// The same time of day on another day.
    pub(super) fn on(self, date: Date) -> Instant {
        Instant::start_of(date).plus_seconds(self.second_of_day())
    }
}

impl std::fmt::Display for Instant {
    /// `2020-02-12T17:00:00`, ISO 8601 and GB/T 7408.1.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let second = self.second_of_day();
        write!(f, "{}T{:02}:{:02}:{:02}", self.date(), second / 3600, second / 60 % 60, second % 60)
    }
}

/// The moment that a text is read from, as exactly as it is known: a year, a month, a day, an hour, a minute or a
/// second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Reference {
    /// Its first second.
    pub from: Instant,
    /// Its last second.
    pub to: Instant,
    /// How exactly it is known.
    pub grain: Grain,
}

impl Reference {
    /// The whole of `date`.
    pub fn day(date: Date) -> Reference {
        Reference { from: Instant::start_of(date), to: Instant::end_of(date), grain: Grain::Day }
    }

    /// Reads `2020`, `2020-02`, `2020-02-13`, `2020-02-13T17`, `2020-02-13T17:30` and `2020-02-13T17:30:05` (a space
    /// may stand for the `T`); none for what no calendar has.
    pub fn parse(text: &str) -> Option<Reference> {
        let (day, time) = match text.split_once(['T', ' ']) {
            Some((day, time)) => (day, Some(time)),
            None => (text, None),
        };
        let fields = |text: &str, mark: char| -> Option<Vec<u32>> {
            text.split(mark)
                .map(|it| it.parse().ok().filter(|_| it.bytes().all(|it| it.is_ascii_digit())))
                .collect()
        };
        let day = fields(day, '-')?;
        let time = time.map_or(Some(Vec::new()), |it| fields(it, ':'))?;
        let (&year, rest) = day.split_first().filter(|it| (1..=9999).contains(it.0))?;
        let (month, of_month) = (rest.first().copied(), rest.get(1).copied());
        let known = rest.len() <= 2 && time.len() <= 3 && (time.is_empty() || rest.len() == 2);
        let first = Date::new(
            year as i32,
            u8::try_from(month.unwrap_or(1)).ok()?,
            u8::try_from(of_month.unwrap_or(1)).ok()?,
        );
        let limits = [24, 60, 60];
        if !known || !first.exists() || time.iter().zip(limits).any(|(it, limit)| *it >= limit) {
            return None;
        }
        let last = match (month, of_month) {
            (None, _) => Date { month: 12, day: 31, ..first },
            (Some(_), None) => Date { day: days_in_month(first.year, first.month), ..first },
            _ => first,
        };
        let part = |index: usize| i64::from(time.get(index).copied().unwrap_or(0));
        let from = Instant::start_of(first).plus_seconds(part(0) * 3600 + part(1) * 60 + part(2));
        let (grain, to) = match (rest.len(), time.len()) {
            (_, 1) => (Grain::Hour, from.plus_seconds(3599)),
            (_, 2) => (Grain::Minute, from.plus_seconds(59)),
            (_, 3) => (Grain::Second, from),
            (0, _) => (Grain::Year, Instant::end_of(last)),
            (1, _) => (Grain::Month, Instant::end_of(last)),
            _ => (Grain::Day, Instant::end_of(last)),
        };
        Some(Reference { from, to, grain })
    }

    /// The day, where it is known.
    pub fn date(&self) -> Option<Date> {
        (self.grain >= Grain::Day).then(|| self.from.date())
    }
}

/// `by` grains after `from`; half a month is 15 days.
pub(super) fn ahead(from: Instant, by: f64, grain: Grain) -> Option<Instant> {
    // Far outside any text, near enough that nothing overflows.
    let by = by.clamp(-1e6, 1e6);
    let months = |months: f64| from.on(from.date().plus_months(months.round() as i32));
    Some(match grain {
        Grain::Century => months(by * 1200.0),
        Grain::Decade => months(by * 120.0),
        Grain::Year => months(by * 12.0),
        Grain::Quarter => months(by * 3.0),
        Grain::Month => months(by.trunc()).plus_seconds((by.fract() * 30.0) as i64 * 86_400),
        Grain::Part => from.plus_seconds((by * 864_000.0) as i64),
        Grain::Week => from.plus_seconds((by * 604_800.0) as i64),
        Grain::Day => from.plus_seconds((by * 86_400.0) as i64),
        Grain::Hour => from.plus_seconds((by * 3600.0) as i64),
        Grain::Minute => from.plus_seconds((by * 60.0) as i64),
        Grain::Second => from.plus_seconds(by as i64),
        Grain::Daypart => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_as_exact_as_it_is_said() {
        let read = |text: &str| Reference::parse(text).map(|it| format!("{} {}", it.from, it.to));
        assert_eq!(read("2020").unwrap(), "2020-01-01T00:00:00 2020-12-31T23:59:59");
        assert_eq!(read("2020-02").unwrap(), "2020-02-01T00:00:00 2020-02-29T23:59:59");
        assert_eq!(read("2020-02-13").unwrap(), "2020-02-13T00:00:00 2020-02-13T23:59:59");
        assert_eq!(read("2020-02-13T17").unwrap(), "2020-02-13T17:00:00 2020-02-13T17:59:59");
        assert_eq!(read("2020-02-13 17:30:05").unwrap(), "2020-02-13T17:30:05 2020-02-13T17:30:05");
        for odd in ["", "20x", "2020-13", "2020-02-30", "2020-02-13T25", "2020T10", "2020-1-2-3", "+1-2-3"] {
            assert_eq!(read(odd), None, "{odd}");
        }
    }
}
