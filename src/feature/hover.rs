//! The card for what stands under a place: what it is, its value, where else it occurs.

use std::ops::Range;

use crate::analysis::Analysis;
use crate::entity::Mention;
use crate::entity::document::Entity;
use crate::expression::Expression;
use crate::page::paragraph::Span;
use crate::reading::Reading;
use crate::settings::Words;

use super::markdown::escaped;
use super::{moment, name_card, wording};

/// A card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The bytes of the file that it is about, from the first to past the last character.
    pub range: Range<usize>,
    /// Its text as Markdown.
    pub markdown: String,
    /// Its text without marks, for clients that show none.
    pub plain: String,
}

/// What a card is about.
#[derive(Clone, Copy)]
enum Subject<'a> {
    Name(&'a Mention, &'a Entity),
    Expression(usize, &'a Expression),
}

/// Occurrences whose lines a card names before it only counts.
const LINES_NAMED: usize = 12;

/// The card for the expression or name at `byte`, from either half where a line end or blank lines cut it. With the
/// document's `uri` the lines that the card names are links. O(names and expressions of the document).
pub fn card(analysis: &Analysis, byte: usize, uri: Option<&str>) -> Option<Card> {
    let index = analysis.page().paragraph_at(byte)?;
    let paragraph = &analysis.page().paragraphs[index];
    let reading = analysis.reading(index);
    let subject = subjects(analysis, index).find(|it| {
        let range = paragraph.source(it.span());
        range.start <= byte && byte < range.end
    })?;
    let range = paragraph.source(subject.span());
    let name = subject.name(reading);
    let kind = analysis.settings().locale.pick(subject.kind());
    let (mut facts, mut mentions) = (Vec::new(), Vec::new());
    match subject {
        Subject::Name(_, entity) => {
            facts.extend(name_card::facts(analysis, &name, entity));
            facts.extend(occurrences(analysis, index, subject));
            mentions = name_card::mentions(analysis, entity);
        }
        Subject::Expression(expression, it) => {
            facts.extend(value(analysis, index, expression, it));
            facts.extend(occurrences(analysis, index, subject));
            facts.extend(article(analysis, index));
        }
    }
    let marked: String = facts.iter().map(|it| format!("\n- {}", escaped(it))).collect();
    let unmarked: String = facts.iter().map(|it| format!("\n· {it}")).collect();
    Some(Card {
        range,
        markdown: format!("**{}** — {kind}\n{marked}{}", escaped(&name), name_card::markdown(&mentions, uri)),
        plain: format!("{name} — {kind}{unmarked}{}", name_card::plain(&mentions)),
    })
}

impl Subject<'_> {
    fn span(self) -> Span {
        match self {
            Subject::Name(it, _) => it.span,
            Subject::Expression(_, it) => it.span,
        }
    }

    /// Its text; for a name without white space, for an expression as it is printed.
    fn name(self, reading: &Reading) -> String {
        match self {
            Subject::Name(it, _) => it.name(reading.text()).into_owned(),
            Subject::Expression(_, it) => reading.text()[it.span.range()].to_owned(),
        }
    }

    /// Whether both say the same: the same kind of thing in the same words, white space aside.
    fn is(self, here: &Reading, other: Subject<'_>, there: &Reading) -> bool {
        let words = |span: Span, reading: &Reading| -> String {
            reading.text()[span.range()].split_whitespace().collect()
        };
        let same_kind = match (self, other) {
            (Subject::Name(_, one), Subject::Name(_, other)) => return one == other,
            (Subject::Expression(_, one), Subject::Expression(_, other)) => one.kind == other.kind,
            _ => false,
        };
        same_kind && words(self.span(), here) == words(other.span(), there)
    }

    fn kind(self) -> Words {
        let (zh, en) = match self {
            Subject::Name(it, _) => it.kind.name(),
            Subject::Expression(_, it) => it.kind.name(),
        };
        Words { zh, en }
    }
}

/// All that a paragraph can show a card for.
fn subjects(analysis: &Analysis, paragraph: usize) -> impl Iterator<Item = Subject<'_>> {
    let reading = analysis.reading(paragraph);
    let expressions = reading.every_expression().iter().enumerate().filter(|it| !reading.is_in_name(it.1));
    let names = analysis.names();
    let entity = |it: usize| &names.entities()[it];
    let named = names.mentions(paragraph).iter().map(move |it| Subject::Name(&it.0, entity(it.1)));
    expressions.map(|(index, it)| Subject::Expression(index, it)).chain(named)
}

/// What can be computed: an amount's bounds, a date's day and where its year is from.
fn value(analysis: &Analysis, paragraph: usize, index: usize, expression: &Expression) -> Vec<String> {
    let locale = analysis.settings().locale;
    match expression.value.amount() {
        Some(it) => {
            let said = wording::amount(it, locale);
            vec![locale.say(format_args!("数值：{said}"), format_args!("value: {said}"))]
        }
        None => moment::facts(analysis, paragraph, index),
    }
}

/// How often and where it stands on the page.
fn occurrences(analysis: &Analysis, here: usize, subject: Subject<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let here = analysis.reading(here);
    for (index, paragraph) in analysis.page().paragraphs.iter().enumerate() {
        let reading = analysis.reading(index);
        for other in subjects(analysis, index).filter(|it| subject.is(here, *it, reading)) {
            let range = paragraph.source(other.span());
            let first = analysis.text().line_of(range.start) + 1;
            let last = analysis.text().line_of(range.end) + 1;
            lines.push(if first == last { first.to_string() } else { format!("{first}–{last}") });
        }
    }
    let count = lines.len();
    let more = if count > LINES_NAMED { "…" } else { "" };
    lines.truncate(LINES_NAMED);
    let locale = analysis.settings().locale;
    let (zh, en) = (lines.join("、"), lines.join(", "));
    vec![locale.say(
        format_args!("全文 {count} 处：第 {zh}{more} 行"),
        format_args!("{count} on this page: line {en}{more}"),
    )]
}

/// The article that it stands in.
fn article(analysis: &Analysis, paragraph: usize) -> Vec<String> {
    let page = analysis.page();
    let article = page.articles.get(page.article_of(paragraph));
    let Some(title) = article.and_then(|it| it.headline.as_ref().or(it.continued_from.as_ref())) else {
        return Vec::new();
    };
    vec![analysis.settings().locale.say(format_args!("所在篇目：{title}"), format_args!("article: {title}"))]
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::page::Markup;
    use crate::settings::{Locale, OptValue, Settings};
    use crate::text::Text;

    const SEED: &str = include_str!("../../seeds/jiaozuo-daily-2020-02.txt");

    fn analysis(source: &str, settings: Settings) -> Analysis {
        Analysis::of(&Text::new(source), Markup::Plain, &Arc::new(settings))
    }

    /// The card at the first occurrence of `words` in the seed page.
    fn plain(words: &str) -> String {
        let at = SEED.find(words).expect("the words stand on the page");
        card(&analysis(SEED, Settings::default()), at, None).map_or_else(String::new, |it| it.plain)
    }

    #[test]
    fn both_halves_of_a_cut_name_show_the_same_card() {
        let analysis = analysis(SEED, Settings::default());
        let cut = SEED.find("王\n晋豫").expect("the name is cut");
        let [first, second] = [cut, cut + "王\n".len()].map(|it| card(&analysis, it, None));
        assert_eq!(first, second);
        let card = first.expect("a card");
        assert_eq!(&SEED[card.range], "王\n晋豫");
        assert_eq!(
            card.plain,
            "王晋豫 — 人名\n· 本版职务：组长兼第一书记\n· 全文 6 处：第 6–7、9、17、24、29、67 行\n\
焦作移动扶贫干部投身抗疫一线\n  6–7 …扶贫工作组组长兼第一书记王晋豫就是其中一员。\n  \
9 2016 年，王晋豫等人响应号召，奔赴西水寨…\n  17 疫情发生后，王晋豫和工作组成员主动请缨，积…\n  \
24 …就形成了一个战斗堡垒。”王晋豫说，“我们要发挥共产党员…\n  29 …在村里出现。”返回岗位的王晋豫迅速组织成立党员志愿服务…\n  \
67 …够打赢这场阻击战。”这是王晋豫和焦作移动扶贫工作组全体…"
        );
    }

    #[test]
    fn a_day_is_resolved_by_the_documents_own_year() {
        let card = plain("2 月 12 日下\n午");
        assert!(card.contains("2020-02-12 星期三 农历正月十九"), "{card}");
        assert!(card.contains("年份 2020：由文中“1月27日＝农历正月初三”推得"), "{card}");
    }

    #[test]
    fn a_day_cut_by_the_line_end_is_one_day() {
        assert!(plain("28日通过").contains("2020-01-28"));
    }

    #[test]
    fn amounts_say_their_bounds() {
        assert!(plain("2.8万余袋").contains("数值：至少 28,000 袋"));
        assert!(plain("200多万元").contains("至少 2,000,000 元（200万–300万 元）"));
    }

    #[test]
    fn without_a_year_the_card_says_so() {
        let card = card(&analysis("事情发生在3月5日。", Settings::default()), "事情发生在".len(), None);
        assert!(card.expect("a card").plain.contains("年份未知"));
    }

    #[test]
    fn a_year_that_was_set_goes_first() {
        let mut settings = Settings::default();
        settings.locale = Locale::En;
        settings.set_value(None, "year", OptValue::Number(Some(2019)));
        let card = card(&analysis("事情发生在3月5日。", settings), "事情发生在".len(), None).expect("a card");
        assert!(card.plain.contains("2019-03-05, Tue"), "{}", card.plain);
        assert!(card.plain.contains("year 2019: from the settings"), "{}", card.plain);
    }

    #[test]
    fn a_headline_is_shown_and_never_obeyed() {
        let source =
            "[点此](http://a.cn)\n本报讯 2020年2月12日，王晋豫等人响应号召，奔赴西水寨村开展驻村扶贫。\n";
        let card = card(&analysis(source, Settings::default()), source.find("2020").unwrap(), None);
        let markdown = card.expect("a card").markdown;
        assert!(markdown.contains("2020-02-12") && !markdown.contains("[点此]("), "{markdown}");
    }

    #[test]
    fn plain_words_have_no_card() {
        assert_eq!(plain("责任。"), "");
    }
}
