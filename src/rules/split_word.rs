//! A line end inside a word or a name: `王⏎晋豫`.

use crate::entity::Mention;
use crate::page::Break;
use crate::page::paragraph::Span;
use crate::reading::Reading;
use crate::rule::{Check, Context, Finding, Rule, SURE, Severity, join};
use crate::settings::{Kind, Opt, Words};

/// 断词.
pub(super) static RULE: Rule = Rule {
    code: "split-word",
    name: Words { zh: "断词", en: "split word" },
    severity: Some(Severity::Information),
    doc: Words {
        zh: "\
行尾落在一个词或一个名字中间。

**为什么**：中文排版允许在词中间换行，文字流出版面后，断开的词却检索不到、识别不出。词被切断报为信息；\
人名、地名、机构名、作品名、职务被切断最伤检索，报为警告。把握不足 97% 的只作提示，不足 90% 的不报。

**例**

```text
在疫情防控的关键时⏎刻，众多基层工作人员
```

改为

```text
在疫情防控的关键时刻，众多基层工作人员
```

**依据**：CLREQ、UAX #14 允许汉字之间换行，那是版面的事；脱离版面的文字不应保留。",
        en: "\
A line end falls inside a word or a name.

**Why**: Chinese may be wrapped inside a word on a page, but off the page the broken word is neither found nor \
recognised. A cut word is information; a cut name of a person, place, organisation, work or post is a warning, since \
names are what people search for. Below 97 % confidence it is a hint, below 90 % it is not reported.

**Example**

```text
在疫情防控的关键时⏎刻，众多基层工作人员
```

becomes

```text
在疫情防控的关键时刻，众多基层工作人员
```

**Norm**: CLREQ and UAX #14 allow breaks between ideographs as a matter of layout; text off the page does not keep them.",
    },
    options: &[Opt {
        key: "names",
        kind: Kind::Choice(&["warning", "same"]),
        doc: Words {
            zh: "名字被切断时：`warning` 报为警告，本规则另设了级别的照所设；`same` 与普通词同级。",
            en: "A cut name: `warning` reports it as a warning, unless another severity is set for the rule; `same` like any other word.",
        },
    }],
    check: Check::Paragraph(check),
};

fn check(reading: &Reading, context: &Context<'_>, findings: &mut Vec<Finding>) {
    if !reading.role.is_body() || context.settings.keeps_lines() {
        return;
    }
    let breaks = reading.joined.breaks.iter();
    let cuts: Vec<(&Break, Severity)> =
        breaks.filter_map(|it| Some((it, context.severity_at(it.permille)?))).collect();
    if cuts.is_empty() {
        return;
    }
    let names = if context.settings.names { reading.mentions() } else { reading.cut_mentions() };
    let named = |at: &Break| {
        let next = names.partition_point(|it| it.span.end <= at.at);
        names.get(next).filter(|it| it.span.start < at.at)
    };
    let span = |it: &(&Break, Severity)| named(it.0).map(|it| it.span);
    // A name over three lines is cut twice and one name.
    for cuts in cuts.chunk_by(|one, other| span(one).is_some() && span(one) == span(other)) {
        let (first, severity) = cuts[0];
        if let Some(name) = named(first) {
            // A severity that somebody set is not raised.
            let raised = cuts.iter().any(|it| it.0.permille >= SURE)
                && Some(context.severity) == RULE.severity
                && context.option("names") == "warning";
            let surest = cuts.iter().map(|it| it.1).min().unwrap_or(severity);
            let severity = if raised { surest.min(Severity::Warning) } else { surest };
            findings
                .push(name_cut(reading, context, cuts.iter().map(|it| it.0), name).with_severity(severity));
        } else if let Some(word) = word_across(reading, context, first) {
            let words = &reading.text()[word.range()];
            let message = context
                .say(format_args!("“{words}”被行尾切断"), format_args!("`{words}` is cut by a line end"));
            findings.push(mended(reading, context, [first], word, message).with_severity(severity));
        }
    }
}

/// The word that the break cuts. A run of Latin letters or digits that the join parts by a space is none.
fn word_across(reading: &Reading, context: &Context<'_>, at: &Break) -> Option<Span> {
    if at.space {
        return None;
    }
    let (text, at) = (reading.text(), at.at as usize);
    context.lexicon.word_across(text, at).or_else(|| term_across(text, at))
}

/// The longest term in quotation marks that counts as one word, in characters: `“五⏎老”`, `“未病先⏎防”`.
const TERM: usize = 4;

/// The quoted term that stands across byte `at`: no dictionary has what a house coins and puts in marks.
fn term_across(text: &str, at: usize) -> Option<Span> {
    let inside = |it: char| it.is_alphanumeric();
    let (before, after) = text.split_at(at);
    let start = before.trim_end_matches(inside);
    let end = after.trim_start_matches(inside);
    let length = text[start.len()..text.len() - end.len()].chars().count();
    let quoted = start.ends_with('“') && end.starts_with('”');
    let cut = start.len() < at && at < text.len() - end.len();
    (quoted && cut && length <= TERM).then(|| Span::new(start.len(), text.len() - end.len()))
}

fn name_cut<'a>(
    reading: &Reading,
    context: &Context<'_>,
    cuts: impl IntoIterator<Item = &'a Break>,
    name: &Mention,
) -> Finding {
    let words = &reading.text()[name.span.range()];
    let (zh, en) = name.kind.name();
    let message = context.say(
        format_args!("{zh}“{words}”被行尾切断"),
        format_args!("the {en} `{words}` is cut by a line end"),
    );
    mended(reading, context, cuts, name.span, message)
}

fn mended<'a>(
    reading: &Reading,
    context: &Context<'_>,
    cuts: impl IntoIterator<Item = &'a Break>,
    span: Span,
    message: String,
) -> Finding {
    let words = &reading.text()[span.range()];
    let title = context.say(format_args!("接合“{words}”"), format_args!("Join `{words}`"));
    let edits = cuts.into_iter().map(|it| join(reading, it, context.style)).collect();
    context.finding(reading, span, message).with_fix(title, edits)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{Fixture, check, check_clean, check_fix, check_with};
    use crate::rule::Severity;
    use crate::settings::Settings;

    #[test]
    fn finds_a_word_cut_by_the_column() {
        let findings = check(&RULE, "在疫情防控的⟦关键时⏎刻⟧，众多");
        assert_eq!(findings[0].message, "“关键时刻”被行尾切断");
        assert_eq!(findings[0].severity, Severity::Information);
    }

    #[test]
    fn finds_a_coined_term_cut_within_its_marks() {
        check(&RULE, "广大“⟦五⏎老⟧”志愿者做到“⟦四⏎守⟧”，");
        check_clean(&RULE, "广大“⏎五老⏎”志愿者说：“大家⏎一起来防控”，");
    }

    #[test]
    fn finds_nothing_between_words() {
        check_clean(&RULE, "众多基层工作人员战斗在⏎疫情防控的第一线，⏎焦作移动");
    }

    #[test]
    fn says_less_the_less_sure_it_is() {
        assert_eq!(check(&RULE, "的⟦关键时⏎?刻⟧，")[0].severity, Severity::Hint);
        check_clean(&RULE, "的关键时⏎??刻，");
    }

    #[test]
    fn a_cut_name_is_a_warning_where_it_is_sure_and_no_other_severity_is_set() {
        assert_eq!(check(&RULE, "记者⟦王⏎晋豫⟧报道。")[0].severity, Severity::Warning);
        assert_eq!(check(&RULE, "记者⟦王⏎?晋豫⟧报道。")[0].severity, Severity::Hint);
        let mut settings = Settings::default();
        settings.set_severity(&RULE, Some(Severity::Hint));
        for text in ["记者王⏎晋豫报道。", "记者王⏎?晋豫报道。"] {
            let analysis = Fixture::of(text).analysis_in(settings.clone());
            let found = analysis.findings().iter().find(|it| *it.rule == RULE).unwrap();
            assert_eq!(found.severity, Severity::Hint);
        }
    }

    #[test]
    fn joins_that_line_end_alone() {
        check_fix(&RULE, "关键时⏎刻，战斗在⏎第一线", "关键时刻，战斗在⏎第一线");
    }

    #[test]
    fn leaves_kept_lines_and_headlines() {
        check_with(&RULE, &[("lines", "keep")], "关键时⏎刻");
        check_clean(&RULE, "#疫情防控的关键时⏎刻");
    }
}
