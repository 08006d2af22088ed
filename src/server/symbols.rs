//! The outline as the protocol's symbols, nested or flat.

use std::ops::Range;

use crate::feature::outline::{Entry, EntryKind};
use crate::text::{Encoding, Text};

use super::{convert, lsp};

/// The outline as a tree.
pub(crate) fn nested(entries: Vec<Entry>, text: &Text, encoding: Encoding) -> Vec<lsp::DocumentSymbol> {
    entries.into_iter().map(|it| symbol(it, text, encoding)).collect()
}

#[expect(deprecated, reason = "the type has no other constructor; the field stays empty")]
fn symbol(entry: Entry, text: &Text, encoding: Encoding) -> lsp::DocumentSymbol {
    let selection = within(&entry.selection, &entry.range);
    lsp::DocumentSymbol {
        name: name(&entry),
        kind: kind(entry.kind),
        tags: None,
        deprecated: None,
        range: convert::range(text, entry.range, encoding),
        selection_range: convert::range(text, selection, encoding),
        detail: Some(entry.detail).filter(|it| !it.is_empty()),
        children: Some(nested(entry.children, text, encoding)).filter(|it| !it.is_empty()),
    }
}

/// The outline as a list in the order of the text, each entry with the name of the one that holds it.
pub(crate) fn flat(
    entries: &[Entry],
    uri: &lsp::Uri,
    text: &Text,
    encoding: Encoding,
) -> Vec<lsp::SymbolInformation> {
    let mut symbols = Vec::new();
    flatten(entries, None, &mut |entry, container: Option<&str>| {
        let range = convert::range(text, entry.range.clone(), encoding);
        #[expect(deprecated, reason = "the type has no other constructor; the field stays empty")]
        symbols.push(lsp::SymbolInformation {
            name: name(entry),
            kind: kind(entry.kind),
            tags: None,
            deprecated: None,
            location: lsp::Location::new(uri.clone(), range),
            container_name: container.map(String::from),
        });
    });
    symbols
}

fn flatten(entries: &[Entry], container: Option<&str>, push: &mut impl FnMut(&Entry, Option<&str>)) {
    for entry in entries {
        push(entry, container);
        flatten(&entry.children, Some(&entry.name), push);
    }
}

/// The entry's name; clients refuse an empty one.
fn name(entry: &Entry) -> String {
    if entry.name.trim().is_empty() { "·".into() } else { entry.name.clone() }
}

/// The protocol asks that the selection lie in the range.
fn within(selection: &Range<usize>, range: &Range<usize>) -> Range<usize> {
    let start = selection.start.clamp(range.start, range.end);
    start..selection.end.clamp(start, range.end)
}

/// Kinds of the first set of the protocol, which every client knows.
fn kind(kind: EntryKind) -> lsp::SymbolKind {
    match kind {
        EntryKind::Article => lsp::SymbolKind::MODULE,
        EntryKind::Byline => lsp::SymbolKind::FIELD,
        EntryKind::Section => lsp::SymbolKind::NAMESPACE,
        EntryKind::Paragraph => lsp::SymbolKind::STRING,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str, range: Range<usize>, children: Vec<Entry>) -> Entry {
        let selection = range.start..range.start + 3;
        Entry {
            name: name.into(),
            detail: String::new(),
            kind: EntryKind::Article,
            range,
            selection,
            children,
        }
    }

    #[test]
    fn a_flat_outline_names_what_holds_each_entry() {
        let text = Text::new("织密网\n本报讯");
        let outline = [entry("织密网", 0..19, vec![entry("", 10..19, Vec::new())])];
        let uri = "file:///a.txt".parse().expect("a URI");
        let symbols = flat(&outline, &uri, &text, Encoding::Utf16);
        let names: Vec<_> =
            symbols.iter().map(|it| (it.name.as_str(), it.container_name.as_deref())).collect();
        assert_eq!(names, [("织密网", None), ("·", Some("织密网"))]);
    }
}
