//! `jiaodui annotate`: all that is known of a document, one JSON object a line, for scripts and for scoring.

use serde::Serialize;
use serde_json::Value;

use super::args::Options;
use super::document::{Document, Reader, inputs};
use super::output::Output;
use super::record::Findings;
use super::{CLEAN, FAILED, parallel, record, value};
use crate::expression::Resolved;
use crate::lexicon::Lexicon;
use crate::page::{Article, Break, Paragraph};
use crate::reading::Reading;

/// Annotates what the operands name.
pub(super) fn run(options: &Options, output: &mut Output) -> u8 {
    let Some(reader) = Reader::new(options, output) else { return FAILED };
    let inputs = inputs(&options.operands, options.locale);
    let failed = reader.each(
        &inputs,
        output,
        |input| {
            let document = reader.read(input)?;
            let record = record(&document);
            document.close(inputs.len() == 1);
            Ok(record)
        },
        |record, output| record.iter().for_each(|it| output.write(it)),
    );
    if failed { FAILED } else { CLEAN }
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

/// A paragraph and what is known of it.
struct Own<'a> {
    /// Its place among all.
    index: usize,
    paragraph: &'a Paragraph,
    reading: &'a Reading,
    /// What its moments mean.
    moments: Vec<Option<Resolved>>,
}

/// The record of one document as JSON, in pieces.
fn record(document: &Document) -> Vec<Vec<u8>> {
    let analysis = &document.analysis;
    let page = analysis.page();
    // Names first: what asks for a few of them then has them.
    analysis.names();
    let own = page.paragraphs.iter().zip(analysis.readings()).zip(analysis.moments()).enumerate();
    let own = own.map(|(index, ((paragraph, reading), moments))| Own { index, paragraph, reading, moments });
    let own: Vec<Own<'_>> = own.collect();
    let articles: Vec<&Article> = page.articles.iter().collect();
    let lists = [
        ("lines", list(&own, |it| lines(document, it))),
        ("articles", list(&articles, |it| [article(document, it)])),
        ("entities", list(&own, |it| entities(document, it))),
        (
            "findings",
            parallel::written(&analysis.placed(), |some, written| {
                let mut findings = Findings::of(document, None);
                some.iter().for_each(|it| element(&findings.record(it), written));
            }),
        ),
    ];
    let mut record = b"{\"path\":".to_vec();
    record::write(&document.name, &mut record);
    let mut record = vec![record];
    for (key, mut pieces) in lists {
        record.push(format!(",\"{key}\":[").into_bytes());
        // No comma before the first one.
        if let Some(first) = pieces.iter_mut().find(|it| !it.is_empty()) {
            first.remove(0);
        }
        record.append(&mut pieces);
        record.push(b"]".to_vec());
    }
    record.push(b"}\n".to_vec());
    record
}

/// The elements of a list that are made of `items`, in pieces.
fn list<T: Sync, R: Serialize, I: IntoIterator<Item = R>>(
    items: &[T],
    make: impl Fn(&T) -> I + Sync + Send,
) -> Vec<Vec<u8>> {
    parallel::written(items, |some, written| {
        some.iter().flat_map(&make).for_each(|it| element(&it, written));
    })
}

/// Writes an element of a list, a comma before it.
fn element(record: &impl Serialize, written: &mut Vec<u8>) {
    written.push(b',');
    record::write(record, written);
}

/// The lines of a paragraph.
fn lines(document: &Document, own: &Own<'_>) -> Vec<LineRecord> {
    let page = document.analysis.page();
    let own_lines = own.paragraph.lines.clone();
    let mut breaks = own.reading.joined.breaks.iter();
    let lines = page.lines.range(own_lines.clone()).zip(page.boundaries.range(own_lines));
    lines
        .map(|(line, boundary)| LineRecord {
            line: line.number + 1,
            role: line.role.as_str(),
            boundary: boundary.kind.as_str(),
            confidence: (f64::from(boundary.confidence) * 1000.0).round() / 1000.0,
            cuts: breaks.next().map_or_else(Vec::new, |it| cut(own.reading, it)),
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
fn entities<'a>(document: &Document, own: &Own<'a>) -> Vec<EntityRecord<'a>> {
    let reading = own.reading;
    let names = document.analysis.names().mentions(own.index).iter().map(|it| &it.0);
    let mentions = names.map(|it| (it.span, entity_word(it.kind), Value::Null));
    let values = reading.every_expression().iter().zip(&own.moments).filter(|it| !reading.is_in_name(it.0));
    let expressions =
        values.map(|(it, resolved)| (it.span, it.kind.as_str(), value::value(it, resolved.as_ref())));
    let mut entities: Vec<_> = mentions.chain(expressions).collect();
    entities.sort_by_key(|it| it.0);
    let lines = document.analysis.page().lines.slice(own.paragraph.lines.clone());
    entities
        .into_iter()
        .map(|(span, kind, value)| {
            let range = own.paragraph.source(span);
            let (start, end) = document.bytes_of(&range);
            let first = lines.partition_point(|it| it.span.end <= range.start);
            let touched = lines[first..].iter().take_while(|it| it.span.start < range.end);
            let lines = touched.map(|it| it.number + 1).collect();
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
