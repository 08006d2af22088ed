//! Lines that stand alone: dates, numbers, signatures, closing words, commands. What shows in the line itself, whatever
//! stands around it.

use super::mark::{self, is_han, starts};

/// What a line is as a whole, where that says that it stands alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Alone {
    /// Nothing of the kind.
    #[default]
    No,
    /// A date: `2020年1月18日`, `二〇二〇年三月六日`.
    Date,
    /// A number: `57`, `·57·`.
    Number,
    /// A body that signs: `温县人民法院`, `焦作市人民政府办公室`.
    Body,
    /// Words that close a letter or a speech: `此致`, `敬礼！`, `谢谢大家！`.
    Closing,
    /// Words that address somebody: `编辑同志：`, `李建军：`.
    Address,
    /// A time and what happens then: `19:30 焦作新闻联播`.
    Hour,
    /// A time to the second, with a name before it or another time after: what subtitles and chats set on a line.
    Stamp,
    /// Who played whom: `河南建业2∶1山东鲁能`.
    Score,
    /// Letters and figures: a command, a signature, a price.
    Latin,
    /// The number of a chapter or section: `第三章　归途`, `2.1　系统要求`.
    Chapter,
    /// What opens with a sign that quotes, prompts or lists: `>`, `$`, `◎`, `图①：`.
    Signed,
}

impl Alone {
    /// What squashed `text` is.
    pub(crate) fn of(text: &[char]) -> Alone {
        let (Some(&first), Some(&last)) = (text.first(), text.last()) else { return Alone::No };
        let n = text.len();
        if is_stamp(text) {
            return Alone::Stamp;
        }
        if is_score(text) {
            return Alone::Score;
        }
        let figure = |it: &char| {
            it.is_ascii_digit() || mark::is_han_numeral(*it) || matches!(it, '〇' | '○' | '零' | '廿' | '卅')
        };
        if n <= 4 && text.iter().any(char::is_ascii_digit)
            || n <= 6 && !first.is_ascii_digit() && !is_han(first)
        {
            let inner = text.iter().filter(|it| !matches!(it, '-' | '—' | '·' | '•' | '－' | '–'));
            if inner.clone().all(char::is_ascii_digit) && inner.count() > 0 {
                return Alone::Number;
            }
        }
        if (6..=17).contains(&n)
            && text
                .iter()
                .all(|it| figure(it) || matches!(it, '年' | '月' | '日' | '（' | '）' | '(' | ')' | '于'))
        {
            let has = |it: char| text.contains(&it);
            if has('月') && (has('日') || has('年')) {
                return Alone::Date;
            }
        }
        if first.is_ascii_digit()
            && text.iter().take(6).position(|it| matches!(it, ':' | '：')).is_some_and(|it| {
                it <= 2 && text.get(it + 1..it + 3).is_some_and(|it| it.iter().all(char::is_ascii_digit))
            })
        {
            return Alone::Hour;
        }
        if n <= 8 {
            const CLOSINGS: [&str; 12] = [
                "此致",
                "敬礼",
                "谢谢大家",
                "谢谢各位",
                "顺颂",
                "编安",
                "祝好",
                "特此",
                "完",
                "谢谢",
                "专此",
                "此布",
            ];
            if CLOSINGS.iter().any(|it| starts(text, it)) && !text.contains(&'，') {
                return Alone::Closing;
            }
        }
        if n <= 24 && first == '第' && !text.iter().any(|it| matches!(it, '，' | '。' | '；' | '：')) {
            let numerals = text[1..].iter().take(4).take_while(|it| figure(it)).count();
            if numerals > 0 && text.get(1 + numerals).is_some_and(|it| "章节節编編回卷篇部".contains(*it))
            {
                return Alone::Chapter;
            }
        }
        if n <= 24 && first.is_ascii_digit() && is_han(last) {
            let number = text.iter().take_while(|it| it.is_ascii_digit() || **it == '.').count();
            if text[..number].contains(&'.') && text[1..number].last().is_some_and(char::is_ascii_digit) {
                let unit = text.get(number).is_some_and(|it| "万亿元倍个米吨公千度年月日％%".contains(*it));
                if !unit && !text.iter().any(|it| matches!(it, '，' | '。' | '；')) {
                    return Alone::Chapter;
                }
            }
        }
        if matches!(last, '：' | ':') && n <= 18 && !matches!(first, '“' | '（') {
            return Alone::Address;
        }
        let marked = text.iter().any(|it| matches!(it, '，' | '。' | '；' | '、' | '：' | '“' | '？' | '！'));
        if (4..=20).contains(&n) && !marked {
            const BODIES: [&str; 16] = [
                "法院",
                "检察院",
                "委员会",
                "政府",
                "办公室",
                "公司",
                "局",
                "委",
                "厅",
                "中心",
                "编辑部",
                "指挥部",
                "协会",
                "学院",
                "大学",
                "公安处",
            ];
            let ends = |it: &&str| {
                it.ends_with(last) && it.chars().rev().zip(text.iter().rev()).all(|it| it.0 == *it.1)
            };
            if BODIES.iter().any(ends) {
                return Alone::Body;
            }
        }
        match first {
            '>' | '$' | '◎' | '△' | '※' | '☆' | '★' | '☎' | '▲' | '◇' | '＊' | '*' => {
                Alone::Signed
            }
            '图' | '表' if text.get(1).is_some_and(|it| matches!(it, '①'..='⑳' | '0'..='9' | '：')) => {
                Alone::Signed
            }
            _ if 4 * text.iter().filter(|it| it.is_ascii()).count() >= 3 * n && n >= 3 => Alone::Latin,
            _ => Alone::No,
        }
    }
}

/// Whether squashed `text` is two names with figures for both between them.
fn is_score(text: &[char]) -> bool {
    let Some(at) = text.iter().position(|it| matches!(it, '∶' | ':' | '：' | '比')) else { return false };
    let digit = |at: usize| text.get(at).is_some_and(char::is_ascii_digit);
    let (Some(first), Some(last)) = (text.first(), text.last()) else { return false };
    let inner = |it: &char| is_han(*it) || it.is_ascii_digit() || matches!(it, '·' | '-');
    let rest = text[..at].iter().chain(&text[at + 1..]);
    text.len() <= 20
        && at > 0
        && digit(at - 1)
        && digit(at + 1)
        && is_han(*first)
        && is_han(*last)
        && rest.into_iter().all(inner)
}

/// Whether squashed `text` is a time to the second and little else: `00:01:02,500-->00:01:04,000`, `李明20:13:05`.
fn is_stamp(text: &[char]) -> bool {
    let n = text.len();
    let second = |it: &[char]| {
        it.iter().enumerate().all(|(at, it)| if at % 3 == 2 { *it == ':' } else { it.is_ascii_digit() })
    };
    if !(8..=40).contains(&n) || !text.contains(&':') {
        return false;
    }
    let name = text.iter().take(8).take_while(|it| is_han(**it)).count();
    let rest = &text[name..];
    let date = rest.windows(8).position(second).unwrap_or(n);
    let inner = |it: &char| it.is_ascii_digit() || matches!(it, '-' | '/' | ':' | ',' | '.' | '>');
    date <= 10 && rest.iter().all(inner)
}

/// Whether `text` is led to a page number by dots, as in a table of contents.
pub(crate) fn is_led(text: &[char]) -> bool {
    let number = text.iter().rev().take(4).take_while(|it| it.is_ascii_digit()).count();
    let rest = &text[..text.len() - number];
    number > 0
        && rest.len() > 2
        && is_han(rest[0])
        && rest[rest.len() - 2..].iter().all(|it| matches!(it, '…' | '.' | '·' | '⋯'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn dots_that_lead_to_a_page_number_are_told_from_a_range() {
        for it in ["第一章概述……5", "附录一大事记…………210", "前言......1"] {
            assert!(is_led(&chars(it)), "{it}");
        }
        for it in ["共有3800……", "从2016——2020", "增长3.5", "……5"] {
            assert!(!is_led(&chars(it)), "{it}");
        }
    }

    #[test]
    fn what_stands_alone_is_told_from_text() {
        for (line, alone) in [
            ("2020年1月18日", Alone::Date),
            ("二〇二〇年三月六日", Alone::Date),
            ("（2019年2月26日）", Alone::Date),
            ("57", Alone::Number),
            ("·57·", Alone::Number),
            ("河南省温县人民法院", Alone::Body),
            ("敬礼！", Alone::Closing),
            ("编辑同志：", Alone::Address),
            ("19:30焦作新闻联播", Alone::Hour),
            ("河南建业2∶1山东鲁能", Alone::Score),
            ("以2∶1战胜山东鲁能队，取得", Alone::No),
            ("李明20:13:05", Alone::Stamp),
            ("00:00:01,200-->00:00:04,000", Alone::Stamp),
            ("第三章归途", Alone::Chapter),
            ("2.1系统要求", Alone::Chapter),
            ("2.8万余袋", Alone::No),
            ("第三产业发展迅速", Alone::No),
            ("$jd--version", Alone::Signed),
            ("图①：农技人员在指导麦田管理。", Alone::Signed),
            ("jd2.1.0(build20190412)", Alone::Latin),
            ("疫情就是命令，防控就是责任。", Alone::No),
            ("2020年1月18日，我市", Alone::No),
            ("", Alone::No),
        ] {
            assert_eq!(Alone::of(&chars(line)), alone, "{line}");
        }
    }
}
