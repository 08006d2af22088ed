//! `jiaodui export`: each article as its author wrote it.

use serde_json::{Value, json};

use super::args::{Format, Options};
use super::document::{Document, Reader, inputs};
use super::output::Output;
use super::{CLEAN, FAILED};
use crate::feature::export::{Block, ExportFormat, Story, export, stories};

/// Exports what the operands name.
pub(super) fn run(options: &Options, output: &mut Output) -> u8 {
    let Some(reader) = Reader::new(options, output) else { return FAILED };
    let mut first = true;
    let failed = reader.each(
        &inputs(&options.operands, options.locale),
        output,
        |input| reader.read(input).map(|it| written(&it, options)),
        |written, output| {
            let apart = !first && options.format != Format::JsonLines && !written.is_empty();
            output.print(if apart { "\n\n" } else { "" });
            output.print(&written);
            first &= written.is_empty();
        },
    );
    if failed { FAILED } else { CLEAN }
}

fn written(document: &Document, options: &Options) -> String {
    let furniture = options.furniture;
    match options.format {
        Format::JsonLines => {
            let stories = stories(&document.analysis, furniture);
            stories.iter().map(|it| record(document, it).to_string() + "\n").collect()
        }
        Format::Text => export(&document.analysis, ExportFormat::Text, furniture),
        _ => export(&document.analysis, ExportFormat::Markdown, furniture),
    }
}

/// The record of one article.
fn record(document: &Document, story: &Story) -> Value {
    let block = |it: &Block| {
        json!({
            "kind": it.kind.as_str(),
            "text": it.text,
            "start_line": it.lines.0 + 1,
            "end_line": it.lines.1 + 1,
        })
    };
    json!({
        "path": document.name,
        "headline": story.headline,
        "kicker": story.kicker,
        "subhead": story.subhead,
        "byline": story.byline,
        "continued_from": story.continued_from,
        "blocks": story.blocks.iter().map(block).collect::<Vec<Value>>(),
    })
}
