//! Commands, for what an edit cannot say and for editors' menus.
//!
//! - `jiaodui.ignore` `{uri, rule, words}` records a finding as accepted in `jiaodui.toml`;
//! - `jiaodui.define` `{uri, list, name}` puts a name into a list of `[dictionary]` there: `people`, `places`,
//!   `organisations`, `words`;
//! - `jiaodui.fixAll`, `jiaodui.joinDocument` `{uri}` and `jiaodui.joinParagraph` `{uri, position}` edit the
//!   document;
//! - `jiaodui.export` `{uri, format, furniture}` answers the articles as text;
//! - `jiaodui.applyEdit` applies the edit that it is given: the form of an action for clients that know commands
//!   alone.

use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, Result};

use crate::config::{add_ignored, add_name};
use crate::entity::EntityKind;
use crate::feature::fix;
use crate::rule::Finding;
use crate::settings::{DICTIONARY, Ignored};

use super::desk::Desk;
use super::{actions, convert, lsp, stories};

const IGNORE: &str = "jiaodui.ignore";
const DEFINE: &str = "jiaodui.define";
const FIX_ALL: &str = "jiaodui.fixAll";
const JOIN_DOCUMENT: &str = "jiaodui.joinDocument";
const JOIN_PARAGRAPH: &str = "jiaodui.joinParagraph";
const APPLY_EDIT: &str = "jiaodui.applyEdit";
const EXPORT: &str = "jiaodui.export";

/// All commands.
pub(crate) const ALL: &[&str] = &[IGNORE, DEFINE, FIX_ALL, JOIN_DOCUMENT, JOIN_PARAGRAPH, APPLY_EDIT, EXPORT];

/// The command that accepts `finding` in the document at `uri`.
pub(crate) fn ignore(title: &str, uri: &lsp::Uri, finding: &Finding) -> lsp::Command {
    let argument = json!({"uri": uri.as_str(), "rule": finding.rule.code, "words": finding.words});
    lsp::Command { title: title.into(), command: IGNORE.into(), arguments: Some(vec![argument]) }
}

/// The command that puts `name` into the dictionary.
pub(crate) fn define(title: &str, uri: &lsp::Uri, kind: EntityKind, name: &str) -> lsp::Command {
    let list = DICTIONARY.iter().find(|it| it.1 == Some(kind)).map_or("words", |it| it.0);
    let argument = json!({"uri": uri.as_str(), "list": list, "name": name});
    lsp::Command { title: title.into(), command: DEFINE.into(), arguments: Some(vec![argument]) }
}

/// `action` as a command.
pub(crate) fn of_action(action: lsp::CodeAction) -> Option<lsp::Command> {
    let lsp::CodeAction { title, edit, command, .. } = action;
    command.or_else(|| {
        let edit = serde_json::to_value(edit?).ok()?;
        Some(lsp::Command { title, command: APPLY_EDIT.into(), arguments: Some(vec![edit]) })
    })
}

/// Does what `command` says.
///
/// # Errors
/// For an unknown command, and where the argument, the file or the client stood against it.
pub(crate) async fn execute(desk: &Desk, command: &str, arguments: Vec<Value>) -> Result<Option<Value>> {
    let argument = arguments.into_iter().next().unwrap_or_default();
    match command {
        IGNORE => accept(desk, &argument).await,
        DEFINE => give(desk, &argument).await,
        APPLY_EDIT => match serde_json::from_value(argument) {
            Ok(edit) => apply(desk, edit).await,
            Err(error) => Err(Error::invalid_params(error.to_string())),
        },
        EXPORT => {
            let document = desk.document_of(&argument);
            let document = document.ok_or_else(|| Error::invalid_params("no open document of that uri"))?;
            desk.read_document(document, move |analysed, _| stories::exported(analysed, &argument)).await
        }
        FIX_ALL | JOIN_DOCUMENT | JOIN_PARAGRAPH => edit_document(desk, command, argument).await,
        _ => Err(Error::invalid_params(format!("no such command: {command}"))),
    }
}

async fn edit_document(desk: &Desk, command: &str, argument: Value) -> Result<Option<Value>> {
    let document = desk.document_of(&argument);
    let document = document.ok_or_else(|| Error::invalid_params("no open document of that uri"))?;
    let joins_paragraph = command == JOIN_PARAGRAPH;
    let fixes = command == FIX_ALL;
    let edit = desk.read_document(document, move |analysed, session| {
        let analysis = analysed.analysis.as_ref()?;
        let uri = convert::encoded_uri(&analysed.uri).parse().ok()?;
        let edits = if fixes {
            actions::mending(analysis)
        } else {
            let whole = 0..analysis.text().len();
            let place = || {
                let place = serde_json::from_value(argument["position"].clone()).ok()?;
                let byte = convert::offset(analysis.text(), place, session.encoding);
                Some(byte..byte)
            };
            fix::join_lines(analysis, if joins_paragraph { place()? } else { whole })
        };
        let edit = actions::workspace_edit(analysed, analysis, session, &uri, &edits);
        (!edits.is_empty()).then_some(edit)
    });
    match edit.await?.flatten() {
        Some(edit) => apply(desk, edit).await,
        None => Ok(None),
    }
}

async fn apply(desk: &Desk, edit: lsp::WorkspaceEdit) -> Result<Option<Value>> {
    let answer = desk.client.apply_edit(edit).await?;
    if !answer.applied {
        let reason = answer.failure_reason.unwrap_or_default();
        desk.log(lsp::MessageType::WARNING, format!("the client did not apply an edit: {reason}"));
    }
    Ok(None)
}

async fn accept(desk: &Desk, argument: &Value) -> Result<Option<Value>> {
    let word = |key: &str| argument[key].as_str().map(String::from);
    let (Some(uri), Some(rule), Some(words)) = (word("uri"), word("rule"), word("words")) else {
        return Err(Error::invalid_params("wants {uri, rule, words}"));
    };
    let ignored = Ignored { rule, words };
    record(desk, &uri, move |document, root| add_ignored(document, root, &ignored)).await
}

async fn give(desk: &Desk, argument: &Value) -> Result<Option<Value>> {
    let word = |key: &str| argument[key].as_str().map(String::from);
    let list = word("list").filter(|it| DICTIONARY.iter().any(|list| list.0 == it));
    let (Some(uri), Some(list), Some(name)) = (word("uri"), list, word("name")) else {
        return Err(Error::invalid_params("wants {uri, list, name}"));
    };
    record(desk, &uri, move |document, root| add_name(document, root, &list, &name)).await
}

/// Writes to the `jiaodui.toml` that holds for the document at `uri`, and reads it again. `write` is given the document's
/// file and the workspace's folder.
async fn record(
    desk: &Desk,
    uri: &str,
    write: impl FnOnce(Option<&Path>, Option<&Path>) -> io::Result<PathBuf> + Send + 'static,
) -> Result<Option<Value>> {
    let document = convert::path(uri);
    let session = desk.session();
    let (root, locale) = (session.root.clone(), session.locale);
    let told = |reason: String| {
        let message = locale.say(
            format_args!("未能写入 jiaodui.toml：{reason}"),
            format_args!("could not write jiaodui.toml: {reason}"),
        );
        desk.show(lsp::MessageType::ERROR, message.clone());
        Error { message: message.into(), ..Error::internal_error() }
    };
    if document.is_none() && root.is_none() {
        return Err(told(locale.say(
            format_args!("文稿尚未保存，也没有打开文件夹，不知写到何处；请先保存"),
            format_args!("the document was never saved and no folder is open; save it first"),
        )));
    }
    match tokio::task::spawn_blocking(move || write(document.as_deref(), root.as_deref())).await {
        Ok(Ok(_)) => {
            desk.reread_configuration().await;
            Ok(None)
        }
        Ok(Err(error)) => Err(told(error.to_string())),
        Err(_) => Err(Error::internal_error()),
    }
}
