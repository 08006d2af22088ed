//! How far from now: 三天前, 两年后, 半小时后, 前两天, 15个工作日内.

use super::calendar::{Date, Weekday};
use super::instant::{Instant, Reference, ahead};
use super::value::Grain;

/// The first and the last day.
type Days = (Date, Date);
/// The first and the last second.
type Exact = (Instant, Instant);

/// 三天前, 两年后: the year, month, week or day that is so far from `now`; of hours and less, that long a while, to the
/// second.
pub(super) fn shifted(now: &Reference, by: f64, grain: Grain) -> Option<(Days, Option<Exact>)> {
    let whole = by.fract() == 0.0;
    let there = ahead(now.from, by, grain)?;
    let date = there.date();
    let exact = match grain {
        Grain::Day if !whole => (there, there.plus_seconds(86_399)),
        // As wide as one of the unit, or as the count where that is less: 半小时后.
        Grain::Hour | Grain::Minute | Grain::Second => {
            let width = by.abs().min(1.0);
            match by < 0.0 {
                true => (ahead(there, -width, grain)?, there),
                // Half an hour and more is not told to the second.
                false if grain == Grain::Hour && width >= 0.5 => {
                    (there, ahead(now.to, by + width, grain)?.end_of_minute())
                }
                false => (there, ahead(there, width, grain)?),
            }
        }
        _ => {
            let days = match grain {
                Grain::Year if whole => (Date::new(date.year, 1, 1), Date::new(date.year, 12, 31)),
                Grain::Year | Grain::Quarter => month_of(date),
                Grain::Month if whole => month_of(date),
                // 十个半月后 is told to the month.
                Grain::Month if by < 0.0 => (date.plus_months(-1), date),
                Grain::Month => (date, date.plus_months(1).plus_days(-1)),
                Grain::Week => (monday_of(date), monday_of(date).plus_days(6)),
                _ => (date, date),
            };
            return Some((days, None));
        }
    };
    Some(((date, date), Some(exact)))
}

/// 前两天: from `most` to `least` units before `now`, each of them whole.
pub(super) fn some_while_ago(now: &Reference, least: u8, most: u8, grain: Grain) -> Option<Exact> {
    let there = |by: u8| ahead(now.from, -f64::from(by), grain);
    let (from, to) = (there(most)?, there(least)?);
    Some(match grain {
        Grain::Hour => (from.start_of_hour(), to.start_of_hour().plus_seconds(3599)),
        Grain::Minute => (from.end_of_minute().plus_seconds(-59), to.end_of_minute()),
        Grain::Year => {
            let (first, last) = (from.date().year, to.date().year);
            (Instant::start_of(Date::new(first, 1, 1)), Instant::end_of(Date::new(last, 12, 31)))
        }
        _ => (Instant::start_of(from.date()), Instant::end_of(to.date())),
    })
}

/// The day that is `by` working days after `from`, or before when negative: Mondays to Fridays. Holidays, which are
/// set anew each year, are not known. O(1).
pub(super) fn workdays(from: Date, by: i32) -> Date {
    let by = i64::from(by.clamp(-10_000, 10_000));
    let weekday = i64::from(from.weekday().index());
    let friday = i64::from(Weekday::Friday.index());
    // From a weekend one counts as from the Friday before it, or from the Monday after it when counting back.
    let (from, weekday) = match (weekday > friday, by < 0) {
        (false, _) => (from, weekday),
        (true, false) => (from.plus_days(friday - weekday), friday),
        (true, true) => (from.plus_days(7 - weekday), 0),
    };
    let place = weekday + by;
    from.plus_days(place.div_euclid(5) * 7 + place.rem_euclid(5) - weekday)
}

/// The first and last day of the month of `date`.
pub(super) fn month_of(date: Date) -> Days {
    (date.month_start(), date.month_end())
}

/// The Monday of the week of `date`.
pub(super) fn monday_of(date: Date) -> Date {
    date.plus_days(-i64::from(date.weekday().index()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekends_are_no_working_days() {
        let monday = Date::new(2021, 6, 14);
        for (by, expected) in [(1, 15), (4, 18), (5, 21), (15, 35), (-1, 11), (-5, 7)] {
            assert_eq!(workdays(monday, by), Date::new(2021, 6, 1).plus_days(expected - 1), "{by}");
        }
        assert_eq!(workdays(Date::new(2021, 6, 19), 1), Date::new(2021, 6, 21), "from a Saturday");
        assert_eq!(workdays(Date::new(2021, 6, 19), -1), Date::new(2021, 6, 18), "back from a Saturday");
    }
}
