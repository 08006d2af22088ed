//! Numerals in a style that the norm asks against: `约3000人左右`, `3亿4千万`, `3、4天`.

use crate::expression::{Bound, ExpressionKind};
use crate::page::paragraph::Span;
use crate::reading::Reading;
use crate::rule::{Check, Context, Finding, Rule};
use crate::settings::Words;

/// 数字写法.
pub(super) static RULE: Rule = Rule {
    code: "numeral-style",
    name: Words { zh: "数字写法", en: "numeral style" },
    severity: None,
    doc: Words {
        zh: "\
不合国家标准的数字写法：概数重复（约…左右、近…余）、阿拉伯数字与“千、百、十”混写（3亿4千万）、\
用阿拉伯数字写概数（3、4天，10几个）、计量用汉字数字（三十五公里）。默认不开，不代为改写。

**为什么**：“约”与“左右”说的是一回事，留一个即可；“3、4天”读起来是两个数；计量数字用阿拉伯数字才醒目、好查。

**例**

```text
有⟦约3000人左右⟧参加
```

**依据**：GB/T 15835—2011《出版物上数字用法》：计量用阿拉伯数字（4.1.1）；概数和带“几”的数用汉字数字，连用的两个数字之间不用顿号；\
数值很大时“万、亿”可与阿拉伯数字同用，其余不同用。",
        en: "\
Numerals that the norm asks against: approximation said twice (约…左右, 近…余), Arabic digits mixed with 千, 百, 十 \
(3亿4千万), rough numbers in Arabic digits (3、4天, 10几个), measurements in Chinese numerals (三十五公里). Off by \
default; nothing is rewritten.

**Why**: 约 and 左右 say the same; `3、4天` reads as two numbers; measurements are seen and found in Arabic digits.

**Example**

```text
有⟦约3000人左右⟧参加
```

**Norm**: GB/T 15835—2011: measurements in Arabic digits (4.1.1); rough numbers and those with 几 in Chinese numerals, \
neighbouring ones without 、; 万 and 亿 go with Arabic digits where a value is large, other numerals do not.",
    },
    options: &[],
    check: Check::Paragraph(check),
};

/// What says “about” or “nearly” before a number.
const BEFORE: &[&str] = &["大约", "约", "近", "将近", "大概", "超过", "逾"];

/// What says so after it.
const AFTER: &[&str] = &["左右", "上下"];

fn check(reading: &Reading, context: &Context<'_>, findings: &mut Vec<Finding>) {
    let text = reading.text();
    for expression in reading.every_expression() {
        let Some(amount) = expression.value.amount() else { continue };
        let span = expression.span.range();
        let words = &text[span.clone()];
        let before = BEFORE.iter().find(|it| text[..span.start].ends_with(*it));
        let after = AFTER.iter().find(|it| words.ends_with(*it));
        let more = amount.bound == Bound::AtLeast && amount.ceiling.is_some();
        let doubled = match (before, after) {
            (Some(before), Some(after)) => Some((*before, *after)),
            (Some(before), None) if more && *before != "约" && *before != "大约" => {
                let mark = ["多", "余", "馀", "几"].into_iter().find(|it| words.contains(it));
                mark.map(|it| (*before, it))
            }
            _ => None,
        };
        if let Some((before, after)) = doubled.filter(|_| !reading.is_in_name(expression)) {
            let whole = Span::new(span.start - before.len(), span.end);
            let message = context.say(
                format_args!("“{before}”与“{after}”重复，留一个即可"),
                format_args!("{before} and {after} say the same; one will do"),
            );
            findings.push(context.finding(reading, whole, message));
            continue;
        }
        let fault = mixed(words).or_else(|| rough(words)).or_else(|| {
            // 三四百公里 is rough, and rough numbers take Chinese numerals.
            let exact = amount.bound == Bound::Exact && amount.single().is_some();
            let measured = matches!(expression.kind, ExpressionKind::Quantity) && exact;
            measured.then(|| spelled(words, amount.unit.map_or("", |it| it.word))).flatten()
        });
        if let Some(Words { zh, en }) = fault.filter(|_| !reading.is_in_name(expression)) {
            let message = context.say(format_args!("“{words}”{zh}"), format_args!("{words}: {en}"));
            findings.push(context.finding(reading, expression.span, message));
        }
    }
    listed(reading, context, findings);
}

/// `3亿4千万`: Arabic digits with 千, 百 or 十 after 亿 or 万, or before 万.
fn mixed(words: &str) -> Option<Words> {
    let mut digit = false;
    let mut small = false;
    for it in words.chars() {
        small |= digit && matches!(it, '千' | '百' | '十');
        digit = it.is_ascii_digit();
    }
    let large = words.contains(['万', '亿']);
    // 5千米 and 3百分点 are units.
    (small && large).then_some(Words {
        zh: "把阿拉伯数字与“千、百、十”混写，宜改为只用“万、亿”",
        en: "Arabic digits mixed with 千, 百 or 十; only 万 and 亿 go with them",
    })
}

/// `10几个`: a rough number in Arabic digits.
fn rough(words: &str) -> Option<Words> {
    let at = words.find('几')?;
    let digits = words[..at].ends_with(|it: char| it.is_ascii_digit());
    digits.then_some(Words {
        zh: "是概数，应用汉字数字", en: "a rough number, which takes Chinese numerals"
    })
}

/// Units of measurement that take Arabic digits.
const MEASURES: &[&str] = &[
    "公里",
    "千米",
    "米",
    "厘米",
    "毫米",
    "平方米",
    "平方公里",
    "公顷",
    "亩",
    "立方米",
    "升",
    "毫升",
    "吨",
    "公斤",
    "千克",
    "克",
    "千瓦",
    "千瓦时",
    "摄氏度",
];

/// `三十五公里`: a measurement in a Chinese numeral of several characters; 十里, 半斤 and 百米 are set phrases.
fn spelled(words: &str, unit: &str) -> Option<Words> {
    let numeral = words.strip_suffix(unit).filter(|_| MEASURES.contains(&unit))?;
    let long = numeral.chars().count() >= 3
        && numeral.chars().all(|it| "〇零一二三四五六七八九十百千万亿两".contains(it));
    long.then_some(Words {
        zh: "是计量，应用阿拉伯数字", en: "a measurement, which takes Arabic digits"
    })
}

/// `3、4天`: two neighbouring digits with 、 between them.
fn listed(reading: &Reading, context: &Context<'_>, findings: &mut Vec<Finding>) {
    let text = reading.text();
    for (at, _) in text.match_indices('、') {
        let digit = |it: Option<char>| it.and_then(|it| it.to_digit(10));
        let (first, second) = (digit(text[..at].chars().next_back()), digit(text[at + 3..].chars().next()));
        let (Some(first), Some(second)) = (first, second) else { continue };
        let free = digit(text[..at - 1].chars().next_back()).is_none()
            && !text[..at - 1].ends_with(['、', '.', '第']);
        let unit = text.get(at + 4..).is_some_and(|it| {
            ["天", "个", "人", "年", "次", "岁", "米", "里", "公里", "小时", "分钟", "名", "位", "家", "户"]
                .iter()
                .any(|unit| it.starts_with(unit))
        });
        if second == first + 1 && free && unit {
            let message = context.say(
                format_args!("“{first}、{second}”是概数，应用汉字数字，中间不加顿号"),
                format_args!("{first}、{second} is a rough number, which takes Chinese numerals without 、"),
            );
            findings.push(context.finding(reading, Span::new(at - 1, at + 4), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check, check_clean};

    #[test]
    fn approximation_said_twice() {
        let findings = check(&RULE, "⟦约3000人左右⟧，⟦近500余家⟧");
        assert_eq!(findings[0].message, "“约”与“左右”重复，留一个即可");
        assert_eq!(findings[1].message, "“近”与“余”重复，留一个即可");
    }

    #[test]
    fn digits_mixed_with_small_magnitudes() {
        check(&RULE, "投资⟦3亿4千万元⟧");
        check_clean(&RULE, "3亿4500万元，5千米，2.8万袋，3百分点");
    }

    #[test]
    fn rough_numbers_in_digits() {
        check(&RULE, "⟦10几个人⟧，⟦3、4⟧天");
        check_clean(&RULE, "十几个人，三四天，第3、4个，1、2、3天，3、5天");
    }

    #[test]
    fn measurements_in_chinese_numerals() {
        check(&RULE, "全长⟦三十五公里⟧");
        check_clean(&RULE, "35公里，十里长街，半斤，三百人，二十余亩，三四百公里");
    }
}
