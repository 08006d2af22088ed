//! The tables of words that name time: one entry a word. To teach the grammar a word, a holiday or a name that is no
//! number, add it to its row.

use std::sync::LazyLock;

use super::table::Table;
use super::value::{Daypart, Grain, Part, Step};

/// What a word at the start of an expression does.
#[derive(Clone, Copy, Debug)]
pub(super) enum Word {
    /// Looks like an expression and is none: passed over whole.
    Not,
    /// A step of a moment by itself.
    Step(Step),
    /// The same, where the characters after it do not speak against it.
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
    /// Opens a season of the relative year: 今春.
    Fraction(f64),
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
}

use Counted::{Ahead, First, Last, Past};
use Step::{
    DayAfter, DayBy, Holiday, MonthAfter, MonthBy, Part as InPart, Quarter, QuarterBy, Vague, WeekBy,
    YearAfter, YearBy,
};
use Word::{Not, StepUnless};

/// Rows of words that are one step of time.
const STEPS: &[(Step, &str)] = &[
    (DayBy(-3), "大前天"),
    (DayBy(-2), "前天 前日"),
    (DayBy(-1), "昨天 昨日"),
    (DayBy(0), "今天 今日 即日"),
    (DayBy(1), "明天 明日"),
    (DayBy(2), "后天"),
    (DayBy(3), "大后天"),
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
    (WeekBy(-2), "上上周 上上个星期"),
    (WeekBy(-1), "上周 上星期 上个星期 上个礼拜 上礼拜 上一周"),
    (WeekBy(0), "本周 这周 这星期 这个星期 这礼拜 本星期 当周 这一周"),
    (WeekBy(1), "下周 下星期 下个星期 下个礼拜 下礼拜 下一周"),
    (WeekBy(2), "下下周"),
    (QuarterBy(-1), "上季度 上个季度 上一季度"),
    (QuarterBy(0), "本季度 这个季度 当季度"),
    (QuarterBy(1), "下季度 下个季度 下一季度"),
    (Quarter(1), "首季度 首季 Q1季度 Q1"),
    (Quarter(2), "Q2季度 Q2"),
    (Quarter(3), "Q3季度 Q3"),
    (Quarter(4), "Q4季度 Q4"),
    (Quarter(1), "春季 春天"),
    (Quarter(2), "夏季 夏天"),
    (Quarter(3), "秋季 秋天"),
    (Quarter(4), "冬季 冬天"),
    (Step::Half(1), "上半年"),
    (Step::Half(2), "下半年"),
    (InPart(Part::FirstTen), "上旬"),
    (InPart(Part::SecondTen), "中旬"),
    (InPart(Part::LastTen), "下旬"),
    (InPart(Part::FirstHalf), "上半月"),
    (InPart(Part::SecondHalf), "下半月"),
    (Step::Daypart(Daypart::BeforeDawn), "凌晨"),
    (Step::Daypart(Daypart::EarlyMorning), "清晨 早晨 早上 清早 大清早 一早 黎明 拂晓"),
    (Step::Daypart(Daypart::Morning), "上午 午前"),
    (Step::Daypart(Daypart::Noon), "中午 正午"),
    (Step::Daypart(Daypart::Afternoon), "下午 午后"),
    (Step::Daypart(Daypart::Dusk), "傍晚 黄昏"),
    (Step::Daypart(Daypart::Evening), "晚上 晚间 夜间 夜里 夜晚 入夜"),
    (Step::Daypart(Daypart::Night), "深夜 午夜 半夜 子夜 深更半夜"),
    (Vague(Grain::Day), "日前 近日 近日来 连日来 近几天 这几天 前几天 过几天"),
    (Vague(Grain::Month), "近期 近几个月 近几个月来"),
    (Vague(Grain::Year), "近年来 近年 近些年来 近些年 近几年 近几年来 这些年 这几年 多年来 往年 历年"),
];

/// Words of two steps.
pub(super) const PAIRS: &[(&str, Step, Step)] = &[
    ("今晨", DayBy(0), Step::Daypart(Daypart::EarlyMorning)),
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
    ("今春", YearBy(0), Quarter(1)),
    ("今夏", YearBy(0), Quarter(2)),
    ("今秋", YearBy(0), Quarter(3)),
    ("今冬", YearBy(0), Quarter(4)),
    ("去春", YearBy(-1), Quarter(1)),
    ("去夏", YearBy(-1), Quarter(2)),
    ("去秋", YearBy(-1), Quarter(3)),
    ("去冬", YearBy(-1), Quarter(4)),
    ("明春", YearBy(1), Quarter(1)),
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
/// A name with `*` counts only before one of [`AFTER_HOLIDAY`] or after a date: 雨水 is also rain.
pub const HOLIDAYS: &[(Feast, &str)] = &[
    (Feast::Fixed(1, 1), "元旦 元旦节"),
    (Feast::Lunar(1, 1), "春节 大年初一 农历新年 农历春节"),
    (Feast::Lunar(1, 0), "除夕 除夕夜 大年夜 年三十 大年三十"),
    (Feast::Lunar(1, 15), "元宵节 元宵* 上元节"),
    (Feast::Lunar(2, 2), "龙抬头 二月二"),
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

/// Words that hold a numeral or the like and are no expression.
const NOT: &str = "一线 一员 一部分 第一线 第一时间 第一书记 第一责任人 第一责任 第一要务 第一要义 第一资源 第一动力 第一生产力 第一议题 \
    第一现场 第一手 第一夫人 第一人称 第三者 第三方 第三人 第三世界 第三产业 第二产业 第一产业 一致 一定 一些 一样 一直 \
    一般 一起 一边 一旦 一律 一贯 一向 一度 一再 一方面 一切 一同 一道努力 一味 一举 一概 一时 一时间 一手 一把手 一下 一下子 \
    一会 一会儿 一点 一点点 一点儿 一体 一体化 一流 一心 一并 一齐 一经 一路 一身 一共 一番 一头 一口气 一目了然 一如既往 \
    一带一路 一带 一言 一生 一帆风顺 一百单八将 一丝不苟 一面倒 一丝 一行 一力 一己 一应 一来 一块儿 一系列 一窍不通 一票否决 \
    一线天 一站式 一条龙 一揽子 一刀切 一条心 一盘棋 一窗通办 一网通办 一网统管 一次性 一次函数 一元化 一元复始 一岗双责 \
    唯一 统一 同一 之一 万一 不一 不一样 单一 合一 归一 专一 逐一 划一 其一 任一 某一 不一定 另一方面 进一步 \
    独一无二 三农 四川 四大班子 四套班子 三门峡 三亚 三峡 三明 三沙 三国 三国演义 三字经 三轮车 三角 三角形 三角洲 五角大楼 \
    四面八方 五湖四海 七上八下 一心一意 三心二意 三言两语 千方百计 万众一心 百姓 老百姓 亿万 万家 万里长城 万里长征 万物 万岁 \
    万分 万能 万般 万达 万元户 万福 万宁 万州 万山 万象 千家万户 千万不 千山万水 千里马 千里之外 千军万马 千秋 千古 千奇百怪 \
    千变万化 千差万别 千头万绪 成千上万 千辛万苦 千锤百炼 百货 百年大计 百花 百花齐放 百度 百科 百科全书 百合 百折不挠 百色 百强 \
    百日咳 百业 百事 百感交集 百家争鸣 百家讲坛 百米冲刺 \
    十分 十足 十堰 十字 十字路口 十佳 十全十美 十里八乡 十八大 十九大 二十大 十七大 十六大 五年计划 十三五 十四五 十二五 十五五 \
    八路军 八仙 八卦 八宝 八角 八哥 八荣八耻 九江 九寨沟 九龙 九州 九天 九泉 九牛一毛 六合 六安 六盘水 六神 六月雪 七嘴八舌 \
    七窍 七律 七绝 五四运动 五金 五星 五星红旗 五官 五彩 五岳 五台山 五粮液 五常 五谷 五味 五花八门 五颜六色 五保 五保户 五险 \
    五险一金 五线谱 四季 四肢 四合院 四周 四处 四通八达 四平 四书五经 四舍五入 二维码 二手 二手车 二手房 二胡 二战 二线 三线 \
    二黄 二氧化碳 二氧化硫 二级市场 二孩 三孩 两岸 两会 两会一课 两学一做 两委 两边 两侧 两旁 两手 两手抓 两面 两者 两栖 两端 \
    两头 两地 两用 两样 两江 两广 两弹一星 两样 半岛 半决赛 半导体 半径 半数 半路 半空 半山 半场 半成品 半壁江山 半途而废 \
    数据 数字 数学 数量 数码 数控 数组 数值 数目 数额 数不清 数一数二 几乎 几何 几率 几经 几度 几许 \
    零食 零售 零星 零件 零距离 零容忍 零散 零部件 零碎 零钱 零用 零工 零增长 零排放 零报告 零点乐队 陆军 陆地 陆续 陆上 陆运 \
    伍德 肆意 肆虐 壹基金 仟佰 拾荒 拾金不昧 拾遗 收拾 \
    星期八 周到 周边 周围 周密 周转 周岁 周末愉快 周恩来 周折 周全 周刊 周报 周长 周口 周旋 周游 周知 周身 周期 周遭 周波 周易 \
    今日头条 今天下 明日之星 明天下 后天性 后天下之乐而乐 当日内瓦 春天里 前年龄 前天津 前日本 前后 前期 前线 前面 前方 前人 前往 \
    前任 前来 前提 前景 前列 前沿 前段 前身 前所未有 前行 前进 前端 前门 前台 前途 前程 前总统 前两会 \
    日前往 近期货 去年轻 今年轻 上下 上下游 上午餐 下午茶 国庆路 国庆村 中秋月饼 春节联欢晚会 春晚 清明上河图 \
    初一年级 初三年级 初一学生 初二学生 初三学生 第一 \
    五月花 八月桂花 三月三 九月九 五一路 八一路 六一路 七一路 五四路 八一队 八一厂 八一电影 双11 十一届 十一个 十一家 十一名 \
    十一月 十一日 十一时 十一点 十一位 十一人 十一岁 十一年 十一天 十一次 五一口 五一村 国庆镇 今日报 \
    下一步 上一步 下一代 上一代 下一个 上一个 下一级 上一级 下一阶段 下一轮 上一轮 \
    下午饭 冬天王 秋天使 夏天然 春天鹅";

/// Words of [`NOT`] that are split: what is read inside them all the same. 第一 is an ordinal before a measure word.
static WORDS: LazyLock<Table<Word>> = LazyLock::new(|| {
    let steps =
        STEPS.iter().flat_map(|&(step, words)| words.split_whitespace().map(move |it| (it, word(step, it))));
    let pairs = PAIRS.iter().map(|it| (it.0, Word::Step(it.1)));
    let holidays = HOLIDAYS.iter().enumerate().flat_map(|(index, (_, names))| {
        let step = Holiday(index as u8);
        names.split_whitespace().map(move |name| match name.strip_suffix('*') {
            Some(name) => (name, StepUnless(step, "*")),
            None => (name, Word::Step(step)),
        })
    });
    let not = NOT.split_whitespace().filter(|it| !OPEN.contains(it)).map(|it| (it, Not));
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
        ("后", Word::Counted(Last)),
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
        ("千分之", Word::Fraction(1000.0)),
        ("万分之", Word::Fraction(10_000.0)),
    ];
    Table::of(not.chain(marks).chain(pairs).chain(holidays).chain(steps))
});

/// Entries of [`NOT`] that the grammar reads after all.
const OPEN: &[&str] = &[
    "第一",
    "十一个",
    "十一家",
    "十一名",
    "十一月",
    "十一日",
    "十一时",
    "十一点",
    "十一位",
    "十一人",
    "十一岁",
    "十一年",
    "十一天",
    "十一次",
    "十一届",
    "双11",
    "下一个",
    "上一个",
    "三月三",
    "九月九",
];

/// Longer words that a step's word begins: 今天然气, 日前往.
fn word(step: Step, word: &'static str) -> Word {
    let unless = match word {
        "今天" | "明天" | "后天" | "前天" | "昨天" => "津",
        "日前" => "往来后",
        "当日" | "今日" | "昨日" | "明日" => "本",
        "春天" | "秋天" | "冬天" | "夏天" => "然",
        "本年" | "当年" | "今年" | "同年" | "去年" | "前年" | "明年" => "级轻",
        "近期" | "近日" | "近年" => "货",
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

/// The usual name of a holiday by its index in [`HOLIDAYS`].
pub fn holiday_name(index: u8) -> &'static str {
    let names = HOLIDAYS.get(usize::from(index)).map_or("", |it| it.1);
    names.split_whitespace().next().unwrap_or("").trim_end_matches('*')
}
