//! The lunar calendar 农历: from a day to its lunar date, and back. The rules are icu_calendar's: the tables of
//! 1900–2100, by GB/T 33661—2017 and, before 1912, by the almanac of the time.

use icu_calendar::Date as IcuDate;
use icu_calendar::cal::{ChineseTraditional, Iso};
use icu_calendar::types::Month;

use super::calendar::Date;

/// A day of the lunar calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LunarDate {
    /// The Gregorian year in which the lunar year begins: 2019 for the 除夕 of January 2020.
    pub year: i32,
    /// Month, 1–12.
    pub month: u8,
    /// Whether it is the leap month 闰月 of that number.
    pub leap: bool,
    /// Day, 1–30.
    pub day: u8,
}

/// Years that the tables have. Outside them icu_calendar reckons roughly, a day off here and there: the conversions
/// give nothing.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

impl LunarDate {
    /// The lunar date of `date`. 0.2 µs.
    pub fn of(date: Date) -> Option<LunarDate> {
        if !YEARS.contains(&date.year) {
            return None;
        }
        let iso = IcuDate::try_new_iso(date.year, date.month, date.day).ok()?;
        let lunar = iso.to_calendar(ChineseTraditional::new());
        let month = lunar.month().to_input();
        let lunar = LunarDate {
            year: lunar.year().extended_year(),
            month: month.number(),
            leap: month.is_leap(),
            day: lunar.day_of_month().0,
        };
        YEARS.contains(&lunar.year).then_some(lunar)
    }

    /// The Gregorian day; none where that lunar month has no such day or that year no such leap month. 0.2 µs.
    pub fn gregorian(self) -> Option<Date> {
        if !YEARS.contains(&self.year) {
            return None;
        }
        let month = if self.leap { Month::leap(self.month) } else { Month::new(self.month) };
        let lunar = IcuDate::try_new_chinese_traditional(self.year, month, self.day).ok()?;
        let iso = lunar.to_calendar(Iso);
        Some(Date::new(iso.year().extended_year(), iso.month().to_input().number(), iso.day_of_month().0))
    }

    /// The last day of the lunar year `year`: 除夕.
    pub fn last_of_year(year: i32) -> Option<LunarDate> {
        let next = LunarDate { year: year + 1, month: 1, leap: false, day: 1 };
        next.gregorian()?.plus_days(-1).lunar()
    }

    /// `正月初三`, `闰四月十五`, `腊月三十`.
    pub fn zh(self) -> String {
        let mut text = String::new();
        if self.leap {
            text.push('闰');
        }
        text.push_str(month_name(self.month));
        text.push_str(day_name(self.day));
        text
    }
}

const MONTHS: [&str; 12] =
    ["正月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "冬月", "腊月"];

const DAYS: [&str; 30] = [
    "初一", "初二", "初三", "初四", "初五", "初六", "初七", "初八", "初九", "初十", "十一", "十二", "十三",
    "十四", "十五", "十六", "十七", "十八", "十九", "二十", "廿一", "廿二", "廿三", "廿四", "廿五", "廿六",
    "廿七", "廿八", "廿九", "三十",
];

/// `正月` for 1; empty for a month that does not exist.
pub fn month_name(month: u8) -> &'static str {
    MONTHS.get(usize::from(month).wrapping_sub(1)).copied().unwrap_or("")
}

/// `初三` for 3; empty for a day that does not exist.
pub fn day_name(day: u8) -> &'static str {
    DAYS.get(usize::from(day).wrapping_sub(1)).copied().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lunar(year: i32, month: u8, leap: bool, day: u8) -> LunarDate {
        LunarDate { year, month, leap, day }
    }

    #[test]
    fn the_days_of_the_seed_page() {
        for (month, day, lunar_day) in [(1, 27, 3), (1, 29, 5), (1, 31, 7), (2, 1, 8)] {
            let date = Date::new(2020, month, day);
            assert_eq!(date.lunar(), Some(lunar(2020, 1, false, lunar_day)));
            assert_eq!(lunar(2020, 1, false, lunar_day).gregorian(), Some(date));
        }
        assert_eq!(Date::new(2020, 1, 27).lunar().unwrap().zh(), "正月初三");
    }

    #[test]
    fn leap_months_and_the_last_day_of_a_year() {
        assert_eq!(lunar(2023, 2, true, 1).gregorian(), Some(Date::new(2023, 3, 22)));
        assert_eq!(lunar(2020, 4, true, 1).gregorian(), Some(Date::new(2020, 5, 23)));
        assert_eq!(lunar(2021, 4, true, 1).gregorian(), None, "2021 has no leap month");
        let eve = LunarDate::last_of_year(2019).unwrap();
        assert_eq!(eve.gregorian(), Some(Date::new(2020, 1, 24)));
        assert_eq!(eve.zh(), "腊月三十");
        assert_eq!(LunarDate::last_of_year(2024).unwrap().day, 29, "2024 has no 三十");
    }

    #[test]
    fn every_day_of_two_centuries_goes_there_and_back() {
        for number in (Date::new(1901, 1, 1).number()..Date::new(2100, 1, 1).number()).step_by(13) {
            let date = Date::from_number(number);
            assert_eq!(date.lunar().and_then(LunarDate::gregorian), Some(date));
        }
    }

    #[test]
    fn what_does_not_exist_gives_nothing() {
        assert_eq!(lunar(2020, 13, false, 1).gregorian(), None);
        assert_eq!(lunar(2020, 1, false, 31).gregorian(), None);
        assert_eq!(Date::new(2020, 2, 30).lunar(), None);
        assert_eq!(Date::new(i32::MAX, 1, 1).lunar(), None);
    }

    #[test]
    fn outside_the_tables_nothing_is_said() {
        assert_eq!(Date::new(1898, 6, 11).lunar(), None);
        assert_eq!(lunar(1898, 4, false, 23).gregorian(), None);
        assert_eq!(lunar(1900, 7, false, 20).gregorian(), Some(Date::new(1900, 8, 14)));
    }
}
