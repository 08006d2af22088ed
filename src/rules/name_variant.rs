//! A name one character off another that the document uses far more often: `艺欣街道` beside `艺新街道`.

use crate::entity::slips::{Name, Slips};
use crate::entity::{Mention, gazetteer};
use crate::page::paragraph::Span;
use crate::reading::Reading;
use crate::rule::{Check, Context, Finding, Fix, Rule, Severity};
use crate::settings::Words;
use crate::text::Edit;

/// 名称不一.
pub(super) static RULE: Rule = Rule {
    code: "name-variant",
    name: Words { zh: "名称不一", en: "name variant" },
    severity: Some(Severity::Information),
    doc: Words {
        zh: "\
一个名称只出现一次，与文中多次出现的另一个名称只差一个音同或形近的字。

**为什么**：人名、地名、机构名写错一个字，读者找错人，检索也找不到。两者出现在同一句里的不报（是两个人或相邻的地方），\
词典里有的词和地名表里有的地名不报。确是两个名称的，加入 `jiaodui.toml` 的 `[dictionary]` 即不再报。修正要逐处确认，\
不随“全部修正”施行。

**例**

```text
记者王晋豫报道。王晋豫说，大家辛苦了。王晋豫表示感谢。记者王晋裕摄影。
```

**依据**：GB/T 15834—2011 之外的编校惯例：同一名称前后一致。",
        en: "\
A name stands once and differs from another, which the document has several times, in one character that sounds or \
looks alike.

**Why**: One wrong character in the name of a person, place or organisation sends readers to somebody else, and no \
search finds it. Names that stand in one sentence are left alone (two people, neighbouring places), so are words of the \
dictionary and places of the gazetteer. Where both are right, put the name into `[dictionary]` in `jiaodui.toml`. \
Each fix wants a look: *fix all* does not apply it.

**Example**

```text
记者王晋豫报道。王晋豫说，大家辛苦了。王晋豫表示感谢。记者王晋裕摄影。
```

**Norm**: Editorial practice beyond GB/T 15834—2011: a name is written the same throughout.",
    },
    options: &[],
    check: Check::Names(check),
};

fn check(reading: &Reading, slips: &Slips, context: &Context<'_>, findings: &mut Vec<Finding>) {
    if slips.is_empty() {
        return;
    }
    let text = reading.text();
    for mention in reading.mentions() {
        let Some(once) = Name::of(mention, text) else { continue };
        for (often, times) in slips.of(&once) {
            let alike = |it: &&Mention| it.kind == often.kind && *it.name(text) == *often.text;
            let beside = reading.mentions().iter().filter(alike).any(|it| near(text, it.span, mention.span));
            if !beside && !is_right(&once.text, context) {
                findings.push(finding(reading, context, mention.span, [&once.text, &often.text], *times));
            }
        }
    }
}

/// Whether `name` is known to be a name of its own.
fn is_right(name: &str, context: &Context<'_>) -> bool {
    context.settings.dictionary().contains_key(name)
        || context.lexicon.entry(name).is_some()
        || !gazetteer::regions(name).is_empty()
}

/// Whether two mentions stand in one sentence: nobody writes a name in two ways there, so they are two.
fn near(text: &str, one: Span, other: Span) -> bool {
    let (start, end) = (one.end.min(other.end) as usize, one.start.max(other.start) as usize);
    text.get(start..end).is_some_and(|it| !it.contains(['。', '！', '？', '；', '\u{3000}']))
}

fn finding(
    reading: &Reading,
    context: &Context<'_>,
    span: Span,
    [once, often]: [&str; 2],
    times: u32,
) -> Finding {
    let message = context.say(
        format_args!("“{once}”只出现一次，文中 {times} 处作“{often}”"),
        format_args!("`{once}` stands here alone; the document has `{often}` {times} times"),
    );
    let mut finding = context.finding(reading, span, message);
    let mut edits = Vec::new();
    let letters = reading.text()[span.range()].char_indices().filter(|it| !it.1.is_whitespace());
    for ((at, char), right) in letters.zip(often.chars()).filter(|it| it.0.1 != it.1) {
        let start = span.start as usize + at;
        let range = reading.joined.map.source(Span::new(start, start + char.len_utf8()));
        edits.push(Edit { range, text: right.into() });
    }
    let title = context.say(format_args!("改为“{often}”"), format_args!("Change to `{often}`"));
    finding.fixes.push(Fix { title, edits, safe: false });
    finding
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check, check_clean};

    #[test]
    fn a_slip_of_a_name_is_found_and_mended_where_it_stands() {
        let page = "记者王晋豫报道。¶王晋豫说，大家辛苦了。王晋豫表示感谢。¶记者⟦王⏎晋裕⟧摄影。";
        let findings = check(&RULE, page);
        assert_eq!(findings[0].message, "“王晋裕”只出现一次，文中 3 处作“王晋豫”");
        let edits = &findings[0].fixes[0].edits;
        assert_eq!((edits.len(), edits[0].text.as_str(), edits[0].range.len()), (1, "豫", 3));
        assert!(!findings[0].fixes[0].safe);
    }

    #[test]
    fn two_people_who_stand_side_by_side_are_two() {
        check_clean(&RULE, "记者王晋豫、王晋裕报道。¶王晋豫说，大家辛苦了。王晋豫表示感谢。");
        check_clean(&RULE, "市委常委王晓东、副市长王晓冬出席会议。¶王晓东说要抓好。王晓东强调。王晓东指出。");
    }

    #[test]
    fn other_people_are_no_slips() {
        check_clean(
            &RULE,
            "记者王晋豫报道。¶王晋豫说，大家辛苦了。王晋豫表示感谢。¶记者王晋明、李晋豫摄影。",
        );
    }
}
