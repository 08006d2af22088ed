//! A word that stands twice: `的的`, `我们我们`.

use crate::page::paragraph::Span;
use crate::reading::Reading;
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
    for (at, length) in doubles(text) {
        let (middle, end) = (at + length, at + 2 * length);
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

/// Where one ideograph or two in a row stand twice in `text`, with their length in bytes: all of them take three.
fn doubles(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let bytes = text.as_bytes();
    let twice = |at: usize, length: usize| {
        // The last byte of an ideograph tells most from others.
        bytes.get(at + 2) == bytes.get(at + 2 + length)
            && bytes.get(at..at + length) == bytes.get(at + length..at + 2 * length)
    };
    let starts = bytes.iter().enumerate().filter(|it| (0xe4..=0xe9).contains(it.1)).map(|it| it.0);
    starts.flat_map(move |at| [3, 6].into_iter().filter(move |it| twice(at, *it)).map(move |it| (at, it)))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check, check_clean};

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
}
