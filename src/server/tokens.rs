//! Semantic tokens for the client: all of a document, a range of it, or what changed since it was last told.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use crate::analysis::Analysis;
use crate::feature::tokens::{self, LEGEND};

use super::analyst::Analysed;
use super::capabilities::Session;
use super::{convert, lsp};

/// What was told of each document last.
#[derive(Debug, Default)]
pub(super) struct Told {
    by_uri: Mutex<HashMap<String, (String, Vec<lsp::SemanticToken>)>>,
}

/// What the client is offered.
pub(super) fn options() -> lsp::SemanticTokensOptions {
    lsp::SemanticTokensOptions {
        legend: lsp::SemanticTokensLegend {
            token_types: LEGEND.iter().map(|it| lsp::SemanticTokenType::new(it)).collect(),
            token_modifiers: Vec::new(),
        },
        range: Some(true),
        full: Some(lsp::SemanticTokensFullOptions::Delta { delta: Some(true) }),
        ..lsp::SemanticTokensOptions::default()
    }
}

impl Told {
    /// All tokens of the document.
    pub(super) fn full(&self, analysed: &Analysed, session: &Session) -> Option<lsp::SemanticTokens> {
        let analysis = analysed.analysis.as_ref()?;
        let data = encoded(analysis, session, &(0..analysis.text().len()));
        let result_id = Some(self.tell(analysed, &data));
        Some(lsp::SemanticTokens { result_id, data })
    }

    /// What became other than in `before`; all where that is no longer known.
    pub(super) fn changes(
        &self,
        analysed: &Analysed,
        session: &Session,
        before: &str,
    ) -> Option<lsp::SemanticTokensFullDeltaResult> {
        let analysis = analysed.analysis.as_ref()?;
        let data = encoded(analysis, session, &(0..analysis.text().len()));
        let told = self.lock().remove(&*analysed.uri).filter(|it| it.0 == before);
        let result_id = Some(self.tell(analysed, &data));
        Some(match told {
            Some((_, old)) => lsp::SemanticTokensDelta { result_id, edits: edits(&old, &data) }.into(),
            None => lsp::SemanticTokens { result_id, data }.into(),
        })
    }

    /// Remembers what is told, and under which name.
    fn tell(&self, analysed: &Analysed, data: &[lsp::SemanticToken]) -> String {
        let id = analysed.result.to_string();
        self.lock().insert(analysed.uri.to_string(), (id.clone(), data.to_vec()));
        id
    }

    /// Forgets the documents that are not `open`.
    pub(super) fn keep(&self, open: impl Fn(&str) -> bool) {
        self.lock().retain(|uri, _| open(uri));
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, (String, Vec<lsp::SemanticToken>)>> {
        self.by_uri.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The tokens that touch `range`.
pub(super) fn within(
    analysed: &Analysed,
    session: &Session,
    range: lsp::Range,
) -> Option<lsp::SemanticTokens> {
    let analysis = analysed.analysis.as_ref()?;
    let range = convert::bytes(analysis.text(), range, session.encoding);
    Some(lsp::SemanticTokens { result_id: None, data: encoded(analysis, session, &range) })
}

/// The tokens as the protocol wants them, each counted from the one before.
fn encoded(analysis: &Analysis, session: &Session, range: &Range<usize>) -> Vec<lsp::SemanticToken> {
    let mut ranges = convert::Ranges::of(analysis.text(), session.encoding);
    let mut before = lsp::Position::new(0, 0);
    let mut data = Vec::new();
    for token in tokens::tokens(analysis, range) {
        let lsp::Range { start, end } = ranges.range(token.range);
        let delta_line = start.line - before.line;
        let delta_start = if delta_line == 0 { start.character - before.character } else { start.character };
        before = start;
        data.push(lsp::SemanticToken {
            delta_line,
            delta_start,
            length: end.character - start.character,
            token_type: token.kind as u32,
            token_modifiers_bitset: 0,
        });
    }
    data
}

/// The one edit that makes `new` of `old`; none where they are the same. It counts numbers, five a token.
fn edits(old: &[lsp::SemanticToken], new: &[lsp::SemanticToken]) -> Vec<lsp::SemanticTokensEdit> {
    let same = old.iter().zip(new).take_while(|it| it.0 == it.1).count();
    let (old, new) = (&old[same..], &new[same..]);
    if old.is_empty() && new.is_empty() {
        return Vec::new();
    }
    let behind = old.iter().rev().zip(new.iter().rev()).take_while(|it| it.0 == it.1).count();
    vec![lsp::SemanticTokensEdit {
        start: 5 * same as u32,
        delete_count: 5 * (old.len() - behind) as u32,
        data: Some(new[..new.len() - behind].to_vec()),
    }]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(delta_line: u32) -> lsp::SemanticToken {
        lsp::SemanticToken { delta_line, delta_start: 0, length: 2, token_type: 0, token_modifiers_bitset: 0 }
    }

    #[test]
    fn one_edit_makes_the_new_tokens_of_the_old() {
        for (old, new) in [
            (vec![1, 2, 3], vec![1, 9, 3]),
            (vec![1, 2, 3], vec![1, 3]),
            (vec![1, 1], vec![1, 1, 1]),
            (vec![], vec![4]),
            (vec![4], vec![]),
            (vec![5], vec![5]),
        ] {
            let [old, new] = [old, new].map(|it| it.into_iter().map(token).collect::<Vec<_>>());
            let mut made = old.clone();
            for edit in edits(&old, &new) {
                let start = edit.start as usize / 5;
                let end = start + edit.delete_count as usize / 5;
                made.splice(start..end, edit.data.unwrap_or_default());
            }
            assert_eq!(made, new);
        }
    }
}
