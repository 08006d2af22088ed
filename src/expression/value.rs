//! What an expression says, as plain data.

use super::calendar::Weekday;
pub use super::daypart::Daypart;
use super::units::Unit;

/// The value of an expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number with or without a unit: number, ordinal, percent, quantity, money, duration.
    Amount(Amount),
    /// A point or stretch of time named once: `2 月 12 日`, `去年底`, `17 时许`.
    Moment(Moment),
    /// From one moment to another: `1月27日至2月3日`. What the second leaves out, the first says.
    Span(Moment, Moment),
    /// Again and again: 每年, 每隔3天, 每周三, 每天上午9时至11时; how often, and when in each turn.
    Every(Amount, Option<Box<Value>>),
}

impl Value {
    /// The amount, where the value is one.
    pub fn amount(&self) -> Option<&Amount> {
        match self {
            Value::Amount(it) => Some(it),
            _ => None,
        }
    }

    /// The moment, or the first of two.
    pub fn moment(&self) -> Option<&Moment> {
        match self {
            Value::Moment(it) | Value::Span(it, _) => Some(it),
            Value::Every(_, turn) => turn.as_ref()?.moment(),
            Value::Amount(_) => None,
        }
    }
}

/// A number, exact or not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    /// The number as said: 28000 for `2.8万余袋`, 0.03 for `3%`; the lesser of a range.
    pub from: f64,
    /// The same number, or the greater of a range: 200 for `150吨到200吨`.
    pub to: f64,
    /// How the truth lies to the number said.
    pub bound: Bound,
    /// Above `from`, what 多 and 余 leave open: 3000000 for `200多万元`, 30000 for `2万余元`.
    pub ceiling: Option<f64>,
    /// What is counted or measured; the number is in this unit, not in the unit's base.
    pub unit: Option<Unit>,
    /// Per what: 吨 in `元/吨`.
    pub per: Option<Unit>,
    /// Whether it is told in several units, of which `unit` is the least: `3小时20分`, `2元5角`.
    pub compound: bool,
}

/// How the truth lies to the number said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bound {
    /// As said.
    Exact,
    /// 约 左右 上下 来 许: near it, on either side.
    About,
    /// 以上 至少 不少于 超过 逾 多 余: it or more.
    AtLeast,
    /// 以下 以内 至多 不超过 近 不足: it or less.
    AtMost,
}

impl Amount {
    /// An exact number without a unit.
    pub fn number(value: f64) -> Amount {
        Amount {
            from: value,
            to: value,
            bound: Bound::Exact,
            ceiling: None,
            unit: None,
            per: None,
            compound: false,
        }
    }

    /// The one number said; none for a range.
    pub fn single(&self) -> Option<f64> {
        (self.from == self.to).then_some(self.from)
    }

    /// The least and the greatest it can be; none where that side is open. `约` gives the number itself: how near
    /// it is, the text does not say.
    pub fn interval(&self) -> (Option<f64>, Option<f64>) {
        match self.bound {
            Bound::Exact | Bound::About => (Some(self.from), Some(self.to)),
            Bound::AtLeast => (Some(self.from), self.ceiling),
            Bound::AtMost => (None, Some(self.to)),
        }
    }
}

/// A moment: steps that narrow time down, from the greatest to the least, as the text names them. 今年 · 2月 · 12日
/// · 下午 · 3时. Each step narrows what the ones before it leave.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Moment {
    /// The steps.
    pub steps: Vec<Step>,
    /// The same day said again in brackets or after a comma: `（农历正月初三）`, `（星期三）`.
    pub twin: Option<Twin>,
    /// 许, 左右, 前后, 约: near it.
    pub about: bool,
    /// 以前, 起, 内: not it, but what lies on one side of it or within.
    pub edge: Option<Edge>,
}

/// What a moment is the edge of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Edge {
    /// 前 以前 之前: before it; by it, when it is still to come.
    Before,
    /// 或之前 及以前 为止: up to its end.
    UpTo,
    /// 后 以后 之后: after it.
    After,
    /// 及以后 或之后: from its beginning on.
    From,
    /// 起 开始 以来 至今: from its beginning until now, or on from then when it is still to come.
    Since,
    /// 内 以内: within it; of a count, from now on that long.
    Within,
}

/// The second name of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Twin {
    /// `1月27日（农历正月初三）`.
    Lunar(LunarDay),
    /// `2月12日（星期三）`.
    Weekday(Weekday),
}

/// A day of the lunar year as text names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LunarDay {
    /// Month, 1–12.
    pub month: u8,
    /// 闰.
    pub leap: bool,
    /// Day, 1–30; none for the month as a whole; 30 in 大年三十 stands for the last day, the 29th in some years. A page
    /// can print a 31st, which no month has.
    pub day: Option<u8>,
}

/// One step that narrows time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// `21世纪`.
    Century(i32),
    /// `20世纪90年代`, `80年代`: its first year, or 0–90 where the century is not said.
    Decade(i32),
    /// `2016 年`.
    Year(i32),
    /// 去年 −1, 今年 0: counted from the document's date.
    YearBy(i32),
    /// 同年 0, 次年 1, 当年 0: counted from the date last named.
    YearAfter(i32),
    /// 上半年 1, 下半年 2.
    Half(u8),
    /// 一季度: 1–4.
    Quarter(u8),
    /// 上季度 −1: from the document's date.
    QuarterBy(i32),
    /// `2 月`; also a month that does not exist.
    Month(u8),
    /// 上月 −1, 本月 0: from the document's date.
    MonthBy(i32),
    /// 当月 0, 次月 1: from the date last named.
    MonthAfter(i32),
    /// `12 日`; also a day that does not exist.
    Day(u8),
    /// 昨天 −1, 今日 0: from the document's date.
    DayBy(i32),
    /// 当日 0, 次日 1: from the date last named.
    DayAfter(i32),
    /// 正月初三, 大年三十.
    Lunar(LunarDay),
    /// 春节, 国庆: an index into the table of holidays.
    Holiday(u8),
    /// 上周 −1: from the document's date.
    WeekBy(i32),
    /// 星期三.
    Weekday(Weekday),
    /// 初, 底, 上旬 …
    Part(Part),
    /// 前三个月, 头两天: the first so many of what came before.
    First(u32, Grain),
    /// 最后五天.
    Last(u32, Grain),
    /// 第二周.
    Nth(u32, Grain),
    /// 第一个周二; counted from the end when negative: 最后一个星期一.
    NthWeekday(i8, Weekday),
    /// 上午, 深夜.
    Daypart(Daypart),
    /// `17 时`, `8:30`.
    Clock(Clock),
    /// 三天前 (−3), 两年后 (2): from the moment before it, else from the document's date.
    Shift(f64, Grain),
    /// 近三年 (−3), 未来三天 (3): from the document's date that far.
    Since(f64, Grain),
    /// 前两天: from so many to so many before the document's date.
    Ago(u8, u8, Grain),
    /// 15个工作日内: so many Mondays to Fridays ahead, or back when negative.
    Workdays(i32),
    /// 春, 夏, 秋, 冬: 1–4, from one solar term to the next: 立春 to the day before 立夏.
    Season(u8),
    /// 现在, 目前.
    Now,
    /// 日前, 近日, 近年来: some time, not said which; by its grain.
    Vague(Grain),
}

/// Sizes of time, from the greatest to the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Grain {
    /// 世纪.
    Century,
    /// 年代.
    Decade,
    /// 年.
    Year,
    /// 季度.
    Quarter,
    /// 月.
    Month,
    /// 旬 and such parts of a month or year.
    Part,
    /// 周.
    Week,
    /// 日.
    Day,
    /// 上午.
    Daypart,
    /// 时.
    Hour,
    /// 分.
    Minute,
    /// 秒.
    Second,
}

/// A part of a year, month, quarter, decade or century.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// 初.
    Start,
    /// 伊始, narrower than 初.
    Outset,
    /// 中.
    Middle,
    /// 底, 末.
    End,
    /// 上旬.
    FirstTen,
    /// 中旬.
    SecondTen,
    /// 下旬.
    LastTen,
    /// 上半月, 前半.
    FirstHalf,
    /// 下半月.
    SecondHalf,
    /// 以前, 前.
    Before,
    /// 以后, 起, 以来.
    After,
}

/// A time of day as printed; 24 o'clock is allowed, and so is what no clock shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Clock {
    /// Hour as printed, 下午3时 being 3.
    pub hour: u8,
    /// Minute; none where only the hour is said.
    pub minute: Option<u8>,
    /// Second.
    pub second: Option<u8>,
}

impl Clock {
    /// Whether a clock can show it; `24时` and `24:00` are the end of a day.
    pub fn exists(self) -> bool {
        let (minute, second) = (self.minute.unwrap_or(0), self.second.unwrap_or(0));
        self.hour < 24 && minute < 60 && second < 61 || self.hour == 24 && minute == 0 && second == 0
    }
}

impl Moment {
    /// A moment of one step.
    pub fn of(step: Step) -> Moment {
        Moment { steps: vec![step], ..Moment::default() }
    }

    /// Whether a part of the day is said.
    pub(super) fn has_daypart(&self) -> bool {
        self.steps.iter().any(|it| matches!(it, Step::Daypart(_)))
    }

    /// The year printed in it.
    pub fn year(&self) -> Option<i32> {
        self.steps.iter().find_map(|it| if let Step::Year(year) = it { Some(*year) } else { None })
    }

    /// The month printed in it.
    pub fn month(&self) -> Option<u8> {
        self.steps.iter().find_map(|it| if let Step::Month(month) = it { Some(*month) } else { None })
    }

    /// The day of the month printed in it.
    pub fn day(&self) -> Option<u8> {
        self.steps.iter().find_map(|it| if let Step::Day(day) = it { Some(*day) } else { None })
    }

    /// The clock time printed in it.
    pub fn clock(&self) -> Option<Clock> {
        self.steps.iter().find_map(|it| if let Step::Clock(clock) = it { Some(*clock) } else { None })
    }

    /// The lunar day that is its own name or its twin.
    pub fn lunar(&self) -> Option<LunarDay> {
        match self.twin {
            Some(Twin::Lunar(day)) => Some(day),
            _ => self.steps.iter().find_map(|it| if let Step::Lunar(day) = it { Some(*day) } else { None }),
        }
    }

    /// The weekday printed in it.
    pub fn weekday(&self) -> Option<Weekday> {
        match self.twin {
            Some(Twin::Weekday(day)) => Some(day),
            _ => self.steps.iter().find_map(|it| if let Step::Weekday(day) = it { Some(*day) } else { None }),
        }
    }
}
