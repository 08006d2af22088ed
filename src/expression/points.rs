//! Points of a game or an examination: `得28分`, `满分100分`. A minute, 分钟, shares the word.

use super::reader::Reader;
use super::units::{Dimension, Unit};
use super::value::Amount;

/// What stands before a number of minutes that are told by 分 alone.
const TAKES: &[&str] = &[
    "历时",
    "用时",
    "耗时",
    "时长",
    "费时",
    "为时",
    "仅用",
    "只用",
    "只需",
    "用了",
    "花了",
    "提前",
    "推迟",
    "晚点",
    "迟到",
    "每隔",
    "还剩",
    "仅剩",
    "过了",
    "超时",
    "停留",
    "加时",
    "成绩为",
    "成绩是",
    "差",
];

/// What stands after one.
const LATER: &[&str] = &["内", "之内", "以内", "后", "之后", "钟", "的时间", "时间"];

/// The unit of `amount`, whose number begins at `at` and whose unit ended at `end`: of 分 by itself, points rather than
/// minutes, unless a word beside it tells a length of time.
pub(super) fn unit(text: Reader, at: usize, amount: &Amount, end: usize) -> Option<Unit> {
    let unit = amount.unit?;
    let takes = || text.after_any(at, TAKES) || text.eat_word(end, LATER).is_some();
    let points = unit.word == "分" && !amount.compound && amount.per.is_none() && !takes();
    Some(if points { Unit { dimension: Dimension::Count, factor: 1.0, ..unit } } else { unit })
}

#[cfg(test)]
mod tests {
    use super::super::{ExpressionKind, expressions};

    fn kinds(text: &str) -> Vec<ExpressionKind> {
        expressions(text).iter().map(|it| it.kind).collect()
    }

    #[test]
    fn points_are_counted() {
        use ExpressionKind::Quantity;
        assert_eq!(kinds("拦网3分、发球1分，全场得28分，满分100分"), [Quantity; 4]);
    }

    #[test]
    fn minutes_last() {
        use ExpressionKind::Duration;
        assert_eq!(kinds("3分钟，用时5分，3分20秒，1小时20分，2分内"), [Duration; 5]);
    }
}
