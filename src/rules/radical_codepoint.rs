//! A radical's code point where the character is meant: `⼈` U+2F08 for `人` U+4EBA.

use crate::page::paragraph::Span;
use crate::reading::Reading;
use crate::rule::{Check, Context, Finding, Rule, Severity};
use crate::settings::Words;
use crate::text::Edit;

/// 部首码位.
pub(super) static RULE: Rule = Rule {
    code: "radical-codepoint",
    name: Words { zh: "部首码位", en: "radical code point" },
    severity: Some(Severity::Warning),
    doc: Words {
        zh: "\
用部首区的码位（U+2E80–U+2FDF）代替了汉字，如用“⼈”U+2F08 代替“人”U+4EBA。

**为什么**：看上去一样，却不是同一个字：查找、检索、分词、人名识别都会落空。MuPDF、pdfminer 从某些字体的 PDF 中抽文字时常见。\
讲部首本身的（部首⽊、“⼝”字旁）不报。

**例**

```text
⼈⺠群众
```

改为

```text
人民群众
```

**依据**：Unicode 标准第 18 章：康熙部首与部首补充只用于讨论部首本身，行文应当用统一汉字。",
        en: "\
A code point of the radicals' blocks (U+2E80–U+2FDF) stands for a character: `⼈` U+2F08 for `人` U+4EBA.

**Why**: it looks the same and is another character: searching, indexing, segmentation and name recognition miss it. \
MuPDF and pdfminer write such code points for some fonts. Where the clause speaks of radicals (部首, 偏旁, 字旁) they are \
left alone.

**Example**

```text
⼈⺠群众
```

becomes

```text
人民群众
```

**Norm**: The Unicode Standard, chapter 18: radicals are for writing about radicals; text uses unified ideographs.",
    },
    options: &[],
    check: Check::Paragraph(check),
};

fn check(reading: &Reading, context: &Context<'_>, findings: &mut Vec<Finding>) {
    for &span in reading.joined.radicals.iter().filter(|it| !is_spoken_of(reading.text(), **it)) {
        let ideograph = &reading.text()[span.range()];
        let message = context.say(
            format_args!("“{ideograph}”用了部首的码位，不是汉字"),
            format_args!("a radical's code point stands for `{ideograph}`"),
        );
        let title = context
            .say(format_args!("改用汉字“{ideograph}”"), format_args!("Write the character `{ideograph}`"));
        let edit = Edit { range: reading.joined.map.source(span), text: ideograph.to_owned() };
        findings.push(context.finding(reading, span, message).with_fix(title, vec![edit]));
    }
}

/// Whether the clause that `span` stands in speaks of radicals: `“⼝”字旁，部首⽊`.
fn is_spoken_of(text: &str, span: Span) -> bool {
    let ends = ['，', '。', '；', '！', '？'];
    let start = text[..span.start as usize].rfind(ends).unwrap_or(0);
    let end = text[span.end as usize..].find(ends).map_or(text.len(), |it| span.end as usize + it);
    ["部首", "偏旁", "字旁", "字头", "字底", "字部"].iter().any(|it| text[start..end].contains(it))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check, check_clean, check_fix};

    #[test]
    fn finds_each_radical_and_writes_the_character() {
        let findings = check(&RULE, "为⟦⼈⟧⏎⟦⺠⟧服务");
        assert_eq!(findings[0].message, "“人”用了部首的码位，不是汉字");
        assert_eq!(findings[0].words, "为人民服务");
        check_fix(&RULE, "为⼈⏎⺠服务", "为人⏎民服务");
    }

    #[test]
    fn leaves_characters_alone() {
        check_clean(&RULE, "为人民服务¶人部");
    }

    #[test]
    fn a_radical_that_is_spoken_of_is_meant() {
        check_clean(&RULE, "从“⼝”字旁的字，部首⽊，偏旁⺡与⺘");
        check(&RULE, "部首⽊，为⟦⼈⟧⟦⺠⟧");
    }
}
