//! Articles for a preview beside the page, and as text.
//!
//! - `jiaodui/articles` `{textDocument, furniture?}` answers `{version, articles: [{headline?, kicker?, subhead?,
//!   byline?, continuedFrom?, blocks: [{kind, text, range}]}]}`, the blocks in reading order;
//! - the command `jiaodui.export` `{uri, format?: "md" | "txt", furniture?}` answers the text of the export.

use serde_json::{Map, Value, json};

use crate::feature::export::{self, Block, ExportFormat, Story};

use super::analyst::Analysed;
use super::capabilities::Session;
use super::convert::Ranges;

/// Whether page furniture is wanted: unless `params` say no.
fn furniture(params: &Value) -> bool {
    params["furniture"].as_bool().unwrap_or(true)
}

/// The answer to `jiaodui/articles`.
pub(crate) fn articles(analysed: &Analysed, session: &Session, params: &Value) -> Value {
    let Some(analysis) = &analysed.analysis else { return Value::Null };
    let article = |it: &Story| {
        let mut ranges = Ranges::of(analysis.text(), session.encoding);
        let mut block = |it: &Block| json!({"kind": it.kind.as_str(), "text": it.text, "range": ranges.range(it.range.clone())});
        let blocks: Vec<Value> = it.blocks.iter().map(&mut block).collect();
        let named = [
            ("headline", &it.headline),
            ("kicker", &it.kicker),
            ("subhead", &it.subhead),
            ("byline", &it.byline),
            ("continuedFrom", &it.continued_from),
        ];
        // What an article has not is left out.
        let mut article: Map<String, Value> =
            named.into_iter().filter_map(|it| Some((it.0.to_owned(), Value::from(it.1.clone()?)))).collect();
        article.insert("blocks".to_owned(), Value::from(blocks));
        Value::from(article)
    };
    let stories = export::stories(analysis, furniture(params));
    json!({"version": analysed.version, "articles": stories.iter().map(article).collect::<Vec<Value>>()})
}

/// The answer to `jiaodui.export`.
pub(crate) fn exported(analysed: &Analysed, params: &Value) -> Value {
    let Some(analysis) = &analysed.analysis else { return Value::Null };
    let format = match params["format"].as_str() {
        Some("txt") => ExportFormat::Text,
        _ => ExportFormat::Markdown,
    };
    export::export(analysis, format, furniture(params)).into()
}
