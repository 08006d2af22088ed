//! `jiaodui export`: each article as its author wrote it.

use serde_json::{Value, json};

use super::args::{Format, Options};
use super::document::{Document, Reader, inputs};
use super::output::Output;
use super::{CLEAN, FAILED, parallel};
use crate::feature::export::{Block, ExportFormat, Story, export, stories};

/// Exports what the operands name.
pub(super) fn run(options: &Options, output: &mut Output) -> u8 {
    let reader = match Reader::new(options) {
        Ok(it) => it,
        Err(sentence) => {
            output.complain(&sentence);
            return FAILED;
        }
    };
    let mut failed = false;
    let mut first = true;
    parallel::each(
        &inputs(&options.operands, options.locale),
        |input| reader.read(input).map(|it| written(&it, options)),
        |written| {
            failed |= reader.complain(output);
            match written {
                Ok(written) => {
                    let apart = !first && options.format != Format::JsonLines && !written.is_empty();
                    output.print(if apart { "\n\n" } else { "" });
                    output.print(&written);
                    first &= written.is_empty();
                }
                Err(sentence) => {
                    output.complain(&sentence);
                    failed = true;
                }
            }
            !output.is_closed()
        },
    );
    failed |= reader.complain(output);
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
