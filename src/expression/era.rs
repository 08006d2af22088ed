//! Years told by an era 年号: 民国三年, 康熙二十年, 神龙元年.

use std::sync::LazyLock;

use super::number::numeral;
use super::reader::Reader;
use super::table::Table;
use super::value::Step;

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
