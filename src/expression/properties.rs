//! What must hold of any value and any text: what is printed is read back, nothing panics, and twice the text takes
//! twice the looks at it.

use proptest::prelude::*;

use super::calendar::Weekday;
use super::print::{Arabic, Chinese, print};
use super::reader::{LOOKS, Reader};
use super::units::{self, Unit, unit_at};
use super::value::{Clock, Daypart, Grain, LunarDay, Part};
use super::{Amount, Bound, Edge, Expression, Moment, Step, Twin, Value, expressions, moment, words};

/// Numbers that a text gives: wholes, decimals, rounds.
fn numbers() -> impl Strategy<Value = f64> {
    prop_oneof![
        (1_u32..100_000).prop_map(f64::from),
        (1_u32..1000, 4..11).prop_map(|(it, zeros)| f64::from(it) * 10_f64.powi(zeros)),
        (1_u32..1_000_000, 1..4).prop_map(|(it, places)| f64::from(it) / 10_f64.powi(places)),
    ]
}

fn unit(word: &str) -> Unit {
    unit_at(word, 0, true).unwrap_or_else(|| panic!("{word} is a unit")).0
}

/// Units that no number changes the sense of.
fn any_unit() -> impl Strategy<Value = Unit> {
    let words = [
        "个",
        "名",
        "户",
        "袋",
        "吨",
        "公里",
        "平方米",
        "元",
        "美元",
        "%",
        "‰",
        "℃",
        "亩",
        "小时",
        "天",
        "个月",
        "周年",
        "岁",
        "倍",
        "个百分点",
        "分贝",
        "立方米",
    ];
    proptest::sample::select(words.map(unit).to_vec())
}

fn amounts() -> impl Strategy<Value = Amount> {
    let bound =
        prop_oneof![Just(Bound::Exact), Just(Bound::About), Just(Bound::AtLeast), Just(Bound::AtMost)];
    let exact = (numbers(), any_unit(), bound).prop_map(|(it, unit, bound)| Amount {
        unit: Some(unit),
        bound,
        ..Amount::number(it)
    });
    let open = (1_u32..100, 1..5, any_unit()).prop_filter_map("小数", |(it, zeros, unit)| {
        // 30万多 stays below 31万.
        let (from, step) = (f64::from(it) * 10_f64.powi(zeros), 10_f64.powi(zeros.min(4)));
        let amount = Amount { unit: Some(unit), bound: Bound::AtLeast, ..Amount::number(from) };
        (it % 10 != 0).then_some(Amount { ceiling: Some(from + step), ..amount })
    });
    let range = (1_u32..10_000, 1_u32..10_000, any_unit()).prop_map(|(from, more, unit)| Amount {
        unit: Some(unit),
        to: f64::from(from + more),
        ..Amount::number(f64::from(from))
    });
    let per = (numbers(), proptest::sample::select(vec!["吨", "平方米", "公斤", "人"]))
        .prop_map(|(it, per)| Amount { unit: Some(unit("元")), per: Some(unit(per)), ..Amount::number(it) });
    prop_oneof![exact, open, range, per]
}

/// Days as they are named: with a year or without, relative, by the lunar calendar, by a holiday.
fn days() -> impl Strategy<Value = Vec<Step>> {
    let printed =
        (proptest::option::of(1900_i32..2100), 1_u8..=12, 1_u8..=31).prop_map(|(year, month, day)| {
            let mut steps: Vec<Step> = year.map(Step::Year).into_iter().collect();
            steps.extend([Step::Month(month), Step::Day(day)]);
            steps
        });
    let near = prop_oneof![(-3_i32..=3).prop_map(Step::DayBy), (-1_i32..=3).prop_map(Step::DayAfter)];
    let moon = (1_u8..=12, 1_u8..=30)
        .prop_map(|(month, day)| Step::Lunar(LunarDay { month, leap: false, day: Some(day) }));
    let feast = (0..words::HOLIDAYS.len() as u8)
        // Names that are other words as well stand before 节 or 假期.
        .prop_filter("节", |it| {
            !words::HOLIDAYS[usize::from(*it)].1.split(' ').next().unwrap().ends_with('*')
        })
        .prop_map(Step::Holiday);
    let week = ((-2_i32..=2).prop_map(Step::WeekBy), (0_u8..7))
        .prop_map(|(week, day)| vec![week, Step::Weekday(Weekday::from_monday(day))]);
    prop_oneof![
        4 => printed,
        1 => near.prop_map(|it| vec![it]),
        1 => moon.prop_map(|it| vec![it]),
        1 => feast.prop_map(|it| vec![it]),
        1 => week,
    ]
}

/// Times of day: part, clock or both.
fn times() -> impl Strategy<Value = Vec<Step>> {
    let clock = (1_u8..24, proptest::option::of((0_u8..60, proptest::option::of(0_u8..60)))).prop_map(
        |(hour, rest)| {
            let (minute, second) = rest.map_or((None, None), |it| (Some(it.0), it.1));
            Step::Clock(Clock { hour, minute, second })
        },
    );
    let daypart = proptest::sample::select(vec![
        Daypart::SmallHours,
        Daypart::FirstLight,
        Daypart::EarlyMorning,
        Daypart::Morning,
        Daypart::Noon,
        Daypart::Afternoon,
        Daypart::Dusk,
        Daypart::Evening,
        Daypart::Night,
        Daypart::WholeDay,
    ])
    .prop_map(Step::Daypart);
    prop_oneof![
        clock.clone().prop_map(|it| vec![it]),
        daypart.clone().prop_map(|it| vec![it]),
        (daypart, clock).prop_map(|(part, clock)| vec![part, clock]),
    ]
}

/// Stretches longer than a day.
fn stretches() -> impl Strategy<Value = Vec<Step>> {
    let years = prop_oneof![
        (1900_i32..2100).prop_map(Step::Year),
        (-2_i32..=2).prop_map(Step::YearBy),
        (0_i32..=1).prop_map(Step::YearAfter)
    ];
    let within = prop_oneof![
        Just(vec![]),
        (1_u8..=12).prop_map(|it| vec![Step::Month(it)]),
        (1_u8..=4).prop_map(|it| vec![Step::Quarter(it)]),
        (1_u8..=2).prop_map(|it| vec![Step::Half(it)]),
        (1_u8..=4).prop_map(|it| vec![Step::Season(it)]),
        (2_u32..=11).prop_map(|it| vec![Step::First(it, Grain::Month)]),
        (2_u32..=11).prop_map(|it| vec![Step::Last(it, Grain::Month)]),
        (1_u8..=12, 0..5_usize).prop_map(|(month, part)| {
            let parts = [Part::Start, Part::End, Part::FirstTen, Part::SecondTen, Part::LastTen];
            vec![Step::Month(month), Step::Part(parts[part])]
        }),
        (1_u8..=12, 1_u32..=4).prop_map(|(month, nth)| vec![Step::Month(month), Step::Nth(nth, Grain::Week)]),
        (1_u8..=12, 1_i8..=4, 0_u8..7).prop_map(|(month, nth, day)| {
            vec![Step::Month(month), Step::NthWeekday(nth, Weekday::from_monday(day))]
        }),
    ];
    let counted =
        (2_u32..60, 0..6_usize, any::<bool>(), any::<bool>()).prop_map(|(count, grain, ahead, since)| {
            let grains = [Grain::Year, Grain::Month, Grain::Week, Grain::Day, Grain::Hour, Grain::Minute];
            let (by, grain) = (f64::from(count) * if ahead { 1.0 } else { -1.0 }, grains[grain]);
            vec![if since { Step::Since(by, grain) } else { Step::Shift(by, grain) }]
        });
    let ages = prop_oneof![
        (17_i32..=21).prop_map(|it| vec![Step::Century(it)]),
        (17_i32..=21, 1_i32..=9)
            .prop_map(|(century, decade)| vec![Step::Century(century), Step::Decade(decade * 10)]),
        (190_i32..=202).prop_map(|it| vec![Step::Decade(it * 10)]),
    ];
    let year_and = (years, within).prop_map(|(year, mut within)| {
        within.insert(0, year);
        within
    });
    prop_oneof![3 => year_and, 1 => counted, 1 => ages]
}

/// Whether a numeral ends the day and another begins the time.
fn runs_on(day: &[Step], time: &[Step]) -> bool {
    matches!((day.last(), time.first()), (Some(Step::Lunar(_)), Some(Step::Clock(_))))
}

fn moments() -> impl Strategy<Value = Moment> {
    let plain = |steps: Vec<Step>| Moment { steps, ..Moment::default() };
    let twin = prop_oneof![
        (0_u8..7).prop_map(|it| Twin::Weekday(Weekday::from_monday(it))),
        (1_u8..=12, 1_u8..=30).prop_map(|(month, day)| Twin::Lunar(LunarDay {
            month,
            leap: false,
            day: Some(day)
        })),
    ];
    let twins =
        (1_u8..=12, 1_u8..=31, twin, proptest::option::of(times())).prop_map(|(month, day, twin, time)| {
            let mut steps = vec![Step::Month(month), Step::Day(day)];
            steps.extend(time.into_iter().flatten());
            (steps, twin)
        });
    prop_oneof![
        days().prop_map(plain),
        (1_i32..60).prop_map(move |it| Moment { about: true, ..plain(vec![Step::Workdays(it)]) }),
        stretches().prop_map(plain),
        (days(), times()).prop_filter("初一|二时", |(day, time)| !runs_on(day, time)).prop_map(
            move |(mut day, time)| {
                day.extend(time);
                plain(day)
            }
        ),
        twins.prop_map(|(steps, twin)| Moment { steps, twin: Some(twin), ..Moment::default() }),
        (
            days(),
            proptest::sample::select(vec![Edge::Before, Edge::UpTo, Edge::After, Edge::From, Edge::Since])
        )
            .prop_map(|(steps, edge)| Moment { steps, edge: Some(edge), ..Moment::default() }),
        (days(), Just(true)).prop_map(|(steps, about)| Moment { steps, about, ..Moment::default() }),
    ]
}

fn values() -> impl Strategy<Value = Value> {
    let plain = |steps: Vec<Step>| Moment { steps, ..Moment::default() };
    let every = (2_u32..30, 0..4_usize).prop_map(|(count, grain)| {
        let unit = unit(["年", "个月", "周", "天"][grain]);
        Value::Every(Amount { unit: Some(unit), ..Amount::number(f64::from(count)) }, None)
    });
    let spans = prop_oneof![
        (days(), days()),
        (times().prop_filter("时", |it| it.len() == 1), times().prop_filter("时", |it| it.len() == 1))
            .prop_filter("同", |(from, to)| std::mem::discriminant(&from[0])
                == std::mem::discriminant(&to[0])),
    ];
    prop_oneof![
        3 => amounts().prop_map(Value::Amount),
        3 => moments().prop_map(Value::Moment),
        1 => spans.prop_map(move |(from, to)| Value::Span(plain(from), plain(to))),
        1 => every,
    ]
}

/// Pieces that texts are made of: words of the tables, numerals, marks, and anything else.
fn pieces() -> impl Strategy<Value = String> {
    let marks = "0123456789０９〇零一二三四五六七八九十百千万亿半几数两廿第初·•.．,，:：∶/-—～~%％‰℃（）()“”〔〕 \u{3000}\u{a0}𬱖é\u{301}";
    let marks: Vec<String> = marks.chars().map(String::from).collect();
    let words =
        words::all().chain(units::all()).chain(EDGES.iter().copied()).map(str::to_owned).collect::<Vec<_>>();
    prop_oneof![
        3 => proptest::sample::select(marks),
        3 => proptest::sample::select(words),
        1 => any::<char>().prop_map(String::from),
        1 => (0_u32..3000).prop_map(|it| it.to_string()),
    ]
}

/// Words that stand around numbers and times.
const EDGES: &[&str] = &[
    "年", "月", "日", "号", "时", "点", "分", "秒", "至", "到", "和", "之间", "前", "后", "以前", "以后",
    "以来", "来", "内", "起", "止", "多", "余", "左右", "以上", "以下", "分之", "又", "比", "近", "约", "超",
    "每", "每隔", "零下", "负", "的", "底", "末", "周", "星期",
];

/// What a value prints as and prose uses as another word.
const OTHER_WORDS: &[&str] = &["一时", "一度"];

/// Looks at the text that reading `text` took.
fn looks(text: &str) -> u64 {
    let before = LOOKS.get();
    expressions(text);
    LOOKS.get() - before
}

/// The most looks at a byte of any text.
const MOST_LOOKS: u64 = 600;

proptest! {
    #[test]
    fn every_value_prints_and_reads_back(value in values(), digits in prop_oneof![Just(Arabic), Just(Chinese)]) {
        let text = print(&value, digits);
        prop_assume!(!OTHER_WORDS.iter().any(|it| text.contains(it)));
        let found = expressions(&text);
        prop_assert_eq!(found.len(), 1, "{}: {:?}", text, found);
        let Expression { span, value: read, .. } = &found[0];
        prop_assert_eq!(read, &value, "{}", text);
        let before = ["至少", "不超过", "约"].iter().find(|it| text.starts_with(*it)).map_or(0, |it| it.len());
        prop_assert_eq!(span.range(), before..text.len(), "{}", text);
    }

    #[test]
    fn no_moment_opens_where_nothing_says_that_one_can(pieces in proptest::collection::vec(pieces(), 0..24)) {
        let text = pieces.concat();
        let reader = Reader::new(&text);
        for (at, _) in text.char_indices() {
            prop_assert!(!moment::is_missed(reader, at), "{}", &text[at..]);
        }
    }

    #[test]
    fn any_text_is_read_in_order_on_characters_and_in_linear_time(
        pieces in proptest::collection::vec(pieces(), 0..24),
        times in prop_oneof![4 => Just(1_usize), 1 => 2_usize..60],
    ) {
        let text = pieces.concat().repeat(times);
        let looks = looks(&text);
        prop_assert!(looks <= MOST_LOOKS * (text.len() as u64 + 4), "{} looks at {} bytes", looks, text.len());
        let mut last = 0;
        for it in expressions(&text) {
            let span = it.span.range();
            prop_assert!(last <= span.start && span.start < span.end, "{:?}", span);
            prop_assert!(text.get(span.clone()).is_some_and(|it| !it.trim().is_empty()), "{:?}", span);
            last = span.end;
        }
    }
}

#[test]
fn twice_the_text_takes_twice_the_looks() {
    for piece in words::all()
        .chain(units::all())
        .chain(EDGES.iter().copied())
        .chain(["1", "12", "1,", "1.", "1-", "1:", "1/", " 1", "  ", "一", "十", "亿", "1亿", "两千", "·2"])
    {
        let (once, twice) = (piece.repeat(400), piece.repeat(800));
        let (short, long) = (looks(&once), looks(&twice));
        assert!(long <= 2 * short + 2000, "{piece}: {short} and {long}");
        assert!(long <= MOST_LOOKS * twice.len() as u64, "{piece}: {long} at {} bytes", twice.len());
    }
}

#[test]
fn every_unit_is_read_after_a_number() {
    let unread: Vec<&str> = units::all()
        .filter(|word| {
            let found = expressions(&format!("共37{word}"));
            let unit = found.first().and_then(|it| it.value.amount()).and_then(|it| it.unit);
            unit.is_none_or(|it| it.word != *word)
        })
        .collect();
    // 37世纪 is a century.
    assert_eq!(unread, ["世纪"]);
}
