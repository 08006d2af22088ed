//! Spaces between Chinese characters and Latin words that the rest of the document does not have: `GDP 增长`.

use crate::page::paragraph::Span;
use crate::reading::Reading;
use crate::rule::{Check, Context, Finding, Majority, Rule};
use crate::settings::{Kind, Opt, Words};
use crate::text::Edit;

/// 西文空格.
pub(super) static RULE: Rule = Rule {
    code: "latin-spacing",
    name: Words { zh: "西文空格", en: "latin spacing" },
    severity: None,
    doc: Words {
        zh: "\
汉字与西文字母之间，同一文稿里有的空格、有的不空。默认不开。

以全文多数为准：一种写法至少三处，且达到另一种的三倍才报；也可以指定。网址、邮箱不在此列。

**为什么**：汉字与西文之间的空隙由排版决定，不该写成字符；写了也要一致。

**例**

```text
APP上线，GDP增长，CPI上涨，使用␣5G␣网络
```

改为

```text
APP上线，GDP增长，CPI上涨，使用␣5G网络
```

**依据**：W3C《中文排版需求》（CLREQ）第 3.2.2 条：汉字与西文之间的空隙是排版的事，原则上不用空格。",
        en: "\
Between Chinese characters and Latin letters the document has spaces here and none there. Off by default.

The majority decides: one way at least three times and three times as often as the other; it can also be set. Addresses \
are left alone.

**Why**: the gap between the scripts is the typesetter's, not a character; where it is written, it should be even.

**Example**

```text
APP上线，GDP增长，CPI上涨，使用␣5G␣网络
```

becomes

```text
APP上线，GDP增长，CPI上涨，使用␣5G网络
```

**Norm**: W3C, Requirements for Chinese Text Layout (CLREQ), 3.2.2: the gap is layout; spaces are not to be typed.",
    },
    options: &[Opt {
        key: "style",
        kind: Kind::Choice(&["auto", "tight", "spaced"]),
        doc: Words {
            zh: "`auto`：以全文多数为准；`tight`：不空格；`spaced`：空一格。",
            en: "`auto`: what the document does most. `tight`: no space. `spaced`: a space.",
        },
    }],
    check: Check::Majority(Majority { count, way, check }),
};

/// How often one way must stand, and how many times as often as the other, before it is the document's.
const HABIT: usize = 3;

/// How often a paragraph has no space there, and how often one.
fn count(reading: &Reading) -> [usize; 2] {
    let gaps = gaps(reading);
    let spaced = gaps.iter().filter(|it| it.start < it.end).count();
    [gaps.len() - spaced, spaced]
}

fn way([tight, spaced]: [usize; 2], context: &Context<'_>) -> Option<usize> {
    match context.option("style") {
        "tight" => Some(TIGHT),
        "spaced" => Some(SPACED),
        _ if tight >= HABIT && tight >= HABIT * spaced => Some(TIGHT),
        _ if spaced >= HABIT && spaced >= HABIT * tight => Some(SPACED),
        _ => None,
    }
}

/// The two ways.
const TIGHT: usize = 0;
const SPACED: usize = 1;

fn check(reading: &Reading, way: usize, context: &Context<'_>, findings: &mut Vec<Finding>) {
    let wanted = way == SPACED;
    for span in gaps(reading).into_iter().filter(|it| (it.start < it.end) != wanted) {
        let (at, end) = (span.start as usize, span.end as usize);
        let text = reading.text();
        let before = text[..at].chars().next_back().unwrap_or(' ');
        let after = text[end..].chars().next().unwrap_or(' ');
        let message = if wanted {
            context.say(
                format_args!("“{before}{after}”之间没有空格，全文西文旁多有空格"),
                format_args!("no space between {before} and {after}; the document mostly has one there"),
            )
        } else {
            context.say(
                format_args!("“{before} {after}”之间有空格，全文西文旁多不空格"),
                format_args!("a space between {before} and {after}; the document mostly has none there"),
            )
        };
        let title = if wanted {
            context.say(format_args!("补上空格"), format_args!("Add the space"))
        } else {
            context.say(format_args!("删去空格"), format_args!("Delete the space"))
        };
        let map = &reading.joined.map;
        let place = map.source_end(at);
        let range = if wanted { place..place } else { map.source(span) };
        let edit = Edit { range, text: if wanted { " ".into() } else { String::new() } };
        let whole = Span::new(at - before.len_utf8(), end + after.len_utf8());
        findings.push(context.finding(reading, whole, message).with_fix(title, vec![edit]));
    }
}

/// The places where a Chinese character meets a Latin letter, each with the spaces there; none at a line end.
fn gaps(reading: &Reading) -> Vec<Span> {
    let text = reading.text();
    let mut gaps = Vec::new();
    let mut last: Option<(usize, char)> = None;
    for (at, it) in text.char_indices() {
        if it == ' ' {
            continue;
        }
        if let Some((end, before)) = last {
            let meets = is_han(before) && is_latin(it) || is_latin(before) && is_han(it);
            let hidden = !reading.joined.map.gap(at).is_empty();
            if meets && !hidden && at - end <= 1 {
                gaps.push(Span::new(end, at));
            }
        }
        last = Some((at + it.len_utf8(), it));
    }
    gaps
}

fn is_latin(it: char) -> bool {
    it.is_ascii_alphabetic()
}

fn is_han(it: char) -> bool {
    matches!(it, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check, check_clean, check_fix, check_fix_with};

    #[test]
    fn the_rarer_way_is_found() {
        let findings = check(&RULE, "用APP买，看GD⟦P␣增⟧长");
        assert_eq!(findings[0].message, "“P 增”之间有空格，全文西文旁多不空格");
        check_fix(&RULE, "用␣APP␣买，看␣GDP增长", "用␣APP␣买，看␣GDP␣增长");
    }

    #[test]
    fn a_style_can_be_set() {
        check_fix_with(&RULE, &[("style", "tight")], "用␣APP␣买", "用APP买");
    }

    #[test]
    fn too_little_evidence_says_nothing() {
        check_clean(&RULE, "用APP买，看␣GDP␣增长");
    }
}
