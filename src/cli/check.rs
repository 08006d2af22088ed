//! `jiaodui check`: what is wrong in files, and mending it.

use similar::TextDiff;

use super::args::{Format, Options};
use super::charset::Fault;
use super::document::{Document, Input, Reader, inputs, reason};
use super::output::Output;
use super::record::Findings;
use super::report::{Counts, Style};
use super::{CLEAN, FAILED, FOUND, parallel, record, report, say};
use crate::analysis::Analysis;
use crate::disk;
use crate::rule::Severity;
use crate::settings::Locale;

/// What became of one document.
struct Checked {
    /// What is said of it, in pieces.
    said: Vec<Vec<u8>>,
    /// What is left in it.
    counts: Counts,
    /// Findings that went away by mending.
    mended: usize,
    /// Whether mending changed it.
    changed: bool,
    /// The mended text of standard input, in its encoding.
    stdin: Option<Vec<u8>>,
}

/// What is said of a document.
#[derive(Clone, Copy)]
enum Told {
    /// What mending changes.
    Diff,
    /// A record for each finding, a comma and a line end before it.
    Records,
    /// Sentences for people.
    Sentences(Style),
}

/// A document that was mended.
struct Mended {
    analysis: Analysis,
    /// Its text in its encoding.
    bytes: Vec<u8>,
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
    let told = if options.diff {
        Told::Diff
    } else if options.format == Format::Json && !aside {
        Told::Records
    } else {
        let excerpt = output.terminal && !aside;
        Told::Sentences(Style { locale: options.locale, excerpt, colour: output.colour && !aside })
    };
    let records = matches!(told, Told::Records);
    let mut total = Total::default();
    let mut first = true;
    if records {
        output.print("[");
    }
    total.failed = reader.each(
        &inputs,
        output,
        |input| check(&reader, input, options, told, inputs.len() == 1),
        |checked, output| {
            total.add(&checked);
            if let Some(bytes) = &checked.stdin {
                output.write(bytes);
            }
            for piece in &checked.said {
                match aside && !options.diff {
                    true => output.report(&String::from_utf8_lossy(piece)),
                    // No comma before the first record.
                    false => output.write(&piece[usize::from(records && first && !piece.is_empty())..]),
                }
                first &= piece.is_empty();
            }
        },
    );
    if records {
        output.print(if first { "]\n" } else { "\n]\n" });
    } else if !options.diff {
        let summary = total.summary(options);
        if aside { output.report(&summary) } else { output.print(&summary) }
    }
    total.code(options)
}

/// Reads, analyses and, where that is asked for, mends one document, which may be the only one.
fn check(
    reader: &Reader<'_>,
    input: &Input,
    options: &Options,
    told: Told,
    alone: bool,
) -> Result<Checked, String> {
    let mut document = reader.read(input)?;
    let mended = if options.fix || options.diff { mended(&document, input, options)? } else { None };
    let mut checked = Checked {
        said: Vec::new(),
        counts: Counts::default(),
        mended: 0,
        changed: mended.is_some(),
        stdin: None,
    };
    if options.fix && *input == Input::Stdin {
        checked.stdin = Some(mended.as_ref().map_or(&document.bytes, |it| &it.bytes).clone());
    }
    if let Some(Mended { analysis, .. }) = mended {
        if let Told::Diff = told {
            checked.said.push(difference(&document, &analysis).into_bytes());
        }
        let [before, after] = [&document.analysis, &analysis].map(Analysis::finding_count);
        checked.mended = before.saturating_sub(after);
        document.analysis = analysis;
    }
    checked.counts = Counts::of(document.analysis.finding_counts());
    match told {
        Told::Diff => {}
        Told::Records => checked.said = records(&document),
        Told::Sentences(style) => {
            checked.said = sentences(&document, checked.changed.then_some(checked.mended), options, style);
        }
    }
    document.close(alone);
    Ok(checked)
}

/// The document mended, and written back where that is asked for; `None` where there is nothing to mend.
fn mended(document: &Document, input: &Input, options: &Options) -> Result<Option<Mended>, String> {
    let Some((_, analysis)) = document.analysis.mended() else { return Ok(None) };
    let failed = |it: Fault| format!("{}: {}", document.name, it.message(options.locale));
    let bytes = document.charset.encode(&analysis.text().to_source(), &document.bytes).map_err(failed)?;
    if let (Input::File(path), true) = (input, options.fix) {
        disk::replace(path, &bytes).map_err(|it| {
            let why = reason(&it, options.locale);
            let sentence =
                say(options.locale, format!("无法写入：{why}"), format!("cannot be written: {why}"));
            format!("{}: {sentence}", document.name)
        })?;
    }
    Ok(Some(Mended { analysis, bytes }))
}

/// The unified diff of what mending `document` changes, `after` being what became of it.
fn difference(document: &Document, after: &Analysis) -> String {
    let [before, after] = [&document.analysis, after].map(|it| it.text().to_source());
    // As git has it, so that `git apply` and `patch -p1` take the diff.
    let name = document.name.trim_start_matches('/');
    TextDiff::from_lines(before.as_str(), after.as_str())
        .unified_diff()
        .header(&format!("a/{name}"), &format!("b/{name}"))
        .to_string()
}

/// The records of what was found in a document.
fn records(document: &Document) -> Vec<Vec<u8>> {
    parallel::written(&document.analysis.placed(), |some, written| {
        let mut findings = Findings::of(document, Some(&document.name));
        for it in some {
            written.extend_from_slice(b",\n");
            record::write(&findings.record(it), written);
        }
    })
}

/// What is said about one document to people; `mended` of its findings went away, where it was changed.
fn sentences(document: &Document, mended: Option<usize>, options: &Options, style: Style) -> Vec<Vec<u8>> {
    let mut head = String::new();
    if options.outline {
        head.push_str(&super::outline::told(document));
        head.push('\n');
    }
    if let Some(mended) = mended {
        let (name, left) = (&document.name, document.analysis.finding_count());
        head += &say(
            options.locale,
            format!("{name}: 已改 {mended} 条，余 {left} 条\n"),
            format!("{name}: {mended} mended, {left} left\n"),
        );
    }
    let mut findings = document.analysis.placed();
    findings.retain(|it| options.hints || it.finding.severity != Severity::Hint);
    let mut said = vec![head.into_bytes()];
    said.extend(parallel::written(&findings, |some, written| {
        report::findings(document, some, style, written)
    }));
    said
}

impl Total {
    fn add(&mut self, checked: &Checked) {
        self.documents += 1;
        self.counts.add(checked.counts);
        self.mended += checked.mended;
        self.changed += usize::from(checked.changed);
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
