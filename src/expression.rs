//! Expressions: what a grammar can read in Chinese news prose — numbers, dates, times, quantities, money — and
//! their values. Read on joined text, so that nothing is lost at a line end.
//!
//! The grammar is tables and a few parsers over them. [`units`] has the units, one word each; [`words`] the words
//! that name time, the holidays, and what only looks like a number. [`number`] reads a numeral, [`moment`] strings
//! steps of time together from the greatest to the least, [`amount`] puts a number and its unit together. Everything
//! a parser looks at is bounded by the numeral it stands on, so a text is read in time linear in its length.

mod amount;
pub mod calendar;
mod clock;
mod code;
mod count;
mod daypart;
mod edge;
mod era;
mod every;
mod far;
pub mod feast;
mod han;
pub mod instant;
pub mod issue;
pub mod lunar;
mod lunar_day;
mod moment;
mod narrowing;
mod number;
mod plain;
mod points;
#[cfg(test)]
mod print;
#[cfg(test)]
mod properties;
mod range;
mod reader;
pub mod resolve;
mod share;
mod shift;
pub mod spacing;
mod step;
mod table;
pub mod timeline;
pub mod units;
mod unread;
pub mod value;
pub mod words;

use crate::page::paragraph::Span;
pub use instant::{Instant, Reference};
pub use issue::{IssueDate, IssueSource, YearEvidence, issue_date};
use plain::{Opener, Plain};
use reader::{Reader, digit};
pub use resolve::{Anchor, Basis, Resolved};
pub use value::{Amount, Bound, Edge, Moment, Step, Twin, Value};
use words::{Word, word_at};

/// One expression of a paragraph.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// Where it stands in the joined text.
    pub span: Span,
    /// What it is.
    pub kind: ExpressionKind,
    /// What it says.
    pub value: Value,
}

/// Kinds of expression, in the words of the annotation record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ExpressionKind {
    /// `2 月 12 日`, `1月27日（农历正月初三）`.
    Date,
    /// `17 时许`.
    Time,
    /// `3年来`, `两天`.
    Duration,
    /// `1300`.
    Number,
    /// `第三批`.
    Ordinal,
    /// `3.5%`.
    Percent,
    /// `2.8万余袋`.
    Quantity,
    /// `200多万元`.
    Money,
}

impl ExpressionKind {
    /// The word of the annotation record.
    pub fn as_str(self) -> &'static str {
        match self {
            ExpressionKind::Date => "date",
            ExpressionKind::Time => "time",
            ExpressionKind::Duration => "duration",
            ExpressionKind::Number => "number",
            ExpressionKind::Ordinal => "ordinal",
            ExpressionKind::Percent => "percent",
            ExpressionKind::Quantity => "quantity",
            ExpressionKind::Money => "money",
        }
    }

    /// What readers know it as, in Chinese and in English.
    pub fn name(self) -> (&'static str, &'static str) {
        match self {
            ExpressionKind::Date => ("日期", "date"),
            ExpressionKind::Time => ("时间", "time"),
            ExpressionKind::Duration => ("时长", "duration"),
            ExpressionKind::Number => ("数字", "number"),
            ExpressionKind::Ordinal => ("序数", "ordinal"),
            ExpressionKind::Percent => ("百分比", "percentage"),
            ExpressionKind::Quantity => ("数量", "quantity"),
            ExpressionKind::Money => ("金额", "amount of money"),
        }
    }
}

/// The expressions of `text`, in order, disjoint. O(n): one look at each character, and the grammar where one can
/// begin. `cargo bench --bench expressions` tells how fast.
pub fn expressions(text: &str) -> Vec<Expression> {
    let plain = Plain::of(text);
    let memo = reader::Memo::new();
    let reader = Reader::with(&plain.text, &memo);
    let mut found = Vec::new();
    let mut next = 0;
    for &(at, opener) in &plain.openers {
        let at = at as usize;
        let Some(first) = reader.char(at).filter(|_| next <= at) else { continue };
        next = match read(reader, at, first, opener) {
            Read::Found(kind, value, end) => {
                found.push(Expression { span: Span::new(plain.start(at), plain.end(end)), kind, value });
                end
            }
            Read::Skip(end) => end,
        };
    }
    found
}

/// What begins at a place.
enum Read {
    /// An expression that ends there.
    Found(ExpressionKind, Value, usize),
    /// Nothing; go on from there.
    Skip(usize),
}

/// Reads what begins at `at` with `first`.
fn read(text: Reader, at: usize, first: char, opener: Opener) -> Read {
    let next = at + first.len_utf8();
    let found = match first {
        '.' => after_point(text, at),
        '每' => every::every(text, next),
        // Q1 is a quarter, hwH begin an address.
        _ if first.is_ascii_alphabetic() && first != 'Q' => {
            return Read::Skip(address(text, at).unwrap_or(next));
        }
        _ => return word_or_numeral(text, at, first, opener),
    };
    found.map_or(Read::Skip(next), |(kind, value, end)| Read::Found(kind, value, end))
}

/// `.5` is a number where nothing comes before the point.
fn after_point(text: Reader, at: usize) -> Option<amount::Found> {
    let free =
        text.before(at).is_none_or(|it| !it.is_ascii_alphanumeric() && it != '.' && digit(it).is_none());
    if free { amount::amount(text, at) } else { None }
}

/// Reads what begins at `at` with a word of the tables, an era or a numeral.
fn word_or_numeral(text: Reader, at: usize, first: char, opener: Opener) -> Read {
    let next = at + first.len_utf8();
    if digit(first).is_some()
        && !moment::is_dated(text, at)
        && let Some(end) = code::code(text, at)
    {
        return Read::Skip(end);
    }
    let word = word_at(text.text, at);
    // Most Han characters that could begin something begin nothing here.
    let numeral = opener == Opener::Numeral;
    if word.is_none() && !numeral && !era::is_era(text, at) {
        return Read::Skip(next);
    }
    let found = match word {
        Some((Word::Not, end)) => return Read::Skip(end),
        Some((Word::Fraction(whole), end)) => share::share(text, end, whole),
        Some((Word::HalfPrice, end)) => share::half_price(text, at, end),
        Some((Word::Ordinal, end)) => time(text, at).or_else(|| amount::ordinal(text, end)),
        _ => None,
    };
    let timely = || time(text, at).or_else(|| if numeral { amount::amount(text, at) } else { None });
    let found = found.or_else(|| match matches!(first, '-' | '−' | '－') {
        true => signed(text, at, timely),
        false => timely(),
    });
    match found {
        Some((kind, value, end)) if end > at => Read::Found(kind, value, end),
        // The rest of 歼-20 is no number either.
        _ if is_model(text, at, first) => Read::Skip(past_numeral(text, next, next)),
        _ => Read::Skip(past_numeral(text, at, next)),
    }
}

/// What `found` reads from a sign at `at` on, where the sign is one: less than nothing is told after a Han character, a
/// space or a mark.
fn signed(text: Reader, at: usize, found: impl Fn() -> Option<amount::Found>) -> Option<amount::Found> {
    let lone = text.before(at).is_none_or(|it| {
        reader::is_han(it) || reader::is_space(it) || it.is_ascii_punctuation() && it != '-'
    });
    lone.then(found).flatten().filter(|it| !is_model(text, at, '-') || is_measured(&it.1))
}

/// Whether `first` at `at` may be the hyphen of a model's name: 歼-20 is an aircraft. Less than nothing after a Han
/// character has a unit or is said to be so.
fn is_model(text: Reader, at: usize, first: char) -> bool {
    matches!(first, '-' | '−' | '－')
        && text.before(at).is_some_and(|it| reader::is_han(it) && !"为是到至比约达于".contains(it))
}

/// Whether it is more than a number or a count of things, neither of which is negative by itself.
fn is_measured(value: &Value) -> bool {
    let counts = |it: &Amount| it.unit.is_none_or(|it| it.dimension == units::Dimension::Count);
    value.amount().is_none_or(|it| !counts(it))
}

/// A moment or a span of time at `at`, and whether it is a date or a time.
fn time(text: Reader, at: usize) -> Option<amount::Found> {
    let (value, end) = moment::moment(text, at)?;
    Some((kind_of_time(&value), value, end))
}

/// Whether it is a date, a time of day or how long something takes.
fn kind_of_time(value: &Value) -> ExpressionKind {
    let clock = value.moment().is_some_and(|it| {
        it.steps.iter().any(|it| matches!(it, Step::Clock(_)))
            || it.steps.iter().all(|it| matches!(it, Step::Daypart(_)))
    });
    let stretch = |it: &Moment| matches!(it.steps[..], [Step::Since(..)]);
    match value {
        Value::Moment(it) if stretch(it) => ExpressionKind::Duration,
        Value::Every(_, None) => ExpressionKind::Duration,
        _ if clock => ExpressionKind::Time,
        _ => ExpressionKind::Date,
    }
}

/// Past the rest of a numeral that is no expression, so that no part of it is read again.
fn past_numeral(text: Reader, at: usize, next: usize) -> usize {
    if text.char(at).is_some_and(|it| digit(it).is_some()) {
        let mut end = next;
        while let Some(it) = text.char(end).filter(|it| digit(*it).is_some()) {
            end += it.len_utf8();
        }
        return end;
    }
    next
}

/// Past a web address at `at`: http…, www…
fn address(text: Reader, at: usize) -> Option<usize> {
    let start = text.eat_word(at, &["https://", "http://", "HTTP://", "www."])?;
    let rest = &text.text[start..];
    let len = rest.find(|it: char| !it.is_ascii_graphic()).unwrap_or(rest.len());
    Some(start + len)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The expressions of `text` as `kind:words`.
    pub(super) fn read(text: &str) -> Vec<String> {
        let found = expressions(text);
        found.iter().map(|it| format!("{}:{}", it.kind.as_str(), &text[it.span.range()])).collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(read(text), expected, "{text}");
    }

    #[test]
    fn dates_with_spaces_inside() {
        check("2 月 12 日下午，", &["date:2 月 12 日下午"]);
        check("当日下午 17 时许，一辆", &["time:当日下午 17 时许", "quantity:一辆"]);
        check("（记者刘婧） 2 月 12日清晨", &["date:2 月 12日清晨"]);
        check("2016 年，王晋豫", &["date:2016 年"]);
        check("截至2月12日24时，", &["time:2月12日24时"]);
    }

    #[test]
    fn a_day_and_its_second_name_are_one() {
        check("1月27日（农历正月初三），", &["date:1月27日（农历正月初三）"]);
        check("1月27日，农历正月初三，名仁", &["date:1月27日，农历正月初三"]);
        check("1月29日（农历大年初五）开始", &["date:1月29日（农历大年初五）开始"]);
        check("2月12日（星期三）下午3时", &["time:2月12日（星期三）下午3时"]);
    }

    #[test]
    fn lunar_dates() {
        check("从农历大年三十到正月初十每天", &["date:农历大年三十到正月初十", "duration:每天"]);
        check("农历大年初五", &["date:农历大年初五"]);
    }

    #[test]
    fn stretches_of_time() {
        check("今明两天有雪", &["date:今明两天"]);
        check("明天下午七八点到", &["time:明天下午七八点"]);
        check("提前14小时恢复，节前三天", &["duration:14小时", "duration:三天"]);
        check("9月10日、11日、12日举行", &["date:9月10日、11日、12日"]);
        check("9月10日、12日举行", &["date:9月10日", "date:12日"]);
        check("第二年春天，连续第七年", &["date:第二年春天", "ordinal:第七"]);
        check("15个工作日内办结", &["duration:15个工作日内"]);
        check("还剩8天20时", &["duration:8天20时"]);
    }

    #[test]
    fn quantities_and_money() {
        check("2.8万余袋，", &["quantity:2.8万余袋"]);
        check("投资3亿4千5百万元", &["money:3亿4千5百万元"]);
        check("总投入200多万元。", &["money:200多万元"]);
        check("价值2万余元的", &["money:2万余元"]);
        check(" 2406 户 6478 人。", &["quantity:2406 户", "quantity:6478 人"]);
        check("保证150吨到200吨蔬菜", &["quantity:150吨到200吨"]);
        check("涨价两倍多的", &["quantity:两倍多"]);
        check("60 多个商户", &["quantity:60 多个"]);
        check("2000平方米、2万立方米的", &["quantity:2000平方米", "quantity:2万立方米"]);
        check("有两例中药", &["quantity:两例"]);
        check("不漏一人", &["quantity:一人"]);
        check("多耽搁一秒钟", &["duration:一秒钟"]);
        check("推行第三批重点", &["ordinal:第三批"]);
        check("经过3年多的努力", &["duration:3年多"]);
    }

    #[test]
    fn what_only_looks_like_a_number() {
        for text in [
            "战斗在抗疫一线",
            "第一时间报告",
            "得到一致称赞",
            "万一",
            "三农",
            "探索出“64227”工作法",
            "“334”楼院",
            "“六抓六促六到位”",
            "电话0391-3933333",
            "〔2018〕59号",
            "https://a.cn/2020/02/12",
            "5G网络",
            "一把手",
            "六保",
            "两簿、两台账、七公示",
            "唯一",
            "第一书记",
            "两委干部",
            "神舟十五号航天员",
            "“深海一号”大气田",
            "歼-20首次降落",
            "愿同各国一道，推动发展",
            "全天候",
        ] {
            check(text, &[]);
        }
    }

    /// The seed page, its lines joined by its labels, and where each line that is flagged `CUTNUM` ended.
    fn seed() -> Vec<(String, Vec<usize>)> {
        let labels = include_str!("../seeds/jiaozuo-daily-2020-02.lines.tsv");
        let mut paragraphs = vec![(String::new(), Vec::new())];
        for row in labels.lines().skip(1) {
            let cells: Vec<&str> = row.split('\t').collect();
            let (label, flags, text) = (cells[1], cells[2], cells[6].trim());
            let Some((paragraph, cuts)) = paragraphs.last_mut() else { unreachable!() };
            if flags.contains("SPACED") {
                paragraph.extend(text.chars().filter(|it| *it != ' '));
            } else {
                paragraph.push_str(text);
            }
            if flags.contains("CUTNUM") {
                cuts.push(paragraph.len());
            }
            if !matches!(label, "JOIN" | "BLANKJOIN" | "-") {
                paragraphs.push(Default::default());
            }
        }
        paragraphs
    }

    #[test]
    fn every_number_that_the_seed_page_cuts_is_one_expression() {
        let mut seen = 0;
        for (text, cuts) in seed() {
            let found = expressions(&text);
            for cut in cuts {
                let within = |it: &&Expression| (it.span.start as usize) < cut && cut < it.span.end as usize;
                assert!(found.iter().any(|it| within(&it)), "{cut} in {text}");
                seen += 1;
            }
        }
        assert_eq!(seen, 16);
    }

    #[test]
    fn the_seed_page_says_its_year_and_its_spacing() {
        let seed = seed();
        let read: Vec<_> = seed.iter().map(|(text, _)| (text, expressions(text))).collect();
        let evidence: Vec<_> = read.iter().map(|(text, found)| YearEvidence::of(text, found)).collect();
        let issued = issue_date(None, &evidence).unwrap();
        assert_eq!(issued.year, 2020);
        assert!(matches!(issued.source, IssueSource::Pair { month: 1, day: 27, .. }));

        let gaps: Vec<_> = read.iter().map(|(text, found)| (text, spacing::gaps(text, found))).collect();
        let style = spacing::Style::of(&gaps.iter().map(|it| spacing::Tally::of(&it.1)).sum());
        let opposed: Vec<String> = gaps
            .iter()
            .flat_map(|(text, gaps)| {
                gaps.iter().filter(|it| style.opposes(it)).map(|it| {
                    let before = text[..it.at.start as usize].chars().next_back().unwrap_or(' ');
                    let after = text[it.at.end as usize..].chars().next().unwrap_or(' ');
                    format!("{before} {after}")
                })
            })
            .collect();
        for class in spacing::GapClass::ALL.iter().filter(|it| **it != spacing::GapClass::AfterNumber) {
            let habit = style.at(*class);
            assert!(habit != Some(spacing::Spacing::Spaced), "{class:?}");
        }
        for place in ["6 年", "于 1", "1 月", "2 月", "村 1", "0 户", "7 时"] {
            assert!(opposed.iter().any(|it| it == place), "{place} in {opposed:?}");
        }
    }

    /// Pieces that a grammar of time and number stumbles over.
    const PIECES: &[&str] = &[
        "1",
        "12",
        "2020",
        "3.5",
        "1,234",
        "０",
        "一",
        "二",
        "十",
        "百",
        "万",
        "亿",
        "半",
        "几",
        "数",
        "两",
        "第",
        "初",
        "年",
        "月",
        "日",
        "号",
        "时",
        "点",
        "分",
        "秒",
        "周",
        "星期",
        "农历",
        "大年",
        "正月",
        "闰",
        "春节",
        "去年",
        "当日",
        "上周",
        "近",
        "前",
        "后",
        "底",
        "多",
        "余",
        "来",
        "个",
        "家",
        "元",
        "%",
        "℃",
        "百分之",
        "分之",
        "至",
        "到",
        "—",
        "-",
        "～",
        ":",
        "：",
        "∶",
        "/",
        ".",
        ",",
        "，",
        "（",
        "）",
        "“",
        "”",
        "〔",
        "〕",
        " ",
        "\u{3000}",
        "\u{a0}",
        "http://",
        "km",
        "G",
        "𬱖",
        "é",
        "\u{301}",
        "下午",
        "晚",
        "许",
        "左右",
        "以上",
        "零下",
        "每",
        "\n",
    ];

    #[test]
    fn whatever_the_text_spans_are_in_order_and_on_characters() {
        let mut state = 0x2545_f491_4f6c_dd1d_u64;
        let mut next = |below: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state % below as u64) as usize
        };
        let anchor = Anchor {
            year: Some(2020),
            issued: Some(calendar::Date::new(2020, 2, 13)),
            date: Some(calendar::Date::new(2020, 2, 12)),
            now: None,
        };
        for _ in 0..20_000 {
            let text: String = (0..next(14)).map(|_| PIECES[next(PIECES.len())]).collect();
            let found = expressions(&text);
            let mut end = 0;
            for it in &found {
                let span = it.span.range();
                assert!(end <= span.start && span.start < span.end, "{text:?}");
                assert!(text.get(span.clone()).is_some(), "{text:?}");
                end = span.end;
                if let Some(time) = it.value.resolved(&anchor) {
                    let (from, to) = time.days;
                    assert!(from <= to && from.exists() && to.exists(), "{text:?} {time:?}");
                    let ordered = time.from.zip(time.to).is_none_or(|it| it.0 <= it.1);
                    assert!(ordered, "{text:?} {:?} {time:?}", it.value);
                }
            }
            for gap in spacing::gaps(&text, &found) {
                assert!(text.get(gap.at.range()).is_some_and(|it| it.is_empty() != gap.spaced), "{text:?}");
            }
            let evidence = YearEvidence::of(&text, &found);
            issue_date(None, [&evidence]);
        }
    }
}
