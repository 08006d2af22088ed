//! `jiaodui annotate`: all that is known of a document, one JSON object a line, for scripts and for scoring.

use serde::Serialize;
use serde_json::Value;

use super::args::Options;
use super::document::{Document, Reader, inputs};
use super::output::Output;
use super::record::{FindingRecord, json};
use super::{CLEAN, FAILED, value};
use crate::expression::Resolved;
use crate::lexicon::Lexicon;
use crate::page::{Article, Break, Paragraph};
use crate::reading::Reading;

/// Annotates what the operands name.
pub(super) fn run(options: &Options, output: &mut Output) -> u8 {
    let Some(reader) = Reader::new(options, output) else { return FAILED };
    let failed = reader.each(
        &inputs(&options.operands, options.locale),
        output,
        |input| reader.read(input).map(|it| record(&it) + "\n"),
        |record, output| output.print(&record),
    );
    if failed { FAILED } else { CLEAN }
}

/// The record of one document.
#[derive(Serialize)]
struct Record<'a> {
    path: &'a str,
    lines: Vec<LineRecord>,
    articles: Vec<Value>,
    entities: Vec<EntityRecord<'a>>,
    findings: Vec<FindingRecord<'a>>,
}

/// A line that holds text.
#[derive(Serialize)]
struct LineRecord {
    line: usize,
    role: &'static str,
    boundary: &'static str,
    confidence: f64,
    cuts: Vec<&'static str>,
    letter_spaced: bool,
}

/// A name or an expression.
#[derive(Serialize)]
struct EntityRecord<'a> {
    kind: &'static str,
    text: &'a str,
    start: usize,
    end: usize,
    lines: Vec<usize>,
    value: Value,
}

/// The record of one document, as JSON.
fn record(document: &Document) -> String {
    let page = document.analysis.page();
    let read = || page.paragraphs.iter().zip(document.analysis.readings());
    // Names first: what asks for a few of them then has them.
    document.analysis.names();
    let articles: Vec<Value> = page.articles.iter().map(|it| article(document, it)).collect();
    let entities: Vec<EntityRecord<'_>> = read()
        .zip(document.analysis.moments())
        .enumerate()
        .flat_map(|(index, ((paragraph, it), moments))| entities(document, (index, paragraph), it, &moments))
        .collect();
    let findings = document.analysis.findings();
    let findings = findings.iter().map(|it| document.finding(it, None)).collect();
    json(&Record { path: &document.name, lines: lines(document), articles, entities, findings })
}

/// The lines that hold text.
fn lines(document: &Document) -> Vec<LineRecord> {
    let page = document.analysis.page();
    let mut cuts = vec![Vec::new(); page.lines.len()];
    for (paragraph, reading) in page.paragraphs.iter().zip(document.analysis.readings()) {
        for (line, at) in paragraph.lines.clone().zip(&reading.joined.breaks) {
            cuts[line] = cut(reading, at);
        }
    }
    let lines = page.lines.iter().zip(&page.boundaries).zip(cuts);
    lines
        .map(|((line, boundary), cuts)| LineRecord {
            line: line.number + 1,
            role: line.role.as_str(),
            boundary: boundary.kind.as_str(),
            confidence: (f64::from(boundary.confidence) * 1000.0).round() / 1000.0,
            cuts,
            letter_spaced: line.letter_spaced,
        })
        .collect()
}

/// What the line end `at` stands in: a word or name, a number or date, or before a quotation that blank lines pushed
/// away from its speaker.
fn cut(reading: &Reading, at: &Break) -> Vec<&'static str> {
    let text = reading.text();
    let place = at.at as usize;
    let within = |span: crate::page::paragraph::Span| span.range().start < place && place < span.range().end;
    let named = reading.mentions().iter().any(|it| within(it.span));
    let word = || !at.space && Lexicon::shared().word_across(text, place).is_some();
    let number = reading.expressions().iter().any(|it| within(it.span));
    let quote = at.blanks > 0 && text[place..].starts_with(['“', '‘', '《', '（', '「', '『']);
    let cuts = [(named || word(), "word"), (number, "number"), (quote, "quote")];
    cuts.into_iter().filter(|it| it.0).map(|it| it.1).collect()
}

/// An article of the page.
fn article(document: &Document, article: &Article) -> Value {
    let page = document.analysis.page();
    let number = |line: usize| page.lines.get(line).map(|it| it.number + 1);
    let start = |paragraph: &Paragraph| number(paragraph.lines.start);
    let end = |paragraph: &Paragraph| number(paragraph.lines.end.saturating_sub(1));
    let own = page.paragraphs.slice(article.paragraphs.clone());
    let sections: Vec<Value> = article
        .sections
        .iter()
        .map(|it| serde_json::json!({"line": page.paragraphs.get(it.paragraph).and_then(start), "text": it.text}))
        .collect();
    let paragraphs: Vec<Value> = own
        .iter()
        .filter(|it| it.role.is_body())
        .map(|it| serde_json::json!({"start_line": start(it), "end_line": end(it), "text": it.joined.text}))
        .collect();
    serde_json::json!({
        "headline": article.headline,
        "kicker": article.kicker,
        "subhead": article.subhead,
        "byline": article.byline,
        "continued_from": article.continued_from,
        "start_line": own.first().and_then(start),
        "end_line": own.last().and_then(end),
        "sections": sections,
        "paragraphs": paragraphs,
    })
}

/// The names and expressions of a paragraph, in order.
fn entities<'a>(
    document: &Document,
    (index, paragraph): (usize, &Paragraph),
    reading: &'a Reading,
    moments: &[Option<Resolved>],
) -> Vec<EntityRecord<'a>> {
    let page = document.analysis.page();
    let names = document.analysis.names().mentions(index).iter().map(|it| &it.0);
    let mentions = names.map(|it| (it.span, entity_word(it.kind), Value::Null));
    let values = reading.every_expression().iter().zip(moments).filter(|it| !reading.is_in_name(it.0));
    let expressions =
        values.map(|(it, resolved)| (it.span, it.kind.as_str(), value::value(it, resolved.as_ref())));
    let mut entities: Vec<_> = mentions.chain(expressions).collect();
    entities.sort_by_key(|it| it.0);
    entities
        .into_iter()
        .map(|(span, kind, value)| {
            let range = paragraph.source(span);
            let (start, end) = document.bytes_of(&range);
            let lines: Vec<usize> = page
                .lines
                .range(paragraph.lines.clone())
                .filter(|it| it.span.start < range.end && range.start < it.span.end)
                .map(|it| it.number + 1)
                .collect();
            EntityRecord { kind, text: &reading.text()[span.range()], start, end, lines, value }
        })
        .collect()
}

fn entity_word(kind: crate::entity::EntityKind) -> &'static str {
    use crate::entity::EntityKind::*;
    match kind {
        Person => "person",
        Place => "place",
        Organization => "organization",
        Work => "work",
        Post => "post",
    }
}
