//! `jiaodui check`: what is wrong in files, and mending it.

use similar::TextDiff;

use super::args::{Format, Options};
use super::charset::Fault;
use super::document::{Document, Input, Reader, inputs, reason};
use super::output::Output;
use super::report::{Counts, Style};
use super::{CLEAN, FAILED, FOUND, record, report, say};
use crate::disk;
use crate::rule::Severity;
use crate::settings::Locale;

/// What became of one document.
struct Checked {
    document: Document,
    /// The text before it was mended, where it was.
    before: Option<String>,
    /// Findings that went away by mending.
    mended: usize,
    /// The mended text in the document's encoding.
    bytes: Option<Vec<u8>>,
    stdin: bool,
}

/// What was found in all documents.
#[derive(Default)]
struct Total {
    documents: usize,
    failed: bool,
    counts: Counts,
    mended: usize,
    changed: usize,
}

/// Checks what the operands name.
pub(super) fn run(options: &Options, output: &mut Output) -> u8 {
    let Some(reader) = Reader::new(options, output) else { return FAILED };
    let inputs = inputs(&options.operands, options.locale);
    // The mended text of standard input is a result; what is said about it must not stand in it.
    let aside = options.fix && inputs.contains(&Input::Stdin);
    let json = options.format == Format::Json;
    let mut total = Total::default();
    let mut records = 0;
    if json && !aside {
        output.print("[");
    }
    total.failed = reader.each(
        &inputs,
        output,
        |input| check(&reader, input, options),
        |checked, output| {
            total.add(&checked);
            if checked.stdin && options.fix {
                output.write(checked.bytes.as_deref().unwrap_or(&checked.document.bytes));
            }
            if options.diff {
                output.print(&difference(&checked));
            } else if json && !aside {
                for finding in checked.document.analysis.findings() {
                    let path = Some(checked.document.name.as_str());
                    let finding = checked.document.finding(finding, path);
                    output.print(if records == 0 { "\n" } else { ",\n" });
                    output.print(&record::json(&finding));
                    records += 1;
                }
            } else {
                let style = Style {
                    locale: options.locale,
                    excerpt: output.terminal && !aside,
                    colour: output.colour && !aside,
                };
                let said = told(&checked, options, style);
                if aside { output.report(&said) } else { output.print(&said) }
            }
        },
    );
    if json && !aside {
        output.print(if records == 0 { "]\n" } else { "\n]\n" });
    } else if !options.diff {
        let summary = total.summary(options);
        if aside { output.report(&summary) } else { output.print(&summary) }
    }
    total.code(options)
}

/// Reads, analyses and, where that is asked for, mends one document.
fn check(reader: &Reader<'_>, input: &Input, options: &Options) -> Result<Checked, String> {
    let document = reader.read(input)?;
    let stdin = *input == Input::Stdin;
    let mut checked = Checked { document, before: None, mended: 0, bytes: None, stdin };
    if !options.fix && !options.diff {
        return Ok(checked);
    }
    let Some((_, analysis)) = checked.document.analysis.mended() else { return Ok(checked) };
    let document = &checked.document;
    let text = analysis.text().to_source();
    let failed = |it: Fault| format!("{}: {}", document.name, it.message(options.locale));
    let bytes = document.charset.encode(&text, &document.bytes).map_err(failed)?;
    if let (Input::File(path), true) = (input, options.fix) {
        disk::replace(path, &bytes).map_err(|it| {
            let why = reason(&it, options.locale);
            let sentence =
                say(options.locale, format!("无法写入：{why}"), format!("cannot be written: {why}"));
            format!("{}: {sentence}", document.name)
        })?;
    }
    checked.bytes = Some(bytes);
    checked.before = Some(document.analysis.text().to_source());
    checked.mended = document.analysis.findings().len().saturating_sub(analysis.findings().len());
    checked.document.analysis = analysis;
    Ok(checked)
}

/// The unified diff of what mending changes; empty when it changes nothing.
fn difference(checked: &Checked) -> String {
    let Some(before) = &checked.before else { return String::new() };
    let after = checked.document.analysis.text().to_source();
    // As git has it, so that `git apply` and `patch -p1` take the diff.
    let name = checked.document.name.trim_start_matches('/');
    TextDiff::from_lines(before.as_str(), after.as_str())
        .unified_diff()
        .header(&format!("a/{name}"), &format!("b/{name}"))
        .to_string()
}

/// What is said about one document.
fn told(checked: &Checked, options: &Options, style: Style) -> String {
    let document = &checked.document;
    let mut said = String::new();
    if options.outline {
        said.push_str(&super::outline::told(document));
        said.push('\n');
    }
    if checked.before.is_some() {
        let (name, mended) = (&document.name, checked.mended);
        let left = document.analysis.findings().len();
        said += &say(
            options.locale,
            format!("{name}: 已改 {mended} 条，余 {left} 条\n"),
            format!("{name}: {mended} mended, {left} left\n"),
        );
    }
    for finding in document.analysis.findings() {
        if options.hints || finding.severity != Severity::Hint {
            said += &report::finding(document, finding, style);
        }
    }
    said
}

impl Total {
    fn add(&mut self, checked: &Checked) {
        self.documents += 1;
        self.counts.add(Counts::of(checked.document.analysis.findings()));
        self.mended += checked.mended;
        self.changed += usize::from(checked.before.is_some());
    }

    /// The last line: how much was found in how many files.
    fn summary(&self, options: &Options) -> String {
        let locale = options.locale;
        let files = self.documents;
        let plural = if files == 1 { "" } else { "s" };
        let mut parts = Vec::new();
        if options.fix {
            let (mended, changed) = (self.mended, self.changed);
            parts.push(say(
                locale,
                format!("已改 {changed} 个文件，{mended} 条"),
                format!("{mended} mended, {changed} file(s) changed"),
            ));
        }
        parts.push(if self.counts == Counts::default() {
            say(locale, "没有发现问题".into(), "nothing found".into())
        } else if options.fix {
            say(
                locale,
                format!("余 {}", self.counts.words(locale)),
                format!("{} left", self.counts.words(locale)),
            )
        } else {
            say(locale, format!("共 {}", self.counts.words(locale)), self.counts.words(locale))
        });
        let hidden = !options.hints && self.counts.get(Severity::Hint) > 0;
        let note = match (hidden, locale) {
            (false, _) => "",
            (true, Locale::Zh) => "；用 --hints 列出提示",
            (true, Locale::En) => "; --hints lists the hints",
        };
        say(
            locale,
            format!("检查 {files} 个文件，{}{note}\n", parts.join("；")),
            format!("{files} file{plural} checked: {}{note}\n", parts.join("; ")),
        )
    }

    fn code(&self, options: &Options) -> u8 {
        if self.failed {
            FAILED
        } else if if options.diff { self.changed > 0 } else { self.counts.faults() > 0 } {
            FOUND
        } else {
            CLEAN
        }
    }
}
