//! The document's own date: from a setting, the front matter, the masthead, a full date in the text, or a day whose
//! lunar or weekday name fits one year only.

use super::calendar::Date;
use super::instant::Reference;
use super::lunar::LunarDate;
use super::resolve::Anchor;
use super::value::{LunarDay, Moment, Step, Twin, Value};
use super::{Expression, ExpressionKind};

/// The date of a document, as far as it is known, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct IssueDate {
    /// Its year.
    pub year: i32,
    /// Its month and day, where the source tells them.
    pub day: Option<(u8, u8)>,
    /// How it is known.
    pub source: IssueSource,
    /// The moment that was given as a setting, with the time of day where that was said.
    pub now: Option<Reference>,
}

/// How a document's date is known, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IssueSource {
    /// Somebody set it.
    Setting,
    /// `date: 2020-02-13` at the head of the file.
    FrontMatter,
    /// A short line with a full date and a weekday, a lunar date or an issue number.
    Masthead,
    /// A full date in the text.
    FullDate,
    /// A day of the text and its lunar name, which agree in that year only: `1月27日（农历正月初三）`.
    Pair {
        /// Month of the day.
        month: u8,
        /// Day of the month.
        day: u8,
        /// Its second name.
        twin: Twin,
    },
}

impl IssueDate {
    /// The date, where month and day are known.
    pub fn date(&self) -> Option<Date> {
        self.day.map(|(month, day)| Date::new(self.year, month, day))
    }

    /// What the document's moments are counted from, before an article has named a day.
    pub fn anchor(&self) -> Anchor {
        Anchor { year: Some(self.year), issued: self.date(), date: None, now: self.now }
    }
}

impl From<Reference> for IssueDate {
    /// The date of a document that is read from that moment.
    fn from(now: Reference) -> IssueDate {
        let first = now.from.date();
        let day = now.date().map(|it| (it.month, it.day));
        IssueDate { year: first.year, day, source: IssueSource::Setting, now: Some(now) }
    }
}

/// What one paragraph says of the document's date. Depends on the paragraph alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct YearEvidence {
    front_matter: Option<Date>,
    masthead: Option<Date>,
    full_dates: Vec<Date>,
    years: Vec<i32>,
    pairs: Vec<(u8, u8, Twin)>,
}

/// A masthead is no longer than this, in characters.
const MASTHEAD: usize = 80;

impl YearEvidence {
    /// The evidence of a paragraph of `text`, in which `expressions` stand. O(n).
    pub fn of(text: &str, expressions: &[Expression]) -> YearEvidence {
        let mut evidence = YearEvidence::default();
        for it in
            expressions.iter().filter(|it| matches!(it.kind, ExpressionKind::Date | ExpressionKind::Time))
        {
            let moments = match &it.value {
                Value::Moment(one) => [Some(one), None],
                Value::Span(one, two) => [Some(one), Some(two)],
                Value::Amount(_) | Value::Every(..) => [None, None],
            };
            let ahead = text[..it.span.start as usize].ends_with(['到', '至', '在']);
            for moment in moments.into_iter().flatten() {
                evidence.note(moment, ahead);
            }
        }
        if let [date, ..] = evidence.full_dates[..] {
            if is_front_matter(text) {
                evidence.front_matter = Some(date);
            }
            let marks = ["星期", "农历", "期 ", "总第", "今日", "国内统一", "CN ", "第"];
            let lone = text.chars().nth(MASTHEAD).is_none() && !text.contains('。');
            if lone && marks.iter().any(|it| text.contains(it)) {
                evidence.masthead = Some(date);
            }
        }
        evidence
    }

    /// Whether the paragraph says nothing of it.
    pub fn is_empty(&self) -> bool {
        *self == YearEvidence::default()
    }

    fn note(&mut self, moment: &Moment, ahead: bool) {
        let date = match moment.steps[..] {
            [Step::Year(year), Step::Month(month), Step::Day(day), ..] => Some(Date::new(year, month, day)),
            _ => None,
        };
        match (date.filter(|it| it.exists()), moment.year()) {
            (Some(date), _) => self.full_dates.push(date),
            // 到2035年 says nothing of when that was written.
            (None, Some(year)) if !ahead => self.years.push(year),
            _ => {}
        }
        if let (Some(month), Some(day), Some(twin)) = (moment.month(), moment.day(), moment.twin) {
            self.pairs.push((month, day, twin));
        }
    }
}

/// Whether `text` is the line at the head of a file that tells its date: `date: 2020-02-13`.
pub fn is_front_matter(text: &str) -> bool {
    ["date:", "日期：", "日期:"].iter().any(|it| text.trim_start().starts_with(it))
}

/// Lunar and Gregorian dates come together again after so many years, more or less.
const CYCLE: i32 = 18;

/// The document's date, from the surest source that tells it. `setting` is a year that somebody set. `None` where
/// nothing tells it or the sources of one kind disagree. O(evidence).
pub fn issue_date<'a>(
    setting: Option<i32>,
    evidence: impl IntoIterator<Item = &'a YearEvidence>,
) -> Option<IssueDate> {
    let undated = |year, source| IssueDate { year, day: None, source, now: None };
    let known =
        |date: Date, source| IssueDate { day: Some((date.month, date.day)), ..undated(date.year, source) };
    let (mut front, mut masthead) = (None, None);
    let (mut dates, mut years, mut pairs) = (Vec::new(), Vec::new(), Vec::new());
    for it in evidence {
        front = front.or(it.front_matter);
        masthead = masthead.or(it.masthead);
        dates.extend_from_slice(&it.full_dates);
        years.extend_from_slice(&it.years);
        pairs.extend_from_slice(&it.pairs);
    }
    let found = front
        .map(|it| known(it, IssueSource::FrontMatter))
        .or_else(|| masthead.map(|it| known(it, IssueSource::Masthead)));
    if let Some(year) = setting {
        let day = found.filter(|it| it.year == year).and_then(|it| it.day);
        return Some(IssueDate { day, ..undated(year, IssueSource::Setting) });
    }
    if found.is_some() {
        return found;
    }
    // A page printed in May can hold a handful of pairs; a table of them proves no more than its first rows.
    pairs.truncate(64);
    let fits = |year: i32| pairs.iter().all(|&(month, day, twin)| agrees(Date::new(year, month, day), twin));
    if let Some(year) = one_year(dates.iter().map(|it| it.year)).filter(|it| fits(*it)) {
        return Some(undated(year, IssueSource::FullDate));
    }
    years.extend(dates.iter().map(|it| it.year));
    years.retain(|it| (1900..=2100).contains(it));
    // A year that the text names, if only one of them fits; else one not before the latest of them, which all pairs
    // fit, or two and more while the others are misprints.
    let named = one_year(years.iter().copied().filter(|it| fits(*it)).filter(|_| !pairs.is_empty()));
    let latest = *years.iter().max()?;
    let fitting = |year: i32| pairs.iter().filter(|it| agrees(Date::new(year, it.0, it.1), it.2)).count();
    let mostly = |year: i32| fitting(year) >= 2 && 2 * (pairs.len() - fitting(year)) <= fitting(year);
    let year = named
        .or_else(|| one_year((latest..=latest + CYCLE).filter(|it| fits(*it)).filter(|_| !pairs.is_empty())))
        .or_else(|| one_year((latest..=latest + CYCLE).filter(|it| mostly(*it))))?;
    let fit = |it: &&(u8, u8, Twin)| agrees(Date::new(year, it.0, it.1), it.2);
    let lunar = pairs.iter().filter(fit).find(|it| matches!(it.2, Twin::Lunar(_)));
    let &(month, day, twin) = lunar.or_else(|| pairs.iter().find(fit))?;
    let source = IssueSource::Pair { month, day, twin };
    Some(undated(year, source))
}

/// The year that all of `years` are.
fn one_year(mut years: impl Iterator<Item = i32>) -> Option<i32> {
    let first = years.next()?;
    years.all(|it| it == first).then_some(first)
}

/// Whether `date` has the second name `twin`: the check behind calendar-mismatch. False for a day that does not
/// exist. 大年三十 is the last day of its month, be it the 29th.
pub fn agrees(date: Date, twin: Twin) -> bool {
    if !date.exists() {
        return false;
    }
    match twin {
        Twin::Weekday(weekday) => date.weekday() == weekday,
        // Where the tables end nothing can be said against it.
        Twin::Lunar(LunarDay { month, leap, day }) => date.lunar().is_none_or(|it| {
            let eve = day == Some(30) && month == 12 && LunarDate::last_of_year(it.year) == Some(it);
            it.month == month && it.leap == leap && day.is_none_or(|day| day == it.day) || eve
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::expressions;
    use super::*;

    /// Year, month and day, and what they were read from.
    type Issue = (i32, Option<(u8, u8)>, &'static str);

    fn issue(paragraphs: &[&str]) -> Option<Issue> {
        let evidence: Vec<_> = paragraphs.iter().map(|it| YearEvidence::of(it, &expressions(it))).collect();
        issue_date(None, &evidence).map(|it| {
            let source = match it.source {
                IssueSource::Setting => "setting",
                IssueSource::FrontMatter => "front matter",
                IssueSource::Masthead => "masthead",
                IssueSource::FullDate => "full date",
                IssueSource::Pair { .. } => "pair",
            };
            (it.year, it.day, source)
        })
    }

    #[test]
    fn a_masthead_tells_the_day() {
        let masthead = "焦作日报 2020年2月13日 星期四 农历庚子年正月二十 第9876期";
        assert_eq!(issue(&["2016 年，王晋豫", masthead]), Some((2020, Some((2, 13)), "masthead")));
        assert_eq!(issue(&["date: 2020-02-13", "2月12日"]), Some((2020, Some((2, 13)), "front matter")));
    }

    #[test]
    fn a_full_date_tells_the_year() {
        assert_eq!(issue(&["2020年2月12日，焦作市举行签约仪式。"]), Some((2020, None, "full date")));
        assert_eq!(issue(&["2019年2月12日，开始。2020年2月12日，结束。"]), None, "two years, neither surer");
    }

    #[test]
    fn a_lunar_pair_tells_the_year_after_the_latest_in_the_text() {
        let pair = "1月27日，农历正月初三，名仁明康";
        assert_eq!(issue(&["2016 年，王晋豫等人响应号召。", pair]), Some((2020, None, "pair")));
        assert_eq!(issue(&[pair]), None, "2001 would do as well");
        assert_eq!(issue(&["2020年到2035年", pair]), Some((2020, None, "pair")));
    }

    #[test]
    fn a_weekday_that_fits_several_years_tells_nothing() {
        assert_eq!(issue(&["2016 年", "2月12日（星期三）"]), None);
    }

    #[test]
    fn a_setting_comes_first() {
        let evidence = [YearEvidence::of("2020年2月12日", &expressions("2020年2月12日"))];
        let found = issue_date(Some(2021), &evidence).unwrap();
        assert_eq!((found.year, found.source), (2021, IssueSource::Setting));
    }

    #[test]
    fn a_day_agrees_with_its_other_name() {
        let lunar = |month, day| Twin::Lunar(LunarDay { month, leap: false, day: Some(day) });
        assert!(agrees(Date::new(2020, 1, 27), lunar(1, 3)));
        assert!(!agrees(Date::new(2020, 1, 27), lunar(1, 4)));
        assert!(agrees(Date::new(2025, 1, 28), lunar(12, 30)), "a 除夕 on the 29th");
        assert!(!agrees(Date::new(2020, 2, 30), lunar(1, 4)));
    }
}
