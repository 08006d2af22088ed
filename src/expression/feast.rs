//! When holidays 节日 and solar terms 节气 are in a year.

use super::calendar::{Date, days_in_month};
use super::lunar::LunarDate;
use super::words::{Feast, HOLIDAYS};

/// The first and last day of holiday `index` of the table in the Gregorian year `year`. A lunar holiday is the one
/// that falls into that year. O(1).
pub fn holiday(index: u8, year: i32) -> Option<(Date, Date)> {
    let one = |it: Date| Some((it, it));
    match HOLIDAYS.get(usize::from(index))?.0 {
        Feast::Fixed(month, day) => one(Date::new(year, month, day)),
        Feast::Lunar(1, 0) => one(LunarDate::last_of_year(year - 1)?.gregorian()?),
        Feast::Lunar(month, day) => {
            let on = |year| LunarDate { year, month, leap: false, day }.gregorian();
            one([year, year - 1].into_iter().filter_map(on).find(|it| it.year == year)?)
        }
        Feast::Term(term) => one(solar_term(term, year)?),
        Feast::Nth(month, nth, weekday) => {
            let first = Date::new(year, month, 1);
            let ahead = (7 + i64::from(weekday) - i64::from(first.weekday().index())) % 7;
            let date = first.plus_days(ahead + 7 * (i64::from(nth) - 1));
            (date.day <= days_in_month(year, month) && date.month == month).then_some((date, date))
        }
        Feast::Season(month, day, last_month, last_day) => {
            Some((Date::new(year, month, day), Date::new(year, last_month, last_day)))
        }
    }
}

/// The first and last day of a season of `year`, 1 for spring to 4 for winter: from 立春, 立夏, 立秋 or 立冬 to the day
/// before the next of them. For 1901–2099. O(1).
pub fn season(of_year: u8, year: i32) -> Option<(Date, Date)> {
    // 立春 is the third term, the others six terms apart.
    let start = |season: u8, year| solar_term((season - 1) * 6 + 2, year);
    let next = if of_year == 4 { start(1, year + 1) } else { start(of_year + 1, year) };
    ((1..=4).contains(&of_year)).then(|| start(of_year, year)).flatten().zip(next.map(|it| it.plus_days(-1)))
}

/// Day of the month of each solar term, from 小寒, as its centuries' constants: the term's mean moment in year 0 of
/// the 1900s and of the 2000s.
const TERMS: [(f64, f64); 24] = [
    (6.11, 5.4055),
    (20.84, 20.12),
    (4.6295, 3.87),
    (19.4599, 18.73),
    (6.3826, 5.63),
    (21.4155, 20.646),
    (5.59, 4.81),
    (20.888, 20.1),
    (6.318, 5.52),
    (21.86, 21.04),
    (6.5, 5.678),
    (22.2, 21.37),
    (7.928, 7.108),
    (23.65, 22.83),
    (8.35, 7.5),
    (23.95, 23.13),
    (8.44, 7.646),
    (23.822, 23.042),
    (9.098, 8.318),
    (24.218, 23.438),
    (8.218, 7.438),
    (23.08, 22.36),
    (7.9, 7.18),
    (22.6, 21.94),
];

/// Years in which the mean is a day off: year, term, days to add.
const TERM_EXCEPTIONS: &[(i32, u8, i64)] = &[
    (2026, 3, -1),
    (2084, 5, 1),
    (1911, 8, 1),
    (2008, 9, 1),
    (1902, 10, 1),
    (1928, 11, 1),
    (1925, 12, 1),
    (2016, 12, 1),
    (1922, 13, 1),
    (2002, 14, 1),
    (1927, 16, 1),
    (1942, 17, 1),
    (2089, 19, 1),
    (2089, 20, 1),
    (1978, 21, 1),
    (1954, 22, 1),
    (1918, 23, -1),
    (2021, 23, -1),
    (1982, 0, 1),
    (2019, 0, -1),
    (2000, 1, 1),
    (2082, 1, 1),
];

/// The day of solar term `term` (0 is 小寒) in `year`, for 1901–2099.
fn solar_term(term: u8, year: i32) -> Option<Date> {
    let (old, new) = *TERMS.get(usize::from(term))?;
    let (constant, century) = match year {
        1901..=1999 => (old, 1900),
        2000..=2099 => (new, 2000),
        _ => return None,
    };
    let of_century = year - century;
    // The four terms before March count the leap days of the years before.
    let leaps = if term < 4 { (of_century - 1).div_euclid(4) } else { of_century / 4 };
    let day = (f64::from(of_century) * 0.2422 + constant).floor() as i32 - leaps;
    let date = Date::new(year, term / 2 + 1, day as u8);
    let off = TERM_EXCEPTIONS.iter().find(|it| it.0 == year && it.1 == term).map_or(0, |it| it.2);
    Some(date.plus_days(off))
}

#[cfg(test)]
mod tests {
    use super::super::words::holiday_name;
    use super::*;

    /// The day of the holiday called `name` in `year`.
    fn day(name: &str, year: i32) -> String {
        let index = (0..HOLIDAYS.len() as u8).find(|it| holiday_name(*it) == name).expect(name);
        holiday(index, year).map_or("none".into(), |it| it.0.to_string())
    }

    #[test]
    fn holidays_of_each_kind() {
        assert_eq!(day("国庆节", 2020), "2020-10-01");
        assert_eq!(day("春节", 2020), "2020-01-25");
        assert_eq!(day("除夕", 2020), "2020-01-24");
        assert_eq!(day("腊八节", 2020), "2020-01-02");
        assert_eq!(day("中秋节", 2020), "2020-10-01");
        assert_eq!(day("母亲节", 2020), "2020-05-10");
        assert_eq!(day("感恩节", 2020), "2020-11-26");
    }

    #[test]
    fn solar_terms() {
        for (name, year, expected) in [
            ("清明节", 2020, "2020-04-04"),
            ("清明节", 2019, "2019-04-05"),
            ("冬至", 2020, "2020-12-21"),
            ("冬至", 2019, "2019-12-22"),
            ("立春", 2020, "2020-02-04"),
            ("立春", 2021, "2021-02-03"),
            ("霜降", 2020, "2020-10-23"),
            ("春分", 2021, "2021-03-20"),
            ("立秋", 1990, "1990-08-08"),
        ] {
            assert_eq!(day(name, year), expected, "{name} {year}");
        }
    }
}
