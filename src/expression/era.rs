//! Years told by an era 年号: 民国三年, 康熙二十年, 神龙元年. Until 1911 their months and days are those of the lunar
//! calendar.

use std::sync::LazyLock;

use super::number::numeral;
use super::reader::{Reader, digit};
use super::table::Table;
use super::value::{LunarDay, Step};

/// Eras and the year of the calendar in use in which the first of each began, for the most part.
const ERAS: &[(&str, i32)] = &[
    ("民国", 1912),
    ("宣统", 1909),
    ("光绪", 1875),
    ("同治", 1862),
    ("咸丰", 1851),
    ("道光", 1821),
    ("嘉庆", 1796),
    ("乾隆", 1736),
    ("雍正", 1723),
    ("康熙", 1662),
    ("顺治", 1644),
    ("崇祯", 1628),
    ("天启", 1621),
    ("万历", 1573),
    ("隆庆", 1567),
    ("嘉靖", 1522),
    ("正德", 1506),
    ("弘治", 1488),
    ("成化", 1465),
    ("景泰", 1450),
    ("正统", 1436),
    ("宣德", 1426),
    ("永乐", 1403),
    ("建文", 1399),
    ("洪武", 1368),
    ("至正", 1341),
    ("至元", 1264),
    ("淳熙", 1174),
    ("绍兴", 1131),
    ("靖康", 1126),
    ("宣和", 1119),
    ("崇宁", 1102),
    ("元祐", 1086),
    ("元丰", 1078),
    ("熙宁", 1068),
    ("嘉祐", 1056),
    ("庆历", 1041),
    ("太平兴国", 976),
    ("开宝", 968),
    ("会昌", 841),
    ("大和", 827),
    ("元和", 806),
    ("贞元", 785),
    ("天宝", 742),
    ("开元", 713),
    ("神龙", 705),
    ("显庆", 656),
    ("永徽", 650),
    ("贞观", 627),
    ("武德", 618),
    ("大业", 605),
    ("开皇", 581),
    ("令和", 2019),
    ("平成", 1989),
    ("昭和", 1926),
    ("大正", 1912),
    ("明治", 1868),
];

static NAMES: LazyLock<Table<i32>> = LazyLock::new(|| Table::of(ERAS.iter().copied()));

/// The first characters of all eras.
pub(super) fn firsts() -> impl Iterator<Item = char> {
    NAMES.firsts()
}

/// Whether the name of an era stands at `at`.
pub(super) fn is_era(text: Reader, at: usize) -> bool {
    NAMES.at(text.text, at).is_some()
}

/// The year of an era at `at`: as far as an era's years may be counted, 雍正十六年 also after its end.
pub(super) fn year(text: Reader, at: usize) -> Option<(Step, usize)> {
    let (first, after) = NAMES.at(text.text, at)?;
    let (count, end) = match text.eat(after, "元") {
        Some(end) => (1, end),
        None => {
            let number = numeral(text, text.skip_space(after))?;
            (number.whole(130).filter(|it| 1 <= *it)? as i32, number.end)
        }
    };
    let end = text.eat(text.skip_space(end), "年")?;
    Some((Step::Year(first + count - 1), end))
}

/// The first year whose months and days are Gregorian; Japan's, from 明治六年 on.
const GREGORIAN: i32 = 1912;
const GREGORIAN_IN_JAPAN: i32 = 1873;

/// Whether the months and days of the year of an era at `at` are lunar.
pub(super) fn is_lunar(text: Reader, at: usize) -> bool {
    let Some((Step::Year(year), _)) = year(text, at) else { return false };
    let japanese = text.eat_word(at, &["明治", "大正", "昭和"]).is_some();
    year < if japanese { GREGORIAN_IN_JAPAN } else { GREGORIAN }
}

/// Past the year of the calendar in use that follows one of an era, before its month: `道光二十年|（1840年）|二月`.
pub(super) fn gloss(text: Reader, at: usize) -> Option<usize> {
    let inside = text.eat_any(at, &['（', '('])?;
    let inside = text.eat(inside, "公元").unwrap_or(inside);
    let year = numeral(text, inside).filter(|it| it.len == 4)?;
    let end = text.eat(year.end, "年").unwrap_or(year.end);
    let end = text.eat_any(end, &['）', ')'])?;
    // 十二月, 正月, 闰四月.
    let month = ["正月", "腊月", "冬月", "闰"].iter().any(|it| text.eat(end, it).is_some());
    let month = month || numeral(text, end).is_some_and(|it| text.eat(it.end, "月").is_some());
    month.then_some(end)
}

/// The month and day of a year of an era as a day of the lunar calendar. Arabic ones after a year of the calendar in use,
/// `光绪二十四年（1898年）6月11日`, are its own (GB/T 15835: lunar days are spelled). A month alone is told as roughly as the
/// year is, by its number.
pub(super) fn as_lunar(steps: &mut Vec<Step>, text: &str) {
    let glossed = text.contains(['（', '(']);
    let arabic = text.rsplit(['）', ')']).next().is_some_and(|it| it.chars().any(|it| digit(it).is_some()));
    if glossed && arabic {
        return;
    }
    let at = steps.windows(2).position(|it| matches!(it, [Step::Month(_), Step::Day(_)]));
    if let Some(at) = at
        && let [Step::Month(month), Step::Day(day)] = steps[at..at + 2]
    {
        steps.splice(at..at + 2, [Step::Lunar(LunarDay { month, leap: false, day: Some(day) })]);
    }
}

#[cfg(test)]
mod tests {
    use super::super::calendar::Date;
    use super::super::expressions;
    use super::super::resolve::Anchor;

    /// The words of the first expression of `text`, and its day.
    fn read(text: &str) -> (&str, Option<String>) {
        let found = expressions(text);
        let day = found[0].value.resolved(&Anchor::default()).and_then(|it| it.day());
        (&text[found[0].span.range()], day.map(|it: Date| it.to_string()))
    }

    #[test]
    fn days_of_a_reign_are_lunar() {
        for (text, day) in [
            ("光绪二十六年七月二十日", Some("1900-08-14")),
            ("宣统三年八月十九日", Some("1911-10-10")),
            ("宣统三年（1911年）八月十九日", Some("1911-10-10")),
            ("民国二十六年七月七日", Some("1937-07-07")),
            ("明治三十三年八月十四日", Some("1900-08-14")),
            ("宣统三年（1911年）10月10日", Some("1911-10-10")),
        ] {
            assert_eq!(read(text), (text, day.map(str::to_owned)));
        }
    }

    #[test]
    fn before_the_tables_a_day_has_no_value() {
        for text in ["光绪二十四年四月二十三日", "道光二十年（1840年）五月初九日", "贞观三年二月三十日"]
        {
            assert_eq!(read(text), (text, None));
        }
    }

    #[test]
    fn a_year_in_brackets_stays_outside_where_no_month_follows() {
        assert_eq!(read("光绪二十四年（1898年）变法").0, "光绪二十四年");
    }
}
