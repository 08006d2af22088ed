//! Days of the calendar in use: dates, weekdays, and the arithmetic between them.

use super::lunar::LunarDate;

/// A day of the Gregorian calendar. Any numbers are allowed, since a page can print `2月30日`; see
/// [`Date::exists`]. Ordered by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    /// Year, 1 BC being 0.
    pub year: i32,
    /// Month, from 1.
    pub month: u8,
    /// Day, from 1.
    pub day: u8,
}

impl Date {
    /// The day `year`-`month`-`day`.
    pub fn new(year: i32, month: u8, day: u8) -> Date {
        Date { year, month, day }
    }

    /// Whether the calendar has such a day.
    pub fn exists(self) -> bool {
        (1..=12).contains(&self.month) && 1 <= self.day && self.day <= days_in_month(self.year, self.month)
    }

    /// Days since 1970-01-01. O(1). A day past the end of its month counts on into the next.
    pub fn number(self) -> i64 {
        let month = i64::from(self.month.max(1)) - 1;
        let year = i64::from(self.year) + month.div_euclid(12);
        let month = month.rem_euclid(12) + 1;
        // Years that begin in March put the leap day at their end.
        let shifted = if month <= 2 { year - 1 } else { year };
        let era = shifted.div_euclid(400);
        let of_era = shifted.rem_euclid(400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(self.day) - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + day_of_year - 719_468
    }

    /// The day `number` days after 1970-01-01. O(1).
    pub fn from_number(number: i64) -> Date {
        // ±5 million years: far outside any text, near enough that nothing overflows.
        let shifted = number.clamp(-2_000_000_000, 2_000_000_000) + 719_468;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Date { year: year as i32, month: month as u8, day: day as u8 }
    }

    /// The day `days` later, or earlier when negative.
    pub fn plus_days(self, days: i64) -> Date {
        Date::from_number(self.number().saturating_add(days))
    }

    /// The same day `months` later, or the last of a shorter month.
    pub fn plus_months(self, months: i32) -> Date {
        let month = i64::from(self.year) * 12 + i64::from(self.month) - 1 + i64::from(months);
        let year = month.div_euclid(12).clamp(-5_000_000, 5_000_000) as i32;
        let month = month.rem_euclid(12) as u8 + 1;
        Date { year, month, day: self.day.min(days_in_month(year, month)) }
    }

    /// The first day of its month.
    pub fn month_start(self) -> Date {
        Date { day: 1, ..self }
    }

    /// The last day of its month.
    pub fn month_end(self) -> Date {
        Date { day: days_in_month(self.year, self.month), ..self }
    }

    /// The weekday.
    pub fn weekday(self) -> Weekday {
        WEEKDAYS[(self.number() + 3).rem_euclid(7) as usize]
    }

    /// The day of the lunar calendar, for the lunar years 1900–2100. 0.2 µs.
    pub fn lunar(self) -> Option<LunarDate> {
        LunarDate::of(self)
    }
}

impl std::fmt::Display for Date {
    /// `2020-02-12`, ISO 8601 and GB/T 7408.1.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Days of `month` in `year`; 31 for a month that does not exist.
pub fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Weekday {
    /// 星期一.
    Monday,
    /// 星期二.
    Tuesday,
    /// 星期三.
    Wednesday,
    /// 星期四.
    Thursday,
    /// 星期五.
    Friday,
    /// 星期六.
    Saturday,
    /// 星期日.
    Sunday,
}

const WEEKDAYS: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

impl Weekday {
    /// The weekday `index` days after Monday.
    pub fn from_monday(index: u8) -> Weekday {
        WEEKDAYS[usize::from(index % 7)]
    }

    /// Days after Monday.
    pub fn index(self) -> u8 {
        self as u8
    }

    /// `星期三`.
    pub fn zh(self) -> &'static str {
        ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"][self as usize]
    }

    /// `Wed`.
    pub fn en(self) -> &'static str {
        ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_and_its_number_are_one() {
        assert_eq!(Date::new(1970, 1, 1).number(), 0);
        assert_eq!(Date::new(2020, 2, 12).number(), 18_304);
        for number in (-900_000..900_000).step_by(37) {
            let date = Date::from_number(number);
            assert!(date.exists());
            assert_eq!(date.number(), number);
        }
    }

    #[test]
    fn knows_its_weekday() {
        assert_eq!(Date::new(2020, 2, 12).weekday(), Weekday::Wednesday);
        assert_eq!(Date::new(1949, 10, 1).weekday(), Weekday::Saturday);
        assert_eq!(Date::new(2020, 2, 12).weekday().zh(), "星期三");
    }

    #[test]
    fn months_have_their_days() {
        assert!(Date::new(2020, 2, 29).exists());
        assert!(!Date::new(2019, 2, 29).exists());
        assert!(!Date::new(1900, 2, 29).exists());
        assert!(!Date::new(2020, 2, 30).exists());
        assert_eq!(Date::new(2020, 1, 31).plus_months(1), Date::new(2020, 2, 29));
        assert_eq!(Date::new(2020, 1, 31).plus_months(-2), Date::new(2019, 11, 30));
    }
}
