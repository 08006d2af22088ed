//! The tables of words that name time: one entry a word. To teach the grammar a word, a holiday or a name that is no
//! number, add it to its row.

use std::sync::LazyLock;

use super::table::Table;
use super::unread::NOT;
use super::value::{Daypart, Grain, Part, Step};

/// What a word at the start of an expression does.
#[derive(Clone, Copy, Debug)]
pub(super) enum Word {
    /// Looks like an expression and is none: passed over whole.
    Not,
    /// A step of a moment by itself.
    Step(Step),
    /// Two of them: 今晚.
    Pair(Step, Step),
    /// One, where the characters after it do not speak against it.
    StepUnless(Step, &'static str),
    /// Opens a lunar date: 农历, 大年.
    Lunar,
    /// Opens an ordinal: 第.
    Ordinal,
    /// Opens a weekday: 星期, 周.
    Week,
    /// Opens a count from before or ahead: 近三年, 前两天, 最后五天.
    Counted(Counted),
    /// A part of the year or month that comes after a step, or alone: 年底, 月初.
    PartOf(Part, Grain),
    /// From one step of time to another: 今明两年.
    Between(Step, Step),
    /// Opens a share of so many parts: 百分之.
    Fraction(f64),
    /// 对折 after 打.
    HalfPrice,
}

/// What a count of time after a word means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Counted {
    /// 近三年: up to now.
    Past,
    /// 未来三天.
    Ahead,
    /// 前两天: the first of what came before, else up to now.
    First,
    /// 最后五天.
    Last,
    /// 后三天: the last of what came before, else from now on.
    After,
}

use Counted::{After, Ahead, First, Last, Past};
use Step::{
    DayAfter, DayBy, Holiday, MonthAfter, MonthBy, Part as InPart, Quarter, QuarterBy, Season, Vague, WeekBy,
    YearAfter, YearBy,
};
use Word::{Not, StepUnless};

/// Rows of words that are one step of time.
const STEPS: &[(Step, &str)] = &[
    (DayBy(-4), "大大前天"),
    (DayBy(-3), "大前天"),
    (DayBy(-2), "前天 前日"),
    (DayBy(-1), "昨天 昨日"),
    (DayBy(0), "今天 今日 即日 本日"),
    (DayBy(1), "明天 明日"),
    (DayBy(2), "后天"),
    (DayBy(3), "大后天"),
    (DayBy(4), "大大后天"),
    (DayAfter(0), "当日 当天 同日 同一天 是日 该日"),
    (DayAfter(1), "次日 翌日 第二天 第二日 隔天"),
    (DayAfter(2), "第三天"),
    (DayAfter(3), "第四天"),
    (DayAfter(-1), "前一天 前一日"),
    (YearBy(-2), "前年"),
    (YearBy(-1), "去年 上年 上一年 头年 昨年"),
    (YearBy(0), "今年 本年度 本年 这一年 今年度"),
    (YearBy(1), "明年 下一年"),
    (YearBy(2), "后年"),
    (YearBy(-3), "大前年"),
    (YearBy(3), "大后年"),
    (YearAfter(0), "当年 同年 是年 该年"),
    (YearAfter(1), "次年 翌年"),
    (MonthBy(-1), "上个月 上月 上一个月"),
    (MonthBy(0), "本月 这个月 这月 本月份"),
    (MonthBy(1), "下个月 下月 下一个月"),
    (MonthAfter(0), "当月 同月 是月 该月"),
    (MonthAfter(1), "次月 翌月"),
    (WeekBy(-2), "上上周 上上个星期 上上个周"),
    (WeekBy(-1), "上周 上星期 上个星期 上个礼拜 上礼拜 上一周"),
    (WeekBy(0), "本周 这周 这星期 这个星期 这礼拜 本星期 当周 这一周"),
    (WeekBy(1), "下周 下星期 下个星期 下个礼拜 下礼拜 下一周"),
    (WeekBy(2), "下下周 下下个星期"),
    (QuarterBy(-1), "上季度 上个季度 上一季度"),
    (QuarterBy(0), "本季度 这个季度 当季度"),
    (QuarterBy(1), "下季度 下个季度 下一季度"),
    (Quarter(1), "首季度 首季 Q1季度 Q1"),
    (Quarter(2), "Q2季度 Q2"),
    (Quarter(3), "Q3季度 Q3"),
    (Quarter(4), "Q4季度 Q4"),
    (Season(1), "春季 春天"),
    (Season(2), "夏季 夏天"),
    (Season(3), "秋季 秋天"),
    (Season(4), "冬季 冬天"),
    (Step::Half(1), "上半年 前半年"),
    (Step::Half(2), "下半年 后半年"),
    (InPart(Part::FirstTen), "上旬"),
    (InPart(Part::SecondTen), "中旬"),
    (InPart(Part::LastTen), "下旬"),
    (InPart(Part::FirstHalf), "上半月"),
    (InPart(Part::SecondHalf), "下半月"),
    (Step::Daypart(Daypart::SmallHours), "凌晨 半夜 深更半夜"),
    (Step::Daypart(Daypart::BeforeDawn), "后半夜 下半夜"),
    (Step::Daypart(Daypart::Dawn), "黎明 拂晓"),
    (Step::Daypart(Daypart::FirstLight), "清晨"),
    (Step::Daypart(Daypart::EarlyMorning), "早晨 早上 清早 大清早 一早 一大早 早间"),
    (Step::Daypart(Daypart::Daytime), "白天"),
    (Step::Daypart(Daypart::Morning), "上午 午前"),
    (Step::Daypart(Daypart::Noon), "中午 正午"),
    (Step::Daypart(Daypart::EarlyAfternoon), "午后"),
    (Step::Daypart(Daypart::Afternoon), "下午"),
    (Step::Daypart(Daypart::Dusk), "傍晚 黄昏"),
    (Step::Daypart(Daypart::Evening), "晚上"),
    (Step::Daypart(Daypart::LateEvening), "晚间 夜间 夜里 夜晚 入夜"),
    (Step::Daypart(Daypart::Night), "深夜"),
    (Step::Daypart(Daypart::Midnight), "午夜 子夜"),
    (Step::Daypart(Daypart::WholeDay), "全天"),
    (Step::Now, "现在 目前 此刻 如今 眼下 现如今 时下"),
    (Vague(Grain::Day), "日前 近日 近日来 连日来 近几天 这几天 前几天 过几天"),
    (Vague(Grain::Month), "近期 近几个月 近几个月来"),
    (Vague(Grain::Year), "近年来 近年 近些年来 近些年 近几年 近几年来 这些年 这几年 多年来 往年 历年"),
];

/// Words of two steps.
const PAIRS: &[(&str, Step, Step)] = &[
    ("今晨", DayBy(0), Step::Daypart(Daypart::FirstLight)),
    ("今早", DayBy(0), Step::Daypart(Daypart::EarlyMorning)),
    ("今晚", DayBy(0), Step::Daypart(Daypart::Evening)),
    ("今夜", DayBy(0), Step::Daypart(Daypart::Evening)),
    ("昨晚", DayBy(-1), Step::Daypart(Daypart::Evening)),
    ("昨夜", DayBy(-1), Step::Daypart(Daypart::Evening)),
    ("昨晨", DayBy(-1), Step::Daypart(Daypart::EarlyMorning)),
    ("前晚", DayBy(-2), Step::Daypart(Daypart::Evening)),
    ("明晨", DayBy(1), Step::Daypart(Daypart::EarlyMorning)),
    ("明早", DayBy(1), Step::Daypart(Daypart::EarlyMorning)),
    ("明晚", DayBy(1), Step::Daypart(Daypart::Evening)),
    ("当晚", DayAfter(0), Step::Daypart(Daypart::Evening)),
    ("当夜", DayAfter(0), Step::Daypart(Daypart::Evening)),
    ("次晨", DayAfter(1), Step::Daypart(Daypart::EarlyMorning)),
    ("今春", YearBy(0), Season(1)),
    ("今夏", YearBy(0), Season(2)),
    ("今秋", YearBy(0), Season(3)),
    ("今冬", YearBy(0), Season(4)),
    ("去春", YearBy(-1), Season(1)),
    ("去夏", YearBy(-1), Season(2)),
    ("去秋", YearBy(-1), Season(3)),
    ("去冬", YearBy(-1), Season(4)),
    ("明春", YearBy(1), Season(1)),
];

/// Words that run from one step to another.
const SPANS: &[(&str, Step, Step)] = &[
    ("今明两年", YearBy(0), YearBy(1)),
    ("明后两年", YearBy(1), YearBy(2)),
    ("去今两年", YearBy(-1), YearBy(0)),
    ("今明两天", DayBy(0), DayBy(1)),
    ("今明两日", DayBy(0), DayBy(1)),
    ("明后两天", DayBy(1), DayBy(2)),
    ("昨今两天", DayBy(-1), DayBy(0)),
    ("昨今两日", DayBy(-1), DayBy(0)),
];

/// When a holiday is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feast {
    /// Each year on a day of the Gregorian calendar.
    Fixed(u8, u8),
    /// Each year on a day of the lunar calendar; day 0 is the last of the month before.
    Lunar(u8, u8),
    /// A solar term 节气, by its place in the year from 小寒, 0.
    Term(u8),
    /// The nth of a weekday (0 is Monday) in a month.
    Nth(u8, u8, u8),
    /// A season of holidays: from month and day to month and day.
    Season(u8, u8, u8, u8),
}

/// Holidays 节日 and solar terms 节气: when they are, their names, the first being the usual one.
/// A name with `!` counts only where none of the characters after that mark follow, one with `*` only before one of [`AFTER_HOLIDAY`] or after a date: 雨水 is also rain.
pub const HOLIDAYS: &[(Feast, &str)] = &[
    (Feast::Fixed(1, 1), "元旦 元旦节"),
    (Feast::Lunar(1, 1), "春节 大年初一 农历新年 农历春节"),
    (Feast::Lunar(1, 0), "除夕 除夕夜 大年夜 年三十 大年三十"),
    (Feast::Lunar(1, 15), "元宵节 元宵* 上元节"),
    (Feast::Lunar(2, 2), "龙抬头 二月二!日号十"),
    (Feast::Lunar(5, 5), "端午节 端午 端阳节 重五节"),
    (Feast::Lunar(7, 7), "七夕节 七夕"),
    (Feast::Lunar(7, 15), "中元节"),
    (Feast::Lunar(8, 15), "中秋节 中秋"),
    (Feast::Lunar(9, 9), "重阳节 重阳*"),
    (Feast::Lunar(12, 8), "腊八节 腊八"),
    (Feast::Lunar(12, 23), "小年 小年夜"),
    (Feast::Fixed(2, 14), "情人节"),
    (Feast::Fixed(3, 8), "三八妇女节 三八国际妇女节 妇女节 三八* 国际妇女节 国际劳动妇女节"),
    (Feast::Fixed(3, 12), "植树节"),
    (Feast::Fixed(3, 15), "消费者权益日 国际消费者权益日"),
    (Feast::Fixed(4, 1), "愚人节"),
    (Feast::Fixed(5, 1), "劳动节 五一国际劳动节 五一劳动节 五一* 国际劳动节"),
    (Feast::Fixed(5, 4), "五四青年节 青年节 五四*"),
    (Feast::Fixed(5, 12), "护士节 国际护士节"),
    (Feast::Fixed(6, 1), "儿童节 六一儿童节 六一国际儿童节 六一* 国际儿童节"),
    (Feast::Fixed(7, 1), "建党节 七一*"),
    (Feast::Fixed(8, 1), "建军节 八一建军节 八一*"),
    (Feast::Fixed(9, 10), "教师节"),
    (Feast::Fixed(10, 1), "国庆节 国庆 十一*"),
    (Feast::Fixed(11, 11), "双十一* 双11*"),
    (Feast::Fixed(12, 24), "平安夜"),
    (Feast::Fixed(12, 25), "圣诞节 圣诞*"),
    (Feast::Fixed(12, 13), "国家公祭日"),
    (Feast::Nth(5, 2, 6), "母亲节"),
    (Feast::Nth(6, 3, 6), "父亲节"),
    (Feast::Nth(11, 4, 3), "感恩节"),
    (Feast::Season(7, 1, 8, 31), "暑假 暑期"),
    (Feast::Season(1, 15, 2, 20), "寒假"),
    (Feast::Term(0), "小寒"),
    (Feast::Term(1), "大寒*"),
    (Feast::Term(2), "立春"),
    (Feast::Term(3), "雨水*"),
    (Feast::Term(4), "惊蛰"),
    (Feast::Term(5), "春分"),
    (Feast::Term(6), "清明节 清明*"),
    (Feast::Term(7), "谷雨"),
    (Feast::Term(8), "立夏"),
    (Feast::Term(9), "小满*"),
    (Feast::Term(10), "芒种"),
    (Feast::Term(11), "夏至"),
    (Feast::Term(12), "小暑"),
    (Feast::Term(13), "大暑*"),
    (Feast::Term(14), "立秋"),
    (Feast::Term(15), "处暑"),
    (Feast::Term(16), "白露*"),
    (Feast::Term(17), "秋分"),
    (Feast::Term(18), "寒露"),
    (Feast::Term(19), "霜降"),
    (Feast::Term(20), "立冬"),
    (Feast::Term(21), "小雪*"),
    (Feast::Term(22), "大雪*"),
    (Feast::Term(23), "冬至"),
];

/// What shows that a doubtful name before it is a holiday.
pub(super) const AFTER_HOLIDAY: &[&str] = &[
    "节",
    "假期",
    "期间",
    "前夕",
    "前后",
    "黄金周",
    "小长假",
    "当天",
    "当日",
    "时节",
    "那天",
    "”假期",
    "”期间",
    "”节",
];

/// All words of the tables, the longest that stands at a place counting there: 十一届 is no holiday, 第一时间 no ordinal.
static WORDS: LazyLock<Table<Word>> = LazyLock::new(|| {
    let steps =
        STEPS.iter().flat_map(|&(step, words)| words.split_whitespace().map(move |it| (it, word(step, it))));
    let pairs = PAIRS.iter().map(|&(word, first, second)| (word, Word::Pair(first, second)));
    let spans = SPANS.iter().map(|it| (it.0, Word::Between(it.1, it.2)));
    let holidays = HOLIDAYS.iter().enumerate().flat_map(|(index, (_, names))| {
        let step = Holiday(index as u8);
        names.split_whitespace().map(move |name| match (name.strip_suffix('*'), name.split_once('!')) {
            (Some(name), _) => (name, StepUnless(step, "*")),
            (None, Some((name, bar))) => (name, StepUnless(step, bar)),
            (None, None) => (name, Word::Step(step)),
        })
    });
    let not = NOT.split_whitespace().map(|it| (it, Not));
    let marks = [
        ("农历", Word::Lunar),
        ("阴历", Word::Lunar),
        ("旧历", Word::Lunar),
        ("夏历", Word::Lunar),
        ("大年", Word::Lunar),
        ("正月", Word::Lunar),
        ("腊月", Word::Lunar),
        ("冬月", Word::Lunar),
        ("闰", Word::Lunar),
        ("第", Word::Ordinal),
        ("星期", Word::Week),
        ("礼拜", Word::Week),
        ("周", Word::Week),
        ("近", Word::Counted(Past)),
        ("最近", Word::Counted(Past)),
        ("过去", Word::Counted(Past)),
        ("过去的", Word::Counted(Past)),
        ("未来", Word::Counted(Ahead)),
        ("今后", Word::Counted(Ahead)),
        ("接下来", Word::Counted(Ahead)),
        ("前", Word::Counted(First)),
        ("头", Word::Counted(First)),
        ("最后", Word::Counted(Last)),
        ("后", Word::Counted(After)),
        ("之前", Word::Counted(Past)),
        ("之后", Word::Counted(Ahead)),
        ("年初", Word::PartOf(Part::Start, Grain::Year)),
        ("岁初", Word::PartOf(Part::Start, Grain::Year)),
        ("年中", Word::PartOf(Part::Middle, Grain::Year)),
        ("年底", Word::PartOf(Part::End, Grain::Year)),
        ("年末", Word::PartOf(Part::End, Grain::Year)),
        ("岁末", Word::PartOf(Part::End, Grain::Year)),
        ("年终", Word::PartOf(Part::End, Grain::Year)),
        ("月初", Word::PartOf(Part::Start, Grain::Month)),
        ("月中", Word::PartOf(Part::Middle, Grain::Month)),
        ("月底", Word::PartOf(Part::End, Grain::Month)),
        ("月末", Word::PartOf(Part::End, Grain::Month)),
        ("百分之", Word::Fraction(100.0)),
        ("对折", Word::HalfPrice),
        ("佰分之", Word::Fraction(100.0)),
        ("仟分之", Word::Fraction(1000.0)),
        ("百万分之", Word::Fraction(1e6)),
        ("千万分之", Word::Fraction(1e7)),
        ("万万分之", Word::Fraction(1e8)),
        ("百万万分之", Word::Fraction(1e10)),
        ("千分之", Word::Fraction(1000.0)),
        ("万分之", Word::Fraction(10_000.0)),
    ];
    Table::of(not.chain(marks).chain(pairs).chain(spans).chain(holidays).chain(steps))
});

/// Longer words that a step's word begins: 今天然气, 日前往.
fn word(step: Step, word: &'static str) -> Word {
    let unless = match word {
        "今天" | "明天" | "后天" | "前天" | "昨天" => "津",
        "日前" => "往来后",
        "当日" | "今日" | "昨日" | "明日" => "本",
        "春天" | "秋天" | "冬天" | "夏天" => "然",
        "本年" | "当年" | "今年" | "同年" | "去年" | "前年" | "明年" => "级轻",
        "近期" | "近日" | "近年" => "货",
        "全天" => "候",
        "本月" | "当月" => "饼",
        "本周" | "上周" | "下周" | "这周" => "边围末密转岁",
        "是日" | "该日" => "本",
        "上年" | "头年" | "上月" | "下月" => "纪夜",
        _ => "",
    };
    if unless.is_empty() { Word::Step(step) } else { StepUnless(step, unless) }
}

/// The longest word that stands at `at`, with its end.
pub(super) fn word_at(text: &str, at: usize) -> Option<(Word, usize)> {
    WORDS.at(text, at).map(|(word, end)| (*word, end))
}

/// The characters that words of the table begin with.
pub(super) fn firsts() -> impl Iterator<Item = char> {
    WORDS.firsts()
}

/// The first word of the tables for a step.
#[cfg(test)]
pub(super) fn name(step: &Step) -> Option<&'static str> {
    STEPS.iter().find(|it| it.0 == *step).and_then(|it| it.1.split_whitespace().next())
}

/// All words of the tables.
#[cfg(test)]
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    WORDS.words()
}

/// The usual name of a holiday by its index in [`HOLIDAYS`].
pub fn holiday_name(index: u8) -> &'static str {
    let names = HOLIDAYS.get(usize::from(index)).map_or("", |it| it.1);
    names.split_whitespace().next().unwrap_or("").trim_end_matches('*')
}
