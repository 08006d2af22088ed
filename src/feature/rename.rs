//! Renaming: a name everywhere in the document, through line ends and letter-spacing.

use std::ops::Range;

use super::names;
use crate::analysis::Analysis;
use crate::entity::document::Occurrence;
use crate::settings::Locale;
use crate::text::Edit;

/// What can be renamed at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamable {
    /// Where it stands, line ends inside included.
    pub range: Range<usize>,
    /// Its name, without line ends.
    pub name: String,
}

/// What stands at `byte` and can be renamed.
///
/// # Errors
/// The reason why nothing can, in the reader's language.
pub fn prepare(analysis: &Analysis, byte: usize) -> Result<Renamable, String> {
    let locale = analysis.settings().locale;
    let Some(named) = names::at(analysis, byte) else {
        return Err(locale.say(
            format_args!("此处不是人名、地名、机构名、作品名或职务，不能重命名"),
            format_args!("there is no name of a person, place, organisation, work or post here to rename"),
        ));
    };
    let occurrence = Occurrence { paragraph: named.paragraph, span: named.mention.span };
    let name = named.mention.name(analysis.reading(named.paragraph).text()).into_owned();
    Ok(Renamable { range: names::range(analysis, occurrence), name })
}

/// The edits that rename what stands at `byte` everywhere in the document, disjoint and in order. What is short for it
/// keeps its form, unless `new` says the other forms too, parted by bars, in the order that the name's card has them:
/// `平光医药有限公司|平光医药`. Line ends, and the spaces of letter-spacing, stay where they are: `王⏎晋豫` becomes
/// `王⏎晋裕`.
///
/// # Errors
/// The reason why it cannot, in the reader's language.
pub fn rename(analysis: &Analysis, byte: usize, new: &str) -> Result<Vec<Edit>, String> {
    let locale = analysis.settings().locale;
    let name = prepare(analysis, byte)?.name;
    let Some(named) = names::at(analysis, byte) else { return Err(refusal(locale)) };
    let new: Vec<&str> = new.split(['|', '｜']).map(str::trim).collect();
    if new.iter().any(|it| it.is_empty() || it.chars().any(char::is_control)) {
        return Err(refusal(locale));
    }
    let others = named.entity.all_forms().filter(|it| *it != name);
    let forms: Vec<&str> = std::iter::once(name.as_str()).chain(others).collect();
    if new.len() > forms.len() {
        let (zh, en) = (forms.join("、"), forms.join(", "));
        return Err(locale.say(
            format_args!("文中只有这些写法：{zh}"),
            format_args!("the document has these forms alone: {en}"),
        ));
    }
    let renamed = |it: &Occurrence| {
        let text = analysis.reading(it.paragraph).text();
        let form: String = text[it.span.range()].split_whitespace().collect();
        let place = forms.iter().position(|it| *it == form)?;
        Some(edits(analysis, *it, new.get(place)?))
    };
    Ok(named.entity.occurrences.iter().filter_map(renamed).flatten().collect())
}

fn refusal(locale: Locale) -> String {
    locale.say(
        format_args!("新名称不能为空，也不能换行"),
        format_args!("the new name must not be empty or hold a line end"),
    )
}

/// The edits that make one occurrence say `new`: each piece of it that stands together in the file gets as many
/// characters as it had, the last one the rest.
fn edits(analysis: &Analysis, occurrence: Occurrence, new: &str) -> Vec<Edit> {
    let paragraph = &analysis.page().paragraphs[occurrence.paragraph];
    let reading = analysis.reading(occurrence.paragraph);
    let (text, map) = (reading.text(), &reading.joined.map);
    let span = occurrence.span.range();
    let mut pieces: Vec<(Range<usize>, usize)> = Vec::new();
    for (at, char) in text[span.clone()].char_indices().filter(|it| !it.1.is_whitespace()) {
        let at = span.start + at;
        let source = map.source_start(at)..map.source_end(at + char.len_utf8());
        match pieces.last_mut() {
            Some(last) if last.0.end == source.start => {
                last.0.end = source.end;
                last.1 += 1;
            }
            _ => pieces.push((source, 1)),
        }
    }
    // Letter-spaced: what comes on top is spaced, too.
    let gap = match &pieces[..] {
        [first, second, ..] if pieces.iter().all(|it| it.1 == 1) => analysis
            .text()
            .slice(paragraph.start + first.0.end..paragraph.start + second.0.start)
            .into_owned(),
        _ => String::new(),
    };
    let spaced = !gap.is_empty() && !gap.contains(['\n', '\r']);
    let mut rest = new.chars();
    let last = pieces.len().saturating_sub(1);
    let mut edits = Vec::with_capacity(pieces.len());
    for (index, (range, count)) in pieces.into_iter().enumerate() {
        let chars: Vec<char> =
            if index == last { rest.by_ref().collect() } else { rest.by_ref().take(count).collect() };
        let part: String = if spaced {
            chars.iter().map(char::to_string).collect::<Vec<_>>().join(&gap)
        } else {
            chars.into_iter().collect()
        };
        edits.push(Edit { range: paragraph.start + range.start..paragraph.start + range.end, text: part });
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Markup;
    use crate::text::Text;

    const SEED: &str = include_str!("../../seeds/jiaozuo-daily-2020-02.txt");

    /// The seed page with what stands at `at` renamed.
    fn renamed(at: &str, new: &str) -> Result<String, String> {
        let mut text = Text::new(SEED);
        let analysis = Analysis::of(&text, Markup::Plain, &Default::default());
        let edits = rename(&analysis, SEED.find(at).expect("a place"), new)?;
        text.apply_all(&edits);
        Ok(text.to_source())
    }

    #[test]
    fn a_name_is_renamed_through_line_ends() {
        assert_eq!(renamed("王晋豫", "王晋裕").expect("a name"), SEED.replace("晋豫", "晋裕"));
        let longer = SEED.replace("王\n晋豫", "欧\n阳晋裕").replace("王晋豫", "欧阳晋裕");
        assert_eq!(renamed("晋豫就", "欧阳晋裕").expect("a name"), longer);
    }

    #[test]
    fn short_forms_are_renamed_on_request() {
        let source = "焦作市平光制药股份有限公司（以下简称“平光”）开工。老牌平光，真行。";
        let renamed = |new: &str| {
            let mut text = Text::new(source);
            let analysis = Analysis::of(&text, Markup::Plain, &Default::default());
            let edits = rename(&analysis, source.find("制药").expect("a place"), new)?;
            text.apply_all(&edits);
            Ok::<_, String>(text.to_source())
        };
        let full = "焦作市平光制药股份有限公司";
        assert_eq!(renamed("甲公司").expect("a name"), source.replace(full, "甲公司"));
        let both = source.replace("平光”", "甲”").replace("平光，", "甲，").replace(full, "甲公司");
        assert_eq!(renamed("甲公司|甲").expect("names"), both);
        assert!(renamed("甲|乙|丙").expect_err("one form too many").contains("平光"));
    }

    #[test]
    fn nothing_but_a_name_is_renamed_and_to_nothing_but_a_name() {
        assert!(renamed("号召", "呼吁").expect_err("no name").contains("不能重命名"));
        assert!(renamed("王晋豫", " ").is_err());
        assert!(renamed("王晋豫", "王\n晋").is_err());
    }
}
