//! A word that stands twice: `的的`, `我们我们`.

use crate::page::paragraph::Span;
use crate::reading::{Reading, Sign};
use crate::rule::{Check, Context, Finding, Fix, Rule, Severity};
use crate::settings::Words;
use crate::text::Edit;

/// 重字.
pub(super) static RULE: Rule = Rule {
    code: "repeated-word",
    name: Words { zh: "重字", en: "repeated word" },
    severity: Some(Severity::Information),
    doc: Words {
        zh: "\
虚词、代词等不能重叠的词连写了两遍：“的的”“我们我们”。行尾与次行行首重复的也报。

**为什么**：录入时重打，或接行时重复了行首；“的的确确”“目的的”等不在此列。

**例**

```text
群众⟦的的⟧满意度
```

**依据**：GB/T 15834—2011 不涉及；《图书编校质量差错率计算方法》以多字计错。",
        en: "\
A word that cannot be doubled stands twice: `的的`, `我们我们`, also across a line end.

**Why**: it was typed twice, or repeated where lines were joined; `的的确确`, `目的的` and their like are left alone.

**Example**

```text
群众⟦的的⟧满意度
```

**Norm**: none in GB/T 15834—2011; the publishing trade's method of counting errors counts a superfluous character.",
    },
    options: &[],
    check: Check::Paragraph(check),
};

/// Words of one or two ideographs that are not doubled, each with what may stand before and after when it seems to be: 目的|的, 的的|确确.
const WORDS: &[(&str, &str, &str)] = &[
    ("的", "目标靶", "确士"),
    ("了", "不", "解断得无然事却如"),
    ("在", "所存实内外现", "乎意于场职建编线校"),
    ("是", "于但就", "非"),
    ("和", "", "气睦平谐美美"),
    ("与", "参", "会"),
    ("也", "", ""),
    ("就", "", "业地近职医餐绪读"),
    ("被", "", "子单"),
    ("而", "", "且已"),
    ("或", "", "许者"),
    ("从", "", "容事来前而"),
    ("我们", "", ""),
    ("他们", "", ""),
    ("你们", "", ""),
    ("这个", "", ""),
    ("以及", "", ""),
    ("进行", "", "曲"),
    ("通过", "", ""),
    ("已经", "", ""),
    ("因为", "", ""),
    ("可以", "", ""),
    ("并且", "", ""),
    ("但是", "", ""),
    ("对于", "", ""),
    ("由于", "", ""),
];

fn check(reading: &Reading, context: &Context<'_>, findings: &mut Vec<Finding>) {
    let text = reading.text();
    let doubles = reading.signs.places(&[Sign::Double]);
    // One ideograph, or two.
    let lengths = doubles.flat_map(|at| [(at, "的".len()), (at, "我们".len())]);
    for (at, length) in lengths {
        let (middle, end) = (at + length, at + 2 * length);
        if text.get(at..middle) != text.get(middle..end) {
            continue;
        }
        let word = &text[at..middle];
        let Some((_, before, after)) = WORDS.iter().find(|it| it.0 == word) else { continue };
        let head = text[..at].chars().next_back();
        let tail = text[end..].chars().next();
        let other = |it: Option<char>, set: &str| it.is_some_and(|it| set.contains(it));
        // A third one is rather a call or a name.
        let third = head.is_some_and(|it| word.ends_with(it)) || text[end..].starts_with(word);
        if other(head, before) || other(tail, after) || third {
            continue;
        }
        let message = context.say(format_args!("“{word}”重复"), format_args!("{word} stands twice"));
        let title = context.say(format_args!("删去一个“{word}”"), format_args!("Delete one {word}"));
        let range = reading.joined.map.source(Span::new(middle, end));
        let mut finding = context.finding(reading, Span::new(at, end), message);
        finding.fixes.push(Fix { title, edits: vec![Edit { range, text: String::new() }], safe: false });
        findings.push(finding);
    }
}

#[cfg(test)]
mod tests {
    use super::{RULE, WORDS};
    use crate::fixture::{check, check_clean};
    use crate::reading::FUNCTION_WORDS;

    #[test]
    fn finds_doubled_words() {
        let findings = check(&RULE, "群众⟦的的⟧满意度，⟦我们我们⟧一起⟦在在⟧这里");
        assert_eq!(findings[0].message, "“的”重复");
        check(&RULE, "群众⟦的⏎的⟧满意度");
    }

    #[test]
    fn what_is_said_so_is_left_alone() {
        check_clean(
            &RULE,
            "的的确确，目的的达成，不了了之，了了解情况，实实在在在场，是是非非，和和美美，参与与会",
        );
    }

    #[test]
    fn each_word_is_looked_for() {
        let looked_for = |it: &&str| it.starts_with(|it| FUNCTION_WORDS.contains(it));
        assert!(WORDS.iter().all(|it| looked_for(&it.0)));
    }
}
